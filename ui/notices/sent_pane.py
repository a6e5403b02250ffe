"""A notice that was sent: its words as they went out, and what came back since."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from riskreg.cases import Case
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.notices import digest
from riskreg.records import Notice, stored
from riskreg.records.fields import Value
from riskreg.records.values import Unfit
from ui.context import Context
from ui.dialogs.sheet import labelled
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.notices import entries
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

BACK: Final = ("receipt", "replied_at", "next_due_at", "reply")
"""What can come back, in the order in which it is asked."""
Begun = dict[str, tuple[Value, str]]
"""What was entered and not kept, by field: its value, and text that is no value yet."""
_TEXT_TALL: Final = 220


class SentPane(QWidget):
    """One notice that cannot be changed any more, only followed.

    Args:
        context: What the window shares.
        kit: What editors need.
        case: Of the incident.
        line: The notice.
    """

    follow_wanted = Signal(object)
    """Keep what came back: fields and values."""
    open_wanted = Signal()
    """Show the record itself, where files can be attached."""
    next_wanted = Signal()
    """Prepare the next notice of the same rule."""

    def __init__(self, context: Context, kit: Kit, case: Case, line: entries.Line) -> None:
        super().__init__()
        assert line.notice is not None
        self._context = context
        self.notice: Notice = line.notice
        self._line = line
        self.text = QPlainTextEdit(self.notice.text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.back: dict[str, Editor] = {}
        asked: tuple[str, ...] = BACK
        if entries.was_late(case, line) and not self.notice.late_reason:
            asked = ("late_reason", *BACK)
        for key in asked:
            self.back[key] = editor(stored(Notice)[key], kit)
            self.back[key].set_value(self.notice.get(key))
        self._lay_out()

    def save(self) -> bool:
        """Keep what came back; whether there was something that can be kept."""
        found: dict[str, Value] = {}
        for key, each in self.back.items():
            try:
                value = each.value()
            except Unfit:
                each.controls()[0].setFocus()
                return False
            if value != self.notice.get(key):
                found[key] = value
        if found:
            self.follow_wanted.emit(found)
        return bool(found)

    def begun(self) -> Begun:
        """What a person entered here and did not keep yet."""
        found: Begun = {}
        for key, each in self.back.items():
            if not each.differs(self.notice.get(key)):
                continue
            try:
                found[key] = (each.value(), each.typed())
            except Unfit:
                found[key] = (self.notice.get(key), each.typed())
        return found

    def go_on(self, begun: Begun) -> None:
        """Put such entries back."""
        for key, (value, typed) in begun.items():
            if (each := self.back.get(key)) is not None:
                each.set_value(value)
                if typed:
                    each.type(typed)

    def _lay_out(self) -> None:
        theme, gettext = self._context.theme, self._context.t.gettext
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(Text(entries.title(self._line, self._context.t), "section", wraps=True))
        for sentence in self._sentences():
            column.addWidget(Text(sentence, "small", "muted", wraps=True))
        column.addLayout(labelled(theme, gettext(N_("Text as sent")), self.text))
        self.text.setMinimumHeight(_TEXT_TALL)
        is_sent = self.notice.sent_at is not None
        self.hash = Text(self._hash_words(), "small", "muted", wraps=True)
        column.addWidget(self.hash)
        back = self._back()
        column.addWidget(back)
        for part in (self.hash, back):
            part.setVisible(is_sent)  # of one whose rule is gone nothing can come back
        column.addStretch(1)
        area = QScrollArea()
        dress(area, inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        row = QHBoxLayout()
        told = gettext(N_("Open {ref} to attach its proof")).format(ref=self.notice.ref)
        self.open = buttons.link(theme, told, self.open_wanted.emit)
        row.addWidget(self.open)
        row.addStretch(1)
        self.next = buttons.primary(theme, gettext(N_("Follow up…")), "", self.next_wanted.emit)
        self.next.setEnabled(not self._context.register.read_only and self._line.rule is not None)
        row.addWidget(self.next)
        layout.addLayout(row)

    def _back(self) -> QWidget:
        theme, t = self._context.theme, self._context.t
        card = Card(theme, t.gettext(N_("What came back")))
        card.body.setSpacing(theme.space("s"))
        for key, each in self.back.items():
            label = t.label(Notice, key)
            card.body.addLayout(labelled(theme, label, each))
            for control in each.controls():
                control.setAccessibleName(label)
            each.set_read_only(bool(self._context.register.read_only))
        self.keep = buttons.button(theme, t.gettext(N_("Keep what came back")), call=self.save)
        self.keep.setEnabled(not self._context.register.read_only)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _sentences(self) -> list[str]:
        t, notice, vocabulary = self._context.t, self.notice, self._context.register.vocabulary
        if notice.sent_at is None:
            gone = t.gettext(N_("{ref} was prepared for a rule that is not known any more."))
            return [gone.format(ref=notice.ref)]
        kinds = stored(Notice)
        channel = format_value(kinds["channel"], notice.channel, t, vocabulary)
        when = instant_words(notice.sent_at, t)
        told = t.gettext(N_("{ref}, sent {time} by {who}. Channel: {channel}."))
        said = [told.format(ref=notice.ref, time=when, who=notice.sent_by, channel=channel)]
        if notice.addressee:
            said.append(t.gettext(N_("To: {who}")).format(who=notice.addressee))
        if notice.people_told:
            people = format_value(kinds["people_told"], notice.people_told, t, vocabulary)
            said.append(t.gettext(N_("People told: {number}")).format(number=people))
        for key in ("not_told_reason", "late_reason"):
            if value := notice.get(key):
                fact = t.gettext(N_("{field}: {value}"))
                said.append(fact.format(field=t.label(Notice, key), value=value))
        return said

    def _hash_words(self) -> str:
        """The checksum, and whether the text still fits it."""
        gettext = self._context.t.gettext
        fits = digest(self.notice.text) == self.notice.text_sha256
        told = N_("SHA-256 of the text: {hash}. It fits.") if fits else N_("The text does not fit its SHA-256: {hash}.")  # fmt: skip
        return gettext(told).format(hash=self.notice.text_sha256)
