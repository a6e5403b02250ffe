"""The changes between two moments on paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from riskreg import catalogue, clock, reports
from riskreg.editing import to_bin
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.reports import Span
from riskreg.rules.scales import dumps
from riskreg.views import Register
from tests.builders import a_risk, add, an_asset, change
from tests.conftest import NOW
from tests.reports import pages
from tests.test_own_scale import THREE

EN = translator("en")
CNIL = next(scale for scale in catalogue.ready_scales() if scale.key == "cnil_4x4")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_changes_when_the_end_of_the_sample_is_printed_then_new_and_changed_records_are_told(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    first = sampled.log(id=sampled.find("I-2026-012"))[-1].seq
    made = reports.make(sampled, "changes", target, t, between=Span(first - 1))
    text = pages.body(target)
    for ref in ("I-2026-012", "I-2026-013", "I-2026-014", "R-0002", "R-0007", "R-0012"):
        assert ref in text
    assert pages.bare(t.gettext("New")) in text
    assert "I-2026-011" not in text
    assert 2 <= made.pages <= 14


def test_changes_when_told_from_the_beginning_then_actions_nobody_touched_are_left_out(
    opened: Register, target: Path
) -> None:
    reports.make(opened, "changes", target, EN)
    assert "Policyactions" not in pages.body(target)
    change(opened, opened.record(opened.find("B1")), applies="yes")
    change(opened, opened.record(opened.find("B1.2")), status="done")
    made = reports.make(opened, "changes", target, EN)
    text = pages.body(target)
    assert made.pages == 1
    assert [ref for ref in ("ORG", "B1.2New", "B1New") if ref not in text] == []
    assert "B2" not in text
    assert "A1" not in text


def test_changes_when_a_field_came_back_then_it_is_no_change(
    opened: Register, target: Path
) -> None:
    risk = a_risk(opened, "Steady", 2, 2)
    start = opened.head().seq
    risk = change(opened, risk, residual_likelihood=5)
    change(opened, risk, residual_likelihood=2)
    reports.make(opened, "changes", target, EN, between=Span(start))
    assert "Nothing changed between these moments." in pages.texts(target)[0]


def test_changes_when_records_come_change_and_go_then_each_is_counted_once(
    opened: Register, target: Path
) -> None:
    kept, gone = a_risk(opened, "Kept", 2, 2), an_asset(opened, "Gone")
    start = opened.head().seq
    with clock.fixed(NOW + timedelta(days=1)):
        change(opened, kept, residual_likelihood=4, notes="why")
        a_risk(opened, "Brand new", 1, 1)
        opened.apply(to_bin(opened, [gone.id]))
        until = opened.head().seq
        change(opened, opened.record(kept.id), residual_likelihood=5)
        reports.make(opened, "changes", target, EN, between=Span(start, until))
    text = " ".join(pages.lines(target))
    assert "2 Unlikely → 4 Likely" in text
    assert "Almost certain" not in text
    assert pages.bare("empty → why") in pages.body(target)
    assert pages.bare("1 1 1 3 New Changed Moved to the bin Entries of the history") in pages.bare(
        text
    )
    assert f"From Fri 20 Nov 2026, 18:40 (Hong Kong) (entry {start}) to" in text
    assert f"Sat 21 Nov 2026, 18:40 (Hong Kong) (entry {until})." in text


def test_changes_when_nothing_is_asked_then_they_begin_with_the_register(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "First one")
    reports.make(opened, "changes", target, EN)
    text = " ".join(pages.lines(target))
    assert "From the beginning to" in text
    assert "First one" in text


def test_span_when_days_are_written_then_it_is_their_entries_and_the_order_counts(
    sampled: Register,
) -> None:
    found = reports.span(sampled, "2026-11-16", "2026-11-19")
    assert sampled.entry(found.since or 0).at.date().isoformat() == "2026-11-16"
    assert reports.span(sampled, "", " ") == Span(None, None)
    with pytest.raises(Expected) as failed:
        reports.span(sampled, "2026-11-19", "2026-11-16")
    assert failed.value.id == "moments_swapped"
    with pytest.raises(Expected) as failed:
        reports.span(sampled, "yesterdayish", "")
    assert failed.value.id == "no_moment"


def test_span_when_a_report_compares_nothing_then_it_is_refused(
    sampled: Register, target: Path
) -> None:
    with pytest.raises(Expected) as failed:
        reports.make(sampled, "summary", target, EN, between=Span(3))
    assert failed.value.id == "no_span"
    assert not target.exists()


def test_changes_when_the_scale_changed_too_then_each_score_is_worded_by_the_scale_of_its_time(
    opened: Register, target: Path
) -> None:
    moved, named = a_risk(opened, likelihood=3, impact=2), a_risk(opened, likelihood=3)
    own = add(opened, "scale", "CNIL", text=dumps(CNIL), is_default=False)
    change(opened, named, scored_by=frozenset({own.id}))
    since = opened.head().seq
    add(opened, "scale", "Ours", text=THREE, is_default=True)
    change(opened, moved, residual_likelihood=2)
    change(opened, opened.record(named.id), residual_likelihood=4)
    new = a_risk(opened, likelihood=1, impact=3).id
    until = opened.head().seq
    change(opened, opened.record(named.id), scored_by=frozenset())
    reports.make(opened, "changes", target, EN, between=Span(since, until))
    text = pages.body(target)
    said = ("3 Possible → 2 Now and then", "3 Significant → 4 Maximum", "1 Seldom", "3 Large")
    assert [each for each in said if pages.bare(each) not in text] == []
    assert opened.record(new).ref in text
