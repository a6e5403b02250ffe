"""What the DPO asks the managers to decide: lines of the summary, kept as a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import N_
from riskreg.records import ReportProfile, Wanted, wanted_lines
from riskreg.reports.summary_facts import SUMMARY, profiles_of
from riskreg.wording import REPORTS
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.widgets import buttons
from ui.widgets.text import Text

_LEAD: Final = N_(
    "These lines stand on the summary for the managers, after the newest incidents that nobody has decided. An empty line is left out."
)
_HEADS: Final = (N_("Decide"), N_("Why"), N_("By when"))
_STRETCH: Final = (5, 5, 2)
_LEAST: Final = 4
_MOST: Final = 12
_SAVED: Final = N_("The decisions are saved. They stand on the next summary.")


class DecisionsDialog(Sheet):
    """One line for each decision: what, why, by when.

    Args:
        context: What the window shares.
    """

    saves = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        super().__init__(
            context, gettext(N_("Decisions asked for")), gettext(_LEAD), parent, width=1000
        )
        self._profiles = profiles_of(context.register)
        self.rows: list[tuple[QLineEdit, ...]] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(context.theme.space("s"))
        for column, (head, stretch) in enumerate(zip(_HEADS, _STRETCH, strict=True)):
            self._grid.addWidget(Text(gettext(head), "small", "muted"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        known = [wanted for profile in self._profiles for wanted in profile.wanted]
        for wanted in (*known, *[Wanted("")] * max(_LEAST - len(known), 1)):
            self._add(wanted)
        self.body.addLayout(self._grid)
        self.more = buttons.link(context.theme, gettext(N_("Another line")), self._on_more)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.keep = self.add_primary(gettext(N_("Save")), "check", self.save)
        is_writable = not context.register.read_only
        self.keep.setEnabled(is_writable)
        self.more.setEnabled(is_writable)
        self._first_empty().setFocus()

    def wanted(self) -> Sequence[Wanted]:
        """What is typed, without empty lines."""
        found = (Wanted(*(cell.text().strip() for cell in row)) for row in self.rows)
        return [wanted for wanted in found if wanted.what]

    def save(self) -> None:
        """Keep the lines through the register's door, so that they can be undone like any change."""
        changes = self._changes(wanted_lines(self.wanted()))
        if not changes:
            self.close()
            return
        self.message.clear()
        refs = " ".join(profile.ref for profile in self._profiles)
        asked = ChangeSet(
            act="edit" if refs else "add", facts={"refs": refs} if refs else {}, changes=changes
        )
        self.progress.follow(
            self.context.change(asked, lambda _changed: self._on_saved(), self.fail)
        )

    def _changes(self, lines: str) -> tuple[Change, ...]:
        """All lines into the first profile; what others held is shown among them, and moves there."""
        if not self._profiles:
            title = self.context.t.gettext(REPORTS[SUMMARY])
            values = {"title": title, "report": SUMMARY, "lines": lines}
            return (addition(ReportProfile.kind, values),) if lines else ()
        first, *others = self._profiles
        made = [edit(first, {"lines": lines}), *(edit(each, {"lines": ""}) for each in others)]
        return tuple(filter(None, made))

    def _add(self, wanted: Wanted) -> None:
        gettext = self.context.t.gettext
        place = len(self.rows) + 1
        cells = []
        for column, (head, text) in enumerate(zip(_HEADS, wanted, strict=True)):
            cell = QLineEdit(text)
            cell.setCursorPosition(0)
            cell.setReadOnly(bool(self.context.register.read_only))
            cell.setAccessibleName(f"{gettext(head)} {place}")
            self._grid.addWidget(cell, place, column)
            cells.append(cell)
        self.rows.append(tuple(cells))

    def _first_empty(self) -> QLineEdit:
        return next((row[0] for row in self.rows if not row[0].text()), self.rows[0][0])

    def _on_more(self) -> None:
        self._add(Wanted(""))
        self.rows[-1][0].setFocus()
        self.more.setEnabled(len(self.rows) < _MOST)

    def _on_saved(self) -> None:
        self.context.events.said.emit(self.context.t.gettext(_SAVED))
        self.close()
