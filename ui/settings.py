"""What the window remembers on this computer: language, look, widths, the last registers. Never anything of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from riskreg.i18n import LANGUAGES, Language
from ui.theme import WISHES, Wish

_RECENT: Final = 8


class Settings:
    """Typed preferences over a store of keys and values.

    Args:
        store: Where they are kept; an `.ini` file in tests.
    """

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def language(self) -> Language | None:
        """The language that was chosen; None: as the register or the system says."""
        found = self._text("language")
        return found if found in LANGUAGES else None

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language)

    @property
    def theme(self) -> Wish:
        """The look that was chosen."""
        found = self._text("theme")
        return found if found in WISHES else "system"

    @theme.setter
    def theme(self, wish: Wish) -> None:
        self._store.setValue("theme", wish)

    @property
    def working_name(self) -> str:
        """The name the person gave; it goes into the journal beside the account, unverified."""
        return self._text("working_name")

    @working_name.setter
    def working_name(self, name: str) -> None:
        self._store.setValue("working_name", name)

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at first."""
        found = self._store.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The registers opened last, newest first."""
        return tuple(Path(line) for line in self._text("recent").splitlines() if line)

    def add_recent(self, path: Path) -> None:
        """Remember a register that was opened."""
        paths = [path, *(other for other in self.recent if other != path)][:_RECENT]
        self._store.setValue("recent", "\n".join(map(str, paths)))

    def columns(self, kind: str) -> tuple[str, ...]:
        """The columns chosen for a kind; empty: the usual ones."""
        return tuple(filter(None, self._text(f"columns/{kind}").split(",")))

    def set_columns(self, kind: str, columns: tuple[str, ...]) -> None:
        """Remember the columns of a kind."""
        self._store.setValue(f"columns/{kind}", ",".join(columns))

    def width(self, kind: str, column: str, usual: int) -> int:
        """The width of a column in pixels."""
        found = self._text(f"widths/{kind}.{column}")
        return int(found) if found.isdigit() else usual

    def set_width(self, kind: str, column: str, width: int) -> None:
        """Remember the width of a column."""
        self._store.setValue(f"widths/{kind}.{column}", str(width))

    def _text(self, key: str) -> str:
        found = self._store.value(key, "")
        return found if isinstance(found, str) else ""
