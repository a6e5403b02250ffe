"""A box that sets widgets in lines: lower ones stand in the middle of their line."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.forms.flow import FlowBox


class _Block(QWidget):
    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.setFixedSize(width, height)

    def sizeHint(self):  # type: ignore[no-untyped-def]
        return self.minimumSize()


def test_flow_when_widgets_differ_in_height_then_each_stands_in_the_middle_of_its_line(
    qtbot: QtBot,
) -> None:
    box = FlowBox(8)
    qtbot.addWidget(box)
    box.resize(200, 100)
    low, high, next_line = _Block(80, 20), _Block(80, 32), _Block(90, 20)
    box.show_widgets([low, high, next_line])
    assert (low.y(), high.y(), next_line.y()) == (6, 0, 40)
    assert low.geometry().center().y() == high.geometry().center().y()
    assert box.heightForWidth(200) == 60


def test_flow_when_a_widget_is_never_lower_than_it_must_be_then_nothing_of_it_is_cut(
    qtbot: QtBot,
) -> None:
    box = FlowBox(8)
    qtbot.addWidget(box)
    box.resize(200, 100)
    chip, line = _Block(80, 20), _Block(80, 26)
    chip.setFixedHeight(26)
    chip.sizeHint = lambda: QSize(80, 23)  # type: ignore[method-assign]
    box.show_widgets([chip, line])
    assert (chip.y(), chip.height(), line.y()) == (0, 26, 0)
    assert box.heightForWidth(200) == 26
