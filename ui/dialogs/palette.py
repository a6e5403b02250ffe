"""Ctrl+K: go to anything by a few letters. Records, commands, pages, saved views and settings in one list, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_, Expected
from riskreg.formats import link_name
from riskreg.fuzzy import score
from riskreg.i18n import Translator
from riskreg.records import KINDS, REGISTER_KINDS
from riskreg.views import Name, Reader, View
from ui import icons
from ui.context import Context
from ui.jobs import Job
from ui.pages.page import SearchField
from ui.theme import Theme
from ui.titles import named
from ui.widgets.text import Text

_WIDTH: Final = 600
_LINES: Final = 11
_ROW: Final = 36
_TYPING_MS: Final = 60
_MOST_RECORDS: Final = 25
_MOST_OTHERS: Final = 60
_RECORDS_AFTER: Final = 60
"""Records stand after what begins with what was typed, and before what holds its letters somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to go to.

    Attributes:
        words: What it is called, translated.
        sort: What it is: a command, a page, a record.
        icon: A name of `resources/icons`.
        keys: Its keys as the platform writes them.
        run: Goes there.
        also: Other words by which it is found.
    """

    words: str
    sort: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    also: str = ""


class Palette(QDialog):
    """One field and what fits it.

    Args:
        context: What the window shares.
        entries: Everything but records.
        search: Searches everything for words.
    """

    def __init__(
        self,
        context: Context,
        entries: Sequence[Entry],
        search: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        t = context.t
        self.setObjectName("palette")
        self.setWindowTitle(t.gettext(N_("Go to anything")))
        self._context = context
        self._entries = entries
        self._search = search
        self._records: tuple[Entry, ...] = ()
        self._job: Job | None = None
        self._is_waiting = False
        hint = t.gettext(N_("A record, a command, a page, a setting"))
        self.line = SearchField(context, hint, _WIDTH)
        self.list = _List()
        self.list.setAccessibleName(t.gettext(N_("What fits")))
        self.found = _Found(context.theme)
        self.list.setModel(self.found)
        self.list.setItemDelegate(_EntryDelegate(context.theme, self.list))
        self.nothing = Text(t.gettext(N_("Nothing fits.")), "small", "muted")
        self.nothing.setContentsMargins(context.theme.space("m"), 0, 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self.line.textChanged.connect(self._on_text_changed)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self.run())
        self._show()

    def run(self) -> None:
        """Go to what is marked; where nothing is there yet, to the first answer."""
        row = self.list.currentIndex().row()
        if row < 0:
            self._is_waiting = self.is_asking
            return
        entry = self.found.entry(row)
        self.close()
        entry.run()

    @property
    def is_asking(self) -> bool:
        """Records that fit what was typed are still to come."""
        return self._pause.isActive() or (self._job is not None and not self._job.is_finished)

    def words(self) -> list[str]:
        """What is offered, from top to bottom."""
        return [self.found.entry(row).words for row in range(self.found.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk through the list while the field keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _LINES, Qt.Key.Key_PageUp: -_LINES
        }  # fmt: skip
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
            return True
        return False

    def _step(self, by: int) -> None:
        """A line up from the first leads to the last, where the whole search waits; a page stops at the ends."""
        last = self.found.rowCount() - 1
        if last >= 0:
            row = self.list.currentIndex().row() + by
            row = row % (last + 1) if abs(by) == 1 else max(0, min(last, row))
            self.list.setCurrentIndex(self.found.index(row))

    # what fits

    def _on_text_changed(self) -> None:
        """What was found for other words is no answer to these."""
        self._records, self._is_waiting = (), False
        if self._job is not None:
            self._job.drop()
        self._show()
        self._pause.start()

    def _ask(self) -> None:
        words, t = self.line.text().strip(), self._context.t
        if not words:
            return
        self._job = self._context.ask(
            lambda reader: _records(reader, words, t.language), self._on_answered
        )

    def _on_answered(self, found: list[tuple[int, Name]]) -> None:
        t = self._context.t
        self._records = tuple(self._record(id, name, t) for id, name in found)
        self._show()
        if self._is_waiting:
            self.run()

    def _record(self, id: int, name: Name, t: Translator) -> Entry:
        return Entry(
            words=link_name(name, t),
            sort=t.kind_name(name.kind, plural=False),
            icon=KINDS[name.kind].icon,
            run=lambda: self._context.events.open_record.emit(id),
        )

    def _show(self) -> None:
        words = self.line.text().strip()
        ranked = sorted(
            ((_fit(words, each), each) for each in self._entries), key=lambda pair: -pair[0]
        )
        fitting = [(fit, each) for fit, each in ranked if fit > 0][:_MOST_OTHERS]
        first = [each for fit, each in fitting if fit > _RECORDS_AFTER]
        rest = [each for fit, each in fitting if fit <= _RECORDS_AFTER]
        found = [*first, *self._records, *rest, *self._search_entry(words)]
        self.found.show_entries(found)
        self.list.setCurrentIndex(self.found.index(0))
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def _search_entry(self, words: str) -> list[Entry]:
        """The whole list of what holds these words."""
        if not words:
            return []
        t = self._context.t
        said = t.gettext(N_("Search everything for “{words}”")).format(words=words)
        entry = Entry(words=said, sort="", icon="search", run=lambda: self._search(words))
        return [entry]

    def _lay_out(self) -> None:
        theme = self._context.theme
        edge = theme.space("m")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        self.list.setFocusProxy(self.line)  # its arrow keys walk through the list
        self.list.setFixedHeight(_LINES * _ROW)
        self.setFixedWidth(_WIDTH + 2 * edge)


def plain_words(action: QAction) -> str:
    """What a command is called, without the dots of what asks something first."""
    return action.text().replace("&&", "&").rstrip("…⋯")


def keys_of(action: QAction) -> str:
    """The keys of a command as the platform writes them."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def command_entries(context: Context, but: Collection[str] = ()) -> list[Entry]:
    """Every command that can be carried out now, from the one table of commands; those in `but` stand elsewhere."""
    sort = context.t.gettext(N_("Command"))
    return [
        Entry(
            words=plain_words(action),
            sort=sort,
            icon=command.icon or "chevron-right",
            keys=keys_of(action),
            run=action.trigger,
            also=command.label,
        )
        for command, action in context.actions
        if action.isEnabled() and command.key not in ("palette", *but)
    ]


def _fit(words: str, entry: Entry) -> int:
    return max(score(words, entry.words), score(words, entry.also) - 1)


def _records(reader: Reader, words: str, language: str) -> list[tuple[int, Name]]:
    """The record with that ref first, then those that hold the words, the newest change first."""
    kinds = tuple(REGISTER_KINDS)
    view = View(kinds=kinds, sort=(("updated_at", True),), words=words)
    ids = dict.fromkeys((*_by_ref(reader, words), *reader.ids(view)[:_MOST_RECORDS]))
    names = named(reader.names(ids), language)
    found = [(id, names[id]) for id in ids if id in names and names[id].kind in kinds]
    return sorted(found, key=lambda pair: _rank(words, pair[1]))


def _rank(words: str, name: Name) -> int:
    return -max(score(words, name.ref), score(words, name.title))


def _by_ref(reader: Reader, words: str) -> Iterable[int]:
    try:
        return (reader.find(words),)
    except Expected:
        return ()


_ENTRY: Final = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class _Found(QAbstractListModel):
    """What fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        return self._entries[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (entry.words, entry.sort, entry.keys)))
            case int() if role == _ENTRY:
                return entry
            case _:
                return None


class _List(QListView):
    """Takes no focus: the field keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)


class _EntryDelegate(QStyledItemDelegate):
    """Icon and words at the left, what it is and its keys at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry, theme, room = index.data(_ENTRY), self._theme, QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, theme.color("selection"))
        gap = theme.space("m")
        picture = icons.pixmap(theme, entry.icon, "muted", 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(room.left() + gap, room.center().y() - 7, picture)
        room.adjust(2 * gap + 16, 0, -gap, 0)
        room.setRight(room.right() - self._paint_end(painter, room, entry) - gap)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(
            entry.words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()

    def _paint_end(self, painter: QPainter, room: QRect, entry: Entry) -> int:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("muted"))
        words = entry.keys or entry.sort
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, words)
        return painter.fontMetrics().horizontalAdvance(words)
