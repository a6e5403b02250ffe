"""What a record still lacks, and why that matters: one rule for each field that somebody will ask for.

A rule is about one empty field and names the section of domain.md it follows. Nothing here blocks
saving: one sentence is enough to log an incident, and the rest is asked for as long as it is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from riskreg.errors import N_
from riskreg.records import Record
from riskreg.rules.proposals import ABOVE

Applies = Callable[[Record], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When an empty field is missed.

    Attributes:
        field: Its key.
        reason: Why it matters, a msgid: one sentence.
        source: The section of domain.md that asks for it.
        applies: Whether a record of the kind needs it; always where None.
        follows: The field and its value that call for it at once, instead of `applies`: a form leads there.
    """

    field: str
    reason: str
    source: str
    applies: Applies | None = None
    follows: tuple[str, object] | None = None

    def is_asked(self, record: Record) -> bool:
        """Whether the field is empty and a record needs it."""
        if not _is_empty(record, self.field):
            return False
        if self.follows is not None:
            key, value = self.follows
            return record.get(key) == value
        return self.applies is None or self.applies(record)


def missing(record: Record, *, is_shown: bool = False) -> tuple[Rule, ...]:
    """What a record lacks, in the order in which it is asked for; nothing of one that is over or in the bin.

    Args:
        record: The record, in the words of the built-in choices.
        is_shown: A file kept as evidence shows it, so that no words need say what does.
    """
    if record.deleted_at is not None or (record.kind, getattr(record, "status", "")) in _OVER:
        return ()
    return tuple(
        rule
        for rule in RULES.get(record.kind, ())
        if rule.is_asked(record) and not (is_shown and rule.field == _SAYS_WHAT_SHOWS_IT)
    )


def following(kind: str) -> tuple[Rule, ...]:
    """The rules of a kind about fields that a choice calls for at once."""
    return tuple(rule for rule in RULES.get(kind, ()) if rule.follows is not None)


def sought(kind: str) -> frozenset[str]:
    """The fields of a kind that some rule asks for."""
    return frozenset(rule.field for rule in RULES.get(kind, ()))


def _is_empty(record: Record, key: str) -> bool:
    """None, an empty list, or text of nothing but spaces; a count that is "to be determined" was thought of."""
    value = record.get(key)
    return value is None or value == frozenset() or (isinstance(value, str) and not value.strip())


def _is(key: str, *values: object) -> Applies:
    return lambda record: getattr(record, key) in values


def _is_real(record: Record) -> bool:
    """People's data was affected: a near miss or a drill has nobody to tell."""
    return not getattr(record, "near_miss", None) and not getattr(record, "drill", None)


def _is_above(record: Record) -> bool:
    """What an organisation does not keep without saying so (domain 4.4)."""
    return getattr(record, "residual_level", None) in ABOVE


def _is_unreachable(record: Record) -> bool:
    """None of the ways to reach someone is known who is called upon in a breach."""
    ways = ("email", "phone", "phone_24h")
    is_called = getattr(record, "party_type", None) not in ("customer", "other")
    return is_called and all(_is_empty(record, way) for way in ways)


_SAYS_WHAT_SHOWS_IT: Final = "evidence_text"
_OVER: Final = frozenset({("incident", "not_a_breach"), ("risk", "closed"), ("asset", "disposed")})
"""What a register keeps but asks nothing of any more; a closed incident must still be told whole (domain 5.6)."""

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "incident": (
        Rule(
            field="occurred_from_at",
            reason=N_("The PCPD's form asks when it happened; roughly is good enough."),
            source="2.3",
        ),
        Rule(
            field="discovered_at",
            reason=N_("How long it went unnoticed is part of what people and the PCPD are told."),
            source="2.3",
        ),
        Rule(
            field="aware_at",
            reason=N_("Where a law sets a deadline, it counts from this moment."),
            source="3.1",
            applies=_is_real,
        ),
        Rule(
            field="contained_at",
            reason=N_("Until it is contained, more data may get out."),
            source="2.3",
            applies=_is_real,
        ),
        Rule(
            field="narrative",
            reason=N_("Facts, effects and what was done must be on record, whether or not it is notified."),
            source="5.1",
        ),
        Rule(
            field="cause",
            reason=N_("Without a cause nothing can be done to keep it from happening again."),
            source="2.3",
        ),
        Rule(
            field="data_types",
            reason=N_("The kind of data is the first thing that the risk of harm depends on."),
            source="2.3",
            applies=_is_real,
        ),
        Rule(
            field="people_count",
            reason=N_("Some laws start at a number of people; “to be determined” is an answer too."),
            source="3.1",
            applies=_is_real,
        ),
        Rule(
            field="people_live_in",
            reason=N_("Where the people live decides which laws apply."),
            source="3.1",
            applies=_is_real,
        ),
        Rule(
            field="closed_at",
            reason=N_("It is closed; an auditor asks since when."),
            source="5.1",
            applies=_is("status", "closed"),
        ),
    ),
    "risk": (
        Rule(
            field="owner",
            reason=N_("Nobody answers for a risk without an owner."),
            source="4.4",
        ),
        Rule(
            field="event",
            reason=N_("Without what could happen, nobody can judge how likely it is."),
            source="4.4",
        ),
        Rule(
            field="residual_likelihood",
            reason=N_("Likelihood and impact make the level that the risk is sorted by."),
            source="4.4",
        ),
        Rule(
            field="residual_impact",
            reason=N_("Likelihood and impact make the level that the risk is sorted by."),
            source="4.4",
        ),
        Rule(
            field="assets",
            reason=N_("Which data is at stake shows whom the risk concerns."),
            source="4.4",
        ),
        Rule(
            field="treatment",
            reason=N_("A risk this high is not kept without a decision: reduce, accept, avoid or share it."),
            source="4.4",
            applies=_is_above,
        ),
        Rule(
            field="treatment_text",
            reason=N_("It says that something will be done, but not what."),
            source="4.4",
            applies=_is("treatment", "modify", "avoid", "share"),
        ),
        Rule(
            field="due_on",
            reason=N_("A treatment without a date cannot be followed up."),
            source="4.4",
            applies=_is("treatment", "modify", "avoid", "share"),
        ),
        Rule(
            field="accepted_by",
            reason=N_("Missing: whoever keeps a risk answers for it by name."),
            source="4.4",
            follows=("status", "accepted"),
        ),
        Rule(
            field="accepted_until_on",
            reason=N_("Missing: without an end nobody decides again."),
            source="4.4",
            follows=("status", "accepted"),
        ),
        Rule(
            field="acceptance_reason",
            reason=N_("Missing: an auditor accepts a risk that is kept only with a reason."),
            source="4.4",
            follows=("status", "accepted"),
        ),
        Rule(
            field="next_review_on",
            reason=N_("A risk that is not looked at again goes out of date unnoticed."),
            source="4.4",
            applies=_is("status", "accepted"),
        ),
    ),
    "asset": (
        Rule(
            field="owner",
            reason=N_("In a breach somebody must know this data at once."),
            source="2.6",
        ),
        Rule(
            field="subject_categories",
            reason=N_("Whose data it is decides whom to tell after a breach."),
            source="2.6",
        ),
        Rule(
            field="data_types",
            reason=N_("The kind of data decides how well it must be protected (DPP 4)."),
            source="2.1",
        ),
        Rule(
            field="retention",
            reason=N_("Personal data may be kept no longer than needed (DPP 2)."),
            source="2.1",
        ),
        Rule(
            field="storage_location",
            reason=N_("Where it is kept decides which rules on transfers apply."),
            source="2.6",
        ),
        Rule(
            field="next_review_on",
            reason=N_("An inventory is only worth what its last review is."),
            source="2.6",
            applies=_is("status", "in_use"),
        ),
    ),
    "action": (
        Rule(
            field="applies",
            reason=N_("Until it is said whether it applies, it counts as open."),
            source="1.4",
        ),
        Rule(
            field="reason_if_not",
            reason=N_("An auditor accepts that it does not apply only with a reason."),
            source="1.4",
            applies=_is("applies", "no", "partly"),
        ),
        Rule(
            field="owner",
            reason=N_("Nobody carries it out without an owner."),
            source="1.4",
            applies=_is("applies", "yes", "partly"),
        ),
        Rule(
            field="due_on",
            reason=N_("Without a date it is on nobody's list."),
            source="1.4",
            applies=lambda record: (
                _is("applies", "yes", "partly")(record)
                and not _is("status", "in_place", "verified", "not_applicable")(record)
            ),
        ),
        Rule(
            field="last_review_on",
            reason=N_("It is called in place, but nobody wrote down when that was last checked."),
            source="1.4",
            applies=_is("status", "in_place", "verified"),
        ),
    ),
    "step": (
        Rule(
            field="evidence_text",
            reason=N_("It is ticked as done; what shows that?"),
            source="1.4",
            applies=_is("status", "done"),
        ),
    ),
    "party": (
        Rule(
            field="party_type",
            reason=N_("In a breach it must be clear who is a processor and who is a regulator."),
            source="2.3",
        ),
        Rule(
            field="phone",
            reason=N_("There is no way to reach them when it matters."),
            source="2.3",
            applies=_is_unreachable,
        ),
    ),
}  # fmt: skip
"""What each kind is asked for, in the order in which it is asked."""
