"""Who can draw an SVG. The library knows no Qt, so whoever starts the program tells it; without one a drawing is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

Drawer: TypeAlias = Callable[[bytes, int], bytes]
"""Draws an SVG so many pixels high, as a PNG, on any thread; raises ValueError or ImportError where it cannot."""

_told: Final[list[Drawer]] = []


def draw_with(*drawers: Drawer) -> None:
    """Tell who can draw; none forgets whoever was told before."""
    _told[:] = drawers


def draw(svg: bytes, height: int) -> bytes:
    """A drawing as a PNG so many pixels high; raises ValueError or ImportError where nobody can draw it."""
    if not _told:
        raise ValueError("nobody can draw")
    return _told[0](svg, height)
