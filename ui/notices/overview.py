"""The notices that are prepared and not sent: how many, and what each still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from riskreg import notices
from riskreg.cases import Case, case_of
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import NN_, Translator
from riskreg.notices import Prepared
from ui.context import Context
from ui.notices import entries
from ui.notices.sources import sources
from ui.widgets import buttons
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

_PREPARED = NN_(
    "{number} notice is prepared and not sent yet", "{number} notices are prepared and not sent yet"
)
_LACKING = NN_("{number} of them still lacks something.", "{number} of them still lack something.")


class OverviewPane(QWidget):
    """Each prepared notice under its name, with what it needs and the record lacks.

    Args:
        context: What the window shares.
        case: Of the incident.
        lines: The notices, in the order in which they press.

    Attributes:
        lacks: What each lacks, in the order of the lines; "" where it lacks nothing.
        names: The links to them, in the same order.
    """

    wanted = Signal(int)
    """Show the notice of this id."""

    def __init__(self, context: Context, case: Case, lines: Sequence[entries.Line]) -> None:
        super().__init__()
        self._context = context
        t, theme = context.t, context.theme
        drafts = tuple(entries.drafts(lines))
        reader = sources(context, case, t.language)
        told = case_of(reader, case.incident.id)
        self.lacks = [
            lacks_of(notices.contents(told, each.rule, t.language, reader), t) for each in drafts
        ]
        self.names = [
            buttons.link(
                theme, entries.title(each.line, t), partial(self.wanted.emit, each.notice.id)
            )
            for each in drafts
        ]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("xs"))
        number = len(drafts)
        column.addWidget(Text(t.ngettext(*_PREPARED, number).format(number=number), "section"))
        column.addWidget(Text(self._summary(), "small", "muted", wraps=True))
        for name, lacks in zip(self.names, self.lacks, strict=True):
            column.addSpacing(theme.space("s"))
            column.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(self._said(lacks))
        column.addStretch(1)
        area = QScrollArea()
        dress(area, inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _summary(self) -> str:
        t, number = self._context.t, sum(map(bool, self.lacks))
        if not number:
            return t.gettext(N_("The record has all that they need."))
        return t.ngettext(*_LACKING, number).format(number=number)

    def _said(self, lacks: str) -> Text:
        gettext = self._context.t.gettext
        if lacks:
            said = gettext(N_("Not known yet: {what}")).format(what=lacks)
            return Text(said, "small", "high", wraps=True)
        whole = gettext(N_("The record has all that this notice needs."))
        return Text(whole, "small", "low", wraps=True)


def lacks_of(prepared: Prepared, t: Translator) -> str:
    """What a notice needs and the record lacks, each named once."""
    named = dict.fromkeys(
        label for item in notices.missing(prepared) for label in item.lacks or (item.label,)
    )
    return listed(list(named), t)
