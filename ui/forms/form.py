"""The form of a kind: a row for each field, made from the declaration; the short form first, the rest folded.

Labels, buddies, accessible names, help, marks and reasons are set here, in one place, so that no field can be without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.records import Record, every_field, fields
from riskreg.records.base import ABOUT
from riskreg.records.fields import FieldKind, Value
from riskreg.records.values import Unfit
from ui import icons
from ui.forms.editor import INDENT, Editor
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.forms.shown import ShownValue
from ui.forms.text import Heading, ProseEditor
from ui.widgets.text import Text

TIES: Final = N_("Ties")
"""The section of all links, whichever section they are declared in."""


class FieldRow(QWidget):
    """One field: its label, its editor, help, and what is wrong with it.

    Args:
        kit: What editors need.
        kind: The kind of record.
        key: The field.
        what: Its declaration.
    """

    changed = Signal(str)
    """The key of the field, when a person changed it."""

    def __init__(self, kit: Kit, kind: type[Record], key: str, what: FieldKind) -> None:
        super().__init__()
        self._kit = kit
        self.key = key
        self.what = what
        self.base: Value = fields.empty(what)
        self.label_text = kit.t.label(kind, key)
        self.editor = _title(kit, kind, what) if key == "title" else editor(what, kit)
        self.label = Text(self.label_text, "small", "muted")
        self.help = Text(kit.t.help(kind, key), "small", "muted", wraps=True)
        self.reason = Text(role="small", tone="high", wraps=True)
        self.conflict: ConflictBox | None = None
        self._arrange(kit)
        self._name()
        self.editor.changed.connect(self._on_changed)

    def show_value(self, value: Value) -> None:
        """Show what is stored; marks are gone."""
        self.base = value
        self.editor.set_value(value)
        self.set_reason("")
        self.settle_conflict()
        self._mark_missing()

    def is_dirty(self) -> bool:
        """Something here is not saved."""
        return not self.editor.read_only and self.editor.differs(self.base)

    def set_reason(self, reason: str) -> None:
        """Say what is wrong, or with "" that nothing is."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for control in self.editor.controls():
            control.setProperty("invalid", bool(reason))
            control.style().unpolish(control)
            control.style().polish(control)
        if reason:
            self.editor.hush()
            self.editor.controls()[0].setAccessibleDescription(reason)

    def set_conflict(self, theirs: Value, words: str) -> None:
        """Show the value that was saved meanwhile and let the person choose."""
        self.settle_conflict()
        box = ConflictBox(self._kit, self.label_text, words)
        box.theirs_chosen.connect(lambda: self._take(theirs))
        box.mine_chosen.connect(lambda: self._keep(theirs))
        self.conflict = box
        self._body.addWidget(box)

    def settle_conflict(self) -> None:
        """Nothing is to be chosen any more."""
        if self.conflict:
            self.conflict.hide()
            self.conflict.deleteLater()
            self.conflict = None

    def _take(self, theirs: Value) -> None:
        self.show_value(theirs)
        self.changed.emit(self.key)

    def _keep(self, theirs: Value) -> None:
        self.base = theirs
        self.settle_conflict()
        self.changed.emit(self.key)

    def _arrange(self, kit: Kit) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(INDENT, 0, 0, 0)
        head.addWidget(self.label)
        head.addStretch(1)
        if self.what.required:
            head.addWidget(Text(kit.t.gettext(N_("required")), "small", "muted"))
        self._missing = QLabel()
        self._missing.setFixedWidth(14)
        icons.put(self._missing, kit.theme, "circle-dashed", "moderate", 14)
        helping = QHBoxLayout()
        helping.setContentsMargins(INDENT, 0, 0, 0)
        helping.setSpacing(kit.theme.space("xs"))
        self.reason.setContentsMargins(INDENT, 0, 0, 0)
        helping.addWidget(self._missing, 0, Qt.AlignmentFlag.AlignTop)
        helping.addWidget(self.help, 1)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(1)
        if self.key != "title":
            self._body.addLayout(head)
        self._body.addWidget(self.editor)
        if not self.editor.is_framed:
            self.editor.setContentsMargins(INDENT, 0, 0, 0)
        self._body.addLayout(helping)
        self._body.addWidget(self.reason)
        self.help.setVisible(bool(self.help.text()))
        self.reason.hide()
        self._missing.hide()

    def _name(self) -> None:
        """Buddy and accessible names: one place for every field there is."""
        controls = self.editor.controls()
        self.label.setBuddy(controls[0])
        for control in controls:
            own = control.accessibleName() or (
                control.property("text") if len(controls) > 1 else ""
            )
            control.setAccessibleName(f"{self.label_text}: {own}" if own else self.label_text)
            if not control.accessibleDescription():
                control.setAccessibleDescription(self.help.text())

    def _on_changed(self) -> None:
        self.set_reason("")
        self._mark_missing()
        self.changed.emit(self.key)

    def _mark_missing(self) -> None:
        """A field of the short form that is empty and has something said about it stands out."""
        asked = self.what.short or self.what.required
        is_missing = (
            asked and bool(self.help.text()) and not self.editor.differs(fields.empty(self.what))
        )
        self._missing.setVisible(is_missing)
        self.help.set_tone("moderate" if is_missing else "muted")


class ConflictBox(QWidget):
    """Two values of one field: what was saved meanwhile, and what stands in the form."""

    theirs_chosen = Signal()
    mine_chosen = Signal()

    def __init__(self, kit: Kit, label: str, theirs: str) -> None:
        super().__init__()
        gettext = kit.t.gettext
        said = theirs or gettext(N_("empty"))
        text = Text(
            gettext(N_("Saved meanwhile: {value}")).format(value=said), "small", "high", wraps=True
        )
        take = QPushButton(gettext(N_("Use that")))
        keep = QPushButton(gettext(N_("Keep mine")))
        for button, signal in ((take, self.theirs_chosen), (keep, self.mine_chosen)):
            button.setProperty("look", "chip")
            button.setAccessibleName(f"{label}: {button.text()}")
            button.clicked.connect(signal)
        row = QHBoxLayout()
        row.addWidget(take)
        row.addWidget(keep)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INDENT, 0, 0, 0)
        layout.addWidget(text)
        layout.addLayout(row)


class Section(QWidget):
    """A part of the form that folds; its head says how much of it is filled in.

    Its rows are made when it is unfolded first: a record is shown at once, however many fields its kind has.

    Args:
        kit: What editors need.
        name: A msgid.
        keys: Its fields.
        make: Makes the row of a field.
    """

    filled = Signal()
    """Its rows were made."""

    def __init__(
        self, kit: Kit, name: str, keys: Sequence[str], make: Callable[[str], FieldRow]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._make = make
        self.keys = keys
        self._is_made = False
        self.head = QToolButton()
        self.head.setObjectName("sectionHead")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setText(kit.t.section(name))
        self._count = Text(role="small", tone="muted")
        top = QHBoxLayout()
        top.setContentsMargins(INDENT - 3, 0, 0, 0)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self._count)
        self.body = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.body)
        self.head.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def unfold(self, is_open: bool = True) -> None:
        """Open or close it."""
        self.head.setChecked(is_open)

    def show_count(self, filled: int) -> None:
        """Say how many of its fields are filled in."""
        total = len(self.keys)
        said = self._kit.t.gettext(N_("{filled} of {total}")).format(filled=filled, total=total)
        self._count.setText(said)
        self.head.setAccessibleName(f"{self.head.text()}, {said}")

    def _on_toggled(self, is_open: bool) -> None:
        if is_open and not self._is_made:
            self._fill()
        self.body.setVisible(is_open)
        name = "chevron-down" if is_open else "chevron-right"
        icons.put(self.head, self._kit.theme, name, "muted", 14)

    def _fill(self) -> None:
        self._is_made = True
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, self._kit.theme.space("xs"), 0, self._kit.theme.space("s"))
        inner.setSpacing(self._kit.theme.space("s"))
        for key in self.keys:
            inner.addWidget(self._make(key))
        self.filled.emit()


class Form(QWidget):
    """All fields of one kind of record. Built once, shown for one record after the other.

    `title_row` is not among its rows: the panel shows it as the heading.
    """

    changed = Signal()
    """A person changed something."""
    wanted = Signal(object)
    """This row shall be seen."""

    def __init__(self, kit: Kit, kind: type[Record]) -> None:
        super().__init__()
        self.setObjectName("form")
        self.kit = kit
        self.kind = kind
        self.fields = _shown(kind)
        self.sections: dict[str, Section] = {}
        self._rows: dict[str, FieldRow] = {}
        self._values: Mapping[str, Value] = {}
        self._is_read_only = False
        self._before: QWidget | None = None
        self.last_stop: QWidget = self
        self.title_row = self._make("title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(kit.theme.space("s"))
        for key, what in self.fields.items():
            if what.short and key != "title":
                layout.addWidget(self._make(key))
        for name, keys in _parts(self.fields).items():
            self.sections[name] = Section(kit, name, keys, self._make)
            self.sections[name].filled.connect(self.order_tabs)
            layout.addWidget(self.sections[name])
        if TIES in self.sections:
            # after the first paint: chips are the dearest part, and what stands above them is read first
            QTimer.singleShot(0, self, self.sections[TIES].unfold)
        layout.addStretch(1)

    def row(self, key: str) -> FieldRow:
        """The row of a field, unfolded so that it can be seen."""
        for section in self.sections.values():
            if key in section.keys:
                section.unfold()
        return self._rows[key]

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show what is stored; fields not named are empty."""
        self._values = values
        for key, row in self._rows.items():
            row.show_value(self._stored(key))
        self._count()

    def rebase(self, values: Mapping[str, Value]) -> None:
        """Show what was saved meanwhile, and keep what a person has typed: where both differ, they choose."""
        self._values = values
        for key, row in self._rows.items():
            new = self._stored(key)
            if not row.is_dirty():
                row.show_value(new)
            elif new != row.base and row.editor.differs(new):
                row.set_conflict(new, self._words(row.what, new))
            else:
                row.base = new
        self._count()

    def sent(self, values: Mapping[str, Value]) -> None:
        """These values are stored now as they stood in the form: what a person typed since is what is unsaved."""
        for key, value in values.items():
            self._rows[key].base = value

    def dirty(self) -> list[str]:
        """The fields that are not saved."""
        return [key for key, row in self._rows.items() if row.is_dirty()]

    def conflicts(self) -> list[str]:
        """The fields of which two values stand side by side."""
        return [key for key, row in self._rows.items() if row.conflict]

    def read(self) -> tuple[dict[str, Value], dict[str, Unfit]]:
        """The unsaved values, and the fields in which no value stands with the reason."""
        found: dict[str, Value] = {}
        unfit: dict[str, Unfit] = {}
        for key in self.dirty():
            row = self._rows[key]
            try:
                row.editor.finish()
                found[key] = row.editor.value()
            except Unfit as error:
                unfit[key] = error
        return found, unfit

    def mark(self, reasons: Mapping[str, str]) -> None:
        """Mark fields with what is wrong and lead to the first of them."""
        for key, reason in reasons.items():
            self.row(key).set_reason(reason)
        first = next((key for key in self.fields if key in reasons), None)
        if first:
            self.go_to(first)

    def go_to(self, key: str) -> None:
        """Unfold the section of a field and put the cursor there."""
        row = self.row(key)
        row.editor.controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit(row)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let nothing be changed, or everything again."""
        self._is_read_only = is_read_only
        for row in self._rows.values():
            row.editor.set_read_only(is_read_only)

    def _make(self, key: str) -> FieldRow:
        row = FieldRow(self.kit, self.kind, key, self.fields[key])
        row.show_value(self._stored(key))
        row.editor.set_read_only(self._is_read_only)
        row.changed.connect(self._on_row_changed)
        self._rows[key] = row
        return row

    def _stored(self, key: str) -> Value:
        return self._values.get(key, fields.empty(self.fields[key]))

    def _words(self, what: FieldKind, value: Value) -> str:
        ids = cast("frozenset[int]", value) if isinstance(what, fields.Links) else frozenset()
        names = self.kit.directory.names(ids)
        return format_value(what, value, self.kit.t, self.kit.vocabulary, names)

    def _on_row_changed(self) -> None:
        self._count()
        self.changed.emit()

    def order_tabs(self, before: QWidget | None = None) -> None:
        """Let Tab follow the fields as they stand, whenever some were made or taken away: Qt follows their age.

        Args:
            before: What stands above the form.
        """
        if before is not None:
            self._before = before
        short = [key for key, what in self.fields.items() if what.short and key != "title"]
        stops = [self._before] if self._before else []
        stops += [stop for key in short for stop in self._stops(key)]
        for section in self.sections.values():
            stops.append(section.head)
            stops += [stop for key in section.keys for stop in self._stops(key)]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        self.last_stop = stops[-1]

    def _stops(self, key: str) -> tuple[QWidget, ...]:
        stops = self._rows[key].editor.tab_stops() if key in self._rows else ()
        return tuple(stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _count(self) -> None:
        for section in self.sections.values():
            section.show_count(sum(map(self._is_filled, section.keys)))
        self.order_tabs()

    def _is_filled(self, key: str) -> bool:
        nothing = fields.empty(self.fields[key])
        row = self._rows.get(key)
        return row.editor.differs(nothing) if row else self._stored(key) != nothing


def _title(kit: Kit, kind: type[Record], what: FieldKind) -> Editor:
    """A title stands as a heading, whether it is typed or comes from the catalogue."""
    if isinstance(what, fields.Derived):
        return ShownValue(kit, what, "section")
    return ProseEditor(Heading(), kit.t.label(kind, "title"))


def _shown(kind: type[Record]) -> dict[str, FieldKind]:
    return {key: what for key, what in every_field(kind).items() if not what.retired}


def _parts(shown: Mapping[str, FieldKind]) -> dict[str, list[str]]:
    """The fields beyond the short form by section, in the order of declaration; links in one section before what every kind has."""
    parts: dict[str, list[str]] = {}
    ties: list[str] = []
    for key, what in shown.items():
        if not what.short and key != "title":
            part = ties if isinstance(what, fields.Links) else parts.setdefault(what.section, [])
            part.append(key)
    last = parts.pop(ABOUT, [])
    return {**parts, **({TIES: ties} if ties else {}), ABOUT: last}
