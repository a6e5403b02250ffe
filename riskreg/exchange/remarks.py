"""What is odd about an import and yet may be so: told, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from riskreg.errors import N_
from riskreg.exchange import lists
from riskreg.exchange.reader import Note, Sheet, Source
from riskreg.exchange.staged import StagedRow
from riskreg.i18n import translators
from riskreg.records import KINDS
from riskreg.records.values import Instant, zone_of
from riskreg.views import Reader

BEFORE: Final = N_("This very file was imported before, first on {day}.")
BACKWARDS: Final = N_(
    "Times that run backwards, such as an end before its start, are kept as they are: rows {rows}."
)
OTHERS: Final = N_("Sheets that are not imported: {sheets}.")
_FEW: Final = 8
_AFTER: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "incident": (
        ("occurred_from_at", "occurred_to_at"),
        ("occurred_from_at", "discovered_at"),
        ("occurred_from_at", "aware_at"),
    ),
}
"""Instants of a kind of which the second is not before the first."""
_MOST: Final = 5_000
"""Entries of the journal that are looked through."""


def imported_before(reader: Reader, sha256: str) -> Note | None:
    """What to say of a file with these bytes; None where it is new, or its import was undone."""
    entries = reader.log(limit=_MOST)
    undone = {entry.undoes for entry in entries}
    made = [entry for entry in entries if entry.act == "import" and entry.seq not in undone]
    first = next((each for each in reversed(made) if each.facts.get("sha256") == sha256), None)
    if first is None:
        return None
    day = first.at.astimezone(zone_of(reader.organisation().zone)).date()
    return Note(BEFORE, {"day": day.isoformat()})


def other_sheets(source: Source, read: Sequence[Sheet]) -> Note | None:
    """Which sheets with rows are not imported; a file is read one sheet at a time unless the program wrote it."""
    if source.is_own:  # beside its records it has a cover, a legend and lists
        return None
    names = {sheet.name for sheet in read} | _lists()
    others = [sheet.name for sheet in source.sheets if sheet.rows and sheet.name not in names]
    return Note(OTHERS, {"sheets": _few(others)}) if others else None


@cache
def _lists() -> frozenset[str]:
    """What the sheet of choices is called in a template, which is no data."""
    return frozenset(t.gettext(lists.NAME) for t in translators())


def backwards(rows: Iterable[StagedRow]) -> Note | None:
    """Which rows say that something ended, or was noticed, before it began."""
    found = [str(row.number) for row in rows if _is_backwards(row)]
    if not found:
        return None
    return Note(BACKWARDS, {"rows": _few(found)})


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_FEW]) + (" …" if len(names) > _FEW else "")


def _is_backwards(row: StagedRow) -> bool:
    pairs = _AFTER.get(row.kind, ())
    if not pairs or row.change is None:
        return False
    record = row.record or KINDS[row.kind]()
    said = {**{key: record.get(key) for pair in pairs for key in pair}, **(row.change.after or {})}
    return any(_is_later(said[first], said[second]) for first, second in pairs)


def _is_later(first: object, second: object) -> bool:
    """A day or month counts from its start, so that the same day is not later."""
    if not isinstance(first, Instant) or not isinstance(second, Instant):
        return False
    is_whole = "day" in (first.precision, second.precision)
    if is_whole:
        return first.local.date() > second.local.date()
    return "month" not in (first.precision, second.precision) and first.utc > second.utc
