"""What the columns of a register of breaches say (GDPR article 33(5)), as texts of our fields.

Registers are written in free words: what is understood becomes a choice, a number or a date; what is not gives
nothing here, and stays as it came (`breach_register`).
"""

from __future__ import annotations

import re
from typing import Final

from riskreg import regimes_catalogue
from riskreg.edpb.form import letters
from riskreg.records.jsons import one_line, paragraphs
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Count, Instant, Unfit

CAUSE: Final = " | cause: "
"""Stands between what happened and its cause, in every language: it is part of the shape."""
UNTIL: Final = " - "
"""Stands between two dates."""
GDPR: Final = ("gdpr", "uk_gdpr")
"""The regimes whose article 33 the register is about."""
_LETTERED: Final = re.compile(r"\s*(?P<letter>[a-z])\)\s*(?P<rest>.*)", re.DOTALL)
_SCORED: Final = re.compile(
    r"(?:.*?(?P<score>\d+(?:\.\d+)?))?\s*\((?P<band>[^()]+)\)\s*", re.DOTALL
)
_COUNTED: Final = re.compile(r"(?P<about>~?)\s*(?P<number>\d[\d,]*)")
_PERIOD: Final = re.compile(r"\s+(?:-|–|to)\s+|/(?=\d{4})")


def nothing(_: str, __: Vocabulary) -> tuple[str, ...]:
    """Our fields have no place for it."""
    return ()


def as_line(text: str, _: Vocabulary) -> tuple[str, ...]:
    """A line as it is."""
    return (one_line(text),)


def as_prose(text: str, _: Vocabulary) -> tuple[str, ...]:
    """Paragraphs as they are."""
    return (paragraphs(text),)


def dates(text: str, _: Vocabulary) -> tuple[str, ...]:
    """A day or moment, or two of them; nothing where the words are no dates, which are then kept as they are."""
    first, last = [*_PERIOD.split(text.strip(), maxsplit=1), ""][:2]
    try:
        return _date(first), _date(last)
    except Unfit:
        return "", ""


def _date(text: str) -> str:
    """A date as our moments are written; one in UTC stays one. Raises `Unfit`."""
    if not text:
        return ""
    known = Instant.parse(text, "UTC")
    return str(known) if text.endswith("Z") else text


def story(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What happened, and its cause."""
    told, _, cause = text.partition(CAUSE)
    return paragraphs(told), _choice("incident_cause", cause, vocabulary)


def natures(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Each nature begins with its letter; a description follows in the example."""
    found = re.findall(r"(?:^|[;\n|])\s*(?:and\s+)?([abc])\)", text)
    keys = {letter: key for key, letter in letters("breach_nature").items()}
    order = vocabulary.terms_of("breach_nature").order
    return ("; ".join(sorted({keys[letter] for letter in found}, key=order)),)


def category(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kind of incident."""
    return (_choice("incident_category", text, vocabulary),)


def outcome(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The outcome of the assessment."""
    return (_choice("risk_outcome", text, vocabulary),)


def _choice(name: str, text: str, vocabulary: Vocabulary) -> str:
    """The choice that a text with a letter means: by its label, else by the letter."""
    found = _LETTERED.fullmatch(text)
    words = (found["rest"] if found else text).strip()
    known = vocabulary.terms_of(name).find(words) if words else None
    if known:
        return known
    by_letter = {letter: key for key, letter in reversed([*letters(name).items()])}
    return by_letter.get(found["letter"], "") if found else ""


def counts(text: str, _: Vocabulary) -> tuple[str, ...]:
    """How many people, and how many records."""
    people, records = [*text.split(" / ", maxsplit=1), ""][:2]
    return _count(people), _count(records)


def _count(text: str) -> str:
    """A number as our counts are written; a word for one that is not known stands as it is."""
    found = _COUNTED.fullmatch(text.strip())
    if found:
        return f"{found['about']}{int(found['number'].replace(',', ''))}"
    try:
        return str(Count.parse(text)) if text.strip() else ""
    except Unfit:
        return ""


def method(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The band in brackets; the score alone gives nothing, since it follows from answers."""
    found = _SCORED.fullmatch(text)
    band = vocabulary.terms_of("severity_band").find(found["band"]) if found else None
    return (band or "",)


def answer(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Yes, no or not yet, whatever follows in brackets or after a stroke."""
    words = re.split(r"[(/;,（；，]", _LETTERED.sub(r"\g<rest>", text), maxsplit=1)[0].strip()
    return (vocabulary.terms_of("decision_answer").find(words) or "" if words else "",)


def authority(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The answer, and under which law it is: the one in brackets where it is one of ours, else the GDPR."""
    law = re.search(r"[(（]([^()（）]+)[)）]", text)
    known = vocabulary.terms_of("regime").find(law[1]) if law else None
    (said,) = answer(text, vocabulary)
    return (said, *under(known or "")) if said else ("", "", "")


def under(regime: str) -> tuple[str, str]:
    """A regime, the GDPR where none is named, and its rule on telling the authority."""
    rules = regimes_catalogue.newest()
    wanted = regime or GDPR[0]
    keys = (each.key for each in rules if (each.regime, each.recipient) == (wanted, "authority"))
    return wanted, next(keys, "")
