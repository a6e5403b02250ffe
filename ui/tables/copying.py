"""The cells of a list as text, as they are seen, for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData

from riskreg.i18n import Translator
from riskreg.pasting import Block, to_html, to_text
from riskreg.views import Reader, View
from ui.tables import cells
from ui.titles import named


def texts(
    reader: Reader, t: Translator, view: View, ids: Sequence[int], keys: Sequence[str]
) -> Block:
    """The texts of some columns of some records.

    Args:
        reader: Reads the records.
        t: The language of the list.
        view: The list.
        ids: The records, from top to bottom.
        keys: The columns, from left to right.
    """
    whole = cells.with_hidden(replace(view, columns=tuple(dict.fromkeys((*view.columns, *keys)))))
    places = [whole.columns.index(key) for key in keys]
    words = cells.Words(t=t, vocabulary=reader.vocabulary, zone=reader.organisation().zone)
    rows = reader.rows(whole, ids)
    names = named(reader.names(cells.linked(whole, rows)), t.language)
    lines = (cells.line(whole, row, words, names) for row in rows)
    return tuple(tuple(line[place].text for place in places) for line in lines)


def for_clipboard(block: Block) -> QMimeData:
    """The cells as a spreadsheet takes them: as text, and as a table whose cells are text."""
    found = QMimeData()
    found.setText(to_text(block))
    found.setHtml(to_html(block))
    return found
