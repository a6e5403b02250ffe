"""From a view to SQL: which records answer, in which order, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias, assert_never, cast

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects import sqlite

from riskreg.errors import Expected
from riskreg.records import KINDS, columns, fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.storage import schema, search
from riskreg.views import View, Where

_RECORD_COLUMNS: Final = {
    "ref": schema.records.c.ref,
    "title": schema.records.c.title,
    "due_at": schema.records.c.due_at,
    "created_at": schema.records.c.created_at,
    "updated_at": schema.records.c.updated_at,
    "deleted_at": schema.records.c.deleted_at,
}
Condition: TypeAlias = ColumnElement[bool]


def kind_of(view: View, key: str) -> FieldKind:
    """The declaration of a column of a view; raises `Expected` ("no_field", "no_kind")."""
    for name in view.kinds:
        if name not in KINDS:
            raise Expected("no_kind", kind=name, known=", ".join(KINDS))
    known = columns(KINDS[view.kinds[0]])
    if key not in known or (len(view.kinds) > 1 and key not in _RECORD_COLUMNS):
        names = known if len(view.kinds) == 1 else _RECORD_COLUMNS
        raise Expected("no_field", kind=", ".join(view.kinds), field=key, known=", ".join(names))
    return known[key]


def _column(view: View, key: str) -> ColumnElement[Any]:
    if key in _RECORD_COLUMNS:
        return _RECORD_COLUMNS[key]
    return schema.tables[view.kinds[0]].c[key]


def _source(view: View, keys: Sequence[str]) -> FromClause:
    """`records`, joined with the table of the kind only where a column of it is asked for."""
    own = [
        key
        for key in keys
        if key not in _RECORD_COLUMNS and not isinstance(kind_of(view, key), fields.Links)
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
    if key in _RECORD_COLUMNS:
        return [_RECORD_COLUMNS[key]]
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
        return _link_condition(kind, where)
    column = _column(view, where.field)
    if isinstance(kind, fields.Count) and _is_without_number(where):
        # "?" and "tbd" have no number to compare
        precision = schema.tables[view.kinds[0]].c[f"{where.field}_precision"]
        return _precision_condition(precision, where)
    return condition(
        column, kind.of if isinstance(kind, fields.Derived) else kind, where, vocabulary
    )


def _is_without_number(where: Where) -> bool:
    value = where.value
    return where.op == "empty" or (isinstance(value, values.Count) and value.number is None)


def _precision_condition(column: ColumnElement[Any], where: Where) -> Condition:
    if where.op == "empty":
        return column.is_(None) if where.value else column.is_not(None)
    if where.op in ("=", "!="):
        return _compare(column, where.op, cast("values.Count", where.value).precision)
    return false()


def condition(
    column: ColumnElement[Any], kind: FieldKind, where: Where, vocabulary: Vocabulary
) -> Condition:
    """One condition on one column, for every kind of field."""
    match kind:
        case fields.Line() | fields.Prose():
            return _text_condition(column, where)
        case fields.Choice():
            return _choice_condition(column, kind, where, vocabulary)
        case fields.Choices() | fields.Tags():
            return _list_condition(column, kind, where)
        case fields.Facts():
            return _facts_condition(column, where)
        case fields.Day() | fields.YesNo() | fields.Duration() | fields.Score():
            return _plain_condition(column, kind, where)
        case fields.Count() | fields.Money() | fields.Instant():
            return _plain_condition(column, kind, where)
        case fields.Links():
            return _link_condition(kind, where)
        case fields.Derived():
            return condition(column, kind.of, where, vocabulary)
        case _:
            assert_never(kind)


_COMPARE: Final[dict[str, Callable[[ColumnElement[Any], Any], Condition]]] = {
    "=": lambda column, value: column == value,
    "!=": lambda column, value: or_(column != value, column.is_(None)),
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
}


def _compare(column: ColumnElement[Any], op: str, value: Any) -> Condition:  # noqa: ANN401
    if op not in _COMPARE:
        raise Expected("bad_filter", filter=op)
    return _COMPARE[op](column, value)


def _all(where: Where) -> tuple[Value, ...]:
    return (
        cast("tuple[Value, ...]", where.value) if isinstance(where.value, tuple) else (where.value,)
    )


def _plain_condition(column: ColumnElement[Any], kind: FieldKind, where: Where) -> Condition:
    if where.op == "empty":
        return column.is_(None) if where.value else column.is_not(None)
    if where.op in ("in", "contains"):
        return column.in_([_first(kind, value) for value in _all(where)])
    return _compare(column, where.op, _first(kind, cast("Value", where.value)))


def _first(kind: FieldKind, value: Value) -> Any:  # noqa: ANN401
    """The leading storage column of a value: the moment of an instant, the number of a count."""
    if isinstance(value, date) and isinstance(kind, fields.Instant):
        return value.isoformat()
    return schema.to_stored(kind, value)[0]


def _text_condition(column: ColumnElement[Any], where: Where) -> Condition:
    match where.op:
        case "empty":
            return column == "" if where.value else column != ""
        case "contains":
            return _holds(column, str(where.value))
        case "in":
            return column.in_([str(value) for value in _all(where)])
        case "=" | "!=":
            return _compare(column, where.op, str(where.value))
        case _:
            return and_(column != "", _compare(column, where.op, str(where.value)))


def _holds(column: ColumnElement[Any], words: str) -> Condition:
    """Ignoring case; SQLite's own `lower`, which knows ASCII alone, is ten times faster where it will do."""
    wanted = words.casefold()
    has_case = any(char.lower() != char.upper() for char in words if not char.isascii())
    folded = func.casefold(column) if has_case else func.lower(column)
    return func.instr(folded, wanted) > 0


def _choice_condition(
    column: ColumnElement[Any], kind: fields.Choice, where: Where, vocabulary: Vocabulary
) -> Condition:
    if where.op in ("<", "<=", ">", ">="):
        order = vocabulary.terms_of(kind.terms).order(str(where.value))
        return _compare(_ranked(column, kind.terms, vocabulary), where.op, order)
    return _plain_condition(column, kind, where)


def _list_condition(column: ColumnElement[Any], kind: FieldKind, where: Where) -> Condition:
    match where.op:
        case "empty":
            return column == "[]" if where.value else column != "[]"
        case "=" | "!=":
            wanted = where.value if isinstance(where.value, frozenset) else frozenset(_all(where))
            return _compare(column, where.op, schema.to_stored(kind, cast("Value", wanted))[0])
        case "contains" | "in":
            return or_(*(_has_member(column, value) for value in _members(where)))
        case _:
            raise Expected("bad_filter", filter=f"{where.field} {where.op}")


def _members(where: Where) -> list[str]:
    if isinstance(where.value, frozenset):
        return sorted(map(str, where.value))
    return [str(value) for value in _all(where)]


def _has_member(column: ColumnElement[Any], value: str) -> Condition:
    """One of the texts of a JSON array; the first test is quick, the second exact."""
    member = func.json_each(column).table_valued("value")
    is_member = exists(select(member.c.value).where(member.c.value == value))
    return and_(func.instr(column, schema.compact(value)) > 0, is_member)


def _facts_condition(column: ColumnElement[Any], where: Where) -> Condition:
    match where.op:
        case "empty":
            return column == "{}" if where.value else column != "{}"
        case "contains":
            return _holds(column, str(where.value))
        case "=":
            return column == schema.to_stored(fields.Facts(label=""), cast("Value", where.value))[0]
        case _:
            raise Expected("bad_filter", filter=f"{where.field} {where.op}")


def _link_condition(kind: fields.Links, where: Where) -> Condition:
    near, far = (
        (schema.links.c.target, schema.links.c.source)
        if kind.mirror
        else (schema.links.c.source, schema.links.c.target)
    )
    any_link = select(far).where(near == schema.records.c.id, schema.links.c.role == kind.role)
    if kind.mirror:
        other = schema.records.alias()
        any_link = any_link.where(far.in_(select(other.c.id).where(other.c.kind == kind.to)))
    wanted = (
        sorted(cast("frozenset[int]", where.value))
        if isinstance(where.value, frozenset)
        else [value for value in _all(where)]
    )
    match where.op:
        case "empty":
            return not_(exists(any_link)) if where.value else exists(any_link)
        case "contains" | "in":
            return exists(any_link.where(far.in_(wanted)))
        case "=" | "!=":
            each = [exists(any_link.where(far == value)) for value in wanted]
            same = and_(true(), *each, not_(exists(any_link.where(far.not_in(wanted)))))
            return same if where.op == "=" else not_(same)
        case _:
            raise Expected("bad_filter", filter=f"{where.field} {where.op}")


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
            return _ranked(_column(view, key), kind.terms, vocabulary)
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


def _ranked(column: ColumnElement[Any], name: str, vocabulary: Vocabulary) -> ColumnElement[Any]:
    """A choice by its place in the list."""
    keys = vocabulary.terms_of(name).keys
    return case(
        {key: literal_column(str(place)) for place, key in enumerate(keys)},
        value=column,
        else_=None,
    )


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
