"""One field of many records: what each would become, and one change that makes it so."""

from __future__ import annotations

import pytest

from riskreg import editing
from riskreg.batches import editable, propose, steps
from riskreg.errors import Stale
from riskreg.records import KINDS
from riskreg.views import Register


def add(register: Register, kind: str, **given: object) -> int:
    return register.apply(editing.new_record(register, kind, given)).new[-1]


def test_batch_when_set_then_every_old_and_new_value_is_told_and_undo_takes_all_back(
    opened: Register,
) -> None:
    ids = [add(opened, "risk", title=title, status="open") for title in "abc"]
    add_status = opened.record(ids[0]).status
    batch = propose(opened, "risk", ids, "status", "set", "treating")
    assert [(each.before, each.after) for each in batch.proposals] == [("open", "treating")] * 3
    opened.apply(batch.changes)
    assert {opened.record(id).status for id in ids} == {"treating"}
    opened.undo()
    assert {opened.record(id).status for id in ids} == {add_status}


def test_batch_when_a_member_is_added_and_another_taken_away_then_the_rest_stays(
    opened: Register,
) -> None:
    first = add(opened, "risk", title="a", tags=["x", "y"])
    second = add(opened, "risk", title="b", tags=["z"])
    added = propose(opened, "risk", [first, second], "tags", "add", frozenset({"x"}))
    assert [each.differs for each in added.proposals] == [False, True]
    opened.apply(added.changes)
    opened.apply(propose(opened, "risk", [first, second], "tags", "remove", frozenset("x")).changes)
    assert (opened.record(first).tags, opened.record(second).tags) == ({"y"}, {"z"})


def test_batch_when_links_are_changed_from_their_other_side_then_each_declaring_record_changes_once(
    opened: Register,
) -> None:
    assets = [add(opened, "asset", title=title, status="in_use") for title in "ab"]
    risk = add(opened, "risk", title="r", status="open")
    batch = propose(opened, "asset", assets, "risks", "add", frozenset({risk}))
    assert [change.id for change in batch.changes.changes] == [risk]
    opened.apply(batch.changes)
    assert opened.record(risk).assets == frozenset(assets)


def test_batch_when_a_record_changed_since_the_preview_then_nothing_is_applied(
    opened: Register,
) -> None:
    ids = [add(opened, "risk", title=title, status="open") for title in "ab"]
    batch = propose(opened, "risk", ids, "status", "set", "treating")
    opened.apply(editing.set_fields(opened, ids[1], {"status": "accepted"}))
    with pytest.raises(Stale):
        opened.apply(batch.changes)
    assert opened.record(ids[0]).status == "open"


@pytest.mark.parametrize("kind", [key for key in KINDS if key != "organisation"])
def test_batch_when_a_field_is_offered_then_something_can_be_done_to_it(kind: str) -> None:
    assert all(steps(field) for field in editable(kind).values())
    assert "due_at" not in editable(kind)
