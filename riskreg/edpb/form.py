"""The EDPB's common form as it is filled: one answer a field, and the words of `resources/exchange/edpb.toml`.

The form takes one letter where we may have several choices: the first is the letter, and all of them are told
in the description beside it. A field the form requires and the record does not know says so, by the form's
own letter where it has one, else in words; it counts as open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from riskreg.cases import Case
from riskreg.catalogue import resources_folder
from riskreg.dates import day_words, instant_words
from riskreg.errors import N_
from riskreg.formats import NO, YES, listed
from riskreg.i18n import Translator
from riskreg.records import Incident, Notice, Party, declared, fields
from riskreg.records.terms import Text, Vocabulary
from riskreg.records.values import Instant
from riskreg.rules.standing import went_out

Given: TypeAlias = str | int | bool
Phase: TypeAlias = str
"""A key of `notice_phase`."""

NOT_KNOWN: Final = N_("Not known yet")
NONE: Final = N_("None")
ALL_CHOSEN: Final = N_("{label}: {choices}.")


class Answer(NamedTuple):
    """One field of the form.

    Attributes:
        number: The form's own.
        value: As the file has it: a letter, text, a whole number, yes or no.
        words: As a person reads it.
        is_open: It is required, and the record does not know it.
    """

    number: int
    value: Given
    words: str
    is_open: bool = False


class Part(NamedTuple):
    """A part of the form and its fields."""

    title: Text
    numbers: tuple[int, ...]


@cache
def _told() -> Mapping[str, Any]:
    path = resources_folder() / "exchange" / "edpb.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def letters(name: str) -> Mapping[str, str]:
    """The letter of the form for each choice of one of our lists."""
    found: Mapping[str, str] = _told()["letters"][name]
    return found


@cache
def labels() -> Mapping[int, Text]:
    """What each field asks, by its number."""
    return {int(number): Text(**texts) for number, texts in _told()["fields"].items()}


@cache
def parts() -> tuple[Part, ...]:
    """The parts of the form in its order."""
    return tuple(
        Part(
            Text(en=each["en"], zh_Hant=each["zh_Hant"], zh_Hans=each["zh_Hans"]),
            tuple(each["fields"]),
        )
        for each in _told()["parts"].values()
    )


@cache
def option(number: int, letter: str) -> Text:
    """What a letter of one of the form's own questions says."""
    told = _told()
    asks = told["same"].get(str(number), number)
    return Text(**told["options"][str(asks)][letter])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form is filled from.

    Attributes:
        case: The incident with all that was said of it.
        vocabulary: The register's lists of choices.
        parties: The people and organisations that the incident and the organisation name, by id.
        phase: A key of `notice_phase`.
        t: The language of the form.
        now: When it is filled, with a zone.
    """

    case: Case
    vocabulary: Vocabulary
    parties: Mapping[int, Party]
    phase: Phase
    t: Translator
    now: datetime

    @property
    def incident(self) -> Incident:
        """Whose form it is."""
        return self.case.incident

    def party(self, ids: Collection[int]) -> Party | None:
        """The one party of a link; None where it names none."""
        return next((self.parties[id] for id in sorted(ids) if id in self.parties), None)

    def notices(self, recipient: str) -> tuple[Notice, ...]:
        """What was sent to authorities, or to the people, the oldest first; withdrawals left out."""
        return tuple(
            each
            for each in self.case.notices
            if each.recipient == recipient
            and each.phase != "withdrawn"
            and went_out(each, self.now)
        )


@dataclass(slots=True)
class Sheet:
    """The form while it is filled, in whatever order."""

    asked: Asked
    answers: dict[int, Answer] = field(default_factory=dict)

    @property
    def incident(self) -> Incident:
        """Whose form it is."""
        return self.asked.incident

    def gettext(self, text: str) -> str:
        """A text in the language of the form."""
        return self.asked.t.gettext(text)

    def text(self, number: int, *texts: str) -> None:
        """Answer in words, one paragraph a text; nothing where all are empty."""
        if said := "\n".join(each.strip() for each in texts if each.strip()):
            self.put(number, said, said)

    def needed(self, number: int, *texts: str) -> None:
        """Answer in words, or say that it is not known yet."""
        self.text(number, *texts)
        if number not in self.answers:
            said = self.gettext(NOT_KNOWN)
            self.put(number, said, said, is_open=True)

    def own(self, number: int, letter: str, *, is_open: bool = False) -> None:
        """Answer one of the form's own questions."""
        words = option(number, letter).get(self.asked.t.language)
        self.put(number, letter, words, is_open=is_open)

    def number(self, number: int, value: int) -> None:
        """Answer with a number."""
        self.put(number, value, f"{value:,}")

    def yes(self, number: int, value: bool) -> None:
        """Answer yes or no."""
        self.put(number, value, self.gettext(YES if value else NO))

    def moment(self, number: int, value: Instant | None) -> None:
        """Answer with a moment: RFC 3339 with the offset of its zone; what is known to the day begins it."""
        if value is not None:
            said = value.local.isoformat(timespec="seconds")
            self.put(number, said, instant_words(value, self.asked.t))

    def day(self, number: int, value: Instant | None) -> None:
        """Answer with the day of a moment where it was stated."""
        if value is not None:
            day = value.local.date()
            self.put(number, day.isoformat(), day_words(day, self.asked.t))

    def choice(
        self, number: int, key: str | None, name: str, *, by: str = "", empty: str = ""
    ) -> None:
        """Answer with a choice of ours.

        Args:
            number: The field.
            key: The choice; None where nothing was chosen.
            name: The list of the choice.
            by: The list of letters, where it is called otherwise.
            empty: The letter where nothing fits; it is open. "" leaves the field out.
        """
        letter = letters(by or name).get(self.meaning(name, key), "")
        if letter:
            label = self.label(name, str(key))
            self.put(number, letter, label, is_open=key in ("tbd", "more_needed"))
        elif empty:
            self.put(number, empty, self.gettext(NOT_KNOWN), is_open=True)

    def first(
        self, number: int, keys: Iterable[str], name: str, *, by: str = "", empty: str = ""
    ) -> None:
        """Answer with the first of several choices of ours; its words tell all of them."""
        given = [key for key in self.ordered(name, keys) if letters(by or name).get(key)]
        self.choice(number, given[0] if given else None, name, by=by, empty=empty)
        if len(given) > 1:
            answer = self.answers[number]
            self.answers[number] = answer._replace(words=self.labels(name, given))

    def put(self, number: int, value: Given, words: str, *, is_open: bool = False) -> None:
        """Answer a field."""
        self.answers[number] = Answer(number, value, words, is_open)

    def meaning(self, name: str, key: str | None) -> str:
        """The choice of the program that a choice of the register counts as."""
        terms = self.asked.vocabulary.terms
        return terms[name].meaning(key or "") if name in terms else key or ""

    def ordered(self, name: str, keys: Iterable[str]) -> list[str]:
        """Choices in the order of their list."""
        return sorted(keys, key=self.asked.vocabulary.terms_of(name).order)

    def label(self, name: str, key: str) -> str:
        """What a choice is called."""
        return self.asked.vocabulary.terms_of(name).label(key, self.asked.t.language)

    def labels(self, name: str, keys: Iterable[str]) -> str:
        """What several choices are called, one after the other."""
        return listed((self.label(name, key) for key in self.ordered(name, keys)), self.asked.t)

    def all_of(self, key: str) -> str:
        """All choices of a field of the incident in one line, where the form takes one letter; "" for one or none."""
        what = declared(Incident)[key]
        assert isinstance(what, fields.Choices)
        chosen = self.incident.get(key)
        if not isinstance(chosen, frozenset) or len(chosen) < 2:
            return ""
        label = self.asked.t.label(Incident, key)
        told = self.labels(what.terms, map(str, chosen))
        return self.gettext(ALL_CHOSEN).format(label=label, choices=told)
