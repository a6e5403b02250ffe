"""Where I am: the pages of the window, with live counts, and a mark only where something needs me."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui import icons
from ui.theme import Theme
from ui.widgets.badge import Badge
from ui.widgets.text import Elided, Text

WIDTH: Final = 212


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its key, its name (a msgid) and its icon."""

    key: str
    label: str
    icon: str


class Mark(NamedTuple):
    """What stands beside a name: a number, and how urgent it is."""

    text: str
    level: str = "plain"


PLACES: Final = (
    Place("home", N_("Home"), "house"),
    Place("incident", N_("Incidents"), "siren"),
    Place("risk", N_("Risks"), "shield-alert"),
    Place("asset", N_("Data we hold"), "database"),
    Place("todo", N_("To do"), "list-checks"),
    Place("action", N_("Policy actions"), "landmark"),
    Place("plan", N_("Plan of the year"), "calendar-days"),
    Place("report", N_("Reports"), "file-text"),
)
MORE: Final = (
    Place("task", N_("Tasks"), "square-check"),
    Place("measure", N_("Measures"), "lock"),
    Place("activity", N_("Activities"), "calendar-check"),
    Place("processing", N_("Processing"), "workflow"),
    Place("transfer", N_("Transfers"), "arrow-left-right"),
    Place("evidence", N_("Evidence"), "paperclip"),
    Place("decision", N_("Decisions"), "gavel"),
    Place("notice", N_("Notices"), "send"),
    Place("own_rule", N_("Own rules"), "timer"),
    Place("party", N_("People"), "users"),
    Place("step", N_("Steps"), "circle-check"),
    Place("checks", N_("Checks"), "clipboard-check"),
    Place("history", N_("History"), "history"),
    Place("bin", N_("Bin"), "trash-2"),
    Place("check", N_("Check the history"), "shield-check"),
)


class NavigationItem(QPushButton):
    """One place."""

    def __init__(
        self, theme: Theme, place: Place, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(label.replace("&", "&&"), parent)
        self.setObjectName("navigationItem")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme = theme
        self._place = place
        self._label = label
        self.badge = Badge()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space("s"), 0)
        layout.addStretch(1)
        layout.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_here(False)
        self.show_mark(Mark(""))

    def show_here(self, is_here: bool) -> None:
        """Whether the window is at this place."""
        self.setChecked(is_here)
        icons.put(self, self._theme, self._place.icon, "accent" if is_here else "text", 18, gap=7)

    def show_mark(self, mark: Mark) -> None:
        """Show a number."""
        self.badge.show_number(mark.text, mark.level)
        self.setAccessibleName(f"{self._label}, {mark.text}" if mark.text else self._label)


class Navigation(QFrame):
    """The left side of the window.

    Args:
        theme: The look in force.
        t: The language.
    """

    wanted = Signal(str)
    """A place was chosen, by its key."""
    settings_wanted = Signal()

    def __init__(self, theme: Theme, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(t.gettext(N_("Pages")))
        self.setFixedWidth(WIDTH)
        self._is_unfolded = False
        self._theme = theme
        self._t = t
        self.items: dict[str, NavigationItem] = {}
        self._name = Text("", "strong", wraps=True)
        self._file = Elided("", "small", "muted")
        self._sample = Badge()
        self._more = self._item(Place("more", N_("More"), "ellipsis"))
        self._more.setCheckable(False)
        self._more.clicked.connect(lambda: self._unfold(not self._is_unfolded))
        self._folded: list[NavigationItem] = []
        self._lay_out()
        self._unfold(False)

    def show_register(self, organisation: str, file: str, sample: str) -> None:
        """Say whose register this is; `sample` is the mark of a sample, empty for a real one."""
        self._name.setText(organisation)
        self._file.setText(file)
        self._sample.show_number(sample, "moderate")

    def show_place(self, key: str) -> None:
        """Mark where the window is."""
        for each, item in self.items.items():
            item.show_here(each == key)
        if key in {place.key for place in MORE}:
            self._unfold(True)
        if key in self.items:
            QTimer.singleShot(0, self.items[key], lambda: self._show_item(self.items[key]))

    def _show_item(self, item: NavigationItem) -> None:
        """Scroll to a place, once those that were unfolded have theirs."""
        self._area.ensureWidgetVisible(item)

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show the counts."""
        for key, mark in marks.items():
            self.items[key].show_mark(mark)

    def _lay_out(self) -> None:
        theme = self._theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            theme.space("m"), theme.space("l"), theme.space("m"), theme.space("m")
        )
        layout.setSpacing(2)
        layout.addLayout(self._head())
        layout.addSpacing(theme.space("m"))
        layout.addWidget(self._places(), 1)
        line = QFrame()
        line.setObjectName("line")
        layout.addWidget(line)
        settings = self._item(Place("settings", N_("Settings"), "settings"))
        settings.setCheckable(False)
        settings.clicked.connect(lambda _checked=False: self.settings_wanted.emit())
        layout.addWidget(settings)
        self.settings = settings

    def _places(self) -> QScrollArea:
        """The pages, which a low screen scrolls when all are unfolded."""
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for place in PLACES:
            layout.addWidget(self._add(place))
        layout.addWidget(self._more)
        for place in MORE:
            item = self._add(place)
            self._folded.append(item)
            layout.addWidget(item)
        layout.addStretch(1)
        area = QScrollArea()
        area.setObjectName("navigationPlaces")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self._area = area
        return area

    def _head(self) -> QHBoxLayout:
        logo = QFrame()
        logo.setObjectName("logo")
        logo.setFixedSize(30, 30)
        inner = QHBoxLayout(logo)
        inner.setContentsMargins(0, 0, 0, 0)
        mark = QLabel()
        icons.put(mark, self._theme, "shield-check", "on_accent", 18)
        inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._file)
        words.addSpacing(3)
        words.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.setSpacing(self._theme.space("s"))
        head.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _add(self, place: Place) -> NavigationItem:
        item = self._item(place)
        item.clicked.connect(lambda _checked=False: self._on_item_clicked(place.key))
        self.items[place.key] = item
        return item

    def _on_item_clicked(self, key: str) -> None:
        self.items[key].setChecked(True)
        self.wanted.emit(key)

    def _item(self, place: Place) -> NavigationItem:
        return NavigationItem(self._theme, place, self._t.gettext(place.label))

    def _unfold(self, is_unfolded: bool) -> None:
        self._is_unfolded = is_unfolded
        for item in self._folded:
            item.setVisible(is_unfolded)
        name = "chevron-down" if is_unfolded else "ellipsis"
        icons.put(self._more, self._theme, name, "text", 18, gap=7)


def all_places() -> tuple[Place, ...]:
    """Every place, those under More last."""
    return (*PLACES, *MORE)
