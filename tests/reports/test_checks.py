"""What the checks find, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import reports
from riskreg.checking import checked, sentence
from riskreg.i18n import Language, translator
from riskreg.rules.checks import LEVELS
from riskreg.views import Register
from tests.builders import a_party, a_risk, an_asset
from tests.conftest import NOW
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_checks_when_the_sample_is_printed_then_every_finding_is_there_and_says_its_rule(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "checks", target, t)
    text = pages.body(target)
    found = checked(sampled, NOW.date())
    assert {each.check.level for each in found.findings} == set(LEVELS)
    for finding in found.findings:
        assert finding.ref in text
        assert pages.bare(sentence(finding, t, sampled.vocabulary)) in text
        assert pages.bare(t.gettext(finding.check.source)) in text
    for missing in found.completeness.missing:
        assert pages.bare(t.gettext(missing.rule.reason)) in text
    assert made.pages <= 12


def test_checks_when_a_record_has_several_faults_then_it_is_named_once(
    opened: Register, target: Path
) -> None:
    a_party(opened, "K. Chan", party_type="person", phone="1")
    a_risk(opened, "Mail goes astray", 2, 2, status="accepted", treatment="modify")
    an_asset(opened, "Files", status="disposed")
    reports.make(opened, "checks", target, EN)
    text = " ".join(pages.lines(target))
    assert text.count("Mail goes astray") == 1
    assert text.count("Files") == 1
    assert "Warnings" in text
    assert "Errors" in text
    assert text.index("Nobody answers for it") < text.index("but not since when")


def test_checks_when_nothing_is_wrong_then_the_page_says_so(opened: Register, target: Path) -> None:
    made = reports.make(opened, "checks", target, EN)
    text = " ".join(pages.lines(target))
    assert made.pages == 1
    assert "Nothing was found." in text
    assert "of the records lack nothing" in text
    assert "Until it is said whether it applies" in text
