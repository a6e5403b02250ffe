"""Under the title of an incident: that it is a drill, how severe it is, how its tightest clock stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from riskreg import case_words, clock
from riskreg.records import Incident
from ui.context import Context
from ui.forms.flow import FlowBox
from ui.incident import chips
from ui.incident.loaded import Loaded


class CaseLine(FlowBox):
    """Of other records it holds what else stands in the line.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme.space("s") - 2)
        self._context = context
        self._said: tuple[object, ...] = ()
        self._chips: list[QWidget] = []
        self._others: tuple[QWidget, ...] = ()

    def stand_before(self, *others: QWidget) -> None:
        """What else stands in the line, behind the chips."""
        self._others = others
        self.show_widgets(others)

    def show_incident(self, incident: Incident | None, loaded: Loaded | None) -> None:
        """Say it; the clock once it is known."""
        t = self._context.t
        told = case_words.told(loaded.spoken, clock.now(), t) if loaded else None
        said = (incident and (incident.drill, incident.severity), told, t)
        if said == self._said:
            return
        self._said = said
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = self._made(incident, told) if incident else []
        self.show_widgets([*self._chips, *self._others])

    def texts(self) -> list[str]:
        """What the chips say."""
        return [each.accessibleName() for each in self._chips]

    def _made(self, incident: Incident, told: case_words.Told | None) -> list[QWidget]:
        theme, t = self._context.theme, self._context.t
        made: list[QWidget] = []
        if incident.drill:
            made.append(chips.drill_chip())
        if incident.severity:
            lists = self._context.register.vocabulary
            made.append(chips.severity_chip(theme, incident.severity, lists, t.language))
        if told and told.text:
            made.append(chips.clock_chip(theme, told.text, told.level))
        return made
