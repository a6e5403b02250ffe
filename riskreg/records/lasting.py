"""What does not change any more, or only with a word why: times that clocks run from, notices that were sent, legal holds.

Held against the record as it is and as it will be, whoever changes it: form, cell, paste, import, command.
What returns to a state that has been (undo, redo) is asked about by `stays` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.incident import TRIGGERS, Incident
from riskreg.records.notice import AFTER_SENDING, Notice

UNEXPLAINED: Final = N_(
    "clocks run from this time: say under “Why a time was changed” why it changes, in the same step"
)
SENT: Final = N_("the notice was sent and stays as it was sent; another notice can follow it")
WHO_HOLDS: Final = N_("a legal hold says who set it")


def problems(
    was: Record | None, record: Record, changed: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Why a change cannot be kept: the field and the reason, a msgid.

    Args:
        was: The record as it is; None for a new one.
        record: As it will be.
        changed: The keys of the fields that differ.
    """
    if record.hold_reason and not record.hold_by and {"hold_reason", "hold_by"} & {*changed}:
        yield "hold_by", WHO_HOLDS
    if was is not None:
        yield from ((key, UNEXPLAINED) for key in unexplained(was, record, changed))
    if isinstance(was, Notice) and was.sent_at is not None:
        own = (key for key in changed if key not in AFTER_SENDING and key != "deleted_at")
        yield from ((key, SENT) for key in own)


def stays(was: Record | None, record: Record | None, changed: Collection[str]) -> bool:
    """Whether undo and redo have to leave a record as it is: a notice whose text was kept as it was sent.

    Args:
        was: The record as it is; None where it is absent.
        record: As it would be; None where it would be gone.
        changed: The keys of the fields that would differ.
    """
    if not isinstance(was, Notice) or was.sent_at is None or not was.text_sha256:
        return False
    return record is None or not AFTER_SENDING.issuperset(changed)


def unexplained(was: Record, record: Record, changed: Collection[str]) -> list[str]:
    """The times from which clocks run that were known and change, where the change does not say why.

    Args:
        was: The record as it is.
        record: As it will be.
        changed: The keys of the fields that differ.
    """
    if not isinstance(was, Incident) or not isinstance(record, Incident):
        return []
    if "trigger_reason" in changed and record.trigger_reason:
        return []
    return [key for key in TRIGGERS if key in changed and was.get(key) is not None]
