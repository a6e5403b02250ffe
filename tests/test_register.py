"""The door: what happens to records, refs, links and the history when people change them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from riskreg import clock, given, register
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import Expected, Refused, Stale
from riskreg.records import Organisation, values
from riskreg.records.fields import Value
from riskreg.rules import derive
from riskreg.views import Register, View
from riskreg.work import Work
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.conftest import NOW


@contextlib.contextmanager
def refuses(id: str) -> Iterator[None]:
    with pytest.raises(Expected) as raised:
        yield
    assert raised.value.id == id


def reopened(found: Register) -> Register:
    path = found.path
    found.close()
    return register.open(path)


# creating


def test_register_when_new_then_organisation_actions_and_steps_are_there(opened: Register) -> None:
    organisation = opened.organisation()
    assert (organisation.title, organisation.ref) == ("Harbour Clinic Ltd 海港診所", "ORG")
    assert (organisation.zone, organisation.language) == ("Asia/Hong_Kong", "en")
    actions = opened.ids(View(kinds=("action",)))
    assert len(actions) == 18
    first = opened.record(actions[0])
    assert (first.ref, first.get("status")) == ("A1", "not_started")
    assert first.title
    steps = opened.links(opened.find("C3"))["steps"]
    assert {opened.record(id).ref for id in steps} == {"C3.1", "C3.2", "C3.3", "C3.4"}
    assert opened.verify().ok


def test_register_when_the_name_is_taken_then_nothing_is_touched(path: Path) -> None:
    path.write_bytes(b"mine")
    with refuses("exists"):
        register.create(path, name="X")
    assert path.read_bytes() == b"mine"


def test_register_when_the_zone_is_unknown_then_no_file_is_made(path: Path) -> None:
    with refuses("no_zone"):
        register.create(path, name="X", zone="Mars/Base")
    assert list(path.parent.iterdir()) == []


def test_register_when_its_name_is_empty_then_it_is_refused_and_no_file_is_left(path: Path) -> None:
    with pytest.raises(Refused):
        register.create(path, name=" ")
    assert list(path.parent.iterdir()) == []


def test_register_when_opening_the_new_file_fails_then_no_file_is_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> Register:
        raise Expected("disk_full")

    monkeypatch.setattr(register, "open", fail)
    with refuses("disk_full"):
        register.create(path, name="X")
    assert list(path.parent.iterdir()) == []


def test_register_when_the_disk_knows_no_hard_links_then_it_is_made_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")  # what a memory stick with exFAT says

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    register.create(path, name="X").close()
    assert register.open(path).organisation().title == "X"


# adding and editing


def test_record_when_added_then_it_has_ref_version_and_moment(opened: Register) -> None:
    risk = a_risk(opened)
    assert (risk.ref, risk.version, risk.created_at) == ("R-0001", 1, values.Instant.at(NOW))
    assert (risk.get("residual_score"), risk.get("residual_level")) == (12, "high")
    assert opened.find("r-0001") == risk.id


def test_text_when_saved_then_it_has_its_tidy_form(opened: Register) -> None:
    risk = a_risk(opened, "  two\r\nlines ", cause="a\r\nb", tags=frozenset({" x ", ""}))
    assert (risk.title, risk.get("cause"), risk.tags) == ("two lines", "a\nb", frozenset({"x"}))


def test_edit_when_nothing_differs_then_there_is_no_entry(opened: Register) -> None:
    risk = a_risk(opened)
    seq = opened.head().seq
    same = Change(
        id=risk.id,
        kind="risk",
        version=1,
        before={"title": risk.title},
        after={"title": risk.title},
    )
    assert opened.apply(ChangeSet(act="edit", changes=(same,))).seq == 0
    assert opened.head().seq == seq


def test_edit_when_another_field_was_changed_since_then_both_are_kept(opened: Register) -> None:
    risk = a_risk(opened)
    change(opened, risk, cause="typed first")
    both = change(opened, risk, event="typed from the older version")
    assert (both.get("cause"), both.get("event"), both.version) == (
        "typed first", "typed from the older version", 3,
    )  # fmt: skip


def test_edit_when_the_same_field_was_changed_since_then_it_is_refused_with_both_values(
    opened: Register,
) -> None:
    risk = a_risk(opened, cause="as it was")
    change(opened, risk, cause="theirs")
    with pytest.raises(Stale) as raised:
        change(opened, risk, cause="mine", event="mine too")
    [conflict] = raised.value.conflicts
    assert (conflict.field, conflict.was, conflict.now, conflict.wanted) == (
        "cause", "as it was", "theirs", "mine",
    )  # fmt: skip
    assert raised.value.record == risk.id
    assert opened.record(risk.id).get("event") == ""


def test_changes_when_several_values_are_impossible_then_all_are_named_and_nothing_is_saved(
    opened: Register,
) -> None:
    risk, seq = a_risk(opened), opened.head().seq
    bad = edit(risk, {"status": "gone", "residual_impact": 9, "cause": "fine"})
    assert bad is not None
    changes = (bad, addition("asset", {"title": ""}, -1), addition("party", {"title": "Fine"}, -2))
    with pytest.raises(Refused) as raised:
        opened.apply(ChangeSet(act="edit", changes=changes))
    named = {(problem.kind, problem.id, problem.field) for problem in raised.value.problems}
    assert named == {("risk", risk.id, "status"), ("risk", risk.id, "residual_impact"), ("asset", -1, "title")}  # fmt: skip
    assert opened.head().seq == seq
    assert opened.count(View(kinds=("party",))) == 0


def test_change_when_record_kind_or_field_is_unknown_then_it_says_which(opened: Register) -> None:
    risk = a_risk(opened)
    for made, id in (
        (addition("robot", {}), "no_kind"),
        (addition("risk", {"colour": "red"}), "no_field"),
        (Change(id=99_999, kind="risk", version=1, before={}, after={"title": "x"}), "no_record"),
        (Change(id=risk.id, kind="risk", version=1, before={}, after={"residual_score": 1}), "no_field"),
    ):  # fmt: skip
        with refuses(id):
            opened.apply(ChangeSet(act="edit", changes=(made,)))


def test_organisation_when_its_zone_is_misspelt_then_it_is_refused(opened: Register) -> None:
    with pytest.raises(Refused):
        change(opened, opened.organisation(), zone="Asia/Hongkong City")
    assert a_risk(opened).ref == "R-0001"


def test_work_when_it_is_cancelled_then_nothing_was_changed(opened: Register) -> None:
    from riskreg.errors import Cancelled

    class Impatient:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if done:
                raise Cancelled

    before = opened.head()
    changes = tuple(addition("risk", {"title": f"Risk {n}"}, -1 - n) for n in range(2_000))
    work: Work = Impatient()
    with pytest.raises(Cancelled):
        opened.apply(ChangeSet(act="import", changes=changes), work)
    assert (opened.head(), opened.count(View(kinds=("risk",)))) == (before, 0)
    a_risk(opened)
    assert opened.verify().ok


# refs


def test_ref_when_a_creation_is_undone_then_it_is_never_given_again(opened: Register) -> None:
    a_risk(opened)
    a_risk(opened)
    opened.undo()
    assert a_risk(opened).ref == "R-0003"


def test_ids_when_a_creation_is_undone_then_they_are_never_given_again(opened: Register) -> None:
    gone = a_risk(opened).id
    opened.undo()
    assert an_asset(opened).id > gone


def test_incidents_when_the_year_turns_in_the_organisations_zone_then_numbers_begin_anew(
    opened: Register,
) -> None:
    # Hong Kong is eight hours ahead: its new year begins at 16:00 UTC
    for moment, ref in (
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "I-2026-001"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "I-2027-001"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "I-2027-002"),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "I-2026-002"),
    ):
        with clock.fixed(moment):
            assert an_incident(opened).ref == ref
    assert opened.verify().ok


def test_refs_when_many_are_new_in_one_set_then_each_has_its_own(opened: Register) -> None:
    changes = tuple(addition("incident", {"title": f"{n}"}, -1 - n) for n in range(1_001))
    opened.apply(ChangeSet(act="import", changes=changes))
    assert an_incident(opened).ref == "I-2026-1002"
    assert opened.record(opened.find("I-2026-001")).title == "0"


# links


def test_link_when_made_then_both_sides_show_it(opened: Register) -> None:
    owner, asset = a_party(opened), an_asset(opened)
    risk = a_risk(opened, owner=frozenset({owner.id}), assets=frozenset({asset.id}))
    incident = an_incident(opened, risks=frozenset({risk.id}), assets=frozenset({asset.id}))
    assert opened.links(asset.id)["risks"] == {risk.id}
    assert opened.links(asset.id)["incidents"] == {incident.id}
    assert opened.links(risk.id)["incidents"] == {incident.id}
    assert opened.links(owner.id)["owned_risks"] == {risk.id}
    assert opened.links(owner.id)["owned_assets"] == frozenset()
    [row] = opened.rows(View(kinds=("asset",), columns=("ref", "risks")), [asset.id])
    assert row.values == ("A-0001", frozenset({risk.id}))


def test_link_when_both_ends_are_new_then_one_set_makes_them(opened: Register) -> None:
    changes = (
        addition("risk", {"title": "Risk", "owner": frozenset({-2})}, -1),
        addition("party", {"title": "K. Chan"}, -2),
    )
    made = opened.apply(ChangeSet(act="add", changes=changes)).new
    assert opened.record(made[-1]).get("owner") == {made[-2]}


def test_link_when_its_target_is_absent_or_of_another_kind_then_it_is_refused(
    opened: Register,
) -> None:
    asset, gone = an_asset(opened), a_party(opened)
    opened.undo()
    for target in (asset.id, gone.id, 99_999):
        with pytest.raises(Refused) as raised:
            a_risk(opened, owner=frozenset({target}))
        [problem] = raised.value.problems
        assert (problem.field, problem.id) == ("owner", -1)
        assert problem.text() == "it does not point to a Person or organisation that is there"


def test_link_when_taken_away_then_neither_side_shows_it(opened: Register) -> None:
    asset = an_asset(opened)
    risk = a_risk(opened, assets=frozenset({asset.id}))
    change(opened, risk, assets=frozenset())
    assert opened.links(asset.id)["risks"] == frozenset()
    assert opened.verify().ok


# the bin


def delete(found: Register, *ids: int) -> None:
    moment = values.Instant.at(clock.now())
    made = tuple(edit(found.record(id), {"deleted_at": moment}) for id in ids)
    found.apply(ChangeSet(act="delete", changes=tuple(item for item in made if item)))


def test_record_when_in_the_bin_then_lists_leave_it_out_and_the_bin_shows_it(
    opened: Register,
) -> None:
    risk = a_risk(opened)
    delete(opened, risk.id)
    assert list(opened.ids(View(kinds=("risk",)))) == []
    assert list(opened.ids(View(kinds=("risk", "asset"), bin=True))) == [risk.id]
    assert opened.record(risk.id).deleted_at == values.Instant.at(NOW)
    assert opened.names([risk.id])[risk.id].is_deleted
    opened.undo()
    assert list(opened.ids(View(kinds=("risk",)))) == [risk.id]
    assert opened.verify().ok


# undo and redo


def test_undo_when_the_register_was_closed_between_then_it_goes_on(opened: Register) -> None:
    risk = a_risk(opened, cause="one")
    change(opened, risk, cause="two")
    again = reopened(opened)
    again.undo()
    assert again.record(risk.id).get("cause") == "one"
    again = reopened(again)
    undone = again.redoable()
    assert undone is not None
    assert undone.act == "edit"
    again.redo()
    assert again.record(risk.id).get("cause") == "two"
    assert again.verify().ok
    again.close()


def test_undo_when_a_creation_is_taken_back_then_redo_brings_the_same_id_ref_and_moment(
    opened: Register,
) -> None:
    asset = an_asset(opened)
    risk = a_risk(opened, assets=frozenset({asset.id}), tags=frozenset({"mail"}))
    opened.undo()
    with refuses("no_record"):
        opened.record(risk.id)
    with refuses("no_record"):
        opened.find(risk.ref)
    assert opened.links(asset.id)["risks"] == frozenset()
    assert opened.verify().ok
    with clock.fixed(NOW + timedelta(hours=1)):
        opened.redo()
    back = opened.record(risk.id)
    assert back == risk.having(
        {"version": 3, "updated_at": values.Instant.at(NOW + timedelta(hours=1))}
    )
    assert opened.links(asset.id)["risks"] == {risk.id}
    assert opened.verify().ok


def test_undo_when_repeated_then_it_goes_back_to_the_barrier_and_redo_forward_again(
    opened: Register,
) -> None:
    risk = a_risk(opened, cause="0")
    for text in "123":
        risk = change(opened, risk, cause=text)
    seen = [str(opened.record(risk.id).get("cause"))]
    for _ in range(3):
        opened.undo()
        seen.append(str(opened.record(risk.id).get("cause")))
    assert seen == ["3", "2", "1", "0"]
    opened.undo()
    with refuses("nothing_to_undo"):
        opened.undo()
    for _ in range(4):
        opened.redo()
    with refuses("nothing_to_redo"):
        opened.redo()
    assert opened.record(risk.id).get("cause") == "3"
    assert opened.verify().ok


def test_undo_when_something_new_is_changed_then_redo_is_gone(opened: Register) -> None:
    risk = a_risk(opened)
    change(opened, risk, cause="one")
    opened.undo()
    change(opened, opened.record(risk.id), cause="two")
    assert opened.redoable() is None
    with refuses("nothing_to_redo"):
        opened.redo()


def test_undo_when_notes_were_written_since_then_they_are_skipped(opened: Register) -> None:
    risk = a_risk(opened, cause="one")
    change(opened, risk, cause="two")
    opened.note("export", {"file": "risks.xlsx"})
    opened.verify()
    opened.undo()
    opened.note("report", {"file": "risks.pdf"})
    opened.redo()
    assert opened.record(risk.id).get("cause") == "two"


def test_undo_when_the_register_is_new_then_there_is_nothing(opened: Register) -> None:
    assert (opened.undoable(), opened.redoable()) == (None, None)
    with refuses("nothing_to_undo"):
        opened.undo()


def test_undo_when_something_was_erased_then_it_does_not_go_past(opened: Register) -> None:
    risk, other = a_risk(opened), an_asset(opened)
    opened.erase(risk.id, "asked")
    with refuses("nothing_to_undo"):
        opened.undo()
    change(opened, other, notes="later")
    opened.undo()
    assert opened.record(other.id).notes == ""


def test_undo_when_many_came_in_one_set_then_they_go_in_one_step(opened: Register) -> None:
    changes = tuple(addition("risk", {"title": f"Risk {n}"}, -1 - n) for n in range(1_200))
    opened.apply(ChangeSet(act="import", facts={"file": "risks.csv"}, changes=changes))
    undone = opened.undo()
    assert (len(undone.ids), opened.count(View(kinds=("risk",)))) == (1_200, 0)
    entry = opened.entry(undone.seq)
    assert (entry.act, entry.facts["file"], entry.facts["of_act"]) == (
        "undo",
        "risks.csv",
        "import",
    )


# the past


def test_as_of_when_asked_for_an_entry_then_the_register_as_it_stood(opened: Register) -> None:
    asset = an_asset(opened)
    risk = a_risk(opened, cause="病人名單外洩", assets=frozenset({asset.id}))
    seq = opened.head().seq
    change(opened, risk, cause="two", residual_impact=1, assets=frozenset())
    delete(opened, asset.id)
    past = opened.as_of(seq)
    assert past.record(risk.id) == risk
    assert past.links(asset.id)["risks"] == {risk.id}
    assert list(past.ids(View(kinds=("risk",), words="外洩"))) == [risk.id]
    assert past.head().seq == seq
    assert past.organisation().title == opened.organisation().title
    assert len(past.ids(View(kinds=("action",)))) == 18
    with refuses("no_record"):
        opened.as_of(1).record(risk.id)


def test_state_when_older_versions_are_asked_for_then_the_record_as_it_was(
    opened: Register,
) -> None:
    risk = a_risk(opened, cause="one")
    two = change(opened, risk, cause="two", event="e")
    change(opened, two, cause="three")
    for version, cause in ((1, "one"), (2, "two"), (3, "three")):
        assert opened.state([risk.id], {risk.id: version})[risk.id].get("cause") == cause
    assert opened.state([risk.id], {risk.id: 4}) == {}
    assert opened.state([risk.id], {risk.id: 0}) == {}


def test_moment_when_written_as_number_day_or_time_then_the_last_entry_until_it(
    opened: Register,
) -> None:
    first = opened.head().seq
    with clock.fixed(datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)):  # 23:59:59 in Hong Kong
        a_risk(opened)
    with clock.fixed(datetime(2026, 11, 22, 4, 0, tzinfo=UTC)):
        a_risk(opened)
    assert opened.moment("1") == 1
    assert opened.moment("2026-11-20") == first
    assert opened.moment("2026-11-21") == first + 1
    assert opened.moment("2026-11-21T23:58") == first
    assert opened.moment("2026-11") == first + 2
    assert opened.moment("2026-11-22T12:00") == first + 2


@pytest.mark.parametrize(
    "text", ["2026-11-19", "99", "0", "yesterday", "", "²", "9" * 30, "2026-02-30", "-1"]
)
def test_moment_when_it_is_none_of_this_history_then_it_is_refused(
    opened: Register, text: str
) -> None:
    with refuses("no_moment"):
        opened.moment(text)


def test_log_when_asked_for_a_record_then_its_entries_with_its_changes(opened: Register) -> None:
    risk = a_risk(opened, cause="one")
    an_asset(opened)
    change(opened, risk, cause="two")
    newest, oldest = opened.log(id=risk.id)
    assert (newest.act, oldest.act) == ("edit", "add")
    [made] = newest.changes
    assert (made.ref, made.before, made.after) == ("R-0001", {"cause": "one"}, {"cause": "two"})
    assert opened.log(limit=1)[0].changes == ()
    assert opened.log(limit=1, full=True)[0].changes == (made,)
    assert newest.actor.account
    assert [entry.seq for entry in opened.log()] == list(range(opened.head().seq, 0, -1))


def test_log_when_an_import_touched_many_then_its_facts_name_the_file_and_not_the_refs(
    opened: Register,
) -> None:
    changes = tuple(addition("risk", {"title": f"{n}"}, -1 - n) for n in range(20))
    opened.apply(ChangeSet(act="import", facts={"file": "a.csv"}, changes=changes))
    assert opened.log(limit=1)[0].facts == {"count": "20", "file": "a.csv"}
    a_risk(opened)
    assert opened.log(limit=1)[0].facts == {"count": "1", "refs": "R-0021"}


# who may change


def test_register_when_opened_read_only_then_every_change_is_refused(opened: Register) -> None:
    risk = a_risk(opened)
    path = opened.path
    opened.close()
    size = path.stat().st_size
    reader = register.open(path, read_only=True)
    assert reader.read_only == register.ASKED
    tries: tuple[Callable[[], object], ...] = (
        lambda: change(reader, reader.record(risk.id), cause="x"),
        reader.undo, reader.redo, lambda: reader.erase(risk.id, "x"),
    )  # fmt: skip
    for attempt in tries:
        with refuses("read_only"):
            attempt()
    reader.note("export", {})
    assert reader.verify().ok
    assert (reader.undoable(), reader.redoable()) == (None, None)
    reader.close()
    assert path.stat().st_size == size


def test_actor_when_a_name_was_given_then_the_entry_carries_it(opened: Register) -> None:
    from riskreg import settings

    found = settings.load().settings
    import dataclasses

    settings.save(dataclasses.replace(found, working_as="S. Lee 李"))
    a_risk(opened)
    assert opened.log(limit=1)[0].actor.name == "S. Lee 李"


def test_derived_when_a_field_they_read_changes_then_they_follow(opened: Register) -> None:
    risk = a_risk(opened, likelihood=2, impact=2)
    assert risk.get("residual_level") == "low"
    values_: dict[str, Value] = {"residual_likelihood": 5, "residual_impact": 5}
    assert change(opened, risk, **values_).get("residual_level") == "critical"


def test_organisation_when_renamed_then_the_reader_sees_it(opened: Register) -> None:
    assert isinstance(opened.organisation(), Organisation)
    change(opened, opened.organisation(), title="Peak Clinic")
    assert opened.organisation().title == "Peak Clinic"
    assert not opened.is_sample


def test_action_when_set_then_its_title_stays_out_of_the_journal(opened: Register) -> None:
    action = opened.record(opened.find("C3"))
    change(opened, action, applies="yes", status="planned")
    [made] = opened.log(id=action.id, limit=1)[0].changes
    assert made.after == {"applies": "yes", "status": "planned"}
    assert opened.record(action.id).title == action.title


def test_reader_when_taken_for_a_job_then_it_sees_what_is_committed(opened: Register) -> None:
    with opened.reader() as mine:
        assert mine.count(View(kinds=("risk",))) == 0
        a_risk(opened)
        assert mine.count(View(kinds=("risk",))) == 1


def test_names_when_looked_up_by_title_then_case_and_spaces_do_not_matter(opened: Register) -> None:
    first, second = a_party(opened, "Émile Chan"), a_party(opened, "K. WONG")
    twin = a_party(opened, "k. wong")
    delete(opened, add(opened, "party", "K. Wong").id)
    found = opened.called("party", ["émile chan ", "K. Wong", "Nobody"])
    assert found == {"émile chan ": (first.id,), "K. Wong": (second.id, twin.id)}


def test_catalogue_when_its_words_change_with_the_rules_then_titles_and_search_follow_and_verify_is_green(
    path: Path, opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.close()
    titles = dict(given._titles()) | {"C3": "Teach people to spot heliotropes"}
    monkeypatch.setattr(given, "_titles", lambda: titles)
    monkeypatch.setattr(given, "_words", lambda: titles)
    monkeypatch.setattr(derive, "VERSION", derive.VERSION + 1)
    again = register.open(path)
    try:
        assert again.record(again.find("C3")).title == "Teach people to spot heliotropes"
        assert list(again.ids(View(kinds=("action",), words="heliotropes"))) == [again.find("C3")]
        assert again.log(limit=1)[0].act == "rules"
        assert again.verify().ok
    finally:
        again.close()
