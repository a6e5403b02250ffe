"""Several notices at once: which are waited for, one undo for all, and how a recipient is usually told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from riskreg import notices
from riskreg.cases import Case, case_of
from riskreg.errors import Expected
from riskreg.records import Notice
from tests.notices.cases_told import add, at, empty_case, full_case, opened_in, rule

NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
NOON = at("2026-11-22T12:00")


@pytest.fixture
def store(tmp_path: Path):
    made = opened_in(tmp_path)
    yield made
    made.close()


def decided(store, case: Case, **answers: str) -> Case:
    """The case with a decision on each of these rules."""
    for key, answer in answers.items():
        add(
            store, "decision", title=key, answer=answer, reason="So", decided_by="K. Chan",
            decided_at=at("2026-11-21T12:30"), rule_key=key, incident=frozenset({case.incident.id}),
        )  # fmt: skip
    return case_of(store, case.incident.id)


def keys(case: Case) -> set[str]:
    return {each.key for each in notices.awaited(case, NOW)}


def test_awaited_when_answered_yes_and_not_begun_then_only_those(store) -> None:
    said = {"hk_pcpd": "yes", "eu_authority": "yes", "eu_people": "no", "sg_people": "not_yet"}
    case = decided(store, full_case(store), **said)
    assert keys(case) == {"hk_people", "hk_pcpd", "eu_authority"}
    store.apply(notices.prepare(case, rule("hk_pcpd"), "first", None, "M. Lam", NOON))
    assert keys(case_of(store, case.incident.id)) == {"hk_people", "eu_authority"}


def test_awaited_when_nothing_was_decided_then_none(store) -> None:
    assert notices.awaited(empty_case(store), NOW) == ()


def test_awaited_when_decided_anew_then_the_last_answer_counts(store) -> None:
    case = decided(store, full_case(store), hk_pcpd="yes")
    again = {"title": "x", "reason": "So", "decided_by": "K. Chan", "answer": "no"}
    add(
        store, "decision", rule_key="hk_pcpd", decided_at=at("2026-11-21T15:00"),
        incident=frozenset({case.incident.id}), **again,
    )  # fmt: skip
    assert "hk_pcpd" not in keys(case_of(store, case.incident.id))


def test_prepare_all_when_undone_once_then_none_of_them_is_left(store) -> None:
    case = decided(store, full_case(store), hk_pcpd="yes", eu_authority="yes")
    rules = notices.awaited(case, NOW)
    before = store.head().seq
    changed = store.apply(notices.prepare_all(case, rules, "M. Lam", NOON))
    assert store.head().seq == before + 1
    made = [store.record(id) for id in changed.new.values()]
    assert [each.rule_key for each in made] == [each.key for each in rules]
    assert {each.text_language for each in made} == {"en"}
    assert all(each.prepared_by == "M. Lam" for each in made)
    told = next(each for each in made if each.rule_key == "hk_people")
    assert told.decision == {case.standing["hk_people"].id}
    store.undo()
    assert case_of(store, case.incident.id).notices == ()


def test_prepare_all_when_nobody_is_named_or_nothing_waits_then_it_is_refused(store) -> None:
    case = decided(store, full_case(store), hk_pcpd="yes")
    with pytest.raises(Expected) as raised:
        notices.prepare_all(case, notices.awaited(case, NOW), " ", NOON)
    assert raised.value.id == "notice_by_nobody"
    with pytest.raises(ValueError, match="no notice"):
        notices.prepare_all(case, (), "M. Lam", NOON)


def prepared(store, case: Case, key: str) -> Notice:
    id = store.apply(notices.prepare(case, rule(key), "first", None, "M. Lam", NOON)).new[-1]
    found = store.record(id)
    assert isinstance(found, Notice)
    return found


def test_approve_all_when_undone_once_then_nobody_agreed(store) -> None:
    case = decided(store, full_case(store), hk_pcpd="yes", eu_authority="yes")
    made = [prepared(store, case, key) for key in ("hk_pcpd", "eu_authority", "hk_people")]
    store.apply(notices.approve_all(made, "Dr Wong", NOON))
    assert {store.record(each.id).approved_by for each in made} == {"Dr Wong"}
    assert store.log(limit=1)[0].facts["refs"] == " ".join(each.ref for each in made)
    store.undo()
    assert {store.record(each.id).approved_by for each in made} == {""}


def test_approve_all_when_one_was_sent_then_none_is_approved(store) -> None:
    case = full_case(store)
    made = [prepared(store, case, key) for key in ("hk_pcpd", "hk_people")]
    store.apply(notices.send(made[0], "Text", NOON, "M. Lam", "letter"))
    with pytest.raises(Expected) as raised:
        notices.approve_all([store.record(each.id) for each in made], "Dr Wong", NOON)
    assert raised.value.id == "notice_sent"


def sent(store, case: Case, key: str, channel: str, when: str) -> Notice:
    made = prepared(store, case, key)
    store.apply(notices.send(made, "Text", at(when), "M. Lam", channel))
    found = store.record(made.id)
    assert isinstance(found, Notice)
    return found


def test_usual_channel_when_people_of_the_incident_were_told_then_as_they_were(store) -> None:
    case = full_case(store)
    letter = sent(store, case, "hk_people", "letter", "2026-11-22T13:00")
    authority = sent(store, case, "hk_pcpd", "online_form", "2026-11-22T14:00")
    later = sent(store, case, "hk_people", "other", "2026-11-22T15:00")
    others = (letter, authority, later)
    assert notices.usual_channel(prepared(store, case, "eu_people"), others) == letter
    assert notices.usual_channel(prepared(store, case, "eu_authority"), others) is None


def test_usual_channel_when_the_authority_was_told_before_then_as_last_time(store) -> None:
    first, second = full_case(store), full_case(store)
    early = sent(store, first, "hk_pcpd", "letter", "2026-11-22T13:00")
    late = sent(store, first, "hk_pcpd", "online_form", "2026-11-23T13:00")
    people = sent(store, first, "hk_people", "message", "2026-11-24T13:00")
    others = (late, early, people)
    assert notices.usual_channel(prepared(store, second, "hk_pcpd"), others) == late
    assert notices.usual_channel(prepared(store, second, "hk_people"), others) == people
    assert notices.usual_channel(prepared(store, second, "eu_people"), others) is None
