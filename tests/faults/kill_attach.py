"""Kill the program while it takes a large file in as evidence, and look whether its row and its bytes are both there, or neither.

python -m tests.faults.kill_attach --times 100
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from riskreg import evidence, register
from riskreg.editing import new_record
from riskreg.views import View

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20_000_000


def build(path: Path, file: Path) -> None:
    """A register with one risk, and a large file beside it."""
    found = register.create(path, name="Harbour Clinic Ltd")
    found.apply(new_record(found, "risk", {"title": "Mail goes astray"}))
    found.close()
    file.write_bytes(random.Random(1).randbytes(SIZE))


def child(path: Path, file: Path) -> None:
    """Attach the file once, and say before and after."""
    found = register.open(path)
    print("begin", flush=True)
    taken = evidence.take(file)
    found.apply(evidence.attachment(found, taken, found.find("R-0001")))
    print("done", flush=True)
    time.sleep(0.05)  # killed a little after it was acknowledged, too


def killed(path: Path, file: Path, wait: float) -> bool:
    """Start a child, kill it after so many seconds, and answer whether it said that it was done."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_attach", "--child", str(path), str(file)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "begin"
        time.sleep(wait)
        process.kill()
        return "done" in process.stdout.read()


def look(path: Path, file: Path, was_said: bool) -> str:
    """What is left: the row with all its bytes, or nothing of either."""
    was_hot = path.with_name(f"{path.name}-journal").exists()
    found = register.open(path)
    assert found.read_only == "", "the lock stayed"
    rows = found.ids(View(kinds=("evidence",)))
    assert found.verify().ok
    assert len(rows) in ({1} if was_said else {0, 1}), "acknowledged, and not there"
    for id in rows:
        record = evidence.evidence(found, id)
        content = found.content(record.sha256)
        assert content == file.read_bytes()
        assert hashlib.sha256(content).hexdigest() == record.sha256
    found.close()
    connection = driver.connect(str(path))
    blobs = connection.execute("SELECT count(*) FROM blob").fetchone()[0]
    connection.close()
    assert blobs == len(rows), "bytes without their row"
    if was_hot:
        return "taken back"
    return "kept" if rows else "nothing"


def run(folder: Path, times: int, seed: int, longest: float = 0.6) -> Counter[str]:
    """Kill so many times at random moments; what was found, counted."""
    moments, counts = random.Random(seed), Counter[str]()
    whole, file = folder / "whole.riskreg", folder / "scan.pdf"
    build(whole, file)
    for number in range(times):
        path = folder / f"{number}.riskreg"
        path.write_bytes(whole.read_bytes())
        was_said = killed(path, file, moments.uniform(0, longest))
        counts[look(path, file, was_said)] += 1
        path.unlink()
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, nargs=2)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        counts = run(Path(folder), given.times, given.seed)
    told = ", ".join(f"{what} {n}" for what, n in sorted(counts.items()))
    print(f"attach, kills {given.times}: {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
