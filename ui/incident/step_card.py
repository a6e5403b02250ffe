"""The next step on the page of an incident: one thing to do, the button that does it, and "what just happened?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.errors import N_
from riskreg.records import Incident, every_field
from riskreg.records.fields import Value
from riskreg.records.jsons import Json
from riskreg.records.values import Instant, Unfit
from riskreg.rules.next_step import Step
from riskreg.starting_playbook import started
from ui.context import Context
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.flow import FlowBox
from ui.forms.kept import kept_of, put_back
from ui.forms.kit import Kit
from ui.incident import step_words
from ui.incident.loaded import Loaded
from ui.widgets import buttons
from ui.widgets.text import Text

TIMES: Final = ("occurred_from_at", "discovered_at", "aware_at")
"""The three instants that are asked at first; others when they come up."""


class StepCard(QFrame):
    """What to do next.

    Args:
        context: What the window shares.
        kit: Makes what the editors of times need.
    """

    pressed = Signal(object)
    """The `Step` whose button was pressed."""
    times_entered = Signal(object)
    """The times that were entered, by field."""
    playbook_wanted = Signal()
    """Somebody wants steps for such a case."""
    happened = Signal()
    """Somebody wants to write down what just happened."""

    def __init__(self, context: Context, kit: Callable[[], Kit]) -> None:
        super().__init__()
        self.setObjectName("nextStep")
        self._context = context
        self._kit = kit
        self._step: Step | None = None
        self._incident: Incident | None = None
        self.times: dict[str, Editor] = {}
        self._shown: dict[str, Value] = {}
        theme, gettext = context.theme, context.t.gettext
        self._lead = Text(gettext(N_("NEXT")), "small", "high")
        font = self._lead.font()
        font.setBold(True)
        self._lead.setFont(font)
        self.title = Text(role="strong", wraps=True)
        self.text = Text(role="small", wraps=True)
        self._times = QWidget()
        self._grid = QGridLayout(self._times)
        self._grid.setContentsMargins(0, theme.space("xs"), 0, theme.space("xs"))
        self._grid.setSpacing(theme.space("xs"))
        self._grid.setColumnStretch(1, 1)
        self.button = buttons.primary(theme, "", call=self._on_pressed)
        self.note = buttons.button(
            theme, gettext(N_("What just happened?")), "message-square-plus", self.happened.emit
        )
        self._row = FlowBox(theme.space("s"))
        self.playbook = buttons.link(
            theme, gettext(N_("Start a playbook…")), self.playbook_wanted.emit
        )
        self._row.show_widgets([self.button, self.note, self.playbook])
        layout = QVBoxLayout(self)
        edge = theme.space("m") + 2
        layout.setContentsMargins(edge, theme.space("m"), edge, theme.space("m"))
        layout.setSpacing(theme.space("xs"))
        for part in (self._lead, self.title, self.text, self._times):
            layout.addWidget(part)
        layout.addSpacing(theme.space("xs"))
        layout.addWidget(self._row)
        self._times.hide()
        self.hide()

    def show_step(self, step: Step | None, loaded: Loaded | None = None) -> None:
        """Show a step; with the clocks where they are known already."""
        self._step = step
        self.setVisible(step is not None)
        if step is None:
            return
        t = self._context.t
        self.title.setText(step_words.title(step, loaded, t))
        self.text.setText(step_words.text(step, loaded, t))
        self.text.setVisible(bool(self.text.text()))
        label = t.gettext(step_words.WORDS[step.key].button)
        self.button.setText(label)
        self.button.setAccessibleName(label)
        may_write = not self._context.register.read_only
        self.button.setEnabled(may_write)
        self.note.setEnabled(may_write)
        self.playbook.setEnabled(may_write)
        self.playbook.setVisible(_lacks_playbook(step, loaded))
        self.setAccessibleName(self.title.text())
        if step.key == "when":
            self._ask_times()
        self._times.setVisible(step.key == "when" or self.is_begun())

    def forget(self) -> None:
        """Another record is shown: times typed here were of the one before."""
        self._step, self._incident, self._shown = None, None, {}
        for each in self.times.values():
            each.set_value(None)

    def is_begun(self) -> bool:
        """A time was typed here that is not saved."""
        return any(each.differs(self._shown.get(key)) for key, each in self.times.items())

    def written(self) -> dict[str, Json]:
        """The times that were typed, for a draft; empty where none was."""
        if not self.is_begun():
            return {}
        return {
            key: kept_of(each, every_field(Incident)[key])
            for key, each in self.times.items()
            if each.differs(self._shown.get(key))
        }

    def write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back, also where another step comes first by now."""
        if kept:
            self._ask_times()
        for key, each in self.times.items():
            if key in kept:
                put_back(each, every_field(Incident)[key], kept[key], self._kit().zone)
        if self.is_begun():
            self._times.show()

    def discard(self) -> None:
        """Go back to the times that are known."""
        for key, each in self.times.items():
            each.set_value(self._shown.get(key))

    def show_times(self, incident: Incident) -> None:
        """Show what is known; what is being typed stays."""
        self._incident = incident
        for key, each in self.times.items():
            known = incident.get(key)
            if not each.differs(self._shown.get(key)):
                each.set_value(known)
            self._shown[key] = known

    def _ask_times(self) -> None:
        if not self.times:
            self._make_times()
            if self._incident is not None:
                self.show_times(self._incident)

    def _make_times(self) -> None:
        kit, known = self._kit(), every_field(Incident)
        for row, key in enumerate(TIMES):
            made = editor(known[key], kit)
            label = Text(kit.t.label(Incident, key), "small", "muted")
            label.setBuddy(made.controls()[0])
            made.controls()[0].setAccessibleName(label.text())
            now = buttons.chip(
                kit.theme, kit.t.gettext(N_("Now")), call=partial(self._set_now, key)
            )
            said = kit.t.gettext(N_("Now: {field}")).format(field=label.text())
            now.setAccessibleName(said)
            now.setObjectName(f"now_{key}")
            for column, part in enumerate((label, made, now)):
                self._grid.addWidget(part, row, column)
            self.times[key] = made

    def now_button(self, key: str) -> QPushButton:
        """The button that says a time is now."""
        found = self.findChild(QPushButton, f"now_{key}")
        assert isinstance(found, QPushButton)
        return found

    def _set_now(self, key: str) -> None:
        zone = self._context.register.organisation().zone
        self.times[key].set_value(Instant(clock.now().replace(second=0, microsecond=0), zone))

    def _on_pressed(self) -> None:
        if self._step is None:
            return
        if self._step.key != "when":
            self.pressed.emit(self._step)
            return
        found = self.read()
        if found:
            self.times_entered.emit(found)
        elif not any(each.typed() for each in self.times.values()):
            self.times["aware_at"].controls()[0].setFocus()

    def read(self) -> Mapping[str, Value]:
        """What was entered and is not so already; the first time that cannot be read gets the cursor instead."""
        found: dict[str, Value] = {}
        for key, each in self.times.items():
            try:
                value = each.value()
            except Unfit:
                each.controls()[0].setFocus()
                return {}
            if value is not None and value != self._shown.get(key):
                found[key] = value
        return found


def _lacks_playbook(step: Step, loaded: Loaded | None) -> bool:
    """It goes on, and nobody has taken the steps that are kept for such a case."""
    return step.key == "contain" and loaded is not None and not started(loaded.case)
