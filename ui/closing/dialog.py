"""Look back at an incident and close it: what is missing, why it happened, what follows; kept as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.cases import case_of
from riskreg.changes import Changed
from riskreg.checking import sentence
from riskreg.closing import AGAIN, close, is_over, lacks
from riskreg.errors import N_, Expected
from riskreg.formats import listed
from riskreg.records import Incident, Risk, stored
from riskreg.records.fields import Value
from riskreg.records.jsons import Json, from_json, to_json
from riskreg.records.values import Instant
from riskreg.rules.checks import Finding
from riskreg.views import Reader
from riskreg.work import CHECKING
from ui.closing.measures import Measures
from ui.closing.rescoring import RiskRow
from ui.context import Context
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.directory import RegisterDirectory
from ui.forms.drafts import DraftKeeper
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.incident.chips import mark_drill
from ui.jobs import Job
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

DRAFT: Final = "{ref}/review"
_MEASURES, _SCORES = "measures", "scores"
"""What a draft keeps beside the fields of the incident."""
_WRITTEN: Final = ("root_cause", "lessons", "prevention_words")
_SIZE: Final = (760, 700)


class ReviewDialog(Sheet):
    """The review of one incident.

    Args:
        context: What the window shares.
        incident: Its id.
    """

    saves = True

    def __init__(self, context: Context, incident: int, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        self.incident = incident
        case = case_of(context.register, incident)
        lead = f"{case.incident.ref} • {case.incident.title}"
        super().__init__(context, gettext(N_("Look back and close")), lead, parent)
        self.case = case
        self.zone = case.organisation.zone
        self.is_saved = False
        self.kit = Kit(
            t=context.t,
            theme=context.theme,
            vocabulary=context.register.vocabulary,
            zone=self.zone,
            directory=RegisterDirectory(context),
        )
        kinds = stored(Incident)
        self.fields = {key: editor(kinds[key], self.kit) for key in (*_WRITTEN, "actions")}
        for key, each in self.fields.items():
            each.set_value(case.incident.get(key))
        self.measures = Measures(self.kit)
        found = context.register.records(case.incident.risks).values()
        self.risks = [
            RiskRow(self.kit, each)
            for each in found
            if isinstance(each, Risk) and each.deleted_at is None and not each.scored_by
        ]
        self.lacks: tuple[Finding, ...] | None = None
        self._lacking = QVBoxLayout()
        self._lacking.setSpacing(context.theme.space("xs"))
        self._lay_out_cards()
        mark_drill(self.body, case.incident)
        self.is_over = is_over(case)
        only, whole = N_("Keep the review only"), N_("Close the incident")
        if self.is_over:
            whole = N_("Keep the review")
        self.keep = self.add_button(gettext(only), partial(self.save, False))
        self.close_it = self.add_primary(gettext(whole), "check", self.save)
        self.keep.setHidden(self.is_over)
        self._allow()
        self.drafts = DraftKeeper(context, self._typed, self)
        self.resize(*_SIZE)
        self._go_on()
        self._job: Job = context.ask(self._looked, self._on_looked, self.fail, CHECKING)
        self.progress.follow(self._job)

    def save(self, is_closed: bool = True) -> None:
        """Keep it, as one step; with `is_closed` the incident is closed, unless it is over already."""
        self.message.clear()
        if not self.measures.is_sound():
            return
        review: dict[str, Value] = {key: each.value() for key, each in self.fields.items()}
        try:
            changes = close(
                case_of(self.context.register, self.incident),
                review,
                measures=self.measures.measures(),
                rescored=[each.rescored() for each in self.risks if each.is_changed],
                at=self._now(),
                is_closed=is_closed,
                why_again=self.context.t.gettext(AGAIN),
            )
        except Expected as error:
            self.fail(error)
            return
        for button in (self.keep, self.close_it):
            button.setEnabled(False)
        self.progress.follow(self.context.change(changes, self._on_saved, self._on_failed))

    def done(self, result: int) -> None:
        """Keep what was typed, unless it was saved."""
        self._job.drop()
        if self.is_saved:
            self.drafts.forget()
        else:
            self.drafts.keep()
        self.drafts.stop()
        super().done(result)

    def _lay_out_cards(self) -> None:
        theme, t = self.context.theme, self.context.t
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("m"))
        self.lacking = Card(theme, t.gettext(N_("What would be missing")))
        self.lacking.body.addLayout(self._lacking)
        self._lacking.addWidget(Text(t.gettext(N_("Looking…")), "small", "muted"))
        column.addWidget(self.lacking)
        column.addWidget(self._card(N_("Why it happened, and what was learned"), *_WRITTEN[:2]))
        repeat = self._card(N_("Against a repeat"), _WRITTEN[2])
        told = N_("Each line becomes a corrective task of this incident: done is not verified.")
        repeat.body.addWidget(Text(t.gettext(told), "small", "muted", wraps=True))
        repeat.body.addWidget(self.measures)
        column.addWidget(repeat)
        if self.risks:
            column.addWidget(self._scored())
        column.addWidget(self._card(N_("Policy actions in which it showed a gap"), "actions"))
        column.addStretch(1)
        area = QScrollArea()
        dress(area, inner)
        self.body.addWidget(area, 1)

    def _card(self, title: str, *keys: str) -> Card:
        theme, t = self.context.theme, self.context.t
        card = Card(theme, t.gettext(title))
        card.body.setSpacing(theme.space("s"))
        for key in keys:
            label = t.label(Incident, key)
            card.body.addLayout(labelled(theme, label, self.fields[key]))
            for control in self.fields[key].controls():
                control.setAccessibleName(label)
        return card

    def _scored(self) -> Card:
        t = self.context.t
        card = Card(self.context.theme, t.gettext(N_("Risks that came true")))
        card.body.setSpacing(self.context.theme.space("s"))
        told = N_("Score them again as they look now, or leave them as they are.")
        card.body.addWidget(Text(t.gettext(told), "small", "muted", wraps=True))
        for each in self.risks:
            card.body.addWidget(each)
        return card

    def _looked(self, reader: Reader) -> tuple[Finding, ...]:
        return lacks(reader, self.incident, clock.today(self.zone))

    def _on_looked(self, found: tuple[Finding, ...]) -> None:
        """Say what is missing, each with the way to it."""
        self.lacks = found
        t, vocabulary = self.context.t, self.context.register.vocabulary
        _empty(self._lacking)
        alike: dict[str, list[Finding]] = {}
        for each in found:
            alike.setdefault(sentence(each, t, vocabulary), []).append(each)
        for said, those in alike.items():
            self._lacking.addWidget(self._lack(said, those))
        if not found:
            nothing = t.gettext(N_("Nothing is missing."))
            self._lacking.addWidget(Text(nothing, "body", "low"))
            return
        if self.is_over:
            return
        label = t.gettext(N_("Close it nevertheless"))
        self.close_it.setText(label)
        self.close_it.setAccessibleName(label)

    def _lack(self, said: str, those: Sequence[Finding]) -> QWidget:
        """What is missing of one record or of several, and the way to the first of them."""
        t, theme = self.context.t, self.context.theme
        refs = listed([each.ref for each in those if each.id != self.incident], t)
        told = t.gettext(N_("{field}: {value}")).format(field=refs, value=said) if refs else said
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space("m"))
        line.addWidget(Text(told, wraps=True), 1)
        go = buttons.link(theme, t.gettext(N_("Go there")), partial(self._go, those[0]))
        go.setAccessibleName(f"{go.text()}: {told}")
        line.addWidget(go)
        return row

    def _go(self, finding: Finding) -> None:
        self.close()
        self.context.events.field_wanted.emit(finding.id, finding.field)

    def _typed(self) -> tuple[str, Mapping[str, Json]] | None:
        """What a draft keeps; nothing where nothing differs from what is stored."""
        kinds, incident = stored(Incident), self.case.incident
        differs: dict[str, Json] = {
            key: to_json(kinds[key], each.value())
            for key, each in self.fields.items()
            if each.differs(incident.get(key))
        }
        if measures := self.measures.written():
            differs[_MEASURES] = measures
        if scores := {each.risk.ref: kept for each in self.risks if (kept := each.written())}:
            differs[_SCORES] = scores
        if self.is_saved or not differs:
            return None
        return DRAFT.format(ref=incident.ref), differs

    def _go_on(self) -> None:
        """Put back what was typed when one stopped."""
        if self.drafts.find(DRAFT.format(ref=self.case.incident.ref)) is None:
            return
        kinds, kept = stored(Incident), self.drafts.take()
        for key, each in self.fields.items():
            if key in kept:
                each.set_value(from_json(kinds[key], kept[key], self.zone))
        self.measures.write(kept.get(_MEASURES, ()))
        scores = kept.get(_SCORES, {})
        for row in self.risks:
            if row.risk.ref in scores:
                row.write(scores[row.risk.ref])
        self.message.tell(self.context.t.gettext(N_("What you typed here before is still there.")))

    def _allow(self) -> None:
        for button in (self.keep, self.close_it):
            button.setEnabled(not self.context.register.read_only)

    def _on_failed(self, error: Expected) -> None:
        self._allow()
        self.fail(error)

    def _now(self) -> Instant:
        return Instant(clock.now().astimezone(UTC).replace(second=0, microsecond=0), self.zone)

    def _on_saved(self, _changed: Changed) -> None:
        self.is_saved = True
        said = self.context.t.gettext(N_("The review of {ref} is kept."))
        self.context.events.said.emit(said.format(ref=self.case.incident.ref))
        self.accept()


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
