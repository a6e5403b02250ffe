"""The timeline of an incident, read from real registers: own entries, and what the journal tells beside them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from riskreg import clock, timeline
from riskreg.cases import case_of
from riskreg.changes import ChangeSet, addition
from riskreg.custody import custodies
from riskreg.editing import from_bin, to_bin
from riskreg.evidence import Taken, attachment, sha256_of
from riskreg.records.values import Count, Instant
from riskreg.timeline import Moment, add_entry
from riskreg.views import Register
from tests.builders import add, an_incident, change
from tests.conftest import NOW

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
EARLIER = Instant.parse("2026-11-20T17:10[Asia/Hong_Kong]")


@pytest.fixture
def incident(opened: Register) -> int:
    return an_incident(opened, aware_at=AWARE).id


def told(store: Register, id: int, *whats: str) -> list[Moment]:
    found = timeline.timeline(store, case_of(store, id))
    return [each for each in found if not whats or each.what in whats]


def write(store: Register, id: int, text: str = "Mail recalled", at: Instant = AWARE) -> int:
    made = add_entry(case_of(store, id), text, at, "K. Chan", "Seven of twelve", True)
    return store.apply(made).new[-1]


def later(minutes: int):
    return clock.fixed(NOW + timedelta(minutes=minutes))


def test_entry_when_written_then_it_stands_at_its_moment_with_who_and_result(
    opened: Register, incident: int
) -> None:
    write(opened, incident, at=EARLIER)
    (found,) = told(opened, incident, "entry")
    assert (found.text, found.at, found.who, found.result, found.in_summary) == (
        "Mail recalled", EARLIER, "K. Chan", "Seven of twelve", True,
    )  # fmt: skip
    assert found.recorded is not None
    assert found.recorded.at == NOW
    assert not found.is_withdrawn


def test_entry_when_undone_then_it_stays_marked_and_its_withdrawal_is_appended(
    opened: Register, incident: int
) -> None:
    write(opened, incident)
    with later(5):
        opened.undo()
    first, last = told(opened, incident, "entry", "withdrawn")
    assert (first.text, first.is_withdrawn) == ("Mail recalled", True)
    assert (last.what, last.ref, last.at.utc) == (
        "withdrawn", first.ref, NOW + timedelta(minutes=5),
    )  # fmt: skip
    assert not last.is_withdrawn
    with later(6):
        opened.redo()
    whats = [each.what for each in told(opened, incident, "entry", "withdrawn", "restored")]
    assert whats == ["entry", "withdrawn", "restored"]
    assert not told(opened, incident, "entry")[0].is_withdrawn


def test_entry_when_undone_then_it_is_not_on_the_timeline_of_another_incident(
    opened: Register, incident: int
) -> None:
    other = an_incident(opened, "Another").id
    write(opened, incident)
    opened.undo()
    assert not told(opened, other, "entry", "withdrawn")


def test_entry_when_in_the_bin_then_it_stays_marked_and_comes_back(
    opened: Register, incident: int
) -> None:
    id = write(opened, incident)
    with later(1):
        opened.apply(to_bin(opened, [id]))
    assert [each.is_withdrawn for each in told(opened, incident, "entry")] == [True]
    assert [each.ref for each in told(opened, incident, "withdrawn")] == [opened.record(id).ref]
    with later(2):
        opened.apply(from_bin(opened, [id]))
    assert [each.is_withdrawn for each in told(opened, incident, "entry")] == [False]
    assert told(opened, incident, "restored")


def test_entry_when_a_person_is_erased_then_the_words_are_gone_and_the_moment_stays(
    opened: Register, incident: int
) -> None:
    id = write(opened, incident, "Ms Leung rang")
    ref = opened.record(id).ref
    opened.erase(id, "Asked by her")
    found = told(opened, incident)
    assert not any("Leung" in str(each) for each in found)
    assert [(each.what, each.ref) for each in found if each.ref == ref] == [
        ("entry", ref),
        ("erased", ref),
    ]
    (erased,) = told(opened, incident, "erased")
    assert erased.text == "Asked by her"


def test_entry_when_privileged_then_it_is_marked_and_others_are_not(
    opened: Register, incident: int
) -> None:
    about = {"incident": frozenset({incident}), "happened_at": AWARE}
    add(opened, "entry", "Counsel's view", is_privileged=True, **about)
    add(opened, "entry", "Plain", **about)
    found = {each.text: each.is_privileged for each in told(opened, incident, "entry")}
    assert found == {"Counsel's view": True, "Plain": False}


def test_time_when_changed_then_old_value_and_reason_stand_at_the_moment_of_the_change(
    opened: Register, incident: int
) -> None:
    with later(30):
        change(
            opened, opened.record(incident), aware_at=EARLIER, trigger_reason="IT rang before that"
        )
    (found,) = told(opened, incident, "changed")
    assert (found.field, found.old, found.new) == ("aware_at", AWARE, EARLIER)
    assert found.text == "IT rang before that"
    assert found.at.utc == NOW + timedelta(minutes=30)
    (reached,) = (each for each in told(opened, incident, "reached") if each.field == "aware_at")
    assert reached.at == EARLIER


def test_time_when_first_known_then_it_is_reached_and_not_changed(
    opened: Register, incident: int
) -> None:
    change(opened, opened.record(incident), contained_at=AWARE)
    assert not told(opened, incident, "changed")
    assert "contained_at" in [each.field for each in told(opened, incident, "reached")]


def test_decision_and_notice_when_made_then_each_step_stands_at_its_time(
    opened: Register, incident: int
) -> None:
    about = {"incident": frozenset({incident}), "regime": "gdpr", "rule_key": "eu_authority"}
    at = [Instant(NOW + timedelta(hours=hour), "Asia/Hong_Kong") for hour in range(5)]
    add(
        opened, "decision", "Tell Berlin", answer="yes", reason="Bank data", decided_by="Director",
        decided_at=at[1], recipient="authority", **about,
    )  # fmt: skip
    add(
        opened, "notice", "First", phase="first", prepared_at=at[2], prepared_by="K. Chan",
        sent_at=at[3], sent_by="K. Chan", replied_at=at[4], reply="Noted", channel="email", **about,
    )  # fmt: skip
    found = told(opened, incident, "decided", "prepared", "approved", "sent", "replied")
    assert [each.what for each in found] == ["decided", "prepared", "sent", "replied"]
    assert [each.at for each in found] == at[1:]
    decided, _, sent, replied = found
    assert (decided.text, decided.who, decided.new) == ("Bank data", "Director", "yes")
    assert decided.about["regime"] == "gdpr"
    assert sent.about["channel"] == "email"
    assert replied.text == "Noted"


def test_notice_when_by_an_own_rule_then_its_title_is_told(opened: Register, incident: int) -> None:
    add(
        opened, "own_rule", "Hotels: within 48 hours", pattern="contract_customer", in_use=True,
        amount=Count(48), unit="hours", trigger="aware",
    )  # fmt: skip
    add(
        opened, "notice", sent_at=AWARE, rule_key="own.OR-0001", recipient="other",
        incident=frozenset({incident}),
    )  # fmt: skip
    (sent,) = told(opened, incident, "sent")
    assert sent.about["rule"] == "Hotels: within 48 hours"


def test_assessment_when_it_gives_the_time_of_assessment_then_that_is_told_once(
    opened: Register, incident: int
) -> None:
    change(opened, opened.record(incident), assessed_at=AWARE)
    assert [each.field for each in told(opened, incident, "reached")][-1] == "assessed_at"
    made = add(opened, "assessment", made_at=AWARE, incident=frozenset({incident}), outcome="risk")
    assert "assessed_at" not in [each.field for each in told(opened, incident)]
    (assessed,) = told(opened, incident, "assessed")
    assert (assessed.ref, assessed.about["outcome"]) == (made.ref, "risk")


def test_hold_when_set_and_lifted_then_both_are_told_with_who_and_why(
    opened: Register, incident: int
) -> None:
    change(opened, opened.record(incident), hold_reason="Claim in court", hold_by="Counsel")
    change(opened, opened.record(incident), hold_reason="", hold_by="")
    held, released = told(opened, incident, "held", "released")
    assert (held.what, held.text, held.who) == ("held", "Claim in court", "Counsel")
    assert released.what == "released"


def test_entry_when_taken_to_another_incident_then_it_stays_here_marked_and_is_there(
    opened: Register, incident: int
) -> None:
    other = an_incident(opened, "Another").id
    id = write(opened, incident)
    with later(5):
        change(opened, opened.record(id), incident=frozenset({other}))
    here = told(opened, incident, "entry", "withdrawn")
    assert [(each.what, each.is_withdrawn) for each in here] == [
        ("entry", True),
        ("withdrawn", False),
    ]
    there = told(opened, other, "entry", "withdrawn", "restored")
    assert [(each.what, each.is_withdrawn) for each in there] == [
        ("entry", False),
        ("restored", False),
    ]


def test_evidence_when_parted_from_the_incident_then_its_custody_stays(
    opened: Register, incident: int
) -> None:
    taken = Taken("mail.eml", b"From: a", sha256_of(b"From: a"))
    id = opened.apply(attachment(opened, taken, incident)).new[-1]
    change(opened, opened.record(id), incidents=frozenset())
    assert [each.field for each in told(opened, incident, "custody")] == [
        "taken_in", "linked", "unlinked",
    ]  # fmt: skip


def test_numbers_when_one_holds_another_then_only_what_was_linked_is_told(
    opened: Register, incident: int
) -> None:
    """An id that stands inside another one, or in another field, is no link."""
    for number in range(12):
        made = an_incident(opened, f"Case {number}")
        write(opened, made.id)
    assert not told(opened, incident, "entry")


def test_evidence_when_attached_then_its_custody_is_told(opened: Register, incident: int) -> None:
    taken = Taken("mail.eml", b"From: a", sha256_of(b"From: a"))
    opened.apply(attachment(opened, taken, incident))
    found = told(opened, incident, "custody")
    assert [each.field for each in found] == ["taken_in", "linked"]
    assert found[0].text == "mail.eml"
    assert found[1].others == frozenset({incident})


def test_moments_when_read_then_they_come_in_order(opened: Register, incident: int) -> None:
    for hour in (3, 1, 2):
        write(opened, incident, f"{hour}", Instant(NOW - timedelta(hours=hour), "Asia/Hong_Kong"))
    found = told(opened, incident)
    assert [each.at.utc for each in found] == sorted(each.at.utc for each in found)
    assert [each.text for each in found if each.what == "entry"] == ["3", "2", "1"]


def test_all_when_the_incident_is_privileged_then_every_moment_is(
    opened: Register, incident: int
) -> None:
    change(opened, opened.record(incident), is_privileged=True)
    write(opened, incident)
    assert all(each.is_privileged for each in told(opened, incident))


def test_change_set_when_asked_for_then_nothing_is_written_before_it_is_applied(
    opened: Register, incident: int
) -> None:
    made = add_entry(case_of(opened, incident), "  Rang the bank ", AWARE)
    assert isinstance(made, ChangeSet)
    assert made.changes == (
        addition("entry", {
            "title": "Rang the bank", "incident": frozenset({incident}), "happened_at": AWARE,
            "who": "", "result": "", "in_summary": None, "is_privileged": None,
        }),
    )  # fmt: skip
    assert not told(opened, incident, "entry")


def test_timelines_when_asked_for_several_then_the_history_is_read_once_and_each_tells_the_same(
    opened: Register, incident: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = an_incident(opened, aware_at=AWARE).id
    moved, _ = write(opened, incident), write(opened, other, "Password changed")
    change(opened, opened.record(moved), incident=frozenset({other}))
    write(opened, incident, "Undone")
    opened.undo()
    cases = [case_of(opened, id) for id in (incident, other)]
    wanted = {case.incident.id: timeline.timeline(opened, case) for case in cases}
    asked: list[object] = []
    once_linked = type(opened).once_linked
    monkeypatch.setattr(
        type(opened), "once_linked", lambda *given: asked.append(given) or once_linked(*given)
    )
    assert timeline.timelines(opened, cases) == wanted
    assert len(asked) == 1
    assert {"Undone", "Mail recalled"} <= {each.text for each in wanted[incident]}
    assert timeline.timelines(opened, []) == {}


def test_custodies_when_of_no_evidence_then_nothing_is_read(opened: Register) -> None:
    class Silent:
        """A reader that may not be asked."""

    assert custodies(Silent(), []) == {}  # type: ignore[arg-type]


def test_time_when_its_change_was_undone_then_the_older_reason_is_not_given_for_that(
    opened: Register, incident: int
) -> None:
    for hour, why in (("10", "The log says so"), ("11", "The guard says so")):
        at = Instant.parse(f"2026-11-20T{hour}:00[Asia/Hong_Kong]")
        change(opened, opened.record(incident), aware_at=at, trigger_reason=why)
    opened.undo()
    found = told(opened, incident, "changed")
    assert [each.text for each in found][-2:] == ["The guard says so", ""]
    opened.redo()
    assert told(opened, incident, "changed")[-1].text == "The guard says so"
