"""The record of processing activities, in the order of article 30 of the GDPR: as controller, 30(1), and apart as processor, 30(2) (domain 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Organisation, Party, Transfer
from riskreg.records.fields import Value
from riskreg.reports.asked import BETWEEN, Asked, Told, reached
from riskreg.reports.entries import (
    BODY_WIDTH,
    NOT_SAID,
    asked_for,
    entry,
    field,
    note,
    said_alone,
    state,
)
from riskreg.reports.figures import Shape
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import told
from riskreg.reports.text import Piece, gap

ALL: Final = NN_(
    "The {number} processing activity of the register, with what article 30 of the GDPR asks for.",
    "All {number} processing activities of the register, with what article 30 of the GDPR asks for.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no processing activities in the register yet.")
US: Final = N_("Who we are")
NAME: Final = N_("Name")
CONTACT: Final = N_("Address and contact")
OFFICER: Final = N_("Data protection officer")
CONTROLLER: Final = N_("As controller: article 30(1)")
PROCESSOR: Final = N_("As processor for others: article 30(2)")
ENDED: Final = N_("Ended")
NUMBER: Final = NN_("{number} activity", "{number} activities")
POINT: Final = N_("({letter}) {field}")
NO_ROLE: Final = N_("Not said whether we are controller or processor")

_CONTROLLER: Final = (
    ("a", "controllers"), ("b", "purposes"), ("c", "subject_categories"), ("c", "data_types"),
    ("d", "recipients"), ("d", "processors"), ("e", "countries"), ("e", "transfers"),
    ("e", "safeguards"), ("f", "retention"), ("g", "security_measures"),
)  # fmt: skip
"""The points of article 30(1) and the fields that answer them."""
_PROCESSOR: Final = (
    ("a", "controllers"), ("b", "purposes"), ("b", "subject_categories"), ("b", "data_types"),
    ("c", "countries"), ("c", "transfers"), ("c", "safeguards"), ("d", "security_measures"),
)  # fmt: skip
"""The points of article 30(2)."""
_ASKED: Final = frozenset(
    {"purposes", "subject_categories", "data_types", "recipients", "retention", "security_measures"}
)
"""What a record without it lacks; the rest may rightly be empty."""
_PLACED: Final = frozenset({"ref", "title", "status", "owner", "due_at", "updated_at"})
_MARKS: Final[Mapping[Value, Shape]] = {"planned": "ring", "active": "full", "ended": "dash"}


@dataclass(frozen=True, slots=True)
class _Record:
    """All that the pages say, in memory."""

    found: Gathered
    parties: Mapping[int, Party]
    transfers: Mapping[int, Transfer]
    organisation: Organisation


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no processing activity."""
    record, t = _gather(asked), asked.t
    number = len(record.found.records)
    if asked.ref:
        rows = Rows([_row(record, each) for each in record.found.records])
        title = t.gettext(ONE).format(ref=record.found.records[0]["ref"])
        return Told(title, [_us(record), rows])
    if not number:
        return Told("", [_us(record), said_alone(t.gettext(NONE), above=14)])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, [_us(record), *_groups(record)])


def _gather(asked: Asked) -> _Record:
    reader = asked.reader
    found = gather(asked, "processing", (("our_role", False), ("title", False)))
    organisation = reader.organisation()
    parties = (
        set(organisation.officer) | _linked(found, "controllers") | _linked(found, "processors")
    )
    parties_found = reader.records(sorted(parties)).items()
    transfers = reader.records(sorted(_linked(found, "transfers"))).items()
    return _Record(
        found,
        {id: each for id, each in parties_found if isinstance(each, Party)},
        {id: each for id, each in transfers if isinstance(each, Transfer)},
        organisation,
    )


def _linked(found: Gathered, key: str) -> set[int]:
    return {id for record in found.records for id in cast("frozenset[int]", record[key])}


def _us(record: _Record) -> Rows:
    """Name and contact of the controller and its officer (30(1)(a), 30(2)(a))."""
    t, contact = record.found.speech.t, reached(record.organisation)
    officer = _contacts(record, record.organisation.officer)
    pieces = (
        *told(t.gettext(NAME), record.organisation.title, WIDTH),
        *asked_for(t.gettext(CONTACT), contact, t.gettext(NOT_SAID)),
        *asked_for(t.gettext(OFFICER), officer, t.gettext(NOT_SAID)),
    )
    row = Row(columns=(Column(0, pieces),), above=2)
    return Rows([row], heading=[section_row(t.gettext(US))], above=4)


def _contacts(record: _Record, ids: frozenset[int]) -> str:
    """Parties by name with post, address and how to reach them, one a line."""
    lines = []
    for party in sorted((record.parties[id] for id in ids if id in record.parties), key=_by_ref):
        known = (party.title, party.position, party.address, party.phone, party.email)
        lines.append(BETWEEN.join(filter(None, known)))
    return "\n".join(lines)


def _by_ref(party: Party) -> str:
    return party.ref


def _groups(record: _Record) -> Iterator[Rows]:
    parts: dict[str, list[Mapping[str, Value]]] = {CONTROLLER: [], PROCESSOR: [], ENDED: []}
    for each in record.found.records:
        part = PROCESSOR if record.found.meant(each, "our_role") == "processor" else CONTROLLER
        parts[part if record.found.is_open(each) else ENDED].append(each)
    for title, records in parts.items():
        yield from _group(record, title, records)


def _group(record: _Record, title: str, records: Sequence[Mapping[str, Value]]) -> Iterator[Rows]:
    if records:
        t, number = record.found.speech.t, len(records)
        count = t.ngettext(*NUMBER, number).format(number=number_words(number))
        rows = (_row(record, each, place > 0) for place, each in enumerate(records))
        yield Rows(rows, heading=[section_row(t.gettext(title), count)], above=16)


def _row(record: _Record, each: Mapping[str, Value], is_ruled: bool = False) -> Row:
    found = record.found
    mark = state(found, each, _MARKS.get(found.meant(each, "status"), "ring"))
    return entry(found, each, mark, _body(record, each), "due_at", is_ruled)


def _body(record: _Record, each: Mapping[str, Value]) -> Iterator[Piece]:
    found, t = record.found, record.found.speech.t
    if each["our_role"] is None:
        yield from note(t.gettext(NO_ROLE))
    points = _PROCESSOR if found.meant(each, "our_role") == "processor" else _CONTROLLER
    for letter, key in points:
        label = t.gettext(POINT).format(letter=letter, field=found.label(key))
        said, is_asked = _said(record, each, key), _is_asked(each, key)
        if is_asked:
            yield from asked_for(label, said, t.gettext(NOT_SAID))
        else:
            yield from told(label, said, BODY_WIDTH)
    answered = {key for _, key in points}
    rest = [
        piece
        for key in each
        if key not in _PLACED and key not in answered
        for piece in field(found, each, key, BODY_WIDTH)
    ]
    if rest:
        yield gap(5)
        yield from rest


def _is_asked(each: Mapping[str, Value], key: str) -> bool:
    """Whether the record lacks something where this is empty."""
    if key == "controllers":
        return each["our_role"] in ("processor", "joint_controller")
    if key == "safeguards":
        return bool(each["transfers"])
    return key in _ASKED


def _said(record: _Record, each: Mapping[str, Value], key: str) -> str:
    """A value in words; parties with how to reach them, transfers with where and by what means."""
    ids = each[key]
    if key == "controllers":
        return _contacts(record, cast("frozenset[int]", ids))
    if key == "transfers":
        return "\n".join(_transfers(record, cast("frozenset[int]", ids)))
    return record.found.say(each, key)


def _transfers(record: _Record, ids: frozenset[int]) -> Iterator[str]:
    speech = record.found.speech
    found = [record.transfers[id] for id in ids if id in record.transfers]
    for transfer in sorted(found, key=lambda transfer: transfer.ref):
        facts = (
            f"{transfer.ref} {transfer.title}",
            speech.value("transfer", "destination", transfer.destination),
            speech.value("transfer", "mechanism", transfer.mechanism),
            transfer.filing_number,
        )
        yield BETWEEN.join(filter(None, facts))
