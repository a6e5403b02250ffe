"""Which incidents count as breaches, by the rule and by the view of a real register."""

from __future__ import annotations

from riskreg.records import Incident
from riskreg.rules.counting import SORTS, breaches, is_breach, sort_of
from riskreg.rules.meaning import meant
from riskreg.views import Register, View
from tests.builders import add, an_incident


def test_sort_when_asked_of_each_then_rule_and_view_agree_and_own_statuses_count(
    opened: Register,
) -> None:
    add(
        opened, "terms", "False alarm", list_name="incident_status", key="false_alarm",
        en="False alarm", same_as="not_a_breach",
    )  # fmt: skip
    wanted = {
        "breach": [{}, {"status": "closed"}, {"near_miss": False, "drill": False}],
        "near_miss": [{"near_miss": True}],
        "not_a_breach": [
            {"status": "not_a_breach"},
            {"status": "not_a_breach", "near_miss": True},
            {"status": "false_alarm"},
        ],
        "drill": [{"drill": True}, {"drill": True, "near_miss": True, "status": "not_a_breach"}],
    }
    made = {
        an_incident(opened, **values).id: sort for sort, each in wanted.items() for values in each
    }
    listed = set(opened.ids(View(kinds=("incident",), where=breaches(opened.vocabulary))))
    assert listed == {id for id, sort in made.items() if sort == "breach"}
    for id, sort in made.items():
        record = opened.record(id)
        assert isinstance(record, Incident)
        assert sort_of(record, opened.vocabulary) == sort
        assert is_breach(meant(record, opened.vocabulary)) is (sort == "breach")
    assert set(made.values()) == set(SORTS)
