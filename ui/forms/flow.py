"""A box that sets its widgets in lines, like words, and grows as tall as they need.

It places them itself: a `QLayout` written in Python returns None to Qt for each item that is not there, and PySide6 6.12 releases that
None once too often, until the interpreter dies of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowBox(QWidget):
    """Lays widgets out from left to right, in the middle of their line, and starts a new line where the next does not fit.

    Args:
        gap: Pixels between widgets and between lines.
        indent: Pixels before the first widget of a line.
        fills: The last widget takes the rest of its line. It has a frame of its own, so that it starts a line without indent.
    """

    def __init__(self, gap: int, indent: int = 0, *, fills: bool = False) -> None:
        super().__init__()
        self._gap = gap
        self._indent = indent
        self._fills = fills
        self._widgets: Sequence[QWidget] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets in this order; others that were shown are the caller's to take away."""
        self._widgets = tuple(widgets)
        for widget in widgets:
            if widget.parentWidget() is not self:
                widget.setParent(self)
                widget.show()
        self._place()
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """How tall it is when `width` wide."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """As tall as it needs to be for the width it has."""
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for the smallest chip."""
        return QSize(120, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines anew."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # Qt bounds the height by a hint it took at another width

    def event(self, event: QEvent) -> bool:
        """Set the lines anew when a widget wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return super().event(event)

    def _place(self) -> None:
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)

    def _places(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        x = y = 0
        line: list[tuple[QWidget, QRect]] = []
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        for widget in shown:
            fills = self._fills and widget is self._widgets[-1]
            start = 0 if fills else self._indent
            x = x or start
            size = widget.sizeHint().boundedTo(QSize(max(width - start, 1), 10_000))
            size.setHeight(max(size.height(), widget.minimumHeight()))
            if x + size.width() > width and x > start:
                yield from _centred(line)
                x, y, line = start, y + _height(line) + self._gap, []
            if fills:
                size.setWidth(max(size.width(), width - x))
            line.append((widget, QRect(x, y, size.width(), size.height())))
            x += size.width() + self._gap
        yield from _centred(line)


def _height(line: Sequence[tuple[QWidget, QRect]]) -> int:
    return max((place.height() for _, place in line), default=0)


def _centred(line: Sequence[tuple[QWidget, QRect]]) -> Iterator[tuple[QWidget, QRect]]:
    """The widgets of one line, lower ones in the middle of it."""
    height = _height(line)
    for widget, place in line:
        yield widget, place.translated(0, (height - place.height()) // 2)
