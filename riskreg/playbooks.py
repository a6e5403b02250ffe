"""What to do when something happens: playbooks with their steps, read from `resources/catalogue/playbooks.toml`.

Data, not rules: a playbook becomes tasks when somebody starts it. Its steps follow the PCPD's guidance of
30 June 2023 and the government's ladder of escalation (domain.md 2.3, 2.4); its targets are this
product's suggestions, and `notice` says so. A file that does not hold together is a `ValueError` that
names the file and the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from riskreg.catalogue import resources_folder, vocabulary
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Text

FILE: Final = "playbooks.toml"
FIRST_PHASE: Final = "contain"
"""The phase of the first step of every playbook: contain it, then find out, then score it."""
FALLBACK: Final = "unknown"
"""The playbook of an incident whose kind is not known or has none of its own."""
PROCESSOR: Final = "processor"
"""The playbook where a provider is involved, whatever the kind of incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Evidence that a step should leave: its kind (list `evidence_type`) and what it should show."""

    kind: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStep:
    """One thing to do.

    Attributes:
        key: Of its playbook and its own, such as `ransomware.isolate`; `common.review` is in all.
        phase: Key of a phase.
        role: Key of who does it.
        minutes: Target, in minutes after becoming aware; above 0. A suggestion.
        text: What to do.
        wanted: The evidence to keep; None where there is none.
    """

    key: str
    phase: str
    role: str
    minutes: int
    text: Text
    wanted: Wanted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The steps for one kind of incident.

    Attributes:
        key: Stable for ever.
        title: What it is called.
        help: How to know that it fits.
        categories: Keys of the list `incident_category` that it is for.
        steps: Its own and those common to all, by target; the first one contains.
    """

    key: str
    title: Text
    help: Text
    categories: tuple[str, ...]
    steps: tuple[PlaybookStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbooks:
    """What ships.

    Attributes:
        notice: What stands beside every target.
        phases: What each phase is called.
        roles: What each role is called.
        playbooks: By key, in the order of the file.
    """

    notice: Text
    phases: Mapping[str, Text]
    roles: Mapping[str, Text]
    playbooks: Mapping[str, Playbook]

    def fitting(self, category: str | None, *, has_processor: bool = False) -> tuple[Playbook, ...]:
        """The playbooks for an incident, the likeliest first; a person chooses.

        Args:
            category: Key of its kind, None while it is not known. One that an organisation has added
                leads to the playbook for the unknown.
            has_processor: It happened at a provider, whose playbook then comes first.
        """
        kinds = tuple(each for each in self.playbooks.values() if category in each.categories)
        provider = (self.playbooks[PROCESSOR],) if has_processor else ()
        return (*provider, *(kinds or (self.playbooks[FALLBACK],)))


@cache
def playbooks() -> Playbooks:
    """Return the playbooks that ship."""
    file = read(resources_folder() / "catalogue" / FILE, FILE)
    file.only("notice", "phase", "role", "common", "playbook")
    known = _Known(phases=_named(file, "phase"), roles=_named(file, "role"))
    common = tuple(known.step(entry, "common") for _, entry in file.keyed("common"))
    found = {key: known.playbook(entry, common) for key, entry in file.keyed("playbook")}
    _check(file, found)
    return Playbooks(
        notice=file.inner("notice").text(),
        phases=known.phases,
        roles=known.roles,
        playbooks=found,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a step may refer to."""

    phases: Mapping[str, Text]
    roles: Mapping[str, Text]

    def playbook(self, entry: Entry, common: Iterable[PlaybookStep]) -> Playbook:
        entry.only("key", "title", "help", "categories", "step")
        key = entry.get("key", str)
        own = tuple(self.step(step, key) for _, step in entry.keyed("step"))
        if not own or own[0].phase != FIRST_PHASE:
            entry.fail("the first step does not contain")
        if [step.minutes for step in own] != sorted(step.minutes for step in own):
            entry.fail("steps are not in the order of their targets")
        return Playbook(
            key=key,
            title=entry.inner("title").text(),
            help=entry.inner("help").text(),
            categories=_categories(entry),
            steps=_merged(entry, own, common),
        )

    def step(self, entry: Entry, playbook: str) -> PlaybookStep:
        entry.only("key", "phase", "role", "minutes", "text", "wanted")
        minutes = entry.get("minutes", int)
        if minutes <= 0:
            entry.fail("minutes is not above 0")
        return PlaybookStep(
            key=f"{playbook}.{entry.get('key', str)}",
            phase=entry.one_of("phase", self.phases),
            role=entry.one_of("role", self.roles),
            minutes=minutes,
            text=entry.inner("text").text(),
            wanted=_wanted(entry.inner("wanted")) if "wanted" in entry.values else None,
        )


def _named(file: Entry, section: str) -> dict[str, Text]:
    return {
        key: entry.only("key", "text").inner("text").text() for key, entry in file.keyed(section)
    }


def _wanted(entry: Entry) -> Wanted:
    entry.only("kind", "text")
    return Wanted(
        kind=entry.one_of("kind", vocabulary().terms_of("evidence_type").keys),
        text=entry.inner("text").text(),
    )


def _categories(entry: Entry) -> tuple[str, ...]:
    found = entry.words("categories")
    known = vocabulary().terms_of("incident_category").keys
    if unknown := [key for key in found if key not in known]:
        entry.fail(f"category {unknown[0]!r} is not known")
    return found


def _merged(
    entry: Entry, own: Iterable[PlaybookStep], common: Iterable[PlaybookStep]
) -> tuple[PlaybookStep, ...]:
    """All steps by target; of those with the same one its own come first."""
    merged = tuple(sorted((*own, *common), key=lambda step: step.minutes))
    if merged[0].phase != FIRST_PHASE:
        entry.fail("a common step comes before it is contained")
    return merged


def _check(file: Entry, found: Mapping[str, Playbook]) -> None:
    """That every kind of incident leads to a playbook, and those that others fall back on are there."""
    if missing := [key for key in (FALLBACK, PROCESSOR) if key not in found]:
        file.fail(f"playbook {missing[0]} is missing")
    led = {category for each in found.values() for category in each.categories}
    kinds = vocabulary().terms_of("incident_category").keys
    if lost := [category for category in kinds if category not in led]:
        file.fail(f"category {lost[0]!r} leads to no playbook")
