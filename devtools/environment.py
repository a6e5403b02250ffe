"""The virtual environment in .venv, made from the locked requirements."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from devtools.computer import Stopped, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "test.txt"
STAMP = VENV / "requirements.sha256"


def python_in(venv: Path, platform: str) -> Path:
    """Where a virtual environment keeps its Python."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def lock_stamp(lock: bytes, version: tuple[int, int]) -> str:
    """What an environment was made from: the lock's hash and Python's minor version."""
    return f"{hashlib.sha256(lock).hexdigest()} {version[0]}.{version[1]}"


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the environment was completely made from what is wanted."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, UnicodeDecodeError):
        return False


def python() -> str:
    """The environment's Python."""
    return str(python_in(VENV, sys.platform))


def run(*args: str, env: Mapping[str, str] | None = None, stderr: int | None = None) -> int:
    """Run the environment's Python in the project folder and return how it ended."""
    command = [python(), *args]
    return subprocess.run(command, cwd=ROOT, env=env, stderr=stderr, check=False).returncode


def _has_pip(wanted: str) -> bool:
    """Whether .venv has a Python of the wanted version that can install."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        told = subprocess.run([python(), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return told.returncode == 0 and told.stdout.strip() == wanted.split()[1]


def _make_venv() -> None:
    """Make .venv anew.

    Raises:
        Stopped: Python could not.
    """
    say("Making the virtual environment in .venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode:
        raise Stopped(
            "The virtual environment could not be made.",
            "Only the folder .venv was touched.",
            "Read what Python says above, free the folder .venv, and run the same command again.",
        )


def ensure_environment() -> None:
    """See that .venv holds exactly the locked requirements.

    Raises:
        Stopped: it could not be made or filled.
    """
    wanted = lock_stamp(LOCK.read_bytes(), sys.version_info[:2])
    if is_current(STAMP, wanted) and Path(python()).exists():
        return
    if not _has_pip(wanted):
        _make_venv()
    say("Installing the locked requirements into .venv (about 200 MB the first time)")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if run(*install, "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)):
        raise Stopped(
            "The requirements could not be installed.",
            "Only the folder .venv was touched.",
            "Check the connection to the package index, then run the same command again.",
        )
    STAMP.write_text(wanted, encoding="ascii")
