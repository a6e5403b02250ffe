"""The course of an incident on paper: its timeline, with what the journal tells, and its clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from riskreg import clock_words, timeline_words
from riskreg.dates import instant_words, moment_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records.values import Instant
from riskreg.reports.breach import Breach, basis_words, rule_title
from riskreg.reports.entries import said_under
from riskreg.reports.figures import LEVELS, marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import named, told
from riskreg.reports.text import Piece, Run, words
from riskreg.rules.board import Row as Clocked
from riskreg.timeline import Moment

TIMELINE: Final = N_("Timeline")
MOMENTS: Final = NN_("{number} moment", "{number} moments")
CLOCKS: Final = N_("Clocks")
NO_CLOCKS: Final = N_(
    "No rule is in sight: it is not known where the people live, or none applies."
)
STATE: Final = N_("State")
TIME: Final = N_("Time allowed")
DUE: Final = N_("Due")
BASIS: Final = N_("Basis")
MAY_APPLY: Final = N_("May apply")

_WHEN: Final = 116.0
_LEFT: Final = 84.0
_LOUD: Final = frozenset({"entry", "decided", "sent", "assessed", "changed", "withdrawn"})
"""What people did stands out from what only follows from it."""


def timeline_rows(found: Breach) -> Rows:
    """Every moment, the oldest first, under its heading."""
    t, number = found.speech.t, len(found.moments)
    note = t.ngettext(*MOMENTS, number).format(number=number_words(number))
    rows = (_moment(found, each) for each in found.moments)
    return Rows(rows, heading=[section_row(t.gettext(TIMELINE), note)], above=14)


def _moment(found: Breach, each: Moment) -> Row:
    speech, width = found.speech, WIDTH - _WHEN
    line = timeline_words.heading(each, speech.vocabulary, speech.t, speech.names)
    after = f" ({speech.t.gettext(timeline_words.WITHDRAWN)})" if each.is_withdrawn else ""
    is_loud = each.what in _LOUD and not each.is_withdrawn
    head = words(Run(line, bold=is_loud), Run(after, ink().muted), width=width, size=SMALL)
    body = [
        piece
        for text in (each.who, *timeline_words.below(each, speech.t))
        if text
        for piece in words(text, width=width, size=SMALL, colour=ink().muted)
    ]
    at = _to_the_minute(each.at, speech.t)
    return Row(
        columns=(
            Column(0, words(at, width=_WHEN - 8, size=SMALL, colour=ink().muted)),
            Column(_WHEN, (*head, *body)),
        ),
        above=2.5,
        below=1.5,
    )


def _to_the_minute(at: Instant, t: Translator) -> str:
    """A moment as exactly as it is known, but for the seconds of the journal."""
    return moment_words(at.utc, at.zone, t) if at.precision == "second" else instant_words(at, t)


def clock_rows(found: Breach) -> Rows:
    """Every clock at the moment of the report, the most urgent first."""
    t = found.speech.t
    if not found.board:
        return said_under(t.gettext(CLOCKS), t.gettext(NO_CLOCKS))
    certain = [row for row in found.board if _is_certain(found, row)]
    rows = [_clock(found, row, place > 0) for place, row in enumerate(certain)]
    if others := [row for row in found.board if row not in certain]:
        rows.append(_may_apply(found, others, is_ruled=bool(certain)))
    return Rows(rows, heading=[section_row(t.gettext(CLOCKS))], above=14)


def _is_certain(found: Breach, row: Clocked) -> bool:
    """Whether it applies by the facts, or somebody decided on it or sent its notice."""
    key = row.rule.key
    is_touched = key in found.case.whole.standing or key in found.case.moments.notices
    return row.verdict.applies == "yes" or is_touched


def _may_apply(found: Breach, others: Sequence[Clocked], *, is_ruled: bool) -> Row:
    """Those of which a fact is still to be found out, each in a line."""
    t, width = found.speech.t, WIDTH - _LEFT
    lines = [
        piece
        for row in others
        for piece in words(
            named(rule_title(row.rule, found.speech), clock_words.short(row.clock, t), t),
            width=width,
            size=SMALL,
        )
    ]
    head = words(t.gettext(MAY_APPLY), width=_LEFT - 6, size=SMALL, bold=True, colour=ink().muted)
    return Row(
        columns=(Column(0, head), Column(_LEFT, lines)),
        above=7 if is_ruled else 2,
        below=2,
        is_ruled=is_ruled,
    )


def _clock(found: Breach, row: Clocked, is_ruled: bool) -> Row:
    t, clock, width = found.speech.t, row.clock, WIDTH - _LEFT
    state = marked(
        LEVELS.get(clock_words.level(clock) or None, "ring"),
        ink().level(clock_words.level(clock) or None),
        t.gettext(clock_words.STATES[clock.state]),
        width=_LEFT - 6,
        size=SMALL,
        bold=True,
    )
    return Row(
        columns=(Column(0, state), Column(_LEFT, tuple(_clock_body(found, row, width)))),
        above=7 if is_ruled else 2,
        below=2,
        is_ruled=is_ruled,
    )


def _clock_body(found: Breach, row: Clocked, width: float) -> Iterator[Piece]:
    speech, clock, rule = found.speech, row.clock, row.rule
    t = speech.t
    yield from words(rule_title(rule, speech), width=width, bold=True, after=2)
    yield from told(t.gettext(STATE), clock_words.sentence(clock, speech.zone, t), width)
    yield from told(t.gettext(TIME), clock_words.limit(rule, t), width)
    if clock.due_at is not None:
        yield from told(t.gettext(DUE), due_words(found, row), width)
    yield from told(t.gettext(BASIS), basis_words(rule, speech), width)
    for note in clock.notes:
        yield from told(" ", t.gettext(clock_words.NOTES[note]), width, ink().muted)


def due_words(found: Breach, row: Clocked) -> str:
    """When it is due on the organisation's clocks and, where they differ, on the regulator's."""
    if row.clock.due_at is None:
        return ""
    t, zone = found.speech.t, found.speech.zone
    here = clock_words.due_words(row.clock.due_at, zone, t)
    if row.rule.zone == zone:
        return here
    return f"{here}\n{clock_words.due_words(row.clock.due_at, row.rule.zone, t)}"
