"""How complete a register is: the share of records that lack nothing, and what is missing most (`rules.completeness`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from riskreg.records import Evidence, Record
from riskreg.rules.completeness import RULES, Rule, missing
from riskreg.rules.showing import shown


class Missing(NamedTuple):
    """A field that records of a kind lack: which, why it matters, and how many lack it."""

    kind: str
    rule: Rule
    number: int


class Completeness(NamedTuple):
    """How complete the records are of which completeness asks anything.

    Attributes:
        records: How many they are.
        complete: How many of them lack nothing.
        missing: What the others lack, the most frequent first, then in the order in which it is asked.
    """

    records: int
    complete: int
    missing: tuple[Missing, ...]

    @property
    def percent(self) -> int:
        """The share that lacks nothing, rounded down, so that 100 means all; 100 where there are no records."""
        return self.complete * 100 // self.records if self.records else 100


def completeness(records: Iterable[Record]) -> Completeness:
    """How complete these records are; those of kinds of which nothing is asked do not count.

    Args:
        records: All of a register outside the bin: the files among them show something of others.
    """
    records = list(records)
    seen = shown(record for record in records if isinstance(record, Evidence))
    number = complete = 0
    found: Counter[tuple[str, str]] = Counter()
    rules: dict[tuple[str, str], Rule] = {}
    for record in records:
        if record.kind not in RULES:
            continue
        lacking = missing(record, is_shown=record.id in seen)
        number += 1
        complete += not lacking
        for rule in lacking:
            rules.setdefault((record.kind, rule.field), rule)
            found[record.kind, rule.field] += 1
    order = {
        (kind, rule.field): place
        for place, (kind, rule) in enumerate((kind, rule) for kind in RULES for rule in RULES[kind])
    }
    ranked = sorted(found, key=lambda of: (-found[of], order[of]))
    return Completeness(
        number, complete, tuple(Missing(of[0], rules[of], found[of]) for of in ranked)
    )
