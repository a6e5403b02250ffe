"""Icons: one family of one-colour drawings, tinted to the theme and drawn as sharp as the screen is."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from riskreg.catalogue import resources_folder
from ui.theme import Theme

_PROPERTY: Final = "registerIcon"


def icon(theme: Theme, name: str, tone: str = "text", size: int = 16, gap: int = 0) -> QIcon:
    """The icon `name` of `resources/icons` in a colour of the theme.

    Args:
        theme: The look in force.
        name: Which icon.
        tone: Its colour.
        size: In logical pixels.
        gap: Empty pixels at its right: Qt sets icon and words of a button four pixels apart.
    """
    found = QIcon()
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}):
        found.addPixmap(pixmap(theme, name, tone, size, ratio, gap))
        faded = pixmap(theme, name, "muted", size, ratio, gap)
        found.addPixmap(faded, QIcon.Mode.Disabled)
    return found


def pixmap(theme: Theme, name: str, tone: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen with that many device pixels to one."""
    return _drawn(name, theme.color(tone).name(), size, ratio, gap)


def put(
    widget: QAbstractButton | QLabel,
    theme: Theme,
    name: str,
    tone: str = "text",
    size: int = 16,
    gap: int = 0,
) -> None:
    """Give a button or label an icon that `refresh` tints anew when the theme changes."""
    widget.setProperty(_PROPERTY, [name, tone, size, gap])
    _set(widget, theme, name, tone, size, gap)


def refresh(root: QWidget, theme: Theme) -> None:
    """Tint the icons of everything in `root` anew."""
    for child in root.findChildren(QWidget):
        if isinstance(child, QAbstractButton | QLabel) and (given := child.property(_PROPERTY)):
            _set(child, theme, *given)


def _set(
    widget: QAbstractButton | QLabel, theme: Theme, name: str, tone: str, size: int, gap: int
) -> None:
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(theme, name, tone, size, widget.devicePixelRatio()))
        return
    widget.setIcon(icon(theme, name, tone, size, gap))
    widget.setIconSize(QSize(size + gap, size))


@lru_cache(maxsize=2048)
def _drawn(name: str, color: str, size: int, ratio: float, gap: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    picture = QPixmap(round((size + gap) * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
