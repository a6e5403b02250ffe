"""One field of a form: its label, its editor, help, and what is wrong with it.

Labels, buddies, accessible names, help, marks and reasons are set here, in one place, so that no field can be without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.evidence import SET_WHEN_TAKEN
from riskreg.records import Evidence, Record, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json, to_json
from riskreg.records.values import Unfit
from riskreg.rules.completeness import sought
from ui import icons
from ui.forms.both_values import BothValues, Choice
from ui.forms.editor import INDENT, Editor
from ui.forms.editors import editor
from ui.forms.kept import kept_of, put_back
from ui.forms.kit import Kit
from ui.forms.shown import ShownValue
from ui.forms.text import Heading, ProseEditor
from ui.widgets.text import Text

Words = Callable[[FieldKind, Value], str]
"""Says a value to people."""


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
        self.editor = _editor(kit, kind, key, what)
        self.label = Text(self.label_text, "small", "muted")
        self._help = kit.t.help(kind, key)
        self._is_sought = what.required or (what.short and key in sought(kind.kind))
        self.help = Text(self._help, "small", "muted", wraps=True)
        self.reason = Text(role="small", tone="high", wraps=True)
        self.conflict: BothValues | None = None
        self._mine: Mapping[str, Json] | None = None
        self._asked = ""
        self._is_new = False
        self._words: Words = lambda what, value: ""
        self._arrange(kit)
        self.name_controls()
        self.editor.changed.connect(self._on_changed)

    def show_value(self, value: Value, *, is_new: bool = False) -> None:
        """Show what is stored; marks are gone. What a new record lacks is not told yet."""
        self.base, self._is_new = value, is_new
        self.editor.set_value(value)
        self.set_reason("")
        self.settle_conflict()
        self._mark_missing()

    def propose(self, value: Value) -> None:
        """Let a value stand here as if a person had typed it, because it follows from another field."""
        self.editor.set_value(value)
        self.set_reason("")
        self._mark_missing()

    def written(self) -> dict[str, Json]:
        """What stands here and what it was made from, for a draft."""
        return {"base": to_json(self.what, self.base), **kept_of(self.editor, self.what)}

    def write(self, kept: Mapping[str, Json], words: Words) -> None:
        """Put a draft back; where something else is stored meanwhile the person chooses."""
        stored = self.base
        put_back(self.editor, self.what, kept, self._kit.zone)
        if kept["base"] != to_json(self.what, stored) and self.editor.differs(stored):
            self.set_conflict(stored, words)
        self._mark_missing()

    def is_dirty(self) -> bool:
        """Something here is not saved."""
        return not self.editor.read_only and self.editor.differs(self.base)

    def set_reason(self, reason: str) -> None:
        """Say what is wrong, or with "" that nothing is."""
        reason = reason[:1].upper() + reason[1:]
        if reason == self.reason.text():
            return
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for control in self.editor.controls():
            control.setProperty("invalid", bool(reason))
            control.style().unpolish(control)
            control.style().polish(control)
        self.editor.controls()[0].setAccessibleDescription(reason or self.help.text())
        if reason:
            self.editor.hush()

    def ask_for(self, why: str) -> None:
        """Let the field stand out while it is empty and say why it is asked for; with "" it is not."""
        self._asked = why
        self._mark_missing()

    def set_conflict(self, theirs: Value, words: Words, by: str = "") -> None:
        """Show the value that was saved meanwhile beside what stands here, and let the person choose."""
        self.settle_conflict()
        box = BothValues(self._kit, self.label_text, words(self.what, theirs), by)
        box.theirs_chosen.connect(lambda: self._take(theirs))
        box.mine_chosen.connect(lambda: self._keep(theirs))
        self.conflict, self._words, self._mine = box, words, None
        box.show_mine(self._said())
        self._body.addWidget(box)

    def is_undecided(self) -> bool:
        """Two values stand side by side, and neither was chosen yet."""
        return self.conflict is not None and not self.conflict.choice

    def settle_conflict(self) -> None:
        """Nothing is to be chosen any more."""
        if self.conflict:
            self.conflict.hide()
            self.conflict.deleteLater()
            self.conflict = None

    def _take(self, theirs: Value) -> None:
        """Theirs stands here; what was typed is kept beside it for a change of mind."""
        if self._mine is None:
            self._mine = self.written()
        self.base = theirs
        self.editor.set_value(theirs)
        self._decide("theirs")

    def _keep(self, theirs: Value) -> None:
        self.base = theirs
        if self._mine is not None:
            put_back(self.editor, self.what, self._mine, self._kit.zone)
            self._mine = None
        self._decide("mine")

    def _decide(self, choice: Choice) -> None:
        if self.conflict:
            self.conflict.choose(choice)
        self.set_reason("")
        self._mark_missing()
        self.changed.emit(self.key)

    def _said(self) -> str:
        """What stands here, in words or as it was typed."""
        try:
            return self._words(self.what, self.editor.value())
        except Unfit:
            return self.editor.typed()

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

    def name_controls(self) -> None:
        """Buddy and accessible names: one place for every field there is. Once for each control."""
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
        if self.conflict:
            if self.conflict.choice:
                self.conflict.choose("own")
            else:
                self.conflict.show_mine(self._said())
        self.changed.emit(self.key)

    def _mark_missing(self) -> None:
        """An empty field stands out that is asked for, or that a record of its kind may lack and that has something said about it."""
        is_sought = self._is_sought and not self._is_new and bool(self._help)
        is_asked = bool(self._asked) or is_sought
        is_missing = is_asked and not self.editor.differs(fields.empty(self.what))
        self._say(self._asked if is_missing and self._asked else self._help)
        self._missing.setVisible(is_missing)
        self.help.set_tone("moderate" if is_missing else "muted")

    def _say(self, help: str) -> None:
        """Say something beneath the field."""
        if help != self.help.text():
            self.help.setText(help)
            self.help.setVisible(bool(help))
            if not self.reason.text():
                self.editor.controls()[0].setAccessibleDescription(help)


def _editor(kit: Kit, kind: type[Record], key: str, what: FieldKind) -> Editor:
    """What says which file is kept is only shown."""
    if key == "title":
        return _title(kit, kind, what)
    if kind is Evidence and key in SET_WHEN_TAKEN:
        shown = fields.Derived(label=what.label, of=what)  # type: ignore[arg-type]  # whatever it is, it is only shown
        return ShownValue(kit, shown)
    return editor(what, kit)


def _title(kit: Kit, kind: type[Record], what: FieldKind) -> Editor:
    """A title stands as a heading, whether it is typed or comes from the catalogue."""
    if isinstance(what, fields.Derived):
        return ShownValue(kit, what, "section")
    return ProseEditor(Heading(), kit.t.label(kind, "title"))
