"""A view as text and back: what a list shows, kept as a record of the register.

The text is canonical JSON. Linked records stand in it by their refs, so that it can be read and moves with an export; days that
count from today stay counted from today. A view whose field, choice or record is gone still opens, and says what it left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, cast, get_args

from riskreg.errors import Expected
from riskreg.records import KINDS, SYSTEM, Incident, Record, columns, declared, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json, from_json, to_json
from riskreg.records.values import Instant, Unfit, start_of_day
from riskreg.rules import practice
from riskreg.views import Op, Reader, View, Where

ACROSS: Final = ("ref", "title", "due_at", "created_at", "updated_at", practice.COLUMN)
"""Columns of a view over several kinds."""

_OPS: Final = frozenset(get_args(Op))


class Opened(NamedTuple):
    """A view read from its text, and what of it is gone: keys of fields and refs of records."""

    view: View
    left_out: tuple[str, ...] = ()


def columns_of(kinds: tuple[str, ...]) -> Mapping[str, FieldKind]:
    """The columns that a view of these kinds can ask for."""
    drill = {practice.COLUMN: declared(Incident)[practice.COLUMN]}
    if len(kinds) == 1:
        own = columns(KINDS[kinds[0]])
        return {**own, **drill} if practice.is_told(kinds) else own
    whole = {**declared(Record), **SYSTEM, **drill}
    return {key: whole[key] for key in ACROSS}


def view_to_json(reader: Reader, view: View) -> str:
    """The text of a view.

    Args:
        reader: Knows the refs of the records that conditions name.
        view: The view.
    """
    known = columns_of(view.kinds)
    where = [[each.field, each.op, _value(reader, known[each.field], each)] for each in view.where]
    told = {
        "bin": view.bin,
        "columns": list(view.columns),
        "kinds": list(view.kinds),
        "sort": [list(each) for each in view.sort],
        "where": where,
        "words": view.words,
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def view_from_json(reader: Reader, text: str, usual: View) -> Opened:
    """Read the text of a view.

    Args:
        reader: Finds the records that conditions name.
        text: What `view_to_json` wrote.
        usual: The list it belongs to: its kinds and bin always hold, its columns and order where none of the view's are left.
    """
    told = _object(text)
    known = columns_of(usual.kinds)
    wanted = [str(key) for key in _list(told.get("columns"))]
    sort = [each for each in _list(told.get("sort")) if _is_sort(each)]
    where, lost = _conditions(reader, known, _list(told.get("where")))
    shown = tuple(key for key in wanted if key in known) or usual.columns
    ordered = tuple((key, bool(down)) for key, down in sort if key in known) or usual.sort
    gone = [key for key in wanted if key not in known] + [
        key for key, _ in sort if key not in known
    ]
    words = str(told.get("words") or "")
    view = replace(usual, columns=shown, where=where, sort=ordered, words=words)
    return Opened(view, tuple(dict.fromkeys((*gone, *lost))))


def settled(view: View, today: date, zone: str) -> View:
    """The view with conditions that count from today turned into days that the register can compare."""
    known = columns_of(view.kinds)
    where = (each for given in view.where for each in _settled(given, known, today, zone))
    return replace(view, where=tuple(where))


def _settled(
    where: Where, known: Mapping[str, FieldKind], today: date, zone: str
) -> tuple[Where, ...]:
    if where.op != "within":
        return (where,)
    days = int(cast("int", where.value))
    first, last = sorted((today, today + timedelta(days=days)))
    if isinstance(known[where.field], fields.Instant):
        after = last + timedelta(days=1)
        return (
            Where(where.field, ">=", Instant(start_of_day(first, zone), zone, "day")),
            Where(where.field, "<", Instant(start_of_day(after, zone), zone, "day")),
        )
    return Where(where.field, ">=", first), Where(where.field, "<=", last)


# Writing


def _value(reader: Reader, kind: FieldKind, where: Where) -> Json:
    if where.op in ("empty", "within"):
        return where.value
    members = _members(where.value)
    if isinstance(kind, fields.Links):
        names = reader.names([cast("int", id) for id in members])
        told: list[Json] = [names[id].ref for id in members if id in names]  # type: ignore[index]
    elif isinstance(kind, fields.Choices | fields.Tags | fields.Facts):
        told = sorted(str(member) for member in members)
    else:
        told = [to_json(kind, cast("Value", member)) for member in members]
    return told if isinstance(where.value, tuple | frozenset) else (told[0] if told else None)


def _members(value: object) -> list[object]:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else [value]


# Reading


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def _is_sort(given: object) -> bool:
    return isinstance(given, list) and len(given) == 2 and isinstance(given[0], str)


def _conditions(
    reader: Reader, known: Mapping[str, FieldKind], given: Iterable[Any]
) -> tuple[tuple[Where, ...], list[str]]:
    found, lost = [], []
    for each in given:
        if not isinstance(each, list) or len(each) != 3:
            continue
        field, op, value = each
        if field not in known or op not in _OPS:
            lost.append(str(field))
            continue
        try:
            found.append(Where(field, op, _read(reader, known[field], op, value)))
        except (Unfit, Expected):
            lost.append(str(field))
    return tuple(found), lost


def _read(reader: Reader, kind: FieldKind, op: Op, given: Json) -> Value | tuple[Value, ...]:
    if op == "empty":
        return bool(given)
    if op == "within":
        return _days(given)
    of = kind.of if isinstance(kind, fields.Derived) else kind
    members = [_member(reader, of, one) for one in (given if isinstance(given, list) else [given])]
    if op == "in":
        return tuple(members)
    is_set = isinstance(of, fields.Links | fields.Choices | fields.Tags) and op != "contains"
    if is_set:
        return cast("Value", frozenset(members))
    if not members or members[0] is None:
        raise Unfit("")
    return members[0]


def _days(given: Json) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise Unfit("")
    return given


def _member(reader: Reader, kind: FieldKind, given: Json) -> Value:
    """One value; a member of a list stands alone. A choice that is no longer in its list is gone."""
    if isinstance(kind, fields.Links):
        return reader.find(str(given))
    if isinstance(kind, fields.Choice | fields.Choices):
        if given not in reader.vocabulary.terms_of(kind.terms).keys:
            raise Unfit("")
        return str(given)
    if isinstance(kind, fields.Line | fields.Prose | fields.Tags | fields.Facts):
        return str(given)
    return from_json(kind, given, reader.organisation().zone)
