"""What an incident is tied to, and the evidence kept of it: rows that open what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from riskreg import clock
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.evidence import name_shown
from riskreg.records import KINDS, Evidence, Incident, every_link
from riskreg.views import Name
from ui.context import Context
from ui.incident.loaded import Loaded
from ui.playbooks.checklist import Checklist
from ui.titles import title
from ui.widgets import buttons
from ui.widgets.rows import Row, RowText
from ui.widgets.text import Text

_APART: Final = ("evidence_files", "entries", "tasks")
"""Links that are shown in a way of their own."""
_MOST: Final = 50


class _Rows(QWidget):
    """Titles and rows, one below the other."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._parts: list[QWidget] = []
        self._said: object = None
        self.rows: list[Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, context.theme.space("s"), 0, context.theme.space("l"))
        self._layout.setSpacing(context.theme.space("xs"))
        self._layout.addStretch(1)

    def clear(self) -> None:
        """Another incident is shown."""
        for old in self._parts:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts, self.rows, self._said = [], [], None

    def is_new(self, *said: object) -> bool:
        """Whether something else is to be shown than stands here; then the place is cleared for it."""
        if said == self._said:
            return False
        self.clear()
        self._said = said
        return True

    def add(self, part: QWidget) -> None:
        """Put a widget beneath the others."""
        self._layout.insertWidget(len(self._parts), part)
        self._parts.append(part)

    def add_beside(self, part: QWidget) -> None:
        """Put a widget beneath the others, no wider than it wants to be."""
        self._layout.insertWidget(len(self._parts), part, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts.append(part)

    def add_row(self, words: RowText, call: Callable[[], object]) -> None:
        """Put a row beneath the others."""
        made = Row(self._context.theme, words)
        made.clicked.connect(lambda _checked=False: call())
        self.rows.append(made)
        self.add(made)

    def open(self, id: int) -> None:
        """Show a record."""
        self._context.events.open_record.emit(id)


class TiesView(_Rows):
    """Its tasks as a checklist, then everything it points to and what points to it, by the field that ties them."""

    checklist: Checklist
    """The tasks, once they are shown."""

    def show_case(self, loaded: Loaded) -> None:
        """Show its tasks and ties; nothing is made anew where they are as before."""
        tasks, now, t = loaded.case.tasks, clock.now(), self._context.t
        late = [task.id for task in tasks if task.target_at and task.target_at.utc < now]
        ties = [(key, list(_named(loaded, key))) for key in every_link(Incident)]
        if not self.is_new(loaded.incident.id, tasks, late, ties, t.language):
            return
        self.checklist = checklist = Checklist(self._context)
        checklist.show_case(loaded.case)
        wanted = partial(self._context.events.step_wanted.emit, "playbook", loaded.incident.id)
        checklist.playbook_wanted.connect(wanted)
        self.add(Text(t.label(Incident, "tasks"), "small", "muted"))
        self.add(checklist)
        for key, names in ties:
            if not names or key in _APART:
                continue
            self.add(Text(t.label(Incident, key), "small", "muted"))
            for id, name in names[:_MOST]:
                words = RowText(
                    icon=KINDS[name.kind].icon,
                    lead=name.ref,
                    text=title(name.kind, name.ref, name.title, t.language),
                )
                self.add_row(words, partial(self.open, id))
        if not self.rows:
            said = N_(
                "Not tied to anything yet. Tie it to the data affected and the risk that foretold it."
            )
            self.add(Text(t.gettext(said), "small", "muted", wraps=True))
        tie = buttons.button(
            self._context.theme, t.gettext(N_("Tie to another record…")), "link", self._on_tie
        )
        tie.setEnabled(not self._context.register.read_only)
        self.add_beside(tie)

    def _on_tie(self) -> None:
        self._context.actions["tie"].trigger()


class FilesView(_Rows):
    """The evidence of an incident, and what else proves: receipts of notices point to the same files."""

    def show_case(self, loaded: Loaded) -> None:
        """Show its files; nothing is made anew where they are as before."""
        t = self._context.t
        if not self.is_new(loaded.incident.id, loaded.case.evidence, t.language):
            return
        for each in sorted(loaded.case.evidence, key=lambda file: file.ref):
            self.add_row(_file_words(each, self._context), partial(self.open, each.id))
        if not self.rows:
            said = N_(
                "No files yet. Drop the mail, a picture of the screen or the reply here; what is kept cannot be changed unseen."
            )
            self.add(Text(t.gettext(said), "small", "muted", wraps=True))
        attach = buttons.button(
            self._context.theme, t.gettext(N_("Attach a file…")), "paperclip", self._on_attach
        )
        attach.setEnabled(not self._context.register.read_only)
        self.add_beside(attach)

    def _on_attach(self) -> None:
        self._context.actions["attach"].trigger()


def _named(loaded: Loaded, key: str) -> Iterable[tuple[int, Name]]:
    """The records of a field that can be named, by their refs."""
    found = ((id, loaded.names[id]) for id in loaded.links.get(key, ()) if id in loaded.names)
    return sorted(found, key=lambda each: each[1].ref)


def _file_words(file: Evidence, context: Context) -> RowText:
    end = day_words(file.received_on, context.t) if file.received_on else ""
    return RowText(
        icon="paperclip", lead=file.ref, text=name_shown(file.file_name or file.title), end=end
    )
