"""Where risks go, in the risk register on paper: the same as the history of each says."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from riskreg import clock, past_scores, reports
from riskreg.i18n import translator
from riskreg.views import Register, View
from tests.builders import a_risk, add, change
from tests.reports import pages
from tests.test_own_scale import THREE

EN = translator("en")


def test_ways_when_asked_of_all_risks_then_they_are_what_the_history_of_each_says(
    sampled: Register,
) -> None:
    ids = list(sampled.ids(View(kinds=("risk",))))
    for days in (0, 100, 366, 900):
        now = clock.now() + timedelta(days=days)
        ways = past_scores.ways(sampled, ids, now)
        assert ways == {id: past_scores.score_history(sampled, id, now).trend.way for id in ids}


def test_ways_when_a_risk_is_young_old_unscored_or_rescaled_then_each_has_its_own(
    opened: Register,
) -> None:
    old, moved, blank = a_risk(opened), a_risk(opened, likelihood=2), add(opened, "risk", "Mail")
    ids = [old.id, moved.id, blank.id]
    now = clock.now()
    assert set(past_scores.ways(opened, ids, now).values()) == {"unknown"}
    later = now + timedelta(days=400)
    assert [past_scores.ways(opened, ids, later)[id] for id in ids] == [
        "steady",
        "steady",
        "unknown",
    ]
    with clock.fixed(now + timedelta(days=300)):
        change(opened, opened.record(moved.id), residual_likelihood=3)
    assert past_scores.ways(opened, ids, later)[moved.id] == "rising"
    with clock.fixed(now + timedelta(days=350)):
        add(opened, "scale", "Ours", text=THREE, is_default=True)
    found = past_scores.ways(opened, ids, later)
    assert found == {old.id: "unknown", moved.id: "unknown", blank.id: "unknown"}


def test_risk_register_when_scores_moved_then_it_says_of_each_and_of_all_where_they_go(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "risk-register", target, EN)
    ids = list(sampled.ids(View(kinds=("risk",))))
    numbers = Counter(past_scores.ways(sampled, ids, clock.now()).values())
    lines = pages.lines(target)
    assert lines.count("↑ Rising") + lines.count(f"↑ Rising {numbers['rising']}") >= 1
    text = pages.body(target)
    assert pages.bare("Compared with a year ago") in text
    for arrow, name in (("↑", "Rising"), ("↓", "Falling"), ("→", "Steady")):
        assert text.count(f"{arrow}{name}") == numbers[name.lower()] + 1
