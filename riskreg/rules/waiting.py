"""What still waits for an answer: a "not yet" or a planned notice, by the incident it is part of.

Its own date alone does not tell. Nobody decides again on what was found to be no breach, is over, or lies in
the bin; nor on what was decided since, however that came in. `next_step` and the checks say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from riskreg.records import Decision, Incident, Notice, Record
from riskreg.records.terms import Vocabulary
from riskreg.rules.meaning import meant
from riskreg.rules.next_step import is_over
from riskreg.rules.standing import in_order

PARTS: Final = (Decision, Notice)
"""Kinds whose next date follows from their incident as well."""
DECIDES: Final = frozenset({"status", "closed_at", "near_miss", "deleted_at"})
"""The fields of an incident that it follows from."""


def settled(records: Iterable[Record], vocabulary: Vocabulary) -> Iterator[Record]:
    """The decisions and notices that wait for nothing any more, without their next date.

    Args:
        records: With their next dates as `due` has them; among them the incidents they are part of, and
            every decision on these.
        vocabulary: What an organisation's own choices count as.
    """
    here = [each for each in records if isinstance(each, (Incident, *PARTS))]
    incidents = {each.id: meant(each, vocabulary) for each in here if isinstance(each, Incident)}
    standing = _standing(each for each in here if isinstance(each, Decision))
    for each in here:
        if not isinstance(each, Incident) and each.due_at and each.incident:
            incident = incidents.get(next(iter(each.incident)))
            if _is_settled(each, incident, standing):
                yield each.having({"due_at": None})


def waits(decision: Decision, incident: Incident, last: Decision | None) -> bool:
    """Whether a "not yet" is still to be decided again.

    Args:
        decision: The "not yet".
        incident: Its incident, in the built-in choices.
        last: The decision that stands on its rule, where one is known.
    """
    has_ended = incident.deleted_at or incident.near_miss or is_over(incident)
    return not has_ended and (last is None or last.id == decision.id)


def _is_settled(
    record: Decision | Notice,
    incident: Incident | None,
    standing: Mapping[tuple[int, str], Decision],
) -> bool:
    if incident is None or incident.deleted_at:
        return True
    if isinstance(record, Decision):
        return not waits(record, incident, standing.get((incident.id, record.rule_key)))
    return not record.sent_at and bool(incident.near_miss or incident.status == "not_a_breach")


def _standing(decisions: Iterable[Decision]) -> Mapping[tuple[int, str], Decision]:
    """The last decision on each rule of each incident, outside the bin."""
    made = in_order((each for each in decisions if not each.deleted_at), "decided_at")
    return {(id, each.rule_key): each for each in made if each.rule_key for id in each.incident}
