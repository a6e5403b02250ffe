"""What depends on records: who else names them in a link of its own, asked before they go into the bin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from riskreg.records import KINDS, REGISTER_KINDS, declared_links
from riskreg.views import Reader, View, Where

_PORTION: Final = 10_000
"""Ids in one question; SQLite takes 32,766."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependant:
    """A record outside the bin that names one of them.

    Attributes:
        id: The record.
        kind: Its kind.
        field: The key of the link, the first one where there are several.
    """

    id: int
    kind: str
    field: str


def dependants(reader: Reader, ids: Iterable[int]) -> tuple[Dependant, ...]:
    """Every record outside the bin that names one of these and is none of them, once, in order of kind and ref.

    A few questions for each kind that can name them, however many records they are.
    """
    chosen = list(dict.fromkeys(ids))
    by_kind: dict[str, list[int]] = {}
    for id, name in reader.names(chosen).items():
        by_kind.setdefault(name.kind, []).append(id)
    found: dict[int, Dependant] = {}
    for kind in REGISTER_KINDS:
        for field, links in declared_links(KINDS[kind]).items():
            for id in _naming(reader, kind, field, by_kind.get(links.to, ())):
                found.setdefault(id, Dependant(id=id, kind=kind, field=field))
    gone = frozenset(chosen)
    return tuple(each for id, each in found.items() if id not in gone)


def counted(found: Iterable[Dependant]) -> Mapping[str, int]:
    """How many of each kind, in the order of the kinds."""
    numbers = Counter(each.kind for each in found)
    return {kind: numbers[kind] for kind in REGISTER_KINDS if numbers[kind]}


def _naming(reader: Reader, kind: str, field: str, ids: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(ids), _PORTION):
        where = Where(field, "in", tuple(ids[start : start + _PORTION]))
        yield from reader.ids(View(kinds=(kind,), where=(where,), sort=(("ref", False),)))
