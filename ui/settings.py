"""The preferences of this computer while the window is open: asked here, written at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from riskreg.errors import Expected
from riskreg.settings import Settings, save


class Preferences:
    """The settings in force.

    A preference that cannot be written is in force until the window closes; it is no reason to stop anybody.

    Args:
        settings: As they were read.
        write: Keeps them; tests hand in another one.
    """

    def __init__(self, settings: Settings, write: Callable[[Settings], None] = save) -> None:
        self._settings = settings
        self._write = write

    @property
    def value(self) -> Settings:
        """The settings."""
        return self._settings

    def change(self, **changes: Any) -> None:  # noqa: ANN401
        """Set fields of `Settings`."""
        self._keep(dataclasses.replace(self._settings, **changes))

    def opened(self, register: Path) -> None:
        """Remember a register that was opened."""
        self._keep(self._settings.opened(register))

    def width(self, table: str, column: str, usual: int) -> int:
        """The width of a column in pixels."""
        return self._settings.column_widths.get(table, {}).get(column, usual)

    def set_widths(self, table: str, widths: dict[str, int]) -> None:
        """Remember the widths of a table's columns in pixels."""
        self.change(column_widths={**self._settings.column_widths, table: widths})

    def columns(self, table: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that a list shows."""
        return self._settings.columns.get(table, usual)

    def set_columns(self, table: str, columns: tuple[str, ...] | None) -> None:
        """Remember the columns of a list; None: those it has at first."""
        others = {key: each for key, each in self._settings.columns.items() if key != table}
        self.change(columns=others if columns is None else {**others, table: columns})

    def _keep(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        try:
            self._write(settings)
        except Expected:
            return
