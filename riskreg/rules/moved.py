"""Whether a risk rose or fell between two moments: both scores are read by the scale of now, as in `score_history`.

Scores on scales with other numbers of steps cannot be held against each other, and one that is missing
on either side says nothing: then there is no way. Source: the product's own rule (domain.md 4.4).
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from riskreg.records.terms import Scale
from riskreg.rules.scoring import score

Way: TypeAlias = Literal["rose", "fell", "new", "over"]


class Pair(NamedTuple):
    """Likelihood and impact of a risk with the controls of a moment; None where not scored."""

    likelihood: int | None
    impact: int | None


def way(before: Pair | None, after: Pair | None, then: Scale, now: Scale) -> Way | None:
    """How a risk moved; None where it stayed, or where nobody can say.

    Args:
        before: Of the open risk at that time; None where it was not open then.
        after: Of the open risk today; None where it is not open any more.
        then: The scale in force at that time.
        now: The scale in force today.
    """
    if before is None or after is None:
        return "new" if before is None else "over"
    is_alike = (len(then.likelihood), len(then.impact)) == (len(now.likelihood), len(now.impact))
    was, has = score(*before, now), score(*after, now)
    if not is_alike or was is None or has is None or was == has:
        return None
    return "rose" if has > was else "fell"
