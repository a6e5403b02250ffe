"""Five questions about the organisation, and the records that a register like it may begin with."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
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
from ui.widgets.number_box import NumberBox
from ui.widgets.text import Text

_LEAD: Final = N_(
    "Answer five questions and take what fits; the rest can be added at any time. One undo takes all of it back."
)
_ADD: Final = NN_("Add {number} record", "Add {number} records")
_ADDED: Final = N_(
    "The suggested records are in the register. Give each an owner when you have time."
)
_ALL: Final = N_("All that is suggested is in the register already.")
_MOST_STAFF: Final = 100_000
_TALL: Final = 300


class SuggestionsDialog(Sheet):
    """What is suggested, by kind, each ticked; what is unticked stays out.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        super().__init__(
            context, gettext(N_("Suggested records")), gettext(_LEAD), parent, width=720
        )
        self._organisation: Organisation = context.register.organisation()
        self._shown: dict[tuple[str, str], starting.Suggestion] = {}
        self._left_out: set[tuple[str, str]] = set()
        self.sector = CalmComboBox(context.theme)
        self.staff = NumberBox(0, _MOST_STAFF)
        self.answers = {key: QCheckBox(self._label(key)) for key in starting.ANSWERS}
        self.list = QTreeWidget()
        self.none = Text(gettext(_ALL), "body", "muted", wraps=True)
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
        return [each for key, each in self._shown.items() if key not in self._left_out]

    def show_suggestions(self) -> None:
        """Ask anew what fits the answers; what was unticked stays so."""
        t, register = self.context.t, self.context.register
        found = starting.suggested(register, self._organisation.having(self.answered()))
        self._shown = {(each.kind, each.key): each for each in found}
        self.list.blockSignals(True)
        self.list.clear()
        for kind in starting.KINDS_SUGGESTED:
            those = [each for each in found if each.kind == kind]
            if those:
                self._show_kind(kind, those, t.kind_name(KINDS[kind]))
        self.list.blockSignals(False)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
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
        self.body.addWidget(self.none)
        self.body.addWidget(self.list, 1)

    def _show_kind(self, kind: str, those: list[starting.Suggestion], name: str) -> None:
        head = QTreeWidgetItem([f"{name} ({number_words(len(those))})"])
        head.setIcon(0, icons.icon(self.context.theme, KINDS[kind].icon, "muted"))
        head.setFlags(
            head.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable
        )
        for each in those:
            item = QTreeWidgetItem([each.title[self.context.t.language]])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(0, Qt.ItemDataRole.UserRole, (each.kind, each.key))
            is_out = (each.kind, each.key) in self._left_out
            item.setCheckState(0, Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked)
            head.addChild(item)
        self.list.addTopLevelItem(head)

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, Qt.ItemDataRole.UserRole)
        if key is None:
            return
        if item.checkState(0) == Qt.CheckState.Checked:
            self._left_out.discard(tuple(key))
        else:
            self._left_out.add(tuple(key))
        self._count()

    def _count(self) -> None:
        number = len(self.chosen())
        words = self.context.t.ngettext(*_ADD, number).format(number=number_words(number))
        self.add.setText(words)
        self.add.setAccessibleName(words)
        self.add.setEnabled(number > 0 and not self.context.register.read_only)

    def _on_saved(self) -> None:
        self.context.events.said.emit(self.context.t.gettext(_ADDED))
        self.close()
