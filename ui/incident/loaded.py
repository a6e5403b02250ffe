"""What the page of an incident is told from: read once beside the window, told anew each minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from riskreg import cases, clock, timeline
from riskreg.advice_catalogue import advice_words
from riskreg.cases import Case
from riskreg.records import Decision, Entry, Incident, Notice, every_link
from riskreg.records.fields import Links
from riskreg.records.terms import Vocabulary
from riskreg.rules.board import Row
from riskreg.rules.meaning import meant
from riskreg.rules.next_step import Step, next_step
from riskreg.timeline import Moment
from riskreg.views import Name, Reader

KINDS = frozenset(
    {"incident", "assessment", "decision", "notice", "entry", "evidence", "task", "transfer"}
    | {"own_rule", "organisation"}
)
"""Kinds whose change may change what is told."""


class Loaded:
    """One incident at one version of the register.

    Args:
        case: The incident and what points to it, as kept.
        lists: The lists of choices in force.
        moments: Its timeline, the oldest first.
        names: What records are called that the timeline and the ties name.
        links: Declared and mirrored links by field.
    """

    def __init__(
        self,
        case: Case,
        lists: Vocabulary,
        moments: tuple[Moment, ...],
        names: Mapping[int, Name],
        links: Mapping[str, frozenset[int]],
    ) -> None:
        self.case = case
        self.lists = lists
        self.moments = moments
        self.names = names
        self.links = links

    @property
    def incident(self) -> Incident:
        """The record as it is kept."""
        return self.case.incident

    @cached_property
    def spoken(self) -> Case:
        """The case in the built-in choices, which rules know."""
        return replace(self.case, incident=meant(self.case.incident, self.lists))

    @property
    def zone(self) -> str:
        """The organisation's zone."""
        return self.case.organisation.zone

    def rows(self, now: datetime | None = None) -> tuple[Row, ...]:
        """Its clocks, the most urgent first."""
        return self.spoken.board(now or clock.now())

    def step(self, now: datetime | None = None) -> Step | None:
        """What to do next."""
        moment = now or clock.now()
        return next_step(
            self.spoken.incident,
            self.rows(moment),
            self.case.standing,
            is_assessed=self.case.assessment is not None,
            now=moment,
        )

    def decision(self, key: str) -> Decision | None:
        """The decision that stands for a rule."""
        return self.case.standing.get(key)

    def notices(self, key: str) -> tuple[Notice, ...]:
        """Those of a rule."""
        return tuple(each for each in self.case.notices if each.rule_key == key)

    def entries(self) -> tuple[Entry, ...]:
        """Own entries of the timeline."""
        return self.case.entries


def load(reader: Reader, id: int) -> Loaded:
    """An incident with all that is told of it; the words of advice are read too, which takes a while the first time."""
    advice_words()
    case = cases.case_of(reader, id)
    moments = timeline.timeline(reader, case)
    links = reader.links(id)
    named = {other for each in moments for other in (*each.others, each.id)}
    kinds: Mapping[str, Links] = every_link(Incident)
    tied = {other for key in kinds for other in links.get(key, ())}
    return Loaded(case, reader.vocabulary, moments, reader.names(named | tied), links)
