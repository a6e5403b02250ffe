"""What can be done with several notices at once: beneath the list, only where there are several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from riskreg import clock, notices
from riskreg.cases import Case
from riskreg.errors import N_
from riskreg.records import Notice
from riskreg.rules.regimes import Rule
from ui.context import Context
from ui.notices import entries
from ui.widgets import buttons

SEVERAL = 2
"""From how many on they are done together."""


class ManyBar(QWidget):
    """Prepare all that were decided on, approve all that are prepared, see what each lacks.

    Args:
        context: What the window shares.

    Attributes:
        rules: Those whose notice can be prepared now.
        unapproved: Notices that can be approved now.
    """

    prepare_wanted = Signal()
    approve_wanted = Signal()
    overview_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme, gettext = context.theme, context.t.gettext
        self._context = context
        self.rules: Sequence[Rule] = ()
        self.unapproved: Sequence[Notice] = ()
        self.prepare = buttons.button(theme, "", "file-text", self.prepare_wanted.emit)
        self.approve = buttons.button(theme, "", "check", self.approve_wanted.emit)
        self.overview = buttons.link(
            theme, gettext(N_("What each still lacks")), self.overview_wanted.emit
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        for each in (self.prepare, self.approve, self.overview):
            layout.addWidget(each)

    def show_lines(self, case: Case, lines: Sequence[entries.Line]) -> None:
        """Offer what fits the notices as they are now."""
        gettext = self._context.t.gettext
        self.rules = notices.awaited(case, clock.now())
        drafts = [each.notice for each in entries.drafts(lines)]
        self.unapproved = [each for each in drafts if not each.approved_by]
        self._offer(self.prepare, gettext(N_("Prepare all {number}")), len(self.rules))
        self._offer(self.approve, gettext(N_("Approve all {number}…")), len(self.unapproved))
        self.overview.setVisible(len(drafts) >= SEVERAL)
        seen = (self.prepare, self.approve, self.overview)
        self.setVisible(any(not each.isHidden() for each in seen))

    def _offer(self, button: QPushButton, pattern: str, number: int) -> None:
        label = pattern.format(number=number)
        button.setText(label)
        button.setAccessibleName(label)
        button.setVisible(number >= SEVERAL)
        button.setEnabled(not self._context.register.read_only)
