"""Which rows of a register of article 33(5) are breaches that this register has, and what of them differs.

A row is ours where its reference is the ref of an incident and it was recorded in the same second, or where
an incident has its reference as its reference elsewhere. A column that says what our own line says now, in
any language, says nothing new and is left out of the row; the other columns change the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from riskreg import breach_reading, catalogue
from riskreg.breach_register import COLUMNS, Column, Said, line
from riskreg.cases import Case, cases_of
from riskreg.exchange import matching
from riskreg.exchange.headers import Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.parsing import text
from riskreg.exchange.reader import Cell, Sheet, SourceRow
from riskreg.exchange.register_33_5 import KIND, VERBATIM, headers_of, is_unfolded
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import Incident, Record
from riskreg.records.terms import Vocabulary
from riskreg.views import Reader
from riskreg.work import COMPARING, QUIET, Work

_STEP: Final = 50
_KEY: Final = (Target("external_ref"),)
_REF: Final = "Internal reference (ref)"
"""The heading of the column that is added: the ref of the incident that a row is."""
_BY_KEY: Final = {column.key: column for column in COLUMNS}
_REFERENCE, _RECORDED = _BY_KEY["reference"], _BY_KEY["saved_at"]
_HEADER_OF: Final = {name: header for column in COLUMNS
                     for header, name in zip(headers_of(column), column.fields, strict=True)}  # fmt: skip
_LAW: Final = ("decision:authority.regime", "decision:authority.rule_key")
_AUTHORITY_REASON: Final = _HEADER_OF["decision:authority.reason"]
_SLOTS: Final = {"authority": "decision:authority", "individuals": "decision:people"}
_SET_ONCE: Final = frozenset(
    ["external_ref", *(f"{slot}.recipient" for slot in _SLOTS.values()),
     "decision:people.regime", "decision:people.rule_key"]
)  # fmt: skip
"""What only a record that is new gets; one of ours keeps its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet as it is compared with the register.

    Attributes:
        sheet: Its rows without what the register says already.
        map: How they are read.
        standing: The assessment and decisions that the line of a row is made of, by row and slot.
    """

    sheet: Sheet
    map: ColumnMap
    standing: Mapping[tuple[int, str], Record] = field(default_factory=dict)


def known(reader: Reader, sheet: Sheet, map: ColumnMap, work: Work = QUIET) -> Known:
    """A sheet with the breaches in it that the register has; any other sheet as it is. Raises `Cancelled`."""
    if map.kind != KIND or map.key != _KEY or not is_unfolded(sheet):
        return Known(sheet, map)
    cells = {row.number: dict(zip(sheet.headers, row.cells, strict=False)) for row in sheet.rows}
    ours = _ours(reader, cells)
    found = _elsewhere(reader, {at: each for at, each in cells.items() if at not in ours}) | ours
    cases = cases_of(reader, {each.id for each in found.values()})
    standing: dict[tuple[int, str], Record] = {}
    rows = []
    for place, row in enumerate(sheet.rows):
        if place % _STEP == 0:
            work.step(COMPARING, place, len(sheet.rows))
        record = found.get(row.number)
        said: Mapping[str, Cell] = {}
        if record is not None and (case := cases.get(record.id)) is not None:
            parts = _Line(case, reader.vocabulary, cells[row.number])
            said = parts.differing()
            standing |= {(row.number, slot): each for slot, each in parts.standing()}
        ref = record.ref if record is not None and row.number in ours else None
        rows.append(_with(sheet, row, said, ref))
    return Known(
        replace(sheet, headers=(*sheet.headers, _REF), rows=rows),
        replace(
            map,
            columns={**map.columns, _REF: Target("ref")},
            new_only=map.new_only | _SET_ONCE,
        ),
        standing,
    )


def _with(sheet: Sheet, row: SourceRow, said: Mapping[str, Cell], ref: str | None) -> SourceRow:
    """A row with other cells under some headings, and with the ref of its incident."""
    own = zip(sheet.headers, row.cells, strict=False)
    cells = [said.get(header, cell) for header, cell in own]
    at = len(sheet.headers)
    cells += [None] * (at - len(cells))
    bad = {place + (place >= at): why for place, why in row.bad.items()}
    return row._replace(cells=(*cells, ref), bad=bad)


def _ours(reader: Reader, cells: Mapping[int, Mapping[str, Cell]]) -> dict[int, Incident]:
    """The rows that this register wrote: by ref, and recorded when the incident was."""
    refs = {at: given(_REFERENCE, each).strip().upper() for at, each in cells.items()}
    wanted = filter(matching.looks_like_ref, refs.values())
    ids = matching.by_ref(reader, KIND, wanted)
    records = reader.records(ids.values())
    found = {at: records[ids[ref]] for at, ref in refs.items() if ref in ids}
    return {
        at: record
        for at, record in found.items()
        if isinstance(record, Incident) and _recorded(record) == given(_RECORDED, cells[at]).strip()
    }


def _recorded(incident: Incident) -> str:
    return f"{incident.created_at.utc:%Y-%m-%dT%H:%M:%SZ}" if incident.created_at else ""


def _elsewhere(reader: Reader, cells: Mapping[int, Mapping[str, Cell]]) -> dict[int, Incident]:
    """The rows whose reference one incident has as its reference elsewhere."""
    keys = {at: (breach_reading.as_line(given(_REFERENCE, each), reader.vocabulary)[0],)
            for at, each in cells.items()}  # fmt: skip
    found = matching.by_key(reader, Incident, _KEY, filter(any, keys.values()))
    return {
        at: records[0]
        for at, key in keys.items()
        if len(records := found.get(key, [])) == 1 and isinstance(records[0], Incident)
    }


def given(column: Column, cells: Mapping[str, Cell]) -> str:
    """The text of a column as it stood in the file."""
    kept = text(cells.get(column.kept_as))
    return kept or (text(cells.get(column.heading)) if column.key in VERBATIM else "")


class _Line:
    """One row beside our own line of its incident."""

    def __init__(self, case: Case, vocabulary: Vocabulary, cells: Mapping[str, Cell]) -> None:
        self._said = [Said(case, vocabulary, translator(language)) for language in LANGUAGES]
        self._lines = [line(each) for each in self._said]
        self._case, self._cells = case, cells

    def differing(self) -> dict[str, Cell]:
        """Cells that are other ones now, by heading: empty in columns that say what our line says."""
        cells = dict(self._cells)
        for column in COLUMNS:
            if column is not _REFERENCE and self._is_same(column):
                cells |= dict.fromkeys((*headers_of(column), column.kept_as))
        self._leave_containment(cells)
        self._leave_reasons(cells)
        self._leave_law(cells)
        return {header: cell for header, cell in cells.items() if cell != self._cells.get(header)}

    def standing(self) -> Iterator[tuple[str, Record]]:
        """What the line is made of beside the incident, by slot."""
        if (assessed := self._case.assessment) is not None:
            yield "assessment", assessed
        for recipient, slot in _SLOTS.items():
            decision = self._said[0].decision(recipient)
            if decision is not None and not (recipient == "authority" and self._is_other_law()):
                yield slot, decision

    def _is_same(self, column: Column) -> bool:
        """It says what ours says, and nobody typed something else over what was read from it."""
        words = given(column, self._cells)
        if words not in {each[column.key] for each in self._lines}:
            return False
        read = column.read(words, catalogue.vocabulary())
        parts = zip(headers_of(column), column.fields, read, strict=True)
        return all(text(self._cells.get(header)) == part
                   for header, name, part in parts if name not in _LAW)  # fmt: skip

    def _leave_containment(self, cells: dict[str, Cell]) -> None:
        """Measures are written in two fields and read into one: the first stays out of the second."""
        first, header = self._case.incident.containment, _HEADER_OF["remedy"]
        if first and text(cells.get(header)).startswith(f"{first}\n"):
            cells[header] = text(cells.get(header)).removeprefix(f"{first}\n")

    def _is_other_law(self) -> bool:
        """The row names another law than that of the decision that stands."""
        decision = self._said[0].decision("authority")
        regime = text(self._cells.get(_HEADER_OF[_LAW[0]]))
        is_said = not self._is_same(_BY_KEY["notified_authority"]) and given(
            _BY_KEY["notified_authority"], self._cells
        )
        return bool(is_said) and decision is not None and regime != decision.regime

    def _leave_reasons(self, cells: dict[str, Cell]) -> None:
        """Reasons are those of the decisions that stand or are told with them; where there is none, of both."""
        if self._is_other_law():
            cells[_AUTHORITY_REASON] = self._cells.get(_AUTHORITY_REASON)
        told = {
            slot: bool(self._said[0].decision(recipient) or cells.get(_HEADER_OF[f"{slot}.answer"]))
            for recipient, slot in _SLOTS.items()
        }
        if any(told.values()):
            others = [slot for slot, is_told in told.items() if not is_told]
            cells |= dict.fromkeys(_HEADER_OF[f"{slot}.reason"] for slot in others)

    def _leave_law(self, cells: dict[str, Cell]) -> None:
        """A decision that stands keeps its rule; a new one that has only a reason is under the law of the line."""
        law = [_HEADER_OF[name] for name in _LAW]
        is_new = self._said[0].decision("authority") is None
        if cells.get(_HEADER_OF["decision:authority.answer"]):
            if not is_new and not self._is_other_law():
                cells |= dict.fromkeys(law)
        elif is_new and cells.get(_AUTHORITY_REASON):
            regime = self._said[0].regime("authority")
            cells |= dict(zip(law, breach_reading.under(regime), strict=True))
        else:
            cells |= dict.fromkeys(law)
