"""The PCPD's yearly figures of breaches, and the groups by which it tells them.

Read once from `resources/catalogue/breach_figures.toml`; a file that does not fit is a `ValueError` that
names the file and the entry. Source: domain.md 2.2, 6.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from riskreg.catalogue import Source, resources_folder, vocabulary
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Text

FILE: Final = "breach_figures.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of causes as the PCPD tells them, with the categories of incidents that count there."""

    key: str
    text: Text
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What the PCPD was notified of in a year; None where the source does not say.

    Attributes:
        year: Of the calendar.
        notifications: All of them.
        public: By public bodies.
        private: By private organisations.
        hacking: Of them by hacking.
        schools: Of them by schools and non-profit organisations.
        is_verified: A source has it; the page marks the others.
        source: Where it stands.
    """

    year: int
    notifications: int
    public: int | None
    private: int | None
    hacking: int | None
    schools: int | None
    is_verified: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFigures:
    """Groups in the order in which they are told, and years, the oldest first."""

    groups: tuple[Group, ...]
    years: tuple[Year, ...]

    @property
    def group_of(self) -> Mapping[str, str]:
        """The key of the group of each category that has one."""
        return {each: group.key for group in self.groups for each in group.categories}


@cache
def breach_figures() -> BreachFigures:
    """Return groups and years."""
    file = read(resources_folder() / "catalogue" / FILE, FILE)
    file.only("group", "year", "source")
    sources = {key: _source(entry) for key, entry in file.keyed("source")}
    found = BreachFigures(
        groups=tuple(_group(entry) for _, entry in file.keyed("group")),
        years=tuple(_year(entry, sources) for entry in file.entries("year")),
    )
    if [each.year for each in found.years] != sorted({each.year for each in found.years}):
        file.fail("year: each stands once, the oldest first")
    return found


def _group(entry: Entry) -> Group:
    entry.only("key", "categories", "text")
    categories = tuple(entry.words("categories"))
    known = vocabulary().terms_of("incident_category").keys
    if unknown := [each for each in categories if each not in known]:
        entry.fail(f"{unknown[0]!r} is not known")
    return Group(key=entry.get("key", str), text=entry.inner("text").text(), categories=categories)


def _year(entry: Entry, sources: Mapping[str, Source]) -> Year:
    entry.only(
        "year", "notifications", "public", "private", "hacking", "schools", "verified", "source"
    )
    source = entry.get("source", str)
    if source not in sources:
        entry.fail(f"source {source!r} is not known")
    return Year(
        year=entry.get("year", int),
        notifications=entry.get("notifications", int),
        public=entry.get("public", int) or None,
        private=entry.get("private", int) or None,
        hacking=entry.get("hacking", int) or None,
        schools=entry.get("schools", int) or None,
        is_verified=entry.get("verified", bool),
        source=sources[source],
    )


def _source(entry: Entry) -> Source:
    entry.only("key", "title", "address")
    return Source(
        key=entry.get("key", str), title=entry.get("title", str), address=entry.get("address", str)
    )
