"""The logo and the contact of the organisation on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image

from riskreg import drawer, logo, reports
from riskreg.i18n import translator
from riskreg.views import Register
from tests.reports.pages import bare, texts

EN = translator("en")


def pictures(path: Path, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Where pictures stand on a page: left, bottom, right, top."""
    document = pdfium.PdfDocument(path)
    try:
        found = document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        return [each.get_bounds() for each in found]
    finally:
        document.close()


def with_logo(register: Register, path: Path, size: tuple[int, int]) -> Register:
    Image.new("RGB", size, "teal").save(path)
    made = logo.placed(register, logo.taken(path), "Logo")
    assert made is not None
    register.apply(made)
    return register


@pytest.mark.parametrize("name", sorted(set(reports.REPORTS) - {"record"}))
def test_report_when_the_organisation_has_a_logo_then_it_stands_once_at_the_head(
    sampled: Register, target: Path, name: str
) -> None:
    between = reports.span(sampled, "2026-10-31", "") if name == "changes" else reports.Span()
    about = {"custody": "F-0001"}.get(name, "I-2026-013")
    ref = about if reports.REPORTS[name].about == "one" else ""
    reports.make(sampled, name, target, EN, between=between, ref=ref)
    (place,) = pictures(target)
    left, bottom, right, top = place
    assert left == pytest.approx(51, abs=0.5)
    assert right - left == pytest.approx(top - bottom, abs=0.5)
    assert 30 < top - bottom < 45
    assert "The logo is left out" not in " ".join(texts(target))


@pytest.mark.parametrize("size", [(1200, 100), (100, 700), (300, 200)])
def test_logo_when_it_is_long_or_high_then_it_keeps_its_proportions_beside_the_words(
    opened: Register, tmp_path: Path, target: Path, size: tuple[int, int]
) -> None:
    with_logo(opened, tmp_path / "a.png", size)
    reports.make(opened, "risk-register", target, EN)
    (place,) = pictures(target)
    left, bottom, right, top = place
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.03)
    assert right - left < 131
    assert top - bottom < 45


def test_logo_when_nobody_can_draw_it_then_the_report_is_made_and_says_so(
    sampled: Register, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawer, "_told", [])
    reports.make(sampled, "response-card", target, EN)
    (page,) = texts(target)
    assert "The logo is left out: its file cannot be shown." in page
    assert pictures(target) == []


def test_report_when_made_twice_then_its_bytes_are_the_same(
    opened: Register, tmp_path: Path
) -> None:
    with_logo(opened, tmp_path / "a.png", (300, 200))
    first, second = (reports.draw(opened, "checks", EN).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["response-card", "staff-report-slip"])
def test_page_on_the_wall_when_made_then_it_says_how_the_organisation_is_reached(
    sampled: Register, target: Path, name: str
) -> None:
    us = sampled.organisation()
    reports.make(sampled, name, target, EN)
    (page,) = texts(target)
    for known in (us.address, us.phone, us.email, "k.chan@harbourclinic.example"):
        assert known
        assert bare(known) in bare(page)
