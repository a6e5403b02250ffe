"""What the rows of an import would do, in words: a line for a new row, one for each value that changes, is wrong or stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from riskreg.changes import Change
from riskreg.errors import N_
from riskreg.exchange import importing
from riskreg.exchange.staged import Staged, StagedRow
from riskreg.formats import format_value
from riskreg.i18n import Translator
from riskreg.records import KINDS, Record, every_field, fields
from riskreg.records.fields import FactPairs, FieldKind, Value
from riskreg.views import Name, Reader
from ui.dialogs.preview import Line

_ALIKE = N_("May be {record}, which is in the register.")


def names_of(reader: Reader, staged: Staged) -> dict[int, Name]:
    """What linked records are called, those that the import makes too."""
    changes = staged.changes.changes
    ids = {id for change in changes for id in _linked(change)}
    made = {
        change.id: Name(change.kind, "", str((change.after or {}).get("title", "")))
        for change in changes
        if change.before is None
    }
    return {**made, **reader.names(id for id in ids if id > 0)}


def _linked(change: Change) -> Iterator[int]:
    known = every_field(KINDS[change.kind])
    for side in (change.before or {}, change.after or {}):
        for key, value in side.items():
            if isinstance(known.get(key), fields.Links):
                yield from cast("frozenset[int]", value)


class Teller:
    """Tells what rows would do.

    Args:
        t: The window's language.
        reader: Knows the words of choices.
        names: What linked records are called.
        is_one: Only one sheet is read, so that its name need not be told.
    """

    def __init__(
        self, t: Translator, reader: Reader, names: Mapping[int, Name], *, is_one: bool
    ) -> None:
        self._t = t
        self._vocabulary = reader.vocabulary
        self._names = names
        self._is_one = is_one

    def lines(self, row: StagedRow, alike: Record | None = None) -> Iterator[Line]:
        """The lines of a row; `alike` is a record that it may be."""
        place, at = self._place(row.sheet, row.number), (row.sheet, row.number)
        record = f"{row.record.ref if row.record else ''} {row.title}".strip()
        if row.state == "rejected":
            for each in row.rejections:
                reason = importing.reason(each, self._t)
                yield Line(
                    place=place, at=at, state="rejected", record=record,
                    field=each.column, new=each.value, reason=reason,
                )  # fmt: skip
        elif row.state == "changed":
            for label, old, new in self._all_differences(row):
                yield Line(
                    place=place,
                    at=at,
                    state="changed",
                    record=record,
                    field=label,
                    old=old,
                    new=new,
                )
        elif alike is not None and row.change is not None:
            yield from self._beside(row, alike)
        else:
            yield Line(place=place, at=at, state=row.state, record=record)

    def left_out(self, sheet: str, number: int) -> Line:
        """The line of a row that a person left out."""
        return Line(place=self._place(sheet, number), at=(sheet, number), state="left_out")

    def _place(self, sheet: str, number: int) -> str:
        return str(number) if self._is_one else f"{sheet} {number}"

    def _beside(self, row: StagedRow, alike: Record) -> Iterator[Line]:
        """A new row and the record it may be, value by value."""
        kind = KINDS[row.kind]
        said = self._t.gettext(_ALIKE).format(record=alike.ref)
        for key, value in ((row.change.after if row.change else None) or {}).items():
            what = every_field(kind)[key]
            if isinstance(what, fields.Facts | fields.Links):
                continue
            yield Line(
                place=self._place(row.sheet, row.number), at=(row.sheet, row.number), state="new",
                record=row.title, field=self._t.label(kind, key), reason=said, alike=alike.ref,
                old=self._words(what, alike.get(key)), new=self._words(what, value),
            )  # fmt: skip

    def _all_differences(self, row: StagedRow) -> Iterator[tuple[str, str, str]]:
        """What changes in the row's own record, then in those beside it, which are named."""
        if row.change is not None:
            yield from self._differences(row.change)
        named = self._t.gettext(N_("{label}: {text}"))
        for each in row.also:
            kind = self._t.kind_name(each.kind, plural=False)
            for label, old, new in self._differences(_by_columns(each)):
                yield named.format(label=kind, text=label), old, new

    def _differences(self, change: Change) -> Iterator[tuple[str, str, str]]:
        kind = KINDS[change.kind]
        before, after = change.before or {}, change.after or {}
        for key, value in after.items():
            what, label = every_field(kind)[key], self._t.label(kind, key)
            if isinstance(what, fields.Facts):
                named = self._t.gettext(N_("{label}: {text}"))
                pairs = _facts(cast("FactPairs", before.get(key, ())), cast("FactPairs", value))
                for name, old, new in pairs:
                    yield named.format(label=label, text=name), old, new
            else:
                yield label, self._words(what, before.get(key)), self._words(what, value)

    def _words(self, what: FieldKind, value: Value) -> str:
        return format_value(what, value, self._t, self._vocabulary, self._names)


def _by_columns(change: Change) -> Change:
    """A change without what the row sets by itself in a new record beside it."""
    if change.before is not None or change.after is None:
        return change
    known = every_field(KINDS[change.kind])
    told = {
        key: value
        for key, value in change.after.items()
        if key not in ("title", "external_ref") and not isinstance(known[key], fields.Links)
    }
    return replace(change, after=told)


def _facts(before: FactPairs, after: FactPairs) -> Iterator[tuple[str, str, str]]:
    was = dict(before)
    for name, value in after:
        if was.get(name) != value:
            yield name, was.get(name, ""), value
