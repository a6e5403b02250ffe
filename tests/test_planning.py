"""From a change set to checked changes, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from riskreg import catalogue
from riskreg.changes import Change, addition, edit
from riskreg.errors import Expected, Refused, Stale
from riskreg.planning import Rules, plan
from riskreg.records import Asset, Party, Record, Risk, values
from riskreg.rules.derive import Given
from riskreg.views import Name
from tests.conftest import NOW

VOCABULARY = catalogue.vocabulary()
AT = values.Instant.at(NOW)
RULES = Rules(
    vocabulary=VOCABULARY, given=Given(vocabulary=VOCABULARY, title_of=lambda ref: f"Title of {ref}"), at=AT
)  # fmt: skip

PARTY = Party(id=5, ref="P-0001", version=2, title="K. Chan", created_at=AT, updated_at=AT)
ASSET = Asset(id=6, ref="A-0001", version=1, title="Payroll", created_at=AT, updated_at=AT)
RISK = Risk(
    id=7, ref="R-0001", version=3, title="Mail", cause="one", owner=frozenset({5}), status="open", created_at=AT, updated_at=AT,
)  # fmt: skip


class Memory:
    """What planning asks of the store, from a handful of records."""

    def __init__(self, *present: Record, gone: tuple[Record, ...] = ()) -> None:
        self.present = {record.id: record for record in (*present, *gone)}
        self.gone = frozenset(record.id for record in gone)
        self.given = 0

    def records(self, ids: list[int]) -> Mapping[int, Record]:
        return {id: self.present[id] for id in ids if id in self.present}

    def withdrawn(self, ids: list[int]) -> frozenset[int]:
        return self.gone & frozenset(ids)

    def names(self, ids: list[int]) -> Mapping[int, Name]:
        here = {id: record for id, record in self.present.items() if id not in self.gone}
        return {id: Name(here[id].kind, here[id].ref, here[id].title) for id in ids if id in here}

    def next_id(self) -> int:
        return 100

    def next_ref(self, kind: str) -> str:
        self.given += 1
        return f"{kind}-{self.given}"


HERE = Memory(PARTY, ASSET, RISK)


def test_addition_when_planned_then_it_has_id_ref_version_moment_and_derived_fields() -> None:
    made = addition(
        "risk",
        {"title": " Two\nlines ", "residual_likelihood": 5, "residual_impact": 3, "cause": ""},
    )
    [item], new = plan((made,), Memory(), RULES)
    assert new == {-1: 100}
    assert isinstance(item.record, Risk)
    assert (item.record.id, item.record.ref, item.record.version) == (100, "risk-1", 1)
    assert (item.record.title, item.record.residual_level) == ("Two lines", "critical")
    assert (item.record.created_at, item.record.updated_at) == (AT, AT)
    assert item.change.after == {
        "title": "Two lines", "residual_likelihood": 5, "residual_impact": 3, "ref": "risk-1",
    }  # fmt: skip
    assert (item.was, item.is_known, item.version) == (None, False, 1)


def test_additions_when_they_point_to_each_other_then_to_the_ids_they_get() -> None:
    made = (
        addition(
            "risk", {"title": "R", "owner": frozenset({-2}), "assets": frozenset({-3, 6})}, -1
        ),
        addition("party", {"title": "P"}, -2),
        addition("asset", {"title": "A"}, -3),
    )
    planned, new = plan(made, HERE, RULES)
    assert planned[0].record is not None
    assert planned[0].record.get("owner") == {new[-2]}
    assert planned[0].record.get("assets") == {new[-3], 6}


def test_addition_when_the_catalogue_gives_its_ref_then_it_keeps_it() -> None:
    [item], _ = plan((addition("action", {"ref": "C3", "status": "planned"}),), HERE, RULES)
    assert item.record is not None
    assert (item.record.ref, item.record.title) == ("C3", "Title of C3")
    assert "title" not in (item.change.after or {})


def test_edit_when_planned_then_only_what_differs_is_kept() -> None:
    change = Change(
        id=7, kind="risk", version=3, before={"cause": "one", "status": "open"}, after={"cause": " two", "status": "open"},
    )  # fmt: skip
    [item], _ = plan((change,), HERE, RULES)
    assert (item.change.before, item.change.after) == ({"cause": "one"}, {"cause": " two"})
    assert (item.version, item.was) == (4, RISK)
    assert item.record == RISK.having({"cause": " two", "version": 4})


def test_edit_when_a_line_differs_by_white_space_alone_then_it_is_no_change() -> None:
    change = Change(
        id=7, kind="risk", version=3, before={"title": "Mail"}, after={"title": " Mail "}
    )
    assert plan((change,), HERE, RULES) == ([], {})


def test_edit_when_made_from_an_older_version_then_the_fields_decide() -> None:
    old = replace(RISK, version=1, cause="zero")
    other = edit(old, {"event": "e"})
    same = edit(old, {"cause": "mine"})
    assert other is not None
    assert same is not None
    assert plan((other,), HERE, RULES)[0][0].version == 4
    with pytest.raises(Stale) as raised:
        plan((same,), HERE, RULES)
    [conflict] = raised.value.conflicts
    assert (conflict.field, conflict.was, conflict.now, conflict.wanted) == (
        "cause",
        "zero",
        "one",
        "mine",
    )


def test_edit_when_the_wanted_value_stands_there_already_then_a_stale_before_still_tells() -> None:
    change = Change(id=7, kind="risk", version=1, before={"cause": "zero"}, after={"cause": "one"})
    with pytest.raises(Stale):
        plan((change,), HERE, RULES)


def test_edit_when_an_old_error_stands_elsewhere_then_it_blocks_nothing() -> None:
    here = Memory(replace(RISK, title="", status="retired"))
    change = edit(here.present[7], {"cause": "two"})
    assert change is not None
    assert plan((change,), here, RULES)[0][0].version == 4


def test_edit_when_the_wrong_field_changes_then_it_blocks() -> None:
    change = edit(RISK, {"title": "", "status": "gone", "due_on": date(2026, 1, 1)})
    assert change is not None
    with pytest.raises(Refused) as raised:
        plan((change, addition("asset", {})), HERE, RULES)
    named = {(problem.id, problem.field, problem.ref) for problem in raised.value.problems}
    assert named == {(7, "title", "R-0001"), (7, "status", "R-0001"), (-1, "title", "")}


def test_link_when_new_then_its_target_is_checked_and_when_old_it_is_not() -> None:
    here = Memory(ASSET, replace(RISK, owner=frozenset({99})))
    for wanted, problems in (
        (frozenset({6}), 1),
        (frozenset({98}), 1),
        (frozenset({99}), 0),
        (frozenset[int](), 0),
    ):
        change = Change(
            id=7, kind="risk", version=3, before={}, after={"owner": wanted, "cause": "x"}
        )
        if not problems:
            assert plan((change,), here, RULES)[0]
            continue
        with pytest.raises(Refused) as raised:
            plan((change,), here, RULES)
        assert [problem.field for problem in raised.value.problems] == ["owner"]


def test_withdrawal_when_planned_then_the_record_is_none_and_its_version_grows() -> None:
    change = Change(id=7, kind="risk", version=3, before={"title": "Mail"}, after=None)
    [item], _ = plan((change,), HERE, RULES)
    assert (item.record, item.was, item.version) == (None, RISK, 4)


def test_withdrawn_record_when_it_comes_back_then_with_its_creation_and_a_new_version() -> None:
    here = Memory(gone=(RISK,))
    change = Change(
        id=7, kind="risk", version=3, before=None, after={"title": "Mail", "ref": "R-0001"}
    )
    [item], _ = plan((change,), here, RULES)
    assert item.record is not None
    assert (item.record.ref, item.record.version, item.record.created_at) == ("R-0001", 4, AT)
    assert (item.was, item.is_known) == (None, True)
    with pytest.raises(Stale):
        plan((change,), HERE, RULES)


def test_edit_when_the_record_is_withdrawn_or_absent_then_there_is_none() -> None:
    change = Change(id=7, kind="risk", version=3, before={}, after={"cause": "x"})
    for here in (Memory(gone=(RISK,)), Memory()):
        with pytest.raises(Expected) as raised:
            plan((change,), here, RULES)
        assert raised.value.id == "no_record"


def test_return_when_the_state_was_possible_then_todays_rules_do_not_stop_it() -> None:
    change = Change(id=7, kind="risk", version=3, before={"title": "Mail"}, after={"title": ""})
    with pytest.raises(Refused):
        plan((change,), HERE, RULES)
    [item], _ = plan((change,), HERE, RULES, is_return=True)
    assert item.record is not None
    assert item.record.title == ""
