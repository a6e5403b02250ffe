"""A workbook that another program opened and saved says the same: importing it changes nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from riskreg.exchange import outgoing
from riskreg.exchange.importing import import_file
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records.values import Count, Instant
from riskreg.views import Register
from tests.builders import a_risk, an_asset, an_incident
from tests.exchange.odd import ODD

SOFFICE = shutil.which("soffice")
_LIMIT_S = 100
MISWRITTEN = frozenset({"_x0041_x0042_", "_x005F_x0041_"})
"""Escapes that LibreOffice 7.4 reads right and saves wrong, its own files included."""


def by_openpyxl(path: Path, folder: Path) -> Path:
    book = openpyxl.load_workbook(path)
    book.save(folder / path.name)
    return folder / path.name


def by_libreoffice(path: Path, folder: Path) -> Path:
    assert SOFFICE
    profile = (folder / "profile").as_uri()
    command = (SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore")
    subprocess.run(
        (*command, "--convert-to", "xlsx", "--outdir", str(folder), str(path)),
        check=True,
        capture_output=True,
        timeout=_LIMIT_S,
    )
    return folder / path.name


def resaved(
    opened: Register,
    folder: Path,
    language: Language,
    save: Callable[[Path, Path], Path],
    texts: Iterable[str],
) -> None:
    """Export a register with one of everything that is easily lost, have it saved anew, and import it."""
    asset = an_asset(opened, "Payroll")
    a_risk(opened, assets=frozenset({asset.id}), tags=frozenset({"a;b", "c"}))
    for number, text in enumerate(texts):
        a_risk(opened, f"Risk {number}", notes=text, other_facts=(("odd", text),))
    an_incident(
        opened,
        aware_at=Instant.parse("2026-11-24T18:40+08:00[Asia/Hong_Kong]"),
        discovered_at=Instant.parse("2026-11[Asia/Hong_Kong]"),
        closed_at=Instant.parse("1890-05-01[Asia/Hong_Kong]"),
        people_count=Count(150, "approximate"),
        data_types=frozenset({"health", "contact"}),
        near_miss=False,
    )
    path = folder / "register.xlsx"
    outgoing.export_register(opened, (), path, translator(language))
    again = folder / "again"
    again.mkdir()
    report = import_file(opened, save(path, again), dry_run=True)
    assert report.staged.rejections == ()
    assert report.staged.changes.changes == ()
    assert report.staged.count("unchanged") == len(report.staged.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_when_resaved_by_openpyxl_then_imports_with_no_change(
    opened: Register, tmp_path: Path, language: Language
) -> None:
    resaved(opened, tmp_path, language, by_openpyxl, ODD)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("language", ["en", "zh_Hant"])
def test_workbook_when_resaved_by_libreoffice_then_imports_with_no_change(
    opened: Register, tmp_path: Path, language: Language
) -> None:
    texts = [text for text in ODD if text not in MISWRITTEN]
    resaved(opened, tmp_path, language, by_libreoffice, texts)
