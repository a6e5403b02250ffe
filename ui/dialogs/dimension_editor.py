"""What each step of impact means for one of the things an impact falls on, and the bands of money, changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.records import Risk
from riskreg.records.jsons import one_line
from riskreg.records.terms import Dimension, Scale, Step, Text, folded
from riskreg.rules.dimensions import KEYS, steps
from ui.context import Context
from ui.dialogs.sheet import labelled
from ui.forms.choose import CalmComboBox
from ui.tables.quiet import make_quiet
from ui.widgets.text import Text as Words

_COLUMNS: Final = (N_("Step of the scale"), N_("When to choose it"), N_("Loss up to"))
_LOSS: Final = 2
_MONEY: Final = "money"
_USUAL: Final = "HKD"


def reworded(text: Text, language: str, words: str) -> Text:
    """A text with other words in one language; the other languages stay as they are."""
    if words == text.get(language):
        return text
    changed = replace(text, **{language: words})
    return changed if changed.en else replace(changed, en=words)


class DimensionEditor(QWidget):
    """The dimensions of a scale being changed; what stands here is asked by `dimensions`."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._held: dict[str, Dimension] = {}
        self._of_steps: Dimension | None = None
        self._impact: Sequence[Step] = ()
        self._shown = ""
        t, theme = context.t, context.theme
        self.chooser = CalmComboBox(theme)
        for key, field in KEYS.items():
            self.chooser.addItem(t.label(Risk, field), key)
        self.currency = QLineEdit()
        self.currency.setMaxLength(3)
        self.currency.setFixedWidth(88)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels([t.gettext(each) for each in _COLUMNS])
        self.table.setAccessibleName(t.gettext(N_("What each step of impact means")))
        make_quiet(self.table)
        if loss := self.table.horizontalHeaderItem(_LOSS):
            loss.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 170)
        self._help = Words(role="small", tone="muted", wraps=True)
        top = QHBoxLayout()
        top.setSpacing(theme.space("m"))
        top.addLayout(labelled(theme, t.gettext(N_("Impact on")), self.chooser), 1)
        beside = labelled(theme, t.gettext(N_("Currency")), self.currency)
        parts = (beside.itemAt(place) for place in range(beside.count()))
        self._of_money = [widget for part in parts if part and (widget := part.widget())]
        top.addLayout(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addLayout(top)
        layout.addWidget(self._help)
        layout.addWidget(self.table, 1)
        self.chooser.currentIndexChanged.connect(self._on_chosen)
        self.currency.textEdited.connect(self.changed)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())

    def show_scale(self, scale: Scale) -> None:
        """Begin from the dimensions of a scale; where it says nothing of people, with the anchors of its steps."""
        self._impact = scale.impact
        self._held = {key: scale.dimension(key) or Dimension(key=key) for key in KEYS}
        self._of_steps = None
        if scale.dimension("people") is None:
            anchors = tuple(step.anchor for step in steps(scale, "people"))
            self._of_steps = self._held["people"] = Dimension(key="people", anchors=anchors)
        self._fill()

    def dimensions(self) -> tuple[Dimension, ...]:
        """What stands here of each dimension of which anything is said."""
        self._take()
        kept = (each for each in self._held.values() if each != self._of_steps)
        return tuple(each for each in kept if each.up_to or any(map(any, each.anchors)))

    def _on_chosen(self) -> None:
        self._take()
        self._fill()

    def _take(self) -> None:
        """Take up what stands in the table."""
        if not self._shown:
            return
        held, language = self._held[self._shown], self._context.t.language
        anchors = tuple(
            reworded(text, language, self._cell(row, 1))
            for row, text in enumerate(_filled(held.anchors, len(self._impact)))
        )
        held = replace(held, anchors=anchors if any(map(any, anchors)) else ())
        if self._shown == _MONEY:
            amounts = [self._cell(row, _LOSS) for row in range(len(self._impact) - 1)]
            up_to = tuple(map(_amount, amounts)) if any(amounts) else ()
            currency = folded(self.currency.text()).upper() if up_to else ""
            held = replace(held, up_to=up_to, currency=currency)
        self._held[self._shown] = held

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return one_line(item.text()) if item else ""

    def _fill(self) -> None:
        self._shown = str(self.chooser.currentData())
        held, gettext = self._held[self._shown], self._context.t.gettext
        is_money = self._shown == _MONEY
        for part in self._of_money:
            part.setVisible(is_money)
        self.currency.setText(held.currency or (_USUAL if is_money else ""))
        said = N_("A loss that somebody states falls in one of these bands. Empty: no bands.")
        self._help.setText(gettext(said) if is_money else "")
        self._help.setVisible(is_money)
        self.table.blockSignals(True)
        self.table.setColumnHidden(_LOSS, not is_money)
        self.table.setRowCount(len(self._impact))
        for row, anchor in enumerate(_filled(held.anchors, len(self._impact))):
            self._fill_row(row, anchor, held)
        self.table.blockSignals(False)
        self._share_width(is_money)

    def _fill_row(self, row: int, anchor: Text, held: Dimension) -> None:
        language, step = self._context.t.language, self._impact[row]
        name = QTableWidgetItem(f"{step.value} {step.label.get(language)}")
        name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.table.setItem(row, 0, name)
        self.table.setItem(row, 1, QTableWidgetItem(anchor.get(language)))
        is_last = row == len(self._impact) - 1
        amount = number_words(held.up_to[row]) if row < len(held.up_to) else ""
        loss = QTableWidgetItem(
            self._context.t.gettext(N_("anything above")) if is_last else amount
        )
        loss.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if is_last:
            loss.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(row, _LOSS, loss)

    def _share_width(self, is_money: bool) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(not is_money)
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        header.resizeSection(_LOSS, 130)


def _filled(anchors: Sequence[Text], number: int) -> list[Text]:
    """A text for each step; empty where there is none, as where steps were added."""
    return [*anchors[:number], *[Text(en="")] * (number - len(anchors))]


def _amount(text: str) -> int:
    """A whole amount; 0, which is none, for anything else."""
    digits = folded(text).replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 15 else 0
