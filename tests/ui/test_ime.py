"""Typing Chinese with an input method: what is composed arrives whole, and is saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui.desk import a_context, add
from ui.forms.chips import ChoicesEditor
from ui.forms.panel import RecordPanel
from ui.forms.text import ProseEditor


def compose(widget: QWidget, keys: str, text: str) -> None:
    """Type as an input method does: the keys stand there while composing, then the characters take their place."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(keys, []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QCoreApplication.sendEvent(widget, commit)


def test_form_when_chinese_is_composed_then_it_is_saved(qtbot: QtBot, opened: Register) -> None:
    id = add(opened, "incident", {"title": "x"})
    panel = RecordPanel(a_context(opened, "zh_Hant"))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_record(id)
    title = panel.form.title_row.editor
    assert isinstance(title, ProseEditor)
    title.text.selectAll()
    compose(title.text, "ngoi6 sit3", "資料外洩")
    line = panel.form.row("location").editor.controls()[0]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    compose(line, "jm", "旺角")
    assert panel.is_dirty
    panel.save()
    record = opened.record(id)
    assert (record.title, record.get("location")) == ("資料外洩", "旺角")


def test_chips_when_chinese_is_composed_then_the_list_is_filtered_by_it(
    qtbot: QtBot, opened: Register
) -> None:
    panel = RecordPanel(a_context(opened, "zh_Hant"))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_record(add(opened, "incident", {"title": "x"}))
    editor = panel.form.row("data_types").editor
    assert isinstance(editor, ChoicesEditor)
    editor.add_line.setFocus()
    compose(editor.add_line, "baat", "八達通")
    offered = [
        editor.add_line.model.item(row).text() for row in range(editor.add_line.model.rowCount())
    ]
    assert offered == ["八達通或電子支付帳號"]
    panel.save()
    assert opened.record(panel.record_id).get("data_types") == frozenset({"octopus_or_payment_id"})


def test_new_incident_when_composing_then_enter_of_the_input_method_does_not_save(
    qtbot: QtBot, opened: Register
) -> None:
    panel = RecordPanel(a_context(opened, "zh_Hant"))
    qtbot.addWidget(panel)
    panel.show()
    panel.new_record("incident")
    QCoreApplication.sendEvent(panel.quick.line, QInputMethodEvent("ngoi6", []))
    assert panel.record_id == 0
    compose(panel.quick.line, "ngoi6 sit3", "外洩")
    assert panel.quick.text() == "外洩"
    panel.quick.line.returnPressed.emit()
    assert opened.record(panel.record_id).title == "外洩"
