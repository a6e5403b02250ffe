"""Every command of the window in one table: it feeds the menus, the buttons, the keys and the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui import icons
from ui.theme import Theme

Menu: TypeAlias = Literal["file", "edit", "new", "view", "history", "help"]
Standard: TypeAlias = QKeySequence.StandardKey

MENUS: Final[dict[Menu, str]] = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "new": N_("&New"),
    "view": N_("&View"),
    "history": N_("H&istory"),
    "help": N_("&Help"),
}


_MENU_ROLES: Final = {
    "close": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
}
"""macOS keeps these in the menu of the program."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can tell the window to do.

    Attributes:
        key: How the program calls it.
        label: A msgid.
        menu: Where it stands.
        icon: A name of `resources/icons`.
        keys: The platform's own key, or a key as Qt writes it.
        writes: It changes the register, and is off where that is read-only.
        begins: A line stands above it in the menu.
    """

    key: str
    label: str
    menu: Menu
    icon: str = ""
    keys: Standard | str = ""
    writes: bool = False
    begins: bool = False


COMMANDS: Final = (
    Command("open", N_("Open a register…"), "file", "folder-open", Standard.Open),
    Command("import", N_("Import a spreadsheet…"), "file", "download", "Ctrl+Shift+I", writes=True, begins=True),
    Command("export", N_("Export to Excel…"), "file", "file-spreadsheet", "Ctrl+Shift+E"),
    Command("calendar", N_("Calendar file…"), "file", "calendar"),
    Command("report", N_("Print a report…"), "file", "printer", Standard.Print),
    Command("backup", N_("Back up now"), "file", "hard-drive-download", "Ctrl+Shift+B", begins=True),
    Command("backups", N_("Backups…"), "file", "archive-restore"),
    Command("copy_register", N_("Save a copy…"), "file", "copy"),
    Command("move_register", N_("Move the register…"), "file", "folder-open", writes=True),
    Command("rules", N_("Rules of notification…"), "file", "timer", begins=True),
    Command("settings", N_("Settings…"), "file", "settings", Standard.Preferences),
    Command("close", N_("Close"), "file", "x", Standard.Quit),
    Command("save", N_("Save"), "edit", "save", Standard.Save, writes=True),
    Command("undo", N_("Undo"), "edit", "undo-2", Standard.Undo, writes=True),
    Command("redo", N_("Redo"), "edit", "redo-2", Standard.Redo, writes=True),
    Command("copy", N_("Copy the chosen cells"), "edit", "copy", Standard.Copy, begins=True),
    Command("paste", N_("Paste over cells…"), "edit", "list-checks", Standard.Paste, writes=True),
    Command("edit_cell", N_("Edit the cell"), "edit", "pencil", "F2", writes=True),
    Command("edit_many", N_("Edit the chosen records…"), "edit", "pencil", "Ctrl+E", writes=True),
    Command("tie", N_("Tie to another record…"), "edit", "link", "Ctrl+T", writes=True, begins=True),
    Command("attach", N_("Attach a file…"), "edit", "paperclip", "Ctrl+Shift+A", writes=True),
    Command("duplicate", N_("Duplicate the record"), "edit", "copy", "Ctrl+D", writes=True),
    Command("hand_over", N_("Hand over…"), "edit", "users", writes=True),
    Command("delete", N_("Move to the bin"), "edit", "trash-2", Standard.Delete, writes=True),
    Command("palette", N_("Go to anything…"), "edit", "search", "Ctrl+K", begins=True),
    Command("find", N_("Search everything"), "edit", "search", "Ctrl+Shift+F"),
    Command("filter", N_("Filter this list"), "edit", "filter", Standard.Find),
    Command("add_filter", N_("Add a filter"), "edit", "filter", "Ctrl+Shift+L"),
    Command("new_incident", N_("New incident"), "new", "siren", Standard.New, writes=True),
    Command("new_entry", N_("New timeline entry"), "new", "list-plus", "Ctrl+Shift+N", writes=True),
    Command("new_risk", N_("New risk"), "new", "shield-alert", "Ctrl+Shift+R", writes=True),
    Command("new_asset", N_("New data asset"), "new", "database", "Ctrl+Shift+D", writes=True),
    Command("new_party", N_("New person or organisation"), "new", "users", "Ctrl+Shift+P", writes=True),
    Command("new_task", N_("New task"), "new", "square-check", "Ctrl+Shift+T", writes=True),
    Command("new_measure", N_("New measure"), "new", "lock", writes=True, begins=True),
    Command("new_activity", N_("New activity"), "new", "calendar-check", writes=True),
    Command("new_processing", N_("New processing activity"), "new", "workflow", writes=True),
    Command("new_transfer", N_("New transfer"), "new", "arrow-left-right", writes=True),
    Command("suggestions", N_("Suggested records…"), "new", "list", writes=True, begins=True),
    Command("views", N_("Choose a view"), "view", "layers", "Ctrl+L"),
    Command("save_view", N_("Save this view…"), "view", "save", "Ctrl+Shift+S", writes=True),
    Command("columns", N_("Columns…"), "view", "columns-3", "Ctrl+Shift+C"),
    Command("refresh", N_("Ask again"), "view", "refresh-cw", Standard.Refresh, begins=True),
    Command("compare_risks", N_("Compare the risks with last month"), "view", "shield-alert", begins=True),
    Command("theme", N_("Light or dark"), "view", "moon", begins=True),
    Command("language", N_("Language"), "view", "languages"),
    Command("history", N_("History"), "history", "history"),
    Command("verify", N_("Check the history"), "history", "shield-check"),
    Command("keys", N_("Keys…"), "help", "info", Standard.HelpContents),
)  # fmt: skip


OF_PAGES: Final = (
    "copy", "paste", "edit_cell", "edit_many", "add_filter", "views", "save_view", "columns",
)  # fmt: skip
"""Commands that the page in front carries out."""

LIST_KEYS: Final = (
    ("Return", N_("Open the record of the row")),
    ("Space", N_("Choose the cell")),
    ("Shift+Space", N_("Choose the whole row")),
    ("Ctrl+A", N_("Choose everything in the list")),
    ("Shift+Down", N_("Choose more rows")),
    ("Tab", N_("Save the cell and go to the next one")),
    ("Esc", N_("Leave the cell as it was")),
)
"""Keys of a list that are not commands of the window."""


class Actions(QObject):
    """The commands as Qt actions, by key.

    Args:
        t: The language of their words.
        theme: The look of their icons.
    """

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._wired: set[str] = set()
        self._made = {command.key: self._make(command) for command in COMMANDS}
        theme.changed.connect(self._on_theme_changed)

    def __getitem__(self, key: str) -> QAction:
        return self._made[key]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        """All commands in the order of the table."""
        return iter([(command, self._made[command.key]) for command in COMMANDS])

    def connect_to(self, key: str, call: Callable[[], object]) -> None:
        """Let a command do something."""
        self._wired.add(key)
        self._made[key].triggered.connect(lambda _checked=False: call())

    @property
    def idle(self) -> frozenset[str]:
        """Commands that nobody carries out."""
        return frozenset(self._made) - self._wired

    def reword(self, key: str, text: str) -> None:
        """Say more exactly what a command would do now, such as what would be undone."""
        self._made[key].setText(text.replace("&", "&&"))
        self._made[key].setToolTip("")

    def allow_writing(self, is_allowed: bool) -> None:
        """Switch what changes the register on or off."""
        for command, action in self:
            if command.writes:
                action.setEnabled(is_allowed)

    def hang_on(self, window: QWidget) -> None:
        """Let the keys of all commands work in a window."""
        window.addActions(list(self._made.values()))

    def _make(self, command: Command) -> QAction:
        action = QAction(self._t.gettext(command.label), self)
        action.setObjectName(command.key)
        action.setShortcut(_keys(command.keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_MENU_ROLES.get(command.key, QAction.MenuRole.NoRole))
        action.setIcon(icons.icon(self._theme, command.icon) if command.icon else QIcon())
        return action

    def _on_theme_changed(self) -> None:
        for command, action in self:
            if command.icon:
                action.setIcon(icons.icon(self._theme, command.icon))


def _keys(keys: Standard | str) -> QKeySequence:
    return QKeySequence(keys)
