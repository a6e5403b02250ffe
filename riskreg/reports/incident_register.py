"""The incident register on paper: every incident with what is known of it, as GDPR article 33(5) and the PCPD's step 5 ask (domain 5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import NOT_SAID
from riskreg.reports.figures import number_strip
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import aside, continued, told
from riskreg.reports.text import Piece, Run, abreast, gap, words

ALL: Final = NN_(
    "The {number} incident of the register.",
    "All {number} incidents of the register, near misses and drills included; the newest come first.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no incidents in the register yet.")
FIGURES: Final = N_("In figures")
STILL_OPEN: Final = N_("Open")
CLOSED: Final = N_("Closed")
NEAR_MISSES: Final = N_("Near misses")
DRILLS: Final = N_("Drills")
INCIDENTS: Final = NN_("{number} incident", "{number} incidents")

_MIDDLE: Final = 84.0
_RIGHT: Final = 110.0
_TIMES: Final = ("occurred_from_at", "discovered_at", "aware_at", "contained_at")
"""Moments that stand side by side; one that is not known shows a dash, because that is what is asked first."""
_PLACED: Final = frozenset(
    {"ref", "title", "status", "people_count", "category", "cause", "due_at", "updated_at", *_TIMES}
)

_GROUPING: Final = frozenset({"near_miss", "drill"})
"""What decides under which heading an incident stands: said again only where it is so."""


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no incident."""
    found = gather(asked, "incident", (("ref", True),))
    t, number = asked.t, len(found.records)
    if asked.ref:
        rows = Rows(_row(found, record) for record in found.records)
        return Told(t.gettext(ONE).format(ref=found.records[0]["ref"]), [rows])
    if not number:
        return Told("", [Rows([Row(columns=(Column(0, words(t.gettext(NONE), width=WIDTH)),))])])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, [_overview(found), *_groups(found)])


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


def _groups(found: Gathered) -> Iterator[Rows]:
    t = found.speech.t
    for name, records in _parts(found).items():
        if records:
            number = len(records)
            note = t.ngettext(*INCIDENTS, number).format(number=number_words(number))
            rows = (_row(found, record, place > 0) for place, record in enumerate(records))
            yield Rows(rows, heading=[section_row(t.gettext(name), note)], above=16)


def _row(found: Gathered, record: Mapping[str, Value], is_ruled: bool = False) -> Row:
    width, ref = WIDTH - _MIDDLE, str(record["ref"])
    people = tuple(_people(found, record))
    head = aside(_head(found, record, width - _RIGHT - 10), people)
    return Row(
        columns=(
            Column(0, _state(found, record)),
            Column(_MIDDLE, (*head, gap(4), *_body(found, record, width))),
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


def _head(found: Gathered, record: Mapping[str, Value], width: float) -> tuple[Piece, ...]:
    title = words(Run(str(record["title"]), bold=True), width=width)
    quiet = filter(None, (found.say(record, key) for key in ("category", "cause")))
    return (*title, *words(" · ".join(quiet), width=width, size=SMALL, colour=ink().muted))


def _people(found: Gathered, record: Mapping[str, Value]) -> Iterator[Piece]:
    if said := found.say(record, "people_count"):
        yield from words(said, width=_RIGHT, align="right")
        label = found.label("people_count")
        yield from words(label, width=_RIGHT, size=SMALL, align="right", colour=ink().muted)


def _body(found: Gathered, record: Mapping[str, Value], width: float) -> Iterator[Piece]:
    each = width / len(_TIMES)
    times = [tuple(_time(found, record, key, each - 8)) for key in _TIMES]
    yield from abreast(*((each * place, time) for place, time in enumerate(times)))
    yield gap(5)
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
