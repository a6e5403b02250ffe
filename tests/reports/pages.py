"""Reading a PDF as a person would: its text without head and foot of the pages, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

TOP, FOOT = 74.0, 70.0
"""Points that head and foot of a later page take."""


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def texts(path: Path) -> list[str]:
    """Everything on each page."""
    with opened(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def body(path: Path) -> str:
    """What stands between head and foot, all pages as one, without white space: how lines are broken does not count."""
    with opened(path) as document:
        parts = []
        for number, page in enumerate(document):
            width, height = page.get_size()
            top = height if number == 0 else height - TOP
            parts.append(page.get_textpage().get_text_bounded(0, FOOT, width, top))
    return bare("".join(parts))


def bare(text: str) -> str:
    return "".join(text.split())


def lines(path: Path) -> list[str]:
    return [line.strip() for text in texts(path) for line in text.splitlines() if line.strip()]


def picture(path: Path, page: int = 0) -> Image.Image:
    with opened(path) as document:
        bitmap = document[page].render(scale=1)
        image: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
    return image
