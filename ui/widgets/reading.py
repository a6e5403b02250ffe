"""Tab goes the way one reads: from the top, then from the left, whatever was made first.

Qt's own order is that in which controls were made. Pages, sections and chips are made when they are wanted, so their controls would
all come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QWidget,
)

_WHOLE = (QLineEdit, QComboBox, QAbstractSpinBox, QTabBar, QMenuBar)
"""Controls whose parts are their own affair."""


def move_focus(window: QWidget, forth: bool) -> bool:
    """Give the focus to the next or previous control of a window; False where there is none."""
    found = list(stops(window))
    if not found:
        return False
    next = found[_next_place(found, window.focusWidget(), forth)]
    reason = Qt.FocusReason.TabFocusReason if forth else Qt.FocusReason.BacktabFocusReason
    next.setFocus(reason)
    _bring_in(next)
    return True


def _next_place(found: list[QWidget], at: QWidget | None, forth: bool) -> int:
    """Behind or before where the focus is; from a part of the window into it; round at the ends."""
    place = _place(found, at)
    if place is not None:
        return (place + (1 if forth else -1)) % len(found)
    inside = [place for place, stop in enumerate(found) if at is not None and at.isAncestorOf(stop)]
    ends = inside or range(len(found))
    return ends[0] if forth else ends[-1]


def stops(parent: QWidget) -> Iterator[QWidget]:
    """The controls in a widget at which Tab stops, in the order of reading."""
    for child in _in_order(parent):
        if _is_stop(child):
            yield child
        if isinstance(child, QScrollArea):
            if (inner := child.widget()) is not None:
                yield from stops(inner)
        elif not isinstance(child, (*_WHOLE, QAbstractScrollArea)):
            yield from stops(child)


def _in_order(parent: QWidget) -> list[QWidget]:
    """Visible children, row by row; what overlaps the first of a row by half its height stands in that row."""
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    children.sort(key=lambda child: child.y())
    rows: list[list[QWidget]] = []
    for child in children:
        if rows and _is_beside(rows[-1][0], child):
            rows[-1].append(child)
        else:
            rows.append([child])
    return [child for row in rows for child in sorted(row, key=lambda child: child.x())]


def _is_beside(first: QWidget, child: QWidget) -> bool:
    shared = min(first.geometry().bottom(), child.geometry().bottom()) - child.y() + 1
    return shared * 2 > min(first.height(), child.height())


def _is_stop(child: QWidget) -> bool:
    return bool(
        child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
    )


def _place(found: list[QWidget], at: QWidget | None) -> int | None:
    """Where the focus is among the stops: at one of them, or at a part of one, such as a cell's editor."""
    while at is not None:
        if at in found:
            return found.index(at)
        at = at.parentWidget()
    return None


def _bring_in(control: QWidget) -> None:
    """Scroll to a control that lies out of sight."""
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            QApplication.sendPostedEvents(parent)
            parent.ensureWidgetVisible(control, 0, 24)
        parent = parent.parentWidget()
