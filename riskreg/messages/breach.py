"""Failures of assessing, deciding and telling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

BREACH: Final[Mapping[str, Message]] = {
    "assessed_by_whom": Message(
        N_("An assessment says who made it, and nobody is named."),
        UNCHANGED,
        N_("Name who assessed it."),
    ),
    "decided_why": Message(
        N_("A decision has a reason, and none is given."),
        UNCHANGED,
        N_("Say in a sentence why it was decided so."),
    ),
    "decided_by_whom": Message(
        N_("A decision says who made it, and nobody is named."),
        UNCHANGED,
        N_("Name who decided, even where somebody else types it."),
    ),
    "decided_again_when": Message(
        N_("“Not yet” says when it will be decided again, and no later time is given."),
        UNCHANGED,
        N_("Give a day and time after this decision."),
    ),
    "not_come_yet": Message(
        N_("{moment} has not come yet, and it is to say when this was done."),
        UNCHANGED,
        N_("Give the moment at which it was done, or set the clock of this computer right."),
    ),
    "not_an_incident": Message(
        N_("{ref} is no incident."), UNCHANGED, N_("Name an incident, such as I-2026-001.")
    ),
    "no_rule": Message(
        N_("There is no rule of notification called {code} here."),
        UNCHANGED,
        N_("Use one of: {known}."),
    ),
    "which_rule": Message(
        N_("{code} has several rules, and it is not clear which is meant."),
        UNCHANGED,
        N_("Name who is told, or one of these rules: {known}."),
    ),
    "no_playbook": Message(
        N_("There is no playbook called {key}."), UNCHANGED, N_("Use one of: {known}.")
    ),
    "sent_stays": Message(
        N_("{ref} was sent, and what was sent stays as it was sent."),
        UNCHANGED,
        N_("Make another notice that follows it: a further one, or one that withdraws it."),
    ),
    "rescored_why": Message(
        N_("{ref} is scored again, and it is not said why."),
        UNCHANGED,
        N_("Say in a sentence why, or leave its score as it is."),
    ),
    "hold_who_and_why": Message(
        N_("A legal hold says who set it and why, and one of the two is missing."),
        UNCHANGED,
        N_("Name who set it, and say in a sentence why."),
    ),
    "on_hold": Message(
        N_("{ref} is under legal hold, set by {by}: {reason}."),
        N_("Nothing was removed: the hold keeps the record and what belongs to it."),
        N_("Ask {by}; when the hold is over, empty the field “Legal hold” first."),
    ),
}  # fmt: skip
