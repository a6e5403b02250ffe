"""Incidents to write notices of: one of which everything is known, and one of which only the title is."""

from __future__ import annotations

from pathlib import Path

from riskreg import regimes_catalogue, register
from riskreg.cases import Case, case_of
from riskreg.changes import ChangeSet, addition, edit
from riskreg.records.fields import Value
from riskreg.records.values import Count, Instant
from riskreg.rules.regimes import Rule
from riskreg.views import Register


def at(text: str) -> Instant:
    return Instant.parse(f"{text}[Asia/Hong_Kong]")


def rule(key: str) -> Rule:
    return next(each for each in regimes_catalogue.rules() if each.key == key)


def add(store: Register, kind: str, **fields: Value) -> int:
    return store.apply(ChangeSet(act="add", changes=(addition(kind, fields),))).new[-1]


def opened_in(folder: Path) -> Register:
    return register.create(folder / "clinic.riskreg", name="Harbour Clinic 海港診所")


def empty_case(store: Register) -> Case:
    """An incident of which only the title is known."""
    return case_of(store, add(store, "incident", title="Something"))


def full_case(store: Register, **changed: Value) -> Case:
    """An incident of which everything that a notice may ask is known."""
    officer = add(
        store, "party", title="Lam Mei Yan", position="Data protection officer",
        phone="2345 6789", email="dpo@clinic.example",
    )  # fmt: skip
    ours = store.organisation()
    values: dict[str, Value] = {
        "officer": frozenset({officer}),
        "sector": "clinic",
        "activity": "Outpatient clinic",
        "address": "1 Harbour Road, Wan Chai",
        "phone": "2345 0000",
        "email": "office@clinic.example",
    }
    change = edit(ours, {key: value for key, value in values.items() if ours.get(key) != value})
    if change:
        store.apply(ChangeSet(act="edit", changes=(change,)))
    processor = add(store, "party", title="PayCo Ltd")
    fields: dict[str, Value] = {**FACTS, "processors": frozenset({processor}), **changed}
    id = add(store, "incident", **fields)
    own = {"incident": frozenset({id})}
    add(
        store, "assessment", title="First look", made_at=at("2026-11-21T10:00"), outcome="risk",
        harms=frozenset({"financial_loss"}), **own,
    )  # fmt: skip
    add(
        store, "decision", title="Tell them", answer="yes", reason="A real risk of fraud",
        decided_by="K. Chan", decided_at=at("2026-11-21T12:00"), rule_key="hk_people",
        regime="hk_pdpo", recipient="individuals", **own,
    )  # fmt: skip
    add(
        store, "entry", title="Recipient confirmed deletion", happened_at=at("2026-11-20T20:10"),
        in_summary=True, **own,
    )  # fmt: skip
    return case_of(store, id)


FACTS: dict[str, Value] = {
    "title": "Payroll mail",
    "narrative": "The payroll list of October was mailed to a wrong address.",
    "category": "sent_by_mistake",
    "cause": "internal_nonmalicious",
    "nature": frozenset({"confidentiality"}),
    "occurred_from_at": at("2026-11-20T17:55"),
    "occurred_to_at": at("2026-11-20T18:40"),
    "discovered_at": at("2026-11-20T18:40"),
    "aware_at": at("2026-11-20T19:00"),
    "assessed_at": at("2026-11-21T10:00"),
    "contained_at": at("2026-11-20T20:10"),
    "discovered_by": "W. Ho",
    "discovery_channel": "staff",
    "location": "Payroll mailbox",
    "systems": "Microsoft 365",
    "media": frozenset({"email_system"}),
    "is_ongoing": False,
    "our_role": "controller",
    "data_types": frozenset({"basic", "hkid_number", "mpf_salary"}),
    "data_words": "Names, HKID numbers and salaries of October.",
    "subject_categories": frozenset({"employees"}),
    "people_count": Count(41),
    "records_count": Count(41, "approximate"),
    "people_live_in": frozenset({"hong_kong", "eu_eea", "singapore", "mainland_china"}),
    "protection": "none",
    "consequences": frozenset({"disclosed_beyond"}),
    "impacts": frozenset({"identity_theft", "financial_loss"}),
    "impact_severity": "moderate",
    "effects": "Somebody could open accounts in their names.",
    "self_help": "Watch your bank account. Be careful with calls that ask for your HKID number.",
    "containment": "The recipient was asked to delete it and confirmed in writing.",
    "remedy": "Mail rules now ask before a list leaves the house.",
    "prevention": frozenset({"training"}),
    "prevention_words": "Payroll is sent over the portal only.",
    "severity": "high",
    "root_cause": "Autocomplete chose a wrong address.",
    "police_ref": "WCH 26001234",
    "police_at": at("2026-11-21T09:00"),
    "other_facts": (("Support that is needed", "None."),),
}
