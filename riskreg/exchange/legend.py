"""What a reader of the workbook has to know: levels, the scale, refs, and how its cells are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from riskreg.errors import N_
from riskreg.exchange import levels
from riskreg.exchange.looks import colours, ink, tint
from riskreg.exchange.sheets import Book, Sheet
from riskreg.i18n import Translator
from riskreg.records import KINDS, Risk
from riskreg.records.terms import Scale, Step, Vocabulary
from riskreg.rules.dimensions import KEYS
from riskreg.rules.own import levels_of
from riskreg.scoring_words import steps_of

NAME: Final = N_("Legend")
LEVELS: Final = N_("Levels of risk")
LEVEL_OF: Final = N_("Score {lowest} to {highest}; the score is likelihood times impact.")
LIKELIHOOD: Final = N_("Likelihood")
IMPACT: Final = N_("Impact on the people")
BY_TABLE: Final = N_("Score {lowest} to {highest}; the score is read from the table of the scale.")
IN_DETAIL: Final = N_("Impact in detail: {dimension}")
OTHER_SCALE: Final = N_("Another scale: {ref} {title}")
REFS: Final = N_("Refs")
HOW: Final = N_("How the cells are written")

WRITTEN: Final = (
    (
        N_("Green headings"),
        N_("You can change these columns and import the workbook again. An emptied cell clears the field."),
    ),
    (
        N_("Grey headings"),
        N_("Worked out by the program or kept on another sheet; what is changed in them is not imported."),
    ),
    (
        N_("Drop-downs"),
        N_("Their words are on the sheet “{lists}”. Where several may be given, each is on a line of its own."),
    ),
    (
        N_("Underlined refs"),
        N_("A click leads to the record; several refs lead to the sheet “{links}”, which has every link once."),
    ),
    (
        N_("Times"),
        N_("As the clocks of their place showed it. The column that ends in “(exact)” says zone and precision; a changed date wins."),
    ),
    (
        N_("Numbers of people"),
        N_("The column that ends in “(precision)” says whether a number is exact, approximate or not yet known."),
    ),
    (
        N_("On paper"),
        N_("The first columns print, as on the short form in the program. To print all, clear the print area (Page Layout)."),
    ),
    (
        N_("Very long texts"),
        N_("A row is 28 lines high at most, and on paper a longer text ends there. The cell has all of it."),
    ),
    (
        N_("Plus signs above the columns"),
        N_("Fold away columns in which nothing is written yet; a click opens them."),
    ),
    (
        N_("Sheets with grey headings only"),
        N_("They are made from the records for reading. An import leaves them aside."),
    ),
    (N_("Other: …"), N_("A fact that came with an import and has no field of its own.")),
    (N_("Version"), N_("By it an import sees what changed in the register since. Leave it as it is.")),
)  # fmt: skip

_WIDTHS: Final = (30, 110)
_ONE_PAGE: Final = 44
"""Rows that go on one page without being too small to read."""


def write(
    book: Book, sheet: Sheet, vocabulary: Vocabulary, kinds: Iterable[str], names: dict[str, str]
) -> None:
    """Write the sheet.

    Args:
        book: The workbook.
        sheet: Its sheet.
        vocabulary: The choices and the scale.
        kinds: What is in the workbook.
        names: What its other sheets are called: `lists`, `links`.
    """
    legend, t, scale = _Legend(book, sheet), book.front.t, vocabulary.scale
    if "risk" in kinds:
        legend.heading(t.gettext(LEVELS))
        terms = vocabulary.terms_of(levels.TERMS)
        for band in reversed(scale.bands):
            pattern = BY_TABLE if scale.table else LEVEL_OF
            said = t.gettext(pattern).format(lowest=band.lowest, highest=band.highest)
            legend.level(band.level, terms.label(band.level, t.language), said)
        for title, axis in ((LIKELIHOOD, scale.likelihood), (IMPACT, scale.impact)):
            legend.part(t.gettext(title), _steps(axis, t))
        for dimension, field in KEYS.items():
            steps = steps_of(scale, dimension, t)
            if dimension != "people" and any(any(step.anchor) for step in steps):
                name = t.label(Risk, field)
                legend.part(t.gettext(IN_DETAIL).format(dimension=name), _steps(steps, t))
        for id in sorted(vocabulary.other_scales):
            _other(legend, vocabulary.scales[id], vocabulary, t)
    legend.part(t.gettext(REFS), _refs(kinds, t))
    told = ((t.gettext(what), t.gettext(said).format(**names)) for what, said in WRITTEN)
    legend.part(t.gettext(HOW), told)
    legend.finish()


def _other(legend: _Legend, scale: Scale, vocabulary: Vocabulary, t: Translator) -> None:
    """A scale that rows name under “Scored by”: its levels, and the steps of both axes."""
    title = scale.title.get(t.language)
    legend.heading(t.gettext(OTHER_SCALE).format(ref=scale.key, title=title))
    terms = levels_of(vocabulary.base.terms_of(levels.TERMS), scale)
    for band in reversed(scale.bands):
        pattern = BY_TABLE if scale.table else LEVEL_OF
        said = t.gettext(pattern).format(lowest=band.lowest, highest=band.highest)
        legend.level(band.level, terms.label(band.level, t.language), said)
    for name, axis in ((LIKELIHOOD, scale.likelihood), (IMPACT, scale.impact)):
        legend.lines((f"{t.gettext(name)} {step}", said) for step, said in _steps(axis, t))


def _steps(axis: Sequence[Step], t: Translator) -> Iterator[tuple[str, str]]:
    for step in reversed(axis):
        yield f"{step.value} {step.label.get(t.language)}", step.anchor.get(t.language)


def _refs(kinds: Iterable[str], t: Translator) -> Iterator[tuple[str, str]]:
    for kind in map(KINDS.__getitem__, kinds):
        if kind.numbering in ("plain", "yearly"):
            year = "2026-" if kind.numbering == "yearly" else ""
            number = "001" if year else "0001"
            yield f"{kind.prefix}-{year}{number}", t.kind_name(kind)


class _Legend:
    """Headings, and below each what is explained on the left and how on the right."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        colour = colours()
        self._below = {"bottom": 1, "bottom_color": colour["line"], "valign": "vcenter"}
        self._title = book.look(bold=True, font_size=18, font_color=colour["text"])
        self._head = book.look(
            bold=True,
            font_color=colour["on_accent"],
            bg_color=colour["accent"],
            valign="vcenter",
        )
        self._what = book.look(**self._below, font_color=colour["text"], text_wrap=True)
        self._said = book.look(**self._below, font_color=colour["text"], text_wrap=True)
        sheet.row((book.front.t.gettext(NAME),), [self._title], 30)

    def heading(self, text: str) -> None:
        """The name of a part, after some space."""
        self._sheet.row((), ())
        self._sheet.row((text, None), [self._head] * 2, 20)

    def part(self, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """A part with its lines."""
        self.heading(title)
        self.lines(lines)

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Lines of a part."""
        for what, said in lines:
            self._sheet.row((what, said), [self._what, self._said])

    def level(self, level: str, word: str, said: str) -> None:
        """A level, as it looks in the sheets."""
        look: Any = self._book.look(
            **self._below,
            bold=True,
            font_color=ink(level),
            bg_color=tint(level),
            num_format=levels.text_format(level),
        )
        self._sheet.row((word, said), [look, self._said], 19)

    def finish(self) -> None:
        """Widths, and how it prints."""
        self._sheet.set_widths(_WIDTHS)
        self._sheet.raw.hide_gridlines(2)
        self._sheet.raw.fit_to_pages(1, int(len(self._sheet.sums) <= _ONE_PAGE))
