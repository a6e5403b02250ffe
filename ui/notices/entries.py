"""Which notices an incident has and which it may need: one line each, in the order of its clocks; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from riskreg import regimes_catalogue
from riskreg.cases import Case
from riskreg.dates import here_words
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Decision, Notice
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Instant
from riskreg.rules.deadlines import due_at, trigger_of
from riskreg.rules.regimes import Rule

_SENT: Final = N_("{phase}: sent {time}")
_APPROVED: Final = N_("{phase}: approved, not sent yet")
_PREPARED: Final = N_("{phase}: prepared, not sent yet")
_NONE: Final = N_("not prepared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice, or a rule that has none yet.

    Attributes:
        rule: What asks for it; None where a kept notice names a rule that is not known any more.
        notice: The record; None while there is none.
    """

    rule: Rule | None
    notice: Notice | None = None

    def is_of(self, rule: str, notice: int = 0) -> bool:
        """Whether it is the line of a notice, given its id, or else of a rule, given its key."""
        if notice:
            return self.notice is not None and self.notice.id == notice
        return bool(rule) and self.rule is not None and self.rule.key == rule


def lines(case: Case, now: datetime) -> Iterator[Line]:
    """The notices by rule, the most urgent first; a rule without one stands as one to be made."""
    seen: set[str] = set()
    for row in case.board(now):
        if row.rule.recipient == "ourselves":
            continue
        seen.add(row.rule.key)
        made = [each for each in case.notices if each.rule_key == row.rule.key]
        yield from (Line(rule=row.rule, notice=each) for each in made)
        if not made:
            yield Line(rule=row.rule)
    for each in case.notices:
        if each.rule_key not in seen:
            yield Line(rule=rule_of(case, each.rule_key), notice=each)


class Draft(NamedTuple):
    """A notice that is prepared and not sent.

    Attributes:
        line: Where it stands.
        notice: The record.
        rule: What asks for it.
    """

    line: Line
    notice: Notice
    rule: Rule


def drafts(found: Iterable[Line]) -> Iterator[Draft]:
    """Those that wait to be sent, in their order; one whose rule is gone cannot be."""
    for line in found:
        if line.rule is not None and line.notice is not None and line.notice.sent_at is None:
            yield Draft(line, line.notice, line.rule)


def rule_of(case: Case, key: str) -> Rule | None:
    """The newest version of a rule."""
    found = [each for each in case.rules if each.key == key]
    return found[-1] if found else None


def title(line: Line, t: Translator) -> str:
    """Whose notice it is, in one line."""
    return " • ".join(filter(None, (_regime(line, t), _own(line, t))))


def told(line: Line, case: Case, t: Translator, vocabulary: Vocabulary) -> str:
    """The same with how far it is, in two or three lines."""
    said = (_regime(line, t), _own(line, t), state(line, case, t, vocabulary))
    return "\n".join(filter(None, said))


def is_awaited(line: Line, case: Case) -> bool:
    """Whether it was made, or somebody decided that it will be."""
    decision = case.standing.get(line.rule.key) if line.rule else None
    return line.notice is not None or (decision is not None and decision.answer == "yes")


def _regime(line: Line, t: Translator) -> str:
    regimes = {each.key: each.title for each in regimes_catalogue.regimes()}
    found = regimes.get(line.rule.regime) if line.rule else None
    return found.get(t.language) if found else ""


def _own(line: Line, t: Translator) -> str:
    if line.rule is not None:
        return line.rule.title.get(t.language)
    return line.notice.title if line.notice else ""


def state(line: Line, case: Case, t: Translator, vocabulary: Vocabulary) -> str:
    """How far it is; while there is none, what was decided against it."""
    notice = line.notice
    if notice is None:
        decision = case.standing.get(line.rule.key) if line.rule else None
        if decision is None or decision.answer == "yes":
            return t.gettext(_NONE)
        return _decided(decision, t, vocabulary)
    phase = vocabulary.terms_of("notice_phase").label(notice.phase or "first", t.language)
    if notice.sent_at is not None:
        return t.gettext(_SENT).format(
            phase=phase, time=here_words(notice.sent_at, case.organisation.zone, t)
        )
    return t.gettext(_APPROVED if notice.approved_by else _PREPARED).format(phase=phase)


def _decided(decision: Decision, t: Translator, vocabulary: Vocabulary) -> str:
    answer = vocabulary.terms_of("decision_answer").label(decision.answer or "", t.language)
    return t.gettext(N_("{field}: {value}")).format(field=t.label(Decision, "answer"), value=answer)


def due_of(case: Case, rule: Rule) -> datetime | None:
    """Until when its first notice is in time; None where nothing sets that or its time does not run yet."""
    trigger = trigger_of(rule, case.moments)
    return due_at(rule, trigger) if trigger else None


def is_late(case: Case, line: Line, at: Instant) -> bool:
    """Whether a notice sent at a moment is late: only the first one of its rule can be."""
    if line.rule is None or line.rule.key in case.moments.notices:
        return False
    due = due_of(case, line.rule)
    return due is not None and at.utc > due


def was_late(case: Case, line: Line) -> bool:
    """Whether a notice that was sent was the first one of its rule, and late."""
    if line.rule is None or line.notice is None or line.notice.sent_at is None:
        return False
    first = case.moments.notices.get(line.rule.key)
    due = due_of(case, line.rule)
    return first == line.notice.sent_at and due is not None and first.utc > due
