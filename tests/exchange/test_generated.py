"""Round trips as a property: registers made up at random go out and come back with no difference, in every language.

pytest -m long tests/exchange/test_generated.py     500 registers
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from riskreg import register
from riskreg.exchange import outgoing
from riskreg.exchange.importing import import_file
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import REGISTER_KINDS
from riskreg.views import View
from tests.exchange.generated import fill

MANY, IN_CI, PORTION = 500, 40, 5


def goes_round(new_register: Path, folder: Path, seed: int) -> None:
    """One register as a workbook: out, and in again."""
    path = folder / f"{seed}.riskreg"
    shutil.copy(new_register, path)
    opened = register.open(path)
    try:
        fill(opened, seed)
        made = outgoing.export_register(
            opened, (), folder / f"{seed}.xlsx", translator(LANGUAGES[seed % len(LANGUAGES)])
        )
        report = import_file(opened, made.path, dry_run=True)
        assert report.staged.rejections == (), seed
        assert report.staged.changes.changes == (), seed
        assert report.staged.count("unchanged") == sum(made.sheets.values()), seed
    finally:
        opened.close()
        path.unlink()


@pytest.mark.parametrize("first", range(0, IN_CI, PORTION))
def test_register_when_made_up_then_its_workbook_comes_back_with_no_difference(
    new_register: Path, tmp_path: Path, first: int
) -> None:
    for seed in range(first, first + PORTION):
        goes_round(new_register, tmp_path, seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_registers_when_500_are_made_up_then_none_comes_back_with_a_difference(
    new_register: Path, tmp_path: Path
) -> None:
    for seed in range(1_000, 1_000 + MANY):
        goes_round(new_register, tmp_path, seed)


@pytest.mark.parametrize("seed", range(6))
def test_register_when_made_up_then_its_csv_files_come_back_but_for_tags_with_a_semicolon(
    new_register: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "x.riskreg"
    shutil.copy(new_register, path)
    opened = register.open(path)
    t = translator(LANGUAGES[seed % len(LANGUAGES)])
    try:
        fill(opened, 2_000 + seed)
        for kind in REGISTER_KINDS:
            count = opened.count(View(kinds=(kind,)))
            if not count:
                continue
            made = outgoing.export_register(opened, (kind,), tmp_path / f"{kind}.csv", t)
            report = import_file(opened, made.path, kind=kind, dry_run=True)
            assert report.staged.rejections == ()
            for change in report.staged.changes.changes:
                assert {*(change.after or {})} <= {"tags", "switched_rules"}
                for tags in (change.before or {}).values():
                    assert any(";" in tag for tag in tags), kind  # type: ignore[union-attr]
            assert len(report.staged.rows) == count
    finally:
        opened.close()
