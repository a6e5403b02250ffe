"""The file of a piece of evidence, in the panel: its name, type, size, whether it is whole, and what can be done with it."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from riskreg import evidence
from riskreg.errors import N_, Expected
from riskreg.evidence import Held
from riskreg.formats import link_name, number_words
from riskreg.records import Evidence, Record
from riskreg.views import Name
from riskreg.wording import message
from ui.context import Context
from ui.forms.flow import FlowBox
from ui.widgets import buttons
from ui.widgets.badge import Badge
from ui.widgets.text import Text

CHECKING = N_("Checking the file…")
WHOLE = N_("The file matches its recorded SHA-256.")
DIFFERS = N_("The file does not match its recorded SHA-256.")


_NEWER_WIDTH = 300


class FileCard(QFrame):
    """Hidden for every other kind of record."""

    open_asked = Signal(object)
    """Show a copy of the file of this `Evidence`."""
    save_asked = Signal(object)
    version_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._record: Evidence | None = None
        theme, gettext = context.theme, context.t.gettext
        self.name = Text(role="strong", wraps=True)
        self.about = Text(role="small", tone="muted", wraps=True)
        self.state = Text(role="small", wraps=True)
        self.reason = Text(
            gettext(N_("A file of this type can do something on this computer when it is opened, so it can only be saved.")),
            role="small", tone="muted", wraps=True,
        )  # fmt: skip
        self.standing = Badge()
        self.newer = buttons.link(theme, "", self._open_newer)
        self._newer_id = 0
        self.open = buttons.button(theme, gettext(N_("Open a copy")), "external-link", self._open)
        self.save = buttons.button(theme, gettext(N_("Save as…")), "download", self._save)
        self.version = buttons.button(
            theme, gettext(N_("Newer version…")), "paperclip", self.version_asked.emit
        )
        self._flow = FlowBox(theme.space("s"))
        layout = QVBoxLayout(self)
        edge = theme.space("m")
        layout.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        layout.setSpacing(theme.space("xs"))
        self._replaced = FlowBox(theme.space("s"))
        for part in (self.name, self._replaced, self.about, self.state, self.reason, self._flow):
            layout.addWidget(part)
        self._replaced.show_widgets([self.standing, self.newer])
        self._flow.show_widgets([self.open, self.save, self.version])
        self.hide()

    def show_record(self, record: Record | None) -> None:
        """Show the file of a piece of evidence, and check it beside the window."""
        is_file = isinstance(record, Evidence) and bool(record.sha256)
        before, self._record = self._record, record if isinstance(record, Evidence) else None
        self.setVisible(is_file)
        if self._record is None or not is_file:
            return
        self._describe(self._record)
        self._show_standing(self._record)
        if before is None or before.id != self._record.id:
            self._say(CHECKING, "muted")
        found = self._record
        self._context.ask(
            lambda reader: evidence.held(reader, found),
            lambda held: self._on_checked(found, held),
            lambda error: self._on_failed(found, error),
        )

    def _describe(self, record: Evidence) -> None:
        t = self._context.t
        may_open = evidence.may_be_opened(record.file_name)
        ending = PurePosixPath(evidence.safe_name(record.file_name)).suffix
        size = record.file_size.number if record.file_size else None
        parts = [
            ending.removeprefix(".").upper(),
            ""
            if size is None
            else t.gettext(N_("{number} bytes")).format(number=number_words(size)),
            f"SHA-256 {record.sha256[:16]}…",
        ]
        self.name.setText(evidence.name_shown(record.file_name or record.title))
        self.about.setText(" • ".join(filter(None, parts)))
        self.about.setToolTip(record.sha256)
        self.reason.setVisible(not may_open)
        self.open.setVisible(may_open)
        may_write = not self._context.register.read_only and record.deleted_at is None
        self.version.setEnabled(may_write)
        self.setAccessibleName(self.name.text())

    def _show_standing(self, record: Evidence) -> None:
        """Say that it is not the current one any more, and which is."""
        terms = self._context.register.vocabulary.terms_of("evidence_status")
        status = record.status or ""
        is_over = not terms.is_open(status)
        word = terms.label(status, self._context.t.language) if is_over else ""
        self.standing.show_number(word, "moderate")
        self.newer.hide()
        self._replaced.setVisible(is_over)
        self._context.ask(
            lambda reader: evidence.newer(reader, record),
            lambda found: self._show_newer(record, found),
        )

    def _show_newer(self, record: Evidence, found: tuple[int, Name] | None) -> None:
        if found is None or self._record is None or self._record.id != record.id:
            return
        id, name = found
        t = self._context.t
        said = t.gettext(N_("Newer version: {record}")).format(record=link_name(name, t))
        shown = self.newer.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, _NEWER_WIDTH)
        self.newer.setText(shown.replace("&", "&&"))
        self.newer.setAccessibleName(said)
        self._newer_id = id
        self.newer.show()
        self._replaced.show()

    def _open_newer(self) -> None:
        self._context.events.open_record.emit(self._newer_id)

    def _on_checked(self, record: Evidence, held: Held) -> None:
        if self._record and self._record.id == record.id:
            self._say(WHOLE if held.is_whole else DIFFERS, "muted" if held.is_whole else "critical")
            self._allow(is_there=True)

    def _on_failed(self, record: Evidence, error: Expected) -> None:
        if self._record and self._record.id == record.id:
            self.state.setText(message(error, self._context.t).what)
            self.state.set_tone("critical")
            self._allow(is_there=error.id != "no_content")

    def _allow(self, *, is_there: bool) -> None:
        self.open.setEnabled(is_there)
        self.save.setEnabled(is_there)

    def _say(self, words: str, tone: str) -> None:
        self.state.setText(self._context.t.gettext(words))
        self.state.set_tone(tone)

    def _open(self) -> None:
        self.open_asked.emit(self._record)

    def _save(self) -> None:
        self.save_asked.emit(self._record)
