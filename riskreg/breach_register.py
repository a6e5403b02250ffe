"""The register of breaches that GDPR article 33(5) wants, in the columns of the EDPB's example (domain.md 5.2, S76).

Every breach is in it, notified or not, with the reasons; drills, near misses and what was found to be no breach are
not. Each column can be read back into our fields. A text that came in with such a register and that our
fields would word otherwise is kept with the incident as it came, and stands here again as long as reading it
still gives what the record says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from typing import Final, NamedTuple

from riskreg import breach_reading as reading
from riskreg import clock
from riskreg.breach_reading import CAUSE, GDPR, UNTIL
from riskreg.cases import Case, cases_of
from riskreg.edpb.form import letters
from riskreg.errors import N_
from riskreg.formats import count_words
from riskreg.i18n import Translator
from riskreg.records import Decision, Incident, Notice
from riskreg.records.jsons import paragraphs
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Count, Instant
from riskreg.rules.counting import breaches
from riskreg.rules.standing import went_out
from riskreg.views import Reader, View

ARTICLE: Final = "Art. 33"
UNDER: Final = "{answer} ({law})"
NOT_SENT: Final = N_("{answer}, not sent yet")
SCORE: Final = "ENISA SE = {score} ({band})"
KEPT: Final = "33(5) "
"""How the names of the facts begin that keep a text as it came in."""
_UNKNOWN: Final = "–"
"""Stands for a number of people that nobody gave, where that of the records is known."""


class Said(NamedTuple):
    """One breach and what its words need."""

    case: Case
    vocabulary: Vocabulary
    t: Translator

    @property
    def incident(self) -> Incident:
        """Whose line it is."""
        return self.case.incident

    def label(self, name: str, key: str | None) -> str:
        """What a choice is called."""
        return self.vocabulary.terms_of(name).label(key, self.t.language) if key else ""

    def lettered(self, name: str, key: str | None) -> str:
        """A choice with the letter of the form before it, where it has one: `b) Ransomware`."""
        if not key:
            return ""
        letter = letters(name).get(self.vocabulary.terms_of(name).meaning(key), "")
        return f"{letter}) {self.label(name, key)}" if letter else self.label(name, key)

    def decision(self, recipient: str) -> Decision | None:
        """The decision that stands on telling the authority, or the people; the last, but for what the register is about.

        That of the GDPR comes before that of the United Kingdom, and this before any other; that on telling
        somebody before that on telling more.
        """
        standing = self.case.standing
        made = (each for each in self.case.decisions if standing.get(each.rule_key) is each)
        found = [each for each in made if each.recipient == recipient]
        return max(reversed(found), key=_nearness, default=None)

    def sent(self, recipient: str) -> tuple[Notice, ...]:
        """What was sent to an authority, or to the people: under the GDPR where it asks, else under any rule."""
        now = clock.now()
        found = [
            each
            for each in self.case.whole.notices
            if each.recipient == recipient and each.phase != "withdrawn" and went_out(each, now)
        ]
        ours = tuple(each for each in found if each.regime in GDPR)
        decision = self.decision(recipient)
        is_asked = bool(ours) or (decision is not None and decision.regime in GDPR)
        return ours if is_asked and recipient == "authority" else tuple(found)

    def answer(self, recipient: str) -> str:
        """What became of telling an authority, or the people: a key of `decision_answer`."""
        decision = self.decision(recipient)
        return "yes" if self.sent(recipient) else (decision and decision.answer) or ""

    def regime(self, recipient: str) -> str:
        """The regime under which an authority was, or is to be, told."""
        decision, sent = self.decision(recipient), self.sent(recipient)
        return (sent[0].regime if sent else decision.regime if decision else None) or ""


def _nearness(decision: Decision) -> tuple[int, bool]:
    """How near a decision is to what the register asks: its law, and whether it is the first notice."""
    law = GDPR.index(decision.regime) if decision.regime in GDPR else len(GDPR)
    return -law, not decision.rule_key.endswith("_details")


class Column(NamedTuple):
    """One column.

    Attributes:
        key: Its name in the JSON.
        heading: Its name in the CSV.
        fields: Our fields that it fills, as a mapping names them.
        read: Its text as texts of these fields, one each, "" for none; given the lists of choices.
        now: The same from a record.
        write: Its text from a record.
    """

    key: str
    heading: str
    fields: tuple[str, ...]
    read: Callable[[str, Vocabulary], tuple[str, ...]]
    now: Callable[[Said], tuple[str, ...]]
    write: Callable[[Said], str]

    @property
    def kept_as(self) -> str:
        """The name under which the text is kept with the incident, where our fields word it otherwise."""
        return KEPT + self.heading


def lines(reader: Reader, t: Translator) -> tuple[Mapping[str, str], ...]:
    """Every breach as texts by the key of each column, the oldest record first."""
    view = View(kinds=("incident",), where=breaches(reader.vocabulary), sort=(("ref", False),))
    ids = reader.ids(view)
    cases = cases_of(reader, ids)
    return tuple(line(Said(cases[id], reader.vocabulary, t)) for id in ids if id in cases)


def line(said: Said) -> Mapping[str, str]:
    """One breach."""
    kept = dict(said.incident.other_facts)
    return {column.key: _text(column, said, kept.get(column.kept_as)) for column in COLUMNS}


def _text(column: Column, said: Said, kept: str | None) -> str:
    if kept is not None and column.read(kept, said.vocabulary) == column.now(said):
        return kept
    return column.write(said)


# From a record


def _day(value: Instant | None) -> str:
    """A moment as exactly as it is known: a day or month as it is, a time of day with its zone (RFC 9557)."""
    if value is None:
        return ""
    return str(value).partition("[")[0] if value.precision in ("month", "day") else str(value)


def _when(said: Said) -> tuple[str, ...]:
    return _day(said.incident.occurred_from_at), _day(said.incident.occurred_to_at)


def _joined(mark: str, texts: Iterable[str]) -> str:
    return mark.join(filter(None, texts))


def _count_words(count: Count | None, said: Said) -> str:
    if count is None or count.number is None:
        return count_words(count, said.t) if count else ""
    return f"{'~' if count.precision == 'approximate' else ''}{count.number:,}"


def _numbers(said: Said) -> str:
    people, records = said.incident.people_count, said.incident.records_count
    texts = _count_words(people, said), _count_words(records, said)
    return " / ".join((texts[0] or _UNKNOWN, texts[1])) if texts[1] else texts[0]


def _counts_now(said: Said) -> tuple[str, ...]:
    counts = said.incident.people_count, said.incident.records_count
    return tuple("" if each is None else str(each) for each in counts)


def _outcome_now(said: Said) -> str:
    assessed = said.case.assessment
    return (assessed.outcome if assessed else None) or ""


def _method_words(said: Said) -> str:
    assessed = said.case.assessment
    if assessed and assessed.severity_score and assessed.severity_band:
        band = said.label("severity_band", assessed.severity_band)
        return SCORE.format(score=assessed.severity_score, band=band)
    band = said.label("severity_band", said.incident.severity)
    return f"({band})" if band else ""


def _method_now(said: Said) -> tuple[str, ...]:
    """The band; of one that was scored here the words are always ours."""
    assessed = said.case.assessment
    is_scored = bool(assessed and assessed.severity_score)
    return ("scored" if is_scored else said.incident.severity or "",)


def _notified(said: Said) -> str:
    """Whether, and under which law: one that was told under another law was not told under article 33."""
    answer, regime = said.answer("authority"), said.regime("authority")
    words = said.label("decision_answer", answer)
    if answer == "yes" and not said.sent("authority"):
        return said.t.gettext(NOT_SENT).format(answer=words)
    if answer != "yes" or not regime:
        return words
    law = ARTICLE if regime in GDPR else said.label("regime", regime)
    return UNDER.format(answer=words, law=law)


def _notified_now(said: Said) -> tuple[str, ...]:
    answer = said.answer("authority")
    return (answer, *reading.under(said.regime("authority"))) if answer else ("", "", "")


def _told(said: Said) -> str:
    """Whether; under which law, where it is another than that of the register."""
    words, regime = (
        said.label("decision_answer", said.answer("individuals")),
        said.regime("individuals"),
    )
    if said.sent("individuals"):
        words = f"a) {words}"
    elif said.answer("individuals") == "yes":
        words = said.t.gettext(NOT_SENT).format(answer=words)
    is_named = words and regime and regime not in GDPR
    return UNDER.format(answer=words, law=said.label("regime", regime)) if is_named else words


def _reasons(said: Said) -> str:
    """Why, of both decisions; one that is the same is told once."""
    return _joined("\n", dict.fromkeys(_reasons_now(said)))


def _reasons_now(said: Said) -> tuple[str, ...]:
    found = map(said.decision, ("authority", "individuals"))
    return tuple(each.reason if each else "" for each in found)


def _narrative(said: Said) -> str:
    """What happened and its cause; the title where nothing more was told."""
    cause = said.lettered("incident_cause", said.incident.cause)
    incident = said.incident
    is_named = incident.title != incident.external_ref
    return (incident.narrative or (incident.title if is_named else "")) + (
        f"{CAUSE}{cause}" if cause else ""
    )


def _nature_words(said: Said) -> str:
    order = said.vocabulary.terms_of("breach_nature").order
    return "; ".join(
        said.lettered("breach_nature", key) for key in sorted(said.incident.nature, key=order)
    )


def _nature_now(said: Said) -> tuple[str, ...]:
    order = said.vocabulary.terms_of("breach_nature").order
    return ("; ".join(sorted(said.incident.nature, key=order)),)


def _data(said: Said) -> str:
    order = said.vocabulary.terms_of("data_type").order
    kinds = sorted(said.incident.data_types, key=order)
    listed = ", ".join(said.label("data_type", key) for key in kinds)
    return said.incident.data_words or listed


def _recorded(said: Said) -> str:
    at = said.incident.created_at
    return f"{at.utc.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _category_of(said: Said) -> str:
    return said.incident.category or ""


COLUMNS: Final = (
    Column("reference", "Internal reference", ("external_ref",), reading.as_line,
           lambda said: (said.incident.external_ref,),
           lambda said: said.incident.external_ref or said.incident.ref),
    Column("date_period", "Date / period of incident", ("occurred_from_at", "occurred_to_at"), reading.dates,
           _when, lambda said: _joined(UNTIL, _when(said))),
    Column("circumstances_cause", "Circumstances and cause", ("narrative", "cause"), reading.story,
           lambda said: (said.incident.narrative, said.incident.cause or ""), _narrative),
    Column("nature_cia", "Nature (C-I-A)", ("nature",), reading.natures, _nature_now, _nature_words),
    Column("incident_type", "Incident type (taxonomy)", ("category",), reading.category,
           lambda said: (_category_of(said),),
           lambda said: said.lettered("incident_category", said.incident.category)),
    Column("data_categories", "Data categories", ("data_words",), reading.as_prose,
           lambda said: (said.incident.data_words,), _data),
    Column("numbers", "Number of data subjects / records (approx.)", ("people_count", "records_count"),
           reading.counts, _counts_now, _numbers),
    Column("risk_outcome", "Risk assessment outcome", ("assessment.outcome",), reading.outcome,
           lambda said: (_outcome_now(said),),
           lambda said: said.lettered("risk_outcome", _outcome_now(said))),
    Column("methodology_enisa", "Methodology (ENISA SE)", ("severity",), reading.method, _method_now, _method_words),
    Column("notified_authority", "Notified to supervisory authority",
           ("decision:authority.answer", "decision:authority.regime", "decision:authority.rule_key"),
           reading.authority, _notified_now, _notified),
    Column("notified_individuals", "Communicated to individuals", ("decision:people.answer",), reading.answer,
           lambda said: (said.answer("individuals"),), _told),
    Column("reasoned_basis", "Reasoned basis if not notified/communicated",
           ("decision:authority.reason", "decision:people.reason"),
           lambda text, _: (paragraphs(text),) * 2, _reasons_now, _reasons),
    Column("measures", "Measures taken", ("remedy",), reading.as_prose,
           lambda said: (_joined("\n", (said.incident.containment, said.incident.remedy)),),
           lambda said: _joined("\n", (said.incident.containment, said.incident.remedy))),
    Column("retention", "Retention", (), reading.nothing, lambda said: (), lambda said: ""),
    Column("saved_at", "Record created", (), reading.nothing, lambda said: (), _recorded),
)  # fmt: skip
"""The columns in their order."""
