"""Small marks of an incident: how pressing a clock is, how severe it is, that it is a drill."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from riskreg.case_words import DRILL
from riskreg.records import Incident
from riskreg.records.terms import Vocabulary
from ui.tables.cells import BANDS
from ui.theme import Theme
from ui.widgets.badge import LevelChip


class PlainChip(QLabel):
    """A word in a frame; it has no level."""

    def __init__(self, text: str, look: str = "plain") -> None:
        super().__init__(text)
        self.setObjectName("mark")
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)


def clock_chip(theme: Theme, text: str, level: str) -> QWidget:
    """A clock: with shape and colour where it presses."""
    return LevelChip(theme, level, text) if level else PlainChip(text)


def severity_chip(theme: Theme, band: str, vocabulary: Vocabulary, language: str) -> QWidget:
    """The severity for the people."""
    word = vocabulary.terms_of("severity_band").label(band, language)
    return LevelChip(theme, BANDS.get(band, "moderate"), word)


def drill_chip() -> QWidget:
    """Says that it is no real incident, in both languages at once."""
    return PlainChip(DRILL, "drill")


def mark_drill(body: QVBoxLayout, incident: Incident) -> None:
    """Say above all else in a dialog that what it is about is a drill."""
    if incident.drill:
        body.insertWidget(0, drill_chip(), 0, Qt.AlignmentFlag.AlignLeft)
