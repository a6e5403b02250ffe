"""The script for telling people by telephone: what to do before, what to say, what never to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from riskreg.errors import N_
from riskreg.notices.items import ITEMS, answers
from riskreg.notices.prepared import NOT_KNOWN, Prepared
from riskreg.notices.saying import Teller
from riskreg.notices.written import Block

BEFORE: Final = N_("Before you call")
ON_THE_CALL: Final = N_("On the telephone")
AFTERWARDS: Final = N_("After the call")

HAVE_READY: Final = N_("Have ready")
NOBODY: Final = N_("If somebody else answers")
IN_THE_END: Final = N_("In the end")
READ: Final = N_("The letter, and a telephone whose number people can look up.")
LEAVE_NOTHING: Final = N_(
    "Or a machine: leave only our name and number, and nothing about the incident."
)
GREET: Final = N_("Say who you are")
GREETING: Final = N_(
    "“Good day, my name is … and I am calling from {organisation}. May I speak to …? I am calling about something that may concern your personal data. You can call us back to make sure that it is us: {phone}.”"
)
GREETING_PLAIN: Final = N_(
    "“Good day, my name is … and I am calling from {organisation}. May I speak to …? I am calling about something that may concern your personal data. You can call us back to make sure that it is us.”"
)
ASK: Final = N_("Make sure that it is the right person")
ASK_HOW: Final = N_(
    "Ask for something that only this person and you know and that was not part of the incident. Never ask for the number of an identity card, a password or a bank account."
)
HAPPENED: Final = N_("Say what happened")
DATA: Final = N_("Say which data it is")
DONE: Final = N_("Say what was done")
HELP: Final = N_("Say what they can do")
CONTACT: Final = N_("Say whom they can ask")
LETTER_COMES: Final = N_("“You will get a letter that says all this.”")
UNKNOWN: Final = N_("If you do not know an answer")
UNKNOWN_SAY: Final = N_("“I do not know that yet. I will write your question down and we will come back to you.” Do not guess, and name nobody who may be at fault.")  # fmt: skip
WRITE_DOWN: Final = N_("Write down")
WRITE_WHAT: Final = N_("Day and time, whom you spoke to, what they asked, what you promised. It belongs to the timeline of the incident.")  # fmt: skip

_SAID: Final[Mapping[str, str]] = {
    HAPPENED: "what_happened",
    DATA: "data_of_the_person",
    DONE: "remedial_measures",
    HELP: "self_protection",
    CONTACT: "contact_unit",
}
"""What is said on the telephone, and the content that answers it."""


def steps(by: Teller, found: Prepared) -> Iterator[Block]:
    """The steps in their order."""
    t = by.t
    before, call, after = (t.gettext(each) for each in (BEFORE, ON_THE_CALL, AFTERWARDS))
    yield Block(heading=t.gettext(HAVE_READY), text=t.gettext(READ), part=before)
    yield Block(heading=t.gettext(NOBODY), text=t.gettext(LEAVE_NOTHING), part=before)
    yield Block(heading=t.gettext(GREET), text=_greeting(by, found), part=call)
    yield Block(heading=t.gettext(ASK), text=t.gettext(ASK_HOW), part=call)
    for heading, key in _SAID.items():
        said = "\n".join(answer.text for _, answer in answers(ITEMS[key], by) if answer.text)
        lack = "" if said else t.gettext(NOT_KNOWN)
        yield Block(heading=t.gettext(heading), text=said, lack=lack, part=call)
    yield Block(heading=t.gettext(IN_THE_END), text=t.gettext(LETTER_COMES), part=call)
    yield Block(heading=t.gettext(UNKNOWN), text=t.gettext(UNKNOWN_SAY), part=call)
    yield Block(heading=t.gettext(WRITE_DOWN), text=t.gettext(WRITE_WHAT), part=after)


def _greeting(by: Teller, found: Prepared) -> str:
    phone = by.case.organisation.phone
    pattern = by.t.gettext(GREETING if phone else GREETING_PLAIN)
    return pattern.format(organisation=found.organisation, phone=phone)
