"""Kill the program in the middle of an import and look at what is left.

A child process applies 5,000 incidents as one change set and is killed at a random moment after it said
that it began. The register must hold all of them or none, open without a repair step, verify, and be free
for the next editor.

    python -m tests.faults.kill --times 50
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
from pathlib import Path

from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.views import View

RECORDS = 5_000
ROOT = Path(__file__).resolve().parents[2]


def child(path: Path) -> None:
    """Import, saying when it begins and when it is done."""
    store = register.open(path)
    changes = tuple(
        addition(
            "incident",
            {"title": f"Incident {number} 外洩", "narrative": "A letter went astray. " * 8},
            -1 - number,
        )
        for number in range(RECORDS)
    )
    print("begin", flush=True)
    store.apply(ChangeSet(act="import", facts={"file": "incidents.csv"}, changes=changes))
    print("done", flush=True)
    store.close()


def span(folder: Path) -> float:
    """Seconds that the import takes undisturbed, here and now."""
    path = folder / "span.riskreg"
    register.create(path, name="Harbour Clinic Ltd").close()
    with _start(path) as process:
        _begun(process)
        start = time.monotonic()
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "done"
        taken = time.monotonic() - start
        process.wait()
    return taken


def _start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill", "--child", str(path)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def _begun(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "begin"


def once(folder: Path, delay: float, number: int) -> str:
    """Kill one import after so many seconds; `all` or `none`, whichever is left."""
    path = folder / f"killed-{number}.riskreg"
    register.create(path, name="Harbour Clinic Ltd").close()
    with _start(path) as process:
        _begun(process)
        time.sleep(delay)
        process.kill()
        said = process.stdout.read() if process.stdout else ""
    was_hot = path.with_name(path.name + "-journal").exists()
    store = register.open(path)
    try:
        assert store.read_only == "", "the lock stayed"
        count = store.count(View(kinds=("incident",)))
        assert count in (0, RECORDS), f"{count} of {RECORDS} records"
        assert not said or count == RECORDS, "an import that was acknowledged is gone"
        assert store.verify().ok
    finally:
        store.close()
    return ("all" if count else "none") + (", journal rolled back" if was_hot else "")


def run(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill so many imports at random moments from the start to a little after the end."""
    taken, moments = span(folder), random.Random(seed)
    return Counter(once(folder, moments.uniform(0, taken * 1.1), number) for number in range(times))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path)
    given = parser.parse_args()
    if given.child:
        child(given.child)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        counts = run(Path(folder), given.times, given.seed)
    print(
        f"kills {given.times}:",
        ", ".join(f"{what} {count}" for what, count in sorted(counts.items())),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
