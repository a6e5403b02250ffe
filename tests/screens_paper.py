"""Pictures of every page of every report, in colour and as a grey printer gives them; a part of `python -m tests.screens`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from riskreg import clock, notices, reports
from riskreg.cases import case_of
from riskreg.i18n import LANGUAGES, translator
from riskreg.notices import PaperKind
from riskreg.reports import notice as pages
from riskreg.views import Register

DPI: Final = 100
GREY: Final = "en"
"""The language that is drawn in grey besides."""
ABOUT: Final = "I-2026-013"
"""The record that the report of one record is about."""
EVIDENCE: Final = "F-0002"
"""The piece of evidence that the report of custody is about."""
SINCE: Final = "2026-10-31"
NOTICES: Final[tuple[tuple[str, PaperKind], ...]] = (
    ("hk_pcpd", "notice"),
    ("hk_people", "letter"),
    ("hk_people", "message"),
    ("hk_people", "script"),
    ("eu_authority", "notice"),
    ("sg_authority", "notice"),
    ("cn_authority", "notice"),
    ("contract_customer", "notice"),
)
"""The notices that are drawn: the rule and the kind of paper."""


def draw_pages(register: Register, out: Path, only: str = "") -> None:
    """Write `OUT/LANGUAGE/REPORT-PAGE.png` and `OUT/grey/REPORT-PAGE.png`, and the notices of an incident.

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
                ref=_about(name), between=between, by="K. Chan",
            )  # fmt: skip
            _draw(paper, out / language, is_grey=False)
            if language == GREY:
                _draw(paper, out / "grey", is_grey=True)

    _draw_notices(register, out, only)


def _about(name: str) -> str:
    if name == "custody":
        return EVIDENCE
    return ABOUT if reports.REPORTS[name].about == "one" else ""


def _draw_notices(register: Register, out: Path, only: str) -> None:
    """Write `OUT/LANGUAGE/notice-RULE-KIND-PAGE.png` of the incident that the reports are about."""
    case = case_of(register, register.find(ABOUT))
    for key, kind in NOTICES:
        name = f"notice-{key}-{kind}"
        if only not in f"paper-{name}":
            continue
        rule = next(each for each in case.rules if each.key == key)
        for language in LANGUAGES:
            written = notices.paper(case, rule, kind, language, register)
            paper = pages.draw(register, written, translator(language), now=clock.now())
            _draw(paper._replace(name=name), out / language, is_grey=False)


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
