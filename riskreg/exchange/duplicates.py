"""New rows that may be in the register already under nearly the same title: told, never decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rapidfuzz import fuzz, process

from riskreg.exchange import synonyms
from riskreg.exchange.staged import Staged, StagedRow
from riskreg.views import Reader, View
from riskreg.work import COMPARING, QUIET, Work

_NEAR: Final = 90
"""Of 100, how alike two titles must be."""
_MOST: Final = 3_000_000
"""Pairs that are compared; beyond, only titles of the same words count."""
_STEP: Final = 20


def near(reader: Reader, staged: Staged, work: Work = QUIET) -> Mapping[tuple[str, int], int]:
    """For new rows, by sheet and number, the record whose title is nearest.

    Raises:
        Cancelled: The user stopped it.
    """
    found: dict[tuple[str, int], int] = {}
    for kind in dict.fromkeys(row.kind for row in staged.rows if row.state == "new"):
        rows = [row for row in staged.rows if row.kind == kind and row.state == "new"]
        titles = _titles(reader, kind)
        is_small = len(rows) * len(titles) <= _MOST
        for place, row in enumerate(rows):
            if place % _STEP == 0:
                work.step(COMPARING, place, len(rows))
            if id := _like(row, titles, is_small=is_small):
                found[(row.sheet, row.number)] = id
    return found


def _like(row: StagedRow, titles: Mapping[str, int], *, is_small: bool) -> int:
    words = _words(row.title)
    if not words:
        return 0
    if words in titles or not is_small:
        return titles.get(words, 0)
    best = process.extractOne(words, titles.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return titles[best[0]] if best else 0


def _titles(reader: Reader, kind: str) -> dict[str, int]:
    view = View(kinds=(kind,), columns=("title",))
    rows = reader.rows(view, reader.ids(view))
    return {words: row.id for row in rows if (words := _words(str(row.values[0])))}


def _words(title: str) -> str:
    """A title as titles are compared: the order of its words does not matter."""
    return " ".join(sorted(synonyms.plain(title).split()))
