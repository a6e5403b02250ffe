"""The timeline of an incident: what people wrote down, and what the journal tells beside it.

Own entries stand with decisions, notices, assessments, changed times, holds and the custody of its evidence.
Nothing leaves it: what was taken back stays, marked, and its withdrawal is a moment of its own. Words that
were erased are gone here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from riskreg import clock, custody
from riskreg.cases import Case
from riskreg.changes import ChangeSet, addition
from riskreg.moments import KINDS_TOLD, REACHED
from riskreg.moments import Moment as Moment
from riskreg.moments import Recorded as Recorded
from riskreg.moments import What as What
from riskreg.records import (
    KINDS,
    Assessment,
    Decision,
    Entry,
    Evidence,
    Incident,
    Notice,
    Record,
)
from riskreg.records.fields import Value
from riskreg.records.incident import TRIGGERS
from riskreg.records.values import Instant
from riskreg.rules.own_rules import is_own
from riskreg.views import Entry as JournalEntry
from riskreg.views import EntryChange, Reader

_Told: TypeAlias = Sequence[tuple[JournalEntry, EntryChange]]
"""What the journal tells of one record, the oldest first."""


def timeline(reader: Reader, case: Case) -> tuple[Moment, ...]:
    """All moments of an incident, the oldest first; of the same moment the first one recorded.

    What stands in the bin, was undone or taken to another incident is there too and says so.
    """
    return timelines(reader, [case])[case.incident.id]


def timelines(reader: Reader, cases: Collection[Case]) -> Mapping[int, tuple[Moment, ...]]:
    """Those of several incidents, by their ids."""
    linked = reader.once_linked([case.incident.id for case in cases], KINDS_TOLD)
    return {case.incident.id: _of(reader, case, linked[case.incident.id]) for case in cases}


def _of(reader: Reader, case: Case, ids: Collection[int]) -> tuple[Moment, ...]:
    incident, zone = case.incident, case.organisation.zone or "UTC"
    told = _told(reader.about({incident.id, *ids}))
    here = reader.records(ids)
    own = {rule.key: rule.title.en for rule in case.rules if is_own(rule)}
    found = [*_of_incident(incident, told[incident.id], zone)]
    records = {id: here.get(id) or _as_it_was(told[id]) for id in ids}
    for id, record in records.items():
        is_gone = id not in here or record.deleted_at is not None or not _is_of(record, incident.id)
        made = [
            *_of_record(record, told[id], own),
            *_taken_back(record, told[id], incident.id, zone),
        ]
        found += [replace(each, is_withdrawn=is_gone and each.what in _STATED) for each in made]
    found += _custody(reader, records, zone)
    found = _once(found)
    if incident.is_privileged:
        found = [replace(each, is_privileged=True) for each in found]
    return tuple(sorted(found, key=_order))


def add_entry(
    case: Case,
    text: str,
    at: Instant,
    who: str = "",
    result: str = "",
    in_summary: bool | None = None,
) -> ChangeSet:
    """The change set that adds an entry of somebody's own; it is -1 in it.

    Args:
        case: The incident.
        text: What happened.
        at: When.
        who: Who did it.
        result: What came of it.
        in_summary: Whether it stands in reports that tell the course.
    """
    values: dict[str, Value] = {
        "title": text.strip(),
        "incident": frozenset({case.incident.id}),
        "happened_at": at,
        "who": who.strip(),
        "result": result.strip(),
        "in_summary": in_summary,
        "is_privileged": case.incident.is_privileged,
    }
    return ChangeSet(act="add", changes=(addition("entry", values),))


def _once(found: list[Moment]) -> list[Moment]:
    """Without the time of assessment where an assessment tells it."""
    told = {each.at.utc for each in found if each.what == "assessed" and not each.is_withdrawn}
    return [each for each in found if each.field != "assessed_at" or each.at.utc not in told]


def _order(moment: Moment) -> tuple[datetime, int]:
    return moment.at.utc, moment.recorded.seq if moment.recorded else 0


# Which records


def _is_of(record: Record, incident: int) -> bool:
    linked = record.get(KINDS_TOLD[record.kind])
    return isinstance(linked, frozenset) and incident in linked


def _told(entries: Iterable[JournalEntry]) -> Mapping[int, _Told]:
    found: dict[int, list[tuple[JournalEntry, EntryChange]]] = defaultdict(list)
    for entry in entries:
        for change in entry.changes:
            found[change.id].insert(0, (entry, change))
    return found


def _as_it_was(told: _Told) -> Record:
    """A record whose creation was undone, as it last stood."""
    values: dict[str, Value] = {}
    for _, change in told:
        values |= dict(change.before or {}) | dict(change.after or {})
    last = told[-1][1]
    return KINDS[last.kind](id=last.id).having({**values, "ref": last.ref})


# What each tells


def _of_incident(incident: Incident, told: _Told, zone: str) -> Iterator[Moment]:
    base = Moment(
        at=incident.created_at or Instant.at(clock.now()),
        what="logged",
        id=incident.id,
        ref=incident.ref,
        kind=incident.kind,
    )
    if told:
        yield replace(base, at=_at(told[0][0], zone), recorded=_recorded(told[0][0]))
    for key in REACHED:
        value = incident.get(key)
        if isinstance(value, Instant):
            yield replace(
                base, at=value, what="reached", field=key, new=value, recorded=_set(told, key)
            )
    yield from _changed_times(base, told, zone)
    yield from _holds(base, told, zone)


def _changed_times(base: Moment, told: _Told, zone: str) -> Iterator[Moment]:
    """Each change of a time that was known, with what was said about it."""
    reason = ""
    for entry, change in told:
        before, after = change.before or {}, change.after or {}
        reason = str(after.get("trigger_reason", reason) or "")
        said = "" if entry.act == "undo" else reason  # which brings back an older one
        for key in TRIGGERS:
            if key in after and before.get(key) is not None:
                yield replace(
                    base, at=_at(entry, zone), what="changed", field=key, old=before[key],
                    new=after[key], text=said, recorded=_recorded(entry),
                )  # fmt: skip


def _holds(base: Moment, told: _Told, zone: str) -> Iterator[Moment]:
    """Legal holds set and lifted."""
    for entry, change in told:
        before, after = change.before or {}, change.after or {}
        if after.get("hold_reason"):
            yield replace(
                base, at=_at(entry, zone), what="held", text=str(after["hold_reason"]),
                who=str(after.get("hold_by") or ""), recorded=_recorded(entry),
            )  # fmt: skip
        elif before.get("hold_reason") and "hold_reason" in after:
            yield replace(
                base, at=_at(entry, zone), what="released", text=str(before["hold_reason"]),
                recorded=_recorded(entry),
            )  # fmt: skip


def _of_record(record: Record, told: _Told, own: Mapping[str, str]) -> Iterator[Moment]:
    """What a record states, as it stands; `own` are the titles of own rules by key."""
    made = record.created_at or Instant.at(told[0][0].at if told else clock.now())
    base = Moment(
        at=made, what="entry", id=record.id, ref=record.ref, kind=record.kind,
        is_privileged=bool(record.is_privileged), recorded=_recorded(told[0][0]) if told else None,
    )  # fmt: skip
    match record:
        case Entry():
            yield replace(
                base, at=record.happened_at or made, text=record.title, who=record.who,
                result=record.result, in_summary=bool(record.in_summary),
            )  # fmt: skip
        case Assessment():
            yield replace(
                base, at=record.made_at or made, what="assessed", text=record.reasoning,
                who=record.made_by, new=record.severity_band, about=_said(outcome=record.outcome),
            )  # fmt: skip
        case Decision():
            yield replace(
                base, at=record.decided_at or made, what="decided", text=record.reason,
                who=record.decided_by, new=record.answer, about=_about(record, own),
            )  # fmt: skip
        case Notice():
            yield from _of_notice(record, replace(base, about=_about(record, own)), told)
        case _:
            return  # of evidence its custody tells all


def _of_notice(record: Notice, base: Moment, told: _Told) -> Iterator[Moment]:
    steps: tuple[tuple[What, str, str], ...] = (
        ("prepared", "prepared_at", record.prepared_by),
        ("approved", "approved_at", record.approved_by),
        ("sent", "sent_at", record.sent_by),
        ("replied", "replied_at", ""),
    )
    for what, key, who in steps:
        at = record.get(key)
        if isinstance(at, Instant):
            text = record.reply if what == "replied" else ""
            yield replace(
                base, at=at, what=what, who=who, new=record.phase, text=text,
                recorded=_set(told, key),
            )  # fmt: skip


def _about(record: Decision | Notice, own: Mapping[str, str]) -> Mapping[str, str]:
    return _said(
        regime=record.regime,
        recipient=record.recipient,
        rule_key=record.rule_key,
        rule=own.get(record.rule_key),
        channel=record.channel if isinstance(record, Notice) else None,
        addressee=record.addressee if isinstance(record, Notice) else None,
    )


def _said(**given: str | None) -> Mapping[str, str]:
    return MappingProxyType({key: value for key, value in given.items() if value})


# What was done to them


_STATED: Final = frozenset(
    {"entry", "assessed", "decided", "prepared", "approved", "sent", "replied"}
)
"""What a record states itself, and takes with it when it is withdrawn."""


def _taken_back(record: Record, told: _Told, incident: int, zone: str) -> Iterator[Moment]:
    """Withdrawals, returns, erasures and holds; of evidence its custody tells them."""
    if isinstance(record, Evidence):
        return
    base = Moment(
        at=Instant.at(clock.now()), what="withdrawn", id=record.id, ref=record.ref,
        kind=record.kind, is_privileged=bool(record.is_privileged),
    )  # fmt: skip
    for place, (entry, change) in enumerate(told):
        if what := _turn(entry, change, incident, is_first=place == 0):
            text = entry.facts.get("reason", "") if what == "erased" else ""
            yield replace(
                base, at=_at(entry, zone), what=what, text=text, recorded=_recorded(entry)
            )
    yield from _holds(base, told, zone)


def _turn(
    entry: JournalEntry, change: EntryChange, incident: int, *, is_first: bool
) -> What | None:
    if entry.act == "erase":
        return "erased"
    if change.after is None:
        return "withdrawn"
    if change.before is None:
        return None if is_first else "restored"
    if "deleted_at" in change.after:
        return "withdrawn" if change.after["deleted_at"] else "restored"
    after = change.after.get(KINDS_TOLD[change.kind])
    if isinstance(after, frozenset):
        return "restored" if incident in after else "withdrawn"
    return None


def _custody(reader: Reader, records: Mapping[int, Record], zone: str) -> Iterator[Moment]:
    """What happened to the evidence; checks of the whole register are for its own report."""
    pieces = [id for id, each in records.items() if isinstance(each, Evidence)]
    for id, events in custody.custodies(reader, pieces).items():
        record = records[id]
        for event in events:
            if event.what != "verified":
                yield Moment(
                    at=Instant.at(event.at, zone), what="custody", id=id, ref=record.ref,
                    kind=record.kind, field=event.what, text=event.words, who=event.by,
                    others=event.others, is_privileged=bool(record.is_privileged),
                    recorded=Recorded(event.seq, event.at, event.actor),
                )  # fmt: skip


# Where the journal has it


def _recorded(entry: JournalEntry) -> Recorded:
    return Recorded(entry.seq, entry.at, entry.actor)


def _set(told: _Told, key: str) -> Recorded | None:
    """The newest entry that gave a field its value."""
    found = (entry for entry, change in reversed(told) if key in (change.after or {}))
    return next((_recorded(entry) for entry in found), None)


def _at(entry: JournalEntry, zone: str) -> Instant:
    return Instant.at(entry.at, zone)
