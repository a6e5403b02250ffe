"""Every page and dialog without a mouse and without sight: names, buddies, order, focus, cells; and all of it in the smallest window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import access
from tests.ui.walking import walked


@pytest.mark.timeout(400)
@pytest.mark.parametrize("kind", list(access.CHECKS))
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_controls_when_every_page_and_dialog_is_open_then_nobody_is_shut_out(
    qapp: QApplication, kind: str
) -> None:
    found = list(dict.fromkeys(walked("en", listens=True).access[kind]))
    assert found == [], "\n" + "\n".join(found)


def a_form(qtbot: QtBot) -> tuple[QWidget, QLabel, QLineEdit, QPushButton]:
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    label, field, button = QLabel("Name"), QLineEdit(), QPushButton("Save")
    for each in (label, field, button):
        layout.addWidget(each)
    root.show()
    return root, label, field, button


def test_check_when_a_field_has_no_name_then_it_is_found(qtbot: QtBot) -> None:
    root, label, field, _ = a_form(qtbot)
    assert len(access.nameless(root)) == 1
    field.setAccessibleName("Name")
    assert access.nameless(root) == []
    assert len(access.unbuddied(root)) == 1
    label.setBuddy(field)
    assert access.unbuddied(root) == []


def test_check_when_tab_goes_backwards_then_it_is_found(qtbot: QtBot) -> None:
    root, _, _, button = a_form(qtbot)
    last = QLineEdit()
    layout = root.layout()
    assert layout is not None
    layout.addWidget(last)
    QApplication.processEvents()
    assert access.out_of_order(root) == []
    QWidget.setTabOrder(last, button)
    assert len(access.out_of_order(root)) == 1


def test_check_when_tab_never_comes_to_a_button_then_it_is_found(qtbot: QtBot) -> None:
    root, _, _, button = a_form(qtbot)
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert len(access.out_of_reach(root)) == 1


def test_check_when_the_focus_cannot_be_seen_then_it_is_found(qtbot: QtBot) -> None:
    root, _, field, button = a_form(qtbot)
    field.setObjectName("tried only here")
    button.setObjectName("tried only here too")
    button.setStyleSheet("QPushButton { background: white; border: 1px solid black; }")
    assert [each.split("#")[0] for each in access.unseen_focus(root)] == ["QPushButton"]


def test_check_when_a_button_lies_outside_then_it_is_found(qtbot: QtBot) -> None:
    root, _, _, button = a_form(qtbot)
    assert access.cut_off(root) == []
    button.move(root.width() - 5, button.y())
    assert len(access.cut_off(root)) == 1
