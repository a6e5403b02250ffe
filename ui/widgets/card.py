"""A card: one subject of a page under its name, with a link to more of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text


class Card(QFrame):
    """A frame with a title; what it holds goes into `body`.

    Args:
        theme: The look in force.
        title: Its name.
        link: The words of a link beside the title; none where empty.
        follow: What the link does.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        link: str = "",
        follow: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        edge = theme.space("l") + 2
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, theme.space("m"), edge, theme.space("m"))
        layout.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.addWidget(Text(title, "strong"), 1)
        if link:
            more = buttons.link(theme, link, follow)
            more.setAccessibleName(f"{title}: {link}")
            head.addWidget(more)
        layout.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        layout.addLayout(self.body, 1)
