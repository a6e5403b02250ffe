"""The manager's page: one page, from what the register says and what somebody typed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from riskreg import clock, reports
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Cancelled
from riskreg.i18n import Language, translator
from riskreg.records.values import Count, Instant
from riskreg.reports.one_page import cut
from riskreg.reports.rows import GATHERING
from riskreg.reports.text import text_width
from riskreg.views import Register
from riskreg.work import READING_HISTORY
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.conftest import NOW
from tests.reports import pages

EN = translator("en")
ZONE = "Asia/Hong_Kong"


def said(target: Path) -> str:
    return " ".join(" ".join(pages.lines(target)).split())


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_summary_when_the_sample_is_printed_then_it_is_one_page_with_figures_map_ring_and_decisions(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "summary", target, t, by="K. Chan")
    text = pages.body(target)
    assert made.pages == 1
    assert made.lacking == 0
    wanted = ["Payroll file mailed to a former employee", "I-2026-014", "K. Chan", "8/15", "2026"]
    wanted += ["Spend HK$18,000 on mail encryption for the HR share", "15 Dec", "續聘外判碎紙公司"]
    wanted += ["Ransomware on the clinic system", "R-0032"]
    names = ("For your decision", "Agree", "Refuse", "Discuss", "Incidents", "Policy actions")
    wanted += [t.gettext(name) for name in names]
    wanted += [t.gettext(name) for name in ("Overdue", "Last done", "Signature and chop", "worse")]
    wanted.append(t.gettext("Open risks by likelihood and impact"))
    assert [each for each in wanted if pages.bare(each) not in text] == []


def test_summary_when_read_then_its_figures_are_those_of_the_register(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "summary", target, EN)
    text = said(target)
    assert "Personal data: November 2026" in text
    assert pages.bare("3 10 3 4 h this month (last: 1) in 12 months") in pages.bare(text)
    assert "2 of 5 that are open" in text
    assert "3 new incidents; 1 new risk; 3 risks re-scored; policy actions in place 8 of 15" in text
    assert "On 8 notices about open incidents nobody has decided yet." in text
    assert "GDPR: due in 38 h." in text
    assert "in all, the oldest by 357 days" in text


def test_summary_when_the_register_is_new_then_the_page_says_what_there_is_not(
    opened: Register, target: Path
) -> None:
    made = reports.make(opened, "summary", target, EN)
    text = said(target)
    assert made.pages == 1
    for sentence in ("No incident is open.", "No risk is above what we accept.",
                     "Nothing is overdue.", "No step of a policy action is done yet."):  # fmt: skip
        assert sentence in text
    assert "Say which policy actions apply to us 15 of them" in text
    assert "Policy actions in place 0 of 15 that apply (October: 0)." in text
    with clock.fixed(NOW + timedelta(days=30)):
        reports.make(opened, "summary", target, EN)
    assert "No record changed this month; policy actions in place 0 of 15" in said(target)


def test_summary_when_somebody_typed_lines_then_they_stand_after_the_newest_incidents(
    opened: Register, target: Path
) -> None:
    for number in range(4):
        an_incident(opened, f"Case {number}", status="assessing")
    typed = (
        "Buy a safe | Keys lie about. | 1 Jan\n\n  | no decision\nJust this\n整理檔案｜理由｜月底"
    )
    add(opened, "profile", "Ours", report="summary", lines=typed)
    add(opened, "profile", "Another", report="changes", lines="Not on this page")
    add(opened, "profile", "By a script", report="summary", lines="也要決定這個")
    reports.make(opened, "summary", target, EN)
    text = said(target)
    wanted = [
        "Notify: Case 3",
        "Notify: Case 2",
        "Buy a safe",
        "Just this",
        "整理檔案",
        "也要決定這個",
    ]
    found = [each for each in wanted if each in text]
    assert sorted(found, key=text.index) == found == wanted[: len(found)]
    assert len(found) >= 4
    assert "Keys lie about." in text
    assert "1 Jan" in text
    assert "no decision" not in text
    assert "Not on this page" not in text


@pytest.mark.parametrize("language", ["en", "zh_Hant"])
def test_summary_when_everything_is_long_and_much_then_it_is_still_one_page(
    opened: Register, target: Path, language: Language
) -> None:
    long = "個人資料外洩而且非常長的標題，" * 12 + "X" * 20
    owner = a_party(opened, "W" * 190)
    for number in range(30):
        an_incident(
            opened, f"{number} {long}"[:200], people_count=Count(2_140),
            aware_at=Instant.parse("2026-01-02", ZONE),
        )  # fmt: skip
        a_risk(
            opened, f"{number} {'Donaudampfschiff' * 12}"[:200], 5, 5,
            due_on=date(2025, 1, 1), owner=frozenset({owner.id}),
        )  # fmt: skip
    lines = "\n".join(f"{long} | {long} | {long}" for _ in range(20))
    add(opened, "profile", "Ours", report="summary", lines=lines)
    made = reports.make(opened, "summary", target, translator(language), by="K" * 80)
    assert made.pages == 1
    text = said(target)
    assert "…" in text
    assert translator(language).gettext("Signature and chop") in text
    assert made.lacking == 0


def test_summary_when_characters_are_in_no_font_then_it_is_still_one_page_and_says_so(
    opened: Register, target: Path
) -> None:
    for number in range(9):
        an_incident(opened, f"Smile 😀 {number}", status="assessing")
    made = reports.make(opened, "summary", target, EN)
    assert made.pages == 1
    assert made.lacking > 1
    assert "in no font" in said(target)


def test_summary_when_risks_moved_this_month_then_each_says_how(
    opened: Register, target: Path
) -> None:
    with clock.fixed(NOW - timedelta(days=60)):
        steady, worse = a_risk(opened, "Steady", 5, 4), a_risk(opened, "Rising", 2, 5)
        better = a_risk(opened, "Falling", 5, 5)
    change(opened, worse, residual_likelihood=4)
    change(opened, better, residual_likelihood=3)
    a_risk(opened, "Brand new", 5, 2)
    reports.make(opened, "summary", target, EN)
    text = said(target)
    assert steady.title in text
    for row in (
        "Steady as in October",
        "Rising worse",
        "Falling better",
        "Brand new new this month",
    ):
        assert row in text


def test_summary_when_a_month_begins_then_its_zone_decides_which_month_it_is(
    opened: Register, target: Path
) -> None:
    with clock.fixed(NOW.replace(month=11, day=30, hour=16, minute=0)):
        reports.make(opened, "summary", target, EN)
    assert "Personal data: December 2026" in said(target)
    with clock.fixed(NOW.replace(month=11, day=30, hour=15, minute=59)):
        reports.make(opened, "summary", target, EN)
    assert "Personal data: November 2026" in said(target)


def test_summary_when_assets_and_steps_move_on_then_the_sentence_counts_them(
    opened: Register, target: Path
) -> None:
    asset = an_asset(opened, "Payroll")
    with clock.fixed(NOW + timedelta(days=20)):
        change(opened, asset, retention="7 years")
        step, action = (opened.record(opened.find(ref)) for ref in ("C3.2", "C3"))
        change(opened, step, status="done", done_on=date(2026, 12, 1))
        change(opened, action, applies="yes", status="in_place")
        reports.make(opened, "summary", target, EN)
    text = said(target)
    assert "1 data asset got a retention period; 1 step of a policy action done; " in text
    assert "policy actions in place 1 of 15 that apply (November: 0)." in text


def test_summary_when_much_was_imported_this_month_then_it_is_counted_and_reading_it_can_be_stopped(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Before it")
    many = (addition("risk", {"title": f"Risk {n}"}, -1 - n) for n in range(1_200))
    opened.apply(ChangeSet(act="import", changes=tuple(many)))
    reports.make(opened, "summary", target, EN)
    assert "1,201 new risks" in said(target)
    for doing in (READING_HISTORY, GATHERING):
        seen: list[str] = []

        class Stop:
            def step(
                self, what: str, done: int = 0, total: int = 0, doing: str = doing,
                seen: list[str] = seen,
            ) -> None:  # fmt: skip
                if what == doing:
                    seen.append(what)
                    if len(seen) == 2 or doing == READING_HISTORY:
                        raise Cancelled

        with pytest.raises(Cancelled):
            reports.make(opened, "summary", target, EN, work=Stop())


def test_cut_when_a_text_is_long_then_it_ends_with_dots_and_fits() -> None:
    text = "One two three four five six seven eight nine ten"
    assert cut(text, width=500) == text
    short = cut(text, width=120)
    assert short.endswith("…")
    assert text.startswith(short[:-1])
    assert text_width(short, 10) <= 120
    assert cut("a\n  b", width=100) == "a b"
