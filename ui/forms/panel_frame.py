"""What the record panel is made of, and where its parts stand; what they do is `panel`."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from ui.context import Context
from ui.forms.directory import RegisterDirectory
from ui.forms.drop_zone import DropZone, paths_of
from ui.forms.editor import INDENT
from ui.forms.file_card import FileCard
from ui.forms.form import Form
from ui.forms.head import LevelLine, RecordHead, SaveBar
from ui.forms.kit import Kit
from ui.forms.message import MessageBar
from ui.forms.missing import MissingList
from ui.forms.quick import QuickIncident
from ui.forms.score_card import ScoreCard
from ui.forms.story import Story
from ui.incident.case_part import CasePart

PARTS: Final = {
    "overview": N_("Overview"),
    "decision": N_("Decision"),
    "timeline": N_("Timeline"),
    "evidence": N_("Evidence"),
    "links": N_("Links"),
    "history": N_("History"),
}
"""What a record is shown in, one tab each."""
OF_INCIDENTS: Final = tuple(PARTS)
OF_ALL: Final = ("overview", "history")
_AROUND: Final = 48
"""Pixels that are shown above a field that is scrolled to."""


class PanelFrame(QFrame):
    """Head, title, level, message, next step, tabs, and beneath them a form, a story or the one question of a new incident."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._context = context
        self.head = RecordHead(context)
        self.level = LevelLine(context)
        self.missing = MissingList(context)
        self.message = MessageBar(context.theme)
        self.case = CasePart(context, self.kit, self)
        self.next_card = self.case.card
        self.file_card = FileCard(context)
        self.tabs = QTabBar()
        self.pages = QStackedWidget()
        self.quick = QuickIncident(context)
        self.story = Story(context)
        self.save_bar = SaveBar(context)
        self._form_areas: dict[Form, QScrollArea] = {}
        self.scores = ScoreCard(context)
        areas = {"history": _stacked(self.scores, self.story), **self.case.parts}
        self._areas = {key: _scrolled(widget) for key, widget in areas.items()}
        self._shown_form: Form | None = None
        self._titles: list[QWidget] = []
        self._title_slot = QVBoxLayout()
        self._arrange()
        words = context.t.gettext(N_("Drop the files here to attach them to this record"))
        self.drop_zone = DropZone(words, self)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files that come over the panel may be dropped anywhere on it."""
        if paths_of(event.mimeData()):
            self.drop_zone.cover()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def prepare(self) -> None:
        """Dress the parts while nobody waits for them: Qt would do it all at once when they are shown first."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()

    @property
    def is_quick(self) -> bool:
        """The one question of a new incident is shown."""
        return self.pages.currentWidget() is self.quick

    def put_form(self, form: Form) -> None:
        """Show a form with its title above."""
        if form not in self._form_areas:
            self._form_areas[form] = _scrolled(form)
            self.pages.addWidget(self._form_areas[form])
            self._titles.append(form.title_row)
            self._title_slot.addWidget(form.title_row)
            form.wanted.connect(self._on_row_wanted)
        self._shown_form = form
        self._show_title(form.title_row)
        self._order_tabs(form)
        self._offer_parts(form.kind.kind)
        self.show_part("overview")

    def drop_form(self, form: Form) -> None:
        """Take a form away for good, once nobody is at work in it any more."""
        form.turns.stop()
        if self._shown_form is form:
            self._shown_form = None
        self._titles.remove(form.title_row)
        area = self._form_areas.pop(form)
        for part in (form.title_row, area):
            part.hide()
            part.deleteLater()

    def put_quick(self) -> None:
        """Ask the one question of a new incident."""
        self._show_title(None)
        self.pages.setCurrentWidget(self.quick)
        self.quick.reset()

    @property
    def part(self) -> str:
        """The part that is turned to: a key of `PARTS`."""
        return str(self.tabs.tabData(self.tabs.currentIndex()) or "overview")

    def turn_to(self, key: str) -> None:
        """Turn to a part, where the record has it."""
        for place in range(self.tabs.count()):
            if self.tabs.tabData(place) == key:
                self.tabs.setCurrentIndex(place)

    def show_part(self, key: str) -> None:
        """Show one of the parts."""
        if key in self._areas:
            self.pages.setCurrentWidget(self._areas[key])
        elif self._shown_form:
            self.pages.setCurrentWidget(self._form_areas[self._shown_form])

    def kit(self) -> Kit:
        """What editors need."""
        register = self._context.register
        return Kit(
            t=self._context.t,
            theme=self._context.theme,
            vocabulary=register.vocabulary,
            zone=register.organisation().zone,
            directory=RegisterDirectory(self._context),
        )

    def _offer_parts(self, kind: str) -> None:
        """The parts of a record of this kind; nothing is told while they are set."""
        wanted = OF_INCIDENTS if kind == "incident" else OF_ALL
        there = tuple(self.tabs.tabData(place) for place in range(self.tabs.count()))
        if there == wanted:
            return
        self.tabs.blockSignals(True)
        for _ in there:
            self.tabs.removeTab(0)
        for place, key in enumerate(wanted):
            self.tabs.addTab(self._context.t.gettext(PARTS[key]))
            self.tabs.setTabData(place, key)
        self.tabs.setObjectName("parts" if len(wanted) > len(OF_ALL) else "")
        self.tabs.style().unpolish(self.tabs)
        self.tabs.style().polish(self.tabs)
        self.tabs.blockSignals(False)

    def scroll_to_top(self) -> None:
        """Show the form from its start."""
        if self._shown_form:
            self._form_areas[self._shown_form].verticalScrollBar().setValue(0)

    def _show_title(self, shown: QWidget | None) -> None:
        for title in self._titles:
            title.setVisible(title is shown)

    def _order_tabs(self, form: Form) -> None:
        """Let Tab follow what stands there; forms are made later than what stands around them."""
        stops = [
            self.head.last_stop,
            *form.title_row.editor.tab_stops(),
            self.level.why,
            self.missing.head,
            *(self.next_card.button, self.next_card.note, self.next_card.playbook),
            *(self.file_card.open, self.file_card.save, self.file_card.version),
            self.tabs,
        ]
        reached = [stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for first, second in pairwise(reached):
            QWidget.setTabOrder(first, second)
        form.stand_between(self.tabs, self.save_bar.discard)
        QWidget.setTabOrder(self.save_bar.discard, self.save_bar.save)

    def _on_row_wanted(self, row: QWidget) -> None:
        """Scroll to a row once a section that was just unfolded has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(row))

    def _scroll_to(self, row: QWidget) -> None:
        """Show a row near the top, with room beneath it for what is still being said about it."""
        form = self._shown_form
        if form is None or not form.isAncestorOf(row):
            return
        area = self._form_areas[form]
        bar = area.verticalScrollBar()
        top = row.mapTo(form, row.rect().topLeft()).y()
        shown = range(bar.value(), bar.value() + area.viewport().height() // 2)
        if top not in shown:
            bar.setValue(top - _AROUND)

    def _arrange(self) -> None:
        theme, gettext = self._context.theme, self._context.t.gettext
        self._offer_parts("")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(gettext(N_("Parts of the record")))
        for inset in (self.scores, self.story, self.quick, *self.case.parts.values()):
            inset.setContentsMargins(INDENT, 0, 0, 0)
        for page in (*self._areas.values(), self.quick):
            self.pages.addWidget(page)
        inner = QVBoxLayout()
        edge = theme.space("l") + 2
        inner.setContentsMargins(edge - INDENT, theme.space("m"), edge, 0)
        inner.setSpacing(theme.space("s"))
        inner.addLayout(_set_in(self.head))
        inner.addLayout(self._title_slot)
        self.case.line.stand_before(self.level, self.missing.head)
        inner.addLayout(_set_in(self.case.line))
        cards = (self.next_card, self.file_card)
        for part in (self.level.said, self.missing, self.message, *cards, self.tabs):
            inner.addLayout(_set_in(part))
        inner.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inner, 1)
        layout.addWidget(self.save_bar)


def _set_in(*widgets: QWidget) -> QHBoxLayout:
    """Widgets that start where the text of a framed field does; several stand as wide as they are."""
    row = QHBoxLayout()
    row.setContentsMargins(INDENT, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    if len(widgets) > 1:
        row.addStretch(1)
    return row


def _stacked(*widgets: QWidget) -> QWidget:
    """Widgets one below the other; the last one takes what is left."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return whole


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
