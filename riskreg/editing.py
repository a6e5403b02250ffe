"""From texts and refs to change sets: the edits that the command line and the window share.

What is given is the form that `show --json` prints (`records.jsons`), links being refs. A link may be
given from either side: where the record only mirrors it, the records that declare it are changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, TypeAlias, cast

from riskreg import clock
from riskreg.asking import as_json as as_json
from riskreg.asking import decoded, kind_of, no_field, parts
from riskreg.asking import where_of as where_of
from riskreg.changes import Change, ChangeSet, addition, edit, one_each
from riskreg.deciding import reopened, rescored
from riskreg.errors import N_, Expected, Problem, Refused
from riskreg.notifiable import followed
from riskreg.records import (
    KINDS,
    NEW_KINDS,
    Record,
    declared_links,
    every_field,
    every_link,
    fields,
    mirrored,
    stored,
)
from riskreg.records.check import shown
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json, from_json
from riskreg.records.values import Instant, Unfit
from riskreg.views import Reader

Given: TypeAlias = Mapping[str, Json]
"""Values by field key as text or JSON."""

Ids: TypeAlias = frozenset[int]

_NEW: Final = -1
"""The id of the record that `new_record` makes, within its change set."""


def new_record(
    reader: Reader, kind: str, given: Given, *, create_parties: bool = False
) -> ChangeSet:
    """The change set that adds a record; it is -1 in it.

    Args:
        reader: Finds what is linked.
        kind: Key of the kind.
        given: Its fields.
        create_parties: Make a party for a name that no party has, in the same change set.

    Raises:
        Expected: There is no such kind or field, or the kind cannot be added ("cannot_add").
        Refused: Some value cannot be read; names every one.
    """
    what = kind_of(kind)
    if what.numbering in ("catalogue", "single"):
        raise Expected("cannot_add", kind=kind)
    desk = _Desk(reader, what(), create_parties)
    wanted = desk.read(given)
    own = {key: value for key, value in wanted.items() if key in stored(what)}
    others = mirror_changes(reader, what, _NEW, wanted, {})
    return ChangeSet(act="add", changes=(*desk.new_parties(), addition(kind, own, _NEW), *others))


def set_fields(reader: Reader, id: int, given: Given, *, create_parties: bool = False) -> ChangeSet:
    """The change set that gives a record these values; without changes where it has them already.

    Raises as `new_record` does.
    """
    record = reader.record(id)
    desk = _Desk(reader, record, create_parties)
    wanted = desk.read(given)
    own = edit(record, {key: wanted[key] for key in wanted if key in stored(type(record))})
    others = mirror_changes(reader, type(record), id, wanted, reader.links(id))
    changes = (*desk.new_parties(), *((own,) if own else ()), *others)
    return ChangeSet(act="edit", changes=changes, facts={"refs": record.ref})


def link(reader: Reader, ref: str, role: str, other: str) -> ChangeSet:
    """The change set that links two records.

    Args:
        reader: Finds both.
        ref: One record.
        role: The role of the link, or its field's key on the side of `ref`.
        other: The other record. A link that can only be one replaces the one that is there.

    Raises:
        Expected: One of them is not there, or no such link joins their kinds ("no_role").
    """
    return _tie(reader, ref, role, other, act="link")


def unlink(reader: Reader, ref: str, role: str, other: str) -> ChangeSet:
    """The change set that takes a link away; raises as `link` does."""
    return _tie(reader, ref, role, other, act="unlink")


def to_bin(reader: Reader, ids: Iterable[int]) -> ChangeSet:
    """The change set that puts records in the bin, without those that are there already.

    Raises:
        Expected: A record is not there, or is one that every register keeps ("cannot_delete").
    """
    records = [reader.record(id) for id in dict.fromkeys(ids)]
    for record in records:
        if record.numbering in ("catalogue", "single"):
            raise Expected("cannot_delete", ref=record.ref)
    kept = [record for record in records if record.deleted_at is None]
    gone = _moved("delete", kept, Instant.at(clock.now()))
    follow = (reopened(reader, kept), rescored(reader, going=kept), followed(reader, going=kept))
    return replace(gone, changes=one_each(chain(gone.changes, *follow)))


def from_bin(reader: Reader, ids: Iterable[int]) -> ChangeSet:
    """The change set that takes records out of the bin, without those that are not in it."""
    records = [reader.record(id) for id in dict.fromkeys(ids)]
    binned = [record for record in records if record.deleted_at is not None]
    back = _moved("unbin", binned, None)
    follow = (rescored(reader, coming=binned), followed(reader, coming=binned))
    return replace(back, changes=one_each(chain(back.changes, *follow)))


def duplicate(reader: Reader, id: int, title: str) -> ChangeSet:
    """The change set that adds a copy of a record; it is -1 in it.

    What is still to come and what the record is tied to is copied. What was done to the other one is
    not: the days and moments of doing (`_TO_COME` are not), who did it and how, the number elsewhere;
    a status that tells progress begins anew. A link that another record can have only once stays there.

    Args:
        reader: Reads the record.
        id: The record.
        title: What the copy is called.

    Raises:
        Expected: It is not there, or of a kind that is not made by a title alone ("cannot_add").
    """
    record = reader.record(id)
    what = type(record)
    if what.kind not in NEW_KINDS:
        raise Expected("cannot_add", kind=what.kind)
    kept = {key: record.get(key) for key, each in stored(what).items() if _is_copied(key, each)}
    kept = {key: value for key, value in kept.items() if key not in _DONE_OF.get(what.kind, ())}
    if what.kind in _PROGRESSING:
        statuses = cast("fields.Choice", stored(what)["status"]).terms
        kept["status"] = reader.vocabulary.terms_of(statuses).keys[0]
    ties: dict[str, Value] = {
        key: ids for key, ids in reader.links(id).items() if _is_tied_anew(what, key)
    }
    others = mirror_changes(reader, what, _NEW, ties, {})
    return ChangeSet(
        act="add", changes=(addition(what.kind, {**kept, "title": title}, _NEW), *others)
    )


_TO_COME: Final = frozenset(
    {"due_on", "planned_on", "target_on", "next_review_on", "contract_until_on", "effective_on"}
)
"""Days of what is still to come, which a copy keeps; every other day or moment tells what was."""

_DONE: Final = frozenset(
    {
        "external_ref", "done_by", "outcome", "verified_by", "verification_method",
        "verification_result", "accepted_by",
    }
)  # fmt: skip
"""What else tells what was done to one record and not to its copy."""

_DONE_OF: Final[Mapping[str, Collection[str]]] = {
    "incident": (
        "severity", "trigger_reason", "containment", "remedy", "root_cause", "lessons", "police_ref",
        "insurer_ref", "other_authorities", "press", "public_statement",
    ),
}  # fmt: skip
"""The same, of one kind."""

_PROGRESSING: Final = frozenset({"incident", "risk", "measure", "task", "activity"})
"""Kinds whose status tells how far one got."""


def _is_copied(key: str, what: FieldKind) -> bool:
    if isinstance(what, fields.Instant):
        return False
    if isinstance(what, fields.Day):
        return key in _TO_COME
    return key not in _DONE


def _is_tied_anew(kind: type[Record], key: str) -> bool:
    """A mirrored link that the copy gets too; a file shows what it shows of the one record."""
    links = mirrored(kind).get(key)
    if links is None or links.to == "evidence":
        return False
    return not declared_links(KINDS[links.to])[links.back].one


# Reading what is given


@dataclass(slots=True)
class _Desk:
    """Reads given values for one record, and collects what is wrong and which parties are new."""

    reader: Reader
    record: Record
    create_parties: bool
    problems: list[Problem] = field(default_factory=list)
    parties: dict[str, tuple[int, str]] = field(default_factory=dict)

    def read(self, given: Given) -> dict[str, Value]:
        """The values; raises `Expected` ("no_field") or `Refused` with every problem."""
        known = every_field(type(self.record))
        for key in given:
            if key not in known:
                raise no_field(type(self.record), key, known)
        zone = self.reader.organisation().zone
        found = {key: self._value(key, known[key], given[key], zone) for key in given}
        if self.problems:
            raise Refused(tuple(self.problems))
        return found

    def new_parties(self) -> tuple[Change, ...]:
        """The parties that are made along the way."""
        return tuple(addition("party", {"title": title}, id) for id, title in self.parties.values())

    def _value(self, key: str, what: FieldKind, given: Json, zone: str) -> Value:
        try:
            if isinstance(what, fields.Links):
                return frozenset(self._linked(what, decoded(what, given)))
            found = from_json(what, decoded(what, given), zone)
            if isinstance(what, fields.Derived) and found != self.record.get(key):
                raise Unfit(N_("the program works it out from other fields"))
        except Unfit as unfit:
            self._problem(key, unfit)
            return fields.empty(what)
        return found

    def _problem(self, key: str, unfit: Unfit) -> None:
        record = self.record
        found = Problem(
            kind=record.kind,
            field=key,
            reason=unfit.reason,
            ref=record.ref,
            id=record.id,
            parameters=unfit.parameters,
        )
        self.problems.append(found)

    def _linked(self, what: fields.Links, given: Json) -> Iterable[int]:
        if not isinstance(given, str | list):
            raise Unfit(N_("a list is expected"))
        named = [given] if isinstance(given, str) and what.one else parts(given)
        return [self._target(what, text) for part in named if (text := str(part).strip())]

    def _target(self, what: fields.Links, text: str) -> int:
        """The record of the right kind that has this ref or, failing that, this title."""
        try:
            id = self.reader.find(text)
        except Expected:
            return self._called(what, text)
        found = self.reader.names([id])[id]
        if found.kind != what.to:
            raise Unfit(N_("{ref} is not of the kind {kind}"), ref=found.ref, kind=what.to)
        return id

    def _called(self, what: fields.Links, title: str) -> int:
        found = self.reader.called(what.to, [title]).get(title, ())
        if len(found) == 1:
            return found[0]
        if found:
            names = self.reader.names(found)
            refs = ", ".join(names[id].ref for id in found)
            raise Unfit(N_("several records have this name: {refs}"), refs=refs)
        if what.to == "party" and self.create_parties:
            new = (_NEW - 1 - len(self.parties), title)
            return self.parties.setdefault(title.casefold(), new)[0]
        raise Unfit(N_("no record has the ref or name “{name}”"), name=shown(title))


# Links and the bin


def mirror_changes(
    reader: Reader,
    kind: type[Record],
    id: int,
    wanted: Mapping[str, Value],
    held: Mapping[str, Ids],
) -> list[Change]:
    """Changes of the records that declare a link which `kind` only mirrors, one for each record.

    Args:
        reader: Reads those records.
        kind: The kind that mirrors the links.
        id: Its record; negative for one that is new in the set.
        wanted: Values by field key; declared fields among them are left alone.
        held: The mirrored links as they were.
    """
    values: dict[int, dict[str, Value]] = {}
    records: dict[int, Record] = {}
    for key, links in mirrored(kind).items():
        if key not in wanted:
            continue
        now, was = cast("Ids", wanted[key]), held.get(key, frozenset())
        for other in sorted(now ^ was):
            record = records[other] = records.get(other) or reader.record(other)
            joined = _joined(record, links.back, id, other in now)
            values.setdefault(other, {})[links.back] = joined
    edits = (edit(records[other], changed) for other, changed in values.items())
    return [change for change in edits if change]


def _joined(declaring: Record, key: str, target: int, is_joined: bool) -> Ids:
    """The links of a declaring record after one was added or taken away."""
    held = cast("Ids", declaring.get(key))
    if not is_joined:
        return held - {target}
    only = declared_links(type(declaring))[key].one
    return frozenset({target}) if only else held | {target}


def _tie(reader: Reader, ref: str, role: str, other: str, *, act: str) -> ChangeSet:
    near, far = (reader.record(reader.find(text)) for text in (ref, other))
    key, links = _link_between(near, role, far)
    declaring, target = (far, near) if links.mirror else (near, far)
    key = links.back if links.mirror else key
    joined = _joined(declaring, key, target.id, act == "link")
    change = edit(declaring, {key: joined})
    facts = {"refs": f"{near.ref} {far.ref}"}
    return ChangeSet(act=act, changes=(change,) if change else (), facts=facts)


def _link_between(near: Record, role: str, far: Record) -> tuple[str, fields.Links]:
    links = every_link(type(near))
    for key, what in links.items():
        if role in (key, what.role) and what.to == far.kind:
            return key, what
    known = ", ".join(f"{what.role} ({key}: {what.to})" for key, what in links.items())
    raise Expected("no_role", kind=near.kind, role=shown(role), to=far.kind, known=known or "-")


def _moved(act: str, records: Sequence[Record], to: Instant | None) -> ChangeSet:
    changes = (edit(record, {"deleted_at": to}) for record in records)
    refs = " ".join(record.ref for record in records)
    return ChangeSet(act=act, changes=tuple(filter(None, changes)), facts={"refs": refs})


def edits_of(reader: Reader, wanted: Mapping[int, Mapping[str, Value]]) -> tuple[Change, ...]:
    """The changes that give many records their values, one change for each record at most.

    Args:
        reader: Reads the records.
        wanted: Values by field key by record, declared fields and mirrored links; records that are gone are left out.
    """
    records = reader.records(wanted)
    whole = {
        id: {key: value for key, value in values.items() if key in stored(type(records[id]))}
        for id, values in wanted.items()
        if id in records
    }
    for id in list(whole):
        _mirror(reader, records, whole, records[id], wanted[id])
    found = (edit(records[id], values) for id, values in whole.items())
    return tuple(change for change in found if change)


def _mirror(
    reader: Reader,
    records: dict[int, Record],
    whole: dict[int, dict[str, Value]],
    record: Record,
    values: Mapping[str, Value],
) -> None:
    """Give the records that declare a link which this one only mirrors their new links."""
    for key, links in mirrored(type(record)).items():
        if key not in values:
            continue
        now, was = cast("Ids", values[key]), reader.links(record.id).get(key, frozenset())
        for other in sorted(now ^ was):
            declaring = records[other] = records.get(other) or reader.record(other)
            held = cast("Ids", whole.get(other, {}).get(links.back, declaring.get(links.back)))
            only = declared_links(type(declaring))[links.back].one
            joined = frozenset({record.id}) if only else held | {record.id}
            value = joined if other in now else held - {record.id}
            whole.setdefault(other, {})[links.back] = value
