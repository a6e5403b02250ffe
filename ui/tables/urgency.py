"""The order of incidents by their clocks: what is due first comes first, as the column says it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Final

from riskreg import clock
from riskreg.case_words import Urgency, urgency
from riskreg.cases import cases_of
from riskreg.rules.meaning import meant
from riskreg.rules.statistics import is_open
from riskreg.views import Reader, View

KEY: Final = "aware_at"
"""The column that shows the clock of an incident."""
MOST: Final = 2_000
"""Open incidents whose clocks are read for it, some seconds beside the window; of more the awareness alone sorts."""
_CHUNK: Final = 200
"""Cases in memory at once."""


def ordered(reader: Reader, view: View, ids: array[int]) -> array[int]:
    """The answer to a question, which is sorted by awareness, with the open incidents by what is due first.

    They stand before the others, which keep their order; turned round, after them. Anything else that sorts
    is left alone.

    Args:
        reader: The register; only this thread may use it meanwhile.
        view: The question.
        ids: What it answers.
    """
    if view.kinds != ("incident",) or view.bin or view.sort[:1] not in (_UP, _DOWN):
        return ids
    where = (*view.where, *is_open("incident", reader.vocabulary))
    waiting = list(reader.ids(replace(view, where=where, sort=_UP)))
    if len(waiting) > MOST:
        return ids
    keys = _keys(reader, waiting)
    pressing = sorted(keys, key=lambda id: keys[id])  # those alike stay as awareness has them
    is_turned = view.sort[0][1]
    others = [id for id in ids if id not in keys]
    return array("q", (*others, *reversed(pressing)) if is_turned else (*pressing, *others))


_UP: Final = ((KEY, False),)
_DOWN: Final = ((KEY, True),)


def _keys(reader: Reader, ids: list[int]) -> dict[int, Urgency]:
    """How much each of those presses that press at all, in the order of their ids."""
    now, lists = clock.now(), reader.vocabulary
    found: dict[int, Urgency] = {}
    for start in range(0, len(ids), _CHUNK):
        cases = cases_of(reader, ids[start : start + _CHUNK])
        for id in ids[start : start + _CHUNK]:
            if case := cases.get(id):
                key = urgency(replace(case, incident=meant(case.incident, lists)), now)
                if key is not None:
                    found[id] = key
    return found
