"""One record on a page: its state at the left, title and owner above, all else below; and what is said where something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, cast

from riskreg.errors import N_
from riskreg.records.fields import Value
from riskreg.reports.figures import Shape, marked
from riskreg.reports.gathered import Gathered
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import aside, continued, told
from riskreg.reports.text import Piece, gap, words

NO_OWNER: Final = N_("no owner")
DUE: Final = N_("due {day}")
OVERDUE: Final = N_("overdue since {day}")
NOT_SAID: Final = N_("not said")

MIDDLE: Final = 84.0
"""Points from the left at which titles begin; the state stands before."""
BODY_WIDTH: Final = WIDTH - MIDDLE
_RIGHT: Final = 140.0
"""Width of owner and date beside the title."""


def entry(
    found: Gathered,
    record: Mapping[str, Value],
    state: Iterable[Piece],
    body: Iterable[Piece],
    day: str = "due_on",
    is_ruled: bool = False,
) -> Row:
    """A record.

    Args:
        found: What it is one of.
        record: Its values by column; also `ref`, `title` and `owner`.
        state: At the left, below the ref, `MIDDLE` wide.
        body: Below the title, `BODY_WIDTH` wide.
        day: The column of the day that stands below the owner.
        is_ruled: A hair line over it.
    """
    who = tuple(_who(found, record, day))
    title = words(str(record["title"]), width=BODY_WIDTH - _RIGHT - 10, bold=True)
    ref = words(str(record["ref"]), width=MIDDLE - 6, bold=True, after=1)
    return Row(
        columns=(
            Column(0, (*ref, *state)),
            Column(MIDDLE, (*aside(title, who), gap(3), *body)),
            Column(WIDTH - _RIGHT, who),
        ),
        above=12 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(str(record["ref"]), MIDDLE, found.speech.t),
        bookmark=(1, f"{record['ref']} {record['title']}"[:120]),
    )


def state(found: Gathered, record: Mapping[str, Value], shape: Shape) -> tuple[Piece, ...]:
    """The status in words behind a mark; what is not in place or over stands out by its colour."""
    said = found.say(record, "status") or found.speech.t.gettext(NOT_SAID)
    colour = {"full": ink().low, "half": ink().moderate}.get(shape, ink().muted)
    return marked(shape, colour, said, width=MIDDLE - 6, size=SMALL, bold=True, text=colour)


def _who(found: Gathered, record: Mapping[str, Value], key: str) -> Iterator[Piece]:
    """The owner, and below the day, which stands out where it is over."""
    t, owner = found.speech.t, found.speech.titles(cast("frozenset[int]", record["owner"]))
    colour = None if owner else ink().high
    yield from words(owner or t.gettext(NO_OWNER), width=_RIGHT, align="right", colour=colour)
    if said := found.say(record, key):
        is_late = is_over(found, record, key)
        text = t.gettext(OVERDUE if is_late else DUE).format(day=said)
        colour = ink().high if is_late else ink().muted
        yield from words(text, width=_RIGHT, size=SMALL, align="right", colour=colour, bold=is_late)


def is_over(found: Gathered, record: Mapping[str, Value], key: str) -> bool:
    """Whether a day lies before today while the record is open; of what is in force, the day of its review."""
    day = record[key]
    is_asked = found.is_open(record) or (key == "next_review_on" and found.is_in_force(record))
    return isinstance(day, date) and day < found.today and is_asked


def field(
    found: Gathered, record: Mapping[str, Value], key: str, width: float
) -> tuple[Piece, ...]:
    """A column with its label beside it; a review that should have been says since when."""
    said = found.say(record, key)
    if key == "next_review_on" and is_over(found, record, key):
        text = found.speech.t.gettext(OVERDUE).format(day=said)
        return told(found.label(key), text, width, ink().high, bold=True)
    return told(found.label(key), said, width)


def asked_for(label: str, value: str, missing: str) -> tuple[Piece, ...]:
    """A quiet label and its value beside it; where there is none, what is missing, in a colour that stands out."""
    if value.strip():
        return told(label, value, BODY_WIDTH)
    return told(label, missing, BODY_WIDTH, ink().high, bold=True)


def note(text: str, width: float = BODY_WIDTH) -> tuple[Piece, ...]:
    """Something that is amiss, behind a mark."""
    return marked(
        "alert", ink().high, text, width=width, size=SMALL, text=ink().high, bold=True, after=2
    )


def said_alone(text: str, above: float = 0) -> Rows:
    """A sentence that stands for a list that is empty, so many points below what stands over it."""
    return Rows([Row(columns=(Column(0, words(text, width=WIDTH)),))], above=above)


def said_under(title: str, text: str) -> Rows:
    """A section that only says why there is nothing in it."""
    row = Row(columns=(Column(0, words(text, width=WIDTH, colour=ink().muted)),))
    return Rows([row], heading=[section_row(title)], above=14)
