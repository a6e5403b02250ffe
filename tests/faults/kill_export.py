"""Kill the program in the middle of an export and look at what is left.

A child writes the same register over the same file, over and over, and is killed at a random moment. The file
must be a whole workbook, nothing that confuses may lie beside it, and the next export must go well.

    python -m tests.faults.kill_export --times 50
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

import python_calamine

from riskreg import register
from riskreg.exchange import outgoing
from riskreg.i18n import translator
from tests.faults.kill_more import build

RISKS = 400
ROOT = Path(__file__).resolve().parents[2]


def export(path: Path, target: Path) -> None:
    found = register.open(path, read_only=True)
    kinds = ("risk",)
    outgoing.export_register(found, kinds, target, translator("en"))
    found.close()


def child(path: Path, target: Path) -> None:
    """Export over and over, saying each time that it is done."""
    print("begin", flush=True)
    while True:
        export(path, target)
        print("done", flush=True)


def whole(target: Path) -> bool:
    """Whether every risk is in a file."""
    if target.suffix == ".csv":
        text = target.read_bytes().decode("utf-8-sig")
        return text.count("R-0") >= RISKS and text.endswith("\r\n")
    with python_calamine.load_workbook(str(target)) as book:
        return len(book.get_sheet_by_name("Risks").to_python()) == RISKS + 1


def once(path: Path, target: Path, delay: float) -> str:
    """Kill one export after so many seconds and say what lay beside its file: `nothing` or `part`."""
    command = [sys.executable, "-m", "tests.faults.kill_export", "--child", str(path), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "begin"
        time.sleep(delay)
        process.kill()
    assert whole(target), "the file that was there is gone or half"
    beside = {each.name for each in target.parent.iterdir()} - {target.name}
    assert beside <= {f".{target.name}.part"}, f"litter: {beside}"
    return "part" if beside else "nothing"


def run(folder: Path, times: int, seed: int, suffix: str = ".xlsx") -> Counter[str]:
    """Kill so many exports, each at a random moment of the first two."""
    path, target = folder / "clinic.riskreg", folder / "out" / f"register{suffix}"
    target.parent.mkdir()
    build(path, RISKS)
    export(path, target)
    start = time.monotonic()
    export(path, target)
    longest, moments = (time.monotonic() - start) * 2, random.Random(seed)
    found = Counter(once(path, target, moments.uniform(0, longest)) for _ in range(times))
    export(path, target)
    assert whole(target)
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, nargs=2)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        counts = run(Path(folder), given.times, given.seed)
    print(f"kills {given.times}, beside the file:", dict(counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
