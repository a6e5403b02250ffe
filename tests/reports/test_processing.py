"""The record of processing activities: article 30 point by point."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import reports
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.views import Register, View
from tests.builders import a_party, a_risk, add, change
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_processing_when_the_sample_is_printed_then_controller_and_processor_stand_apart(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    reports.make(sampled, "processing", target, t)
    text = pages.body(target)
    ours, others = (
        text.index(pages.bare(t.gettext(name)))
        for name in ("As controller: article 30(1)", "As processor for others: article 30(2)")
    )
    assert ours < others
    found = sampled.records(sampled.ids(View(kinds=("processing",)))).values()
    assert len(found) >= 6
    for record in found:
        is_ours = record.get("our_role") != "processor"
        assert (ours < text.index(record.ref) < others) == is_ours
        assert pages.bare(str(record.get("purposes"))) in text
    assert "+85220010000" in text


def test_processing_when_something_that_the_article_asks_is_missing_then_the_page_says_so(
    opened: Register, target: Path
) -> None:
    client = a_party(opened, "Pier Hotels", email="hr@pier.example", address="1 Pier Road")
    add(opened, "processing", "Bare")
    add(opened, "processing", "For a client", our_role="processor", status="active",
        controllers=frozenset({client.id}))  # fmt: skip
    add(opened, "processing", "Over", our_role="controller", status="ended")
    reports.make(opened, "processing", target, EN)
    text = pages.body(target)
    assert "Dataprotectionofficernotsaid" in text
    bare = text[text.index("PR-0001") : text.index("PR-0002")]
    assert bare.count("notsaid") >= 6
    assert "(f)Erasedafternotsaid" in bare
    assert "Notsaidwhetherwearecontrollerorprocessor" in bare
    client_part = text[text.index("PR-0002") : text.index("PR-0003")]
    assert "(a)OnbehalfofPierHotels·1PierRoad·hr@pier.example" in client_part
    assert "(d)Securitymeasuresnotsaid" in client_part
    assert "(f)" not in client_part
    assert text.index("Ended") < text.index("Over")


def test_processing_when_data_leave_then_place_means_and_missing_safeguards_are_told(
    opened: Register, target: Path
) -> None:
    use = add(opened, "processing", "Bookings", our_role="controller")
    add(opened, "transfer", "To the host", destination="singapore", mechanism="own_contract",
        processing=frozenset({use.id}))  # fmt: skip
    reports.make(opened, "processing", target, EN)
    text = pages.body(target)
    assert "(e)TransfersTR-0001Tothehost·Singapore·Owncontract" in text
    assert "(e)Safeguardsabroadnotsaid" in text
    change(opened, use, safeguards="Clauses 3 to 9")
    reports.make(opened, "processing", target, EN)
    assert "(e)SafeguardsabroadClauses3to9" in pages.body(target)


def test_processing_when_one_is_asked_for_then_it_alone_is_told_and_a_risk_is_refused(
    opened: Register, target: Path
) -> None:
    add(opened, "processing", "First")
    add(opened, "processing", "Second")
    reports.make(opened, "processing", target, EN, ref="PR-0002")
    text = pages.body(target)
    assert "Second" in text
    assert "First" not in text
    with pytest.raises(Expected):
        reports.make(opened, "processing", target, EN, ref=a_risk(opened).ref)
