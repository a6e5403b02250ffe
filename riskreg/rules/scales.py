"""Scales as text: read and checked, written, and what it means to change from one to another.

A scale is TOML in the form of `resources/catalogue/scales.toml`: `method` ("product" or "table"),
`likelihood` and `impact` with 3 to 7 steps each, and `bands` that give every score one level. A table
has a row for each likelihood and a cell for each impact, lowest first: scores, or keys of levels. A
table of levels needs no bands: the score is then the place of the level in the list (1 the lowest).
Texts are a string, or by language (`en zh_Hant zh_Hans`).

`dimensions` says what an impact may fall on (`people legal money operations reputation`, each at most
once): `anchors`, a text for each step of impact, empty where nothing is said of it; and of money the
bands, `currency` and `up_to`, the largest amount of each step but the last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar

from riskreg.errors import N_
from riskreg.records.terms import Band, BandProblem, Dimension, Scale, Step, Text

FEWEST: Final = 3
MOST: Final = 7
"""Steps of an axis."""
LEVELS: Final = ("very_low", "low", "moderate", "high", "critical")
"""The levels that a scale may give, lowest first: keys of the list `level`, each with a colour and shape."""
HIGHEST: Final = 1000
"""The largest score that a table may hold."""
DIMENSIONS: Final = ("people", "legal", "money", "operations", "reputation")
"""What an impact may fall on, in the order in which it is shown (domain.md 4.4)."""
LARGEST: Final = 10**13 - 1
"""The largest amount of a money band: what a sum of money may have before its cents."""
_CURRENCY: Final = re.compile("[A-Z]{3}")
"""The form of a code of ISO 4217."""
_LANGUAGES: Final = ("en", "zh_Hant", "zh_Hans")
T = TypeVar("T")


class Reason(NamedTuple):
    """Why a text is no scale: a msgid and what it names."""

    reason: str
    parameters: Mapping[str, str | int] = {}


class NoScale(ValueError):
    """A text is no scale; `reasons` are all that was found wrong."""

    def __init__(self, *reasons: Reason) -> None:
        said = "; ".join(each.reason.format(**each.parameters) for each in reasons)
        super().__init__(said)
        self.reasons = reasons


def parse(text: str, key: str) -> Scale:
    """The scale that a text describes.

    Args:
        text: In TOML.
        key: What the scale is known by where the text has no `key` of its own.

    Raises:
        NoScale: It is none, with every reason that was found.
    """
    try:
        return read(tomllib.loads(text), key)
    except tomllib.TOMLDecodeError as error:
        raise NoScale(Reason(N_("it cannot be read: {detail}"), {"detail": str(error)})) from None


def read(given: Mapping[str, Any], key: str) -> Scale:
    """The scale that a table describes, as `parse`."""
    if not given:
        raise NoScale(Reason(N_("it is empty")))
    table = _Table(given)
    method = table.get("method", str)
    if method not in ("product", "table", None):
        table.wrong(N_("method is “product” or “table”, not “{value}”"), value=str(method))
    axes = [_axis(table, name) for name in ("likelihood", "impact")]
    found = Scale(
        key=str(given.get("key") or key),
        title=table.text(given.get("title", key), "title"),
        likelihood=axes[0],
        impact=axes[1],
        bands=_bands(table),
        source=table.text(given["source"], "source") if "source" in given else None,
        dimensions=_dimensions(table, len(axes[1])),
    )
    if method == "table" and all(axes):
        found = _with_table(found, table)
    if not table.reasons:
        table.reasons += map(band_reason, found.problems())
    if table.reasons:
        raise NoScale(*table.reasons)
    return found


class _Table:
    """A table of the text, and what was found wrong so far in all of it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.reasons: list[Reason] = []

    def wrong(self, reason: str, **parameters: str | int) -> None:
        self.reasons.append(Reason(reason, parameters))

    def get(self, key: str, kind: type[T]) -> T | None:
        """The value of `key`; None, and a reason, where it is no `kind`."""
        value = self.given.get(key)
        if isinstance(value, kind):
            return value
        self.wrong(N_("{key} is missing, or of the wrong sort"), key=key)
        return None

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """The tables of a list."""
        rows = self.get(key, list) or []
        if all(isinstance(row, dict) for row in rows):
            return rows
        self.wrong(N_("{key} is missing, or of the wrong sort"), key=key)
        return []

    def text(self, value: object, where: str) -> Text:
        """A text in one language or several; English is what the others fall back to."""
        if isinstance(value, str) and value.strip():
            return Text(en=value.strip())
        if isinstance(value, dict):
            known = {key: str(value.get(key, "")).strip() for key in _LANGUAGES}
            if any(known.values()) and not value.keys() - set(_LANGUAGES):
                known["en"] = known["en"] or next(filter(None, known.values()))
                return Text(**known)
        self.wrong(N_("{key} is missing, or of the wrong sort"), key=where)
        return Text(en="")


def _axis(table: _Table, name: str) -> tuple[Step, ...]:
    rows = table.tables(name)
    steps = tuple(
        Step(
            value=place,
            label=table.text(row.get("label"), f"{name} {place}: label"),
            anchor=table.text(row["anchor"], f"{name} {place}: anchor")
            if row.get("anchor")
            else Text(en=""),
        )
        for place, row in enumerate(rows, start=1)
    )
    if [row.get("value", place) for place, row in enumerate(rows, start=1)] != [
        step.value for step in steps
    ]:
        table.wrong(N_("{key}: values must count from 1"), key=name)
    if not table.reasons and not FEWEST <= len(rows) <= MOST:
        table.wrong(
            N_("{key} has {number} steps; a scale has {fewest} to {most}"),
            key=name, number=len(rows), fewest=FEWEST, most=MOST,
        )  # fmt: skip
    return steps


def _bands(table: _Table) -> tuple[Band, ...]:
    """The bands in the order of their scores; a level has one band only."""
    if "bands" not in table.given and table.given.get("method") == "table":
        return ()
    found = [band for row in table.tables("bands") if (band := _band(table, row))]
    levels = [band.level for band in found]
    for level in sorted({level for level in levels if levels.count(level) > 1}):
        table.wrong(N_("level “{level}” has several bands"), level=level)
    ordered = sorted(found, key=lambda band: band.lowest)
    places = [LEVELS.index(band.level) for band in ordered]
    is_upright = all(band.lowest <= band.highest for band in ordered)
    if is_upright and places != sorted(places):
        table.wrong(N_("a higher score has a lower level"))
    return tuple(ordered)


def _band(table: _Table, row: Mapping[str, Any]) -> Band | None:
    level, lowest, highest = (row.get(key) for key in ("level", "lowest", "highest"))
    if level not in LEVELS:
        known = ", ".join(LEVELS)
        table.wrong(N_("“{level}” is no level; there are {known}"), level=str(level), known=known)
        return None
    if type(lowest) is not int or type(highest) is not int:
        table.wrong(N_("level “{level}” has no lowest and highest score"), level=str(level))
        return None
    label = table.text(row["label"], f"bands {level}: label") if row.get("label") else None
    return Band(level=str(level), lowest=lowest, highest=highest, label=label)


def _dimensions(table: _Table, steps: int) -> tuple[Dimension, ...]:
    """The dimensions in the order of `DIMENSIONS`; `steps` is how many the impact has."""
    rows = table.tables("dimensions") if "dimensions" in table.given else []
    found = [_dimension(table, row, steps) for row in rows if _is_dimension(table, row)]
    keys = [each.key for each in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        table.wrong(N_("dimension “{key}” is there several times"), key=key)
    return tuple(sorted(found, key=lambda each: DIMENSIONS.index(each.key)))


def _is_dimension(table: _Table, row: Mapping[str, Any]) -> bool:
    key, known = row.get("key"), ", ".join(DIMENSIONS)
    if key not in DIMENSIONS:
        table.wrong(N_("“{key}” is no dimension; there are {known}"), key=str(key), known=known)
    return key in DIMENSIONS


def _dimension(table: _Table, row: Mapping[str, Any], steps: int) -> Dimension:
    key, anchors = str(row["key"]), row.get("anchors", [])
    if not isinstance(anchors, list) or len(anchors) not in (0, steps):
        table.wrong(N_("dimension “{key}”: anchors are one text for each step of impact"), key=key)
        anchors = []
    where = f"dimensions {key}: anchors"
    texts = (table.text(each, where) if each else Text(en="") for each in anchors)
    currency, up_to = _amounts(table, row, steps)
    return Dimension(key=key, anchors=tuple(texts), currency=currency, up_to=up_to)


def _amounts(table: _Table, row: Mapping[str, Any], steps: int) -> tuple[str, tuple[int, ...]]:
    """The currency and the bands of money; empty where the row has none, or something is wrong with them."""
    currency, up_to = row.get("currency"), row.get("up_to")
    if currency is None and up_to is None:
        return "", ()
    if row["key"] != "money":
        table.wrong(N_("dimension “{key}” has amounts; only “money” has"), key=str(row["key"]))
    elif not (isinstance(currency, str) and _CURRENCY.fullmatch(currency)):
        table.wrong(N_("money: the currency is a code of three letters, such as HKD"))
    elif not _is_rising(up_to, steps - 1):
        table.wrong(
            N_("money: there are {number} whole amounts, each larger than the one before"),
            number=steps - 1,
        )
    else:
        return currency, tuple(up_to or ())
    return "", ()


def _is_rising(amounts: object, number: int) -> bool:
    if not isinstance(amounts, list) or len(amounts) != number:
        return False
    if not all(type(amount) is int and 0 < amount <= LARGEST for amount in amounts):
        return False
    return amounts == sorted(set(amounts))


def _with_table(scale: Scale, table: _Table) -> Scale:
    """The scale with its table of scores; of one of levels the bands are one score each."""
    rows = table.get("table", list) or []
    size = (len(scale.likelihood), len(scale.impact))
    if len(rows) != size[0] or any(
        not isinstance(row, list) or len(row) != size[1] for row in rows
    ):
        table.wrong(
            N_("the table has {rows} rows of {columns} cells, one for each step"),
            rows=size[0], columns=size[1],
        )  # fmt: skip
        return scale
    cells = [cell for row in rows for cell in row]
    if all(type(cell) is int and 0 < cell <= HIGHEST for cell in cells):
        return replace(scale, table=tuple(map(tuple, rows)))
    if all(isinstance(cell, str) and cell in LEVELS for cell in cells):
        return _of_levels(scale, rows, table)
    table.wrong(
        N_("the table holds scores from 1 to {highest}, or the keys {known}, and not both"),
        highest=HIGHEST, known=", ".join(LEVELS),
    )  # fmt: skip
    return scale


def _of_levels(scale: Scale, rows: Sequence[Sequence[str]], table: _Table) -> Scale:
    used = [level for level in LEVELS if any(level in row for row in rows)]
    labels = {band.level: band.label for band in scale.bands}
    names = table.given.get("levels", {})
    if not isinstance(names, dict):
        table.wrong(N_("{key} is missing, or of the wrong sort"), key="levels")
        names = {}
    for level, name in names.items():
        labels[level] = table.text(name, f"levels {level}")
    bands = tuple(
        Band(level=level, lowest=place, highest=place, label=labels.get(level))
        for place, level in enumerate(used, start=1)
    )
    scores = tuple(tuple(used.index(level) + 1 for level in row) for row in rows)
    return replace(scale, table=scores, bands=bands)


_BANDS: Final = {
    "gap": N_("bands: scores {lowest} to {highest} have no level (gap)"),
    "overlap": N_("bands: scores {lowest} to {highest} have several levels (overlap)"),
    "reversed": N_("bands: one ends at {highest} before it begins at {lowest}"),
    "outside": N_("bands: the scale never reaches scores {lowest} to {highest}"),
}


def band_reason(problem: BandProblem) -> Reason:
    """What is wrong with some scores, as a reason."""
    return Reason(_BANDS[problem.kind], {"lowest": problem.lowest, "highest": problem.highest})


def dumps(scale: Scale) -> str:
    """A scale as text; `parse` reads it back."""
    return "\n".join(_lines(scale)) + "\n"


def _lines(scale: Scale) -> Iterator[str]:
    yield f"title = {_toml(scale.title)}"
    yield f'method = "{"table" if scale.table else "product"}"'
    if scale.source:
        yield f"source = {_toml(scale.source)}"
    for name, axis in (("likelihood", scale.likelihood), ("impact", scale.impact)):
        yield f"{name} = ["
        for step in axis:
            anchor = f", anchor = {_toml(step.anchor)}" if step.anchor.en else ""
            yield f"  {{ value = {step.value}, label = {_toml(step.label)}{anchor} }},"
        yield "]"
    if scale.table:
        yield "table = ["
        yield from (f"  [{', '.join(map(str, row))}]," for row in scale.table)
        yield "]"
    yield "bands = ["
    for band in scale.bands:
        label = f", label = {_toml(band.label)}" if band.label else ""
        span = f"lowest = {band.lowest}, highest = {band.highest}"
        yield f'  {{ level = "{band.level}", {span}{label} }},'
    yield "]"
    if scale.dimensions:
        yield "dimensions = ["
        yield from (f"  {{ {', '.join(_pairs(each))} }}," for each in scale.dimensions)
        yield "]"


def _pairs(dimension: Dimension) -> Iterator[str]:
    yield f'key = "{dimension.key}"'
    if dimension.up_to:
        yield f'currency = "{dimension.currency}"'
        yield f"up_to = [{', '.join(map(str, dimension.up_to))}]"
    if dimension.anchors:
        texts = (_toml(each) if any(each) else '""' for each in dimension.anchors)
        yield f"anchors = [{', '.join(texts)}]"


def _toml(text: Text) -> str:
    pairs = zip(_LANGUAGES, text, strict=True)
    return "{ " + ", ".join(f"{key} = {_quoted(value)}" for key, value in pairs if value) + " }"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'
    )
