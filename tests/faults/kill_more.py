"""Kill the program in the middle of edits, backups and erasures, and look at what is left.

python -m tests.faults.kill_more edit|backup|erase --times 200
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from riskreg import register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.storage.backup import checked
from riskreg.views import Register

ROOT = Path(__file__).resolve().parents[2]
NAME = "Wilhelmina Featherstonehaugh"


def build(path: Path, risks: int) -> None:
    """A register with a person and so many risks."""
    found = register.create(path, name="Harbour Clinic Ltd")
    person = {"title": NAME, "notes": f"{NAME} 歐陽震華 " * 60}
    found.apply(ChangeSet(act="add", changes=(addition("party", person),)))
    changes = tuple(
        addition("risk", {"title": f"Risk {n}", "cause": "A letter went astray. " * 20}, -1 - n) for n in range(risks)
    )  # fmt: skip
    found.apply(ChangeSet(act="import", changes=changes))
    found.close()


def child(what: str, path: Path) -> None:
    """Do it over and over, saying each time what is done for good."""
    found = register.open(path)
    print("begin", flush=True)
    number = 0
    while True:
        number += 1
        {"edit": edit_once, "backup": backup_once, "erase": erase_once}[what](found, number)
        print(number, flush=True)
        if what == "erase":
            time.sleep(0.05)  # killed a little after it was acknowledged, too
            return


def edit_once(found: Register, number: int) -> None:
    risk = found.record(found.find("R-0001"))
    change = edit(
        risk, {"cause": f"Edit {number}", "due_on": date(2026, 1, 1) + timedelta(days=number)}
    )
    assert change is not None
    found.apply(ChangeSet(act="edit", changes=(change,)))


def backup_once(found: Register, number: int) -> None:
    found.backup()


def erase_once(found: Register, number: int) -> None:
    found.erase(found.find("P-0001"), "asked")


def killed(what: str, path: Path, moments: random.Random, longest: float) -> int:
    """Start a child, kill it at a random moment, and answer the last number it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_more", what, "--child", str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "begin"
        time.sleep(moments.uniform(0, longest))
        process.kill()
        said = process.stdout.read().split()
    return int(said[-1]) if said else 0


def opened_whole(path: Path) -> Register:
    """The register, which must open for editing without a repair step and verify."""
    found = register.open(path)
    assert found.read_only == "", "the lock stayed"
    assert found.verify().ok
    return found


def after_edit(path: Path, said: int) -> str:
    found = opened_whole(path)
    cause = str(found.record(found.find("R-0001")).get("cause"))
    found.close()
    done = int(cause.removeprefix("Edit ")) if cause.startswith("Edit") else 0
    assert done in (said, said + 1), f"{said} was acknowledged, {done} is there"
    return "as acknowledged" if done == said else "one more, not yet acknowledged"


def after_backup(path: Path, said: int) -> str:
    found = opened_whole(path)
    listed = found.backups()
    folder = listed[0].path.parent if listed else None
    for backup in listed:
        assert checked(backup.path) == (backup.seq, backup.records)
    parts = list(folder.glob(".*.part")) if folder else []
    noted = sum(entry.act == "backup" for entry in found.log())
    assert noted >= said, "an acknowledged backup is not noted"
    made = found.backup()
    assert not list(made.path.parent.glob(".*.part")), "the unfinished copy stayed"
    found.close()
    return "an unfinished copy left, and removed" if parts else "nothing unfinished"


def after_erase(path: Path, said: int) -> str:
    found = opened_whole(path)
    person = found.record(found.find("P-0001"))
    is_erased = person.title == ""
    assert is_erased or (person.title == NAME and not said), (
        "half erased, or not though acknowledged"
    )
    assert any(entry.act == "erase" for entry in found.log()) == is_erased
    found.close()
    if is_erased:
        content = path.read_bytes().lower()
        for word in ("wilhelmina", "featherstonehaugh", "歐陽震華", "歐 陽 震 華"):
            assert word.encode() not in content, f"{word} is still in the file"
    return "erased" if is_erased else "whole"


AFTER: dict[str, Callable[[Path, int], str]] = {
    "edit": after_edit, "backup": after_backup, "erase": after_erase,
}  # fmt: skip
LONGEST = {"edit": 0.5, "backup": 0.5, "erase": 0.25}


def run(what: str, folder: Path, times: int, seed: int, risks: int = 400) -> Counter[str]:
    """Kill so many times at random moments; what was found, counted."""
    moments, counts = random.Random(seed), Counter[str]()
    for number in range(times):
        path = folder / f"{what}-{number}.riskreg"
        build(path, risks)
        said = killed(what, path, moments, LONGEST[what])
        counts[AFTER[what](path, said)] += 1
        path.unlink()
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=sorted(AFTER))
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path)
    given = parser.parse_args()
    if given.child:
        child(given.what, given.child)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        counts = run(given.what, Path(folder), given.times, given.seed)
    print(
        f"{given.what}, kills {given.times}:",
        ", ".join(f"{what} {n}" for what, n in sorted(counts.items())),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
