"""The dossier of an incident, read back from its PDF: nothing of a whole breach is missing, and a drill says so on every page."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from riskreg import clock, reports
from riskreg.case_words import DRILL
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.records import Evidence, Risk
from riskreg.views import Register
from tests.builders import a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.reports import pages
from tests.reports.a_breach import SENT_TEXT, a_breach, later

EN = translator("en")


def dossier(register: Register, target: Path, ref: str, language: Language = "en") -> str:
    made = reports.make(register, "incident", target, translator(language), ref=ref)
    assert made.lacking == 0
    return pages.body(target)


def test_dossier_when_a_breach_was_played_then_it_holds_all_of_it(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    text = dossier(opened, target, breach.ref)
    file = opened.record(opened.find(breach.file))
    assert isinstance(file, Evidence)
    wanted = [
        "A clerk took the first address", "Payroll House Ltd", "A-0001 Payroll",
        "Rang the recipient, who deleted it", "Result: Deleted, she says",
        "3 × 1.00 + 0.25 = 3.25", "One known recipient", "Salaries and bank accounts",
        "Wait for the processor's logs.", "The director, Fri 20 Nov 2026, 19:20 (Hong Kong)",
        "By telephone", "Mon 23 Nov 2026, 10:00 (Hong Kong)", "PCPD guidance 2023, step 4",
        "Hong Kong law does not require a notice", "K. Chan, Fri 20 Nov 2026, 22:40",
        sha256(SENT_TEXT.encode()).hexdigest(), "Dear Sir or Madam", "薪酬檔案誤寄",
        file.sha256, "mail.eml", "Switch off address completion", "R-0001",
        "No decision yet: PCPD: Notice to the people affected (recommended)",
        "Decide again Mon 23 Nov 2026", "To verify: T-0001", "To do: T-0002",
    ]  # fmt: skip
    assert [each for each in wanted if pages.bare(each) not in text] == []


def test_dossier_when_a_step_of_a_playbook_is_done_then_nobody_is_asked_to_verify_it(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    own = {"incidents": frozenset({opened.find(breach.ref)})}
    add(opened, "task", "Lock the account", task_type="follow_up", status="done", **own)
    text = dossier(opened, target, breach.ref)
    assert pages.bare("To verify: T-0001") in text
    assert pages.bare("To verify: T-0003") not in text
    assert pages.bare("To do: T-0003") not in text


def test_dossier_when_some_answers_are_missing_then_they_are_named_and_not_guessed(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    text = dossier(opened, target, a_breach(opened, tmp_path).ref)
    assert pages.bare("Not answered The data cannot be read") in text
    assert pages.bare("Identity theft or fraud; Unreadable; Ongoing") in text


def test_dossier_when_a_decision_was_made_anew_then_both_stand_there_and_one_is_marked(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    with clock.fixed(NOW + timedelta(days=3)):
        later(opened, breach.incident)
        text = dossier(opened, target, breach.ref)
    assert text.count(pages.bare("A later decision stands in its place.")) == 1
    assert pages.bare("Wait for the processor's logs.") in text
    assert pages.bare("The logs show an unknown reader.") in text
    assert pages.bare("Decided, not sent: GDPR: Notice to the authority") in text
    assert pages.bare("Decide again Mon 23 Nov") not in text.split("Openpoints")[1]


def test_dossier_when_the_risk_was_scored_again_after_then_both_scores_are_told(
    opened: Register, target: Path
) -> None:
    risk = a_risk(opened, likelihood=4, impact=3)
    found = an_incident(opened, risks=frozenset({risk.id}))
    with clock.fixed(NOW + timedelta(days=2)):
        again = change(opened, risk, residual_likelihood=2)
        assert isinstance(again, Risk)
        text = dossier(opened, target, found.ref)
    assert pages.bare("22 Nov 2026: High 12 → Moderate 6") in text


@pytest.mark.parametrize("name", ["incident", "decision", "record"])
def test_report_when_it_is_about_a_drill_then_every_page_says_so(
    opened: Register, target: Path, tmp_path: Path, name: str
) -> None:
    breach = a_breach(opened, tmp_path, drill=True)
    reports.make(opened, name, target, EN, ref=breach.ref)
    texts = pages.texts(target)
    assert [DRILL in text for text in texts] == [True] * len(texts)


def test_dossier_when_it_is_no_drill_then_no_page_says_so(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    assert pages.bare(DRILL) not in dossier(opened, target, a_breach(opened, tmp_path).ref)


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_dossier_when_it_is_chinese_then_choices_and_moments_are(
    opened: Register, target: Path, tmp_path: Path, language: Language
) -> None:
    text = dossier(opened, target, a_breach(opened, tmp_path).ref, language)
    assert "2026年11月20日" in text
    assert "3×1.00+0.25=3.25" in text


def test_dossier_when_nothing_else_is_known_then_it_says_what_is_open(
    opened: Register, target: Path
) -> None:
    found = an_incident(opened, "Something odd in the mail")
    text = dossier(opened, target, found.ref)
    for said in (
        "Nobody has assessed it yet.",
        "Nothing was decided yet.",
        "No notice was prepared.",
    ):
        assert pages.bare(said) in text
    assert pages.bare("Not known: Aware") in text
    assert pages.bare("Not assessed") in text


@pytest.mark.parametrize(("ref", "id"), [("", "which_record"), ("R-0001", "no_record")])
def test_dossier_when_no_incident_is_named_then_it_is_refused(
    opened: Register, target: Path, ref: str, id: str
) -> None:
    a_risk(opened)
    with pytest.raises(Expected) as refused:
        reports.make(opened, "incident", target, EN, ref=ref)
    assert refused.value.id == id


# Why we told or did not tell


def test_decision_when_several_were_made_then_one_page_says_each_with_its_reason(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    made = reports.make(opened, "decision", target, EN, ref=breach.ref)
    text = pages.body(target)
    assert made.pages == 1
    for said in (
        "GDPR: Notice to the authority", "Wait for the processor's logs.", "By telephone",
        "Salaries of all staff; the PCPD recommends it.", "Sent: Fri 20 Nov 2026, 22:40",
        "The recipient deleted it and said so in writing.", "Advice: Notify",
        "PCPD: Notice to the people affected (recommended)",
    ):  # fmt: skip
        assert pages.bare(said) in text


def test_decision_when_reasons_are_long_then_it_stays_one_page(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    for id in opened.links(breach.incident)["decisions"]:
        change(opened, opened.record(id), reason="Because of this and that. " * 90)
    assert reports.make(opened, "decision", target, EN, ref=breach.ref).pages == 1


def test_decision_when_no_incident_is_named_then_each_has_a_page_and_drills_none(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    first = a_breach(opened, tmp_path)
    second = a_breach(opened, tmp_path)
    drill = a_breach(opened, tmp_path, drill=True)
    an_incident(opened, "Nothing decided")
    made = reports.make(opened, "decision", target, EN)
    texts = pages.texts(target)
    assert made.pages == 2
    assert [first.ref in texts[1], second.ref in texts[0]] == [True, True]
    assert drill.ref not in "".join(texts)
