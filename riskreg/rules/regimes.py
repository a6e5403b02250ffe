"""Which rules of notification an incident meets: laws, recommendations, contracts, an organisation's own targets.

A rule says from which instant, to whom, above which threshold and within what time (domain.md 3.1, 2.7,
2.8, 2.10). Hong Kong law sets no duty to notify: the PCPD recommends it (2.3, 7). Whether a rule applies
follows from facts, each of which may be unknown; the answer then is to ask, never to guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from riskreg.records.terms import Text

Basis = Literal["law", "recommended", "voluntary", "contract", "own", "proposed"]
Trigger = Literal[
    "occurred_from",
    "discovered",
    "aware",
    "processor_aware",
    "processor_informed",
    "notifiable",
    "contained",
    "closed",
    "notice",
]
Recipient = Literal["authority", "individuals", "other", "ourselves"]
Unit = Literal["hours", "calendar_days", "working_days", "at_once", "as_soon_as_practicable"]
Calendar = Literal["hong_kong", "mainland", "eu", "usa"]
Phase = Literal["assessment", "first", "details", "final"]
Verified = Literal["law", "guidance", "unverified", "own"]

COUNTED: Final = ("hours", "calendar_days", "working_days")
"""The units that have an amount; of the others no law sets the hours, and their clocks count up."""
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "basis": get_args(Basis),
    "trigger": get_args(Trigger),
    "recipient": get_args(Recipient),
    "unit": get_args(Unit),
    "calendar": get_args(Calendar),
    "phase": get_args(Phase),
    "verified": get_args(Verified),
}
"""What the fields of a rule may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Conditions that must all hold; one that is empty asks nothing.

    Attributes:
        people: Some of the people affected live in one of these places (`country_or_place`).
        reach: We are established in, or offer goods or services to people in, one of these places.
        established: We are established in one of these places.
        roles: Who we are in this: keys of `processing_role`.
        sectors: Keys of `sector`.
        ci_operator: Keys of `ci_operator` (Cap. 653).
        mechanisms: A contract of one of these kinds carries the data abroad: `transfer_mechanism`.
        switched: The organisation has switched the rule on.
    """

    people: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    established: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    ci_operator: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    switched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A key and its words: a threshold, or one item that a notice has to contain."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One notice, or other step, that somebody may expect in some time.

    Attributes:
        key: Stable for ever.
        version: From 1; a changed rule is a new version, the old one stays.
        regime: Key of its `Regime`.
        title: Short.
        basis: What stands behind it; `proposed` is no law yet.
        applies: It applies where one of these does.
        applies_words: The same for people.
        trigger: The instant from which its time runs; `notice` is the first of `after` that was sent.
        after: Keys of rules; empty unless `trigger` is `notice`.
        recipient: Whose notice it is; `ourselves` for an assessment with a time limit.
        addressee: Official name of who is told; None for the people themselves.
        threshold: Above what it is expected; its key is what advice is asked for.
        amount: Of `unit`; None unless the unit is one of `COUNTED`.
        calendar: Whose working days; with `eu` and hours, whose days the hint counts.
        zone: IANA zone of the regulator, in which its days begin and end.
        phase: A first notice, details that follow it, the final report.
        contents: What the notice has to say, in its order.
        legal_ref: Article, section or clause.
        sources: Keys of `regimes_catalogue.sources`.
        verified: `unverified` where the source was background knowledge only, the screen says so; `own` where
            the organisation itself says it.
        in_force_from: First day; None where it is not known, or where there is none yet.
        in_force_to: Last day.
        note: What else to know.
    """

    key: str
    version: int
    regime: str
    title: Text
    basis: Basis
    applies: tuple[When, ...]
    applies_words: Text
    trigger: Trigger
    after: tuple[str, ...]
    recipient: Recipient
    addressee: Text | None
    threshold: Named
    amount: int | None
    unit: Unit
    calendar: Calendar | None
    zone: str
    phase: Phase
    contents: tuple[Named, ...]
    legal_ref: str
    sources: tuple[str, ...]
    verified: Verified
    in_force_from: date | None
    in_force_to: date | None
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A body of rules under one law, guidance, contract or authority.

    Attributes:
        key: Stable for ever.
        title: Short.
        law: Its official name, or what it is.
        note: What to know before its rules are read.
    """

    key: str
    title: Text
    law: Text
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides which rules apply.

    Attributes:
        people_live_in: Keys of `country_or_place`; empty, or with `unknown`, while not all are known.
        role: Who we are in this, a key of `processing_role`; None while not known.
        established_in: Where we are established: keys of `country_or_place`.
        offers_to: Where we offer goods or services to people; None while not answered.
        sector: A key of `sector`; None while not answered.
        ci_operator: A key of `ci_operator`; None while not answered.
        mechanisms: Contracts that carry the data abroad, keys of `transfer_mechanism`; None while not answered.
        switched_on: Keys of the rules that the organisation has switched on.
        on: The day for which rules in force are wanted.
    """

    people_live_in: frozenset[str]
    role: str | None
    established_in: frozenset[str]
    offers_to: frozenset[str] | None = None
    sector: str | None = None
    ci_operator: str | None = None
    mechanisms: frozenset[str] | None = None
    switched_on: frozenset[str] = frozenset()
    on: date


class Reason(NamedTuple):
    """One condition and how it came out.

    Attributes:
        fact: A field of `When`.
        holds: None where the fact is not known.
        keys: Those that were found, else those that are asked for.
    """

    fact: str
    holds: bool | None
    keys: tuple[str, ...]


class Verdict(NamedTuple):
    """Whether a rule applies: `yes`, `no`, or `ask` where a fact is missing; and why."""

    applies: Literal["yes", "no", "ask"]
    reasons: tuple[Reason, ...]

    @property
    def missing(self) -> frozenset[str]:
        """The facts to be asked about: fields of `When`."""
        return frozenset(reason.fact for reason in self.reasons if reason.holds is None)


class Applied(NamedTuple):
    """A rule and whether it applies."""

    rule: Rule
    verdict: Verdict


def applied(rules: Iterable[Rule], facts: Facts) -> tuple[Applied, ...]:
    """Every rule in force, in the order given, and whether it applies."""
    return _applied(_These(in_force(rules, facts.on)), replace(facts, on=date.min))


class _These:
    """Rules as a key, told apart as objects: to compare all they say takes longer than to ask them."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._ids = tuple(map(id, rules))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _These) and self._ids == other._ids


@lru_cache(maxsize=64)
def _applied(these: _These, facts: Facts) -> tuple[Applied, ...]:
    """Most incidents of an organisation share their facts; of the day only `in_force` asks."""
    return tuple(Applied(rule, applies(rule, facts)) for rule in these.rules)


def in_sight(found: Iterable[Applied]) -> tuple[Applied, ...]:
    """Those to be shown: that apply, or may once we know more than where the people live.

    While it is not known where they live that one question is asked, not twenty laws are listed.
    """
    return tuple(
        each
        for each in found
        if each.verdict.applies == "yes"
        or (each.verdict.applies == "ask" and "people" not in each.verdict.missing)
    )


def in_force(rules: Iterable[Rule], on: date) -> tuple[Rule, ...]:
    """Of each key the newest version in force on a day, in the order given.

    A rule without a first day counts as in force: of contracts and customs none is known.
    """
    newest: dict[str, Rule] = {}
    for rule in rules:
        if _is_in_force(rule, on) and rule.version >= newest.get(rule.key, rule).version:
            newest[rule.key] = rule
    return tuple(newest.values())


def applies(rule: Rule, facts: Facts) -> Verdict:
    """Whether a rule applies, by facts of which some may be unknown (Kleene's three values)."""
    tried = [_reasons(when, rule.key, facts) for when in rule.applies]
    for reasons in tried:
        if all(reason.holds for reason in reasons):
            return Verdict("yes", reasons)
    undecided = [each for each in tried if all(reason.holds is not False for reason in each)]
    if undecided:
        return Verdict("ask", _unique(undecided))
    refused = ([reason for reason in each if reason.holds is False] for each in tried)
    return Verdict("no", _unique(refused))


def _is_in_force(rule: Rule, on: date) -> bool:
    return (rule.in_force_from or on) <= on <= (rule.in_force_to or on)


def _unique(reasons: Iterable[Iterable[Reason]]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reason for each in reasons for reason in each))


def _reasons(when: When, key: str, facts: Facts) -> tuple[Reason, ...]:
    here = facts.established_in
    asked = (
        _people(when.people, facts.people_live_in),
        _reach(when.reach, here, facts.offers_to),
        _any("established", when.established, here),
        _any("roles", when.roles, _one(facts.role)),
        _any("sectors", when.sectors, _one(facts.sector)),
        _any("ci_operator", when.ci_operator, _one(facts.ci_operator)),
        _any("mechanisms", when.mechanisms, facts.mechanisms),
        Reason("switched", key in facts.switched_on, (key,)) if when.switched else None,
    )
    return tuple(reason for reason in asked if reason is not None)


def _one(key: str | None) -> frozenset[str] | None:
    return None if key is None else frozenset({key})


def _any(fact: str, wanted: tuple[str, ...], given: frozenset[str] | None) -> Reason | None:
    if not wanted:
        return None
    if given is None:
        return Reason(fact, None, wanted)
    found = tuple(key for key in wanted if key in given)
    return Reason(fact, bool(found), found or wanted)


def _people(wanted: tuple[str, ...], given: frozenset[str]) -> Reason | None:
    """Places that are not all known may hold any place that was not named."""
    reason = _any("people", wanted, given)
    if reason and not reason.holds and (not given or "unknown" in given):
        return Reason("people", None, wanted)
    return reason


def _reach(
    wanted: tuple[str, ...], here: frozenset[str], offers: frozenset[str] | None
) -> Reason | None:
    reason = _any("reach", wanted, here | (offers or frozenset()))
    if reason and not reason.holds and offers is None:
        return Reason("reach", None, wanted)
    return reason
