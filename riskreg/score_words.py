"""How scores went, in words: what a point, a change and a trend are called on screen, on paper and on the command line.

A level is named by the scale of its time. Where that is not known any more, the numbers stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records.terms import Step, Vocabulary
from riskreg.records.values import zone_of
from riskreg.rules.score_history import YEAR, Point, Stage, Trend, Way
from riskreg.wording import level_words

STAGES: Final[Mapping[Stage, str]] = {
    "inherent": N_("Before any control"),
    "residual": N_("With today's controls"),
    "target": N_("After the planned treatment"),
}
WAYS: Final[Mapping[Way, str]] = {
    "rising": N_("Rising"),
    "falling": N_("Falling"),
    "steady": N_("Steady"),
    "unknown": N_("No trend yet"),
}
ARROWS: Final[Mapping[Way, str]] = {"rising": "↑", "falling": "↓", "steady": "→", "unknown": "–"}
TITLE: Final = N_("How the score went")
NO_SCORES: Final = N_("This risk has no score yet.")
_NEVER: Final = N_("No trend yet: no score is old enough to compare with.")
_OFF: Final = N_("No trend: the risk has no score today.")
_LAST_YEAR: Final[Mapping[Way, str]] = {
    "rising": N_("Rising: higher than twelve months ago."),
    "falling": N_("Falling: lower than twelve months ago."),
    "steady": N_("Steady: as twelve months ago."),
}
_SINCE: Final[Mapping[Way, str]] = {
    "rising": N_("Rising: higher than on {day}."),
    "falling": N_("Falling: lower than on {day}."),
    "steady": N_("Steady: as on {day}."),
}
_RESCALED: Final = N_("The same steps on another scale")
_GONE: Final = N_("No score any more")
_LOST: Final = N_("a scale that is not known any more")


def trend_words(trend: Trend, now: datetime, zone: str, t: Translator) -> str:
    """Where the residual score goes, in a sentence."""
    if trend.since is None:
        return t.gettext(_OFF if trend.now is None else _NEVER)
    if trend.since.at <= now - YEAR:
        return t.gettext(_LAST_YEAR[trend.way])
    day = day_words(trend.since.at.astimezone(zone_of(zone)).date(), t)
    return t.gettext(_SINCE[trend.way]).format(day=day)


def trend_line(trend: Trend, now: datetime, zone: str, t: Translator) -> str:
    """The same behind its arrow, where it goes anywhere."""
    said = trend_words(trend, now, zone, t)
    return said if trend.way == "unknown" else f"{ARROWS[trend.way]} {said}"


def level_then(point: Point, t: Translator, vocabulary: Vocabulary) -> str:
    """What the level of a point was called; as for a risk without a score where there is none."""
    band = point.scale.band(point.score) if point.scale else None
    if band is None or band.label is None:
        return level_words(point.level, t, _unscaled(point, vocabulary))
    return band.label.get(t.language)


def _unscaled(point: Point, vocabulary: Vocabulary) -> Vocabulary:
    """The lists in which a level is not called as another scale, the one in force, has it."""
    bands = (band for band in vocabulary.scale.bands if band.level == point.level)
    return vocabulary.base if any(band.label for band in bands) else vocabulary


def point_words(point: Point, t: Translator, vocabulary: Vocabulary) -> str:
    """Level and score, `High 12`; the two numbers where no level is known for them."""
    if point.pair is None:
        return t.gettext(_GONE)
    if point.level is None:
        return " × ".join(map(str, point.pair))
    return f"{level_then(point, t, vocabulary)} {point.score}"


def pair_words(point: Point, t: Translator) -> str:
    """Likelihood and impact as the scale of that time words them: `4 Likely × 3 Moderate`; "" where there are none."""
    if point.pair is None:
        return ""
    axes = (point.scale.likelihood, point.scale.impact) if point.scale else ((), ())
    return " × ".join(_step(value, axis, t) for value, axis in zip(point.pair, axes, strict=True))


def _step(value: int, axis: tuple[Step, ...], t: Translator) -> str:
    label = next((step.label.get(t.language) for step in axis if step.value == value), "")
    return f"{value} {label}".strip()


def scale_words(point: Point, t: Translator) -> str:
    """What the scale of a point is called."""
    return point.scale.title.get(t.language) if point.scale else t.gettext(_LOST)


def why_words(point: Point, t: Translator) -> str:
    """What made a point: the steps that were chosen, or that only the scale is another; "" where the score is gone."""
    return t.gettext(_RESCALED) if point.is_rescaled else pair_words(point, t)
