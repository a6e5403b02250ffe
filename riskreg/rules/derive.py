"""Derived fields of each kind, computed from the record and what is passed in.

`VERSION` grows with every change of what these functions answer; a register that was written by an
older version computes them anew when it is opened, with a journal entry. `CHANGED` grows with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from riskreg.records import Action, Assessment, Record, Risk, Step, Transfer
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Vocabulary
from riskreg.rules.assessed import severity_of
from riskreg.rules.due import due
from riskreg.rules.filing import filing_due
from riskreg.rules.meaning import meant
from riskreg.rules.scoring import level, score

VERSION: Final = 4
CHANGED: Final[Mapping[int, Mapping[str, frozenset[str]]]] = {
    3: {"decision": frozenset({"due_at"}), "notice": frozenset({"due_at"})},
    4: {"decision": frozenset({"due_at"})},
}
"""What a version answers otherwise than the one before it: fields by kind. What it was the first to answer is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What derived fields are computed from besides the record.

    Attributes:
        vocabulary: The scale in force and the register's others; a risk may name the one it is scored by.
            Also what an organisation's own choices count as.
        title_of: The catalogue's title for a ref of a policy action or step; "" where there is none.
    """

    vocabulary: Vocabulary
    title_of: Callable[[str], str]


def derive(record: Record, given: Given) -> dict[str, Value]:
    """Every derived field of a record; the next date as the record alone has it (`waiting` knows what it belongs to)."""
    record = meant(record, given.vocabulary)
    match record:
        case Risk():
            return {
                "due_at": due(record),
                **scores(record, given.vocabulary.scale_by(record.scored_by)),
            }
        case Transfer():
            owed = filing_due(record)
            return {"due_at": due(record.having({"filing_due_on": owed})), "filing_due_on": owed}
        case Action() | Step():
            return {"due_at": due(record), "title": given.title_of(record.ref)}
        case Assessment():
            found = severity_of(record)
            score = "" if found.score is None else str(found.score)
            return {"due_at": due(record), "severity_score": score, "severity_band": found.band}
        case _:
            return {"due_at": due(record)}


def answered_otherwise(since: int) -> Mapping[str, frozenset[str]]:
    """By kind the fields that rules newer than a version answer otherwise; of every other field the answer is the same."""
    found: dict[str, frozenset[str]] = {}
    for version, kinds in CHANGED.items():
        for kind, keys in kinds.items() if version > since else ():
            found[kind] = found.get(kind, frozenset()) | keys
    return found


def scores(risk: Risk, scale: Scale) -> dict[str, Value]:
    """The score and level of each stage, by field; None where likelihood or impact is missing."""
    found: dict[str, Value] = {}
    for stage in ("inherent", "residual", "target"):
        likelihood, impact = getattr(risk, f"{stage}_likelihood"), getattr(risk, f"{stage}_impact")
        found[f"{stage}_score"] = points = score(likelihood, impact, scale)
        found[f"{stage}_level"] = level(points, scale)
    return found
