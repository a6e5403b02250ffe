"""Which column becomes which field, and how its cells are read: written as TOML, or found from the headers.

The keys are those of docs/user-guide.md, "Mapping files". A mapping that names what does not exist is
refused as a whole, with the place and the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from riskreg.errors import N_, Expected
from riskreg.exchange import headers
from riskreg.exchange.headers import FACTS, Target
from riskreg.records import KINDS, Record, every_field, fields, stored, values
from riskreg.records.fields import Value
from riskreg.records.jsons import from_json
from riskreg.records.terms import Vocabulary

Unmapped: TypeAlias = Literal["keep", "drop"]
NewNames: TypeAlias = Literal["create", "empty", "reject"]
ANYTHING: Final = "*"

_KNOWN: Final = frozenset(
    [
        "kind",
        "sheet",
        "header_row",
        "key",
        "zone",
        "unmapped",
        "columns",
        "formats",
        "precision",
        "values",
        "split",
        "references",
        "constants",
        "numbers",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How the rows of one sheet become records of one kind.

    Attributes:
        kind: The kind of record.
        columns: What each header becomes.
        sheet: The sheet's name; empty for the only one, or the first visible one.
        header_row: Where the headers stand, from 1; None to look for them.
        key: The fields that find an existing record, as targets; empty where every row is new.
        zone: For times that name none; empty for the organisation's.
        unmapped: What happens to other columns: kept as named facts, or dropped.
        formats: How text is read as a day or time (`strptime`), several where several occur, by target.
        precision: How exactly an instant is known, by field.
        meanings: What a text in the file means, by field; `*` for anything else.
        split: The sign between the members of a list, by field.
        references: What happens to a name that no record has, by link field.
        constants: Values of fields that no column gives.
        decimal: The sign before the decimals in text.
    """

    kind: str
    columns: Mapping[str, Target]
    sheet: str = ""
    header_row: int | None = None
    key: tuple[Target, ...] = ()
    zone: str = ""
    unmapped: Unmapped = "keep"
    formats: Mapping[Target, tuple[str, ...]] = field(default_factory=dict)
    precision: Mapping[str, values.Precision] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, NewNames] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    decimal: str = "."


class _Wrong(ValueError):
    """Where a mapping is wrong, and why (a msgid with its parameters)."""

    def __init__(self, where: str, reason: str, **parameters: str) -> None:
        super().__init__(reason)
        self.where = where
        self.reason = reason.format(**parameters)


def load(path: Path, vocabulary: Vocabulary) -> ColumnMap:
    """Read a mapping file; raises `Expected` ("map_unreadable", "map_wrong")."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Expected("map_unreadable", path=path.name, reason=reason) from None
    try:
        return _map(given, vocabulary)
    except _Wrong as wrong:
        raise Expected(
            "map_wrong", path=path.name, where=wrong.where, reason=wrong.reason
        ) from None


def _map(given: Mapping[str, Any], vocabulary: Vocabulary) -> ColumnMap:
    for key in given:
        if key not in _KNOWN:
            raise _Wrong(key, N_("there is no such setting"))
    kind = KINDS.get(str(given.get("kind", "")))
    if kind is None:
        raise _Wrong("kind", N_("use one of: {known}"), known=", ".join(KINDS))
    return ColumnMap(
        kind=kind.kind,
        columns={header: _target(kind, str(name), f"columns.{header}") for header, name in _table(given, "columns").items()},
        sheet=str(given.get("sheet", "")),
        header_row=given.get("header_row"),
        key=tuple(_target(kind, str(name), "key") for name in given.get("key", ())),
        zone=_zone(str(given.get("zone", ""))),
        unmapped=_one_of(given.get("unmapped", "keep"), get_args(Unmapped), "unmapped"),
        formats={_target(kind, name, f"formats.{name}"): _formats(form) for name, form in _table(given, "formats").items()},
        precision={_field(kind, name, f"precision.{name}"): _one_of(how, get_args(values.Precision), f"precision.{name}")
                   for name, how in _table(given, "precision").items()},
        meanings={_field(kind, name, f"values.{name}"): _choices(kind, name, table, vocabulary) for name, table in _table(given, "values").items()},
        split={_field(kind, name, f"split.{name}"): str(sign) for name, sign in _table(given, "split").items()},
        references={_field(kind, name, f"references.{name}"): _one_of(what, get_args(NewNames), f"references.{name}")
                    for name, what in _table(given, "references").items()},
        constants=_constants(kind, _table(given, "constants"), str(given.get("zone", ""))),
        decimal=_one_of(_table(given, "numbers").get("decimal", "."), (".", ","), "numbers.decimal"),
    )  # fmt: skip


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, Mapping):
        raise _Wrong(name, N_("a table is expected"))
    return table


def _target(kind: type[Record], name: str, where: str) -> Target:
    key, _, rest = name.partition(".")
    if key == FACTS and rest:
        return Target(FACTS, name=rest)
    if key in stored(kind) or key in ("ref", "version") or key in every_field(kind):
        part = rest or "value"
        if part in ("value", "exact", "precision"):
            return Target(key, part)  # type: ignore[arg-type]
    raise _Wrong(where, N_("{kind} has no field {field}"), kind=kind.kind, field=name)


def _field(kind: type[Record], name: str, where: str) -> str:
    return _target(kind, name, where).key


def _one_of(given: object, known: Sequence[str], where: str) -> Any:  # noqa: ANN401
    if given not in known:
        raise _Wrong(where, N_("use one of: {known}"), known=", ".join(known))
    return given


def _zone(name: str) -> str:
    if name:
        try:
            values.zone_of(name)
        except values.Unfit as unfit:
            raise _Wrong("zone", str(unfit)) from None
    return name


def _formats(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _choices(
    kind: type[Record], name: str, table: Mapping[str, str], vocabulary: Vocabulary
) -> Mapping[str, str]:
    what = every_field(kind).get(name)
    if isinstance(what, fields.Choice | fields.Choices):
        known = vocabulary.terms_of(what.terms).keys
        for text, key in table.items():
            if key not in known and key != "":
                raise _Wrong(
                    f"values.{name}.{text}", N_("use one of: {known}"), known=", ".join(known)
                )
    return dict(table)


def _constants(kind: type[Record], table: Mapping[str, Any], zone: str) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, given in table.items():
        what = stored(kind).get(name)
        if what is None:
            raise _Wrong(
                f"constants.{name}", N_("{kind} has no field {field}"), kind=kind.kind, field=name
            )
        try:
            found[name] = from_json(what, given, zone)
        except values.Unfit as unfit:
            raise _Wrong(f"constants.{name}", str(unfit)) from None
    return found


def automatic(kind: str, names: Iterable[str], key: Sequence[str] = ()) -> ColumnMap:
    """The mapping that the headers themselves give: by key or label in any language, the rest kept as facts."""
    found = {
        name: target
        for name in names
        if name and (target := headers.target_of(KINDS[kind], name)) is not None
    }
    wanted = tuple(_target(KINDS[kind], name, "key") for name in key) or tuple(
        _usual_key(found.values())
    )
    return ColumnMap(kind=kind, columns=found, key=wanted)


def _usual_key(targets: Iterable[Target]) -> Iterator[Target]:
    """A ref finds its record; without refs the number another system gave does."""
    known = {target.key for target in targets}
    for key in ("ref", "external_ref"):
        if key in known:
            yield Target(key)
            return


def keyed(kind: str, names: Sequence[str]) -> tuple[Target, ...]:
    """Key fields as a person named them; raises `Expected` ("no_field")."""
    try:
        return tuple(_target(KINDS[kind], name.strip(), "key") for name in names)
    except _Wrong:
        known = ", ".join(["ref", *stored(KINDS[kind])])
        raise Expected("no_field", kind=kind, field=", ".join(names), known=known) from None
