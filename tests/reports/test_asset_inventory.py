"""The inventory of personal data on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.i18n import Language, translator
from riskreg.records.values import Count
from riskreg.views import Register, View
from tests.builders import a_party, an_asset
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_inventory_when_the_sample_is_printed_then_every_asset_says_what_whose_where_and_how_long(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "asset-inventory", target, t)
    text = pages.body(target)
    found = sampled.records(sampled.ids(View(kinds=("asset",))))
    assert len(found) == 31
    for record in found.values():
        assert record.ref in text
        assert pages.bare(record.title) in text
    for head in ("Ref", "Whose data", "Kinds of data", "Where", "Kept for; owner"):
        assert pages.bare(t.gettext(head)) in text
    terms = sampled.vocabulary.terms_of("asset_category")
    used = {str(record.get("category")) for record in found.values()}
    assert all(pages.bare(terms.label(key, language)) in text for key in used)
    assert 6 <= made.pages <= 14


def test_inventory_when_something_that_matters_is_missing_then_the_page_says_so(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "M. Ho")
    an_asset(opened, "Nothing known")
    an_asset(
        opened,
        "All known",
        retention="7 years",
        owner=frozenset({owner.id}),
        data_types=frozenset({"basic"}),
        subject_categories=frozenset({"employees"}),
        people_count=Count(1_500),
    )
    reports.make(opened, "asset-inventory", target, EN)
    text = " ".join(pages.lines(target))
    assert text.count("not said") == 4
    assert "M. Ho" in text
    assert "P-0001" not in text
    assert "1,500" in text
    assert "Without category" in text


def test_inventory_when_a_review_is_late_then_it_says_since_when(
    opened: Register, target: Path
) -> None:
    an_asset(opened, "Late", next_review_on=date(2020, 1, 31))
    an_asset(opened, "Gone", next_review_on=date(2020, 1, 31), status="disposed")
    reports.make(opened, "asset-inventory", target, EN)
    text = " ".join(pages.lines(target))
    assert text.count("overdue since 31 Jan 2020") == 1
    assert text.count("31 Jan 2020") == 2


def test_inventory_when_it_runs_over_many_pages_then_each_repeats_the_head_of_the_table(
    opened: Register, target: Path
) -> None:
    for number in range(300):
        an_asset(opened, f"List {number} of the ward", category="document_store", description="d")
    made = reports.make(opened, "asset-inventory", target, EN)
    found = pages.texts(target)
    assert made.pages > 15
    assert [page for page, text in enumerate(found) if text.count("Kept for; owner") != 1] == []
    text = pages.body(target)
    assert [n for n in range(300) if f"List{n}oftheward" not in text] == []
