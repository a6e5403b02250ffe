"""Rows of a workbook are as high as their texts need, measured with a font that is at hand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PIL import ImageFont

from riskreg import catalogue
from riskreg.exchange.looks import BODY, height_of, lines_of, width_of

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "RegisterSans-Regular.ttf"


@cache
def font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), 100)


def drawn(text: str, wide: int) -> int:
    """Lines that a text takes in a column of so many digits of 11 points, broken between words as programs do."""
    room = wide * font().getlength("0") * 11 / BODY
    lines = 0
    for part in text.split("\n"):
        lines, filled = lines + 1, 0.0
        for word in re.findall(r"[⺀-鿿＀-￯]|[^ ⺀-鿿＀-￯]+ ?| ", part):
            if filled and filled + font().getlength(word.rstrip()) > room:
                lines, filled = lines + 1, 0.0
            filled += font().getlength(word)
    return lines


def texts() -> Iterator[str]:
    for action in catalogue.policy_actions():
        yield from action.title
        for step in action.steps:
            yield from step.text
    yield "OFFICE OF THE PRIVACY COMMISSIONER FOR PERSONAL DATA, HONG KONG"
    yield "十月份薪酬檔案誤送予已離職的同事，發出後即時察覺。\nThe sender saw it at once."
    for most in (3, 7, 25):
        yield ", ".join(f"R-{number:04}" for number in range(1, most))


@pytest.mark.parametrize("wide", [9, 11, 16, 22, 36, 48])
def test_lines_when_a_text_is_broken_then_none_is_cut_and_few_are_empty(wide: int) -> None:
    found = [(lines_of(text, wide), drawn(text, wide), text) for text in texts()]
    assert not [each for each in found if each[0] < each[1]]
    assert sum(said for said, _, _ in found) <= 1.25 * sum(needed for _, needed, _ in found)


def test_height_when_a_column_does_not_print_then_its_text_takes_two_lines_at_most() -> None:
    long = "The letter went astray. " * 20
    assert height_of((None, long), (10, 40), whole=1) == height_of((None, "a\nb"), (10, 40), 1)
    assert height_of((None, long), (10, 40), whole=2) > height_of((None, "a\nb\nc"), (10, 40), 2)
    assert height_of(("short", 5), (10, 40), whole=2) == 0


def test_width_when_a_character_is_chinese_then_it_takes_two() -> None:
    dice = random.Random(1)
    assert width_of("外洩 a") == 6
    assert width_of("".join(dice.choices("abc 123", k=40))) == 40
