"""The lower half of the manager's page: where the risks sit, how the policy actions stand, what is late and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from riskreg.dates import day_words, month_name
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Risk
from riskreg.reports.figures import (
    LEVELS,
    STANDINGS,
    Part,
    heat_map_piece,
    marked,
    ring_piece,
)
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row
from riskreg.reports.one_page import cut
from riskreg.reports.page import WIDTH, section_columns, section_row
from riskreg.reports.summary_facts import Month
from riskreg.reports.text import Piece, beside, gap, text_width, words
from riskreg.rules import coverage, monthly
from riskreg.rules.due import add_months
from riskreg.scoring_words import otherwise_words
from riskreg.wording import level_words

RISKS: Final = N_("Open risks by likelihood and impact")
ABOVE: Final = N_("Worst risks above what we accept")
NONE_ABOVE: Final = N_("No risk is above what we accept.")
SOME_OF: Final = N_("{number} of {all}")
NO_OWNER: Final = N_("no owner")
TRENDS: Final[Mapping[monthly.Trend, str]] = {
    "new": N_("new this month"),
    "worse": N_("worse"),
    "same": N_("as in {month}"),
    "better": N_("better"),
}

ACTIONS: Final = N_("Policy actions")
OVERDUE: Final = N_("Overdue")
LATE: Final = NN_("{number} day", "{number} days")
IN_ALL: Final = NN_("{number} in all, late by {days}", "{number} in all, the oldest by {days}")
NONE_LATE: Final = N_("Nothing is overdue.")
DONE: Final = N_("Last done")
NONE_DONE: Final = N_("No step of a policy action is done yet.")

ABOVE_HEADING: Final = 8.0
"""Over the heading of a section, in points."""
LEFT: Final = 84.0
"""Where the middle column begins."""

_WHO: Final = 150.0
_MOVED: Final = 76.0
_GUTTER: Final = 22.0
_HALF: Final = (WIDTH - _GUTTER) / 2
_MAP: Final = 340.0
_COUNTED: Final[tuple[coverage.Standing, ...]] = ("in_place", "under_way", "not_started")
"""Policy actions that apply; the others are no part of the ring."""
_COLOURS: Final[Mapping[coverage.Standing, str]] = {"in_place": "low", "under_way": "moderate"}


class Limits(NamedTuple):
    """How many of each thing the page shows, and how many lines a decision and its reason may have."""

    decisions: int
    what: int
    why: int
    incidents: int
    risks: int
    late: int


# Risks and policy actions


def standing(month: Month) -> Iterator[Row]:
    """Where the open risks sit, and beside it how the policy actions stand."""
    t, at = month.asked.t, _MAP + _GUTTER
    yield Row(
        columns=(
            *section_columns(t.gettext(RISKS), width=_MAP),
            *section_columns(t.gettext(ACTIONS), "", at, WIDTH - at),
        ),
        above=ABOVE_HEADING,
        bookmark=(0, t.gettext(RISKS)),
    )
    scale = month.asked.reader.vocabulary.scale
    beneath = otherwise_words(month.heat.otherwise, t)
    heat = [heat_map_piece(month.heat, scale, None, t.language, _MAP, tall=13 if beneath else 15)]
    if beneath:
        heat += words(beneath, width=_MAP, size=SMALL, colour=ink().muted)
    totals, ring = month.standings, 57.0
    parts = (
        Part(totals["in_place"], ink().low, 1.0),
        Part(totals["under_way"], ink().moderate, 0.55),
        Part(totals["not_started"], ink().muted, 0.14),
    )
    middle = f"{totals['in_place']}/{applying(month)}"
    legend = tuple(_legend(month, WIDTH - at))
    drawn = (ring_piece(parts, middle, ring), gap(2), *legend)
    yield Row(columns=(Column(0, heat), Column(at, drawn)), above=1)


def _legend(month: Month, width: float) -> Iterator[Piece]:
    t = month.asked.t
    for standing in _COUNTED:
        colour = ink().level(_COLOURS.get(standing))
        label = t.gettext(coverage.STANDINGS[standing])
        name = marked(STANDINGS[standing], colour, label, width=width, size=SMALL)[0]
        number = number_words(month.standings[standing])
        yield beside(
            (0, name), (0, words(number, width=width, size=SMALL, align="right", bold=True)[0])
        )


def risks(month: Month, limits: Limits) -> Iterator[Row]:
    """The worst risks above what is accepted, and how each moved."""
    t, shown, note = month.asked.t, month.above[: limits.risks], ""
    if len(shown) < len(month.above):
        every = number_words(len(month.above))
        note = t.gettext(SOME_OF).format(number=number_words(len(shown)), all=every)
    yield replace(section_row(t.gettext(ABOVE), note), above=ABOVE_HEADING)
    if not shown:
        yield Row(columns=(Column(0, words(t.gettext(NONE_ABOVE), width=WIDTH, size=SMALL)),))
    for place, risk in enumerate(shown):
        yield replace(_risk(month, risk), above=2 if place else 0)


def _risk(month: Month, risk: Risk) -> Row:
    t, colour = month.asked.t, ink().level(risk.residual_level)
    level = level_words(risk.residual_level, t, month.asked.reader.vocabulary)
    mark = marked(
        LEVELS[risk.residual_level], colour, level, width=LEFT, size=SMALL, bold=True, text=colour
    )
    until = day_words(risk.due_on, t) if risk.due_on else ""
    owner = month.owners.get(risk.id) or t.gettext(NO_OWNER)
    scale = month.asked.reader.vocabulary.scale_by(risk.scored_by)
    moved = t.gettext(TRENDS[monthly.trend(risk, month.nets.get(risk.id), scale)])
    moved = moved.format(month=month_name(add_months(month.month, -1), t))
    who = cut(" · ".join(filter(None, (owner, until))), width=_WHO - 4, size=SMALL)
    middle = WIDTH - _WHO - _MOVED - LEFT - 8
    title = cut(risk.title, width=middle, size=SMALL)
    return Row(
        columns=(
            Column(0, mark),
            Column(LEFT, words(title, width=middle + 1, size=SMALL)),
            Column(WIDTH - _WHO - _MOVED, words(moved, width=_MOVED, size=SMALL, colour=ink().muted)),
            Column(WIDTH - _WHO, words(who, width=_WHO, size=SMALL, align="right", colour=ink().muted)),
        )
    )  # fmt: skip


# What is late, and what was done


def dates(month: Month, limits: Limits) -> Iterator[Row]:
    """What is overdue, and beside it what was done last."""
    t, at = month.asked.t, _HALF + _GUTTER
    yield Row(
        columns=(
            *section_columns(t.gettext(OVERDUE), _in_all(month), width=_HALF),
            *section_columns(t.gettext(DONE), "", at, _HALF),
        ),
        above=ABOVE_HEADING,
        bookmark=(0, t.gettext(OVERDUE)),
    )
    yield Row(columns=(Column(0, _late(month, limits)), Column(at, _done(month, limits))))


def _in_all(month: Month) -> str:
    """How much is overdue, where there is more than one sees at a glance."""
    if not month.late:
        return ""
    t, oldest = month.asked.t, (month.asked.today - month.late[0].day).days
    days = t.ngettext(*LATE, oldest).format(number=number_words(oldest))
    number = number_words(month.late_in_all)
    return t.ngettext(*IN_ALL, month.late_in_all).format(number=number, days=days)


def _late(month: Month, limits: Limits) -> Iterator[Piece]:
    t = month.asked.t
    if not month.late:
        yield from words(t.gettext(NONE_LATE), width=_HALF, size=SMALL)
    for late in month.late[: limits.late]:
        days = (month.asked.today - late.day).days
        said = t.ngettext(*LATE, days).format(number=number_words(days))
        yield _told(f"{late.ref}  {late.title}", said)


def _done(month: Month, limits: Limits) -> Iterator[Piece]:
    t = month.asked.t
    if not month.done:
        yield from words(t.gettext(NONE_DONE), width=_HALF, size=SMALL)
    for title, day in month.done[: limits.late]:
        yield _told(title, day_words(day, t))


def _told(text: str, about: str) -> Piece:
    """A line of a list: a text that is cut where it is long, and what is said of it at the right."""
    aside = text_width(about, SMALL)
    left = words(cut(text, width=_HALF - aside - 10, size=SMALL), width=_HALF, size=SMALL)[0]
    right = words(about, width=_HALF, size=SMALL, align="right", colour=ink().muted)[0]
    return beside((0, left), (0, right))


def applying(month: Month) -> int:
    """How many policy actions apply."""
    return sum(month.standings[key] for key in _COUNTED)
