"""Texts and refs become change sets: links from either side, every problem at once, nothing guessed."""

from __future__ import annotations

import json

import pytest

from riskreg import editing, register
from riskreg.errors import Expected, Refused
from riskreg.records import REGISTER_KINDS
from riskreg.views import View


@pytest.fixture
def opened(tmp_path, monkeypatch):
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path / "home"))
    made = register.create(tmp_path / "t.riskreg", name="Test")
    yield made
    made.close()


def add(opened, kind, **given) -> str:
    changed = opened.apply(editing.new_record(opened, kind, given))
    return opened.names([changed.new[-1]])[changed.new[-1]].ref


def put(opened, ref, **given):
    return opened.apply(editing.set_fields(opened, opened.find(ref), given))


def shown(opened, ref) -> dict:
    return editing.as_json(opened, opened.find(ref))


def test_new_record_when_given_texts_keeps_typed_values(opened):
    ref = add(
        opened,
        "incident",
        title="Lost USB stick",
        people_count="~150",
        aware_at="2026-11-24T18:40",
        data_types='["health","contact"]',
        people_live_in="hong_kong,mainland_china",
        near_miss="no",
        tags=["a,b", "c"],
        other_facts={"Case": "7"},
    )
    found = shown(opened, ref)
    assert found["people_count"] == "~150"
    assert found["aware_at"] == "2026-11-24T18:40+08:00[Asia/Hong_Kong]"
    assert found["data_types"] == ["contact", "health"]
    assert found["near_miss"] is False
    assert found["tags"] == ["a,b", "c"]
    assert found["other_facts"] == {"Case": "7"}


def test_set_fields_when_given_back_what_show_prints_changes_nothing(opened):
    party = add(opened, "party", title="Chan")
    asset = add(opened, "asset", title="Files", owner=party)
    risk = add(opened, "risk", title="R", assets=asset, residual_likelihood=2, residual_impact=3)
    add(opened, "incident", title="I", risks=[risk], assets=[asset], aware_at="2026-11")
    for kind in (
        "measure", "task", "processing", "transfer", "activity", "evidence",
        "assessment", "decision", "notice", "entry", "own_rule",
    ):  # fmt: skip
        add(opened, kind, title=kind, notes="n")
    for kind in REGISTER_KINDS:
        id = opened.ids(View(kinds=(kind,)))[0]
        printed = json.loads(json.dumps(editing.as_json(opened, id)))
        about = ("kind", "ref", "version", "created_at", "updated_at", "deleted_at")
        given = {key: value for key, value in printed.items() if key not in about}
        assert editing.set_fields(opened, id, given).changes == (), kind


def test_set_fields_when_the_value_is_empty_clears_every_kind_of_field(opened):
    party = add(opened, "party", title="Chan")
    risk = add(
        opened, "risk", title="R", owner=party, status="open", due_on="2026-12-01", tags="x",
        residual_likelihood="2", notes="n", other_facts='{"a":"b"}',
    )  # fmt: skip
    keys = ("owner", "status", "due_on", "tags", "residual_likelihood", "notes", "other_facts")
    put(opened, risk, **dict.fromkeys(keys, ""))
    found = shown(opened, risk)
    assert [found[key] for key in keys] == [[], None, None, [], None, "", {}]


def test_set_fields_when_a_link_is_given_on_the_mirrored_side_changes_the_declaring_record(opened):
    risk = add(opened, "risk", title="R")
    first = add(opened, "incident", title="one", risks=risk)
    second = add(opened, "incident", title="two")
    put(opened, risk, incidents=second)
    assert shown(opened, first)["risks"] == []
    assert shown(opened, second)["risks"] == [risk]
    assert shown(opened, risk)["incidents"] == [second]


def test_set_fields_when_a_mirrored_link_can_only_be_one_moves_it(opened):
    chan, wong = add(opened, "party", title="Chan"), add(opened, "party", title="Wong")
    risk = add(opened, "risk", title="R", owner=chan)
    put(opened, wong, owned_risks=risk)
    assert shown(opened, risk)["owner"] == [wong]
    assert shown(opened, chan)["owned_risks"] == []


def test_new_record_when_mirrored_links_are_given_joins_it_in_the_same_change(opened):
    asset = add(opened, "asset", title="A")
    risk = add(opened, "risk", title="R")
    party = add(opened, "party", title="P", owned_assets=asset, owned_risks=[risk])
    assert shown(opened, asset)["owner"] == [party]
    opened.undo()
    assert shown(opened, asset)["owner"] == []
    assert shown(opened, risk)["owner"] == []


def test_owner_when_named_by_title_finds_the_party_and_the_ref_wins(opened):
    chan = add(opened, "party", title="Chan, Tai Man")
    assert shown(opened, add(opened, "risk", title="R", owner=" chan, tai man "))["owner"] == [chan]
    add(opened, "party", title=chan)
    assert shown(opened, add(opened, "risk", title="S", owner=chan))["owner"] == [chan]


def test_owner_when_two_parties_have_the_name_is_refused_with_both_refs(opened):
    first, second = add(opened, "party", title="Chan"), add(opened, "party", title="Chan")
    with pytest.raises(Refused) as caught:
        editing.new_record(opened, "risk", {"title": "R", "owner": "Chan"})
    assert f"{first}, {second}" in caught.value.problems[0].text()


def test_owner_when_nobody_has_the_name_is_made_only_when_asked(opened):
    given = {"title": "R", "owner": "Wong"}
    with pytest.raises(Refused, match="Wong"):
        editing.new_record(opened, "risk", given)
    changes = editing.new_record(opened, "risk", given, create_parties=True)
    opened.apply(changes)
    assert opened.count(View(kinds=("party",))) == 1
    assert shown(opened, "R-0001")["owner"] == ["P-0001"]
    opened.undo()
    assert opened.count(View(kinds=("party",))) == 0


def test_new_record_when_several_values_cannot_be_read_names_each(opened):
    given = {"title": "x", "due_on": "tomorrow", "residual_impact": "big", "assets": "P-9999"}
    with pytest.raises(Refused) as caught:
        editing.new_record(opened, "risk", given)
    assert {problem.field for problem in caught.value.problems} == {
        "due_on", "residual_impact", "assets",
    }  # fmt: skip


def test_links_when_the_record_is_of_another_kind_are_refused(opened):
    party = add(opened, "party", title="Chan")
    with pytest.raises(Refused, match=f"{party} is not of the kind asset"):
        editing.new_record(opened, "risk", {"title": "R", "assets": party})


def test_derived_field_when_set_to_something_else_is_refused(opened):
    risk = add(opened, "risk", title="R", residual_likelihood=2, residual_impact=2)
    with pytest.raises(Refused, match="works it out"):
        editing.set_fields(opened, opened.find(risk), {"residual_score": "25"})


def test_unknown_field_when_given_names_those_there_are(opened):
    with pytest.raises(Expected, match="residual_impact") as caught:
        editing.new_record(opened, "risk", {"title": "R", "impact": "3"})
    assert caught.value.id == "no_field"


@pytest.mark.parametrize("kind", ["action", "step", "organisation"])
def test_new_record_when_every_register_has_them_all_is_refused(opened, kind):
    with pytest.raises(Expected) as caught:
        editing.new_record(opened, kind, {"title": "x"})
    assert caught.value.id == "cannot_add"


def test_text_when_it_begins_like_json_stays_text_in_a_line_and_is_refused_in_a_list(opened):
    assert shown(opened, add(opened, "risk", title="[draft] {x}"))["title"] == "[draft] {x}"
    with pytest.raises(Refused, match="JSON"):
        editing.new_record(opened, "risk", {"title": "R", "tags": "[draft"})


@pytest.mark.parametrize(
    ("near", "role", "far"),
    [
        ("R-0001", "threatens", "A-0001"),
        ("A-0001", "threatens", "R-0001"),
        ("R-0001", "assets", "A-0001"),
        ("A-0001", "risks", "R-0001"),
        ("r-0001", "threatens", "a-0001"),
    ],
)
def test_link_when_named_by_role_or_key_from_either_side_is_one_link(opened, near, role, far):
    add(opened, "asset", title="A")
    add(opened, "risk", title="R")
    opened.apply(editing.link(opened, near, role, far))
    assert shown(opened, "R-0001")["assets"] == ["A-0001"]
    assert editing.link(opened, near, role, far).changes == ()
    opened.apply(
        editing.unlink(
            opened,
            far,
            role if role == "threatens" else {"assets": "risks", "risks": "assets"}[role],
            near,
        )
    )
    assert shown(opened, "R-0001")["assets"] == []
    assert editing.unlink(opened, near, role, far).changes == ()


def test_link_when_no_such_link_joins_the_kinds_names_those_there_are(opened):
    add(opened, "asset", title="A")
    add(opened, "party", title="P")
    with pytest.raises(Expected, match="owner") as caught:
        editing.link(opened, "A-0001", "threatens", "P-0001")
    assert caught.value.id == "no_role"


def test_to_bin_when_some_are_there_already_moves_the_rest_and_comes_back(opened):
    ids = [opened.find(add(opened, "risk", title=name)) for name in "abc"]
    opened.apply(editing.to_bin(opened, ids[:1]))
    changes = editing.to_bin(opened, ids)
    assert [change.id for change in changes.changes] == ids[1:]
    assert changes.facts["refs"] == "R-0002 R-0003"
    opened.apply(changes)
    assert opened.count(View(kinds=("risk",))) == 0
    opened.apply(editing.from_bin(opened, ids))
    assert opened.count(View(kinds=("risk",))) == 3
    assert editing.from_bin(opened, ids).changes == ()


def test_to_bin_when_every_register_keeps_the_record_is_refused(opened):
    for kind in ("organisation", "action", "step"):
        with pytest.raises(Expected) as caught:
            editing.to_bin(opened, [opened.ids(View(kinds=(kind,)))[0]])
        assert caught.value.id == "cannot_delete"
