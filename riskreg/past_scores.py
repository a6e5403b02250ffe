"""What the journal tells of scores: the questions to a reader that the rules about them are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from riskreg.records import Record, Risk, stored
from riskreg.records.fields import Score
from riskreg.records.values import Instant
from riskreg.rules.compared import Net
from riskreg.rules.past_scales import Ids, PastScales, Sides, named_at, scored_by
from riskreg.rules.score_history import YEAR, Point, Trend, Way, points, trend
from riskreg.views import Entry, EntryChange, Reader, View
from riskreg.work import QUIET, READING_HISTORY, Work

_PAGE: Final = 500
_AGE: Final = View(kinds=("risk",), columns=("created_at", "residual_score"))

_SCORED: Final = frozenset(key for key, what in stored(Risk).items() if isinstance(what, Score))
"""The fields of a risk whose values are steps of a scale."""


class ScoreHistory(NamedTuple):
    """How the scores of one risk went; `found` is empty where it never had one."""

    found: tuple[Point, ...]
    trend: Trend


def past_scales(reader: Reader) -> PastScales:
    """The scales of a register through time, those in the bin and those withdrawn too."""
    asked = (View(kinds=("scale",), bin=is_binned) for is_binned in (False, True))
    ids = {id for view in asked for id in reader.ids(view)} | reader.withdrawn_ids(["scale"])
    return PastScales(reader.about(ids), reader.vocabulary.base.scale)


def score_history(reader: Reader, id: int, now: datetime) -> ScoreHistory:
    """How the scores of a risk went until `now`."""
    found = points(id, reader.log(id=id), past_scales(reader))
    return ScoreHistory(found, trend(found, now))


def ways(reader: Reader, ids: Sequence[int], now: datetime, work: Work = QUIET) -> dict[int, Way]:
    """Where the residual scores of these risks went in the twelve months before `now`, by id.

    Of a risk that was never changed, its age says it, unless a scale was touched in those months: the
    journal is asked about the others only, about a millisecond each.
    """
    scales = past_scales(reader)
    begin = now - YEAR
    is_settled = all(entry.at <= begin for entry in scales.entries)
    found: dict[int, Way] = {}
    for start in range(0, len(ids), _PAGE):
        work.step(READING_HISTORY, start, len(ids))
        for row in reader.rows(_AGE, ids[start : start + _PAGE]):
            made, score = row.values
            is_young = isinstance(made, Instant) and made.utc > begin
            if score is None:
                found[row.id] = "unknown"
            elif row.version == 1 and (is_young or is_settled):
                found[row.id] = "unknown" if is_young else "steady"
            else:
                found[row.id] = trend(points(row.id, reader.log(id=row.id), scales), now).way
    return found


def sides(reader: Reader, record: Record, entries: Sequence[Entry]) -> Mapping[int, Sides]:
    """What the scores of each entry of a record are shown with; `entries` newest first, without a gap."""
    if not isinstance(record, Risk):
        return {}
    return past_scales(reader).told(reader.vocabulary, record, entries)


def sides_of(
    reader: Reader, seq: int, changes: Sequence[EntryChange], scales: PastScales | None = None
) -> Mapping[int, Sides]:
    """What the scores that entry `seq` changed are shown with, by the risk; `scales` where they are known already."""
    risks = {change.id: change for change in changes if _is_scored(change)}
    if not risks:
        return {}
    known = scales or past_scales(reader)
    states = reader.state(risks, {id: change.version for id, change in risks.items()})
    found = {}
    for id, change in risks.items():
        state = states.get(id)
        named: Ids = state.scored_by if isinstance(state, Risk) else frozenset()
        after = scored_by(change.after, named)
        before = scored_by(change.before, after)
        found[id] = known.sides(reader.vocabulary, seq, before, after)
    return found


def sides_between(
    reader: Reader, nets: Iterable[Net], since: int, until: int
) -> Mapping[int, Sides]:
    """What the scores of risks are shown with as they stood after entry `since` and after `until`, by the risk."""
    scored = [net for net in nets if _is_scored(net)]
    if not scored:
        return {}
    scales, vocabulary = past_scales(reader), reader.vocabulary
    found = {}
    for net in scored:
        named = scored_by(net.before, frozenset()), scored_by(net.after, frozenset())
        if not net.is_new:
            entries = reader.log(id=net.id)
            named = named_at(net.id, entries, since), named_at(net.id, entries, until)
        then = zip((since, until), named, strict=True)
        found[net.id] = Sides(*(scales.then(vocabulary, seq, ids) for seq, ids in then))
    return found


def _is_scored(change: EntryChange | Net) -> bool:
    """Whether it touched a score of a risk."""
    keys = {*(change.before or ()), *(change.after or ())}
    return change.kind == "risk" and not keys.isdisjoint(_SCORED)
