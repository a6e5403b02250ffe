"""What answers each item that a notice has to contain: fields of the records, or a sentence made from them.

One entry for each `content` of `resources/catalogue/regimes.toml` (domain.md 2.3, 3.2), so that a notice
never leaves out in silence what a law asks: what is not known is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from riskreg.notices import sentences as said
from riskreg.notices.saying import Teller


class Ask(NamedTuple):
    """One question within an item.

    Attributes:
        sources: Fields, of which one answered is enough; those that are, are all said.
        tell: Says it instead of fields.
        label: A msgid; "" for the label of the field.
        is_needed: The item is incomplete without it.
        is_said: False where another question of the item says it already.
    """

    sources: tuple[str, ...] = ()
    tell: Callable[[Teller], str] | None = None
    label: str = ""
    is_needed: bool = True
    is_said: bool = True


class Answer(NamedTuple):
    """What was found to a question.

    Attributes:
        label: What was asked.
        text: "" where it is not known.
        source: The field where it can be entered; "" where it is none of the incident's, organisation's or assessment's.
        is_prose: Whole sentences, which stand without a label.
    """

    label: str
    text: str
    source: str
    is_prose: bool = False


def need(*sources: str, label: str = "") -> Ask:
    """An answer without which the item is incomplete: one of these fields."""
    return Ask(sources, label=label)


def also(*sources: str, label: str = "") -> Ask:
    """What is said where it is known."""
    return Ask(sources, label=label, is_needed=False)


def told(tell: Callable[[Teller], str], label: str, *sources: str, is_needed: bool = True) -> Ask:
    """A sentence made from the records; `sources` is where what it lacks is entered."""
    return Ask(sources, tell, label, is_needed)


_CONTACT: Final = told(said.contact, said.CONTACT, "contact")
_MEASURES: Final = (
    need("containment", "remedy"),
    also("prevention"),
    also("prevention_words"),
)
_HARM: Final = (
    need("impacts", "assessment.harms", "consequences", "effects"),
)  # fmt: skip
_PEOPLE: Final = (need("subject_categories"), need("people_count"), also("people_by_place"))
_DATA: Final = (need("data_types"), also("data_words"))
_WHEN: Final = (need("occurred_from_at"), also("occurred_to_at"))
_COURSE: Final = told(said.chronology, said.CHRONOLOGY, "discovered_at")

ITEMS: Final[Mapping[str, Sequence[Ask]]] = {
    "nature": (need("narrative"), need("category"), also("nature")),
    "nature_plain": (need("narrative"),),
    "people_and_number": _PEOPLE,
    "records_and_number": (*_DATA, need("records_count")),
    "contact": (_CONTACT,),
    "likely_consequences": (
        need("consequences", "impacts", "assessment.harms", "effects"),
        also("impact_severity"),
    ),
    "measures": _MEASURES,
    "delay_reason": (told(said.delay, said.DELAY),),
    "information_types": _DATA,
    "causes": (need("cause"), also("root_cause"), also("weakness")),
    "possible_harm": _HARM,
    "remedial_measures": (need("containment", "remedy"),),
    "steps_for_people": (need("self_help"),),
    "first_aware": (need("aware_at"), need("discovery_channel"), also("discovered_by")),
    "chronology": (_COURSE, Ask(("assessed_at",), is_said=False)),
    "how_it_happened": (need("narrative"), need("cause"), also("weakness")),
    "people_number": (need("people_count"),),
    "data_types": _DATA,
    "potential_harm": _HARM,
    "actions": _MEASURES,
    "plan_to_tell_people": (told(said.telling_people, said.TELLING),),
    "not_telling_grounds": (told(said.people_not_told, said.NOT_TELLING),),
    "data_of_the_person": _DATA,
    "nature_and_chronology": (need("narrative"), need("category"), _COURSE),
    "measures_on_breach": (need("containment"),),
    "measures_to_reduce_harm": (need("remedy", "prevention", "prevention_words", "self_help"),),
    "data_disclosed": _DATA,
    "when_and_how": (*_WHEN, need("narrative")),
    "handling_and_recovery": (need("containment", "remedy"), also("recovered_at")),
    "unit_and_system": (need("organisation.title"), need("systems", "location")),
    "time_place_type_level": (
        need("occurred_from_at"),
        need("location"),
        need("category"),
        need("severity"),
        need("impacts", "effects"),
        need("containment"),
    ),
    "trend": (need("is_ongoing"), also("effects")),
    "cause_analysis": (need("root_cause", "cause"), also("weakness")),
    "support_needed": (),
    "ransom": (told(said.ransom, said.RANSOM),),
    "what_happened": (need("narrative"),),
    "date_and_duration": (*_WHEN, also("is_ongoing")),
    "when_discovered": (need("discovered_at"),),
    "source_of_breach": (told(said.source, said.SOURCE, "processors"),),
    "people_and_risk": (
        need("subject_categories"),
        need("people_count"),
        need("assessment.outcome", "severity", label=said.RISK),
    ),
    "measures_taken": (need("containment", "remedy"), also("contained_at"), also("prevention"), also("prevention_words")),
    "contact_unit": (_CONTACT,),
    "self_protection": (need("self_help"),),
    "others_told": (told(said.others_told, said.OTHERS, "other_authorities"),),
    "ci_nature": (need("narrative"), need("category")),
    "ci_systems": (need("systems", "location"),),
    "ci_summary": (need("narrative"), *_WHEN, need("containment", "remedy")),
    "ci_annex_e": (
        need("organisation.title"),
        need("systems", "location"),
        *_WHEN,
        need("discovered_at"),
        need("narrative"),
        need("effects", "impacts"),
        need("containment"),
    ),
    "ci_annex_f": (
        need("systems", "location"),
        *_WHEN,
        need("contained_at"),
        also("recovered_at"),
        need("narrative"),
        need("root_cause", "cause"),
        need("effects", "impacts"),
        need("containment", "remedy"),
        need("prevention_words", "prevention"),
    ),
}  # fmt: skip
"""By the key of the content. An item without a question of its own is answered by a fact of the incident that is called as the item."""

USUAL: Final = ("nature", "people_and_number", "records_and_number", "likely_consequences", "measures", "contact")  # fmt: skip
"""What a notice says whose contents no source of ours lists: those of GDPR article 33(3), which most laws follow."""
USUAL_TO_PEOPLE: Final = ("what_happened", "data_of_the_person", "possible_harm", "measures", "self_protection", "contact_unit")  # fmt: skip
"""The same for people: what GDPR article 34(2) and the PCPD's list have in common."""


_BETTER: Final = {"assessment.harms": "impacts", "severity": "assessment.outcome"}
"""Fields that are left out where another one says the same more fully."""


def answers(asked: Sequence[Ask], by: Teller) -> Iterator[tuple[Ask, Answer]]:
    """What is found to these questions; one that is answered by several fields has several answers."""
    for ask in asked:
        if ask.tell is not None:
            source = ask.sources[0] if ask.sources else said.trigger_field(by, ask.label)
            yield ask, Answer(by.t.gettext(ask.label), ask.tell(by), source, True)
            continue
        known = {source: text for source in ask.sources if (text := by.value(source))}
        found = [(key, text) for key, text in known.items() if _BETTER.get(key) not in known]
        for source, text in found or [(ask.sources[0], "")]:
            label = by.t.gettext(ask.label) if ask.label else by.label(source)
            yield ask, Answer(label, text, source, by.is_prose(source))
