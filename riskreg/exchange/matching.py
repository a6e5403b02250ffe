"""Which records of the register the rows and the names of a file mean, asked in portions, never row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from riskreg.exchange.headers import FACTS, Target
from riskreg.records import Record, fields, stored
from riskreg.records.fields import Value
from riskreg.records.jsons import to_json
from riskreg.views import Reader, View, Where

_PORTION: Final = 10_000
"""Texts in one question: each question looks through the whole kind, and SQLite takes 32,766 of them."""
_REF: Final = re.compile(r"[A-Za-z]{1,3}-\d[\d-]*|[A-E]\d(?:\.\d+)?|ORG", re.IGNORECASE)

KeyText = tuple[str, ...]
"""The key of a row or record: one text for each key field, "" where it has none."""


def portions(items: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Texts in portions that one question takes."""
    found = sorted(set(items))
    for start in range(0, len(found), _PORTION):
        yield tuple(found[start : start + _PORTION])


def by_ref(reader: Reader, kind: str, refs: Iterable[str]) -> dict[str, int]:
    """Records of a kind by ref in capitals, in the bin or not."""
    found: dict[str, int] = {}
    for chosen in portions(ref.upper() for ref in refs):
        for bin in (False, True):
            view = View(
                kinds=(kind,), columns=("ref",), where=(Where("ref", "in", chosen),), bin=bin
            )
            found |= {str(row.values[0]): row.id for row in reader.rows(view, reader.ids(view))}
    return found


def by_key(
    reader: Reader, kind: type[Record], keys: Sequence[Target], wanted: Iterable[KeyText]
) -> dict[KeyText, list[Record]]:
    """Records whose key fields hold these texts."""
    sought = set(wanted)
    found: dict[KeyText, list[Record]] = {}
    for record in _candidates(reader, kind, keys, sought).values():
        text = key_of(record, keys)
        if text in sought:
            found.setdefault(text, []).append(record)
    return found


def _candidates(
    reader: Reader, kind: type[Record], keys: Sequence[Target], sought: set[KeyText]
) -> dict[int, Record]:
    """Records that may fit: narrowed by the first key that is one line of text, else all of the kind."""
    for place, target in enumerate(keys):
        if isinstance(stored(kind).get(target.key), fields.Line):
            found: dict[int, Record] = {}
            for chosen in portions(text[place] for text in sought):
                view = View(kinds=(kind.kind,), where=(Where(target.key, "in", chosen),))
                found |= reader.records(reader.ids(view))
            return found
    return reader.records(reader.ids(View(kinds=(kind.kind,))))


def key_of(record: Record, keys: Sequence[Target]) -> KeyText:
    """The key of a record."""
    return tuple(_text_of(record, target) for target in keys)


def _text_of(record: Record, target: Target) -> str:
    if target.key == FACTS:
        return dict(record.other_facts).get(target.name, "")
    if target.key == "ref":
        return record.ref
    return text_of(stored(type(record))[target.key], record.get(target.key))


def text_of(what: fields.FieldKind, value: Value) -> str:
    """A value as it stands in a key."""
    found = to_json(what, value)
    return "" if found is None else str(found)


def looks_like_ref(text: str) -> bool:
    """Whether a text is written as a ref is."""
    return _REF.fullmatch(text.strip()) is not None


def named(reader: Reader, kind: str, names: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Records of a kind by ref or title; several where several are called so."""
    wanted = set(names)
    refs = by_ref(reader, kind, filter(looks_like_ref, wanted))
    found = {name: (refs[name.strip().upper()],) for name in wanted if name.strip().upper() in refs}
    return {**reader.called(kind, wanted - found.keys()), **found}
