"""The part of the settings about scoring: the scale in force and what the organisation puts up with."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from riskreg.errors import N_
from riskreg.records.fields import Value
from ui.context import Context
from ui.dialogs.scale_dialog import ScaleDialog
from ui.dialogs.settings_pages import Part
from ui.forms.choose import CalmComboBox
from ui.widgets import buttons
from ui.widgets.heat_map import HeatMap
from ui.widgets.text import Text

_NOT_SAID: Final = N_("Not said")


class ScalePart(Part):
    """The scale in force as a heat map, and the levels that are accepted and borne."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        gettext = context.t.gettext
        self.name = Text("", "strong", wraps=True)
        self.source = Text("", "small", "muted", wraps=True)
        self.appetite = CalmComboBox(context.theme)
        self.tolerance = CalmComboBox(context.theme)
        self.map = QVBoxLayout()
        self.body.addWidget(self.name)
        self.body.addWidget(self.source)
        self.body.addLayout(self.map)
        self.change_button = buttons.button(
            context.theme, gettext(N_("Change the scale…")), "pencil", self.change
        )
        self.offer(self.change_button)
        self.ask(
            N_("Accepted without further treatment, up to"),
            self.appetite,
            N_("A risk above it needs a treatment, or somebody who accepts it."),
        )
        self.ask(N_("Borne for a while, up to"), self.tolerance)
        self.body.addStretch(1)
        for field in (self.appetite, self.tolerance, self.change_button):
            field.setEnabled(not context.register.read_only)

    def load(self) -> None:
        """Show what is in force."""
        vocabulary, language = self.context.register.vocabulary, self.context.t.language
        self.name.setText(vocabulary.scale.title.get(language))
        source = vocabulary.scale.source
        self.source.setText(source.get(language) if source else "")
        self.source.setVisible(source is not None)
        while (item := self.map.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.map.addWidget(HeatMap(self.context.theme, vocabulary, language, {}))
        found = self.context.register.organisation()
        self._fill(self.appetite, found.appetite)
        self._fill(self.tolerance, found.tolerance)

    def _fill(self, box: CalmComboBox, chosen: str | None) -> None:
        """The levels of the scale; one that it no longer gives stays, until another is chosen."""
        levels, language = (
            self.context.register.vocabulary.terms_of("level"),
            self.context.t.language,
        )
        box.clear()
        box.addItem(self.context.t.gettext(_NOT_SAID), None)
        for key in levels.keys:
            if key in levels.offered or key == chosen:
                box.addItem(levels.label(key, language), key)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def values(self) -> dict[str, Value]:
        """What the record of the organisation shall say."""
        return {
            "appetite": self.appetite.currentData(),
            "tolerance": self.tolerance.currentData(),
        }

    def change(self) -> None:
        """Open the dialog of the scale."""
        dialog = ScaleDialog(self.context, self.window())
        dialog.saved.connect(self.load)
        dialog.open()
