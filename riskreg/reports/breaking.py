"""Where a line of text may end: between words, and between Chinese characters but for their punctuation.

A small part of Unicode's line breaking (UAX 14) with the rules of Chinese offices: no line starts
with a closing mark (。，：）), none ends with an opening one, and no single character is left for the last line. reportlab's own wrapping lets a
closing mark hang over the edge or start a line, and parses markup; this one does neither.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Final

NOT_FIRST: Final = frozenset(
    "、。，．：；！？）】》」』〉〕］｝｠〗〙〛”’…‥・ー々〻％‰℃°′″～—–"
    "︰﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｡､｣,.:;!?)]}%»›"
)
"""Characters that no line starts with."""

NOT_LAST: Final = frozenset("（【《「『〈〔［｛｟〖〘〚“‘﹙﹛﹝｢([{«‹$¥£€＄￥￡")
"""Characters that no line ends with."""

_COUNTED: Final = frozenset("年月日號号時时分秒歲岁人元個个項项條条款章頁页")
"""What stays with the number before it."""

_SLACK: Final = 1e-9
"""What sums of widths may be off; a line that fits exactly fits."""

_ALONE: Final = 4
"""Characters, marks and all, that the end of a paragraph with one Chinese character may have, and that may move to it."""
_LEAST: Final = 4
"""Characters that stay in the line before."""

_AFTER: Final = frozenset("-/–—_@?&=")
"""A long word, such as an address, may go on in the next line after one of these."""
_IN_ADDRESSES: Final = frozenset("_@?&=")
"""Of these, what only addresses have; one that fits into a line is not torn there."""
_HELD: Final = re.compile(
    r"(?:(?:^|[^\w])(?:[A-Z]\.|(?:Dr|Mr|Mrs|Ms|Prof)\.?|\d{1,3}|×)|[A-Z]-\d{4}|第) $"
)
"""The end of a text that stays with what follows: an initial or a title before a name, a number before what it counts,
a sign of times, the ref of a record, 第."""
_HELD_LONGEST: Final = 7
_SYLLABLE: Final = re.compile(r"[^\W\d_]{4}")
"""What goes on after a hyphen: at least four letters, so that no `ins` of `log-ins` begins a line."""


@cache
def is_wide(char: str) -> bool:
    """Whether it is a Chinese character or mark: a line may end beside it."""
    return unicodedata.east_asian_width(char) in ("W", "F")


@cache
def _joins(char: str) -> bool:
    """Whether it belongs to the character before it."""
    return unicodedata.category(char).startswith("M")


def may_break(text: str, place: int) -> bool:
    """Whether a line may end before `text[place]`; spaces stay at the end of the line before."""
    before, after = text[place - 1], text[place]
    if after == " " or after in NOT_FIRST or _joins(after):
        return False
    if before == " ":
        return True
    if before in NOT_LAST or (before.isdigit() and after in _COUNTED):
        return False
    if is_wide(before) or is_wide(after):
        return True
    return before in _AFTER and after.isalpha() and place > 1 and text[place - 2].isalnum()


def _ends_well(text: str, place: int) -> bool:
    """Whether a line may end before `text[place]` and tears nothing that is read as one: `K. Chan`, `14 September`, an address."""
    if not may_break(text, place):
        return False
    before = text[place - 1]
    if before == " ":
        return not _HELD.search(text, max(place - _HELD_LONGEST, 0), place)
    if before == "-":
        is_code = place > 2 and not text[place - 2].islower()
        is_short = place < 3 or not text[place - 3].isalpha()
        return not is_code and not is_short and bool(_SYLLABLE.match(text, place))
    return before != "第" and before not in _IN_ADDRESSES


def lines(text: str, widths: Sequence[float], limit: float) -> Iterator[tuple[int, int]]:
    """Where each line of a paragraph starts and ends; together they hold every character of it.

    Args:
        text: One paragraph, without line breaks.
        widths: How far each character advances.
        limit: How wide a line may be; spaces at its end may stick out.
    """
    start, reached = 0, [0.0, *accumulate(widths)]
    while start < len(text):
        end = _fitting(text, reached, start, limit)
        if end < len(text):
            end = _accompanied(text, reached, start, _back(text, start, end), limit)
        yield start, end
        start = end


def _accompanied(text: str, reached: Sequence[float], start: int, end: int, limit: float) -> int:
    """Where the line ends if a single Chinese character would stand alone in the last one: it takes a companion along."""
    rest = [char for char in text[end : end + _ALONE] if char not in NOT_FIRST and char != " "]
    if len(text) - end > _ALONE or len(rest) != 1 or not is_wide(rest[0]):
        return end
    for place in range(end - 1, max(end - _ALONE, start + _LEAST), -1):
        if _ends_well(text, place):
            return place if reached[-1] - reached[place] <= limit + _SLACK else end
    return end


def _fitting(text: str, reached: Sequence[float], start: int, limit: float) -> int:
    """The end of as much text as fits, at least one character; `reached` is how far the text goes before each place."""
    place = bisect_right(reached, reached[start] + limit + _SLACK, start + 1) - 1
    while place < len(text) and text[place] == " ":
        place += 1
    return max(place, start + 1)


def _back(text: str, start: int, end: int) -> int:
    """The last place up to `end` where the line may end; in a word that is longer than a line, between two characters."""
    for is_fit in (_ends_well, may_break):
        for place in range(end, start, -1):
            if is_fit(text, place):
                return place
    place = end
    while place > start + 1 and _joins(text[place]):
        place -= 1
    return place
