"""What happens to a notice, as change sets: prepared, approved, sent, followed.

What was sent is kept as it was sent, with its SHA-256; from then on only what came back is added, and
another notice can follow (`riskreg.records.notice`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from riskreg import clock, rule_words
from riskreg.cases import Case
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.notices.prepared import is_to_partner, language_of
from riskreg.records import Notice
from riskreg.records.fields import Value
from riskreg.records.notice import AFTER_SENDING
from riskreg.records.values import Count, Instant
from riskreg.rules.regimes import Rule
from riskreg.rules.standing import went_out

SEND: Final = "send_notice"
PHASES: Final = {"first": "first", "details": "further", "final": "final", "assessment": "first"}
"""The phase of a notice that a rule of each phase asks for."""


def phase_of(case: Case, rule: Rule) -> str:
    """The phase of the next notice of a rule: what the rule says, and a further one after the first was sent."""
    now = clock.now()
    is_sent = any(each.rule_key == rule.key and went_out(each, now) for each in case.whole.notices)
    phase = PHASES[rule.phase]
    return "further" if is_sent and phase == "first" else phase


def prepare(
    case: Case,
    rule: Rule,
    phase: str,
    language: Language | None,
    by: str,
    at: Instant,
    *,
    title: str = "",
    fields: Mapping[str, Value] | None = None,
) -> ChangeSet:
    """A notice that is being prepared, tied to its incident and to the decision it carries out.

    Args:
        case: The incident.
        rule: What asks for it.
        phase: A key of `notice_phase`; `phase_of` proposes one.
        language: Of the notice; None for the organisation's.
        by: Who prepares it.
        at: When.
        title: What it is called; "" for the title of the rule with its regime.
        fields: More of its fields, such as `channel` or `planned_at`.

    Raises:
        Expected: Nobody is named ("notice_by_nobody").
    """
    _somebody(by)
    t = translator(language or language_of(case))
    decision, partners = case.standing.get(rule.key), case.incident.partners
    values: dict[str, Value] = {
        "title": title or rule_words.title(rule, t),
        "incident": frozenset({case.incident.id}),
        "decision": frozenset({decision.id} if decision else ()),
        "regime": rule.regime,
        "rule_key": rule.key,
        "recipient": rule.recipient,
        "addressee": rule.addressee.get(t.language) if rule.addressee else "",
        "to_party": partners if is_to_partner(rule) and len(partners) == 1 else frozenset(),
        "phase": phase,
        "text_language": t.language,
        "prepared_by": by.strip(),
        "prepared_at": at,
        "is_privileged": case.incident.is_privileged,
        **(fields or {}),
    }
    return ChangeSet(
        act="prepare_notice",
        changes=(addition("notice", values),),
        facts={"incident": case.incident.ref},
    )


def approve(notice: Notice, by: str, at: Instant) -> ChangeSet:
    """Somebody agrees that it goes out.

    Raises:
        Expected: Nobody is named ("notice_by_nobody"), or it was sent already ("notice_sent").
    """
    _somebody(by)
    return _changed(notice, "approve_notice", {"approved_by": by.strip(), "approved_at": at})


def send(
    notice: Notice,
    text: str,
    at: Instant,
    by: str,
    channel: str,
    *,
    people_told: Count | None = None,
    not_told_reason: str = "",
    late_reason: str = "",
    next_due_at: Instant | None = None,
    others: Iterable[Notice] = (),
) -> ChangeSet:
    """It went out: its text is kept as it was sent, with the SHA-256 of its UTF-8.

    Args:
        notice: One that was not sent yet.
        text: As sent; `plain_text` of what was prepared, or what became of it in Word.
        at: When it went out.
        by: Who sent it.
        channel: A key of `notice_channel`.
        people_told: How many people it reached, where it is for people.
        not_told_reason: Why not everybody.
        late_reason: Why it was late, where it was.
        next_due_at: When something has to follow.
        others: The notices of its incident; what was to follow those of its rule has followed with it.

    Raises:
        Expected: Nobody is named ("notice_by_nobody"), there is no text ("notice_empty"), it was sent
            already ("notice_sent"), or the moment has not come yet ("not_come_yet").
    """
    values = _sent(text, at, by, channel, ref=notice.ref)
    said: Mapping[str, Value] = {
        "people_told": people_told,
        "not_told_reason": not_told_reason,
        "late_reason": late_reason,
        "next_due_at": next_due_at,
    }
    wanted = _changed(notice, SEND, values | {key: value for key, value in said.items() if value})
    earlier = (each for each in others if each.id != notice.id)
    return replace(wanted, changes=(*wanted.changes, *_settled(earlier, notice.rule_key, at)))


def send_at_once(
    prepared: ChangeSet,
    text: str,
    at: Instant,
    by: str,
    channel: str,
    *,
    approved_by: str = "",
    people_told: Count | None = None,
    late_reason: str = "",
    others: Iterable[Notice] = (),
) -> ChangeSet:
    """A notice that is recorded when it has gone out: prepared, approved where somebody did, and sent, in one step.

    Args:
        prepared: What `prepare` made.
        text: As of `send`, and so the rest.
        at: When it went out.
        by: Who sent it.
        channel: A key of `notice_channel`.
        approved_by: Who agreed, when it was prepared; "" for nobody.
        people_told: How many people it reached.
        late_reason: Why it was late.
        others: The notices of its incident.

    Raises:
        Expected: As of `send`.
    """
    (new,) = prepared.changes
    values = {**(new.after or {}), **_sent(text, at, by, channel), "late_reason": late_reason}
    values["people_told"] = people_told
    if approved_by.strip():
        values |= {"approved_by": approved_by.strip(), "approved_at": values["prepared_at"]}
    settled = _settled(others, str(values["rule_key"]), at)
    return replace(prepared, act=SEND, changes=(replace(new, after=values), *settled))


def follow(notice: Notice, values: Mapping[str, Value]) -> ChangeSet:
    """What came back, or why it was late: receipt, reply, next due.

    Args:
        notice: One that was sent.
        values: Fields of `AFTER_SENDING`.

    Raises:
        Expected: It was not sent yet ("notice_unsent"), or nothing new is said ("notice_unchanged").
    """
    if notice.sent_at is None:
        raise Expected("notice_unsent", ref=notice.ref)
    if not set(values) <= AFTER_SENDING:
        raise ValueError(f"not after sending: {sorted(set(values) - AFTER_SENDING)}")
    return _set(notice, "follow_notice", values)


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8, in hex."""
    return sha256(text.encode("utf-8")).hexdigest()


def _changed(notice: Notice, act: str, values: Mapping[str, Value]) -> ChangeSet:
    if notice.sent_at is not None:
        raise Expected("notice_sent", ref=notice.ref)
    return _set(notice, act, values)


def _set(notice: Notice, act: str, values: Mapping[str, Value]) -> ChangeSet:
    change = edit(notice, values)
    if change is None:
        raise Expected("notice_unchanged", ref=notice.ref)
    return ChangeSet(act=act, changes=(change,), facts={"refs": notice.ref})


def _sent(text: str, at: Instant, by: str, channel: str, *, ref: str = "") -> dict[str, Value]:
    _somebody(by)
    clock.refuse_ahead(at)
    if not text.strip():
        raise Expected("notice_empty", ref=ref)
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return {
        "text": kept,
        "text_sha256": digest(kept),
        "sent_at": at,
        "sent_by": by.strip(),
        "channel": channel,
    }


def _settled(others: Iterable[Notice], rule: str, at: Instant) -> Iterator[Change]:
    """What was to follow the notices of a rule that went out before."""
    ours = (each for each in others if rule and each.rule_key == rule and not each.deleted_at)
    before = (each for each in ours if each.sent_at and each.sent_at.utc <= at.utc)
    yield from filter(None, (edit(each, {"next_due_at": None}) for each in before))


def _somebody(by: str) -> None:
    if not by.strip():
        raise Expected("notice_by_nobody")
