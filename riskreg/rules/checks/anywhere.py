"""Checks that hold for every kind of record: days that are past, promises that are broken, links that lead nowhere.

They read a record by its keys (`due_on`, `next_review_on`, `owner` ...), so that a new kind that
declares them is checked without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, cast

from riskreg.errors import N_
from riskreg.records import (
    Action,
    Activity,
    Asset,
    Evidence,
    Incident,
    Party,
    Processing,
    Record,
    Risk,
    Step,
    Task,
    Transfer,
    declared,
    declared_links,
    fields,
)
from riskreg.records.base import per_kind
from riskreg.records.values import Instant
from riskreg.rules.checks.base import (
    RECORDING,
    REVISING,
    ROLES,
    Check,
    Hit,
    Label,
    check,
)
from riskreg.rules.checks.programme import counts
from riskreg.rules.checks.snapshot import Snapshot
from riskreg.rules.due import add_months
from riskreg.rules.practice import is_practised
from riskreg.rules.showing import is_current

_PAST: Final = frozenset(
    {
        "done_on", "verified_on", "tested_on", "last_review_on", "last_disposal_on", "accepted_on",
        "signed_on", "filed_on", "refiled_on", "received_on", "pia_on",
    }
)  # fmt: skip
"""Days on which something was done; the other days of a record may lie ahead."""

_AHEAD: Final = frozenset(
    {"target_at", "decide_again_at", "rule_due_at", "planned_at", "next_due_at"}
)
"""Moments that may lie ahead; all others say what has been."""

_SPANS: Final = (
    ("from_on", "until_on"),
    ("period_from_on", "period_until_on"),
    ("accepted_on", "accepted_until_on"),
    ("signed_on", "ended_on"),
    ("done_on", "verified_on"),
    ("done_on", "evidence_until_on"),
)
"""Pairs of days of which the first comes first."""

_DUE: Final = ("due_on", "planned_on")
"""Days by which something is to be done."""

_GOOD_UNTIL: Final = ("evidence_until_on", "valid_until_on")
"""Days until which something shows what it shows."""

_DUTIES: Final = ("owner", "custodian", "officer")
"""Links to whoever has a duty that lasts; who accepted or verified something has done with it."""

_DONE: Final = frozenset({"in_place", "verified", "done", "accepted"})
"""Statuses in which what had to be done by a day is done, or is not done on purpose."""

_REPEATING: Final = frozenset(
    {
        "organisation", "action", "step", "task", "activity",
        "assessment", "decision", "notice", "entry",
    }
)  # fmt: skip
"""Kinds of which there is one, or whose titles come again on purpose."""


@check(
    Record,
    "warning",
    field="due_on",
    sentence=N_("It was to be done by {day}."),
    source=REVISING,
)
def overdue(record: Record, around: Snapshot) -> Iterator[Hit]:
    """A risk's treatment, a step, a task, a measure, a planned activity; a policy action as coverage says.

    The management is asked about those risks of them that are above what is accepted (`proposals.is_late`).
    """
    for key in _DUE:
        day = cast("date | None", getattr(record, key, None))
        if day is not None and day < around.today and _is_waiting(record, around):
            yield Hit(field=key, facts={"day": day})


def _is_waiting(record: Record, around: Snapshot) -> bool:
    """Whether something is still to be done for a record, and in earnest."""
    if getattr(record, "status", None) in _DONE or not around.is_open(record):
        return False
    incidents = around.linked(record.incidents, Incident) if isinstance(record, Task) else ()
    return _is_asked(record, around) and not is_practised(record, incidents)


def _is_asked(record: Record, around: Snapshot) -> bool:
    """Whether a policy action, or that of a step, asks anything of us; any other record does."""
    if isinstance(record, Action):
        covered = around.covered.get(record.id)
        return covered is not None and "overdue" in covered.gaps
    return not isinstance(record, Step) or counts(record, around)


@check(
    Record,
    "warning",
    field="next_review_on",
    sentence=N_("Its review was due on {day}."),
    source=REVISING,
)
def review_overdue(record: Record, around: Snapshot) -> Iterator[Hit]:
    """The day that was set; where none was, the last review and the months between, as `rules.due` counts."""
    day = _review(record)
    if day is not None and day < around.today and around.is_kept(record):
        if not isinstance(record, Action):
            yield Hit(facts={"day": day})
        elif (found := around.covered.get(record.id)) and "review_overdue" in found.gaps:
            yield Hit(field="review_every_months", facts={"day": day})


def _review(record: Record) -> date | None:
    following = cast("date | None", getattr(record, "next_review_on", None))
    return following or _recurring(record)


def _recurring(record: Record) -> date | None:
    last = cast("date | None", getattr(record, "last_review_on", None))
    months = cast("int | None", getattr(record, "review_every_months", None))
    return add_months(last, months) if last is not None and months else None


@check(
    Record,
    "hint",
    field="next_review_on",
    sentence=N_("It was reviewed on {last}, after the day set for its next review, {next}."),
    source=REVISING,
)
def reviewed_since(record: Record, around: Snapshot) -> Iterator[Hit]:
    """Whoever reviewed it left the old day standing. By the record's own cadence this can be repaired."""
    last = cast("date | None", getattr(record, "last_review_on", None))
    following = cast("date | None", getattr(record, "next_review_on", None))
    if last is None or following is None or last <= following or not around.is_kept(record):
        return
    again = _recurring(record)
    repair = None if again is None else {"next_review_on": again}
    yield Hit(facts={"last": last, "next": following}, repair=repair)


@check(
    Record,
    "error",
    field="",
    sentence=N_("“{field}” lies in the future, but says what has been."),
    source=RECORDING,
)
def in_the_future(record: Record, around: Snapshot) -> Iterator[Hit]:
    """A slip of the hand, most often in the year. A moment counts from tomorrow on: clocks differ."""
    for key in _past(type(record)):
        value = getattr(record, key)
        is_ahead = (
            value.utc >= around.tomorrow if isinstance(value, Instant) else value > around.today
        ) if value is not None else False  # fmt: skip
        if is_ahead:
            yield Hit(field=key, facts={"field": Label(record.kind, key)})


@per_kind
def _past(kind: type[Record]) -> tuple[str, ...]:
    """The days and moments of a kind that say what has been: most of its moments, and some days."""
    return tuple(
        key
        for key, what in declared(kind).items()
        if (isinstance(what, fields.Instant) and key not in _AHEAD)
        or (isinstance(what, fields.Day) and key in _PAST)
    )


@check(
    Record,
    "error",
    field="",
    sentence=N_("“{later}” is before “{earlier}”: the days may have changed places."),
    source=RECORDING,
)
def ends_before_it_begins(record: Record, around: Snapshot) -> Iterator[Hit]:
    """What lasts ends on the day it begins or later."""
    for earlier, later in _spans(type(record)):
        first, second = getattr(record, earlier), getattr(record, later)
        if first is not None and second is not None and second < first:
            labels = {"later": Label(record.kind, later), "earlier": Label(record.kind, earlier)}
            yield Hit(field=later, facts=labels)


@per_kind
def _spans(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    known = declared(kind)
    return tuple(pair for pair in _SPANS if pair[0] in known and pair[1] in known)


@check(
    Record,
    "warning",
    field="evidence_until_on",
    sentence=N_("What shows it was good until {day}."),
    source=REVISING,
)
def evidence_expired(record: Record, around: Snapshot) -> Iterator[Hit]:
    """Of what is done or in place: it must be done or shown again. A newer version takes an older one's place."""
    for key in _GOOD_UNTIL:
        day = cast("date | None", getattr(record, key, None))
        if day is not None and day < around.today and _is_counted_on(record, around):
            yield Hit(field=key, facts={"day": day})


def _is_counted_on(record: Record, around: Snapshot) -> bool:
    """Whether somebody points to a record, and not to a newer one, to show that something is so.

    An activity does not show something: it lapses (`works.activity_lapsed`).
    """
    is_replaced = bool(around.pointing(record, type(record), "replaces"))
    if isinstance(record, Evidence):
        is_done = is_current(record)
    else:
        is_done = getattr(record, "status", "done") in _DONE
    is_asked = not isinstance(record, Step) or counts(record, around)
    return is_done and is_asked and not is_replaced and not isinstance(record, Activity)


@check(
    Record,
    "error",
    field="owner",
    sentence=N_("“{field}” names {ref}, who left on {day}."),
    source=ROLES,
)
def duty_of_someone_who_left(record: Record, around: Snapshot) -> Iterator[Hit]:
    """What is still counted on and belongs to nobody any more: hand it over."""
    if not around.is_kept(record):
        return
    for key in _duties(type(record)):
        for party in around.linked(cast("frozenset[int]", record.get(key)), Party):
            left = party.until_on
            if left is not None and left < around.today:
                label = Label(record.kind, key)
                yield Hit(field=key, facts={"field": label, "ref": party.ref, "day": left})


@per_kind
def _duties(kind: type[Record]) -> tuple[str, ...]:
    return tuple(key for key in _DUTIES if key in declared_links(kind))


@check(
    Record,
    "warning",
    field="",
    sentence=N_("“{field}” leads to {ref}, which is in the bin."),
    source=RECORDING,
)
def link_into_the_bin(record: Record, around: Snapshot) -> Iterator[Hit]:
    """The link can be taken away; it comes back with an undo."""
    if not around.gone:
        return
    for key in declared_links(type(record)):
        ids = cast("frozenset[int]", record.get(key))
        for id in sorted(ids & around.gone.keys()):
            yield Hit(
                field=key,
                facts={"field": Label(record.kind, key), "ref": around.gone[id].ref},
                repair={key: ids - {id}},
            )


@check(
    Record,
    "hint",
    field="assets",
    sentence=N_("It is open, but all the data it is about have been disposed of: {refs}."),
    source=RECORDING,
)
def about_disposed_data(record: Record, around: Snapshot) -> Iterator[Hit]:
    """A risk, a processing or a transfer of data that are gone can be closed, or names the wrong data."""
    if not isinstance(record, Risk | Processing | Transfer) or not around.is_open(record):
        return
    assets = list(around.linked(record.assets, Asset))
    if assets and all(asset.status == "disposed" for asset in assets):
        yield Hit(facts={"refs": tuple(asset.ref for asset in assets)})


@check(
    Record,
    "hint",
    field="title",
    sentence=N_("It has the same title as {ref}."),
    source=RECORDING,
)
def same_title(record: Record, around: Snapshot) -> Iterator[Hit]:
    """Entered twice, or two things that nobody can tell apart in a list."""
    if record.kind in _REPEATING:
        return
    first = around.first_called(record)
    if first != record.id:
        yield Hit(facts={"ref": around.records[first].ref})


CHECKS: Final[tuple[Check, ...]] = (
    in_the_future,
    ends_before_it_begins,
    duty_of_someone_who_left,
    overdue,
    review_overdue,
    evidence_expired,
    link_into_the_bin,
    about_disposed_data,
    reviewed_since,
    same_title,
)
"""In the order in which they are asked."""
