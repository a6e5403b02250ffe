"""The timeline of an incident: "what just happened?" on top, then what people wrote and what the journal tells, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from riskreg import clock, timeline, timeline_words
from riskreg.changes import Changed
from riskreg.dates import here_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.records import Entry, declared
from riskreg.records.jsons import Json, one_line
from riskreg.records.values import Instant, Unfit
from riskreg.timeline import Moment
from ui.context import Context
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.kept import kept_of, put_back
from ui.forms.kit import Kit
from ui.forms.text import NO_LIMIT
from ui.incident.chips import PlainChip
from ui.incident.loaded import Loaded
from ui.widgets import buttons
from ui.widgets.text import Text

MOST = 200
"""Moments that are shown; all of them stand in the report of the incident."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What just happened, as it was typed: when and by whom."""

    text: str
    at: Instant
    who: str


class MomentCard(QFrame):
    """One moment: when, what, why and by whom."""

    def __init__(self, context: Context, loaded: Loaded, moment: Moment) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.moment = moment
        theme, t = context.theme, context.t
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space("s"), 0, theme.space("s") + 2)
        layout.setSpacing(2)
        lists = context.register.vocabulary
        head = timeline_words.heading(moment, lists, t, loaded.names)
        is_own = moment.what in ("entry", "decided", "sent")
        tone = "muted" if moment.is_withdrawn else "text"
        layout.addWidget(
            Text(here_words(moment.at, loaded.zone, context.t), "small", "muted", wraps=True)
        )
        layout.addWidget(Text(head, "strong" if is_own else "body", tone, wraps=True))
        for line in timeline_words.below(moment, t):
            layout.addWidget(Text(line, "small", "muted", wraps=True))
        recorded = timeline_words.recorded_words(moment, loaded.zone, t)
        by = [moment.who] if moment.who else []
        if moment.what in ("changed", "withdrawn", "restored") and recorded:
            by.append(recorded)
        if by:
            layout.addWidget(Text(" • ".join(by), "small", "muted", wraps=True))
        if moment.is_withdrawn:
            layout.addWidget(PlainChip(t.gettext(timeline_words.WITHDRAWN), "quiet"))
        self.setAccessibleName(head)

    def texts(self) -> str:
        """All that it says."""
        return "\n".join(each.text() for each in self.findChildren(Text))


class QuickEntry(QFrame):
    """One sentence about what just happened; when and who stand behind it and need not be touched."""

    entered = Signal()
    """It is to be added."""

    def __init__(self, context: Context, kit: Callable[[], Kit]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._kit = context, kit
        theme, gettext = context.theme, context.t.gettext
        self.line = QLineEdit()
        self.line.setMaxLength(NO_LIMIT)
        self.line.setPlaceholderText(gettext(N_("Called the recipient; she will delete it")))
        label = Text(gettext(N_("What just happened?")), "strong")
        label.setBuddy(self.line)
        self.line.setAccessibleName(label.text())
        self.who = QLineEdit()
        self.who.setPlaceholderText(gettext(N_("Who")))
        self.who.setAccessibleName(gettext(N_("Who")))
        self.at: Editor | None = None
        self.save = buttons.button(theme, gettext(N_("Add")), "plus", self._on_enter)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.space("xs"))
        self._row.addWidget(self.who, 1)
        self._row.addWidget(self.save)
        self._layout = QVBoxLayout(self)
        edge = theme.space("m")
        self._layout.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        self._layout.setSpacing(theme.space("xs"))
        for part in (label, self.line):
            self._layout.addWidget(part)
        self._layout.addLayout(self._row)
        self.line.returnPressed.connect(self._on_enter)
        self.line.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def ask(self) -> None:
        """Put the cursor there."""
        self._ready()
        self.line.setFocus()

    def clear(self) -> None:
        """It is on its way, or not wanted; who stays for the next one."""
        self.line.clear()
        if self.at is not None:
            self.at.set_value(None)

    def forget(self) -> None:
        """Another incident is shown."""
        self.clear()
        self.who.clear()

    def read(self) -> Sentence | None:
        """What was typed; None where nothing was, or where its time cannot be read, which gets the cursor."""
        at, text = self._ready(), one_line(self.line.text())
        if not text:
            return None
        try:
            value = at.value()
        except Unfit:
            at.controls()[0].setFocus()
            return None
        now = Instant(clock.now().replace(second=0, microsecond=0), self._kit().zone)
        return Sentence(text, value if isinstance(value, Instant) else now, self.who.text())

    def put_back(self, found: Sentence) -> None:
        """It was not saved: it stands before what was typed since."""
        self.line.setText(" ".join(filter(None, (found.text, self.line.text()))))
        self._ready().set_value(found.at)
        self.who.setText(found.who)

    def is_begun(self) -> bool:
        """Something was typed that is not saved."""
        return bool(self.line.text().strip())

    def written(self) -> dict[str, Json]:
        """What was typed, for a draft; empty where nothing was."""
        if not self.is_begun():
            return {}
        at = kept_of(self._ready(), declared(Entry)["happened_at"])
        return {"text": self.line.text(), "who": self.who.text(), "at": at}

    def write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back."""
        self.line.setText(kept["text"])
        self.who.setText(kept["who"])
        put_back(self._ready(), declared(Entry)["happened_at"], kept["at"], self._kit().zone)

    def allow(self, is_allowed: bool) -> None:
        """Switch it on or off."""
        self._ready()
        self.setVisible(is_allowed)

    def _ready(self) -> Editor:
        """The editor of the time, made when it is wanted; empty stands for now."""
        if self.at is None:
            self.at = editor(declared(Entry)["happened_at"], self._kit())
            line = cast("QLineEdit", self.at.controls()[0])
            line.setPlaceholderText(self._context.t.gettext(N_("Now")))
            line.setAccessibleName(self._context.t.gettext(N_("When it happened")))
            self._layout.insertWidget(2, self.at)
        return self.at

    def _on_text_changed(self) -> None:
        self.save.setEnabled(bool(one_line(self.line.text())))

    def _on_enter(self) -> None:
        self.entered.emit()


class TimelineView(QWidget):
    """All moments of one incident.

    Args:
        context: What the window shares.
        kit: Makes what the editor of the time needs.
    """

    def __init__(self, context: Context, kit: Callable[[], Kit]) -> None:
        super().__init__()
        self._context = context
        self._loaded: Loaded | None = None
        self._said: object = None
        self._sent: list[tuple[int, Sentence, Callable[[], object] | None]] = []
        self._unsaved: dict[int, Sentence] = {}
        self.quick = QuickEntry(context, kit)
        self.cards: list[MomentCard] = []
        self._more = Text("", "small", "muted", wraps=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, context.theme.space("s"), 0, context.theme.space("l"))
        self._layout.setSpacing(0)
        self._layout.addWidget(self.quick)
        self._layout.addStretch(1)
        self._layout.addWidget(self._more)
        self.quick.entered.connect(self.save)

    def clear(self) -> None:
        """Another incident is shown."""
        self.quick.forget()
        self._loaded, self._said = None, None
        self._show(())

    def show_case(self, loaded: Loaded) -> None:
        """Show its moments, the newest first."""
        self._loaded = loaded
        may_write = not self._context.register.read_only and not loaded.incident.deleted_at
        self.quick.allow(may_write)
        self._put_back()
        said = (loaded.moments, self._context.t.language)
        if said == self._said:
            return
        self._said = said
        self._show(tuple(reversed(loaded.moments)))

    def texts(self) -> list[str]:
        """What each moment says, the newest first."""
        return [each.texts() for each in self.cards]

    def _show(self, moments: tuple[Moment, ...]) -> None:
        for old in self.cards:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        for moment in moments[:MOST]:
            if self._loaded is None:
                break
            card = MomentCard(self._context, self._loaded, moment)
            self._layout.insertWidget(1 + len(self.cards), card)
            self.cards.append(card)
        t = self._context.t
        said = t.gettext(
            N_("The newest {number} moments of {total}; all of them are in the report.")
        )
        self._more.setText(said.format(number=MOST, total=number_words(len(moments))))
        self._more.setVisible(len(moments) > MOST)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Add the sentence, then do `then`. The line is free for the next one at once, so none is added twice."""
        found = self.quick.read()
        if self._loaded is None or found is None:
            return
        case = self._loaded.case
        self.quick.clear()
        self._sent.append((case.incident.id, found, then))
        changes = timeline.add_entry(case, found.text, found.at, found.who)
        self._context.change(changes, self._on_saved, self._on_failed)

    def _on_saved(self, _changed: Changed) -> None:
        _id, _found, then = self._sent.pop(0)
        if then:
            then()

    def _on_failed(self, error: Expected) -> None:
        """What was typed comes back, where its incident is shown."""
        id, found, _then = self._sent.pop(0)
        earlier = self._unsaved.get(id)
        text = f"{earlier.text} {found.text}" if earlier else found.text
        self._unsaved[id] = replace(found, text=text)
        self._put_back()
        self._context.show_unsaved(error)

    def _put_back(self) -> None:
        if self._loaded is not None:
            found = self._unsaved.pop(self._loaded.incident.id, None)
            if found is not None:
                self.quick.put_back(found)
