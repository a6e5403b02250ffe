"""What the register refused: reasons that belong beside a field, and a message with all others."""

from __future__ import annotations

from collections.abc import Collection

from riskreg.errors import Message, Refused
from riskreg.formats import sentences
from riskreg.i18n import Translator
from riskreg.wording import message, problem_words


def apart(
    error: Refused, ids: Collection[int], keys: Collection[str], t: Translator
) -> tuple[dict[str, str], Message]:
    """The reasons by field, and the message with those that stand in no field.

    Args:
        error: What was refused.
        ids: The record as the form and as its change set know it.
        keys: The fields of the form.
        t: The language.
    """
    own = {
        problem.field: problem.text(t.gettext)
        for problem in error.problems
        if problem.id in ids and problem.field in keys
    }
    rest = [problem_words(each, t) for each in error.problems if each.field not in own]
    told = message(error, t)
    return own, Message(sentences(t, told.what, *rest), told.safe, told.do)
