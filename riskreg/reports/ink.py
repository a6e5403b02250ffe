"""Colours and sizes of a page, from the light theme of the window, so that screen and paper are one family."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportlab.lib.colors import Color, HexColor

from riskreg.catalogue import resources_folder

PAGE: Final = 17.0
SECTION: Final = 12.5
BODY: Final = 10.0
SMALL: Final = 8.8
LEADING: Final = 1.34
"""The four sizes of type in points, and the height of a line as a multiple of them (enough for Chinese)."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a page by what they mean. Every text colour has a contrast of 4.5:1 or more on white and on its tint."""

    text: Color
    muted: Color
    line: Color
    accent: Color
    very_low: Color
    low: Color
    moderate: Color
    high: Color
    critical: Color
    very_low_tint: Color
    low_tint: Color
    moderate_tint: Color
    high_tint: Color
    critical_tint: Color

    def level(self, key: str | None) -> Color:
        """The colour of a level of risk; of one that is not known, that of quiet text."""
        found: Color = getattr(self, key) if key in _LEVELS else self.muted
        return found

    def tint(self, key: str | None) -> Color:
        """The pale ground of a level."""
        found: Color = getattr(self, f"{key}_tint") if key in _LEVELS else self.line
        return found


_LEVELS: Final = ("very_low", "low", "moderate", "high", "critical")


@cache
def ink() -> Ink:
    """The colours that the light theme gives."""
    path = resources_folder() / "themes" / "light.toml"
    colours = tomllib.loads(path.read_text(encoding="utf-8"))["color"]
    return Ink(**{name: HexColor(colours[name]) for name in Ink.__slots__})
