"""Looking back and closing: what is missing is named first, what follows is one step, a risk is scored again with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.closing import AGAIN
from riskreg.records import Incident, Risk, Task
from riskreg.records.values import Instant
from riskreg.views import Register, View
from tests.conftest import NOW
from tests.ui.desk import Held, a_context, add
from ui.closing.dialog import ReviewDialog
from ui.context import Context
from ui.jobs import Jobs
from ui.widgets.text import Text


@pytest.fixture
def incident(context: Context) -> int:
    register = context.register
    given = {"title": "Mail goes to a wrong address", "status": "open"}
    add(register, "risk", {**given, "residual_likelihood": 2, "residual_impact": 3})
    return add(
        register,
        "incident",
        {
            "title": "Payroll mail sent to a stranger",
            "status": "recovering",
            "aware_at": "2026-11-20T09:00",
            "people_live_in": ["hong_kong"],
            "risks": ["R-0001"],
        },
    )


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, incident: int) -> ReviewDialog:
    made = ReviewDialog(context, incident)
    qtbot.addWidget(made)
    made.show()
    return made


def stored_of(register: Register, id: int) -> Incident:
    record = register.record(id)
    assert isinstance(record, Incident)
    return record


def test_review_when_opened_then_what_closing_would_leave_open_is_named_and_leads_there(
    dialog: ReviewDialog, context: Context, incident: int
) -> None:
    wanted: list[tuple[int, str]] = []
    context.events.field_wanted.connect(lambda id, key: wanted.append((id, key)))
    assert dialog.lacks is not None
    keys = {each.check.key for each in dialog.lacks}
    assert "closed_without_containment" in keys
    assert "closed_without_review" not in keys  # that is asked here
    assert dialog.close_it.text() == "Close it nevertheless"
    finding = next(each for each in dialog.lacks if each.check.key == "closed_without_containment")
    dialog._go(finding)
    assert wanted == [(incident, "contained_at")]


def test_review_when_closed_then_cause_tasks_and_risk_are_one_step_that_undo_takes_back(
    dialog: ReviewDialog, context: Context, incident: int
) -> None:
    register = context.register
    risk_id = register.find("R-0001")
    dialog.fields["root_cause"].set_value("The address was completed by the mail program.")
    dialog.fields["lessons"].set_value("A second pair of eyes on payroll.")
    dialog.measures.lines[0][0].setText("Switch completion off")
    dialog.measures.lines[0][1].set_value(date(2026, 12, 1))
    (row,) = dialog.risks
    assert "likelihood 3" in row.take.text()
    row.take.click()
    before = register.head().seq
    dialog.close_it.click()
    assert register.head().seq == before + 1
    closed = stored_of(register, incident)
    assert (closed.status, str(closed.reviewed_on)) == ("closed", "2026-11-20")
    assert closed.closed_at is not None
    (task,) = case_of(register, incident).tasks
    assert isinstance(task, Task)
    assert (task.task_type, task.status, task.due_on) == ("corrective", "to_do", date(2026, 12, 1))
    assert task.risks == frozenset({risk_id})
    risk = register.record(risk_id)
    assert isinstance(risk, Risk)
    assert risk.residual_likelihood == 3
    assert risk.notes == f"2026-11-20, {closed.ref}: It came true."
    register.undo()
    assert stored_of(register, incident).closed_at is None
    assert register.record(risk_id).get("residual_likelihood") == 2
    assert case_of(register, incident).tasks == ()


def test_review_when_a_risk_is_scored_without_a_reason_then_nothing_is_kept(
    dialog: ReviewDialog, context: Context
) -> None:
    before = context.register.head()
    dialog.risks[0].likelihood.set_value(5)
    dialog.close_it.click()
    assert "it is not said why" in dialog.message.text()
    assert context.register.head() == before


def test_review_when_only_kept_then_the_incident_stays_open(
    dialog: ReviewDialog, context: Context, incident: int
) -> None:
    dialog.fields["lessons"].set_value("Look twice.")
    dialog.keep.click()
    kept = stored_of(context.register, incident)
    assert kept.lessons == "Look twice."
    assert kept.status == "recovering"
    assert kept.closed_at is None


def test_review_when_stopped_then_what_was_typed_is_there_again(
    qtbot: QtBot, dialog: ReviewDialog, context: Context, incident: int
) -> None:
    dialog.fields["lessons"].set_value("Look twice.")
    dialog.close_button.click()
    again = ReviewDialog(context, incident)
    qtbot.addWidget(again)
    assert again.fields["lessons"].value() == "Look twice."
    assert "still there" in again.message.text()
    assert stored_of(context.register, incident).lessons == ""


@pytest.mark.parametrize("status", ["closed", "not_a_breach"])
def test_review_when_the_incident_is_over_then_its_status_stays(
    qtbot: QtBot, context: Context, status: str
) -> None:
    id = add(context.register, "incident", {"title": "A wrong alarm", "status": status})
    dialog = ReviewDialog(context, id)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.keep.isHidden()
    assert dialog.close_it.text() == "Keep the review"
    dialog.fields["lessons"].set_value("Look twice.")
    dialog.close_it.click()
    kept = stored_of(context.register, id)
    assert (kept.status, kept.lessons) == (status, "Look twice.")
    assert kept.closed_at is None


def test_review_when_stopped_then_measures_scores_and_actions_are_there_again(
    qtbot: QtBot, dialog: ReviewDialog, context: Context, incident: int
) -> None:
    action = context.register.ids(View(kinds=("action",)))[0]
    assert dialog.lacks
    dialog.measures.lines[0][0].setText("Train the staff")
    dialog.measures.lines[0][1].set_value(date(2026, 12, 1))
    dialog.measures.add("Ask the insurer")
    dialog.measures.lines[1][1].type("someday")
    dialog.fields["actions"].set_value(frozenset({action}))
    dialog.risks[0].take.click()
    dialog._go(dialog.lacks[0])
    again = ReviewDialog(context, incident)
    qtbot.addWidget(again)
    first, second = again.measures.lines
    assert (first[0].text(), first[1].value()) == ("Train the staff", date(2026, 12, 1))
    assert (second[0].text(), second[1].typed()) == ("Ask the insurer", "someday")
    assert again.fields["actions"].value() == frozenset({action})
    assert again.risks[0].likelihood.value() == 3
    assert again.risks[0].reason.text() == "It came true."


def test_review_when_kept_twice_at_once_then_its_measures_are_made_once(
    qtbot: QtBot, opened: Register
) -> None:
    runner = Held()
    context = a_context(opened, jobs=Jobs(runner))
    id = add(opened, "incident", {"title": "Mail lost", "status": "recovering"})
    dialog = ReviewDialog(context, id)
    qtbot.addWidget(dialog)
    dialog.measures.lines[0][0].setText("Train the staff")
    dialog.keep.click()
    dialog.keep.click()
    runner.run()
    assert len(case_of(opened, id).tasks) == 1


def test_review_when_it_was_opened_again_then_the_moment_of_closing_is_the_new_one(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    register = context.register
    before = Instant.parse("2026-11-10T09:00[Asia/Hong_Kong]")
    for _ in range(2):
        was = stored_of(register, incident)
        reopened = {"status": "recovering"}
        if was.closed_at is None:
            reopened["closed_at"] = before
        register.apply(ChangeSet(act="edit", changes=tuple(filter(None, [edit(was, reopened)]))))
        dialog = ReviewDialog(context, incident)
        qtbot.addWidget(dialog)
        dialog.save()
        found = stored_of(register, incident)
        assert found.closed_at is not None
        assert (found.status, found.closed_at.utc) == ("closed", NOW)
        assert found.trigger_reason.startswith(AGAIN)


def test_review_when_several_lack_the_same_then_one_line_says_so(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    register = context.register
    for ref in ("N-0001", "N-0002"):
        at = Instant.parse("2026-11-20T18:40", "Asia/Hong_Kong")
        add(register, "notice", {"title": ref, "incident": ["I-2026-001"], "phase": "first"})
        made = register.record(register.find(ref))
        sent = edit(
            made, {"sent_at": at, "sent_by": "K. Chan", "approved_by": "Dr Wong", "approved_at": at}
        )
        assert sent is not None
        register.apply(ChangeSet(act="edit", changes=(sent,)))
    made = ReviewDialog(context, incident)
    qtbot.addWidget(made)
    made.show()
    lines = [each.text() for each in made.findChildren(Text)]
    assert "N-0001, N-0002: It was sent, and no file shows that it was." in lines
