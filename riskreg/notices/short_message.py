"""The text message to the people: short enough for one, and without a kind of data or a harm."""

from __future__ import annotations

from typing import Final

from riskreg.case_words import DRILL
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.notices.saying import Teller

MESSAGE_LIMIT: Final = 300
"""Characters of a short message."""
SMS: Final = N_("{organisation}: an incident on {day} may concern personal data we hold about you.")
SMS_UNDATED: Final = N_("{organisation}: an incident may concern personal data we hold about you.")
SMS_LETTER: Final = N_("You will get a letter from us.")
SMS_CALL: Final = N_("Questions: {phone}.")
SMS_SAFE: Final = N_("We never ask for passwords or codes.")


def message_text(by: Teller) -> str:
    """The words of the message: what does not fit is left out, the least important first."""
    t, ours, incident = by.t, by.case.organisation, by.case.incident
    between = " " if t.language == "en" else ""
    day = incident.occurred_from_at or incident.discovered_at
    first, name = t.gettext(SMS if day else SMS_UNDATED), " ".join(ours.title.split())
    said = {"day": day_words(day.local.date(), t)} if day and day.precision != "month" else {}
    if day and not said:
        first = t.gettext(SMS_UNDATED)
    phone = _phone(by)
    sentences = [
        first.format(organisation=name, **said),
        t.gettext(SMS_LETTER),
        t.gettext(SMS_CALL).format(phone=phone) if phone else "",
        t.gettext(SMS_SAFE),
    ]
    if incident.drill:
        sentences[0] = f"{DRILL}: {sentences[0]}"
    kept = [each for each in sentences if each]
    while len(between.join(kept)) > MESSAGE_LIMIT and len(kept) > 1:
        kept.pop()
    text = between.join(kept)
    return text if len(text) <= MESSAGE_LIMIT else text[: MESSAGE_LIMIT - 1].rstrip() + "…"


def _phone(by: Teller) -> str:
    found = by.contact
    return (found.phone if found else "") or by.case.organisation.phone
