"""The pages of a report one below the other, drawn when they come into sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from riskreg.reports.sheets import POINTS, Picture, Sheets
from ui.theme import Theme

Fit: TypeAlias = Literal["width", "page"]
Draw: TypeAlias = Callable[[int, int, Callable[[QImage], object]], object]
"""Has a page drawn so many pixels wide, beside the window, and hands the picture over."""

_LEAST_DPI: Final = 150.0
"""Hair lines break below it; a smaller page is this picture made smaller."""
_GAP: Final = 16
_KEPT: Final = 12
"""Pictures kept around what is in sight; one of A4 takes 8.7 MB."""
_MOST: Final = 1.6
"""How far a page is enlarged to fit a wide window."""


def image_of(picture: Picture) -> QImage:
    """A picture as Qt paints it, with pixels of its own."""
    width, height, stride, pixels = picture
    return QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()


def drawn(sheets: Sheets, page: int, wide: int) -> QImage:
    """A page so many pixels wide, to be painted as it is; takes long, so on the thread of a job."""
    dpi = wide / sheets.sizes[page][0] * POINTS
    image = image_of(sheets.picture(page, max(dpi, _LEAST_DPI)))
    if image.width() == wide:
        return image
    return image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)


class SheetsView(QAbstractScrollArea):
    """Pages to look at.

    Args:
        theme: The look around them; the pages are as they will be printed.
        sheets: The pages; whoever made them closes them.
        draw: Draws one.
    """

    page_changed = Signal(int)
    """The page in sight, from 0."""

    def __init__(
        self, theme: Theme, sheets: Sheets, draw: Draw, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheets = sheets
        self._draw = draw
        self._fit: Fit = "width"
        self._images: dict[int, QImage] = {}
        self._asked: set[tuple[int, int]] = set()
        self.page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def sizeHint(self) -> QSize:
        """A page that can be read."""
        return QSize(700, 560)

    def show_fit(self, fit: Fit) -> None:
        """Fit pages to the width, or whole pages."""
        page, self._fit = self.page, fit
        self._lay_out()
        self.go_to(page)

    def go_to(self, page: int) -> None:
        """Bring the top of a page into sight."""
        tops = self._tops()
        self.verticalScrollBar().setValue(round(tops[min(max(page, 0), len(tops) - 2)]) - _GAP // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width gives another size of pages; what was in sight stays there."""
        super().resizeEvent(event)
        page = self.page
        self._lay_out()
        if page:
            self.go_to(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last page; what else scrolls does so already."""
        if event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(len(self._sheets) - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is in sight of the pages that are drawn, and paper where one is not yet."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("window"))
        for page in self._in_sight():
            where = self._rect(page)
            image = self._images.get(page)
            painter.fillRect(where, self._theme.color("surface"))
            if image is not None:
                painter.drawImage(where.toRect(), image)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawRect(where)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 1))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys scroll here: show it."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They do no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    # where pages are

    def _scale(self) -> float:
        """Pixels of the window for each point."""
        size = self.viewport().size()
        width = float(max(width for width, _ in self._sheets.sizes))
        fits = (size.width() - 2 * _GAP) / width
        if self._fit == "page":
            height = float(max(height for _, height in self._sheets.sizes))
            fits = min(fits, (size.height() - _GAP) / height)
        return min(max(fits, 0.1), _MOST)

    def _tops(self) -> list[float]:
        """Where each page begins, and where the last one has ended, in pixels from the first."""
        scale = self._scale()
        heights = (height * scale + _GAP for _, height in self._sheets.sizes)
        return list(accumulate(heights, initial=_GAP / 2))

    def _rect(self, page: int) -> QRectF:
        scale, (width, height) = self._scale(), self._sheets.sizes[page]
        left = (self.viewport().width() - width * scale) / 2
        top = self._tops()[page] - self.verticalScrollBar().value()
        return QRectF(left, top, width * scale, height * scale)

    def _in_sight(self) -> range:
        tops, above = self._tops(), self.verticalScrollBar().value()
        first = max(bisect_right(tops, above) - 1, 0)
        last = bisect_right(tops, above + self.viewport().height())
        return range(first, min(last, len(self._sheets)))

    def _lay_out(self) -> None:
        bar, size = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(round(self._tops()[-1]) - size, 0))
        bar.setPageStep(size)
        bar.setSingleStep(40)
        self._look()

    def _on_scrolled(self) -> None:
        self._look()

    def _look(self) -> None:
        """Have drawn what came into sight, forget what is far away, and tell which page it is."""
        seen = self._in_sight()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = min(max(bisect_right(self._tops(), middle) - 1, 0), len(self._sheets) - 1)
        for far in [key for key in self._images if abs(key - page) > _KEPT // 2]:
            del self._images[far]
        for wanted in seen:
            self._ask(wanted)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)
        self.viewport().update()

    def _ask(self, page: int) -> None:
        """Have a page drawn as wide as it is seen; until then one of another size stays."""
        ratio = self.devicePixelRatioF()
        wide = round(self._sheets.sizes[page][0] * self._scale() * ratio)
        known = self._images.get(page)
        if (known is None or known.width() != wide) and (page, wide) not in self._asked:
            self._asked.add((page, wide))
            self._draw(page, wide, lambda image: self._on_drawn(page, wide, image))

    def _on_drawn(self, page: int, wide: int, image: QImage) -> None:
        self._asked.discard((page, wide))
        self._images[page] = image
        self.viewport().update()
