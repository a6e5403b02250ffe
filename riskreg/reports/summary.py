"""The manager's page: what to decide this month, and what the register says about it, on one sheet to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from riskreg.dates import day_words, month_name, month_words
from riskreg.errors import N_
from riskreg.formats import count_words, number_words, sentences
from riskreg.i18n import NN_, Translator
from riskreg.records import Incident, Wanted
from riskreg.records.values import Count, zone_of
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import marked, number_strip
from riskreg.reports.forms import write_here
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row
from riskreg.reports.one_page import OnePage, cut
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.summary_facts import Month, gather
from riskreg.reports.summary_parts import (
    ABOVE_HEADING,
    LEFT,
    Limits,
    applying,
    dates,
    risks,
    standing,
)
from riskreg.reports.text import Piece, gap, text_width, words
from riskreg.rules.due import add_months

TITLE: Final = N_("Personal data: {month}")
BY: Final = N_("Prepared by {who}.")
DECIDE: Final = N_("For your decision")
TICK: Final = N_("tick one in each line")
ANSWERS: Final = (N_("Agree"), N_("Refuse"), N_("Discuss"))
MORE: Final = NN_(
    "{number} more decision is waiting in the register.",
    "{number} more decisions are waiting in the register.",
)
NOTHING: Final = N_(
    "Nothing is to be decided: no rule of the program found anything, and nobody typed a line."
)

INCIDENTS: Final = N_("Incidents")
NEW: Final = N_("this month (last: {number})")
YEAR: Final = N_("in 12 months")
NEAR: Final = N_("near misses, 12 months")
CONTAINED: Final = N_("median time to contain")
NONE_OPEN: Final = N_("No incident is open.")
SOME_OPEN: Final = N_("{number} of {all} that are open")
PEOPLE: Final = NN_("{number} person", "{number} people")
AWARE_TODAY: Final = N_("Aware since today.")
NOT_AWARE: Final = N_("Unknown since when we are aware.")
AWARE: Final = NN_("Aware for {number} day.", "Aware for {number} days.")
IS_CONTAINED: Final = N_("Contained on {day}.")
NOT_CONTAINED: Final = N_("Not contained yet.")
IS_ASSESSED: Final = N_("Assessed on {day}.")
NOT_ASSESSED: Final = N_("Not assessed yet.")
TO_DECIDE: Final = NN_(
    "On {number} notice about open incidents nobody has decided yet.",
    "On {number} notices about open incidents nobody has decided yet.",
)
MINUTES: Final = NN_("{number} min", "{number} min")
HOURS: Final = NN_("{number} h", "{number} h")
DAYS: Final = NN_("{number} day", "{number} days")

SINCE: Final = N_("Changed since the end of {month}")
UNCHANGED: Final = N_("no record changed this month")
DEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "new_incident": NN_("{number} new incident", "{number} new incidents"),
    "closed_incident": NN_("{number} incident closed", "{number} incidents closed"),
    "new_risk": NN_("{number} new risk", "{number} new risks"),
    "rescored": NN_("{number} risk re-scored", "{number} risks re-scored"),
    "closed_risk": NN_("{number} risk closed", "{number} risks closed"),
    "retention": NN_(
        "{number} data asset got a retention period", "{number} data assets got a retention period"
    ),
    "step_done": NN_(
        "{number} step of a policy action done", "{number} steps of policy actions done"
    ),
}
IN_PLACE: Final = N_("policy actions in place {done} of {all} that apply ({month}: {before})")
SEPARATOR: Final = N_("; ")
SENTENCE: Final = N_("{words}.")

SIGNED: Final = (N_("Comments"), N_("Full name"), N_("Signature and chop"), N_("Date"))

_VERSIONS: Final = (
    Limits(6, 2, 2, 3, 4, 4),
    Limits(6, 2, 1, 3, 4, 4),
    Limits(6, 1, 1, 3, 4, 4),
    Limits(5, 2, 1, 3, 3, 3),
    Limits(5, 1, 1, 3, 3, 3),
    Limits(5, 1, 1, 2, 3, 3),
    Limits(4, 2, 1, 2, 3, 3),
    Limits(4, 1, 1, 2, 3, 3),
    Limits(4, 1, 1, 2, 3, 2),
    Limits(3, 1, 1, 2, 3, 2),
    Limits(3, 1, 1, 1, 2, 2),
    Limits(2, 1, 1, 1, 2, 1),
    Limits(1, 1, 1, 0, 1, 1),
)
"""From the fullest page to the shortest: a manager's page stays one page."""


def tell(asked: Asked) -> Told:
    """The report; `asked.ref` does not narrow it."""
    month, t = gather(asked), asked.t
    versions = [partial(_rows, month, limits) for limits in _VERSIONS]
    view = t.gettext(BY).format(who=asked.by) if asked.by else ""
    title = t.gettext(TITLE).format(month=month_words(month.month, t))
    return Told(view, [OnePage(versions, _foot(t))], title)


def _rows(month: Month, limits: Limits) -> Sequence[Row]:
    return [
        *_decisions(month, limits),
        *_incidents(month, limits),
        *standing(month),
        *risks(month, limits),
        *dates(month, limits),
        *_changed(month),
    ]


def _section(title: str, note: str = "", above: float = ABOVE_HEADING) -> Row:
    return replace(section_row(title, note), above=above)


def _line(*pieces: Piece, above: float = 0) -> Row:
    return Row(columns=(Column(0, pieces),), above=above)


# Decisions


def _decisions(month: Month, limits: Limits) -> Iterator[Row]:
    t = month.asked.t
    shown = month.wanted[: limits.decisions]
    yield _section(t.gettext(DECIDE), t.gettext(TICK) if shown else "", 2)
    if not shown:
        yield _line(
            *words(t.gettext(NOTHING), width=WIDTH, size=SMALL, colour=ink().muted), above=2
        )
    boxes = tuple(_boxes(t))
    room = WIDTH - sum(width for width, _ in boxes) - 12
    for place, wanted in enumerate(shown):
        row = _decision(wanted, boxes, room, limits, t)
        yield replace(row, above=5 if place else 0)
    if more := len(month.wanted) - len(shown):
        said = t.ngettext(*MORE, more).format(number=number_words(more))
        yield _line(*words(said, width=WIDTH, size=SMALL, colour=ink().muted), above=4)


def _boxes(t: Translator) -> Iterator[tuple[float, Piece]]:
    """The three answers, each a box to tick before its word, with the width it takes."""
    for answer in ANSWERS:
        said = t.gettext(answer)
        width = text_width(said, SMALL) + SMALL * 1.45 + 14
        yield width, marked("box", ink().text, said, width=width, size=SMALL)[0]


def _decision(
    wanted: Wanted,
    boxes: Sequence[tuple[float, Piece]],
    room: float,
    limits: Limits,
    t: Translator,
) -> Row:
    by = wanted.by
    beside_it = min(text_width(by, SMALL), WIDTH * 0.3)
    across = WIDTH - beside_it - 16 if by else WIDTH
    what = words(cut(wanted.what, width=room, bold=True, lines=limits.what), width=room, bold=True)
    why = cut(wanted.why, width=across, size=SMALL, lines=limits.why)
    left = (*what, *words(why, width=across, size=SMALL, colour=ink().muted))
    right = Column(
        WIDTH - beside_it - 1,
        (
            gap(sum(piece.height for piece in what)),
            *words(cut(by, width=beside_it + 1, size=SMALL), width=beside_it + 1, size=SMALL, align="right"),
        ),
    )  # fmt: skip
    at, columns = WIDTH + 14.0, [Column(0, left)]
    for width, box in reversed(boxes):
        at -= width
        columns.insert(1, Column(at, [box]))
    return Row(columns=(*columns, right) if by else tuple(columns))


# Incidents


def _incidents(month: Month, limits: Limits) -> Iterator[Row]:
    t, figures = month.asked.t, month.figures
    shown, every = month.incidents[: limits.incidents], len(month.incidents)
    note = ""
    if len(shown) < every:
        note = t.gettext(SOME_OPEN).format(number=number_words(len(shown)), all=number_words(every))
    yield _section(t.gettext(INCIDENTS), note)
    last = t.gettext(NEW).format(number=number_words(figures.last_month))
    numbers = [
        (number_words(figures.this_month), last),
        (number_words(figures.in_year), t.gettext(YEAR)),
        (number_words(figures.near_misses), t.gettext(NEAR)),
        (_span(figures.contained_in, t), t.gettext(CONTAINED)),
    ]
    yield _line(*number_strip(numbers, WIDTH))
    if month.undecided:
        said = t.ngettext(*TO_DECIDE, month.undecided)
        text = said.format(number=number_words(month.undecided))
        yield _line(*words(text, width=WIDTH, size=SMALL, bold=True, colour=ink().high), above=2)
    for incident in shown:
        yield _incident(month, incident)
    if not every:
        yield _line(*words(t.gettext(NONE_OPEN), width=WIDTH, size=SMALL), above=4)


def _incident(month: Month, incident: Incident) -> Row:
    t, vocabulary = month.asked.t, month.asked.reader.vocabulary
    count = _people(incident.people_count, t)
    aside = text_width(count, SMALL) + 12 if count else 0
    room = WIDTH - LEFT - aside
    status = vocabulary.terms_of("incident_status").label(incident.status or "", t.language)
    body = (
        *words(cut(incident.title, width=room, bold=True), width=room, bold=True),
        *words(sentences(t, *_state(month, incident)), width=WIDTH - LEFT, size=SMALL, colour=ink().muted),
    )  # fmt: skip
    right = Column(LEFT, words(count, width=WIDTH - LEFT, size=SMALL, align="right"))
    state = (
        *words(incident.ref, width=LEFT - 6, bold=True),
        *words(cut(status, width=LEFT - 6, size=SMALL, bold=True),
               width=LEFT - 6, size=SMALL, bold=True, colour=ink().high),
    )  # fmt: skip
    return Row(columns=(Column(0, state), Column(LEFT, body), right), above=5)


def _people(count: Count | None, t: Translator) -> str:
    if count is None:
        return ""
    said = count_words(count, t)
    if count.number is None:
        return said
    return t.ngettext(*PEOPLE, count.number).format(number=said)


def _state(month: Month, incident: Incident) -> Iterator[str]:
    """What is known, and what is not done, one short sentence each."""
    t, zone = month.asked.t, month.asked.zone
    if incident.aware_at is None:
        yield t.gettext(NOT_AWARE)
    else:
        days = (month.asked.today - incident.aware_at.utc.astimezone(zone_of(zone)).date()).days
        aware = t.ngettext(*AWARE, days).format(number=number_words(days))
        yield aware if days > 0 else t.gettext(AWARE_TODAY)
    clock = month.clocks.get(incident.id)
    if clock and clock.level and incident.aware_at is not None:
        yield t.gettext(SENTENCE).format(words=clock.text)
    for at, known, unknown in (
        (incident.contained_at, IS_CONTAINED, NOT_CONTAINED),
        (incident.assessed_at, IS_ASSESSED, NOT_ASSESSED),
    ):
        if at is None:
            yield t.gettext(unknown)
        else:
            yield t.gettext(known).format(day=day_words(at.utc.astimezone(zone_of(zone)).date(), t))


def _span(taken: timedelta | None, t: Translator) -> str:
    """A duration in the largest unit that says something: 35 min, 19 h, 4 days."""
    if taken is None:
        return "–"
    minutes = round(taken.total_seconds() / 60)
    if minutes < 120:
        return t.ngettext(*MINUTES, minutes).format(number=minutes)
    hours = round(minutes / 60)
    if hours <= 72:
        return t.ngettext(*HOURS, hours).format(number=hours)
    days = round(hours / 24)
    return t.ngettext(*DAYS, days).format(number=number_words(days))


# What changed


def _changed(month: Month) -> Iterator[Row]:
    t = month.asked.t
    before = month_name(add_months(month.month, -1), t)
    yield _section(t.gettext(SINCE).format(month=before))
    said = [
        t.ngettext(*DEEDS[deed], number).format(number=number_words(number))
        for deed, number in month.deeds.items()
        if number
    ]
    if not said and not month.nets:
        said.append(t.gettext(UNCHANGED))
    done, every = month.standings["in_place"], applying(month)
    said.append(t.gettext(IN_PLACE).format(done=done, all=every, month=before, before=month.before))
    text = t.gettext(SENTENCE).format(words=t.gettext(SEPARATOR).join(said))
    yield _line(*words(text[:1].upper() + text[1:], width=WIDTH, size=SMALL))


# The foot


def _foot(t: Translator) -> Row:
    """Lines to write on, each under what belongs there."""
    each = (WIDTH - 3 * 18) / 4
    columns = tuple(
        Column(
            place * (each + 18),
            (
                *words(t.gettext(name), width=each, size=SMALL, colour=ink().muted),
                gap(18),
                Piece(1, partial(write_here, each)),
            ),
        )
        for place, name in enumerate(SIGNED)
    )
    return Row(columns=columns, above=6, is_ruled=True)
