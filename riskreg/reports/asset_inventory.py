"""The inventory of personal data: what is held about whom, where, for how long and who answers for it (PCPD, Privacy Management Programme)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import field
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.rows import LABEL, continued, named
from riskreg.reports.text import Piece, abreast, gap, words

ALL: Final = NN_(
    "The {number} data asset of the register.",
    "All {number} data assets of the register, by category.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("There are no data assets in the register yet.")
ASSETS: Final = NN_("{number} data asset", "{number} data assets")
OTHER: Final = N_("Without category")
NOT_SAID: Final = N_("not said")

_MIDDLE: Final = 84.0
_COLUMNS: Final = (
    (("subject_categories", "people_count"), 0.0),
    (("data_types",), LABEL / (WIDTH - _MIDDLE)),  # as far in as the values below it
    (("storage_medium", "storage_location", "system"), 0.52),
    (("retention", "owner"), 0.78),
)
"""What stands in each column of the table, and where it begins, as a part of the width."""
_HEADS: Final = (N_("Whose data"), N_("Kinds of data"), N_("Where"), N_("Kept for; owner"))
_PLACED: Final = frozenset(
    {"ref", "title", "category", "status", "due_at", "updated_at"}
    | {key for keys, _ in _COLUMNS for key in keys}
)
_QUIET: Final = frozenset({"people_count", "owner"})
"""What stands back below the first value of its column."""
_MATTERS: Final = frozenset({"retention", "owner", "subject_categories", "data_types"})
"""What an inventory must say: where it is empty the page says so."""


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no asset."""
    found = gather(asked, "asset", (("category", False), ("title", False)))
    t, number = asked.t, len(found.records)
    if asked.ref:
        rows = Rows((_row(found, record) for record in found.records), head=[_head(found)])
        return Told(t.gettext(ONE).format(ref=found.records[0]["ref"]), [rows])
    if not number:
        return Told("", [Rows([Row(columns=(Column(0, words(t.gettext(NONE), width=WIDTH)),))])])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, list(_groups(found)))


def _groups(found: Gathered) -> Iterator[Rows]:
    t = found.speech.t
    parts: dict[str, list[Mapping[str, Value]]] = {}
    for record in found.records:
        parts.setdefault(found.say(record, "category") or t.gettext(OTHER), []).append(record)
    for name, records in parts.items():
        number = len(records)
        note = t.ngettext(*ASSETS, number).format(number=number_words(number))
        rows = [_row(found, record, place > 0) for place, record in enumerate(records)]
        yield Rows(rows, heading=[section_row(name, note)], head=[_head(found)], above=14)


def _head(found: Gathered) -> Row:
    t, width = found.speech.t, WIDTH - _MIDDLE
    names = (
        (_MIDDLE + width * at, t.gettext(name))
        for (_, at), name in zip(_COLUMNS, _HEADS, strict=True)
    )
    return head_row((0, t.gettext(N_("Ref"))), *names)


def _row(found: Gathered, record: Mapping[str, Value], is_ruled: bool = False) -> Row:
    ref, width = str(record["ref"]), WIDTH - _MIDDLE
    return Row(
        columns=(
            Column(0, _state(found, record)),
            Column(_MIDDLE, _body(found, record, width)),
        ),
        above=10 if is_ruled else 2,
        below=3,
        is_ruled=is_ruled,
        again=continued(ref, _MIDDLE, found.speech.t),
        bookmark=(1, f"{ref} {record['title']}"[:120]),
    )


def _state(found: Gathered, record: Mapping[str, Value]) -> Iterator[Piece]:
    yield from words(str(record["ref"]), width=_MIDDLE - 6, bold=True)
    said = found.say(record, "status")
    yield from words(said, width=_MIDDLE - 6, size=SMALL, colour=ink().muted)


def _body(found: Gathered, record: Mapping[str, Value], width: float) -> Iterator[Piece]:
    yield from words(str(record["title"]), width=width, bold=True, after=2)
    ends = [at for _, at in _COLUMNS[1:]] + [1.0]
    cells = [
        (width * at, tuple(_cell(found, record, keys, width * (end - at) - 8)))
        for (keys, at), end in zip(_COLUMNS, ends, strict=True)
    ]
    yield from abreast(*cells)
    rest = [
        piece for key in record if key not in _PLACED for piece in field(found, record, key, width)
    ]
    if rest:
        yield gap(4)
        yield from rest


def _cell(
    found: Gathered, record: Mapping[str, Value], keys: tuple[str, ...], width: float
) -> Iterator[Piece]:
    for key in keys:
        said = _said(found, record, key)
        if not said and key in _MATTERS:
            missing = _named(found, key, found.speech.t.gettext(NOT_SAID))
            yield from words(missing, width=width, size=SMALL, colour=ink().high, bold=True)
        elif said:
            colour = ink().muted if key in _QUIET else None
            text = _named(found, key, said) if key == "people_count" else said
            yield from words(text, width=width, size=SMALL, colour=colour)


def _said(found: Gathered, record: Mapping[str, Value], key: str) -> str:
    """A value in words; whoever answers for it by name, as in the other reports."""
    if key == "owner":
        return found.speech.titles(cast("frozenset[int]", record[key]))
    return found.say(record, key)


def _named(found: Gathered, key: str, said: str) -> str:
    """A value with its label before it, in one line of text."""
    return named(found.label(key), said, found.speech.t)
