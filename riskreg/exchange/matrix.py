"""The heat map as a sheet: where the open risks sit, by likelihood and impact."""

from __future__ import annotations

from typing import Any, Final

from riskreg.errors import N_
from riskreg.exchange import levels
from riskreg.exchange.looks import colours, ink, tint
from riskreg.exchange.sheets import Book, Sheet
from riskreg.formats import number_words
from riskreg.records.terms import Step, Vocabulary
from riskreg.rules.statistics import Cell, HeatMap
from riskreg.scoring_words import otherwise_words

NAME: Final = N_("Heat map")
TITLE: Final = N_("Where the open risks sit")
COUNTED: Final = N_("Open risks in this file: {scored} with a score, {unscored} without.")
RESIDUAL: Final = N_(
    "Residual: with the controls in place today. Full shapes hold risks, hollow ones none."
)
LIKELIHOOD: Final = N_("Likelihood")
IMPACT: Final = N_("Impact")
LEVEL: Final = N_("Level")
SCORES: Final = N_("Scores")
OPEN_RISKS: Final = N_("Open risks")

_WIDTHS: Final = (26, 21, 21, 21, 21, 21, 21, 21, 21, 21)
_TALL: Final = 44


def write(book: Book, sheet: Sheet, found: HeatMap, vocabulary: Vocabulary) -> None:
    """Write the sheet."""
    _Matrix(book, sheet, vocabulary).write(found)


class _Matrix:
    """Steps of likelihood down, of impact across, and the levels below."""

    def __init__(self, book: Book, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self._book, self._sheet, self._vocabulary = book, sheet, vocabulary
        self._scale = vocabulary.scale
        self._t = book.front.t
        colour = colours()
        self._title = book.look(bold=True, font_size=18, font_color=colour["text"])
        self._said = book.look(font_color=colour["muted"])
        self._axis = book.look(bold=True, font_color=colour["text"], align="center")
        self._step = book.look(
            font_color=colour["muted"], align="center", valign="vcenter", text_wrap=True
        )
        self._row = book.look(
            font_color=colour["muted"], align="right", valign="vcenter", text_wrap=True, indent=1
        )
        self._head = book.look(bold=True, font_color=colour["on_accent"], bg_color=colour["accent"])
        self._below = {"bottom": 1, "bottom_color": colour["line"], "valign": "vcenter"}

    def write(self, found: HeatMap) -> None:
        """Write all of it."""
        gettext, sheet = self._t.gettext, self._sheet
        sheet.row((gettext(TITLE),), [self._title], 30)
        numbers = {
            "scored": number_words(found.scored),
            "unscored": number_words(found.unscored),
        }
        sheet.row((gettext(COUNTED).format(**numbers),), [self._said])
        if otherwise := otherwise_words(found.otherwise, self._t):
            sheet.row((otherwise,), [self._said])
        sheet.row((gettext(RESIDUAL),), [self._said], 24)
        self._map(found)
        sheet.row((), ())
        self._levels(found)
        self._finish()

    def _map(self, found: HeatMap) -> None:
        likelihoods = {step.value: step for step in self._scale.likelihood}
        for row in found.rows:
            step = self._words(likelihoods[row[0].likelihood])
            self._sheet.row(
                [step, *(cell.number for cell in row)], [self._row, *map(self._look, row)], _TALL
            )
        labels = [self._words(step) for step in self._scale.impact]
        self._sheet.row(["", *labels], [None, *([self._step] * len(labels))], 20)
        across = len(self._scale.impact)
        axes = f"{self._t.gettext(LIKELIHOOD)} ↑", f"{self._t.gettext(IMPACT)} →"
        number = len(self._sheet.sums)
        self._sheet.raw.join(number, 1, across)
        looks = [self._row, *([self._axis] * across)]
        self._sheet.row([*axes, *([None] * (across - 1))], looks, 18)

    def _words(self, step: Step) -> str:
        return f"{step.value} {step.label.get(self._t.language)}"

    def _look(self, cell: Cell) -> Any:  # noqa: ANN401
        """The number stays a number; its format puts the shape before it."""
        full, hollow = (levels.shape(cell.level, is_hollow) for is_hollow in (False, True))
        paper = colours()["surface"]
        return self._book.look(
            bold=True,
            font_size=14 if cell.number else 11,
            font_color=ink(cell.level),
            bg_color=tint(cell.level),
            align="center",
            valign="vcenter",
            border=2,
            border_color=paper,
            num_format=f'"{full}  "#,##0;;"{hollow}"',
        )

    def _levels(self, found: HeatMap) -> None:
        gettext, language = self._t.gettext, self._t.language
        heads = [gettext(LEVEL), gettext(SCORES), gettext(OPEN_RISKS)]
        self._sheet.row(heads, [self._head] * len(heads), 20)
        cells = [cell for row in found.rows for cell in row]
        terms = self._vocabulary.terms_of(levels.TERMS)
        for band in reversed(self._scale.bands):
            number = sum(cell.number for cell in cells if cell.level == band.level)
            scores = f"{band.lowest}–{band.highest}"
            self._sheet.row(
                [terms.label(band.level, language), scores, number], self._line(band.level), 19
            )

    def _line(self, level: str) -> list[Any]:
        look = self._book.look
        word = look(
            **self._below,
            bold=True,
            font_color=ink(level),
            bg_color=tint(level),
            num_format=levels.text_format(level),
        )
        return [
            word,
            look(**self._below, align="left"),
            look(**self._below, align="left", num_format="#,##0"),
        ]

    def _finish(self) -> None:
        across = len(self._scale.impact) + 1
        self._sheet.set_widths(_WIDTHS[:across])
        self._sheet.raw.hide_gridlines(2)
        self._sheet.raw.fit_to_pages(1, 1)
