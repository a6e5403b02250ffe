"""The import contracts hold, and each of them notices when somebody breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"

# Contract, file, the import that breaks it. The file exists in the real tree.
BREAKS = [
    ("library", "riskreg/clock.py", "import ui"),
    ("library", "riskreg/clock.py", "def later() -> None:\n    import PySide6.QtCore"),
    ("core", "riskreg/views.py", "import riskreg.clock"),
    ("core", "riskreg/records/base.py", "import babel"),
    ("rules", "riskreg/rules/scoring.py", "import riskreg.i18n"),
    ("holidays", "riskreg/rules/due.py", "import holidays"),
    ("layers", "riskreg/changes.py", "import riskreg.views"),
    ("layers", "riskreg/records/base.py", "import riskreg.work"),
    ("database", "riskreg/clock.py", "from sqlalchemy import select"),
    ("database", "ui/__init__.py", "import sqlcipher3"),
    ("sqlite", "riskreg/storage/__init__.py", "import sqlite3"),
    ("files", "riskreg/reports/__init__.py", "import csv"),
    ("files", "riskreg/commands/files.py", "import icalendar"),
    ("pages", "riskreg/exchange/__init__.py", "from reportlab.lib import units"),
    ("protocols", "riskreg/reports/__init__.py", "import riskreg.storage"),
    ("protocols", "riskreg/exchange/__init__.py", "import riskreg.reports"),
    ("window", "ui/__init__.py", "from riskreg import storage"),
]
BANNED = [
    "from PySide6 import QtSql",
    "from PySide6.QtSql import QSqlDatabase",
    "import sqlite3",
    "from PySide6.QtNetwork import QTcpSocket",
    "import urllib.request",
    "from datetime import UTC, datetime\n\ndatetime.now(UTC)",
    "import time\n\ntime.time()",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything the contracts look at, which a test may break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for part in ("riskreg", "ui", "tests/architecture"):
        kept_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=kept_out)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def contract_names() -> dict[str, str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one["name"] for one in settings["tool"]["importlinter"]["contracts"]}


def test_contracts_when_the_tree_is_as_it_is_then_all_are_kept() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


def test_contracts_when_one_is_added_then_a_break_of_it_is_tried_here() -> None:
    assert contract_names().keys() == {contract for contract, _, _ in BREAKS}


@pytest.mark.parametrize(("contract", "file", "line"), BREAKS)
def test_contract_when_an_import_breaks_it_then_it_says_so(
    tree: Path, contract: str, file: str, line: str
) -> None:
    broken = tree / file
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    said = " ".join(lint(tree).stdout.split())
    assert f"{contract_names()[contract]} BROKEN" in said


def test_exchange_when_storage_is_reached_through_another_module_then_it_is_noticed(
    tree: Path,
) -> None:
    for file, line in {
        "riskreg/clock.py": "import riskreg.storage",
        "riskreg/exchange/__init__.py": "import riskreg.clock",
    }.items():
        with (tree / file).open("a", encoding="utf-8") as module:
            module.write(f"\n\n{line}\n")
    assert "riskreg.clock -> riskreg.storage" in lint(tree).stdout


@pytest.mark.parametrize("code", BANNED)
def test_lint_when_something_banned_is_used_then_it_says_so(tree: Path, code: str) -> None:
    (tree / "ui" / "banned.py").write_text(code + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "ui"]
    told = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "TID251" in told.stdout
