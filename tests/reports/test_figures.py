"""Drawings must be told apart without colour, and say what was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat
from reportlab.lib.colors import black

from riskreg import catalogue
from riskreg.reports.figures import (
    LEVELS,
    STANDINGS,
    STEPS,
    Axes,
    Part,
    Shape,
    draw_mark,
    heat_map_piece,
    marked,
    ring_piece,
)
from riskreg.reports.ink import ink
from riskreg.reports.text import Piece, Sheet
from riskreg.rules.statistics import heat_map
from tests.reports import pages

SCALE = catalogue.vocabulary().scale


def _drawn(path: Path, *pieces: Piece) -> Path:
    sheet = Sheet(str(path), pagesize=(420, 300), invariant=1)
    top = 290.0
    for piece in pieces:
        piece.draw(sheet, 10, top)
        top -= piece.height
    sheet.save()
    return path


def _mark(shape: Shape) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: draw_mark(sheet, shape, x + 40, y - 40, 60, black)


@pytest.mark.parametrize(
    "shapes", [list(LEVELS.values()), list(STANDINGS.values()), list(set(STEPS.values()))]
)
def test_marks_when_printed_in_one_colour_then_each_has_a_shape_of_its_own(
    tmp_path: Path, shapes: Sequence[Shape]
) -> None:
    seen = {
        shape: pages.picture(_drawn(tmp_path / f"{shape}.pdf", Piece(90, _mark(shape)))).convert(
            "L"
        )
        for shape in shapes
    }
    assert len(seen) == len(shapes)
    for one, other in combinations(seen, 2):
        difference = ImageStat.Stat(ImageChops.difference(seen[one], seen[other])).sum[0]
        assert difference > 255 * 60, (one, other)


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_heat_map_when_drawn_then_counts_and_both_scales_can_be_read(
    tmp_path: Path, language: str
) -> None:
    values = heat_map({(5, 5): 1_234, (1, 1): 7, (3, None): 2}, SCALE)
    piece = heat_map_piece(values, SCALE, Axes("Likely?", "How bad?"), language, 380)
    text = pages.bare(pages.texts(_drawn(tmp_path / "heat.pdf", piece))[0])
    assert "1,234" in text
    assert "7" in text
    for step in (*SCALE.likelihood, *SCALE.impact):
        assert pages.bare(step.label.get(language)) in text
    assert "Likely?" in text
    assert "Howbad?" in text


def test_heat_map_when_cells_are_empty_then_their_level_is_still_drawn(tmp_path: Path) -> None:
    """The most dangerous cell is red and square also where nothing sits in it."""
    piece = heat_map_piece(heat_map({}, SCALE), SCALE, Axes("L", "I"), "en", 380)
    image = pages.picture(_drawn(tmp_path / "heat.pdf", piece)).convert("RGB")
    colours = {colour for _, colour in image.getcolors(100_000) or ()}
    for level in ("low", "moderate", "high", "critical"):
        tint = ink().tint(level)
        assert tuple(round(part * 255) for part in tint.rgb()) in colours


@pytest.mark.parametrize("tall", [13.0, 15.0, 29.0])
def test_heat_map_when_cells_are_low_then_what_they_hold_keeps_off_their_edges(
    tmp_path: Path, tall: float
) -> None:
    tally = {(likelihood, impact): 88 for likelihood in range(1, 6) for impact in range(1, 6)}
    piece = heat_map_piece(heat_map(tally, SCALE), SCALE, None, "en", 400, tall)
    _drawn(tmp_path / "map.pdf", piece)
    with pages.opened(tmp_path / "map.pdf") as document:
        image = document[0].render(scale=4, grayscale=True).to_pil()
    for row in range(1, 5):
        between = round((300 - 290 + row * tall) * 4)
        strip = image.crop((100 * 4, between - 8, 410 * 4, between + 8))  # two points either side
        assert min(strip.tobytes()) > 200


@pytest.mark.parametrize("numbers", [(8, 3, 4), (5, 0, 0), (0, 0, 0), (1, 1, 1_000)])
def test_ring_when_any_part_is_nothing_or_all_then_it_is_drawn(
    tmp_path: Path, numbers: tuple[int, int, int]
) -> None:
    parts = [
        Part(number, black, thickness)
        for number, thickness in zip(numbers, (1, 0.5, 0.2), strict=True)
    ]
    path = _drawn(tmp_path / "ring.pdf", ring_piece(parts, f"{numbers[0]}/{sum(numbers)}"))
    assert f"{numbers[0]}/{sum(numbers)}" in pages.texts(path)[0]
    dark = sum(value < 200 for value in pages.picture(path).convert("L").tobytes())
    assert dark > 250


def test_marked_when_text_takes_two_lines_then_the_second_begins_below_the_first(
    tmp_path: Path,
) -> None:
    pieces = marked("square", black, "one two three four five six", width=80)
    assert len(pieces) > 1
    image = pages.picture(_drawn(tmp_path / "m.pdf", *pieces)).convert("L")
    below = image.crop((10, 24, 22, 40))
    assert min(below.tobytes()) > 200
