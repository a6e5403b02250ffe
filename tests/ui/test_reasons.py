"""A time that clocks run from changes only with a reason, however it is changed; both deadlines are seen first."""

from __future__ import annotations

import pytest

from riskreg.changes import ChangeSet, edit
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.ui.desk import add, line_of, prompts_of
from ui.context import Context
from ui.forms.panel import RecordPanel

LATER = Instant.parse("2026-11-20T09:40", "Asia/Hong_Kong")


@pytest.fixture
def incident(context: Context) -> int:
    given = {
        "title": "Payroll mail",
        "aware_at": "2026-11-19T18:40",
        "people_live_in": ["eu_eea"],
        "our_role": "controller",
    }
    return add(context.register, "incident", given)


def stored_of(register: Register, id: int) -> Incident:
    record = register.record(id)
    assert isinstance(record, Incident)
    return record


def test_changed_time_when_typed_in_the_form_then_the_reason_is_asked_with_both_deadlines(
    panel: RecordPanel, context: Context, incident: int
) -> None:
    register, prompts = context.register, prompts_of(context)
    panel.show_record(incident)
    panel.form.row("aware_at").editor.type("2026-11-20 09:40")  # type: ignore[attr-defined]
    prompts.lines.append("The log shows it was the next morning.")
    panel.save()
    kept = stored_of(register, incident)
    assert kept.aware_at == LATER
    assert kept.trigger_reason == "The log shows it was the next morning."
    (asked,) = prompts.asked
    assert "Aware: Thu 19 Nov 2026, 18:40 (Hong Kong) becomes Fri 20 Nov 2026, 09:40" in asked
    assert "due Sun 22 Nov 2026, 18:40 (Hong Kong), then due Mon 23 Nov 2026, 09:40" in asked


def test_changed_time_when_no_reason_is_given_then_nothing_changes_and_what_was_typed_stays(
    panel: RecordPanel, context: Context, incident: int
) -> None:
    panel.show_record(incident)
    before = context.register.head()
    line_of(panel, "aware_at").setText("2026-11-20 09:40")
    panel.form.row("aware_at").editor.type("2026-11-20 09:40")  # type: ignore[attr-defined]
    prompts_of(context).lines.append(None)
    panel.save()
    assert context.register.head() == before
    assert panel.is_dirty


def test_changed_time_when_changed_in_several_then_it_is_asked_once_and_kept_in_each(
    context: Context, incident: int
) -> None:
    register, prompts = context.register, prompts_of(context)
    other = add(register, "incident", {"title": "Another", "aware_at": "2026-11-19T10:00"})
    changes = [edit(register.record(each), {"aware_at": LATER}) for each in (incident, other)]
    prompts.lines.append("Both clocks of the server were wrong.")
    context.change(ChangeSet(act="edit", changes=tuple(each for each in changes if each)))
    assert len(prompts.asked) == 1
    assert "in 2 incidents" in prompts.asked[0]
    for each in (incident, other):
        assert stored_of(register, each).trigger_reason == "Both clocks of the server were wrong."


def test_changed_time_when_it_was_not_known_or_is_undone_then_nothing_is_asked(
    context: Context, incident: int
) -> None:
    register, prompts = context.register, prompts_of(context)
    first = edit(register.record(incident), {"contained_at": LATER})
    assert first is not None
    context.change(ChangeSet(act="edit", changes=(first,)))
    context.act(register.undo, "")
    assert prompts.asked == []
    assert stored_of(register, incident).contained_at is None


def test_changed_time_when_the_same_reason_is_given_twice_then_both_are_kept(
    context: Context, incident: int
) -> None:
    register, prompts = context.register, prompts_of(context)
    for minute in (41, 42):
        moment = Instant.parse(f"2026-11-20T09:{minute}", "Asia/Hong_Kong")
        change = edit(register.record(incident), {"aware_at": moment})
        assert change is not None
        prompts.lines.append("Misread.")
        context.change(ChangeSet(act="edit", changes=(change,)))
        assert stored_of(register, incident).aware_at == moment
    assert stored_of(register, incident).trigger_reason.startswith("Misread.\n")
