"""How the organisation stands to the 18 policy actions, by category: status, steps, what is linked, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction
from riskreg.errors import N_, Expected
from riskreg.formats import listed, number_words
from riskreg.programme import covered, gap_words
from riskreg.records import Action, Step, declared
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import STANDINGS, STEPS, Part, marked, ring_piece
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import (
    LABEL,
    Speech,
    all_names,
    all_rows,
    aside,
    continued,
    label_of,
    labelled,
    told,
)
from riskreg.reports.text import Piece, Sheet, beside, gap, together, words
from riskreg.rules import coverage
from riskreg.rules.coverage import Coverage, Covered
from riskreg.views import View

ALL: Final = N_("The 18 policy actions of the Policy Statement of 8 December 2023, by category.")
ONE: Final = N_("One record: {ref}.")
HOW: Final = N_("How we stand to the actions that apply")
OUT_OF: Final = N_("{done} of {all} in place")
STEPS_DONE: Final = N_("{done} of {all} steps done")
GAPS: Final = N_("Gaps, with the number of actions that have each")
NO_GAPS: Final = N_("No gaps were found.")
SOURCE: Final = N_("Source")
STANCE: Final = N_("For us")
DUE: Final = N_("due {day}")
OVERDUE: Final = N_("overdue since {day}")
REVIEWED: Final = N_("reviewed {day}")
REVIEW_DUE: Final = N_("next review {day}")
NO_OWNER: Final = N_("no owner")

_MIDDLE: Final = 84.0
_RIGHT: Final = 130.0
"""Width of owner and date beside the title."""
_ACTION: Final = (*(key for key in declared(Action)), "incidents")
_STEP: Final = tuple(declared(Step))
_HELD: Final = ("hold_reason", "hold_by")
_BELOW: Final = (
    "risks", "assets", "incidents", "notes", "external_ref", "tags", "other_facts", *_HELD,
)  # fmt: skip
"""Fields of an action that follow its steps."""
_STEP_REST: Final = (
    "evidence_text", "notes", "external_ref", "tags", "other_facts", *_HELD,
)  # fmt: skip
"""Fields of a step that follow the day it was done and who did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """All that the pages say, in memory."""

    coverage: Coverage
    speech: Speech
    catalogue: Mapping[str, PolicyAction]


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no policy action."""
    register = _gather(asked)
    t = asked.t
    if asked.ref:
        one = next(
            (
                each
                for each in register.coverage.actions
                if each.item.key.casefold() == asked.ref.casefold()
            ),
            None,
        )
        if one is None:
            raise Expected("no_record", ref=asked.ref)
        story = [_notice(t.language), Rows([_action_row(register, one)])]
        return Told(t.gettext(ONE).format(ref=one.item.key), story)
    categories = (_category(register, category) for category in catalogue.categories())
    return Told(t.gettext(ALL), [_overview(register), _notice(t.language), *categories])


def _gather(asked: Asked) -> _Register:
    reader = asked.reader
    view = View(kinds=("action",), columns=_ACTION)
    actions = all_rows(reader, view, reader.ids(view))
    return _Register(
        coverage=covered(reader, asked.today, asked.work),
        speech=Speech(
            t=asked.t,
            vocabulary=reader.vocabulary,
            names=all_names(reader, actions),
            zone=asked.zone,
        ),
        catalogue={action.key: action for action in catalogue.policy_actions()},
    )


# Overview


def _overview(register: _Register) -> Rows:
    t, found = register.speech.t, register.coverage
    totals, ring = found.totals(), 88.0
    parts = (
        Part(totals["in_place"], ink().low, 1.0),
        Part(totals["under_way"], ink().moderate, 0.55),
        Part(totals["not_started"], ink().muted, 0.14),
    )
    middle = f"{totals['in_place']}/{found.applying}"
    legend, gaps = 108.0, WIDTH - 246
    row = Row(
        columns=(
            Column(0, [ring_piece(parts, middle, ring)]),
            Column(legend, (gap(4), *_legend(register, gaps - legend - 26))),
            Column(gaps, (gap(4), *_gap_totals(register, WIDTH - gaps))),
        ),
        above=2,
    )
    return Rows([row], heading=[section_row(t.gettext(HOW))], above=4)


_COLOURS: Final = {"in_place": "low", "under_way": "moderate"}


def _legend(register: _Register, width: float) -> Iterator[Piece]:
    t = register.speech.t
    for standing, number in register.coverage.totals().items():
        colour = ink().level(_COLOURS.get(standing))
        label = t.gettext(coverage.STANDINGS[standing])
        is_counted = standing not in ("not_applicable", "context")
        name = marked(STANDINGS[standing], colour, label, width=width,
                      text=None if is_counted else ink().muted)[0]  # fmt: skip
        count = words(
            number_words(number), width=width, align="right", bold=is_counted,
            colour=None if is_counted else ink().muted,
        )[0]  # fmt: skip
        yield beside((0, name), (0, count))


def _gap_totals(register: _Register, width: float) -> Iterator[Piece]:
    t, found = register.speech.t, register.coverage.gaps()
    title = GAPS if found else NO_GAPS
    yield from words(t.gettext(title), width=width, size=SMALL, bold=True, after=3)
    for key, number in found.items():
        label = t.gettext(coverage.GAPS[key])
        lines = words(label, width=width - 30, size=SMALL, colour=ink().muted)
        count = words(number_words(number), width=width, size=SMALL, align="right", bold=True)[0]
        yield beside((0, lines[0]), (0, count))
        yield from lines[1:]


def _notice(language: str) -> Rows:
    """What the codes are and are not, beside a bar in the accent."""
    lines = words(catalogue.notice().get(language), width=WIDTH - 12, size=SMALL, colour=ink().text)
    tall = sum(line.height for line in lines)

    def bar(canvas: Sheet, x: float, y: float) -> None:
        canvas.setFillColor(ink().accent)
        canvas.rect(x, y - tall, 2.5, tall, stroke=0, fill=1)

    columns = (Column(0, [Piece(tall, bar)]), Column(12, lines))
    return Rows([Row(columns=columns)], above=12)


# Actions


def _category(register: _Register, category: Category) -> Rows:
    t = register.speech.t
    actions = register.coverage.of(category.key)
    applying = [each for each in actions if each.standing not in ("not_applicable", "context")]
    note = t.gettext(OUT_OF).format(
        done=sum(each.standing == "in_place" for each in applying), all=len(applying)
    )
    title = f"{category.key}  {category.title.get(t.language)}"
    rows = (_action_row(register, each, place > 0) for place, each in enumerate(actions))
    return Rows(rows, heading=[section_row(title, note)], above=16)


def _action_row(register: _Register, each: Covered, is_ruled: bool = False) -> Row:
    t, width = register.speech.t, WIDTH - _MIDDLE
    title = register.catalogue[each.item.key].title.get(t.language)
    who = tuple(_who(register, each))
    head = aside(words(title, width=width - _RIGHT - 10, bold=True), who)
    return Row(
        columns=(
            Column(0, _standing(register, each)),
            Column(_MIDDLE, (*head, gap(4), *_body(register, each, width))),
            Column(WIDTH - _RIGHT, who),
        ),
        above=12 if is_ruled else 2,
        below=5,
        is_ruled=is_ruled,
        again=continued(each.item.key, _MIDDLE, t),
        bookmark=(1, f"{each.item.key} {title}"[:120]),
    )


def _standing(register: _Register, each: Covered) -> Iterator[Piece]:
    speech, standing = register.speech, each.standing
    colour = ink().level(_COLOURS.get(standing))
    label = speech.t.gettext(coverage.STANDINGS[standing])
    if standing in ("in_place", "under_way", "not_started") and each.action.status:
        label = speech.value("action", "status", each.action.status)
    yield from words(each.item.key, width=_MIDDLE, bold=True, after=2)
    yield from marked(
        STANDINGS[standing], colour, label, width=_MIDDLE - 8, size=SMALL, text=colour, bold=True
    )


def _body(register: _Register, each: Covered, width: float) -> Iterator[Piece]:
    speech, t = register.speech, register.speech.t
    action = register.catalogue[each.item.key]
    for key in each.gaps:
        yield from marked("alert", ink().high, gap_words(each, key, t), width=width,
                          size=SMALL, text=ink().high, bold=True, after=2)  # fmt: skip
    applies = speech.value("action", "applies", each.action.applies)
    yield from told(t.label("action", "applies"), applies, width)
    yield from told(t.label("action", "reason_if_not"), each.action.reason_if_not, width)
    yield from _origin(speech, action, width)
    steps = [piece for step in each.steps for piece in _step(register, action, step, width - LABEL)]
    is_counted = each.counted and each.standing not in ("not_applicable", "context")
    done = t.gettext(STEPS_DONE).format(done=each.done, all=each.counted)
    name = done if is_counted else t.kind_name("step")
    if steps:
        yield from labelled(name, steps)
    values: dict[str, Value] = {key: each.action.get(key) for key in declared(Action)}
    values["incidents"] = each.incidents
    for key in _BELOW:
        yield from told(label_of(t, "action", key), speech.value("action", key, values[key]), width)


def _origin(speech: Speech, action: PolicyAction, width: float) -> Iterator[Piece]:
    """What the item asks of an organisation, and how sure its text is; a row found in a source says nothing more."""
    t, terms = speech.t, speech.vocabulary
    stance = terms.terms_of("stance").label(action.stance, t.language)
    note = action.stance_note.get(t.language) if action.stance_note else ""
    yield from told(t.gettext(STANCE), _joined(stance, note, t.language), width)
    if action.source_status != "found":
        status = terms.terms_of("source_status").label(action.source_status, t.language)
        note = action.source_note.get(t.language) if action.source_note else ""
        yield from told(t.gettext(SOURCE), _joined(status, note, t.language), width)


def _joined(first: str, second: str, language: str) -> str:
    end = ". " if language == "en" else "。"
    return f"{first}{end}{second}" if second else first


def _step(register: _Register, action: PolicyAction, step: Step, width: float) -> tuple[Piece, ...]:
    speech, t = register.speech, register.speech.t
    text = next((each.text.get(t.language) for each in action.steps if each.key == step.ref), "")
    colour = ink().low if step.status == "done" else ink().muted
    title = f"{step.ref.partition('.')[2]}  {text or step.title}"
    done = [speech.value("step", "done_on", step.done_on), step.done_by]
    rest = [speech.value("step", key, step.get(key)) for key in _STEP_REST]
    facts = " · ".join(filter(None, [listed(filter(None, done), t), *rest]))
    below = (
        words(facts, width=width, size=SMALL, colour=ink().muted, indent=SMALL * 1.45)
        if facts
        else ()
    )
    return together(
        (*marked(STEPS[step.status], colour, title, width=width, size=SMALL), *below, gap(2))
    )


def _who(register: _Register, each: Covered) -> Iterator[Piece]:
    speech, t, action = register.speech, register.speech.t, each.action
    quiet = ink().muted
    owner = speech.titles(action.owner)
    if each.standing != "context" or owner:
        text = owner or t.gettext(NO_OWNER)
        yield from words(text, width=_RIGHT, align="right", colour=None if owner else quiet)
    is_settled = each.standing in ("in_place", "not_applicable", "context")
    is_late = "overdue" in each.gaps
    days: tuple[tuple[str, date | None], ...] = (
        (OVERDUE if is_late else DUE, None if is_settled else action.due_on),
        (REVIEWED, action.last_review_on),
        (REVIEW_DUE, action.due_at if each.standing == "in_place" else None),
    )
    for label, day in days:
        if day:
            text = t.gettext(label).format(day=speech.value("action", "due_on", day))
            colour = ink().high if label == OVERDUE else quiet
            yield from words(text, width=_RIGHT, size=SMALL, align="right", colour=colour,
                             bold=label == OVERDUE)  # fmt: skip
