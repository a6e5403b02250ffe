"""Starting a playbook: its steps become tasks of an incident, containment first.

Targets count from awareness, else from discovery, else from now. A step that has its task already is not
made again, so that a second playbook adds only what is new (what all have in common stands once).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from riskreg import clock
from riskreg.cases import Case
from riskreg.changes import Change, ChangeSet, addition
from riskreg.playbooks import Playbook, PlaybookStep, playbooks
from riskreg.records.fields import Value
from riskreg.records.values import Instant, zone_of

ACT: Final = "start_playbook"


def fitting(case: Case) -> tuple[Playbook, ...]:
    """The playbooks for an incident, the likeliest first."""
    incident = case.meant.incident if case.meant else case.incident
    return playbooks().fitting(incident.category, has_processor=bool(incident.processors))


def started(case: Case) -> frozenset[str]:
    """The keys of the steps that have a task of this incident outside the bin."""
    return frozenset(task.playbook_step for task in case.tasks if task.playbook_step)


def start(case: Case, playbook: Playbook, language: str, now: datetime | None = None) -> ChangeSet:
    """The change set that makes the tasks of a playbook; without changes where all are there.

    Args:
        case: The incident.
        playbook: Which.
        language: Of the titles.
        now: The present moment, with a zone; the clock's where it is not given.
    """
    begin = _begin(case, now or clock.now())
    there = started(case)
    wanted = [step for step in playbook.steps if step.key not in there]
    facts = {
        "refs": case.incident.ref,
        "playbook": playbook.title.get(language),
        "count": str(len(wanted)),
    }
    changes = tuple(_tasks(case, wanted, begin, language))
    return ChangeSet(act=ACT, facts=facts, changes=changes)


def _tasks(
    case: Case, steps: Iterable[PlaybookStep], begin: datetime, language: str
) -> Iterable[Change]:
    zone = case.organisation.zone
    for place, step in enumerate(steps):
        target = begin + timedelta(minutes=step.minutes)
        wanted = step.wanted.text.get(language) if step.wanted else ""
        values: dict[str, Value] = {
            "title": step.text.get(language),
            "task_type": "follow_up",
            "status": "to_do",
            "incidents": frozenset({case.incident.id}),
            "playbook_step": step.key,
            "target_at": Instant(target, zone),
            "due_on": target.astimezone(zone_of(zone)).date(),
            "description": _description(step, wanted, language),
            "is_privileged": case.incident.is_privileged,
        }
        yield addition("task", values, -1 - place)


def _description(step: PlaybookStep, wanted: str, language: str) -> str:
    """Who does it, and below it the evidence to keep."""
    role = playbooks().roles[step.role].get(language)
    return f"{role}\n{wanted}" if wanted else role


def _begin(case: Case, now: datetime) -> datetime:
    """To the minute, as targets are."""
    known = case.incident.aware_at or case.incident.discovered_at
    return (known.utc if known else now).replace(second=0, microsecond=0)
