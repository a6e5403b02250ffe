"""Pictures of every page of every report, in colour and as a grey printer gives them; a part of `python -m tests.screens`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from riskreg import reports
from riskreg.i18n import LANGUAGES, translator
from riskreg.views import Register

DPI: Final = 100
GREY: Final = "en"
"""The language that is drawn in grey besides."""
ABOUT: Final = "I-2026-013"
"""The record that the report of one record is about."""
SINCE: Final = "2026-10-31"


def draw_pages(register: Register, out: Path, only: str = "") -> None:
    """Write `OUT/LANGUAGE/REPORT-PAGE.png` and `OUT/grey/REPORT-PAGE.png`.

    Args:
        register: The sample.
        out: A folder; made where it is missing.
        only: Only reports whose name holds this.
    """
    for name in reports.REPORTS:
        if only not in f"paper-{name}":
            continue
        since = SINCE if reports.REPORTS[name].compares else ""
        between = reports.span(register, since, "")
        for language in LANGUAGES:
            paper = reports.draw(
                register, name, translator(language),
                ref=ABOUT if reports.REPORTS[name].about == "one" else "", between=between, by="K. Chan",
            )  # fmt: skip
            _draw(paper, out / language, is_grey=False)
            if language == GREY:
                _draw(paper, out / "grey", is_grey=True)


def _draw(paper: reports.Paper, folder: Path, *, is_grey: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    document = pdfium.PdfDocument(paper.content)
    try:
        for number, page in enumerate(document, start=1):
            bitmap = page.render(scale=DPI / 72, grayscale=is_grey)
            bitmap.to_pil().save(folder / f"{paper.name}-{number:02}.png")
            bitmap.close()
    finally:
        document.close()
