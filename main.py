"""Starts the register: the command line, or the window where no command is given."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# openpyxl reads another way when lxml happens to be installed; it asks once, when it is imported.
os.environ["OPENPYXL_LXML"] = "False"


def open_window(path: Path | None, argv: Sequence[str]) -> int:
    """Open the window; PySide6 is loaded here and nowhere on the command line.

    Args:
        path: The register to open; None for the one opened last, or the start page.
        argv: What was typed, the program's name first.
    """
    from ui import app

    return app.run(path, argv)


def main() -> int:
    """Run one command and return its exit status."""
    from riskreg import cli

    return cli.main(sys.argv[1:], open_window)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
