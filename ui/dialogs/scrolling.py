"""What a dialog holds scrolls where the screen is small; its buttons stay in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.assessing.asking_page import dress
from ui.dialogs.sheet import Sheet


def scrolled(sheet: Sheet) -> QWidget:
    """Put what is added to the body of a dialog from now on into an area that scrolls; the widget inside it."""
    content = QWidget()
    inner = QVBoxLayout(content)
    inner.setContentsMargins(0, 0, sheet.context.theme.space("s"), 0)
    inner.setSpacing(sheet.context.theme.space("s"))
    area = QScrollArea()
    dress(area, content)
    sheet.body.addWidget(area, 1)
    sheet.body = inner
    return content
