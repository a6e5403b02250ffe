"""What leaves about a breach, by the program as a script runs it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2 as pdfium

from tests.e2e.program import Program


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_report_when_the_dossier_of_the_sample_is_made_then_its_story_is_in_it(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    made = run.json("report", sample, "incident", out, "--ref", "I-2026-014")
    assert made["pages"] >= 4
    assert made["lacking"] == 0
    text = text_of(out)
    for decision in run.state("list", sample, "decision", "--filter", "incident = I-2026-014"):
        assert decision["ref"] in text
    for said in (
        "Timeline",
        "Clocks",
        "Assessment",
        "Decisions",
        "Notices",
        "Evidence",
        "Open points",
    ):
        assert said in text


def test_export_when_records_are_privileged_then_they_need_a_word_of_their_own(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    run.quickly("add", sample, "task", "title=Counsel says pay", "is_privileged=yes")
    out = tmp_path / "x.xlsx"
    made = run.json("export", sample, out)
    assert made["privileged_left_out"] > 0
    titles = {row[1].value for row in openpyxl.load_workbook(out)["Tasks"].iter_rows()}
    assert "Counsel says pay" not in titles
    told = run.quickly("export", sample, tmp_path / "y.xlsx", "--kind", "task")
    assert "1 legally privileged record was left out." in told
    made = run.state("export", sample, out, "--with-privileged")
    assert made["privileged_left_out"] == 0
    titles = {row[1].value for row in openpyxl.load_workbook(out)["Tasks"].iter_rows()}
    assert "Counsel says pay" in titles
    assert "legally privileged records were asked for" in run.quickly("log", sample, "--limit", "1")


def test_export_when_for_an_authority_then_other_incidents_are_nowhere_in_the_file(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    made = run.json("export", sample, out, "--ref", "I-2026-014", "--for-authority")
    assert set(made["sheets"]) == {"incident", "decision", "notice", "entry", "evidence"}
    book = openpyxl.load_workbook(out)
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    others = run.state("list", sample, "incident")
    assert not [each["title"] for each in others if each["ref"] != "I-2026-014" and each["title"] in cells]  # fmt: skip
    assert "--for-authority, --ref" in run.refused("export", sample, out, "--for-authority")
