"""An import before it happens: what every row of a file would do, and the change set that does it.

Rows in = new + changed + unchanged + rejected. A row with anything that cannot be kept is rejected
whole, with the cell and the reason. In a workbook of this program an empty cell clears the field; in any
other file it leaves the field as it is. Named facts are merged by name and never removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from riskreg.changes import ChangeSet
from riskreg.errors import Expected
from riskreg.exchange import known_breaches, remarks
from riskreg.exchange.beside_rows import BesideRows
from riskreg.exchange.comparing import Table
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.new_names import NewNames
from riskreg.exchange.reader import Sheet, Source
from riskreg.exchange.staged import Staged, StagedRow
from riskreg.views import Reader
from riskreg.work import QUIET, Work, uncollected


def stage(
    reader: Reader,
    source: Source,
    plans: Sequence[tuple[Sheet, ColumnMap]],
    work: Work = QUIET,
    *,
    reason: str = "",
) -> Staged:
    """Compare the rows of some sheets with the register.

    Args:
        reader: The register.
        source: What was read.
        plans: Its sheets with their mappings.
        work: Progress; may cancel.
        reason: Why known times change that clocks run from, for rows that do not say it; without it they are rejected.

    Raises:
        Expected: Two columns have one name, so that it is not clear what is meant; or the workbook was
            made from another register.
        Cancelled: The user stopped it.
    """
    _refuse_other_register(reader, source)
    names = NewNames()
    known = [known_breaches.known(reader, sheet, map, work) for sheet, map in plans]
    tables = {
        Table(reader, source, each.sheet, each.map, names, reason): each.standing for each in known
    }
    staged: dict[Table, list[StagedRow]] = {}
    free = -1
    with uncollected():
        for table in sorted(tables, key=lambda table: not table.names_parties):
            staged[table] = table.staged(work, first=free)
            free -= len(staged[table])
            beside = BesideRows(reader, source, table.sheet, table.map, names, tables[table])
            staged[table] = beside.joined(staged[table], work, first=free)
            free -= len(staged[table]) * len(beside.slots)
    rows = [row for table in tables for row in staged[table]]
    odd = (
        remarks.imported_before(reader, source.sha256),
        remarks.other_sheets(source, [sheet for sheet, _ in plans]),
        remarks.backwards(rows),
    )
    notes = [
        *filter(None, odd),
        *source.notes,
        *(note for table in tables for note in table.notes()),
    ]
    counts = Counter(row.state for row in rows)
    facts = {"file": source.path.name, "sha256": source.sha256, "rows": str(len(rows))}
    facts |= {state: str(counts[state]) for state in ("new", "changed", "rejected")}
    made = [each for row in rows for each in (row.change, *row.also) if each is not None]
    changes = (*names.needed(made), *made)
    return Staged(
        rows=tuple(rows),
        changes=ChangeSet(act="import", facts=facts, changes=changes),
        notes=tuple(notes),
    )


def _refuse_other_register(reader: Reader, source: Source) -> None:
    """Refs mean other records in another register: the row of its R-0001 must not change ours."""
    if source.is_own and source.made_from != reader.register_id:
        raise Expected("import_other_register", path=source.path.name)
