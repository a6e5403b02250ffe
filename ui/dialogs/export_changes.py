"""Whose changes a workbook shows: those of the last twelve months, another period, or none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from riskreg import clock
from riskreg.dates import day_words
from riskreg.errors import N_, BadValue
from riskreg.exchange.changed import Period
from riskreg.records.values import Unfit
from riskreg.rules.due import add_months
from riskreg.typed_dates import read_day
from ui.context import Context
from ui.dialogs.sheet import labelled
from ui.forms.choose import CalmComboBox

YEAR, THIS, LAST, DAYS, NONE = "year", "this", "last", "days", "none"
"""What can be chosen: twelve months, this year, the year before, two days, no sheet."""

_LABEL: Final = N_("Sheet of changes")
_CHOICES: Final = (
    (YEAR, N_("The last 12 months")),
    (THIS, N_("This year")),
    (LAST, N_("Last year")),
    (DAYS, N_("From one day to another")),
    (NONE, N_("No such sheet")),
)
_FROM: Final = N_("First day")
_TO: Final = N_("Last day")


class ChangesChoice(QWidget):
    """A list of periods, and two days where a person wants to name them.

    Args:
        context: What the window shares.
    """

    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        gettext, theme = context.t.gettext, context.theme
        self.period = CalmComboBox(theme)
        for key, words in _CHOICES:
            self.period.addItem(gettext(words), key)
        today = clock.today(self._zone())
        self.first = QLineEdit(day_words(_year_before(today), context.t))
        self.last = QLineEdit(day_words(today, context.t))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addLayout(labelled(theme, gettext(_LABEL), self.period), 2)
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(theme.space("s"))
        days.addLayout(labelled(theme, gettext(_FROM), self.first))
        days.addLayout(labelled(theme, gettext(_TO), self.last))
        row.addWidget(self._days, 3)
        self.period.currentIndexChanged.connect(self._on_chosen)
        self._on_chosen()

    def asked(self) -> Period | None:
        """The period; None for no sheet.

        Raises:
            Expected: A day cannot be read ("bad_value"), or the last comes before the first ("moments_swapped").
        """
        today = clock.today(self._zone())
        january = date(today.year, 1, 1)
        match self.period.currentData():
            case "year":
                return Period(_year_before(today), today)
            case "this":
                return Period(january, today)
            case "last":
                return Period(january.replace(year=today.year - 1), january - timedelta(days=1))
            case "days":
                return Period(self._day(self.first, _FROM), self._day(self.last, _TO)).checked()
            case _:
                return None

    def _day(self, field: QLineEdit, label: str) -> date:
        t, text = self._context.t, field.text().strip()
        try:
            return read_day(text, t, self._zone())
        except Unfit as unfit:
            raise BadValue(t.gettext(label), text, unfit.reason, **unfit.parameters) from None

    def _zone(self) -> str:
        return self._context.register.organisation().zone

    def _on_chosen(self) -> None:
        self._days.setVisible(self.period.currentData() == DAYS)
        self.chosen.emit()


def _year_before(day: date) -> date:
    """The first of twelve months that end today."""
    return add_months(day, -12) + timedelta(days=1)
