"""How fast a report of 1,000 risks is made and printed, beside bare reportlab and bare pypdfium2 in the same run.

    python -m tests.perf.paper [--records 1000] [--runs 5]

Two floors of the PDF, both given every text ready in memory, while ours reads the register too:
"its own layout" is each field of each record as a `Paragraph` in a document of reportlab's, which breaks
the lines and the pages, without columns, marks, heads or bookmarks; "lines ready" is each line of our pages at its place by `drawString`, so that
nothing is laid out at all. The floor of printing is rendering the same pages at the same size. Each figure is the median of several runs,
the sides by turns. Aim: within 1.5x of the bare library that does the same work, its own layout. Then the real dialogs draw, show, print
and stop, and it is told how long the event loop was held at most.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from riskreg import register, reports, sample
from riskreg.catalogue import resources_folder
from riskreg.i18n import translator
from riskreg.records import KINDS, columns
from riskreg.reports.rows import Speech, all_names, all_rows
from riskreg.reports.sheets import Sheets
from riskreg.reports.text import Sheet
from riskreg.views import Reader, View
from tests.perf.bench import measured, say

AIM: Final = 1.5
DPI: Final = 300
SIDE: Final = 51.0
HELD_MS: Final = 100
"""The window's thread is never held longer while exporting and printing."""


class Line(NamedTuple):
    """A text as it stands on a page."""

    page: int
    x: float
    y: float
    text: str
    size: float
    is_bold: bool


def lines_of(draw: Callable[[], object]) -> list[Line]:
    """Every text that a report draws, with its place."""
    found: list[Line] = []
    show = Sheet.show

    def noted(
        canvas: Sheet, x: float, y: float, text: str, size: float, colour: Any, bold: bool
    ) -> None:
        found.append(Line(canvas.getPageNumber(), x, y, text, size, bold))
        show(canvas, x, y, text, size, colour, bold)

    Sheet.show = noted  # type: ignore[method-assign]
    try:
        draw()
    finally:
        Sheet.show = show  # type: ignore[method-assign]
    return found


def bare_lines(lines: list[Line]) -> bytes:
    """The same lines at the same places, through the library alone."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    page = 1
    for line in lines:
        if line.page != page:
            canvas.showPage()
            page = line.page
        canvas.setFont("BareBold" if line.is_bold else "Bare", line.size)
        canvas.drawString(line.x, line.y, line.text)
    canvas.save()
    return file.getvalue()


def fields_of(reader: Reader, kind: str) -> list[list[str]]:
    """Every filled field of every record in words, its title first, as the report says it."""
    t = translator("en")
    keys = tuple(key for key in columns(KINDS[kind]) if key not in ("created_at", "deleted_at"))
    view = View(kinds=(kind,), columns=keys)
    rows = all_rows(reader, view, reader.ids(view))
    speech = Speech(
        t=t,
        vocabulary=reader.vocabulary,
        names=all_names(reader, rows),
        zone=reader.organisation().zone,
    )
    said = []
    for row in rows:
        values = dict(zip(keys, row.values, strict=True))
        words = {key: speech.value(kind, key, value) for key, value in values.items()}
        said.append(
            [f"{words['ref']} {words['title']}"]
            + [
                f"{t.label(kind, key)}: {text}"
                for key, text in words.items()
                if text and key not in ("ref", "title")
            ]
        )
    return said


def bare_layout(records: list[list[str]]) -> bytes:
    """The same fields, one paragraph each, for which the library finds the lines and the pages."""
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4, leftMargin=SIDE, rightMargin=SIDE)
    title = ParagraphStyle("title", fontName="BareBold", fontSize=10, leading=13.4, wordWrap="CJK")
    small = ParagraphStyle("small", fontName="Bare", fontSize=8.8, leading=11.8, wordWrap="CJK")
    document.build(
        [
            Paragraph(_escaped(text), small if place else title)
            for record in records
            for place, text in enumerate(record)
        ]
    )
    return file.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def making(path: Path, runs: int) -> bool:
    """The risk register in memory, its reading included, beside the two floors."""
    store = register.open(path, read_only=True)
    t, drawn = translator("en"), list[reports.Paper]()

    def ours() -> None:
        with store.reader() as reader:
            drawn.append(reports.draw(reader, "risk-register", t))

    lines = lines_of(ours)
    records = fields_of(store, "risk")
    pages, size = drawn[-1].pages, len(drawn[-1].content) / 1e6
    print(f"{len(records):,} risks: {pages} pages, {size:.1f} MB, {len(lines):,} lines")
    taken, layout, ready = measured(
        runs, ours, lambda: bare_layout(records), lambda: bare_lines(lines)
    )
    is_fine = say("beside its own layout", taken, layout, AIM)
    print(
        f"  beside lines ready, nothing laid out: {ready * 1000:.1f} ms, {taken / ready:.2f}x (no aim)"
    )
    printing(drawn[-1].content, runs)
    store.close()
    return is_fine


@cache
def _app() -> Any:
    """The one application, which stays."""
    from PySide6.QtWidgets import QApplication

    return QApplication([])


def printing(content: bytes, runs: int, pages: int = 10) -> None:
    """The first pages on a printer that is a file, beside their bare rendering."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    from riskreg.work import QUIET
    from ui.dialogs.printing import print_sheets

    _app()
    sheets = Sheets(content)
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(f"{folder}/printed.pdf")
            printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            printer.setResolution(DPI)
            printer.setFromTo(1, pages)
            print_sheets(sheets, printer, QUIET)

        def floor() -> None:
            document = pdfium.PdfDocument(content)
            for page in range(pages):
                bitmap = document[page].render(scale=DPI / 72)
                bitmap.close()
            document.close()

        taken, bare = measured(runs, ours, floor)
    sheets.close()

    print(f"printing {pages} pages at {DPI} dpi into a file: {taken / pages * 1000:.0f} ms a page,")
    print(f"  of which {bare / pages * 1000:.0f} ms is rendering by pypdfium2 alone")


class Clockwork:
    """Notes how long the event loop is held: the gaps between beats of a timer of 2 ms."""

    def __init__(self, app: Any) -> None:
        from PySide6.QtCore import QTimer

        self._app = app
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(2)

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def until(self, is_over: Callable[[], bool], most_s: float = 120) -> None:
        """Let the loop run."""
        end = time.monotonic() + most_s
        while not is_over() and time.monotonic() < end:
            self._app.processEvents()

    def told(self, what: str) -> bool:
        """Print the longest gap since the last time; whether it is within the aim."""
        longest = max(self._gaps) * 1000
        self._gaps, self._last = [], time.perf_counter()
        verdict = "ok" if longest <= HELD_MS else "missed"
        print(f"{what:<38} loop held {longest:>5.0f} ms at most   aim {HELD_MS} ms  {verdict}")
        return longest <= HELD_MS


def holding(path: Path) -> bool:
    """The event loop while a report is drawn, looked through, printed and stopped in the real dialogs."""

    from tests.ui.desk import a_context, prompts_of
    from tests.ui.test_paper import a_printer
    from ui.collector import Collector
    from ui.dialogs.paper import PaperDialog
    from ui.dialogs.report import ReportDialog
    from ui.jobs import Jobs, share_time

    app = _app()
    share_time()
    store, jobs = register.open(path), Jobs()
    context = a_context(store, jobs=jobs)
    collector = Collector(jobs)
    collector.start()
    dialog, clockwork = ReportDialog(context), Clockwork(app)
    dialog.show()
    clockwork.until(lambda: False, 0.5)
    clockwork.told("(warming up)")
    dialog.preview()
    clockwork.until(lambda: bool(dialog.findChildren(PaperDialog)))
    is_fine = clockwork.told("drawing and opening the report")
    (shown,) = dialog.findChildren(PaperDialog)
    for _ in range(40):
        bar = shown.view.verticalScrollBar()
        bar.setValue(bar.value() + 300)
        clockwork.until(lambda: False, 0.05)
    is_fine &= clockwork.told("looking through it")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("whole", "stopped"):
            printer = a_printer(Path(folder) / f"{name}.pdf")
            printer.setResolution(DPI)
            printer.setFromTo(1, 12)
            prompts_of(context).printers.append(printer)
            shown.print()
            if name == "stopped":
                clockwork.until(lambda: shown.progress.bar.value() >= 2)
                start = time.perf_counter()
                shown.progress.cancel_job()
            clockwork.until(shown.start.isEnabled)
            if name == "whole":
                is_fine &= clockwork.told("printing 12 pages")
    print(f"cancelling it took {(time.perf_counter() - start) * 1000:.0f} ms (aim 300 ms)")
    shown.close()
    dialog.close()
    jobs.close()
    collector.stop()
    store.close()
    return is_fine


def main() -> int:
    """Measure on a register made for it."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.paper", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    fonts = resources_folder() / "fonts"
    for name, weight in (("Bare", "Regular"), ("BareBold", "Bold")):
        (file,) = fonts.glob(f"*{weight}*.ttf")
        pdfmetrics.registerFont(TTFont(name, str(file)))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        path = Path(folder) / "bench.riskreg"
        sample.make(path, max(args.records - 41, 0))
        is_fine = making(path, args.runs)
        return 0 if holding(path) and is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
