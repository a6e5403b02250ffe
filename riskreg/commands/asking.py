"""Commands that ask: list, show, bin, fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import Final, cast

from riskreg.asking import as_json, kind_of, no_field, rows_as_json, where_of
from riskreg.catalogue import vocabulary
from riskreg.commands.printing import print_json, print_json_lines, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.i18n import Translator
from riskreg.records import (
    KINDS,
    SYSTEM,
    Record,
    columns,
    declared,
    every_field,
    every_link,
    fields,
    values,
)
from riskreg.records.base import ABOUT
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.views import Name, Reader, Row, View
from riskreg.wording import records_words

_PAGE: Final = 500
"""Records that are read at a time."""

SHOWN_OF: Final = N_("{shown} of {records}")
EMPTY_BIN: Final = N_("The bin is empty.")
YES: Final = N_("required")


def list_records(session: Session) -> int:
    """`list`: the records of a kind that answer."""
    args = session.args
    with session.asked() as reader:
        keys = [part.strip() for part in args.columns.split(",") if part.strip()]
        view = view_of(
            reader,
            args.kind,
            words=args.search,
            filters=args.filter,
            sort=args.sort,
            keys=keys,
        )
        found = reader.ids(view)
        ids = found if args.limit is None else found[: args.limit]
        if args.json:
            print_json_lines(_json_rows(reader, view, ids))
            return 0
        _print_rows(reader, view, ids, session.t)
        say()
        count = records_words(len(found), session.t)
        shown = session.t.gettext(SHOWN_OF).format(shown=len(ids), records=count)
        say(count if len(ids) == len(found) else shown)
    return 0


def show(session: Session) -> int:
    """`show`: one record with all its fields."""
    with session.asked() as reader:
        id = reader.find(session.args.ref)
        if session.args.json:
            print_json(as_json(reader, id))
        else:
            _print_record(reader, id, session.t)
    return 0


def list_bin(session: Session) -> int:
    """`bin`: what is in the bin, of every kind."""
    view = View(kinds=tuple(KINDS), columns=("ref", "title", "deleted_at"), bin=True)
    with session.reading() as reader:
        rows = reader.rows(view, reader.ids(view))
        zone = reader.organisation().zone
        if session.args.json:
            print_json([_bin_json(row, zone) for row in rows])
        elif not rows:
            say(session.t.gettext(EMPTY_BIN))
        else:
            t = session.t
            labels = [t.label("", key) for key in ("ref", "title", "deleted_at")]
            lines = ([*map(str, row.values[:2]), _when(row.values[2], zone, t)] for row in rows)
            print_table(labels, lines)
    return 0


def list_fields(session: Session) -> int:
    """`fields`: what can be kept of a kind, and how it can be linked."""
    kind = kind_of(session.args.kind)
    t = session.t
    known = {
        key: what
        for key, what in declared(kind).items()
        if not isinstance(what, fields.Links) and not what.retired
    }
    if session.args.json:
        print_json(
            {
                "fields": [_field_json(kind, key, what, t) for key, what in known.items()],
                "links": [_link_json(kind, key, what, t) for key, what in every_link(kind).items()],
            }
        )
        return 0
    own = (
        [key, type_of(what), t.label(kind, key), _remark(what, t)] for key, what in known.items()
    )
    links = (
        [key, f"{what.role} > {what.to}", t.label(kind, key), ""]
        for key, what in every_link(kind).items()
    )
    print_table(("FIELD", "TYPE", "LABEL", ""), [*own, *links])
    return 0


def type_of(what: FieldKind) -> str:
    """The name of a kind of field in lower case."""
    return type(what).__name__.lower()


# Views


def view_of(
    reader: Reader,
    kind: str,
    *,
    words: str = "",
    filters: Sequence[str] = (),
    sort: Sequence[str] = (),
    keys: Sequence[str] = (),
) -> View:
    """The question that `--search`, `--filter`, `--sort` and `--columns` make of a kind.

    Without columns chosen the view has none yet: a table shows fewer by itself than JSON prints.
    """
    known = columns(kind_of(kind))
    for key in keys:
        if key not in known:
            raise no_field(kind_of(kind), key, known)
    return View(
        kinds=(kind,),
        columns=tuple(keys),
        where=tuple(where_of(reader, kind, text) for text in filters),
        sort=tuple(_sort(kind, text) for text in sort),
        words=words,
    )


def _sort(kind: str, text: str) -> tuple[str, bool]:
    text = text.strip()
    key = text.removeprefix("-")
    if key not in columns(kind_of(kind)):
        raise no_field(kind_of(kind), key, columns(kind_of(kind)))
    return key, text.startswith("-")


def _pages(reader: Reader, view: View, ids: Sequence[int]) -> Iterator[list[Row]]:
    for start in range(0, len(ids), _PAGE):
        yield reader.rows(view, ids[start : start + _PAGE])


def _json_rows(reader: Reader, view: View, ids: Sequence[int]) -> Iterator[Json]:
    is_whole = not view.columns
    view = replace(view, columns=view.columns or tuple(columns(kind_of(view.kinds[0]))))
    for rows in _pages(reader, view, ids):
        for row, found in zip(rows, rows_as_json(reader, view, rows), strict=True):
            about = {"kind": row.kind, "ref": found.get("ref"), "version": row.version}
            yield {**about, **found} if is_whole else found


# Text


def _print_rows(reader: Reader, view: View, ids: Sequence[int], t: Translator) -> None:
    kind = kind_of(view.kinds[0])
    keys = view.columns or _usual_columns(kind)
    by = ("scored_by",) if view.kinds == ("risk",) else ()
    view = replace(view, columns=(*keys, *by))
    labels = [t.label(kind, key) for key in keys]
    lines: list[list[str]] = []
    for rows in _pages(reader, view, ids):
        writer = _Words(reader, _ids_in(rows), t)
        kinds = [columns(kind)[key] for key in keys]
        for row in rows:
            told = writer.listed(row.values[-1]) if by else writer
            lines.append([told.of(*each) for each in zip(keys, kinds, row.values, strict=False)])
    print_table(labels, lines)


def _usual_columns(kind: type[Record]) -> tuple[str, ...]:
    """What a person wants to see first: the ref and the fields of the short form, but no prose."""
    short = (
        key
        for key, what in every_field(kind).items()
        if what.short and not isinstance(what, fields.Prose | fields.Choices | fields.Facts)
    )
    return ("ref", *short)


def _print_record(reader: Reader, id: int, t: Translator) -> None:
    record, links = reader.record(id), reader.links(id)
    kind = type(record)
    writer = _Words(reader, {target for held in links.values() for target in held}, t)
    writer = writer.scored_by(links.get("scored_by", frozenset()))
    say(f"{record.ref}  {record.title}")
    say(t.kind_name(kind, plural=False))
    sections: dict[str, list[tuple[str, str]]] = {}
    for key, what in every_field(kind).items():
        value = links.get(key) if isinstance(what, fields.Links) else record.get(key)
        if key != "title" and (words := writer.of(key, what, value)):
            sections.setdefault(what.section, []).append((t.label(kind, key), words))
    for key, what in SYSTEM.items():
        if key != "ref" and (words := writer.of(key, what, record.get(key))):
            sections.setdefault(ABOUT, []).append((t.label(kind, key), words))
    for section, lines in sections.items():
        _print_section(t.section(section), lines)


def _print_section(title: str, lines: Sequence[tuple[str, str]]) -> None:
    say()
    if title:
        say(title)
    for label, words in lines:
        first, *rest = words.split("\n")
        say(f"  {label}: {first}")
        for line in rest:
            say(f"    {line}")


class _Words:
    """Writes values as people read them."""

    def __init__(self, reader: Reader, ids: set[int], t: Translator) -> None:
        self._vocabulary = reader.vocabulary
        self._names: dict[int, Name] = dict(reader.names(ids))
        self._zone = reader.organisation().zone
        self._t = t

    def scored_by(self, ids: frozenset[int]) -> _Words:
        """The same for one record that names the scale it is scored by."""
        return self._with(self._vocabulary.scored_by(ids))

    def listed(self, ids: Value) -> _Words:
        """The same for a record in a list, where only the scale in force has labels."""
        return self._with(self._vocabulary.listed(cast("frozenset[int]", ids)))

    def _with(self, vocabulary: Vocabulary) -> _Words:
        if vocabulary is self._vocabulary:
            return self
        changed = copy(self)
        changed._vocabulary = vocabulary
        return changed

    def of(self, key: str, what: FieldKind, value: Value) -> str:
        """A value of the column `key`."""
        if key in SYSTEM and isinstance(value, values.Instant):
            value = replace(value, zone=self._zone)
        return format_value(what, value, self._t, self._vocabulary, self._names)


def _ids_in(rows: Sequence[Row]) -> set[int]:
    sets = (value for row in rows for value in row.values if isinstance(value, frozenset))
    return {id for held in sets for id in held if isinstance(id, int)}


def _when(value: Value, zone: str, t: Translator) -> str:
    if not isinstance(value, values.Instant):
        return ""
    return format_value(SYSTEM["deleted_at"], replace(value, zone=zone), t, vocabulary())


def _bin_json(row: Row, zone: str) -> Json:
    ref, title, at = row.values
    when = str(replace(at, zone=zone)) if isinstance(at, values.Instant) else None
    return {"kind": row.kind, "ref": ref, "title": title, "deleted_at": when}


# Declarations


def _terms(what: FieldKind) -> list[str]:
    of = what.of if isinstance(what, fields.Derived) else what
    if not isinstance(of, fields.Choice | fields.Choices):
        return []
    return list(vocabulary().terms_of(of.terms).keys)


def _field_json(kind: type[Record], key: str, what: FieldKind, t: Translator) -> Json:
    return {
        "name": key,
        "type": type_of(what),
        "label": t.label(kind, key),
        "required": what.required,
        "choices": _terms(what),
    }


def _link_json(kind: type[Record], key: str, what: fields.Links, t: Translator) -> Json:
    return {"name": key, "role": what.role, "to": what.to, "label": t.label(kind, key)}


def _remark(what: FieldKind, t: Translator) -> str:
    parts = [t.gettext(YES)] if what.required else []
    return " ".join([*parts, ", ".join(_terms(what))]).strip()
