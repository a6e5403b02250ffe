"""The card that hangs on the wall: whom to call when data go astray, and what to do in the first hour; one page, large.

The order is that of the PCPD's guidance of 30 June 2023: the people of the plan, who can stop it, then
insurer, police and Commissioner; the hour is its steps 1 and 2 (domain 2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import Party
from riskreg.records.terms import Terms
from riskreg.reports.asked import BETWEEN, Asked, Told, on_the_wall, reached
from riskreg.reports.forms import empty
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row
from riskreg.reports.one_page import OnePage, cut
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import all_records
from riskreg.reports.text import Piece, Run, words
from riskreg.views import View

CALL: Final = N_("Call at once, in this order")
AGAIN: Final = N_("Nobody answers: call the next one, then try again.")
HOUR: Final = N_("The first hour")
STEPS: Final = (
    N_("Call. Do not wait until you are sure."),
    N_("Stop it: take the device off the network, lock the account, ask for the message back."),
    N_("Delete nothing and switch nothing off. Photograph the screen, keep papers and messages."),
    N_("Write down what happened, when, who noticed it, and the time of each thing you do."),
    N_("Note whose data it is, what kind, and about how many people."),
    N_("Say nothing outside. The data protection officer decides who is told."),
)
MORE: Final = NN_(
    "{number} more is in the register.",
    "{number} more are in the register.",
)
WRITE: Final = N_(
    "Write in the numbers of those to be called; the register does not hold them yet."
)
_ORDER: Final = ("team", "processor", "insurer", "police", "regulator")
"""Sorts of parties after the officer, in the order of calling; people and roles follow the team."""
_PEOPLE: Final = ("person", "role")
_NUMBER: Final = 158.0
"""Points that a telephone number has at least."""
_LONG: Final = 9.6
"""How wide a long number with its country is, as a multiple of its size."""


class _Size(NamedTuple):
    """How large the type is, and how many parties are named at most."""

    name: float
    step: float
    most: int

    @property
    def number(self) -> float:
        """Points that a telephone number has."""
        return max(_NUMBER, self.name * _LONG)


_VERSIONS: Final = (
    _Size(20, 20, 7),
    _Size(18, 18, 7),
    _Size(16, 16, 7),
    _Size(16, 15, 7),
    _Size(15, 14, 7),
    _Size(14, 13, 7),
    _Size(13, 12, 7),
    _Size(12, 11.5, 6),
    _Size(12, 11, 4),
)


def tell(asked: Asked) -> Told:
    """The card; `asked.ref` does not narrow it."""
    parties = _called(asked)
    t, terms = asked.t, asked.reader.vocabulary.terms_of("party_type")
    versions = [partial(_rows, parties, terms, t, size) for size in _VERSIONS]
    page = OnePage(versions, Row(columns=(Column(0, ()),)))
    return Told(reached(asked.reader.organisation()), [page], mark=on_the_wall(asked))


def _called(asked: Asked) -> Sequence[Party]:
    """Whoever is called, in order: the officer, the team, people, then those outside; without a number only the officer."""
    officer = asked.reader.organisation().officer
    found = [
        party
        for party in all_records(asked.reader, View(kinds=("party",)), asked.work)
        if isinstance(party, Party) and _is_called(party, asked, officer)
    ]
    return sorted(found, key=lambda party: (_place(party, officer), not party.phone_24h, party.ref))


def _is_called(party: Party, asked: Asked, officer: Iterable[int]) -> bool:
    """Whether it has a number, or is the officer, and has not left."""
    is_gone = party.until_on is not None and party.until_on < asked.today
    is_known = party.party_type in (*_ORDER, *_PEOPLE)
    has_number = bool(party.phone_24h or party.phone) and is_known
    return not is_gone and (has_number or party.id in officer)


def _place(party: Party, officer: Iterable[int]) -> int:
    """Where it stands in the order; last those outside who are reached in office hours alone."""
    sort = party.party_type or ""
    if party.id in officer:
        return 0
    if sort in _PEOPLE:
        return 2
    place = 1 if sort == "team" else 2 + _ORDER.index(sort)
    return place if party.phone_24h or sort == "team" else place + len(_ORDER)


def _rows(parties: Sequence[Party], terms: Terms, t: Translator, size: _Size) -> Sequence[Row]:
    shown = parties[: size.most]
    return [
        _section(t.gettext(CALL)),
        *(_party_row(place, party, terms, t, size) for place, party in enumerate(shown, start=1)),
        *_lines(len(parties), size, t),
        _section(t.gettext(HOUR)),
        *(_step_row(place, t.gettext(step), size) for place, step in enumerate(STEPS, start=1)),
    ]


def _section(title: str) -> Row:
    return replace(section_row(title), above=8)


def _party_row(place: int, party: Party, terms: Terms, t: Translator, size: _Size) -> Row:
    left = size.name * 1.8
    width = WIDTH - left - size.number - 10
    name = cut(party.title, width=width, size=size.name, bold=True, lines=2)
    said = BETWEEN.join(filter(None, (party.position or _sort(party, terms, t), party.email)))
    return Row(
        columns=(
            Column(0, words(str(place), width=left, size=size.name, bold=True, colour=ink().accent)),
            Column(
                left,
                (
                    *words(name, width=width, size=size.name, bold=True),
                    *words(cut(said, width=width, size=SMALL), width=width, size=SMALL,
                           colour=ink().muted),
                ),
            ),
            Column(WIDTH - size.number, _numbers(party, t, size)),
        ),
        above=8,
        below=2,
        is_ruled=place > 1,
    )  # fmt: skip


def _sort(party: Party, terms: Terms, t: Translator) -> str:
    """What an outsider or a team is; of a person without a post nothing is known."""
    is_named = party.party_type not in (None, *_PEOPLE)
    return terms.label(party.party_type or "", t.language) if is_named else ""


def _numbers(party: Party, t: Translator, size: _Size) -> Iterator[Piece]:
    """The number by day and night first; the other only where there is room beside it, or none else."""
    numbers = [(party.phone_24h, "phone_24h"), (party.phone, "phone")]
    given = [(number, when) for number, when in numbers if number]
    for number, when in given[:1]:
        yield from words(number, width=size.number, size=size.name, bold=True, align="right")
        said = [Run(t.label("party", when), ink().muted)]
        said += [Run(f"   {other}", ink().text) for other, _ in given[1:]]
        yield from words(*said, width=size.number, size=SMALL, align="right")
    if not given:
        yield from empty(size.number, 1, size.name * 1.6)


def _lines(number: int, size: _Size, t: Translator) -> Iterator[Row]:
    """What to do where nobody answers; lines to write on where hardly anybody is in the register."""
    if number < 2:
        note = words(t.gettext(WRITE), width=WIDTH, size=SMALL, colour=ink().muted)
        yield Row(columns=(Column(0, (*empty(WIDTH, 5 - number, 34), *note)),), above=2)
        return
    said = [t.gettext(AGAIN)]
    if left := max(number - size.most, 0):
        said.append(t.ngettext(*MORE, left).format(number=number_words(left)))
    note = words("\n".join(said), width=WIDTH, size=SMALL, colour=ink().muted)
    yield Row(columns=(Column(0, note),), above=6)


def _step_row(place: int, text: str, size: _Size) -> Row:
    left = size.step * 1.9
    number = words(str(place), width=left, size=size.step, bold=True, colour=ink().accent)
    line = words(text, width=WIDTH - left, size=size.step)
    return Row(columns=(Column(0, number), Column(left, line)), above=5)
