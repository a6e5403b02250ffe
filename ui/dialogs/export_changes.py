"""Which changes a workbook shows: none unless asked, for they name who worked and what stood there before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from riskreg import clock
from riskreg.dates import day_words
from riskreg.errors import N_, BadValue
from riskreg.exchange.changed import Period
from riskreg.records.values import Unfit
from riskreg.rules.due import add_months
from riskreg.typed_dates import read_day
from ui.context import Context
from ui.forms.choose import CalmComboBox
from ui.widgets.text import Text

YEAR, THIS, LAST, DAYS, NONE = "year", "this", "last", "days", "none"
"""What can be chosen: twelve months, this year, the year before, two days, no sheet."""

_LABEL: Final = N_("Sheet of changes")
_CHOICES: Final = (
    (NONE, N_("No such sheet")),
    (YEAR, N_("The last 12 months")),
    (THIS, N_("This year")),
    (LAST, N_("Last year")),
    (DAYS, N_("From one day to another")),
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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("s"))
        self._grid.setVerticalSpacing(theme.space("xs"))
        self._add(_LABEL, self.period, 2)
        self._days = [*self._add(_FROM, self.first, 1), *self._add(_TO, self.last, 1)]
        self.period.currentIndexChanged.connect(self._on_chosen)
        self._on_chosen()

    def _add(self, label: str, field: QWidget, stretch: int) -> tuple[QWidget, QWidget]:
        """A field below its label, beside the others and in one line with them; both of them."""
        said = self._context.t.gettext(label)
        words, place = Text(said, "small", "muted"), self._grid.columnCount()
        words.setBuddy(field)
        field.setAccessibleName(said)
        self._grid.addWidget(words, 0, place)
        self._grid.addWidget(field, 1, place)
        self._grid.setColumnStretch(place, stretch)
        return words, field

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
        for part in self._days:
            part.setVisible(self.period.currentData() == DAYS)
        self.chosen.emit()


def _year_before(day: date) -> date:
    """The first of twelve months that end today."""
    return add_months(day, -12) + timedelta(days=1)
