"""The assessments of an incident side by side: what changed from one to a later one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QHeaderView, QWidget
from PySide6.QtWidgets import QTableWidget as Table
from PySide6.QtWidgets import QTableWidgetItem as Cell

from riskreg.cases import case_of
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.i18n import Translator
from riskreg.records import Assessment, columns
from riskreg.records.terms import Vocabulary
from ui.assessing.asked import asked_fields
from ui.context import Context
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.choose import CalmComboBox
from ui.incident.chips import mark_drill
from ui.widgets.text import Text

_COLUMNS: Final = (N_("Question"), N_("Then"), N_("Later"))
_WORKED_OUT: Final = ("severity_band", "severity_score")
_NAMED_ABOVE: Final = ("made_at", "made_by")
_SIZE: Final = (820, 560)


class VersionsDialog(Sheet):
    """Two versions beside each other.

    Args:
        context: What the window shares.
        incident: Its id.
    """

    def __init__(self, context: Context, incident: int, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        case = case_of(context.register, incident)
        lead = f"{case.incident.ref} • {case.incident.title}"
        super().__init__(context, gettext(N_("Assessments side by side")), lead, parent)
        self.versions = case.assessments
        self.earlier = CalmComboBox(context.theme)
        self.later = CalmComboBox(context.theme)
        self.all = QCheckBox(gettext(N_("Show what is the same too")))
        self.said = Text("", "small", "muted", wraps=True)
        self.table = Table(0, len(_COLUMNS))
        self._fill()
        self._lay_out_table()
        mark_drill(self.body, case.incident)
        self.offer_close()
        self.resize(*_SIZE)
        for box in (self.earlier, self.later):
            box.currentIndexChanged.connect(self.show_rows)
        self.all.toggled.connect(self.show_rows)
        self.show_rows()

    def show_rows(self) -> None:
        """Show the questions whose answers differ, or all of them."""
        t, vocabulary = self.context.t, self.context.register.vocabulary
        if not self.versions:
            self.said.setText(t.gettext(N_("Nothing was assessed yet.")))
            return
        before = self.versions[self.earlier.currentIndex()]
        after = self.versions[self.later.currentIndex()]
        found = rows(before, after, t, vocabulary)
        shown = found if self.all.isChecked() else [each for each in found if each[1] != each[2]]
        self.table.setRowCount(len(shown))
        for place, texts in enumerate(shown):
            for column, text in enumerate(texts):
                cell = Cell(text)
                if column and texts[1] != texts[2]:
                    cell.setForeground(self.context.theme.color("accent"))
                self.table.setItem(place, column, cell)
        self.table.resizeRowsToContents()
        nothing = N_("Nothing differs between these two.")
        self.said.setText("" if shown else t.gettext(nothing))
        self.said.setVisible(not shown)

    def _fill(self) -> None:
        for box in (self.earlier, self.later):
            for each in self.versions:
                when = instant_words(each.made_at, self.context.t) if each.made_at else each.ref
                box.addItem(f"{when} • {each.made_by}")
        self.later.setCurrentIndex(len(self.versions) - 1)
        self.earlier.setCurrentIndex(max(len(self.versions) - 2, 0))

    def _lay_out_table(self) -> None:
        theme, gettext = self.context.theme, self.context.t.gettext
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addLayout(labelled(theme, gettext(N_("Then")), self.earlier), 1)
        row.addLayout(labelled(theme, gettext(N_("Later")), self.later), 1)
        self.body.addLayout(row)
        self.body.addWidget(self.all)
        self.body.addWidget(self.said)
        self.table.setHorizontalHeaderLabels([gettext(each) for each in _COLUMNS])
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setAccessibleName(self.windowTitle())
        self.body.addWidget(self.table, 1)


def rows(
    before: Assessment, after: Assessment, t: Translator, vocabulary: Vocabulary
) -> list[tuple[str, str, str]]:
    """What each question is called with its two answers in words; what neither answers is left out."""
    kinds = columns(Assessment)
    found = []
    for key in (*_WORKED_OUT, *(each for each in asked_fields() if each not in _NAMED_ABOVE)):
        values = (before.get(key), after.get(key))
        then, later = (
            "" if value is None else format_value(kinds[key], value, t, vocabulary)
            for value in values
        )
        if then or later:
            missing = t.gettext(N_("not answered"))
            found.append((t.label(Assessment, key), then or missing, later or missing))
    return found
