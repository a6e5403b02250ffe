"""The register of breaches leaves through the export dialog and comes back through the import dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from riskreg.exchange import importing
from riskreg.register import create
from riskreg.views import Register
from tests.ui.desk import a_context, add
from tests.ui.test_import_replay import RESULT, by_dialog
from ui.context import Context
from ui.dialogs.export import ExportDialog
from ui.dialogs.importing import ImportDialog

PREVIEW = 3
DATA = Path(__file__).parents[1] / "exchange" / "data"


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    importing.import_file(opened, DATA / "breach_register.csv")
    return a_context(opened)


def shown(qtbot: QtBot, context: Context, folder: Path, form: str) -> ExportDialog:
    dialog = ExportDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(folder / "out.xlsx"))
    dialog.show()
    dialog.format.setCurrentIndex(dialog.format.findData(form))
    return dialog


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_export_when_the_register_of_breaches_is_chosen_then_it_is_what_came_in(
    qtbot: QtBot, context: Context, tmp_path: Path, suffix: str
) -> None:
    dialog = shown(qtbot, context, tmp_path, f"breaches{suffix}")
    assert not dialog.redacted.isVisible()
    assert not dialog.files.isVisible()
    assert dialog.breaches.isVisible()
    dialog.make()
    assert "2 records exported" in dialog.message.text()
    assert (tmp_path / f"out{suffix}").read_bytes() == (
        DATA / f"breach_register{suffix}"
    ).read_bytes()


def test_export_when_the_workbook_is_chosen_again_then_all_its_choices_are_back(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = shown(qtbot, context, tmp_path, "breaches.json")
    dialog.format.setCurrentIndex(0)
    assert dialog.path() == tmp_path / "out.xlsx"
    assert dialog.redacted.isVisible()
    assert dialog.files.isVisible()
    assert not dialog.breaches.isVisible()


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_import_when_such_a_register_is_opened_then_nothing_has_to_be_said(
    qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    register = create(tmp_path / "other.riskreg", name="Other")
    try:
        file = DATA / f"breach_register{suffix}"
        dialog = by_dialog(qtbot, register, file, tmp_path / "map.toml")
        assert dialog.pages.currentIndex() == RESULT
        assert dialog.plan is not None
        assert (dialog.plan.counts["new"], dialog.plan.counts["rejected"]) == (2, 0)
    finally:
        register.close()


def test_import_when_the_register_wrote_the_file_itself_then_nothing_is_left_to_do(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    add(context.register, "incident", {"title": "Made here", "narrative": "A bag was lost."})
    shown(qtbot, context, tmp_path, "breaches.csv").make()
    dialog = ImportDialog(context, tmp_path / "out.csv")
    qtbot.addWidget(dialog)
    dialog.show()
    while dialog.pages.currentIndex() != PREVIEW:
        dialog.go_on()
    assert dialog.plan is not None
    assert {state: number for state, number in dialog.plan.counts.items() if number} == {
        "unchanged": 3
    }
    assert dialog.plan.doubtful == 0
    assert not dialog.next.isEnabled()
