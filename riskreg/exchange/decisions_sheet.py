"""The sheet of decisions and notices: of each incident what was decided, by whom and why, and what was sent when.

A line for each decision and each notice; a notice stands beside the decision that it carries out. An import
leaves the sheet aside: the records are on the sheets of decisions and notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from riskreg import clock_words
from riskreg.case_words import DRILL
from riskreg.cases import Case, cases_of
from riskreg.errors import N_
from riskreg.exchange.cells import clipped, day_cell, ref_order
from riskreg.exchange.packing import Cell
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.ties import Places
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import Decision, Notice
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Instant
from riskreg.rules import rule_text
from riskreg.rules.board import Row
from riskreg.rules.deadlines import due_at, trigger_of
from riskreg.rules.regimes import Rule
from riskreg.views import Reader
from riskreg.work import WRITING, Work

NAME: Final = N_("Decisions and notices")
HEADERS: Final = (
    N_("Incident"), N_("Title"), N_("Regime"), N_("To whom"), N_("Basis"), N_("Advice"),
    N_("Decision"), N_("Reason"), N_("Decided by"), N_("Decided at"), N_("How"), N_("Recorded"),
    N_("Notice"), N_("Phase"), N_("Sent"), N_("Elapsed"), N_("Due"), N_("Why it was late"),
    N_("Reference received"),
)  # fmt: skip
SAID: Final = N_("{decisions}, {notices}.")
DECISIONS: Final = NN_("{number} decision", "{number} decisions")
NOTICES: Final = NN_("{number} notice sent", "{number} notices sent")
LATE: Final = N_("{span}, late")

_WIDTHS: Final = (13, 30, 18, 16, 16, 16, 14, 40, 18, 17, 13, 17, 10, 14, 17, 13, 17, 24, 18)
_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sheet says, in memory.

    Attributes:
        cases: The incidents of the workbook on which something was decided or sent, by ref.
        now: With a zone.
        is_redacted: Titles, free text and names are left out.
        vocabulary: The lists of choices.
    """

    cases: Sequence[Case]
    now: datetime
    is_redacted: bool
    vocabulary: Vocabulary

    @property
    def decisions(self) -> int:
        """How many there are."""
        return sum(len(case.decisions) for case in self.cases)

    @property
    def sent(self) -> int:
        """How many notices went out."""
        return sum(each.sent_at is not None for case in self.cases for each in case.notices)


def gather(
    reader: Reader, incidents: Iterable[int], now: datetime, is_redacted: bool, work: Work
) -> Gathered:
    """Ask the register about these incidents; those on which nothing was decided or sent are left out."""
    found: list[Case] = []
    wanted = sorted(incidents)
    for start in range(0, len(wanted), _PAGE):
        work.step(WRITING)
        found += cases_of(reader, wanted[start : start + _PAGE]).values()
    told = [case for case in found if case.decisions or case.notices]
    told.sort(key=lambda case: ref_order(case.incident.ref))
    return Gathered(cases=told, now=now, is_redacted=is_redacted, vocabulary=reader.vocabulary)


def said(found: Gathered, t: Translator) -> str:
    """How much the sheet shows, in a sentence for the cover."""
    decisions = t.ngettext(*DECISIONS, found.decisions)
    notices = t.ngettext(*NOTICES, found.sent)
    return t.gettext(SAID).format(
        decisions=decisions.format(number=number_words(found.decisions)),
        notices=notices.format(number=number_words(found.sent)),
    )


def write(book: Book, sheet: Sheet, found: Gathered, places: Places) -> None:
    """Write the sheet."""
    gettext = book.front.t.gettext
    sheet.widths = list(_WIDTHS)
    sheet.begin([gettext(text) for text in HEADERS], [book.looks["quiet"]] * len(HEADERS))
    link, text = book.styles(text="link"), book.styles()
    sheet.columns = tuple(link if place in (0, 12) else text for place in range(len(HEADERS)))
    for case in found.cases:
        words = _Words(found, case, book.front.t)
        for decision, notice in _lines(case):
            if place := places.of(case.incident.id):
                sheet.raw.link(len(sheet.sums), 0, place)
            if notice and (place := places.of(notice.id)):
                sheet.raw.link(len(sheet.sums), 12, place)
            sheet.row(words.cells(decision, notice))
    sheet.finish_table(repeated=2, printed=len(HEADERS))


def _lines(case: Case) -> Iterator[tuple[Decision | None, Notice | None]]:
    """Each decision with its notices beside it, then the notices that no decision asked for."""
    left = list(case.notices)
    for decision in case.decisions:
        own = [each for each in left if decision.id in each.decision]
        left = [each for each in left if each not in own]
        yield decision, own[0] if own else None
        yield from ((None, each) for each in own[1:])
    yield from ((None, each) for each in left)


class _Words:
    """The lines of one incident in words."""

    def __init__(self, found: Gathered, case: Case, t: Translator) -> None:
        self._found, self._case, self._t = found, case, t
        self._board: Mapping[str, Row] = {row.rule.key: row for row in case.board(found.now)}

    def cells(self, decision: Decision | None, notice: Notice | None) -> tuple[Cell, ...]:
        """One line."""
        about = decision or notice
        assert about is not None
        incident = self._case.incident
        title = f"{DRILL} · {incident.title}" if incident.drill else incident.title
        rule = self._rule(decision, about.rule_key)
        addressee = notice.addressee if notice else ""
        return (
            incident.ref,
            self._own(title) or (DRILL if incident.drill else None),
            self._term("regime", about.regime),
            self._own(addressee) or self._term("notice_recipient", about.recipient),
            self._t.gettext(clock_words.BASES[rule.basis]) if rule else None,
            *self._decided(decision),
            *self._sent(notice, rule),
        )

    def _decided(self, decision: Decision | None) -> tuple[Cell, ...]:
        if decision is None:
            return (None,) * 7
        return (
            self._term("advice_outcome", decision.advice),
            self._term("decision_answer", decision.answer),
            self._own(decision.reason),
            self._own(decision.decided_by),
            local_cell(decision.decided_at),
            self._term("decided_how", decision.decided_how),
            self._here(decision.created_at),
        )

    def _sent(self, notice: Notice | None, rule: Rule | None) -> tuple[Cell, ...]:
        if notice is None:
            return (None,) * 7
        return (
            notice.ref,
            self._term("notice_phase", notice.phase),
            local_cell(notice.sent_at),
            self._elapsed(notice, rule),
            self._due(rule),
            self._own(notice.late_reason),
            self._own(notice.receipt),
        )

    def _elapsed(self, notice: Notice, rule: Rule | None) -> Cell:
        """From the start of the rule's time to the notice; that it was late is said where it was."""
        trigger = trigger_of(rule, self._case.moments) if rule else None
        if notice.sent_at is None or trigger is None or rule is None:
            return None
        span = clock_words.span(notice.sent_at.utc - trigger.utc, self._t)
        row = self._board.get(rule.key)
        is_first = self._case.moments.notices.get(rule.key) == notice.sent_at
        is_late = is_first and row is not None and row.clock.state == "met_late"
        return self._t.gettext(LATE).format(span=span) if is_late else span

    def _due(self, rule: Rule | None) -> Cell:
        trigger = trigger_of(rule, self._case.moments) if rule else None
        due = due_at(rule, trigger) if rule and trigger else None
        return local_cell(Instant.at(due, self._case.organisation.zone)) if due else None

    def _rule(self, decision: Decision | None, key: str) -> Rule | None:
        """As it was when it was decided, else as it is."""
        try:
            if decision and decision.rule_text:
                return rule_text.loads(decision.rule_text)
        except rule_text.NoRule:
            pass
        row = self._board.get(key)
        return row.rule if row else None

    def _here(self, at: Instant | None) -> Cell:
        """On the organisation's clocks."""
        return local_cell(Instant.at(at.utc, self._case.organisation.zone)) if at else None

    def _own(self, text: str) -> Cell:
        return None if self._found.is_redacted else clipped(text) or None

    def _term(self, name: str, key: str | None) -> Cell:
        if not key:
            return None
        return self._found.vocabulary.terms_of(name).label(key, self._t.language)


def local_cell(at: Instant | None) -> Cell:
    """What the clocks of its zone showed, to the second; of a day the day; text where Excel's calendar does not reach."""
    if at is None:
        return None
    local = at.local.replace(tzinfo=None, microsecond=0)
    day = day_cell(local.date())
    if at.precision in ("day", "month"):
        return day
    return local.isoformat(sep=" ") if isinstance(day, str) else local
