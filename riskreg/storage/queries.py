"""From a view to SQL: which records answer, in which order, and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    false,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import sqlite

from riskreg.errors import Expected
from riskreg.records import KINDS, Incident, columns, fields, values
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Vocabulary
from riskreg.rules import practice
from riskreg.storage import conditions, practised, schema, search
from riskreg.storage.conditions import Condition
from riskreg.views import View, Where

_RECORD_COLUMNS: Final = {
    "ref": schema.records.c.ref,
    "title": schema.records.c.title,
    "due_at": schema.records.c.due_at,
    "created_at": schema.records.c.created_at,
    "updated_at": schema.records.c.updated_at,
    "deleted_at": schema.records.c.deleted_at,
}


def kind_of(view: View, key: str) -> FieldKind:
    """The declaration of a column of a view; raises `Expected` ("no_field", "no_kind")."""
    for name in view.kinds:
        if name not in KINDS:
            raise Expected("no_kind", kind=name, known=", ".join(KINDS))
    if _is_practised(view, key):
        return columns(Incident)[key]
    known = columns(KINDS[view.kinds[0]])
    if key not in known or (len(view.kinds) > 1 and key not in _RECORD_COLUMNS):
        names = known if len(view.kinds) == 1 else (*_RECORD_COLUMNS, practice.COLUMN)
        raise Expected("no_field", kind=", ".join(view.kinds), field=key, known=", ".join(names))
    return known[key]


def _is_practised(view: View, key: str) -> bool:
    """Whether a column asks what is only practised, which is no field of these kinds."""
    return key == practice.COLUMN and practice.is_told(view.kinds)


def _column(view: View, key: str) -> ColumnElement[Any]:
    if _is_practised(view, key):
        return practised.COLUMN
    if key in _RECORD_COLUMNS:
        return _RECORD_COLUMNS[key]
    return schema.tables[view.kinds[0]].c[key]


def _source(view: View, keys: Sequence[str]) -> FromClause:
    """`records`, joined with the table of the kind only where a column of it is asked for."""
    own = [
        key
        for key in keys
        if key not in _RECORD_COLUMNS
        and not _is_practised(view, key)
        and not isinstance(kind_of(view, key), fields.Links)
    ]
    if not own:
        return schema.records
    table = schema.tables[view.kinds[0]]
    return schema.records.join(table, schema.records.c.id == table.c.id)


def ids(view: View, vocabulary: Vocabulary) -> Select[int]:
    """The ids that answer a view, in its order."""
    keys = [where.field for where in view.where] + [key for key, _ in view.sort]
    found = (
        select(schema.records.c.id)
        .select_from(_source(view, keys))
        .where(*_conditions(view, vocabulary))
    )
    return found.order_by(*_order(view, vocabulary))


def tally(view: View, keys: Sequence[str], vocabulary: Vocabulary) -> Select[Any]:
    """Combinations of columns with how many records have them; several storage columns a key where its kind has them."""
    for key in keys:
        kind_of(view, key)
    asked = [where.field for where in view.where] + list(keys)
    groups = [_column(view, key) for key in keys]
    return (
        select(*groups, func.count())
        .select_from(_source(view, asked))
        .where(*_conditions(view, vocabulary))
        .group_by(*groups)
    )


THESE: Final = "(SELECT value FROM json_each(?))"
"""The ids of a statement whose one parameter is a JSON array of them: one text, however many."""


class Placed(NamedTuple):
    """Where a column of a view stands in the rows of its statement.

    Attributes:
        key: The field.
        kind: Its declaration.
        at: Its first storage column.
        width: How many it takes; none for links.
        as_it_is: The storage column holds the very value.
        tie: For links, under what `reader` finds them: the role, and from which side.
    """

    key: str
    kind: FieldKind
    at: int
    width: int
    as_it_is: bool
    tie: str


class Asked(NamedTuple):
    """A statement for rows by id, and where each column of the view stands in them."""

    sql: str
    layout: tuple[Placed, ...]
    has_links: bool
    has_mirrors: bool


@lru_cache(maxsize=256)
def rows(kinds: tuple[str, ...], keys: tuple[str, ...]) -> Asked:
    """The statement for rows of a view, unordered: id, kind, version, then its columns."""
    view = View(kinds=kinds, columns=keys)
    layout = tuple(_placed(view, keys))
    head = schema.records.c
    asked: list[ColumnElement[Any]] = [head.id, head.kind, head.version]
    for placed in layout:
        if placed.width:
            asked += _storage_columns(view, placed.key, placed.width)
    found = select(*asked).select_from(_source(view, keys))
    sql = str(found.compile(dialect=sqlite.dialect()))
    links = [placed.kind for placed in layout if isinstance(placed.kind, fields.Links)]
    return Asked(
        f"{sql} WHERE records.id IN {THESE}",
        layout,
        any(not kind.mirror for kind in links),
        any(kind.mirror for kind in links),
    )


def tie_of(links: fields.Links) -> str:
    """The name of a side of a link: `role>` to what it points to, `role<kind` to what points here."""
    return f"{links.role}<{links.to}" if links.mirror else f"{links.role}>"


HEAD: Final = 3
"""The storage columns before those of the view: id, kind, version."""


def _placed(view: View, keys: Sequence[str]) -> Iterator[Placed]:
    at = HEAD
    for key in keys:
        kind = kind_of(view, key)
        width = _width(key, kind)
        as_it_is = width == 1 and key not in _MOMENTS and schema.is_stored_as_it_is(kind)
        tie = tie_of(kind) if isinstance(kind, fields.Links) else ""
        yield Placed(key, kind, at, width, as_it_is, tie)
        at += width


_MOMENTS: Final = ("created_at", "updated_at", "deleted_at")


def _width(key: str, kind: FieldKind) -> int:
    return 1 if key in _RECORD_COLUMNS else len(schema.columns(key, kind))


def _storage_columns(view: View, key: str, width: int) -> list[ColumnElement[Any]]:
    if key in _RECORD_COLUMNS or _is_practised(view, key):
        return [_column(view, key)]
    names = list(schema.tables[view.kinds[0]].c.keys())
    start = names.index(key)
    return [schema.tables[view.kinds[0]].c[name] for name in names[start : start + width]]


def _conditions(view: View, vocabulary: Vocabulary) -> Iterator[Condition]:
    for name in view.kinds:
        if name not in KINDS:
            raise Expected("no_kind", kind=name, known=", ".join(KINDS))
    yield (
        schema.records.c.kind.in_(view.kinds)
        if len(view.kinds) > 1
        else schema.records.c.kind == view.kinds[0]
    )
    yield schema.records.c.withdrawn == 0
    deleted = schema.records.c.deleted_at
    yield deleted.is_not(None) if view.bin else deleted.is_(None)
    if view.words.strip():
        query = search.query_of(view.words)
        yield _matches(query) if query else false()
    for where in view.where:
        yield _condition(view, where, vocabulary)


def _matches(query: str) -> Condition:
    found: Select[int] = (
        select(literal_column("rowid"))
        .select_from(text("search"))
        .where(text("search MATCH :words").bindparams(words=query))
    )
    return schema.records.c.id.in_(found)


def _condition(view: View, where: Where, vocabulary: Vocabulary) -> Condition:
    kind = kind_of(view, where.field)
    if isinstance(kind, fields.Links):
        return conditions.link_condition(kind, where)
    column = _column(view, where.field)
    if isinstance(kind, fields.Count) and _is_without_number(where):
        # "?" and "tbd" have no number to compare
        precision = schema.tables[view.kinds[0]].c[f"{where.field}_precision"]
        return conditions.precision_condition(precision, where)
    return conditions.condition(
        column, kind.of if isinstance(kind, fields.Derived) else kind, where, vocabulary
    )


def _is_without_number(where: Where) -> bool:
    value = where.value
    return where.op == "empty" or (isinstance(value, values.Count) and value.number is None)


def _order(view: View, vocabulary: Vocabulary) -> Iterator[ColumnElement[Any]]:
    for key, is_descending in view.sort:
        if key == "ref":
            number = schema.records.c.number
            yield number.desc() if is_descending else number.asc()
            continue
        kind = kind_of(view, key)
        order = _sortable(
            view, key, kind.of if isinstance(kind, fields.Derived) else kind, vocabulary
        )
        yield order.desc().nulls_last() if is_descending else order.asc().nulls_last()
    if len(view.kinds) > 1:
        yield schema.records.c.kind
    yield schema.records.c.number


def _sortable(view: View, key: str, kind: FieldKind, vocabulary: Vocabulary) -> ColumnElement[Any]:
    match kind:
        case fields.Choice():
            return conditions.ranked(_column(view, key), kind.terms, vocabulary)
        case fields.Line() | fields.Prose():
            return func.nullif(_column(view, key), "").collate("NOCASE")
        case fields.Links():
            return _first_title(kind)
        case fields.Choices() | fields.Tags():
            return func.nullif(_column(view, key), "[]")
        case fields.Facts():
            return func.nullif(_column(view, key), "{}")
        case _:
            return _column(view, key)


def _first_title(kind: fields.Links) -> ColumnElement[Any]:
    near, far = (
        (schema.links.c.target, schema.links.c.source)
        if kind.mirror
        else (schema.links.c.source, schema.links.c.target)
    )
    other = schema.records.alias()
    found = (
        select(func.min(func.lower(other.c.title)))
        .join_from(schema.links, other, other.c.id == far)
        .where(
            near == schema.records.c.id, schema.links.c.role == kind.role, other.c.kind == kind.to
        )
    )
    return found.scalar_subquery()
