"""The column that tells of every record whether it is only practised (`rules.practice`), in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, literal_column

from riskreg.records import KINDS, declared_links
from riskreg.rules.practice import IN_EARNEST, PARTS


def _texts(words: Iterable[str]) -> str:
    """Keys of the program's own as a list of texts."""
    return ", ".join(f"'{each}'" for each in sorted(words))


_ROLES: Final = {
    what.role
    for kind in PARTS
    for what in declared_links(KINDS[kind]).values()
    if what.to == "incident"
}

COLUMN: Final[ColumnElement[Any]] = literal_column(f"""
CASE WHEN records.kind = 'incident' THEN
    (SELECT incident.drill FROM incident WHERE incident.id = records.id)
WHEN records.kind IN ({_texts(PARTS)}) AND NOT EXISTS (
    SELECT 1 FROM task WHERE task.id = records.id AND task.task_type IN ({_texts(IN_EARNEST)}))
THEN (SELECT min(coalesce(incident.drill, 0)) FROM links JOIN incident ON incident.id = links.target
    WHERE links.source = records.id AND links.role IN ({_texts(_ROLES)}))
END""")  # fmt: skip
"""1 for what is practised; 0 or null for what is in earnest. Roles and keys are the program's, no text of a person."""
