"""Kinds of field: each has an empty value, and a declaration that is typed as its value."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from riskreg.records import Risk, fields
from tests.strategies import EVERY_KIND

ROOT = Path(__file__).resolve().parents[2]


def test_kinds_when_counted_then_the_tests_know_every_one() -> None:
    named = {type(kind) for kind in EVERY_KIND.values()}
    assert named == {*fields.FieldKind.__args__}


@pytest.mark.parametrize("name", EVERY_KIND)
def test_kind_when_asked_for_its_empty_value_then_a_record_can_hold_it(name: str) -> None:
    assert fields.empty(EVERY_KIND[name]) in ("", None, frozenset(), ())


def test_record_when_made_of_nothing_then_every_field_is_empty() -> None:
    risk = Risk()
    assert (risk.title, risk.status, risk.tags, risk.other_facts) == ("", None, frozenset(), ())


def test_text_when_declared_then_it_is_personal_unless_it_says_plain() -> None:
    assert not fields.Line(label="x").plain
    assert not fields.Prose(label="x").plain
    assert not fields.Tags(label="x").plain
    assert not fields.Facts(label="x").plain
    plain = {name for name, kind in EVERY_KIND.items() if kind.plain}
    assert plain == {*EVERY_KIND} - {"line", "prose", "tags", "facts"}


@pytest.mark.long
@pytest.mark.parametrize(
    "line", ["n: int = line('x')", "s: str = choice('x', 'y')", "k: FieldKind = Line(terms='x')"]
)
def test_declaration_when_typed_wrongly_then_the_type_check_fails(
    tmp_path: Path, line: str
) -> None:
    file = tmp_path / "wrong.py"
    file.write_text(
        f"from riskreg.records.declaring import *\nfrom riskreg.records.fields import *\n\n{line}\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(file)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "error" in run.stdout
