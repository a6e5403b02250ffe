"""A table in a dialog: its columns have fixed names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from riskreg.i18n import Translator

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class NamedColumns(QAbstractTableModel):
    """The columns of a table; what its rows are, a model that is one of these says.

    Args:
        t: The language of the names.
        columns: The names, msgids.
    """

    def __init__(self, t: Translator, columns: Sequence[str]) -> None:
        super().__init__()
        self._t = t
        self._columns = columns

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._t.gettext(self._columns[section])
        return None
