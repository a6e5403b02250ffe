"""What the rows of a sheet do to the records beside their own: each is made with its row, and found again by it.

A row whose columns for such a record are all empty makes none. One that was made before has the row's own
reference as its reference elsewhere, so that the same file again changes it and makes no second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from riskreg.changes import Change
from riskreg.errors import N_
from riskreg.exchange import matching
from riskreg.exchange.comparing import IN_BIN, Table
from riskreg.exchange.headers import Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.new_names import NewNames
from riskreg.exchange.parsing import text
from riskreg.exchange.reader import Sheet, Source, SourceRow
from riskreg.exchange.rows import Bad, Read
from riskreg.exchange.staged import StagedRow
from riskreg.i18n import LANGUAGES, Translator, translator
from riskreg.records import Record
from riskreg.records.fields import Value
from riskreg.rules.standing import MADE
from riskreg.views import Reader, View
from riskreg.work import COMPARING, Work

TITLE: Final = N_("{label}: {text}")
STAYS: Final = N_(
    "what was assessed or decided here stays as it was; assess or decide anew there, and leave this cell as the "
    "register says it"
)
_STEP: Final = 50


class BesideRows:
    """The records beside those of one sheet.

    Args:
        standing: Records that rows mean where they made none, by row and slot.

    Attributes:
        slots: Which there are, as `beside` calls them.
    """

    def __init__(
        self,
        reader: Reader,
        source: Source,
        sheet: Sheet,
        map: ColumnMap,
        names: NewNames,
        standing: Mapping[tuple[int, str], Record],
    ) -> None:
        maps = map.beside()
        self.slots = tuple(maps)
        language = reader.organisation().language
        t = translator(next((each for each in LANGUAGES if each == language), "en"))
        self._sheet = sheet
        self._tables = [
            _Slot(reader, source, sheet, each, names, (slot, map.kind, t), standing)
            for slot, each in maps.items()
        ]
        places = {target: sheet.headers.index(header) for header, target in map.columns.items()
                  if header in sheet.headers}  # fmt: skip
        self._named = [places[target] for key in ("external_ref", "title")
                       if (target := Target(key)) in places]  # fmt: skip

    def joined(self, rows: Sequence[StagedRow], work: Work, first: int) -> list[StagedRow]:
        """The rows with what they do beside, new records with ids from `first` downwards."""
        found = list(rows)
        by_number = {row.number: row for row in self._sheet.rows} if self._tables else {}
        for place, table in enumerate(self._tables):
            start = first - place * len(rows)
            read = {
                each.number: table.read_row(by_number[each.number])
                for each in rows
                if each.state != "rejected"
            }
            table.prepare(list(read.values()), rows, work)
            for at, each in enumerate(found):
                if at % _STEP == 0:
                    work.step(COMPARING, at, len(found))
                if each.state != "rejected":
                    row = by_number[each.number]
                    found[at] = table.joined(each, read[each.number], self._own(row), start - at)
        return found

    def _own(self, row: SourceRow) -> str:
        """What the row is called: its own reference, else its title."""
        cells = (row.cells[place] for place in self._named if place < len(row.cells))
        return next(filter(None, (text(cell).strip() for cell in cells)), "")


class _Slot(Table):
    """The records of one slot beside the register.

    Args:
        about: The slot, the kind of the rows, the language in which new records are called.
        standing: Records that rows mean where they made none, by row and slot.
    """

    def __init__(
        self,
        reader: Reader,
        source: Source,
        sheet: Sheet,
        map: ColumnMap,
        names: NewNames,
        about: tuple[str, str, Translator],
        standing: Mapping[tuple[int, str], Record],
    ) -> None:
        super().__init__(reader, source, sheet, map, names)
        slot, self._parent, self._t = about
        self._name = slot.partition(":")[2]
        self._standing = {number: each for (number, of), each in standing.items() if of == slot}
        self._made_before: Mapping[tuple[int, str], Record] = {}

    def prepare(self, reads: Sequence[Read], rows: Sequence[StagedRow], work: Work) -> None:
        """Ask for everything that the rows name, and for what they made before."""
        self._find(reads, work)
        parents = {row.record.id for row in rows if row.record}
        self._made_before = self._before(parents, work) if parents else {}

    def _before(self, parents: set[int], work: Work) -> dict[tuple[int, str], Record]:
        view = View(kinds=(self._kind.kind,), columns=("external_ref", self._parent))
        found = {}
        for row in self._reader.rows(view, self._reader.ids(view)):
            reference, tied = row.values
            for parent in parents.intersection(_ids(tied)):
                found[parent, str(reference or "")] = row.id
        records = self._loaded(found.values(), work)
        return {key: records[id] for key, id in found.items() if id in records}

    def joined(self, row: StagedRow, read: Read, own: str, id: int) -> StagedRow:
        """A row with what it does to the record of this slot; rejected as a whole where that cannot be kept."""
        try:
            change = self._change_of(row, read, own, id)
        except Bad as bad:
            found = self._rejected(read.source, row.record, bad)
            return replace(found, kind=row.kind, title=row.title)
        if change is None:
            return row
        state = "changed" if row.state == "unchanged" else row.state
        return replace(row, state=state, also=(*row.also, change))

    def _change_of(self, row: StagedRow, read: Read, own: str, id: int) -> Change | None:
        if read.bad is not None:
            raise read.bad
        if not self._says(read):
            return None
        parent = row.record
        if parent is not None and parent.deleted_at is not None:
            raise Bad(None, parent.ref, IN_BIN, {})
        reference = " ".join(filter(None, (own, self._name)))
        record = self._made_before.get((parent.id, reference)) if parent else None
        if record is None and (stands := self._standing.get(row.number)) is not None:
            return self._change_standing(read, stands, id)
        if record is None:
            tied = parent.id if parent else row.change.id if row.change else 0
            kind = self._t.kind_name(self._kind, plural=False)
            title = self._t.gettext(TITLE).format(label=kind, text=row.title)
            new: dict[str, Value] = {
                "external_ref": reference,
                self._parent: frozenset({tied}),
                "title": title,
            }
            read.values.update({key: value for key, value in new.items() if key not in read.values})
        return self._change(read, record, id)

    def _change_standing(self, read: Read, record: Record, id: int) -> Change | None:
        """What a row does to what was said here; that which says when it was made stays as it was."""
        change = self._change(read, record, id)
        is_made = any(record.get(key) is not None for key in MADE & self._stored.keys())
        if change is not None and is_made:
            key = next(iter(change.after or {}))
            value = matching.text_of(self._stored[key], (change.after or {}).get(key))
            raise Bad(self._places.get(Target(key)), value, STAYS, {})
        return change

    def _says(self, read: Read) -> bool:
        """Whether one of its columns is filled; constants alone make no record."""
        keys = {target.key for target in self._columns.values()}
        filled = (key in read.values and read.values[key] != self._empty[key] for key in keys)
        return any(filled) or any(read.links[key][1] for key in keys if key in read.links)


def _ids(value: object) -> Iterable[int]:
    return value if isinstance(value, frozenset) else ()
