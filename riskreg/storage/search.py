"""Full text in two scripts: words for the index, and a query for it.

SQLite's `unicode61` cuts text at spaces and signs, which Chinese does not use. So every Han character
is set apart by spaces, and a run of them in a query becomes a phrase: 外洩 is found as "外 洩".
NFKC first, so that full-width letters match. Measured in ground.md ("Search in two scripts").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final, cast

from riskreg.records import Record, fields, stored
from riskreg.records.base import per_kind
from riskreg.records.fields import FieldKind

_HAN: Final = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN: Final = re.compile(f"[{_HAN}]+")
_WORDS: Final = re.compile(f"[{_HAN}]+|[^\\W{_HAN}]+")


def spread(text: str) -> str:
    """Text with every Han character set apart by spaces."""
    return text if text.isascii() else _HAN_RUN.sub(_apart, unicodedata.normalize("NFKC", text))


def _apart(run: re.Match[str]) -> str:
    return f" {' '.join(run[0])} "


def words_of(record: Record, catalogue: Callable[[str], str]) -> str:
    """All text of a record for the index.

    That is its ref, every text field, tags and named facts, and the catalogue's words for a policy
    action or step.
    """
    return spread("\n".join(_texts(record, catalogue)))


def _texts(record: Record, catalogue: Callable[[str], str]) -> Iterator[str]:
    yield record.ref
    if record.numbering == "catalogue":
        yield catalogue(record.ref)
    for key, what in text_fields(type(record)).items():
        value = record.get(key)
        if not value:
            continue
        if isinstance(value, str):
            yield value
        elif isinstance(what, fields.Tags):
            yield from sorted(cast("frozenset[str]", value))
        else:
            yield from _flat(cast("fields.FactPairs", value))


@per_kind
def text_fields(kind: type[Record]) -> dict[str, FieldKind]:
    """The fields of a kind that hold words."""
    return {
        key: what
        for key, what in stored(kind).items()
        if isinstance(what, fields.Line | fields.Prose | fields.Tags | fields.Facts)
    }


def _flat(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        yield name
        yield value


def query_of(words: str) -> str:
    """A query for the index: every word must occur, the last one may be a beginning; "" for no words."""
    found = _WORDS.findall(unicodedata.normalize("NFKC", words))
    phrases = ['"' + " ".join(_HAN_RUN.sub(_apart, word).split()) + '"' for word in found]
    if phrases and not words[-1].isspace():
        phrases[-1] += "*"
    return " ".join(phrases)
