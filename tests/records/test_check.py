"""What cannot be kept is said, all of it, and only of the fields that change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.records import KINDS, Incident, Organisation, Record, Risk, check, stored, values
from riskreg.records.fields import TEXT_LIMIT
from tests import strategies

VOCABULARY = catalogue.vocabulary()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def reasons(record: Record, *changed: str) -> list[str]:
    return [problem.text() for problem in check.problems(record, changed, VOCABULARY)]


@pytest.mark.parametrize(
    ("record", "field", "reason"),
    [
        (Risk(title=""), "title", "it is required"),
        (Risk(title="a\x00b"), "title", "it holds a control character (U+0000) at position 2"),
        (Risk(cause="ab\x1b"), "cause", "it holds a control character (U+001B) at position 3"),
        (Risk(cause="\ud800"), "cause", "it holds a control character (U+D800) at position 1"),
        (Risk(cause="\uffff"), "cause", "it holds a control character (U+FFFF) at position 1"),
        (Risk(cause="x" * 40_000), "cause", "it has 40000 characters; one field holds 32767"),
        (Risk(cause="𨋢" * 16_384), "cause", "it has 32768 characters; one field holds 32767"),
        (Risk(status="opne"), "status", "“opne” is not in the list"),
        (Risk(residual_impact=6), "residual_impact", "it is a step of the scale, 1 to 5"),
        (Risk(residual_impact=0), "residual_impact", "it is a step of the scale, 1 to 5"),
        (Risk(owner=frozenset({1, 2})), "owner", "only one can be linked"),
        (Risk(tags=frozenset({"a\x07"})), "tags", "it holds a control character (U+0007) at position 2"),
        (Risk(other_facts=(("a\x01", "b"),)), "other_facts", "it holds a control character (U+0001) at position 2"),
        (Risk(other_facts=(("a", "b\x01"),)), "other_facts", "it holds a control character (U+0001) at position 2"),
        (Incident(data_types=frozenset({"health", "gossip"})), "data_types", "“gossip” is not in the list"),
        (Incident(aware_at=values.Instant(NOON, "Mars/Base")), "aware_at", "there is no time zone Mars/Base"),
        (Organisation(zone="Mars/Base"), "zone", "there is no time zone Mars/Base"),
        (Organisation(zone=""), "zone", "it is required"),
        (KINDS["action"](review_every_months=-1), "review_every_months", "it is a whole number from 0 to 10000"),
    ],
)  # fmt: skip
def test_value_when_it_cannot_be_kept_then_the_reason_is_exact(
    record: Record, field: str, reason: str
) -> None:
    assert reasons(record, field) == [reason]


def test_value_when_it_fills_a_cell_to_the_brim_then_it_is_kept() -> None:
    for text in ("x" * TEXT_LIMIT, "𨋢" * (TEXT_LIMIT // 2), "a\tb\nc"):
        assert reasons(Risk(cause=text), "cause") == []


def test_record_when_an_old_error_stands_in_another_field_then_it_blocks_nothing() -> None:
    risk = Risk(title="", status="retired status", cause="now")
    assert reasons(risk, "cause") == []
    assert len(reasons(risk, "cause", "title", "status")) == 2


def test_choices_when_several_are_unknown_then_each_is_named() -> None:
    found = reasons(Incident(data_types=frozenset({"x", "y"})), "data_types")
    assert found == ["“x” is not in the list", "“y” is not in the list"]


@given(st.data())
def test_value_when_the_strategies_of_its_kind_make_it_then_it_is_kept(data: st.DataObject) -> None:
    kind = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    key = data.draw(st.sampled_from(sorted(set(stored(kind)) - {"zone"})))
    what = stored(kind)[key]
    value = data.draw(
        strategies.values_of(what).filter(lambda value: value != "" or not what.required)
    )
    assert check.tidy(what, value) == value
    assert reasons(kind(**{key: value}), key) == []  # type: ignore[arg-type]


def test_shown_when_text_is_long_or_holds_controls_then_a_message_can_hold_it() -> None:
    assert check.shown("a\u202eb\nc") == "a·b·c"
    assert check.shown("x" * 50) == "x" * 39 + "…"
