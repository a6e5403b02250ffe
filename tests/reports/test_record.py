"""One record on paper, with its ties and its history."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import reports
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.reports import pages
from tests.test_own_scale import THREE

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_record_when_an_incident_is_printed_then_facts_ties_and_history_are_there(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "record", target, t, ref="I-2026-014")
    text = pages.body(target)
    wanted = ["I-2026-014 Payroll file mailed to a former employee", "A-0012", "R-0007", "B4"]
    wanted += [t.gettext(name) for name in ("Record", "History", "Data affected")]
    wanted += [t.label("incident", key) for key in ("aware_at", "narrative", "people_count")]
    wanted.append("The October payroll file went to R. Lee")
    assert [each for each in wanted if pages.bare(each) not in text] == []
    assert 2 <= made.pages <= 8


def test_record_when_it_was_changed_then_its_history_says_what_it_was_and_what_it_is(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "T. Ng")
    risk = a_risk(opened, "First words", 2, 2)
    risk = change(opened, risk, title="Second words", residual_likelihood=5)
    change(opened, risk, notes="a" * 300, owner=frozenset({owner.id}))
    change(opened, opened.record(risk.id), notes="b" * 300)
    reports.make(opened, "record", target, EN, ref=risk.ref)
    text = pages.body(target)
    for said in ("First words → Second words", "2 Unlikely → 5 Almost certain", "empty → P-0001"):
        assert pages.bare(said) in text
    assert f"Before:{'a' * 300}" in text
    assert f"Now:{'b' * 300}" in text
    assert "4entries" in text
    assert "notverified" in text


def test_record_when_personal_content_was_erased_then_its_history_says_so_and_shows_none(
    opened: Register, target: Path
) -> None:
    record = an_incident(opened, "Jane Doe", narrative="Her HIV letter")
    opened.erase(record.id, "asked")
    reports.make(opened, "record", target, EN, ref=record.ref)
    text = "".join(pages.texts(target))
    assert "Personal content was erased." in text
    assert "HIV" not in text
    assert "Jane" not in text
    assert b"Jane" not in target.read_bytes()


def test_record_when_it_is_a_policy_action_then_its_text_is_that_of_the_page(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "record", target, translator("zh_Hant"), ref="C3")
    text = pages.body(target)
    assert "C3" in text
    assert "C3.2" in text
    assert "培訓出席記錄" in text


def test_record_when_it_is_in_the_bin_then_it_can_still_be_printed(
    opened: Register, target: Path
) -> None:
    from riskreg.editing import to_bin

    record = an_asset(opened, "Old list")
    opened.apply(to_bin(opened, [record.id]))
    reports.make(opened, "record", target, EN, ref=record.ref)
    assert "Old list" in pages.texts(target)[0]


@pytest.mark.parametrize(("ref", "id"), [("", "which_record"), ("R-9999", "no_record")])
def test_record_when_none_is_named_or_there_then_it_is_refused(
    sampled: Register, target: Path, ref: str, id: str
) -> None:
    with pytest.raises(Expected) as failed:
        reports.make(sampled, "record", target, EN, ref=ref)
    assert failed.value.id == id
    assert not target.exists()


def test_record_when_a_risk_was_rescored_then_how_the_score_went_is_told_by_the_scale_of_each_time(
    opened: Register, target: Path
) -> None:
    risk = a_risk(opened, "Mail", 2, 4)
    risk = change(opened, risk, residual_likelihood=3)
    add(opened, "scale", "Ours", text=THREE, is_default=True)
    change(opened, opened.record(risk.id), residual_impact=2)
    reports.make(opened, "record", target, EN, ref=risk.ref)
    text = pages.body(target)
    wanted = [
        "How the score went",
        "With today's controls",
        "Moderate 8",
        "High 12",
        "2 Unlikely × 4 Serious",
        "3 Often × 2 Middling",
        "Red 6",
        "Ours",
        "Residual likelihood 2 Unlikely → 3 Possible",
        "Residual impact 4 → 2 Middling",
    ]
    assert [each for each in wanted if pages.bare(each) not in text] == []


def test_record_when_a_risk_has_no_score_or_it_is_no_risk_then_nothing_is_told_of_scores(
    opened: Register, target: Path
) -> None:
    for record in (add(opened, "risk", "Mail"), an_asset(opened)):
        reports.make(opened, "record", target, EN, ref=record.ref)
        assert pages.bare("How the score went") not in pages.body(target)


def test_record_when_its_title_is_longer_than_a_line_then_later_pages_cut_it_where_it_shows(
    opened: Register, target: Path
) -> None:
    title = "A title that goes on and on because whoever typed it wanted to say everything at once"
    record = a_risk(opened, f"{title} and for ever", cause="line\n" * 90)
    reports.make(opened, "record", target, EN, ref=record.ref)
    head = pages.texts(target)[1]
    assert f"{record.ref} A title that goes on" in head
    assert "…" in head
    assert "for ever" not in head.split("line")[0]
