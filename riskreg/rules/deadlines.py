"""When a notice is due, and how its clock stands (domain.md 3.3).

Hours run in UTC, through nights, weekends and clock changes. Days do not count the day of the trigger
and end with the last day in the regulator's zone (Singapore, section 26D; Cap. 1 section 71(1)(a)).
Where no hours are set the clock counts up: nothing is made up. Exactly at the deadline is in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

from riskreg.records import Incident
from riskreg.records.values import Instant, start_of_day, zone_of
from riskreg.rules.filing import add_working_days, calendar_ends
from riskreg.rules.regimes import Rule
from riskreg.rules.standing import has_come

State = Literal[
    "not_applicable",
    "waiting",
    "counting_up",
    "running",
    "due_soon",
    "met",
    "met_late",
    "missed",
    "waived",
]
Note = Literal[
    "trigger_to_the_day",
    "trigger_ahead",
    "trigger_long_ago",
    "sent_before_trigger",
    "sent_to_the_day",
    "calendar_ended",
    "incident_over",
]
"""What to know beside a state: an instant known to the day only, one that looks like a slip, days not yet announced."""

SOON: Final = Fraction(3, 4)
"""The share of its time from which a clock is due soon."""
LONG_AGO: Final = timedelta(days=3653)
"""Ten years: a trigger before that is likely a slip of the hand (reliability.md H16)."""
_PLACES: Final = {"hong_kong": "HK", "mainland": "CN", "eu": "EU", "usa": "US"}
_SECOND: Final = timedelta(seconds=1)
_OPEN: Final = ("missed", "due_soon", "running", "counting_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The instants of an incident from which a clock can start; None while not known.

    Attributes:
        notices: When each notice was sent, by the key of its rule.
    """

    occurred_from: Instant | None = None
    discovered: Instant | None = None
    aware: Instant | None = None
    processor_aware: Instant | None = None
    processor_informed: Instant | None = None
    notifiable: Instant | None = None
    contained: Instant | None = None
    closed: Instant | None = None
    notices: Mapping[str, Instant] = field(default_factory=dict)

    @classmethod
    def of(cls, incident: Incident, notices: Mapping[str, Instant] | None = None) -> Moments:
        """Those of a record."""
        return cls(
            occurred_from=incident.occurred_from_at,
            discovered=incident.discovered_at,
            aware=incident.aware_at,
            processor_aware=incident.processor_aware_at,
            processor_informed=incident.processor_informed_at,
            notifiable=incident.notifiable_at,
            contained=incident.contained_at,
            closed=incident.closed_at,
            notices=notices or {},
        )

    def until(self, now: datetime) -> Moments:
        """Without the notices that are said to go out later, which have met and started nothing yet."""
        come = {key: each for key, each in self.notices.items() if has_come(each, now)}
        return self if len(come) == len(self.notices) else replace(self, notices=come)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Somebody decided that a notice is not to be made."""

    reason: str
    by: str

    def __post_init__(self) -> None:
        if not (self.reason.strip() and self.by.strip()):
            raise ValueError("a waiver has a reason and a name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How one rule stands at one moment.

    Attributes:
        rule: Whose clock it is.
        state: See `State`.
        trigger: From when it runs; None while it waits.
        due_at: The last moment that is in time, in UTC; None where no hours or days are set. Of days it
            is the last second of the last day.
        elapsed: From the trigger to the notice, else to now; negative where that is before the trigger.
        share: How much of its time is used, from 0; above 1 it is over.
        needs_reason: Sent late, and why is not said (GDPR article 33(1)).
        doubtful: The notice is known to the day only, and the deadline lies within that day.
        hint_at: Where two working days are counted in (Regulation 1182/71, unverified): a hint, never
            the deadline.
        notes: What to know beside it.
    """

    rule: Rule
    state: State
    trigger: Instant | None = None
    due_at: datetime | None = None
    elapsed: timedelta | None = None
    share: Fraction | None = None
    needs_reason: bool = False
    doubtful: bool = False
    hint_at: datetime | None = None
    notes: tuple[Note, ...] = ()

    @property
    def said_to_the_day(self) -> bool:
        """The trigger is known to the day or month only, and counts from its start."""
        return "trigger_to_the_day" in self.notes

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.state in _OPEN


def clock(
    rule: Rule,
    moments: Moments,
    now: datetime,
    *,
    applies: bool = True,
    late_reason: str = "",
    waived: Waiver | None = None,
) -> Clock:
    """How a rule stands.

    Args:
        rule: Which.
        moments: The instants; when this rule's notice was sent is in `notices` under its key.
        now: With a zone.
        applies: What `regimes.applies` found, or a person decided.
        late_reason: Why the notice was late.
        waived: Where somebody decided against it; a notice that was sent counts nonetheless.
    """
    moments = moments.until(now)
    sent = moments.notices.get(rule.key)
    trigger = trigger_of(rule, moments)
    if not applies:
        return Clock(rule=rule, state="not_applicable")
    if waived and sent is None:
        return Clock(rule=rule, state="waived", trigger=trigger, due_at=_due(rule, trigger))
    if trigger is None:
        return Clock(rule=rule, state="waiting")
    due = due_at(rule, trigger)
    until = sent.utc if sent else now.astimezone(UTC)
    state = _state(rule, trigger, due, sent, until)
    return Clock(
        rule=rule,
        state=state,
        trigger=trigger,
        due_at=due,
        elapsed=until - trigger.utc,
        share=_share(trigger.utc, due, until),
        needs_reason=state == "met_late" and not late_reason.strip(),
        doubtful=state == "met" and due is not None and _is_late(rule, _end_of(sent), due),
        hint_at=_hint(rule, trigger, due),
        notes=tuple(_notes(rule, trigger, due, sent, now)),
    )


def trigger_of(rule: Rule, moments: Moments) -> Instant | None:
    """The instant from which a rule's time runs; of several notices that start it, the first."""
    if rule.trigger != "notice":
        found: Instant | None = getattr(moments, rule.trigger)
        return found
    sent = [moments.notices[key] for key in rule.after if key in moments.notices]
    return min(sent, key=lambda each: each.utc, default=None)


def due_at(rule: Rule, trigger: Instant) -> datetime | None:
    """The last moment in time, in UTC; None where the rule sets no hours or days."""
    if rule.amount is None:
        return None
    if rule.unit == "hours":
        return trigger.utc + timedelta(hours=rule.amount)
    day = trigger.utc.astimezone(zone_of(rule.zone)).date()
    if rule.unit == "calendar_days":
        last = day + timedelta(days=rule.amount)
    else:
        last = add_working_days(day, rule.amount, _PLACES[rule.calendar or "hong_kong"])
    return _last_second(last, rule.zone)


def is_over(found: Clock, moment: datetime) -> bool:
    """Whether a moment is after the last one in time, whatever was decided; never where none is set."""
    return found.due_at is not None and _is_late(found.rule, moment, found.due_at)


def in_order(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """The most urgent first: what is due first (the missed before all), then what counts up longest, then the rest."""
    return tuple(sorted(clocks, key=_urgency))


def tightest(clocks: Iterable[Clock]) -> Clock | None:
    """The most urgent of those that are open; None where none is."""
    return next(iter(in_order(each for each in clocks if each.is_open)), None)


def _urgency(each: Clock) -> tuple[int, float, str]:
    if each.is_open and each.due_at is not None:
        return (0, each.due_at.timestamp(), each.rule.key)
    if each.is_open and each.trigger is not None:
        return (1, each.trigger.utc.timestamp(), each.rule.key)
    return (2 if each.state == "waiting" else 3, 0.0, each.rule.key)


def _due(rule: Rule, trigger: Instant | None) -> datetime | None:
    return due_at(rule, trigger) if trigger else None


def _state(
    rule: Rule, trigger: Instant, due: datetime | None, sent: Instant | None, until: datetime
) -> State:
    if due is None:
        return "met" if sent else "counting_up"
    if _is_late(rule, until, due):
        return "met_late" if sent else "missed"
    if sent:
        return "met"
    used = _share(trigger.utc, due, until)
    return "due_soon" if used is not None and used >= SOON else "running"


def _is_late(rule: Rule, moment: datetime, due: datetime) -> bool:
    """Unrounded; a day is not over before the whole of its last second is."""
    return moment > due if rule.unit == "hours" else moment >= due + _SECOND


def _share(start: datetime, due: datetime | None, until: datetime) -> Fraction | None:
    if due is None:
        return None
    unit = timedelta(microseconds=1)
    return max(Fraction(0), Fraction((until - start) // unit, max((due - start) // unit, 1)))


def _end_of(sent: Instant | None) -> datetime:
    """The latest moment that an instant can mean: the last second of its day or month."""
    if sent is None:
        return datetime.min.replace(tzinfo=UTC)
    first = sent.local.date()
    if sent.precision == "day":
        return _last_second(first, sent.zone)
    if sent.precision == "month":
        return _last_second((first + timedelta(days=31)).replace(day=1) - _DAY, sent.zone)
    return sent.utc


_DAY: Final = timedelta(days=1)


def _last_second(day: date, zone: str) -> datetime:
    return start_of_day(day + _DAY, zone) - _SECOND


def _hint(rule: Rule, trigger: Instant, due: datetime | None) -> datetime | None:
    """The end of the second working day after the trigger's, where that is later than the hours allow."""
    if due is None or rule.unit != "hours" or rule.calendar != "eu":
        return None
    day = trigger.utc.astimezone(zone_of(rule.zone)).date()
    end = _last_second(add_working_days(day, 2, _PLACES["eu"]), rule.zone)
    return end if end > due else None


def _notes(
    rule: Rule, trigger: Instant, due: datetime | None, sent: Instant | None, now: datetime
) -> Iterable[Note]:
    if trigger.precision in ("day", "month"):
        yield "trigger_to_the_day"
    if trigger.utc > now:
        yield "trigger_ahead"
    if now - trigger.utc > LONG_AGO:
        yield "trigger_long_ago"
    if sent and _end_of(sent) < trigger.utc:
        yield "sent_before_trigger"
    if sent and sent.precision in ("day", "month"):
        yield "sent_to_the_day"
    if due and rule.unit == "working_days" and rule.calendar:
        local = due.astimezone(zone_of(rule.zone))
        if local.year > calendar_ends(_PLACES[rule.calendar]):
            yield "calendar_ended"
