"""Which files show something now: those that are current, and that no newer version replaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from riskreg.records import Evidence, declared_links

_CURRENT: Final = (None, "current")
"""A file of which nothing is said is relied on; one that was returned or destroyed can be shown to nobody."""


def is_current(file: Evidence) -> bool:
    """Whether its status lets a file be relied on."""
    return file.status in _CURRENT


def current(files: Iterable[Evidence]) -> Sequence[Evidence]:
    """Those of all files that show something; what an import only linked to a newer one is left out too."""
    known = list(files)
    older = {id for file in known for id in file.replaces}
    return [file for file in known if file.id not in older and is_current(file)]


def shown(files: Iterable[Evidence]) -> frozenset[int]:
    """The records of which all these files show something."""
    return frozenset(
        id
        for file in current(files)
        for key in declared_links(Evidence).keys() - {"replaces"}
        for id in cast("frozenset[int]", file.get(key))
    )
