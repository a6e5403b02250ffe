"""A notice: what one recipient is, or was, told of an incident.

First, further, final or withdrawn. What was sent is kept as it was sent, with its hash: from then on only
what came back can be added, and another notice can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, count, instant, line, links, prose

PREPARED = N_("Prepared")
SENT = N_("Sent")
BACK = N_("What came back")
RULE = N_("The rule")

AFTER_SENDING: Final = frozenset(
    {
        "receipt",
        "reply",
        "replied_at",
        "next_due_at",
        "late_reason",
        "notes",
        "tags",
        "external_ref",
        "other_facts",
        "hold_reason",
        "hold_by",
        "is_privileged",
        "title",
        "evidence_files",
    }
)
"""The fields of a notice that was sent which may still change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Record):
    """One notice of one incident."""

    kind: ClassVar[str] = "notice"
    prefix: ClassVar[str] = "N"
    by_title: ClassVar[bool] = False
    icon: ClassVar[str] = "send"
    singular: ClassVar[str] = N_("Notice")
    plural: ClassVar[str] = N_("Notices")

    incident: frozenset[int] = links(
        N_("Incident"), "tells_of", "incident", "notices", N_("Notices"), one=True, short=True
    )
    decision: frozenset[int] = links(
        N_("Decision"),
        "carries_out",
        "decision",
        "notices",
        N_("Notices"),
        one=True,
        short=True,
    )
    regime: str | None = choice(N_("Regime"), "regime", short=True)
    rule_key: str = line(N_("Rule"), section=RULE, plain=True)
    recipient: str | None = choice(N_("To whom"), "notice_recipient", short=True)
    addressee: str = line(N_("Addressee"), short=True)
    to_party: frozenset[int] = links(
        N_("Told party"),
        "tells",
        "party",
        "notices",
        N_("Notices"),
        one=True,
        section=PREPARED,
    )
    phase: str | None = choice(N_("Phase"), "notice_phase", short=True)
    channel: str | None = choice(N_("Channel"), "notice_channel", section=PREPARED, short=True)
    text_language: str | None = choice(N_("Language"), "language", section=PREPARED)
    prepared_by: str = line(N_("Prepared by"), section=PREPARED)
    prepared_at: values.Instant | None = instant(N_("Prepared at"), section=PREPARED)
    approved_by: str = line(N_("Approved by"), section=PREPARED)
    approved_at: values.Instant | None = instant(N_("Approved at"), section=PREPARED)
    planned_at: values.Instant | None = instant(N_("To be sent at"), section=PREPARED)
    sent_at: values.Instant | None = instant(N_("Sent at"), section=SENT, short=True)
    sent_by: str = line(N_("Sent by"), section=SENT)
    people_told: values.Count | None = count(N_("People told"), section=SENT)
    not_told_reason: str = prose(N_("Why not everybody was told"), section=SENT)
    text: str = prose(N_("Text as sent"), section=SENT)
    text_sha256: str = line(N_("Checksum of the text (SHA-256)"), section=SENT, plain=True)
    late_reason: str = prose(N_("Why it was late"), section=SENT)
    receipt: str = line(N_("Reference received"), section=BACK, short=True)
    reply: str = prose(N_("Reply"), section=BACK)
    replied_at: values.Instant | None = instant(N_("Replied at"), section=BACK)
    next_due_at: values.Instant | None = instant(N_("Next due"), section=BACK)
