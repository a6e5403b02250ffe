"""What the answers come to: the band in words, the advice for each rule, what is missing, and your own judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, cast

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from riskreg import clock, regimes_catalogue
from riskreg.advice_catalogue import advice_words
from riskreg.cases import Case
from riskreg.errors import N_
from riskreg.formats import sentences
from riskreg.records import Assessment, stored, values
from riskreg.records.fields import Value
from riskreg.records.terms import Text as Words
from riskreg.records.values import Unfit
from riskreg.rules.assessed import severity_of
from ui.assessing import outcome
from ui.assessing.answers import Answers
from ui.assessing.asked import Page
from ui.dialogs.sheet import labelled
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.widgets import buttons
from ui.widgets.badge import LevelChip
from ui.widgets.card import Card
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

_UNVERIFIED: Final = N_("This rule is unverified: look it up first.")
_REASONS_SHOWN = 2
OWN = ("outcome", "reasoning", "made_at", "made_by")
"""What only a person can say: their judgement, and whose it is since when."""


class ResultPage(QScrollArea):
    """The last page.

    Args:
        kit: What editors need.
        case: Of the incident.
        answers: What was answered.
        pages: What was asked: a missing answer leads back to its question.
        go_to: Shows a question, given its field.
    """

    def __init__(
        self,
        kit: Kit,
        case: Case,
        answers: Answers,
        pages: tuple[Page, ...],
        go_to: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._case = case
        self._answers = answers
        self._questions = {each.key: each.text for page in pages for each in page.questions}
        self._go_to = go_to
        kinds = stored(Assessment)
        self.own = {key: editor(kinds[key], kit) for key in OWN}
        self.method = QWidget()
        self._is_method_open = False
        self.advised: tuple[outcome.Advised, ...] = ()
        self._found = QVBoxLayout()
        self._found.setSpacing(kit.theme.space("s"))
        self._lay_out()

    def show_result(self) -> None:
        """Work it out anew."""
        _empty(self._found)
        record = Assessment(**cast("dict[str, Any]", dict(self._answers.values)))
        self.advised = tuple(
            outcome.advised(
                outcome.assessed(self._case, self._answers.values), clock.now(), self._kit.t
            )
        )
        self._found.addWidget(self._severity(record))
        if missing := outcome.missing_questions(record):
            self._found.addWidget(self._missing(missing))
        self._found.addWidget(self._advice())
        self._found.addWidget(self._sum(record))

    def show_own(self, by: str, moment: values.Instant) -> None:
        """Show the judgement that was typed before; of a new one, who makes it and when."""
        given: Mapping[str, Value] = {"made_by": by, "made_at": moment, **self._answers.values}
        for key, each in self.own.items():
            if key in given:
                each.set_value(given[key])

    def read(self) -> dict[str, Value]:
        """What only a person can say; raises `Unfit` where the time cannot be read."""
        return {key: each.value() for key, each in self.own.items()}

    def _lay_out(self) -> None:
        theme, t = self._kit.theme, self._kit.t
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("m"))
        column.addWidget(Text(t.gettext(N_("What it comes to")), "section"))
        column.addLayout(self._found)
        card = Card(theme, t.gettext(N_("Your own judgement")))
        card.body.setSpacing(theme.space("s"))
        told = t.gettext(N_("Stands beside the score and may differ from it: then say why."))
        card.body.addWidget(Text(told, "small", "muted", wraps=True))
        for keys in (("outcome",), ("reasoning",), ("made_at", "made_by")):
            row = QHBoxLayout()
            row.setSpacing(theme.space("m"))
            for key in keys:
                row.addLayout(self._labelled(key), 1)
            card.body.addLayout(row)
        column.addWidget(card)
        column.addStretch(1)
        dress(self, inner)
        for key in ("outcome", "reasoning"):
            self.own[key].changed.connect(partial(self._on_own_changed, key))

    def _labelled(self, key: str) -> QVBoxLayout:
        label = self._kit.t.label(Assessment, key)
        box = labelled(self._kit.theme, label, self.own[key])
        for control in self.own[key].controls():
            control.setAccessibleName(label)
        return box

    def _severity(self, record: Assessment) -> QWidget:
        theme, t = self._kit.theme, self._kit.t
        card = Card(theme, t.gettext(N_("Severity for the people")))
        card.body.setSpacing(theme.space("xs"))
        band = severity_of(record).band
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        if band is not None:
            head.addWidget(LevelChip(theme, outcome.LEVELS[band], outcome.band_word(record, t)))
        head.addWidget(Text(outcome.band_sentence(record, t), wraps=True), 1)
        card.body.addLayout(head)
        card.body.addWidget(Text(outcome.harm_sentence(record, t), wraps=True))
        if flags := outcome.flag_words(record, t):
            said = t.gettext(N_("Beside the score: {flags}")).format(flags=", ".join(flags))
            card.body.addWidget(Text(said, "small", "muted", wraps=True))
        return card

    def _missing(self, keys: tuple[str, ...]) -> QWidget:
        theme, t = self._kit.theme, self._kit.t
        card = Card(theme, t.gettext(N_("Not answered yet")))
        for key in keys:
            link = buttons.link(theme, self._questions.get(key, key), partial(self._go_to, key))
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _advice(self) -> QWidget:
        theme, t = self._kit.theme, self._kit.t
        card = Card(theme, t.gettext(N_("Advice for each notice")))
        card.body.setSpacing(theme.space("s"))
        if not self.advised:
            said = N_(
                "Say where the people live and who you are in this: then the rules are shown."
            )
            card.body.addWidget(Text(t.gettext(said), "body", "muted", wraps=True))
        for each in self.advised:
            card.body.addLayout(self._advised(each))
        notice = advice_words().notice.get(t.language)
        card.body.addWidget(Text(notice, "small", "muted", wraps=True))
        return card

    def _advised(self, each: outcome.Advised) -> QVBoxLayout:
        t = self._kit.t
        head = QHBoxLayout()
        regime = _regimes()[each.rule.regime]
        title = f"{regime.get(t.language)} • {each.rule.title.get(t.language)}"
        head.addWidget(Text(title, "strong", wraps=True), 1)
        tone = outcome.OUTCOME_TONES[each.advice.outcome]
        head.addWidget(Text(each.outcome, "strong", tone))
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addLayout(head)
        reasons = sentences(t, *each.reasons[:_REASONS_SHOWN])
        if each.rule.verified == "unverified":
            reasons = sentences(t, reasons, t.gettext(_UNVERIFIED))
        box.addWidget(Text(reasons, "small", "muted", wraps=True))
        return box

    def _sum(self, record: Assessment) -> QWidget:
        """The method, one click away."""
        theme, t = self._kit.theme, self._kit.t
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        self.method = QWidget()
        lines = QVBoxLayout(self.method)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for line in outcome.method_lines(record, t):
            lines.addWidget(Text(line, "small", "muted", wraps=True))
        self.method.setVisible(self._is_method_open)
        link = buttons.link(theme, t.gettext(N_("Method")), self._turn_method)
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.method)
        return whole

    def _turn_method(self) -> None:
        self._is_method_open = not self._is_method_open
        self.method.setVisible(self._is_method_open)

    def _on_own_changed(self, key: str) -> None:
        try:
            self._answers.put(key, self.own[key].value())
        except Unfit:
            return


def _regimes() -> Mapping[str, Words]:
    return {each.key: each.title for each in regimes_catalogue.regimes()}


def _empty(layout: QVBoxLayout) -> None:
    """Take out and drop what a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
