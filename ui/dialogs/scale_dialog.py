"""Another scale: choose and change it, see what it would change, say what becomes of scores it lacks, put it in force."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.catalogue import ready_scales
from riskreg.changes import Change, Changed, ChangeSet, addition, edit
from riskreg.errors import N_, Expected
from riskreg.records import Risk, ScoringScale
from riskreg.records.terms import Scale
from riskreg.rules import own, rescaling, scales
from riskreg.rules.rescaling import Axis, Effect, Missing
from riskreg.views import Reader, View
from riskreg.wording import level_words
from riskreg.work import SAVING, Work
from ui.context import Context
from ui.dialogs.scale_editor import ScaleEditor
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
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

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        lead = gettext(N_("Scores stay as they were given; levels follow the scale in force."))
        super().__init__(context, gettext(N_("Scale of risk")), lead, parent, 720)
        self.mapped: dict[tuple[Axis, int], int] = {}
        self.start = CalmComboBox(context.theme)
        self.editor = ScaleEditor(context)
        self.pages = QStackedWidget()
        self.told = Text("", "body", wraps=True)
        self.moves = QTableWidget(0, len(_COLUMNS))
        self.answers: dict[tuple[Axis, int], CalmComboBox] = {}
        self._asked = QGridLayout()
        self._lay_out_pages()
        self.back_button = self.add_button(gettext(N_("Back")), self._go_back)
        self.next_button = self.add_primary(gettext(N_("See what changes")), "", self.look)
        self.save_button = self.add_primary(gettext(N_("Put in force")), "check", self.save)
        self._scales = (context.register.vocabulary.scale, *ready_scales())
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
        self.moves.verticalHeader().hide()
        self.moves.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.moves.setTabKeyNavigation(False)
        below.addWidget(self.told)
        below.addLayout(self._asked)
        below.addWidget(self.moves, 1)
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
        t, changing = self.context.t, len({move.risk.id for move in found.moves})
        said = t.gettext(N_("{number} of {all} risks change their level.")).format(
            number=changing, all=found.looked_at
        )
        if found.missing:
            asks = N_("Some scores have no step on this scale. Say what each becomes, or go back.")
            said = f"{said} {t.gettext(asks)}"
        self.told.setText(said)
        self.save_button.setEnabled(not found.missing)
        self._show(1)

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
        scale, mapped = self.editor.scale(), dict(self.mapped)
        register, title = self.context.register, scale.title.get(self.context.t.language)

        def apply(work: Work) -> Changed:
            with register.reader() as reader:
                changes = (
                    *scale_changes(reader, scale, title),
                    *rescaling.changes(risks_of(reader), mapped),
                )
            return register.apply(ChangeSet(act="edit", changes=changes), work)

        self.save_button.setEnabled(False)
        self.context.act(apply, SAVING, lambda _changed: self._finish(), self._on_failed)

    def _finish(self) -> None:
        self.saved.emit()
        self.close()

    def _on_failed(self, error: Expected) -> None:
        self.save_button.setEnabled(True)
        self.fail(error)


def risks_of(reader: Reader) -> list[Risk]:
    """Every risk of the register that is not in the bin."""
    ids = reader.ids(View(kinds=("risk",), sort=(("ref", False),)))
    return [cast("Risk", record) for record in reader.records(ids).values()]


def scale_changes(reader: Reader, scale: Scale, title: str) -> Iterable[Change]:
    """The changes that put a scale in force: the one before it stays, to be read; the program's own needs no record."""
    for record in reader.records(reader.ids(View(kinds=("scale",)))).values():
        if isinstance(record, ScoringScale) and record.is_default:
            change = edit(record, {"is_default": False})
            yield from [change] if change else []
    if scale != reader.vocabulary.base.scale:
        yield addition(
            "scale",
            {"title": title, "text": scales.dumps(scale), "is_default": True},
        )
