"""The words, steps and bands of a scale, changed in place, with its heat map beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.records.jsons import one_line
from riskreg.records.terms import Band, Dimension, Scale, Step, Text, Vocabulary
from riskreg.rules.own import levels_of
from riskreg.rules.scales import FEWEST, HIGHEST, MOST
from ui.context import Context
from ui.dialogs.dimension_editor import DimensionEditor, reworded
from ui.dialogs.sheet import labelled
from ui.tables.quiet import make_quiet
from ui.widgets.badge import LevelChip
from ui.widgets.heat_map import HeatMap
from ui.widgets.number_box import NumberBox
from ui.widgets.text import Text as Words

_AXES: Final = (N_("Likelihood"), N_("Impact"))
_COLUMNS: Final = (N_("Step of the scale"), N_("Word"), N_("When to choose it"))


class ScaleEditor(QWidget):
    """A scale being changed; what stands in it is asked by `scale`.

    Bands follow each other without gap or overlap: each begins where the one before it ends, and the
    last ends with the highest score.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._of: Scale = context.register.vocabulary.scale
        gettext, theme = context.t.gettext, context.theme
        self.title = QLineEdit()
        self.counts = tuple(NumberBox(FEWEST, MOST) for _ in _AXES)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.bands: list[NumberBox] = []
        self._band_grid = QGridLayout()
        self._preview = QVBoxLayout()
        self.tabs = QTabBar()
        self.dimensions = DimensionEditor(context)
        self._pages = QStackedWidget()
        self.table.setAccessibleName(gettext(N_("Steps of the scale")))
        self.table.setHorizontalHeaderLabels([gettext(each) for each in _COLUMNS])
        self.table.horizontalHeader().setStretchLastSection(True)
        make_quiet(self.table)
        self.table.setColumnWidth(0, 130)
        self.table.setColumnWidth(1, 130)
        self.table.setMinimumHeight(150)
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addLayout(labelled(theme, gettext(N_("What it is called")), self.title), 1)
        labels = (N_("Steps of likelihood"), N_("Steps of impact"))
        for count, label in zip(self.counts, labels, strict=True):
            count.valueChanged.connect(self._on_count_changed)
            row.addLayout(labelled(theme, gettext(label), count))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addLayout(row)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)
        self._lay_out_steps()
        self._pages.addWidget(self.dimensions)
        for name in (N_("Steps and levels"), N_("Impact in detail")):
            self.tabs.addTab(gettext(name))
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(gettext(N_("Parts of the scale")))
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.title.textEdited.connect(self.changed)
        self.table.itemChanged.connect(self._on_edited)
        self.dimensions.changed.connect(self.changed)

    def _lay_out_steps(self) -> None:
        theme, page = self._context.theme, QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.space("l"))
        below.addLayout(self._band_grid)
        below.addLayout(self._preview, 1)
        layout.addLayout(below)
        self._pages.addWidget(page)

    def _on_tab_changed(self, page: int) -> None:
        """The words of the steps may have been changed on the other page."""
        self._of = self.scale()
        self.dimensions.show_scale(self._of)
        self._pages.setCurrentIndex(page)

    def show_scale(self, scale: Scale) -> None:
        """Begin from a scale."""
        self._of = scale
        self.title.setText(scale.title.get(self._context.t.language))
        for count, axis in zip(self.counts, (scale.likelihood, scale.impact), strict=True):
            count.blockSignals(True)
            count.setValue(len(axis))
            count.setEnabled(not scale.table)
            count.blockSignals(False)
        self.dimensions.show_scale(scale)
        self._fill()

    def scale(self) -> Scale:
        """The scale as it stands here."""
        language = self._context.t.language
        likelihood = self._steps(self._of.likelihood, 0)
        impact = self._steps(self._of.impact, len(likelihood))
        title = reworded(self._of.title, language, one_line(self.title.text()))
        return replace(
            self._of,
            title=title,
            likelihood=likelihood,
            impact=impact,
            bands=self._bands(),
            dimensions=self.dimensions.dimensions(),
        )

    def _steps(self, steps: Sequence[Step], first: int) -> tuple[Step, ...]:
        language = self._context.t.language
        return tuple(
            replace(
                step,
                label=reworded(step.label, language, self._cell(first + place, 1)),
                anchor=reworded(step.anchor, language, self._cell(first + place, 2)),
            )
            for place, step in enumerate(steps)
        )

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return one_line(item.text()) if item else ""

    def _bands(self) -> tuple[Band, ...]:
        """Each begins after the one before; those of a table stay as they are."""
        if self._of.table:
            return self._of.bands
        found: list[Band] = []
        for band, box in zip(self._of.bands, self.bands, strict=True):
            lowest = found[-1].highest + 1 if found else 1
            found.append(replace(band, lowest=lowest, highest=box.value()))
        return tuple(found)

    def _fill(self) -> None:
        language = self._context.t.language
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for name, steps in zip(_AXES, (self._of.likelihood, self._of.impact), strict=True):
            for step in steps:
                row = self.table.rowCount()
                self.table.insertRow(row)
                first = QTableWidgetItem(f"{self._context.t.gettext(name)} {step.value}")
                first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, 0, first)
                self.table.setItem(row, 1, QTableWidgetItem(step.label.get(language)))
                self.table.setItem(row, 2, QTableWidgetItem(step.anchor.get(language)))
        self.table.blockSignals(False)
        self._fill_bands()
        self._draw()

    def _fill_bands(self) -> None:
        _emptied(self._band_grid)
        self.bands = []
        levels = self._vocabulary(self._of).terms_of("level")
        for row, band in enumerate(self._of.bands):
            name = levels.label(band.level, self._context.t.language)
            said = Words(self._context.t.gettext(N_("{level} up to")).format(level=name), "small")
            box = NumberBox(1, HIGHEST)
            box.setValue(band.highest)
            is_last = row == len(self._of.bands) - 1
            box.setEnabled(not self._of.table and not is_last)
            box.setAccessibleName(said.text())
            said.setBuddy(box)
            box.valueChanged.connect(self._on_edited)
            mark = LevelChip(self._context.theme, band.level, "")
            for column, part in enumerate((mark, said, box)):
                self._band_grid.addWidget(part, row, column)
            self.bands.append(box)

    def _vocabulary(self, scale: Scale) -> Vocabulary:
        shipped = self._context.register.vocabulary.base
        levels = levels_of(shipped.terms_of("level"), scale)
        return replace(shipped, terms={**shipped.terms, "level": levels}, scale=scale)

    def _draw(self) -> None:
        """The heat map of what stands here."""
        _emptied(self._preview)
        language = self._context.t.language
        vocabulary = self._vocabulary(self.scale())
        self._preview.addWidget(HeatMap(self._context.theme, vocabulary, language, {}))

    def _on_edited(self) -> None:
        self._draw()
        self.changed.emit()

    def _on_count_changed(self) -> None:
        """More steps are numbered until somebody names them; bands keep their share of the scores."""
        now = self.scale()
        axes = [
            _resized(axis, count.value())
            for axis, count in zip((now.likelihood, now.impact), self.counts, strict=True)
        ]
        was = len(now.likelihood) * len(now.impact)
        highest = len(axes[0]) * len(axes[1])
        bands = _spread(now.bands, was, highest)
        dimensions = tuple(_fitted(each, len(axes[1])) for each in now.dimensions)
        self._of = replace(
            now, likelihood=axes[0], impact=axes[1], bands=bands, dimensions=dimensions
        )
        self.dimensions.show_scale(self._of)
        self._fill()
        self.changed.emit()


def _resized(axis: tuple[Step, ...], number: int) -> tuple[Step, ...]:
    more = (
        Step(value=value, label=Text(en=str(value)), anchor=Text(en=""))
        for value in range(len(axis) + 1, number + 1)
    )
    return (*axis[:number], *more)


def _fitted(dimension: Dimension, steps: int) -> Dimension:
    """For another number of steps; what steps that were added mean, and cost, is for somebody to say."""
    anchors, up_to = dimension.anchors[:steps], dimension.up_to[: steps - 1]
    more = (Text(en=""),) * (steps - len(anchors)) if anchors else ()
    return replace(dimension, anchors=(*anchors, *more), up_to=up_to)


def _spread(bands: tuple[Band, ...], was: int, highest: int) -> tuple[Band, ...]:
    """Bands over another number of scores, in the same proportions."""
    found: list[Band] = []
    for place, band in enumerate(bands, start=1):
        lowest = found[-1].highest + 1 if found else 1
        left = len(bands) - place
        ends = max(lowest, min(highest - left, round(band.highest * highest / was)))
        found.append(replace(band, lowest=lowest, highest=highest if not left else ends))
    return tuple(found)


def _emptied(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
