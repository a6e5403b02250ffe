"""What the window asks of whatever stands in its middle."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.context import Context
from ui.widgets.text import Elided, Text

_LEAST_FIELD = 104
_MOVES = QAbstractSlider.SliderAction
_SCROLLS: Final = {
    int(Qt.Key.Key_Up): _MOVES.SliderSingleStepSub,
    int(Qt.Key.Key_Down): _MOVES.SliderSingleStepAdd,
    int(Qt.Key.Key_PageUp): _MOVES.SliderPageStepSub,
    int(Qt.Key.Key_PageDown): _MOVES.SliderPageStepAdd,
    int(Qt.Key.Key_Home): _MOVES.SliderToMinimum,
    int(Qt.Key.Key_End): _MOVES.SliderToMaximum,
}


class Page(QWidget):
    """A page: a title, what can be done (in `head`), and its content.

    Args:
        context: What the window shares.
        title: Its name, translated.
    """

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        self.scrolled: QScrollArea | None = None
        """What keys scroll while the page itself has the focus."""
        self.setAccessibleName(title)
        self.title = Text(title, "page")
        self.subtitle = Elided("", "small", "muted")
        self.subtitle.hide()
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        self.head = self._head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has what can be done beneath its title."""
        self._set_head()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, where nothing on the page wants the key."""
        move = _SCROLLS.get(event.key())
        if self.scrolled is None or move is None:
            super().keyPressEvent(event)
        else:
            self.scrolled.verticalScrollBar().triggerAction(move)

    def enter(self) -> None:
        """The page is shown: ask for what it shows."""

    def take_focus(self) -> None:
        """Keys act on what the page shows, not on the list of pages."""
        self.setFocus()

    def start_search(self) -> None:
        """The person wants to narrow what the page shows."""

    def delete(self) -> None:
        """Move what is chosen to the bin."""

    def do(self, command: str) -> None:
        """Carry out a command of `actions.OF_PAGES`; most pages have nothing to copy or to paste."""

    def selected_ids(self) -> list[int]:
        """The records that are chosen."""
        return []

    def edge(self) -> int:
        """The distance of content from the page's sides in pixels."""
        return self.context.theme.space("xl")

    def keep_edge(self, area: QScrollArea, layout: QLayout) -> None:
        """What a page scrolls ends where its head does, also while the bar stands beside it: the bar takes its room from the edge."""
        bar = area.verticalScrollBar()

        def set_right(_least: int, most: int) -> None:
            margins = layout.contentsMargins()
            margins.setRight(self.edge() - (bar.sizeHint().width() if most else 0))
            layout.setContentsMargins(margins)

        bar.rangeChanged.connect(set_right)
        set_right(0, bar.maximum())

    def _head(self) -> QHBoxLayout:
        theme = self.context.theme
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setContentsMargins(self.edge(), theme.space("l"), self.edge(), theme.space("m"))
        self._top.setSpacing(theme.space("s"))
        self._top.addLayout(names, 1)
        self._top.addLayout(head)
        self.layout_.addLayout(self._top)
        return head

    def _set_head(self) -> None:
        """Beside the title where there is room, else beneath it: a title is never cut."""
        beside = (
            self.title.sizeHint().width() + self._top.spacing() + self.head.minimumSize().width()
        )
        fits = beside + 2 * self.edge() <= self.width()
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        side = Qt.AlignmentFlag(0) if fits else Qt.AlignmentFlag.AlignLeft
        self._top.setAlignment(self.head, side)


class SearchField(QLineEdit):
    """A field with a magnifying glass, narrower where there is no room.

    Args:
        context: What the window shares.
        hint: What it searches, translated.
        width: Its usual width in pixels.
    """

    def __init__(self, context: Context, hint: str, width: int = 230) -> None:
        super().__init__()
        self._width = width
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(width)
        self._theme = context.theme
        self._glass = self.addAction(self._picture(), QLineEdit.ActionPosition.LeadingPosition)
        context.theme.changed.connect(self._on_theme_changed)

    def _picture(self) -> QIcon:
        return icons.icon(self._theme, "search", "muted")

    def _on_theme_changed(self) -> None:
        self._glass.setIcon(self._picture())

    def sizeHint(self) -> QSize:
        """Its usual width."""
        return QSize(self._width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(_LEAST_FIELD, super().minimumSizeHint().height())


def search_field(context: Context, hint: str, width: int = 230) -> SearchField:
    """A search field of the usual width."""
    return SearchField(context, hint, width)
