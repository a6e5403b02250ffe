"""Parts 1 and 2 of the form: what kind of notification it is, and who notifies."""

from __future__ import annotations

from typing import Final

from riskreg.case_words import DRILL
from riskreg.edpb.form import NONE, NOT_KNOWN, Asked, Sheet
from riskreg.formats import NO, YES, listed
from riskreg.records import Organisation, Party

FIELDS_OF_OTHERS: Final = (39, 40, 41)
TOGETHER: Final = ("joint_controller", "processor")
"""Roles in which the partners of an incident take part in the processing."""
NOT_INVOLVED: Final = ("insurer", "regulator", "police")


def fill(sheet: Sheet) -> None:
    """Answer the fields 3 to 41 but for 4, which follows from the others."""
    _notification(sheet)
    _organisation(sheet, sheet.asked.case.organisation)
    _people(sheet)
    _others(sheet)


def _notification(sheet: Sheet) -> None:
    asked = sheet.asked
    is_new = asked.phase in ("", "first")
    sheet.own(3, "a" if is_new else "b")
    if asked.phase == "withdrawn":
        said = [each.reason for each in asked.case.decisions if each.rule_key == "eu_authority"]
        sheet.needed(5, *said[-1:])
    if not is_new:
        receipts = [each.receipt for each in asked.notices("authority") if each.regime == "gdpr"]
        sheet.needed(6, *receipts[:1])
    ref = asked.incident.ref
    sheet.text(7, f"{DRILL} {ref}" if asked.incident.drill else ref)


def _organisation(sheet: Sheet, ours: Organisation) -> None:
    if ours.registration_number:
        sheet.own(10, "b")
        sheet.text(11, ours.registration_number)
    sheet.needed(12, ours.title)
    sheet.needed(13, ours.address, ours.phone, ours.email)
    if sheet.meaning("sector", ours.sector) in ("shop", "ngo", "professional", "technology"):
        sheet.own(14, "a")
    sheet.choice(15, ours.size, "organisation_size")
    sector = sheet.label("sector", ours.sector) if ours.sector else ""
    if ours.size == "other":
        sheet.text(16, sector or ours.activity)
    sheet.text(17, ours.activity or sector)
    representative = sheet.asked.party(ours.representative)
    if representative:
        sheet.text(18, representative.title)
        sheet.text(19, *reached(representative))


def reached(party: Party | None) -> tuple[str, ...]:
    """How a party is reached, a line each."""
    return (party.address, party.phone, party.email) if party else ()


def _people(sheet: Sheet) -> None:
    """Who reports is the officer where there is one, else who leads, else who answers questions."""
    asked, ours = sheet.asked, sheet.asked.case.organisation
    officer = asked.party(ours.officer)
    contact = asked.party(asked.incident.contact)
    reporter = officer or asked.party(asked.incident.lead) or contact
    sheet.needed(21, reporter.title if reporter else "")
    sheet.needed(22, *reached(reporter))
    sheet.own(23, "a" if officer else "c", is_open=reporter is None)
    if reporter and not officer:
        sheet.needed(24, reporter.position)
    _said(sheet, 29, YES if officer else NO)
    if officer:
        sheet.needed(30, officer.title)
        sheet.needed(31, *reached(officer))
    else:
        _said(sheet, 30, NONE)
        _said(sheet, 31, NONE)
    _questions(sheet, officer, reporter, contact or officer)


def _questions(
    sheet: Sheet, officer: Party | None, reporter: Party | None, contact: Party | None
) -> None:
    """Who answers questions, and how to reach them where the form does not have it yet."""
    if contact is None:
        return
    if contact in (officer, reporter):
        sheet.own(33, "a" if contact == officer else "b")
    else:
        sheet.own(33, "c")
    sheet.text(34, contact.title)
    sheet.needed(35, contact.position)
    sheet.needed(36, *reached(contact))


def _said(sheet: Sheet, number: int, text: str) -> None:
    said = sheet.gettext(text)
    sheet.put(number, said, said)


def _others(sheet: Sheet) -> None:
    """Processors and partners by name; none named is an answer once somebody said who we are in this, or that nobody works for us."""
    asked = sheet.asked
    others = parties_of(asked)
    if not others:
        is_said = asked.case.organisation.has_providers is False or asked.incident.our_role
        sheet.own(38, "b", is_open=not is_said)
        for number in FIELDS_OF_OTHERS:
            _said(sheet, number, NONE)
        return
    sheet.own(38, "a")
    t = asked.t
    sheet.needed(39, listed(dict.fromkeys(_role(sheet, each) for each in others), t, ";"))
    sheet.needed(40, listed((each.title for each in others), t, ";"))
    known = [f"{each.title}: {listed(filter(None, reached(each)), t)}" for each in others if any(reached(each))]  # fmt: skip
    sheet.needed(41, *known)


def parties_of(asked: Asked) -> list[Party]:
    """The processors involved; where we act with or for others, these too: no insurer and no authority."""
    incident, parties = asked.incident, asked.parties
    found = [parties[id] for id in sorted(incident.processors) if id in parties]
    if incident.our_role in TOGETHER:
        others = sorted(incident.partners - incident.processors)
        partners = (parties[id] for id in others if id in parties)
        found += [each for each in partners if each.party_type not in NOT_INVOLVED]
    return found


def _role(sheet: Sheet, party: Party) -> str:
    if party.id in sheet.incident.processors:
        return sheet.label("party_type", "processor")
    return sheet.label("party_type", party.party_type) if party.party_type else sheet.gettext(NOT_KNOWN)  # fmt: skip
