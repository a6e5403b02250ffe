"""How the score of a risk went: where it goes, a line of steps, and each change with who made it and by which scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.changes import Changed
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.past_scores import ScoreHistory, score_history
from riskreg.records import Record
from riskreg.records.values import zone_of
from riskreg.rules.score_course import Course, course
from riskreg.rules.score_history import Move, Point, moves
from riskreg.score_words import (
    NO_SCORES,
    STAGES,
    TITLE,
    point_words,
    scale_words,
    trend_line,
    trend_words,
    why_words,
)
from ui.context import Context
from ui.forms.story import Wordsmith
from ui.jobs import Job
from ui.theme import Theme
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.badge import LevelChip
from ui.widgets.score_line import Said, ScoreLine
from ui.widgets.text import Text

MOST: Final = 5
"""Entries that are told before somebody asks for all."""
BY: Final = N_("{when} by {who}, on the scale “{scale}”")


class ScoreRow(QFrame):
    """What one entry did to the scores of a risk."""

    def __init__(self, theme: Theme, smith: Wordsmith, told: Sequence[Move]) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self._theme = theme
        self._smith = smith
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space("s"), 0, theme.space("s"))
        layout.setSpacing(theme.space("xs"))
        point, t = told[0].now, smith.t
        by = t.gettext(BY).format(
            when=smith.when(point.at), who=smith.who(point.actor), scale=scale_words(point, t)
        )
        layout.addWidget(Text(by, "small", "muted", wraps=True))
        for move in told:
            layout.addLayout(self._stage(move))

    def text(self) -> str:
        """All that it says, line by line."""
        said = (each for each in self.findChildren(QWidget) if isinstance(each, Text | LevelChip))
        return "\n".join(
            each.text() if isinstance(each, Text) else each.accessibleName() for each in said
        )

    def _stage(self, move: Move) -> QVBoxLayout:
        t = self._smith.t
        line = QHBoxLayout()
        line.setSpacing(self._theme.space("s"))
        line.addWidget(Text(t.gettext(STAGES[move.now.stage]), "small"))
        line.addStretch(1)
        if move.was is not None:
            line.addWidget(self._score(move.was))
            line.addWidget(Text("→", "small", "muted"))
        line.addWidget(self._score(move.now))
        layout = QVBoxLayout()
        layout.setSpacing(0)
        layout.addLayout(line)
        if why := why_words(move.now, t):
            layout.addWidget(Text(why, "small", "muted", wraps=True))
        return layout

    def _score(self, point: Point) -> QWidget:
        words = point_words(point, self._smith.t, self._smith.vocabulary)
        if point.level is None:
            return Text(words, "small", "muted")
        return LevelChip(self._theme, point.level, words)


class ScoreCard(QWidget):
    """The scores of one risk through time; hidden for any other record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._asked: tuple[Wordsmith, Record] | None = None
        self._turns = Turns(self)
        self.rows: list[ScoreRow] = []
        self.line: ScoreLine | None = None
        theme, gettext = context.theme, context.t.gettext
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.space("s"), theme.space("s"), theme.space("l"))
        self._layout.setSpacing(theme.space("xs"))
        self._layout.addWidget(Text(gettext(TITLE), "strong"))
        self.trend = Text(role="small", wraps=True)
        self.stage = Text(role="small", tone="muted")
        for words in (self.trend, self.stage):
            self._layout.addWidget(words)
        self._drawn = QVBoxLayout()
        self._layout.addLayout(self._drawn)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._layout.addLayout(self._list)
        show_all = gettext(N_("Show all"))
        self.all = buttons.link(theme, show_all, self._show_rest)
        self.all.setAccessibleName(f"{gettext(TITLE)}: {show_all}")
        self._layout.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._rest: list[Callable[[], None]] = []
        self.hide()
        context.events.changed.connect(self._on_register_changed)

    def show_record(self, smith: Wordsmith, record: Record) -> None:
        """Tell of this record, where it is a risk."""
        self._drop()
        if record.kind != "risk":
            self.hide()
            return
        self._asked = smith, record
        now = clock.now()
        self._job = self._context.ask(
            lambda reader: score_history(reader, record.id, now), partial(self._show, smith)
        )

    def stop(self) -> None:
        """Make nothing more: the register is about to close."""
        self._drop()
        self._turns.stop()

    def complete(self) -> None:
        """Make now what is still to be made."""
        self._turns.finish()

    def _on_register_changed(self, changed: Changed) -> None:
        """Another scale is in force, or one is another: the risk did not change, and yet its scores did."""
        if self._asked is None or "scale" not in changed.kinds or not self.isVisible():
            return
        smith, record = self._asked
        vocabulary = self._context.register.vocabulary
        self.show_record(smith._replace(vocabulary=vocabulary), record)

    def _drop(self) -> None:
        """An answer that comes late must not stand under another record."""
        if self._job is not None:
            self._job.drop()

    def _show(self, smith: Wordsmith, found: ScoreHistory) -> None:
        self._clear()
        self.show()
        t, now = smith.t, clock.now()
        drawn = course(found.found, now)
        self.stage.setVisible(drawn is not None)
        if drawn is None:
            self.trend.setText(t.gettext(NO_SCORES))
            self.trend.setAccessibleName("")
            self.trend.set_tone("muted")
            return
        told = trend_words(found.trend, now, smith.zone, t)
        self.trend.setText(trend_line(found.trend, now, smith.zone, t))
        self.trend.setAccessibleName(told)
        self.trend.set_tone("text")
        self.stage.setText(t.gettext(STAGES[drawn.stage]))
        self.line = ScoreLine(self._context.theme, drawn, _said(smith, drawn, told))
        self._drawn.addWidget(self.line)
        newest = reversed(list(moves(found.found)))
        groups = [tuple(group)[::-1] for _, group in groupby(newest, lambda move: move.now.seq)]
        self._rest = [partial(self._add, smith, group) for group in groups[MOST:]]
        self.all.setVisible(bool(self._rest))
        for group in groups[:MOST]:
            self._turns.add(partial(self._add, smith, group))

    def _show_rest(self) -> None:
        """Tell of all, a few entries in each turn."""
        self.all.hide()
        for step in self._rest:
            self._turns.add(step)
        self._rest = []

    def _add(self, smith: Wordsmith, told: Sequence[Move]) -> None:
        row = ScoreRow(self._context.theme, smith, told)
        self._list.addWidget(row)
        row.show()
        self.rows.append(row)

    def _clear(self) -> None:
        self._turns.stop()
        for old in (*self.rows, *([self.line] if self.line else [])):
            old.hide()
            old.deleteLater()
        self.rows, self.line, self._rest = [], None, []
        self.all.hide()


def _said(smith: Wordsmith, drawn: Course, trend: str) -> Said:
    """What the line shows, in words."""
    t = smith.t

    def day(at: datetime) -> str:
        return day_words(at.astimezone(zone_of(smith.zone)).date(), t)

    each = (
        f"{day(knot.point.at)}: {point_words(knot.point, t, smith.vocabulary)}"
        for knot in drawn.knots
    )
    name = f"{t.gettext(TITLE)}: {t.gettext(STAGES[drawn.stage])}"
    return Said(day(drawn.first), day(drawn.last), name, f"{trend} {listed(each, t, ';')}")
