"""What a cell of a table shows: words, a level, a tone; one function over the kinds of field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple, cast

from riskreg import clock, clock_words
from riskreg.case_words import DRILL, Told
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import format_value, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import SYSTEM, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Instant
from riskreg.rules import practice
from riskreg.saved_views import columns_of as columns_of
from riskreg.views import Name, Row, View
from ui.tables import clock_column
from ui.titles import title

SCALE: Final = "scored_by"
DRILL_KEY: Final = practice.COLUMN
_HIDDEN: Final[Mapping[tuple[str, ...], str]] = {("risk",): SCALE, ("incident",): DRILL_KEY}
BANDS: Final = {"low": "low", "medium": "moderate", "high": "high", "very_high": "critical"}
"""The shape and colour of each band of severity (ENISA)."""
_LATE: Final = NN_("{number} day late", "{number} days late")
OWN_WIDTHS: Final[dict[str, int]] = {
    "ref": 112,
    "title": 260,
    "due_at": 190,
    "aware_at": 196,
    "email": 220,
    "phone": 132,
    "phone_24h": 148,
}
"""Columns that are as wide as what they hold, in pixels, whatever room there is."""


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: In words.
        level: A key of the list `level` where it is one.
        tone: A colour of the theme.
        is_number: Numbers stand at the right.
    """

    text: str
    level: str = ""
    tone: str = "text"
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What turning values into cells needs."""

    t: Translator
    vocabulary: Vocabulary
    zone: str

    @property
    def today(self) -> date:
        """The day where the organisation is."""
        return clock.today(self.zone)


def label(kinds: tuple[str, ...], key: str, t: Translator) -> str:
    """What a column is called; of incidents the moment of awareness shows how their clocks stand."""
    if kinds == ("incident",) and key == clock_column.KEY:
        return t.gettext(N_("Clock"))
    return field_label(kinds, key, t)


def field_label(kinds: tuple[str, ...], key: str, t: Translator) -> str:
    """What a field is called where lists are narrowed by it: by what it holds, whatever its column shows."""
    if is_mark(kinds, key):
        return t.label("incident", key)
    return t.label(kinds[0] if len(kinds) == 1 else "", key)


def is_mark(kinds: tuple[str, ...], key: str) -> bool:
    """Whether a column is no field of these kinds, but stands before their titles as a mark."""
    return key == DRILL_KEY and practice.is_told(kinds)


def is_number(kind: FieldKind) -> bool:
    """Its values stand at the right."""
    if isinstance(kind, fields.Derived):
        return is_number(kind.of)
    return isinstance(kind, fields.Count | fields.Money | fields.Duration) or (
        isinstance(kind, fields.Score) and kind.axis == "score"
    )


def usual_width(key: str, kind: FieldKind) -> int:
    """The width of a column in pixels where the user gave none."""
    if key in OWN_WIDTHS:
        return OWN_WIDTHS[key]
    match kind:
        case fields.Derived():
            return usual_width("", kind.of)
        case fields.Day():
            return 132
        case fields.Count() | fields.Duration() | fields.Score() | fields.YesNo():
            return 104
        case fields.Choice():
            return 116
        case fields.Instant():
            return 168
        case fields.Links():
            return 136
        case _:
            return 160


def line(
    view: View,
    row: Row,
    words: Words,
    names: Mapping[int, Name],
    told: Told | None = None,
) -> tuple[Cell, ...]:
    """The cells of a row, in the order of the columns; `told` is what the clocks of an incident come to."""
    known = dict(zip(view.columns, row.values, strict=True))
    kinds = columns_of(view.kinds)
    return tuple(
        _clock(told)
        if told and told.text and key == clock_column.KEY
        else cell(row, key, kinds[key], value, known, words, names)
        for key, value in known.items()
    )


def with_hidden(view: View) -> View:
    """The same question, which asks too for what other cells are told by.

    Of risks what they are scored by: a step has its label only on the scale in force. Of incidents, of their parts and of
    several kinds together, whether they are a drill or of one.
    """
    wanted = _HIDDEN.get(view.kinds, DRILL_KEY if practice.is_told(view.kinds) else None)
    if wanted is None or wanted in view.columns:
        return view
    return replace(view, columns=(*view.columns, wanted))


def _clock(told: Told) -> Cell:
    tone = "muted" if told.is_quiet else "text"
    return Cell(told.text, level=told.level, tone=tone)


def linked(view: View, rows: Iterable[Row]) -> set[int]:
    """The records that rows name."""
    kinds = columns_of(view.kinds)
    places = [
        place for place, key in enumerate(view.columns) if isinstance(kinds[key], fields.Links)
    ]
    return {
        id for row in rows for place in places for id in cast("frozenset[int]", row.values[place])
    }


def cell(
    row: Row,
    key: str,
    kind: FieldKind,
    value: Value,
    known: Mapping[str, Value],
    words: Words,
    names: Mapping[int, Name],
) -> Cell:
    """The cell of a row in one column.

    Args:
        row: The row.
        key: The column.
        kind: Its kind of field.
        value: Its value.
        known: All values of the row by column; of a risk `scored_by` among them, where steps shall have labels.
        words: Language and lists.
        names: What linked records are called.
    """
    if key == "title" and isinstance(value, str):
        ref = known.get("ref")
        said = title(row.kind, str(ref), value, words.t.language)
        return Cell(f"{DRILL}  {said}" if known.get(DRILL_KEY) is True else said)
    if isinstance(kind, fields.Links) and kind.to == "party":
        names = _titles_only(value, names)
    if key == "aware_at" and isinstance(value, Instant) and _is_open(row.kind, known, words):
        return Cell(clock_words.since_aware(value, clock.now(), words.t))
    if isinstance(value, Instant) and value.zone == words.zone:
        return Cell(_moment(value, words.t), tone="muted" if key in SYSTEM else "text")
    lists = words.vocabulary
    if isinstance(kind, fields.Score):
        lists = lists.listed(cast("frozenset[int]", known.get(SCALE, frozenset())))
    text = " ".join(format_value(kind, value, words.t, lists, names).split())
    if key == "ref":
        return Cell(text, tone="muted")
    if _terms(kind) == "severity_band":
        return Cell(text, level=BANDS.get(value, "") if isinstance(value, str) else "")
    if _terms(kind) == "level":
        return Cell(text, level=value if isinstance(value, str) else "")
    if key == "due_at" and isinstance(value, date):
        return _due(value, text, words, is_drill=known.get(DRILL_KEY) is True)
    return Cell(text, tone="muted" if key == "status" else "text", is_number=is_number(kind))


def _due(day: date, text: str, words: Words, *, is_drill: bool) -> Cell:
    """A next date: how late it is, or that it is today; what comes is the date itself. A drill presses nobody."""
    late = (words.today - day).days
    if late > 0:
        said = words.t.ngettext(*_LATE, late).format(number=number_words(late))
        return Cell(f"{text}  {said}", tone="muted" if is_drill else "high")
    if late == 0:
        tone = "muted" if is_drill else "moderate"
        return Cell(text + "  " + words.t.gettext(N_("today")), tone=tone)
    return Cell(text)


def _titles_only(value: Value, names: Mapping[int, Name]) -> dict[int, Name]:
    """People are called by their names, not by numbers."""
    ids = value if isinstance(value, frozenset) else frozenset()
    return {id: names[id]._replace(ref="") for id in ids if isinstance(id, int) and id in names}


def _moment(value: Instant, t: Translator) -> str:
    """A moment in the organisation's zone, which need not be named in every row."""
    shown = day_words(value.local.date(), t)
    if value.precision in ("minute", "second"):
        return f"{shown} {value.local:%H:%M}"
    return shown if value.precision == "day" else f"{value.local:%Y-%m}"


def _terms(kind: FieldKind) -> str:
    if isinstance(kind, fields.Derived):
        return _terms(kind.of)
    return kind.terms if isinstance(kind, fields.Choice) else ""


def _is_open(kind: str, known: Mapping[str, Value], words: Words) -> bool:
    status = known.get("status")
    if not isinstance(status, str):
        return True
    return words.vocabulary.terms_of(f"{kind}_status").is_open(status)
