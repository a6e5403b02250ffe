"""The process that parses a file does not outlive the program that asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PARENT = """
import os, signal, sys, multiprocessing
from tests.exchange.test_worker import waits

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    ready, theirs = context.Pipe(duplex=False)
    process = context.Process(target=waits, args=(theirs,), daemon=True)
    process.start()
    ready.recv_bytes()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def waits(ready: object) -> None:
    """Stand in for a parser that takes for ever."""
    import threading

    from riskreg.exchange import worker

    threading.Thread(target=worker._end_with_parent, daemon=True).start()
    ready.send_bytes(b"ready")  # type: ignore[attr-defined]
    threading.Event().wait(90)  # longer than the test waits, and not for ever


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_worker_when_the_program_is_killed_then_it_ends_too(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, str(script)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,  # read to its end: until the last process that holds it is gone
        timeout=60,
        check=False,
    )
    assert found.returncode == -signal.SIGKILL
