"""From one condition of a view to SQL, for every kind of field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias, assert_never, cast

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from riskreg.errors import Expected
from riskreg.records import fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.storage import schema
from riskreg.views import Where

Condition: TypeAlias = ColumnElement[bool]


def precision_condition(column: ColumnElement[Any], where: Where) -> Condition:
    """A condition on a count that asks for no number."""
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
            return link_condition(kind, where)
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
        return _compare(ranked(column, kind.terms, vocabulary), where.op, order)
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


def link_condition(kind: fields.Links, where: Where) -> Condition:
    """A condition on a link, from whichever side it is seen."""
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


def ranked(column: ColumnElement[Any], name: str, vocabulary: Vocabulary) -> ColumnElement[Any]:
    """A choice by its place in the list."""
    keys = vocabulary.terms_of(name).keys
    return case(
        {key: literal_column(str(place)) for place, key in enumerate(keys)},
        value=column,
        else_=None,
    )
