"""What does not change any more, or only with a word why, in a real register."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from riskreg import editing, register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.errors import Expected, Refused
from riskreg.evidence import Taken, attachment
from riskreg.records.values import Instant
from tests.builders import a_risk, add, an_incident, change

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
EARLIER = Instant.parse("2026-11-20T12:00[Asia/Hong_Kong]")
SENT = {"title": "To the PCPD", "sent_at": AWARE, "text": "As sent", "text_sha256": "ab" * 32}


@pytest.fixture
def opened(tmp_path: Path):
    made = register.create(tmp_path / "clinic.riskreg", name="Clinic")
    yield made
    made.close()


def reasons(refused: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    return {each.field: each.text() for each in refused.value.problems}


# Times that clocks run from


def test_time_when_it_was_known_then_it_changes_only_with_a_reason(opened) -> None:
    found = an_incident(opened, aware_at=AWARE)
    with pytest.raises(Refused) as refused:
        change(opened, found, aware_at=EARLIER)
    assert "Why a time was changed" in reasons(refused)["aware_at"]
    after = change(opened, found, aware_at=EARLIER, trigger_reason="The log shows it")
    assert after.get("aware_at") == EARLIER


def test_time_when_it_was_not_known_then_no_reason_is_asked(opened) -> None:
    after = change(opened, an_incident(opened), aware_at=AWARE, discovered_at=AWARE)
    assert after.get("aware_at") == AWARE


def test_time_when_the_reason_is_that_of_an_earlier_change_then_it_is_refused(opened) -> None:
    found = an_incident(opened, aware_at=AWARE, trigger_reason="The log shows it")
    with pytest.raises(Refused):
        change(opened, found, aware_at=EARLIER, trigger_reason="The log shows it")
    with pytest.raises(Refused):
        change(opened, found, aware_at=None, trigger_reason=" ")


def test_time_when_its_change_is_undone_and_redone_then_no_reason_is_asked(opened) -> None:
    found = an_incident(opened, aware_at=AWARE)
    change(opened, found, aware_at=EARLIER, trigger_reason="The log shows it")
    opened.undo()
    assert opened.record(found.id).aware_at == AWARE
    opened.redo()
    assert opened.record(found.id).aware_at == EARLIER


def test_time_when_two_are_set_as_the_command_sets_them_then_one_reason_is_enough(opened) -> None:
    found = an_incident(opened, aware_at=AWARE, discovered_at=AWARE)
    given = {
        "aware_at": "2026-11-20T12:00",
        "discovered_at": "2026-11-20T11:00",
        "trigger_reason": "Log",
    }
    opened.apply(editing.set_fields(opened, found.id, given))
    assert opened.record(found.id).aware_at == EARLIER


# Notices that were sent


def test_notice_when_it_was_sent_then_only_what_came_back_is_added(opened) -> None:
    found = add(opened, "notice", **SENT)
    with pytest.raises(Refused) as refused:
        change(opened, found, text="Other words", receipt="PCPD-1")
    assert list(reasons(refused)) == ["text"]
    assert change(opened, found, receipt="PCPD-1", reply="Noted").get("receipt") == "PCPD-1"


def test_notice_when_it_was_sent_then_it_is_not_put_in_the_bin(opened) -> None:
    found = add(opened, "notice", **SENT)
    with pytest.raises(Expected) as refused:
        opened.apply(editing.to_bin(opened, [found.id]))
    assert (refused.value.id, refused.value.parameters) == ("sent_stays", {"ref": found.ref})


def test_notice_when_sending_would_be_undone_then_it_stays(opened) -> None:
    found = add(opened, "notice", "To the PCPD")
    change(opened, found, **SENT)
    with pytest.raises(Expected) as refused:
        opened.undo()
    assert refused.value.id == "sent_stays"
    assert opened.record(found.id).sent_at == AWARE


def test_notice_when_it_was_added_with_its_text_then_undo_leaves_it(opened) -> None:
    found = add(opened, "notice", **SENT)
    with pytest.raises(Expected):
        opened.undo()
    assert opened.record(found.id).text == "As sent"


def test_notice_when_a_receipt_is_undone_then_that_alone_goes(opened) -> None:
    found = add(opened, "notice", **SENT)
    change(opened, found, receipt="PCPD-1")
    opened.undo()
    assert (opened.record(found.id).receipt, opened.record(found.id).text) == ("", "As sent")


def test_notice_when_it_was_only_noted_without_its_text_then_its_addition_can_be_undone(
    opened,
) -> None:
    add(opened, "notice", "From an old list", sent_at=AWARE)
    opened.undo()
    assert opened.undoable() is None


def test_notice_when_its_personal_content_is_erased_then_that_is_done(opened) -> None:
    found = add(opened, "notice", **SENT)
    opened.erase(found.id, "Asked by the person")
    assert opened.record(found.id).text == ""


# Legal hold


@pytest.fixture
def held(opened):
    return an_incident(opened, hold_reason="Court case 12", hold_by="K. Chan")


def refusal(work) -> Expected:
    with pytest.raises(Expected) as refused:
        work()
    assert refused.value.id == "on_hold", refused.value.id
    return refused.value


def test_hold_when_a_record_is_held_then_it_is_neither_erased_nor_binned(opened, held) -> None:
    told = refusal(lambda: opened.erase(held.id, "Asked by the person"))
    assert str(told).count("K. Chan") == 2
    assert "Court case 12" in str(told)
    refusal(lambda: opened.apply(editing.to_bin(opened, [held.id])))
    refusal(opened.undo)
    assert opened.record(held.id).deleted_at is None


def test_hold_when_evidence_is_linked_then_it_is_held_and_stays_linked(opened, held) -> None:
    content = b"From: payroll"
    taken = Taken("mail.eml", content, hashlib.sha256(content).hexdigest())
    changed = opened.apply(attachment(opened, taken, held.id))
    found = opened.record(changed.new[-1])
    refusal(lambda: opened.erase(found.id, "Asked by the person"))
    refusal(lambda: opened.apply(editing.to_bin(opened, [found.id])))
    refusal(lambda: change(opened, found, incidents=frozenset()))
    change(opened, held, hold_reason="", hold_by="")
    assert opened.erase(found.id, "Asked by the person").entries


def test_hold_when_a_decision_belongs_to_a_held_incident_then_it_is_held_with_its_evidence(
    opened, held
) -> None:
    decision = add(opened, "decision", incident=frozenset({held.id}))
    shows = add(opened, "evidence", decisions=frozenset({decision.id}), file_name="a.txt")
    other = an_incident(opened, "Other")
    refusal(lambda: change(opened, decision, incident=frozenset({other.id})))
    for each in (decision, shows):
        refusal(lambda each=each: opened.apply(editing.to_bin(opened, [each.id])))
        refusal(lambda each=each: opened.erase(each.id, "Asked by the person"))


def test_hold_when_nobody_is_named_then_it_is_refused(opened) -> None:
    found = a_risk(opened)
    with pytest.raises(Refused) as refused:
        change(opened, found, hold_reason="Court case 12")
    assert list(reasons(refused)) == ["hold_by"]
    with pytest.raises(Refused):
        opened.apply(
            ChangeSet(
                act="add", changes=(addition("risk", {"title": "x", "hold_reason": "Court"}),)
            )
        )


def test_hold_when_other_records_go_to_the_bin_then_they_do(opened, held) -> None:
    found = a_risk(opened)
    opened.apply(editing.to_bin(opened, [found.id]))
    assert opened.record(found.id).deleted_at is not None


def test_import_when_a_row_changes_a_time_without_a_reason_then_that_row_is_rejected(
    opened, tmp_path: Path
) -> None:
    from riskreg.exchange import importing

    found = an_incident(opened, aware_at=AWARE)
    path = tmp_path / "times.csv"
    path.write_text(f"ref,aware_at\n{found.ref},2026-11-20T12:00\n", encoding="utf-8")
    report = importing.import_file(opened, path, kind="incident")
    assert [each.column for each in report.staged.rejections] == ["aware_at"]
    path.write_text(
        f"ref,aware_at,trigger_reason\n{found.ref},2026-11-20T12:00,Log\n", encoding="utf-8"
    )
    assert importing.import_file(opened, path, kind="incident").staged.count("changed") == 1
    assert edit(opened.record(found.id), {"aware_at": EARLIER}) is None
