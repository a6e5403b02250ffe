"""The shapes of an import that has not happened yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from riskreg.changes import Change, ChangeSet
from riskreg.exchange.reader import Note
from riskreg.records import Record

State: TypeAlias = Literal["new", "changed", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a row is not imported: one cell, or the row where `column` is empty."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    """A msgid."""
    parameters: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """What one row would do.

    Attributes:
        record: The record it finds, where there is one.
        change: What happens to it.
        also: What happens to the records beside it that the row fills.
        moves_time: It changes a known time that clocks run from, and does not say why itself.
    """

    sheet: str
    number: int
    kind: str
    state: State
    title: str
    record: Record | None = None
    change: Change | None = None
    also: tuple[Change, ...] = ()
    moves_time: bool = False
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A whole import, not yet made."""

    rows: tuple[StagedRow, ...]
    changes: ChangeSet
    notes: tuple[Note, ...] = ()

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """Every rejected cell or row, in the order of the file."""
        return tuple(rejection for row in self.rows for rejection in row.rejections)

    @property
    def moving(self) -> int:
        """How many rows need the reason that is given once, whether it was given or not."""
        return sum(row.moves_time for row in self.rows)

    def count(self, state: State) -> int:
        """How many rows are so."""
        return sum(row.state == state for row in self.rows)
