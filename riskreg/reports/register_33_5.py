"""The register of breaches on paper: what GDPR article 33(5) wants documented of every breach, notified or not (domain.md 5.1).

Facts, effects and remedial action, with the reasons of each decision and of a late notice. Drills, near misses and
what was found to be no breach stand in the incident register alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.breach_register import COLUMNS, NOT_SENT, Said
from riskreg.cases import Case, cases_of
from riskreg.edpb.people import SCORE
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Decision, Incident
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import said_under
from riskreg.reports.figures import Shape, marked, number_strip
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import (
    CHUNK,
    GATHERING,
    LABEL,
    Speech,
    continued,
    label_of,
    labelled,
    told,
)
from riskreg.reports.text import Piece, Run, gap, together, words
from riskreg.rules.counting import breaches, sort_of
from riskreg.views import View

ALL: Final = NN_(
    "The {number} breach of the register, notified or not. Drills, near misses and what was no breach are not in it.",
    "All {number} breaches of the register, notified or not, the newest first. Drills, near misses and what was no breach are not in it.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no breaches in the register yet.")
FIGURES: Final = N_("In figures")
BREACHES: Final = N_("Breaches")
AUTHORITY_TOLD: Final = N_("An authority was told")
PEOPLE_TOLD: Final = N_("The people were told")
NOBODY: Final = N_("Decided to tell none")
OPEN: Final = N_("Not decided yet")
TO_AUTHORITY: Final = N_("Telling the authority")
TO_PEOPLE: Final = N_("Telling the people")
SENT: Final = N_("sent {moment}")
LATE: Final = N_("Late: {reason}")
RETENTION: Final = N_("Kept for")

_LEFT: Final = 84.0
_BODY: Final = WIDTH - _LEFT
_SHAPES: Final[dict[str, Shape]] = {"yes": "full", "no": "dash", "not_yet": "half"}
_FACTS: Final = ("occurred_from_at", "occurred_to_at", "discovered_at", "aware_at", "contained_at", "nature",
                 "subject_categories", "people_count", "records_count", "people_live_in")  # fmt: skip
_EFFECTS: Final = ("consequences", "impacts", "effects")
_DONE: Final = ("containment", "remedy", "prevention", "prevention_words")


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no breach."""
    t, found = asked.t, _gather(asked)
    if asked.ref:
        (said,) = found
        return Told(t.gettext(ONE).format(ref=said.incident.ref), [Rows([_row(asked, said)])])
    if not found:
        return Told("", [said_under(t.gettext(BREACHES), t.gettext(NONE))])
    number = len(found)
    rows = (_row(asked, said, place > 0) for place, said in enumerate(found))
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    heading = [section_row(t.gettext(BREACHES))]
    return Told(view, [_overview(asked, found), Rows(rows, heading=heading, above=16)])


def _gather(asked: Asked) -> list[Said]:
    reader = asked.reader
    view = View(kinds=("incident",), where=breaches(reader.vocabulary), sort=(("ref", True),))
    ids = [_id(asked)] if asked.ref else list(reader.ids(view))
    cases: dict[int, Case] = {}
    for start in range(0, len(ids), CHUNK):
        asked.work.step(GATHERING, start, len(ids))
        cases |= cases_of(reader, ids[start : start + CHUNK])
    return [Said(cases[id], reader.vocabulary, asked.t) for id in ids if id in cases]


def _id(asked: Asked) -> int:
    id = asked.reader.find(asked.ref)
    record = asked.reader.record(id)
    if not isinstance(record, Incident) or sort_of(record, asked.reader.vocabulary) != "breach":
        raise Expected("no_record", ref=asked.ref)
    return id


def _overview(asked: Asked, found: list[Said]) -> Rows:
    t = asked.t
    figures = (
        (BREACHES, len(found)),
        (AUTHORITY_TOLD, sum(bool(each.sent("authority")) for each in found)),
        (NOBODY, sum(each.answer("authority") == "no" for each in found)),
        (OPEN, sum(each.answer("authority") in ("", "not_yet") for each in found)),
        (PEOPLE_TOLD, sum(bool(each.sent("individuals")) for each in found)),
    )
    strip = number_strip([(number_words(count), t.gettext(name)) for name, count in figures], WIDTH)
    return Rows([Row(columns=(Column(0, strip),), above=2)], heading=[section_row(t.gettext(FIGURES))], above=4)  # fmt: skip


def _row(asked: Asked, said: Said, is_ruled: bool = False) -> Row:
    incident = said.incident
    left = [
        *words(incident.ref, width=_LEFT - 6, bold=True, after=1),
        *words(incident.external_ref, width=_LEFT - 6, size=SMALL, colour=ink().muted),
    ]
    return Row(
        columns=(Column(0, left), Column(_LEFT, tuple(_body(asked, said)))),
        above=12 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(incident.ref, _LEFT, asked.t),
        bookmark=(1, f"{incident.ref} {incident.title}"[:120]),
    )


def _body(asked: Asked, said: Said) -> Iterator[Piece]:
    t, incident = asked.t, said.incident
    speech = Speech(t=t, vocabulary=said.vocabulary, names={}, zone=asked.zone)

    def line(key: str, value: Value, kind: str = "incident") -> Iterator[Piece]:
        yield from told(label_of(t, kind, key), speech.value(kind, key, value), _BODY)

    yield from words(Run(incident.title, bold=True), width=_BODY)
    quiet = (speech.value("incident", key, incident.get(key)) for key in ("category", "cause"))
    yield from words(" · ".join(filter(None, quiet)), width=_BODY, size=SMALL, colour=ink().muted)
    if incident.narrative.strip():
        yield gap(3)
        yield from words(incident.narrative, width=_BODY, size=SMALL)
    yield gap(4)
    for key in _FACTS:
        yield from line(key, incident.get(key))
    data = incident.data_words or speech.value("incident", "data_types", incident.data_types)
    yield from told(label_of(t, "incident", "data_types"), data, _BODY)
    for key in _EFFECTS:
        yield from line(key, incident.get(key))
    yield from _risk(said, speech)
    for to, name in (("authority", TO_AUTHORITY), ("individuals", TO_PEOPLE)):
        yield from _decided(said, speech, to, t.gettext(name))
    for key in _DONE:
        yield from line(key, incident.get(key))
    kept = dict(incident.other_facts)
    yield from told(t.gettext(RETENTION), kept.get(_retention(), ""), _BODY)


def _retention() -> str:
    return next(column.kept_as for column in COLUMNS if column.key == "retention")


def _risk(said: Said, speech: Speech) -> Iterator[Piece]:
    """The outcome of the newest assessment with its score, and its reasons."""
    t, assessed = speech.t, said.case.assessment
    if assessed is None:
        return
    score = ""
    if assessed.severity_score:
        band = said.label("severity_band", assessed.severity_band)
        score = t.gettext(SCORE).format(score=assessed.severity_score, band=band)
    outcome = speech.value("assessment", "outcome", assessed.outcome)
    parts = filter(None, (outcome, score, assessed.reasoning))
    yield from told(label_of(t, "assessment", "outcome"), "\n".join(parts), _BODY)


def _decided(said: Said, speech: Speech, to: str, label: str) -> Iterator[Piece]:
    """What became of telling somebody: the answer behind a mark, why, who decided, and what was sent."""
    answer, width = said.answer(to), _BODY - LABEL
    colour = ink().high if answer in ("", "not_yet") else ink().text
    head = said.label("decision_answer", answer) or speech.t.gettext(OPEN)
    if answer == "yes" and not said.sent(to):
        head, colour = speech.t.gettext(NOT_SENT).format(answer=head), ink().high
    shape = _SHAPES.get(answer, "ring")
    mark = marked(shape, colour, head, width=width, size=SMALL, bold=True, text=colour)
    text = "\n".join(filter(None, _reasons(said, speech, to, said.decision(to))))
    rest = words(text, width=width, size=SMALL, indent=SMALL * 1.45) if text else ()
    yield from together((*labelled(label, (*mark, *rest)), gap(2)))


def _reasons(said: Said, speech: Speech, to: str, decision: Decision | None) -> Iterator[str]:
    t = speech.t
    if decision is not None:
        yield decision.reason
        by = (decision.decided_by, speech.value("decision", "decided_at", decision.decided_at))
        yield " · ".join(filter(None, by))
    for each in said.case.notices:
        if each.recipient == to and each.sent_at:
            sent = t.gettext(SENT).format(moment=speech.value("notice", "sent_at", each.sent_at))
            yield " · ".join(filter(None, (each.addressee or each.title, sent, each.receipt)))
            if each.late_reason:
                yield t.gettext(LATE).format(reason=each.late_reason)
