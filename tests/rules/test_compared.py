"""What many changes of a record come to."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from riskreg.rules.compared import net_changes
from riskreg.views import Actor, Entry, EntryChange

AT = datetime(2026, 11, 20, tzinfo=UTC)


def entry(seq: int, before: dict | None, after: dict | None, id: int = 1) -> Entry:
    changed = EntryChange(
        id=id, ref=f"R-{id}", kind="risk", version=seq, before=before, after=after
    )
    return Entry(seq=seq, at=AT, actor=Actor("a"), act="edit", facts={}, changes=(changed,))


def test_net_when_a_field_came_back_then_the_record_is_as_it_was() -> None:
    there = entry(1, {"title": "a"}, {"title": "b"})
    back = entry(2, {"title": "b"}, {"title": "a"})
    assert net_changes([there, back]) == ()


def test_net_when_fields_change_one_after_the_other_then_the_first_and_the_last_are_told() -> None:
    found = net_changes(
        [
            entry(1, {"title": "a"}, {"title": "b"}),
            entry(2, {"notes": ""}, {"notes": "n"}),
            entry(3, {"title": "b"}, {"title": "c"}),
        ]
    )
    assert len(found) == 1
    assert found[0].before == {"title": "a", "notes": ""}
    assert found[0].after == {"title": "c", "notes": "n"}
    assert not any((found[0].is_new, found[0].is_gone, found[0].is_binned))


def test_net_when_a_record_is_new_then_it_has_no_before_and_its_last_values() -> None:
    (found,) = net_changes(
        [entry(1, None, {"title": "a", "notes": ""}), entry(2, {"title": "a"}, {"title": "b"})]
    )
    assert found.is_new
    assert found.before == {}
    assert found.after == {"title": "b", "notes": ""}


def test_net_when_a_record_is_new_and_taken_back_then_nothing_happened() -> None:
    assert net_changes([entry(1, None, {"title": "a"}), entry(2, {"title": "a"}, None)]) == ()


def test_net_when_a_record_was_taken_back_then_it_is_gone_and_its_values_are_told() -> None:
    (found,) = net_changes([entry(1, {"title": "a"}, None)])
    assert found.is_gone
    assert found.before == {"title": "a"}
    assert found.after == {}


def test_net_when_a_record_went_to_the_bin_then_it_says_so_and_back_is_no_change() -> None:
    to_bin = entry(1, {"deleted_at": None}, {"deleted_at": AT})
    (found,) = net_changes([to_bin])
    assert found.is_binned
    assert net_changes([to_bin, entry(2, {"deleted_at": AT}, {"deleted_at": None})]) == ()


def test_net_when_records_are_several_then_they_stand_as_they_were_met() -> None:
    found = net_changes(
        [
            entry(1, {"title": "a"}, {"title": "b"}, id=5),
            entry(2, {"title": "x"}, {"title": "y"}, id=2),
        ]
    )
    assert [(net.id, net.ref) for net in found] == [(5, "R-5"), (2, "R-2")]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=1), max_size=8))
def test_net_when_changes_are_any_then_it_is_the_difference_of_the_two_states(
    edits: list[dict[str, int]],
) -> None:
    first = {"a": 0, "b": 0, "c": 0}
    state, entries = dict(first), []
    for seq, edit in enumerate(edits, 1):
        entries.append(entry(seq, {key: state[key] for key in edit}, dict(edit)))
        state |= edit
    wanted = {key: state[key] for key in state if state[key] != first[key]}
    found = net_changes(entries)
    assert (found[0].after if found else {}) == wanted
    assert (found[0].before if found else {}) == {key: first[key] for key in wanted}
