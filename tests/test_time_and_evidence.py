"""docs/time-and-evidence.md names a test for each case, and each test it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "time-and-evidence.md").read_text(encoding="utf-8")
ROWS = {
    cells[1].strip(): cells[4]
    for line in TEXT.splitlines()
    if re.match(r"\| [GH]\d+ ", line) and (cells := re.split(r"(?<!\\)\|", line))
}


def test_cases_when_listed_then_none_of_either_list_is_left_out() -> None:
    wanted = [f"G{number}" for number in range(1, 13)] + [f"H{number}" for number in range(1, 20)]
    assert list(ROWS) == wanted


def test_cases_when_a_test_is_named_then_it_is_there() -> None:
    known: dict[str, set[str]] = {}
    for case, cell in ROWS.items():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cell)
        assert named, case
        for file, name in named:
            if file not in known:
                tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
                known[file] = {
                    each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)
                }
            assert name in known[file], (case, file, name)
