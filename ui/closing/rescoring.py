"""A risk that came true, to be scored again: what is proposed, what it becomes, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from riskreg.closing import Rescored, has_dimensions, proposed
from riskreg.errors import N_
from riskreg.records import Risk, stored
from riskreg.records.jsons import Json
from ui.dialogs.sheet import labelled
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.widgets import buttons
from ui.widgets.text import Text


class RiskRow(QFrame):
    """One risk.

    Args:
        kit: What editors need.
        risk: As it is kept.
    """

    def __init__(self, kit: Kit, risk: Risk) -> None:
        super().__init__()
        self._kit = kit
        self.risk = risk
        kinds, t, theme = stored(Risk), kit.t, kit.theme
        self.likelihood = editor(kinds["residual_likelihood"], kit)
        self.impact = editor(kinds["residual_impact"], kit)
        self.likelihood.set_value(risk.residual_likelihood)
        self.impact.set_value(risk.residual_impact)
        self.impact.setEnabled(not has_dimensions(risk))
        self.reason = QLineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space("s"))
        layout.setSpacing(theme.space("xs"))
        head = QHBoxLayout()
        head.addWidget(Text(f"{risk.ref} • {risk.title}", "strong", wraps=True), 1)
        self.take = buttons.link(theme, "", self.take_proposal)
        head.addWidget(self.take)
        layout.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        both = (("residual_likelihood", self.likelihood), ("residual_impact", self.impact))
        for key, each in both:
            box = labelled(theme, t.label(Risk, key), each)
            box.addStretch(1)
            row.addLayout(box, 1)
        layout.addLayout(row)
        layout.addLayout(labelled(theme, t.gettext(N_("Why it is scored so now")), self.reason))
        self._propose()

    @property
    def is_changed(self) -> bool:
        """Whether a person scored it again."""
        scores = (self.likelihood.value(), self.impact.value())
        return scores != (self.risk.residual_likelihood, self.risk.residual_impact)

    def take_proposal(self) -> None:
        """Score it as proposed; the reason is a person's own, with a beginning."""
        self.likelihood.set_value(proposed(self.risk, self._kit.vocabulary.scale))
        if not self.reason.text():
            self.reason.setText(self._kit.t.gettext(N_("It came true.")))
        self.reason.setFocus()

    def rescored(self) -> Rescored:
        """What was scored."""
        impact = None if has_dimensions(self.risk) else cast("int | None", self.impact.value())
        likelihood = cast("int | None", self.likelihood.value())
        return Rescored(self.risk, likelihood, impact, self.reason.text())

    def written(self) -> dict[str, Json]:
        """What a person scored or wrote, as a draft keeps it; empty where nothing differs."""
        if not self.is_changed and not self.reason.text().strip():
            return {}
        scores = {
            "likelihood": cast("int | None", self.likelihood.value()),
            "impact": cast("int | None", self.impact.value()),
        }
        return {**scores, "reason": self.reason.text()}

    def write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back."""
        self.likelihood.set_value(kept["likelihood"])
        if not has_dimensions(self.risk):
            self.impact.set_value(kept["impact"])
        self.reason.setText(kept["reason"])

    def _propose(self) -> None:
        step = proposed(self.risk, self._kit.vocabulary.scale)
        self.take.setVisible(step is not None)
        if step is None:
            return
        label = next(
            each.label for each in self._kit.vocabulary.scale.likelihood if each.value == step
        )
        told = self._kit.t.gettext(N_("Proposed: likelihood {step}, for it came true"))
        words = told.format(step=f"{step} {label.get(self._kit.t.language)}")
        self.take.setText(words.replace("&", "&&"))
        self.take.setAccessibleName(f"{words} ({self.risk.ref})")
