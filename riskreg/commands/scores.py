"""`log --scores`: how the score of a risk went, by which scale, and where it goes."""

from __future__ import annotations

from typing import Final

from riskreg import clock
from riskreg.commands.history import ENTRY, WHEN, WHO, who_words
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.past_scores import ScoreHistory, score_history
from riskreg.records.jsons import Json
from riskreg.rules.score_history import Move, Point, moves
from riskreg.score_words import (
    NO_SCORES,
    STAGES,
    point_words,
    scale_words,
    trend_words,
    why_words,
)
from riskreg.views import Reader

STAGE: Final = N_("Stage")
BEFORE: Final = N_("Before")
NOW: Final = N_("Now")
BECAUSE: Final = N_("Because of")
SCALE: Final = N_("Scale")


def scores(session: Session) -> int:
    """`log --ref REF --scores`: each change of a score, newest first, and the trend."""
    args, now = session.args, clock.now()
    if not args.ref:
        raise Expected("usage", problem="--scores: --ref REF")
    with session.reading() as reader:
        record = reader.record(reader.find(args.ref))
        if record.kind != "risk":
            raise Expected("not_a_risk", ref=record.ref)
        found = score_history(reader, record.id, now)
        told = tuple(reversed(list(moves(found.found))))[: args.limit]
        if args.json:
            print_json(_as_json(record.ref, found, [move.now for move in told]))
            return 0
        _print(session, reader, told)
        if found.found:
            say(trend_words(found.trend, now, reader.organisation().zone, session.t))
    return 0


def _print(session: Session, reader: Reader, told: tuple[Move, ...]) -> None:
    t, zone, vocabulary = session.t, reader.organisation().zone, reader.vocabulary
    if not told:
        say(t.gettext(NO_SCORES))
        return
    labels = (ENTRY, WHEN, STAGE, BEFORE, NOW, BECAUSE, SCALE, WHO)
    rows = [
        (
            str(now.seq),
            moment_words(now.at, zone, t),
            t.gettext(STAGES[now.stage]),
            point_words(was, t, vocabulary) if was else "",
            point_words(now, t, vocabulary),
            why_words(now, t),
            scale_words(now, t),
            who_words(now.actor),
        )
        for was, now in told
    ]
    print_table([t.gettext(label) for label in labels], rows)


def _as_json(ref: str, found: ScoreHistory, told: list[Point]) -> dict[str, Json]:
    since = found.trend.since
    return {
        "ref": ref,
        "trend": found.trend.way,
        "since": since.seq if since else None,
        "scores": [_point(point) for point in told],
    }


def _point(point: Point) -> dict[str, Json]:
    return {
        "seq": point.seq,
        "at": point.at.isoformat(),
        "account": point.actor.account,
        "name": point.actor.name,
        "stage": point.stage,
        "likelihood": point.likelihood,
        "impact": point.impact,
        "score": point.score,
        "level": point.level,
        "scale": point.scale.key if point.scale else None,
        "scale_title": point.scale.title.en if point.scale else None,
        "only_the_scale": point.is_rescaled,
    }
