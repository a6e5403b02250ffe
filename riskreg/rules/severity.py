"""How severe a breach is for the people: ENISA's method of 2013, with every input kept.

`SE = DPC x EI + CB` (domain.md 4.1, from ENISA's working document v1.0 of December 2013): the context of
the data (1 to 4), times how easily people are identified (0.25 to 1), plus the circumstances (0 to 2).
Everything is counted in whole quarters, so that a score on a border is on it. An input that nobody
answered is named and there is no score; what the score will be at least can still be told, because
nobody should wait for the last answer to act. The result is advice beside a decision, never one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

Category = Literal["simple", "behavioural", "financial", "sensitive"]
Ease = Literal["negligible", "limited", "significant", "maximum"]
Confidentiality = Literal["not_affected", "exposed", "known_recipients", "unknown_recipients"]
Integrity = Literal["not_affected", "no_misuse", "recoverable", "unrecoverable"]
Availability = Literal["not_affected", "restored", "temporary", "lost"]
Band = Literal["low", "medium", "high", "very_high"]

CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
BANDS: Final[tuple[Band, ...]] = get_args(Band)
"""From the lowest to the highest."""

BASES: Final[Mapping[Category, int]] = {
    "simple": 1,
    "behavioural": 2,
    "financial": 3,
    "sensitive": 4,
}
"""The context of each category before the circumstances of the data raise or lower it (domain.md 4.1)."""

EASES: Final[Mapping[str, int]] = {"negligible": 1, "limited": 2, "significant": 3, "maximum": 4}
"""Ease of identification, in quarters (domain.md 4.1)."""

CONFIDENTIALITY: Final[Mapping[str, int]] = {
    "not_affected": 0,
    "exposed": 0,
    "known_recipients": 1,
    "unknown_recipients": 2,
}
"""What loss of confidentiality adds, in quarters (domain.md 4.1)."""

INTEGRITY: Final[Mapping[str, int]] = {
    "not_affected": 0,
    "no_misuse": 0,
    "recoverable": 1,
    "unrecoverable": 2,
}
"""What loss of integrity adds, in quarters (domain.md 4.1)."""

AVAILABILITY: Final[Mapping[str, int]] = {
    "not_affected": 0,
    "restored": 0,
    "temporary": 1,
    "lost": 2,
}
"""What loss of availability adds, in quarters (domain.md 4.1)."""

MALICE: Final = 2
"""What malicious intent adds, in quarters (domain.md 4.1)."""

BAND_FROM: Final[Mapping[Band, int]] = {"low": 0, "medium": 8, "high": 12, "very_high": 16}
"""The quarters from which each band begins; the border belongs to the higher band (domain.md 4.1)."""

MANY_PEOPLE: Final = 100
"""More people than this are flagged beside the score, never added to it (domain.md 4.1)."""

FLAGS: Final = ("over_100_people", "unintelligible")
"""What is shown beside the score (domain.md 4.1)."""

_NOT_INVOLVED: Final = 0
_CONTEXT: Final = range(5)
_QUARTER: Final = Decimal("0.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What was answered; None is "not answered yet", never a default.

    Attributes:
        simple: The context of simple data, 1 to 4; 0 where no such data is involved.
        behavioural: The same for behavioural data.
        financial: The same for financial data.
        sensitive: The same for sensitive data. Credentials count under what they open.
        ease: How easily people are identified from what was exposed.
        confidentiality: Who may have seen it.
        integrity: Whether it was altered.
        availability: Whether it can be used.
        is_malicious: Whether somebody meant harm.
        people: How many people are affected, as far as known. Not part of the score.
        is_unintelligible: Whether the data cannot be read, such as encrypted with a safe key. Not part
            of the score.

    Raises:
        ValueError: A context is not 0 to 4, a number of people is negative, or a choice is not one of
            its list.
    """

    simple: int | None = None
    behavioural: int | None = None
    financial: int | None = None
    sensitive: int | None = None
    ease: Ease | None = None
    confidentiality: Confidentiality | None = None
    integrity: Integrity | None = None
    availability: Availability | None = None
    is_malicious: bool | None = None
    people: int | None = None
    is_unintelligible: bool | None = None

    def __post_init__(self) -> None:
        for category, context in self.contexts.items():
            if context is not None and context not in _CONTEXT:
                raise ValueError(f"{category}: {context} is not 0 to 4")
        for key, worth in _CHOICES.items():
            chosen = getattr(self, key)
            if chosen is not None and chosen not in worth:
                raise ValueError(f"{key}: {chosen!r} is not known")
        if self.people is not None and self.people < 0:
            raise ValueError(f"people: {self.people} is negative")

    @property
    def contexts(self) -> dict[Category, int | None]:
        """The context of each category."""
        return {
            "simple": self.simple,
            "behavioural": self.behavioural,
            "financial": self.financial,
            "sensitive": self.sensitive,
        }

    @property
    def circumstances(self) -> dict[str, int | None]:
        """What each circumstance adds, in quarters; None where it was not answered."""
        added = {
            key: None if (chosen := getattr(self, key)) is None else _CHOICES[key][chosen]
            for key in ("confidentiality", "integrity", "availability")
        }
        malice = None if self.is_malicious is None else MALICE * self.is_malicious
        return {**added, "is_malicious": malice}


_CHOICES: Final[Mapping[str, Mapping[str, int]]] = {
    "ease": EASES,
    "confidentiality": CONFIDENTIALITY,
    "integrity": INTEGRITY,
    "availability": AVAILABILITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """What follows from the inputs.

    Attributes:
        inputs: What was answered.
        missing: The inputs without which there is no score, by name, in the order they are asked.
        dpc: Context of the data, 1 to 4; None while an answer to it is missing.
        ei: Ease of identification, 0.25 to 1; None while it is missing.
        cb: Circumstances, 0 to 2; None while an answer to them is missing.
        score: The sum, 0.25 to 6; None while anything is missing.
        band: What the score counts as; None without a score.
        at_least: What the score will be at least, whatever is still answered; the score where there is one.
        at_most: What it will be at most; the score where there is one.
    """

    inputs: Inputs
    missing: tuple[str, ...]
    dpc: int | None
    ei: Decimal | None
    cb: Decimal | None
    score: Decimal | None
    band: Band | None
    at_least: Decimal
    at_most: Decimal

    @property
    def least_band(self) -> Band:
        """The band that it is already sure to reach."""
        return band_of(self.at_least)

    @property
    def is_over_100_people(self) -> bool | None:
        """Flag beside the score: more than 100 people; None where the number is not known."""
        people = self.inputs.people
        return None if people is None else people > MANY_PEOPLE

    @property
    def flags(self) -> tuple[str, ...]:
        """Those of `FLAGS` that are up."""
        up = (self.is_over_100_people, self.inputs.is_unintelligible)
        return tuple(key for key, is_up in zip(FLAGS, up, strict=True) if is_up)

    @property
    def formula(self) -> str:
        """The sum as it is written under "method", such as `3 × 1.00 + 0.25 = 3.25`; empty without a score."""
        if self.score is None:
            return ""
        return f"{self.dpc} × {self.ei} + {self.cb} = {self.score}"


def assess(inputs: Inputs) -> Severity:
    """Return what the inputs come to, as far as they go."""
    dpc, ease, added = _dpc(inputs), _ease(inputs), _added(inputs)
    least, most = (
        dpc[end] * ease[end] + added[end]  # quarters: whole context times quarters, plus quarters
        for end in (0, 1)
    )
    missing = tuple(_missing(inputs))
    score = None if missing else least * _QUARTER
    return Severity(
        inputs=inputs,
        missing=missing,
        dpc=_settled(dpc) if _says_context(inputs) else None,
        ei=None if inputs.ease is None else ease[0] * _QUARTER,
        cb=None if None in inputs.circumstances.values() else added[0] * _QUARTER,
        score=score,
        band=None if score is None else band_of(score),
        at_least=least * _QUARTER,
        at_most=most * _QUARTER,
    )


def band_of(score: Decimal) -> Band:
    """The band of a score: 2 is medium, one quarter below it is low (domain.md 4.1)."""
    return next(band for band in reversed(BANDS) if score >= BAND_FROM[band] * _QUARTER)


def reaches(band: Band, floor: Band) -> bool:
    """Whether a band is at least another."""
    return BANDS.index(band) >= BANDS.index(floor)


def _settled(ends: tuple[int, int]) -> int | None:
    return ends[0] if ends[0] == ends[1] else None


def _says_context(inputs: Inputs) -> bool:
    """Whether at least one category of data is involved."""
    return any(inputs.contexts.values())


def _dpc(inputs: Inputs) -> tuple[int, int]:
    """The least and the most the context can be: the highest of the categories counts."""
    given = inputs.contexts.values()
    highest = max(context or _NOT_INVOLVED for context in given)
    is_open = None in given or highest == _NOT_INVOLVED
    return max(highest, 1), max(_CONTEXT) if is_open else highest


def _ease(inputs: Inputs) -> tuple[int, int]:
    if inputs.ease is None:
        return min(EASES.values()), max(EASES.values())
    return EASES[inputs.ease], EASES[inputs.ease]


def _added(inputs: Inputs) -> tuple[int, int]:
    given = inputs.circumstances.values()
    least = sum(quarters or 0 for quarters in given)
    return least, least + MALICE * sum(quarters is None for quarters in given)


def _missing(inputs: Inputs) -> Iterator[str]:
    """What stands between the inputs and a score.

    A category that was not answered is not missed once another has the highest context there is. Where
    no data of any category is said to be involved the categories themselves are: a breach of personal
    data has some.
    """
    contexts = inputs.contexts
    if None not in contexts.values() and not _says_context(inputs):
        yield "categories"
    if max(_CONTEXT) not in contexts.values():
        yield from (key for key, context in contexts.items() if context is None)
    if inputs.ease is None:
        yield "ease"
    yield from (key for key, added in inputs.circumstances.items() if added is None)
