"""What the import dialog asks of whoever reads files: found sheets and columns, then a plan, and only then a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from riskreg.changes import Changed
from riskreg.work import Work
from ui.dialogs.columns import Column
from ui.dialogs.preview import Line, State


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """A sheet of a file, or the one table of a CSV file.

    Attributes:
        name: Its name; empty for CSV.
        rows: How many rows of data it has.
        notes: What was found in it, in words: header row, formulas without a value, hidden rows.
    """

    name: str
    rows: int
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file holds.

    Attributes:
        path: The file.
        sheets: Its sheets with data.
        notes: What holds for all of it, in words: encoding, delimiter, that it is a workbook of this program.
        is_own: It is a workbook that this program wrote: its sheets say what they are.
    """

    path: Path
    sheets: Sequence[FoundSheet]
    notes: Sequence[str] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file shall be read.

    Attributes:
        sheet: The sheet; empty for the only one, or for all of an own workbook.
        kind: The kind of record its rows are; empty for an own workbook.
        mapping: A TOML file with a mapping; None for the automatic one.
        targets: What each column becomes, where a person chose; empty for what the mapping says.
    """

    sheet: str = ""
    kind: str = ""
    mapping: Path | None = None
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do; nothing has changed yet."""

    counts: Mapping[State, int]
    lines: Sequence[Line]


class Importer(Protocol):
    """Reads files for the dialog. Each call runs on a thread of its own."""

    def find(self, path: Path, work: Work) -> Found:
        """Look at a file; raises `Expected` where it cannot be read."""

    def columns(self, found: Found, wish: Wish) -> Sequence[Column]:
        """The columns of the wished sheet and what each becomes."""

    def plan(self, found: Found, wish: Wish, work: Work) -> Plan:
        """Compare the file with the register."""

    def apply(self, work: Work) -> Changed:
        """Make the last plan so, in one change."""
