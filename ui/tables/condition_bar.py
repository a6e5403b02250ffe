"""The bar in which a condition of a list is made or changed.

It stands in the page, not in a popup: an input method, a screen reader and the Tab key work in it as anywhere else.
"""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_, Expected
from riskreg.formats import format_value, parse_value
from riskreg.records import fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Terms
from riskreg.records.values import Unfit
from riskreg.views import Where
from ui.context import Context
from ui.forms.choose import CalmComboBox
from ui.forms.directory import RegisterDirectory
from ui.tables import cells, conditions
from ui.tables.conditions import Operator
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text

_LINES: Final = 7
_KEY: Final = int(Qt.ItemDataRole.UserRole)
_DAYS: Final = N_("days, such as 7")
_MOST_DAYS: Final = 3660
_EXAMPLES: Final = {
    fields.Day: N_("such as 2026-11-20 or today"),
    fields.Instant: N_("such as 2026-11-20 or 2026-11-20 18:40"),
    fields.Links: N_("a name or a ref"),
    fields.Tags: N_("a tag"),
    fields.Count: N_("a number"),
    fields.Duration: N_("a number"),
    fields.Score: N_("a number"),
    fields.Money: N_("such as HKD 18000.00"),
}


class ConditionBar(QFrame):
    """Field, comparison, value: makes one condition.

    Args:
        context: What the window shares.
        kinds: The kinds of the list.
    """

    made = Signal(object)
    """A `Where`."""
    closed = Signal()
    """The bar is gone, with or without a condition."""

    def __init__(
        self, context: Context, kinds: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._context = context
        self._kinds = kinds
        self._fields = {
            key: kind
            for key, kind in cells.columns_of(kinds).items()
            if conditions.can_filter(key, kind)
        }
        t = context.t
        self.field = _combo(context.theme, t.gettext(N_("Field")))
        for key in sorted(
            self._fields, key=lambda key: cells.field_label(kinds, key, t).casefold()
        ):
            self.field.addItem(cells.field_label(kinds, key, t), key)
        self.operator = _combo(context.theme, t.gettext(N_("Comparison")))
        self.value = QLineEdit()
        self.value.setAccessibleName(t.gettext("Value"))
        self.terms = QListWidget()
        self.terms.setAccessibleName(t.gettext("Value"))
        self.found = QListWidget()
        self.found.setAccessibleName(t.gettext(N_("Records that fit")))
        self.found.itemClicked.connect(lambda _item: self._apply())
        self.problem = Text("", "small", "high", wraps=True)
        self.problem.hide()
        self._lay_out()
        self.field.currentIndexChanged.connect(self._on_field_changed)
        self.operator.currentIndexChanged.connect(self._on_operator_changed)
        self.value.textChanged.connect(self._find)
        self.hide()

    def start(self, where: Where | None = None) -> None:
        """Open the bar, for a new condition or for one to be changed."""
        key = (
            where.field
            if where
            else "status"
            if "status" in self._fields
            else next(iter(self._fields))
        )
        with QSignalBlocker(self.field):
            self.field.setCurrentIndex(max(0, self.field.findData(key)))
        self._on_field_changed()
        if where:
            self._show(where)
        self.problem.hide()
        self.show()
        (
            self.field
            if where is None
            else self.terms
            if self.terms.isVisibleTo(self)
            else self.value
        ).setFocus()

    def leave(self) -> None:
        """Make no condition."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies from every field, Esc leaves, the arrows walk through the records that fit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.found.isVisibleTo(self):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self.found.currentRow() + by
            self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        t, theme = self._context.t, self._context.theme
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.field)
        row.addWidget(self.operator)
        row.addWidget(self.value, 1)
        apply = buttons.button(theme, t.gettext(N_("Apply")), "", self._apply)
        for control in (self.field, self.operator, apply):
            control.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(apply)
        row.addStretch(0)
        row.addWidget(buttons.tool(theme, "x", t.gettext("Close"), self.leave))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            theme.space("s"), theme.space("s"), theme.space("s"), theme.space("s")
        )
        layout.addLayout(row)
        layout.addWidget(self.terms)
        layout.addWidget(self.found)
        layout.addWidget(self.problem)

    @property
    def _kind(self) -> FieldKind:
        return self._fields[self.field.currentData()]

    @property
    def _chosen(self) -> Operator:
        return conditions.operators(self._kind)[max(0, self.operator.currentIndex())]

    def _on_field_changed(self) -> None:
        kind, t = self._kind, self._context.t
        with QSignalBlocker(self.operator):
            self.operator.clear()
            for each in conditions.operators(kind):
                self.operator.addItem(t.gettext(each.words))
        self.value.clear()
        self._fill_terms()
        self._on_operator_changed()

    def _example(self) -> str:
        if self._chosen.op == "within":
            return _DAYS
        kind = self._kind
        return _EXAMPLES.get(type(kind.of if isinstance(kind, fields.Derived) else kind), "")

    def _find(self, words: str) -> None:
        """Offer the records that fit what was typed for a link."""
        kind = self._kind
        self.found.clear()
        if not isinstance(kind, fields.Links) or self.value.isHidden():
            self.found.hide()
            return
        for id, name in RegisterDirectory(self._context).suggest(kind.to, words.strip()):
            item = QListWidgetItem(f"{name.ref} {name.title}")
            item.setData(_KEY, id)
            self.found.addItem(item)
        if words.strip() and self.found.count():
            self.found.setCurrentRow(0)
        lines = min(max(self.found.count(), 1), _LINES)
        self.found.setFixedHeight(lines * max(self.found.sizeHintForRow(0), 22) + 14)
        self.found.setVisible(self.found.count() > 0)

    def _fill_terms(self) -> None:
        self.terms.clear()
        for key, label in self._choices():
            item = QListWidgetItem(label)
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            self.terms.addItem(item)
        lines = min(max(self.terms.count(), 1), _LINES)
        self.terms.setFixedHeight(lines * max(self.terms.sizeHintForRow(0), 22) + 14)

    def _choices(self) -> list[tuple[object, str]]:
        t = self._context.t
        if isinstance(self._kind, fields.YesNo):
            return [(True, t.gettext("Yes")), (False, t.gettext("No"))]
        terms = self._terms()
        return [(key, terms.label(key, t.language)) for key in terms.keys] if terms else []

    def _terms(self) -> Terms | None:
        kind = conditions.is_listed(self._kind)
        return self._context.register.vocabulary.terms_of(kind.terms) if kind else None

    def _on_operator_changed(self) -> None:
        has_value = self._chosen.op != "empty"
        has_terms = self.terms.count() > 0
        self.terms.setVisible(has_value and has_terms)
        self.value.setVisible(has_value and not has_terms)
        self.value.setPlaceholderText(self._context.t.gettext(self._example()))
        self._find(self.value.text())
        self.problem.hide()

    def _show(self, where: Where) -> None:
        kind = self._kind
        self.operator.setCurrentIndex(
            max(0, _place(conditions.operators(kind), conditions.operator_of(where, kind)))
        )
        members = where.value if isinstance(where.value, tuple) else (where.value,)
        for place in range(self.terms.count()):
            item = self.terms.item(place)
            item.setCheckState(
                Qt.CheckState.Checked if item.data(_KEY) in members else Qt.CheckState.Unchecked
            )
        if where.op != "empty" and not self.terms.count():
            self.value.setText(self._text_of(where.value))

    def _text_of(self, value: object) -> str:
        if isinstance(self._kind, fields.Links):
            ids = value if isinstance(value, frozenset) else {value}
            names = self._context.register.names(cast("frozenset[int]", ids))
            return next((name.ref for name in names.values()), "")
        if self._chosen.op == "within":
            return str(abs(int(cast("int", value))))
        if isinstance(value, str):
            return value
        vocabulary = self._context.register.vocabulary
        return format_value(self._kind, cast("Value", value), self._context.t, vocabulary)

    def _apply(self) -> None:
        try:
            where = self._made()
        except Unfit as error:
            self._complain(self._context.t.gettext(error.reason).format(**error.parameters))
        except Expected as error:
            self._complain(error.message(self._context.t.gettext).what)
        else:
            self.hide()
            self.made.emit(where)
            self.closed.emit()

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _made(self) -> Where:
        key, chosen = self.field.currentData(), self._chosen
        if chosen.op == "empty":
            return Where(key, "empty", chosen is conditions.EMPTY)
        if self.terms.count():
            return self._of_terms(key, chosen)
        return Where(key, chosen.op, self._read())

    def _of_terms(self, key: str, chosen: Operator) -> Where:
        items = [self.terms.item(place) for place in range(self.terms.count())]
        checked = tuple(
            item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked
        )
        if not checked:
            raise Unfit(N_("choose at least one"))
        if chosen.op == "in":
            return Where(key, "in", checked)
        return Where(key, chosen.op, checked[0])

    def _read(self) -> Value:
        kind, text = self._kind, self.value.text().strip()
        if isinstance(kind, fields.Links):
            id = self._linked(text)
            return id if self._chosen.op == "contains" else frozenset({id})
        if not text:
            raise Unfit(N_("type a value"))
        if self._chosen.op == "within":
            return self._days(text)
        if self._chosen.op == "contains":
            return text
        register = self._context.register
        return parse_value(
            kind, text, self._context.t, register.vocabulary, register.organisation().zone
        )

    def _linked(self, text: str) -> int:
        """The record that is marked among those that fit, or the one with this ref."""
        row = self.found.currentRow()
        if row >= 0:
            return int(self.found.item(row).data(_KEY))
        if not text:
            raise Unfit(N_("type a value"))
        return self._context.register.find(text)

    def _days(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) <= _MOST_DAYS):
            raise Unfit(N_("a whole number is expected"))
        return int(text) if self._chosen is conditions.NEXT_DAYS else -int(text)


def _combo(theme: Theme, name: str) -> QComboBox:
    combo = CalmComboBox(theme)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.setMaxVisibleItems(20)
    return combo


def _place(known: tuple[Operator, ...], wanted: Operator) -> int:
    return next(
        (
            place
            for place, each in enumerate(known)
            if each.op == wanted.op and each.words == wanted.words
        ),
        0,
    )
