"""Which columns a list shows, and in which order: ticks and two buttons, or dragging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.tables import cells
from ui.widgets import buttons

_KEY: Final = int(Qt.ItemDataRole.UserRole)
_ALWAYS: Final = ("ref", "title")
_NEVER: Final = ("deleted_at",)
_HEIGHT: Final = 380


class ColumnsDialog(Sheet):
    """The columns of one list.

    Args:
        context: What the window shares.
        kinds: The kinds of the list.
        shown: Its columns as they are.
        usual: Its columns at first.
    """

    chosen = Signal(tuple)
    """The columns from left to right."""

    def __init__(
        self,
        context: Context,
        kinds: tuple[str, ...],
        shown: Sequence[str],
        usual: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        t = context.t
        lead = t.gettext(
            N_("Tick what the list shows. What stands higher here stands further left.")
        )
        super().__init__(context, t.gettext(N_("Columns")), lead, parent, width=440)
        self._kinds = kinds
        self._usual = tuple(usual)
        self.list = QListWidget()
        self.list.setAccessibleName(t.gettext(N_("Columns")))
        self.list.setMinimumHeight(_HEIGHT)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.body.addLayout(self._parts())
        self.foot.insertWidget(
            0, buttons.button(context.theme, t.gettext(N_("As at first")), call=self.reset)
        )
        self.add_primary(t.gettext(N_("Show these")), "check", self._apply)
        self._fill(tuple(shown))

    def columns(self) -> tuple[str, ...]:
        """The ticked columns in their order."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return tuple(
            item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, key: str, is_on: bool = True) -> None:
        """Show a column, or not."""
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(_KEY) == key:
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
                self.list.setCurrentRow(place)

    def reset(self) -> None:
        """The columns that the list has at first."""
        self._fill(self._usual)

    def shift(self, by: int) -> None:
        """Move the marked column further left (-1) or right (1)."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count() and row >= 0:
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)

    def _parts(self) -> QHBoxLayout:
        theme, t = self.context.theme, self.context.t
        side = QVBoxLayout()
        for icon, name, by in (
            ("arrow-up", N_("Further left"), -1),
            ("arrow-down", N_("Further right"), 1),
        ):
            side.addWidget(
                buttons.tool(theme, icon, t.gettext(name), lambda by=by: self.shift(by))  # type: ignore[misc]
            )
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(side)
        return row

    def _fill(self, shown: tuple[str, ...]) -> None:
        t = self.context.t
        known = {
            key: cells.label(self._kinds, key, t)
            for key, kind in cells.columns_of(self._kinds).items()
            if not kind.retired and key not in _NEVER and not cells.is_mark(self._kinds, key)
        }
        rest = sorted((key for key in known if key not in shown), key=lambda key: known[key])
        self.list.clear()
        for key in (*(key for key in shown if key in known), *rest):
            item = QListWidgetItem(known[key])
            item.setData(_KEY, key)
            item.setFlags(_flags(key))
            item.setCheckState(
                Qt.CheckState.Checked if key in shown or key in _ALWAYS else Qt.CheckState.Unchecked
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _apply(self) -> None:
        self.chosen.emit(self.columns())
        self.accept()


def _flags(key: str) -> Qt.ItemFlag:
    """Ref and title can be moved and not left out: without them nobody knows what a row is."""
    flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled
    return flags if key in _ALWAYS else flags | Qt.ItemFlag.ItemIsUserCheckable
