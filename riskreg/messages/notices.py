"""Failures around a notice: who is told what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

NOTICES: Final[Mapping[str, Message]] = {
    "notice_by_nobody": Message(
        N_("Nobody is named who prepares, approves or sends the notice."),
        UNCHANGED,
        N_("Give the name of the person, then try again."),
    ),
    "notice_empty": Message(
        N_("The notice {ref} has no text that could be kept as sent."),
        UNCHANGED,
        N_("Put in the text as it went out, then try again."),
    ),
    "notice_sent": Message(
        N_("The notice {ref} was sent; what was sent stays as it was sent."),
        UNCHANGED,
        N_("Prepare a further notice that corrects or withdraws it."),
    ),
    "notice_unsent": Message(
        N_("The notice {ref} was not sent yet, so nothing can have come back."),
        UNCHANGED,
        N_("Note first when and how it was sent."),
    ),
    "notice_unchanged": Message(
        N_("Nothing new was said of the notice {ref}."),
        UNCHANGED,
        N_("Put in what is to be added, then try again."),
    ),
}
