"""Timeline and custody in words: one line for each moment, and what stands below it, for window, paper and command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskreg import custody
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import Translator
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Instant
from riskreg.timeline import Moment, What
from riskreg.views import Name

GONE: Final = N_("(erased)")
WITHDRAWN: Final = N_("taken back later")
SCORE: Final = N_("severity {band}")
NO_SCORE: Final = N_("no score yet")
NOT_KNOWN: Final = N_("not known")
REASON: Final = N_("Reason: {text}")
RESULT: Final = N_("Result: {text}")
RECORDED: Final = N_("Recorded {at} by {who}")

_TO: Final = N_("{regime} ({recipient})")

_HEADINGS: Final[Mapping[What, str]] = {
    "logged": N_("Logged in the register"),
    "assessed": N_("Assessed: {new}"),
    "decided": N_("Decided on {rule}: {new}"),
    "prepared": N_("Prepared: {new} – {rule}"),
    "approved": N_("Approved: {new} – {rule}"),
    "sent": N_("Sent: {new} – {rule}"),
    "replied": N_("Reply to: {new} – {rule}"),
    "changed": N_("Time changed: {field}, from {old} to {new}"),
    "held": N_("Legal hold set on {ref}"),
    "released": N_("Legal hold lifted from {ref}"),
    "withdrawn": N_("Taken back: {ref}"),
    "restored": N_("Brought back: {ref}"),
    "erased": N_("Words erased from {ref}"),
}
"""Without `entry`, whose words are its own, `reached`, which is called as its field, and `custody`."""

_CUSTODY: Final[Mapping[custody.What, str]] = {
    "taken_in": N_("{ref} taken in: {text}"),
    "edited": N_("{ref}: description edited"),
    "linked": N_("{ref} linked to {others}"),
    "unlinked": N_("{ref} no longer linked to {others}"),
    "replaced": N_("{ref} replaced by {others}"),
    "status": N_("{ref}: {text}"),
    "exported": N_("{ref}: a copy left the register"),
    "held": N_("Legal hold set on {ref}"),
    "released": N_("Legal hold lifted from {ref}"),
    "binned": N_("{ref} moved to the bin"),
    "unbinned": N_("{ref} returned from the bin"),
    "withdrawn": N_("{ref}: taking in undone"),
    "restored": N_("{ref}: taken in again"),
    "erased": N_("{ref} erased"),
    "verified": N_("{ref} checked against its checksum"),
}
_WITH_REASON: Final = frozenset({"decided", "changed", "held", "erased", "assessed"})
_LISTS: Final[Mapping[What, str]] = {
    "decided": "decision_answer",
    "prepared": "notice_phase",
    "approved": "notice_phase",
    "sent": "notice_phase",
    "replied": "notice_phase",
}
NO_NAMES: Final[Mapping[int, Name]] = MappingProxyType({})


def heading(
    moment: Moment, vocabulary: Vocabulary, t: Translator, names: Mapping[int, Name] = NO_NAMES
) -> str:
    """The line of a moment, without its time.

    Args:
        moment: Which.
        vocabulary: The lists of choices.
        t: The language.
        names: What linked records are called; one that is missing is not named.
    """
    if moment.what == "entry":
        return moment.text or t.gettext(GONE)
    if moment.what == "reached":
        return t.label(moment.kind, moment.field)
    if moment.what == "custody":
        others = listed([names[id].ref for id in sorted(moment.others) if id in names], t)
        found = custody.WHATS[moment.field]
        return _in_custody(found, moment.ref, moment.text, others, vocabulary, t)
    return t.gettext(_HEADINGS[moment.what]).format(
        ref=moment.ref,
        rule=_about(moment, vocabulary, t),
        field=t.label(moment.kind, moment.field) if moment.field else "",
        old=_value(moment, moment.old, vocabulary, t),
        new=_value(moment, moment.new, vocabulary, t),
    )


def below(moment: Moment, t: Translator) -> tuple[str, ...]:
    """What stands below a moment: why, and what came of it."""
    is_reason = moment.what in _WITH_REASON or moment.field in ("held", "erased")
    lines = []
    if moment.text and is_reason:
        lines.append(t.gettext(REASON).format(text=moment.text))
    elif moment.text and moment.what == "replied":
        lines.append(moment.text)
    if moment.result:
        lines.append(t.gettext(RESULT).format(text=moment.result))
    return tuple(lines)


def event_words(
    event: custody.Event,
    ref: str,
    vocabulary: Vocabulary,
    t: Translator,
    names: Mapping[int, Name] = NO_NAMES,
) -> str:
    """One event of the custody of a piece called `ref`; arguments as those of `heading`."""
    others = listed([names[id].ref for id in sorted(event.others) if id in names], t)
    return _in_custody(event.what, ref, event.words, others, vocabulary, t)


def recorded_words(moment: Moment, zone: str, t: Translator) -> str:
    """When the moment was recorded and by whom; "" where the history does not say."""
    if moment.recorded is None:
        return ""
    actor = moment.recorded.actor
    at = instant_words(Instant.at(moment.recorded.at, zone), t)
    return t.gettext(RECORDED).format(at=at, who=actor.name or actor.account)


def _in_custody(
    what: custody.What, ref: str, text: str, others: str, vocabulary: Vocabulary, t: Translator
) -> str:
    if what == "status":
        text = vocabulary.terms_of("evidence_status").label(text, t.language)
    if what == "taken_in":
        text = text or t.gettext(GONE)
    return t.gettext(_CUSTODY[what]).format(ref=ref, text=text, others=others or "–")


def _about(moment: Moment, vocabulary: Vocabulary, t: Translator) -> str:
    """Regime and recipient of a decision or notice; its ref where neither is said."""
    about, recipients = moment.about, vocabulary.terms_of("notice_recipient")
    regime = vocabulary.terms_of("regime").label(about.get("regime", ""), t.language)
    to = recipients.label(about.get("recipient", ""), t.language)
    if about.get("recipient") not in ("authority", "individuals"):
        to = about.get("rule") or about.get("addressee") or to
    if regime and to:
        return t.gettext(_TO).format(regime=regime, recipient=to)
    return regime or to or moment.ref


def _assessed(moment: Moment, vocabulary: Vocabulary, t: Translator) -> str:
    """The band of the score, and what somebody judged beside it."""
    band = vocabulary.terms_of("severity_band").label(str(moment.new or ""), t.language)
    outcome = vocabulary.terms_of("risk_outcome").label(moment.about.get("outcome", ""), t.language)
    score = t.gettext(SCORE).format(band=band) if band else t.gettext(NO_SCORE)
    return listed([each for each in (outcome, score) if each], t, ";")


def _value(moment: Moment, value: object, vocabulary: Vocabulary, t: Translator) -> str:
    if isinstance(value, Instant):
        return instant_words(value, t)
    if moment.what == "assessed":
        return _assessed(moment, vocabulary, t)
    if isinstance(value, str) and moment.what in _LISTS:
        return vocabulary.terms_of(_LISTS[moment.what]).label(value, t.language)
    return t.gettext(NOT_KNOWN)
