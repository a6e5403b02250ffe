"""Editing in the cell: a field over it, what can be chosen or how the text is read beneath it, and beside it why it was not saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from riskreg.batches import editable
from riskreg.changes import Changed, ChangeSet, edit
from riskreg.errors import N_, Expected, Refused, Stale
from riskreg.formats import format_value, parse_value
from riskreg.records import Record, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import folded
from riskreg.records.values import Unfit
from riskreg.wording import message, unfit_words
from ui.context import Context
from ui.forms.directory import RegisterDirectory
from ui.forms.editors import short_text
from ui.widgets.text import Text

_LINES: Final = 8
_LEAST_WIDTH: Final = 190
_LISTED: Final = (fields.Choice, fields.YesNo, fields.Score, fields.Links)
_VALUE: Final = int(Qt.ItemDataRole.UserRole)


def in_cell(kind: str, key: str) -> FieldKind | None:
    """The field, where it can be edited in a cell: one value that fits into a line or is chosen from a list."""
    what = editable(kind).get(key)
    match what:
        case fields.Choices() | fields.Tags() | fields.Facts() | None:
            return None
        case fields.Links():
            return what if what.one and not what.mirror else None
        case _:
            return what


class Option(NamedTuple):
    """One value that can be chosen, and its words."""

    value: Value
    words: str


class CellEditor(QFrame):
    """Edits one field of one record over its cell.

    Args:
        context: What the window shares.
        over: The area whose cells it covers.
    """

    closed = Signal()
    """It was left, or what was typed is saved."""
    moved_on = Signal(int)
    """It was saved by Tab (1) or Shift+Tab (-1): the next cell is wanted."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("cellEditor")
        self._over = over
        self._context = context
        self.record: Record | None = None
        self.key = ""
        self._kind: FieldKind = fields.Line(label="")
        self._options: Sequence[Option] = ()
        self._before = ""
        self._is_saving = False
        self._then = 0
        self.line = QLineEdit()
        self.line.setObjectName("cellLine")
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = Text("", "small", "muted", wraps=True)
        self.words.setContentsMargins(8, 2, 8, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for widget in (self.line, self.list, self.words):
            layout.addWidget(widget)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_text_edited)
        self.list.itemClicked.connect(lambda _item: self.save())
        self.hide()

    @property
    def is_open(self) -> bool:
        """Something is being edited."""
        return self.record is not None

    def open(self, record: Record, key: str, kind: FieldKind, text: str | None = None) -> None:
        """Edit a field; `text` is what was typed already, in the place of what is there."""
        self.record, self.key, self._kind = record, key, kind
        self._is_saving, self._then = False, 0
        self._before = self._written(record.get(key))
        self.line.setAccessibleName(self._context.t.label(record.kind, key))
        self.line.setEnabled(True)
        self.line.setText(self._before if text is None else text)
        if text is None:
            self.line.selectAll()
        is_listed = isinstance(kind, _LISTED)
        self.list.setVisible(is_listed)
        if is_listed:
            self._offer("" if text is None else text)
        self._say(self._reading() if text is not None else "")
        self.show()
        self.raise_()
        self.line.setFocus()

    def place(self, cell: QRect) -> None:
        """Cover a cell; what stands beneath moves above where there is no room."""
        area = self._over.rect()
        self.line.setFixedHeight(max(cell.height() - 2, 28))
        width = min(max(cell.width(), _LEAST_WIDTH), area.width())
        self.setFixedWidth(width)
        self.adjustSize()
        left = max(0, min(cell.left(), area.width() - width))
        room = area.height() - self.height()
        self.move(left, max(0, min(cell.top(), room)))

    def save(self) -> None:
        """Save what stands here as one change; where that is not possible, say why and stay."""
        if self.record is None or self._is_saving:
            return
        try:
            value = self._value()
        except Unfit as unfit:
            self._say(unfit_words(unfit, self._context.t), "high")
            return
        change = edit(self.record, {self.key: value})
        if change is None:
            self._finish()
            return
        self._is_saving = True
        facts = {"refs": self.record.ref} if self.record.ref else {}
        changes = ChangeSet(act="edit", changes=(change,), facts=facts)
        self._context.change(changes, self._on_saved, self._on_failed)

    def leave(self) -> None:
        """Stop editing; nothing is saved."""
        self._then = 0
        self._finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and the focus of the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._on_line_left(event.reason())
        return super().eventFilter(watched, event)

    # keys

    def _takes(self, event: QKeyEvent) -> bool:
        calls: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: lambda: self._save_and_move(0),
            Qt.Key.Key_Enter: lambda: self._save_and_move(0),
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_Tab: lambda: self._save_and_move(1),
            Qt.Key.Key_Backtab: lambda: self._save_and_move(-1),
        }
        if self.list.isVisible():
            calls |= {Qt.Key.Key_Up: lambda: self._step(-1), Qt.Key.Key_Down: lambda: self._step(1)}
        if call := calls.get(event.key()):
            call()
        return call is not None

    def _save_and_move(self, by: int) -> None:
        self._then = by
        self.save()

    def _step(self, by: int) -> None:
        row = self.list.currentRow() + by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _on_line_left(self, reason: Qt.FocusReason) -> None:
        """Who clicks elsewhere has finished; another window or a menu is no reason to."""
        if reason in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason):
            self.save()

    # what is typed

    def _on_text_edited(self, text: str) -> None:
        if isinstance(self._kind, _LISTED):
            self._offer(text)
        self._say(self._reading())
        self._resize()

    def _offer(self, words: str) -> None:
        """Show what can be chosen, narrowed by what was typed."""
        self._options = self._fitting(words)
        self.list.clear()
        held = self.record.get(self.key) if self.record else None
        for place, option in enumerate(self._options):
            item = QListWidgetItem(option.words)
            item.setData(_VALUE, place)
            self.list.addItem(item)
            if option.value == held and not words:
                self.list.setCurrentRow(place)
        if self.list.currentRow() < 0 and self._options:
            self.list.setCurrentRow(1 if not words and len(self._options) > 1 else 0)
        lines = min(max(len(self._options), 1), _LINES)
        self.list.setFixedHeight(lines * max(self.list.sizeHintForRow(0), 24) + 10)

    def _fitting(self, words: str) -> list[Option]:
        if isinstance(self._kind, fields.Links):
            found = RegisterDirectory(self._context).suggest(self._kind.to, words)
            offered = [Option(frozenset({id}), f"{name.ref} {name.title}") for id, name in found]
        else:
            wanted = folded(words)
            offered = [each for each in self._choices() if wanted in folded(each.words)]
            offered.sort(key=lambda each: not folded(each.words).startswith(wanted))
        may_be_empty = not words and not self._kind.required
        none = Option(fields.empty(self._kind), self._context.t.gettext(N_("(empty)")))
        return [none, *offered] if may_be_empty else offered

    def _choices(self) -> list[Option]:
        vocabulary, t = self._context.register.vocabulary, self._context.t
        vocabulary = vocabulary.scored_by(getattr(self.record, "scored_by", ()))
        values: Sequence[Value] = (True, False)
        if isinstance(self._kind, fields.Choice):
            values = vocabulary.terms_of(self._kind.terms).offered
        if isinstance(self._kind, fields.Score):
            scale = vocabulary.scale
            steps = scale.likelihood if self._kind.axis == "likelihood" else scale.impact
            values = [step.value for step in steps]
        return [Option(value, format_value(self._kind, value, t, vocabulary)) for value in values]

    def _value(self) -> Value:
        """What stands here as a value; raises `Unfit`."""
        text = self.line.text()
        if isinstance(self._kind, _LISTED):
            item = self.list.currentItem()
            if item is None:
                raise Unfit(N_("“{value}” is not in the list"), value=text)
            return self._options[int(item.data(_VALUE))].value
        if text == self._before and self.record is not None:
            return self.record.get(self.key)
        register = self._context.register
        zone = register.organisation().zone
        return parse_value(self._kind, text, self._context.t, register.vocabulary, zone)

    def _written(self, value: Value) -> str:
        """A value as it is typed quickest."""
        if isinstance(self._kind, _LISTED) or value is None:
            return ""
        return short_text(value, self._context.register.organisation().zone)

    def _reading(self) -> str:
        """How what is typed will be stored, where that is not just the text."""
        if isinstance(self._kind, (*_LISTED, fields.Line, fields.Prose)):
            return ""
        try:
            value = self._value()
        except Unfit:
            return ""
        register = self._context.register
        return format_value(self._kind, value, self._context.t, register.vocabulary)

    # how it ends

    def _on_saved(self, _changed: Changed) -> None:
        self._finish()

    def _on_failed(self, error: Expected) -> None:
        """What was typed stays, and beside it stands why it is not saved."""
        self._is_saving, t = False, self._context.t
        match error:
            case Stale() if self.record is not None:
                id = self.record.id
                self._context.ask(lambda reader: reader.record(id), self._show_theirs)
            case Refused():
                self._say(" ".join(each.text(t.gettext) for each in error.problems), "high")
            case _:
                told = message(error, t)
                self._say(f"{told.what} {told.do}", "high")
        self.line.setFocus()

    def _show_theirs(self, record: Record) -> None:
        """The field was changed meanwhile: what was typed stays and stands against what is stored now."""
        if self.record is None or record.id != self.record.id:
            return
        self.record = record
        words = self._context.t.gettext(
            N_("Changed meanwhile to “{value}”. Enter keeps yours, Esc keeps theirs.")
        )
        self._say(words.format(value=self._shown(record.get(self.key))), "high")

    def _shown(self, value: Value) -> str:
        register = self._context.register
        links = value if isinstance(self._kind, fields.Links) else frozenset()
        names = register.names(cast("frozenset[int]", links))
        return format_value(self._kind, value, self._context.t, register.vocabulary, names)

    def _finish(self) -> None:
        then, self.record, self._is_saving = self._then, None, False
        self.hide()
        self.closed.emit()
        if then:
            self.moved_on.emit(then)

    def _say(self, words: str, tone: str = "muted") -> None:
        self.words.setText(words)
        self.words.set_tone(tone)
        self.words.setVisible(bool(words))
        self.line.setAccessibleDescription(words)
        self._resize()
        if tone == "high":
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def _resize(self) -> None:
        bottom = self._over.height()
        self.adjustSize()
        if self.geometry().bottom() > bottom:
            self.move(self.x(), max(0, bottom - self.height()))
