"""Registers made up at random from a number: every kind, every field, links and a bin, the texts that files lose."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, assert_never

from riskreg import editing
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.records import KINDS, REGISTER_KINDS, Notice, Record, check, fields, stored, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import fact_pairs, one_line, paragraphs
from riskreg.views import Register, View
from tests.exchange.odd import ODD
from tests.strategies import ZONES, offered

_SHORT: Final = tuple(text for text in ODD if len(text) < 100)
_RANGES: Final = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x5D0, 0x5EA), (0x600, 0x6FF), (0x200B, 0x206F),
    (0x2190, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE00, 0xFFFD),
    (0x1F300, 0x1FAFF), (0x20000, 0x2FA1D), (0x20, sys.maxunicode),
)  # fmt: skip
_REFUSED: Final = ("Cs", "Cc", "Cn")
_EPOCH: Final = date(1890, 1, 1)
_DAYS: Final = 113_000


class Maker:
    """Values from a number.

    Args:
        seed: The same number makes the same register.
    """

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def character(self) -> str:
        """Any that the door lets in."""
        while True:
            found = chr(self.dice.randint(*self.dice.choice(_RANGES)))
            if unicodedata.category(found) not in _REFUSED:
                return found

    def text(self, most: int = 4) -> str:
        """Some pieces: odd texts, any characters, sentences, white space."""
        pieces = []
        for _ in range(self.dice.randint(0, most)):
            pieces.append(
                self.dice.choice(
                    (
                        self.dice.choice(_SHORT),
                        "".join(self.character() for _ in range(self.dice.randint(1, 12))),
                        "The letter went astray 信件誤投。",
                        self.dice.choice(("'", '"', ",", ";", "\n", "\t", "\n\n", " ", "_x000A_")),
                    )
                )
            )
        return self.dice.choice(("", " ", "\n")).join(pieces)

    def line(self) -> str:
        return one_line(self.text(3))

    def prose(self) -> str:
        if self.dice.random() < 0.01:
            sign = self.dice.choice(("x", "外", "=", "&"))
            return sign * 32_767
        return paragraphs(self.text(6))

    def day(self) -> date:
        return _EPOCH + timedelta(days=self.dice.randint(0, _DAYS))

    def instant(self) -> values.Instant:
        zone = self.dice.choice(ZONES)
        precision = self.dice.choice(("month", "day", "minute", "second"))
        day = self.day()
        if precision in ("month", "day"):
            first = day.replace(day=1) if precision == "month" else day
            return values.Instant(values.start_of_day(first, zone), zone, precision)  # type: ignore[arg-type]
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment += timedelta(seconds=self.dice.randint(0, 86_399))
        if precision == "minute":  # a zone of old may be off by seconds, which minutes cannot say
            moment = moment.astimezone(values.zone_of(zone)).replace(second=0).astimezone(UTC)
        return values.Instant(moment, zone, precision)  # type: ignore[arg-type]

    def count(self) -> values.Count:
        key = self.dice.choice(("exact", "approximate", "undeterminable", "to_be_determined"))
        has_number = key in ("exact", "approximate")
        return values.Count(self.dice.randint(0, 10**15) if has_number else None, key)  # type: ignore[arg-type]

    def keys(self, terms: str) -> tuple[str, ...]:
        return offered(terms)

    def value(self, what: FieldKind) -> Value:
        """Any value of a field, empty in a quarter of all cases; links are made where the records are known."""
        return fields.empty(what) if self.dice.random() < 0.25 else self._value(what)

    def _value(self, what: FieldKind) -> Value:
        dice = self.dice
        match what:
            case fields.Line():
                return self.line()
            case fields.Prose():
                return self.prose()
            case fields.Choice():
                return dice.choice(self.keys(what.terms))
            case fields.Choices():
                keys = self.keys(what.terms)
                return frozenset(dice.sample(keys, dice.randint(1, min(5, len(keys)))))
            case fields.YesNo():
                return dice.random() < 0.5
            case fields.Count():
                return self.count()
            case fields.Money():
                return values.Money(dice.randint(-(10**14), 10**14), dice.choice(("HKD", "USD")))
            case fields.Day():
                return self.day()
            case fields.Instant():
                return self.instant()
            case fields.Duration():
                return dice.randint(0, 10_000)
            case fields.Score():
                return dice.randint(1, 5)
            case fields.Tags():
                return check.tidy(what, frozenset(filter(None, (self.line() for _ in range(3)))))
            case fields.Facts():
                return fact_pairs(
                    (name, text)
                    for _ in range(dice.randint(1, 3))
                    if (name := self.line()) and (text := self.prose())
                )
            case fields.Derived():
                return self._value(what.of)
            case fields.Links():
                return frozenset()
            case _:
                assert_never(what)

    def linked(self, what: fields.Links, known: Mapping[str, Sequence[int]]) -> frozenset[int]:
        """Some records of the kind that a field points to."""
        ids = known.get(what.to, ())
        most = min(len(ids), 1 if what.one else 6)
        return frozenset(self.dice.sample(list(ids), self.dice.randint(0, most)))


def fill(register: Register, seed: int) -> None:
    """Make the records of a register from a number, tie them, and put some in the bin."""
    maker = Maker(seed)
    known: dict[str, list[int]] = {
        kind: list(register.ids(View(kinds=(kind,)))) for kind in REGISTER_KINDS
    }
    made: dict[str, list[int]] = {}
    for kind in REGISTER_KINDS:
        if KINDS[kind].numbering in ("plain", "yearly"):
            made[kind] = [-1 - len(made) * 100 - n for n in range(maker.dice.randint(0, 6))]
            known[kind] += made[kind]
    changes: list[Change | None] = []
    for kind, ids in known.items():
        for id in ids:
            new = _values(maker, kind, known)
            if id < 0:
                changes.append(addition(kind, {"title": "A title", **new}, id))
            elif maker.dice.random() < 0.3:
                changes.append(edit(register.record(id), new))
    register.apply(ChangeSet(act="import", changes=tuple(filter(None, changes))))
    drawn = [
        id for kind in made for id in register.ids(View(kinds=(kind,))) if maker.dice.random() < 0.1
    ]
    free = [id for id in drawn if not _stays(register.record(id))]
    if free:
        register.apply(editing.to_bin(register, free))


def _stays(record: Record) -> bool:
    """Whether it cannot be put in the bin: a notice that was sent."""
    return isinstance(record, Notice) and record.sent_at is not None


def _values(maker: Maker, kind: str, known: Mapping[str, Sequence[int]]) -> dict[str, Value]:
    """A value for each field that may be given, one in ten left out."""
    found: dict[str, Value] = {}
    is_fixed = KINDS[kind].numbering in ("catalogue", "single")
    for key, what in stored(KINDS[kind]).items():
        if maker.dice.random() < 0.1 or key in ("zone", "is_sample") or what.retired:
            continue
        if isinstance(what, fields.Links):
            if not what.mirror and not (is_fixed and what.to == "action"):
                found[key] = maker.linked(what, known)
            continue
        value = maker.value(what)
        if key == "title" and (is_fixed or not value):
            continue
        found[key] = value
    # what is held or privileged does not leave, or go: that is tried elsewhere
    found |= {"hold_reason": "", "is_privileged": False}
    return found
