"""The programme on paper: how each policy action stands and what is left of it, then the plan of the twelve months to come; to be signed.

The plan is the oversight and review plan of the PCPD's guide on privacy management programmes (domain 2.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction
from riskreg.coming import Item, year
from riskreg.dates import day_words, month_words
from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.lowered import ALL as ALL_LEVELS
from riskreg.lowered import LevelRow, level_rows, levels
from riskreg.programme import covered, gap_words
from riskreg.records import Step
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import STANDINGS, STEPS, marked, number_strip
from riskreg.reports.forms import signatures, stacked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.tables import Cell, late, line, quiet, table
from riskreg.reports.text import Piece, Run, words
from riskreg.rules import coverage
from riskreg.rules.coverage import Covered, Standing
from riskreg.rules.due import add_months
from riskreg.wording import level_words

ALL: Final = N_("The 18 policy actions by category, and the plan of the twelve months to come.")
FIGURES: Final = N_("In figures")
OUT_OF: Final = N_("{done} of {all} in place")
STEPS_DONE: Final = N_("{done} of {all} steps done")
NO_OWNER: Final = N_("no owner")
DUE: Final = N_("due {day}")
REVIEW_DUE: Final = N_("next review {day}")
OVERDUE: Final = N_("overdue since {day}")
PLAN: Final = N_("Plan of the year")
LATE: Final = N_("Overdue, to be made up for")
NOTHING: Final = N_("Nothing is planned for this month.")
SOURCE: Final = N_("Source")
MANY: Final = N_("{field}: {value}")
MONTHS: Final = 12
RISKS: Final = N_("Open risks that each policy action is to lower")
ACTION: Final = N_("Policy action")
EVERY: Final = N_("All")
NO_ACTION: Final = N_("No policy action lowers these")
NONE: Final = "–"
SIGNED: Final = N_("The programme and its plan for the year were looked at and approved.")
SIGNERS: Final = (N_("Data protection officer"), N_("Approved by"))
HEADS: Final = (
    (0.0, N_("Day")),
    (88.0, N_("What")),
    (196.0, N_("Which")),
    (418.0, N_("Owner")),
)

_COLOURS: Final = {"in_place": "low", "under_way": "moderate"}
_COUNTED: Final = ("in_place", "under_way", "not_started")
_MIDDLE: Final = 84.0
_RIGHT: Final = 140.0
_KEY: Final = 28.0
"""Width of the codes of actions beside their titles, where risks are counted."""
_LEVEL: Final = 54.0
"""Width of the column of a level."""
_TOGETHER: Final = frozenset({"risk", "asset", "processing", "transfer", "measure"})
"""Kinds whose reviews of a month are one session and stand in one row."""


@dataclass(frozen=True, slots=True)
class _Programme:
    """All that the pages say, in memory."""

    asked: Asked
    covered: coverage.Coverage
    owners: Mapping[int, str]
    catalogue: Mapping[str, PolicyAction]


def tell(asked: Asked) -> Told:
    """The report; `asked.ref` does not narrow it."""
    programme, t = _gather(asked), asked.t
    parts = [_category(programme, category) for category in catalogue.categories()]
    story = [_overview(programme), *parts, _risks(programme), _plan(asked)]
    story.append(signatures(SIGNERS, t, SIGNED))
    return Told(t.gettext(ALL), story)


def _gather(asked: Asked) -> _Programme:
    items = {action.key: action for action in catalogue.policy_actions()}
    found = covered(asked.reader, asked.today, asked.work)
    ids = sorted({id for each in found.actions for id in each.action.owner})
    names = {id: name.title for id, name in asked.reader.names(ids).items()}
    return _Programme(asked, found, names, items)


# The actions


def _overview(programme: _Programme) -> Rows:
    t, totals = programme.asked.t, programme.covered.totals()
    figures = [(number_words(totals[key]), t.gettext(coverage.STANDINGS[key])) for key in totals]
    row = Row(columns=(Column(0, number_strip(figures, WIDTH)),), above=2)
    return Rows([row], heading=[section_row(t.gettext(FIGURES))], above=4)


def _category(programme: _Programme, category: Category) -> Rows:
    t = programme.asked.t
    actions = programme.covered.of(category.key)
    applying = [each for each in actions if each.standing in _COUNTED]
    done = sum(each.standing == "in_place" for each in applying)
    note = t.gettext(OUT_OF).format(done=done, all=len(applying))
    title = f"{category.key}  {category.title.get(t.language)}"
    rows = [_action(programme, each, place > 0) for place, each in enumerate(actions)]
    return Rows(rows, heading=[section_row(title, note)], above=16)


def _action(programme: _Programme, each: Covered, is_ruled: bool) -> Row:
    t, width = programme.asked.t, WIDTH - _MIDDLE - _RIGHT - 10
    title = programme.catalogue[each.item.key].title.get(t.language)
    return Row(
        columns=(
            Column(0, _standing(programme, each)),
            Column(
                _MIDDLE, (*words(title, width=width, bold=True), *_left(programme, each, width))
            ),
            Column(WIDTH - _RIGHT, _who(programme, each)),
        ),
        above=10 if is_ruled else 2,
        below=3,
        is_ruled=is_ruled,
        bookmark=(1, f"{each.item.key} {title}"[:120]),
    )


def _standing(programme: _Programme, each: Covered) -> Iterator[Piece]:
    t, colour = programme.asked.t, ink().level(_COLOURS.get(each.standing))
    label = t.gettext(coverage.STANDINGS[each.standing])
    yield from words(each.item.key, width=_MIDDLE, bold=True, after=1)
    yield from marked(STANDINGS[each.standing], colour, label, width=_MIDDLE - 8, size=SMALL,
                      text=colour, bold=True)  # fmt: skip


def _left(programme: _Programme, each: Covered, width: float) -> Iterator[Piece]:
    """How many steps are done, which are not, what is amiss; of context nothing but how sure its text is."""
    asked, t = programme.asked, programme.asked.t
    action = programme.catalogue[each.item.key]
    if action.source_status != "found":
        terms = asked.reader.vocabulary.terms_of("source_status")
        said = terms.label(action.source_status, t.language)
        said = t.gettext(MANY).format(field=t.gettext(SOURCE), value=said)
        yield from words(said, width=width, size=SMALL, colour=ink().muted)
    if each.standing not in _COUNTED:
        return
    done = t.gettext(STEPS_DONE).format(done=each.done, all=each.counted)
    yield from words(done, width=width, size=SMALL, colour=ink().muted, after=2)
    for key in each.gaps:
        yield from marked("alert", ink().high, gap_words(each, key, t), width=width,
                          size=SMALL, text=ink().high, bold=True)  # fmt: skip
    texts = {step.key: step.text.get(t.language) for step in action.steps}
    for step in each.steps:
        if step.status in ("open", None):
            text = texts.get(step.ref) or step.title
            yield from marked(STEPS["open"], ink().muted, _step(asked, step, text), width=width,
                              size=SMALL)  # fmt: skip


def _step(asked: Asked, step: Step, text: str) -> str:
    """An open step with its number and day."""
    due = asked.t.gettext(DUE).format(day=day_words(step.due_on, asked.t)) if step.due_on else ""
    return "  ".join(filter(None, (step.ref.partition(".")[2], text, due)))


def _who(programme: _Programme, each: Covered) -> Iterator[Piece]:
    """The owner and the next date; of what does not apply, only an owner that it has."""
    asked, action, t = programme.asked, each.action, programme.asked.t
    owner = listed((programme.owners.get(id, "") for id in sorted(action.owner)), t)
    if owner or each.standing in _COUNTED:
        colour = None if owner else ink().high
        yield from words(owner or t.gettext(NO_OWNER), width=_RIGHT, align="right", colour=colour)
    if action.due_at and each.standing in _COUNTED:
        is_late = action.due_at < asked.today
        label = OVERDUE if is_late else _label(each.standing)
        said = t.gettext(label).format(day=day_words(action.due_at, t))
        colour = ink().high if is_late else ink().muted
        yield from words(said, width=_RIGHT, size=SMALL, align="right", colour=colour, bold=is_late)


def _label(standing: Standing) -> str:
    return REVIEW_DUE if standing == "in_place" else DUE


# The risks


def _risks(programme: _Programme) -> Rows:
    """How many open risks of each level every action is to lower, and those that none lowers."""
    asked, t = programme.asked, programme.asked.t
    rows = level_rows(asked.reader)
    vocabulary = asked.reader.vocabulary
    columns = (*levels(rows, vocabulary), ALL_LEVELS)
    at = WIDTH - _LEVEL * len(columns)
    heads = [(0.0, ""), (_KEY, t.gettext(ACTION))]
    heads += [
        (at + _LEVEL * place, _level_name(programme, level)) for place, level in enumerate(columns)
    ]
    cells = [_risk_cells(programme, row, columns) for row in rows]
    return table(t.gettext(RISKS), heads, cells, above=18)


def _risk_cells(programme: _Programme, row: LevelRow, columns: Sequence[str]) -> Sequence[Cell]:
    t, action = programme.asked.t, programme.catalogue.get(row.key)
    numbers = [
        Run(number_words(number), bold=True) if (number := row.number(level)) else quiet(NONE)
        for level in columns
    ]
    title = action.title.get(t.language) if action else t.gettext(NO_ACTION)
    return Run(row.key, bold=True), title, *numbers


def _level_name(programme: _Programme, level: str) -> str:
    t, vocabulary = programme.asked.t, programme.asked.reader.vocabulary
    return t.gettext(EVERY) if level == ALL_LEVELS else level_words(level or None, t, vocabulary)


# The plan


def _plan(asked: Asked) -> Rows:
    """What is overdue, then the twelve months from this one, those without anything too."""
    t = asked.t
    start = asked.today.replace(day=1)
    until = add_months(start, MONTHS) - timedelta(days=1)
    items = [
        item for item in year(asked.reader, t, asked.today, until, asked.work) if item.is_planned
    ]
    rows = list(_part(asked, t.gettext(LATE), [i for i in items if i.day < asked.today]))
    for number in range(MONTHS):
        month = add_months(start, number)
        those = [item for item in items if _is_in(item.day, month) and item.day >= asked.today]
        rows += _part(asked, month_words(month, t), those, is_month=True)
    heads = head_row(*((x, t.gettext(name)) for x, name in HEADS))
    return Rows(rows, heading=[section_row(t.gettext(PLAN))], head=[heads], above=18)


def _is_in(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _part(asked: Asked, title: str, items: Sequence[Item], is_month: bool = False) -> Iterator[Row]:
    """A month by its name, on the same page as the first thing in it; a month may be empty."""
    if not items and not is_month:
        return
    at = [x for x, _ in HEADS]
    lines = [line(at, cells) for cells in _cells(asked, items)]
    if not lines:
        said = words(asked.t.gettext(NOTHING), width=WIDTH, size=SMALL, colour=ink().muted)
        lines = [Row(columns=(Column(0, said),), above=1, below=2)]
    name = words(title, width=WIDTH, bold=True, after=1)
    head = Row(columns=(Column(0, name),), above=0)
    first = stacked(head, lines[0])
    yield replace(first, above=10, below=lines[0].below, is_ruled=True)
    yield from lines[1:]


def _cells(asked: Asked, items: Sequence[Item]) -> Iterator[Sequence[str | Run]]:
    """Reviews of one kind as one row, all else in a row each; by day."""
    ordered = sorted(items, key=lambda item: (_session(item), item.day, item.ref))
    rows = [
        row
        for session, group in groupby(ordered, key=_session)
        for row in ([list(group)] if session else [[item] for item in group])
    ]
    for row in sorted(rows, key=lambda row: row[0].day):
        first, t = row[0], asked.t
        day = day_words(first.day, t)
        which = f"{first.ref} {first.title}"
        if len(row) > 1:
            refs = listed(sorted(item.ref for item in row), t)
            which = t.gettext(MANY).format(field=t.kind_name(first.kind), value=refs)
        owners = listed(sorted({item.owner for item in row if item.owner}), t)
        yield (
            late(day) if first.day < asked.today else Run(day, bold=True),
            quiet(first.what), which, owners or quiet("–"),
        )  # fmt: skip


def _session(item: Item) -> str:
    """What is looked at in one session: a kind whose records are reviewed; "" for a thing of its own."""
    return item.kind if item.is_review and item.kind in _TOGETHER else ""
