"""What a mapping leaves open: words that no list knows, names that no record has, dates that may be read two ways.

Each is a question with a proposal where there is one; a person answers, and the answers become part of the
mapping. Unanswered, the rows are rejected with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from rapidfuzz import fuzz, process

from riskreg.errors import N_
from riskreg.exchange import beside, guess, matching, meaning, orders, synonyms
from riskreg.exchange.headers import Target
from riskreg.exchange.mapping import ANYTHING, ColumnMap, Meaning, NewNames
from riskreg.exchange.parsing import Parser, blank, text
from riskreg.exchange.reader import Sheet
from riskreg.records import KINDS, Record, every_field, fields
from riskreg.records.fields import FieldKind
from riskreg.records.values import Unfit
from riskreg.views import Reader, View
from riskreg.work import COMPARING, QUIET, Work

Sort: TypeAlias = Literal["word", "name", "order"]
Answer: TypeAlias = Meaning | None
"""What a text means; for dates the order; for a name the name of a record, `CREATE`, or "" for nothing. None is no answer."""

CREATE: Final = "\0create"
"""The answer to a name that a record of its own is made for."""


_NEAR_NAME: Final = 80
"""Of 100, how alike a title is that is offered for a name."""
_SURELY: Final = 92
"""From here it is proposed: W. Wong is not S. Wong."""
_MOST_RECORDS: Final = 20_000
_STEP: Final = 500


class Question(NamedTuple):
    """Something that only a person knows.

    Attributes:
        sort: What it is about.
        key: The field.
        text: As it stands in the file; of dates one that shows the choice.
        rows: In how many rows it stands.
        proposed: What it may mean; None where nothing is near.
        why: A msgid; empty without a proposal.
        options: For dates the orders; for names the near titles.
    """

    sort: Sort
    key: str
    text: str
    rows: int
    proposed: Answer = None
    why: str = ""
    options: tuple[str, ...] = ()


def questions(
    reader: Reader, sheet: Sheet, map: ColumnMap, work: Work = QUIET
) -> tuple[Question, ...]:
    """What a mapping leaves open in a sheet, in the order of its columns; the row's own fields come first."""
    found = list(_open(reader, sheet, map, work))
    for slot, other in map.beside().items():
        asked = _open(reader, sheet, other, work)
        found += [each._replace(key=f"{slot}.{each.key}") for each in asked]
    return (*found, *_sign(sheet, map, work))


def _open(reader: Reader, sheet: Sheet, map: ColumnMap, work: Work) -> Iterator[Question]:
    """What the columns of one kind leave open."""
    parser = Parser(map=map, vocabulary=reader.vocabulary, zone=map.zone or "UTC")
    known = every_field(KINDS[map.kind])
    for place, (header, target) in enumerate(map.columns.items()):
        work.step(COMPARING, place, len(map.columns))
        what = None if target.of else known.get(target.key)
        if header not in sheet.headers or what is None or target.part != "value":
            continue
        if isinstance(what, fields.Links):
            yield from _names(reader, sheet, map, header, target.key, what, parser, work)
        elif isinstance(what, fields.Day | fields.Instant):
            yield from _order(sheet, map, header, target)
        else:
            yield from _words(sheet, header, target.key, what, parser, work)


def answered(
    map: ColumnMap, sheet: Sheet, given: Mapping[Question, Answer], work: Work = QUIET
) -> ColumnMap:
    """The mapping with these answers in it, and with the dates that need no answer read as they are written."""
    meanings = {key: dict(table) for key, table in map.meanings.items()}
    references = dict(map.references)
    read_as: dict[Target, orders.Option] = {}
    for question, answer in given.items():
        if question.sort == "order" and answer in orders.SIGNS:
            map = replace(map, decimal="," if answer == orders.COMMA else ".")
        elif question.sort == "order":
            if answer:
                target = beside.target_of(KINDS[map.kind], question.key)
                read_as[target] = answer  # type: ignore[assignment]
        elif answer == CREATE:
            references[question.key] = "create"
        elif answer is not None:
            meanings.setdefault(question.key, {})[question.text] = answer
    for key in {q.key for q, answer in given.items() if q.sort == "name" and answer is None}:
        references.setdefault(key, "reject")
    map = replace(map, meanings=meanings, references=_sorted(references))
    return dated(map, sheet, read_as, work)


def _sorted(references: Mapping[str, NewNames]) -> Mapping[str, NewNames]:
    return dict(sorted(references.items()))


# Words


def _words(
    sheet: Sheet, header: str, key: str, what: FieldKind, parser: Parser, work: Work
) -> Iterator[Question]:
    if not isinstance(what, fields.Choice | fields.Choices | fields.Score | fields.YesNo):
        return
    if ANYTHING in parser.map.meanings.get(key, {}):
        return
    counts: Counter[str] = Counter()
    several = isinstance(what, fields.Choices)
    for given, rows in _counted(sheet, header, work).items():
        if not _is_read(parser, key, what, given):
            members = parser.members(key, given) if several else [given]
            counts.update({member: rows for member in members})
    for given, rows in counts.items():
        if not _is_read(parser, key, what, given):
            proposed, why = meaning.meant(what, given, parser.vocabulary)
            yield Question("word", key, given, rows, proposed, why)


def _counted(sheet: Sheet, header: str, work: Work) -> Counter[str]:
    """How often each text stands under a heading."""
    found: Counter[str] = Counter()
    for place, cell in enumerate(guess.cells(sheet, header)):
        if place % _STEP == 0:
            work.step(COMPARING, place, len(sheet.rows))
        if not blank(cell):
            found[text(cell).strip()] += 1
    return found


def _is_read(parser: Parser, key: str, what: FieldKind, given: str) -> bool:
    try:
        parser.value(key, what, given)
    except Unfit:
        return False
    return True


# Names


def _names(
    reader: Reader,
    sheet: Sheet,
    map: ColumnMap,
    header: str,
    key: str,
    what: fields.Links,
    parser: Parser,
    work: Work,
) -> Iterator[Question]:
    counts: Counter[str] = Counter()
    for given, rows in _counted(sheet, header, work).items():
        named = parser.called(key, parser.members(key, given))
        counts.update(dict.fromkeys(named, rows))
    known = matching.named(reader, what.to, counts)
    missing = {name: rows for name, rows in counts.items() if name not in known}
    if not missing or map.references.get(key) in ("create", "empty"):
        return
    titles = _titles(reader, what.to)
    can_create = KINDS[what.to].numbering in ("plain", "yearly")
    for place, (name, rows) in enumerate(missing.items()):
        if place % 10 == 0:
            work.step(COMPARING, place, len(missing))
        near = process.extract(
            synonyms.plain(name),
            titles.keys(),
            scorer=fuzz.token_sort_ratio,
            limit=3,
            score_cutoff=_NEAR_NAME,
        )
        options = tuple(titles[words] for words, _, _ in near)
        if options and (near[0][1] >= _SURELY or not can_create):
            yield Question("name", key, name, rows, options[0], meaning.NEAR, options)
        else:
            yield Question("name", key, name, rows, CREATE if can_create else None, "", options)


def _titles(reader: Reader, kind: str) -> Mapping[str, str]:
    """Titles of a kind as they are, by their plain words."""
    view = View(kinds=(kind,), columns=("title",))
    rows = reader.rows(view, reader.ids(view)[:_MOST_RECORDS])
    return {synonyms.plain(str(row.values[0])): str(row.values[0]) for row in rows}


# Numbers

ONLY_SO: Final = N_("every number of the file can be read so")
USUAL: Final = N_("a comma between thousands is usual here")


def _sign(sheet: Sheet, map: ColumnMap, work: Work) -> Iterator[Question]:
    """Which sign stands before decimals: asked once a file, and shown where it is a comma."""
    if map.decimal:
        return
    counts, first = Counter[str](), ""
    for header, target in map.columns.items():
        what = beside.what(KINDS[map.kind], target)
        is_number = isinstance(what, fields.Count | fields.Score | fields.Duration)
        if is_number and target.part == "value" and header in sheet.headers:
            work.step(COMPARING)
            given = Counter(_written(sheet, header, whole=True))
            first = first or (target.field if orders.decide(given, orders.numbers).options else "")
            counts += given
    found = orders.decide(counts, orders.numbers)
    if not found.options or found.chosen == orders.POINT:
        return
    rows = sum(counts[text] for text in found.open or (found.example,))
    proposed, why = found.chosen, ONLY_SO
    if not proposed and all("." not in text for text in found.open):
        proposed, why = orders.POINT, USUAL
    yield Question(
        "order", first, found.example, rows, proposed, why if proposed else "", found.options
    )


# Dates

_DAYS: Final[Mapping[orders.Option, tuple[str, ...]]] = {
    orders.DAY_FIRST: tuple(f"%d{sign}%m{sign}%{year}" for sign in "/-." for year in "Yy"),
    orders.MONTH_FIRST: tuple(f"%m{sign}%d{sign}%{year}" for sign in "/-." for year in "Yy"),
    orders.YEAR_FIRST: tuple(f"%y{sign}%m{sign}%d" for sign in "/-."),
}
_CLEAR: Final = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y",
    "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%Y年%m月%d日",
)  # fmt: skip
_TYPED: Final = ("%Y-%m-%d", "%Y-%m-%d %H:%M")
"""How a person who corrects a cell may write it, whatever the column does."""
_TIMES: Final = (
    "", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M",
)  # fmt: skip


def _order(sheet: Sheet, map: ColumnMap, header: str, target: Target) -> Iterator[Question]:
    if target in map.formats:
        return
    given = _written(sheet, header)
    found = orders.decide(given, orders.days)
    if found.chosen is None and found.options:
        rows = sum(text(cell).strip() in found.open for cell in guess.cells(sheet, header))
        yield Question("order", target.key, found.example, rows, None, "", found.options)


def _written(sheet: Sheet, header: str, *, whole: bool = False) -> list[str]:
    """The different texts of a column, or `whole`; real date cells and numbers need no reading."""
    found = (cell.strip() for cell in guess.cells(sheet, header) if isinstance(cell, str))
    return [each for each in (found if whole else dict.fromkeys(found)) if each]


def dated(
    map: ColumnMap,
    sheet: Sheet,
    read_as: Mapping[Target, orders.Option] | None = None,
    work: Work = QUIET,
) -> ColumnMap:
    """The mapping with the formats of its dates, as far as they are clear or an order was said."""
    formats, precision = dict(map.formats), dict(map.precision)
    for header, target in map.columns.items():
        what = beside.what(KINDS[map.kind], target)
        is_dated = isinstance(what, fields.Day | fields.Instant) and target.part == "value"
        if not is_dated or target in formats or header not in sheet.headers:
            continue
        work.step(COMPARING)
        given = _written(sheet, header)
        order = (read_as or {}).get(target) or orders.decide(given, orders.days).chosen
        forms, midnight = _forms(given, order)
        if forms:
            formats[target] = forms
            if midnight and isinstance(what, fields.Instant):
                precision[target.field] = "day"
    return replace(map, formats=formats, precision=precision)


def _forms(given: Iterable[str], order: orders.Option | None) -> tuple[tuple[str, ...], bool]:
    """The formats in which texts are written, and whether none says a time of day.

    Nothing where ISO text says it all already.
    """
    forms: dict[str, None] = {}
    moments = []
    for each in given:
        for form in (*forms, *_candidates(order)):
            if (moment := _fits(each, form)) is not None:
                forms[form] = None
                moments.append(moment)
                break
    if not forms or set(forms) <= {"%Y-%m-%d"}:
        return (), False
    midnight = all(moment.time() == time() for moment in moments)
    return (*forms, *(form for form in _TYPED if form not in forms)), midnight


@lru_cache
def _candidates(order: orders.Option | None) -> tuple[str, ...]:
    days = (*_CLEAR, *(_DAYS.get(order, ()) if order else ()))
    return tuple(day + hour for hour in _TIMES for day in days)


def _fits(given: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(given, form)  # noqa: DTZ007 (wall time)
    except ValueError:
        return None


def missing(map: ColumnMap, kind: type[Record]) -> tuple[str, ...]:
    """Required fields that no column and no constant gives."""
    filled = {target.field for target in map.columns.values()} | set(map.constants)
    required = [key for key, what in every_field(kind).items() if what.required]
    return tuple(key for key in required if key not in filled)
