"""Lists of choices and the scale of risk, as values.

Records keep keys; people read labels. What the keys mean is passed in as a `Vocabulary`: read from
the catalogue, and replaceable by one that an organisation has changed. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple
from unicodedata import normalize

from riskreg.records.values import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of the catalogue in the languages of the program."""

    en: str
    zh_Hant: str = ""  # noqa: N815
    zh_Hans: str = ""  # noqa: N815

    def get(self, language: str) -> str:
        """Return the text in `language`, or in English where there is none."""
        match language:
            case "zh_Hant":
                return self.zh_Hant or self.en
            case "zh_Hans":
                return self.zh_Hans or self.en
            case _:
                return self.en

    def __iter__(self) -> Iterator[str]:
        return iter((self.en, self.zh_Hant, self.zh_Hans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One choice of a list.

    Attributes:
        key: What records store, for ever.
        label: What people read.
        open: For a status, whether the record still calls for attention; None for any other choice.
        same_as: The built-in choice whose meaning an added one shares; empty for the built-in ones.
        is_retired: It is no longer offered, and still read where a record has it.
    """

    key: str
    label: Text
    open: bool | None = None
    same_as: str = ""
    is_retired: bool = False


def folded(text: str) -> str:
    """Return `text` as choices are compared: without outer spaces, case and full-width forms."""
    return normalize("NFKC", text).strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A list of choices in the order people see it.

    `keys` are theirs in the same order, `offered` those that were not retired; `has_added` says whether one
    counts as another.

    Raises:
        ValueError: A key occurs twice, or a key or label belongs to two choices.
    """

    name: str
    terms: tuple[Term, ...]
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    offered: tuple[str, ...] = field(init=False, repr=False, compare=False)
    has_added: bool = field(init=False, repr=False, compare=False)
    _by_key: Mapping[str, tuple[int, Term]] = field(init=False, repr=False, compare=False)
    _by_text: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {term.key: (order, term) for order, term in enumerate(self.terms)}
        if len(by_key) < len(self.terms):
            raise ValueError(f"{self.name}: a key occurs twice")
        object.__setattr__(self, "keys", tuple(by_key))
        offered = tuple(term.key for term in self.terms if not term.is_retired)
        object.__setattr__(self, "offered", offered)
        object.__setattr__(self, "has_added", any(term.same_as for term in self.terms))
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_by_text", self._texts())

    def _texts(self) -> Mapping[str, str]:
        """Index keys and labels by folded form; the same words never stand for two choices."""
        found: dict[str, str] = {}
        for term in self.terms:
            for text in filter(None, map(folded, (term.key, *term.label))):
                if found.setdefault(text, term.key) != term.key:
                    raise ValueError(
                        f"{self.name}: {text!r} stands for {found[text]} and {term.key}"
                    )
        return found

    def term(self, key: str) -> Term | None:
        """Return the choice with this key, or None."""
        found = self._by_key.get(key)
        return found[1] if found else None

    def is_open(self, key: str | None) -> bool:
        """Whether a record of this status still calls for attention; one without a status, or of an unknown one, does."""
        term = self.term(key or "")
        return term is None or term.open is not False

    def meaning(self, key: str) -> str:
        """Return the built-in choice that `key` counts as: itself, unless it was added."""
        term = self.term(key)
        return term.same_as or key if term else key

    def counting_as(self, *keys: str) -> tuple[str, ...]:
        """Return the choices that count as one of `keys`, these themselves included, in their order."""
        return tuple(term.key for term in self.terms if (term.same_as or term.key) in keys)

    def order(self, key: str) -> int:
        """Return the place of `key`, counted from 0; a key that is not in the list comes last."""
        found = self._by_key.get(key)
        return found[0] if found else len(self.terms)

    def label(self, key: str, language: str) -> str:
        """Return the label of `key`; a key that is not in the list is shown as it is."""
        term = self.term(key)
        return term.label.get(language) if term else key

    def find(self, text: str) -> str | None:
        """Return the key that `text` names by key or by a label in any language, or None."""
        return self._by_text.get(folded(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One value of an axis of the scale; the anchor says when to choose it."""

    value: int
    label: Text
    anchor: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The scores, both ends included, that have one level (a key of the list `level`).

    `label` is what the scale calls the level; None where it is called as everywhere.
    """

    level: str
    lowest: int
    highest: int
    label: Text | None = None


class BandProblem(NamedTuple):
    """What is wrong with some scores, both ends included.

    They have no level (`gap`) or several (`overlap`); or their band ends before it begins
    (`reversed`); or the scale never reaches them (`outside`).
    """

    kind: Literal["gap", "overlap", "reversed", "outside"]
    lowest: int
    highest: int


def band_problems(bands: Sequence[Band], lowest: int, highest: int) -> tuple[BandProblem, ...]:
    """Return what keeps `bands` from giving each score from `lowest` to `highest` one level."""
    reversed_ = [
        BandProblem("reversed", b.lowest, b.highest) for b in bands if b.lowest > b.highest
    ]
    usable = sorted((b for b in bands if b.lowest <= b.highest), key=lambda band: band.lowest)
    return (*reversed_, *_outside(usable, lowest, highest), *_seams(usable, lowest, highest))


def _outside(bands: Sequence[Band], lowest: int, highest: int) -> Iterator[BandProblem]:
    for band in bands:
        if band.lowest < lowest:
            yield BandProblem("outside", band.lowest, min(band.highest, lowest - 1))
        if band.highest > highest:
            yield BandProblem("outside", max(band.lowest, highest + 1), band.highest)


def _seams(bands: Sequence[Band], lowest: int, highest: int) -> Iterator[BandProblem]:
    """Walk the bands in order; `reached` is the last score that has a level so far."""
    reached = lowest - 1
    for band in bands:
        first, last = max(band.lowest, lowest), min(band.highest, highest)
        if first > last:
            continue
        if first > reached + 1:
            yield BandProblem("gap", reached + 1, first - 1)
        if first <= reached:
            yield BandProblem("overlap", first, min(last, reached))
        reached = max(reached, last)
    if reached < highest:
        yield BandProblem("gap", reached + 1, highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One thing that an impact may fall on, and what each step of impact means for it.

    Attributes:
        key: `people legal money operations reputation` (domain.md 4.4).
        anchors: A text for each step of impact, lowest first; empty where nothing is said.
        currency: ISO 4217 code of the amounts; empty where none are set.
        up_to: The largest amount of each step but the last, in whole units of the currency, rising.
    """

    key: str
    anchors: tuple[Text, ...] = ()
    currency: str = ""
    up_to: tuple[int, ...] = ()

    def step_of(self, amount: Money | None) -> int | None:
        """The step of impact that an amount falls in; None without bands, or in another currency."""
        if amount is None or not self.up_to or amount.currency != self.currency:
            return None
        return 1 + sum(amount.minor > most * 100 for most in self.up_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How risks are scored.

    Attributes:
        key: Which scale: of one that ships its name, of the organisation's own the ref of its record.
        title: What people call it.
        likelihood: The steps of the axis, counted from 1.
        impact: The steps of the axis, counted from 1.
        bands: The levels, lowest first; `problems` says whether each score has one.
        table: The scores by likelihood, then impact, lowest first; empty where they are multiplied.
        source: Where the scale is from.
        dimensions: What an impact may fall on; the impact is the worst of them.
    """

    key: str
    likelihood: tuple[Step, ...]
    impact: tuple[Step, ...]
    bands: tuple[Band, ...]
    title: Text = Text(en="")
    table: tuple[tuple[int, ...], ...] = ()
    source: Text | None = None
    dimensions: tuple[Dimension, ...] = ()

    def dimension(self, key: str) -> Dimension | None:
        """What is said of a dimension; None where nothing is."""
        return next((each for each in self.dimensions if each.key == key), None)

    def scores_like(self, other: Scale) -> bool:
        """Whether the same steps give the same levels, whatever the two scales are called."""
        return (self.likelihood, self.impact, self.bands, self.table) == (
            other.likelihood, other.impact, other.bands, other.table,
        )  # fmt: skip

    def points(self, likelihood: int, impact: int) -> int | None:
        """Return the score; None where one of them is no step of this scale."""
        is_step = 1 <= likelihood <= len(self.likelihood) and 1 <= impact <= len(self.impact)
        if not is_step:
            return None
        return self.table[likelihood - 1][impact - 1] if self.table else likelihood * impact

    def band(self, points: int | None) -> Band | None:
        """Return the band of a score; None where there is none."""
        if points is None:
            return None
        return next((band for band in self.bands if band.lowest <= points <= band.highest), None)

    def problems(self) -> tuple[BandProblem, ...]:
        """Return what is wrong with the bands, for the scores that this scale can give."""
        if self.table:
            cells = [cell for row in self.table for cell in row]
            return band_problems(self.bands, min(cells), max(cells))
        highest = self.likelihood[-1].value * self.impact[-1].value
        return band_problems(self.bands, 1, highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every list of choices by its name, and the scale: what rules and formatters are given.

    Attributes:
        terms: The lists.
        scale: The scale in force.
        scales: The register's own scales by the id of their record, in force or not: a risk may be
            scored by another than the one in force.
        shipped: The program's own, where a register changed it.
    """

    terms: Mapping[str, Terms] = field(hash=False)
    scale: Scale
    scales: Mapping[int, Scale] = field(default_factory=dict, hash=False, repr=False)
    shipped: Vocabulary | None = field(default=None, repr=False)

    @property
    def base(self) -> Vocabulary:
        """What ships with the program, before the register's own choices."""
        return self.shipped or self

    def scale_by(self, ids: Iterable[int]) -> Scale:
        """The scale that a link `scored_by` names; the one in force where it names none that is readable."""
        return next((self.scales[id] for id in ids if id in self.scales), self.scale)

    def scored_by(self, ids: Iterable[int]) -> Vocabulary:
        """The same lists with the scale that a record is scored by: what its scores are read and shown with."""
        return self.with_scale(self.scale_by(ids))

    def with_scale(self, scale: Scale) -> Vocabulary:
        """The same lists with a scale."""
        return self if scale is self.scale else replace(self, scale=scale, shipped=self.base)

    @property
    def other_scales(self) -> frozenset[int]:
        """The register's own scales that score otherwise than the one in force, by the id of their record."""
        return frozenset(
            id for id, scale in self.scales.items() if not scale.scores_like(self.scale)
        )

    def listed(self, ids: Iterable[int]) -> Vocabulary:
        """The same lists for a record in a row among others: scored by another scale, its steps have no labels.

        In one column the labels of two scales would be taken for those of one.
        """
        found = self.scale_by(ids)
        if found is self.scale or found.scores_like(self.scale):
            return self
        return self.with_scale(replace(found, likelihood=(), impact=()))

    def terms_of(self, name: str) -> Terms:
        """Return the list `name`.

        Raises:
            KeyError: There is no such list: a declaration names one that the catalogue lacks.
        """
        return self.terms[name]
