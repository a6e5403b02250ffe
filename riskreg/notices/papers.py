"""What leaves the house, as values: a notice, a letter to the people, a short message, a script for the telephone.

The letter has the ten items of the PCPD's guidance (domain.md 2.3), or those of the law that asks for it. The
message names no kind of data and no harm: a telephone may be read by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from riskreg import clock, regimes_catalogue
from riskreg.cases import Case
from riskreg.dates import day_words
from riskreg.errors import N_, Expected
from riskreg.formats import listed
from riskreg.i18n import Language, translator
from riskreg.notices.acts import phase_of
from riskreg.notices.prepared import (
    Item,
    PaperKind,
    Prepared,
    lack_words,
    language_of,
    prepared_by,
)
from riskreg.notices.saying import Teller, teller
from riskreg.notices.script import steps
from riskreg.notices.short_message import message_text
from riskreg.notices.written import Block, Written
from riskreg.records.values import zone_of
from riskreg.rule_words import reference
from riskreg.rules.regimes import Rule
from riskreg.views import Reader

TO: Final = N_("To")
FROM: Final = N_("From")
UNDER: Final = N_("Under")
PHASE: Final = N_("Phase")
YOURS_IS: Final = N_("Your reference")
ABOUT: Final = N_("Our reference")
DATE: Final = N_("Date")
HOW: Final = N_("How and when")
LETTER: Final = N_("An incident that may concern your personal data")
DEAR: Final = N_("Dear Sir or Madam,")
OPENING: Final = N_(
    "We are writing to tell you of an incident that may concern personal data that we hold about you. This letter says what we know today; where something is not known yet, it says so."
)
SORRY: Final = N_(
    "We are sorry that this happened. If you have a question, please ask the contact named in this letter. We will never ask you for a password or for the number of your identity card because of this incident."
)
YOURS: Final = N_("Yours faithfully,")
WE_TELL: Final[Mapping[str, str]] = {
    "first": N_("We write to tell you of an incident that concerns personal data. What is not known yet is marked so; it will follow."),
    "further": N_("We write again about the incident of which we told you. What is not known yet is marked so; it will follow."),
    "final": N_("This is our final report on the incident of which we told you."),
    "withdrawn": N_("We withdraw what we told you of this incident. What we know of it today stands below."),
}  # fmt: skip
"""What a notice begins with, by its phase."""
HEADINGS: Final[Mapping[str, str]] = {
    "what_happened": N_("What happened"),
    "nature": N_("What happened"),
    "nature_plain": N_("What happened"),
    "when_and_how": N_("What happened"),
    "date_and_duration": N_("When it happened"),
    "when_discovered": N_("When it was discovered"),
    "first_aware": N_("When we learned of it"),
    "source_of_breach": N_("Where it happened"),
    "data_types": N_("Which data"),
    "data_of_the_person": N_("Which data"),
    "information_types": N_("Which data"),
    "data_disclosed": N_("Which data"),
    "causes": N_("Why it happened"),
    "people_and_risk": N_("Whom it concerns, and the risk"),
    "possible_harm": N_("What may follow from it"),
    "potential_harm": N_("What may follow from it"),
    "likely_consequences": N_("What may follow from it"),
    "measures": N_("What we do about it"),
    "measures_taken": N_("What we do about it"),
    "remedial_measures": N_("What we do about it"),
    "actions": N_("What we do about it"),
    "handling_and_recovery": N_("What we do about it"),
    "measures_to_reduce_harm": N_("What reduces the harm"),
    "self_protection": N_("What you can do"),
    "steps_for_people": N_("What you can do"),
    "contact": N_("Whom you can ask"),
    "contact_unit": N_("Whom you can ask"),
    "others_told": N_("Who else was told"),
}
"""What the items of a letter are called, which speaks to the people; by the key of the content."""
MESSAGE: Final = N_("Text message")
SCRIPT: Final = N_("Script for the telephone")

_NUMBER: Final = re.compile(r"\d+")


def paper(
    case: Case,
    rule: Rule,
    kind: PaperKind,
    language: Language | None,
    reader: Reader,
    *,
    now: datetime | None = None,
    phase: str = "",
    late_reason: str = "",
) -> Written:
    """A paper for a rule.

    Args:
        case: The incident.
        rule: What asks for it.
        kind: A notice to people is always a letter; message and script are for people only.
        language: None for the organisation's.
        reader: As of `contents`.
        now: The moment it is made, with a zone; None for the present one.
        phase: A key of `notice_phase`; "" for the next one of the rule.
        late_reason: Why it is late, where no notice keeps it yet.

    Raises:
        Expected: A letter, message or script is asked for that is not for people ("notice_not_for_people"),
            or nobody else is told by the rule ("notice_to_ourselves").
    """
    if rule.recipient == "ourselves":
        raise Expected("notice_to_ourselves", rule=rule.key)
    t = translator(language or language_of(case))
    by = teller(case, rule, t, reader, now or clock.now(), late_reason)
    is_for_people = rule.recipient == "individuals"
    if kind != "notice" and not is_for_people:
        raise Expected("notice_not_for_people", rule=rule.key)
    match kind:
        case "message":
            return message(by)
        case "script":
            return script(by)
        case "notice" | "letter":
            return letter(by) if is_for_people else notice(by, phase or phase_of(case, rule))


def notice(by: Teller, phase: str) -> Written:
    """A plain notice to an authority, a customer or another party; of the PCPD the answers for its form."""
    found, t = prepared_by(by), by.t
    is_form = any(each.part for each in found.items)
    facts = [
        (TO, found.addressee),
        (FROM, found.organisation),
        (UNDER, _law(by)),
        (PHASE, by.vocabulary.terms_of("notice_phase").label(phase, t.language)),
        (YOURS_IS, _receipts(by)),
        (ABOUT, found.ref),
        (DATE, _day(by)),
        (HOW, by.rule.note.get(t.language) if is_form and by.rule.note else ""),
    ]
    notes = (note for note in found.notes if note not in (said for _, said in facts))
    return Written(
        kind="notice",
        prepared=found,
        title=found.heading,
        facts=tuple((t.gettext(label), said) for label, said in facts if said),
        before=() if is_form else (t.gettext(WE_TELL[phase]),),
        blocks=tuple(_blocks(found, by)),
        after=(),
        sender=_sender(by),
        is_drill=found.is_drill,
        remarks=tuple(notes) if is_form else (),
    )


def letter(by: Teller) -> Written:
    """A letter to the people affected; nothing in it is about one of them, so that it can be sent to all."""
    found, t = prepared_by(by), by.t
    return Written(
        kind="letter",
        prepared=found,
        title=t.gettext(LETTER),
        facts=((t.gettext(DATE), _day(by)), (t.gettext(ABOUT), found.ref)),
        before=(t.gettext(DEAR), t.gettext(OPENING)),
        blocks=tuple(_headed(each, by) for each in found.items),
        after=(t.gettext(SORRY), t.gettext(YOURS), found.organisation),
        sender=_sender(by),
        is_drill=found.is_drill,
    )


def message(by: Teller) -> Written:
    """One text message of at most `MESSAGE_LIMIT` characters, without a kind of data or a harm."""
    found, t = prepared_by(by), by.t
    return Written(
        kind="message",
        prepared=found,
        title=t.gettext(MESSAGE),
        facts=(),
        before=(message_text(by),),
        blocks=(),
        after=(),
        sender=_sender(by),
        is_drill=found.is_drill,
    )


def script(by: Teller) -> Written:
    """What to do and to say on the telephone, step by step."""
    found = prepared_by(by)
    return Written(
        kind="script",
        prepared=found,
        title=by.t.gettext(SCRIPT),
        facts=((by.t.gettext(ABOUT), found.ref), (by.t.gettext(DATE), _day(by))),
        before=(),
        blocks=tuple(steps(by, found)),
        after=(),
        sender=_sender(by),
        is_drill=found.is_drill,
    )


def _blocks(found: Prepared, by: Teller) -> Iterator[Block]:
    for each in found.items:
        yield block_of(each, by)


def block_of(item: Item, by: Teller) -> Block:
    """An item as it stands on paper."""
    return Block(heading=item.label, text=item.text, lack=lack_words(item, by.t), part=item.part)


def _headed(item: Item, by: Teller) -> Block:
    """An item as a letter calls it."""
    heading = HEADINGS.get(item.key)
    found = block_of(item, by)
    return replace(found, heading=by.t.gettext(heading)) if heading else found


def _law(by: Teller) -> str:
    """The law, with its article; nothing where no law or an unverified one stands behind it."""
    rule, language = by.rule, by.t.language
    if rule.basis != "law" or rule.verified == "unverified":
        return ""
    of = next((each for each in regimes_catalogue.regimes() if each.key == rule.regime), None)
    law = of.law.get(language) if of else ""
    numbers = set(_NUMBER.findall(of.law.en)) if of else set()
    is_said = set(_NUMBER.findall(rule.legal_ref)) <= numbers
    return law if law and is_said else listed(filter(None, (law, reference(rule, by.t))), by.t, ";")


def _receipts(by: Teller) -> str:
    """The references that the addressee gave to the notices before."""
    of_rule = (each for each in by.case.notices if each.rule_key == by.rule.key)
    return listed(dict.fromkeys(each.receipt for each in of_rule if each.receipt), by.t)


def _sender(by: Teller) -> tuple[str, ...]:
    ours = by.case.organisation
    return tuple(filter(None, (ours.title, ours.address, ours.phone, ours.email)))


def _day(by: Teller) -> str:
    zone = zone_of(by.case.organisation.zone)
    return day_words(by.now.astimezone(zone).date(), by.t)
