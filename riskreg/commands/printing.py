"""What the command line prints: JSON for scripts, aligned text for people."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from riskreg.records.jsons import Json

_GAP = "  "
_NARROWEST = 8
"""Columns of a terminal below which a column of the table is not cut further."""


def say(text: str = "") -> None:
    """Print a line of text."""
    print(harmless(text))


def print_json(found: Json) -> None:
    """Print one JSON value."""
    print(json.dumps(found, ensure_ascii=False, indent=2))


def print_json_lines(items: Iterable[Json]) -> None:
    """Print an array, one item a line, as the items come."""
    start = "["
    for item in items:
        print(start, json.dumps(item, ensure_ascii=False), sep="\n", end="")
        start = ","
    print("[]" if start == "[" else "\n]")


def harmless(text: str) -> str:
    """Text as a terminal may show it: control characters, which could steer it, as dots."""
    if text.isprintable():
        return text
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") else "·"
        for char in text
    )


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(_width_of(char) for char in text)


def _width_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Text that takes at most this many columns, an ellipsis standing for what was left out."""
    if width_of(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        if used + _width_of(char) > width - 1:
            break
        kept.append(char)
        used += _width_of(char)
    return "".join(kept) + "…"


def print_table(
    labels: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None = None
) -> None:
    """Print aligned columns under their labels.

    Args:
        labels: One for each column.
        rows: Cells as text; a cell's lines are joined.
        width: Columns of the terminal to keep to; None asks the terminal, and what is piped to
            another program is never cut.
    """
    lines = [[harmless(" ".join(cell.split())) for cell in row] for row in (labels, *rows)]
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    room = width if width is not None else _room()
    if room:
        widths = _fitted(widths, room - len(_GAP) * (len(widths) - 1))
    lines.insert(1, ["-" * wide for wide in widths])
    for line in lines:
        cells = (_padded(cut(cell, wide), wide) for cell, wide in zip(line, widths, strict=True))
        print(_GAP.join(cells).rstrip())


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def _room() -> int:
    """Columns of the terminal; 0 where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """The widths after the widest columns gave way until all fit or none can be cut further."""
    found = list(widths)
    while sum(found) > room and max(found) > _NARROWEST:
        widest = found.index(max(found))
        others = max((wide for place, wide in enumerate(found) if place != widest), default=0)
        least = max(_NARROWEST, others - 1)
        found[widest] = max(least, min(found[widest] - 1, found[widest] - (sum(found) - room)))
    return found
