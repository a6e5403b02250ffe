"""The program as a script runs it: `main.py` in a process of its own, on real files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from riskreg import cli, clock

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Program:
    """Runs commands with an account's folders of their own."""

    home: Path
    before: tuple[str, ...] = ()
    """What starts it, where not the system itself."""
    now: str = ""
    """The moment at which it runs; the computer's where it is empty."""

    def __call__(self, *argv: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*argv),
            capture_output=True,
            encoding="utf-8",
            env=self.environment(),
            check=False,
            timeout=60,
        )

    def command(self, *argv: object) -> list[str]:
        """What is started."""
        return [*self.before, sys.executable, str(ROOT / "main.py"), *map(str, argv)]

    def environment(self) -> dict[str, str]:
        """What it is started with: the account's folders under `home`, English."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("RISKREG")}
        at = {"RISKREG_NOW": self.now} if self.now else {}
        return {**kept, **at, "RISKREG_HOME": str(self.home), "LANGUAGE": "en"}

    def said(self, *argv: object, status: int = 0) -> str:
        """What a command printed; it must end as told and complain only when refused."""
        ran = self(*argv)
        assert ran.returncode == status, (argv, ran.stdout, ran.stderr)
        assert ran.stderr == "", ran.stderr
        return ran.stdout

    def json(self, *argv: object, status: int = 0) -> Any:
        """What a command printed with --json."""
        return json.loads(self.said(*argv, "--json", status=status))

    def quickly(self, *argv: object, status: int = 0) -> str:
        """What a command prints, run in this process: for what only prepares or looks at a test's subject."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setenv("RISKREG_HOME", str(self.home))
            patch.setenv("LANGUAGE", "en")
            with clock.fixed(datetime.fromisoformat(self.now)) if self.now else nullcontext():
                ended = cli.main([*map(str, argv)], lambda path, argv: 1)
        assert ended == status, (argv, err.getvalue())
        return out.getvalue()

    def state(self, *argv: object) -> Any:
        """What a command prints with --json, asked in this process."""
        return json.loads(self.quickly(*argv, "--json"))

    def refused(self, *argv: object) -> str:
        """What was said when a command was refused: three sentences, each on a line."""
        ran = self(*argv)
        assert ran.returncode == 2, (argv, ran.stdout, ran.stderr)
        assert ran.stdout == ""
        assert "Traceback" not in ran.stderr
        lines = [line for line in ran.stderr.splitlines() if not line.startswith("  ")]
        assert len(lines) == 3, ran.stderr
        assert all(line.rstrip()[-1] in ".。" for line in lines), ran.stderr
        return ran.stderr


def digest(path: Path) -> str:
    """The content of a file, as its hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
