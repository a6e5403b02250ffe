"""Reading a register for the checks: every record once, and of the history only what no record says.

That is when risks that came true were scored, and when the times and facts of incidents were changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from riskreg.errors import N_
from riskreg.records import (
    KINDS,
    REGISTER_KINDS,
    SYSTEM,
    Assessment,
    Incident,
    Notice,
    Record,
    Risk,
    declared,
    declared_links,
)
from riskreg.rules.checks.history import Changes, changes
from riskreg.rules.checks.risks import came_to_light, is_real
from riskreg.rules.checks.snapshot import Snapshot, snapshot
from riskreg.rules.coverage import Item
from riskreg.views import Name, Reader, View
from riskreg.work import QUIET, Work, uncollected

READING: Final = N_("Reading the register")
_CHUNK: Final = 500
"""Records in one question."""
_SCORES: Final = frozenset(
    f"{stage}_{axis}" for stage in ("inherent", "residual") for axis in ("likelihood", "impact")
)


def taken(
    reader: Reader,
    items: Iterable[Item],
    today: date,
    work: Work = QUIET,
    now: datetime | None = None,
) -> Snapshot:
    """A register as checks see it.

    Args:
        reader: The register; only this thread may use it meanwhile.
        items: The policy actions of the catalogue.
        today: The day where the organisation is.
        work: Progress; may cancel.
        now: The present moment, with a zone; None leaves it at the start of today.
    """
    with uncollected():
        records = _records(reader, work)
    return snapshot(
        records.values(),
        vocabulary=reader.vocabulary,
        today=today,
        zone=reader.organisation().zone or "UTC",
        items=items,
        gone=_gone(reader, records),
        scored_at=_scored_at(reader, records, work),
        now=now,
        changed=_changed(reader, records),
    )


def _records(reader: Reader, work: Work) -> dict[int, Record]:
    """Every record outside the bin; by rows, which is quicker than record by record."""
    found: dict[int, Record] = {}
    for name in REGISTER_KINDS:
        kind = KINDS[name]
        keys = (*SYSTEM, *declared(kind))
        view = View(kinds=(name,), columns=keys)
        ids = reader.ids(view)
        for start in range(0, len(ids), _CHUNK):
            work.step(READING, start, len(ids))
            for row in reader.rows(view, ids[start : start + _CHUNK]):
                values = dict(zip(keys, row.values, strict=True))
                found[row.id] = kind(id=row.id, version=row.version, **cast("Any", values))
    return found


def _gone(reader: Reader, records: Mapping[int, Record]) -> dict[int, Name]:
    """What the records in the bin are called that others link to."""
    linked = {
        id
        for record in records.values()
        for key in declared_links(type(record))
        for id in cast("frozenset[int]", getattr(record, key))
    }
    names = reader.names(sorted(linked - records.keys()))
    return {id: name for id, name in names.items() if name.is_deleted}


def _scored_at(
    reader: Reader, records: Mapping[int, Record], work: Work
) -> dict[int, datetime | None]:
    """When the risks that came true were last scored.

    The journal is asked only about those that changed since: of the others the last change is early enough to know.
    """
    came: dict[int, datetime] = {}
    for record in records.values():
        if isinstance(record, Incident) and is_real(record) and (at := came_to_light(record)):
            came |= {id: max(at, came.get(id, at)) for id in record.risks}
    found: dict[int, datetime | None] = {}
    for place, (id, at) in enumerate(came.items()):
        work.step(READING, place, len(came))
        risk = records.get(id)
        if isinstance(risk, Risk):
            found[id] = _last_scored(reader, risk, at)
    return found


def _changed(reader: Reader, records: Mapping[int, Record]) -> dict[int, Changes]:
    """What the journal tells of incidents that were told of or assessed, and changed since they were written."""
    about = {
        id
        for record in records.values()
        if isinstance(record, Notice | Assessment)
        for id in record.incident
    }
    ids = [id for id in about if id in records and records[id].version > 1]
    return changes(reader.about(ids)) if ids else {}


def _last_scored(reader: Reader, risk: Risk, since: datetime) -> datetime | None:
    """When a risk was last scored; where it has not changed after `since`, a moment before that is near enough."""
    if risk.residual_score is None and risk.inherent_score is None:
        return None
    changed = risk.updated_at
    if changed is not None and (changed.utc < since or risk.version == 1):
        return changed.utc
    for entry in reader.log(id=risk.id):
        for change in entry.changes:
            before, after = change.before or {}, change.after or {}
            if any(before.get(key) != after.get(key) for key in _SCORES):
                return entry.at
    return None
