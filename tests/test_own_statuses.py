"""Choices of the organisation's own behave as the built-in ones that they count as, wherever a rule asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from riskreg import clock, coming, register
from riskreg.changes import ChangeSet, edit
from riskreg.checking import checked, sentence
from riskreg.handing_over import moves
from riskreg.i18n import translator
from riskreg.programme import covered
from riskreg.records import Record, Task
from riskreg.records.fields import Value
from riskreg.records.terms import Vocabulary
from riskreg.reports import summary_facts, writing
from riskreg.reports.asked import Asked
from riskreg.reports.rows import programme_title
from riskreg.rules import monthly
from riskreg.rules.checks import repair
from riskreg.rules.compared import Net
from riskreg.rules.corrected import corrected
from riskreg.rules.meaning import meanings, meant
from riskreg.views import Register, View, Where
from tests.builders import a_risk, add, change
from ui.pages import home_facts
from ui.tables.listings import LISTINGS
from ui.tables.presets import presets

TODAY = date(2026, 11, 20)
EARLIER, LATER = date(2026, 11, 1), date(2027, 3, 1)


def own(opened: Register, list_name: str, key: str, same_as: str) -> Record:
    """A choice of the organisation's own, called as its key."""
    return add(
        opened, "terms", key.capitalize(), list_name=list_name, key=key, en=key.capitalize(),
        same_as=same_as,
    )  # fmt: skip


def found(opened: Register, ref: str) -> set[str]:
    """What the checks find of a record."""
    return {each.check.key for each in checked(opened, TODAY).findings if each.ref == ref}


def the(opened: Register, kind: str, ref: str) -> Record:
    return opened.record(opened.find(ref))


def test_record_when_its_status_is_an_own_one_then_rules_are_given_the_built_in_one(
    opened: Register,
) -> None:
    own(opened, "task_status", "parked", "waiting")
    task = Task(id=1, title="Call", status="parked", task_type="corrective")
    assert meanings(opened.vocabulary) == {("task_status", "parked"): "waiting"}
    assert meant(task, opened.vocabulary) == replace(task, status="waiting")
    same = replace(task, status="doing")
    assert meant(same, opened.vocabulary) is same
    statuses = opened.vocabulary.terms_of("task_status")
    assert statuses.counting_as("waiting", "done") == ("waiting", "done", "parked")
    assert statuses.is_open("parked")


@pytest.mark.parametrize(
    ("kind", "same_as", "values"),
    [
        ("risk", "closed", {"due_on": LATER}),
        ("risk", "accepted", {"accepted_until_on": LATER}),
        ("asset", "disposed", {"next_review_on": LATER}),
        ("measure", "in_place", {"evidence_until_on": LATER, "due_on": EARLIER}),
        ("task", "waiting", {"due_on": LATER}),
        ("task", "done", {"done_on": EARLIER, "due_on": LATER, "repeat_every_months": 12}),
        ("task", "cancelled", {"due_on": LATER}),
        ("processing", "ended", {"next_review_on": LATER}),
        ("transfer", "ended", {"next_review_on": LATER}),
        ("activity", "done", {"planned_on": EARLIER, "valid_until_on": LATER}),
        ("evidence", "returned", {"valid_until_on": LATER}),
    ],
)
def test_next_date_when_the_status_is_an_own_one_then_it_is_that_of_what_it_counts_as(
    opened: Register, kind: str, same_as: str, values: dict[str, Value]
) -> None:
    built_in = add(opened, kind, "One", status=same_as, **values)
    own(opened, f"{kind}_status", "parked", same_as)
    parked = add(opened, kind, "Two", status="parked", **values)
    assert parked.get("due_at") == built_in.get("due_at")
    assert parked.get("status") == "parked", "it is kept and shown as it was chosen"
    assert opened.verify().ok


def test_next_date_when_what_a_choice_counts_as_is_changed_then_it_follows_also_back_and_in_the_past(
    opened: Register,
) -> None:
    term = own(opened, "risk_status", "parked", "closed")
    risk = a_risk(opened, status="parked", due_on=LATER)
    seq = opened.head().seq
    assert risk.get("due_at") is None
    change(opened, term, same_as="treating")
    assert opened.record(risk.id).get("due_at") == LATER
    assert opened.record(risk.id).version == risk.version, "nobody edited the risk"
    assert opened.as_of(seq).record(risk.id).get("due_at") is None
    opened.undo()
    assert opened.record(risk.id).get("due_at") is None
    opened.redo()
    assert opened.verify().ok
    path = opened.path
    opened.close()
    again = register.open(path)
    assert again.record(risk.id).get("due_at") == LATER
    assert again.verify().ok
    again.close()


def test_choice_when_only_its_label_changes_then_no_other_record_is_read_anew(
    opened: Register,
) -> None:
    term = own(opened, "risk_status", "parked", "closed")
    risk = a_risk(opened, status="parked", due_on=LATER)
    label = opened.apply(_edit(term, en="On ice"))
    assert risk.id not in label.ids
    assert opened.record(risk.id).get("due_at") is None


def _edit(record: Record, **values: Value) -> ChangeSet:
    made = edit(record, values)
    assert made is not None
    return ChangeSet(act="edit", changes=(made,))


def test_checks_when_a_risk_is_parked_as_accepted_then_they_ask_who_accepted_it(
    opened: Register,
) -> None:
    own(opened, "risk_status", "parked", "accepted")
    plain = a_risk(opened, "Open", treatment="retain")
    parked = a_risk(opened, "Parked", status="parked")
    accepted = a_risk(opened, "Accepted", status="accepted")
    over = a_risk(opened, "Over", status="parked", accepted_until_on=EARLIER)
    assert found(opened, parked.ref) == found(opened, accepted.ref) != found(opened, plain.ref)
    assert found(opened, over.ref) - found(opened, parked.ref), "its acceptance has ended"


def test_checks_when_an_incident_is_closed_by_an_own_open_status_then_its_own_words_are_said(
    opened: Register,
) -> None:
    own(opened, "incident_status", "parked", "recovering")
    incident = add(
        opened, "incident", "Lost bag", status="parked",
        closed_at=opened.record(1).created_at,
    )  # fmt: skip
    told = [
        sentence(each, translator("en"), opened.vocabulary)
        for each in checked(opened, TODAY).findings
        if each.ref == incident.ref and "moment of closing" in each.check.sentence
    ]
    assert len(told) == 1
    assert "“Parked”" in told[0]


def test_repair_when_the_status_was_an_own_one_then_the_change_says_what_was_there(
    opened: Register,
) -> None:
    own(opened, "step_status", "parked", "open")
    step = change(opened, the(opened, "step", "C3.1"), status="parked", done_on=EARLIER)
    repairs = [
        made
        for each in checked(opened, TODAY).findings
        if each.ref == step.ref and (made := repair(each)) is not None
    ]
    assert [made.changes[0].before["status"] for made in repairs] == ["parked"]  # type: ignore[index]
    opened.apply(repairs[0])
    assert opened.record(step.id).get("status") == "done"


def test_coverage_when_action_and_steps_have_own_statuses_then_they_count_and_are_shown_as_chosen(
    opened: Register,
) -> None:
    own(opened, "action_status", "running", "in_place")
    own(opened, "step_status", "ticked", "done")
    change(opened, the(opened, "action", "C3"), status="running", applies="yes")
    change(opened, the(opened, "step", "C3.1"), status="ticked")
    each = next(one for one in covered(opened, TODAY).actions if one.item.key == "C3")
    assert (each.standing, each.done) == ("in_place", 1)
    assert "steps_open" in each.gaps
    assert each.action.status == "running"


@pytest.mark.parametrize("report", sorted(writing.REPORTS))
def test_report_when_statuses_are_own_ones_then_it_is_drawn(opened: Register, report: str) -> None:
    for name in ("risk", "incident", "measure", "task", "step", "action", "asset"):
        statuses = opened.vocabulary.terms_of(f"{name}_status")
        own(opened, f"{name}_status", "parked", statuses.keys[-1])
    for name in ("risk", "incident", "measure", "task", "asset"):
        add(opened, name, f"A {name}", status="parked")
    change(opened, the(opened, "step", "C3.1"), status="parked")
    change(opened, the(opened, "action", "C3"), status="parked", applies="yes")
    add(opened, "evidence", "A file")
    about = {
        "history": "A-0001", "record": "A-0001", "custody": "F-0001", "incident": "I-2026-001",
        "edpb-form": "I-2026-001",
    }  # fmt: skip
    ref = about.get(report, "")
    assert writing.draw(opened, report, translator("en"), ref=ref).pages


def test_to_do_and_hand_over_when_a_task_waits_by_an_own_name_then_it_is_still_there(
    opened: Register,
) -> None:
    own(opened, "task_status", "parked", "waiting")
    own(opened, "task_status", "dropped", "cancelled")
    who = add(opened, "party", "Ada")
    owner = frozenset({who.id})
    parked = add(opened, "task", "Parked", status="parked", due_on=LATER, owner=owner)
    dropped = add(opened, "task", "Dropped", status="dropped", due_on=LATER, owner=owner)
    todo = {item.id for item in coming.coming(opened, translator("en"))}
    going = {move.record.id for move in moves(opened, who.id)}
    assert parked.id in todo & going
    assert dropped.id not in todo | going
    due = View(kinds=("task",), where=(Where("due_at", "empty", False),))
    assert list(opened.ids(due)) == [parked.id]


def test_corrective_task_when_verified_by_an_own_name_then_it_is_verified(
    opened: Register,
) -> None:
    own(opened, "task_status", "signed_off", "verified")
    task = Task(id=1, title="Fix", status="signed_off", task_type="corrective")
    assert corrected(meant(task, opened.vocabulary), TODAY) == "unexplained"


def test_meaning_when_nothing_was_added_then_nothing_is_looked_up(opened: Register) -> None:
    vocabulary: Vocabulary = opened.vocabulary
    assert not any(terms.has_added for terms in vocabulary.terms.values())
    assert meanings(vocabulary) == {}


def test_window_when_statuses_are_own_ones_then_its_lists_and_figures_count_them(
    opened: Register,
) -> None:
    own(opened, "measure_status", "live", "in_place")
    own(opened, "action_status", "running", "in_place")
    measure = add(opened, "measure", "Lock", status="live")
    change(opened, the(opened, "action", "C3"), status="running", applies="yes")
    usual = presets(LISTINGS["measure"], opened.vocabulary, TODAY)
    in_place = next(each for each in usual if each.label == "In place")
    assert list(opened.ids(View(kinds=("measure",), where=in_place.where))) == [measure.id]
    assert home_facts.actions(opened).in_place == 1


def test_summary_when_things_are_done_by_own_names_then_they_count_as_done(
    opened: Register,
) -> None:
    own(opened, "step_status", "ticked", "done")
    own(opened, "risk_status", "shelved", "closed")
    step = change(opened, the(opened, "step", "C3.1"), status="ticked", done_on=EARLIER)
    closing = Net(
        kind="risk", id=9, ref="R-0009", before={"status": "open"}, after={"status": "shelved"}
    )
    assert monthly.deeds([closing], opened.vocabulary)["closed_risk"] == 1
    month = summary_facts.gather(Asked(opened, translator("en"), "", clock.now(), opened.zone))
    assert [title for title, _ in month.done] == [programme_title(step.ref, "en")]
    assert month.deeds["step_done"] == 1


def test_what_is_coming_when_an_activity_has_a_type_of_our_own_then_it_is_told_in_our_words(
    opened: Register,
) -> None:
    own(opened, "activity_type", "tabletop", "drill")
    add(
        opened, "activity", "Who calls whom", activity_type="tabletop", status="planned",
        planned_on=LATER,
    )  # fmt: skip
    (item,) = [each for each in coming.coming(opened, translator("en")) if each.kind == "activity"]
    assert (item.what, item.sort) == ("Tabletop", "drill")
