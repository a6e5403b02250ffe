"""Pages on a printer, one after the other, on the thread of a job."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from riskreg.errors import N_, Expected
from riskreg.reports.sheets import POINTS, Sheets
from riskreg.work import Work
from ui.widgets.sheets_view import image_of

PRINTING: Final = N_("Printing")
DPI: Final = 300
"""Pixels an inch at most: enough for the smallest type."""
BANDS: Final = 32
"""Parts of a page: Qt holds the interpreter while it packs one, and printing can be stopped after each."""


def print_sheets(
    sheets: Sheets, printer: QPrinter, work: Work, sent: Callable[[int], object] = lambda _: None
) -> None:
    """Print the pages that were asked for.

    Args:
        sheets: All pages.
        printer: The printer as the person set it: which pages, how many copies, which paper. Nobody else may use it meanwhile.
        work: Told of each page; may cancel.
        sent: Told of each page that the printer has, from 0.

    Raises:
        Expected: The printer takes nothing ("cannot_print").
        Cancelled: The user stopped it; what the printer has not yet printed is called back.
    """
    printer.setFullPage(True)
    pages = _pages(len(sheets), printer)
    painter = QPainter()
    if not painter.begin(printer):
        raise Expected("cannot_print", printer=printer.printerName())
    try:
        # else PySide6 6.11 packs each page as a JPEG, which blurs type
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for place, page in enumerate(pages):
            work.step(PRINTING, place, len(pages))
            if place and not printer.newPage():
                raise Expected("cannot_print", printer=printer.printerName())
            work_on = partial(work.step, PRINTING, place, len(pages))
            _print(sheets, page, printer, painter, work_on)
            sent(page)
        work.step(PRINTING, len(pages), len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _pages(number: int, printer: QPrinter) -> Sequence[int]:
    """Which pages in which order; a printer that cannot make copies gets them one by one."""
    first = max(printer.fromPage() or 1, 1)
    last = min(printer.toPage() or number, number)
    pages = list(range(first - 1, last))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def _print(
    sheets: Sheets, page: int, printer: QPrinter, painter: QPainter, step: Callable[[], None]
) -> None:
    """As large as the paper allows, in the middle, never larger than it is.

    In bands on whole dots of the printer, so that no seam shows.
    """
    width, height = sheets.sizes[page]
    paper = printer.pageLayout().fullRectPoints()
    scale = min(1.0, paper.width() / width, paper.height() / height)
    dots = printer.resolution() / POINTS
    dpi = min(DPI, printer.resolution())
    across, down = round(width * scale * dots), round(height * scale * dots)
    left = round((paper.width() - width * scale) / 2 * dots)
    top = round((paper.height() - height * scale) / 2 * dots)
    rows, whole = 0, math.ceil(height * dpi / POINTS)
    for band in sheets.bands(page, dpi, BANDS):
        step()
        edges = [top + round(down * row / whole) for row in (rows, rows + band.height)]
        painter.drawImage(QRect(left, edges[0], across, edges[1] - edges[0]), image_of(band))
        rows += band.height
