"""What files kept as evidence cost: adding one of 20 MB, and verifying a register with 200 MB of them.

python -m tests.perf.evidence
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from riskreg import evidence, register
from riskreg.views import Register

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20_000_000
FILES = 10
RUNS = 3


def timed(call: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def files(folder: Path) -> list[Path]:
    """Files of random bytes, which are on the disk."""
    found = []
    for number in range(FILES):
        path = folder / f"{number}.pdf"
        with path.open("wb") as file:
            file.write(Random(number).randbytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        found.append(path)
    return found


def adds(path: Path, many: list[Path]) -> list[float]:
    """Seconds for each, as the window and the command add it: read twice, written with its row and synced."""
    opened = register.open(path)
    try:
        return [timed(lambda file=file: add(opened, file)) for file in many]  # type: ignore[misc]
    finally:
        opened.close()


def add(opened: Register, file: Path) -> None:
    """One."""
    opened.apply(evidence.attachment(opened, evidence.take(file)))


def bare_add(file: Path, target: Path) -> None:
    """The floor: read twice, hash twice, write once and sync."""
    for _ in range(2):
        hashlib.sha256(file.read_bytes())
    with target.open("wb") as out:
        out.write(file.read_bytes())
        out.flush()
        os.fsync(out.fileno())


def verify(path: Path) -> None:
    """All of it."""
    opened = register.open(path, read_only=True)
    assert opened.verify().ok
    opened.close()


def peak(call: str, path: Path) -> float:
    """Megabytes a process of its own took at most (Linux)."""
    script = (
        f"from pathlib import Path; from tests.perf.evidence import {call};"
        f"{call}(Path({str(path)!r}));"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    return float(ran.stdout) / 1024


def nothing(path: Path) -> None:
    """Open it only: what the program takes anyway."""
    register.open(path, read_only=True).close()


def main() -> int:
    """Print what was measured."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        os.environ["RISKREG_HOME"] = str(folder / "home")
        (folder / "home").mkdir()
        path, many = folder / "evidence.riskreg", files(folder)
        register.create(path, name="Harbour Clinic Ltd").close()
        bare = min(timed(lambda: bare_add(many[0], folder / "bare")) for _ in range(RUNS))
        with_it = adds(path, many)
        hashing = min(
            timed(lambda: [hashlib.sha256(file.read_bytes()).digest() for file in many])
            for _ in range(RUNS)
        )
        whole = min(timed(lambda: verify(path)) for _ in range(RUNS))
        print(f"add 20 MB: {min(with_it):.2f} s, bare {bare:.2f} s, {min(with_it) / bare:.1f}x")
        print(f"verify {FILES * SIZE // 1_000_000} MB: {whole:.2f} s, hashlib {hashing:.2f} s, {whole / hashing:.1f}x")  # fmt: skip
        print(f"most memory: verify {peak('verify', path):.0f} MB, opening {peak('nothing', path):.0f} MB")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
