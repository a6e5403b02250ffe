"""One small question before a time that clocks run from is changed: why. Its answer is kept in the same step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from riskreg import clock, rule_words
from riskreg.cases import case_of
from riskreg.changes import Change, ChangeSet
from riskreg.clock_words import due_words
from riskreg.errors import N_
from riskreg.formats import format_value, number_words
from riskreg.moved_times import MANY, Shift, explained, moved, shifts, unexplained
from riskreg.records import Incident, stored

if TYPE_CHECKING:
    from ui.context import Context

_TITLE: Final = N_("Why does this time change?")
_CHANGE: Final = N_("{ref}, {field}: {before} becomes {after}.")
_SHIFT: Final = N_("{rule}: due {before}, then due {after}.")
ASK: Final = N_("The old time stays in the history. Say in a sentence why it changes:")
_MOST: Final = 4
"""Deadlines that are named."""


def with_reason(context: Context, changes: ChangeSet) -> ChangeSet | None:
    """The changes with a reason where one is wanted; None where the person gave none. On the window's thread."""
    wanting = unexplained(changes)
    if not wanting:
        return changes
    t = context.t
    if len(wanting) == 1:
        told = "\n".join((*_told(context, wanting[0]), "", t.gettext(ASK)))
    else:
        many = t.ngettext(*MANY, len(wanting)).format(number=number_words(len(wanting)))
        told = "\n".join((many, "", t.gettext(ASK)))
    reason = context.prompts.line(t.gettext(_TITLE), told)
    if reason is None or not reason.strip():
        return None
    return explained(changes, reason, context.register)


def _told(context: Context, change: Change) -> list[str]:
    """What changes and which deadlines move."""
    t, register = context.t, context.register
    kinds, before, after = stored(Incident), change.before or {}, change.after or {}
    case = case_of(register, change.id)
    nothing = t.gettext(N_("not known"))
    said = []
    for key in moved(change):
        old, new = (
            format_value(kinds[key], each[key], t, register.vocabulary) or nothing
            for each in (before, after)
        )
        pattern = t.gettext(_CHANGE)
        label = t.label(Incident, key)
        said.append(pattern.format(ref=case.incident.ref, field=label, before=old, after=new))
    found = list(shifts(case, after, clock.now()))
    said += [_shift(context, each, case.organisation.zone) for each in found[:_MOST]]
    return said


def _shift(context: Context, shift: Shift, zone: str) -> str:
    t = context.t
    before, after = (
        due_words(each, zone, t) if each else t.gettext(N_("no deadline"))
        for each in (shift.before, shift.after)
    )
    rule = rule_words.title(shift.rule, t)
    return t.gettext(_SHIFT).format(rule=rule, before=before, after=after)
