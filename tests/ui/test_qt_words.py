"""What Qt shows by itself is in the language of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from riskreg.i18n import Language
from ui.qt_words import speak


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("en")


def words(qtbot: QtBot) -> list[str]:
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    qtbot.addWidget(menu)
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


@pytest.mark.parametrize(("language", "cut"), [("zh_Hant", "剪下"), ("zh_Hans", "剪切")])
def test_menu_of_a_line_when_the_window_is_chinese_then_it_is_too(
    qtbot: QtBot, language: Language, cut: str
) -> None:
    speak(language)
    found = words(qtbot)
    assert any(cut in each for each in found)
    assert not any(each.replace("&", "").isascii() for each in found)


def test_menu_of_a_line_when_the_window_is_english_again_then_so_is_it(qtbot: QtBot) -> None:
    speak("zh_Hans")
    speak("en")
    assert "Cu&t" in words(qtbot)
