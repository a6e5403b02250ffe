"""Dialogs: each says what it did, keeps what was entered when it fails, and can be worked by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg.records import KINDS
from riskreg.views import Register, View
from riskreg.work import COPYING
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.backup import BackupDialog, size_words
from ui.dialogs.export import ExportDialog
from ui.dialogs.importing import ImportDialog
from ui.dialogs.progress import progress_words
from ui.dialogs.report import ReportDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.sheet import Sheet
from ui.jobs import Jobs


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def walk(dialog: QWidget) -> None:
    """Each control has a name; text is never HTML."""
    for control in dialog.findChildren(QWidget):
        is_stop = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisibleTo(dialog)
        is_control = isinstance(control, QLineEdit | QComboBox | QPushButton | QAbstractItemView)
        if is_stop and is_control:
            own = control.accessibleName() or control.property("text")
            assert own, f"{type(control).__name__} {control.objectName()} has no name"
        if isinstance(control, QLabel) and control.text():
            assert control.textFormat() == Qt.TextFormat.PlainText


def test_settings_when_saved_then_they_are_in_force_and_a_language_is_announced(
    qtbot: QtBot, context: Context
) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    dialog.person.name.setText("  K. Chan ")
    dialog.person.look.setCurrentIndex(dialog.person.look.findData("dark"))
    language = dialog.person.language
    language.setCurrentIndex(language.findData("zh_Hant"))
    with qtbot.waitSignal(dialog.language_chosen) as chosen:
        dialog.save()
    value = context.settings.value
    assert (value.working_as, value.theme, value.language) == ("K. Chan", "dark", "zh_Hant")
    assert context.theme.name == "dark"
    assert chosen.args == ["zh_Hant"]


def test_settings_when_cancelled_then_nothing_is_in_force(qtbot: QtBot, context: Context) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    before = context.settings.value
    dialog.person.name.setText("K. Chan")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert context.settings.value == before


def test_settings_when_recent_registers_are_not_wanted_then_they_are_forgotten(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    context.settings.opened(tmp_path / "secret client.riskreg")
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    dialog.privacy.recent.setChecked(False)
    dialog.save()
    assert context.settings.value.recent == ()


def test_settings_when_a_folder_is_chosen_then_it_is_shown(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    prompts_of(context).files.append(tmp_path)
    dialog.backups.choose()
    assert dialog.backups.folder.text() == str(tmp_path)


def test_settings_when_the_organisation_is_renamed_then_it_is_one_change_that_undo_takes_back(
    qtbot: QtBot, context: Context
) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    before = context.register.organisation().title
    dialog.organisation.title.setText(" Harbour Dental Ltd ")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert context.register.organisation().title == "Harbour Dental Ltd"
    context.register.undo()
    assert context.register.organisation().title == before


def test_settings_when_the_zone_is_unknown_then_it_is_said_and_nothing_is_saved(
    qtbot: QtBot, context: Context
) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.person.name.setText("K. Chan")
    dialog.organisation.zone.setCurrentText("Hong Kong")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.organisation.problem.isVisible()
    assert "time zone" in dialog.organisation.problem.text()
    assert context.settings.value.working_as == ""


def test_settings_when_more_backups_shall_stay_then_it_is_kept_and_said_where_backups_are(
    qtbot: QtBot, context: Context
) -> None:
    dialog = SettingsDialog(context)
    qtbot.addWidget(dialog)
    dialog.backups.keeping.setCurrentIndex(dialog.backups.keeping.findData("many"))
    dialog.backups.on_close.setChecked(False)
    dialog.save()
    value = context.settings.value
    assert (value.keeping, value.backup_on_close) == ("many", False)
    backups = BackupDialog(context)
    qtbot.addWidget(backups)
    assert "for 36 months" in backups.where.text()


def test_backup_when_made_then_it_is_listed_and_said(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    add(opened, "risk", {"title": "x"})
    dialog = BackupDialog(context)
    qtbot.addWidget(dialog)
    assert dialog.table.rowCount() == 0
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert dialog.table.rowCount() == 1
    assert "Backed up and checked" in dialog.message.text()
    assert dialog.start.isEnabled()


def test_backup_when_the_folder_cannot_be_written_then_the_three_sentences_stand_there(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    taken = tmp_path / "a file"
    taken.write_text("in the way")
    dialog = BackupDialog(context)
    qtbot.addWidget(dialog)
    dialog.back_up(taken)
    assert "a file" in dialog.message.text()
    assert dialog.start.isEnabled()


def test_sheet_when_long_work_is_cancelled_then_it_stops_and_says_so(
    qtbot: QtBot, opened: Register
) -> None:
    jobs = Jobs()
    dialog = Sheet(a_context(opened, jobs=jobs), "Long work")
    qtbot.addWidget(dialog)
    dialog.show()

    def endless(work):  # type: ignore[no-untyped-def]
        while True:
            work.step(COPYING, 1, 2)

    job = jobs.read(endless, doing=COPYING, failed=dialog.fail)
    dialog.progress.follow(job)
    qtbot.waitUntil(lambda: dialog.progress.words.text() == "Copying: 1 of 2")
    with qtbot.waitSignal(jobs.ended):
        qtbot.mouseClick(dialog.progress.cancel, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == "Cancelled."
    assert not dialog.progress.isVisible()
    jobs.close()


def test_sheet_when_closed_during_work_then_the_work_is_asked_to_stop(
    qtbot: QtBot, opened: Register
) -> None:
    jobs = Jobs()
    dialog = Sheet(a_context(opened, jobs=jobs), "Long work")
    qtbot.addWidget(dialog)
    dialog.show()

    def endless(work):  # type: ignore[no-untyped-def]
        while True:
            work.step(COPYING)

    dialog.progress.follow(jobs.read(endless, doing=COPYING, failed=dialog.fail))
    with qtbot.waitSignal(jobs.ended):
        dialog.close()
    jobs.close()


def test_report_when_made_then_it_is_there_noted_and_said_to_be_unprotected(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "risk", {"title": "x", "residual_likelihood": 4, "residual_impact": 4})
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "risks"))
    dialog.language.setCurrentIndex(dialog.language.findData("zh_Hant"))
    dialog.make()
    assert (tmp_path / "risks.pdf").read_bytes().startswith(b"%PDF-")
    assert "This file is not encrypted." in dialog.message.text()
    assert opened.log(limit=1)[0].act == "report"


def test_report_when_another_is_chosen_then_the_file_is_called_so(
    qtbot: QtBot, context: Context
) -> None:
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    assert dialog.path().name == "risk-register-2026-11-20.pdf"
    dialog.report.setCurrentIndex(dialog.report.findData("action-coverage"))
    dialog.report.activated.emit(0)
    assert dialog.path().name == "action-coverage-2026-11-20.pdf"


@pytest.mark.parametrize(("answer", "is_replaced"), [("replace", True), ("", False)])
def test_report_when_the_file_exists_then_it_asks_before_replacing_it(
    qtbot: QtBot, context: Context, tmp_path: Path, answer: str, is_replaced: bool
) -> None:
    path = tmp_path / "mine.pdf"
    path.write_text("mine")
    prompts_of(context).answers.append(answer)
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(path))
    dialog.make()
    assert (path.read_bytes() != b"mine") == is_replaced


def test_report_when_the_folder_is_not_there_then_the_dialog_keeps_what_was_entered(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    where = str(tmp_path / "nowhere" / "x.pdf")
    dialog.where.setText(where)
    dialog.make()
    assert "x.pdf" in dialog.message.text()
    assert dialog.where.text() == where
    assert dialog.start.isEnabled()


def test_export_when_made_then_it_says_how_many_were_read_back(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "risk", {"title": "=1+1"})
    dialog = ExportDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "register.xlsx"))
    dialog.make()
    assert (tmp_path / "register.xlsx").read_bytes().startswith(b"PK")
    assert "exported and read back without differences. This file is not encrypted." in (
        dialog.message.text()
    )
    assert opened.log(limit=1)[0].act == "export"


def test_export_when_only_the_list_is_wanted_then_only_it_is_written(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    for title in ("apple", "pear"):
        add(opened, "risk", {"title": title})
    dialog = ExportDialog(context, View(kinds=("risk",), words="pear"))
    qtbot.addWidget(dialog)
    assert "1 record" in dialog.list_only.text()
    dialog.list_only.setChecked(True)
    dialog.where.setText(str(tmp_path / "list.xlsx"))
    dialog.make()
    assert dialog.message.text().startswith("1 record exported")


def test_export_when_no_kind_is_chosen_then_there_is_nothing_to_make(
    qtbot: QtBot, context: Context
) -> None:
    dialog = ExportDialog(context)
    qtbot.addWidget(dialog)
    for box in dialog.kinds.values():
        box.setChecked(False)
    assert not dialog.start.isEnabled()


def test_export_and_import_when_unchanged_then_nothing_is_left_to_do(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "risk", {"title": "x", "owner": ["Amy Lau"], "residual_likelihood": 4})
    export = ExportDialog(context)
    qtbot.addWidget(export)
    path = tmp_path / "register.xlsx"
    export.where.setText(str(path))
    export.make()
    dialog = ImportDialog(context, path)
    qtbot.addWidget(dialog)
    dialog.go_on()
    counts = dialog.plan.counts
    assert (counts["new"], counts["changed"], counts["rejected"]) == (0, 0, 0)
    assert counts["unchanged"] == sum(opened.count(View(kinds=(kind,))) for kind in KINDS)
    assert not dialog.next.isEnabled()


@pytest.mark.parametrize("make", [SettingsDialog, BackupDialog, ReportDialog, ExportDialog])
def test_dialog_when_walked_then_every_control_has_a_name_and_no_text_is_markup(
    qtbot: QtBot, context: Context, make: Callable[[Context], Sheet]
) -> None:
    dialog = make(context)
    qtbot.addWidget(dialog)
    walk(dialog)


@pytest.mark.parametrize("way", ["escape", "button", "cross"])
@pytest.mark.parametrize("make", [SettingsDialog, BackupDialog, ReportDialog, ExportDialog])
def test_dialog_when_it_shall_close_then_it_does(
    qtbot: QtBot, context: Context, make: Callable[[Context], Sheet], way: str
) -> None:
    dialog = make(context)
    qtbot.addWidget(dialog)
    dialog.open()
    if way == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    elif way == "button":
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    else:
        dialog.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (160_000, "160 kB"), (1_440_000, "1.4 MB")]
)
def test_size_words_when_a_file_has_a_size_then_it_reads_as_systems_show_it(
    size: int, words: str
) -> None:
    assert size_words(size) == words


def test_progress_words_when_the_end_is_unknown_then_no_figures_are_made_up(
    context: Context,
) -> None:
    assert progress_words(context.t, COPYING, 3, 0) == "Copying"
    assert progress_words(context.t, COPYING, 3_400, 12_000) == "Copying: 3,400 of 12,000"
