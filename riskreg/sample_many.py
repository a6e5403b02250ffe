"""Generated risks for a big sample register: as varied as real ones, and made fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeVar

from riskreg.catalogue import vocabulary
from riskreg.records.fields import Fields, Value

_FIRST: Final = date(2026, 6, 1)
_DAYS: Final = 900
"""Due and review dates lie in this many days from the first: some are overdue."""

_LIKELIHOODS: Final = (1, 2, 2, 3, 3, 3, 4, 4, 5)
_IMPACTS: Final = (1, 2, 2, 3, 3, 3, 3, 4, 4, 5)
"""The steps of the scale, as often as they occur before controls."""

_NOBODY: Final[frozenset[int]] = frozenset()
T = TypeVar("T")


def many_risks(
    rng: Random,
    phrases: Mapping[str, Any],
    owners: Sequence[frozenset[int]],
    assets: Sequence[frozenset[int]],
    number: int,
) -> Iterator[Fields]:
    """The fields of so many risks.

    Args:
        rng: The same state gives the same risks.
        phrases: Lists of texts: `titles data places causes events consequences treatments tags`.
        owners: One link each; some risks have none.
        assets: One link each; a third of the risks have one or two.
        number: How many.
    """
    lists = vocabulary()
    choices = [lists.terms_of(f"risk_{name}").keys for name in ("category", "status", "treatment")]
    for _ in range(number):
        yield {
            **_words(rng, phrases),
            **dict(zip(("category", "status", "treatment"), _each(rng, choices), strict=True)),
            **_scores(rng),
            "owner": _pick(rng, owners) if rng.random() < 0.9 else _NOBODY,
            "assets": _some(rng, assets),
            "due_on": _day(rng),
            "next_review_on": _day(rng),
        }


def _pick(rng: Random, items: Sequence[T]) -> T:
    """One of the items; five times as fast as `choice`."""
    return items[int(rng.random() * len(items))]


def _each(rng: Random, lists: Sequence[Sequence[T]]) -> list[T]:
    return [_pick(rng, items) for items in lists]


def _words(rng: Random, phrases: Mapping[str, Any]) -> dict[str, Value]:
    data, place = _pick(rng, phrases["data"]), _pick(rng, phrases["places"])
    title = _pick(rng, phrases["titles"]).format(data=data, place=place)
    return {
        "title": title[0].upper() + title[1:],
        "cause": _pick(rng, phrases["causes"]),
        "event": _pick(rng, phrases["events"]),
        "consequence": _pick(rng, phrases["consequences"]),
        "treatment_text": _pick(rng, phrases["treatments"]),
        "tags": frozenset({_pick(rng, phrases["tags"])} if rng.random() < 0.2 else ()),
    }


def _scores(rng: Random) -> dict[str, Value]:
    """Likelihood and impact before controls, today and as planned, never rising."""
    found: dict[str, Value] = {}
    likelihood, impact = _pick(rng, _LIKELIHOODS), _pick(rng, _IMPACTS)
    for stage in ("inherent", "residual", "target"):
        found[f"{stage}_likelihood"], found[f"{stage}_impact"] = likelihood, impact
        likelihood = max(1, likelihood - int(rng.random() * 3))
        impact = max(1, impact - int(rng.random() * 2))
    return found


def _some(rng: Random, assets: Sequence[frozenset[int]]) -> frozenset[int]:
    if rng.random() < 2 / 3:
        return _NOBODY
    return _pick(rng, assets) | (_pick(rng, assets) if rng.random() < 0.3 else _NOBODY)


def _day(rng: Random) -> date:
    return _FIRST + timedelta(days=int(rng.random() * _DAYS))
