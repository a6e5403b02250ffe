"""Starts the register: the command line, or the window where no command is given."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
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


def draw_svg(svg: bytes, height: int) -> bytes:
    """Draw an organisation's logo for a report; PySide6 is loaded for it where the logo is an SVG."""
    from ui.drawing import png_of

    return png_of(svg, height)


def test_itself() -> int:
    """Try the program out in folders of its own, on no screen unless one is named; 0 when all is well.

    The environment is set before anything of the program is imported.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="riskreg-", ignore_cleanup_errors=True) as folder:
        os.environ["RISKREG_HOME"] = str(Path(folder, "home"))
        try:
            from ui import self_test
        except ImportError as error:  # most likely a library of Qt that this system lacks
            print(f"FAIL  load the program: {error}")
            return 1
        return self_test.run(Path(folder))


def main() -> int:
    """Run one command and return its exit status."""
    if sys.argv[1:] == ["--self-test"]:
        return test_itself()
    from riskreg import cli, drawer

    drawer.draw_with(draw_svg)
    return cli.main(sys.argv[1:], open_window)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
