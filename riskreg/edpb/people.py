"""Parts 4 to 6 of the form: consequences and risk, measures, whether the people were told, others and other countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from babel import Locale

from riskreg.dates import locale_of
from riskreg.edpb.form import NOT_KNOWN, Sheet, letters
from riskreg.errors import N_
from riskreg.formats import count_words, listed
from riskreg.i18n import LANGUAGES
from riskreg.records import Decision, Incident, Notice
from riskreg.records.terms import folded
from riskreg.rules.regimes import applies
from riskreg.rules.telling import people_told

EEA: Final = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
    "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO",
)  # fmt: skip
"""ISO 3166 codes of the European Economic Area."""
CONSEQUENCES: Final = ((79, "confidentiality"), (81, "integrity"), (83, "availability"))
SCORE: Final = N_("Severity by ENISA's method: {score} ({band}).")
WITH_NUMBER: Final = N_("{name} ({number})")
NUMBERED: Final = N_("{name}: {number}")
_PLACE: Final = re.compile(
    r"\s*(?P<name>[^:：]+?)\s*[:：]\s*(?P<number>\d{1,3}(?:[,.\s'’]\d{3})+|\d+)(?!\d|[.,]\d)\D*"
)
"""A country and how many live there; thousands apart by whatever a country uses."""


def fill(sheet: Sheet) -> None:
    """Answer the fields 79 to 122."""
    _consequences(sheet)
    _risk(sheet)
    _measures(sheet)
    _told(sheet)
    _authorities(sheet)
    _countries(sheet)


def _consequences(sheet: Sheet) -> None:
    incident = sheet.incident
    for number, nature in CONSEQUENCES:
        if nature in incident.nature:
            empty = letters(nature)["assessing"]
            sheet.first(number, incident.consequences, "breach_consequence", by=nature, empty=empty)
            if sheet.answers[number].value == letters(nature)[f"{nature}_other"]:
                sheet.needed(number + 1, incident.effects)
    sheet.first(85, incident.impacts, "breach_impact", empty="o")
    told = (sheet.all_of("consequences"), sheet.all_of("impacts"), incident.effects)
    if sheet.answers[85].value == "n":
        sheet.needed(86, *told)
    else:
        sheet.text(86, *told)
    sheet.choice(87, incident.impact_severity, "impact_severity", empty="d")


def _risk(sheet: Sheet) -> None:
    assessed = sheet.asked.case.assessment
    sheet.choice(89, assessed.outcome if assessed else None, "risk_outcome", empty="c")
    if assessed is None:
        sheet.needed(90)
        return
    score = ""
    if assessed.severity_score and assessed.severity_band:
        band = sheet.label("severity_band", assessed.severity_band)
        score = sheet.gettext(SCORE).format(score=assessed.severity_score, band=band)
    if assessed.outcome == "more_needed":
        score = "\n".join(filter(None, (sheet.answers[89].words, score)))
    sheet.needed(90, assessed.reasoning, score)


def _measures(sheet: Sheet) -> None:
    incident = sheet.incident
    sheet.needed(92, incident.containment, incident.remedy)
    sheet.first(94, incident.prevention, "security_measure", by="prevention", empty="o")
    sheet.needed(95, sheet.all_of("prevention"), incident.prevention_words)


# the people


def _told(sheet: Sheet) -> None:
    told = [each for each in sheet.asked.notices("individuals") if _is_ours(each)]
    if told:
        _were_told(sheet, told)
        return
    decision = sheet.asked.case.standing.get("eu_people")  # under another law it is no answer
    answer = decision.answer if decision else None
    if answer == "yes":
        sheet.own(97, "b")
        people = (each for each in sheet.asked.case.notices if each.recipient == "individuals")
        for each in [each for each in people if _is_ours(each)][:1]:
            sheet.day(99, each.planned_at)
    elif decision and answer in ("no", "not_applicable"):
        _not_told(sheet, decision)
    else:
        sheet.own(97, "c", is_open=True)


def _is_ours(notice: Notice) -> bool:
    """Whether it went to the people whom this law is about, as far as it says: a letter under another one may not have."""
    return notice.regime in (None, "gdpr")


def _not_told(sheet: Sheet, decision: Decision) -> None:
    if decision.exemption in letters("notice_exemption"):
        sheet.own(97, "e")
        sheet.choice(100, decision.exemption, "notice_exemption")
        sheet.needed(101, decision.reason)
    else:
        sheet.own(97, "d")
        sheet.text(101, decision.reason)


def _were_told(sheet: Sheet, told: list[Notice]) -> None:
    t, first = sheet.asked.t, told[0]
    sheet.own(97, "a")
    sheet.day(98, first.sent_at)
    reasons = [each.not_told_reason for each in told if each.not_told_reason]
    sheet.own(102, "b" if reasons or _fewer(sheet, told) else "a")
    if sheet.answers[102].value == "b":
        numbers = [count_words(each.people_told, t) for each in told if each.people_told]
        label = t.label(Notice, "people_told")
        counted = sheet.gettext(NUMBERED).format(name=label, number=listed(numbers, t, ";"))
        sheet.needed(103, *reasons, counted if numbers else "")
        if not reasons:
            sheet.answers[103] = sheet.answers[103]._replace(is_open=True)
    channel = first.channel
    letter = letters("notice_channel").get(sheet.meaning("notice_channel", channel))
    if channel and letter:
        sheet.own(104, letter)
        sheet.text(105, sheet.labels("notice_channel", {each.channel for each in told if each.channel}))  # fmt: skip
    sheet.needed(106, *(each.text for each in told))


def _fewer(sheet: Sheet, told: list[Notice]) -> bool:
    """Fewer were told than are affected, as far as both numbers are known."""
    reached, affected = people_told(told), sheet.incident.people_count
    return bool(reached and affected and affected.number and reached < affected.number)


# others


def _authorities(sheet: Sheet) -> None:
    incident = sheet.incident
    sheet.own(109, "a" if incident.police_ref or incident.police_at else "c")
    others = [each for each in sheet.asked.notices("authority") if each.regime != "gdpr"]
    sheet.own(110, "a" if others or incident.other_authorities else "c")
    who = [_with_receipt(sheet, each) for each in others]
    police = sheet.asked.t.label(Incident, "police_ref")
    told = sheet.gettext(NUMBERED).format(name=police, number=incident.police_ref)
    sheet.text(111, incident.other_authorities, *who, told if incident.police_ref else "")


def _with_receipt(sheet: Sheet, notice: Notice) -> str:
    who = notice.addressee or notice.title
    return (
        sheet.gettext(WITH_NUMBER).format(name=who, number=notice.receipt)
        if notice.receipt
        else who
    )


def _countries(sheet: Sheet) -> None:
    """Whether it crosses borders in the EEA; the one who notifies from outside it has no lead authority."""
    is_there = "eu_eea" in sheet.asked.case.organisation.established_in
    places = list(_places(sheet.incident.people_by_place, sheet))
    if is_there:
        sheet.own(113, "a" if len(places) > 1 else "c", is_open=len(places) < 2)
        sheet.own(120, "b")
        numbers = (116, 117)
    else:
        sheet.own(113, "b")
        sheet.own(120, _bound(sheet))
        numbers = (121, 122)
    if unread := [*_unread(sheet.incident.people_by_place)]:
        said = "\n".join((*_lines(places, sheet), *unread))
        sheet.put(numbers[0], said, said, is_open=True)  # and no sum: it would be one of a part
    elif places:
        sheet.text(numbers[0], listed(_lines(places, sheet), sheet.asked.t, ";"))
        sheet.number(numbers[1], sum(number for _, number in places))
    elif "eu_eea" in sheet.incident.people_live_in:
        sheet.put(numbers[0], *[sheet.gettext(NOT_KNOWN)] * 2, is_open=True)


def _lines(places: Iterable[tuple[str, int]], sheet: Sheet) -> Iterator[str]:
    one = sheet.gettext(NUMBERED)
    yield from (one.format(name=name, number=f"{number:,}") for name, number in places)


def _bound(sheet: Sheet) -> str:
    """Whether the GDPR binds us, as far as the facts say."""
    case = sheet.asked.case
    facts = case.facts(case.day(sheet.asked.now))
    rule = next(each for each in case.rules if each.key == "eu_authority")
    return {"yes": "a", "no": "b"}.get(applies(rule, facts).applies, "c")


def _places(text: str, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """The countries of the EEA in lines such as `Germany: 12`, with how many live there."""
    for line in text.splitlines():
        found = _PLACE.fullmatch(line)
        code = _codes().get(folded(found["name"])) if found else None
        if found and code:
            name = locale_of(sheet.asked.t.language).territories[code]
            yield str(name), int(re.sub(r"\D", "", found["number"]))


def _unread(text: str) -> Iterator[str]:
    """Lines with a number that cannot be read: nobody may take the sum of the others for all."""
    for line in text.splitlines():
        if re.search(r"\d", line) and not _PLACE.fullmatch(line):
            yield line.strip()


@cache
def _codes() -> Mapping[str, str]:
    """The code of each country of the EEA by its name in any of our languages."""
    locales: list[Locale] = [locale_of(language) for language in LANGUAGES]
    found = {folded(each.territories[code]): code for each in locales for code in EEA}
    return {**found, **{code.casefold(): code for code in EEA}}
