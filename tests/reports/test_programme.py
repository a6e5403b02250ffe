"""The programme and the plan of the year on paper."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.catalogue import policy_actions
from riskreg.dates import month_words
from riskreg.i18n import Language, translator
from riskreg.rules.due import add_months
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, change
from tests.conftest import NOW
from tests.reports import pages

EN = translator("en")


def joined(text: str) -> str:
    """Text without hyphens: one at the end of a line is read back as another character."""
    return text.translate(dict.fromkeys(map(ord, "-\x02\ufffe")))


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_programme_when_the_sample_is_printed_then_every_action_and_every_month_is_there(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    reports.make(sampled, "programme", target, t)
    text = pages.body(target)
    titles = [pages.bare(action.title.get(language)) for action in policy_actions()]
    whole = joined(text)
    assert [title for title in titles if joined(title) not in whole] == []
    months = [month_words(add_months(NOW.date(), n), t) for n in range(12)]
    assert [line for line in pages.lines(target) if line in months] == months
    for name in ("Approved by", "Signature", "Chop", "Date"):
        assert pages.bare(t.gettext(name)) in text


def plan(target: Path) -> dict[str, str]:
    """What the plan says, by month without white space."""
    text = pages.body(target)
    text = text[text.index("Planoftheyear") : text.index("Signatures")]
    names = ["Overdue,tobemadeupfor"]
    names += [pages.bare(month_words(add_months(NOW.date(), n), EN)) for n in range(12)]
    found, ends = {}, [*names[1:], ""]
    for name, end in zip(names, ends, strict=True):
        if name in text:
            start = text.index(name) + len(name)
            found[name] = text[start : text.index(end, start) if end else len(text)]
    return found


def test_plan_when_things_have_dates_then_each_stands_in_its_month_and_comes_again(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "T. Ng")
    add(opened, "activity", "Spring drill", activity_type="drill", planned_on=date(2027, 3, 9),
        owner=frozenset({owner.id}))  # fmt: skip
    add(opened, "transfer", "Samples", mechanism="gba_contract", effective_on=date(2026, 12, 1))
    add(opened, "measure", "Locks", status="in_place", next_review_on=date(2026, 12, 15),
        review_every_months=6, evidence_until_on=date(2027, 2, 1))  # fmt: skip
    a_risk(opened, "Treated", due_on=date(2027, 1, 5))
    add(opened, "task", "Chore", due_on=date(2027, 1, 6))
    add(opened, "activity", "After the year", planned_on=date(2027, 11, 1))
    reports.make(opened, "programme", target, EN)
    found = plan(target)
    assert "9Mar2027DrillAC-0001SpringdrillT.Ng" in found["March2027"]
    assert "FilingdueTR-0001" in found["December2026"]
    assert "15Dec2026NextreviewM-0001" in found["December2026"]
    assert "15Jun2027NextreviewM-0001" in found["June2027"]
    assert "1Feb2027EvidencegooduntilM-0001" in found["February2027"]
    assert found["January2027"] == "Nothingisplannedforthismonth."
    whole = "".join(found.values())
    assert "Treated" not in whole
    assert "Chore" not in whole
    assert "Aftertheyear" not in whole
    assert "Overdue,tobemadeupfor" not in found


def test_plan_when_many_are_reviewed_in_a_month_then_they_are_one_session_and_late_ones_stand_first(
    opened: Register, target: Path
) -> None:
    for day in (3, 17, 24):
        an_asset(opened, f"List {day}", next_review_on=date(2026, 12, day))
    an_asset(opened, "Forgotten", next_review_on=date(2026, 11, 19), review_every_months=1)
    reports.make(opened, "programme", target, EN)
    found = plan(target)
    assert "3Dec2026NextreviewDatawehold:A-0001,A-0002,A-0003" in found["December2026"]
    assert "19Nov2026NextreviewA-0004Forgotten" in found["Overdue,tobemadeupfor"]
    assert "A-0004" not in found["December2026"]


def test_programme_when_an_action_is_late_or_has_open_steps_then_it_says_so(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "K. Chan")
    action = opened.record(opened.find("C3"))
    change(opened, action, applies="yes", status="in_progress", due_on=date(2026, 11, 1),
           owner=frozenset({owner.id}))  # fmt: skip
    step = opened.record(opened.find("C3.1"))
    change(opened, step, status="done", evidence_text="List", done_on=date(2026, 5, 1))
    reports.make(opened, "programme", target, EN)
    text = pages.body(target)
    assert "1of4stepsdone" in text
    assert "overduesince1Nov2026" in text
    done, still = (
        next(s.text.en for a in policy_actions() for s in a.steps if s.key == key)
        for key in ("C3.1", "C3.2")
    )
    assert pages.bare(still) in text
    assert pages.bare(done) not in text


def test_risks_when_printed_then_each_action_has_its_numbers_and_untied_risks_stand_last(
    opened: Register, target: Path
) -> None:
    critical = a_risk(opened, "Critical", 5, 5)
    a_risk(opened, "Untied", 1, 1)
    for key in ("B1", "C3"):
        action = opened.record(opened.find(key))
        change(opened, action, risks=frozenset({critical.id}), applies="yes")
    reports.make(opened, "programme", target, EN)
    text = pages.body(target)
    start = text.index("Openrisksthateachpolicyactionistolower")
    table = text[start : text.index("Planoftheyear", start)]
    for key in ("B1", "C3"):
        title = next(each.title.en for each in policy_actions() if each.key == key)
        assert f"{key}{pages.bare(title)}1–––1" in table
    assert "Nopolicyactionlowersthese–––11" in table
    assert "1openriskabovewhatisaccepted" in text[:start]


def test_plan_when_a_month_has_many_things_then_their_lines_are_evenly_far_apart(
    opened: Register, target: Path
) -> None:
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        add(opened, "activity", name, status="planned", planned_on=date(2027, 2, 3))
    reports.make(opened, "programme", target, EN)
    with pages.opened(target) as document:
        found = {
            name: textpage.get_charbox(place[0])[3]
            for textpage in (page.get_textpage() for page in document)
            for name in ("Alpha", "Beta", "Gamma", "Delta")
            if (place := textpage.search(name).get_next())
        }
    tops = [found[name] for name in ("Alpha", "Beta", "Gamma", "Delta")]
    steps = [before - after for before, after in pairwise(tops)]
    assert max(steps) - min(steps) < 0.5
