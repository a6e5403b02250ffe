"""The rows that an import rejected, as a workbook: cells as they were, the bad ones marked, a column of reasons.

Corrected there and imported again, with the same mapping where there was one, they go in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter

from riskreg import placing
from riskreg.errors import N_
from riskreg.exchange import importing, marks
from riskreg.exchange.looks import colours, header_width, width
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.reader import Cell, Sheet, Source, SourceRow
from riskreg.exchange.sheets import MARK
from riskreg.exchange.staged import Rejection, Staged
from riskreg.i18n import Translator
from riskreg.work import QUIET, WRITING, Work

REJECTED: Final = N_("Rejected rows")
HOW: Final = N_("Correct the marked cells, save, and import this file again.")
_IN_ROW: Final = N_("Row {row}: {reason}")
_AT: Final = N_("{column}: {reason}")
_WIDEST: Final = 48


def write(
    target: Path,
    source: Source,
    plan: Sequence[tuple[Sheet, ColumnMap]],
    staged: Staged,
    t: Translator,
    work: Work = QUIET,
) -> int:
    """Write the rejected rows; answers how many.

    Args:
        target: The file, ending in .xlsx.
        source: What was read.
        plan: Its sheets as they were staged, with their mappings.
        staged: What came of them.
        t: The language of the reasons.
        work: Progress; may cancel.

    Raises:
        Expected: The file cannot be written.
    """
    found: dict[str, dict[int, list[Rejection]]] = {}
    for each in staged.rejections:
        found.setdefault(each.sheet, {}).setdefault(each.row, []).append(each)

    def fill(file: BinaryIO) -> None:
        with xlsxwriter.Workbook(
            file, {"strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            if source.is_own:
                book.set_custom_property(MARK, source.made_from, "text")
            for sheet, _ in plan:
                if sheet.name in found:
                    _Page(book, sheet, found[sheet.name], t).write(work)

    placing.place(target, fill, lambda file: True, work)
    return sum(map(len, found.values()))


class _Page:
    """One sheet of the report, its headings in the row where they stood."""

    def __init__(
        self,
        book: Any,  # noqa: ANN401
        sheet: Sheet,
        found: Mapping[int, list[Rejection]],
        t: Translator,
    ) -> None:
        self._sheet, self._found, self._t = sheet, found, t
        self._raw = book.add_worksheet(sheet.name or t.gettext(REJECTED)[:31])
        ink = colours()
        wrap = {"text_wrap": True, "valign": "top"}
        self._head = book.add_format(
            {**wrap, "bold": True, "font_color": ink["on_accent"], "bg_color": ink["accent"]}
        )
        bad = {"bg_color": ink["critical_tint"], "font_color": ink["critical"]}
        forms = {
            "plain": {},
            "day": {"num_format": "yyyy-mm-dd"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
        }
        self._plain = {key: book.add_format({**wrap, **form}) for key, form in forms.items()}
        self._bad = {key: book.add_format({**wrap, **form, **bad}) for key, form in forms.items()}

    def write(self, work: Work) -> None:
        """All rejected rows."""
        sheet, headings = self._sheet, [*self._sheet.headers, self._t.gettext(marks.REASON)]
        top = sheet.header_row - 1
        if top:
            self._raw.write_string(0, 0, self._t.gettext(HOW), self._plain["plain"])
        widths = [header_width(heading) for heading in headings]
        for column, heading in enumerate(headings):
            self._raw.write_string(top, column, heading, self._head)
        rejected = [row for row in sheet.rows if row.number in self._found]
        for place, row in enumerate(rejected, 1):
            work.step(WRITING, place, len(rejected))
            self._row(top + place, row, widths)
        for column, wide in enumerate(widths):
            self._raw.set_column(column, column, min(wide, _WIDEST))
        self._raw.freeze_panes(top + 1, 0)

    def _row(self, number: int, row: SourceRow, widths: list[int]) -> None:
        told = self._found[row.number]
        bad = {each.column for each in told}
        for column, header in enumerate(self._sheet.headers):
            cell = row.cells[column] if column < len(row.cells) else None
            looks = self._bad if header and header in bad else self._plain
            self._put(number, column, cell, looks)
            widths[column] = max(widths[column], width(_shown(cell)))
        reasons = "\n".join(dict.fromkeys(map(self._reason, told)))
        said = self._t.gettext(_IN_ROW).format(row=row.number, reason=reasons)
        self._raw.write_string(number, len(self._sheet.headers), said, self._bad["plain"])
        widths[-1] = _WIDEST

    def _reason(self, rejection: Rejection) -> str:
        reason = importing.reason(rejection, self._t)
        if not rejection.column:
            return reason
        return self._t.gettext(_AT).format(column=rejection.column, reason=reason)

    def _put(self, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> None:
        match cell:
            case None:
                self._raw.write_blank(row, column, None, looks["plain"])
            case bool():
                self._raw.write_boolean(row, column, cell, looks["plain"])
            case datetime():
                self._raw.write_datetime(row, column, cell, looks["moment"])
            case date():
                self._raw.write_datetime(row, column, cell, looks["day"])
            case int() | Decimal():
                self._raw.write_number(row, column, cell, looks["plain"])
            case str():
                self._raw.write_string(row, column, cell, looks["plain"])


def _shown(cell: Cell) -> str | int | date | None:
    return str(cell) if isinstance(cell, Decimal) else cell
