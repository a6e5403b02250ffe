"""Which ways out are offered with which failure; pure, and without a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from ui.prompts import Answer

Way: TypeAlias = Literal["backup", "copy", "move", "folder", "reading"]

LABELS: Final[Mapping[Way, str]] = {
    "backup": N_("Open a backup…"),
    "copy": N_("Save a copy…"),
    "move": N_("Move the register…"),
    "folder": N_("Show the folder"),
    "reading": N_("Open it read-only"),
}
_OPENING: Final[Mapping[str, tuple[Way, ...]]] = {
    "damaged": ("backup", "folder"),
    "empty_file": ("backup", "folder"),
    "foreign_parts": ("backup", "folder"),
    "not_a_register": ("backup", "folder"),
    "not_found": ("backup",),
    "bad_backup": ("backup",),
    "cannot_read": ("backup", "folder"),
    "in_use": ("reading", "folder"),
    "newer_register": ("folder",),
}
"""By the id of the failure to open; the likeliest first."""
_SAVING: Final[Mapping[str, tuple[Way, ...]]] = {
    "disk_full": ("move", "copy", "folder"),
    "cannot_write": ("copy", "move", "folder"),
    "moved": ("copy", "folder"),
    "busy": ("copy",),
    "read_only": ("copy",),
    "damaged": ("backup", "folder"),
}
"""By the id of the failure to save into the register."""
_ALWAYS: Final = frozenset({"moved", "read_only", "damaged"})
"""Failures that are of the register whatever was wanted; the others may be of a file that leaves it."""


def answers(ways: Sequence[Way], t: Translator) -> tuple[Answer, ...]:
    """The buttons of a message."""
    return tuple(Answer(way, t.gettext(LABELS[way])) for way in ways)


def when_opening(error: Expected, *, has_backups: bool) -> tuple[Way, ...]:
    """What can be done where a register cannot be opened."""
    found = _OPENING.get(error.id, ())
    return tuple(way for way in found if way != "backup" or has_backups)


def when_saving(error: Expected) -> tuple[Way, ...]:
    """What can be done where nothing can be saved into the register."""
    return _SAVING.get(error.id, ())


def whatever_was_wanted(error: Expected) -> tuple[Way, ...]:
    """What can be done where something failed that may have nothing to do with the register's own file."""
    return when_saving(error) if error.id in _ALWAYS else ()
