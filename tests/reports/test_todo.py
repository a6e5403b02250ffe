"""What has a date, on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.records import LISTED_KINDS
from riskreg.views import Register, View, Where
from tests.builders import a_party, a_risk, add, an_asset, change
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_to_do_when_the_sample_is_printed_then_every_record_with_a_date_is_there_once(
    sampled: Register, target: Path, language: Language
) -> None:
    made = reports.make(sampled, "to-do", target, translator(language))
    lines = pages.lines(target)
    view = View(kinds=LISTED_KINDS, where=(Where("due_at", "empty", False),))
    refs = [record.ref for record in sampled.records(sampled.ids(view)).values()]
    assert len(refs) > 50
    text = " ".join(lines).split()
    assert [ref for ref in refs if text.count(ref) != 1] == []
    head = translator(language).gettext("Owner")
    assert all(head in page for page in pages.texts(target))
    assert made.pages > 2


def test_to_do_when_days_fall_into_each_span_then_each_stands_under_its_own(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "T. Ng", contract_until_on=date(2027, 6, 1))
    days = {"Past": (11, 19), "Now": (11, 20), "Soon": (11, 27), "Near": (11, 28), "Far": (12, 21)}
    for title, (month, day) in days.items():
        add(opened, "task", title, due_on=date(2026, month, day), owner=frozenset({owner.id}))
    reports.make(opened, "to-do", target, EN)
    text = pages.body(target)
    order = (
        "Overdue", "Past", "Today", "Now", "Inthenextsevendays", "Soon", "Inthenextthirtydays",
        "Near", "Later", "Far", "Contractends",
    )  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "noowner" not in text  # a party has none


def test_to_do_when_dates_are_of_many_sorts_then_each_says_what_it_is_for(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Treat", due_on=date(2026, 12, 1))
    a_risk(opened, "Look", next_review_on=date(2026, 12, 2))
    an_asset(opened, "Count", last_review_on=date(2026, 1, 1), review_every_months=12)
    add(opened, "activity", "Spring", activity_type="drill", planned_on=date(2027, 3, 1))
    add(
        opened,
        "task",
        "Routine",
        status="verified",
        done_on=date(2026, 11, 1),
        repeat_every_months=1,
    )
    change(opened, opened.record(opened.find("C3.2")), due_on=date(2026, 12, 9))
    reports.make(opened, "to-do", target, EN)
    lines = pages.lines(target)
    for start, end in (
        ("1 Dec 2026 Treatment due R-0001", "no owner"),
        ("2 Dec 2026 Next review R-0002", "no owner"),
        ("1 Jan 2027 Next review A-0001", "no owner"),
        ("1 Mar 2027 Drill AC-0001", "no owner"),
        ("1 Dec 2026 Again T-0001", "no owner"),
        ("9 Dec 2026 Step C3.2", ""),
    ):
        whole = " ".join(lines)
        assert start in whole, start
        assert end in whole


def test_to_do_when_one_person_is_asked_for_then_only_theirs_are_told(
    opened: Register, target: Path
) -> None:
    mine, other = a_party(opened, "T. Ng"), a_party(opened, "M. Ho")
    for title, who in (("Mine", mine), ("Other", other)):
        add(opened, "task", title, due_on=date(2026, 12, 1), owner=frozenset({who.id}))
    reports.make(opened, "to-do", target, EN, ref=mine.ref)
    text = pages.body(target)
    assert "1thingwithadatethatT.Ng" in text
    assert "Mine" in text
    assert "Other" not in text
    with pytest.raises(Expected):
        reports.make(opened, "to-do", target, EN, ref="T-0001")


@pytest.mark.parametrize("name", ["to-do", "measures", "treatment-plan", "handover", "processing"])
def test_report_when_there_are_hundreds_of_records_then_none_is_lost_and_heads_come_again(
    opened: Register, target: Path, name: str
) -> None:
    kind = {"measures": "measure", "processing": "processing"}.get(name, "risk")
    scores = {"residual_likelihood": 5, "residual_impact": 5, "due_on": date(2026, 12, 1)}
    values = scores if kind == "risk" else {}
    changes = (
        addition(kind, {"title": f"Case {number:03} of the year", **values}, -1 - number)
        for number in range(200)
    )
    opened.apply(ChangeSet(act="import", changes=tuple(changes)))
    made = reports.make(opened, name, target, EN)
    text = pages.body(target)
    assert made.pages > 5
    assert [n for n in range(200) if f"Case{n:03}oftheyear" not in text] == []
    if name in ("to-do", "handover"):
        assert all("Title" in page for page in pages.texts(target)[1:-1])
