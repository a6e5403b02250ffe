"""What a notice says now, item by item: what is missing stands out, each answer can be copied."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import translator
from riskreg.notices import Item, Written, lack_words, missing
from ui.context import Context
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.text import Text

_CAN_ENTER: Final = ("incident", "organisation", "assessment")
"""Kinds whose fields can be gone to from here."""


class LackCard(Card):
    """What the notice demands and the record lacks, with the way to each field.

    Args:
        context: What the window shares.
        written: What the notice says now.
    """

    enter_wanted = Signal(str)
    """Go to this field: `kind.key`, of the incident only its key."""

    def __init__(self, context: Context, written: Written) -> None:
        gettext = context.t.gettext
        super().__init__(context.theme, gettext(N_("What this notice needs and the record lacks")))
        self.body.setSpacing(context.theme.space("xs"))
        self.links = []
        t = translator(written.prepared.language)
        for item in missing(written.prepared):
            row = QHBoxLayout()
            row.setSpacing(context.theme.space("m"))
            row.addWidget(Text(item.label, wraps=True), 1)
            if item.lacks:
                row.addWidget(Text(listed(item.lacks, t), "small", "high", wraps=True))
            else:
                row.addWidget(Text(lack_words(item, t), "small", "high"))
            source = next((each for each in item.sources if field_of(each)[0] in _CAN_ENTER), "")
            if source:
                enter = buttons.link(
                    context.theme, gettext(N_("Enter it")), partial(self.enter_wanted.emit, source)
                )
                enter.setAccessibleName(f"{gettext(N_('Enter it'))}: {item.label}")
                self.links.append(enter)
                row.addWidget(enter)
            self.body.addLayout(row)


class Preview(QFrame):
    """The words of a paper.

    Args:
        context: What the window shares.
        written: What it says.
    """

    def __init__(self, context: Context, written: Written) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        theme = context.theme
        layout = QVBoxLayout(self)
        edge = theme.space("l")
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(theme.space("s"))
        layout.addLayout(self._head(written))
        pattern = translator(written.prepared.language).gettext(N_("{field}: {value}"))
        for label, said in written.facts:
            fact = pattern.format(field=label, value=said)
            layout.addWidget(Text(fact, "small", "muted", wraps=True))
        for paragraph in written.before:
            layout.addWidget(Text(paragraph, wraps=True))
        part = ""
        for block, item in zip(written.blocks, _items(written), strict=True):
            if block.part != part:
                part = block.part
                layout.addSpacing(theme.space("s"))
                layout.addWidget(Text(part, "strong", "accent", wraps=True))
            layout.addWidget(self._block(block.heading, block.text, block.lack, item))
        for paragraph in written.after:
            layout.addWidget(Text(paragraph, wraps=True))

    def _head(self, written: Written) -> QHBoxLayout:
        gettext = self._context.t.gettext
        head = QHBoxLayout()
        head.addWidget(Text(written.title, "section", wraps=True), 1)
        self.copy_all = buttons.link(
            self._context.theme, gettext(N_("Copy all")), partial(self._copy, written.text)
        )
        head.addWidget(self.copy_all, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _block(self, heading: str, text: str, lack: str, item: Item | None) -> QWidget:
        """One item: its question, its answer, what is missing, and a button that copies the answer."""
        gettext, theme = self._context.t.gettext, self._context.theme
        frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(heading, "small", "muted", wraps=True))
        if text:
            words.addWidget(Text(text, wraps=True))
        if lack:
            words.addWidget(Text(lack, "body", "high", wraps=True))
        row.addLayout(words, 1)
        if text and item is not None:
            copy = buttons.link(theme, gettext(N_("Copy")), partial(self._copy, text))
            copy.setAccessibleName(f"{gettext(N_('Copy'))}: {heading}")
            row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._context.events.said.emit(self._context.t.gettext(N_("Copied.")))


def _items(written: Written) -> list[Item | None]:
    """The item of each block; a script has steps of its own."""
    items = written.prepared.items
    return list(items) if len(items) == len(written.blocks) else [None] * len(written.blocks)


def field_of(source: str) -> tuple[str, str]:
    """Kind and key of a field; one that names no kind is of the incident."""
    kind, dot, key = source.partition(".")
    return (kind, key) if dot else ("incident", kind)
