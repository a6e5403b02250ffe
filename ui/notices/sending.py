"""Record that a notice was sent: when, by whom, how, and the words as they went out. It cannot be undone, only followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Final, cast

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from riskreg import clock, notices
from riskreg.cases import case_of
from riskreg.changes import Changed
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.notices import Written
from riskreg.records import Notice, stored
from riskreg.records.jsons import Json
from riskreg.records.values import Count, Instant, Unfit
from riskreg.views import View, Where
from ui.context import Context
from ui.dialogs.drafting import Drafting
from ui.dialogs.leaving import is_given_up
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.editors import editor
from ui.forms.kept import kept_of, put_back
from ui.forms.kit import Kit
from ui.incident.chips import mark_drill
from ui.notices import entries
from ui.widgets.text import Text

_LEAD: Final = N_(
    "What is recorded as sent is kept as it is, with its checksum: it cannot be undone, only followed by another notice."
)
_FIELDS: Final = ("sent_at", "sent_by", "channel", "people_told", "not_told_reason")
_LATER: Final = ("late_reason", "next_due_at")
DRAFT: Final = "{ref}/sent/{notice}"
"""The key of what was typed and not recorded."""
_TEXT_TALL: Final = 160
_SIZE: Final = (640, 640)


class SendDialog(Sheet):
    """Asks what is to be kept of a notice that went out.

    Args:
        context: What the window shares.
        kit: What editors need.
        incident: Its id.
        line: The notice.
        written: What it says, as proposed for the text.
    """

    saves = True

    def __init__(
        self,
        context: Context,
        kit: Kit,
        incident: int,
        line: entries.Line,
        written: Written,
        parent: QWidget | None = None,
    ) -> None:
        gettext = context.t.gettext
        title = gettext(N_("Record as sent"))
        super().__init__(context, title, gettext(_LEAD), parent, width=640)
        assert line.notice is not None
        self._incident, self._kit = incident, kit
        self._line = line
        self._notice = line.notice
        kinds = stored(Notice)
        self.fields = {key: editor(kinds[key], kit) for key in (*_FIELDS, *_LATER)}
        moment = clock.now().astimezone(UTC).replace(second=0, microsecond=0)
        self.fields["sent_at"].set_value(Instant(moment, kit.zone))
        self.fields["sent_by"].set_value(context.settings.value.working_as)
        usual = None if self._notice.channel else _usual(context, self._notice)
        self.fields["channel"].set_value(usual.channel if usual else self._notice.channel)
        self.usual = Text(_as_before(usual, context), "small", "muted", wraps=True)
        self.usual.setHidden(usual is None)
        self.text = QPlainTextEdit(written.text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_TEXT_TALL)
        self.resize(*_SIZE)
        self.late = Text("", "small", "high", wraps=True)
        self._rows: dict[str, QWidget] = {}
        self._begun_with = {key: each.value() for key, each in self.fields.items()}
        self._proposed = self.text.toPlainText()
        self._lay_out_fields()
        mark_drill(self.body, case_of(context.register, incident).incident)
        self.send = self.add_primary(gettext(N_("Record as sent")), "check", self.save)
        self.fields["sent_at"].changed.connect(self.show_late)
        self.show_late()
        ref = case_of(context.register, incident).incident.ref
        self.draft = Drafting(self, DRAFT.format(ref=ref, notice=self._notice.ref), self._written, self._write)  # fmt: skip

    def show_late(self) -> None:
        """Ask why where the moment is after the deadline."""
        case = case_of(self.context.register, self._incident)
        try:
            at = self.fields["sent_at"].value()
        except Unfit:
            return
        rule = self._line.rule
        is_late = isinstance(at, Instant) and entries.is_late(case, self._line, at)
        self._rows["late_reason"].setVisible(is_late)
        self.late.setVisible(is_late)
        due = entries.due_of(case, rule) if rule and is_late else None
        if rule is not None and due is not None:
            when = moment_words(due, case.organisation.zone, self.context.t)
            said = self.context.t.gettext(N_("This is late: it was due {time}. Say why."))
            self.late.setText(said.format(time=when))

    def save(self) -> None:
        """Keep it, as one step that cannot be undone."""
        self.message.clear()
        found = {}
        for key, each in self.fields.items():
            try:
                found[key] = each.value()
            except Unfit:
                each.controls()[0].setFocus()
                return
        at = found["sent_at"]
        if not isinstance(at, Instant) or not found["channel"]:
            self.fields["channel" if isinstance(at, Instant) else "sent_at"].controls()[
                0
            ].setFocus()
            self.fail(Expected("notice_when_and_how"))
            return
        is_late = not self._rows["late_reason"].isHidden()
        if is_late and not str(found["late_reason"]).strip():
            self.fields["late_reason"].controls()[0].setFocus()
            self.fail(Expected("notice_late_why"))
            return
        try:
            changes = notices.send(
                self._notice,
                self.text.toPlainText(),
                at,
                str(found["sent_by"]),
                str(found["channel"]),
                people_told=cast("Count | None", found["people_told"]),
                not_told_reason=str(found["not_told_reason"]),
                late_reason=str(found["late_reason"]) if is_late else "",
                next_due_at=cast("Instant | None", found["next_due_at"]),
                others=case_of(self.context.register, self._incident).notices,
            )
        except Expected as error:
            self.fail(error)
            return
        self.progress.follow(self.context.change(changes, self._on_saved, self.fail))

    def done(self, result: int) -> None:
        """Ask first where something was typed that is not recorded."""
        is_left = result == self.DialogCode.Rejected and self._is_begun()
        if not is_left or is_given_up(self.context, self.save):
            self.draft.end(is_saved=result == self.DialogCode.Accepted)
            super().done(result)

    def _written(self) -> dict[str, Json]:
        """What stands here, for a draft."""
        kinds = stored(Notice)
        found: dict[str, Json] = {
            key: kept_of(each, kinds[key]) for key, each in self.fields.items()
        }
        return {**found, "text": self.text.toPlainText()}

    def _write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back."""
        for key, each in self.fields.items():
            if key in kept:
                put_back(each, stored(Notice)[key], kept[key], self._kit.zone)
        if "text" in kept:
            self.text.setPlainText(kept["text"])
        self.show_late()

    def _is_begun(self) -> bool:
        return self.text.toPlainText() != self._proposed or any(
            each.differs(self._begun_with[key]) for key, each in self.fields.items()
        )

    def _lay_out_fields(self) -> None:
        theme, t = self.context.theme, self.context.t
        for_people = self._notice.recipient == "individuals"
        for keys in (("sent_at", "sent_by"), ("channel", "next_due_at")):
            row = QHBoxLayout()
            row.setSpacing(theme.space("m"))
            for key in keys:
                row.addWidget(self._row(key), 1)
            self.body.addLayout(row)
        self.body.addWidget(self.usual)
        self.add_field(t.label(Notice, "text"), self.text)
        for key in ("people_told", "not_told_reason"):
            self.body.addWidget(self._row(key))
            self._rows[key].setVisible(for_people)
        self.body.addWidget(self.late)
        self.body.addWidget(self._row("late_reason"))

    def _row(self, key: str) -> QWidget:
        label = self.context.t.label(Notice, key)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(labelled(self.context.theme, label, self.fields[key]))
        for control in self.fields[key].controls():
            control.setAccessibleName(label)
        self._rows[key] = whole
        return whole

    def _on_saved(self, _changed: Changed) -> None:
        said = self.context.t.gettext(N_("{ref} is recorded as sent."))
        self.context.events.said.emit(said.format(ref=self._notice.ref))
        self.accept()


def _usual(context: Context, notice: Notice) -> Notice | None:
    """The notice whose channel is proposed."""
    reader = context.register
    case = case_of(reader, next(iter(notice.incident)))
    alike = View(kinds=("notice",), where=(Where("rule_key", "=", notice.rule_key),))
    before = [
        each for each in reader.records(reader.ids(alike)).values() if isinstance(each, Notice)
    ]
    return notices.usual_channel(notice, (*case.notices, *before))


def _as_before(usual: Notice | None, context: Context) -> str:
    """Why this channel stands there."""
    if usual is None:
        return ""
    said = context.t.gettext(N_("The channel is the one of {ref}: choose another if it went out differently."))  # fmt: skip
    return said.format(ref=usual.ref)
