"""Another scale: choose and change it, see what it would change, say what becomes of scores it lacks, put it in force."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QRadioButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg import scale_change
from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.formats import sentences
from riskreg.records.terms import Scale
from riskreg.rules import own, rescaling, scales
from riskreg.rules.rescaling import Axis, Effect, Missing
from riskreg.scale_change import Wanted, put_in_force, risks_of
from riskreg.wording import level_words
from riskreg.work import SAVING, Work
from ui.context import Context
from ui.dialogs.scale_editor import ScaleEditor
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
from ui.tables.quiet import make_quiet
from ui.widgets.text import Text

_COLUMNS: Final = (N_("Risk"), N_("Score"), N_("Level now"), N_("Level then"))
_STAGES: Final = {
    "inherent": N_("Inherent level"),
    "residual": N_("Residual level"),
    "target": N_("Target level"),
}
_NAMED: Final = {
    "likelihood": N_("Likelihood {value} of {steps}, {word} ({number}) becomes"),
    "impact": N_("Impact {value} of {steps}, {word} ({number}) becomes"),
}
_NO_STEP: Final = N_("No step yet")
_SHOWN: Final = 200
"""Risks whose change is listed; the sentence above counts them all."""


class ScaleDialog(Sheet):
    """First the scale, then what it changes; nothing is in force before the last button."""

    saves = True

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        lead = gettext(N_("Scores stay as they were given, whichever scale is in force."))
        super().__init__(context, gettext(N_("Risk scale")), lead, parent, 720)
        self.mapped: dict[tuple[Axis, int], int] = {}
        self.start = CalmComboBox(context.theme)
        self.editor = ScaleEditor(context)
        self.pages = QStackedWidget()
        self.told = Text("", "body", wraps=True)
        self.moves = QTableWidget(0, len(_COLUMNS))
        self.answers: dict[tuple[Axis, int], CalmComboBox] = {}
        self.follows = QRadioButton(gettext(N_("Read them by this scale; levels follow it.")))
        self.keeps = QRadioButton(gettext(N_("Keep them by the old scale; each risk says so.")))
        self._asked = QGridLayout()
        self._questions, self._old = QWidget(), QWidget()
        self._effect: tuple[Effect, Scale] | None = None
        self._lay_out_pages()
        self.back_button = self.add_button(gettext(N_("Back")), self._go_back)
        self.next_button = self.add_primary(gettext(N_("See what changes")), "", self.look)
        self.save_button = self.add_primary(gettext(N_("Put in force")), "check", self.save)
        self._scales = scale_change.offered(context.register)
        for place, scale in enumerate(self._scales):
            name = scale.title.get(context.t.language)
            pattern = N_("As it is: {name}") if place == 0 else "{name}"
            self.start.addItem(gettext(pattern).format(name=name))
        self.start.currentIndexChanged.connect(self._on_start_changed)
        self._on_start_changed()
        self._go_back()

    def _lay_out_pages(self) -> None:
        gettext = self.context.t.gettext
        first, second = QWidget(), QWidget()
        top, below = QVBoxLayout(first), QVBoxLayout(second)
        for layout in (top, below):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(self.context.theme.space("s"))
        top.addWidget(self.start)
        top.addWidget(self.editor, 1)
        self.start.setAccessibleName(gettext(N_("Begin from")))
        self.moves.setHorizontalHeaderLabels([gettext(each) for each in _COLUMNS])
        self.moves.setAccessibleName(gettext(N_("Risks whose level changes")))
        self.moves.horizontalHeader().setStretchLastSection(True)
        self.moves.setColumnWidth(0, 320)
        self.moves.setColumnWidth(1, 120)
        make_quiet(self.moves)
        self.moves.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        old = QVBoxLayout(self._old)
        old.setContentsMargins(0, 0, 0, 0)
        for part in (Text(gettext(N_("The scores there are")), "strong"), self.follows, self.keeps):
            old.addWidget(part)
        below.addWidget(self._old)
        self.follows.setChecked(True)
        self.follows.toggled.connect(self._on_kept)
        below.addSpacing(self.context.theme.space("s"))
        below.addWidget(self.told)
        below.addWidget(self._questions)
        self._questions.setLayout(self._asked)
        self._asked.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.moves, 1)
        below.addStretch()
        self.pages.addWidget(first)
        self.pages.addWidget(second)
        self.body.addWidget(self.pages, 1)

    def _on_start_changed(self) -> None:
        self.editor.show_scale(self._scales[self.start.currentIndex()])

    def _go_back(self) -> None:
        self._show(0)

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.next_button.setVisible(page == 0)
        self.back_button.setVisible(page == 1)
        self.save_button.setVisible(page == 1)
        (self.save_button if page else self.next_button).setDefault(True)

    # what it changes

    def look(self) -> None:
        """Ask what the scale as it stands would change; say what is wrong with it instead where it is none."""
        scale = self.editor.scale()
        self.message.clear()
        try:
            scales.parse(scales.dumps(scale), "")
        except scales.NoScale as error:
            self.message.tell(self._wrong(error))
            return
        self.mapped = {}
        self.follows.setChecked(True)
        self._clear_answers()
        self._ask(scale)

    def _wrong(self, error: scales.NoScale) -> str:
        gettext = self.context.t.gettext
        reasons = (gettext(each.reason).format(**each.parameters) for each in error.reasons)
        return gettext(N_("This is no scale yet: {reasons}.")).format(reasons="; ".join(reasons))

    def _ask(self, scale: Scale) -> None:
        old, mapped = self.context.register.vocabulary.scale, dict(self.mapped)
        self.context.ask(
            lambda reader: rescaling.effect(old, scale, risks_of(reader), mapped),
            partial(self._show_effect, scale),
            self.fail,
        )

    def _show_effect(self, scale: Scale, found: Effect) -> None:
        if not self.answers:
            for row, missing in enumerate(found.missing):
                self._add_question(row, missing, scale)
        self._list(found, scale)
        self._effect = (found, scale)
        self._old.setVisible(found.looked_at > 0)
        self._tell()
        self._show(1)

    def _on_kept(self) -> None:
        if self._effect:
            self._tell()

    def _tell(self) -> None:
        """What becomes of the scores there are, as it was chosen."""
        found, _scale = cast("tuple[Effect, Scale]", self._effect)
        is_kept, t = self.keeps.isChecked(), self.context.t
        self._questions.setHidden(is_kept)
        self.moves.setHidden(is_kept)
        self.save_button.setEnabled(is_kept or not found.missing)
        if is_kept:
            old = self.context.register.vocabulary.scale.title.get(t.language)
            said = N_(
                "No level changes. What is scored from now on follows the new scale; until somebody scores them by it, the others stay with “{scale}”, and the heat map leaves them out."
            )
            self.told.setText(t.gettext(said).format(scale=old))
            return
        said = t.gettext(N_("{number} of {all} risks change their level.")).format(
            number=len({move.risk.id for move in found.moves}), all=found.looked_at
        )
        if found.missing:
            asks = N_(
                "Some scores have no step on this scale. Say what each becomes, or keep them by the old scale."
            )
            said = sentences(t, said, t.gettext(asks))
        self.told.setText(said)

    def _clear_answers(self) -> None:
        self.answers = {}
        while (item := self._asked.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _add_question(self, row: int, missing: Missing, scale: Scale) -> None:
        t = self.context.t
        old = getattr(self.context.register.vocabulary.scale, missing.axis)
        known = {step.value: step.label.get(t.language) for step in old}
        label = Text(
            t.gettext(_NAMED[missing.axis]).format(
                value=missing.value, steps=len(old), number=len(missing.ids),
                word=known.get(missing.value, str(missing.value)),
            )
        )  # fmt: skip
        box = CalmComboBox(self.context.theme)
        box.addItem(t.gettext(N_("Choose a step")), None)
        for step in getattr(scale, missing.axis):
            box.addItem(f"{step.value} {step.label.get(t.language)}", step.value)
        box.setAccessibleName(label.text())
        label.setBuddy(box)
        box.activated.connect(partial(self._on_answered, (missing.axis, missing.value), scale))
        self._asked.addWidget(label, row, 0)
        self._asked.addWidget(box, row, 1)
        self.answers[(missing.axis, missing.value)] = box

    def _on_answered(self, place: tuple[Axis, int], scale: Scale, _index: int = 0) -> None:
        chosen = self.answers[place].currentData()
        if chosen is None:
            self.mapped.pop(place, None)
        else:
            self.mapped[place] = chosen
        self._ask(scale)

    def _list(self, found: Effect, scale: Scale) -> None:
        t, now = self.context.t, self.context.register.vocabulary
        then = own.levels_of(now.base.terms_of("level"), scale)
        self.moves.setRowCount(min(len(found.moves), _SHOWN))
        for row, move in enumerate(found.moves[:_SHOWN]):
            texts = (
                f"{move.risk.ref} {move.risk.title}",
                t.gettext(_STAGES[move.stage]),
                level_words(move.was, t, now),
                then.label(move.now, t.language) if move.now else t.gettext(_NO_STEP),
            )
            for column, text in enumerate(texts):
                self.moves.setItem(row, column, QTableWidgetItem(text))

    # putting it in force

    def save(self) -> None:
        """Put the scale in force, with the steps that scores become, in one change."""
        register = self.context.register
        wanted = Wanted(
            scale=self.editor.scale(),
            language=self.context.t.language,
            mapped=dict(self.mapped),
            keeps_old=self.keeps.isChecked(),
        )

        def apply(work: Work) -> Changed:
            with register.reader() as reader:
                changes = put_in_force(reader, wanted)
            return register.apply(changes, work)

        self.save_button.setEnabled(False)
        self.context.act(apply, SAVING, lambda _changed: self._finish(), self._on_failed)

    def _finish(self) -> None:
        self.saved.emit()
        self.close()

    def _on_failed(self, error: Expected) -> None:
        self.save_button.setEnabled(True)
        self.fail(error)
