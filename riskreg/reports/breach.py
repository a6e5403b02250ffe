"""One incident as its reports need it: the case, its timeline, its clocks at the moment of the report, and what turns them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from riskreg import clock_words, privileged
from riskreg.cases import Case, cases_of
from riskreg.dates import instant_words, moment_words
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from riskreg.past_scores import ScoreHistory, score_history
from riskreg.records import Decision, Incident, Risk
from riskreg.records.values import Instant
from riskreg.reports.asked import Asked
from riskreg.reports.rows import Speech, all_rows, named
from riskreg.rule_words import reference
from riskreg.rules import rule_text
from riskreg.rules.board import Row
from riskreg.rules.regimes import Rule
from riskreg.timeline import Moment, Recorded, timelines
from riskreg.views import Actor, View

RECORDED: Final = N_("Recorded {moment} by {who}")
_TIED: Final = ("risks", "assets", "processors", "partners", "lead", "contact", "actions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """All that the pages about one incident say, in memory.

    Attributes:
        case: The incident and what points to it.
        moments: Its timeline, the oldest first.
        board: Its clocks, the most urgent first.
        risks: Those that came true, each with how its scores went.
        speech: What turns values into words.
        now: When the report is made, UTC.
    """

    case: Case
    moments: tuple[Moment, ...]
    board: tuple[Row, ...]
    risks: tuple[tuple[Risk, ScoreHistory], ...]
    speech: Speech
    now: datetime

    @property
    def incident(self) -> Incident:
        """The record."""
        return self.case.incident

    def say(self, kind: str, key: str, value: object) -> str:
        """A value of a field in words; "" where it is empty."""
        return self.speech.value(kind, key, value)  # type: ignore[arg-type] # what a record holds

    def recorded(self, id: int) -> Recorded | None:
        """Where the journal has the record that a decision, notice or assessment is."""
        return next((each.recorded for each in self.moments if each.id == id), None)

    def recorded_words(self, id: int) -> str:
        """When a record was typed and by whom; "" where the history does not say."""
        found = self.recorded(id)
        if found is None:
            return ""
        moment = moment_words(found.at, self.speech.zone, self.speech.t)
        return self.speech.t.gettext(RECORDED).format(moment=moment, who=who_words(found.actor))

    def none(self, key: str, text: str) -> str:
        """What stands where `decisions`, `notices` or `assessments` has nothing to show: `text`, or that all were left out."""
        is_left_out = bool(getattr(self.case.whole, key))
        return self.speech.t.gettext(privileged.PRIVILEGED if is_left_out else text)

    def clock(self, key: str) -> Row | None:
        """The clock of a rule; None where it is not on the board."""
        return next((row for row in self.board if row.rule.key == key), None)

    def rule_words(self, decision: Decision) -> str:
        """What the rule of a decision is called."""
        return rule_title_of(decision, self.speech)


def who_words(actor: Actor) -> str:
    """Who made an entry: the name given for the sitting, and the account."""
    return f"{actor.name} ({actor.account})" if actor.name else actor.account


def rule_title(rule: Rule, speech: Speech) -> str:
    """A rule with its regime before it, for most have a notice to the authority: `GDPR: Notice to the authority`."""
    title, regime = rule.title.get(speech.t.language), clock_words.called(rule, speech.t)
    return title if regime == title else named(regime, title, speech.t)


def checksum(sha256: str) -> str:
    """A checksum in two lines of the same length: one does not fit, and a line of two characters would follow it."""
    return f"{sha256[:32]}\n{sha256[32:]}" if len(sha256) > 32 else sha256


def rule_of(decision: Decision) -> Rule | None:
    """The rule as it was when the decision was made; None where none was kept that can be read."""
    try:
        return rule_text.loads(decision.rule_text) if decision.rule_text else None
    except rule_text.NoRule:
        return None


def rule_title_of(decision: Decision, speech: Speech) -> str:
    """What the rule of a decision is called: its title, else regime and recipient."""
    if rule := rule_of(decision):
        return rule_title(rule, speech)
    keys = ("regime", "recipient")
    parts = (speech.value("decision", key, decision.get(key)) for key in keys)
    return " – ".join(filter(None, parts)) or decision.title


def basis_words(rule: Rule, speech: Speech, given: str = "") -> str:
    """What stands behind a rule, its reference (or that given), and that its source was not checked, where it was not."""
    t = speech.t
    said = [t.gettext(clock_words.BASES[rule.basis]), _reference(rule, given, t)]
    if rule.verified == "unverified":
        said.append(t.gettext(clock_words.UNVERIFIED))
    return " · ".join(dict.fromkeys(filter(None, said)))


def _reference(rule: Rule, given: str, t: Translator) -> str:
    """What a decision names, in the words of the language where it is what the rule itself says."""
    return given if given and given != rule.legal_ref else reference(rule, t)


def moment(at: object, speech: Speech) -> str:
    """An instant as exactly as it is known; "" for none."""
    return instant_words(at, speech.t) if isinstance(at, Instant) else ""


def gather(asked: Asked) -> Breach:
    """The incident that is asked for, also by one of its decisions; raises `Expected`: none is named ("which_record"), or it is none ("no_record")."""
    if not asked.ref:
        raise Expected("which_record")
    id = asked.reader.find(asked.ref)
    record = asked.reader.record(id)
    if isinstance(record, Decision) and record.incident:
        id = next(iter(record.incident))
    found = gather_all(asked, [id])
    if not found:
        raise Expected("no_record", ref=asked.ref)
    return found[id]


def gather_all(asked: Asked, ids: list[int]) -> Mapping[int, Breach]:
    """Several incidents by their ids, in the order given."""
    reader = asked.reader
    cases = cases_of(reader, ids)
    moments = timelines(reader, cases.values())
    return {id: _of(asked, cases[id], moments[id]) for id in ids if id in cases}


def decided(asked: Asked) -> list[int]:
    """The incidents outside the bin on which something was decided, the newest first."""
    view = View(kinds=("incident",), columns=("decisions",), sort=(("ref", True),))
    rows = all_rows(asked.reader, view, asked.reader.ids(view), asked.work)
    return [row.id for row in rows if row.values[0]]


def _of(asked: Asked, case: Case, moments: tuple[Moment, ...]) -> Breach:
    reader, incident = asked.reader, case.incident
    tied: set[int] = set().union(*(getattr(incident, key) for key in _TIED))
    tied |= {id for each in moments for id in (each.id, *each.others)}
    tied |= {id for each in case.tasks for id in (*each.owner, *each.verified_by)}
    tied |= {id for each in case.decisions for id in each.assessment}
    tied |= {id for each in case.notices for id in (*each.decision, *each.to_party)}
    names = reader.names(sorted(tied))
    speech = Speech(t=asked.t, vocabulary=reader.vocabulary, names=names, zone=asked.zone)
    risks = reader.records(sorted(incident.risks)).values()
    return Breach(
        case=case,
        moments=moments,
        board=case.board(asked.now),
        risks=tuple(
            (each, score_history(reader, each.id, asked.now))
            for each in risks
            if isinstance(each, Risk)
        ),
        speech=speech,
        now=asked.now,
    )
