"""The pages of a report as pictures, for the screen and for a printer: made from the very bytes that are saved.

PDFium is not safe for threads: one lock lets one caller in at a time.
"""

from __future__ import annotations

import threading
from typing import Final, NamedTuple

import pypdfium2 as pdfium

from riskreg.errors import Cancelled

POINTS: Final = 72.0
"""Points of an inch: what sizes of pages are given in."""

_LOCK: Final = threading.Lock()


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
        with _LOCK:
            self._document: pdfium.PdfDocument | None = pdfium.PdfDocument(content)
            self.sizes: Final = tuple(page.get_size() for page in self._document)
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
        with _LOCK:
            if self._document is None:
                raise Cancelled
            bitmap = self._document[page].render(
                scale=dpi / POINTS, prefer_bgrx=True, maybe_alpha=False
            )
            try:
                return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()

    def close(self) -> None:
        """Let go of the pages; may be called again."""
        with _LOCK:
            document, self._document = self._document, None
            if document is not None:
                document.close()
