"""What the import dialog and the rooms that read files say to each other: what was found, what is wished, what would happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from riskreg.exchange import importing, mapping
from riskreg.exchange.answers import Answer, Question
from riskreg.exchange.importing import Edits
from riskreg.exchange.reader import Source
from riskreg.exchange.staged import Staged
from ui.dialogs.columns import Column
from ui.dialogs.preview import Line, State

AS_MAPPED: Final = "*"
"""Existing records are found as the mapping says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """A sheet of a file, or the one table of a CSV file, whose name is empty.

    Attributes:
        header_row: Where its headings stand, from 1.
        kind: What its rows most likely are; "" where that is not clear.
        known: The mapping that was kept for the same headings, 0 for none, and the name it was kept under.
    """

    name: str
    rows: int
    notes: Sequence[str] = ()
    header_row: int = 1
    kind: str = ""
    known: int = 0
    known_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file holds; `notes` are in words.

    `is_own` means a workbook that this program wrote: its sheets say what they are. `encoding` and
    `delimiter` are empty where it is a workbook.
    """

    path: Path
    sheets: Sequence[FoundSheet]
    notes: Sequence[str] = ()
    is_own: bool = False
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a person says the file is written; empty for what was found."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file shall be read.

    Attributes:
        sheet: The sheet; empty for the only one, or for all of an own workbook.
        kind: The kind of record its rows are; empty for an own workbook.
        mapping: A TOML file with a mapping, or the id of a mapping that was kept; None for what is guessed.
        written: How the file is written.
        targets: What each column becomes, where a person chose; empty for what the mapping says.
        key: The field that finds an existing record; empty where every row is new.
        given: The answers to what the mapping leaves open.
        edits: What was typed in the place of cells.
        left_out: Rows that shall not be imported, by sheet and number.
        reason: Why known times change that clocks run from, for rows that do not say it.
    """

    sheet: str = ""
    kind: str = ""
    mapping: Path | int | None = None
    written: Written = Written()
    targets: Mapping[str, str]
    key: str = AS_MAPPED
    given: Mapping[Question, Answer] | None = None
    edits: Edits | None = None
    left_out: frozenset[tuple[str, int]] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one sheet, the kind its rows are, and the field that finds an existing record (`AS_MAPPED` for several)."""

    kind: str
    columns: Sequence[Column]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What the mapping leaves open, with the kind of record it makes."""

    kind: str
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do; nothing has changed yet.

    Attributes:
        counts: Rows by what happens to them.
        lines: What is shown of them.
        doubtful: Rows that may be in the register already.
        staged: The change itself.
        source: The file, with what was typed in the place of cells.
        plan: Its sheets with their mappings.
        reason: Why known times change, with which the rows were looked at.
        notes: What else a person should know of it, in words; what was said of the file before is left out.
    """

    counts: Mapping[State, int]
    lines: Sequence[Line]
    doubtful: int = 0
    staged: Staged | None = None
    source: Source | None = None
    plan: importing.Plan = ()
    reason: str = ""
    notes: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The mapping as TOML; empty for a workbook that says itself what its columns are."""
        is_mapped = self.source is not None and not self.source.is_own and len(self.plan) == 1
        return mapping.dumps(self.plan[0][1]) if is_mapped else ""
