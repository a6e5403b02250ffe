"""A notice prepared from the records of an incident: each item that its rule demands, with its answer or what is missing.

Values only: `reports` prints them, `exchange` writes them as Word, the window shows them with a button to copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from riskreg import clock, regimes_catalogue
from riskreg.cases import Case
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import Language, Translator, translator
from riskreg.notices import pcpd
from riskreg.notices.items import ITEMS, USUAL, USUAL_TO_PEOPLE, Answer, Ask, answers
from riskreg.notices.saying import Teller, teller
from riskreg.records.terms import Text
from riskreg.rules.regimes import Rule
from riskreg.views import Reader

PaperKind = Literal["notice", "letter", "message", "script"]

CUSTOMERS: Final = "contract_customer"
"""The pattern of the rules by which customers are told."""
NOT_KNOWN: Final = N_("Not known yet")
NOT_KNOWN_OF: Final = N_("Not known yet: {what}")
ANSWERS: Final = N_("Answers for the PCPD form")
UNSEEN: Final = N_(
    "These are answers to copy into the PCPD’s online form, in its four parts. Its paper form was not seen and is not imitated: compare the questions."
)
UNVERIFIED: Final = N_("Unverified: this rule is background knowledge; compare it with the law before you rely on it.")  # fmt: skip
USUAL_CONTENTS: Final = N_("What this notice has to contain is not in our sources: these are the usual contents.")  # fmt: skip
AS_TYPED: Final = N_("What was typed into the record stands as it was typed: read it in the language of this paper before it goes out.")  # fmt: skip
OWN_RULE: Final = N_("A rule of our own organisation.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a notice, or one field of a form.

    Attributes:
        key: Of the content (`nature`); of a field of a form with it (`pcpd_user.sector`).
        label: What is asked, in the language of the notice.
        text: What is known; "" where nothing is.
        is_missing: Something that is asked for is not known.
        part: The heading of the part of a form it stands in; else "".
        lacks: Labels of what is not known.
        sources: The fields in which what is missing can be entered, as `kind.key`.
    """

    key: str
    label: str
    text: str
    is_missing: bool
    part: str = ""
    lacks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a notice says.

    Attributes:
        rule: What asks for it.
        language: In which it is written.
        heading: What it is called.
        addressee: Who is told; "" for the people themselves.
        organisation: Who tells.
        ref: Of the incident.
        items: In the order of the rule.
        notes: What to know before it is sent, whole sentences; they are not part of what is sent.
        is_drill: The incident is a drill: every page says so.
    """

    rule: Rule
    language: Language
    heading: str
    addressee: str
    organisation: str
    ref: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    is_drill: bool = False


def contents(
    case: Case,
    rule: Rule,
    language: Language | None,
    reader: Reader,
    *,
    now: datetime | None = None,
) -> Prepared:
    """What a rule demands, filled from the case.

    Args:
        case: The incident.
        rule: The rule, of the catalogue or of the organisation.
        language: Of the notice; None for the organisation's.
        reader: Gives the lists of choices and the parties that the case names.
        now: With a zone; None for the present moment. Whether it is late is judged by it.
    """
    t = translator(language or language_of(case))
    return prepared_by(teller(case, rule, t, reader, now or clock.now()))


def prepared_by(by: Teller) -> Prepared:
    """The same, of what a teller says."""
    case, rule, t = by.case, by.rule, by.t
    is_form = any(each.key in pcpd.PARTS for each in rule.contents)
    return Prepared(
        rule=rule,
        language=t.language,
        heading=t.gettext(ANSWERS) if is_form else rule.title.get(t.language),
        addressee=addressee(rule, by),
        organisation=case.organisation.title,
        ref=case.incident.ref,
        items=tuple(_items(rule, by)),
        notes=tuple(_notes(by, is_form)),
        is_drill=bool(case.incident.drill),
    )


def missing(prepared: Prepared) -> tuple[Item, ...]:
    """The items of which something is not known yet, in their order."""
    return tuple(each for each in prepared.items if each.is_missing)


def lack_words(item: Item, t: Translator) -> str:
    """What of an item is missing: `Not known yet: People affected`; "" where nothing is."""
    if not item.is_missing:
        return ""
    if not item.text or not item.lacks:
        return t.gettext(NOT_KNOWN)
    return t.gettext(NOT_KNOWN_OF).format(what=listed(item.lacks, t))


def plain_text(prepared: Prepared) -> str:
    """The notice as plain text: what is kept when nobody changed it before it was sent."""
    t = translator(prepared.language)
    lines = [prepared.organisation, prepared.heading, *filter(None, (prepared.addressee,))]
    part = ""
    for each in prepared.items:
        if each.part != part:
            part = each.part
            lines += ["", part]
        said = "\n".join(filter(None, (each.text, lack_words(each, t))))
        lines += ["", each.label, said]
    return "\n".join(lines)


def language_of(case: Case) -> Language:
    """The language of the organisation."""
    match case.organisation.language:
        case "zh_Hant":
            return "zh_Hant"
        case "zh_Hans":
            return "zh_Hans"
        case _:
            return "en"


def addressee(rule: Rule, by: Teller) -> str:
    """Who is told: the party of an own rule, those whose data it is, else as the rule has it."""
    told = by.own_party or (by.case.incident.partners if is_to_partner(rule) else frozenset())
    named = by.titles(told)
    return named or (rule.addressee.get(by.t.language) if rule.addressee else "")


def is_to_partner(rule: Rule) -> bool:
    """Whether it tells those whose data it is: customers by a contract, or as their processor (GDPR article 33(2))."""
    customers = next(each for each in regimes_catalogue.newest() if each.key == CUSTOMERS)
    is_by_contract = rule.regime == customers.regime and rule.addressee == customers.addressee
    is_ours = any("processor" in when.roles for when in rule.applies)
    return rule.recipient == "other" and (is_by_contract or is_ours)


def _notes(by: Teller, is_form: bool) -> Iterator[str]:
    rule, t = by.rule, by.t
    if is_form:
        yield t.gettext(UNSEEN)
    if rule.verified == "unverified":
        yield t.gettext(UNVERIFIED)
    if rule.verified == "own":
        yield t.gettext(OWN_RULE)
    if not rule.contents:
        yield t.gettext(USUAL_CONTENTS)
    if t.language != language_of(by.case):
        yield t.gettext(AS_TYPED)
    if rule.note:
        yield rule.note.get(t.language)


def _items(rule: Rule, by: Teller) -> Iterator[Item]:
    for key, label in demanded(rule):
        title = label.get(by.t.language)
        if key in pcpd.PARTS:
            for each in pcpd.PARTS[key]:
                label_here = by.t.gettext(each.label)
                yield _item(f"{key}.{each.key}", label_here, each.asks, by, part=title)
        else:
            yield _item(key, title, ITEMS.get(key, ()), by, names=tuple(label))


def demanded(rule: Rule) -> list[tuple[str, Text]]:
    """What a notice has to say: as its rule has it, else what such notices usually say."""
    if rule.contents:
        return [(each.key, each.text) for each in rule.contents]
    usual = USUAL_TO_PEOPLE if rule.recipient == "individuals" else USUAL
    known = regimes_catalogue.contents()
    return [(key, known[key].text) for key in usual]


def _item(
    key: str,
    label: str,
    asked: Sequence[Ask],
    by: Teller,
    *,
    part: str = "",
    names: Sequence[str] = (),
) -> Item:
    """One item; what no field answers is answered by a fact of the incident that is called like it."""
    found = list(answers(asked, by))
    texts = _texts([answer for ask, answer in found if ask.is_said and answer.text], by)
    lacking = [answer for ask, answer in found if ask.is_needed and not answer.text]
    if not asked or (lacking and not texts):
        fact = by.fact((key, label, *names))
        if fact:
            return Item(key=key, label=label, text=fact, is_missing=False, part=part)
    return Item(
        key=key,
        label=label,
        text="\n".join(texts),
        is_missing=not asked or bool(lacking),
        part=part,
        lacks=tuple(answer.label for answer in lacking),
        sources=tuple(answer.source for answer in lacking if answer.source),
    )


def _texts(found: Sequence[Answer], by: Teller) -> list[str]:
    """Answers as lines; a short one has its label where it is not the only short one, or not the first line."""
    has_many = sum(not each.is_prose for each in found) > 1
    return [
        by.named(each.label, each.text)
        if not each.is_prose and (has_many or place > 0)
        else each.text
        for place, each in enumerate(found)
    ]
