"""Which column becomes which field, and how its cells are read: read from TOML and written as it, or found from the headers.

The keys are those of docs/user-guide.md, "Mapping files". A mapping that names what does not exist is
refused as a whole, with the place and the reason. What `dumps` writes, `loads` reads as the same mapping.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

import tomli_w

from riskreg.errors import N_, Expected
from riskreg.exchange import beside, encodings, headers
from riskreg.exchange.headers import FACTS, Target
from riskreg.records import KINDS, Record, every_field, fields, stored, values
from riskreg.records.fields import Value
from riskreg.records.jsons import from_json, to_json
from riskreg.records.terms import Vocabulary

Unmapped: TypeAlias = Literal["keep", "drop"]
NewNames: TypeAlias = Literal["create", "empty", "reject"]
Meaning: TypeAlias = str | int | bool
"""What a text in the file means: the key of a choice, a name, a score, yes or no; "" for nothing."""
ANYTHING: Final = "*"
_V = TypeVar("_V")

_KNOWN: Final = frozenset(
    [
        "kind",
        "sheet",
        "header_row",
        "encoding",
        "delimiter",
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
        "new_only",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How the rows of one sheet become records of one kind.

    Attributes:
        kind: The kind of record.
        columns: What each header becomes; a field of a record beside the row's own (`beside`) is named with it
            in every setting.
        sheet: The sheet's name; empty for the only one, or the first visible one.
        header_row: Where the headers stand, from 1; None to look for them.
        encoding: Of a CSV file, as Python calls it; empty to find it.
        delimiter: The sign between the cells of a CSV file; empty to find it.
        key: The fields that find an existing record, as targets; empty where every row is new.
        zone: For times that name none; empty for the organisation's.
        unmapped: What happens to other columns: kept as named facts, or dropped.
        left_out: Headers of columns that are dropped whatever happens to the others.
        formats: How text is read as a day or time (`strptime`), several where several occur, by target.
        precision: How exactly an instant is known, by field.
        meanings: What a text in the file means, by field; `*` for any other choice.
        split: The sign between the members of a list, by field.
        references: What happens to a name that no record has, by link field.
        constants: Values of fields that no column gives.
        new_only: Fields that only a new record gets; one that is found keeps its own.
        decimal: The sign before the decimals in text; empty where none was said, and what is unclear is refused.
    """

    kind: str
    columns: Mapping[str, Target]
    sheet: str = ""
    header_row: int | None = None
    encoding: str = ""
    delimiter: str = ""
    key: tuple[Target, ...] = ()
    zone: str = ""
    unmapped: Unmapped = "keep"
    left_out: frozenset[str] = frozenset()
    formats: Mapping[Target, tuple[str, ...]] = field(default_factory=dict)
    precision: Mapping[str, values.Precision] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, Meaning]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, NewNames] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    new_only: frozenset[str] = frozenset()
    decimal: str = ""

    def beside(self) -> Mapping[str, ColumnMap]:
        """How the rows become the records beside their own, by slot."""
        slots = dict.fromkeys(target.of for target in self.columns.values() if target.of)
        return {slot: self._of(slot) for slot in slots}

    def _of(self, slot: str) -> ColumnMap:
        def own(table: Mapping[str, _V]) -> dict[str, _V]:
            start = f"{slot}."
            return {
                key.removeprefix(start): each
                for key, each in table.items()
                if key.startswith(start)
            }

        return replace(
            self,
            kind=beside.kind_of(slot).kind,
            columns={
                header: target._replace(of="")
                for header, target in self.columns.items()
                if target.of == slot
            },
            key=(),
            unmapped="drop",
            left_out=frozenset(),
            formats={
                target._replace(of=""): forms
                for target, forms in self.formats.items()
                if target.of == slot
            },
            precision=own(self.precision),
            meanings=own(self.meanings),
            split=own(self.split),
            references=own(self.references),
            new_only=frozenset(own(dict.fromkeys(self.new_only, ""))),
            constants=own(self.constants),
        )


class _Wrong(ValueError):
    """Where a mapping is wrong, and why (a msgid with its parameters)."""

    def __init__(self, where: str, reason: str, **parameters: str) -> None:
        super().__init__(reason)
        self.where = where
        self.reason = reason.format(**parameters)


def load(path: Path, vocabulary: Vocabulary) -> ColumnMap:
    """Read a mapping file; raises `Expected` ("map_unreadable", "map_wrong")."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Expected("map_unreadable", path=path.name, reason=reason) from None
    return loads(text, vocabulary, path.name)


def loads(text: str, vocabulary: Vocabulary, name: str) -> ColumnMap:
    """Read the text of a mapping called `name`; raises `Expected` ("map_unreadable", "map_wrong")."""
    try:
        return _map(tomllib.loads(text), vocabulary)
    except tomllib.TOMLDecodeError as error:
        raise Expected("map_unreadable", path=name, reason=str(error)) from None
    except _Wrong as wrong:
        raise Expected("map_wrong", path=name, where=wrong.where, reason=wrong.reason) from None


def dumps(map: ColumnMap) -> str:
    """The text of a mapping, without what it leaves at the usual."""
    kind = KINDS[map.kind]
    columns = {header: str(target) for header, target in map.columns.items()}
    told: dict[str, Any] = {
        "kind": map.kind,
        "sheet": map.sheet,
        "header_row": map.header_row,
        "encoding": map.encoding,
        "delimiter": map.delimiter,
        "key": [str(target) for target in map.key],
        "zone": map.zone,
        "new_only": sorted(map.new_only),
        "unmapped": map.unmapped,
        "columns": columns | dict.fromkeys(sorted(map.left_out), ""),
        "formats": {str(target): _one_or_all(forms) for target, forms in map.formats.items()},
        "precision": dict(map.precision),
        "values": {key: dict(table) for key, table in map.meanings.items()},
        "split": dict(map.split),
        "references": dict(map.references),
        "constants": {key: _constant(kind, key, value) for key, value in map.constants.items()},
        "numbers": {"decimal": map.decimal} if map.decimal else {},
    }  # fmt: skip
    return tomli_w.dumps({key: value for key, value in told.items() if value or key == "columns"})


def _constant(kind: type[Record], name: str, value: Value) -> Any:  # noqa: ANN401
    found = beside.named(kind, name)
    return to_json(stored(found.kind)[found.key], value)


def _one_or_all(forms: tuple[str, ...]) -> str | list[str]:
    return forms[0] if len(forms) == 1 else list(forms)


def _map(given: Mapping[str, Any], vocabulary: Vocabulary) -> ColumnMap:
    for key in given:
        if key not in _KNOWN:
            raise _Wrong(key, N_("there is no such setting"))
    kind = KINDS.get(str(given.get("kind", "")))
    if kind is None:
        raise _Wrong("kind", N_("use one of: {known}"), known=", ".join(KINDS))
    columns = {header: str(name) for header, name in _table(given, "columns").items()}
    return ColumnMap(
        kind=kind.kind,
        columns={header: _target(kind, name, f"columns.{header}") for header, name in columns.items() if name},
        left_out=frozenset(header for header, name in columns.items() if not name),
        sheet=str(given.get("sheet", "")),
        header_row=_header_row(given.get("header_row")),
        encoding=_one_of(given.get("encoding", ""), ("", *encodings.NAMES), "encoding"),
        delimiter=_one_of(given.get("delimiter", ""), ("", *encodings.DELIMITERS), "delimiter"),
        key=tuple(_key(kind, str(name)) for name in given.get("key", ())),
        zone=_zone(str(given.get("zone", ""))),
        new_only=frozenset(_field(kind, str(name), "new_only") for name in given.get("new_only", ())),
        unmapped=_one_of(given.get("unmapped", "keep"), get_args(Unmapped), "unmapped"),
        formats={_target(kind, name, f"formats.{name}"): _formats(form) for name, form in _table(given, "formats").items()},
        precision={_field(kind, name, f"precision.{name}"): _one_of(how, get_args(values.Precision), f"precision.{name}")
                   for name, how in _table(given, "precision").items()},
        meanings={_field(kind, name, f"values.{name}"): _meanings(kind, name, _table(_table(given, "values"), name), vocabulary)
                  for name in _table(given, "values")},
        split={_field(kind, name, f"split.{name}"): str(sign) for name, sign in _table(given, "split").items()},
        references={_field(kind, name, f"references.{name}"): _one_of(what, get_args(NewNames), f"references.{name}")
                    for name, what in _table(given, "references").items()},
        constants=_constants(kind, _table(given, "constants"), str(given.get("zone", ""))),
        decimal=_one_of(_table(given, "numbers").get("decimal", ""), ("", ".", ","), "numbers.decimal"),
    )  # fmt: skip


def _key(kind: type[Record], name: str) -> Target:
    """A field that finds the row's own record."""
    found = _target(kind, name, "key")
    if found.of:
        raise _Wrong("key", N_("{kind} has no field {field}"), kind=kind.kind, field=name)
    return found


def _header_row(given: object) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given >= 1):
        return given
    raise _Wrong("header_row", N_("a row from 1 on is expected"))


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, Mapping):
        raise _Wrong(name, N_("a table is expected"))
    return table


def _target(kind: type[Record], name: str, where: str) -> Target:
    found = beside.named(kind, name)
    if found.of:
        return _beside(kind, found, name, where)
    key, _, rest = name.partition(".")
    if key == FACTS and rest:
        return Target(FACTS, name=rest)
    if key in stored(kind) or key in ("ref", "version") or key in every_field(kind):
        part = rest or "value"
        if part in ("value", "exact", "precision"):
            return Target(key, part)  # type: ignore[arg-type]
    raise _Wrong(where, N_("{kind} has no field {field}"), kind=kind.kind, field=name)


def _beside(kind: type[Record], found: beside.Named, name: str, where: str) -> Target:
    key, _, rest = found.key.partition(".")
    is_held = beside.can_hold(found._replace(key=key), kind.kind)
    if not is_held or rest not in ("", "value", "exact", "precision"):
        raise _Wrong(where, N_("{kind} has no field {field}"), kind=kind.kind, field=name)
    return Target(key, rest or "value", of=found.of)  # type: ignore[arg-type]


def _field(kind: type[Record], name: str, where: str) -> str:
    return _target(kind, name, where).field


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


def _meanings(
    kind: type[Record], name: str, table: Mapping[str, Any], vocabulary: Vocabulary
) -> Mapping[str, Meaning]:
    what = beside.named(kind, name).what
    for text, meaning in table.items():
        where = f"values.{name}.{text}"
        if meaning == "":
            continue
        match what:
            case fields.Choice() | fields.Choices():
                known = vocabulary.terms_of(what.terms).keys
                if meaning not in known:
                    raise _Wrong(where, N_("use one of: {known}"), known=", ".join(known))
            case fields.Score() | fields.Duration():
                if not isinstance(meaning, int) or isinstance(meaning, bool):
                    raise _Wrong(where, N_("a whole number is expected"))
            case fields.YesNo():
                if not isinstance(meaning, bool):
                    raise _Wrong(where, N_("use one of: {known}"), known="true, false")
            case _:
                if not isinstance(meaning, str):
                    raise _Wrong(where, N_("text is expected"))
    return dict(table)


def _constants(kind: type[Record], table: Mapping[str, Any], zone: str) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, given in table.items():
        of = beside.named(kind, name)
        what = stored(of.kind).get(of.key)
        if what is None or (of.of and not beside.can_hold(of, kind.kind)):
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
        return tuple(_key(KINDS[kind], name.strip()) for name in names)
    except _Wrong:
        known = ", ".join(["ref", *stored(KINDS[kind])])
        raise Expected("no_field", kind=kind, field=", ".join(names), known=known) from None
