"""Checks of data and of the parties that process them (domain 2.1, 2.5, 2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Asset, Party
from riskreg.rules.checks.base import (
    BREACHES,
    PROCESSORS,
    RETENTION,
    SECURITY,
    Check,
    Hit,
    Term,
    check,
)
from riskreg.rules.checks.snapshot import Snapshot

SENSITIVE: Final = frozenset(
    {
        "hkid_number", "hkid_copy", "travel_document", "home_return_permit", "id_number",
        "health", "medical_record_ha", "employment_health", "biometric", "genetic", "child_data",
        "criminal", "political", "ethnic", "religious", "sexual", "union",
    }
)  # fmt: skip
"""Kinds of data that need more care: the PCPD's examples (HKID numbers, biometrics, health; domain 2.1) and GDPR art. 9 and 10."""

_PORTABLE: Final = frozenset({"device", "removable_media"})


def _sensitive(asset: Asset) -> tuple[Term, ...]:
    return tuple(Term("data_type", key) for key in sorted(asset.data_types & SENSITIVE))


@check(
    Asset,
    "error",
    field="retention",
    sentence=N_("It holds sensitive data ({types}), and nothing says how long they are kept."),
    source=RETENTION,
)
def sensitive_without_retention(asset: Asset, around: Snapshot) -> Iterator[Hit]:
    """Completeness asks it of all data; of these an auditor asks first. A period in months says it too."""
    types = _sensitive(asset)
    if types and around.lacks(asset, "retention") and asset.retention_months is None:
        yield Hit(facts={"types": types})


@check(
    Asset,
    "error",
    field="encryption",
    sentence=N_("Sensitive data ({types}) are on something that is carried about, unencrypted."),
    source=SECURITY,
)
def sensitive_unencrypted_on_the_move(asset: Asset, around: Snapshot) -> Iterator[Hit]:
    """PCPD, Guidance Note on Data Security Measures for ICT, area 7: portable storage (domain 2.5)."""
    types = _sensitive(asset)
    is_carried = asset.storage_medium in _PORTABLE and around.is_open(asset)
    if types and is_carried and asset.encryption == "none":
        yield Hit(facts={"types": types})


@check(
    Asset,
    "error",
    field="classification",
    sentence=N_("It is classified as public, but holds sensitive data: {types}."),
    source=SECURITY,
)
def sensitive_called_public(asset: Asset, around: Snapshot) -> Iterator[Hit]:
    """A classification that nobody can mean; ISO/IEC 27001 A.5.12."""
    types = _sensitive(asset)
    if types and asset.classification == "public" and around.is_open(asset):
        yield Hit(facts={"types": types})


@check(
    Asset,
    "hint",
    field="disposal_method",
    sentence=N_("It says how long the data are kept, but not how they are disposed of then."),
    source=RETENTION,
)
def retention_without_disposal(asset: Asset, around: Snapshot) -> Iterator[Hit]:
    """PDPO s. 26: data no longer required are erased by all practicable steps."""
    is_limited = bool(asset.retention.strip()) or asset.retention_months is not None
    if is_limited and asset.disposal_method is None and around.is_open(asset):
        yield Hit()


@check(
    Asset,
    "hint",
    field="processors",
    sentence=N_("{ref} keeps it and is a processor, but is not named among its processors."),
    source=PROCESSORS,
)
def keeper_not_named_processor(asset: Asset, around: Snapshot) -> Iterator[Hit]:
    """Otherwise nobody asks for a contract with it."""
    if not around.is_open(asset):
        return
    for party in around.linked(asset.custodian - asset.processors, Party):
        if party.party_type == "processor":
            yield Hit(facts={"ref": party.ref})


# Parties


def _processed(party: Party, around: Snapshot) -> list[Asset]:
    """The data in use that a party processes."""
    assets = around.pointing(party, Asset, "processors")
    return [asset for asset in assets if around.is_open(asset)]


def _refs(assets: list[Asset]) -> tuple[str, ...]:
    return tuple(asset.ref for asset in assets)


@check(
    Party,
    "error",
    field="contract_ref",
    sentence=N_("It processes data ({refs}), and no contract with it is named."),
    source=PROCESSORS,
)
def processor_without_contract(party: Party, around: Snapshot) -> Iterator[Hit]:
    """DPP 4(2): contractual or other means hold a processor to the same security."""
    assets = _processed(party, around)
    if assets and not party.contract_ref.strip():
        yield Hit(facts={"refs": _refs(assets)})


@check(
    Party,
    "warning",
    field="notice_hours",
    sentence=N_("It processes data ({refs}), and nothing says how soon it must report a breach."),
    source=PROCESSORS,
)
def processor_without_notice_window(party: Party, around: Snapshot) -> Iterator[Hit]:
    """Domain 2.5, area 4: the contract sets a deadline for reporting a breach. Without any contract only that is said."""
    assets = _processed(party, around)
    if assets and party.contract_ref.strip() and party.notice_hours is None:
        yield Hit(facts={"refs": _refs(assets)})


@check(
    Party,
    "error",
    field="contract_until_on",
    sentence=N_("The contract ended on {day}, but it still processes data: {refs}."),
    source=PROCESSORS,
)
def processing_after_the_contract(party: Party, around: Snapshot) -> Iterator[Hit]:
    """The end of the contract, or the day the party left, whichever came first."""
    past = [day for day in (party.contract_until_on, party.until_on) if day and day < around.today]
    if past and (assets := _processed(party, around)):
        yield Hit(facts={"day": min(past), "refs": _refs(assets)})


@check(
    Party,
    "warning",
    field="processes",
    sentence=N_("It processes {ref}, whose data its contract does not list: {types}."),
    source=PROCESSORS,
)
def processing_beyond_the_contract(party: Party, around: Snapshot) -> Iterator[Hit]:
    """Where the register lists what a contract covers, sensitive data outside it are not covered."""
    if not party.processes:
        return
    for asset in _processed(party, around):
        beyond = (asset.data_types & SENSITIVE) - party.processes
        if beyond:
            types = tuple(Term("data_type", key) for key in sorted(beyond))
            yield Hit(facts={"ref": asset.ref, "types": types})


@check(
    Party,
    "warning",
    field="phone",
    sentence=N_("In a breach it is called upon, but neither phone nor email is known."),
    source=BREACHES,
)
def contact_unreachable(party: Party, around: Snapshot) -> Iterator[Hit]:
    """As completeness asks for it; one that left is not called any more."""
    is_here = party.until_on is None or party.until_on >= around.today
    if is_here and around.lacks(party, "phone"):
        yield Hit()


CHECKS: Final[tuple[Check, ...]] = (
    sensitive_without_retention,
    sensitive_unencrypted_on_the_move,
    sensitive_called_public,
    processor_without_contract,
    processor_without_notice_window,
    processing_after_the_contract,
    processing_beyond_the_contract,
    retention_without_disposal,
    keeper_not_named_processor,
    contact_unreachable,
)
"""In the order in which they are asked."""
