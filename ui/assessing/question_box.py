"""One question with its answers: what was chosen, what was chosen before, a note beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.records import Assessment, stored
from riskreg.records.fields import Value
from riskreg.records.values import Unfit
from ui.assessing.answers import Answers
from ui.assessing.asked import HARMS, Option, Question, is_answered, said
from ui.assessing.option import OptionRow
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.widgets import buttons
from ui.widgets.text import Text

_BESIDE = 3
"""So many answers with an explanation stand beside each other."""


class QuestionBox(QFrame):
    """A question.

    Args:
        kit: What editors need.
        question: What is asked.
        answers: Where the answer goes.
    """

    def __init__(self, kit: Kit, question: Question, answers: Answers) -> None:
        super().__init__()
        self.setObjectName("question")
        self.setAccessibleName(question.text)
        self.question = question
        self.options: tuple[OptionRow, ...] = ()
        self.figure: Editor | None = None
        self._kit = kit
        self._answers = answers
        gettext = kit.t.gettext
        self.before = buttons.link(kit.theme, "", lambda: answers.take_before(question.key))
        self.known = buttons.link(kit.theme, "", self._take_known)
        self.clear = buttons.link(kit.theme, gettext(N_("Leave open")), self._clear)
        self.clear.setAccessibleName(f"{gettext(N_('Leave open'))}: {question.text}")
        self.add_note = buttons.link(kit.theme, gettext(N_("Add a note")), self._on_note_wanted)
        self.add_note.setAccessibleName(f"{gettext(N_('Add a note'))}: {question.text}")
        self.note = QLineEdit()
        self.note.setAccessibleName(f"{gettext(N_('Note'))}: {question.text}")
        self.note.setPlaceholderText(gettext(N_("Note")))
        self.note.textEdited.connect(self._on_note_edited)
        self._lay_out()
        answers.changed.connect(self._on_answers_changed)
        self.show_answer()

    def show_answer(self) -> None:
        """Show what is answered now."""
        values = self._answers.values
        for row in self.options:
            row.show_chosen(self._is_chosen(row.option))
        self._show_figure(values.get(self.question.key))
        note = str(values.get(self.question.note) or "")
        if note != self.note.text().strip():
            self.note.setText(note)
        self._show_links()

    def is_sound(self) -> bool:
        """Whether a figure that was typed can be read."""
        try:
            if self.figure is not None:
                self.figure.value()
        except Unfit:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures choose an answer while one of them has the focus."""
        place = event.key() - Qt.Key.Key_1
        if self.options and 0 <= place < len(self.options):
            self.options[place].mark.setFocus()
            self.options[place].mark.click()
            return
        super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Go to what is chosen, else to the first answer."""
        if self.figure is not None:
            self.figure.controls()[0].setFocus()
            return
        chosen = next((row for row in self.options if row.mark.isChecked()), self.options[0])
        chosen.mark.setFocus()

    def _lay_out(self) -> None:
        theme, question = self._kit.theme, self.question
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space("m"))
        layout.setSpacing(theme.space("xs"))
        layout.addLayout(self._head())
        if question.help:
            layout.addWidget(Text(question.help, "small", "muted", wraps=True))
        layout.addLayout(self._links())
        if question.options:
            layout.addWidget(self._choices())
        else:
            self.figure = editor(stored(Assessment)[question.key], self._kit)
            self.figure.controls()[0].setAccessibleName(question.text)
            self.figure.setMaximumWidth(280)
            self.figure.changed.connect(self._on_figure_changed)
            layout.addWidget(self.figure)
        layout.addWidget(self.note)
        self.note.hide()

    def _head(self) -> QHBoxLayout:
        gettext, question = self._kit.t.gettext, self.question
        head = QHBoxLayout()
        head.setSpacing(self._kit.theme.space("m"))
        head.addWidget(Text(question.text, "strong", wraps=True), 1)
        if question.is_suggested:
            suggested = gettext(N_("suggested by the kinds of data"))
            head.addWidget(Text(suggested, "small", "accent"))
        if not question.is_verified:
            head.addWidget(Text(gettext(N_("wording not verified")), "small", "moderate"))
        for link in (self.add_note, self.clear):
            head.addWidget(link)
        return head

    def _links(self) -> QHBoxLayout:
        links = QHBoxLayout()
        links.setSpacing(self._kit.theme.space("m"))
        for link in (self.before, self.known):
            links.addWidget(link)
        links.addStretch(1)
        return links

    def _choices(self) -> QWidget:
        question, whole = self.question, QWidget()
        options = question.options
        if question.key == HARMS:
            none = Option(value=None, text=self._kit.t.gettext(N_("None can be foreseen")))
            options = (*options, none)
        beside = len(options) <= _BESIDE
        row = QHBoxLayout(whole) if beside else QVBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._kit.theme.space("xs"))
        made = []
        for option in options:
            each = OptionRow(self._kit.theme, self._kit.t, option, is_many=question.key == HARMS)
            each.pressed.connect(partial(self._on_pressed, each))
            row.addWidget(each, 1 if beside else 0)
            made.append(each)
        self.options = tuple(made)
        return whole

    def _show_links(self) -> None:
        question, answers, t = self.question, self._answers, self._kit.t
        is_open = not is_answered(question.key, answers.values)
        self.clear.setVisible(not is_open and bool(question.options))
        is_offered = answers.offers_before(question.key)
        self.before.setVisible(is_offered)
        if is_offered:
            told = said(question, answers.before, t) or self._figure_words(question.key)
            self._name(self.before, t.gettext(N_("As before: {answer}")).format(answer=told))
        known = answers.known.get(question.key)
        self.known.setVisible(is_open and known is not None)
        if known is not None:
            words = format_value(stored(Assessment)[question.key], known, t, self._kit.vocabulary)
            told = t.gettext(N_("From the incident: {answer}")).format(answer=words)
            self._name(self.known, told)
        has_note = bool(answers.values.get(question.note))
        is_noting = has_note or self.note.hasFocus()
        self.note.setVisible(bool(question.note) and is_noting)
        self.add_note.setVisible(bool(question.note) and not is_noting)

    def _name(self, link: QPushButton, words: str) -> None:
        link.setText(words.replace("&", "&&"))
        link.setAccessibleName(f"{words} ({self.question.text})")

    def _figure_words(self, key: str) -> str:
        kind = stored(Assessment)[key]
        return format_value(kind, self._answers.before.get(key), self._kit.t, self._kit.vocabulary)

    def _show_figure(self, value: Value) -> None:
        """Show a figure; text that cannot be read yet is no answer and stays as it is being typed."""
        if self.figure is None or not self.figure.differs(value):
            return
        if value is not None or not self.figure.typed():
            self.figure.set_value(value)

    def _is_chosen(self, option: Option) -> bool:
        values, key = self._answers.values, self.question.key
        if key != HARMS:
            return values.get(key) == option.value
        if option.value is None:
            return values.get("harm_foreseen") is False
        held = values.get(HARMS)
        return isinstance(held, frozenset) and option.value in held

    def _on_pressed(self, row: OptionRow) -> None:
        if self.question.key == HARMS:
            is_none = row.option.value is None and row.mark.isChecked()
            ticked = (each.option.value for each in self.options if each.mark.isChecked())
            self._answers.answer_harms(
                frozenset(each for each in ticked if isinstance(each, str)), is_none
            )
        else:
            self._answers.put(self.question.key, row.option.value)
        self.show_answer()

    def _on_figure_changed(self) -> None:
        assert self.figure is not None
        try:
            self._answers.put(self.question.key, self.figure.value())
        except Unfit:
            self._answers.put(self.question.key, None)

    def _on_note_wanted(self) -> None:
        self.note.show()
        self.note.setFocus()
        self.add_note.hide()

    def _on_note_edited(self, text: str) -> None:
        self._answers.put(self.question.note, text.strip())

    def _on_answers_changed(self, key: str) -> None:
        mine = {self.question.key, self.question.note}
        if key in mine or (self.question.key == HARMS and key == "harm_foreseen"):
            self.show_answer()

    def _take_known(self) -> None:
        self._answers.put(self.question.key, self._answers.known[self.question.key])

    def _clear(self) -> None:
        if self.question.key == HARMS:
            self._answers.answer_harms(frozenset(), is_none_foreseen=False)
        else:
            self._answers.put(self.question.key, None)
