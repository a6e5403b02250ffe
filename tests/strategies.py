"""Values of every kind of field for property tests, in the form in which they are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.records import check, fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import fact_pairs, one_line, paragraphs

ZONES = ("Asia/Hong_Kong", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")

EVERY_KIND: dict[str, FieldKind] = {
    "line": fields.Line(label="x"),
    "prose": fields.Prose(label="x"),
    "choice": fields.Choice(label="x", terms="risk_status"),
    "choices": fields.Choices(label="x", terms="data_type"),
    "yes_no": fields.YesNo(label="x"),
    "count": fields.Count(label="x"),
    "money": fields.Money(label="x"),
    "day": fields.Day(label="x"),
    "instant": fields.Instant(label="x"),
    "duration": fields.Duration(label="x", unit="months"),
    "score": fields.Score(label="x", axis="likelihood"),
    "tags": fields.Tags(label="x"),
    "facts": fields.Facts(label="x"),
    "links": fields.Links(label="x", role="affects", to="asset", back="y", back_label="y"),
    "derived": fields.Derived(label="x", of=fields.Day(label="x")),
}
"""One declaration of each kind of field."""

characters = st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\t\n")
"""All that the door lets in."""

lines = st.text(characters, max_size=30).map(one_line)
proses = st.text(characters, max_size=60).map(paragraphs)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
counts = st.one_of(
    st.builds(values.Count, st.integers(0, 10**15), st.sampled_from(("exact", "approximate"))),
    st.sampled_from((values.Count(None, "undeterminable"), values.Count(None, "to_be_determined"))),
)
monies = st.builds(
    values.Money, st.integers(-(10**14), 10**14), st.sampled_from(("HKD", "USD", "CNY"))
)


@st.composite
def instants(draw: st.DrawFn) -> values.Instant:
    zone = draw(st.sampled_from(ZONES))
    precision = draw(st.sampled_from(("month", "day", "minute", "second")))
    day = draw(days)
    if precision == "month":
        return values.Instant(values.start_of_day(day.replace(day=1), zone), zone, "month")
    if precision == "day":
        return values.Instant(values.start_of_day(day, zone), zone, "day")
    seconds = draw(st.integers(0, 86_399))
    if precision == "minute":
        seconds -= seconds % 60
    hour, rest = divmod(seconds, 3600)
    moment = datetime(day.year, day.month, day.day, hour, rest // 60, rest % 60, tzinfo=UTC)
    if precision == "minute":  # a zone of old may be off by seconds, which minutes cannot say
        local = moment.astimezone(ZoneInfo(zone))
        moment = local.replace(second=0).astimezone(UTC)
    return values.Instant(moment, zone, precision)


def values_of(kind: FieldKind) -> st.SearchStrategy[Value]:
    """Any value that a field of this kind can hold, the empty one included."""
    empty = st.just(fields.empty(kind))
    return empty | _values_of(kind)


def _values_of(kind: FieldKind) -> st.SearchStrategy[Value]:
    match kind:
        case fields.Line():
            return lines
        case fields.Prose():
            return proses
        case fields.Choice():
            return st.sampled_from(offered(kind.terms))
        case fields.Choices():
            return st.frozensets(st.sampled_from(offered(kind.terms)), max_size=4)
        case fields.YesNo():
            return st.booleans()
        case fields.Count():
            return counts
        case fields.Money():
            return monies
        case fields.Day():
            return days
        case fields.Instant():
            return instants()
        case fields.Duration():
            return st.integers(0, 10_000)
        case fields.Score():
            return st.integers(1, 5)
        case fields.Tags():
            return st.frozensets(lines.filter(bool), max_size=4).map(
                lambda tags: check.tidy(kind, tags)
            )
        case fields.Facts():
            return st.lists(
                st.tuples(lines.filter(bool), proses.filter(lambda text: bool(text.strip()))),
                max_size=4,
            ).map(fact_pairs)
        case fields.Links():
            return st.frozensets(st.integers(1, 10**9), max_size=1 if kind.one else 4)
        case fields.Derived():
            return _values_of(kind.of)
        case _:
            assert_never(kind)


def offered(name: str) -> tuple[str, ...]:
    """The keys that are offered: a level that the scale never gives is not among them."""
    terms = catalogue.vocabulary().terms_of(name).terms
    return tuple(term.key for term in terms if not term.is_retired)
