"""The card that hangs on the wall, and the slip for a member of staff: one page each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.i18n import Language, translator
from riskreg.reports.response_card import STEPS
from riskreg.views import Register
from tests.builders import a_party, change
from tests.reports import pages

EN = translator("en")
LANGUAGES: tuple[Language, ...] = ("en", "zh_Hant", "zh_Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_when_the_sample_is_printed_then_one_page_says_whom_to_call_and_the_first_hour(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "response-card", target, t)
    text = pages.body(target)
    assert made.pages == 1
    order = ("K.Chan", "Breachresponseteam", "LanternIT", "HarboursideInsurance", "BookWell")
    places = [text.index(name) for name in order]
    assert places == sorted(places)
    assert text.index("+85221020000") < text.index("+85221010000")
    assert [each for each in STEPS if pages.bare(t.gettext(each)) not in text] == []


def test_card_when_somebody_left_or_has_no_number_then_only_the_officer_is_named_without_one(
    opened: Register, target: Path
) -> None:
    officer = a_party(opened, "K. Chan", party_type="person")
    a_party(opened, "Gone Ltd", party_type="processor", phone_24h="2", until_on=date(2026, 1, 1))
    a_party(opened, "Mute Ltd", party_type="processor")
    a_party(opened, "Guest", party_type="customer", phone="3")
    a_party(opened, "Night Ltd", party_type="processor", phone_24h="4444 4444")
    change(opened, opened.organisation(), officer=frozenset({officer.id}))
    reports.make(opened, "response-card", target, EN)
    text = pages.body(target)
    assert text.index("K.Chan") < text.index("NightLtd") < text.index("44444444")
    assert not any(name in text for name in ("GoneLtd", "MuteLtd", "Guest"))


def test_card_when_many_can_be_called_then_it_stays_one_page_and_counts_the_others(
    opened: Register, target: Path
) -> None:
    for number in range(20):
        a_party(opened, f"Supplier {number:02} " + "very " * 20 + "long", party_type="processor",
                phone_24h=f"+852 2{number:03} 0000", phone="+852 3000 0000")  # fmt: skip
    made = reports.make(opened, "response-card", target, EN)
    text = pages.body(target)
    shown = sum(f"Supplier{number:02}" in text for number in range(20))
    assert made.pages == 1
    assert shown >= 4
    assert f"{20 - shown}moreareintheregister" in text
    assert pages.bare(STEPS[-1]) in text


def test_card_when_nobody_is_in_the_register_then_there_are_lines_to_write_on(
    opened: Register, target: Path
) -> None:
    made = reports.make(opened, "response-card", target, EN)
    assert made.pages == 1
    assert "Writeinthenumbers" in pages.body(target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slip_when_printed_then_one_page_asks_what_when_whose_and_what_was_done(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "staff-report-slip", target, t)
    text = pages.body(target)
    assert made.pages == 1
    asked = (
        "When",
        "What happened",
        "Whose data, and which",
        "What was done already",
        "Whoever reports it",
        "Signature",
        "Chop",
        "Date",
        "In the register as",
    )
    assert [each for each in asked if pages.bare(t.gettext(each)) not in text] == []
    terms = sampled.vocabulary.terms_of("data_type")
    assert pages.bare(terms.label("hkid_number", language)) in text
    assert "+85220010000" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_slip_when_the_head_is_tall_then_four_lines_are_left_for_what_happened(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    reports.make(sampled, "staff-report-slip", target, t)
    with pages.opened(target) as document:
        page = document[0]
        text, height = page.get_textpage(), page.get_height()
        ends = [
            round(height - text.get_charbox(text.search(t.gettext(name)).get_next()[0])[1])
            for name in ("What happened", "Whose data, and which")
        ]
    image = pages.picture(target).convert("L")
    rows = [image.crop((60, y, 530, y + 1)).tobytes() for y in range(ends[0] + 8, ends[1] - 14)]
    assert sum(max(row) < 230 for row in rows) >= 4


def test_slip_when_there_is_no_officer_then_it_still_says_where_it_goes(
    opened: Register, target: Path
) -> None:
    assert reports.make(opened, "staff-report-slip", target, EN).pages == 1
    assert "Giveittothedataprotectionofficer." in pages.body(target)


@pytest.mark.parametrize("name", ["response-card", "staff-report-slip"])
def test_wall_when_printed_then_it_is_not_confidential_and_says_where_the_signed_copy_is(
    opened: Register, target: Path, name: str
) -> None:
    reports.make(opened, name, target, EN)
    assert "Thesignedcopyiswiththedataprotectionofficer." in pages.body(target)
    officer = a_party(opened, "K. Chan", party_type="person")
    change(opened, opened.organisation(), officer=frozenset({officer.id}))
    reports.make(opened, name, target, EN)
    text = pages.body(target)
    assert "ThesignedcopyiswithK.Chan." in text
    assert "Confidential" not in text
