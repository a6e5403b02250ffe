"""Checks of notices: what was told to whom, when, on whose word, and what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from riskreg.errors import N_
from riskreg.records import Evidence, Incident, Notice
from riskreg.rules.checks.base import BREACH_RECORD, BREACHES, RECORDING, Check, Hit, check
from riskreg.rules.checks.breaches import PEOPLE, is_before, sent, standing
from riskreg.rules.checks.snapshot import Snapshot, ends
from riskreg.rules.counting import is_breach
from riskreg.rules.telling import people_told

DELAY: Final = N_("GDPR, art. 33(1) (reasons for a delay)")
PHASES: Final = N_("GDPR, art. 33(4) (information in phases)")
_WEEKS: Final = timedelta(days=14)
"""How long a receipt may take before somebody should ask; a practice of this product, no law says it."""


def _incident(notice: Notice, around: Snapshot) -> Incident | None:
    return next(around.linked(notice.incident, Incident), None)


@check(
    Notice,
    "error",
    field="sent_at",
    sentence=N_("It was sent before we were aware of {ref}, which cannot be."),
    source=BREACH_RECORD,
)
def told_before_aware(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """One of the two times is wrong: what is told is what we know."""
    incident = _incident(notice, around)
    if incident and is_before(notice.sent_at, incident.aware_at):
        yield Hit(facts={"ref": incident.ref})


@check(
    Notice,
    "error",
    field="late_reason",
    sentence=N_("It was sent after its last day, {day}, and does not say why."),
    source=DELAY,
)
def late_without_reason(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """The first notice of its rule."""
    incident = _incident(notice, around)
    if not incident or not is_breach(incident) or notice.late_reason.strip():
        return
    first = [each for each in sent(incident, around) if each.rule_key == notice.rule_key]
    for row in around.board(incident) if first and first[0].id == notice.id else ():
        due = row.clock.due_at
        if row.rule.key == notice.rule_key and row.clock.needs_reason and due:
            yield Hit(facts={"day": around.day(due)})


@check(
    Notice,
    "warning",
    field="sent_at",
    sentence=N_("It was sent, and no file shows that it was."),
    source=BREACH_RECORD,
)
def sent_without_proof(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """A copy or a delivery report; the reference that an authority gave shows it too."""
    shown = notice.receipt.strip() or around.pointing(notice, Evidence, "notices")
    if notice.sent_at and not shown:
        yield Hit()


@check(
    Notice,
    "hint",
    field="receipt",
    sentence=N_("It went to an authority on {day}, and nothing has come back."),
    source=BREACHES,
)
def sent_without_receipt(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """After two weeks somebody should ask whether it arrived."""
    if notice.recipient != "authority" or notice.sent_at is None or notice.replied_at:
        return
    if notice.receipt.strip() or notice.reply.strip():
        return
    if ends(notice.sent_at) + _WEEKS <= around.present:
        yield Hit(facts={"day": notice.sent_at.local.date()})


@check(
    Notice,
    "error",
    field="approved_at",
    sentence=N_("It was approved after it was sent."),
    source=RECORDING,
)
def approved_after_sent(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """Or one of the two times is wrong."""
    if is_before(notice.sent_at, notice.approved_at):
        yield Hit()


@check(
    Notice,
    "hint",
    field="approved_by",
    sentence=N_("It was sent, and nobody is named who approved it."),
    source=RECORDING,
)
def sent_without_approval(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """What leaves in the organisation's name."""
    if notice.sent_at and not notice.approved_by.strip():
        yield Hit()


@check(
    Notice,
    "error",
    field="replied_at",
    sentence=N_("The reply came before it was sent."),
    source=BREACH_RECORD,
)
def replied_before_sent(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """Or one of the two times is wrong."""
    if is_before(notice.replied_at, notice.sent_at):
        yield Hit()


@check(
    Notice,
    "error",
    field="is_privileged",
    sentence=N_(
        "Legal advice is attached to it ({refs}), but it is not marked as privileged itself."
    ),
    source=RECORDING,
)
def advice_attached_to_notice(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """What is told to others is privileged no more: the advice may have left with it."""
    if notice.is_privileged:
        return
    files = around.pointing(notice, Evidence, "notices")
    if refs := tuple(each.ref for each in files if each.is_privileged):
        yield Hit(facts={"refs": refs})


@check(
    Notice,
    "error",
    field="next_due_at",
    sentence=N_("What was to follow it by {day} was not sent."),
    source=PHASES,
)
def next_notice_overdue(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """A later notice to the same recipient under the same law has followed it."""
    due, incident = notice.next_due_at, _incident(notice, around)
    if due is None or incident is None or ends(due) > around.present:
        return
    followed = (
        each.id != notice.id
        and (each.regime, each.recipient) == (notice.regime, notice.recipient)
        and each.sent_at is not None
        and (notice.sent_at is None or each.sent_at.utc >= notice.sent_at.utc)
        for each in around.pointing(incident, Notice, "incident")
    )
    if not any(followed):
        yield Hit(facts={"day": due.local.date()})


@check(
    Notice,
    "warning",
    field="phase",
    sentence=N_("It follows a first notice that is not in the register, or was not sent."),
    source=PHASES,
)
def follows_no_first(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """To the same recipient under the same law."""
    incident = _incident(notice, around)
    if notice.phase not in ("further", "final", "withdrawn") or incident is None:
        return
    firsts = (
        each.phase == "first"
        and each.sent_at is not None
        and (each.regime, each.recipient) == (notice.regime, notice.recipient)
        for each in around.pointing(incident, Notice, "incident")
    )
    if notice.sent_at and not any(firsts):
        yield Hit()


@check(
    Notice,
    "warning",
    field="not_told_reason",
    sentence=N_("{told} people were told, {affected} are affected, and nothing says why."),
    source=PEOPLE,
)
def fewer_told_than_affected(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """All that was told under the same law counts together."""
    incident = _incident(notice, around)
    affected = incident.people_count.number if incident and incident.people_count else None
    told = notice.people_told.number if notice.people_told else None
    if incident is None or affected is None or told is None or not notice.sent_at:
        return
    others = [
        each
        for each in sent(incident, around)
        if each.recipient == "individuals" and each.regime == notice.regime
    ]
    reached = people_told(others) or 0
    has_reason = any(each.not_told_reason.strip() for each in others)
    if others and others[-1].id == notice.id and reached < affected and not has_reason:
        yield Hit(facts={"told": reached, "affected": affected})


@check(
    Notice,
    "error",
    field="text_sha256",
    sentence=N_("Its text is not the one that was sent: the checksum does not fit."),
    source=RECORDING,
)
def text_is_not_the_one_sent(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """SHA-256 of its UTF-8; of one that was erased there is no text to compare."""
    text, kept = notice.text, notice.text_sha256.strip().lower()
    if text and kept and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != kept:
        yield Hit()


@check(
    Notice,
    "warning",
    field="decision",
    sentence=N_("It was sent, and nobody is on record as having decided so."),
    source=BREACH_RECORD,
)
def sent_without_decision(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """A decision it is linked to, or that stands for its rule."""
    incident = _incident(notice, around)
    if not incident or not notice.sent_at or notice.decision or notice.phase == "withdrawn":
        return
    if notice.rule_key not in standing(incident, around):
        yield Hit()


@check(
    Notice,
    "warning",
    field="receipt",
    sentence=N_("{ref} is a drill, but an authority answered this notice: was it sent in earnest?"),
    source=BREACH_RECORD,
)
def drill_told_in_earnest(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """A reference or reply of a real authority."""
    incident = _incident(notice, around)
    if incident and incident.drill and notice.recipient == "authority" and notice.receipt.strip():
        yield Hit(facts={"ref": incident.ref})


@check(
    Notice,
    "warning",
    field="channel",
    sentence=N_("The PCPD takes no notice by word of mouth, and nothing shows one in writing."),
    source=N_("PCPD, Data Breach Notification Form"),
)
def told_by_word_of_mouth(notice: Notice, around: Snapshot) -> Iterator[Hit]:
    """By telephone, or in person without a paper (domain 2.3); another one to it in writing is enough."""
    incident = _incident(notice, around)
    if incident is None or not _is_spoken(notice, around) or notice.phase == "withdrawn":
        return
    if all(_is_spoken(each, around) for each in sent(incident, around) if _is_to_pcpd(each)):
        yield Hit()


def _is_spoken(notice: Notice, around: Snapshot) -> bool:
    if not _is_to_pcpd(notice) or notice.sent_at is None:
        return False
    is_paper = notice.text.strip() or notice.text_sha256 or notice.receipt.strip()
    shown = is_paper or around.pointing(notice, Evidence, "notices")
    return notice.channel == "telephone" or (notice.channel == "in_person" and not shown)


def _is_to_pcpd(notice: Notice) -> bool:
    return (notice.regime, notice.recipient) == ("hk_pdpo", "authority")


CHECKS: Final[tuple[Check, ...]] = (
    told_before_aware,
    late_without_reason,
    next_notice_overdue,
    text_is_not_the_one_sent,
    approved_after_sent,
    replied_before_sent,
    advice_attached_to_notice,
    follows_no_first,
    fewer_told_than_affected,
    told_by_word_of_mouth,
    sent_without_proof,
    sent_without_decision,
    drill_told_in_earnest,
    sent_without_approval,
    sent_without_receipt,
)
"""In the order in which they are asked."""
