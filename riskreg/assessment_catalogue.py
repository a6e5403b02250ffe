"""The words of an assessment: what is asked of an incident and what each answer means.

Read once from `resources/catalogue/assessment.toml`. What an answer is worth is in `riskreg.rules`; here is
what people read, in every language, and whether a source has it. A file that does not fit the rules is a
`ValueError` that names the file and the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from riskreg.catalogue import Source, resources_folder, vocabulary
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Text
from riskreg.rules import harm, severity

FILE: Final = "assessment.toml"
_CONTEXTS: Final = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A key and what it says, with the sources it rests on; none where it is the product's own."""

    key: str
    text: Text
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One choice within a category of data.

    Attributes:
        value: What it counts, 1 to 4.
        text: When to choose it.
        example: One example of the method.
        is_verified: A source has it; the screen marks the others.
    """

    value: int
    text: Text
    example: Text
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """A category of data in ENISA's method, with its choices from 1 to 4."""

    key: str
    label: Text
    help: Text
    contexts: tuple[Context, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """How easily one kind of identifier leads to a person: words by ease, where the method has some."""

    key: str
    label: Text
    eases: Mapping[str, Text]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """A question about what happened to the data, with its answers."""

    key: str
    label: Text
    choices: tuple[Words, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWords:
    """What a band is called and what it means for the people."""

    key: str
    label: Text
    text: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorWords:
    """One of the PCPD's factors: the question, and when each answer fits.

    `is_verified` says whether a source has the factor; the wording of the answers is the product's own.
    """

    key: str
    question: Text
    answers: Mapping[str, Text]
    is_verified: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is asked in an assessment, in the order in which it is asked.

    Attributes:
        categories: ENISA's categories of data.
        hints: What helps to choose within a category.
        suggests: The category that each kind of data of the list `data_type` suggests.
        eases: How easily people are identified, from hardly to at once.
        identifiers: Examples for that.
        circumstances: What happened to the data.
        bands: The bands of the score.
        flags: What stands beside it.
        harms: The PCPD's types of harm.
        factors: The PCPD's eleven factors.
        likelihoods: How likely harm is.
    """

    categories: tuple[DataCategory, ...]
    hints: tuple[Words, ...]
    suggests: Mapping[str, str]
    eases: tuple[Words, ...]
    identifiers: tuple[Identifier, ...]
    circumstances: tuple[Circumstance, ...]
    bands: tuple[BandWords, ...]
    flags: tuple[Words, ...]
    harms: tuple[Words, ...]
    factors: tuple[FactorWords, ...]
    likelihoods: tuple[Words, ...]

    def suggested(self, data_types: Iterable[str]) -> tuple[str, ...]:
        """The categories that kinds of data suggest, in their order: to be ticked, never an answer."""
        found = {self.suggests.get(each) for each in data_types}
        return tuple(each.key for each in self.categories if each.key in found)


@cache
def assessment() -> Assessment:
    """Return what is asked in an assessment."""
    file = read(resources_folder() / "catalogue" / FILE, FILE)
    file.only(
        "category", "hint", "suggests", "ease", "identifier", "circumstance", "band", "flag",
        "harm", "factor", "likelihood", "source",
    )  # fmt: skip
    known = {key: _source(entry) for key, entry in file.keyed("source")}
    found = Assessment(
        categories=tuple(_category(entry, known) for _, entry in file.keyed("category")),
        hints=tuple(_words(entry, known) for _, entry in file.keyed("hint")),
        suggests=_suggests(file.inner("suggests")),
        eases=tuple(_labelled(entry) for _, entry in file.keyed("ease")),
        identifiers=tuple(_identifier(entry, known) for _, entry in file.keyed("identifier")),
        circumstances=tuple(_circumstance(entry, known) for _, entry in file.keyed("circumstance")),
        bands=tuple(_band(entry, known) for _, entry in file.keyed("band")),
        flags=tuple(_words(entry, known) for _, entry in file.keyed("flag")),
        harms=tuple(_words(entry, known) for _, entry in file.keyed("harm")),
        factors=tuple(_factor(entry, known) for _, entry in file.keyed("factor")),
        likelihoods=tuple(_words(entry, known) for _, entry in file.keyed("likelihood")),
    )
    _check(file, found)
    return found


def _source(entry: Entry) -> Source:
    entry.only("key", "title", "address")
    return Source(
        key=entry.get("key", str), title=entry.get("title", str), address=entry.get("address", str)
    )


def _sources(entry: Entry, known: Mapping[str, Source]) -> tuple[Source, ...]:
    if "sources" not in entry.values:
        return ()
    keys = entry.words("sources")
    if unknown := [key for key in keys if key not in known]:
        entry.fail(f"source {unknown[0]!r} is not known")
    return tuple(known[key] for key in keys)


def _words(entry: Entry, known: Mapping[str, Source]) -> Words:
    entry.only("key", "text", "sources")
    return Words(
        key=entry.get("key", str),
        text=entry.inner("text").text(),
        sources=_sources(entry, known),
    )


def _labelled(entry: Entry) -> Words:
    entry.only("key", "label")
    return Words(key=entry.get("key", str), text=entry.inner("label").text())


def _category(entry: Entry, known: Mapping[str, Source]) -> DataCategory:
    entry.only("key", "sources", "label", "help", "choices")
    contexts = tuple(map(_context, entry.entries("choices")))
    if tuple(each.value for each in contexts) != _CONTEXTS:
        entry.fail("choices count from 1 to 4")
    return DataCategory(
        key=entry.get("key", str),
        label=entry.inner("label").text(),
        help=entry.inner("help").text(),
        contexts=contexts,
        sources=_sources(entry, known),
    )


def _context(entry: Entry) -> Context:
    entry.only("value", "verified", "text", "example")
    return Context(
        value=entry.get("value", int),
        text=entry.inner("text").text(),
        example=entry.inner("example").text(),
        is_verified=entry.get("verified", bool),
    )


def _suggests(entry: Entry) -> dict[str, str]:
    """The category by kind of data; each kind stands once and is of the list `data_type`."""
    entry.only(*severity.CATEGORIES)
    pairs = [(kind, category) for category in entry.values for kind in entry.words(category)]
    known = vocabulary().terms_of("data_type").keys
    if unknown := [kind for kind, _ in pairs if kind not in known]:
        entry.fail(f"{unknown[0]!r} is not known")
    if len(dict(pairs)) < len(pairs):
        entry.fail("a kind of data stands twice")
    return dict(pairs)


def _identifier(entry: Entry, known: Mapping[str, Source]) -> Identifier:
    entry.only("key", "sources", "label", *severity.EASES)
    return Identifier(
        key=entry.get("key", str),
        label=entry.inner("label").text(),
        eases={ease: entry.inner(ease).text() for ease in severity.EASES if ease in entry.values},
        sources=_sources(entry, known),
    )


def _circumstance(entry: Entry, known: Mapping[str, Source]) -> Circumstance:
    entry.only("key", "sources", "label", "choices")
    return Circumstance(
        key=entry.get("key", str),
        label=entry.inner("label").text(),
        choices=tuple(_words(choice, known) for _, choice in entry.keyed("choices")),
        sources=_sources(entry, known),
    )


def _band(entry: Entry, known: Mapping[str, Source]) -> BandWords:
    entry.only("key", "sources", "label", "text")
    return BandWords(
        key=entry.get("key", str),
        label=entry.inner("label").text(),
        text=entry.inner("text").text(),
        sources=_sources(entry, known),
    )


def _factor(entry: Entry, known: Mapping[str, Source]) -> FactorWords:
    answers = get_args(harm.Answer)
    entry.only("key", "sources", "verified", "question", *answers)
    is_verified, sources = entry.get("verified", bool), _sources(entry, known)
    if is_verified and not sources:
        entry.fail("it is called verified without a source")
    return FactorWords(
        key=entry.get("key", str),
        question=entry.inner("question").text(),
        answers={answer: entry.inner(answer).text() for answer in answers},
        is_verified=is_verified,
        sources=sources,
    )


def _check(file: Entry, found: Assessment) -> None:
    """That the words are those of the rules, key by key and in their order."""
    circumstances: Mapping[str, Mapping[str, int]] = {
        "confidentiality": severity.CONFIDENTIALITY,
        "integrity": severity.INTEGRITY,
        "availability": severity.AVAILABILITY,
    }
    same_keys(file, "category", _keys(found.categories), severity.CATEGORIES)
    same_keys(file, "ease", _keys(found.eases), severity.EASES)
    same_keys(file, "circumstance", _keys(found.circumstances), circumstances)
    for each in found.circumstances:
        same_keys(file, f"circumstance {each.key}", _keys(each.choices), circumstances[each.key])
    same_keys(file, "band", _keys(found.bands), severity.BANDS)
    same_keys(file, "harm", _keys(found.harms), harm.HARM_TYPES)
    same_keys(file, "factor", _keys(found.factors), harm.FACTORS)
    same_keys(file, "flag", _keys(found.flags), severity.FLAGS)
    same_keys(file, "likelihood", _keys(found.likelihoods), get_args(harm.Likelihood))


def _keys(
    rows: Iterable[Words | DataCategory | Circumstance | BandWords | FactorWords],
) -> tuple[str, ...]:
    return tuple(row.key for row in rows)


def same_keys(file: Entry, section: str, found: Collection[str], wanted: Collection[str]) -> None:
    """Refuse a file whose section has other keys than the rules, or another order."""
    if list(found) != list(wanted):
        file.fail(f"{section}: the keys are not {', '.join(wanted)}")
