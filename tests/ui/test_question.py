"""Questions over the window: what they say, which button does what, and that nothing of them is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.question import Answer, Question

WAYS = (
    Answer("move", "Move the register to another folder…"),
    Answer("copy", "Save a copy somewhere else…"),
    Answer("folder", "Show the folder of it"),
)


def asked(qtbot: QtBot, *said: str, answers: tuple[Answer, ...] = WAYS) -> Question:
    made = Question("Title", said)
    qtbot.addWidget(made)
    made.offer(answers, "Close")
    made.show()
    return made


def test_question_with_long_buttons_and_texts_cuts_none(qtbot: QtBot) -> None:
    made = asked(
        qtbot, "Not saved", "What you typed. " * 40, "\n".join(f"R-{n}" for n in range(20))
    )
    assert all(button.width() >= button.sizeHint().width() for button in made.buttons)
    labels = made.findChildren(QLabel)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)


def test_question_answered_by_enter_takes_the_first_answer(qtbot: QtBot) -> None:
    made = asked(qtbot, "Not saved")
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert (made.answer, made.result()) == ("move", Question.DialogCode.Accepted)


@pytest.mark.parametrize("answers", [WAYS, ()])
def test_question_left_by_escape_answers_nothing(qtbot: QtBot, answers: tuple[Answer, ...]) -> None:
    made = asked(qtbot, "Not saved", answers=answers)
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert (made.answer, made.result()) == ("", Question.DialogCode.Rejected)


def test_question_shows_what_a_record_holds_as_it_is(qtbot: QtBot) -> None:
    made = asked(qtbot, "<b>Not</b> saved", "", "R-1 <img src=x>")
    formats = {label.textFormat() for label in made.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert made.said == ("<b>Not</b> saved", "R-1 <img src=x>")


def test_question_for_a_line_when_typed_into_has_its_label_and_the_focus(qtbot: QtBot) -> None:
    made = Question("Save this view", ("Save this view", "What shall it be called?"))
    qtbot.addWidget(made)
    line = made.ask_line("Before")
    made.offer((Answer("taken", "OK"),), "Cancel")
    made.show()
    qtbot.keyClicks(line, "After")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (made.answer, line.text()) == ("taken", "After")
    assert [label.text() for label in made.findChildren(QLabel) if label.buddy() is line] == [
        "What shall it be called?"
    ]
