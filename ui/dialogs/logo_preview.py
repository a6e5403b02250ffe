"""How a logo looks on one ground: that of a theme, whichever theme is in force."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from riskreg.logo import Picture
from ui.theme import Name, tokens

_EDGE = 10


class LogoPreview(QWidget):
    """A tile with the logo in its middle; it takes no focus and is no control.

    Args:
        name: The theme whose ground it has.
        words: What it shows, translated.
    """

    def __init__(self, name: Name, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._tokens = tokens(name)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: Picture | None) -> None:
        """Show another one; None for none."""
        self._image = QImage.fromData(picture.content) if picture else QImage()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a long logo and for a high one."""
        return QSize(168, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the logo on it, in its own proportions."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(self._tokens.word("color", "line")), 1))
        painter.setBrush(QColor(self._tokens.word("color", "surface")))
        radius = self._tokens.number("radius", "control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if not self._image.isNull():
            room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
            size = self._image.size().toSizeF()
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.drawImage(place, self._scaled(size.toSize()), QRectF())
        painter.end()

    def _scaled(self, size: QSize) -> QImage:
        """As many pixels as the screen has there: Qt makes a picture much smaller only roughly."""
        return self._image.scaled(
            size * self.devicePixelRatio(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
