"""Several notices of one incident at once: each is one change set, so that one undo takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from riskreg.cases import Case
from riskreg.changes import ChangeSet
from riskreg.notices.acts import approve, phase_of, prepare
from riskreg.records import Notice
from riskreg.records.values import Instant
from riskreg.rules.regimes import Rule

PEOPLE: Final = "individuals"
"""The sort of recipient that is told in one mailing, whatever the regimes."""
_OTHER: Final = "other"
"""The channel that says nothing."""


def awaited(case: Case, now: datetime) -> tuple[Rule, ...]:
    """The rules whose notice was decided on with a yes and is not begun, the most urgent first.

    Args:
        case: The incident; a notice that was left out of it as privileged is begun too.
        now: With a zone.
    """
    begun = {each.rule_key for each in case.whole.notices}
    standing = case.whole.standing
    return tuple(
        row.rule
        for row in case.board(now)
        if row.rule.recipient != "ourselves"
        and row.rule.key not in begun
        and (decision := standing.get(row.rule.key)) is not None
        and decision.answer == "yes"
    )


def prepare_all(case: Case, rules: Sequence[Rule], by: str, at: Instant) -> ChangeSet:
    """A notice of each rule in the organisation's language, as one step; its new records are -1, -2 and so on.

    Args:
        case: The incident.
        rules: At least one; `awaited` finds them.
        by: Who prepares them.
        at: When.

    Raises:
        Expected: Nobody is named ("notice_by_nobody").
        ValueError: There is no rule.
    """
    return _together([prepare(case, rule, phase_of(case, rule), None, by, at) for rule in rules])


def approve_all(found: Sequence[Notice], by: str, at: Instant) -> ChangeSet:
    """Somebody agrees that all of these go out.

    Raises:
        Expected: Nobody is named ("notice_by_nobody"), or one was sent already ("notice_sent").
        ValueError: There is no notice.
    """
    made = _together([approve(each, by, at) for each in found])
    return replace(made, facts={"refs": " ".join(each.ref for each in found)})


def usual_channel(notice: Notice, others: Iterable[Notice]) -> Notice | None:
    """The notice whose channel is proposed for another one; None where nothing says how this recipient is told.

    People of one incident are told in the same way; an authority as the same rule told it last.

    Args:
        notice: One that was not sent yet.
        others: Any others, of its incident or not.
    """
    told = [each for each in others if each.sent_at and not each.deleted_at]
    sent = [each for each in told if each.channel not in (None, "", _OTHER)]
    alike = [each for each in sent if each.rule_key and each.rule_key == notice.rule_key]
    if not alike and notice.recipient == PEOPLE:
        own = notice.incident
        alike = [each for each in sent if each.recipient == PEOPLE and each.incident & own]
    return max(alike, key=_sent_at, default=None)


def _sent_at(notice: Notice) -> datetime:
    assert notice.sent_at is not None
    return notice.sent_at.utc


def _together(sets: Sequence[ChangeSet]) -> ChangeSet:
    """One change set of several; each new record has an id of its own."""
    if not sets:
        raise ValueError("no notice")
    changes = [change for each in sets for change in each.changes]
    renamed = [
        replace(change, id=-1 - place) if change.before is None else change
        for place, change in enumerate(changes)
    ]
    return replace(sets[0], changes=tuple(renamed))
