"""Policy actions by risks: how many open risks of each level every action is to lower, and those that none lowers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from riskreg import catalogue
from riskreg.records.terms import Vocabulary
from riskreg.rules.statistics import is_open
from riskreg.views import Reader, View, Where

UNSCORED: Final = ""
"""Stands for no level among the levels."""
ALL: Final = "all"
"""Stands for every level."""

_LEVEL: Final = "residual_level"
_CHUNK: Final = 500
"""Rows in one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """The open risks of one action.

    Attributes:
        key: Its code; "" for the risks that no action is to lower.
        id: Its record; 0 likewise.
        numbers: Risks by level, `UNSCORED` for those without; only levels of which there are some.
    """

    key: str
    id: int
    numbers: Mapping[str, int]

    @property
    def all(self) -> int:
        """Risks of every level."""
        return sum(self.numbers.values())

    def number(self, level: str) -> int:
        """Risks of a level, of `UNSCORED` or of `ALL`."""
        return self.all if level == ALL else self.numbers.get(level, 0)


def level_rows(reader: Reader) -> tuple[LevelRow, ...]:
    """Every policy action in the order of the catalogue, then what no action is to lower.

    A risk that several actions are to lower counts with each of them.
    """
    view = View(kinds=("action",), columns=("ref",))
    known = {str(row.values[0]): row.id for row in reader.rows(view, reader.ids(view))}
    keys = [action.key for action in catalogue.policy_actions() if action.key in known]
    tied, rest = _counted(reader)
    rows = (LevelRow(key=key, id=known[key], numbers=tied.get(known[key], {})) for key in keys)
    return (*rows, LevelRow(key="", id=0, numbers=rest))


def levels(rows: Iterable[LevelRow], vocabulary: Vocabulary) -> Sequence[str]:
    """The levels that are columns, the gravest first: those of the scale in force and those found; `UNSCORED` where there are some."""
    found = {level for row in rows for level in row.numbers}
    known = {band.level for band in vocabulary.scale.bands} | found
    order = [term.key for term in vocabulary.terms_of("level").terms if term.key in known]
    return [*reversed(order), *([UNSCORED] if UNSCORED in found else [])]


def lowered(row: LevelRow, level: str, vocabulary: Vocabulary) -> View:
    """The list behind a number: the open risks of an action that have a level, `UNSCORED` or `ALL`."""
    tie = Where("actions", "contains", row.id) if row.id else Where("actions", "empty", True)
    where = (*is_open("risk", vocabulary), tie)
    if level == UNSCORED:
        where = (*where, Where(_LEVEL, "empty", True))
    elif level != ALL:
        where = (*where, Where(_LEVEL, "in", (level,)))
    return View(kinds=("risk",), where=where)


def _counted(reader: Reader) -> tuple[Mapping[int, Counter[str]], Counter[str]]:
    """Open risks by level, of each action by its id, and of those that none is to lower."""
    is_tied = Where("actions", "empty", False)
    where = is_open("risk", reader.vocabulary)
    view = View(kinds=("risk",), columns=(_LEVEL, "actions"), where=(*where, is_tied))
    ids = reader.ids(view)
    tied: dict[int, Counter[str]] = {}
    rest = Counter(
        {
            str(level or UNSCORED): number
            for (level,), number in reader.tally(
                View(kinds=("risk",), where=where), (_LEVEL,)
            ).items()
        }
    )
    for start in range(0, len(ids), _CHUNK):
        for row in reader.rows(view, ids[start : start + _CHUNK]):
            level = str(row.values[0] or UNSCORED)
            rest[level] -= 1
            for id in cast("frozenset[int]", row.values[1]):
                tied.setdefault(id, Counter())[level] += 1
    return tied, +rest
