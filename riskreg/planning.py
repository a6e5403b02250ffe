"""From a change set to checked changes: what is stale, what cannot be kept, what everything will be. No SQL of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, cast

from riskreg.changes import Change
from riskreg.errors import N_, Conflict, Expected, Problem, Refused, Stale
from riskreg.records import (
    KINDS,
    SYSTEM,
    Record,
    check,
    declared_links,
    fields,
    lasting,
    stored,
    values,
)
from riskreg.records.base import per_kind
from riskreg.records.fields import FieldKind, Fields, Value
from riskreg.records.terms import Vocabulary
from riskreg.rules import own
from riskreg.rules.derive import Given, derive
from riskreg.views import Name
from riskreg.work import CHECKING, QUIET, Work

_STEP: Final = 20
"""Changes checked, a few milliseconds, between two looks at whether to stop or to give way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One checked change, ready to be written.

    Attributes:
        change: With real ids and tidy values; `after` of a new record holds its ref.
        record: The record as it will be, derived fields and version included; None where it is
            withdrawn.
        was: The record as it is; None where it is absent.
        version: The record's version once this is written.
        is_known: The record has been there before, perhaps withdrawn since.
    """

    change: Change
    record: Record | None
    was: Record | None
    version: int
    is_known: bool


class Present(Protocol):
    """What planning asks of the store."""

    def records(self, ids: list[int]) -> Mapping[int, Record]:
        """Records by id, withdrawn ones too."""

    def withdrawn(self, ids: list[int]) -> frozenset[int]:
        """Which of these are withdrawn."""

    def names(self, ids: list[int]) -> Mapping[int, Name]:
        """What records are called; those withdrawn are left out."""

    def next_id(self) -> int:
        """The first id that was never given."""

    def next_ref(self, kind: str) -> str:
        """A ref that was never given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the changes are held against."""

    vocabulary: Vocabulary
    given: Given
    at: values.Instant
    _glances: dict[str, Mapping[str, check.Sure]] = field(default_factory=dict, repr=False)

    def glance(self, kind: type[Record]) -> Mapping[str, check.Sure]:
        """The quick tests for the fields of a kind."""
        if kind.kind not in self._glances:
            self._glances[kind.kind] = check.at_a_glance(kind, self.vocabulary)
        return self._glances[kind.kind]


def plan(
    changes: tuple[Change, ...],
    present: Present,
    rules: Rules,
    work: Work = QUIET,
    *,
    is_return: bool = False,
) -> tuple[list[Planned], dict[int, int]]:
    """Check every change and say what everything will be; also the ids given to new records by their negative ids.

    What returns to a state that has been (undo, redo) is not held against the rules of today: a title
    that was erased, or a choice that was retired since, must not stand in its way.

    Raises:
        Refused: Some value cannot be kept; all problems of all records.
        Stale: A field that a change was made from holds another value now.
        Expected: A record or field is not there, or a notice that was sent would return to what it was
            before ("sent_stays").
    """
    new = _new_ids(changes, present)
    known = sorted(change.id for change in changes if change.id > 0)
    records, gone = present.records(known), present.withdrawn(known)
    planned: list[Planned] = []
    problems: list[Problem] = []
    for place, change in enumerate(changes):
        if place % _STEP == 0:
            work.step(CHECKING, place, len(changes))
        tidy = _tidy(change, new)
        item = _planned(tidy, records.get(tidy.id), tidy.id in gone, present, rules)
        if item is None:
            continue
        planned.append(item)
        if not is_return:
            problems += _problems(item, change, rules)
        elif lasting.stays(item.was, item.record, item.change.after or {}):
            raise Expected("sent_stays", ref=item.was.ref if item.was else "")
    problems += _link_problems(planned, present, new, work)
    if problems:
        raise Refused(tuple(problems))
    return planned, new


def resulting(
    changes: tuple[Change, ...], present: Present, rules: Rules
) -> Mapping[int, Record | None]:
    """What the records of some changes will be, by id, checked against nothing yet; None where one is withdrawn."""
    planned: list[Planned] = []
    known = sorted(change.id for change in changes if change.id > 0)
    records, gone = present.records(known), present.withdrawn(known)
    new = _new_ids(changes, present)
    for change in changes:
        tidy = _tidy(change, new)
        item = _planned(tidy, records.get(tidy.id), tidy.id in gone, present, rules)
        planned += [item] if item else []
    return {item.change.id: item.record for item in planned}


def _new_ids(changes: tuple[Change, ...], present: Present) -> dict[int, int]:
    fresh = [change.id for change in changes if change.id < 0]
    first = present.next_id() if fresh else 0
    return {id: first + place for place, id in enumerate(fresh)}


_TIDIED: Final = (fields.Line, fields.Prose, fields.Facts, fields.Tags)
"""Kinds of field whose values have a tidy form of their own."""


@per_kind
def _accepted(kind: type[Record]) -> Mapping[str, tuple[FieldKind, Value]]:
    """What a change of this kind may name, with the empty value of each."""
    known = {**stored(kind), "ref": SYSTEM["ref"], "deleted_at": SYSTEM["deleted_at"]}
    return {key: (what, fields.empty(what)) for key, what in known.items()}


def _tidy(change: Change, new: Mapping[int, int]) -> Change:
    """The change with real ids and with every new value in its stored form; a new record keeps what is not empty."""
    if change.kind not in KINDS:
        raise Expected("no_kind", kind=change.kind, known=", ".join(KINDS))
    after = None if change.after is None else _tidy_values(change, new)
    return Change(
        id=new.get(change.id, change.id),
        kind=change.kind,
        version=change.version,
        before=change.before,
        after=after,
    )


def _tidy_values(change: Change, new: Mapping[int, int]) -> dict[str, Value]:
    accepted = _accepted(KINDS[change.kind])
    tidy: dict[str, Value] = {}
    for key, value in (change.after or {}).items():
        if key not in accepted:
            raise Expected(
                "no_field", kind=change.kind, field=key, known=", ".join(stored(KINDS[change.kind]))
            )
        what, empty = accepted[key]
        if value == empty and change.before is None:
            continue
        if isinstance(what, fields.Links):
            links = cast("frozenset[int]", value)
            tidy[key] = frozenset(new.get(id, id) for id in links)
        elif isinstance(what, _TIDIED):
            tidy[key] = check.tidy(what, value)
        else:
            tidy[key] = value
    return tidy


def _planned(
    change: Change, record: Record | None, is_gone: bool, present: Present, rules: Rules
) -> Planned | None:
    if change.version == 0:
        return _added(change, present, rules)
    if record is None:
        raise Expected("no_record", ref=change.id)
    version = record.version + 1
    if change.before is None:
        return _revived(change, record, is_gone, version, rules)
    if is_gone:
        raise Expected("no_record", ref=record.ref)
    if change.after is None:
        return Planned(change=change, record=None, was=record, version=version, is_known=True)
    return _edited(change, record, version, rules)


def _added(change: Change, present: Present, rules: Rules) -> Planned:
    after = dict(change.after or {})
    after["ref"] = after.get("ref") or present.next_ref(change.kind)
    system = {"id": change.id, "version": 1, "created_at": rules.at, "updated_at": rules.at}
    record = _made(change.kind, {**after, **system}, rules.given)
    named = Change(id=change.id, kind=change.kind, version=0, before=None, after=after)
    return Planned(change=named, record=record, was=None, version=1, is_known=False)


def _made(kind: str, known: Mapping[str, Any], given: Given) -> Record:
    record = KINDS[kind](**known)
    for key, value in derive(record, given).items():
        object.__setattr__(
            record, key, value
        )  # nobody has seen it yet; building it twice costs more
    return record


def _revived(change: Change, record: Record, is_gone: bool, version: int, rules: Rules) -> Planned:
    if not is_gone:
        raise Stale(record.id, record.ref, ())
    after = dict(change.after or {})
    system = {
        "id": record.id,
        "version": version,
        "created_at": record.created_at,
        "updated_at": rules.at,
    }
    back = _made(change.kind, {**after, **system}, rules.given)
    return Planned(change=change, record=back, was=None, version=version, is_known=True)


def _edited(change: Change, record: Record, version: int, rules: Rules) -> Planned | None:
    before, after = change.before or {}, change.after or {}
    conflicts = tuple(
        Conflict(field=key, was=was, now=record.get(key), wanted=after.get(key))
        for key, was in before.items()
        if record.get(key) != was
    )
    if conflicts:
        raise Stale(record.id, record.ref, conflicts)
    differing = {key: value for key, value in after.items() if record.get(key) != value}
    if not differing:
        return None
    changed = record.having({**differing, "version": version, "updated_at": rules.at})
    changed = changed.having(derive(changed, rules.given))
    tidy = replace(change, before={key: record.get(key) for key in differing}, after=differing)
    return Planned(change=tidy, record=changed, was=record, version=version, is_known=True)


@per_kind
def _required(kind: type[Record]) -> tuple[str, ...]:
    return tuple(key for key, what in stored(kind).items() if what.required)


def _problems(item: Planned, original: Change, rules: Rules) -> Iterator[Problem]:
    if item.record is None:
        return
    glance = rules.glance(type(item.record))
    changed: Fields = item.change.after or {}
    keys = [key for key, value in changed.items() if key in glance and not glance[key](value)]
    if item.was is None:
        keys += [key for key in _required(type(item.record)) if key not in changed]
    for problem in check.problems(item.record, keys, rules.vocabulary):
        yield replace(problem, id=original.id, ref=item.was.ref if item.was else "")
    for key, why in lasting.problems(item.was, item.record, changed):
        yield Problem(
            kind=item.change.kind, field=key, reason=why, id=original.id,
            ref=item.was.ref if item.was else "",
        )  # fmt: skip
    for key, reason in own.problems(item.record, changed, item.was, rules.vocabulary):
        yield Problem(
            kind=item.change.kind, field=key, reason=reason.reason, parameters=reason.parameters,
            id=original.id, ref=item.was.ref if item.was else "",
        )  # fmt: skip


def _link_problems(
    planned: list[Planned], present: Present, new: Mapping[int, int], work: Work
) -> Iterator[Problem]:
    """New links must point to a record of the right kind; one in the bin will do, since undo may bring such a link back."""
    wanted: list[tuple[Planned, str, fields.Links, int]] = []
    for place, item in enumerate(planned):
        if place % _STEP == 0:
            work.step(CHECKING, len(planned), len(planned))
        if item.record is None:
            continue
        for key, what in declared_links(type(item.record)).items():
            if key in (item.change.after or {}):
                had = getattr(item.was, key) if item.was else frozenset()
                wanted += [(item, key, what, target) for target in getattr(item.record, key) - had]
    here = {item.change.id: item.change.kind for item in planned if item.record}
    names = present.names(sorted({target for *_, target in wanted} - here.keys()))
    original = {given: id for id, given in new.items()}
    for item, key, what, target in wanted:
        name = names.get(target)
        kind = here.get(target) or (name.kind if name else "")
        if kind != what.to:
            yield Problem(
                kind=item.change.kind, field=key, reason=N_("it does not point to a {to} that is there"),
                parameters={"to": KINDS[what.to].singular}, id=original.get(item.change.id, item.change.id),
                ref=item.was.ref if item.was else "",
            )  # fmt: skip
