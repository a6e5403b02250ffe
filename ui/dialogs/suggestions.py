"""Five questions about the organisation, and the records that a register like it may begin with."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from riskreg import clock, starting
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import KINDS, Organisation
from riskreg.records.fields import Value
from riskreg.records.values import Count
from ui import icons
from ui.context import Context
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.choose import CalmComboBox
from ui.widgets import buttons
from ui.widgets.empty import Empty
from ui.widgets.number_box import NumberBox
from ui.widgets.text import Text

_LEAD: Final = N_(
    "Answer five questions and take what fits; the rest can be added at any time. One undo takes all of it back."
)
_ADD: Final = NN_("Add {number} record", "Add {number} records")
_ADDED: Final = N_(
    "The suggested records are in the register. Give each an owner when you have time."
)
_ADD_NONE: Final = N_("Add records")
_ALL: Final = N_("Nothing new to suggest: all that fits these answers is in the register already.")
_TICKED: Final = N_("{kind} ({ticked} of {number})")
_THERE: Final = N_("There already: {record}")
_ALL_ALIKE: Final = N_(
    "Nothing new to suggest: the register holds all of this in other words. Tick what you want nevertheless."
)
_KEY: Final = int(Qt.ItemDataRole.UserRole)
_KIND: Final = _KEY + 1
_MOST_STAFF: Final = 100_000
_TALL: Final = 300
_THERE_WIDTH: Final = 280


class SuggestionsDialog(Sheet):
    """What is suggested, by kind, each ticked but for what the register holds in other words; what is unticked stays out.

    Args:
        context: What the window shares.
    """

    saves = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        super().__init__(
            context, gettext(N_("Suggested records")), gettext(_LEAD), parent, width=720
        )
        self._organisation: Organisation = context.register.organisation()
        self._shown: dict[tuple[str, str], starting.Suggestion] = {}
        self._alike = starting.alike(context.register)
        self._ticks: dict[tuple[str, str], bool] = {}
        self._folded = set(() if self._alike else starting.KINDS_SUGGESTED)
        self.sector = CalmComboBox(context.theme)
        self.staff = NumberBox(0, _MOST_STAFF)
        self.answers = {key: QCheckBox(self._label(key)) for key in starting.ANSWERS}
        self.list = QTreeWidget()
        self.none = Empty(context.theme, "circle-check", gettext(_ALL))
        self.all_alike = Text(gettext(_ALL_ALIKE), "body", "muted", wraps=True)
        self.tick_all = buttons.link(
            context.theme, gettext(N_("Tick all")), lambda: self._tick_all(True)
        )
        self.untick_all = buttons.link(
            context.theme, gettext(N_("Untick all")), lambda: self._tick_all(False)
        )
        self._fill()
        self._lay_out_questions()
        self.add = self.add_primary("", "check", self.save)
        self.show_suggestions()
        self.sector.currentIndexChanged.connect(self.show_suggestions)
        self.staff.valueChanged.connect(self.show_suggestions)
        for box in self.answers.values():
            box.toggled.connect(self.show_suggestions)
        self.list.itemChanged.connect(self._on_item_changed)

    def answered(self) -> dict[str, Value]:
        """The answers, as fields of the organisation."""
        staff = self.staff.value()
        return {
            "sector": self.sector.currentData(),
            "staff_count": Count(staff, "exact") if staff else None,
            **{
                key: box.isChecked() or (None if self._organisation.get(key) is None else False)
                for key, box in self.answers.items()
            },
        }

    def chosen(self) -> list[starting.Suggestion]:
        """What is ticked, in the order shown."""
        return [each for key, each in self._shown.items() if self._is_ticked(key)]

    def show_suggestions(self) -> None:
        """Ask anew what fits the answers; what was ticked or unticked stays so."""
        register = self.context.register
        found = starting.suggested(register, self._organisation.having(self.answered()))
        self._shown = {(each.kind, each.key): each for each in found}
        self._note_folded()
        self.list.blockSignals(True)
        self.list.clear()
        for kind in starting.KINDS_SUGGESTED:
            those = [each for each in found if each.kind == kind]
            if those:
                self._show_kind(kind, those, is_open=kind not in self._folded)
        self.list.blockSignals(False)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        for link in (self.tick_all, self.untick_all):
            link.setVisible(bool(found))
        self.all_alike.setVisible(bool(found) and self._alike.keys() >= self._shown.keys())
        self._count()

    def save(self) -> None:
        """Add what is ticked, and keep the answers, in one step."""
        self.message.clear()
        asked = starting.additions(
            self.context.register,
            self.chosen(),
            self._organisation.language or self.context.t.language,
            clock.today(self._organisation.zone),
            self.answered(),
        )
        self.progress.follow(
            self.context.change(asked, lambda _changed: self._on_saved(), self.fail)
        )

    def _note_folded(self) -> None:
        """Keep which kinds the person folded."""
        for place in range(self.list.topLevelItemCount()):
            head = cast("QTreeWidgetItem", self.list.topLevelItem(place))
            change = self._folded.discard if head.isExpanded() else self._folded.add
            change(head.data(0, _KIND))

    def _is_ticked(self, key: tuple[str, str]) -> bool:
        """As the person said, else all but what is there in other words."""
        return self._ticks.get(key, key not in self._alike)

    def _label(self, key: str) -> str:
        return self.context.t.label(Organisation, key)

    def _fill(self) -> None:
        terms = self.context.register.vocabulary.terms_of("sector").terms
        self.sector.addItem("", None)
        for term in terms:
            self.sector.addItem(term.label.get(self.context.t.language), term.key)
        self.sector.setCurrentIndex(max(self.sector.findData(self._organisation.sector), 0))
        count = self._organisation.staff_count
        self.staff.setValue(count.number or 0 if count else 0)
        for key, box in self.answers.items():
            box.setChecked(self._organisation.get(key) is True)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _THERE_WIDTH)
        self.list.setColumnHidden(1, not self._alike)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setMinimumHeight(_TALL)
        self.list.setRootIsDecorated(True)
        self.list.setAccessibleName(self.context.t.gettext(N_("Suggested records")))

    def _lay_out_questions(self) -> None:
        theme = self.context.theme
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addLayout(labelled(theme, self._label("sector"), self.sector), 3)
        row.addLayout(labelled(theme, self._label("staff_count"), self.staff), 1)
        self.body.addLayout(row)
        for box in self.answers.values():
            self.body.addWidget(box)
        self.body.addLayout(self._above_list())
        self.body.addWidget(self.none, 1)
        self.body.addWidget(self.list, 1)

    def _above_list(self) -> QHBoxLayout:
        """What is to be said of the list, and two ways to tick it."""
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.space("m"))
        row.addWidget(self.all_alike, 1)
        row.addStretch(1)
        for link in (self.tick_all, self.untick_all):
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _tick_all(self, is_ticked: bool) -> None:
        self._ticks |= dict.fromkeys(self._shown, is_ticked)
        self.show_suggestions()

    def _show_kind(self, kind: str, those: list[starting.Suggestion], *, is_open: bool) -> None:
        t = self.context.t
        head = QTreeWidgetItem([""])
        head.setData(0, _KIND, kind)
        head.setIcon(0, icons.icon(self.context.theme, KINDS[kind].icon, "muted"))
        head.setFlags(
            head.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable
        )
        for each in those:
            key = (each.kind, each.key)
            record = self._alike.get(key, "")
            there = t.gettext(_THERE).format(record=record) if record else ""
            item = QTreeWidgetItem([each.title[t.language], there])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(0, _KEY, key)
            item.setForeground(1, self.context.theme.color("muted"))
            item.setToolTip(1, there)
            is_ticked = self._is_ticked(key)
            item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            head.addChild(item)
        self.list.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        head.setExpanded(is_open)

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, _KEY)
        if key is None:
            return
        self._ticks[tuple(key)] = item.checkState(0) == Qt.CheckState.Checked
        self._count()

    def _count(self) -> None:
        t, number = self.context.t, len(self.chosen())
        words = t.ngettext(*_ADD, number).format(number=number_words(number))
        words = words if number else t.gettext(_ADD_NONE)
        self.add.setText(words)
        self.add.setAccessibleName(words)
        self.add.setEnabled(number > 0 and not self.context.register.read_only)
        self._count_kinds()

    def _count_kinds(self) -> None:
        """Say at the head of each kind how many of it are ticked."""
        t = self.context.t
        self.list.blockSignals(True)
        for place in range(self.list.topLevelItemCount()):
            head = cast("QTreeWidgetItem", self.list.topLevelItem(place))
            kind = head.data(0, _KIND)
            ticks = [self._is_ticked(key) for key in self._shown if key[0] == kind]
            ticked, number = number_words(sum(ticks)), number_words(len(ticks))
            said = t.gettext(_TICKED).format(
                kind=t.kind_name(KINDS[kind]), ticked=ticked, number=number
            )
            head.setText(0, said)
        self.list.blockSignals(False)

    def _on_saved(self) -> None:
        self.context.events.said.emit(self.context.t.gettext(_ADDED))
        self.close()
