"""The lists behind the drop-downs of a workbook: a sheet of its own, a column a list, in the workbook's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from riskreg.errors import N_
from riskreg.exchange.cells import PRECISIONS
from riskreg.exchange.headers import Target
from riskreg.exchange.packing import MOST_ROWS, Cell
from riskreg.exchange.sheets import Book, Sheet
from riskreg.formats import NO, YES
from riskreg.records import Record, fields
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Vocabulary

NAME: Final = N_("Lists")
NOT_LISTED: Final = N_("Not in the list")
CHOOSE: Final = N_("Choose from the list.")
SEVERAL: Final = N_("Several may be given, one on each line (Alt+Enter).")

_WIDEST: Final = 38
_SPARE: Final = 500
"""Empty rows below the records whose cells have drop-downs too."""
_MOST_SAID: Final = 255
"""Characters of the message beside a cell."""


@dataclass(slots=True)
class Lists:
    """The lists that a workbook needs, gathered while its sheets are written.

    Attributes:
        book: The workbook.
        sheet: The sheet of the lists, which `write` fills.
        vocabulary: The lists of choices and the scale.
    """

    book: Book
    sheet: Sheet
    vocabulary: Vocabulary
    _columns: dict[str, tuple[str, tuple[Cell, ...]]] = field(default_factory=dict)

    def offer(
        self, sheet: Sheet, column: int, kind: type[Record], target: Target, what: FieldKind
    ) -> None:
        """Give the cells of a column their drop-down, where their field has a list."""
        name, choices = self._choices(target, what)
        if not choices:
            return
        t = self.book.front.t
        label = f"{t.kind_name(kind)}: {t.label(kind, target.key)}"
        self._columns.setdefault(name, (self._label(name, label), choices))
        options: dict[str, object] = {"validate": "list", "source": self._source(name)}
        if isinstance(what, fields.Choices):
            options |= {"show_error": False, "input_message": t.gettext(SEVERAL)}
        else:
            title, message = t.gettext(NOT_LISTED), t.gettext(CHOOSE)
            options |= {"error_title": title[:32], "error_message": message[:_MOST_SAID]}
        if isinstance(what, fields.Score):
            options["input_message"] = self._steps(what)
        last = min(len(sheet.sums) + _SPARE, MOST_ROWS) - 1
        sheet.raw.data_validation(1, column, last, column, options)

    def _choices(self, target: Target, what: FieldKind) -> tuple[str, tuple[Cell, ...]]:
        """The name of a field's list and what is in it; nothing where it has none."""
        language = self.book.front.t.language
        match what:
            case fields.Choice() | fields.Choices():
                terms = self.vocabulary.terms_of(what.terms)
                return what.terms, tuple(terms.label(key, language) for key in terms.offered)
            case fields.Count() if target.part == "precision":
                terms = self.vocabulary.terms_of(PRECISIONS)
                return PRECISIONS, tuple(terms.label(key, language) for key in terms.keys)
            case fields.YesNo():
                gettext = self.book.front.t.gettext
                return "yes_no", (gettext(YES), gettext(NO))
            case fields.Score() if what.axis != "score":
                return what.axis, self._values(what)
        return "", ()

    def _values(self, what: fields.Score) -> tuple[int, ...]:
        """The steps of the longest scale there is: a row may name another than the one in force."""
        scales = (self.vocabulary.scale, *self.vocabulary.scales.values())
        is_likely = what.axis == "likelihood"
        most = max(len(each.likelihood if is_likely else each.impact) for each in scales)
        return tuple(range(1, most + 1))

    def _axis(self, what: fields.Score) -> Sequence[Any]:
        scale = self.vocabulary.scale
        return scale.likelihood if what.axis == "likelihood" else scale.impact

    def _steps(self, what: fields.Score) -> str:
        language = self.book.front.t.language
        said = (f"{step.value} {step.label.get(language)}" for step in self._axis(what))
        return "\n".join(said)[:_MOST_SAID]

    def _label(self, name: str, label: str) -> str:
        """Yes and no are in many columns; any other list is named after the first that it is for."""
        t = self.book.front.t
        return f"{t.gettext(YES)}/{t.gettext(NO)}" if name == "yes_no" else label

    def _source(self, name: str) -> str:
        place = list(self._columns).index(name)
        letter = xl_col_to_name(place)
        last = len(self._columns[name][1]) + 1
        return f"={quoted(self.sheet.name)}!${letter}$2:${letter}${last}"

    def write(self) -> None:
        """Write the sheet, once every column has its drop-down."""
        found = list(self._columns.values())
        longest = max((len(choices) for _, choices in found), default=0)
        rows = [[_at(choices, place) for _, choices in found] for place in range(longest)]
        heads = [self.book.looks["header"]] * len(found)
        self.sheet.begin(
            [label for label, _ in found] or [""], heads or [None], rows, [_WIDEST] * len(found)
        )
        for row in rows:
            self.sheet.row(row)
        if found:
            self.sheet.finish_table(repeated=1, printed=len(found))


def _at(choices: Sequence[Cell], place: int) -> Cell:
    return choices[place] if place < len(choices) else None


def quoted(sheet: str) -> str:
    """The name of a sheet as a reference writes it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
