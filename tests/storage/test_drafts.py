"""Drafts: kept in the file, outside the history, gone after an erasure."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import register as door
from riskreg.errors import Expected
from riskreg.views import Register
from tests.builders import a_risk


def test_draft_when_kept_twice_then_the_newer_one_is_found_after_reopening(
    opened: Register, path: Path
) -> None:
    opened.keep_draft("I-2026-001", {"title": "Payroll"})
    opened.keep_draft("I-2026-001", {"title": "Payroll mail 外洩", "tags": ["a"]})
    opened.keep_draft("risk", {"title": "Lost key"})
    opened.close()
    again = door.open(path)
    found = {draft.key: draft.values for draft in again.drafts()}
    again.close()
    assert found == {
        "I-2026-001": {"title": "Payroll mail 外洩", "tags": ["a"]},
        "risk": {"title": "Lost key"},
    }


def test_draft_when_kept_and_dropped_then_the_history_knows_nothing(opened: Register) -> None:
    before = opened.head()
    opened.keep_draft("risk", {"title": "x"})
    opened.drop_draft("risk")
    opened.drop_draft("risk")
    assert opened.drafts() == []
    assert opened.head() == before
    assert opened.verify().ok


def test_erase_when_a_draft_may_repeat_what_goes_then_it_goes_too(
    opened: Register, path: Path
) -> None:
    id = a_risk(opened, "Mrs Wong's file").id
    opened.keep_draft("R-0001", {"title": "Zebrawong"})
    opened.erase(id, "asked to")
    assert opened.drafts() == []
    opened.close()
    assert b"Zebrawong" not in path.read_bytes()


def test_verify_when_a_draft_was_changed_outside_then_it_is_named_and_not_offered(
    opened: Register, path: Path
) -> None:
    opened.keep_draft("risk", {"title": "x"})
    opened.close()
    bare = driver.connect(str(path))
    bare.execute("UPDATE draft SET content = '{}'")
    bare.commit()
    bare.close()
    again = door.open(path)
    assert [finding.id for finding in again.verify().findings] == ["draft_wrong"]
    assert again.drafts() == []
    again.close()


def test_draft_when_the_register_is_read_only_then_it_is_refused(
    opened: Register, path: Path
) -> None:
    reading = door.open(path, read_only=True)
    with pytest.raises(Expected, match="read-only"):
        reading.keep_draft("risk", {})
    reading.close()
