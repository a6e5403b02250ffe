"""The frame of every dialog: a title, a sentence, its content, what is going on, and buttons at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import N_, Expected
from riskreg.wording import message
from ui.context import Context
from ui.dialogs.progress import ProgressStrip
from ui.dialogs.scrolling import BodyArea, room_of
from ui.forms.message import MessageBar
from ui.theme import Theme
from ui.ways import whatever_was_wanted, when_saving
from ui.ways_out import buttons_for
from ui.widgets import buttons
from ui.widgets.reading import move_focus
from ui.widgets.text import Text


class Sheet(QDialog):
    """A dialog; what it holds goes into `body`, its buttons into the foot by `add_button`.

    On a screen too small for it the body scrolls; title and buttons stay in their places.

    Args:
        context: What the window shares.
        title: Its name, translated.
        lead: A sentence under it, translated.
        width: Its width in pixels at 100 %.
    """

    saves = False
    """What it does goes into the register, so that a failure offers the ways out of it."""

    def __init__(
        self,
        context: Context,
        title: str,
        lead: str = "",
        parent: QWidget | None = None,
        width: int = 520,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        theme = context.theme
        self.title = Text(title, "section")
        self.lead = Text(lead, "body", "muted", wraps=True)
        self.lead.setVisible(bool(lead))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space("s"))
        self.area = BodyArea(self, self.body)
        self.message = MessageBar(theme)
        self.progress = ProgressStrip(context)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.space("s"))
        self.foot.addStretch(1)
        self.close_button = self.add_button(context.t.gettext(N_("Cancel")), self.close)
        self._lay_out()

    def add_button(self, label: str, call: Callable[[], object]) -> QPushButton:
        """A plain button at the foot."""
        made = buttons.button(self.context.theme, label, call=call)
        self.foot.addWidget(made)
        return made

    def add_primary(self, label: str, icon: str, call: Callable[[], object]) -> QPushButton:
        """The button that does what the dialog is for; Enter presses it."""
        made = buttons.primary(self.context.theme, label, icon, call)
        made.setDefault(True)
        self.foot.addWidget(made)
        return made

    def add_field(self, label: str, field: QWidget, help: str = "") -> None:
        """A labelled field with its buddy and accessible name; `help` stands beneath it."""
        self.body.addLayout(labelled(self.context.theme, label, field, help))

    def fail(self, error: Expected) -> None:
        """Say what went wrong in the dialog itself; what was entered stays."""
        if error.id == "cancelled":
            self.message.tell(message(error, self.context.t).what)
        else:
            ways = when_saving(error) if self.saves else whatever_was_wanted(error)
            offered = buttons_for(self.context, ways)
            self.message.warn(message(error, self.context.t), *offered)

    def offer_close(self) -> None:
        """Nothing is left to cancel: the button closes."""
        self.close_button.setText(self.context.t.gettext(N_("Close")))
        self.close_button.setAccessibleName(self.close_button.text())

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes the way one reads."""
        return move_focus(self, next)

    def done(self, result: int) -> None:
        """Stop what is going on first; closing does not wait for it. Escape, the button and the cross all come here."""
        self.progress.cancel_job()
        super().done(result)

    def event(self, event: QEvent) -> bool:
        """Where a message appears beneath the body, less room is left for it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.area.look_around()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Never higher than the screen, however high it wants to open."""
        super().showEvent(event)
        if self.height() > (room := room_of(self)):
            self.resize(self.width(), room)

    def _lay_out(self) -> None:
        theme = self.context.theme
        edge = theme.space("xl")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, theme.space("l") + 4, edge, theme.space("l"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self.title)
        layout.addWidget(self.lead)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.progress)
        line = QFrame()
        line.setObjectName("line")
        layout.addWidget(line)
        layout.addLayout(self.foot)


def labelled(theme: Theme, label: str, field: QWidget, help: str = "") -> QVBoxLayout:
    """A field beneath its label, of which it is the buddy and has its accessible name; `help` beneath it. All translated."""
    words = Text(label, "small", "muted")
    words.setBuddy(field)
    field.setAccessibleName(label)
    box = QVBoxLayout()
    box.setSpacing(theme.space("xs"))
    box.addWidget(words)
    box.addWidget(field)
    if help:
        field.setAccessibleDescription(help)
        box.addWidget(Text(help, "small", "muted", wraps=True))
    return box


def open_folder(folder: str) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
