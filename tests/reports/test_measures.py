"""The measures on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.views import Register, View
from tests.builders import a_party, a_risk, add
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_measures_when_the_sample_is_printed_then_each_stands_under_its_area(
    sampled: Register, target: Path, language: Language
) -> None:
    reports.make(sampled, "measures", target, translator(language))
    text = pages.body(target)
    found = sampled.records(sampled.ids(View(kinds=("measure",)))).values()
    terms = sampled.vocabulary.terms_of("measure_area")
    assert len(found) >= 10
    for record in found:
        assert text.count(record.ref) >= 1
        assert pages.bare(record.title) in text
        area = pages.bare(terms.label(str(record.get("area")), language))
        assert text.index(area) < text.index(record.ref)


def test_measures_when_one_in_place_lacks_evidence_or_trial_then_the_page_says_so_and_counts(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "T. Ng")
    place = {"status": "in_place", "area": "technical"}
    add(opened, "measure", "Bare", **place)
    add(opened, "measure", "Shown", owner=frozenset({owner.id}), effectiveness="effective",
        evidence_text="List", evidence_until_on=date(2026, 11, 19), **place)  # fmt: skip
    add(opened, "measure", "Current", effectiveness="partly_effective",
        evidence_text="List", evidence_until_on=date(2026, 11, 20), **place)  # fmt: skip
    add(opened, "measure", "Failed", effectiveness="not_effective", evidence_text="x", **place)
    add(opened, "measure", "Wanted", status="agreed", due_on=date(2026, 11, 1))
    reports.make(opened, "measures", target, EN)
    text = pages.body(target)
    assert text.count("nothingshowsthatitworks") == 1
    assert text.count("andnevertried") == 1
    assert text.count("Theevidencewasgooduntil19Nov2026") == 1
    assert text.count("Theevidencewasgooduntil") == 1
    assert text.count("Doesnotwork") == 2  # the choice and the mark
    assert "overduesince1Nov2026" in text
    assert "4111" in text  # in place, to come, works, without evidence
    assert "Withoutarea" in text


def test_measures_when_one_is_asked_for_then_it_alone_is_told_and_a_risk_is_refused(
    opened: Register, target: Path
) -> None:
    add(opened, "measure", "First")
    add(opened, "measure", "Second")
    risk = a_risk(opened)
    reports.make(opened, "measures", target, EN, ref="m-0002")
    text = pages.body(target)
    assert "Second" in text
    assert "First" not in text
    with pytest.raises(Expected):
        reports.make(opened, "measures", target, EN, ref=risk.ref)
