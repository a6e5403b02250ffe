"""One field of many records changed in one go: what each would become is worked out first and shown, then applied as one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from riskreg.changes import ChangeSet
from riskreg.editing import edits_of
from riskreg.records import KINDS, every_field, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.views import Reader, View

Step: TypeAlias = Literal["set", "add", "remove", "clear"]
"""What happens to the field: it gets a value, a list gains or loses members, it is emptied."""

_LISTED: Final = (fields.Choices, fields.Tags)


class Proposal(NamedTuple):
    """What one record's field is and would become."""

    id: int
    ref: str
    title: str
    before: Value
    after: Value

    @property
    def differs(self) -> bool:
        """Something would change."""
        return self.before != self.after


class Batch(NamedTuple):
    """What would become of every record, and the change that makes it so, from the versions that were read."""

    proposals: tuple[Proposal, ...]
    changes: ChangeSet


def editable(kind: str) -> dict[str, FieldKind]:
    """The fields of a kind that a person may change in many records, by key."""
    what = KINDS[kind]
    is_catalogue = what.numbering == "catalogue"
    return {
        key: field
        for key, field in every_field(what).items()
        if not isinstance(field, fields.Derived | fields.Facts)
        and not field.retired
        and not (is_catalogue and key == "title")
    }


def steps(kind: FieldKind) -> tuple[Step, ...]:
    """What can be done to a field of this kind in many records, the usual first."""
    if isinstance(kind, _LISTED) or (isinstance(kind, fields.Links) and not kind.one):
        return ("add", "remove", "set", "clear")
    return ("set",) if kind.required else ("set", "clear")


def propose(
    reader: Reader, kind: str, ids: Sequence[int], key: str, step: Step, value: Value
) -> Batch:
    """Work out what would become of these records.

    Args:
        reader: Reads them.
        kind: The kind of all of them.
        ids: The records; those that are gone are left out.
        key: The field.
        step: What happens to it.
        value: The value to set, or the members to add or remove.
    """
    what = editable(kind)[key]
    view = View(kinds=(kind,), columns=("ref", "title", key))
    proposals = []
    for row in reader.rows(view, ids):
        ref, title, before = row.values
        after = _after(what, step, before, value)
        proposals.append(Proposal(row.id, str(ref), str(title), before, after))
    wanted = {each.id: {key: each.after} for each in proposals if each.differs}
    refs = " ".join(each.ref for each in proposals if each.differs)
    facts = {"refs": refs, "field": f"{kind}.{key}"}
    changes = ChangeSet(act="edit_many", changes=edits_of(reader, wanted), facts=facts)
    return Batch(tuple(proposals), changes)


def _after(kind: FieldKind, step: Step, before: Value, value: Value) -> Value:
    match step:
        case "set":
            return value
        case "clear":
            return fields.empty(kind)
        case "add":
            return cast("frozenset[str]", before) | cast("frozenset[str]", value)
        case "remove":
            return cast("frozenset[str]", before) - cast("frozenset[str]", value)
