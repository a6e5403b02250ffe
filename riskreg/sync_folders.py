"""Folders that a program keeps the same on several computers: an open register does not belong there.

Such a program copies the file while it is being written, and puts another computer's copy in its place; what was saved meanwhile is
lost. Whole, closed files, such as backups and exports, are safe there. Only names are looked at: the account's environment, where
each program puts its folder, and the files it leaves in it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

ONEDRIVE: Final = "OneDrive"
ICLOUD: Final = "iCloud Drive"
DROPBOX: Final = "Dropbox"
GOOGLE: Final = "Google Drive"
OTHERS: Final = ("Nextcloud", "ownCloud", "Syncthing", "Box", "pCloud", "Nutstore")
"""Programs known by one sign alone."""

_ONEDRIVE_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_MARKS: Final[Mapping[str, str]] = {
    ".dropbox": DROPBOX,
    ".dropbox.cache": DROPBOX,
    ".849C9593-D756-4E56-8D6E-42412F2A707B": ONEDRIVE,
    ".onedrive": ONEDRIVE,
    ".tmp.drivedownload": GOOGLE,
    ".tmp.driveupload": GOOGLE,
    ".sync_journal.db": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
    ".pcloud": "pCloud",
}
"""Files that a program leaves at the top of the folder that it keeps."""
_DESKTOP_INI: Final = {"onedrive": ONEDRIVE, "dropbox": DROPBOX, "googledrive": GOOGLE, "google drive": GOOGLE, "iclouddrive": ICLOUD}  # fmt: skip
"""Words in the `desktop.ini` by which Windows draws the folder's own icon."""
_CLOUD_STORAGE: Final = {
    "onedrive": ONEDRIVE,
    "dropbox": DROPBOX,
    "googledrive": GOOGLE,
    "box": "Box",
    "iclouddrive": ICLOUD,
}
"""How folders in `~/Library/CloudStorage` of macOS begin."""
_MOBILE_DOCUMENTS: Final = ("Library", "Mobile Documents")
_ICLOUD_ALSO: Final = ("Desktop", "Documents")
_MOST: Final = 20_000
"""Bytes of a `desktop.ini` or `info.json` that are read."""


class Synced(NamedTuple):
    """A folder that is kept the same on several computers, and by which program."""

    program: str
    folder: Path


class Account(NamedTuple):
    """What is asked of the computer; a test hands in another one.

    Attributes:
        home: The folder of the account.
        environment: Its variables.
        system: `win32`, `darwin` or `linux`, as `sys.platform` says it.
    """

    home: Path
    environment: Mapping[str, str]
    system: str


def this_account() -> Account:
    """The account that runs the program."""
    return Account(Path.home(), os.environ, sys.platform)


def synced(path: Path, account: Account | None = None) -> Synced | None:
    """The synchronised folder that holds a file or folder, which need not exist yet; None where it lies in none."""
    account = account or this_account()
    places = (path.absolute(), _real(path))  # a link into such a folder lies in it by either name
    for ask in _SIGNS:
        for place in dict.fromkeys(places):
            if found := ask(place, account):
                return found
    return None


def elsewhere(wished: Path, account: Account | None = None) -> Path:
    """A folder outside all of them for a new register: the wished one, or one beside the account's documents."""
    account = account or this_account()
    candidates = (wished, account.home / "Registers", *_data_folders(account))
    for folder in candidates:
        if synced(folder, account) is None:
            return folder
    return wished


def _by_environment(place: Path, account: Account) -> Synced | None:
    for name in _ONEDRIVE_VARIABLES:
        folder = account.environment.get(name)
        if folder and _holds(Path(folder), place):
            return Synced(ONEDRIVE, Path(folder))
    return None


def _by_dropbox_file(place: Path, account: Account) -> Synced | None:
    """Dropbox names its folders in `info.json`: https://help.dropbox.com/installs/locate-dropbox-folder."""
    for folder in _dropbox_folders(account):
        if _holds(folder, place):
            return Synced(DROPBOX, folder)
    return None


def _dropbox_folders(account: Account) -> Iterator[Path]:
    given = [account.environment.get(name) for name in ("APPDATA", "LOCALAPPDATA")]
    files = [Path(folder) / "Dropbox" / "info.json" for folder in given if folder]
    for file in (*files, account.home / ".dropbox" / "info.json"):
        with suppress(ValueError, RecursionError, AttributeError):
            for each in json.loads(_start(file)).values():
                if isinstance(each, dict) and isinstance(each.get("path"), str):
                    yield Path(each["path"])


def _by_macos(place: Path, account: Account) -> Synced | None:
    if account.system != "darwin":
        return None
    storage = account.home / "Library" / "CloudStorage"
    if _holds(storage, place) and place != storage:
        folder = storage / place.relative_to(storage).parts[0]
        name = folder.name.lower().replace(" ", "")
        program = next(
            (what for start, what in _CLOUD_STORAGE.items() if name.startswith(start)), ""
        )
        return Synced(program or folder.name.partition("-")[0], folder)
    cloud = account.home.joinpath(*_MOBILE_DOCUMENTS)
    if _holds(cloud, place):
        return Synced(ICLOUD, cloud)
    return _by_icloud_desktop(place, account, cloud / "com~apple~CloudDocs")


def _by_icloud_desktop(place: Path, account: Account, cloud: Path) -> Synced | None:
    """Where iCloud Drive keeps "Desktop & Documents Folders" too: the account's own two folders show up in it."""
    for name in _ICLOUD_ALSO:
        if _holds(account.home / name, place) and (cloud / name).exists():
            return Synced(ICLOUD, account.home / name)
    return None


def _by_mark(place: Path, account: Account) -> Synced | None:
    """A file or folder that a program left in one of the folders above."""
    for folder in (place, *place.parents):
        if folder == account.home or folder.parent == folder:
            continue  # `~/.dropbox` holds settings and says nothing of the account's own folder
        for mark, program in _MARKS.items():
            if _is_there(folder / mark):
                return Synced(program, folder)
        words = _start(folder / "desktop.ini").lower()
        for word, program in _DESKTOP_INI.items():
            if words and word in words:
                return Synced(program, folder)
    return None


def _by_name(place: Path, account: Account) -> Synced | None:
    """A folder with the usual name in the usual place: below the account's folder, or at the top of a drive."""
    for folder in (place, *place.parents):
        is_usual = folder.parent == account.home or folder.parent.parent == folder.parent
        if is_usual and (program := _named(folder.name)):
            return Synced(program, folder)
    return None


def _named(name: str) -> str:
    """The program whose folder is usually called so: `OneDrive - Harbour Clinic`, `Dropbox (Personal)`."""
    plain = name.lower()
    usual = {
        "iclouddrive": ICLOUD,
        "icloud drive": ICLOUD,
        "my drive": GOOGLE,
        "googledrive": GOOGLE,
    }
    usual |= {program.lower(): program for program in (ONEDRIVE, DROPBOX, GOOGLE, *OTHERS)}
    for start, program in usual.items():
        if plain == start or plain.startswith((f"{start} - ", f"{start} (")):
            return program
    return ""


_Sign = Callable[[Path, Account], Synced | None]
_SIGNS: Final[tuple[_Sign, ...]] = (
    _by_environment,
    _by_dropbox_file,
    _by_macos,
    _by_mark,
    _by_name,
)
"""The surest first."""


def _data_folders(account: Account) -> Iterator[Path]:
    """Where a program's own data lies: no such program keeps it."""
    if folder := account.environment.get("LOCALAPPDATA"):
        yield Path(folder) / "riskreg" / "registers"
    yield account.home / ".local" / "share" / "riskreg" / "registers"


def _holds(folder: Path, place: Path) -> bool:
    """Whether a place lies in a folder; Windows and macOS do not tell capital letters apart."""
    mine, theirs = (tuple(part.lower() for part in each.parts) for each in (folder, place))
    return bool(mine) and theirs[: len(mine)] == mine


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _start(path: Path) -> str:
    """The beginning of a small file; empty where it is not there. Windows writes some as UTF-16."""
    try:
        with path.open("rb") as file:
            found = file.read(_MOST)
    except OSError:
        return ""
    return found.replace(b"\0", b"").decode("utf-8", errors="replace")
