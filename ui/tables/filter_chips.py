"""The conditions of a list as chips above it, each with a cross; the last chip adds one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from riskreg.records import fields
from riskreg.views import Where
from ui import icons
from ui.context import Context
from ui.forms.flow import FlowBox
from ui.tables import cells, conditions
from ui.titles import named
from ui.widgets import buttons

_TAKES_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Chip(QFrame):
    """A condition. Delete takes it away, and not the records below."""

    def __init__(self, remove: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("chip")
        self._remove = remove

    def event(self, event: QEvent) -> bool:
        """Delete means the chip while the chip has the focus."""
        if isinstance(event, QKeyEvent) and event.key() in _TAKES_AWAY:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._remove()
                return True
        return super().event(event)


class FilterChips(QWidget):
    """The conditions of a list as chips, each with a cross; the last chip adds one."""

    changed = Signal(tuple)
    """The conditions are others now: a tuple of `Where`."""
    wanted = Signal(object)
    """The bar is wanted: a `Where` to change, or None for a new one."""

    def __init__(
        self, context: Context, kinds: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kinds = kinds
        self._where: tuple[Where, ...] = ()
        self._leading: list[QWidget] = []
        self._flow = FlowBox(context.theme.space("s"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._flow)
        self._chips: list[QWidget] = []
        self._add = buttons.chip(
            context.theme, context.t.gettext("Add filter"), "plus", lambda: self.wanted.emit(None)
        )
        self._settle()

    def lead_with(self, widget: QWidget) -> None:
        """Put a widget before the chips, such as the list of usual views."""
        self._leading.append(widget)
        self._settle()

    def take_focus(self) -> None:
        """Keys act on the chips."""
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def where(self) -> tuple[Where, ...]:
        """The conditions."""
        return self._where

    def show_conditions(self, where: tuple[Where, ...]) -> None:
        """Show these conditions."""
        self._where = where
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(each) for each in where]
        self._settle()

    def fold(self, is_told: bool) -> None:
        """Hide the chips where another one, such as that of a usual view, says the same already."""
        for chip in self._chips:
            chip.setVisible(not is_told)
        self._settle()

    def put(self, where: Where, instead: Where | None = None) -> None:
        """Add a condition, or put it in the place of another."""
        if instead in self._where:
            self._become(tuple(where if each == instead else each for each in self._where))
        else:
            self._become((*self._where, where))

    def _settle(self) -> None:
        self._flow.show_widgets([*self._leading, *self._chips, self._add])

    def _become(self, where: tuple[Where, ...]) -> None:
        self.show_conditions(where)
        self.changed.emit(where)

    def _chip(self, where: Where) -> QWidget:
        context = self._context
        text = self._words(where)
        frame = _Chip(lambda: self._remove(where))
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(0, 0, 2, 0)
        layout.setSpacing(0)
        change = buttons.chip(context.theme, text, "filter", lambda: self.wanted.emit(where))
        change.setProperty("look", "inner")
        layout.addWidget(change)
        name = context.t.gettext("Remove filter: {filter}").format(filter=text)
        remove = buttons.tool(context.theme, "x", name, lambda: self._remove(where))
        icons.put(remove, context.theme, "x", "muted", 14)
        remove.setToolTip("")
        remove.setProperty("look", "inner")
        layout.addWidget(remove)
        return frame

    def _remove(self, where: Where) -> None:
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._become(tuple(each for each in self._where if each is not where))

    def _words(self, where: Where) -> str:
        register, t = self._context.register, self._context.t
        kind = cells.columns_of(self._kinds)[where.field]
        names = register.names(_linked(where) if isinstance(kind, fields.Links) else ())
        label = cells.field_label(self._kinds, where.field, t)
        return conditions.words(
            where, kind, label, t, register.vocabulary, named(names, t.language)
        )


def _linked(where: Where) -> list[int]:
    """The records that a condition names."""
    if where.op in ("empty", "within"):
        return []
    members = where.value if isinstance(where.value, tuple | frozenset) else (where.value,)
    return [id for id in members if isinstance(id, int)]
