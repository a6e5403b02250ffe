"""Editors of one key out of few: a list, yes or no, and the steps of a scale."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.records.fields import Value
from riskreg.records.terms import Step
from ui import icons
from ui.forms.editor import Editor
from ui.forms.kit import Kit
from ui.theme import Theme
from ui.widgets.text import Text

_ARROW: Final = 14
NOT_KNOWN: Final = N_("Not known yet")


class CalmComboBox(QComboBox):
    """A list that the wheel scrolls past, instead of changing what it passes over; its arrow is in the colours of the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow at the end: a style sheet can only name pictures of one colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        picture = icons.pixmap(
            self._theme, "chevron-down", "muted", _ARROW, self.devicePixelRatioF()
        )
        left = self.width() - _ARROW - self._theme.space("s")
        painter.drawPixmap(left, (self.height() - _ARROW) // 2, picture)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceEditor(Editor):
    """One choice of a list, the empty one first."""

    is_framed = True

    def __init__(self, kit: Kit, terms: str) -> None:
        super().__init__()
        self._language = kit.t.language
        self._terms = kit.vocabulary.terms_of(terms)
        self.box = CalmComboBox(kit.theme)
        self.box.addItem(kit.t.gettext(NOT_KNOWN), None)
        for key in self._terms.offered:
            self.box.addItem(self._terms.label(key, self._language), key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.currentIndexChanged.connect(self._mark_empty)
        self.box.activated.connect(self.changed)
        self._mark_empty()

    def value(self) -> Value:
        """The key that is chosen."""
        key: str | None = self.box.currentData()
        return key

    def set_value(self, value: Value) -> None:
        """Choose a key; one that is no longer offered is shown and kept."""
        if value is not None and self.box.findData(value) < 0:
            key = cast("str", value)
            self.box.addItem(self._terms.label(key, self._language), key)
        self.box.setCurrentIndex(self.box.findData(value) if value is not None else 0)

    def controls(self) -> tuple[QWidget, ...]:
        """The list."""
        return (self.box,)

    def _mark_empty(self) -> None:
        is_empty = self.box.currentIndex() == 0
        if self.box.property("empty") == is_empty:
            return
        self.box.setProperty("empty", is_empty)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)


class YesNoEditor(Editor):
    """Yes, no, or not known yet."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(kit.theme.space("l"))
        self._buttons: dict[bool | None, QRadioButton] = {}
        for value, label in ((True, N_("Yes")), (False, N_("No")), (None, NOT_KNOWN)):
            button = QRadioButton(kit.t.gettext(label))
            self._buttons[value] = button
            layout.addWidget(button)
            button.clicked.connect(self.changed)
        layout.addStretch(1)
        self.set_value(None)

    def value(self) -> Value:
        """True, False or None."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: Value) -> None:
        """Check the button of a value."""
        self._buttons[cast("bool | None", value)].setChecked(True)

    def controls(self) -> tuple[QWidget, ...]:
        """The three buttons."""
        return tuple(self._buttons.values())


class StepButton(QToolButton):
    """One step of a scale; the arrows move along it, Delete clears it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys that concern the whole scale to it."""
        scale = self.parent()
        if not (isinstance(scale, ScoreEditor) and scale.handle_key(event.key())):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say when this step would be chosen."""
        super().enterEvent(event)
        self._tell(self)

    def leaveEvent(self, event: QEvent) -> None:
        """Say again when the one that is chosen is."""
        super().leaveEvent(event)
        self._tell(None)

    def _tell(self, step: StepButton | None) -> None:
        scale = self.parent()
        if isinstance(scale, ScoreEditor):
            scale.tell(step)


class ScoreEditor(Editor):
    """A step of the scale that a risk is scored by, with its word and when to choose it."""

    def __init__(self, kit: Kit, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self._kit = kit
        self._steps: tuple[Step, ...] = ()
        self._value: int | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._said = Text(role="small", tone="muted", wraps=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(kit.theme.space("xs"))
        layout.addLayout(self._row)
        layout.addWidget(self._said)
        self.set_steps(steps)

    @property
    def said(self) -> str:
        """What stands beneath the steps."""
        return self._said.text()

    def set_steps(self, steps: tuple[Step, ...]) -> bool:
        """Offer the steps of another scale; the one that is chosen stays. Returns whether any differs."""
        if steps == self._steps:
            return False
        self._steps = steps
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, step in enumerate(steps):
            self._row.insertWidget(place, self._button(step))
        self.set_value(self._value)
        return True

    def value(self) -> Value:
        """The step that is chosen."""
        return self._value

    def set_value(self, value: Value) -> None:
        """Choose a step; one that the scale lacks is shown as a figure and kept."""
        self._value = cast("int | None", value)
        for id in self._ids():
            self._group.button(id).setChecked(id == value)
        self._say()

    def controls(self) -> tuple[QWidget, ...]:
        """The steps."""
        return tuple(self._group.button(id) for id in self._ids())

    def handle_key(self, key: int) -> bool:
        """Move, choose by figure or clear; False for keys that mean nothing here."""
        ids = self._ids()
        place = ids.index(self._value) if self._value in ids else -1
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            move = 1 if key == Qt.Key.Key_Right else -1
            self._choose(ids[max(0, min(place + move, len(ids) - 1))])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None)
        elif (step := key - Qt.Key.Key_0) in ids:
            self._choose(step)
        else:
            return False
        return True

    def _button(self, step: Step) -> StepButton:
        label = step.label.get(self._kit.t.language)
        button = StepButton(self)
        button.setText(str(step.value))
        button.setCheckable(True)
        button.setObjectName("scaleStep")
        button.setProperty("place", self._place(step))
        button.setAccessibleName(f"{step.value} {label}")
        button.setAccessibleDescription(step.anchor.get(self._kit.t.language))
        button.clicked.connect(lambda is_on: self._choose(step.value if is_on else None))
        self._group.addButton(button, step.value)
        return button

    def _place(self, step: Step) -> str:
        return "first" if step is self._steps[0] else "last" if step is self._steps[-1] else "inner"

    def _choose(self, value: int | None) -> None:
        self.set_value(value)
        if value is not None:
            self._group.button(value).setFocus()
        self.changed.emit()

    def tell(self, button: StepButton | None) -> None:
        """Say when a step is chosen; with None that of the one that is."""
        self._say(None if button is None else self._group.id(button))

    def _say(self, value: int | None = None) -> None:
        shown = self._value if value is None else value
        step = next((step for step in self._steps if step.value == shown), None)
        if step is None:
            known = shown is not None
            self._said.setText(str(shown) if known else self._kit.t.gettext(NOT_KNOWN))
            return
        language = self._kit.t.language
        label, text = step.label.get(language), step.anchor.get(language)
        pattern = self._kit.t.gettext(N_("{label}: {text}"))
        self._said.setText(pattern.format(label=label, text=text) if text else label)

    def _ids(self) -> list[int]:
        return [step.value for step in self._steps]
