"""Clocks in words, for the window, papers and the command line: how long since, how long until, how late.

Where no law sets hours the clock counts up; nothing is made up. What is whole is said whole: the unit that
has begun and is not over is not counted, so that nobody is told of time that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from riskreg import regimes_catalogue
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import sentences
from riskreg.i18n import NN_, Translator
from riskreg.records.values import Instant
from riskreg.rules.deadlines import Clock
from riskreg.rules.own_rules import is_own
from riskreg.rules.regimes import Rule

_HOUR: Final = timedelta(hours=1)
_DAYS_FROM_H: Final = 96
"""Hours from which a length of time is told in days."""
_LONG: Final = {
    "min": NN_("{number} minute", "{number} minutes"),
    "h": NN_("{number} hour", "{number} hours"),
    "d": NN_("{number} day", "{number} days"),
}
_SHORT: Final = {
    "min": NN_("{number} min", "{number} min"),
    "h": NN_("{number} h", "{number} h"),
    "d": NN_("{number} d", "{number} d"),
}
_SINCE: Final[Mapping[str, str]] = {
    "occurred_from": N_("{span} since it happened"),
    "discovered": N_("{span} since discovery"),
    "aware": N_("{span} since aware"),
    "processor_aware": N_("{span} since the processor knew"),
    "processor_informed": N_("{span} since the processor told us"),
    "notifiable": N_("{span} since found notifiable"),
    "contained": N_("{span} since containment"),
    "closed": N_("{span} since closure"),
    "notice": N_("{span} since the notice before it"),
}
_SINCE_IT_BEGAN: Final = N_("{span} since it began.")
_SINCE_YOU: Final[Mapping[str, str]] = {
    "aware": N_("{span} since you became aware."),
    "discovered": N_("{span} since it was discovered."),
    "notifiable": N_("{span} since it was found notifiable."),
    "notice": N_("{span} since the notice before it was sent."),
}
_FROM: Final[Mapping[str, str]] = {
    "occurred_from": N_("it happened"),
    "discovered": N_("it was discovered"),
    "aware": N_("you became aware"),
    "processor_aware": N_("the processor became aware"),
    "processor_informed": N_("the processor told us"),
    "notifiable": N_("it was found notifiable"),
    "contained": N_("it was contained"),
    "closed": N_("it was closed"),
    "notice": N_("the notice before it was sent"),
}
_WAITS: Final[Mapping[str, str]] = {
    "occurred_from": N_("waits for: happened, from"),
    "discovered": N_("waits for: discovered"),
    "aware": N_("waits for: aware"),
    "processor_aware": N_("waits for: processor became aware"),
    "processor_informed": N_("waits for: processor told us"),
    "notifiable": N_("waits for: found notifiable"),
    "contained": N_("waits for: contained"),
    "closed": N_("waits for: closed"),
    "notice": N_("waits for the notice before it"),
}
_UNITS: Final = {
    "hours": NN_("within {number} hour", "within {number} hours"),
    "calendar_days": NN_("within {number} calendar day", "within {number} calendar days"),
    "working_days": NN_("within {number} working day", "within {number} working days"),
}
_NO_HOURS: Final = {
    "at_once": N_("at once; no hours are set"),
    "as_soon_as_practicable": N_("as soon as practicable; no hours are set"),
}
STATES: Final[Mapping[str, str]] = {
    "not_applicable": N_("Does not apply"),
    "waiting": N_("Waits for its start"),
    "counting_up": N_("Counts up"),
    "running": N_("Running"),
    "due_soon": N_("Due soon"),
    "met": N_("In time"),
    "met_late": N_("Late"),
    "missed": N_("Missed"),
    "waived": N_("Decided: none"),
}
"""What a state is called, a msgid; see `rules.deadlines.State`."""
BASES: Final[Mapping[str, str]] = {
    "law": N_("Law"),
    "recommended": N_("Recommended"),
    "voluntary": N_("Voluntary"),
    "contract": N_("Contract"),
    "own": N_("Own target"),
    "proposed": N_("Proposed, not law"),
}
"""What stands behind a rule, a msgid."""
NOTES: Final[Mapping[str, str]] = {
    "trigger_to_the_day": N_("Its start is known to the day only; it counts from the start of that day."),
    "trigger_ahead": N_("Its start lies ahead."),
    "trigger_long_ago": N_("Its start lies more than ten years back: is the year right?"),
    "sent_before_trigger": N_("The notice was sent before its time began."),
    "sent_to_the_day": N_("When the notice was sent is known to the day only."),
    "calendar_ended": N_("The public holidays of that year are not known yet; only weekends are left out."),
    "incident_over": N_("The incident is over: nothing more is waited for."),
}  # fmt: skip
"""What is to be known beside a state, a msgid; see `rules.deadlines.Note`."""
UNVERIFIED: Final = N_("Unverified")
"""Said of every rule whose source was not checked."""
_CALLED: Final[Mapping[str, str]] = {
    "hk_pdpo": N_("PCPD"),
    "hk_cap653": N_("Cap. 653"),
    "gdpr": N_("GDPR"),
    "uk_gdpr": N_("UK GDPR"),
    "cn_pipl": N_("PIPL"),
    "cn_measures": N_("Mainland"),
    "gba": N_("GBA contract"),
    "sg_pdpa": N_("Singapore"),
    "mo_law8": N_("Macau"),
    "my_pdpa": N_("Malaysia"),
    "th_pdpa": N_("Thailand"),
    "ph_dpa": N_("Philippines"),
    "id_pdp": N_("Indonesia"),
    "jp_appi": N_("Japan"),
    "kr_pipa": N_("South Korea"),
    "au_privacy": N_("Australia"),
    "ca_pipeda": N_("Canada"),
    "tw_pdpa": N_("Taiwan"),
    "vn_pdp": N_("Vietnam"),
    "in_dpdp": N_("India"),
    "ch_fadp": N_("Switzerland"),
    "us": N_("United States"),
}
"""A regime in a word or two."""
_LEVELS: Final = {"running": "moderate", "due_soon": "high", "missed": "critical", "met": "low"}
_HK_H: Final = NN_(
    "{number} hour since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
    "{number} hours since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
)
_HK_DAYS: Final = NN_(
    "{number} day since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
    "{number} days since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
)


def span(length: timedelta, t: Translator, *, is_long: bool = False) -> str:
    """A length of time in its whole minutes, hours, from four days on in days: `26 h`; long `26 hours`."""
    unit, number = _counted(length)
    pattern = (_LONG if is_long else _SHORT)[unit]
    return t.ngettext(*pattern, number).format(number=f"{number:,}")


def short(clock: Clock, t: Translator) -> str:
    """How a clock stands in a few words: `26 h since aware`, `due in 31 h`, `late by 2 d`."""
    gettext, length = t.gettext, clock.elapsed or timedelta()
    match clock.state:
        case "waiting":
            return gettext(_WAITS[clock.rule.trigger])
        case "counting_up":
            return gettext(_SINCE[clock.rule.trigger]).format(span=span(length, t))
        case "running" | "due_soon":
            return gettext(N_("due in {span}")).format(span=span(_left(clock), t))
        case "missed":
            return gettext(N_("late by {span}")).format(span=span(-_left(clock), t))
        case "met":
            pattern = N_("done after {span}") if _is_ours(clock.rule) else N_("told after {span}")
            return gettext(pattern).format(span=span(length, t))
        case "met_late":
            return gettext(N_("told late, after {span}")).format(span=span(length, t))
        case "waived":
            return gettext(N_("decided: not told"))
        case "not_applicable":
            return gettext(N_("does not apply"))


def named(clock: Clock, t: Translator) -> str:
    """The same with the name of its regime, for a place where other clocks are not seen: `GDPR: due in 31 h`.

    The one of Hong Kong counts from the same moment as the incident itself and needs no name.
    """
    said = short(clock, t)
    if clock.state == "counting_up" and clock.rule.regime == "hk_pdpo":
        return said
    return t.gettext(N_("{regime}: {clock}")).format(regime=called(clock.rule, t), clock=said)


def sentence(clock: Clock, zone: str, t: Translator) -> str:
    """How a clock stands, in whole sentences; a deadline on the clocks of `zone`."""
    gettext, length = t.gettext, clock.elapsed or timedelta()
    if clock.state == "counting_up" and clock.rule.key in ("hk_pcpd", "hk_people"):
        return hong_kong(length, t)
    if clock.state == "counting_up":
        pattern = gettext(_SINCE_YOU.get(clock.rule.trigger, _SINCE_IT_BEGAN))
        since = pattern.format(span=span(length, t, is_long=True))
        return sentences(t, since, gettext(N_("No hours are set for this notice.")))
    if clock.due_at is not None and clock.is_open:
        pattern = (
            N_("Late by {span}. It was due {moment}.")
            if clock.state == "missed"
            else N_("{span} left. It is due {moment}.")
        )
        left = span(abs(_left(clock)), t, is_long=True)
        return gettext(pattern).format(span=left, moment=due_words(clock.due_at, zone, t))
    said = short(clock, t)
    return f"{said[:1].upper()}{said[1:]}"


def named_sentence(clock: Clock, zone: str, t: Translator) -> str:
    """The same with the name of its regime, where other clocks are not seen."""
    said = sentence(clock, zone, t)
    if clock.rule.key in ("hk_pcpd", "hk_people"):
        return said
    return t.gettext(N_("{regime}: {clock}")).format(regime=called(clock.rule, t), clock=said)


def hong_kong(length: timedelta, t: Translator) -> str:
    """How long ago the organisation became aware, and what law says about it.

    PCPD, Guidance on Data Breach Handling and Data Breach Notifications (30 June 2023).
    """
    hours = max(0, length // _HOUR)
    if hours < _DAYS_FROM_H:
        return t.ngettext(*_HK_H, hours).format(number=hours)
    return t.ngettext(*_HK_DAYS, hours // 24).format(number=f"{hours // 24:,}")


def since_aware(aware: Instant, now: datetime, t: Translator) -> str:
    """How long ago the organisation became aware: `26 h since aware`; nothing where that is still to come."""
    length = max(now - aware.utc, timedelta())
    return t.gettext(_SINCE["aware"]).format(span=span(length, t))


def due_words(at: datetime, zone: str, t: Translator) -> str:
    """A deadline on the clocks of a zone, to the minute, or to the second where it ends a day."""
    is_whole = at.second == 0
    moment = at.replace(microsecond=0)
    return instant_words(Instant(moment, zone, "minute" if is_whole else "second"), t)


def limit(rule: Rule, t: Translator) -> str:
    """How much time a rule gives, and from when: `within 72 hours after you became aware`."""
    if rule.amount is None:
        return t.gettext(_NO_HOURS.get(rule.unit, _NO_HOURS["as_soon_as_practicable"]))
    within = t.ngettext(*_UNITS[rule.unit], rule.amount).format(number=rule.amount)
    pattern = t.gettext(N_("{within} after {moment}"))
    return pattern.format(within=within, moment=t.gettext(_FROM[rule.trigger]))


def called(rule: Rule, t: Translator) -> str:
    """The regime of a rule in a word or two; an own rule and those of contracts and sectors by their title."""
    if rule.regime in _CALLED and not is_own(rule):
        return t.gettext(_CALLED[rule.regime])
    return rule.title.get(t.language)


def regime_title(key: str, t: Translator) -> str:
    """The title of a regime; its key where there is none."""
    found = {each.key: each.title for each in regimes_catalogue.regimes()}
    return found[key].get(t.language) if key in found else key


def level(clock: Clock) -> str:
    """How pressing a clock is, as a level that has a shape and a colour; empty where it asks for nothing by a time."""
    if clock.state == "met_late":
        return "high" if clock.needs_reason else "moderate"
    return _LEVELS.get(clock.state, "")


def _left(clock: Clock) -> timedelta:
    """How much time is left; negative where it is over."""
    if clock.due_at is None or clock.trigger is None or clock.elapsed is None:
        return timedelta()
    return clock.due_at - clock.trigger.utc - clock.elapsed


def _is_ours(rule: Rule) -> bool:
    return rule.recipient == "ourselves"


def _counted(length: timedelta) -> tuple[str, int]:
    hours = max(0, length // _HOUR)
    if hours < 1:
        return "min", max(0, length // timedelta(minutes=1))
    return ("h", hours) if hours < _DAYS_FROM_H else ("d", hours // 24)
