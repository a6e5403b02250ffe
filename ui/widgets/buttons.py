"""Buttons in the looks the style sheet knows: one primary a page, plain ones, links, chips, and buttons of one icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ui import icons
from ui.theme import Theme


def button(
    theme: Theme, label: str, icon: str = "", call: Callable[[], object] | None = None
) -> QPushButton:
    """A plain button."""
    return _push(theme, label, icon, "plain", "text", call)


def primary(
    theme: Theme, label: str, icon: str = "", call: Callable[[], object] | None = None
) -> QPushButton:
    """The one button of a page that does what the page is for."""
    return _push(theme, label, icon, "primary", "on_accent", call)


def link(theme: Theme, label: str, call: Callable[[], object] | None = None) -> QPushButton:
    """Words that lead somewhere."""
    return _push(theme, label, "", "link", "accent", call)


def chip(
    theme: Theme, label: str, icon: str = "", call: Callable[[], object] | None = None
) -> QPushButton:
    """A small round button, such as a filter."""
    return _push(theme, label, icon, "chip", "muted", call)


def tool(
    theme: Theme, icon: str, name: str, call: Callable[[], object] | None = None
) -> QToolButton:
    """A button of one icon; its name is spoken and shown when the pointer rests."""
    made = QToolButton()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    icons.put(made, theme, icon, "muted", 18)
    if call:
        made.clicked.connect(lambda _checked=False: call())
    return made


def _push(
    theme: Theme, label: str, icon: str, look: str, tone: str, call: Callable[[], object] | None
) -> QPushButton:
    made = QPushButton(label.replace("&", "&&"))
    made.setAccessibleName(label)
    made.setProperty("look", look)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if look in ("link", "chip"):
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if icon:
        icons.put(made, theme, icon, tone, 16, gap=3)
    if call:
        made.clicked.connect(lambda _checked=False: call())
    return made
