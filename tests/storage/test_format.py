"""A register that any version of the format wrote opens, is whole, says what it said, and can be gone on with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from riskreg import register
from riskreg.changes import ChangeSet, edit
from tests.storage.make_format_fixture import content, content_of


def told(number: int = 1) -> dict[str, Any]:
    return json.loads(gzip.decompress(content_of(number).read_bytes()))


def test_register_of_a_format_when_opened_then_it_says_what_it_said(
    earlier: Path, number: int
) -> None:
    register.open(earlier).close()  # backs it up and brings it up to date
    opened = register.open(earlier, read_only=True)
    now, then = json.loads(json.dumps(content(opened))), told(number)
    opened.close()
    assert now["entries"][-len(then["entries"]) :] == then["entries"]
    for id, record in then["records"].items():
        found = now["records"][id]
        assert {key: found[key] for key in record} == record, record["ref"]
    assert now["records"].keys() == then["records"].keys()


def test_register_of_a_format_when_verified_then_nothing_is_found(
    earlier: Path, number: int
) -> None:
    """What is computed included: rules that answer otherwise need a higher `derive.VERSION`."""
    opened = register.open(earlier)
    found = opened.verify(fingerprint=told(number)["fingerprint"])
    opened.close()
    assert found.findings == ()
    assert found.records > 200


def test_register_of_a_format_when_gone_on_with_then_its_history_goes_on(
    earlier: Path, number: int
) -> None:
    opened = register.open(earlier)
    change = edit(opened.record(opened.find("R-0001")), {"cause": "Written by a later program"})
    assert change is not None
    opened.apply(ChangeSet(act="edit", changes=(change,)))
    opened.undo()
    opened.redo()
    backup = opened.backup()
    assert opened.verify(fingerprint=told(number)["fingerprint"]).findings == ()
    opened.close()
    copy = register.open(backup.path, read_only=True)
    assert copy.record(copy.find("R-0001")).get("cause") == "Written by a later program"
    copy.close()
