"""An incident of which everything is known, for what is filled from an incident."""

from __future__ import annotations

from riskreg.changes import ChangeSet, addition, edit
from riskreg.records.fields import Value
from riskreg.records.values import Count, Instant
from riskreg.views import Register

AWARE = "2026-11-16T18:40[Asia/Hong_Kong]"


def add(register: Register, kind: str, title: str, **fields: Value) -> int:
    found = addition(kind, {"title": title, **fields})
    return register.apply(ChangeSet(act="add", changes=(found,))).new[-1]


def at(text: str) -> Instant:
    return Instant.parse(text, "Asia/Hong_Kong")


def an_organisation_of_which_all_is_known(register: Register) -> None:
    officer = add(register, "party", "May Lam", email="dpo@clinic.example", phone="2123 4567")
    speaker = add(register, "party", "Rep GmbH", address="Berlin", email="rep@rep.example")
    ours = register.organisation()
    changed = edit(
        ours,
        {
            "officer": frozenset({officer}),
            "representative": frozenset({speaker}),
            "registration_number": "1234567",
            "address": "1 Harbour Road, Hong Kong",
            "email": "hello@clinic.example",
            "size": "small_medium",
            "sector": "professional",
            "activity": "Outpatient care",
            "has_providers": True,
            "offers_to": frozenset({"eu_eea"}),
        },
    )
    assert changed is not None
    register.apply(ChangeSet(act="edit", changes=(changed,)))


def a_full_incident(register: Register) -> int:
    """One breach with an assessment, a decision, two notices and an entry; its id."""
    an_organisation_of_which_all_is_known(register)
    payer = add(register, "party", "Pay Ltd", party_type="processor", email="it@pay.example")
    contact = add(register, "party", "K. Chan", position="Practice manager", phone="2123 0000")
    id = add(
        register,
        "incident",
        "Payroll file mailed to a stranger",
        occurred_from_at=at("2026-11-13T09:00"),
        occurred_to_at=at("2026-11-16T12:00"),
        discovered_at=at("2026-11-16T18:00"),
        aware_at=at(AWARE),
        processor_informed_at=at("2026-11-16"),
        contained_at=at("2026-11-16T19:30"),
        narrative="A payroll file went to a wrong address.",
        category="sent_by_mistake",
        cause="internal_nonmalicious",
        nature=frozenset({"confidentiality", "integrity", "availability"}),
        systems="Payroll system, Hong Kong",
        weakness="No second look at addressees",
        root_cause="Address completion",
        our_role="controller",
        discovered_by="Pay Ltd",
        discovery_channel="processor",
        data_types=frozenset({"hkid_number", "mpf_salary", "contact"}),
        subject_categories=frozenset({"employees", "minors"}),
        people_count=Count(40, "approximate"),
        records_count=Count(120),
        people_live_in=frozenset({"hong_kong", "eu_eea"}),
        people_by_place="Hong Kong: 28\nGermany: 10\n法國：2",
        protection="none",
        data_words="Names, salaries and bank accounts",
        consequences=frozenset({"linkable", "integrity_other", "availability_other", "no_access"}),
        impacts=frozenset({"fraud", "other"}),
        impact_severity="moderate",
        effects="Somebody may open accounts.",
        containment="The stranger deleted it.",
        remedy="Passwords changed.",
        measures_before=frozenset({"training", "encryption"}),
        measures_before_words="Yearly training",
        prevention=frozenset({"change_of_process", "audits"}),
        prevention_words="A second person looks at addressees.",
        police_ref="RN26001234",
        processors=frozenset({payer}),
        contact=frozenset({contact}),
    )
    about = {"incident": frozenset({id})}
    add(
        register, "assessment", "First", made_at=at("2026-11-17T09:00"), outcome="high_risk",
        reasoning="Identity numbers are in it.", context_simple="c2", ease="significant",
        confidentiality="exposed", integrity="no_misuse", availability="temporary", is_malicious=False,
        context_financial="c3", context_behavioural="c0", context_sensitive="c0", **about,
    )  # fmt: skip
    add(
        register, "notice", "To the authority", regime="gdpr", rule_key="eu_authority", phase="first",
        recipient="authority", sent_at=at("2026-11-20T10:00"), late_reason="The weekend",
        receipt="EU-77", **about,
    )  # fmt: skip
    add(
        register, "notice", "To the Commissioner", regime="hk_pdpo", rule_key="hk_pcpd", phase="first",
        recipient="authority", addressee="PCPD", sent_at=at("2026-11-17T10:00"), receipt="HK-5", **about,
    )  # fmt: skip
    add(
        register, "notice", "Letters", rule_key="eu_people", regime="gdpr", recipient="individuals",
        sent_at=at("2026-11-18T10:00"), channel="letter", text="Dear colleague", phase="first",
        people_told=Count(38), not_told_reason="Two have moved.", **about,
    )  # fmt: skip
    add(
        register, "entry", "Called the stranger", happened_at=at("2026-11-16T19:00"), in_summary=True,
        **about,
    )  # fmt: skip
    return id
