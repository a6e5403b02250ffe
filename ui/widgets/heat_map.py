"""Where the risks sit: likelihood up, impact across, the number of risks in each cell. A cell opens the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from riskreg.records.terms import Vocabulary
from riskreg.rules.scoring import level, score
from ui.theme import Theme
from ui.widgets.shapes import draw_shape
from ui.widgets.text import Text

_SHAPE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """What a cell says: how many risks, at which level, and the whole in words."""

    number: int
    level: str
    words: str


class HeatCell(QAbstractButton):
    """One cell: the tint and shape of the level, the shape in outline where there is no risk, and their number."""

    def __init__(self, theme: Theme, words: CellText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setAccessibleName(words.words)
        self.setToolTip(words.words)
        self.setEnabled(words.number > 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if words.number else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if words.number:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def words(self) -> CellText:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """At least as large as can be hit."""
        return QSize(72, 41)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{self._words.level}_tint"))
        painter.drawRoundedRect(room, 6, 6)
        self._paint_shape(painter, room)
        if self._words.number:
            self._paint_number(painter, room)
        if self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.color(self._words.level))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _paint_shape(self, painter: QPainter, room: QRectF) -> None:
        corner = QRectF(room.right() - _SHAPE - 8, room.top() + 7, _SHAPE, _SHAPE)
        shape, color = self._theme.shape(self._words.level), self._theme.color(self._words.level)
        draw_shape(painter, shape, corner, color, is_hollow=not self._words.number)

    def _paint_number(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(self._theme.color(self._words.level))
        painter.setFont(self._theme.font("section", bold=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(self._words.number))


class HeatMap(QWidget):
    """The matrix of the organisation's scale.

    Args:
        theme: The look in force.
        vocabulary: The scale and the words of its levels.
        language: Which words.
        numbers: Risks by likelihood and impact.
    """

    chosen = Signal(int, int)
    """A cell was pressed: likelihood, impact."""

    def __init__(
        self,
        theme: Theme,
        vocabulary: Vocabulary,
        language: str,
        numbers: Mapping[tuple[int, int], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._vocabulary = vocabulary
        self._language = language
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.space("xs"))
        self._fill(grid, numbers)

    def _fill(self, grid: QGridLayout, numbers: Mapping[tuple[int, int], int]) -> None:
        scale, language = self._vocabulary.scale, self._language
        for place, likely in enumerate(reversed(scale.likelihood)):
            name = Text(likely.label.get(language), "small", "muted")
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name.setContentsMargins(0, 0, self._theme.space("xs"), 0)
            grid.addWidget(name, place, 0)
            grid.setRowStretch(place, 1)
            for column, bad in enumerate(scale.impact, start=1):
                number = numbers.get((likely.value, bad.value), 0)
                grid.addWidget(self._cell(likely.value, bad.value, number), place, column)
        for column, bad in enumerate(scale.impact, start=1):
            name = Text(bad.label.get(language), "small", "muted")
            name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            name.setContentsMargins(0, self._theme.space("xs"), 0, 0)
            grid.addWidget(name, len(scale.likelihood), column)
            grid.setColumnStretch(column, 1)

    def _cell(self, likelihood: int, impact: int, number: int) -> HeatCell:
        scale, terms = self._vocabulary.scale, self._vocabulary.terms_of("level")
        found = level(score(likelihood, impact, scale), scale) or "low"
        names = (
            scale.likelihood[likelihood - 1].label.get(self._language),
            scale.impact[impact - 1].label.get(self._language),
            terms.label(found, self._language),
        )
        cell = HeatCell(
            self._theme,
            CellText(
                number=number, level=found, words=f"{' × '.join(names[:2])}: {number} ({names[2]})"
            ),
        )
        cell.clicked.connect(lambda _checked=False: self.chosen.emit(likelihood, impact))
        return cell
