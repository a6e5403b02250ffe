"""The top of the panel: what the record is called, who recorded it and when, and what can be done with it as a whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from riskreg.errors import N_
from riskreg.evidence import can_hold
from riskreg.i18n import Translator
from riskreg.records import NEW_KINDS, Record
from riskreg.records.terms import Vocabulary
from riskreg.rules.explain import Reason, why
from riskreg.rules.own import levels_of
from riskreg.views import Entry
from riskreg.wording import level_words
from ui.context import Context
from ui.forms.story import Wordsmith
from ui.steps import HOLD, STEPS, Step
from ui.widgets import buttons
from ui.widgets.badge import LevelChip
from ui.widgets.text import Elided, Text

_LEVELS = ("residual_level", "inherent_level")
"""Fields that say how bad it is, the most telling first."""


class RecordHead(QWidget):
    """One line above the title."""

    bin_asked = Signal()
    unbin_asked = Signal()
    erase_asked = Signal()
    print_asked = Signal()
    attach_asked = Signal()
    close_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._id = 0
        gettext = context.t.gettext
        self._meta = Elided("", "small", "muted")
        self._more = buttons.tool(context.theme, "ellipsis", gettext(N_("More")))
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        close = buttons.tool(context.theme, "x", gettext(N_("Close")), self.close_asked.emit)
        self.last_stop = close
        self._attach = self._menu.addAction(gettext(N_("Attach a file…")), self.attach_asked.emit)
        self._menu.addAction(gettext(N_("Print this record…")), self.print_asked.emit)
        self._copy = self._menu.addAction(
            gettext(N_("Duplicate the record")), context.actions["duplicate"].trigger
        )
        self._hand_over = self._menu.addAction(
            gettext(N_("Hand over…")), context.actions["hand_over"].trigger
        )
        self._steps = [self._step(step, label) for step, label in STEPS.items()]
        self._menu.addSeparator()
        self._hold = self._step("hold", HOLD)
        self._bin = self._menu.addAction(gettext(N_("Move to the bin")), self.bin_asked.emit)
        self._unbin = self._menu.addAction(
            gettext(N_("Take out of the bin")), self.unbin_asked.emit
        )
        self._menu.addSeparator()
        self._erase = self._menu.addAction(gettext(N_("Erase its text…")), self.erase_asked.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(context.theme.space("xs"))
        layout.addWidget(self._meta, 1)
        self.held = self._mark(N_("Legal hold"))
        self.privileged = self._mark(N_("Privileged"))
        for tool in (self.held, self.privileged, self._more, close):
            layout.addWidget(tool)

    def show_record(self, record: Record, first: Entry | None, smith: Wordsmith) -> None:
        """Say what it is; `first` is the entry that made it."""
        self._meta.setText(_meta(record, first, smith))
        self._id = record.id
        for step in self._steps:
            step.setVisible(record.kind == "incident" and record.deleted_at is None)
        self.held.setVisible(bool(record.hold_reason))
        self.held.setAccessibleDescription(record.hold_reason)
        self.privileged.setVisible(bool(record.is_privileged))
        self._hold.setVisible(record.numbering != "single")
        may_write = not self._context.register.read_only
        may_go = may_write and record.numbering not in ("catalogue", "single")
        self._attach.setVisible(can_hold(record.kind))
        self._attach.setEnabled(may_write and record.deleted_at is None)
        self._copy.setVisible(record.kind in NEW_KINDS)
        self._copy.setEnabled(may_write)
        self._hand_over.setVisible(record.kind == "party")
        self._hand_over.setEnabled(may_write)
        self._bin.setVisible(record.deleted_at is None)
        self._bin.setEnabled(may_go)
        self._unbin.setVisible(record.deleted_at is not None)
        self._unbin.setEnabled(may_write)
        self._erase.setEnabled(may_write)
        self._more.show()

    def _step(self, step: Step, label: str) -> QAction:
        """A step with an incident, offered where one is shown."""
        return self._menu.addAction(
            self._context.t.gettext(label),
            lambda: self._context.events.step_wanted.emit(step, self._id),
        )

    def _mark(self, label: str) -> QPushButton:
        """A mark of the record that leads to who set it, and why."""
        made = buttons.chip(
            self._context.theme,
            self._context.t.gettext(label),
            "",
            lambda: self._context.events.step_wanted.emit("hold", self._id),
        )
        made.hide()
        return made

    def show_new(self, kind: type[Record]) -> None:
        """Say what is going to be recorded."""
        self.held.hide()
        self.privileged.hide()
        self._meta.setText(self._context.t.kind_name(kind, plural=False))
        self._more.hide()


def _meta(record: Record, first: Entry | None, smith: Wordsmith) -> str:
    if first is None:
        return record.ref
    said = smith.t.gettext(N_("{ref} • recorded {when} by {who}"))
    return said.format(ref=record.ref, when=smith.near(first.at), who=smith.who(first.actor))


def why_words(reason: Reason, t: Translator, vocabulary: Vocabulary) -> str:
    """Why a risk has its level, in one sentence."""
    pattern = _BY_TABLE[reason.stage] if reason.scale.table else _WHY[reason.stage]
    levels = levels_of(vocabulary.base.terms_of("level"), reason.scale)
    level = levels.label(reason.level, t.language)
    return t.gettext(pattern).format(
        likelihood=f"{reason.likelihood.value} {reason.likelihood.label.get(t.language)}",
        impact=f"{reason.impact.value} {reason.impact.label.get(t.language)}",
        points=reason.points, level=level, lowest=reason.lowest, highest=reason.highest,
        scale=reason.scale.title.get(t.language),
    )  # fmt: skip


_WHY: Final = {
    "residual": N_(
        "With today's controls: likelihood {likelihood} × impact {impact} = {points}; {lowest} to {highest} is {level} on the scale “{scale}”."
    ),
    "inherent": N_(
        "Before any control: likelihood {likelihood} × impact {impact} = {points}; {lowest} to {highest} is {level} on the scale “{scale}”. What today's controls leave was not scored yet."
    ),
}
_BY_TABLE: Final = {
    "residual": N_(
        "With today's controls: likelihood {likelihood}, impact {impact}. The table of the scale “{scale}” says {level}."
    ),
    "inherent": N_(
        "Before any control: likelihood {likelihood}, impact {impact}. The table of the scale “{scale}” says {level}. What today's controls leave was not scored yet."
    ),
}


class LevelLine(QWidget):
    """How bad it is, under the title, and one click away why; hidden where nothing was scored.

    `said` is the answer, which the panel places beneath.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chip: LevelChip | None = None
        self.why = buttons.chip(context.theme, "", call=self._on_why)
        self.why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.said = Text(role="small", tone="muted", wraps=True)
        self.said.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.why)
        self.hide()

    def show_nothing(self) -> None:
        """Of a record that does not exist yet."""
        self.said.hide()
        self.hide()

    def show_level(self, record: Record) -> None:
        """Show the level of a risk."""
        if self._chip:
            self._row.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        level = next((found for key in _LEVELS if (found := getattr(record, key, None))), None)
        self.setVisible(level is not None)
        vocabulary, t = self._context.register.vocabulary, self._context.t
        reason = why(record, vocabulary.scale_by(getattr(record, "scored_by", ())))
        said = why_words(reason, t, vocabulary) if reason else ""
        if said != self.said.text() or level is None:
            self.said.setText(said)
            self.said.hide()
        self.why.setVisible(bool(said))
        if level:
            word = level_words(level, t, vocabulary)
            self.why.setText(t.gettext(N_("Why {level}?")).format(level=word))
            self.why.setAccessibleName(self.why.text())
            self.why.setAccessibleDescription(said)
            self._chip = LevelChip(self._context.theme, level, word)
            self._row.insertWidget(0, self._chip)

    def _on_why(self) -> None:
        self.said.setVisible(self.said.isHidden())


class SaveBar(QFrame):
    """At the foot of the panel while something is not saved."""

    save_asked = Signal()
    discard_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("saveBar")
        theme, gettext = context.theme, context.t.gettext
        self.text = Elided("", "small", "muted")
        self.discard = buttons.button(theme, gettext(N_("Discard")), call=self.discard_asked.emit)
        self.save = buttons.primary(theme, gettext(N_("Save")), "check", self.save_asked.emit)
        layout = QHBoxLayout(self)
        edge = theme.space("l")
        layout.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.discard)
        layout.addWidget(self.save)
        self.hide()
