"""Every page and dialog in every language: nothing is left in another language, nothing is cut off.

A page that `tests.screens` or `tests.ui.scenes` draws is looked at here without being named again.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg.i18n import LANGUAGES
from tests.ui import words
from tests.ui.walking import walked


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_words_when_every_page_and_dialog_is_open_then_all_are_in_the_language_of_the_window(
    qapp: QApplication, language: str
) -> None:
    found = walked(language)
    assert found.broken == []
    assert found.seen > 40
    assert found.untranslated == [], "\n" + "\n".join(found.untranslated)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_words_when_every_page_and_dialog_is_open_then_none_is_cut_off(
    qapp: QApplication, language: str
) -> None:
    found = walked(language)
    assert found.clipped == [], "\n" + "\n".join(found.clipped)


def test_check_when_a_text_is_left_in_english_then_it_is_found_and_data_is_not(
    qtbot: QtBot,
) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    for text in ("Save", "儲存", "R-0001", "Payroll mailed"):
        QLabel(text, root)
    root.show()
    found = words.untranslated(root, "zh_Hant", words.Data(["Payroll mailed"]))
    assert found == ["QLabel: 'Save'"]


def test_check_when_a_button_is_too_narrow_then_it_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    button = QPushButton("Make a checked backup", root)
    button.setFixedWidth(60)
    root.show()
    assert len(words.clipped(root)) == 1
    button.setFixedWidth(button.sizeHint().width())
    assert words.clipped(root) == []
