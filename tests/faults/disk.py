"""Disks that are full or may not be written, as a child process meets them.

    python -m tests.faults.disk COMMAND REGISTER [FOLDER]

What the child says is one line: `ok`, or the id of the failure and its three sentences.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.records import values
from riskreg.views import Register

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of so many kilobytes; needs root, and says so by PermissionError."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise PermissionError("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take the last byte of a small disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def many_risks(count: int = 300) -> ChangeSet:
    changes = tuple(
        addition(
            "risk", {"title": f"Risk {number}", "cause": "A letter went astray. " * 40}, -1 - number
        )
        for number in range(count)
    )
    return ChangeSet(act="import", changes=changes)


def child(
    command: str, path: Path, folder: Path | None = None, *, limit: int = 0, user: int = 0
) -> str:
    """Run a command in a process of its own: with files no longer than `limit`, as another user."""
    given = [command, str(path), str(folder or ""), str(limit), str(user)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk", *given], capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, "LOGNAME": "tester"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def become(user: int) -> None:
    """Go on as another user, who may not even read the interpreter: so everything is loaded before."""
    home = os.environ["RISKREG_HOME"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        path = a_register(Path(folder) / "warm.riskreg")
        found = register.open(path)
        made = found.backup(Path(folder))
        found.close()
        register.restore(made.path, path)
        _done("read", path, Path(folder))
    os.environ["RISKREG_HOME"] = home
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def main(command: str, path: Path, folder: str, limit: int, user: int) -> str:
    if user:
        become(user)
    if limit:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        return _done(command, path, Path(folder))
    except Expected as refused:
        return f"{refused.id}: {refused}"


def _done(command: str, path: Path, folder: Path) -> str:
    if command == "new":
        register.create(path, name="X").close()
        return "ok"
    if command == "restore":
        register.restore(folder, path)
        return "ok"
    if command == "read":
        found = register.open(path)
        said = f"{found.read_only or 'editing'}, {'verified' if found.verify().ok else 'findings'}"
        found.close()
        return said
    found = register.open(path)
    try:
        return _changed(command, found, folder)
    finally:
        found.close()


def _changed(command: str, found: Register, folder: Path) -> str:
    if command == "edit":
        found.apply(ChangeSet(act="add", changes=(addition("risk", {"title": "One"}),)))
    if command == "import":
        found.apply(many_risks())
    if command == "backup":
        found.backup(folder)
    if command == "erase":
        found.erase(found.find("P-0001"), "asked")
    return "ok"


def a_register(path: Path) -> Path:
    """A register with a person, whose title is `Wilhelmina`, and an incident."""
    found = register.create(path, name="Harbour Clinic Ltd")
    for kind, fields in (
        ("party", {"title": "Wilhelmina", "notes": "Wilhelmina " * 50}),
        (
            "incident",
            {"title": "I", "aware_at": values.Instant.parse("2026-11-20[Asia/Hong_Kong]")},
        ),
    ):
        found.apply(ChangeSet(act="add", changes=(addition(kind, fields),)))
    found.close()
    return path


if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
