"""What a workbook takes along: the changes of a period, and the files of the evidence in a folder beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from riskreg import clock, evidence, evidence_export
from riskreg.evidence_export import Left
from riskreg.records import Evidence
from riskreg.views import Reader, Register, View
from tests.builders import a_risk, change
from tests.conftest import NOW
from tests.ui.desk import a_context
from ui.context import Context
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_changes import DAYS, LAST, NONE, YEAR
from ui.jobs import Jobs, Threads


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def shown(qtbot: QtBot, context: Context, folder: Path, **asked: object) -> ExportDialog:
    dialog = ExportDialog(context, **asked)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.where.setText(str(folder / "out.xlsx"))
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, period: str) -> None:
    dialog.changes.period.setCurrentIndex(dialog.changes.period.findData(period))


def keep(register: Register, folder: Path, name: str, content: bytes, to: str = "") -> None:
    """Take a file in as evidence."""
    path = folder / name
    path.write_bytes(content)
    id = register.find(to) if to else None
    register.apply(evidence.attachment(register, evidence.take(path), id))
    path.unlink()


def names(folder: Path) -> set[str]:
    """What is in a folder, without the register and what lies beside it."""
    return {path.name for path in folder.iterdir() if "clinic.riskreg" not in path.name}


def changed_fields(path: Path) -> list[object]:
    book = openpyxl.load_workbook(path)
    return [row[6] for row in book["Changes"].iter_rows(min_row=2, values_only=True) if row[6]]


# The period


def test_changes_when_nothing_is_chosen_then_none_are_told_and_twelve_months_when_they_are(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    with clock.fixed(NOW - timedelta(days=366)):
        risk = change(opened, a_risk(opened), notes="Long ago")
    with clock.fixed(NOW - timedelta(days=300)):
        change(opened, risk, cause="Lately")
    dialog = shown(qtbot, context, tmp_path)
    dialog.make()
    assert "Changes" not in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames
    choose(dialog, YEAR)
    dialog.make()
    assert changed_fields(tmp_path / "out.xlsx") == ["Cause"]


def test_changes_when_another_period_or_none_is_chosen_then_it_is_that(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    with clock.fixed(datetime(2025, 3, 1, 12, tzinfo=UTC)):
        change(opened, a_risk(opened), notes="In March")
    dialog = shown(qtbot, context, tmp_path)
    assert not dialog.changes.first.isVisible()
    for period, first, last in ((LAST, "", ""), (DAYS, "1/3/2025", "2025-03-01")):
        choose(dialog, period)
        dialog.changes.first.setText(first)
        dialog.changes.last.setText(last)
        dialog.make()
        assert changed_fields(tmp_path / "out.xlsx") == ["Notes"], period
    assert dialog.changes.first.isVisible()
    choose(dialog, NONE)
    dialog.make()
    assert "Changes" not in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("31/02/2026", "1/3/2026", "First day cannot be “31/02/2026”"),
        ("2/3/2026", "1/3/2026", "The first moment comes after the second"),
    ],
)
def test_changes_when_the_days_cannot_be_then_it_is_said_and_nothing_is_written(
    qtbot: QtBot, context: Context, tmp_path: Path, first: str, last: str, said: str
) -> None:
    dialog = shown(qtbot, context, tmp_path)
    choose(dialog, DAYS)
    dialog.changes.first.setText(first)
    dialog.changes.last.setText(last)
    dialog.make()
    assert said in dialog.message.text()
    assert names(tmp_path) == set()


def test_changes_when_a_csv_file_is_wanted_then_they_are_not_asked_for(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = shown(qtbot, context, tmp_path)
    assert dialog.changes.isVisible()
    dialog.format.setCurrentIndex(dialog.format.findData(".csv"))
    assert not dialog.changes.isVisible()


# The files


def test_files_when_wanted_then_sizes_are_named_first_and_they_lie_beside_the_workbook(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    keep(opened, tmp_path, "minutes.txt", b"a" * 1_500_000)
    keep(opened, tmp_path, "mail.txt", b"b" * 4_000)
    dialog = shown(qtbot, context, tmp_path)
    assert dialog.files.text() == "With the files of the evidence: 2 files, 1.5 MB"
    assert not dialog.folder.isVisible()
    dialog.files.setChecked(True)
    assert dialog.folder.text().endswith("beside the file: out evidence")
    dialog.make()
    assert "2 files are in out evidence." in dialog.message.text()
    assert names(tmp_path) == {"out.xlsx", "out evidence"}
    folder = tmp_path / "out evidence"
    assert names(folder) == {"F-0001 minutes.txt", "F-0002 mail.txt", "SHA256SUMS"}
    assert (folder / "F-0002 mail.txt").read_bytes() == b"b" * 4_000
    [files, workbook] = opened.log(limit=2)
    assert (files.facts["file"], files.facts["rows"]) == ("out evidence", "2")
    assert workbook.facts["file"] == "out.xlsx"
    dialog.make()
    assert "out evidence 2" in names(tmp_path)


def test_files_when_names_are_left_out_or_no_evidence_goes_along_then_they_cannot_be_chosen(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    keep(opened, tmp_path, "minutes.txt", b"a")
    a_risk(opened)
    dialog = shown(qtbot, context, tmp_path, view=View(kinds=("risk",)))
    dialog.files.setChecked(True)
    for box, without in (
        (dialog.redacted, True),
        (dialog.kinds["evidence"], False),
        (dialog.list_only, True),
    ):
        box.setChecked(without)
        assert not dialog.files.isEnabled()
        assert not dialog.folder.isVisible()
        box.setChecked(not without)
        assert dialog.files.isEnabled()
    dialog.redacted.setChecked(True)
    dialog.make()
    assert names(tmp_path) == {"out.xlsx"}


def test_files_when_one_record_is_exported_then_they_are_those_tied_to_it(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    keep(opened, tmp_path, "other.txt", b"a" * 9_000)
    keep(opened, tmp_path, "its.txt", b"b" * 5_000, to="R-0001")
    dialog = shown(qtbot, context, tmp_path, ref="R-0001")
    dialog.one_only.setChecked(True)
    assert dialog.files.text() == "With the file of the evidence: 1 file, 5 kB"
    dialog.files.setChecked(True)
    dialog.make()
    assert names(tmp_path / "out evidence") == {"F-0002 its.txt", "SHA256SUMS"}


@pytest.fixture
def threaded(opened: Register, qtbot: QtBot, tmp_path: Path) -> Iterator[Context]:
    """A window's context with threads beside it and a register with many files."""
    for number in range(60):
        keep(opened, tmp_path, f"{number}.txt", f"{number}".encode() * 100_000)
    jobs = Jobs(Threads())
    yield a_context(opened, jobs=jobs)
    jobs.close()


def test_files_when_cancelled_then_neither_workbook_nor_folder_is_left(
    qtbot: QtBot, threaded: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden, is_cancelled = tmp_path / ".out evidence.part", Event()
    save = evidence_export._save

    def held(reader: Reader, record: Evidence, part: Path, folder: Path) -> tuple[Left, str]:
        if len(list(part.iterdir())) > 5:
            is_cancelled.wait(60)  # so that there is something left to cancel
        return save(reader, record, part, folder)

    monkeypatch.setattr(evidence_export, "_save", held)
    dialog = shown(qtbot, threaded, tmp_path)
    dialog.files.setChecked(True)
    dialog.make()
    qtbot.waitUntil(lambda: hidden.exists() and len(list(hidden.iterdir())) > 5, timeout=60_000)
    dialog.progress.cancel_job()
    is_cancelled.set()
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=60_000)
    assert dialog.message.text() == "Cancelled."
    assert names(tmp_path) == set()


def test_files_when_the_workbook_cannot_be_written_then_no_folder_is_left(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    keep(opened, tmp_path, "minutes.txt", b"a")
    (tmp_path / "out.xlsx").mkdir()
    dialog = shown(qtbot, context, tmp_path)
    dialog.files.setChecked(True)
    dialog._agreed = dialog.path()
    dialog.make()
    assert "out.xlsx" in dialog.message.text()
    assert names(tmp_path) == {"out.xlsx"}
