"""Ranges of cells to and from a spreadsheet, as text on the clipboard.

Out: lines of cells set apart by tabs and quoted as Excel quotes them, and the same as a table of HTML whose cells are text. In: the
same text, read against the records it falls on, cell by cell, by the rules of a form. Nothing is changed here: what cannot be read
stays as it was typed, with the reason.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias, cast

from riskreg.batches import editable
from riskreg.changes import Change, ChangeSet, addition
from riskreg.editing import edits_of
from riskreg.errors import N_, Expected
from riskreg.formats import format_value, parse_value
from riskreg.i18n import Translator
from riskreg.records import KINDS, columns, fields, stored
from riskreg.records.fields import Value
from riskreg.records.values import Unfit
from riskreg.views import Name, Reader, View

Block: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of cells."""

_RUNS: Final = ("=", "+", "-", "@")
"""What a spreadsheet reads as the beginning of a formula (OWASP, CSV injection)."""
_NUMBER: Final = re.compile(r"[+-]?[\d,.]+%?")
_CELL: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)|([^\t\n]*)')
_BETWEEN_LINKS: Final = re.compile(r"[;；\n]")


# Text


def to_text(block: Block) -> str:
    """Rows as Excel puts them on the clipboard; text that would run as a formula gets an apostrophe before it."""
    return "\n".join("\t".join(_quoted(_guarded(cell)) for cell in row) for row in block)


def to_html(block: Block) -> str:
    """The same as a table whose cells are text, whatever they begin with; Excel prefers it to plain text."""
    rows = ("".join(_html_cell(cell) for cell in row) for row in block)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def from_text(text: str) -> Block:
    """Read rows of cells, quoted or not. A row that is too short is filled up; guards are taken off."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        found = _CELL.match(text, place)
        assert found is not None  # the second half fits everywhere
        cell = found[2] if found[1] is None else found[1].replace('""', '"')
        rows[-1].append(_unguarded(cell))
        place = found.end()
        if place >= len(text):
            break
        if text[place] == "\n":
            rows.append([])
        place += 1
    width = max(map(len, rows))
    return tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)


def _quoted(cell: str) -> str:
    needs = cell.startswith('"') or any(char in cell for char in "\t\n\r")
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) and not _NUMBER.fullmatch(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_RUNS) else cell


def _html_cell(cell: str) -> str:
    text = html.escape(cell).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"<td style=\"mso-number-format:'\\@'\">{text}</td>"


# Staging


class Cell(NamedTuple):
    """One cell that was pasted on a field of a record.

    `was` is how the field reads now, `before` its value; `reason` says why the text is no value of it, as a msgid with parameters.
    """

    id: int
    key: str
    text: str
    was: str
    before: Value = None
    value: Value = None
    reason: str = ""
    parameters: Mapping[str, str | int] = {}

    @property
    def is_bad(self) -> bool:
        """The text cannot be read."""
        return bool(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What a paste would do.

    Attributes:
        kind: The kind of the records.
        cells: The cells that would change something, and those that cannot be read.
        names: Ref and title of the records that are there.
        new: How many records would be made: their ids are -1, -2 and so on.
        same: How many cells say what is there already.
        versions: The versions that were read.
    """

    kind: str
    cells: tuple[Cell, ...]
    names: Mapping[int, Name]
    new: int
    same: int
    versions: Mapping[int, int] = field(default_factory=dict)


def stage(
    reader: Reader, t: Translator, kind: str, keys: Sequence[str], ids: Sequence[int], block: Block
) -> Staged:
    """Read a pasted block against the records it falls on.

    Args:
        reader: Reads the records.
        t: The language in which cells are shown and typed.
        kind: Their kind.
        keys: The columns that the block falls on, from left to right.
        ids: The records it falls on, from top to bottom; rows beyond them would be new records.
        block: What was pasted.
    """
    rows = _without_head(block, keys, kind, t)
    desk = _Desk(reader, t, kind)
    view = View(kinds=(kind,), columns=("ref", "title", *keys))
    asked = list(ids[: len(rows)])
    held = {row.id: row for row in reader.rows(view, asked)}
    names = reader.names(asked)
    shown = {id: desk.shown(keys, row.values[2:]) for id, row in held.items()}
    values = {id: dict(zip(keys, row.values[2:], strict=True)) for id, row in held.items()}
    targets = [id for id in asked if id in held]
    new = max(0, len(rows) - len(ids))
    if KINDS[kind].numbering in ("catalogue", "single"):
        new = 0
    targets += [-1 - number for number in range(new)]
    cells = [
        desk.read(id, key, text, shown.get(id, {}).get(key, ""), values.get(id, {}).get(key))
        for id, row in zip(targets, rows, strict=False)
        for key, text in zip(keys, row, strict=False)
    ]
    told = tuple(each for each in cells if each is not None)
    versions = {id: row.version for id, row in held.items()}
    same = len(cells) - len(told)
    return Staged(kind=kind, cells=told, names=names, new=new, same=same, versions=versions)


def reread(reader: Reader, t: Translator, kind: str, cell: Cell, text: str) -> Cell | None:
    """A cell with another text; None where that says what is there already."""
    return _Desk(reader, t, kind).read(cell.id, cell.key, text, cell.was, cell.before)


def changes_of(reader: Reader, staged: Staged, cells: Iterable[Cell]) -> ChangeSet:
    """One change set that makes these cells so; cells of new records make those."""
    wanted: dict[int, dict[str, Value]] = {}
    seen: dict[int, dict[str, Value]] = {}
    for cell in cells:
        wanted.setdefault(cell.id, {})[cell.key] = cell.value
        seen.setdefault(cell.id, {})[cell.key] = cell.before
    held = {id: values for id, values in wanted.items() if id > 0}
    edits = tuple(_as_read(change, staged.versions, seen) for change in edits_of(reader, held))
    own = stored(KINDS[staged.kind])
    added = tuple(
        addition(staged.kind, {key: value for key, value in values.items() if key in own}, id)
        for id, values in sorted(wanted.items(), reverse=True)
        if id < 0
    )
    refs = " ".join(staged.names[id].ref for id in held if id in staged.names)
    facts = (
        {"refs": refs} if refs and not added else {}
    )  # new ones have no ref yet: all are counted
    return ChangeSet(act="paste", changes=(*edits, *added), facts=facts)


def _as_read(
    change: Change, versions: Mapping[int, int], seen: Mapping[int, Mapping[str, Value]]
) -> Change:
    """The change from what was shown, so that what somebody else changed since is noticed."""
    if change.id not in versions or change.before is None:
        return change
    own = seen[change.id]
    before = {key: own.get(key, value) for key, value in change.before.items()}
    return replace(change, version=versions[change.id], before=before)


def _without_head(block: Block, keys: Sequence[str], kind: str, t: Translator) -> Block:
    """Without a first row that only names the columns, as copied with its header."""
    labels = [t.label(kind, key).casefold() for key in keys]
    head = [cell.strip().casefold() for cell in block[0]]
    return block[1:] if len(block) > 1 and head == labels[: len(head)] else block


class _Desk:
    """Reads cells of one kind."""

    def __init__(self, reader: Reader, t: Translator, kind: str) -> None:
        self._reader = reader
        self._t = t
        self._kind = kind
        self._fields = columns(KINDS[kind])
        self._editable = editable(kind)
        self._zone = reader.organisation().zone

    def shown(self, keys: Sequence[str], values: Sequence[Value]) -> dict[str, str]:
        """How the values of a row read."""
        found = {}
        for key, value in zip(keys, values, strict=True):
            ids = value if isinstance(self._fields[key], fields.Links) else frozenset()
            names = self._reader.names(cast("frozenset[int]", ids)) if ids else {}
            found[key] = format_value(
                self._fields[key], value, self._t, self._reader.vocabulary, names, self._zone
            )
        return found

    def read(self, id: int, key: str, text: str, was: str, before: Value) -> Cell | None:
        """A cell; None where it says what is there already, or where nothing is there and nothing is said."""
        if _folded(text) == _folded(was):
            return None
        try:
            value = self._value(key, text)
        except Unfit as unfit:
            return Cell(id, key, text, was, before, None, unfit.reason, unfit.parameters)
        read = self.shown([key], [value])[key]
        return None if _folded(read) == _folded(was) else Cell(id, key, text, was, before, value)

    def _value(self, key: str, text: str) -> Value:
        if key not in self._editable:
            raise Unfit(N_("this column is filled in by the program"))
        what = self._editable[key]
        if what.required and not text.strip():
            raise Unfit(N_("it cannot be empty"))
        if isinstance(what, fields.Links):
            return read_links(self._reader, what, text)
        return parse_value(what, text, self._t, self._reader.vocabulary, self._zone)


def read_links(reader: Reader, kind: fields.Links, text: str) -> frozenset[int]:
    """Linked records by ref, by ref and title, or by title, set apart by semicolons; raises `Unfit`."""
    parts = [part.strip() for part in _BETWEEN_LINKS.split(text)]
    found = frozenset(_linked(reader, kind, part) for part in parts if part)
    if kind.one and len(found) > 1:
        raise Unfit(N_("only one record can stand here"))
    return found


def _linked(reader: Reader, kind: fields.Links, text: str) -> int:
    ids = [id for id in (_by_ref(reader, text), _by_ref(reader, text.split()[0])) if id is not None]
    for id in ids:
        if reader.names([id])[id].kind == kind.to:
            return id
    called = reader.called(kind.to, [text]).get(text, ())
    if len(called) == 1:
        return called[0]
    if called:
        refs = ", ".join(name.ref for name in reader.names(called).values())
        raise Unfit(N_("several records have this name: {refs}"), refs=refs)
    raise Unfit(N_("no record has the ref or name “{name}”"), name=text[:80])


def _by_ref(reader: Reader, text: str) -> int | None:
    try:
        return reader.find(text)
    except Expected:
        return None


def _folded(text: str) -> str:
    return " ".join(text.split())
