"""The notices of one incident: a list of them at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from riskreg import clock, notices
from riskreg.cases import case_of
from riskreg.changes import Changed, ChangeSet
from riskreg.errors import N_, Expected
from riskreg.records.fields import Fields
from riskreg.records.jsons import Json
from riskreg.records.values import Instant
from ui.context import Context
from ui.dialogs import leaving
from ui.dialogs.drafting import Drafting
from ui.dialogs.sheet import Sheet
from ui.forms.directory import RegisterDirectory
from ui.forms.kit import Kit
from ui.incident.chips import mark_drill
from ui.jobs import Job
from ui.notices import begun, entries
from ui.notices.draft_pane import DraftPane
from ui.notices.overview import OverviewPane
from ui.notices.preview import field_of
from ui.notices.saving import Paper, save, wished
from ui.notices.sending import SendDialog
from ui.notices.sent_pane import Begun, SentPane
from ui.notices.side import Side
from ui.notices.sources import is_touched
from ui.prompts import Answer
from ui.widgets.text import Text

_SIZE: Final = (1020, 700)
_NEXT_PHASES: Final = ("further", "final", "withdrawn")


class NoticesDialog(Sheet):
    """Every notice of an incident.

    Args:
        context: What the window shares.
        incident: Its id.
        rule: The key of the rule that is shown first; "" for the most urgent one.

    Attributes:
        begun: By notice what was entered of what came back and is not kept yet; it outlives a change of the list.
    """

    saves = True

    def __init__(
        self, context: Context, incident: int, parent: QWidget | None = None, rule: str = ""
    ) -> None:
        gettext = context.t.gettext
        self.incident = incident
        self.case = case_of(context.register, incident)
        lead = f"{self.case.incident.ref} • {self.case.incident.title}"
        super().__init__(context, gettext(N_("Notices")), lead, parent)
        self.kit = Kit(
            t=context.t,
            theme=context.theme,
            vocabulary=context.register.vocabulary,
            zone=self.case.organisation.zone,
            directory=RegisterDirectory(context),
        )
        self.lines: tuple[entries.Line, ...] = ()
        self.begun: dict[int, Begun] = {}
        self._job: Job | None = None
        self._then: Callable[[Changed], object] = self._show_again
        self._is_leaving = False
        self.side = Side(context)
        self.list, self.many = self.side.list, self.side.many
        self.pane: QWidget | None = None
        self._room = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(context.theme.space("l"))
        row.addWidget(self.side)
        row.addLayout(self._room, 1)
        self.body.addLayout(row, 1)
        mark_drill(self.body, self.case.incident)
        self.offer_close()
        self.resize(*_SIZE)
        self.list.currentRowChanged.connect(self._on_row_chosen)
        self.many.prepare_wanted.connect(self.prepare_all)
        self.many.approve_wanted.connect(self.approve_all)
        self.many.overview_wanted.connect(self.show_overview)
        context.events.changed.connect(self._on_register_changed)
        self.show_lines(rule)
        key = begun.DRAFT.format(ref=self.case.incident.ref)
        self.draft = Drafting(self, key, self._written, self._write)

    def show_lines(self, rule: str = "", notice: int = 0) -> None:
        """Show the list anew, with a notice or a rule chosen."""
        self._list_lines()
        self._choose(
            next((place for place, line in enumerate(self.lines) if line.is_of(rule, notice)), 0)
        )

    def show_overview(self) -> None:
        """Show what each of the prepared ones still lacks."""
        self._list_lines()
        if not any(entries.drafts(self.lines)):
            self._choose(0)
            return
        self.side.choose(-1)
        pane = OverviewPane(self.context, self.case, self.lines)
        pane.wanted.connect(lambda id: self.show_lines(notice=id))
        self._show_pane(pane)

    def _list_lines(self) -> None:
        """The list as things are now."""
        self.case = case_of(self.context.register, self.incident)
        self.lines = tuple(entries.lines(self.case, clock.now()))
        there = {line.notice.id for line in self.lines if line.notice}
        self._note_begun()
        self.begun = {id: each for id, each in self.begun.items() if id in there}
        self.side.show_lines(self.case, self.lines)

    def _choose(self, place: int) -> None:
        """Show a line; -1 for none."""
        self.side.choose(place)
        self._on_row_chosen(place)

    def prepare(self, phase: str = "") -> None:
        """Begin a notice of the rule that is chosen."""
        line = self._line()
        if line is None or line.rule is None:
            return
        pane, who = self.pane, self._who()
        language = pane.chosen_language if isinstance(pane, DraftPane) else None
        wanted = phase or notices.phase_of(self.case, line.rule)
        try:
            changes = notices.prepare(self.case, line.rule, wanted, language, who, self._now())
        except Expected as error:
            self.fail(error)
            return
        self._send(changes)

    def prepare_all(self) -> None:
        """Begin a notice of every rule that was decided on with a yes, as one step."""
        try:
            changes = notices.prepare_all(self.case, self.many.rules, self._who(), self._now())
        except Expected as error:
            self.fail(error)
            return
        self._send(changes, then=lambda _changed: self.show_overview())

    def approve(self) -> None:
        """Ask who agrees, and keep it."""
        line, gettext = self._line(), self.context.t.gettext
        if line is None or line.notice is None:
            return
        who = self._approver(gettext(N_("Who approves this notice?")))
        if who is None:
            return
        try:
            changes = notices.approve(line.notice, who, self._now())
        except Expected as error:
            self.fail(error)
            return
        self._send(changes, line.notice.id)

    def approve_all(self) -> None:
        """Ask who agrees to all that are prepared, and keep it as one step."""
        found, gettext = self.many.unapproved, self.context.t.gettext
        asked = gettext(N_("Who approves these {number} notices?")).format(number=len(found))
        if (who := self._approver(asked)) is None:
            return
        try:
            changes = notices.approve_all(found, who, self._now())
        except Expected as error:
            self.fail(error)
            return
        self._send(changes, found[0].id)

    def _approver(self, asked: str) -> str | None:
        """Who agrees; None where the question was closed."""
        return self.context.prompts.line(self.context.t.gettext(N_("Approve")), asked, self._who())

    def send(self) -> None:
        """Ask what went out, and keep it."""
        line, pane = self._line(), self.pane
        if line is None or not isinstance(pane, DraftPane):
            return
        asked = SendDialog(self.context, self.kit, self.incident, line, pane.written(), self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.accepted.connect(self._go_on)
        asked.open()

    def _go_on(self) -> None:
        """One went out: show the next that waits to be sent, else the one that was."""
        place, sent = self.list.currentRow(), self._line()
        order = (*self.lines[place + 1 :], *self.lines[: max(place, 0)])
        then = next(entries.drafts(order), None)
        if then is None or sent is None or sent.notice is None:
            return
        self.show_lines(notice=then.notice.id)
        said = self.context.t.gettext(N_("{ref} is recorded as sent. The next one is shown."))
        back = self.context.t.gettext(N_("Back to {ref}")).format(ref=sent.notice.ref)
        before = partial(self._go_back, sent.notice.id)
        self.message.tell(said.format(ref=sent.notice.ref), (back, before))

    def _go_back(self, notice: int) -> None:
        self.message.clear()
        self.show_lines(notice=notice)

    def follow_up(self) -> None:
        """Ask which notice comes next, and begin it."""
        gettext, vocabulary = self.context.t.gettext, self.context.register.vocabulary
        phases = vocabulary.terms_of("notice_phase")
        answers = [Answer(key, phases.label(key, self.context.t.language)) for key in _NEXT_PHASES]
        phase = self.context.prompts.ask(
            gettext(N_("Follow up")),
            gettext(N_("What was sent stays as it is. Which notice follows it?")),
            answers,
        )
        if phase in _NEXT_PHASES:
            self.prepare(phase)

    def open_notice(self) -> None:
        """Show the record of the notice in the panel."""
        line = self._line()
        if line is not None and line.notice is not None:
            id = line.notice.id
            if not self.close():
                return
            self.context.events.open_record.emit(id)

    def save_file(self, suffix: str) -> None:
        """Ask where, and write the paper that is shown."""
        pane, line = self.pane, self._line()
        if not isinstance(pane, DraftPane) or line is None or line.rule is None:
            return
        paper = Paper(line.rule, pane.chosen_paper, pane.chosen_language, pane.paper.currentText())
        wish = wished(self.context, self.case.incident, paper, suffix)
        if wish is not None:
            self.message.clear()
            self.progress.follow(save(self.context, wish, self.message.tell, self.fail))

    def enter(self, source: str) -> None:
        """Go to the field in which something that is missing is entered."""
        kind, key = field_of(source)
        events = self.context.events
        if not self.close():
            return
        match kind:
            case "incident":
                events.field_wanted.emit(self.incident, key)
            case "assessment":
                events.step_wanted.emit("assess", self.incident)
            case _:
                self.context.actions["settings"].trigger()

    def done(self, result: int) -> None:
        """What was entered of what came back is not lost without a question."""
        if self._is_all_kept():
            self.draft.end(is_saved=False)
            super().done(result)

    def _is_all_kept(self) -> bool:
        """Nothing is begun, or the person wants it discarded; where it shall be kept, closing goes on once it is."""
        self._note_begun()
        if not self.begun:
            return True
        return leaving.is_given_up(self.context, self._save_and_leave)

    def _save_and_leave(self) -> None:
        self._is_leaving = True
        self.show_lines(notice=next(iter(self.begun)))
        if not isinstance(self.pane, SentPane) or not self.pane.save():
            self._is_leaving = False

    def _send(
        self,
        changes: ChangeSet,
        notice: int = 0,
        then: Callable[[Changed], object] | None = None,
    ) -> None:
        """Keep it; then show this notice, or do `then`."""
        if self._job is not None and not self._job.is_finished:
            return
        self.message.clear()
        line = self._line()
        rule = line.rule.key if line and line.rule else ""
        self._then = then or partial(self._show_again, rule=rule, notice=notice)
        self._job = self.context.change(changes, self._on_saved, self._on_failed)
        self.progress.follow(self._job)

    def _on_saved(self, changed: Changed) -> None:
        self._then(changed)
        if self._is_leaving:
            self._is_leaving = False
            self.reject()

    def _show_again(self, changed: Changed, rule: str = "", notice: int = 0) -> None:
        self.show_lines(rule, notice or changed.new.get(-1, 0))

    def _on_failed(self, error: Expected) -> None:
        self._is_leaving = False
        self.fail(error)

    def _on_row_chosen(self, place: int) -> None:
        """Show the notice of a line."""
        is_there = 0 <= place < len(self.lines)
        self._show_pane(self._made(self.lines[place]) if is_there else self._none())

    def _show_pane(self, pane: QWidget) -> None:
        if self.pane is not None:
            self._note_begun()
            self.pane.hide()
            self.pane.deleteLater()
        self.pane = pane
        self._room.addWidget(pane)
        self._note_begun()

    def _note_begun(self) -> None:
        """Remember what was entered in the notice that is shown."""
        if isinstance(self.pane, SentPane):
            self.begun.pop(self.pane.notice.id, None)
            if entered := self.pane.begun():
                self.begun[self.pane.notice.id] = entered

    def _written(self) -> dict[str, Json]:
        """What was entered and not kept, for a draft."""
        self._note_begun()
        return begun.written(self.begun, self.case.notices)

    def _write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back, and show the first notice of it."""
        found = begun.read(kept, self.case.notices, self.kit.zone)
        self.begun |= found
        if isinstance(self.pane, SentPane):
            self.pane.go_on(found.get(self.pane.notice.id, {}))
        self.show_lines(notice=next(iter(found), 0))

    def _made(self, line: entries.Line) -> QWidget:
        if line.notice is not None and (line.notice.sent_at is not None or line.rule is None):
            sent = SentPane(self.context, self.kit, self.case, line)
            sent.follow_wanted.connect(self._follow)
            sent.next_wanted.connect(self.follow_up)
            sent.open_wanted.connect(self.open_notice)
            sent.go_on(self.begun.get(line.notice.id, {}))
            return sent
        assert line.rule is not None
        pane = DraftPane(self.context, self.case, line, line.rule)
        pane.enter_wanted.connect(self.enter)
        pane.prepare_wanted.connect(self.prepare)
        pane.approve_wanted.connect(self.approve)
        pane.send_wanted.connect(self.send)
        pane.save_wanted.connect(self.save_file)
        return pane

    def _none(self) -> QWidget:
        said = N_("No rule of notification is in sight. Say where the people live and who you are in this.")  # fmt: skip
        return Text(self.context.t.gettext(said), "body", "muted", wraps=True)

    def _follow(self, values: object) -> None:
        line = self._line()
        if line is None or line.notice is None:
            return
        try:
            changes = notices.follow(line.notice, cast("Fields", values))
        except Expected as error:
            self.fail(error)
            return
        self._send(changes, line.notice.id)

    def _on_register_changed(self, changed: Changed) -> None:
        if not is_touched(self.context.register, self.case, changed):
            return
        if isinstance(self.pane, OverviewPane):
            self.show_overview()
            return
        line = self._line()
        notice = line.notice.id if line and line.notice else 0
        self.show_lines(line.rule.key if line and line.rule else "", notice)

    def _line(self) -> entries.Line | None:
        place = self.list.currentRow()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def _who(self) -> str:
        """Who works here, as the settings say."""
        return self.context.settings.value.working_as

    def _now(self) -> Instant:
        moment = clock.now().astimezone(UTC).replace(second=0, microsecond=0)
        return Instant(moment, self.case.organisation.zone)
