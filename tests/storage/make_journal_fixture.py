"""Make the register that fixes the journal's format, with every act in it.

    python -m tests.storage.make_journal_fixture

Run it again only while no register exists that people keep: afterwards the file must stay as it is, so
that every later program is tested on what an earlier one wrote.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from riskreg import clock, register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.records import values
from riskreg.records.fields import Value
from riskreg.views import Register

HERE = Path(__file__).parent / "data"
FILE = HERE / "journal-1.riskreg"
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def change(store: Register, act: str, ref: str, **fields: Value) -> None:
    made = edit(store.record(store.find(ref)), fields)
    assert made is not None
    store.apply(ChangeSet(act=act, changes=(made,)))


def add(store: Register, kind: str, **fields: Value) -> int:
    made = store.apply(ChangeSet(act="add", changes=(addition(kind, fields),)))
    return made.new[-1]


def write(path: Path) -> None:
    """A short history of everything that can happen to a register."""
    store = register.create(path, name="Harbour Clinic Ltd 海港診所")
    owner = add(store, "party", title="K. Chan 陳", party_type="person", phone="+852 2345 6789")
    asset = add(
        store, "asset", title="Payroll", owner=frozenset({owner}), people_count=values.Count(150, "approximate"),
        data_types=frozenset({"health", "contact"}), description='"Quoted" \\ back\nsecond line\tand a tab 𨋢',
    )  # fmt: skip
    add(
        store, "incident", title="Mailed to the wrong person", aware_at=values.Instant.parse("2026-11-24T18:40[Asia/Hong_Kong]"),
        occurred_from_at=values.Instant.parse("2026-11[Asia/Hong_Kong]"), records_count=values.Count(None, "undeterminable"),
        near_miss=False, assets=frozenset({asset}), other_facts=(("Case", "12/2026"), ("外洩", "是")),
        tags=frozenset({"mail", "外洩"}),
    )  # fmt: skip
    risks = tuple(addition("risk", {"title": f"Risk {n}", "residual_likelihood": n, "residual_impact": 4}, -n) for n in (1, 2, 3))  # fmt: skip
    store.apply(
        ChangeSet(act="import", facts={"file": "risks.csv", "sha256": "0" * 64}, changes=risks)
    )
    change(store, "edit", "R-0001", cause="Windowed envelopes", status="open")
    change(store, "link", "R-0001", assets=frozenset({asset}))
    change(store, "unlink", "R-0001", assets=frozenset())
    change(store, "edit", "C3", applies="yes", status="planned", owner=frozenset({owner}))
    change(store, "edit", "ORG", zone="Asia/Macau")
    moment = values.Instant.at(clock.now())
    change(store, "delete", "R-0002", deleted_at=moment)
    change(store, "unbin", "R-0002", deleted_at=None)
    change(store, "delete", "R-0003", deleted_at=moment)
    add(store, "risk", title="Taken back for good")
    store.undo()
    add(store, "risk", title="Taken back and brought again", cause="x")
    store.undo()
    store.redo()
    for act in ("export", "report"):
        store.note(act, {"file": f"{act}.out", "fingerprint": store.head().fingerprint})
    store.verify()
    backup = store.backup()
    store.erase(owner, "asked by the person")
    change(store, "edit", "P-0001", title="Former contact")
    store.close()
    put_back(path, backup.path)


def put_back(path: Path, backup: Path) -> None:
    """The history ends with a restore, and an erasure and notes after it."""
    register.restore(backup, path)
    store = register.open(path)
    store.note("migrate", {"found": "1", "format": "1"})
    store.note("rules", {"rules": "1"})
    store.erase(store.find("P-0001"), "asked by the person")
    change(store, "edit", "P-0001", title="Former contact")
    store.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        os.environ["LOGNAME"] = "fixture"
        path = Path(folder) / FILE.name
        with clock.fixed(START + timedelta(minutes=1)):
            write(path)
        HERE.mkdir(exist_ok=True)
        shutil.copyfile(path, FILE)


if __name__ == "__main__":
    main()
