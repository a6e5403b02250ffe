"""A "not yet" and a planned notice ask for nothing once their incident does not: stored, undone, and verified."""

from __future__ import annotations

from datetime import date

import pytest
import sqlcipher3.dbapi2 as sqlite

from riskreg import register
from riskreg.editing import from_bin, to_bin
from riskreg.records import Record
from riskreg.records.fields import Value
from riskreg.records.values import Instant
from riskreg.rules import derive, statistics
from riskreg.views import Register
from tests.builders import add, an_incident, change

MONDAY = Instant.parse("2026-11-23T10:00[Asia/Hong_Kong]")
DAY = date(2026, 11, 23)
LATE = date(2026, 11, 30)


@pytest.fixture
def incident(opened: Register) -> Record:
    return an_incident(opened)


def not_yet(opened: Register, incident: Record, rule: str = "hk", **values: Value) -> Record:
    about: dict[str, Value] = {
        "incident": frozenset({incident.id}),
        "answer": "not_yet",
        "rule_key": rule,
        "decide_again_at": MONDAY,
        "decided_at": Instant.parse("2026-11-20T19:20[Asia/Hong_Kong]"),
    }
    return add(opened, "decision", "Wait", **about | values)


def waiting(opened: Register) -> int:
    """What is overdue a week later; the whole register verifies at every step."""
    assert opened.verify().findings == ()
    return opened.count(statistics.overdue(LATE))


@pytest.mark.parametrize(
    "values",
    [
        {"status": "not_a_breach"},
        {"status": "closed"},
        {"near_miss": True},
        {"closed_at": MONDAY},
    ],
    ids=["no breach", "closed", "near miss", "its moment of closing alone"],
)
def test_not_yet_when_its_incident_asks_for_nothing_then_neither_does_it_until_undone(
    opened: Register, incident: Record, values: dict[str, Value]
) -> None:
    made = not_yet(opened, incident)
    assert (made.due_at, waiting(opened)) == (DAY, 1)
    change(opened, incident, **values)
    assert (opened.record(made.id).due_at, waiting(opened)) == (None, 0)
    opened.undo()
    assert (opened.record(made.id).due_at, waiting(opened)) == (DAY, 1)
    opened.redo()
    assert waiting(opened) == 0


def test_not_yet_when_its_incident_goes_into_the_bin_then_it_waits_no_more_until_it_is_back(
    opened: Register, incident: Record
) -> None:
    not_yet(opened, incident)
    opened.apply(to_bin(opened, [incident.id]))
    assert waiting(opened) == 0
    opened.apply(from_bin(opened, [incident.id]))
    assert waiting(opened) == 1


def test_not_yet_when_its_incident_is_withdrawn_by_undo_then_it_waits_no_more(
    opened: Register,
) -> None:
    incident = an_incident(opened)
    made = not_yet(opened, incident)
    change(opened, made, incident=frozenset())
    opened.undo()
    assert waiting(opened) == 1
    opened.undo()
    opened.undo()
    assert waiting(opened) == 0
    opened.redo()
    opened.redo()
    assert waiting(opened) == 1


def test_not_yet_when_it_was_decided_since_without_the_dialog_then_it_waits_no_more(
    opened: Register, incident: Record
) -> None:
    made = not_yet(opened, incident)
    later = Instant.parse("2026-11-23T09:00[Asia/Hong_Kong]")
    other = not_yet(opened, incident, rule="eu", decide_again_at=MONDAY)
    said = add(
        opened, "decision", "No", answer="no", rule_key="hk", decided_at=later,
        incident=frozenset({incident.id}),
    )  # fmt: skip
    assert (opened.record(made.id).due_at, opened.record(other.id).due_at) == (None, DAY)
    assert waiting(opened) == 1
    opened.apply(to_bin(opened, [said.id]))
    assert (opened.record(made.id).due_at, waiting(opened)) == (DAY, 2)
    opened.undo()
    change(opened, opened.record(said.id), rule_key="sg")
    assert (opened.record(made.id).due_at, waiting(opened)) == (DAY, 2)


def test_not_yet_when_it_is_added_to_an_incident_that_is_over_then_it_waits_for_nothing(
    opened: Register,
) -> None:
    over = an_incident(opened, status="not_a_breach")
    made = not_yet(opened, over)
    assert (made.due_at, waiting(opened)) == (None, 0)
    open_one = an_incident(opened)
    moved = change(opened, made, incident=frozenset({open_one.id}))
    assert (moved.due_at, waiting(opened)) == (DAY, 1)


def test_not_yet_when_a_status_of_ones_own_counts_as_no_breach_then_it_waits_no_more(
    opened: Register, incident: Record
) -> None:
    not_yet(opened, incident)
    own = add(
        opened, "terms", "Nothing in it", en="Nothing in it", list_name="incident_status", key="nothing",
        same_as="not_a_breach",
    )  # fmt: skip
    change(opened, opened.record(incident.id), status="nothing")
    assert waiting(opened) == 0
    change(opened, own, same_as="assessing")
    assert waiting(opened) == 1


def test_notice_when_its_incident_is_no_breach_then_what_was_planned_is_not_due_but_an_answer_is(
    opened: Register, incident: Record
) -> None:
    own = {"incident": frozenset({incident.id})}
    add(opened, "notice", "To the PCPD", planned_at=MONDAY, **own)
    add(opened, "notice", "To them", sent_at=MONDAY, next_due_at=MONDAY, **own)
    assert waiting(opened) == 2
    change(opened, incident, status="not_a_breach")
    assert waiting(opened) == 1


def test_not_yet_when_it_or_its_incident_is_erased_then_it_still_waits_for_nothing(
    opened: Register,
) -> None:
    over = an_incident(opened, status="closed")
    made = not_yet(opened, over)
    opened.erase(made.id, "asked")
    assert waiting(opened) == 0
    opened.erase(over.id, "asked", with_parts=True)
    assert waiting(opened) == 0


def test_not_yet_when_looked_at_as_it_stood_then_it_waited_then(
    opened: Register, incident: Record
) -> None:
    not_yet(opened, incident)
    seq = opened.head().seq
    change(opened, incident, status="not_a_breach")
    assert opened.as_of(seq).count(statistics.overdue(LATE)) == 1
    assert opened.as_of(opened.head().seq).count(statistics.overdue(LATE)) == 0


def test_verify_when_older_rules_computed_the_dates_then_a_file_that_is_only_read_is_whole(
    opened: Register, incident: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = not_yet(opened, incident)
    backup = opened.backup().path
    with sqlite.connect(backup) as file:
        file.execute("UPDATE records SET due_at = '2026-01-01' WHERE id = ?", (made.id,))
    reader = register.open(backup, read_only=True)
    assert [each.id for each in reader.verify().findings] == ["replay_differs"]
    assert max(derive.CHANGED) == derive.VERSION
    newer = {derive.VERSION + 1: {"decision": frozenset({"due_at"})}}
    monkeypatch.setattr(derive, "CHANGED", {**derive.CHANGED, **newer})
    assert reader.verify().findings == ()
    reader.close()
    with sqlite.connect(backup) as file:
        file.execute("UPDATE records SET title = 'Other' WHERE id = ?", (made.id,))
        file.execute("UPDATE records SET due_at = '2026-01-01' WHERE id = ?", (incident.id,))
    reader = register.open(backup, read_only=True)
    found = {(each.ref, each.where) for each in reader.verify().findings}
    assert found == {(made.ref, "records: title"), (incident.ref, "records: due_at")}
    reader.close()
