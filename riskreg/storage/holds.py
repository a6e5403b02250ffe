"""What a legal hold keeps: the record itself, what belongs to its incident, and the evidence linked to either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from sqlalchemy import Connection

from riskreg.errors import Expected
from riskreg.planning import Planned
from riskreg.records import Evidence, Notice, Record, declared_links
from riskreg.storage.stored_records import read_records


def refuse_removal(connection: Connection, planned: Iterable[Planned]) -> None:
    """Refuse what would put away a held record, or a notice that was sent.

    Raises:
        Expected: Some record is held ("on_hold"), or was sent ("sent_stays").
    """
    going = [item for item in planned if item.was is not None and _goes(item)]
    for item in going:
        if isinstance(item.was, Notice) and item.was.sent_at and item.record is not None:
            raise Expected("sent_stays", ref=item.was.ref)
    wanted = {target for item in going for target in _kept_by(item)}
    _refuse_held(connection, (item.was for item in going if _is_put_away(item)), wanted)


def refuse_erasure(connection: Connection, record: Record) -> None:
    """Refuse to erase a held record, or evidence linked to one; raises `Expected` ("on_hold")."""
    _refuse_held(connection, (record,), _targets(record))


def _refuse_held(
    connection: Connection, records: Iterable[Record | None], targets: Iterable[int]
) -> None:
    own = [record for record in records if record is not None]
    found = read_records(connection, sorted({*targets}))
    beyond = {id for each in found.values() if (id := _incident_of(each))}
    further = read_records(connection, sorted(beyond - found.keys()))
    for each in (*own, *found.values(), *further.values()):
        if each.hold_reason:
            raise Expected("on_hold", ref=each.ref, by=each.hold_by, reason=each.hold_reason)


def _goes(item: Planned) -> bool:
    return _is_put_away(item) or bool(_parted(item))


def _is_put_away(item: Planned) -> bool:
    """Into the bin, or withdrawn by an undo."""
    if item.record is None:
        return True
    return item.record.deleted_at is not None and "deleted_at" in (item.change.after or {})


def _kept_by(item: Planned) -> Iterator[int]:
    """The records whose hold would keep this one from going."""
    assert item.was is not None
    yield from _targets(item.was) if _is_put_away(item) else _parted(item)


def _targets(record: Record) -> frozenset[int]:
    if isinstance(record, Evidence):
        held = (cast("frozenset[int]", record.get(key)) for key in declared_links(Evidence))
        return frozenset[int]().union(*held)
    return frozenset(filter(None, (_incident_of(record),)))


def _parted(item: Planned) -> frozenset[int]:
    """What a piece of evidence, or a part of an incident, would no longer be linked to."""
    if item.was is None or item.record is None:
        return frozenset()
    return _targets(item.was) - _targets(item.record)


def _incident_of(record: Record) -> int | None:
    """The incident that a record is a part of: an assessment, a decision, a notice, an entry of its timeline."""
    part = declared_links(type(record)).get("incident")
    return next(iter(cast("frozenset[int]", record.get("incident"))), None) if part else None
