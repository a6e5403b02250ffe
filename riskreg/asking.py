"""Questions as the command line types them, and records as it prints them.

One language-free form (`records.jsons`) is printed by `show --json` and `list --json` and read by
`set`, `add` and `--filter`; links are refs in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeAlias, cast

from riskreg.errors import N_, BadValue, Expected
from riskreg.records import KINDS, SYSTEM, Record, columns, every_field, fields, values
from riskreg.records.check import shown
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json, from_json, to_json
from riskreg.records.values import Unfit
from riskreg.views import Name, Op, Reader, Row, View, Where

Ids: TypeAlias = frozenset[int]


def kind_of(name: str) -> type[Record]:
    """The kind with this key; raises `Expected` ("no_kind")."""
    if name not in KINDS:
        raise Expected("no_kind", kind=shown(name), known=", ".join(KINDS))
    return KINDS[name]


# Records


def as_json(reader: Reader, id: int) -> dict[str, Json]:
    """A record as `show --json` prints it: every field by its key, links as lists of refs."""
    record, links = reader.record(id), reader.links(id)
    kinds = every_field(type(record))
    found = {
        key: links.get(key, frozenset()) if isinstance(what, fields.Links) else record.get(key)
        for key, what in kinds.items()
    }
    found |= {key: record.get(key) for key in SYSTEM}
    names = reader.names(_linked(type(record), found.values(), list(found)))
    writer = JsonWriter(names, reader.organisation().zone)
    about: dict[str, Json] = {"kind": record.kind, "ref": record.ref, "version": record.version}
    rest = {key: value for key, value in found.items() if key not in about}
    return about | {
        key: writer.value(key, columns(type(record))[key], value) for key, value in rest.items()
    }


def rows_as_json(reader: Reader, view: View, rows: Sequence[Row]) -> list[dict[str, Json]]:
    """Rows of one kind as `list --json` prints them: the columns of the view by key, and the ref."""
    what = kind_of(view.kinds[0])
    kinds = [columns(what)[key] for key in view.columns]
    ids = {id for row in rows for id in _linked(what, row.values, view.columns)}
    writer = JsonWriter(reader.names(ids), reader.organisation().zone)
    found = []
    for row in rows:
        cells = zip(view.columns, kinds, row.values, strict=True)
        found.append({key: writer.value(key, column, value) for key, column, value in cells})
    return found


class JsonWriter(NamedTuple):
    """Writes values as JSON: links as refs, the moments that the door noted in `zone`."""

    names: Mapping[int, Name]
    zone: str

    def value(self, key: str, kind: FieldKind, value: Value) -> Json:
        """A value of the column `key` as `show --json` prints it."""
        if isinstance(kind, fields.Links):
            ids = sorted(cast("Ids", value))
            return [self.names[id].ref for id in ids if id in self.names]
        if key in SYSTEM and isinstance(value, values.Instant):
            return str(replace(value, zone=self.zone))
        return to_json(kind, value)


def _linked(kind: type[Record], found: Iterable[Value], keys: Sequence[str]) -> set[int]:
    """The ids that the links among these values name."""
    known = columns(kind)
    links = (
        value
        for key, value in zip(keys, found, strict=True)
        if isinstance(known[key], fields.Links)
    )
    return {id for value in links for id in cast("Ids", value)}


# Conditions


_OPS: Final[Mapping[str, Op]] = {
    "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
    "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
    "contains": "contains", "in": "in", "empty": "empty",
}  # fmt: skip
"""Operators, also as words, for shells in which `<` and `>` mean something else."""

_WORDS: Final = "|".join(word for word in _OPS if word.isalpha())
_FILTER: Final = re.compile(
    rf"(?P<field>\w+)\s*(?P<op>!=|<=|>=|=|<|>|(?<=\s)(?:{_WORDS})\b)(?P<value>.*)",
    re.DOTALL | re.IGNORECASE,
)


def where_of(reader: Reader, kind: str, text: str) -> Where:
    """Read `FIELD OP VALUE`.

    An empty value asks for records where the field is empty (`=`) or is not (`!=`).

    Raises:
        Expected: It cannot be read ("bad_filter", "no_field", "bad_value", "no_record").
    """
    match = _FILTER.fullmatch(text.strip())
    if match is None:
        raise Expected("bad_filter", filter=shown(text, 80))
    key, op, value = match["field"], _OPS[match["op"].lower()], match["value"].strip()
    what = columns(kind_of(kind)).get(key)
    if what is None:
        raise no_field(kind_of(kind), key, columns(kind_of(kind)))
    if op == "empty":
        return Where(key, "empty", _is_yes(value, text))
    if not value:
        if op not in ("=", "!="):
            raise Expected("bad_filter", filter=shown(text, 80))
        return Where(key, "empty", op == "=")
    return Where(key, op, _Condition(reader, kind, key, what).value(op, value))


def _is_yes(value: str, text: str) -> bool:
    """What stands after `empty`: nothing or yes, or no."""
    try:
        found = from_json(fields.YesNo(label=""), value or "yes")
    except Unfit:
        raise Expected("bad_filter", filter=shown(text, 80)) from None
    return bool(found)


@dataclass(frozen=True, slots=True)
class _Condition:
    """Reads the value of a condition on one column."""

    reader: Reader
    kind: str
    key: str
    what: FieldKind

    def value(self, op: Op, text: str) -> Value | tuple[Value, ...]:
        """The value as `Where` wants it for this operator."""
        if op == "in":
            return tuple(self._one(part) for part in parts(text))
        if op == "contains":
            if isinstance(self.what, fields.Line | fields.Prose | fields.Facts):
                return text
            return self._one(text)
        if isinstance(self.what, fields.Links):
            return frozenset(cast("int", self._one(part)) for part in parts(text))
        return self._whole(text)

    def _one(self, part: Json) -> Value:
        """One member of a list, one link, or the value itself."""
        if isinstance(self.what, fields.Links):
            return self.reader.find(str(part))
        if isinstance(self.what, fields.Choices | fields.Tags):
            members = cast("frozenset[str]", self._whole([str(part)]))
            return next(iter(members), "")
        return self._whole(part)

    def _whole(self, given: Json) -> Value:
        try:
            found = from_json(self.what, decoded(self.what, given), self.reader.organisation().zone)
        except Unfit as unfit:
            raise BadValue(self.key, shown(str(given)), unfit.reason, **unfit.parameters) from None
        self._check_terms(found)
        return found

    def _check_terms(self, found: Value) -> None:
        """Refuse a choice that no record can have: the answer would be empty, and look like one."""
        of = self.what.of if isinstance(self.what, fields.Derived) else self.what
        if not isinstance(of, fields.Choice | fields.Choices):
            return
        terms = self.reader.vocabulary.terms_of(of.terms)
        for key in {found} if isinstance(found, str) else cast("frozenset[str]", found):
            if key not in terms.keys:
                reason = N_("it is not in the list; use one of: {known}")
                raise BadValue(self.key, shown(key), reason, known=", ".join(terms.keys))


# Shared with `editing`


def decoded(what: FieldKind, given: Json) -> Json:
    """Text that is JSON where a list or an object is wanted; a line may begin with a bracket."""
    if not isinstance(given, str) or not given.lstrip().startswith(("[", "{")):
        return given
    if not isinstance(what, fields.Choices | fields.Tags | fields.Links | fields.Facts):
        return given
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        raise Unfit(N_("it begins like JSON but is not JSON")) from None


def parts(given: Json) -> list[Json]:
    """The members of a list that is given as an array or as `a,b`."""
    if isinstance(given, str) and given.lstrip().startswith("["):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            given = given.split(",")
    parts = given.split(",") if isinstance(given, str) else given
    return [part.strip() if isinstance(part, str) else part for part in parts]


def no_field(kind: type[Record], key: str, known: Mapping[str, FieldKind]) -> Expected:
    """The failure that names a field which the kind does not have, and those it has."""
    return Expected("no_field", kind=kind.kind, field=shown(key), known=", ".join(known))
