"""The register of breaches on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import reports
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.rules.counting import sort_of
from riskreg.views import Register, View
from tests.builders import an_incident
from tests.exchange.full_incident import a_full_incident, add, at
from tests.reports import pages

EN = translator("en")
NAME = "register-33-5"


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_register_when_the_sample_is_printed_then_every_breach_is_there_and_nothing_else(
    sampled: Register, target: Path, language: Language
) -> None:
    made = reports.make(sampled, NAME, target, translator(language))
    text = pages.body(target)
    for record in sampled.records(sampled.ids(View(kinds=("incident",)))).values():
        is_breach = sort_of(record, sampled.vocabulary) == "breach"  # type: ignore[arg-type]
        assert (pages.bare(record.title) in text) == is_breach, record.ref
    assert made.lacking == 0


def test_register_when_all_is_known_then_facts_effects_decisions_and_remedy_are_there(
    opened: Register, target: Path
) -> None:
    id = a_full_incident(opened)
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="eu_authority", regime="gdpr",
        recipient="authority", answer="yes", reason="Many may suffer fraud", decided_by="Dr Lam",
        decided_at=at("2026-11-17T12:00"),
    )  # fmt: skip
    reports.make(opened, NAME, target, EN)
    text = pages.body(target)
    wanted = (
        "A payroll file went to a wrong address.", "Somebody may open accounts.", "Many may suffer fraud",
        "Dr Lam", "EU-77", "Late: The weekend", "The stranger deleted it.", "A second person looks",
        "A high risk", "Identity numbers are in it.",
    )  # fmt: skip
    assert [each for each in wanted if pages.bare(each) not in text] == []


def test_register_when_a_notice_is_decided_but_not_sent_then_it_says_so(
    opened: Register, target: Path
) -> None:
    found = an_incident(opened, "Lost bag")
    add(
        opened, "decision", "d", incident=frozenset({found.id}), rule_key="eu_authority", regime="gdpr",
        recipient="authority", answer="yes", reason="x",
    )  # fmt: skip
    reports.make(opened, NAME, target, EN)
    text = pages.body(target)
    assert "Yes,notsentyet" in text
    assert "Notdecidedyet" in text


def test_register_when_nothing_is_in_it_then_it_says_so(opened: Register, target: Path) -> None:
    an_incident(opened, "Practice", drill=True)
    reports.make(opened, NAME, target, EN)
    assert pages.bare("There are no breaches in the register yet.") in pages.body(target)


def test_register_when_asked_of_one_that_is_no_breach_then_it_is_refused(
    opened: Register, target: Path
) -> None:
    found = an_incident(opened, "Practice", drill=True)
    with pytest.raises(Expected):
        reports.make(opened, NAME, target, EN, ref=found.ref)


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_common_form_when_printed_then_each_field_and_the_draft_are_named(
    opened: Register, target: Path, language: Language
) -> None:
    from riskreg import edpb
    from riskreg.cases import case_of
    from riskreg.clock import now
    from riskreg.edpb.form import labels

    id = a_full_incident(opened)
    t = translator(language)
    reports.make(opened, "edpb-form", target, t, ref=opened.record(id).ref)
    text = pages.body(target)
    for each in edpb.answers(opened, case_of(opened, id), "further", language, now()):
        assert pages.bare(labels()[each.number].get(language)) in text, each
        assert pages.bare(each.words) in text, each
    assert "8" in text


def test_common_form_when_little_is_known_then_it_says_how_much_is_open(
    opened: Register, target: Path
) -> None:
    found = an_incident(opened, "Something")
    reports.make(opened, "edpb-form", target, EN, ref=found.ref)
    text = pages.body(target)
    assert "Notknownyet" in text
    assert pages.bare("in consultation") in text
    with pytest.raises(Expected) as refused:
        reports.make(opened, "edpb-form", target, EN)
    assert refused.value.id == "which_record"
