"""The declarations hold together, and their keys are for ever."""

from __future__ import annotations

from collections import Counter

import pytest

from riskreg import catalogue
from riskreg.records import (
    KINDS,
    REGISTER_KINDS,
    SYSTEM,
    columns,
    declared,
    declared_links,
    fields,
    mirrored,
)

KEYS = {
    "organisation": "title zone language sector staff_count has_providers sends_abroad holds_sensitive ci_operator established_in offers_to serves_elsewhere switched_rules size registration_number activity address phone email officer representative logo appetite tolerance is_sample notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "incident": "title status severity occurred_from_at occurred_to_at discovered_at aware_at processor_aware_at processor_informed_at assessed_at notifiable_at contained_at recovered_at closed_at trigger_reason narrative category cause nature is_ongoing location media systems weakness our_role discovered_by discovery_channel reported_by near_miss drill data_types subject_categories people_count records_count people_live_in people_by_place has_vulnerable protection data_words consequences impacts impact_severity effects self_help containment remedy measures_before measures_before_words prevention prevention_words police_ref police_at insurer_ref other_authorities press public_statement cost root_cause lessons reviewed_on lead contact processors partners assets risks actions notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "risk": "title category status owner cause event consequence threats vulnerabilities controls inherent_likelihood inherent_impact inherent_score inherent_level residual_likelihood residual_impact residual_score residual_level target_likelihood target_impact target_score target_level target_on scored_by impact_people impact_legal impact_money impact_operations impact_reputation expected_loss treatment treatment_option treatment_text due_on treatment_cost accepted_by accepted_on accepted_until_on acceptance_reason last_review_on next_review_on review_every_months assets notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "asset": "title category status owner description subject_categories data_types people_count records_count business_process purposes basis source notice_version storage_medium storage_location storage_countries custodian system retention retention_months retention_trigger disposal_method last_disposal_on classification criticality access security_measures encryption backup recipients transferees processors last_review_on next_review_on review_every_months notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "processing": "title our_role status owner purposes basis basis_text source controllers subject_categories data_types automated_decisions recipients processors countries safeguards retention security_measures pia_status pia_on pia_text last_review_on next_review_on review_every_months assets risks notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "transfer": "title direction status mechanism owner exporter recipient destination city purposes method data_types is_sensitive people_count storage_months legal_representative pia_on signed_on effective_on files_with filing_due_on filed_on filing_number refile_triggers refiled_on ended_on last_review_on next_review_on review_every_months assets processing risks notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "measure": "title area status owner due_on description function source effectiveness tested_on evidence_wanted evidence_text evidence_until_on last_review_on next_review_on review_every_months risks assets actions notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "task": "title task_type status owner due_on target_at description repeat_every_months playbook_step done_on done_by outcome verified_on verified_by verification_method verification_result incidents risks assets actions measures notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "action": "title applies reason_if_not status owner due_on last_review_on review_every_months risks assets notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "step": "title status due_on done_on done_by evidence_text evidence_until_on action notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "activity": "title activity_type status owner planned_on done_on done_by description people_count period_from_on period_until_on outcome evidence_text repeat_every_months valid_until_on actions assets measures notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "assessment": "title incident made_at made_by harm_foreseen harms sensitivity sensitivity_note amount amount_note circumstances circumstances_note identity_fraud identity_fraud_note unreadable unreadable_note ongoing ongoing_note systemic systemic_note recovered recovered_note mitigated mitigated_note self_protection self_protection_note expectation expectation_note context_simple context_behavioural context_financial context_sensitive ease confidentiality integrity availability is_malicious people_count is_unintelligible has_prescribed_data is_internal_only was_harm_avoided is_core_function_disrupted is_critical_system_harmed loss_cny outcome reasoning severity_score severity_band notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "decision": "title incident regime recipient answer reason legal_basis exemption decide_again_at decided_again_at decided_by decided_at decided_how rule_key rule_text rule_due_at advice advice_reasons assessment notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "notice": "title incident decision regime rule_key recipient addressee to_party phase channel text_language prepared_by prepared_at approved_by approved_at planned_at sent_at sent_by people_told not_told_reason text text_sha256 late_reason receipt reply replied_at next_due_at notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "entry": "title incident happened_at who result in_summary notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "evidence": "title evidence_type status description received_on received_from valid_until_on file_name file_size sha256 replaces incidents risks assets measures tasks processing transfers actions steps activities parties assessments decisions notices entries notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "party": "title party_type email phone phone_24h position address located_in from_on until_on contract_ref contract_until_on notice_hours processes policy_number notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "own_rule": "title pattern in_use party recipient trigger amount unit clause wording notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "view": "title shows definition notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "mapping": "title for_kind headers text notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "profile": "title report lines notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "scale": "title is_default text notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
    "terms": "title list_name key en zh_hant zh_hans same_as is_retired notes external_ref tags other_facts is_privileged hold_reason hold_by due_at",
}
"""Keys that stand in journals. One may be added; a rename or a removal breaks registers that exist: retire it instead."""

LINKS = {
    "organisation officer party", "organisation represents party", "organisation logo evidence",
    "incident leads party", "incident answers_for party", "incident happened_at party",
    "incident concerns_party party", "incident affects asset", "incident materialises risk",
    "incident shows_gap action", "risk owner party", "risk scored_by scale",
    "risk accepted_by party", "risk threatens asset", "asset owner party",
    "asset keeps party", "asset processed_by party", "processing owner party",
    "processing on_behalf_of party", "processing processed_by party", "processing uses asset",
    "processing raises risk", "transfer owner party", "transfer exporter party",
    "transfer recipient party", "transfer sends asset", "transfer sent_for processing",
    "transfer brings risk", "measure owner party", "measure mitigates risk",
    "measure safeguards asset", "measure serves action", "task owner party",
    "task verified_by party", "task follows incident", "task treats risk",
    "task concerns asset", "task advances action", "task builds measure",
    "action owner party", "action lowers risk", "action protects asset",
    "step step_of action", "activity owner party", "activity carries_out action",
    "activity concerns asset", "activity tries measure", "assessment assesses incident",
    "decision decides incident", "decision rests_on assessment", "notice tells_of incident",
    "notice carries_out decision", "notice tells party", "entry happened_in incident",
    "evidence replaces evidence", "evidence shows_incident incident", "evidence shows_risk risk",
    "evidence shows_asset asset", "evidence shows_measure measure", "evidence shows_task task",
    "evidence shows_processing processing", "evidence shows_transfer transfer", "evidence shows_action action",
    "evidence shows_step step", "evidence shows_activity activity", "evidence shows_party party",
    "evidence shows_assessment assessment", "evidence shows_decision decision", "evidence shows_notice notice",
    "evidence shows_entry entry", "own_rule must_be_told party",
}  # fmt: skip
"""Roles that stand in journals and tables."""

every_link = [
    (name, key, link) for name, kind in KINDS.items() for key, link in declared_links(kind).items()
]
every_field = [
    (name, key, what) for name, kind in KINDS.items() for key, what in declared(kind).items()
]


def test_keys_when_compared_with_the_frozen_list_then_none_is_renamed_or_missing() -> None:
    assert {name: " ".join(declared(kind)) for name, kind in KINDS.items()} == KEYS


def test_roles_when_compared_with_the_frozen_list_then_none_is_renamed_or_missing() -> None:
    assert {f"{name} {link.role} {link.to}" for name, _, link in every_link} == LINKS


def test_roles_when_counted_then_each_is_unique_with_its_kind() -> None:
    counts = Counter((name, link.role) for name, _, link in every_link)
    assert set(counts.values()) == {1}


def test_back_keys_when_counted_then_each_is_unique_on_its_side_and_no_field_has_it() -> None:
    counts = Counter((link.to, link.back) for _, _, link in every_link)
    assert set(counts.values()) == {1}
    for _, _, link in every_link:
        assert link.back not in declared(KINDS[link.to])
        assert mirrored(KINDS[link.to])[link.back].mirror


def test_links_when_they_point_somewhere_then_it_is_a_kind() -> None:
    assert {link.to for _, _, link in every_link} <= KINDS.keys()


def test_choices_when_they_name_a_list_then_it_exists_and_is_not_empty() -> None:
    known = catalogue.vocabulary()
    for _, _, what in every_field:
        of = what.of if isinstance(what, fields.Derived) else what
        if isinstance(of, fields.Choice | fields.Choices):
            assert known.terms_of(of.terms).keys


@pytest.mark.parametrize(("name", "key", "what"), every_field)
def test_key_when_looked_at_then_it_is_ascii_and_says_what_it_holds(
    name: str, key: str, what: fields.FieldKind
) -> None:
    assert key.isascii()
    assert key.isidentifier()
    assert key.islower()
    assert key not in SYSTEM
    of = what.of if isinstance(what, fields.Derived) else what
    if key != "due_at":  # a day whose name the design gave
        assert isinstance(of, fields.Instant) == key.endswith("_at")
        assert isinstance(of, fields.Day) == key.endswith("_on")
    assert what.label


def test_personal_text_when_declared_then_only_known_fields_are_plain() -> None:
    plain_text = {
        f"{name}.{key}"
        for name, key, what in every_field
        if isinstance(what, fields.Line | fields.Prose | fields.Tags | fields.Facts) and what.plain
    }
    assert plain_text == {
        "organisation.zone",
        "decision.rule_key",
        "evidence.sha256",
        "notice.rule_key",
        "notice.text_sha256",
        "own_rule.pattern",
        "task.playbook_step",
        "terms.list_name",
        "terms.key",
        "terms.same_as",
    }


def test_columns_when_listed_then_ref_comes_first_and_the_mirrored_links_are_there() -> None:
    found = list(columns(KINDS["asset"]))
    assert found[:2] == ["ref", "title"]
    assert {"risks", "incidents", "actions", "updated_at"} <= {*found}


def test_prefixes_when_compared_then_refs_of_two_kinds_never_look_alike() -> None:
    prefixes = [kind.prefix for kind in KINDS.values() if kind.numbering != "catalogue"]
    assert len({*prefixes}) == len(prefixes)
    assert all(prefixes)


def test_fields_when_folded_away_then_the_fold_has_a_name() -> None:
    shown = [name for name in REGISTER_KINDS if name != "organisation"]
    nameless = [
        (name, key) for name, key, what in every_field
        if name in shown and not what.short and not what.section
    ]  # fmt: skip
    assert nameless == []
