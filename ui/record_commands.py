"""Commands about one record as a whole: the one in the panel, else the only one that is chosen in the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from riskreg.changes import Changed, ChangeSet
from riskreg.editing import duplicate
from riskreg.errors import N_
from riskreg.records import every_link
from riskreg.views import Reader
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.over import Over

_COPY = N_("{title} (copy)")
_TIES = N_("Ties")


class RecordCommands(QObject):
    """Duplicate, tie and hand over, and open a record at a field.

    Args:
        context: What the window shares.
        over: Opens dialogs.
        chosen: The records that are chosen in the list.
        panel: The panel.
        show: Shows a record in it.
    """

    def __init__(
        self,
        context: Context,
        over: Over,
        chosen: Callable[[], list[int]],
        panel: Callable[[], RecordPanel],
        show: Callable[[int], object],
    ) -> None:
        super().__init__(over)
        self._context = context
        self._over = over
        self._chosen = chosen
        self._panel = panel
        self._show = show
        self._copy = 0
        self._field = (0, "")

    def duplicate(self) -> None:
        """Make a copy of the record and open it, to be given a name of its own; what is not saved is asked about first."""
        if id := self._record():
            self._panel().leave(lambda: self._ask(id))

    def hand_over(self) -> None:
        """Ask to whom the party goes over; of any other record, also from whom."""
        names = self._context.register.names([self._record()])
        giver = next((id for id, name in names.items() if name.kind == "party"), 0)
        self._panel().leave(lambda: self._over.hand_over(giver))

    def tie(self) -> None:
        """Go to where the record that is shown is tied to others; who is concerned stands beside it."""
        panel = self._panel()
        if panel.isHidden() or panel.is_quick:
            return
        links = every_link(panel.form.kind)
        ties = [key for key, link in links.items() if link.section == _TIES]
        things = [key for key in ties if links[key].to != "party"]
        if first := (things or ties or list(links))[:1]:
            panel.form.go_to(first[0])

    def note(self) -> None:
        """Write down what just happened: of the incident that is shown, else of one that is named then."""
        panel = self._panel()
        if not panel.isHidden() and panel.case.incident is not None:
            panel.case.note()
        else:
            self._context.events.new_record.emit("entry")

    def open_field(self, id: int, key: str) -> None:
        """Show a record with the cursor in one of its fields, where its form has that."""
        self._field = (id, key)
        self._show(id)
        if self._panel().record_id == id:
            self._go_to_field(id)

    def on_shown(self, id: int) -> None:
        """A record is shown. Of a copy, what it is called comes first; a field that was asked for has the cursor."""
        if id == self._copy:
            self._copy = 0
            self._panel().go_to("title")
        self._go_to_field(id)

    def _go_to_field(self, id: int) -> None:
        wanted, key = self._field
        self._field = (0, "")
        if id == wanted and key in self._panel().form.fields:
            self._panel().go_to(key)

    def _record(self) -> int:
        panel = self._panel()
        if not panel.isHidden() and panel.record_id:
            return panel.record_id
        chosen = self._chosen()
        return chosen[0] if len(chosen) == 1 else 0

    def _ask(self, id: int) -> None:
        pattern = self._context.t.gettext(_COPY)

        def made(reader: Reader) -> ChangeSet:
            title = pattern.format(title=reader.record(id).title).strip()
            return duplicate(reader, id, title)

        self._context.ask(made, lambda changes: self._context.change(changes, self._on_made))

    def _on_made(self, changed: Changed) -> None:
        self._copy = changed.new[-1]
        self._show(self._copy)
