"""Hand over: everything open that one person looks after goes to another, seen before it is done and undone as one step."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from PySide6.QtWidgets import QCheckBox, QWidget

from riskreg import clock, handing_over
from riskreg.changes import Changed, ChangeSet
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, NP_, Translator
from riskreg.views import Reader, View
from ui.context import Context
from ui.dialogs.changes_table import BECOMES, FIELD, NOW, RECORD, ChangesTable, Line
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
from ui.jobs import Job
from ui.titles import title
from ui.widgets.text import Text

_HEIGHT: Final = 240
_LEAD: Final = N_(
    "What is closed keeps its owner. The handover is one step of the history and can be undone."
)
_MOVES: Final = NN_(
    "Nothing has changed yet. {number} record would go over.",
    "Nothing has changed yet. {number} records would go over.",
)
_NOTHING: Final = N_("Nothing open is looked after by {name}.")
_DONE: Final = NN_("{number} record handed over to {name}.", "{number} records handed over to {name}.")  # fmt: skip
_HAND_OVER: Final = NN_("Hand over {number} record", "Hand over {number} records")


class _Preview(NamedTuple):
    """What was worked out: the change set, its lines, how many records go over."""

    changes: ChangeSet
    lines: list[Line]
    number: int


class HandOverDialog(Sheet):
    """From whom, to whom, and what moves.

    Args:
        context: What the window shares.
        giver: The party it begins with; 0 for none.
    """

    saves = True

    def __init__(self, context: Context, giver: int = 0, parent: QWidget | None = None) -> None:
        gettext, in_context = context.t.gettext, context.t.pgettext
        super().__init__(context, gettext(N_("Hand over")), gettext(_LEAD), parent, width=760)
        self._preview: _Preview | None = None
        self._job: Job | None = None
        self.giver = CalmComboBox(context.theme)
        self.taker = CalmComboBox(context.theme)
        self.left = QCheckBox(gettext(N_("Note today as the last day of who hands over")))
        self.said = Text("", "small", "muted", wraps=True)
        self.table = ChangesTable(context)
        self.table.showColumn(FIELD)
        for column, width in ((RECORD, 290), (FIELD, 170), (NOW, 110), (BECOMES, 110)):
            self.table.horizontalHeader().resizeSection(column, width)
        self.table.setMinimumHeight(_HEIGHT)
        self.add_field(in_context(*NP_("handover.giver", "From")), self.giver)
        self.add_field(in_context(*NP_("handover.taker", "To")), self.taker)
        for widget in (self.left, self.said):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.hand_over = self.add_primary(gettext(N_("Hand over")), "arrow-left-right", self.apply)
        self._fill(giver)
        for box in (self.giver, self.taker):
            box.currentIndexChanged.connect(self.show_preview)
        self.left.toggled.connect(self.show_preview)
        self.show_preview()
        (self.taker if giver else self.giver).setFocus()

    def choose(self, giver: int, taker: int) -> None:
        """Choose both."""
        self.giver.setCurrentIndex(self.giver.findData(giver))
        self.taker.setCurrentIndex(self.taker.findData(taker))

    def show_preview(self) -> None:
        """Work out what would go over."""
        self._forget()
        giver, taker = self.giver.currentData(), self.taker.currentData()
        if not giver or not taker:
            self.said.setText(
                self.context.t.gettext(N_("Choose who hands over and who takes over."))
            )
            return
        left_on = self._today() if self.left.isChecked() else None
        t = self.context.t
        self._job = self.context.ask(
            lambda reader: _worked_out(reader, t, giver, taker, left_on),
            self._on_worked_out,
            self.fail,
        )

    def apply(self) -> None:
        """Hand over as one step."""
        if self._preview is None or not self._preview.changes.changes:
            return
        self.hand_over.setEnabled(False)
        self.progress.follow(
            self.context.change(self._preview.changes, self._on_changed, self.fail)
        )

    def _fill(self, giver: int) -> None:
        """Every person and organisation outside the bin, by name; of the giver also one in the bin."""
        register = self.context.register
        view = View(kinds=("party",), columns=("title", "ref"), sort=(("title", False),))
        rows = register.rows(view, register.ids(view))
        known = [(f"{name} • {ref}", row.id) for row in rows for name, ref in [row.values]]
        if giver and giver not in {id for _, id in known}:
            name = register.names([giver])[giver]
            known.insert(0, (f"{name.title} • {name.ref}", giver))
        for box in (self.giver, self.taker):
            box.addItem("", 0)
            for words, id in known:
                box.addItem(words, id)
        self.giver.setCurrentIndex(max(0, self.giver.findData(giver)))

    def _today(self) -> date:
        return clock.today(self.context.register.organisation().zone)

    def _forget(self) -> None:
        """What was worked out is no longer what is asked."""
        if self._job is not None:
            self._job.drop()
        self._preview = None
        self.message.clear()
        self.table.lines.show_lines([])
        self.hand_over.setEnabled(False)
        self.said.setText("")

    def _on_worked_out(self, preview: _Preview) -> None:
        self._preview, t = preview, self.context.t
        self.table.lines.show_lines(preview.lines)
        if preview.number:
            told = t.ngettext(*_MOVES, preview.number)
            self.said.setText(told.format(number=number_words(preview.number)))
            label = t.ngettext(*_HAND_OVER, preview.number)
            label = label.format(number=number_words(preview.number))
        else:
            self.said.setText(t.gettext(_NOTHING).format(name=self.giver.currentText()))
            label = t.gettext(N_("Hand over"))
        self.hand_over.setText(label)
        self.hand_over.setAccessibleName(label)
        may_change = not self.context.register.read_only
        self.hand_over.setEnabled(may_change and bool(preview.changes.changes))

    def _on_changed(self, changed: Changed) -> None:
        number = self._preview.number if self._preview else 0
        said = self.context.t.ngettext(*_DONE, number)
        name = self.taker.currentText()
        self.context.events.said.emit(said.format(number=number_words(number), name=name))
        self.accept()


def _worked_out(
    reader: Reader, t: Translator, giver: int, taker: int, left_on: date | None
) -> _Preview:
    """What goes over in words, and the change set that makes it so."""
    changes = handing_over.hand_over(reader, giver, taker, left_on)
    moving = handing_over.moves(reader, giver)
    names = reader.names([giver, taker])
    lines = [
        Line(
            f"{move.record.ref} {title(move.record.kind, move.record.ref, move.record.title, t.language)}",
            t.label(move.record.kind, move.field),
            names[giver].title,
            names[taker].title,
        )
        for move in moving
    ]
    return _Preview(changes, lines, len({move.record.id for move in moving}))
