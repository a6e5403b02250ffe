"""The pages of a report as pictures, for the screen and for a printer: made from the very bytes that are saved.

PDFium is not safe for threads: one lock lets one caller in at a time. Only whoever closes never waits for it, so that a window
that goes does not stand still while a page is drawn.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import pypdfium2 as pdfium

from riskreg.errors import Cancelled

POINTS: Final = 72.0
"""Points of an inch: what sizes of pages are given in."""

_LOCK: Final = threading.Lock()
_LEFT: Final[deque[pdfium.PdfDocument]] = deque()
"""Documents that nobody looks at any more; whoever has the lock closes them."""


@contextmanager
def _alone() -> Iterator[None]:
    """The only caller of PDFium."""
    with _LOCK:
        try:
            yield
        finally:
            _close_left()


def _close_left() -> None:
    """Close what was left; the lock is ours."""
    while _LEFT:
        _LEFT.popleft().close()


class Picture(NamedTuple):
    """A page, drawn.

    Attributes:
        width: In pixels.
        height: In pixels.
        stride: Bytes of a row.
        pixels: Four bytes each: blue, green, red, and one without meaning.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


class Sheets:
    """The pages of a PDF in memory. Any thread may ask; close it when it is no longer looked at.

    Args:
        content: The PDF.
    """

    def __init__(self, content: bytes) -> None:
        with _alone():
            document = pdfium.PdfDocument(content)
            self._document: pdfium.PdfDocument | None = document
            self.sizes: Final = tuple(map(document.get_page_size, range(len(document))))
            """Width and height of each page, in points."""

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, dpi: float) -> Picture:
        """Draw a page.

        Args:
            page: From 0.
            dpi: Pixels of an inch; hair lines break below 150.

        Raises:
            Cancelled: It was closed meanwhile.
        """
        return next(self.bands(page, dpi, 1))

    def bands(self, page: int, dpi: float, number: int) -> Iterator[Picture]:
        """Draw a page in bands from the top down: a whole one takes 35 MB at 300 dpi, and nobody else gets a turn meanwhile.

        Args:
            page: From 0.
            dpi: As of `picture`.
            number: How many; together they have the rows of the whole picture.

        Raises:
            Cancelled: It was closed meanwhile.
        """
        scale = dpi / POINTS
        rows = math.ceil(self.sizes[page][1] * scale)
        for band in range(number):
            with _alone():
                if self._document is None:
                    raise Cancelled
                above, below = rows * band // number, rows - rows * (band + 1) // number
                found = _drawn(self._document[page], scale, above, below)
            yield found

    def close(self) -> None:
        """Let go of the pages, without waiting; may be called again."""
        document, self._document = self._document, None
        if document is not None:
            _LEFT.append(document)
        if _LOCK.acquire(blocking=False):
            try:
                _close_left()
            finally:
                _LOCK.release()


def _drawn(page: pdfium.PdfPage, scale: float, above: int, below: int) -> Picture:
    """A page without some rows of pixels at its top and its end."""
    crop = (0, max(below - 0.5, 0) / scale, 0, max(above - 0.5, 0) / scale)  # it rounds up
    bitmap = page.render(scale=scale, crop=crop, prefer_bgrx=True, maybe_alpha=False)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
