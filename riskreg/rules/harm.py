"""Whether a real risk of harm to the people is reasonably foreseeable: advice for Hong Kong.

The harm types and the eleven factors are those of the PCPD's Guidance on Data Breach Handling and Data
Breach Notifications of 30 June 2023 (domain.md 2.3). The PCPD gives factors and examples and no sum; how
they are weighed here is this product's own and careful on purpose: harm may be called likely as soon as
the answers point there, and unlikely only when nothing is open, or when one of the PCPD's own examples of
a lower risk fits. Advice, never the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

HarmType = Literal[
    "personal_safety", "identity_theft", "financial_loss", "humiliation", "loss_of_business_or_job"
]
Factor = Literal[
    "sensitivity",
    "amount",
    "circumstances",
    "identity_fraud",
    "unreadable",
    "ongoing",
    "systemic",
    "recovered",
    "mitigated",
    "self_protection",
    "expectation",
]
Answer = Literal["raises", "neutral", "lowers"]
Likelihood = Literal["unlikely", "possible", "likely", "cannot_say"]

HARM_TYPES: Final[tuple[HarmType, ...]] = get_args(HarmType)
"""The PCPD's list (domain.md 2.3, step 3)."""

FACTORS: Final[tuple[Factor, ...]] = get_args(Factor)
"""The PCPD's eleven, in its order (domain.md 2.3)."""

_ANSWERS: Final = frozenset(get_args(Answer))

BARRIERS: Final[tuple[Factor, ...]] = ("unreadable", "recovered")
"""What keeps harm away by itself: strongly encrypted data, a lost thing found again with no sign of
access. Both are the PCPD's examples of a lower risk (domain.md 2.3)."""

BREACHES_OF_BARRIERS: Final[tuple[Factor, ...]] = ("sensitivity", "identity_fraud", "ongoing")
"""What must have been looked at and not raise the risk before a barrier is trusted."""

DECISIVE_HARM: Final[HarmType] = "personal_safety"
"""A harm that one raising factor makes likely: it cannot be made good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered about harm.

    Attributes:
        harms: The harm types that could be foreseen, empty where none can; None where nobody has said.
        factors: What each factor that was looked at does to the risk; those that were not are absent.
        notes: What was written beside a factor.

    Raises:
        ValueError: A harm type, factor or answer is not known.
    """

    harms: frozenset[HarmType] | None = None
    factors: Mapping[Factor, Answer] = field(default_factory=dict)
    notes: Mapping[Factor, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _refuse_unknown("harm", set(self.harms or ()) - set(HARM_TYPES))
        _refuse_unknown("factor", (set(self.factors) | set(self.notes)) - set(FACTORS))
        _refuse_unknown("answer", set(self.factors.values()) - _ANSWERS)

    def having(self, answer: Answer) -> tuple[Factor, ...]:
        """The factors that were answered so, in their order."""
        return tuple(each for each in FACTORS if self.factors.get(each) == answer)

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered."""
        return self.harms is not None or bool(self.factors)

    @property
    def unanswered(self) -> tuple[Factor, ...]:
        """The factors that nobody looked at, in their order."""
        return tuple(each for each in FACTORS if each not in self.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """How likely harm to the people is, as far as the answers say.

    Attributes:
        answers: What it rests on.
        likelihood: The advice.
        reason: Why, a key of the reasons in `resources/catalogue/advice.toml`.
        because: The harm types and factors that led there, as keys such as `harm.financial_loss` and
            `factor.ongoing.raises`.
        missing: What is not answered: `harms` and factors, in the order they are asked. Of a likely or
            barred harm it does not matter.
    """

    answers: Answers
    likelihood: Likelihood
    reason: str
    because: tuple[str, ...]
    missing: tuple[str, ...]


def weigh(answers: Answers) -> Harm:
    """Return the advice that the answers give."""
    likelihood, reason = _weighed(answers)
    return Harm(
        answers=answers,
        likelihood=likelihood,
        reason=reason,
        because=_because(answers),
        missing=(*(("harms",) if answers.harms is None else ()), *answers.unanswered),
    )


def _weighed(answers: Answers) -> tuple[Likelihood, str]:
    if answers.harms is None:
        return "cannot_say", "harm_not_asked"
    if _is_barred(answers):
        return "unlikely", "harm_barred"
    if not answers.harms:
        return _without_harm(answers)
    raising, lowering = len(answers.having("raises")), len(answers.having("lowers"))
    if raising and DECISIVE_HARM in answers.harms:
        return "likely", "harm_to_safety"
    if raising > lowering:
        return "likely", "harm_raised"
    if raising:
        return "possible", "harm_balanced"
    if answers.unanswered:
        return "cannot_say", "harm_factors_open"
    return ("unlikely", "harm_lowered") if lowering else ("possible", "harm_neutral")


def _without_harm(answers: Answers) -> tuple[Likelihood, str]:
    """Nobody could name a harm: believed when every factor was looked at and none raises the risk."""
    if answers.having("raises"):
        return "possible", "harm_none_but_raised"
    if answers.unanswered:
        return "cannot_say", "harm_factors_open"
    return "unlikely", "harm_none"


def _is_barred(answers: Answers) -> bool:
    """Whether something keeps harm away and nothing that would undo it was left open or raises."""
    return any(answers.factors.get(each) == "lowers" for each in BARRIERS) and all(
        answers.factors.get(each) in ("neutral", "lowers") for each in BREACHES_OF_BARRIERS
    )


def _because(answers: Answers) -> tuple[str, ...]:
    harms = (f"harm.{each}" for each in HARM_TYPES if each in (answers.harms or ()))
    factors = (
        f"factor.{each}.{answer}"
        for each in FACTORS
        if (answer := answers.factors.get(each)) in ("raises", "lowers")
    )
    return (*harms, *factors)


def _refuse_unknown(what: str, unknown: set[HarmType] | set[Factor] | set[Answer]) -> None:
    if unknown:
        raise ValueError(f"{what} {min(unknown)!r} is not known")
