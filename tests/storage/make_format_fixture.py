"""Make the register that fixes a version of the file's format: the sample, with everything else a file can hold.

    python -m tests.storage.make_format_fixture

What lies in `data/` is what people's registers look like: every later program must open it, and answer
what stands beside it. So a pair of files stays as it is, and a later format adds a pair of its own; one that
is there already is not written again.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from riskreg import clock, register, sample
from riskreg.changes import ChangeSet, addition, edit
from riskreg.records import KINDS, declared_links, stored
from riskreg.records.base import Record, derived
from riskreg.records.jsons import to_json
from riskreg.records.values import Instant
from riskreg.storage.engine import FORMAT
from riskreg.views import Reader, Register, View

HERE = Path(__file__).parent / "data"
FIXED = tuple(range(1, FORMAT + 1))
"""The formats that people's registers are in, the newest last."""
AT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def file_of(number: int) -> Path:
    """The register that a program of this format wrote."""
    return HERE / f"format-{number}.riskreg.gz"


def content_of(number: int) -> Path:
    """What it answers."""
    return HERE / f"format-{number}.json.gz"


def content(reader: Reader) -> dict[str, Any]:
    """What a register answers: every record with its stored, linked and computed values, and where its history stands."""
    return {
        "fingerprint": reader.head().fingerprint,
        "entries": [[entry.seq, entry.act, entry.count] for entry in reader.log()],
        "records": {
            str(record.id): _told(record)
            for kind in KINDS
            for bin in (False, True)
            for record in reader.records(reader.ids(View(kinds=(kind,), bin=bin))).values()
        },
    }


def _told(record: Record) -> dict[str, Any]:
    kind = type(record)
    fields = {**stored(kind), **derived(kind)}
    links = declared_links(kind)
    told = {
        key: sorted(record.get(key)) if key in links else to_json(what, record.get(key))  # type: ignore[arg-type]
        for key, what in fields.items()
    }
    return {"kind": record.kind, "ref": record.ref, "version": record.version, **told}


def write(path: Path) -> None:
    """The sample; then a bin, a record taken back, an erasure with its evidence, a draft, a restore."""
    sample.make(path)
    with clock.fixed(AT):
        store = register.open(path)
        _live_on(store)
        store.close()


def _live_on(store: Register) -> None:
    gone = edit(store.record(store.find("T-0001")), {"deleted_at": Instant.at(clock.now())})
    assert gone is not None
    store.apply(ChangeSet(act="delete", changes=(gone,)))
    store.apply(ChangeSet(act="add", changes=(addition("task", {"title": "Taken back"}),)))
    store.undo()
    store.apply(ChangeSet(act="add", changes=(addition("risk", {"title": "Brought again"}),)))
    store.undo()
    store.redo()
    store.erase(store.find("F-0003"), "asked by the person")
    store.note("report", {"file": "summary.pdf", "fingerprint": store.head().fingerprint})
    store.keep_draft("R-0001", {"cause": "not saved yet"})


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        os.environ["LOGNAME"] = "fixture"
        path = Path(folder) / f"format-{FORMAT}.riskreg"
        write(path)
        with file_of(FORMAT).open("xb") as file:
            file.write(gzip.compress(path.read_bytes(), mtime=0))
        store = register.open(path, read_only=True)
        told = json.dumps(content(store), ensure_ascii=False, sort_keys=True, indent=1)
        store.close()
        content_of(FORMAT).write_bytes(gzip.compress(told.encode(), mtime=0))


if __name__ == "__main__":
    main()
