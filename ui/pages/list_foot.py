"""Below a list: how many records it shows, how many are chosen, and the way to edit those together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from riskreg.formats import number_words
from riskreg.i18n import NN_
from ui.context import Context
from ui.tables.listings import Listing
from ui.widgets import buttons
from ui.widgets.text import Text

_SELECTED: Final = NN_("{number} selected", "{number} selected")
_EDIT: Final = NN_("Edit {number}…", "Edit {number}…")


class ListFoot(QWidget):
    """The line below the rows.

    Args:
        context: What the window shares.
        listing: Which records.
        edit: Edit the chosen ones together.
    """

    def __init__(self, context: Context, listing: Listing, edit: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._listing = listing
        self.count = Text("", "small", "muted")
        self.edit_chosen = buttons.link(context.theme, "", edit)
        self.edit_chosen.hide()
        theme = context.theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.space("s"), theme.space("l"), theme.space("s"))
        layout.setSpacing(theme.space("l"))
        layout.addWidget(self.count)
        layout.addWidget(self.edit_chosen)
        layout.addStretch(1)

    def tell(self, shown: int, of: int, chosen: int) -> None:
        """Say how many rows are shown, of how many records, and how many are chosen; nothing of an empty list."""
        t = self._context.t
        text = t.ngettext(*self._listing.counted, shown).format(
            shown=number_words(shown), of=number_words(of)
        )
        may_edit = chosen > 1 and not (self._listing.bin or self._context.register.read_only)
        self.edit_chosen.setVisible(may_edit)
        if may_edit:
            words = t.ngettext(*_EDIT, chosen).format(number=number_words(chosen))
            self.edit_chosen.setText(words)
            self.edit_chosen.setAccessibleName(words)
        if chosen > 1:
            text += "  •  " + t.ngettext(*_SELECTED, chosen).format(number=number_words(chosen))
        self.count.setText(text if of else "")
