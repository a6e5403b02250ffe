"""How the scores of a risk went, from the entries of the journal about it.

A point stands wherever a score changed: the pair of likelihood and impact, or only the scale that made
a score of the same pair. Score and level are those of the scale of that time (`past_scales`), never of
today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final, Literal, NamedTuple, TypeAlias

from riskreg.records.fields import Fields, Value
from riskreg.records.terms import Scale
from riskreg.rules.past_scales import PastScales, scored_by
from riskreg.rules.scoring import level, score
from riskreg.views import Actor, Entry

Stage: TypeAlias = Literal["inherent", "residual", "target"]
Way: TypeAlias = Literal["rising", "falling", "steady", "unknown"]
STAGES: Final[tuple[Stage, ...]] = ("inherent", "residual", "target")
YEAR: Final = timedelta(days=365)
"""How far a trend looks back: the twelve months between two yearly reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A score as it came to be.

    Attributes:
        at: When, UTC.
        seq: The entry of the journal.
        actor: Who made the entry.
        stage: Before any control, with those in place, or after the planned treatment.
        likelihood: The step chosen; None, with all that follows from it, where the risk has no score any more.
        impact: Likewise.
        score: What the scale of that time made of the two; None where it has no such step or is not known.
        level: The key of the level; None where there is no score.
        scale: What gave the score; None where it is not known any more.
        is_rescaled: Likelihood and impact stayed; only the scale is another.
    """

    at: datetime
    seq: int
    actor: Actor
    stage: Stage
    likelihood: int | None
    impact: int | None
    score: int | None
    level: str | None
    scale: Scale | None
    is_rescaled: bool = False

    @property
    def pair(self) -> tuple[int, int] | None:
        """Likelihood and impact; None where one of them is missing."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood, self.impact


class Move(NamedTuple):
    """A point, and the one of its stage before it; None for the first."""

    was: Point | None
    now: Point


class Trend(NamedTuple):
    """Where the residual score goes.

    Attributes:
        way: `rising falling steady`, or `unknown`.
        since: What it is compared with; None where nothing can be compared.
        now: The newest score; None where there is none.
    """

    way: Way
    since: Point | None = None
    now: Point | None = None


def points(risk: int, entries: Iterable[Entry], scales: PastScales) -> tuple[Point, ...]:
    """The scores of a risk through time, oldest first; those of one entry in the order of `STAGES`.

    Args:
        risk: Its id.
        entries: All of the journal about it, with their changes, in any order.
        scales: Those of the register through time.
    """
    own = {entry.seq: entry for entry in entries}
    told = {**{entry.seq: entry for entry in scales.entries}, **own}
    state: dict[str, Value] | None = None
    last: dict[Stage, Point] = {}
    found: list[Point] = []
    for seq in sorted(told):
        if seq in own:
            state = _after(risk, own[seq], state)
        if state is None:
            continue
        scale = scales.at(seq, scored_by(state, frozenset()))
        for stage in STAGES:
            point = _changed(_point(told[seq], stage, state, scale), last.get(stage))
            if point is not None:
                last[stage] = point
                found.append(point)
    return tuple(found)


def moves(found: Iterable[Point]) -> Iterator[Move]:
    """Each point with what it changed, oldest first."""
    last: dict[Stage, Point] = {}
    for point in found:
        yield Move(last.get(point.stage), point)
        last[point.stage] = point


def trend(found: Sequence[Point], now: datetime) -> Trend:
    """Where the residual score went in the twelve months before `now`.

    The score that stood twelve months ago, or the first one since, is compared with the newest; what lay
    between them does not count. Both pairs are scored by the scale of the newest, so that other bands or
    another table move nothing by themselves. Where the scale was exchanged for one with another number of
    steps, scores from before it cannot be compared and are left out. It is unknown where there is no score
    today, or only one that is younger than twelve months.
    """
    own = [point for point in found if point.stage == "residual"]
    newest = own[-1] if own else None
    if newest is None or newest.score is None or newest.scale is None:
        return Trend("unknown")
    scale, begin = newest.scale, now - YEAR
    alike = list(takewhile(lambda point: _has_same_steps(point.scale, scale), reversed(own)))
    scored = [point for point in reversed(alike) if point.pair is not None]
    before = [point for point in scored if point.at <= begin]
    since = before[-1] if before else scored[0]
    if since is newest:
        return Trend("steady" if before else "unknown", since if before else None, newest)
    was, is_ = (score(point.likelihood, point.impact, scale) for point in (since, newest))
    if was is None or is_ is None:
        return Trend("unknown", None, newest)
    way: Way = "rising" if is_ > was else "falling" if is_ < was else "steady"
    return Trend(way, since, newest)


def _has_same_steps(one: Scale | None, other: Scale) -> bool:
    """Whether step 3 of one may stand for step 3 of the other."""
    return one is not None and _size(one) == _size(other)


def _size(scale: Scale) -> tuple[int, int]:
    return len(scale.likelihood), len(scale.impact)


def _after(risk: int, entry: Entry, state: dict[str, Value] | None) -> dict[str, Value] | None:
    """The fields of the risk after an entry; None where it is withdrawn."""
    for change in entry.changes:
        if change.id == risk:
            after: Fields | None = change.after
            state = None if after is None else {**(state or {}), **after}
    return state


def _point(entry: Entry, stage: Stage, state: Fields, scale: Scale | None) -> Point:
    pair = [_step(state.get(f"{stage}_{axis}")) for axis in ("likelihood", "impact")]
    likelihood, impact = pair if None not in pair else (None, None)
    made = score(likelihood, impact, scale) if scale else None
    return Point(
        at=entry.at, seq=entry.seq, actor=entry.actor, stage=stage, scale=scale,
        likelihood=likelihood, impact=impact, score=made,
        level=level(made, scale) if scale else None,
    )  # fmt: skip


def _step(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _changed(point: Point, last: Point | None) -> Point | None:
    """The point, where it says anything new."""
    if last is None or point.pair != last.pair:
        return point if point.pair or (last and last.pair) else None
    if (point.score is None and last.score is None) or _made(point) == _made(last):
        return None
    return replace(point, is_rescaled=True)


def _made(point: Point) -> object:
    """What a scale made of a pair; other words for the same are no change."""
    key, size = (point.scale.key, _size(point.scale)) if point.scale else ("", None)
    return key, size, point.score, point.level
