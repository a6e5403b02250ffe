"""One page of an assessment: what it is about and its questions, scrolled where there are many."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.assessing.answers import Answers
from ui.assessing.asked import Page
from ui.assessing.question_box import QuestionBox
from ui.forms.kit import Kit
from ui.widgets.scrolling import dress
from ui.widgets.text import Text


class AskingPage(QScrollArea):
    """The questions of one page.

    Args:
        kit: What editors need.
        page: What is asked.
        answers: Where answers go.
    """

    def __init__(self, kit: Kit, page: Page, answers: Answers) -> None:
        super().__init__()
        self.page = page
        self.boxes = {each.key: QuestionBox(kit, each, answers) for each in page.questions}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, kit.theme.space("m"), 0)
        column.setSpacing(kit.theme.space("s"))
        column.addWidget(Text(page.title, "section"))
        column.addWidget(Text(page.lead, "body", "muted", wraps=True))
        column.addSpacing(kit.theme.space("s"))
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        dress(self, inner)

    def take_focus(self, key: str = "") -> None:
        """Go to a question; without one, to the first of the page."""
        box = self.boxes[key or next(iter(self.boxes))]
        box.take_focus()
        if key:
            self.ensureWidgetVisible(box, 0, 24)
        else:
            self.verticalScrollBar().setValue(0)
