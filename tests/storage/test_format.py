"""A register that version 1 of the format wrote opens, is whole, says what it said, and can be gone on with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from riskreg import register
from riskreg.changes import ChangeSet, edit
from tests.storage.make_format_fixture import CONTENT, content


def told() -> dict[str, Any]:
    return json.loads(gzip.decompress(CONTENT.read_bytes()))


def test_register_of_format_1_when_opened_then_it_says_what_it_said(first: Path) -> None:
    register.open(first).close()  # backs it up and brings it up to date
    opened = register.open(first, read_only=True)
    now, then = json.loads(json.dumps(content(opened))), told()
    opened.close()
    assert now["entries"][-len(then["entries"]) :] == then["entries"]
    for id, record in then["records"].items():
        found = now["records"][id]
        assert {key: found[key] for key in record} == record, record["ref"]
    assert now["records"].keys() == then["records"].keys()


def test_register_of_format_1_when_verified_then_nothing_is_found(first: Path) -> None:
    """What is computed included: rules that answer otherwise need a higher `derive.VERSION`."""
    opened = register.open(first)
    found = opened.verify(fingerprint=told()["fingerprint"])
    opened.close()
    assert found.findings == ()
    assert found.records > 200


def test_register_of_format_1_when_gone_on_with_then_its_history_goes_on(first: Path) -> None:
    opened = register.open(first)
    change = edit(opened.record(opened.find("R-0001")), {"cause": "Written by a later program"})
    assert change is not None
    opened.apply(ChangeSet(act="edit", changes=(change,)))
    opened.undo()
    opened.redo()
    backup = opened.backup()
    assert opened.verify(fingerprint=told()["fingerprint"]).findings == ()
    opened.close()
    copy = register.open(backup.path, read_only=True)
    assert copy.record(copy.find("R-0001")).get("cause") == "Written by a later program"
    copy.close()
