"""What a person fills in with a pen: lines to write on, boxes to tick, and the place where somebody signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.reports.figures import marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import HAIR, Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.text import Piece, Sheet, beside, gap, words

SIGNATURES: Final = N_("Signatures")
WHO: Final = N_("Full name and post")
SIGNATURE: Final = N_("Signature")
CHOP: Final = N_("Chop")
DATE: Final = N_("Date")

_SIGNED: Final = ((WHO, 0.36), (SIGNATURE, 0.28), (CHOP, 0.2), (DATE, 0.16))
"""The places of a signature and how much of the width each takes."""
_SIGNING: Final = 34.0
"""Points of height to sign and chop in."""
_BETWEEN: Final = 18.0
WRITING: Final = 21.0
"""Points of a line of handwriting."""


def write_here(width: float, canvas: Sheet, x: float, y: float) -> None:
    """Draw a line to write on."""
    canvas.setStrokeColor(ink().muted)
    canvas.setLineWidth(HAIR)
    canvas.line(x, y, x + width, y)


def blank(label: str, width: float, tall: float = WRITING) -> tuple[Piece, ...]:
    """A quiet label, and below it a line to write on, `tall` points lower."""
    name = words(label, width=width, size=SMALL, colour=ink().muted)
    return (*name, *empty(width, 1, tall - SMALL * 0.3))


def empty(width: float, number: int, tall: float = WRITING) -> tuple[Piece, ...]:
    """Lines to write on, one below the other."""
    line = Piece(1, partial(write_here, width))
    return (gap(tall - 1), line) * number


def blanks(
    labels: Sequence[tuple[str, float]], width: float = WIDTH, tall: float = WRITING
) -> tuple[Column, ...]:
    """Lines to write on side by side.

    Args:
        labels: What belongs on each, and how much of the width it takes; all of them make 1.
        width: Of them together, in points.
        tall: Room for the hand above each line, in points.
    """
    room, at, found = width - _BETWEEN * (len(labels) - 1), 0.0, []
    for label, part in labels:
        found.append(Column(at, blank(label, room * part, tall)))
        at += room * part + _BETWEEN
    return tuple(found)


def ticks(labels: Iterable[str], width: float, columns: int) -> tuple[Piece, ...]:
    """Boxes to tick, in so many columns, read from left to right."""
    each = width / columns
    cells = [marked("box", ink().muted, label, width=each - 8, size=SMALL) for label in labels]
    found: list[Piece] = []
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        for line in range(max(map(len, row))):
            found.append(
                beside(*((each * n, cell[line]) for n, cell in enumerate(row) if line < len(cell)))
            )
        found.append(gap(2))
    return tuple(found)


def signature(who: str, t: Translator) -> Row:
    """Where one person signs: as what, then name, signature, chop and date, each with its line."""
    head = words(who, width=WIDTH, bold=True, after=3)
    lower = gap(sum(piece.height for piece in head))
    first, *others = blanks([(t.gettext(label), part) for label, part in _SIGNED], tall=_SIGNING)
    columns = (
        Column(first.x, (*head, *first.pieces)),
        *(Column(other.x, (lower, *other.pieces)) for other in others),
    )
    return Row(columns=columns, above=10, below=2)


def stacked(*rows: Row) -> Row:
    """Rows as one, which no page divides where it is short."""
    columns: list[Column] = []
    down = 0.0
    for row in rows:
        above = gap(down + row.above)
        columns += [Column(column.x, (above, *column.pieces)) for column in row.columns]
        down += row.height
    return Row(columns=tuple(columns))


def signatures(signers: Sequence[str], t: Translator, text: str = "") -> Rows:
    """The section at the end of a report in which people sign, all on one page, with the end of what they sign.

    Args:
        signers: As what each signs, msgids.
        t: The language.
        text: What they sign, a msgid.
    """
    said = Row(columns=(Column(0, words(t.gettext(text), width=WIDTH)),), above=2)
    rows = [signature(t.gettext(who), t) for who in signers]
    heading = [section_row(t.gettext(SIGNATURES)), *([said] if text else ()), *rows[:-1]]
    return Rows([rows[-1]], heading=heading, above=18, is_tied=True)
