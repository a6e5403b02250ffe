"""Answers of a notice that no single field gives: made from several records, in the language of the notice."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import Final, TypeVar

from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import count_words
from riskreg.notices.saying import Teller
from riskreg.records import Decision, Notice
from riskreg.records.values import Instant
from riskreg.rules.deadlines import is_over
from riskreg.rules.meaning import meaning_of
from riskreg.rules.standing import went_out

R = TypeVar("R", bound=Notice | Decision)

CONTACT: Final = N_("Contact person")
DELAY: Final = N_("Why it was late")
CHRONOLOGY: Final = N_("Course of events")
TELLING: Final = N_("How people are told")
NOT_TELLING: Final = N_("Why people are not told")
RANSOM: Final = N_("The demand")
SOURCE: Final = N_("Where it happened")
OTHERS: Final = N_("Who else was told")
RISK: Final = N_("Risk of harm")

NOT_LATE: Final = N_("It is not late.")
NO_RANSOM: Final = N_("No ransomware is involved.")
AT_PROCESSOR: Final = N_("At our data processor: {names}")
AT_US: Final = N_("At our organisation: {name}")
PEOPLE_TOLD: Final = N_("They were told on {when}.")
PEOPLE_TOLD_BY: Final = N_("They were told on {when} ({channel}).")
TOLD_NUMBER: Final = N_("People told: {number}.")
PLANNED: Final = N_("They are to be told on {when}.")
WILL_TELL: Final = N_("They will be told as soon as practicable.")
NOT_YET: Final = N_("Not yet.")
WILL_NOT: Final = N_("They are not told; the grounds stand below.")
THEY_ARE_TOLD: Final = N_("People are told.")
NOT_DECIDED: Final = N_("Not decided yet; to be decided again on {when}.")
POLICE: Final = N_("Police")
POLICE_REPORT: Final = N_("Police, report number {number}")
TOLD_ON: Final = N_("{who}: {when}")

_COURSE: Final = (
    "occurred_from_at",
    "occurred_to_at",
    "processor_aware_at",
    "processor_informed_at",
    "discovered_at",
    "aware_at",
    "contained_at",
    "assessed_at",
    "notifiable_at",
    "recovered_at",
)


def contact(by: Teller) -> str:
    """Name, post, phone and email of who can say more, one line each."""
    found = by.contact
    ours = by.case.organisation
    if found is None:
        return ""
    phone, email = found.phone or ours.phone, found.email or ours.email
    if not (phone or email):
        return ""
    return "\n".join(filter(None, (found.title, found.position, phone, email)))


def delay(by: Teller) -> str:
    """Why the notice is late; that it is not, where it is not; "" where it is and nobody said why."""
    rule = by.rule
    kept = [each.late_reason for each in by.case.notices if each.rule_key == rule.key]
    reasons = [by.late_reason, *kept]
    if found := next((each for each in reasons if each.strip()), ""):
        return found.strip()
    clocks = (row.clock for row in by.case.board(by.now) if row.rule.key == rule.key)
    clock = next(clocks, None)
    if clock is None or clock.trigger is None:
        return ""
    if clock.state == "met_late" or (clock.state != "met" and is_over(clock, by.now)):
        return ""
    return by.t.gettext(NOT_LATE)


def trigger_field(by: Teller, label: str) -> str:
    """Where the instant is entered without which it cannot be said whether the notice is late; "" where it is known."""
    if label != DELAY:
        return ""
    key = f"{by.rule.trigger}_at"
    return key if hasattr(by.case.incident, key) and by.case.incident.get(key) is None else ""


def chronology(by: Teller) -> str:
    """The known instants in their order, with the own entries that stand in summaries, a line each."""
    incident = by.case.incident
    moments = ((incident.get(key), by.label(key)) for key in _COURSE)
    found = [(each, label) for each, label in moments if isinstance(each, Instant)]
    found += [
        (each.happened_at, each.title)
        for each in by.case.entries
        if each.in_summary and each.happened_at
    ]
    ordered = sorted(found, key=lambda each: each[0].utc)
    return "\n".join(by.named(instant_words(at, by.t), what) for at, what in ordered)


def telling_people(by: Teller) -> str:
    """Whether, when and how the people affected were or will be told, from notices and decisions."""
    if lines := _by_law(_sent_to_people(by), _people_told, by):
        return "\n".join(lines)
    found: list[Notice | Decision] = [*_planned(by), *_on_people(by)]
    return "\n".join(_by_law(found, _will_be_told, by))


def _planned(by: Teller) -> list[Notice]:
    """Notices to the people that are planned, of a law by which they are not to be kept from them."""
    against = {each.regime for each in _on_people(by) if each.answer in ("no", "not_applicable")}
    return [
        each
        for each in by.case.notices
        if each.recipient == "individuals" and each.planned_at and each.regime not in against
    ]


def _will_be_told(found: Notice | Decision, by: Teller) -> str:
    """When they are to be told; of a decision beside a notice that is planned nothing."""
    if isinstance(found, Decision):
        planned = {each.regime for each in _planned(by)}
        return "" if found.regime in planned else _answered(found, by)
    assert found.planned_at is not None
    return by.t.gettext(PLANNED).format(when=instant_words(found.planned_at, by.t))


def _answered(decision: Decision, by: Teller) -> str:
    said = {"yes": WILL_TELL, "no": WILL_NOT, "not_yet": NOT_YET}.get(decision.answer or "")
    return by.t.gettext(said) if said else ""


def _not_telling(by: Teller) -> str:
    """The grounds of a decision not to tell people; that they are told; "" while nothing is decided."""
    decided = _on_people(by)
    told: list[Notice | Decision] = [
        *_sent_to_people(by),
        *(each for each in decided if each.answer == "yes"),
    ]
    laws = {each.regime for each in told}
    against = (each for each in decided if each.answer == "no" and each.regime not in laws)
    return "\n".join(_by_law([*told, *against], _grounds, by))


def _grounds(each: Notice | Decision, by: Teller) -> str:
    """Why people are not told under a law; that they are."""
    if isinstance(each, Notice) or each.answer == "yes":
        return by.t.gettext(THEY_ARE_TOLD)
    exemptions = by.vocabulary.terms_of("notice_exemption")
    named = exemptions.label(each.exemption, by.t.language) if each.exemption else ""
    return "\n".join(filter(None, (named, each.reason.strip())))


def people_not_told(by: Teller) -> str:
    """The grounds where people are not told; where it waits to be decided, until when."""
    return _not_telling(by) or "\n".join(_by_law(_on_people(by), _waiting, by))


def _waiting(decision: Decision, by: Teller) -> str:
    again = decision.decide_again_at
    if decision.answer != "not_yet" or again is None:
        return ""
    return by.t.gettext(NOT_DECIDED).format(when=instant_words(again, by.t))


def _by_law(found: Sequence[R], say: Callable[[R, Teller], str], by: Teller) -> list[str]:
    """What is said of decisions and notices under the law of the rule; where there is none, of those under others, with their law.

    What was decided under one law is no answer under another.
    """
    own = [each for each in found if each.regime == by.rule.regime]
    if own:
        return list(dict.fromkeys(filter(None, (say(each, by) for each in own))))
    regimes, language = by.vocabulary.terms_of("regime"), by.t.language
    lines = (
        by.named(regimes.label(each.regime, language), said) if each.regime else said
        for each in found
        if (said := say(each, by))
    )
    return list(dict.fromkeys(lines))


def ransom(by: Teller) -> str:
    """That no ransom was asked for, where the kind of incident says so; else "": a fact of that name answers it."""
    kind = meaning_of(by.vocabulary, "incident_category", by.case.incident.category)
    return by.t.gettext(NO_RANSOM) if kind not in (None, "ransomware", "tbd") else ""


def source(by: Teller) -> str:
    """Whether it happened at a processor or with us; "" while neither can be told."""
    incident = by.case.incident
    if names := by.titles(incident.processors):
        return by.t.gettext(AT_PROCESSOR).format(names=names)
    is_at_processor = bool(incident.processor_informed_at or incident.processor_aware_at)
    if is_at_processor or incident.cause is None:
        return ""
    return by.t.gettext(AT_US).format(name=by.case.organisation.title)


def others_told(by: Teller) -> str:
    """Authorities and the police that were told, and when: what people are told of it; "" where none is recorded.

    Customers and partners stay unnamed: that they were told is theirs to say.
    """
    said = (*_recipients(by, ("authority",)), *_police(by), by.value("other_authorities"))
    return "\n".join(dict.fromkeys(filter(None, said)))


def others_notified(by: Teller) -> str:
    """The same with customers and partners, for an authority, but for the notices to itself."""
    said = (
        *_recipients(by, ("authority", "other")),
        *_police(by),
        by.value("other_authorities"),
    )
    return "\n".join(dict.fromkeys(filter(None, said)))


def _recipients(by: Teller, kinds: Container[str]) -> Iterator[str]:
    regimes = by.vocabulary.terms_of("regime")
    for each in by.case.notices:
        is_told = (
            each.phase != "withdrawn" and each.rule_key != by.rule.key and went_out(each, by.now)
        )
        if not is_told or each.recipient not in kinds:
            continue
        known = each.addressee or by.titles(each.to_party)
        who = known or (regimes.label(each.regime, by.t.language) if each.regime else "")
        if who and each.sent_at:
            when = instant_words(each.sent_at, by.t)
            yield by.t.gettext(TOLD_ON).format(who=who, when=when)


def _police(by: Teller) -> Iterator[str]:
    incident, t = by.case.incident, by.t
    if not (incident.police_ref or incident.police_at):
        return
    number = incident.police_ref
    who = t.gettext(POLICE_REPORT).format(number=number) if number else t.gettext(POLICE)
    if incident.police_at is None:
        yield who
    else:
        yield t.gettext(TOLD_ON).format(who=who, when=instant_words(incident.police_at, t))


def _sent_to_people(by: Teller) -> list[Notice]:
    """Also those that stay inside: when and how many were told is no secret of theirs."""
    return [
        each
        for each in by.case.whole.notices
        if each.recipient == "individuals" and each.phase != "withdrawn" and went_out(each, by.now)
    ]


def _people_told(notice: Notice, by: Teller) -> str:
    t = by.t
    assert notice.sent_at is not None
    when = instant_words(notice.sent_at, t)
    if notice.channel:
        channel = by.vocabulary.terms_of("notice_channel").label(notice.channel, t.language)
        line = t.gettext(PEOPLE_TOLD_BY).format(when=when, channel=channel)
    else:
        line = t.gettext(PEOPLE_TOLD).format(when=when)
    if notice.people_told is None:
        return line
    number = t.gettext(TOLD_NUMBER).format(number=count_words(notice.people_told, t))
    return line + (" " if t.language == "en" else "") + number


def _on_people(by: Teller) -> list[Decision]:
    """The decisions that stand on telling the people."""
    return [each for each in by.case.standing.values() if each.recipient == "individuals"]
