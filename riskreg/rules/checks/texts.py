"""Checks of what was typed into text: numbers that a register about data should not itself hold.

A register that copies the data it is about becomes the next thing to lose (domain 5.5). What is
found is never repeated: neither the sentence nor anything that is printed holds the number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Record, fields, stored
from riskreg.records.base import per_kind
from riskreg.records.fields import FactPairs
from riskreg.rules.checks.base import Check, Hit, Label, check
from riskreg.rules.checks.snapshot import Snapshot

_WIDE: Final = re.compile(r"[\uff08\uff09\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_HKID: Final = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2})(\d{6})(?:\s?\(\s?([0-9A])\s?\)|([0-9A])(?![A-Z0-9]))", re.I | re.A
)
"""A123456(3) or A1234563, any case; brackets of full width are narrowed before."""
_CARD: Final = re.compile(r"(?<![\dA-Z.])\d(?:[ -]?\d){12,18}(?![\dA-Z])", re.I | re.A)
_ISSUED: Final = re.compile(r"4|5[0-8]|2[2-7]|3[04-9]|6")
"""How the numbers of payment cards begin (ISO/IEC 7812); others are telephone numbers and dates more often."""


_HKID_AT_A_GLANCE: Final = re.compile(r"\d{6}")
_CARD_AT_A_GLANCE: Final = re.compile(r"\d(?:[ -]?\d){12}")
"""What a text must hold to be looked at closely, digits of any width: hardly any does, and this is told quickly."""


@check(
    Record,
    "warning",
    field="",
    sentence=N_("“{field}” holds what looks like the number of an identity card."),
    source=N_("PCPD, Code of Practice on the Identity Card Number"),
)
def hkid_in_text(record: Record, around: Snapshot) -> Iterator[Hit]:
    """With a check digit that fits, which one in eleven other numbers does too: a warning, never a refusal."""
    yield from _found_in(record, _HKID_AT_A_GLANCE, holds_hkid)


@check(
    Record,
    "warning",
    field="",
    sentence=N_("“{field}” holds what looks like the number of a payment card."),
    source=N_("PCI DSS, requirement 3 (stored account data)"),
)
def card_number_in_text(record: Record, around: Snapshot) -> Iterator[Hit]:
    """With a check digit that fits, which one in ten other numbers does too."""
    yield from _found_in(record, _CARD_AT_A_GLANCE, holds_card)


def _found_in(
    record: Record, glance: re.Pattern[str], holds: Callable[[str], bool]
) -> Iterator[Hit]:
    """A hit for each field of text that holds it."""
    search = glance.search
    for key in _typed(type(record)):
        value = getattr(record, key)
        if not value:
            continue
        text = value if isinstance(value, str) else _joined(value)
        if search(text) and holds(text):
            yield Hit(field=key, facts={"field": Label(record.kind, key)})


def _joined(value: frozenset[str] | FactPairs) -> str:
    """Tags, or facts with their names, a line each."""
    return "\n".join(each if isinstance(each, str) else ": ".join(each) for each in value)


@per_kind
def _typed(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a kind into which anything can be typed; what the program sets itself, such as a hash, is plain."""
    typed = (fields.Line, fields.Prose, fields.Tags, fields.Facts)
    known = stored(kind).items()
    return tuple(key for key, what in known if isinstance(what, typed) and not what.plain)


def holds_hkid(text: str) -> bool:
    """Whether a text holds the number of a Hong Kong identity card with the check digit that belongs to it."""
    return any(
        _is_hkid(match[1], match[2], match[3] or match[4])
        for match in _HKID.finditer(_narrowed(text))
    )


def _is_hkid(letters: str, digits: str, control: str) -> bool:
    """The sum of the characters by the weights 9 to 1 is divisible by 11.

    A letter counts 10 (A) to 35 (Z), a missing first letter 36, the check digit A 10.
    """
    first = [36] if len(letters) == 1 else []
    numbers = [*first, *(int(char, 36) for char in letters + digits + control)]
    weighted = zip(numbers, range(9, 0, -1), strict=True)
    return sum(number * weight for number, weight in weighted) % 11 == 0


def holds_card(text: str) -> bool:
    """Whether a text holds 13 to 19 digits, spaces or dashes between them, that pass for the number of a payment card."""
    for match in _CARD.finditer(_narrowed(text)):
        digits = re.sub(r"\D", "", match[0])
        if _ISSUED.match(digits) and len(set(digits)) > 1 and _fits_luhn(digits):
            return True
    return False


def _fits_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812: from the right, every second digit doubled and its digits added."""
    total = sum(
        int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10))
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0


def _narrowed(text: str) -> str:
    """Text with the letters, digits and brackets of full width in their usual form."""
    return unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text


CHECKS: Final[tuple[Check, ...]] = (hkid_in_text, card_number_in_text)
"""In the order in which they are asked."""
