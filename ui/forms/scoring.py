"""How the fields of a risk's scores hang together in its form: the scale they are read by, and what follows what."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from riskreg.records import Risk, fields
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Vocabulary
from riskreg.records.values import Unfit
from riskreg.rules.derive import scores
from riskreg.rules.dimensions import following
from riskreg.scoring_words import steps_of
from ui.forms.choose import ScoreEditor
from ui.forms.row import FieldRow

if TYPE_CHECKING:
    from ui.forms.form import Form

SCALE = "scored_by"


class Scoring:
    """Watches the form of a risk.

    Another scale gives the steps other words at once, and the levels follow; a loss sets the step of
    money, and the dimensions the residual impact, as `dimensions.following` says. What is set so is
    unsaved as if it had been typed: it is saved, or discarded, with what it follows.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._last = Risk()
        self._is_setting = False

    @property
    def scale(self) -> Scale:
        """What the record that is shown is scored by, saved or not."""
        return self._vocabulary.scale_by(self._last.scored_by)

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._form.kit.vocabulary

    def show(self) -> None:
        """Other values are shown, none of them typed."""
        self._last = self._now()
        self._label()

    def dress(self, row: FieldRow) -> None:
        """Give the row of a step its words, and let the others follow what is typed in it."""
        self._relabel(row)
        row.changed.connect(self._on_changed)

    def _on_changed(self, key: str) -> None:
        was, now = self._last, self._now()
        self._last = now
        if key == SCALE:
            self._label()
        for other, value in following(was, now, self.scale).items():
            self._form.row(other).propose(value)
        self._last = self._now()
        self._derive()

    def _now(self) -> Risk:
        """The risk as it stands in the form; of a field in which no value stands yet the last one."""
        found: dict[str, Value] = {}
        for key, what in self._form.fields.items():
            if isinstance(what, fields.Score) or key in (SCALE, "expected_loss"):
                found[key] = self._last.get(key)
                with suppress(Unfit):
                    found[key] = self._form.value(key)
        return self._last.having(found)

    def _label(self) -> None:
        for row in self._form.rows():
            self._relabel(row)

    def _relabel(self, row: FieldRow) -> None:
        if isinstance(row.editor, ScoreEditor):
            what, scale = cast("fields.Score", row.what), self.scale
            is_likely = what.axis == "likelihood"
            steps = (
                scale.likelihood if is_likely else steps_of(scale, what.dimension, self._form.kit.t)
            )
            if row.editor.set_steps(steps):
                row.name_controls()

    def _derive(self) -> None:
        """Scores and levels as they will be once this is saved."""
        found = scores(self._last, self.scale)
        for row in self._form.rows():
            if row.key in found:
                row.editor.set_value(found[row.key])
