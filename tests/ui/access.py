"""What a person without a mouse or without sight meets in a widget: names, buddies, order, a visible focus, cells that speak."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.ui.words import columns_of
from ui.widgets.reading import stops

_FIELDS: Final = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox)
_SAYS_ITSELF: Final = 12
"""Rows of a list that are listened to."""
_MOST: Final = 300
"""Times the Tab key is pressed on a page."""


class Tabbed(NamedTuple):
    """Where the Tab key stops, from the first stop of the window on, and where it stays."""

    stops: list[QWidget]
    traps: list[str]


def nameless(root: QWidget, _tabbed: Tabbed | None = None) -> list[str]:
    """Controls for which a screen reader finds no name."""
    return [_where(each) for each in _controls(root) if not _spoken(each)]


def roleless(root: QWidget, _tabbed: Tabbed | None = None) -> list[str]:
    """Controls of which a screen reader cannot say what they are."""
    dull = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
    return [
        _where(each)
        for each in _controls(root)
        if (heard := QAccessible.queryAccessibleInterface(each)) is None or heard.role() in dull
    ]


def unbuddied(root: QWidget, _tabbed: Tabbed | None = None) -> list[str]:
    """Labels that name a field and do not lead to it."""
    fields = {each.accessibleName(): each for each in _controls(root) if isinstance(each, _FIELDS)}
    return [
        f"{each.text()!r} of {_where(fields[each.text()])}"
        for each in _visible(root)
        if isinstance(each, QLabel)
        and each.text() in fields
        and each.parentWidget() is fields[each.text()].parentWidget()
        and each.buddy() is None
    ]


def out_of_reach(root: QWidget, tabbed: Tabbed | None = None) -> list[str]:
    """Controls that the Tab key never comes to, and no arrow key either."""
    stops = set((tabbed or tab_through(root)).stops)
    stops |= {view for stop in stops if (view := _view_of(stop))}
    return [
        f"{_where(each)} {_spoken(each)!r}"
        for each in _controls(root)
        if each.isEnabled() and each not in stops and not _is_reached_otherwise(each)
    ]


def traps(root: QWidget, tabbed: Tabbed | None = None) -> list[str]:
    """Where the Tab key stays."""
    return (tabbed or tab_through(root)).traps


def out_of_order(root: QWidget, tabbed: Tabbed | None = None) -> list[str]:
    """Neighbours in the order of Tab that a reader meets the other way round."""
    return [
        f"{_where(after)} {_spoken(after)!r} comes after {_where(before)} {_spoken(before)!r}"
        for before, after in pairwise((tabbed or tab_through(root)).stops)
        if _reads_before(after, before)
    ]


def unseen_focus(root: QWidget, tabbed: Tabbed | None = None) -> list[str]:
    """Controls that look the same with and without the focus; one of each look is tried."""
    found = []
    for each in (tabbed or tab_through(root)).stops:
        look = (
            type(each).__name__,
            each.objectName(),
            each.property("look"),
            type(each.parentWidget()).__name__,
        )
        if (
            look in _TRIED or each.isWindow()
        ):  # a menu shows its line, a window that waits has nothing to show
            continue
        each.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if not each.hasFocus() or each.visibleRegion().isEmpty():
            continue
        _TRIED.add(look)
        room = QRect(each.mapTo(root, QPoint(0, 0)), each.size()).adjusted(-4, -4, 4, 4)
        seen = root.grab(room).toImage()
        each.clearFocus()
        QApplication.processEvents()
        if seen == root.grab(room).toImage():
            found.append(_where(each))
    return found


def silent_cells(root: QWidget, _tabbed: Tabbed | None = None) -> list[str]:
    """Lists with a column that says nothing where it shows something, or without a heading for a column."""
    found = []
    for view in _visible(root):
        if not isinstance(view, QAbstractItemView) or isinstance(view, QHeaderView):
            continue
        model = view.model()
        if model is None or not model.rowCount() or columns_of(model) < 2:
            continue
        for column in range(columns_of(model)):
            if not str(model.headerData(column, Qt.Orientation.Horizontal) or "").strip():
                found.append(f"{_where(view)}: column {column} has no heading")
            for row in range(min(model.rowCount(), _SAYS_ITSELF)):
                index = model.index(row, column)
                shows = index.data(Qt.ItemDataRole.DecorationRole) is not None
                if shows and not (index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()):
                    found.append(f"{_where(view)}: a cell of column {column} says nothing")
                    break
    return found


def cut_off(root: QWidget, _tabbed: Tabbed | None = None) -> list[str]:
    """Controls outside the window that no scroll bar brings in."""
    return [
        f"{_where(each)} {_spoken(each)!r} at {room}"
        for each in _controls(root)
        if not _scrolls(each)
        and (room := QRect(each.mapTo(root, QPoint(0, 0)), each.size()))
        and not root.rect().contains(room)
    ]


CHECKS: Final[Mapping[str, Callable[[QWidget, Tabbed | None], list[str]]]] = {
    "name": nameless,
    "role": roleless,
    "buddy": unbuddied,
    "reach": out_of_reach,
    "trap": traps,
    "order": out_of_order,
    "focus": unseen_focus,
    "cells": silent_cells,
    "room": cut_off,
}
"""By what they look for."""

_TRIED: Final[set[tuple[object, ...]]] = set()


def _visible(root: QWidget) -> Iterator[QWidget]:
    for each in root.findChildren(QWidget):
        if each.isVisibleTo(root) and not each.isWindow():
            yield each


def _controls(root: QWidget) -> Iterator[QWidget]:
    """What a person acts on; not the parts that Qt makes them of."""
    kinds = (QAbstractButton, *_FIELDS, QAbstractItemView, QTabBar)
    for each in _visible(root):
        if not isinstance(each, kinds) or isinstance(each, QHeaderView):
            continue
        if each.objectName().startswith("qt_") or type(each) is QAbstractButton:
            continue
        if _is_part(each):
            continue
        yield each


def _is_part(each: QWidget) -> bool:
    parent = each.parentWidget()
    while parent is not None:
        if isinstance(
            parent, QLineEdit | QComboBox | QAbstractSpinBox | QTabBar | QMenuBar | QMenu
        ):
            return True
        parent = parent.parentWidget()
    return False


def _spoken(each: QWidget) -> str:
    heard = QAccessible.queryAccessibleInterface(each)
    return heard.text(QAccessible.Text.Name) if heard is not None else ""


def _view_of(each: QWidget) -> QAbstractItemView | None:
    """The list in one of whose cells the focus is."""
    parent = each.parentWidget()
    above = parent.parentWidget() if parent is not None else None
    return above if isinstance(above, QAbstractItemView) else None


def _is_reached_otherwise(each: QWidget) -> bool:
    """Arrow keys go through buttons of which one is chosen, Delete takes a chip away, a proxy stands for its owner."""
    if each.objectName() == "chipCross":
        return True
    if isinstance(each, QAbstractButton) and (each.autoExclusive() or each.group() is not None):
        return True
    return each.focusProxy() is not None


def tab_through(root: QWidget) -> Tabbed:
    """Press Tab from the window on, until it comes round."""
    traps: list[str] = []
    return Tabbed(list(_tab(root, traps)), traps)


def _tab(root: QWidget, traps: list[str]) -> Iterator[QWidget]:
    """Press Tab; where it stays, note it and stop."""
    window = root.window()
    window.activateWindow()
    QApplication.processEvents()
    window.setFocus()
    seen: list[QWidget] = []
    for _ in range(_MOST):
        before = QApplication.focusWidget() or window
        place = _place_in(before)
        QTest.keyClick(before, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is before and at is not window:
            if _walks_on(at, place):
                continue
            if len(list(stops(window))) > 1:
                traps.append(f"{_where(at)} {_spoken(at)!r}")
            break
        if at is None or at in seen:
            break
        seen.append(at)
        if root.isAncestorOf(at) and not _is_part(at):
            yield at


def _place_in(each: QWidget) -> tuple[int, int] | None:
    """The cell that is current, where Tab goes from cell to cell."""
    if isinstance(each, QAbstractItemView):
        return each.currentIndex().row(), each.currentIndex().column()
    return None


def _walks_on(each: QWidget, before: tuple[int, int] | None) -> bool:
    return before is not None and _place_in(each) != before


def _reads_before(one: QWidget, other: QWidget) -> bool:
    """Whether the parts in which two widgets part ways are read in this order: from the top, then from the left."""
    first, second = _parted(one, other)
    if first is None or second is None:
        return False
    slack = 4
    is_beside = first.top() < second.bottom() - slack and second.top() < first.bottom() - slack
    if is_beside:
        return first.right() <= second.left() + slack
    is_right_of = first.left() >= second.right() - slack
    return first.bottom() <= second.top() + slack and not is_right_of


def _parted(one: QWidget, other: QWidget) -> tuple[QRect | None, QRect | None]:
    """The rectangles, in their nearest common parent, of the parts that hold each."""
    parent = one.parentWidget()
    while parent is not None and not parent.isAncestorOf(other):
        parent = parent.parentWidget()
    if parent is None:
        return None, None
    return _part(one, parent), _part(other, parent)


def _part(each: QWidget, parent: QWidget) -> QRect | None:
    while each.parentWidget() is not parent:
        above = each.parentWidget()
        if above is None:
            return None
        each = above
    return each.geometry()


def _scrolls(each: QWidget) -> bool:
    parent = each.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _where(each: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = each
    while at is not None and len(names) < 3:
        if type(at).__module__.startswith("ui.") or at is each:
            names.append(f"{type(at).__name__}{'#' + at.objectName() if at.objectName() else ''}")
        at = at.parentWidget()
    return " < ".join(names)
