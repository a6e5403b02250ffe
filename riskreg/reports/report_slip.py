"""The slip on which a member of staff reports an incident by hand: a blank form, one page.

What it asks is what the PCPD's guidance of 30 June 2023 wants gathered at once, and what was done to
contain it (domain 2.3, steps 1 and 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import Translator
from riskreg.records import Party
from riskreg.records.terms import Vocabulary
from riskreg.reports.asked import Asked, Told, on_the_wall, reached
from riskreg.reports.forms import blanks, empty, signature, stacked, ticks
from riskreg.reports.layout import Column, Row
from riskreg.reports.one_page import OnePage
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.text import Piece, words

LEAD: Final = N_(
    "Fill in what you know and hand it over at once; what you do not know yet stays empty. Nobody is blamed for a report made in good faith."
)
GIVE: Final = N_("Give it to {who}.")
GIVE_TO_OFFICER: Final = N_("Give it to the data protection officer.")
WHEN: Final = N_("When")
NOTICED: Final = N_("Noticed on (date and time)")
HAPPENED: Final = N_("Happened on, if known")
WHERE: Final = N_("Where: place, system or paper")
WHAT: Final = N_("What happened")
WHOSE: Final = N_("Whose data, and which")
PEOPLE: Final = N_("Whose, and about how many people")
DONE: Final = N_("What was done already")
DEEDS: Final = (
    N_("Asked for it back, or to delete it"),
    N_("Changed the password"),
    N_("Took the device off the network"),
    N_("Locked the room or cabinet"),
    N_("Kept the message, log or paper"),
    N_("Told the supplier"),
    N_("Told the police"),
    N_("Nothing yet"),
)
BY: Final = N_("Whoever reports it")
RECEIVED: Final = N_("For the data protection officer")
RECEIVED_ON: Final = N_("Received on (date and time)")
RECEIVED_BY: Final = N_("Received by")
AS: Final = N_("In the register as")

DATA_TYPES: Final = (
    "basic", "contact", "hkid_number", "hkid_copy", "health", "mpf_salary", "photo_cctv", "payment",
    "medical_record_ha", "child_data", "credentials", "other",
)  # fmt: skip
"""Kinds of data that are offered to tick: those that most often go astray, the two longest in one row of three."""


ABOVE: Final = 11.0


class _Room(NamedTuple):
    """Empty lines for the story and for what was done, and whether kinds of data are offered."""

    story: int
    done: int
    has_types: bool = True


_VERSIONS: Final = (
    _Room(5, 2),
    _Room(5, 1),
    _Room(4, 1),
    _Room(3, 1),
    _Room(2, 1),
    _Room(2, 1, False),
)


def tell(asked: Asked) -> Told:
    """The form; `asked.ref` does not narrow it."""
    t, organisation = asked.t, asked.reader.organisation()
    officers = asked.reader.records(organisation.officer).values()
    lead = (t.gettext(LEAD), _give(next(iter(officers), None), t))
    versions = [partial(_rows, lead, asked.reader.vocabulary, t, room) for room in _VERSIONS]
    page = OnePage(versions, _foot(t))
    return Told(reached(organisation), [page], mark=on_the_wall(asked))


def _give(officer: object, t: Translator) -> str:
    if not isinstance(officer, Party):
        return t.gettext(GIVE_TO_OFFICER)
    who = listed(filter(None, (officer.title, officer.phone, officer.email)), t)
    return t.gettext(GIVE).format(who=who)


def _rows(lead: Sequence[str], vocabulary: Vocabulary, t: Translator, room: _Room) -> Sequence[Row]:
    return [
        _line(
            *words(lead[0], width=WIDTH),
            *words(lead[1], width=WIDTH, bold=True),
        ),
        _section(t.gettext(WHEN)),
        Row(columns=blanks([(t.gettext(each), 1 / 3) for each in (NOTICED, HAPPENED, WHERE)])),
        _section(t.gettext(WHAT)),
        _line(*empty(WIDTH, room.story)),
        _section(t.gettext(WHOSE)),
        Row(columns=blanks([(t.gettext(PEOPLE), 1.0)]), below=6),
        *_data(vocabulary, t, room),
        _section(t.gettext(DONE)),
        _line(*ticks(map(t.gettext, DEEDS), WIDTH, 3)),
        _line(*empty(WIDTH, room.done)),
    ]


def _data(vocabulary: Vocabulary, t: Translator, room: _Room) -> Iterator[Row]:
    """Kinds of data to tick."""
    if room.has_types:
        terms = vocabulary.terms_of("data_type")
        kinds = [terms.label(key, t.language) for key in DATA_TYPES if key in terms.offered]
        yield _line(*ticks(kinds, WIDTH, 3))


def _section(title: str) -> Row:
    row = section_row(title)
    return Row(columns=row.columns, above=ABOVE, bookmark=row.bookmark)


def _line(*pieces: Piece) -> Row:
    return Row(columns=(Column(0, pieces),), above=2)


def _foot(t: Translator) -> Row:
    """Where the reporter signs, and what the officer notes, at the end of the page."""
    labels = ((RECEIVED_ON, 0.36), (RECEIVED_BY, 0.36), (AS, 0.28))
    noted = blanks([(t.gettext(label), part) for label, part in labels])
    return stacked(
        signature(t.gettext(BY), t),
        _section(t.gettext(RECEIVED)),
        Row(columns=noted),
    )
