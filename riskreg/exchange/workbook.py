"""A register as a workbook: a cover and one sheet a kind, which an unchanged import finds the same.

Written beside its target, read back and compared cell by cell, then put in its place, so that a failure
leaves what was there.
"""

from __future__ import annotations

import contextlib
import errno
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, cast

from riskreg import catalogue, clock
from riskreg.errors import N_, Expected
from riskreg.exchange import cover, headers, sheets
from riskreg.exchange.cells import Cell, cells_of
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.formats import format_value, listed
from riskreg.i18n import Language, Translator
from riskreg.records import KINDS, SYSTEM, Record, columns, fields
from riskreg.records.fields import FactPairs, FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.views import Head, Name, Reader, Register, Row, View, Where
from riskreg.work import QUIET, WRITING, Work

EVERYTHING: Final = N_("All records that are not in the bin")
WORDS: Final = N_("in which these words occur: {words}")
CONTAINS: Final = N_("{field} contains “{value}”")
IS_EMPTY: Final = N_("{field} is empty")
IS_NOT_EMPTY: Final = N_("{field} is not empty")
DIFFERS: Final = N_("it does not read back as it was written")

_PAGE: Final = 250
_TRIES: Final = 3
_SIGNS: Final = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


class Exported(NamedTuple):
    """A workbook that was made.

    Attributes:
        path: The file.
        sheets: How many records of each kind are in it.
        fingerprint: Of the history it was made from.
    """

    path: Path
    sheets: Mapping[str, int]
    fingerprint: str


def export(
    reader: Reader,
    views: Sequence[View],
    target: Path,
    t: Translator,
    *,
    shows: str = "",
    work: Work = QUIET,
) -> Exported:
    """Write a workbook.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        views: One for each sheet: its kind, which rows and in which order. All fields are written.
        target: The file, ending in .xlsx; what is there is replaced when the new one is whole.
        t: The language of headers and choices.
        shows: Which records these are, in a sentence for the cover.
        work: Progress; may cancel.

    Raises:
        Expected: The name does not fit ("not_a_workbook"), the file cannot be written ("cannot_write",
            "disk_full"), something exceeds a sheet ("workbook_full"), or the register changed all the
            time ("busy").
        Cancelled: The user stopped it.
    """
    if target.suffix.lower() != ".xlsx":
        raise Expected("not_a_workbook", path=target.name)
    part = target.with_name(f".{target.name}.part")
    try:
        exported = _unchanged(reader, views, part, t, shows or t.gettext(EVERYTHING), work)
        part.replace(target)
    except OSError as error:
        raise _failure(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return exported._replace(path=target)


def export_register(
    register: Register,
    kinds: Sequence[str],
    target: Path,
    t: Translator,
    *,
    words: str = "",
    where: Mapping[str, Sequence[Where]] | None = None,
    work: Work = QUIET,
) -> Exported:
    """Write a workbook of the register as it stands, and note in its journal where the copy went.

    Args:
        register: The register.
        kinds: What to write; empty for every kind.
        target: The file, ending in .xlsx.
        t: The language of headers and choices.
        words: Only records in which all of these occur.
        where: Conditions on the records of a kind.
        work: Progress; may cancel.

    Raises:
        Expected: As `export`.
        Cancelled: The user stopped it.
    """
    chosen = list(dict.fromkeys(kinds)) or list(KINDS)
    conditions = where or {}
    views = [
        View(kinds=(kind,), words=words, where=tuple(conditions.get(kind, ()))) for kind in chosen
    ]
    with register.reader() as reader:
        shows = shown(reader, views, t)
        exported = export(reader, views, target, t, shows=shows, work=work)
    rows = str(sum(exported.sheets.values()))
    facts = {"file": target.name, "fingerprint": exported.fingerprint, "rows": rows}
    register.note("export", facts)
    return exported


def shown(reader: Reader, views: Sequence[View], t: Translator) -> str:
    """Which records these views ask for, in a sentence."""
    names = [t.kind_name(view.kinds[0]) for view in views]
    parts = [t.gettext(EVERYTHING) if len(views) == len(KINDS) else listed(names, t)]
    parts += {t.gettext(WORDS).format(words=view.words): 0 for view in views if view.words}
    for view in views:
        parts += [_condition(reader, view.kinds[0], each, t) for each in view.where]
    return listed(dict.fromkeys(parts), t, ";")


def _condition(reader: Reader, kind: str, where: Where, t: Translator) -> str:
    field = t.label(kind, where.field)
    if where.op == "empty":
        return t.gettext(IS_EMPTY if where.value else IS_NOT_EMPTY).format(field=field)
    what = columns(KINDS[kind])[where.field]
    asked = where.value if where.op == "in" else (where.value,)
    value = listed(
        (_asked(reader, what, cast("Value", one), t) for one in cast("tuple[object, ...]", asked)),
        t,
    )
    if where.op == "contains":
        return t.gettext(CONTAINS).format(field=field, value=value)
    return f"{field} {_SIGNS.get(where.op, '=')} {value}"


def _asked(reader: Reader, what: FieldKind, value: Value, t: Translator) -> str:
    """A value of a condition; one member of a list stands there without the list."""
    if isinstance(what, fields.Links):
        ids = frozenset({value}) if isinstance(value, int) else cast("frozenset[int]", value)
        return format_value(what, ids, t, reader.vocabulary, reader.names(ids))
    if isinstance(what, fields.Choices | fields.Tags) and isinstance(value, str):
        value = frozenset({value})
    if isinstance(what, fields.Facts):
        return str(value)
    return format_value(what, value, t, reader.vocabulary, zone=reader.organisation().zone)


# The file


def _unchanged(
    reader: Reader, views: Sequence[View], part: Path, t: Translator, shows: str, work: Work
) -> Exported:
    """Write what the register says at one moment: again where it changed meanwhile."""
    for _ in range(_TRIES):
        head = reader.head()
        exported = _written(_Asked(reader, views, t, shows, head, work), part)
        if reader.head().seq == head.seq:
            return exported
    raise Expected("busy")


class _Asked(NamedTuple):
    """What is to be written."""

    reader: Reader
    views: Sequence[View]
    t: Translator
    shows: str
    head: Head
    work: Work


def _written(asked: _Asked, part: Path) -> Exported:
    """Write the file to the disk and read it back."""
    organisation = asked.reader.organisation()
    front = sheets.Front(
        register=asked.reader.register_id,
        organisation=organisation.title,
        fingerprint=asked.head.fingerprint,
        is_sample=asked.reader.is_sample,
        made=clock.now(),
        t=asked.t,
    )
    with part.open("wb") as file:
        with sheets.whole(file, front) as book:
            rows = _fill(book, asked, organisation.zone)
        file.flush()
        os.fsync(file.fileno())
    if not sheets.check(part, book.sheets, asked.work):
        raise Expected("cannot_write", path=part.name[1:-5], reason=DIFFERS)
    return Exported(part, rows, front.fingerprint)


def _fill(book: sheets.Book, asked: _Asked, zone: str) -> Mapping[str, int]:
    reader, t = asked.reader, asked.t
    found = {view.kinds[0]: (view, reader.ids(view)) for view in asked.views}
    rows = {kind: len(ids) for kind, (_, ids) in found.items()}
    counted = [cover.tally(reader, kind) for kind in found]
    cover.write(book, asked.head, zone, asked.shows, rows, counted)
    done, total = 0, sum(rows.values())
    for kind, (view, ids) in found.items():
        table = _Table(reader, KINDS[kind], view, t, _facts_of(reader, view, ids))
        sheet = book.add(headers.sheet_name(KINDS[kind], t))
        table.write_header(sheet, book)
        for start in range(0, len(ids), _PAGE):
            asked.work.step(WRITING, done, total)
            page = ids[start : start + _PAGE]
            table.write(sheet, page)
            done += len(page)
        sheet.finish_table(repeated=2, printed=table.printed)
    return rows


def _facts_of(reader: Reader, view: View, ids: array[int]) -> tuple[str, ...]:
    """The names of all other facts in these records."""
    names: set[str] = set()
    slim = replace(view, columns=(FACTS,))
    for start in range(0, len(ids), _PAGE):
        for row in reader.rows(slim, ids[start : start + _PAGE]):
            names.update(name for name, _ in cast("FactPairs", row.values[0]))
    return tuple(sorted(names))


def _failure(target: Path, error: OSError) -> Expected:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Expected("disk_full")
    return Expected("cannot_write", path=target.name, reason=error.strerror or "")


# The rows


@cache
def _titles(language: Language) -> Mapping[str, str]:
    """What policy actions and steps are called, by ref."""
    found = {}
    for action in catalogue.policy_actions():
        found[action.key] = action.title.get(language)
        found |= {step.key: step.text.get(language) for step in action.steps}
    return found


@dataclass(slots=True)
class _Table:
    """The records of a kind as rows of a sheet.

    Attributes:
        reader: Who is asked.
        kind: What they are.
        view: Which.
        t: The language.
        facts: Names of other facts, a column each.
    """

    reader: Reader
    kind: type[Record]
    view: View
    t: Translator
    facts: tuple[str, ...]

    def __post_init__(self) -> None:
        self.view = replace(self.view, columns=(*headers.known(self.kind), FACTS))

    @property
    def printed(self) -> int:
        """Columns before those that only say when a record was kept."""
        return [each.key for each in self._targets()].index("created_at")

    def write_header(self, sheet: sheets.Sheet, book: sheets.Book) -> None:
        """Write the headers, those of columns that an import leaves alone in grey."""
        targets = list(self._targets())
        looks = [book.looks["quiet" if self._is_quiet(each) else "header"] for each in targets]
        sheet.row([headers.header(self.kind, each, self.t) for each in targets], looks)

    def write(self, sheet: sheets.Sheet, ids: Sequence[int]) -> None:
        """Write these records."""
        rows = self.reader.rows(self.view, ids)
        names = self.reader.names(self._linked(rows))
        for row in rows:
            sheet.row(self._cells(row, names, self.reader.vocabulary))

    def _targets(self) -> Iterator[Target]:
        known = headers.known(self.kind)
        for key, what in known.items():
            if key == "created_at":
                yield from (Target(FACTS, name=name) for name in self.facts)
            yield from (Target(key, part) for part in headers.parts(what))
        yield Target(VERSION)

    def _is_quiet(self, target: Target) -> bool:
        what = columns(self.kind).get(target.key)
        if isinstance(what, fields.Links):
            return what.mirror
        return target.key in (VERSION, *SYSTEM) or isinstance(what, fields.Derived)

    def _linked(self, rows: Sequence[Row]) -> set[int]:
        known = list(columns(self.kind)[key] for key in self.view.columns)
        places = [place for place, what in enumerate(known) if isinstance(what, fields.Links)]
        return {
            id
            for row in rows
            for place in places
            for id in cast("frozenset[int]", row.values[place])
        }

    def _cells(self, row: Row, names: Mapping[int, Name], vocabulary: Vocabulary) -> list[Cell]:
        values = dict(zip(self.view.columns, row.values, strict=True))
        if self.kind.numbering == "catalogue":
            values["title"] = _titles(self.t.language).get(str(values["ref"]), values["title"])
        facts = dict(cast("FactPairs", values.pop(FACTS)))
        cells: list[Cell] = []
        for key, value in values.items():
            if key == "created_at":
                cells += [facts.get(name) for name in self.facts]
            what = columns(self.kind)[key]
            cells += cells_of(what, value, self.t.language, vocabulary, names)
        return [*cells, row.version]
