"""All clocks of one incident, the most urgent first: the rules that its facts meet, and what people have decided.

A rule that may apply once a fact is known runs as well, so that no time is lost while it is asked
about; its verdict says so. A decision stays with the rule it was made by, whatever came into force since
(domain.md 3.3, 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from riskreg.rules.deadlines import Clock, Moments, Waiver, clock, in_order
from riskreg.rules.regimes import Applied, Facts, Rule, Verdict, applied, applies, in_sight

Stage: TypeAlias = Literal["open", "over", "no_breach"]
"""How far an incident is, as far as its clocks ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people said of one rule.

    Attributes:
        applies: Whether it does; None leaves it to the facts.
        made_by: The rule as it was when they decided; None before any decision.
        late_reason: Why its notice was late.
        waived: Why there is none, and by whom.
    """

    applies: bool | None = None
    made_by: Rule | None = None
    late_reason: str = ""
    waived: Waiver | None = None


class Row(NamedTuple):
    """One rule of a board."""

    clock: Clock
    verdict: Verdict

    @property
    def rule(self) -> Rule:
        """Whose clock it is."""
        return self.clock.rule


def board(
    rules: Iterable[Rule],
    facts: Facts,
    moments: Moments,
    now: datetime,
    said: Mapping[str, Said] | None = None,
    *,
    stage: Stage = "open",
) -> tuple[Row, ...]:
    """The rules in sight with their clocks, in the order of `deadlines.in_order`.

    Args:
        rules: In every version, as the catalogue and the organisation have them.
        facts: Of the incident; `on` is the day by which the rules in force are taken.
        moments: Its instants, and when notices were sent; what goes out after `now` does not count.
        now: With a zone.
        said: By the key of the rule.
        stage: Of an incident that is over, what may follow a notice and has no hours is not waited for. Of a
            near miss, and of what was found to be no breach, no clock runs at all, but those of rules that
            somebody decided to follow all the same, or sent a notice for.
    """
    said, moments = said or {}, moments.until(now)
    found = {
        each.rule.key: Row(_clock(each, moments, now, said, stage), each.verdict)
        for each in _shown(applied(rules, facts), facts, moments, said)
    }
    return tuple(found[each.rule.key] for each in in_order(row.clock for row in found.values()))


def _shown(
    found: Iterable[Applied], facts: Facts, moments: Moments, said: Mapping[str, Said]
) -> Iterator[Applied]:
    """Those that the facts bring into sight, and those that somebody decided on or sent a notice for."""
    now = {each.rule.key: each for each in found}
    kept = {key: each.made_by for key, each in said.items() if each.made_by}
    every = {**now, **{key: Applied(rule, applies(rule, facts)) for key, rule in kept.items()}}
    by_facts = {each.rule.key for each in in_sight(every.values())}
    touched = {key for key in every if key in kept or key in moments.notices}
    decided = {key for key, each in said.items() if each.applies}
    for key, each in every.items():
        if key in by_facts | touched | decided:
            yield each


def is_in_phases(rule: Rule) -> bool:
    """Whether it is about what may follow a notice and has no hours (GDPR article 33(4))."""
    return rule.phase in ("details", "final") and rule.amount is None


def _clock(
    each: Applied, moments: Moments, now: datetime, said: Mapping[str, Said], stage: Stage
) -> Clock:
    about = said.get(each.rule.key, Said())
    is_wanted = stage == "open" or _is_wanted(each.rule, moments, about)
    if is_in_phases(each.rule) and not is_wanted:
        return Clock(rule=each.rule, state="not_applicable", notes=("incident_over",))
    is_met = stage != "no_breach" and each.verdict.applies != "no"
    by_facts = is_met or each.rule.key in moments.notices or about.waived is not None
    return clock(
        each.rule,
        moments,
        now,
        applies=by_facts if about.applies is None else about.applies,
        late_reason=about.late_reason,
        waived=about.waived,
    )


def _is_wanted(rule: Rule, moments: Moments, about: Said) -> bool:
    """Whether somebody sent it, or decided to."""
    return rule.key in moments.notices or bool(about.applies)
