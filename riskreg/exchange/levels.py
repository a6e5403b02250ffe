"""Levels in a sheet: shape, word and colour, so that they are told apart in grey print too.

The cell holds the word alone, which an import reads back; the shape is its number format.
"""

from __future__ import annotations

from riskreg.exchange.looks import NO_SHAPE, SHAPES, ink, tint
from riskreg.exchange.packing import MOST_ROWS
from riskreg.exchange.sheets import Book, Sheet
from riskreg.records import fields
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Terms

TERMS = "level"
"""The list of levels."""


def is_level(what: FieldKind) -> bool:
    """Whether a field holds a level."""
    of = what.of if isinstance(what, fields.Derived) else what
    return isinstance(of, fields.Choice) and of.terms == TERMS


def mark(book: Book, sheet: Sheet, column: int, terms: Terms, spare: int = 500) -> None:
    """Show the levels of a column, and of the empty rows below it, as such."""
    last = min(len(sheet.sums) + spare, MOST_ROWS) - 1
    for key in terms.keys:
        word = terms.label(key, book.front.t.language)
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word}"',
            "format": book.raw.add_format(
                {
                    "font_color": ink(key),
                    "bg_color": tint(key),
                    "bold": True,
                    "num_format": text_format(key),
                }
            ),
        }
        sheet.raw.conditional_format(1, column, last, column, rule)


def text_format(level: str | None) -> str:
    """The number format that puts a level's shape before its word."""
    return f'"{shape(level)} "@'


def shape(level: str | None, is_hollow: bool = False) -> str:
    """The shape of a level; hollow where nothing is there."""
    return SHAPES.get(level or "", NO_SHAPE)[is_hollow]
