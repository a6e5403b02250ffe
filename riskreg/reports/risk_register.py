"""The risk register on paper: where the risks sit, then every risk with all that is known of it, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from riskreg import past_scores
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Risk, columns
from riskreg.records.fields import Value
from riskreg.records.terms import Vocabulary
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import LEVELS, Axes, heat_map_piece, marked
from riskreg.reports.ink import BODY, SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import Speech, all_names, all_rows, aside, continued, label_of, told
from riskreg.reports.scores import trend_pieces
from riskreg.reports.text import Piece, Run, abreast, beside, gap, words
from riskreg.rules import statistics
from riskreg.rules.score_history import Way
from riskreg.score_words import ARROWS, WAYS
from riskreg.scoring_words import otherwise_words
from riskreg.views import Reader, View
from riskreg.views import Row as Found
from riskreg.wording import level_words

ALL: Final = NN_(
    "The {number} risk of the register.",
    "All {number} risks of the register, worst first; closed ones come last.",
)
RISKS: Final = NN_("{number} risk", "{number} risks")
ONE: Final = N_("One record: {ref}.")
WHERE: Final = N_("Where the open risks sit, with today's controls")
BY_LEVEL: Final = N_("Open risks by level")
COMPARED: Final = N_("Compared with a year ago")
LACKS: Final = N_("What the register lacks")
LIKELIHOOD: Final = N_("Likelihood")
IMPACT: Final = N_("Impact")
CLOSED: Final = N_("Closed")
NONE: Final = N_("There are no risks in the register yet.")
SCORE: Final = N_("Score {score}")
DUE: Final = N_("due {day}")
OVERDUE: Final = N_("overdue since {day}")
NO_OWNER: Final = N_("no owner")
STAGES: Final = {
    "inherent": N_("Before any control"),
    "residual": N_("With today's controls"),
    "target": N_("After the planned treatment"),
}

_MIDDLE: Final = 84.0
_RIGHT: Final = 150.0
"""Width of owner and date beside the title."""
_COLUMNS: Final = tuple(key for key in columns(Risk) if key not in ("created_at", "deleted_at"))
_PLACED: Final = frozenset(
    {"ref", "title", "owner", "due_on", "due_at", "status", "treatment", "category", "updated_at"}
    | {f"{stage}_{part}" for stage in STAGES for part in ("likelihood", "impact", "score", "level")}
)
"""Columns that have a place of their own; the others follow below one another."""
_STATE: Final = ("status", "treatment", "category")
"""What stands in one line below the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """All that the pages say, in memory."""

    risks: Sequence[Mapping[str, Value]]
    speech: Speech
    today: date
    lacks: tuple[statistics.Figure, ...]
    ways: Mapping[str, Way]
    """Where the residual scores go, by ref."""


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no risk."""
    register = _gather(asked)
    t = asked.t
    if asked.ref:
        one = Rows(_risk_row(register, risk) for risk in register.risks)
        return Told(t.gettext(ONE).format(ref=register.risks[0]["ref"]), [one])
    number = len(register.risks)
    if not number:
        return Told("", [Rows([Row(columns=(Column(0, words(t.gettext(NONE), width=WIDTH)),))])])
    view = t.ngettext(*ALL, number).format(number=number_words(number))
    return Told(view, [_overview(register), *_groups(register)])


def _gather(asked: Asked) -> _Register:
    reader = asked.reader
    view = View(
        kinds=("risk",),
        columns=_COLUMNS,
        sort=(("residual_score", True), ("inherent_score", True)),
    )
    rows = all_rows(
        reader, view, [_risk_id(reader, asked.ref)] if asked.ref else reader.ids(view), asked.work
    )
    asking = statistics.lacks(reader.vocabulary, ("risk",))
    risks = [_values(row) for row in rows]
    ways = past_scores.ways(reader, [row.id for row in rows], asked.now, asked.work)
    return _Register(
        risks=risks,
        speech=Speech(
            t=asked.t, vocabulary=reader.vocabulary, names=all_names(reader, rows), zone=asked.zone
        ),
        today=asked.today,
        lacks=statistics.figures(asking, [reader.count(question.view) for question in asking]),
        ways={
            str(risk["ref"]): ways.get(row.id, "unknown")
            for row, risk in zip(rows, risks, strict=True)
        },
    )


def _values(row: Found) -> Mapping[str, Value]:
    return dict(zip(_COLUMNS, row.values, strict=True))


def _risk_id(reader: Reader, ref: str) -> int:
    id = reader.find(ref)
    if reader.record(id).kind != "risk":
        raise Expected("no_record", ref=ref)
    return id


# Overview


def _overview(register: _Register) -> Rows:
    t, vocabulary = register.speech.t, register.speech.vocabulary
    open_risks = [risk for risk in register.risks if _is_open(register, risk)]
    heat = _heat(open_risks, vocabulary)
    axes = Axes(t.gettext(LIKELIHOOD), t.gettext(IMPACT))
    across = 322.0
    said = words(otherwise_words(heat.otherwise, t), width=across, size=SMALL, colour=ink().muted)
    map = heat_map_piece(heat, vocabulary.scale, axes, t.language, across)
    left = Column(0, [map, *((gap(4), *said) if heat.otherwise else ())])
    beside_it = Column(across + 28, _summary(register, open_risks, WIDTH - across - 28))
    figures = Row(columns=(left, beside_it), above=4)
    return Rows([figures], heading=[section_row(t.gettext(WHERE))], above=4)


def _heat(open_risks: Sequence[Mapping[str, Value]], vocabulary: Vocabulary) -> statistics.HeatMap:
    """Of the risks that the scale in force scores; the others are counted."""
    others = vocabulary.other_scales
    here = [risk for risk in open_risks if not cast("frozenset[int]", risk["scored_by"]) & others]
    tally = _tally(here, statistics.HEAT_KEYS)
    return statistics.heat_map(tally, vocabulary.scale, len(open_risks) - len(here))


def _summary(
    register: _Register, open_risks: Sequence[Mapping[str, Value]], width: float
) -> Iterator[Piece]:
    t, vocabulary = register.speech.t, register.speech.vocabulary
    terms = vocabulary.terms_of("level")
    counts = statistics.counts(_tally(open_risks, ("residual_level",)), terms)
    yield from words(t.gettext(BY_LEVEL), width=width, size=SMALL, bold=True, after=3)
    for level in (*(key for key in reversed(terms.keys) if key in counts), None):
        if level or counts[level]:
            colour = ink().level(level)
            name = marked(LEVELS[level], colour, level_words(level, t, vocabulary), width=width,
                          bold=level is not None, text=colour)[0]  # fmt: skip
            yield beside((0, name), (0, _number(counts[level], width)))
    closed = len(register.risks) - len(open_risks)
    if closed:
        name = marked("dash", ink().muted, t.gettext(CLOSED), width=width, text=ink().muted)[0]
        yield beside((0, name), (0, _number(closed, width)))
    yield from _ways(register, open_risks, width)
    yield from _lacks(register, width)


def _ways(
    register: _Register, open_risks: Sequence[Mapping[str, Value]], width: float
) -> Iterator[Piece]:
    """How many open risks go up, down or neither; nothing where no score is old enough to say."""
    t = register.speech.t
    numbers = Counter(register.ways[str(risk["ref"])] for risk in open_risks)
    if not any(number for way, number in numbers.items() if way != "unknown"):
        return
    yield gap(10)
    yield from words(t.gettext(COMPARED), width=width, size=SMALL, bold=True, after=3)
    for way, name in WAYS.items():
        if numbers[way]:
            said = words(f"{ARROWS[way]} {t.gettext(name)}", width=width - 24, size=SMALL)
            yield beside((0, said[0]), (0, _number(numbers[way], width, SMALL)))
            yield from said[1:]


def _lacks(register: _Register, width: float) -> Iterator[Piece]:
    found = [figure for figure in register.lacks if figure.number]
    if not found:
        return
    t = register.speech.t
    yield gap(10)
    yield from words(t.gettext(LACKS), width=width, size=SMALL, bold=True, after=3)
    for figure in found:
        lines = words(t.gettext(figure.label), width=width - 24, size=SMALL, colour=ink().muted)
        yield beside((0, lines[0]), (0, _number(figure.number, width, SMALL)))
        yield from lines[1:]


def _number(number: int, width: float, size: float = BODY) -> Piece:
    return words(number_words(number), width=width, size=size, align="right", bold=True)[0]


def _tally(
    risks: Iterable[Mapping[str, Value]], keys: Sequence[str]
) -> Mapping[tuple[Value, ...], int]:
    found: dict[tuple[Value, ...], int] = {}
    for risk in risks:
        place = tuple(risk[key] for key in keys)
        found[place] = found.get(place, 0) + 1
    return found


def _is_open(register: _Register, risk: Mapping[str, Value]) -> bool:
    terms = register.speech.vocabulary.terms_of(statistics.STATUS_LISTS["risk"])
    return terms.is_open(cast("str | None", risk["status"]))


# Risks


def _groups(register: _Register) -> Iterator[Rows]:
    """The risks of each level under a heading of its own, worst first."""
    t, vocabulary = register.speech.t, register.speech.vocabulary
    for level in (*reversed(vocabulary.terms_of("level").keys), None):
        yield from _group(
            register,
            level_words(level, t, vocabulary),
            [
                risk
                for risk in register.risks
                if risk["residual_level"] == level and _is_open(register, risk)
            ],
        )
    closed = [risk for risk in register.risks if not _is_open(register, risk)]
    yield from _group(register, t.gettext(CLOSED), closed)


def _group(register: _Register, title: str, risks: Sequence[Mapping[str, Value]]) -> Iterator[Rows]:
    if risks:
        number = len(risks)
        note = register.speech.t.ngettext(*RISKS, number).format(number=number_words(number))
        rows = (_risk_row(register, risk, place > 0) for place, risk in enumerate(risks))
        yield Rows(rows, heading=[section_row(title, note)], above=16)


def _risk_row(register: _Register, risk: Mapping[str, Value], is_ruled: bool = False) -> Row:
    width, who = WIDTH - _MIDDLE, tuple(_who(register, risk))
    head = aside(_head(register, risk, width - _RIGHT - 10), who)
    return Row(
        columns=(
            Column(0, _level(register, risk)),
            Column(_MIDDLE, (*head, gap(4), *_body(register, risk, width))),
            Column(WIDTH - _RIGHT, who),
        ),
        above=12 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(str(risk["ref"]), _MIDDLE, register.speech.t),
        bookmark=(1, f"{risk['ref']} {risk['title']}"[:120]),
    )


def _level(register: _Register, risk: Mapping[str, Value]) -> Iterator[Piece]:
    level = cast("str | None", risk["residual_level"])
    t, colour = register.speech.t, ink().level(level)
    name = level_words(level, t, register.speech.vocabulary)
    yield from marked(LEVELS[level], colour, name, width=_MIDDLE, bold=True, text=colour)
    if risk["residual_score"] is not None:
        score = t.gettext(SCORE).format(score=risk["residual_score"])
        yield from words(score, width=_MIDDLE, size=SMALL, colour=ink().muted, indent=BODY * 1.45)
        way = register.ways[str(risk["ref"])]
        yield from trend_pieces(way, register.speech, _MIDDLE, BODY * 1.45)


def _head(register: _Register, risk: Mapping[str, Value], width: float) -> tuple[Piece, ...]:
    """The title; below it what is being done, in quiet words."""
    speech = register.speech
    title = (Run(str(risk["title"]), bold=True), Run(f"  {risk['ref']}", ink().muted))
    quiet = filter(None, (speech.value("risk", key, risk[key]) for key in _STATE))
    below = words(" · ".join(quiet), width=width, size=SMALL, colour=ink().muted)
    return (*words(*title, width=width), *below)


def _who(register: _Register, risk: Mapping[str, Value]) -> Iterator[Piece]:
    speech = register.speech
    owner = speech.titles(cast("frozenset[int]", risk["owner"]))
    colour = None if owner else ink().high
    yield from words(
        owner or speech.t.gettext(NO_OWNER), width=_RIGHT, align="right", colour=colour
    )
    if day := speech.value("risk", "due_on", risk["due_on"]):
        is_late = _is_late(register, risk, "due_on")
        text = speech.t.gettext(OVERDUE if is_late else DUE).format(day=day)
        colour = ink().high if is_late else ink().muted
        yield from words(text, width=_RIGHT, size=SMALL, align="right", colour=colour, bold=is_late)


def _is_late(register: _Register, risk: Mapping[str, Value], key: str) -> bool:
    """Whether a day by which something had to be done is over."""
    day = risk[key]
    if key not in ("due_on", "next_review_on") or not isinstance(day, date):
        return False
    return day < register.today and _is_open(register, risk)


def _body(register: _Register, risk: Mapping[str, Value], width: float) -> Iterator[Piece]:
    speech = register.speech.scored_by(risk["scored_by"])
    each = width / len(STAGES)
    stages = [tuple(_stage(speech, risk, stage, each - 8)) for stage in STAGES]
    yield from abreast(*((each * place, stage) for place, stage in enumerate(stages)))
    yield gap(5)
    for key in _COLUMNS:
        if key not in _PLACED:
            value, is_late = speech.value("risk", key, risk[key]), _is_late(register, risk, key)
            said = speech.t.gettext(OVERDUE).format(day=value) if is_late else value
            colour = ink().high if is_late else None
            yield from told(label_of(speech.t, "risk", key), said, width, colour, is_late)


def _stage(speech: Speech, risk: Mapping[str, Value], stage: str, width: float) -> Iterator[Piece]:
    """When, the level with its score, and likelihood and impact in words; what is known of it."""
    level = cast("str | None", risk[f"{stage}_level"])
    score, colour = risk[f"{stage}_score"], ink().level(level)
    name = level_words(level, speech.t, speech.vocabulary)
    yield from words(speech.t.gettext(STAGES[stage]), width=width, size=SMALL, colour=ink().muted)
    yield from marked(
        LEVELS[level], colour, name if score is None else f"{name} {score}",
        width=width, size=SMALL, text=colour, bold=level is not None,
    )  # fmt: skip
    factors = (
        speech.value("risk", f"{stage}_{part}", risk[f"{stage}_{part}"])
        for part in ("likelihood", "impact")
    )
    if known := " × ".join(filter(None, factors)):
        yield from words(known, width=width, size=SMALL, colour=ink().muted)
