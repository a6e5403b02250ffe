"""What narrows the findings of the checks: their level, the kind of record, who looks after it, and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.records import KINDS
from riskreg.rules.checks import LEVELS
from ui.context import Context
from ui.forms.choose import CalmComboBox
from ui.pages.checks_found import Told, Wish
from ui.pages.page import SearchField

NOBODY: Final = 0
_COUNTED: Final = N_("{name} ({number})")
_TYPING_MS: Final = 150


class ChecksFilter(QWidget):
    """Three lists and a field. Each list says how many of all findings a choice holds.

    Args:
        context: What the window shares.
    """

    changed = Signal()
    """Other findings shall be shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        gettext, theme = context.t.gettext, context.theme
        self._context = context
        self.words = SearchField(context, gettext(N_("Filter what was found")), 300)
        self.level, self.kind, self.owner = (CalmComboBox(theme) for _ in range(3))
        named = (
            (self.level, N_("Level")),
            (self.kind, N_("Kind")),
            (self.owner, N_("Looked after by")),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self.words, 1)
        for box, name in named:
            box.setAccessibleName(gettext(name))
            box.currentIndexChanged.connect(self.changed)
            layout.addWidget(box, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self.changed)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self.hide()

    def wish(self) -> Wish:
        """What is chosen."""
        return Wish(
            level=self.level.currentData() or "",
            kind=self.kind.currentData() or "",
            owner=self.owner.currentData(),
            words=self.words.text().strip(),
        )

    def clear(self) -> None:
        """Show everything again."""
        self._pause.stop()
        for part in (self.words, self.level, self.kind, self.owner):
            part.blockSignals(True)
        self.words.clear()
        for box in (self.level, self.kind, self.owner):
            box.setCurrentIndex(0)
        for part in (self.words, self.level, self.kind, self.owner):
            part.blockSignals(False)
        self.changed.emit()

    def offer(self, told: Told) -> None:
        """Offer what was found; what was chosen stays, also where nothing is found of it any more."""
        t = self._context.t
        levels = Counter(finding.check.level for finding in told.findings)
        kinds = Counter(finding.kind for finding in told.findings)
        owners: Counter[int] = Counter()
        for finding in told.findings:
            owners.update(told.owners.get(finding.id) or (NOBODY,))
        people = sorted(owners.keys() - {NOBODY}, key=lambda id: told.names.get(id, "").casefold())
        self._fill(
            self.level,
            N_("All levels"),
            [(level, t.gettext(name), levels[level]) for level, name in LEVELS.items()],
        )
        self._fill(
            self.kind,
            N_("All kinds"),
            [(kind, t.kind_name(kind), kinds[kind]) for kind in KINDS],
        )
        self._fill(
            self.owner,
            N_("Whoever looks after it"),
            [
                (NOBODY, t.gettext(N_("Nobody")), owners[NOBODY]),
                *((id, told.names.get(id, ""), owners[id]) for id in people),
            ],
        )

    def _fill(
        self, box: CalmComboBox, everything: str, choices: Iterable[tuple[object, str, int]]
    ) -> None:
        t, chosen = self._context.t, box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(t.gettext(everything), None)
        for key, name, number in choices:
            if number or key == chosen:
                said = t.gettext(_COUNTED).format(name=name, number=number_words(number))
                box.addItem(said, key)
        box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
        box.blockSignals(False)
