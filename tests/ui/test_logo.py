"""The organisation's logo, address and contact in the settings, chosen by clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from riskreg import logo
from riskreg.views import View
from tests.ui.desk import prompts_of
from ui.context import Context
from ui.dialogs.settings import SettingsDialog


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> SettingsDialog:
    made = SettingsDialog(context, part=1)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(qtbot: QtBot, dialog: SettingsDialog, path: Path) -> None:
    prompts_of(dialog.context).files.append(path)
    qtbot.mouseClick(dialog.organisation.logo.choose_button, Qt.MouseButton.LeftButton)


def a_logo(folder: Path, name: str = "logo.png", size: tuple[int, int] = (300, 100)) -> Path:
    path = folder / name
    Image.new("RGB", size, (10, 120, 110)).save(path)
    return path


def test_logo_when_chosen_and_saved_then_it_is_one_step_with_all_else_that_undo_takes_back(
    qtbot: QtBot, context: Context, dialog: SettingsDialog, tmp_path: Path
) -> None:
    register, before = context.register, context.register.head().seq
    choose(qtbot, dialog, a_logo(tmp_path))
    part = dialog.organisation
    assert part.logo.name.text() == "logo.png"
    assert register.head().seq == before, "nothing is kept before Save"
    part.address.setText(" 1 Harbour Road ")
    part.phone.setText("+852 2000 0000")
    part.email.setText("us@clinic.example")
    with qtbot.waitSignal(dialog.saved):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert register.head().seq == before + 1
    us = register.organisation()
    assert (us.address, us.phone, us.email) == (
        "1 Harbour Road", "+852 2000 0000", "us@clinic.example",
    )  # fmt: skip
    assert logo.found(register).picture is not None
    register.undo()
    assert logo.found(register) == logo.Logo()
    assert register.organisation().address == ""
    assert register.count(View(kinds=("evidence",))) == 0


def test_logo_when_shown_then_it_stands_on_light_and_on_dark_ground_in_its_proportions(
    qtbot: QtBot, dialog: SettingsDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog, a_logo(tmp_path))
    grounds = []
    for preview in dialog.organisation.logo.previews:
        assert preview.isVisible()
        assert preview.accessibleName()
        image = preview.grab().toImage()
        grounds.append(image.pixelColor(6, 36).lightness())
        row = [image.pixelColor(x, 36) for x in range(image.width())]
        column = [image.pixelColor(84, y) for y in range(image.height())]
        wide, tall = (sum(map(is_logo, line)) for line in (row, column))
        assert wide / tall == pytest.approx(3, rel=0.05)
    assert grounds[0] > 240
    assert grounds[1] < 60


def is_logo(color: QColor) -> bool:
    return abs(color.red() - 10) + abs(color.green() - 120) + abs(color.blue() - 110) < 20


def test_logo_when_the_file_cannot_be_one_then_it_is_said_and_what_was_shown_stays(
    qtbot: QtBot, context: Context, dialog: SettingsDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog, a_logo(tmp_path))
    choose(qtbot, dialog, a_logo(tmp_path, "tiny.png", (20, 20)))
    field = dialog.organisation.logo
    assert "too small for paper" in field.message.text()
    assert field.name.text() == "logo.png"
    assert field.taken is not None


def test_logo_when_removed_then_it_is_gone_after_saving_and_its_file_stays(
    qtbot: QtBot, context: Context, dialog: SettingsDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog, a_logo(tmp_path))
    dialog.save()
    again = SettingsDialog(context, part=1)
    qtbot.addWidget(again)
    again.show()
    field = again.organisation.logo
    assert field.name.text() == "logo.png"
    qtbot.mouseClick(field.remove_button, Qt.MouseButton.LeftButton)
    assert not any(preview.isVisible() for preview in field.previews)
    again.save()
    assert logo.kept(context.register) is None
    assert context.register.count(View(kinds=("evidence",))) == 1


def test_logo_when_replaced_then_the_older_one_is_a_version(
    qtbot: QtBot, context: Context, dialog: SettingsDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog, a_logo(tmp_path))
    dialog.save()
    again = SettingsDialog(context, part=1)
    qtbot.addWidget(again)
    choose(qtbot, again, a_logo(tmp_path, "newer.png", (200, 200)))
    again.save()
    record = logo.kept(context.register)
    assert record is not None
    assert (record.file_name, len(record.replaces)) == ("newer.png", 1)


def test_settings_when_nothing_of_the_organisation_changed_then_nothing_is_written(
    context: Context, dialog: SettingsDialog
) -> None:
    before = context.register.head().seq
    dialog.save()
    assert context.register.head().seq == before
