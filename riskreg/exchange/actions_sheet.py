"""The sheet of policy actions by category: how each stands, what shows it, when it is due, and what is missing.

Standing and gaps are those of `rules.coverage`. An import leaves the sheet aside: the records are on the sheets
of policy actions, steps and evidence.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction
from riskreg.errors import N_
from riskreg.exchange.cells import clipped, day_cell, ref_order
from riskreg.exchange.looks import colours, ink
from riskreg.exchange.packing import Cell, Styles
from riskreg.exchange.sheets import Book, Sheet, always
from riskreg.exchange.tables import PAGE
from riskreg.exchange.ties import Places
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.programme import gap_words, items
from riskreg.records import Action, Evidence, Record, Risk, Step
from riskreg.rules import coverage
from riskreg.rules.coverage import Coverage, Covered
from riskreg.rules.proposals import levels_above
from riskreg.rules.showing import current
from riskreg.views import Reader, View
from riskreg.work import WRITING, Work

NAME: Final = N_("Policy actions by category")
HEADERS: Final = (
    N_("Category"), N_("Ref"), N_("Policy action"), N_("Standing"), N_("Steps done"), N_("Steps"),
    N_("Evidence"), N_("Next date"), N_("Owner"), N_("What is missing"),
)  # fmt: skip
OUT_OF: Final = N_("{done} of {all} in place")
OPEN_STEP: Final = N_("To do: {step}")
IN_WORDS: Final = NN_("in words on {number} step", "in words on {number} steps")
STANDING: Final = N_("{standing}: {number}")

_WIDTHS: Final = (11, 9, 40, 17, 9, 9, 26, 12, 24, 60)
_ASKED: Final = ("in_place", "under_way", "not_started")
"""Standings of actions that ask something of the organisation."""
_SHAPES: Final = {"in_place": "●", "under_way": "◐", "not_started": "○"}
_COLOURS: Final = {"in_place": "low", "under_way": "moderate", "not_started": "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sheet says, in memory.

    Attributes:
        covered: How the actions of the workbook stand.
        evidence: Refs of the files that show an action or one of its steps, by the id of the action.
        owners: What owners are called, by id; their refs where names are left out.
    """

    covered: Coverage
    evidence: Mapping[int, Sequence[str]]
    owners: Mapping[int, str]


def gather(
    reader: Reader, ids: Container[int], today: date, is_redacted: bool, work: Work
) -> Gathered:
    """Ask the register.

    Args:
        reader: The register.
        ids: The policy actions of the workbook.
        today: The day where the organisation is.
        is_redacted: Names are left out.
        work: May cancel.
    """
    every = cast("list[Action]", _all(reader, "action", work))
    actions = [action for action in every if action.id in ids]
    steps = cast("list[Step]", _all(reader, "step", work))
    files = cast("list[Evidence]", _all(reader, "evidence", work))
    covered = coverage.coverage(
        items(),
        actions,
        steps,
        {},
        today,
        files,
        _risks(reader, actions),
        levels_above(reader.organisation().appetite, reader.vocabulary.terms_of("level")),
        reader.vocabulary,
    )
    names = reader.names({id for action in actions for id in action.owner})
    owners = {id: name.ref if is_redacted else name.title for id, name in names.items()}
    evidence = {each.action.id: _shown_by(each, files) for each in covered.actions}
    return Gathered(covered=covered, evidence=evidence, owners=owners)


def _all(reader: Reader, kind: str, work: Work) -> list[Record]:
    """Every record of a kind outside the bin, by ref."""
    ids = reader.ids(View(kinds=(kind,), sort=(("ref", False),)))
    found: list[Record] = []
    for start in range(0, len(ids), PAGE):
        work.step(WRITING)
        part = reader.records(ids[start : start + PAGE])
        found += part.values()
    return sorted(found, key=lambda record: ref_order(record.ref))


def _risks(reader: Reader, actions: Iterable[Action]) -> list[Risk]:
    """The risks that actions are to lower, outside the bin."""
    known = reader.records({id for action in actions for id in action.risks})
    return [cast("Risk", risk) for risk in known.values() if risk.deleted_at is None]


def _shown_by(each: Covered, files: Sequence[Evidence]) -> tuple[str, ...]:
    """The files that show something of an action and its steps."""
    steps = {step.id for step in each.steps}
    return tuple(
        file.ref for file in current(files) if each.action.id in file.actions or steps & file.steps
    )


def said(found: Gathered, t: Translator) -> str:
    """How many actions stand so, in a sentence for the cover."""
    totals = found.covered.totals()
    parts = (
        t.gettext(STANDING).format(
            standing=t.gettext(coverage.STANDINGS[key]), number=number_words(number)
        )
        for key, number in totals.items()
        if number
    )
    return listed(parts, t, ";")


def write(book: Book, sheet: Sheet, found: Gathered, places: Places) -> None:
    """Write the sheet."""
    written = _Written(book, sheet, found, places)
    for category in catalogue.categories():
        written.category(category)
    written.finish()


class _Written:
    """The sheet while it is written: a band for each category, below it its actions."""

    def __init__(self, book: Book, sheet: Sheet, found: Gathered, places: Places) -> None:
        self._book, self._sheet, self._found, self._places = book, sheet, found, places
        self._t = book.front.t
        self._catalogue = {action.key: action for action in catalogue.policy_actions()}
        sheet.widths = list(_WIDTHS)
        sheet.begin(
            [self._t.gettext(text) for text in HEADERS], [book.looks["quiet"]] * len(HEADERS)
        )
        band: dict[str, object] = {
            "bold": True,
            "bg_color": colours()["selection"],
            "font_color": colours()["text"],
            "valign": "vcenter",
            "text_wrap": True,
        }
        self._band = book.look(**band)
        self._band_number = book.look(**band, align="right", indent=1)
        self._looks = {key: self._columns(key) for key in coverage.STANDINGS}

    def _columns(self, key: str) -> tuple[Styles, ...]:
        """How the cells of an action look that stands so."""
        link, text = self._book.styles(text="link"), self._book.styles()
        return (text, link, text, always(self._standing(key)), *[text] * (len(HEADERS) - 4))

    def _standing(self, key: str) -> Any:  # noqa: ANN401
        """The word of a standing with its shape before it."""
        below: dict[str, object] = {"bottom": 1, "bottom_color": colours()["line"]}
        shape = _SHAPES.get(key, "–")
        return self._book.look(
            **below, font_color=ink(_COLOURS.get(key)), num_format=f'"{shape} "@', text_wrap=True
        )

    def category(self, category: Category) -> None:
        """A category and its actions, where the workbook has any."""
        actions = self._found.covered.of(category.key)
        if not actions:
            return
        asked = [each for each in actions if each.standing in _ASKED]
        done = sum(each.standing == "in_place" for each in asked)
        standing = self._t.gettext(OUT_OF).format(done=done, all=len(asked)) if asked else None
        numbers = (sum(each.done for each in asked), sum(each.counted for each in asked))
        title = category.title.get(self._t.language)
        cells = (category.key, None, title, standing, *numbers, None, None, None, None)
        looks = [self._band] * len(HEADERS)
        looks[4] = looks[5] = self._band_number
        self._sheet.row(cells, looks)
        for each in actions:
            self._action(category, each)

    def _action(self, category: Category, each: Covered) -> None:
        if place := self._places.of(each.action.id):
            self._sheet.raw.link(len(self._sheet.sums), 1, place)
        known, t = self._catalogue[each.item.key], self._t
        is_asked = each.standing in _ASKED
        owner = listed((self._found.owners.get(id, "") for id in sorted(each.action.owner)), t)
        cells: tuple[Cell, ...] = (
            category.key,
            each.item.key,
            known.title.get(t.language),
            t.gettext(coverage.STANDINGS[each.standing]),
            *((each.done, each.counted) if is_asked else (None, None)),
            clipped("\n".join(self._evidence(each))) or None,
            day_cell(each.action.due_at) if is_asked else None,
            owner or None,
            clipped("\n".join(self._missing(known, each))) or None,
        )
        self._sheet.columns = self._looks[each.standing]
        self._sheet.row(cells)

    def _evidence(self, each: Covered) -> Iterator[str]:
        """Files by their refs, then on how many steps words say where the evidence is."""
        if refs := self._found.evidence[each.action.id]:
            yield ", ".join(refs)
        if number := sum(bool(step.evidence_text.strip()) for step in each.steps):
            yield self._t.ngettext(*IN_WORDS, number).format(number=number_words(number))

    def _missing(self, known: PolicyAction, each: Covered) -> Iterator[str]:
        """Gaps, then the steps that are open."""
        yield from (gap_words(each, key, self._t) for key in each.gaps)
        if each.standing not in _ASKED:
            return
        texts = {step.key: step.text.get(self._t.language) for step in known.steps}
        for step in each.steps:
            if step.status in ("open", None):
                said = f"{step.ref} {texts.get(step.ref, '')}".strip()
                yield self._t.gettext(OPEN_STEP).format(step=said)

    def finish(self) -> None:
        """Headers that stay, a filter, and how it prints."""
        self._sheet.finish_table(repeated=2, printed=len(HEADERS))
