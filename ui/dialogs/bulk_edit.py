"""Edit many records at once: a field, what happens to it, and what every record would become, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from riskreg.batches import Batch, Step, editable, propose, steps
from riskreg.changes import Changed, addition
from riskreg.errors import N_, Expected, Refused
from riskreg.formats import format_value, number_words, sentences
from riskreg.i18n import NN_, Translator
from riskreg.records import fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.values import Unfit
from riskreg.views import Name, Reader
from riskreg.wording import unfit_words
from ui.context import Context
from ui.dialogs.changes_table import ChangesTable, Line
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
from ui.forms.directory import RegisterDirectory
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.jobs import Job
from ui.titles import named, title
from ui.widgets.text import Text

_TYPING_MS: Final = 150
_HEIGHT: Final = 240
_TITLE: Final = NN_("Edit {number} record", "Edit {number} records")
_CHANGE: Final = NN_("Change {number} record", "Change {number} records")
_CHANGES: Final = NN_(
    "Nothing has changed yet. {number} record would change.",
    "Nothing has changed yet. {number} records would change.",
)
_SAME: Final = NN_(
    "{number} record has this value already.", "{number} records have this value already."
)
_STEPS: Final[dict[Step, str]] = {
    "set": N_("becomes"),
    "add": N_("add"),
    "remove": N_("take away"),
    "clear": N_("is emptied"),
}


class _Preview(NamedTuple):
    """What was worked out, and the lines that show it."""

    batch: Batch
    lines: list[Line]


class BulkEditDialog(Sheet):
    """One field of many records.

    Args:
        context: What the window shares.
        kind: The kind of all of them.
        ids: The records.
    """

    saves = True

    applied = Signal(object)
    """The change is made: `Changed`."""

    def __init__(
        self, context: Context, kind: str, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        t = context.t
        name = t.ngettext(*_TITLE, len(ids)).format(number=number_words(len(ids)))
        super().__init__(context, name, "", parent, width=760)
        self._kind = kind
        self._ids = list(ids)
        self._fields = editable(kind)
        self._preview: _Preview | None = None
        self._job: Job | None = None
        self.value: Editor | None = None
        self._kit = Kit(
            t=t,
            theme=context.theme,
            vocabulary=context.register.vocabulary,
            zone=context.register.organisation().zone,
            directory=RegisterDirectory(context),
        )
        self.field = CalmComboBox(context.theme)
        self.step = CalmComboBox(context.theme)
        self.place = QVBoxLayout()
        self.problem = Text("", "small", "high", wraps=True)
        self.said = Text("", "small", "muted", wraps=True)
        self.table = ChangesTable(context)
        self.table.setMinimumHeight(_HEIGHT)
        self.apply_button = self.add_primary(t.gettext(N_("Change")), "check", self.apply)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self.show_preview)
        self._lay_out_parts()
        self._fill()

    def choose(self, key: str, step: Step = "set", value: Value = None) -> None:
        """Choose a field, what happens to it, and the value."""
        self.field.setCurrentIndex(self.field.findData(key))
        self.step.setCurrentIndex(max(0, self.step.findData(step)))
        if self.value is not None and value is not None:
            self.value.set_value(value)
            self.show_preview()

    def show_preview(self) -> None:
        """Work out what every record would become."""
        self._forget()
        self.problem.hide()
        step = self._step
        try:
            value = self._value() if step != "clear" else None
        except Unfit as unfit:
            self.problem.setText(unfit_words(unfit, self.context.t))
            self.problem.show()
            return
        if step != "clear" and value == fields.empty(self._what):
            self.said.setText(self.context.t.gettext(N_("Choose or type a value.")))
            return
        key, kind, ids, t = self._key, self._kind, self._ids, self.context.t
        new = dict(self._kit.new_names.entries)
        self._job = self.context.ask(
            lambda reader: _worked_out(reader, t, kind, ids, key, step, value, new),
            self._on_worked_out,
            self.fail,
        )

    def apply(self) -> None:
        """Change all of them as one step."""
        if self._preview is None or not self._preview.batch.changes.changes:
            return
        self.apply_button.setEnabled(False)
        changes = self._preview.batch.changes
        self.progress.follow(self.context.change(changes, self._on_changed, self._on_failed))

    # what is chosen

    @property
    def _key(self) -> str:
        return str(self.field.currentData())

    @property
    def _what(self) -> FieldKind:
        return self._fields[self._key]

    @property
    def _step(self) -> Step:
        return cast("Step", self.step.currentData())

    def _value(self) -> Value:
        assert self.value is not None  # there is an editor for every field that is offered
        self.value.finish()
        return self.value.value()

    def _fill(self) -> None:
        t = self.context.t
        labels = {key: t.label(self._kind, key) for key in self._fields}
        for key in sorted(labels, key=lambda key: labels[key].casefold()):
            self.field.addItem(labels[key], key)
        self.field.currentIndexChanged.connect(self._on_field_changed)
        self.step.currentIndexChanged.connect(self._on_step_changed)
        first = "status" if "status" in self._fields else self._key
        self.field.setCurrentIndex(self.field.findData(first))
        self._on_field_changed()

    def _on_field_changed(self) -> None:
        self.step.blockSignals(True)
        self.step.clear()
        for step in steps(self._what):
            self.step.addItem(self.context.t.gettext(_STEPS[step]), step)
        self.step.blockSignals(False)
        if self.value is not None:
            self.value.hide()
            self.value.deleteLater()
        self.value = editor(self._what, self._kit)
        for control in self.value.controls():
            control.setAccessibleName(self.context.t.label(self._kind, self._key))
        self.value.changed.connect(self._on_value_changed)
        self.place.addWidget(self.value)
        self._on_step_changed()

    def _on_step_changed(self) -> None:
        if self.value is not None:
            self.value.setVisible(self._step != "clear")
        self.show_preview()

    def _on_value_changed(self) -> None:
        self._forget()
        self._pause.start()

    def _forget(self) -> None:
        """What was worked out is no longer what is asked."""
        if self._job is not None:
            self._job.drop()
        self._preview = None
        self.apply_button.setEnabled(False)
        self.said.setText("")

    # answers

    def _on_worked_out(self, preview: _Preview) -> None:
        self._preview, t = preview, self.context.t
        self.table.lines.show_lines(preview.lines)
        number = sum(line.state == "changes" for line in preview.lines)
        same = len(preview.lines) - number
        told = [t.ngettext(*_CHANGES, number).format(number=number_words(number))]
        if same:
            told.append(t.ngettext(*_SAME, same).format(number=number_words(same)))
        self.said.setText(sentences(t, *told))
        label = t.ngettext(*_CHANGE, number).format(number=number_words(number))
        self.apply_button.setText(label)
        self.apply_button.setAccessibleName(label)
        self.apply_button.setEnabled(number > 0)

    def _on_changed(self, changed: Changed) -> None:
        self.accept()
        self.applied.emit(changed)

    def _on_failed(self, error: Expected) -> None:
        """Nothing was changed: say why, and work it out anew from the records as they are now."""
        if not isinstance(error, Refused):
            self.show_preview()
        self.fail(error)

    def _lay_out_parts(self) -> None:
        t, theme = self.context.t, self.context.theme
        self.field.setAccessibleName(t.gettext(N_("Field")))
        self.step.setAccessibleName(t.gettext(N_("What happens")))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.field, 2)
        row.addWidget(self.step, 1)
        self.body.addLayout(row)
        self.body.addLayout(self.place)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.problem.hide()


def _worked_out(
    reader: Reader,
    t: Translator,
    kind: str,
    ids: Sequence[int],
    key: str,
    step: Step,
    value: Value,
    new: dict[int, tuple[str, str]],
) -> _Preview:
    """Every record's old and new value in words, and the change set that makes it so."""
    batch = propose(reader, kind, ids, key, step, value)
    made = tuple(
        addition(of, {"title": called}, id)
        for id, (of, called) in new.items()
        if isinstance(value, frozenset) and id in value
    )
    whole = batch.changes
    if made and whole.changes:
        whole = type(whole)(act=whole.act, changes=(*made, *whole.changes), facts=whole.facts)
    what = editable(kind)[key]
    names = _names(reader, what, batch, new, t)
    field = t.label(kind, key)

    def words(each: Value) -> str:
        return format_value(what, each, t, reader.vocabulary, names)

    lines = [
        Line(
            f"{each.ref} {title(kind, each.ref, each.title, t.language)}",
            field,
            words(each.before),
            words(each.after),
            "changes" if each.differs else "same",
        )
        for each in batch.proposals
    ]
    return _Preview(batch._replace(changes=whole), lines)


def _names(
    reader: Reader, kind: FieldKind, batch: Batch, new: dict[int, tuple[str, str]], t: Translator
) -> dict[int, Name]:
    if not isinstance(kind, fields.Links):
        return {}
    sets = (
        cast("frozenset[int]", value)
        for each in batch.proposals
        for value in (each.before, each.after)
    )
    ids = {id for value in sets for id in value}
    found = named(reader.names(id for id in ids if id > 0), t.language)
    return {**found, **{id: Name(of, "", called) for id, (of, called) in new.items()}}
