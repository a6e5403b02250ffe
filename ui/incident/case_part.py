"""What the panel shows of an incident besides its form: read beside the window, told anew each minute and after each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from riskreg import clock
from riskreg.errors import Expected
from riskreg.records import Incident
from riskreg.records.jsons import Json
from riskreg.records.values import Instant
from riskreg.rules.meaning import meant
from riskreg.rules.next_step import Step, next_step
from riskreg.rules.regimes import Rule
from ui.context import Context
from ui.forms.kit import Kit
from ui.incident import loaded as reading
from ui.incident import step_words
from ui.incident.board import Board
from ui.incident.case_line import CaseLine
from ui.incident.loaded import Loaded
from ui.incident.moments import TimelineView
from ui.incident.step_card import StepCard
from ui.incident.tied import FilesView, TiesView
from ui.jobs import Job
from ui.steps import STEPS

_ERRANDS: Final = {"assess": "assess", "review": "review", "close": "review"}
"""The dialog of `ui.steps` that takes a step, by the key of the step."""
_AGAIN_MS: Final = 150


class CasePart(QObject):
    """The next step, the chips under the title, and the tabs of an incident.

    Args:
        context: What the window shares.
        kit: Makes what editors need.
    """

    values_entered = Signal(object)
    """Values of the incident by field, to be put into the form and saved."""
    field_wanted = Signal(str)
    """Go to this field of the form."""
    part_wanted = Signal(str)
    """Show this tab."""

    def __init__(self, context: Context, kit: Callable[[], Kit], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._kit = context, kit
        self._incident: Incident | None = None
        self._job: Job | None = None
        self.loaded: Loaded | None = None
        self.line = CaseLine(context)
        self.card = StepCard(context, kit)
        self.board = Board(context)
        self.timeline = TimelineView(context, kit)
        self.files = FilesView(context)
        self.ties = TiesView(context)
        self.parts: Mapping[str, QWidget] = {
            "decision": self.board,
            "timeline": self.timeline,
            "evidence": self.files,
            "links": self.ties,
        }
        self._part = "overview"
        self._wanted = ""
        """The part of a dialog that is opened once the incident is read."""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.ask)
        context.events.minute.connect(self._on_minute)
        self.card.pressed.connect(self.take)
        self.card.times_entered.connect(self.values_entered)
        self.card.happened.connect(self.note)
        self.card.playbook_wanted.connect(lambda: self._begin("playbook"))
        self.board.decide_wanted.connect(self.decide)
        self.board.notice_wanted.connect(self.show_notice)
        self.board.facts_wanted.connect(self.field_wanted)

    @property
    def incident(self) -> Incident | None:
        """The incident that is shown."""
        return self._incident

    def show_incident(self, incident: Incident | None) -> None:
        """Show an incident; None where another kind of record is shown, or one in the bin."""
        is_other = (self._incident and self._incident.id) != (incident and incident.id)
        self._drop()
        self._incident = incident
        if is_other:
            self.loaded, self._wanted = None, ""
            self.card.forget()
            for part in (self.board, self.timeline, self.files, self.ties):
                part.clear()
        if incident is None:
            self.card.show_step(None)
            self.line.show_incident(None, None)
            return
        self.card.show_times(incident)
        if self.loaded is None:
            self.card.show_step(_first_step(incident, self._context))
            self.line.show_incident(incident, None)
        self.ask()

    def ask(self) -> None:
        """Read it anew beside the window."""
        if self._incident is None:
            return
        id = self._incident.id
        self._drop()
        self._job = self._context.ask(
            lambda reader: reading.load(reader, id), self._on_loaded, self._on_failed
        )

    def is_begun(self) -> bool:
        """A time or a sentence was typed here that is not saved."""
        return self.card.is_begun() or self.timeline.quick.is_begun()

    def discard(self) -> None:
        """What was typed here is not wanted."""
        self.card.discard()
        self.timeline.quick.clear()

    def written(self) -> dict[str, Json]:
        """What was typed here, for a draft; empty where nothing was."""
        parts = {"entry": self.timeline.quick.written(), "times": self.card.written()}
        return {key: kept for key, kept in parts.items() if kept}

    def write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back; a sentence is shown where it stands."""
        self.card.write(kept.get("times", {}))
        if "entry" in kept:
            self.timeline.quick.write(kept["entry"])
            self.part_wanted.emit("timeline")

    def save_sentence(self, then: Callable[[], object]) -> None:
        """Add the sentence that was typed, if one was; then do `then`."""
        if self.timeline.quick.is_begun():
            self.part_wanted.emit("timeline")
            self.timeline.save(then)
        else:
            then()

    def show_part(self, key: str) -> None:
        """A tab is turned to."""
        self._part = key
        self._tell_part()

    def stop(self) -> None:
        """Ask nothing any more: the register is about to close."""
        self._drop()
        self._incident = None

    def note(self) -> None:
        """Let somebody write down what just happened."""
        self.part_wanted.emit("timeline")
        self.timeline.quick.ask()

    def decide(self, rule: Rule) -> None:
        """Ask for a decision on a rule."""
        from ui.dialogs.decide import DecideDialog

        if self.loaded is None or self._context.register.read_only:
            return
        window = self.card.window()
        dialog = DecideDialog(self._context, self._kit(), self.loaded.case, rule, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def reopen(self, part: str) -> None:
        """Open the dialog in which something was being written: `decision/RULE`, `sent/NOTICE` or `notices`."""
        if self._incident is None:
            return
        if self.loaded is None:
            self._wanted = part
            return
        dialog, _, which = part.partition("/")
        if dialog == "decision":
            rules = [rule for rule in self.loaded.case.rules if rule.key == which]
            for rule in rules[:1]:
                self.decide(rule)
            return
        keys = [each.rule_key for each in self.loaded.case.notices if each.ref == which]
        self._context.events.notices_wanted.emit(self._incident.id, next(iter(keys), ""))

    def show_notice(self, rule: Rule) -> None:
        """Show the notices of the incident, those of a rule first."""
        if self._incident is not None:
            self._context.events.notices_wanted.emit(self._incident.id, rule.key)

    def take(self, step: Step) -> None:
        """Do what a step asks for, or lead there."""
        if step.key == "contain":
            zone = self._context.register.organisation().zone
            now = Instant(clock.now().replace(second=0, microsecond=0), zone)
            self.values_entered.emit({"contained_at": now})
        elif step.rule is not None and step.key == "notify":
            self.show_notice(step.rule)
        elif step.rule is not None:
            self.decide(step.rule)
        elif not self._begin(_ERRANDS.get(step.key, "")):
            self.field_wanted.emit(step_words.FIELDS[step.key])

    def _begin(self, errand: str) -> bool:
        """Open the dialog that takes a step; False where there is none."""
        if errand not in STEPS or self._incident is None:
            return False
        self._context.events.step_wanted.emit(errand, self._incident.id)
        return True

    def _on_loaded(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self._tell()
        if self._wanted:
            part, self._wanted = self._wanted, ""
            self.reopen(part)

    def _on_failed(self, error: Expected) -> None:
        """It was withdrawn meanwhile, which the panel says itself; a file that is busy is asked again."""
        if error.id == "busy":
            self._again.start()
        elif error.id != "no_record":
            self._context.show(error)

    def _on_minute(self) -> None:
        if self._incident is not None and self.loaded is not None:
            self._tell()

    def _tell(self) -> None:
        """Say what is so now."""
        loaded = cast("Loaded", self.loaded)
        self.card.show_step(loaded.step(), loaded)
        self.line.show_incident(loaded.incident, loaded)
        self._tell_part()

    def _tell_part(self) -> None:
        """Only the tab that is seen is made."""
        if self.loaded is None:
            return
        part = self.parts.get(self._part)
        if isinstance(part, Board | TimelineView | FilesView | TiesView):
            part.show_case(self.loaded)

    def _drop(self) -> None:
        self._again.stop()
        if self._job is not None:
            self._job.drop()


def _first_step(incident: Incident, context: Context) -> Step | None:
    """What is asked before the clocks are known: containment and times; the rest can wait a blink."""
    spoken = meant(incident, context.register.vocabulary)
    found = next_step(spoken, is_assessed=True, now=clock.now())
    return found if found and found.key in ("contain", "when", "places", "role", "people") else None
