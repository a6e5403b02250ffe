"""An SVG as a picture. May be called on any thread, and without a window: on the command line too."""

from __future__ import annotations

import os
import sys
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_WIDEST: Final = 8
"""How many times as wide as high a picture may be."""
_applications: Final[list[QApplication]] = []
"""Kept as long as the program runs: Qt knows no fonts without one."""


def png_of(svg: bytes, height: int) -> bytes:
    """A drawing as a PNG so many pixels high, in its own proportions; raises ValueError where it cannot be drawn."""
    _have_fonts()
    renderer = QSvgRenderer(QByteArray(svg))
    natural = _natural(renderer)
    size = QSize(max(1, round(natural.width() * height / natural.height())), height)
    if size.width() > height * _WIDEST:
        size = natural.scaled(height * _WIDEST, height, Qt.AspectRatioMode.KeepAspectRatio).toSize()
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise ValueError(size)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return _saved(image)


def _natural(renderer: QSvgRenderer) -> QSizeF:
    """Its own size: that of what is seen, where it says so, else width and height."""
    box = renderer.viewBoxF().size() if renderer.isValid() else QSizeF()
    if box.isEmpty():
        box = QSizeF(renderer.defaultSize())
    if box.isEmpty():
        raise ValueError("no size")
    return box


def _saved(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise ValueError("not saved")
    return bytes(buffer.data().data())


def _have_fonts() -> None:
    """On the command line there is no application yet; it needs no screen. Of the sort a window could use too."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _applications.append(QApplication(sys.argv[:1]))
