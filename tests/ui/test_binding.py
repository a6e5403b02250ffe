"""The binding must not eat Python's singletons (docs/decisions/0006)."""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("call", "answer"), [("update", None), ("isEnabled", True), ("isModal", False)]
)
def test_binding_when_called_often_then_no_reference_is_lost(
    qtbot: QtBot, call: str, answer: bool | None
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    bound = getattr(widget, call)
    assert bound() is answer
    gc.disable()
    try:
        before = sys.getrefcount(answer)
        for _ in range(1000):
            bound()
        lost = before - sys.getrefcount(answer)
    finally:
        gc.enable()
    assert lost < 100
