"""Preferences of this computer and account, never of the register; and where its files belong.

One JSON file holds them. What a newer version wrote is kept, a value of the wrong kind counts as not
given, and a file that cannot be read is set aside and told, so that no preference ever stops the
program.
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

import platformdirs

from riskreg.errors import Expected

Theme: TypeAlias = Literal["system", "light", "dark", "contrast"]
Widths: TypeAlias = Mapping[str, Mapping[str, int]]
"""Pixels by table and column key."""


class Keeping(NamedTuple):
    """For how many days, weeks and months back a backup of each stays."""

    days: int
    weeks: int
    months: int


KeepingName: TypeAlias = Literal["few", "usual", "many"]
KEEPING: Final[Mapping[KeepingName, Keeping]] = MappingProxyType(
    {"few": Keeping(3, 2, 2), "usual": Keeping(7, 5, 12), "many": Keeping(14, 10, 36)}
)
"""How many backups stay, by what the user chose."""

RECENT_LIMIT: Final = 5
_APP: Final = "riskreg"
_LANGUAGES: Final = ("", "en", "zh_Hant", "zh_Hans")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this computer remembers for its user.

    Attributes:
        language: `en`, `zh_Hant` or `zh_Hans`; empty for the system's.
        theme: How the window looks; `system` follows the computer.
        working_as: The name that goes into the journal beside the account; not verified.
        backup_folder: Where verified backups go; empty for the account's data folder.
        backup_on_close: A backup is made when a register that changed is closed.
        keeping: How many of them stay: `few`, `usual` or `many`.
        keep_recent: Whether the registers opened last are remembered.
        recent: Their files, newest first.
        window: The window's place and size, as text that only the window reads.
        synced: Registers in synchronised folders of which the user was told what can go wrong there.
        column_widths: Widths the user gave to columns.
        columns: The columns the user chose for a list, from left to right.
        unknown: What another version of the program wrote; kept as it is.
    """

    language: str = ""
    theme: Theme = "system"
    working_as: str = ""
    backup_folder: str = ""
    backup_on_close: bool = True
    keeping: KeepingName = "usual"
    keep_recent: bool = True
    recent: tuple[str, ...] = ()
    window: str = ""
    synced: tuple[str, ...] = ()
    column_widths: Widths = field(default_factory=lambda: _NOTHING)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    unknown: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def opened(self, register: Path) -> Settings:
        """The settings after opening a register: it is the newest of the recent ones."""
        if not self.keep_recent:
            return dataclasses.replace(self, recent=())
        name = str(register.absolute())
        others = (other for other in self.recent if other != name)
        return dataclasses.replace(self, recent=(name, *others)[:RECENT_LIMIT])


class Loaded(NamedTuple):
    """The settings, and where a damaged file was set aside, so that the user can be told."""

    settings: Settings
    set_aside: Path | None = None


def config_folder() -> Path:
    """Where preferences belong; `RISKREG_HOME` moves all folders of the account under one."""
    return _own_home("config") or Path(platformdirs.user_config_dir(_APP, appauthor=False))


def data_folder() -> Path:
    """Where backups and the log belong."""
    return _own_home("data") or Path(platformdirs.user_data_dir(_APP, appauthor=False))


def default_backup_folder() -> Path:
    """Where verified backups go when the user chose no folder."""
    return data_folder() / "backups"


def backups_of(register: str) -> Path:
    """Where the backups of a register go, by its id."""
    return backup_folder() / register


def backup_folder() -> Path:
    """Where verified backups go: as the user chose, otherwise in the account's data folder."""
    chosen = load().settings.backup_folder
    return Path(chosen) if chosen else default_backup_folder()


def backups_kept() -> Keeping:
    """How many backups stay."""
    return KEEPING[load().settings.keeping]


def settings_file() -> Path:
    """The file that holds the preferences."""
    return config_folder() / "settings.json"


def load() -> Loaded:
    """Read the preferences; those not given are the defaults."""
    path = settings_file()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError:
        return Loaded(Settings())
    except (ValueError, RecursionError):
        return Loaded(Settings(), _set_aside(path))
    if not isinstance(found, dict):
        return Loaded(Settings(), _set_aside(path))
    return Loaded(_settings(found))


def save(settings: Settings) -> None:
    """Write the preferences; the old file stays until the new one is complete.

    Raises:
        Expected: The file cannot be written ("cannot_write").
    """
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(path, json.dumps(_json(settings), ensure_ascii=False, indent=2, sort_keys=True))
    except OSError as error:
        raise Expected("cannot_write", path=str(path), reason=error.strerror or "") from None


def _own_home(part: str) -> Path | None:
    home = os.environ.get("RISKREG_HOME")
    return Path(home).absolute() / part if home else None


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _set_aside(path: Path) -> Path | None:
    """Give a file that cannot be read another name, an older one of that name giving way."""
    aside = path.with_name("settings.damaged.json")
    try:
        path.replace(aside)
    except OSError:
        return path
    return aside


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_columns(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_names, value.values()))


def _is_widths(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(columns, dict)
        and all(isinstance(width, int) and width > 0 for width in columns.values())
        for columns in value.values()
    )


_FITS: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "language": lambda value: value in _LANGUAGES,
        "theme": lambda value: value in get_args(Theme),
        "working_as": _is_text,
        "backup_folder": _is_text,
        "backup_on_close": lambda value: isinstance(value, bool),
        "keeping": lambda value: value in KEEPING,
        "keep_recent": lambda value: isinstance(value, bool),
        "recent": _is_names,
        "window": _is_text,
        "synced": _is_names,
        "column_widths": _is_widths,
        "columns": _is_columns,
    }
)
"""Whether what the file holds is a value of the preference."""


def _settings(found: Mapping[str, Any]) -> Settings:
    known = {key: found[key] for key, fits in _FITS.items() if key in found and fits(found[key])}
    if "recent" in known:
        known["recent"] = tuple(known["recent"][:RECENT_LIMIT])
    if "synced" in known:
        known["synced"] = tuple(known["synced"])
    if "columns" in known:
        known["columns"] = {table: tuple(keys) for table, keys in known["columns"].items()}
    return Settings(
        **known, unknown={key: value for key, value in found.items() if key not in _FITS}
    )


def _json(settings: Settings) -> dict[str, Any]:
    own = {key: getattr(settings, key) for key in _FITS}
    own["recent"] = list(settings.recent)
    own["synced"] = list(settings.synced)
    own["columns"] = {table: list(keys) for table, keys in settings.columns.items()}
    own["column_widths"] = {table: dict(widths) for table, widths in settings.column_widths.items()}
    return {**settings.unknown, **own}
