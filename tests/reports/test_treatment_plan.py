"""The plan for the risks above what is accepted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.i18n import Language, translator
from riskreg.records.values import Money
from riskreg.views import Register, View, Where
from tests.builders import a_party, a_risk, add, change
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_plan_when_the_sample_is_printed_then_it_holds_the_open_risks_above_the_appetite_alone(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    reports.make(sampled, "treatment-plan", target, t)
    text = pages.body(target)
    view = View(
        kinds=("risk",),
        where=(
            Where("residual_level", "in", ("high", "critical")),
            Where("status", "!=", "closed"),
        ),
    )
    above = {record.ref for record in sampled.records(sampled.ids(view)).values()}
    every = {r.ref for r in sampled.records(sampled.ids(View(kinds=("risk",)))).values()}
    assert len(above) >= 5
    assert {ref for ref in every if ref in text} == above
    for name in ("Signatures", "Prepared by", "Approved by", "Signature", "Chop", "Date"):
        assert pages.bare(t.gettext(name)) in text


def test_plan_when_tasks_are_open_late_done_or_verified_then_each_says_so(
    opened: Register, target: Path
) -> None:
    owner, other = a_party(opened, "T. Ng"), a_party(opened, "S. Wong")
    risk = a_risk(opened, "Worst", 5, 5, treatment="modify", treatment_text="Lock it.",
                  treatment_cost=Money(1_850_000, "HKD"))  # fmt: skip
    ties, who = {"risks": frozenset({risk.id})}, frozenset({owner.id})
    add(opened, "task", "Late one", due_on=date(2026, 11, 19), owner=who, **ties)
    add(opened, "task", "Coming one", due_on=date(2026, 11, 20), status="doing", **ties)
    add(opened, "task", "Done one", status="done", done_on=date(2026, 11, 2), owner=who, **ties)
    add(opened, "task", "Proven one", status="verified", done_on=date(2026, 11, 3),
        verified_on=date(2026, 11, 9), verified_by=frozenset({other.id}),
        verification_result="effective", **ties)  # fmt: skip
    made = reports.make(opened, "treatment-plan", target, EN)
    text = pages.body(target)
    assert made.pages <= 2
    assert "LateoneT.Ng,overduesince19Nov2026" in text
    assert "Comingonenoowner,due20Nov2026" in text
    assert "DoneoneT.Ng,done2Nov2026,notverified" in text
    assert "Provenonenoowner,done3Nov2026,verified9Nov2026byS.Wong,Itworked" in text
    assert "HKD18,500.00" in text
    assert "Notargetisset" in text
    assert "1021" in text  # above, without treatment, tasks open, overdue


def test_plan_when_the_appetite_is_low_then_moderate_risks_are_planned_too(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Middling", 2, 3)
    reports.make(opened, "treatment-plan", target, EN)
    assert "Norisk" in pages.body(target)
    change(opened, opened.organisation(), appetite="low")
    reports.make(opened, "treatment-plan", target, EN)
    text = pages.body(target)
    assert "Middling" in text
    assert "Notreatmentischosen" in text
    assert "Notasksayswho" in text


def test_plan_when_a_risk_is_accepted_then_it_stands_apart_and_an_old_acceptance_is_said(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Kept", 5, 5, status="accepted", treatment="retain",
           acceptance_reason="Too dear", accepted_until_on=date(2026, 11, 1))  # fmt: skip
    reports.make(opened, "treatment-plan", target, EN)
    text = pages.body(target)
    assert text.index("Aboveit,butaccepted") < text.index("Kept")
    assert "Theacceptanceendedon1Nov2026" in text
    assert "Toodear" in text
    assert "Notasksayswho" not in text
