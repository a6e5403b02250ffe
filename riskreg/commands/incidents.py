"""What the commands about one incident share: which one, at which moment, by whom, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Final

from riskreg import clock, settings
from riskreg.case_words import DRILL
from riskreg.cases import Case, case_of
from riskreg.commands.printing import say
from riskreg.errors import N_, BadValue, Expected
from riskreg.records import Incident
from riskreg.records.check import shown
from riskreg.records.values import Instant, Unfit
from riskreg.rules.regimes import Rule, applied
from riskreg.rules.wall_times import Reading, wall_time
from riskreg.views import Reader

NEVER: Final = N_("that local time does not exist; the nearest are {first} and {second}")


def the_case(reader: Reader, ref: str) -> Case:
    """The case of an incident.

    Raises:
        Expected: There is no such record, or it is no incident ("not_an_incident").
    """
    id = reader.find(ref)
    record = reader.record(id)
    if not isinstance(record, Incident):
        raise Expected("not_an_incident", ref=record.ref)
    return case_of(reader, id)


def say_drill(case: Case) -> None:
    """Of a drill everything that is printed begins with the word, so that nobody takes it for the real thing."""
    if case.incident.drill:
        say(DRILL)


def moment(text: str, zone: str, option: str = "--at") -> Instant:
    """The moment that was typed, in the zone of the organisation where it names none; now where nothing was.

    Raises:
        BadValue: It cannot be read; a local time that happened twice, or never, is told with what it can mean.
    """
    if not text.strip():
        return Instant.at(clock.now(), zone)
    try:
        return Instant.parse(text, zone)
    except Unfit as unfit:
        raise _bad(option, text.strip(), zone, unfit) from None


def maybe_moment(text: str, zone: str, option: str) -> Instant | None:
    """The same; None where nothing was typed."""
    return moment(text, zone, option) if text.strip() else None


def name_of(text: str) -> str:
    """Who was named; else the name given for this sitting."""
    return text.strip() or settings.load().settings.working_as.strip()


def rule_of(case: Case, code: str, recipient: str, now: datetime) -> Rule:
    """The one rule that a regime and a recipient mean, or that has this key.

    Of a regime's rules those on the board come first, then those for an authority, then first notices.

    Args:
        case: Of the incident.
        code: Key of a regime or of a rule.
        recipient: Key of `notice_recipient`; "" where it is not said.
        now: With a zone.

    Raises:
        Expected: There is none ("no_rule"), or several are meant ("which_rule").
    """
    on_board = [row.rule for row in case.board(now)]
    facts = case.facts(case.day(now))
    in_force = [each.rule for each in applied(case.rules, facts)]
    known = [*on_board, *(each for each in in_force if each.key not in _keys(on_board))]
    for among in (on_board, known):
        found = [each for each in among if each.key == code] or [
            each for each in among if each.regime == code and recipient in ("", each.recipient)
        ]
        if found:
            return _first(found, code)
    raise Expected(
        "no_rule", code=shown(code), known=", ".join(dict.fromkeys(each.regime for each in known))
    )


def _first(found: list[Rule], code: str) -> Rule:
    to_authority = [each for each in found if each.recipient == "authority"] or found
    meant = [each for each in to_authority if each.phase == "first"] or to_authority
    if len(meant) > 1:
        raise Expected("which_rule", code=shown(code), known=", ".join(sorted(_keys(meant))))
    return meant[0]


def _keys(rules: Iterable[Rule]) -> set[str]:
    return {each.key for each in rules}


def _bad(option: str, text: str, zone: str, unfit: Unfit) -> BadValue:
    """What is wrong with a moment; beside a local time that never was, the nearest that were."""
    local, _, named = text.partition("[")
    try:
        wall = datetime.fromisoformat(local)
        found = None if wall.tzinfo else wall_time(wall, named.removesuffix("]") or zone)
    except (ValueError, Unfit):
        found = None
    if found is not None and found.before and found.after:
        first, second = _written(found.before), _written(found.after)
        return BadValue(option, shown(text), NEVER, first=first, second=second)
    return BadValue(option, shown(text), unfit.reason, **unfit.parameters)


def _written(reading: Reading) -> str:
    """A moment with its offset, as it can be typed."""
    local = reading.utc.astimezone(timezone(reading.offset))
    return local.isoformat(timespec="seconds" if local.second else "minutes")
