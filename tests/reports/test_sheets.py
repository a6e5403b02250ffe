"""The pages of a report as pictures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from riskreg import reports
from riskreg.errors import Cancelled
from riskreg.i18n import translator
from riskreg.reports import sheets
from riskreg.reports.sheets import Picture, Sheets
from riskreg.views import Register

EN = translator("en")


def test_sheets_when_drawn_then_they_are_a4_with_ink_in_colour_on_white(sampled: Register) -> None:
    paper = reports.draw(sampled, "summary", EN)
    shown = Sheets(paper.content)
    assert len(shown) == paper.pages == 1
    assert [round(side) for side in shown.sizes[0]] == [595, 842]
    found = shown.picture(0, 72)
    assert (found.width, found.height) == (596, 842)
    assert len(found.pixels) == found.stride * found.height
    assert found.pixels[:3] == b"\xff\xff\xff"
    pixels = {found.pixels[at : at + 3] for at in range(0, len(found.pixels), 4)}
    assert any(blue != red for blue, _, red in pixels)
    assert shown.picture(0, 144).width == 1191
    shown.close()


def test_sheets_when_several_threads_ask_then_each_gets_its_page(sampled: Register) -> None:
    shown = Sheets(reports.draw(sampled, "risk-register", EN).content)
    alone = [shown.picture(page, 50) for page in range(6)]

    def ask(place: int) -> Picture:
        return shown.picture(place % 6, 50)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(24)))
    assert found == alone * 4
    shown.close()


def test_sheets_when_closed_then_whoever_still_asks_is_told_to_stop(sampled: Register) -> None:
    shown = Sheets(reports.draw(sampled, "summary", EN).content)
    shown.close()
    shown.close()
    with pytest.raises(Cancelled):
        shown.picture(0, 72)


def test_paper_when_saved_then_the_file_holds_the_bytes_that_were_seen(
    sampled: Register, target
) -> None:
    paper = reports.draw(sampled, "record", EN, ref="C3")
    reports.save(paper, target)
    assert target.read_bytes() == paper.content
    assert paper.fingerprint == sampled.head().fingerprint
    assert (paper.name, paper.ref) == ("record", "C3")


def test_sheets_when_closed_while_another_page_is_drawn_then_nobody_waits_and_they_go_with_the_next_page(
    sampled: Register,
) -> None:
    content = reports.draw(sampled, "summary", EN).content
    mine, other = Sheets(content), Sheets(content)
    with sheets._LOCK:  # somebody draws
        mine.close()
        assert len(sheets._LEFT) == 1
    other.picture(0, 20)
    assert not sheets._LEFT
    other.close()


def test_bands_when_put_together_then_they_are_the_page(sampled: Register) -> None:
    shown = Sheets(reports.draw(sampled, "risk-register", EN).content)
    for dpi in (72, 150, 187.3):
        whole = shown.picture(1, dpi)
        bands = list(shown.bands(1, dpi, 7))
        assert sum(band.height for band in bands) == whole.height
        assert {(band.width, band.stride) for band in bands} == {(whole.width, whole.stride)}
        together = b"".join(band.pixels for band in bands)
        pairs = zip(together, whole.pixels, strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 3
    shown.close()
