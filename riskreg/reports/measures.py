"""The measures that keep personal data safe, by the areas of the PCPD's guidance on data security (30 August 2022; domain 2.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import BODY_WIDTH, entry, field, note, said_alone, state
from riskreg.reports.figures import Shape, number_strip
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.text import Piece

ALL: Final = NN_(
    "The {number} measure of the register.",
    "All {number} measures of the register, by the areas of the PCPD's guidance on data security.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no measures in the register yet.")
MEASURES: Final = NN_("{number} measure", "{number} measures")
OTHER: Final = N_("Without area")
FIGURES: Final = N_("In figures")
IN_PLACE: Final = N_("In place")
COMING: Final = N_("Planned or being built")
WORK: Final = N_("In place and found to work")
LACKING: Final = N_("In place without evidence")
NO_EVIDENCE: Final = N_("In place, and nothing shows that it works")
EVIDENCE_OVER: Final = N_("The evidence was good until {day}")
UNTRIED: Final = N_("In place, and never tried")
FAILS: Final = N_("Does not work")

MARKS: Final[Mapping[Value, Shape]] = {
    "proposed": "ring",
    "agreed": "ring",
    "being_built": "half",
    "in_place": "full",
    "retired": "dash",
}
_PLACED: Final = frozenset({"ref", "title", "area", "status", "owner", "due_at", "updated_at"})
_FIRST: Final = (
    "effectiveness",
    "tested_on",
    "evidence_text",
    "evidence_files",
    "evidence_until_on",
)
"""What is asked first: does it work, and what shows it."""
_TO_COME: Final = ("proposed", "agreed", "being_built")


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no measure."""
    found = gather(asked, "measure", (("area", False), ("status", False), ("title", False)))
    t, number = asked.t, len(found.records)
    if asked.ref:
        rows = Rows([_row(found, record) for record in found.records])
        return Told(t.gettext(ONE).format(ref=found.records[0]["ref"]), [rows])
    if not number:
        return Told("", [said_alone(t.gettext(NONE))])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, [_overview(found), *_groups(found)])


def _overview(found: Gathered) -> Rows:
    t = found.speech.t
    placed = [record for record in found.records if found.meant(record, "status") == "in_place"]
    figures = (
        (IN_PLACE, len(placed)),
        (COMING, sum(found.meant(record, "status") in _TO_COME for record in found.records)),
        (WORK, sum(found.meant(record, "effectiveness") == "effective" for record in placed)),
        (LACKING, sum(not _is_shown(record) for record in placed)),
    )
    strip = number_strip([(number_words(n), t.gettext(name)) for name, n in figures], WIDTH)
    row = Row(columns=(Column(0, strip),), above=2)
    return Rows([row], heading=[section_row(t.gettext(FIGURES))], above=4)


def _groups(found: Gathered) -> Iterator[Rows]:
    t, parts = found.speech.t, _by_area(found)
    for name, records in parts.items():
        number = len(records)
        told_number = t.ngettext(*MEASURES, number).format(number=number_words(number))
        rows = [_row(found, record, place > 0) for place, record in enumerate(records)]
        yield Rows(rows, heading=[section_row(name, told_number)], above=16)


def _by_area(found: Gathered) -> Mapping[str, Sequence[Mapping[str, Value]]]:
    parts: dict[str, list[Mapping[str, Value]]] = {}
    for record in found.records:
        name = found.say(record, "area") or found.speech.t.gettext(OTHER)
        parts.setdefault(name, []).append(record)
    return parts


def _row(found: Gathered, record: Mapping[str, Value], is_ruled: bool = False) -> Row:
    shape = MARKS.get(found.meant(record, "status"), "ring")
    return entry(
        found, record, state(found, record, shape), _body(found, record), "due_at", is_ruled
    )


def _body(found: Gathered, record: Mapping[str, Value]) -> Iterator[Piece]:
    for text in _amiss(found, record):
        yield from note(text)
    rest = (key for key in record if key not in _FIRST and key not in _PLACED)
    for key in (*_FIRST, *rest):
        yield from field(found, record, key, BODY_WIDTH)


def _amiss(found: Gathered, record: Mapping[str, Value]) -> Iterator[str]:
    """What an auditor would ask about: of measures in place alone."""
    if found.meant(record, "status") != "in_place":
        return
    t, until = found.speech.t, record["evidence_until_on"]
    if found.meant(record, "effectiveness") == "not_effective":
        yield t.gettext(FAILS)
    if found.meant(record, "effectiveness") in (None, "not_tested"):
        yield t.gettext(UNTRIED)
    if not _is_shown(record):
        yield t.gettext(NO_EVIDENCE)
    elif isinstance(until, date) and until < found.today:
        yield t.gettext(EVIDENCE_OVER).format(day=found.say(record, "evidence_until_on"))


def _is_shown(record: Mapping[str, Value]) -> bool:
    """Whether anything shows that it works: a text or a file."""
    return bool(str(record["evidence_text"]).strip() or record["evidence_files"])
