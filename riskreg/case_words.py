"""An incident's clocks in one line: what its row in a list says, and how pressing that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from riskreg import clock_words
from riskreg.cases import Case
from riskreg.dates import day_words, locale_of
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.rules.board import Row
from riskreg.rules.deadlines import Clock
from riskreg.rules.next_step import is_followed, is_over, stage_of, undecided, waits

DRILL: Final = "DRILL 演練"
"""Stands on every screen and page of a drill, in both languages at once: nobody may take it for the real thing."""


_WEEK: Final = timedelta(days=7)


class Told(NamedTuple):
    """What is said of an incident's clocks.

    Attributes:
        text: In words; empty where nothing is to be said.
        level: A level that has a shape and a colour; empty where it presses by no time.
        is_quiet: Nobody has to do anything by it.
    """

    text: str
    level: str = ""
    is_quiet: bool = False


def told(case: Case, now: datetime, t: Translator) -> Told:
    """What the clocks of an incident come to at a moment, in one line.

    The tightest clock that nobody has put off; else when it is decided again; else what was decided and done.

    Args:
        case: The incident in the built-in choices (`rules.meaning.meant`).
        now: With a zone.
        t: The language.
    """
    incident = case.incident
    if stage_of(incident) == "no_breach":
        return next(_followed(case, now, t), _no_breach(incident, t))
    rows = case.board(now)
    if is_over(incident):
        return _closed(case, rows, t)
    if incident.aware_at is None:
        return Told(t.gettext(N_("Aware since when?")), "moderate")
    if found := next(_pressing(case, rows, now, t), None):
        return found
    if not incident.people_live_in:
        return Told(clock_words.since_aware(incident.aware_at, now, t))
    return _ended(rows, t)


def _followed(case: Case, now: datetime, t: Translator) -> Iterator[Told]:
    """What presses of a near miss, or of what was no breach: what somebody decided to tell all the same."""
    if is_followed(case.incident, case.whole.standing):
        yield from _pressing(case, case.board(now), now, t)


def _no_breach(incident: Incident, t: Translator) -> Told:
    label = N_("Near miss") if incident.near_miss else N_("Not a breach")
    return Told(t.gettext(label), is_quiet=True)


class Urgency(NamedTuple):
    """How much an incident presses: what sorts first presses most.

    Attributes:
        is_drill: It is only practised.
        rank: 0 late, 1 due or to be decided again at a time, 2 nobody has said since when it is known, 3 counting up.
        since: The moment that counts among its like, in seconds: what is due first, what counts up longest.
    """

    is_drill: bool
    rank: int
    since: float


def urgency(case: Case, now: datetime) -> Urgency | None:
    """How much an incident presses at a moment, by what `told` says of it; None where it does not.

    Args:
        case: The incident in the built-in choices (`rules.meaning.meant`).
        now: With a zone.
    """
    incident, is_drill = case.incident, bool(case.incident.drill)
    is_breach = stage_of(incident) != "no_breach"
    if is_over(incident) if is_breach else not is_followed(incident, case.whole.standing):
        return None
    if incident.aware_at is None and is_breach:
        return Urgency(is_drill, 2, 0.0)
    put_off, rows = _put_off(case), case.board(now)
    clocks = running(case, rows)
    missed = [each.due_at for each in clocks if _is_late(each, put_off, now)]
    late = [each.timestamp() for each in missed if each]
    due = [each.due_at.timestamp() for each in clocks if each.due_at and each.state != "missed"]
    due += [put_off[each.rule.key].utc.timestamp() for each in clocks if each.rule.key in put_off]
    began = [each.trigger.utc.timestamp() for each in clocks if each.trigger]
    is_told = incident.people_live_in and any(map(_is_settled, rows))
    if incident.aware_at and is_breach and not began and not is_told:
        began = [incident.aware_at.utc.timestamp()]
    for rank, found in ((0, late), (1, due), (3, began)):
        if found:
            return Urgency(is_drill, rank, min(found))
    return None


def running(case: Case, rows: Iterable[Row]) -> tuple[Clock, ...]:
    """The clocks that somebody has to look at, the most urgent first.

    What may apply once a fact is known is on the board, but speaks for no incident: an organisation that
    has not said whether it operates critical infrastructure is not late by its twelve hours.
    """
    yes = {key for key, each in case.whole.standing.items() if each.answer in ("yes", "not_yet")}
    return tuple(
        row.clock
        for row in rows
        if row.clock.is_open
        and waits(row)
        and row.rule.basis not in ("proposed", "voluntary")
        and (row.verdict.applies == "yes" or row.rule.key in yes)
    )


def again(at: Instant, now: datetime, zone: str, t: Translator) -> Told:
    """When it is decided again, as short as it is telling: the weekday within a week."""
    here = Instant(at.utc, zone).local
    if at.utc <= now:
        return Told(t.gettext(N_("Decide again now")), "high")
    near = at.utc - now < _WEEK
    names = locale_of(t.language).days["format"]["abbreviated"]
    day = str(names[here.weekday()]) if near else day_words(here.date(), t)
    said = t.gettext(N_("Decide again {day} {time}")).format(day=day, time=f"{here:%H:%M}")
    return Told(said, "moderate")


def _pressing(case: Case, rows: tuple[Row, ...], now: datetime, t: Translator) -> Iterator[Told]:
    """What presses, the most pressing first."""
    put_off, zone = _put_off(case), case.organisation.zone
    clocks = running(case, rows)
    for clock in clocks:
        if _is_late(clock, put_off, now):
            yield _named(clock, t)
    timed = [
        (clock.due_at, _named(clock, t))
        for clock in clocks
        if clock.due_at is not None and clock.state != "missed"
    ]
    timed += [
        (put_off[clock.rule.key].utc, again(put_off[clock.rule.key], now, zone, t))
        for clock in clocks
        if clock.rule.key in put_off
    ]
    yield from (said for _, said in sorted(timed, key=lambda each: each[0]))
    for clock in clocks:
        yield _named(clock, t)


def _is_late(clock: Clock, put_off: Mapping[str, Instant], now: datetime) -> bool:
    """Its time is over, also where that is put off; not where it is to be decided again by now, which comes first."""
    again_at = put_off.get(clock.rule.key)
    return clock.state == "missed" and (again_at is None or again_at.utc > now)


def _put_off(case: Case) -> Mapping[str, Instant]:
    """When each rule is decided on again of which that was said last."""
    return {
        key: each.decide_again_at
        for key, each in case.whole.standing.items()
        if each.answer == "not_yet" and each.decide_again_at
    }


def _named(clock: Clock, t: Translator) -> Told:
    return Told(clock_words.named(clock, t), clock_words.level(clock))


def _closed(case: Case, rows: tuple[Row, ...], t: Translator) -> Told:
    """What was done, or that something was left: a closed incident has words, whatever nobody decided."""
    found, standing = _ended(rows, t), case.whole.standing
    if found.text:
        return found
    if undecided(rows, standing):
        return Told(t.gettext(N_("Closed, not decided")), "moderate")
    yes = {key for key, each in standing.items() if each.answer == "yes"}
    if any(row.clock.is_open and row.rule.key in yes for row in rows):
        return Told(t.gettext(N_("Closed, not sent")), "moderate")
    return Told(t.gettext(N_("Closed")), is_quiet=True)


def _ended(rows: tuple[Row, ...], t: Translator) -> Told:
    """What was done: the notice that was sent first after one was aware, or one that was late."""
    clocks = [row.clock for row in rows if row.rule.recipient != "ourselves"]
    sent = [each for each in clocks if each.state in ("met", "met_late")]
    if sent:
        late = [each for each in sent if each.state == "met_late"]
        aware = [each for each in sent if each.rule.trigger == "aware"]
        first = min(late or aware or sent, key=lambda each: each.elapsed or timedelta())
        return Told(_begun(clock_words.short(first, t)), is_quiet=not late)
    if any(each.state == "waived" for each in clocks):
        return Told(t.gettext(N_("Decided: not told")), is_quiet=True)
    return Told("", is_quiet=True)


def _is_settled(row: Row) -> bool:
    """Somebody was told, or it was decided that nobody is."""
    return row.rule.recipient != "ourselves" and row.clock.state in ("met", "met_late", "waived")


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
