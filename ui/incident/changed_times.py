"""How a changed time moved a deadline: the old value and both deadlines stay to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from riskreg import clock_words
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import sentences
from riskreg.i18n import Translator
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.rules.deadlines import due_at
from riskreg.rules.regimes import Rule
from riskreg.timeline import Moment

_FIELDS: Final = {
    "occurred_from": "occurred_from_at",
    "discovered": "discovered_at",
    "aware": "aware_at",
    "processor_aware": "processor_aware_at",
    "processor_informed": "processor_informed_at",
    "notifiable": "notifiable_at",
    "contained": "contained_at",
    "closed": "closed_at",
}
"""The field of an incident from which a trigger is read; a notice is none."""


class Shift(NamedTuple):
    """One change of the time from which a rule counts."""

    field: str
    old: Instant
    new: Instant | None
    reason: str


def shifts(rule: Rule, moments: Sequence[Moment]) -> tuple[Shift, ...]:
    """The changes of the time from which a rule counts, the oldest first."""
    field = _FIELDS.get(rule.trigger)
    return tuple(
        Shift(each.field, each.old, each.new if isinstance(each.new, Instant) else None, each.text)
        for each in moments
        if each.what == "changed" and each.field == field and isinstance(each.old, Instant)
    )


def shift_words(shift: Shift, rule: Rule, zone: str, t: Translator) -> str:
    """What was changed, why, and when the notice was due before and is due since."""
    old = instant_words(shift.old, t)
    new = instant_words(shift.new, t) if shift.new else t.gettext(N_("not known"))
    said = t.gettext(N_("{field} was {old} until it was changed to {new}.")).format(
        field=t.label(Incident, shift.field), old=old, new=new
    )
    parts = [said]
    before = due_at(rule, shift.old)
    after = due_at(rule, shift.new) if shift.new else None
    if before is not None:
        pattern = (
            N_("It was due {before}, since then {after}.") if after else N_("It was due {before}.")
        )
        parts.append(
            t.gettext(pattern).format(
                before=clock_words.due_words(before, zone, t),
                after=clock_words.due_words(after, zone, t) if after else "",
            )
        )
    if shift.reason.strip():
        parts.append(t.gettext(N_("Reason: {text}")).format(text=shift.reason.strip()))
    return sentences(t, *parts)
