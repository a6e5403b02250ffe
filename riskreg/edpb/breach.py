"""Part 3 of the form: when it happened, what happened, whose data and what data, and what was in place before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from riskreg.case_words import DRILL
from riskreg.dates import instant_words
from riskreg.edpb.form import NOT_KNOWN, Sheet, letters, option
from riskreg.errors import N_
from riskreg.records import Incident
from riskreg.records.values import Count, Instant

IN_TIME: Final = timedelta(hours=72)
"""GDPR article 33(1): with a later notification the form asks for the reasons."""
TIMES: Final = ("occurred_from_at", "occurred_to_at", "discovered_at", "processor_aware_at", "processor_informed_at",
                "aware_at", "contained_at", "recovered_at")  # fmt: skip
NO_NATURE: Final = N_(
    "The nature of the breach is not known yet; the form has no such answer, and confidentiality stands in for it."
)
NO_NUMBER: Final = N_("The number of records is not known; the form takes nothing else than 0.")
LABELLED: Final = N_("{label}: {text}")
BY_CATEGORY: Final = {
    "ransomware": "availability",
    "deleted_destroyed": "availability",
    "technical_malfunction": "availability",
    "unauthorised_modification": "integrity",
}
"""The nature that stands in for one nobody said; of any other kind it is confidentiality."""


def fill(sheet: Sheet) -> None:
    """Answer the fields 44 to 76."""
    _when(sheet)
    _discovery(sheet)
    _nature(sheet)
    _whose(sheet)
    _what_data(sheet)
    incident = sheet.incident
    sheet.first(75, incident.measures_before, "security_measure", by="measures_before", empty="l")
    sheet.needed(76, sheet.all_of("measures_before"), incident.measures_before_words)


def _when(sheet: Sheet) -> None:
    incident = sheet.incident
    start, end = incident.occurred_from_at, incident.occurred_to_at
    sheet.own(44, _span(incident), is_open=start is None)
    if start is not None:
        rough = [each for each in (start, end) if each and each.precision in ("month", "day")]
        sheet.yes(45, bool(rough))
        sheet.moment(46, start)
        sheet.moment(47, end)
    sheet.moment(48, incident.aware_at)
    if incident.aware_at is None:
        sheet.needed(48)
    _late(sheet)
    sheet.text(53, *_course(sheet))


def _span(incident: Incident) -> str:
    """The letter for how long it went on."""
    start, end = incident.occurred_from_at, incident.occurred_to_at
    if start is None:
        return "e"
    if end is None:
        return "c" if incident.is_ongoing else "a"
    return "a" if end.local.date() == start.local.date() else "b"


def _late(sheet: Sheet) -> None:
    """Why it is late, of a first notification that is."""
    asked, aware = sheet.asked, sheet.incident.aware_at
    if aware is None or asked.phase not in ("", "first"):
        return
    ours = [each for each in asked.notices("authority") if each.rule_key == "eu_authority"]
    sent = [each.sent_at.utc for each in ours if each.sent_at]
    if (sent[0] if sent else asked.now) > aware.utc + IN_TIME:
        sheet.needed(49, *[each.late_reason for each in asked.case.notices
                           if each.rule_key == "eu_authority" and each.late_reason][:1])  # fmt: skip


def _course(sheet: Sheet) -> Iterator[str]:
    """Every moment that is known, as exactly as it is, and what of the timeline belongs in a summary."""
    t = sheet.asked.t
    for key in TIMES:
        value = sheet.incident.get(key)
        if isinstance(value, Instant):
            yield _labelled(sheet, t.label(Incident, key), instant_words(value, t))
    for each in sheet.asked.case.entries:
        if each.in_summary and each.happened_at:
            yield _labelled(sheet, instant_words(each.happened_at, t), each.title)


def _labelled(sheet: Sheet, label: str, text: str) -> str:
    return sheet.gettext(LABELLED).format(label=label, text=text) if text else ""


def _discovery(sheet: Sheet) -> None:
    incident = sheet.incident
    sheet.choice(50, incident.discovery_channel, "discovery_channel", empty="f")
    told = _labelled(sheet, sheet.asked.t.label(Incident, "discovered_by"), incident.discovered_by)
    reported = _labelled(sheet, sheet.asked.t.label(Incident, "reported_by"), incident.reported_by)
    channel = incident.discovery_channel
    sheet.needed(51, sheet.label("discovery_channel", channel) if channel else "", told, reported)
    if channel == "processor":
        sheet.day(52, incident.processor_informed_at or incident.discovered_at)
    elif channel and sheet.answers[50].value != "a":
        sheet.day(52, incident.discovered_at)


def _nature(sheet: Sheet) -> None:
    incident, assessed = sheet.incident, sheet.asked.case.assessment
    nature = incident.nature
    sheet.first(55, nature, "breach_nature")
    if not nature:
        kind = sheet.meaning("incident_category", incident.category)
        stands_in = BY_CATEGORY.get(kind, "confidentiality")
        sheet.choice(55, stands_in, "breach_nature")
        sheet.answers[55] = sheet.answers[55]._replace(words=sheet.gettext(NOT_KNOWN), is_open=True)
    if "confidentiality" in nature:
        _loss(
            sheet, 56, "confidentiality_loss", assessed.confidentiality if assessed else None, "e"
        )
        sheet.choice(57, incident.protection, "data_protection", empty="e")
    if "integrity" in nature:
        _loss(sheet, 58, "integrity_loss", assessed.integrity if assessed else None, "")
    if "availability" in nature:
        _loss(sheet, 59, "availability_loss", assessed.availability if assessed else None, "c")
    sheet.choice(60, incident.category, "incident_category", empty="x")
    sheet.choice(61, incident.cause, "incident_cause", empty="e")
    _story(sheet)


def _loss(sheet: Sheet, number: int, name: str, key: str | None, empty: str) -> None:
    """What the assessment says of one loss."""
    letter = letters(name).get(key or "", empty)
    if letter:
        sheet.own(number, letter, is_open=key is None)


def _story(sheet: Sheet) -> None:
    incident, t = sheet.incident, sheet.asked.t

    def labelled(key: str, text: str) -> str:
        return _labelled(sheet, t.label(Incident, key), text)

    sheet.needed(
        62,
        DRILL if incident.drill else "",
        incident.narrative,
        sheet.all_of("nature"),
        "" if incident.nature else sheet.gettext(NO_NATURE),
        labelled("weakness", incident.weakness),
        labelled("root_cause", incident.root_cause),
    )
    if not incident.narrative:
        sheet.answers[62] = sheet.answers[62]._replace(is_open=True)
    media = sheet.labels("storage_medium", incident.media)
    sheet.needed(
        63, incident.systems, labelled("location", incident.location), labelled("media", media)
    )


def _whose(sheet: Sheet) -> None:
    incident, t = sheet.incident, sheet.asked.t
    sheet.first(65, incident.subject_categories, "subject_category", empty="k")
    told = sheet.labels("subject_category", incident.subject_categories)
    places = sheet.labels("country_or_place", incident.people_live_in)
    by_place = incident.people_by_place
    sheet.needed(
        66,
        told,
        _labelled(sheet, t.label(Incident, "people_live_in"), places),
        _labelled(sheet, t.label(Incident, "people_by_place"), by_place),
    )
    _counted(sheet, (67, 68), incident.people_count)


def _what_data(sheet: Sheet) -> None:
    incident = sheet.incident
    sheet.first(70, incident.data_types, "data_type", empty="t")
    sheet.needed(71, sheet.labels("data_type", incident.data_types), incident.data_words)
    _counted(sheet, (72, 73), incident.records_count)
    if 73 not in sheet.answers:
        sheet.put(73, 0, sheet.gettext(NO_NUMBER), is_open=sheet.answers[72].is_open)


def _counted(sheet: Sheet, numbers: tuple[int, int], count: Count | None) -> None:
    """How well a number is known, and the number."""
    precision = count.precision if count else "to_be_determined"
    letter = letters("count_precision")[precision]
    words = option(67, letter).get(sheet.asked.t.language)
    sheet.put(numbers[0], letter, words, is_open=precision == "to_be_determined")
    if count and count.number is not None:
        sheet.number(numbers[1], count.number)
