"""The form of a kind: a row for each field, made from the declaration; the short form first, the rest folded."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from riskreg import kept_words
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.records import Record, Risk, every_field, fields
from riskreg.records.base import ABOUT
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import Json
from riskreg.records.values import Unfit
from riskreg.rules.completeness import Rule, following
from ui.forms.kit import Kit
from ui.forms.row import FieldRow
from ui.forms.scoring import Scoring
from ui.forms.section import Section
from ui.turns import Turns

TIES: Final = N_("Ties")
"""The section of links; one that names a single record stands where it is declared."""


class Form(QWidget):
    """All fields of one kind of record. Built once, shown for one record after the other.

    Its rows are made a few a turn of the loop, from the top down: the short form, then the links; a row that is asked for is made at
    once. `title_row` is not among its rows: the panel shows it as the heading.
    """

    changed = Signal()
    """A person changed something."""
    wanted = Signal(object)
    """This row shall be seen."""

    def __init__(self, kit: Kit, kind: type[Record]) -> None:
        super().__init__()
        self.setObjectName("form")
        self.kit = kit
        self.kind = kind
        self.fields = _shown(kind)
        self.sections: dict[str, Section] = {}
        self.turns = Turns(self)
        self._rows: dict[str, FieldRow] = {}
        self._values: Mapping[str, Value] = {}
        self._is_read_only = False
        self._around: tuple[QWidget | None, QWidget | None] = (None, None)
        self._scoring = Scoring(self) if kind is Risk else None
        self._short = [key for key, what in self.fields.items() if what.short and key != "title"]
        self._following = following(kind.kind)
        self.title_row = self._make("title")
        self._short_rows = QVBoxLayout()
        self._short_rows.setSpacing(kit.theme.space("s"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(kit.theme.space("s"))
        layout.addLayout(self._short_rows)
        for name, keys in _parts(self.fields).items():
            self.sections[name] = Section(kit, name, keys, self._make, self.turns)
            self.sections[name].hide()
            self.sections[name].filled.connect(self.order_tabs)
            layout.addWidget(self.sections[name])
        layout.addStretch(1)
        for key in self._short:
            self.turns.add(lambda key=key: self._make_short(key))  # type: ignore[misc]
        self.turns.add(self._show_sections)
        self.turns.rested.connect(self.order_tabs)

    def row(self, key: str) -> FieldRow:
        """The row of a field, unfolded so that it can be seen."""
        self._make_short(key)
        for section in self.sections.values():
            if key in section.keys:
                self._show_sections()
                section.unfold()
        return self._rows[key]

    def complete(self) -> None:
        """Make now what is still to be made."""
        self._show_sections()
        self.turns.finish()

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show what is stored; fields not named are empty."""
        self._values = values
        for key, row in self._rows.items():
            row.show_value(self._stored(key), is_new=not values)
        self._settle_scores()
        self._ask_for_all()
        self._count()

    def rebase(self, values: Mapping[str, Value], by: Mapping[str, str] | None = None) -> None:
        """Show what was saved meanwhile, and keep what a person has typed: where both differ, they choose.

        Args:
            values: What is stored now.
            by: Who saved a field, and when.
        """
        self._values = values
        for key, row in self._rows.items():
            new = self._stored(key)
            if not row.is_dirty():
                if row.conflict is None or new != row.base:
                    row.show_value(new)
            elif new != row.base and row.editor.differs(new):
                row.set_conflict(new, self._words, (by or {}).get(key, ""))
            else:
                row.base = new
        self._settle_scores()
        self._ask_for_all()
        self._count()

    def decide_all(self, *, is_mine: bool) -> None:
        """Choose mine, or theirs, wherever two values stand side by side and nothing was chosen."""
        for key in self.conflicts():
            if box := self._rows[key].conflict:
                (box.mine_chosen if is_mine else box.theirs_chosen).emit()

    def sent(self, values: Mapping[str, Value]) -> None:
        """These values are stored now as they stood in the form: what a person typed since is what is unsaved."""
        for key, value in values.items():
            self._rows[key].base = value
        for row in self._rows.values():
            if not row.is_undecided():
                row.settle_conflict()

    def detach(self) -> None:
        """What stands here belongs to no record any more: all of it is unsaved."""
        self.complete()
        for section in self.sections.values():
            section.complete()
        self._values = {}
        for key, row in self._rows.items():
            row.base = fields.empty(self.fields[key])

    def dirty(self) -> list[str]:
        """The fields that are not saved."""
        return [key for key, row in self._rows.items() if row.is_dirty()]

    def written(self) -> dict[str, Json]:
        """What is typed and not saved, for a draft: each field, and the records that it will make."""
        named = {str(id): list(entry) for id, entry in self.kit.new_names.entries.items()}
        return {"fields": {key: self._rows[key].written() for key in self.dirty()}, "new": named}

    def write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back; what it says of fields that are no more, or cannot be read any more, is left out."""
        ids = {
            int(id): self.kit.new_names.id_again(int(id), kind, title)
            for id, (kind, title) in kept.get("new", {}).items()
        }
        for key, written in kept.get("fields", {}).items():
            if key in self.fields:
                if isinstance(self.fields[key], fields.Links) and "value" in written:
                    linked = [ids.get(id, id) for id in written["value"]]
                    written = {**written, "value": linked}
                with suppress(Unfit):
                    self.row(key).write(written, self._words)
        self._on_row_changed()

    def conflicts(self) -> list[str]:
        """The fields of which two values stand side by side, and none was chosen yet."""
        return [key for key, row in self._rows.items() if row.is_undecided()]

    def read(self) -> tuple[dict[str, Value], dict[str, Unfit]]:
        """The unsaved values, and the fields in which no value stands with the reason."""
        found: dict[str, Value] = {}
        unfit: dict[str, Unfit] = {}
        for key in self.dirty():
            row = self._rows[key]
            try:
                row.editor.finish()
                found[key] = row.editor.value()
            except Unfit as error:
                unfit[key] = error
        return found, unfit

    def mark(self, reasons: Mapping[str, str]) -> None:
        """Mark fields with what is wrong and lead to the first of them."""
        for key, reason in reasons.items():
            self.row(key).set_reason(reason)
        first = next((key for key in self.fields if key in reasons), None)
        if first:
            self.go_to(first)

    def go_to(self, key: str) -> None:
        """Unfold the section of a field and put the cursor there."""
        row = self.row(key)
        row.editor.controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit(row)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let nothing be changed, or everything again."""
        self._is_read_only = is_read_only
        for row in self._rows.values():
            row.editor.set_read_only(is_read_only)

    def _make_short(self, key: str) -> None:
        """Make the rows of the short form up to that of a field; the others have theirs in a section."""
        if key in self._rows or key not in self._short:
            return
        for each in self._short[: self._short.index(key) + 1]:
            if each not in self._rows:
                row = self._make(each)
                self._short_rows.addWidget(row)
                row.show()  # Qt would do it in its next turn, and it may be asked for in this one

    def _show_sections(self) -> None:
        """What is folded stands beneath the short form, so it is shown after it."""
        self._make_short(self._short[-1] if self._short else "")
        for section in self.sections.values():
            section.show()
        if TIES in self.sections:
            self.sections[TIES].head.setChecked(True)

    def _make(self, key: str) -> FieldRow:
        row = FieldRow(self.kit, self.kind, key, self.fields[key])
        row.show_value(self._stored(key), is_new=not self._values)
        row.editor.set_read_only(self._is_read_only)
        row.changed.connect(self._on_row_changed)
        row.changed.connect(self._lead_on)
        self._rows[key] = row
        if self._scoring:
            self._scoring.dress(row)
        self._ask_for(key)
        return row

    def _lead_on(self, key: str) -> None:
        """Where a choice calls for other fields at once, open them and show the first that is empty."""
        called = [rule for rule in self._following if rule.follows and rule.follows[0] == key]
        asked = [rule.field for rule in called if self._is_called_for(rule)]
        for field in asked:
            self.row(field)
        self._ask_for_all()
        if empty := next((field for field in asked if not self._is_filled(field)), None):
            self.wanted.emit(self._rows[empty])

    def _ask_for_all(self) -> None:
        for rule in self._following:
            self._ask_for(rule.field)

    def _ask_for(self, key: str) -> None:
        """Say at a field why it is asked for, as long as it is."""
        for rule in self._following:
            if rule.field == key and key in self._rows:
                why = self.kit.t.gettext(rule.reason) if self._is_called_for(rule) else ""
                self._rows[key].ask_for(why)

    def _is_called_for(self, rule: Rule) -> bool:
        """Whether what stands in the form calls for the field of a rule."""
        if rule.follows is None:
            return False
        key, value = rule.follows
        row = self._rows.get(key)
        chosen = row.editor.value() if row else self._stored(key)
        return self._meaning(key, chosen) == value

    def _meaning(self, key: str, chosen: Value) -> Value:
        """The built-in choice that one of the organisation's own counts as."""
        what = self.fields[key]
        if isinstance(what, fields.Choice) and isinstance(chosen, str):
            return self.kit.vocabulary.terms_of(what.terms).meaning(chosen)
        return chosen

    def rows(self) -> tuple[FieldRow, ...]:
        """The rows that are made so far."""
        return tuple(self._rows.values())

    def value(self, key: str) -> Value:
        """What stands in a field, saved or not; raises `Unfit` where what was typed is no value."""
        return self._rows[key].editor.value() if key in self._rows else self._stored(key)

    def _settle_scores(self) -> None:
        if self._scoring:
            self._scoring.show()

    def _stored(self, key: str) -> Value:
        return self._values.get(key, fields.empty(self.fields[key]))

    def _words(self, what: FieldKind, value: Value) -> str:
        ids = cast("frozenset[int]", value) if isinstance(what, fields.Links) else frozenset()
        names = self.kit.directory.names(ids)
        by = self._scoring.scale if self._scoring else self.kit.vocabulary.scale
        return format_value(what, value, self.kit.t, self.kit.vocabulary.with_scale(by), names)

    def _on_row_changed(self) -> None:
        self._count()
        self.changed.emit()

    def stand_between(self, before: QWidget, after: QWidget) -> None:
        """Say what Tab reaches before and after the form."""
        self._around = (before, after)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Let Tab follow the fields as they stand, whenever some were made or taken away: Qt follows their age."""
        before, after = self._around
        stops = [before] if before else []
        stops += [stop for key in self._short for stop in self._stops(key)]
        for section in self.sections.values():
            stops.append(section.head)
            stops += [stop for key in section.keys for stop in self._stops(key)]
        if after:
            stops.append(after)
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _stops(self, key: str) -> tuple[QWidget, ...]:
        stops = self._rows[key].editor.tab_stops() if key in self._rows else ()
        return tuple(stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _count(self) -> None:
        for section in self.sections.values():
            section.show_count(sum(map(self._is_filled, section.keys)))
        self.order_tabs()

    def _is_filled(self, key: str) -> bool:
        nothing = fields.empty(self.fields[key])
        row = self._rows.get(key)
        return row.editor.differs(nothing) if row else self._stored(key) != nothing


def _shown(kind: type[Record]) -> dict[str, FieldKind]:
    """What people fill in: neither what is asked no more nor what only the program keeps."""
    every = every_field(kind).items()
    return {
        key: what
        for key, what in every
        if not what.retired and (kind.kind, key) not in kept_words.TOLD
    }


def _parts(shown: Mapping[str, FieldKind]) -> dict[str, list[str]]:
    """The fields beyond the short form by section, in the order of declaration; links in one section before what every kind has."""
    parts: dict[str, list[str]] = {}
    ties: list[str] = []
    for key, what in shown.items():
        if not what.short and key != "title":
            part = ties if _is_tie(what) else parts.setdefault(what.section, [])
            part.append(key)
    last = parts.pop(ABOUT, [])
    return {**parts, **({TIES: ties} if ties else {}), ABOUT: last}


def _is_tie(what: fields.FieldKind) -> bool:
    """Whether a field is one among many ties, and not a part of what its section says, such as who accepted a risk."""
    return isinstance(what, fields.Links) and (what.mirror or not what.one or what.section == TIES)
