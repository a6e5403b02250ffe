"""Conditions on a column, as people choose and read them; built from the kinds of field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, assert_never, cast

from riskreg.errors import N_
from riskreg.formats import NO_NAMES, format_value, listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.views import Name, Op, Where


class Operator(NamedTuple):
    """One way to compare: the operator, its words in a list, and how a condition reads with the value filled in."""

    op: Op
    words: str
    reads: str


CONTAINS: Final = Operator("contains", N_("contains"), N_("{field} contains “{value}”"))
IS_ONE_OF: Final = Operator("in", N_("is one of"), N_("{field}: {value}"))
HAS_ONE_OF: Final = Operator("in", N_("has one of"), N_("{field}: {value}"))
IS: Final = Operator("=", N_("is"), N_("{field}: {value}"))
IS_NOT: Final = Operator("!=", N_("is not"), N_("{field} is not {value}"))
FROM_DAY: Final = Operator(">=", N_("on or after"), N_("{field} from {value}"))
BEFORE_DAY: Final = Operator("<", N_("before"), N_("{field} before {value}"))
ON_DAY: Final = Operator("=", N_("on"), N_("{field}: {value}"))
AFTER_DAY: Final = Operator(">", N_("after"), N_("{field} after {value}"))
NEXT_DAYS: Final = Operator("within", N_("in the next days"), "")
LAST_DAYS: Final = Operator("within", N_("in the last days"), "")
AT_LEAST: Final = Operator(">=", N_("is at least"), N_("{field} ≥ {value}"))
AT_MOST: Final = Operator("<=", N_("is at most"), N_("{field} ≤ {value}"))
HAS_TAG: Final = Operator("contains", N_("has the tag"), N_("{field}: {value}"))
IS_LINKED: Final = Operator("contains", N_("is"), N_("{field}: {value}"))
HAS_LINK: Final = Operator("contains", N_("has"), N_("{field}: {value}"))
EMPTY: Final = Operator("empty", N_("is empty"), N_("{field} is empty"))
NOT_EMPTY: Final = Operator("empty", N_("is not empty"), N_("{field} is not empty"))
_NEXT: Final = NN_("{field} today or in the next day", "{field} today or in the next {number} days")
_LAST: Final = NN_("{field} today or in the last day", "{field} today or in the last {number} days")


def operators(kind: FieldKind) -> tuple[Operator, ...]:
    """The ways to compare values of a kind, the usual one first."""
    match kind:
        case fields.Line():
            return (CONTAINS, IS, IS_NOT, EMPTY, NOT_EMPTY)
        case fields.Prose() | fields.Facts():
            return (CONTAINS, EMPTY, NOT_EMPTY)
        case fields.Tags():
            return (HAS_TAG, EMPTY, NOT_EMPTY)
        case fields.Choice():
            return (IS_ONE_OF, IS_NOT, EMPTY, NOT_EMPTY)
        case fields.Choices():
            return (HAS_ONE_OF, EMPTY, NOT_EMPTY)
        case fields.YesNo():
            return (IS, EMPTY, NOT_EMPTY)
        case fields.Day():
            return (NEXT_DAYS, LAST_DAYS, ON_DAY, FROM_DAY, AFTER_DAY, BEFORE_DAY, EMPTY, NOT_EMPTY)
        case fields.Instant():
            return (LAST_DAYS, NEXT_DAYS, FROM_DAY, BEFORE_DAY, EMPTY, NOT_EMPTY)
        case fields.Count() | fields.Money() | fields.Duration() | fields.Score():
            return (AT_LEAST, AT_MOST, IS, IS_NOT, EMPTY, NOT_EMPTY)
        case fields.Links():
            return (
                (IS_LINKED, IS_NOT, EMPTY, NOT_EMPTY) if kind.one else (HAS_LINK, EMPTY, NOT_EMPTY)
            )
        case fields.Derived():
            return operators(kind.of)
        case _:
            assert_never(kind)


def can_filter(key: str, kind: FieldKind) -> bool:
    """A person may narrow a list by this column."""
    return not kind.retired and key not in ("deleted_at", "other_facts")


def is_listed(kind: FieldKind) -> fields.Choice | fields.Choices | None:
    """The kind whose list of choices is offered, where there is one."""
    if isinstance(kind, fields.Derived):
        return is_listed(kind.of)
    return kind if isinstance(kind, fields.Choice | fields.Choices) else None


def words(
    where: Where,
    kind: FieldKind,
    label: str,
    t: Translator,
    vocabulary: Vocabulary,
    names: Mapping[int, Name] = NO_NAMES,
) -> str:
    """A condition as it stands on its chip: `Status: Open, Treated`."""
    if where.op == "within":
        days = int(cast("int", where.value))
        forms = _NEXT if days >= 0 else _LAST
        return t.ngettext(*forms, abs(days)).format(field=label, number=number_words(abs(days)))
    operator = _operator(where, kind)
    return t.gettext(operator.reads).format(
        field=label, value=_value(where, kind, t, vocabulary, names)
    )


def operator_of(where: Where, kind: FieldKind) -> Operator:
    """The way to compare that a condition uses."""
    return _operator(where, kind)


def _operator(where: Where, kind: FieldKind) -> Operator:
    if where.op == "empty":
        return EMPTY if where.value else NOT_EMPTY
    if where.op == "within":
        return NEXT_DAYS if int(cast("int", where.value)) >= 0 else LAST_DAYS
    known = (*operators(kind), IS, IS_NOT, AT_LEAST, AT_MOST, CONTAINS)
    return next((each for each in known if each.op == where.op), IS)


def _value(
    where: Where, kind: FieldKind, t: Translator, vocabulary: Vocabulary, names: Mapping[int, Name]
) -> str:
    if where.op == "empty":
        return ""
    members = where.value if where.op == "in" and isinstance(where.value, tuple) else (where.value,)
    return listed(
        (_member(cast("Value", member), kind, t, vocabulary, names) for member in members), t
    )


def _member(
    value: Value, kind: FieldKind, t: Translator, vocabulary: Vocabulary, names: Mapping[int, Name]
) -> str:
    """One member of a value; a member of a list stands alone in a condition."""
    if isinstance(value, str) and not is_listed(kind):
        return value
    if isinstance(kind, fields.Choices) and isinstance(value, str):
        return vocabulary.terms_of(kind.terms).label(value, t.language)
    if isinstance(kind, fields.Links) and isinstance(value, int):
        value = frozenset({value})
    return format_value(kind, value, t, vocabulary, names)
