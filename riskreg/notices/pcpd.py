"""The questions of the PCPD's form for notifying a data breach, in its four parts (domain.md 2.4).

Online since 19 June 2023. The parts and the labels "User sector", "Types of personal data involved",
"Did you engage a service provider", "Cause", "Potential risk" and "Were the affected individuals notified?"
were seen; the paper form was not, so the other questions are expected ones and the official form is not imitated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.notices import sentences as said
from riskreg.notices.items import Ask, also, need, told
from riskreg.notices.saying import Teller


class Question(NamedTuple):
    """One field of a form.

    Attributes:
        key: Within its part.
        label: A msgid.
        asks: What answers it.
    """

    key: str
    label: str
    asks: tuple[Ask, ...]


def _post(by: Teller) -> str:
    return by.contact.position.strip() if by.contact else ""


def _name(by: Teller) -> str:
    return by.contact.title if by.contact else ""


def _phone(by: Teller) -> str:
    return by.contact.phone.strip() or by.case.organisation.phone if by.contact else ""


def _email(by: Teller) -> str:
    return by.contact.email.strip() or by.case.organisation.email if by.contact else ""


def _relation(by: Teller) -> str:
    found = by.contact
    if found is None:
        return ""
    if found.id in by.case.organisation.officer:
        return by.t.gettext(OFFICER)
    terms = by.vocabulary.terms_of("party_type")
    return terms.label(found.party_type, by.t.language) if found.party_type else ""


def _providers(by: Teller) -> str:
    """Yes and who; no only where the organisation says that nobody processes data for it."""
    if names := by.titles(by.case.incident.processors):
        return by.t.gettext(YES_NAMED).format(names=names)
    return by.t.gettext(NO) if by.case.organisation.has_providers is False else ""


def _reference(by: Teller) -> str:
    return by.case.incident.ref


def _discovery(by: Teller) -> str:
    incident = by.case.incident
    who = filter(None, (incident.discovered_by.strip(), by.value("discovery_channel")))
    return listed(who, by.t, ";")


OFFICER: Final = N_("Data protection officer")
YES_NAMED: Final = N_("Yes: {names}")
NO: Final = N_("No")

PARTS: Final[Mapping[str, Sequence[Question]]] = {
    "pcpd_user": (
        Question("name", N_("Name of the data user"), (need("organisation.title"),)),
        Question("sector", N_("User sector"), (need("organisation.sector"),)),
        Question("activity", N_("Nature of business"), (need("organisation.activity"),)),
        Question("address", N_("Address"), (need("organisation.address"),)),
        Question("reference", N_("Reference number of the data user"), (told(_reference, N_("Reference")),)),
    ),
    "pcpd_contact": (
        Question("name", N_("Full name"), (told(_name, N_("Full name"), "contact"),)),
        Question("post", N_("Post title"), (told(_post, N_("Post title"), "contact"),)),
        Question("phone", N_("Telephone"), (told(_phone, N_("Telephone"), "contact"),)),
        Question("email", N_("Email"), (told(_email, N_("Email"), "contact"),)),
        Question("relation", N_("In relation to the data user"), (told(_relation, N_("In relation to the data user"), "contact"),)),
    ),
    "pcpd_particulars": (
        Question("occurred", N_("Date and time of the breach"), (need("occurred_from_at"), also("occurred_to_at"))),
        Question("discovered", N_("Date and time of discovery"), (need("discovered_at"),)),
        Question("discovery", N_("How and by whom it was discovered"), (told(_discovery, N_("How and by whom it was discovered"), "discovered_by"),)),
        Question("description", N_("Description of the incident"), (need("narrative"),)),
        Question("place", N_("Place or system"), (need("location", "systems"),)),
        Question("ongoing", N_("Is it still going on?"), (need("is_ongoing"),)),
        Question("data", N_("Types of personal data involved"), (need("data_types"), also("data_words"))),
        Question("people", N_("Categories of people affected"), (need("subject_categories"),)),
        Question("number", N_("Number of people affected"), (need("people_count"), also("people_by_place"))),
        Question("records", N_("Number of records"), (need("records_count"),)),
        Question("medium", N_("Medium"), (need("media"),)),
        Question("encrypted", N_("Encrypted or otherwise unreadable?"), (need("protection"),)),
        Question("provider", N_("Did you engage a service provider or contractor to handle the data?"), (told(_providers, N_("Service provider"), "processors"),)),
    ),
    "pcpd_assessment": (
        Question("cause", N_("Cause or suspected cause"), (need("category", "cause"), also("root_cause"))),
        Question("risk", N_("Potential risk to the people"), (need("impacts", "assessment.harms", "consequences"), also("assessment.outcome", label=said.RISK), also("effects"))),
        Question("contained", N_("Actions taken to contain it"), (need("containment"), also("contained_at"))),
        Question("remedy", N_("Remedial and preventive actions"), (need("remedy", "prevention_words", "prevention"),)),
        Question("notified", N_("Were the affected individuals notified?"), (told(said.telling_people, said.TELLING),)),
        Question("grounds", N_("If they were not, why"), (told(said.people_not_told, said.NOT_TELLING),)),
        Question("others", N_("Other parties notified"), (told(said.others_notified, said.OTHERS, "other_authorities"),)),
    ),
}  # fmt: skip
"""The questions by the content of the rule that stands for their part."""
