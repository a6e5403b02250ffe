"""How many people were told by several notices: nobody is counted twice."""

from __future__ import annotations

from collections.abc import Iterable

from riskreg.records import Notice


def people_told(notices: Iterable[Notice]) -> int | None:
    """How many people notices reached together; None where none says a number.

    First notices of one law go to different people and add up. A further one goes to those who had the
    first, and one under another law may: of these the largest number counts.

    Args:
        notices: Sent, to the people themselves.
    """
    firsts: dict[str | None, int] = {}
    found: list[int] = []
    for each in notices:
        number = each.people_told.number if each.people_told else None
        if number is None:
            continue
        if each.phase == "first":
            firsts[each.regime] = firsts.get(each.regime, 0) + number
        else:
            found.append(number)
    return max((*firsts.values(), *found), default=None)
