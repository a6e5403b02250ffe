"""Editor of links: chips that open the other record, and a line that finds one by ref or title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from riskreg.errors import N_
from riskreg.formats import link_name
from riskreg.records import KINDS, NEW_KINDS
from riskreg.records.fields import Links, Value
from riskreg.records.jsons import one_line
from riskreg.records.terms import folded
from riskreg.records.values import Unfit
from riskreg.views import Name
from ui.forms.chips import AT_ONCE, Chip, ChipsEditor
from ui.forms.kit import Kit

_SORTED: Final = 200
"""As many links are sorted by ref; more stand in the order in which the records were made."""
_ADD: Final = N_("Add by ref or title…")
_NOT_THERE: Final = N_("“{value}” is not in the register: choose it, or “New”, from the list")
_CHANGE: Final = N_("Change…")


class LinksEditor(ChipsEditor):
    """Links to records of one kind.

    A name that is not in the register yet is offered as a new record, where a name is enough to make one; it is made when it was chosen
    so and the form is saved, in the same change.
    """

    def __init__(self, kit: Kit, kind: Links) -> None:
        self._kind = kind
        self._names: dict[int, Name] = {}
        super().__init__(kit, kit.t.gettext(_ADD))

    def value(self) -> Value:
        """The ids that are linked."""
        return frozenset(cast("list[int]", self.keys))

    def set_value(self, value: Value) -> None:
        """Show links by ref; new ones last. Names are asked for all at once, or for those that are shown of very many."""
        ids = sorted(cast("frozenset[int]", value), key=lambda id: (id < 0, id))
        asked = [id for id in ids[: AT_ONCE if len(ids) > _SORTED else None] if id > 0]
        names = self._names = dict(self.kit.directory.names(asked)) if asked else {}
        if len(ids) <= _SORTED:
            ids.sort(key=lambda id: (id < 0, names[id].ref if id in names else "", id))
        self.show_keys(list(ids))

    def chip(self, key: str | int) -> Chip:
        """A record by ref and title; a click opens it."""
        id = cast("int", key)
        icon = KINDS[self._kind.to].icon
        chip = Chip(self.kit, id, self._called(id), icon, opens=id > 0)
        chip.opened.connect(self.kit.directory.open)
        return chip

    def lines(self, words: str) -> list[tuple[object, str]]:
        """Records that fit, and a new one where none is called exactly so."""
        found = self.kit.directory.suggest(self._kind.to, words)
        lines: list[tuple[object, str]] = [
            (id, link_name(name, self.kit.t)) for id, name in found if id not in self.keys
        ]
        if words and self._kind.to in NEW_KINDS and _exact(found, words) is None:
            kind = self.kit.t.kind_name(self._kind.to, plural=False)
            offer = self.kit.t.gettext(N_("New {kind}: {name}"))
            lines.append((one_line(words), offer.format(kind=kind, name=words)))
        return lines

    def resolve(self, words: str) -> str | int:
        """The record with that ref or title; else a new one where a name is enough; else the only one that fits."""
        found = self.kit.directory.suggest(self._kind.to, words)
        exact = _exact(found, words)
        if exact is not None:
            return exact
        if self._kind.to in NEW_KINDS:
            return self.kit.new_names.id_of(self._kind.to, one_line(words))
        if len(found) == 1:
            return found[0][0]
        raise Unfit(N_("there is no “{value}”: choose one from the list"), value=words)

    def finish(self) -> None:
        """Take up a ref or title that was typed but not entered; a new name is only taken where the person said so; raises `Unfit`."""
        words = self.add_line.text().strip()
        if words and self._kind.to in NEW_KINDS:
            found = self.kit.directory.suggest(self._kind.to, words)
            if _exact(found, words) is None:
                raise Unfit(_NOT_THERE, value=words)
        super().finish()

    def add(self, key: str | int) -> None:
        """Link a record; where only one can be linked it takes the place of the other. Text names a new one."""
        id = self.kit.new_names.id_of(self._kind.to, key) if isinstance(key, str) else key
        if self._kind.one and self.keys and id not in self.keys:
            self.show_keys([])
        super().add(id)

    def _settle(self) -> None:
        super()._settle()
        is_full = self._kind.one and bool(self.keys)
        self.add_line.setPlaceholderText(self.kit.t.gettext(_CHANGE if is_full else _ADD))

    def _called(self, id: int) -> str:
        if id < 0:
            new = self.kit.t.gettext(N_("{name} (new)"))
            return new.format(name=self.kit.new_names.title(id))
        if id not in self._names:
            self._names.update(self.kit.directory.names((id,)))
        name = self._names.get(id)
        return link_name(name, self.kit.t) if name else f"#{id}"


def _exact(found: Iterable[tuple[int, Name]], words: str) -> int | None:
    """The record whose ref or title is what was typed; None where it is none or several."""
    wanted = folded(words)
    fits = [id for id, name in found if wanted in (folded(name.ref), folded(name.title))]
    return fits[0] if len(fits) == 1 else None
