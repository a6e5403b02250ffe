"""What checks see of a register: every record outside the bin, read once, and what is known around each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from riskreg.records import (
    Action,
    Activity,
    Evidence,
    Incident,
    Organisation,
    Record,
    Risk,
    Step,
    declared_links,
)
from riskreg.records.terms import Vocabulary
from riskreg.records.values import start_of_day, zone_of
from riskreg.rules.board import Row
from riskreg.rules.checks.history import Changes
from riskreg.rules.completeness import missing
from riskreg.rules.coverage import Covered, Item, coverage
from riskreg.rules.meaning import lists_of, meant
from riskreg.rules.proposals import ABOVE, levels_above
from riskreg.rules.regimes import Rule
from riskreg.rules.standing import ends as ends
from riskreg.views import Name

_IN_FORCE: Final = frozenset({"in_place", "verified"})
"""Statuses of what is finished and still counted on: a measure or policy action that is in place."""

_R = TypeVar("_R", bound=Record)
Boards: TypeAlias = "Callable[[Snapshot, Incident], Sequence[Row]]"
"""Who works out the clocks of an incident: the regimes are not known here."""

_Tie = tuple[int, str, str]
"""A record, and the kind and field that point to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A register as checks see it.

    Attributes:
        records: All records outside the bin, by id, in the words of the built-in choices (`meant`).
        gone: What linked records in the bin are called, by id.
        vocabulary: The lists of choices and the scale in force.
        today: The day where the organisation is.
        zone: The organisation's.
        scored_at: When the scores of a risk that came true were last set; None for one never scored.
        covered: How the policy actions of the catalogue stand, by the id of their record.
        organisation: Whose register it is.
        above: The levels of risk above its appetite.
        own: Those of the records that have choices of the organisation's own, as they are kept.
        now: The present moment, with a zone; None leaves it at the start of today.
        changed: What the history tells of incidents whose times or facts were changed, by id.
        rules: Those of notification that ship, in every version.
        unread: Own rules of notification that are in use and make no rule, by id.
        boards: All clocks of an incident at the present moment.
    """

    records: Mapping[int, Record]
    vocabulary: Vocabulary
    today: date
    zone: str
    gone: Mapping[int, Name] = field(default_factory=lambda: MappingProxyType({}))
    scored_at: Mapping[int, datetime | None] = field(default_factory=lambda: MappingProxyType({}))
    covered: Mapping[int, Covered] = field(default_factory=lambda: MappingProxyType({}))
    organisation: Organisation | None = None
    above: frozenset[str] = ABOVE
    own: Mapping[int, Record] = field(default_factory=lambda: MappingProxyType({}))
    now: datetime | None = None
    changed: Mapping[int, Changes] = field(default_factory=lambda: MappingProxyType({}))
    rules: Sequence[Rule] = ()
    unread: frozenset[int] = frozenset()
    boards: Boards = field(default=lambda _around, _incident: (), repr=False)
    _ties: Mapping[_Tie, Sequence[Record]] = field(default_factory=dict, repr=False)
    _titles: Mapping[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _last_done: Mapping[str, date] = field(default_factory=dict, repr=False)
    _missing: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)
    _boards: dict[int, Sequence[Row]] = field(default_factory=dict, repr=False)

    def kept(self, record: _R) -> _R:
        """A record as it is kept and shown."""
        return cast("_R", self.own.get(record.id, record))

    def linked(self, ids: Iterable[int], kind: type[_R]) -> Iterator[_R]:
        """The records of a kind among these, but for those in the bin; in order of their ids."""
        for id in sorted(ids):
            record = self.records.get(id)
            if isinstance(record, kind):
                yield record

    def pointing(self, record: Record, kind: type[_R], key: str) -> Sequence[_R]:
        """The records of a kind whose field `key` links to this one."""
        return cast("Sequence[_R]", self._ties.get((record.id, kind.kind, key), ()))

    def first_called(self, record: Record) -> int:
        """The id of the first record of this kind with this title, cases and spaces ignored; its own where it is the first."""
        return self._titles.get((record.kind, folded(record.title)), record.id)

    def last_done(self, activity_type: str) -> date | None:
        """When an activity of a type was last done; None where it never was."""
        return self._last_done.get(activity_type)

    def board(self, incident: Incident) -> Sequence[Row]:
        """All clocks of an incident, worked out once."""
        if incident.id not in self._boards:
            self._boards[incident.id] = self.boards(self, incident)
        return self._boards[incident.id]

    @property
    def present(self) -> datetime:
        """The present moment, else the first of today where the organisation is."""
        return self.now or start_of_day(self.today, self.zone)

    def day(self, moment: datetime) -> date:
        """The day of a moment where the organisation is."""
        return moment.astimezone(zone_of(self.zone)).date()

    def lacks(self, record: Record, key: str) -> bool:
        """Whether the rules of completeness miss this field."""
        if record.id not in self._missing:
            self._missing[record.id] = frozenset(rule.field for rule in missing(record))
        return key in self._missing[record.id]

    def is_open(self, record: Record) -> bool:
        """Whether a record still calls for attention by its status; one without a list of statuses does."""
        terms = lists_of(type(record)).get("status", "")
        status = cast("str | None", getattr(record, "status", None))
        return not terms or self.vocabulary.terms_of(terms).is_open(status)

    def is_kept(self, record: Record) -> bool:
        """Whether anybody still counts on a record: it is open, or done and in force."""
        return self.is_open(record) or getattr(record, "status", None) in _IN_FORCE

    @property
    def tomorrow(self) -> datetime:
        """The first moment of tomorrow where the organisation is, in UTC."""
        return start_of_day(self.today + timedelta(days=1), self.zone)


def snapshot(
    records: Iterable[Record],
    *,
    vocabulary: Vocabulary,
    today: date,
    zone: str = "Asia/Hong_Kong",
    items: Iterable[Item] = (),
    gone: Mapping[int, Name] = MappingProxyType({}),
    scored_at: Mapping[int, datetime | None] = MappingProxyType({}),
    now: datetime | None = None,
    changed: Mapping[int, Changes] = MappingProxyType({}),
) -> Snapshot:
    """What checks see; arguments as the attributes of `Snapshot`.

    Args:
        records: All records outside the bin.
        vocabulary: The lists of choices and the scale in force.
        today: The day where the organisation is.
        zone: The organisation's.
        items: The policy actions of the catalogue.
        gone: What linked records in the bin are called.
        scored_at: When risks that came true were last scored.
        now: The present moment.
        changed: What the history tells of incidents.
    """
    kept = {record.id: record for record in records}
    known = {id: meant(record, vocabulary) for id, record in kept.items()}
    whose = _whose(known.values())
    above = levels_above(whose.appetite if whose else None, vocabulary.terms_of("level"))
    return Snapshot(
        records=known, vocabulary=vocabulary, today=today, zone=zone, gone=gone,
        now=now, changed=changed, scored_at=scored_at, organisation=whose, above=above, covered=_covered(known.values(), items, today, above),
        _ties=_tied(known.values()), _titles=_called(known.values()),
        _last_done=_done(known.values()),
        own={id: record for id, record in kept.items() if known[id] is not record},
    )  # fmt: skip


def _whose(records: Iterable[Record]) -> Organisation | None:
    return next((record for record in records if isinstance(record, Organisation)), None)


def _covered(
    records: Iterable[Record], items: Iterable[Item], today: date, above: frozenset[str]
) -> Mapping[int, Covered]:
    of = list(records)
    actions = [record for record in of if isinstance(record, Action)]
    steps = [record for record in of if isinstance(record, Step)]
    files = [record for record in of if isinstance(record, Evidence)]
    risks = [record for record in of if isinstance(record, Risk)]
    found = coverage(items, actions, steps, {}, today, files, risks, above)
    return {each.action.id: each for each in found.actions}


def _tied(records: Iterable[Record]) -> Mapping[_Tie, Sequence[Record]]:
    found: dict[_Tie, list[Record]] = {}
    for record in records:
        for key in declared_links(type(record)):
            for id in cast("frozenset[int]", getattr(record, key)):
                found.setdefault((id, record.kind, key), []).append(record)
    return found


def _called(records: Iterable[Record]) -> Mapping[tuple[str, str], int]:
    """The first record of each kind with each title, by kind and folded title."""
    found: dict[tuple[str, str], int] = {}
    for record in records:
        place = (record.kind, folded(record.title))
        found[place] = min(record.id, found.get(place, record.id))
    return found


def _done(records: Iterable[Record]) -> Mapping[str, date]:
    """The last day on which an activity of each type was done."""
    found: dict[str, date] = {}
    for record in records:
        if isinstance(record, Activity) and record.status == "done" and record.done_on:
            type_ = record.activity_type or ""
            found[type_] = max(record.done_on, found.get(type_, record.done_on))
    return found


def folded(title: str) -> str:
    """A title as it is compared: without case, and each run of white space as one space."""
    return " ".join(title.casefold().split())
