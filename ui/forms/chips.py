"""Editors of several things as chips: choices, tags, and the line behind them in which the next is typed."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.records.fields import Value
from riskreg.records.jsons import one_line
from riskreg.records.values import Unfit
from ui import icons
from ui.forms.add_line import AddLine
from ui.forms.bins import MORE
from ui.forms.editor import INDENT, Editor
from ui.forms.flow import FlowBox
from ui.forms.kit import Kit
from ui.widgets import buttons

AT_ONCE: Final = 8
"""Chips that are made at once: each takes a millisecond, and a data asset can be threatened by hundreds of risks."""
_MORE: Final = 24
"""Chips that are made when more are asked for."""
_NOT_IN_LIST: Final = N_("“{value}” is not in the list")


class Chip(QFrame):
    """One thing; a click opens it where it can be opened, Delete or the cross takes it away.

    Args:
        kit: Language and look.
        key: What it stands for.
        text: What it says.
        icon: A name of `resources/icons`, or "".
        opens: It leads somewhere.
    """

    removed = Signal(object)
    opened = Signal(object)

    def __init__(
        self, kit: Kit, key: str | int, text: str, icon: str = "", *, opens: bool = False
    ) -> None:
        super().__init__()
        self.key = key
        self.setObjectName("chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.face = _ChipFace(text, self)
        self.face.setAccessibleName(text)
        self.face.setAccessibleDescription(kit.t.gettext(N_("Delete takes it away.")))
        self.face.delete_pressed.connect(lambda: self.removed.emit(self.key))
        if opens:
            self.face.clicked.connect(lambda: self.opened.emit(self.key))
        if icon:
            icons.put(self.face, kit.theme, icon, "muted", 14, gap=3)
        self.cross = QToolButton()
        self.cross.setObjectName("chipCross")
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setAccessibleName(kit.t.gettext(N_("Take away {name}")).format(name=text))
        icons.put(self.cross, kit.theme, "x", "muted", 12)
        self.cross.clicked.connect(lambda: self.removed.emit(self.key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(self.face)
        layout.addWidget(self.cross)


class _ChipFace(QToolButton):
    """The part of a chip that has the focus; long text ends in …, and is whole for a screen reader."""

    delete_pressed = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chipFace")
        self._whole = text
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        shown = self.fontMetrics().elidedText(one_line(text), Qt.TextElideMode.ElideRight, 230)
        self.setText(shown.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take the chip away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class ChipsEditor(Editor):
    """Chips in lines, then the line in which the next is typed. Subclasses say what can be added."""

    is_framed = True

    def __init__(self, kit: Kit, placeholder: str) -> None:
        super().__init__()
        self.kit = kit
        self.is_read_only = False
        self.keys: list[str | int] = []
        self._chips: dict[str | int, Chip] = {}
        self.add_line = AddLine(placeholder)
        self.flow = FlowBox(kit.theme.space("s") - 2, INDENT, fills=True)
        self.more = buttons.chip(kit.theme, "", call=self._on_more)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.flow)
        self._settle()
        self.add_line.asked.connect(self._on_asked)
        self.add_line.led_to.connect(self._on_led_to)
        self.add_line.picked.connect(self._on_picked)
        self.add_line.entered.connect(self._on_entered)

    def controls(self) -> tuple[QWidget, ...]:
        """The line first, since the label leads to it, then the chips."""
        return (self.add_line, *(chip.face for chip in self._chips.values()))

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The chips as they stand, then the line behind them."""
        return (*(chip.face for chip in self._in_order()), self.more, self.add_line)

    def set_read_only(self, is_read_only: bool) -> None:
        """Chips can still open what they stand for."""
        self.is_read_only = is_read_only
        self.add_line.setHidden(is_read_only)
        for chip in self._chips.values():
            chip.cross.setHidden(is_read_only)

    def chip(self, key: str | int) -> Chip:
        """Make the chip of a key."""
        raise NotImplementedError

    def lines(self, words: str) -> list[tuple[object, str]]:
        """What can be added, by what was typed."""
        raise NotImplementedError

    def resolve(self, words: str) -> str | int:
        """The key that typed text names; raises `Unfit`."""
        raise NotImplementedError

    def show_keys(self, keys: list[str | int]) -> None:
        """Show these chips in this order."""
        for chip in self._chips.values():
            _take_away(chip)
        self.keys = keys
        self.add_line.clear()
        self._chips = {key: self._made(key) for key in keys[:AT_ONCE]}
        self._settle()

    def differs(self, value: Value) -> bool:
        """Also where something was typed and not entered."""
        return bool(self.add_line.text().strip()) or self.value() != value

    def finish(self) -> None:
        """Take up text that was typed but not entered; raises `Unfit` where it names nothing."""
        if words := self.add_line.text().strip():
            key = self.resolve(words)
            self.add_line.clear()
            self.add(key)

    def typed(self) -> str:
        """What was not entered yet."""
        return self.add_line.text().strip()

    def type(self, text: str) -> None:
        """Put it back into the line."""
        self.add_line.setText(text)
        self.changed.emit()

    def add(self, key: str | int) -> None:
        """Add a chip as a person does."""
        if key not in self.keys:
            self.keys.append(key)
            self._chips[key] = self._made(key)
            self._settle()
            self.changed.emit()

    def remove(self, key: str | int) -> None:
        """Take a chip away as a person does."""
        if self.is_read_only:
            return
        self.keys.remove(key)
        self.add_line.setFocus()
        _take_away(self._chips.pop(key))
        self._settle()
        self.changed.emit()

    def _made(self, key: str | int) -> Chip:
        chip = self.chip(key)
        chip.removed.connect(self.remove)
        chip.cross.setHidden(self.is_read_only)
        return chip

    def _in_order(self) -> list[Chip]:
        return [self._chips[key] for key in self.keys if key in self._chips]

    def _settle(self) -> None:
        left = len(self.keys) - len(self._chips)
        said = self.kit.t.ngettext(*MORE, left).format(number=number_words(left))
        self.more.setText(said)
        self.more.setAccessibleName(said)
        self.flow.show_widgets([*self._in_order(), self.more, self.add_line])
        self.more.setVisible(left > 0)

    def _on_more(self) -> None:
        """Show the next ones: making hundreds at once would hold the window up."""
        hidden = [key for key in self.keys if key not in self._chips]
        self._chips |= {key: self._made(key) for key in hidden[:_MORE]}
        self._settle()

    def _on_asked(self, words: str) -> None:
        self.add_line.offer(self.lines(words.strip()))
        if words:
            self.changed.emit()

    def _on_led_to(self, words: str) -> None:
        self.add_line.offer(self.lines(words.strip()))

    def _on_picked(self, key: object) -> None:
        self.add(cast("str | int", key))

    def _on_entered(self) -> None:
        try:
            key = self.resolve(self.add_line.text().strip())
        except Unfit:
            return
        self.add_line.clear()
        self.add(key)


def _take_away(chip: Chip) -> None:
    """Hide a chip at once; it may be the sender of the signal that takes it away, so it dies later."""
    chip.hide()
    chip.deleteLater()


class ChoicesEditor(ChipsEditor):
    """Several choices of a list, in its order."""

    def __init__(self, kit: Kit, terms: str) -> None:
        super().__init__(kit, kit.t.gettext(N_("Add…")))
        self._terms = kit.vocabulary.terms_of(terms)

    def value(self) -> Value:
        """The keys that are chosen."""
        return frozenset(cast("list[str]", self.keys))

    def set_value(self, value: Value) -> None:
        """Show choices in the order of the list; a key it lacks comes last."""
        keys = sorted(cast("frozenset[str]", value), key=lambda key: (self._terms.order(key), key))
        self.show_keys(list(keys))

    def chip(self, key: str | int) -> Chip:
        """A choice by its label."""
        return Chip(self.kit, key, self._terms.label(str(key), self.kit.t.language))

    def lines(self, words: str) -> list[tuple[object, str]]:
        """The choices not made yet whose label holds the words."""
        labels = [(key, self._terms.label(key, self.kit.t.language)) for key in self._terms.offered]
        wanted = words.casefold()
        return [
            (key, label)
            for key, label in labels
            if key not in self.keys and wanted in label.casefold()
        ]

    def resolve(self, words: str) -> str | int:
        """A choice by its label in any language, or the only one that holds the words."""
        if key := self._terms.find(words):
            return key
        found = self.lines(words)
        if len(found) == 1:
            return str(found[0][0])
        raise Unfit(_NOT_IN_LIST, value=words)


class TagsEditor(ChipsEditor):
    """Words of one's own; Enter or a comma ends one."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, kit.t.gettext(N_("Add a tag…")))
        self.add_line.textEdited.connect(self._on_tag_edited)

    def value(self) -> Value:
        """The tags."""
        return frozenset(cast("list[str]", self.keys))

    def set_value(self, value: Value) -> None:
        """Show tags in order."""
        self.show_keys(list(sorted(cast("frozenset[str]", value))))

    def chip(self, key: str | int) -> Chip:
        """A tag."""
        return Chip(self.kit, key, str(key), "tag")

    def lines(self, words: str) -> list[tuple[object, str]]:
        """Nothing is offered: tags are one's own words."""
        return []

    def resolve(self, words: str) -> str | int:
        """Any words are a tag."""
        return one_line(words)

    def _on_tag_edited(self, text: str) -> None:
        *ended, rest = text.replace("，", ",").replace("、", ",").split(",")
        for word in filter(None, map(str.strip, ended)):
            self.add(one_line(word))
        if ended:
            self.add_line.setText(rest.lstrip())
