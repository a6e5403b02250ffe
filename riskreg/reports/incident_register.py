"""The incident register on paper: every incident with what is known of it, as GDPR article 33(5) and the PCPD's step 5 ask (domain 5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple, cast

from reportlab.lib.colors import Color

from riskreg import case_words
from riskreg.case_words import DRILL
from riskreg.cases import Case, cases_of
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.breach import moment, rule_title_of
from riskreg.reports.breach_assessed import BAND_LEVELS
from riskreg.reports.entries import NOT_SAID
from riskreg.reports.figures import LEVELS, marked, number_strip
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import CHUNK, GATHERING, aside, continued, named, told
from riskreg.reports.text import Piece, Run, abreast, gap, words
from riskreg.rules.meaning import meant

ALL: Final = NN_(
    "The {number} incident of the register.",
    "All {number} incidents of the register, near misses and drills included; the newest come first.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no incidents in the register yet.")
FIGURES: Final = N_("In figures")
STILL_OPEN: Final = N_("Open")
CLOCK: Final = N_("Clock")
SENT: Final = N_("Sent")
CLOSED: Final = N_("Closed")
NEAR_MISSES: Final = N_("Near misses")
DRILLS: Final = N_("Drills")
INCIDENTS: Final = NN_("{number} incident", "{number} incidents")

_MIDDLE: Final = 84.0
_RIGHT: Final = 110.0
_TIMES: Final = ("occurred_from_at", "discovered_at", "aware_at", "contained_at")
"""Moments that stand side by side; one that is not known shows a dash, because that is what is asked first."""
_PLACED: Final = frozenset(
    {
        "ref",
        "title",
        "status",
        "people_count",
        "category",
        "cause",
        "due_at",
        "updated_at",
        "severity",
        "assessments",
        "decisions",
        "notices",
        "entries",
        *_TIMES,
    }
)

_GROUPING: Final = frozenset({"near_miss", "drill"})
"""What decides under which heading an incident stands: said again only where it is so."""


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no incident."""
    every = gather(asked, "incident", (("ref", True),))
    found = _Incidents(every, _cases(asked, every), asked.now)
    t, number = asked.t, len(every.records)
    if asked.ref:
        record = every.records[0]
        rows = Rows([_row(found, record)])
        view = t.gettext(ONE).format(ref=record["ref"])
        return Told(view, [rows], is_drill=bool(record["drill"]))
    if not number:
        return Told("", [Rows([Row(columns=(Column(0, words(t.gettext(NONE), width=WIDTH)),))])])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, [_overview(every), *_groups(found)])


class _Incidents(NamedTuple):
    """The records, and the case of each on which something is to be said of clocks or decisions, by ref."""

    every: Gathered
    cases: Mapping[str, Case]
    now: datetime


def _cases(asked: Asked, found: Gathered) -> Mapping[str, Case]:
    """Of the incidents that are open, decided on or told of; of an old one that nobody decided on nothing is said."""
    wanted = [
        id
        for id, record in zip(found.ids, found.records, strict=True)
        if found.is_open(record) or record["decisions"] or record["notices"]
    ]
    cases: dict[str, Case] = {}
    for start in range(0, len(wanted), CHUNK):
        asked.work.step(GATHERING, start, len(wanted))
        part = cases_of(asked.reader, wanted[start : start + CHUNK]).values()
        cases |= {case.incident.ref: case for case in part}
    return cases


def _parts(found: Gathered) -> dict[str, Sequence[Mapping[str, Value]]]:
    """The incidents by what they are: drills and near misses first taken out, then the open ones."""
    parts: dict[str, list[Mapping[str, Value]]] = {
        name: [] for name in (STILL_OPEN, CLOSED, NEAR_MISSES, DRILLS)
    }
    for record in found.records:
        if record["drill"]:
            parts[DRILLS].append(record)
        elif record["near_miss"]:
            parts[NEAR_MISSES].append(record)
        else:
            parts[STILL_OPEN if found.is_open(record) else CLOSED].append(record)
    return dict(parts)


def _overview(found: Gathered) -> Rows:
    t = found.speech.t
    figures = [
        (number_words(len(records)), t.gettext(name)) for name, records in _parts(found).items()
    ]
    row = Row(columns=(Column(0, number_strip(figures, WIDTH)),), above=2)
    return Rows([row], heading=[section_row(t.gettext(FIGURES))], above=4)


def _groups(found: _Incidents) -> Iterator[Rows]:
    t = found.every.speech.t
    for name, records in _parts(found.every).items():
        if records:
            number = len(records)
            note = t.ngettext(*INCIDENTS, number).format(number=number_words(number))
            rows = (_row(found, record, place > 0) for place, record in enumerate(records))
            yield Rows(rows, heading=[section_row(t.gettext(name), note)], above=16)


def _row(told_of: _Incidents, record: Mapping[str, Value], is_ruled: bool = False) -> Row:
    found, width, ref = told_of.every, WIDTH - _MIDDLE, str(record["ref"])
    people, decided = tuple(_people(found, record)), _decided(told_of, ref, width)
    head = aside(_head(found, record, width - _RIGHT - 10), people)
    return Row(
        columns=(
            Column(0, _state(found, record)),
            Column(
                _MIDDLE,
                (
                    *head,
                    gap(4),
                    *_times(found, record, width),
                    *decided,
                    *_body(found, record, width),
                ),
            ),
            Column(WIDTH - _RIGHT, people),
        ),
        above=12 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(ref, _MIDDLE, found.speech.t),
        bookmark=(1, f"{ref} {record['title']}"[:120]),
    )


def _state(found: Gathered, record: Mapping[str, Value]) -> Iterator[Piece]:
    yield from words(str(record["ref"]), width=_MIDDLE - 6, bold=True)
    colour = ink().high if found.is_open(record) and not record["drill"] else ink().muted
    said = found.say(record, "status") or found.speech.t.gettext(NOT_SAID)
    yield from words(said, width=_MIDDLE - 6, size=SMALL, colour=colour, bold=True)
    if band := cast("str | None", record["severity"]):
        level = BAND_LEVELS.get(band)
        said = found.say(record, "severity")
        yield from marked(
            LEVELS[level],
            ink().level(level),
            said,
            width=_MIDDLE - 6,
            size=SMALL,
            text=ink().level(level),
        )
    if record["drill"]:
        yield from words(DRILL, width=_MIDDLE - 6, size=SMALL, colour=ink().critical, bold=True)


def _decided(found: _Incidents, ref: str, width: float) -> Iterator[Piece]:
    """The clock that presses most, and what stands for each rule: the decision with its reason, when it was told."""
    case, t = found.cases.get(ref), found.every.speech.t
    if case is None:
        return
    vocabulary = found.every.speech.vocabulary
    clock = case_words.told(replace(case, incident=meant(case.incident, vocabulary)), found.now, t)
    is_quiet = case.incident.near_miss and clock.is_quiet
    if clock.text and not (is_quiet or case.incident.drill):
        yield from told(t.gettext(CLOCK), clock.text, width, _colour(clock), bold=bool(clock.level))
    answers = vocabulary.terms_of("decision_answer")
    for each in case.standing.values():
        title = rule_title_of(each, found.every.speech)
        answer = answers.label(each.answer, t.language) if each.answer else ""
        said = [named(title, answer, t), each.reason]
        sent = next(
            (one for one in case.notices if one.rule_key == each.rule_key and one.sent_at), None
        )
        if sent:
            said.append(named(t.gettext(SENT), moment(sent.sent_at, found.every.speech), t))
        yield from told(t.label("decision", "answer"), "\n".join(filter(None, said)), width)


def _colour(clock: case_words.Told) -> Color | None:
    return ink().level(clock.level) if clock.level else None


def _head(found: Gathered, record: Mapping[str, Value], width: float) -> tuple[Piece, ...]:
    title = words(Run(str(record["title"]), bold=True), width=width)
    quiet = filter(None, (found.say(record, key) for key in ("category", "cause")))
    return (*title, *words(" · ".join(quiet), width=width, size=SMALL, colour=ink().muted))


def _people(found: Gathered, record: Mapping[str, Value]) -> Iterator[Piece]:
    if said := found.say(record, "people_count"):
        yield from words(said, width=_RIGHT, align="right")
        label = found.label("people_count")
        yield from words(label, width=_RIGHT, size=SMALL, align="right", colour=ink().muted)


def _times(found: Gathered, record: Mapping[str, Value], width: float) -> Iterator[Piece]:
    each = width / len(_TIMES)
    times = [tuple(_time(found, record, key, each - 8)) for key in _TIMES]
    yield from abreast(*((each * place, time) for place, time in enumerate(times)))
    yield gap(5)


def _body(found: Gathered, record: Mapping[str, Value], width: float) -> Iterator[Piece]:
    for key in record:
        if key not in _PLACED and not (key in _GROUPING and record[key] is False):
            yield from told(found.label(key), found.say(record, key), width)


def _time(found: Gathered, record: Mapping[str, Value], key: str, width: float) -> Iterator[Piece]:
    yield from words(found.label(key), width=width, size=SMALL, colour=ink().muted)
    said = _in_two(found.say(record, key))
    yield from words(said or "–", width=width, size=SMALL, colour=None if said else ink().muted)


def _in_two(said: str) -> str:
    """A moment with its time and place in a second line, where words are parted by spaces."""
    for mark in (", ", " ("):
        if mark in said:
            return said.replace(mark, f"{mark.rstrip(' (')}\n{mark.strip(', ')}", 1)
    return said
