"""The apostrophe that keeps a spreadsheet from running a text of a CSV file.

A workbook says that a cell is text; a CSV file cannot, and Excel runs what begins like a formula. One
apostrophe stands before such a text, and one more before a text that begins with apostrophes and then like a
formula, so that taking one off gives back exactly what was there.
"""

from __future__ import annotations

import re
from typing import Final

SIGNS: Final = "=+-@\t\r＝＋－＠﹢﹣−"
"""What a spreadsheet might take for the beginning of a formula, half and full width."""

_FIRST: Final = frozenset(f"'{SIGNS}")
_PLAIN: Final = re.compile(f"'*[{re.escape(SIGNS)}]")
_HELD: Final = re.compile(f"'+[{re.escape(SIGNS)}]")


def guarded(text: str) -> str:
    """A text as a CSV file holds it."""
    return f"'{text}" if text[:1] in _FIRST and _PLAIN.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a cell of a CSV file stands for."""
    return cell[1:] if cell[:1] == "'" and _HELD.match(cell) else cell
