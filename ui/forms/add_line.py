"""The line behind chips in which the next is typed; a list of what fits opens beneath it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QSizePolicy

from ui.forms.editor import INDENT

_KEY: Final = Qt.ItemDataRole.UserRole
_AROUND: Final = 24
"""What stands around the words of the line, in pixels."""


class AddLine(QLineEdit):
    """Where the next chip is typed; a list of what fits opens beneath it.

    Args:
        placeholder: What it says while empty, translated.
    """

    asked = Signal(str)
    """Something was typed, or the list was asked for: whoever knows calls `offer`."""
    picked = Signal(object)
    """The key of a line of the list."""
    entered = Signal()
    """Enter was pressed and no line of the list was meant."""
    led_to = Signal(str)
    """The form leads here because of what was typed and not entered."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("addLine")
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model = QStandardItemModel(self)
        self._completer = QCompleter(self.model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self)
        self._list = QListView()
        self._list.setObjectName("suggestions")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._completer.setPopup(self._list)
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self.textEdited.connect(self.asked)

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(110, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for what it says while it is empty; the layout gives it the rest of the line."""
        least = self.minimumSizeHint()
        said = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _AROUND
        return QSize(max(least.width(), said), least.height())

    def offer(self, lines: list[tuple[object, str]]) -> None:
        """Show these keys and texts to pick from; nothing where there are none."""
        self.model.clear()
        for key, text in lines:
            item = QStandardItem(text)
            item.setData(key, _KEY)
            item.setEditable(False)
            self.model.appendRow(item)
        if not lines or not self.hasFocus():
            self._list.hide()
            return
        self._completer.complete(self._room())
        self._list.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _room(self) -> QRect:
        """The list is as wide as the whole field, wherever in it the line has come to stand."""
        field = self.parentWidget()
        if field is None:
            return self.rect()
        return QRect(INDENT - self.x(), 0, field.width() - INDENT, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down asks for the list; Enter takes the line that is marked in it, or else enters what was typed."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Down:
            self.asked.emit(self.text())
        elif is_enter and self.text().strip() and not self._list.isVisible():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the form leads to what was typed and not entered, the list shows what it may be."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason and self.text().strip():
            self.led_to.emit(self.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the empty line asks for the list."""
        super().mousePressEvent(event)
        if not self.text():
            self.asked.emit("")

    def _on_activated(self, index: QModelIndex) -> None:
        key = index.data(_KEY)
        self.clear()
        self.picked.emit(key)
