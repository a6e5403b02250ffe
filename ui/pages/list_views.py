"""The views of a list: the usual ones first, then those that were saved; saved ones are records, so every step can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from riskreg.changes import Changed, ChangeSet, addition, edit
from riskreg.editing import to_bin
from riskreg.errors import N_, Expected
from riskreg.formats import listed
from riskreg.saved_views import Opened, view_from_json, view_to_json
from riskreg.views import Reader, View, Where
from ui.context import Context
from ui.tables import cells
from ui.tables.listings import Listing
from ui.tables.presets import Preset
from ui.widgets import buttons

KIND: Final = "view"
_MOST: Final = 200


class Saved(NamedTuple):
    """A saved view: its record and its name."""

    id: int
    title: str


class Views(QObject):
    """The chip that names the view, and what can be done with views.

    Args:
        context: What the window shares.
        listing: The list.
        presets: Its usual views.
        question: The list as it is narrowed now, without what always holds.
        page: Over which the menu is shown.
    """

    preset_chosen = Signal(object)
    """A `Preset`."""
    opened = Signal(object, str)
    """A saved view: its `View`, and what it left out in words, empty where nothing."""
    deleted = Signal(str)
    """A saved view is in the bin: a sentence that says so."""

    def __init__(
        self,
        context: Context,
        listing: Listing,
        presets: tuple[Preset, ...],
        question: Callable[[], View],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._context = context
        self._listing = listing
        self._question = question
        self._page = page
        self.presets = presets
        self.current: Saved | None = None
        self._as_saved: View | None = None
        self.chip: QPushButton = buttons.chip(context.theme, "", "layers", self.offer)

    def show_state(self, where: tuple[Where, ...]) -> bool:
        """Name the view on the chip; True where a usual view says all there is to say."""
        t = self._context.t
        found = next((each for each in self.presets if each.where == where), None)
        if self.current is not None:
            name = self.current.title
            is_changed = self._as_saved != self._question()
            text = t.gettext(N_("{view} (changed)")).format(view=name) if is_changed else name
        else:
            text = t.gettext(found.label) if found else t.gettext(N_("Own filter"))
        self.chip.setText(text.replace("&", "&&"))
        self.chip.setAccessibleName(t.gettext(N_("Views: {view}")).format(view=text))
        return found is not None and self.current is None

    def saved(self) -> list[Saved]:
        """The saved views of this list by name."""
        register = self._context.register
        asked = View(
            kinds=(KIND,),
            columns=("title",),
            where=(Where("shows", "=", self._listing.key),),
            sort=(("title", False),),
        )
        ids = register.ids(asked)[:_MOST]
        return [Saved(row.id, str(row.values[0])) for row in register.rows(asked, ids)]

    def leave(self) -> None:
        """No saved view is open any more."""
        self.current = self._as_saved = None

    def offer(self) -> None:
        """Show the menu."""
        try:
            saved = self.saved()
        except Expected as error:
            self._context.show(error)
            return
        menu = self.menu(saved)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def menu(self, saved: list[Saved]) -> QMenu:
        """The usual views, the saved ones, and what can be done with the one that is open."""
        t, menu = self._context.t, QMenu(self._page)
        where = self._question().where
        for preset in self.presets:
            is_on = self.current is None and preset.where == where
            self._add(menu, t.gettext(preset.label), partial(self._choose, preset), is_on)
        if saved:
            menu.addSeparator()
        for each in saved:
            self._add(menu, each.title, partial(self.open, each.id), each == self.current)
        if not self._context.register.read_only:
            menu.addSeparator()
            self._add_steps(menu)
        return menu

    def open(self, id: int) -> None:
        """Show a saved view."""
        usual = self._listing.view()

        def read(reader: Reader) -> tuple[str, Opened]:
            record = reader.record(id)
            return record.title, view_from_json(reader, str(record.get("definition")), usual)

        self._context.ask(read, lambda found: self._on_read(id, *found))

    def save_as(self) -> None:
        """Ask for a name and save the list as it is narrowed now."""
        t = self._context.t
        given = self.current.title if self.current else ""
        name = self._context.prompts.line(
            t.gettext(N_("Save this view")), t.gettext(N_("What shall the view be called?")), given
        )
        if not name:
            return
        question = self._question()
        self._context.ask(
            lambda reader: self._adding(reader, name, question),
            lambda changes: self._context.change(
                changes, lambda changed: self._on_saved(changed, name, question)
            ),
        )

    def update(self) -> None:
        """Save the list as it is narrowed now under the name it has."""
        if self.current is None:
            return
        id, name, question = self.current.id, self.current.title, self._question()
        self._change(
            lambda reader: {"definition": view_to_json(reader, question)},
            lambda _changed: self._become(Saved(id, name), question),
        )

    def rename(self) -> None:
        """Give the view another name."""
        if self.current is None:
            return
        t, id = self._context.t, self.current.id
        name = self._context.prompts.line(
            t.gettext(N_("Rename the view")), t.gettext(N_("What shall the view be called?")),
            self.current.title,
        )  # fmt: skip
        if name:
            self._change(
                lambda _reader: {"title": name},
                lambda _changed: self._become(Saved(id, name), self._as_saved),
            )

    def delete(self) -> None:
        """Move the view to the bin; the list stays as it is."""
        if self.current is None:
            return
        id, name = self.current
        self._context.ask(
            lambda reader: to_bin(reader, [id]),
            lambda changes: self._context.change(changes, lambda _changed: self._on_deleted(name)),
        )

    # parts

    def _add(self, menu: QMenu, text: str, call: Callable[[], object], is_on: bool = False) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(lambda _checked=False: call())

    def _add_steps(self, menu: QMenu) -> None:
        t = self._context.t
        self._step(menu, t.gettext(N_("Save as a new view…")), self.save_as)
        if self.current is not None:
            name = self.current.title
            if self._as_saved != self._question():
                self._step(menu, t.gettext(N_("Update “{view}”")).format(view=name), self.update)
            self._step(menu, t.gettext(N_("Rename “{view}”…")).format(view=name), self.rename)
            self._step(menu, t.gettext(N_("Delete “{view}”")).format(view=name), self.delete)

    def _step(self, menu: QMenu, text: str, call: Callable[[], object]) -> None:
        menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _checked=False: call())

    def _choose(self, preset: Preset) -> None:
        self.leave()
        self.preset_chosen.emit(preset)

    def _adding(self, reader: Reader, name: str, question: View) -> ChangeSet:
        values = {
            "title": name,
            "shows": self._listing.key,
            "definition": view_to_json(reader, question),
        }
        return ChangeSet(act="add", changes=(addition(KIND, values),))

    def _change(
        self, values: Callable[[Reader], dict[str, str]], done: Callable[[Changed], object]
    ) -> None:
        assert self.current is not None  # asked by those who call
        id = self.current.id

        def changes(reader: Reader) -> ChangeSet:
            record = reader.record(id)
            change = edit(record, values(reader))
            facts = {"refs": record.ref}
            return ChangeSet(act="edit", changes=(change,) if change else (), facts=facts)

        self._context.ask(changes, lambda found: self._context.change(found, done))

    def _on_read(self, id: int, title: str, found: Opened) -> None:
        t = self._context.t
        self.current, self._as_saved = Saved(id, title), found.view
        kinds = self._listing.kinds
        known = cells.columns_of(kinds)
        gone = listed(
            (cells.field_label(kinds, key, t) if key in known else key for key in found.left_out), t
        )
        said = t.gettext(N_("This view left out what is gone: {what}.")).format(what=gone)
        self.opened.emit(found.view, said if gone else "")

    def _on_saved(self, changed: Changed, name: str, question: View) -> None:
        self._become(Saved(changed.new[-1], name), question)

    def _on_deleted(self, name: str) -> None:
        self.leave()
        self.show_state(self._question().where)
        said = self._context.t.gettext(N_("View “{view}” moved to the bin.")).format(view=name)
        self.deleted.emit(said)

    def _become(self, saved: Saved, view: View | None) -> None:
        self.current, self._as_saved = saved, view
        self.show_state(self._question().where)
