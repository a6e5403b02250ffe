"""The organisation's logo on paper: as high as it is told, in its own proportions, never wider than it may be."""

from __future__ import annotations

import io
from typing import Final, NamedTuple

from reportlab.lib.utils import ImageReader

from riskreg.logo import Picture
from riskreg.reports.text import Piece, Sheet

WIDEST: Final = 130.0
"""Points: a long logo is set lower rather than longer."""


class Emblem(NamedTuple):
    """A logo set for a page; the piece takes no height of its own, so that words stand beside it."""

    width: float
    piece: Piece


def emblem(picture: Picture, height: float) -> Emblem:
    """Set a logo for lines of text that are so many points high; its middle is theirs."""
    scale = min(height / picture.height, WIDEST / picture.width)
    width, tall = picture.width * scale, picture.height * scale

    def draw(canvas: Sheet, x: float, y: float) -> None:
        image = ImageReader(io.BytesIO(picture.content))
        canvas.drawImage(image, x, y - (height + tall) / 2, width, tall, mask="auto")

    return Emblem(width, Piece(0, draw))
