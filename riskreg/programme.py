"""How a register stands to the policy actions, as window, paper and checks ask for it, and what is missing in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, cast

from riskreg import catalogue
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import Translator
from riskreg.records import Action, Evidence, Record, Risk, Step
from riskreg.rules.coverage import GAPS, RISKS_ABOVE, Coverage, Covered, Item, coverage
from riskreg.rules.proposals import levels_above
from riskreg.views import Reader, View, Where
from riskreg.work import QUIET, Work

READING: Final = N_("Reading the register")

_CHUNK: Final = 500
"""Records in one question."""
_UNVERIFIED: Final = "unverified"


def items() -> tuple[Item, ...]:
    """The policy actions of the catalogue, in its order, as coverage asks for them."""
    return tuple(
        Item(
            key=action.key,
            category=action.category,
            stance=action.stance,
            is_verified=action.source_status != _UNVERIFIED,
        )
        for action in catalogue.policy_actions()
    )


def covered(reader: Reader, today: date, work: Work = QUIET) -> Coverage:
    """How the policy actions stand.

    Args:
        reader: The register; only this thread may use it meanwhile.
        today: The day where the organisation is.
        work: Progress; may cancel.

    Raises:
        Cancelled: The person stopped it.
    """
    by_ref = (("ref", False),)
    lowered = Where("actions", "empty", False)
    above = levels_above(reader.organisation().appetite, reader.vocabulary.terms_of("level"))
    return coverage(
        items(),
        cast("Sequence[Action]", _records(reader, View(kinds=("action",), sort=by_ref), work)),
        cast("Sequence[Step]", _records(reader, View(kinds=("step",), sort=by_ref), work)),
        _incidents(reader),
        today,
        cast("Sequence[Evidence]", _records(reader, View(kinds=("evidence",)), work)),
        cast("Sequence[Risk]", _records(reader, View(kinds=("risk",), where=(lowered,)), work)),
        above,
        reader.vocabulary,
    )


def gap_words(action: Covered, gap: str, t: Translator) -> str:
    """A gap of one policy action, with its number where it has one."""
    if gap != "risks_above":
        return t.gettext(GAPS[gap])
    number = len(action.above)
    return t.ngettext(*RISKS_ABOVE, number).format(number=number_words(number))


def _incidents(reader: Reader) -> dict[int, frozenset[int]]:
    """The incidents that showed a gap, by the id of the policy action."""
    view = View(kinds=("action",), columns=("incidents",))
    rows = reader.rows(view, reader.ids(view))
    return {row.id: cast("frozenset[int]", row.values[0]) for row in rows}


def _records(reader: Reader, view: View, work: Work) -> list[Record]:
    return list(_each(reader, view, work))


def _each(reader: Reader, view: View, work: Work) -> Iterator[Record]:
    """The records of a view in its order, asked for in short questions, between which it can be stopped."""
    ids = reader.ids(view)
    for start in range(0, len(ids), _CHUNK):
        work.step(READING, start, len(ids))
        part = ids[start : start + _CHUNK]
        found = reader.records(part)
        yield from (found[id] for id in part if id in found)
