"""Which incidents count as breaches of personal data: never a drill, a near miss or what was found to be none.

Each stays in the register with its reasons, and in the counts that are its own.
"""

from __future__ import annotations

from typing import Final, Literal

from riskreg.errors import N_
from riskreg.records import Incident
from riskreg.records.terms import Vocabulary
from riskreg.rules.meaning import meant
from riskreg.views import Where

Sort = Literal["breach", "near_miss", "not_a_breach", "drill"]

SORTS: Final[dict[Sort, str]] = {
    "breach": N_("Breaches"),
    "near_miss": N_("Near misses"),
    "not_a_breach": N_("Found to be no breach"),
    "drill": N_("Drills"),
}
"""What each sort is called; an incident is of one of them."""

_NONE: Final = "not_a_breach"


def sort_of(incident: Incident, vocabulary: Vocabulary) -> Sort:
    """What an incident counts as; a drill is a drill, whatever else it says."""
    return sort_of_meant(meant(incident, vocabulary))


def sort_of_meant(incident: Incident) -> Sort:
    """The same for a record in the words of the built-in choices (`meaning.meant`)."""
    if incident.drill:
        return "drill"
    if incident.status == _NONE:
        return "not_a_breach"
    return "near_miss" if incident.near_miss else "breach"


def is_breach(incident: Incident) -> bool:
    """Whether a record in those words is a breach."""
    return sort_of_meant(incident) == "breach"


def breaches(vocabulary: Vocabulary) -> tuple[Where, ...]:
    """The conditions of a view that lists the breaches alone."""
    none = vocabulary.terms_of("incident_status").counting_as(_NONE)
    return (
        Where("drill", "!=", True),
        Where("near_miss", "!=", True),
        *(Where("status", "!=", key) for key in none),
    )
