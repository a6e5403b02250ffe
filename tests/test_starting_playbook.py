"""Starting a playbook in a real register: its tasks, their times, and nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from riskreg.cases import case_of
from riskreg.playbooks import playbooks
from riskreg.records import Task
from riskreg.records.values import Instant
from riskreg.starting_playbook import fitting, start, started
from riskreg.views import Register
from tests.builders import a_party, an_incident
from tests.conftest import NOW

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")


def begin(store: Register, id: int, key: str = "misdirected", language: str = "en") -> list[Task]:
    case = case_of(store, id)
    store.apply(start(case, playbooks().playbooks[key], language))
    return list(case_of(store, id).tasks)


def test_start_when_aware_then_each_step_is_a_task_and_containment_is_the_first(
    opened: Register,
) -> None:
    id = an_incident(opened, aware_at=AWARE).id
    book = playbooks().playbooks["misdirected"]
    tasks = begin(opened, id)
    assert [task.playbook_step for task in tasks] == [step.key for step in book.steps]
    assert book.steps[0].phase == "contain"
    assert tasks[0].title == book.steps[0].text.en
    assert tasks[0].target_at == Instant(
        AWARE.utc + timedelta(minutes=book.steps[0].minutes), "Asia/Hong_Kong"
    )
    assert all(task.status == "to_do" and task.incidents == {id} for task in tasks)
    day = next(task for task in tasks if task.playbook_step == "common.decide")
    assert day.due_on == date(2026, 11, 21)


def test_start_when_nobody_is_aware_yet_then_it_counts_from_discovery_else_from_now(
    opened: Register,
) -> None:
    found = Instant.parse("2026-11-19T09:00[Asia/Hong_Kong]")
    step = playbooks().playbooks["misdirected"].steps[0]
    for values, from_ in ({"discovered_at": found}, found.utc), ({}, NOW):
        first = begin(opened, an_incident(opened, **values).id)[0]
        assert first.target_at.utc == from_ + timedelta(minutes=step.minutes)


def test_start_when_a_second_playbook_is_started_then_common_steps_stand_once(
    opened: Register,
) -> None:
    id = an_incident(opened, aware_at=AWARE).id
    begin(opened, id)
    tasks = begin(opened, id, "processor")
    keys = [task.playbook_step for task in tasks]
    assert len(keys) == len(set(keys))
    assert any(key.startswith("processor.") for key in keys)
    again = start(case_of(opened, id), playbooks().playbooks["processor"], "en")
    assert again.changes == ()
    assert started(case_of(opened, id)) == frozenset(keys)


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_start_when_in_another_language_then_tasks_are_called_in_it(
    opened: Register, language: str
) -> None:
    first = begin(opened, an_incident(opened).id, language=language)[0]
    assert first.title == playbooks().playbooks["misdirected"].steps[0].text.get(language)


def test_start_when_undone_then_all_its_tasks_are_gone_together(opened: Register) -> None:
    id = an_incident(opened).id
    begin(opened, id)
    opened.undo()
    assert case_of(opened, id).tasks == ()


def test_start_when_the_incident_is_privileged_then_so_are_its_tasks(opened: Register) -> None:
    assert all(
        task.is_privileged for task in begin(opened, an_incident(opened, is_privileged=True).id)
    )


def test_fitting_when_a_processor_is_involved_then_its_playbook_comes_first(
    opened: Register,
) -> None:
    party = a_party(opened, "Payroll Ltd").id
    id = an_incident(opened, category="ransomware", processors=frozenset({party})).id
    assert [each.key for each in fitting(case_of(opened, id))][:2] == ["processor", "ransomware"]


def test_target_when_seconds_are_known_then_it_is_to_the_minute(opened: Register) -> None:
    at = Instant(datetime(2026, 11, 20, 10, 40, 31, tzinfo=UTC), "Asia/Hong_Kong", "second")
    first = begin(opened, an_incident(opened, aware_at=at).id)[0]
    assert first.target_at.utc.second == 0
