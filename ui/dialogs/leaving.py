"""Closing a dialog in which something is typed and not saved."""

from __future__ import annotations

from collections.abc import Callable

from riskreg.errors import N_
from ui.context import Context
from ui.prompts import Answer


def is_given_up(context: Context, save: Callable[[], object]) -> bool:
    """Whether the person gives up what is typed; where they save it instead, the dialog closes by that."""
    gettext = context.t.gettext
    answer = context.prompts.ask(
        gettext(N_("Not saved")),
        gettext(N_("What you typed here is not saved yet.")),
        (Answer("save", gettext(N_("Save"))), Answer("discard", gettext(N_("Discard")))),
    )
    if answer == "save":
        save()
    return answer == "discard"
