"""What a case says to one question of a notice, in words of one language; "" where it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from riskreg.cases import Case, own_rules
from riskreg.errors import N_
from riskreg.formats import format_value, listed
from riskreg.i18n import Translator
from riskreg.records import KINDS, Party, Record, columns, fields
from riskreg.records.terms import Vocabulary, folded
from riskreg.records.values import Count
from riskreg.rules.own_rules import is_own
from riskreg.rules.regimes import Rule
from riskreg.views import Reader

UNSETTLED: Final = frozenset({"tbd", "assessing", "cannot_assess", "more_needed"})
"""Choices that say that something is still to be found out: no answer for a notice."""
NAMED: Final = N_("{field}: {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Asks the records of a case.

    Attributes:
        case: The incident and what was said of it.
        rule: What asks for the notice.
        t: The language of the notice.
        vocabulary: The lists of choices of the register.
        parties: Whom the case names, by id: contact, officer, processors, partners.
        own_party: Whom an own rule names, by id; empty for any other rule.
        late_reason: Why it is late, where it is said before a notice keeps it.
        now: With a zone; whether a notice is late is judged by it.
    """

    case: Case
    rule: Rule
    t: Translator
    vocabulary: Vocabulary
    parties: Mapping[int, Party]
    own_party: frozenset[int]
    now: datetime
    late_reason: str = ""

    def value(self, source: str) -> str:
        """What a field says, such as `narrative` of the incident, `organisation.address`, `assessment.harms`."""
        record, key = self._of(source)
        if record is None:
            return ""
        value = record.get(key)
        if _is_open(value):
            return ""
        what = columns(type(record))[key]
        if isinstance(value, frozenset) and not isinstance(what, fields.Links):
            value = cast("fields.Value", frozenset(value) - UNSETTLED)
        return format_value(
            what, value, self.t, self.vocabulary, zone=self.case.organisation.zone
        ).strip()

    def label(self, source: str) -> str:
        """What that field is called."""
        kind, key = where(source)
        return self.t.label(kind, key)

    def is_prose(self, source: str) -> bool:
        """Whether that field holds whole sentences, which need no label before them."""
        kind, key = where(source)
        return isinstance(columns(KINDS[kind])[key], fields.Prose)

    def fact(self, names: Iterable[str]) -> str:
        """What a named fact of the incident says whose name is one of these."""
        wanted = {folded(name) for name in names if name}
        for name, fact in self.case.incident.other_facts or ():
            if folded(name) in wanted:
                return str(fact).strip()
        return ""

    def named(self, name: str, value: str) -> str:
        """A value after its name."""
        return self.t.gettext(NAMED).format(field=name, value=value)

    def people(self, ids: Iterable[int]) -> tuple[Party, ...]:
        """Parties by their ids, in the order they were recorded."""
        return tuple(self.parties[id] for id in sorted(ids) if id in self.parties)

    def titles(self, ids: Iterable[int]) -> str:
        """What these parties are called."""
        return listed((each.title for each in self.people(ids)), self.t)

    @property
    def contact(self) -> Party | None:
        """Who answers questions: whom the incident names, else the data protection officer."""
        incident, ours = self.case.incident, self.case.organisation
        return next(iter(self.people(incident.contact) or self.people(ours.officer)), None)

    def _of(self, source: str) -> tuple[Record | None, str]:
        kind, key = where(source)
        held: Mapping[str, Record | None] = {
            "incident": self.case.incident,
            "organisation": self.case.organisation,
            "assessment": self.case.assessment,
        }
        return held[kind], key


def teller(
    case: Case, rule: Rule, t: Translator, reader: Reader, now: datetime, late_reason: str = ""
) -> Teller:
    """A teller of a case; the register is asked for the parties it names."""
    incident, ours = case.incident, case.organisation
    wanted = incident.contact | incident.processors | incident.partners | ours.officer
    own_party = _own_party(rule, reader)
    wanted |= own_party | frozenset(id for each in case.notices for id in each.to_party)
    found = reader.records(wanted) if wanted else {}
    parties = {id: each for id, each in found.items() if isinstance(each, Party)}
    return Teller(
        case=case,
        rule=rule,
        t=t,
        vocabulary=reader.vocabulary,
        parties=parties,
        own_party=own_party,
        now=now,
        late_reason=late_reason,
    )


def _own_party(rule: Rule, reader: Reader) -> frozenset[int]:
    if not is_own(rule):
        return frozenset()
    found = (record.party for record, each in own_rules(reader) if each.key == rule.key)
    return next(found, frozenset())


def where(source: str) -> tuple[str, str]:
    """The kind and the key of a field; without a kind it is the incident's."""
    kind, _, key = source.rpartition(".")
    return kind or "incident", key


def _is_open(value: object) -> bool:
    """Whether a value says that the answer is still to be found."""
    if isinstance(value, Count):
        return value.precision == "to_be_determined"
    if isinstance(value, frozenset):
        return not value - UNSETTLED
    return value in UNSETTLED if isinstance(value, str) else value is None
