"""The sheet of the timeline: every moment of each incident, those people wrote down and those the journal tells.

Incidents of which nothing was written down, assessed, decided, sent or kept have no lines: their times are
on the sheet of incidents. An import leaves the sheet aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from riskreg import timeline_words
from riskreg.case_words import DRILL
from riskreg.cases import Case, cases_of
from riskreg.errors import N_
from riskreg.exchange.cells import clipped, ref_order
from riskreg.exchange.decisions_sheet import local_cell
from riskreg.exchange.packing import MOST_ROWS, Cell
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.ties import Places
from riskreg.formats import NO, YES, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Instant
from riskreg.timeline import Moment, timelines
from riskreg.views import Name, Reader
from riskreg.work import WRITING, Work

NAME: Final = N_("Timeline")
HEADERS: Final = (
    N_("Incident"), N_("When"), N_("Exact time"), N_("What"), N_("Reason or result"), N_("Who"),
    N_("Ref"), N_("In the summary"), N_("Recorded"), N_("Recorded by"), N_("Drill"),
)  # fmt: skip
SAID: Final = NN_("{number} moment", "{number} moments")
LEFT_OUT: Final = N_("(left out)")

_WIDTHS: Final = (13, 17, 34, 50, 44, 20, 14, 11, 17, 20, 14)
_PAGE: Final = 100
_WRITTEN: Final = frozenset({"entry"})
"""Moments whose line is what somebody wrote."""
_NAMING: Final = ("addressee", "rule")
"""What a moment is about in words that somebody wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sheet says, in memory.

    Attributes:
        told: Each incident with its moments, by ref.
        names: What the records are called that moments name.
        zone: The organisation's.
        is_redacted: Titles, free text and names are left out.
        vocabulary: The lists of choices.
    """

    told: Sequence[tuple[Case, Sequence[Moment]]]
    names: Mapping[int, Name]
    zone: str
    is_redacted: bool
    vocabulary: Vocabulary

    @property
    def moments(self) -> int:
        """How many there are."""
        return sum(len(moments) for _, moments in self.told)


def gather(reader: Reader, incidents: Iterable[int], is_redacted: bool, work: Work) -> Gathered:
    """Ask the register about these incidents."""
    told: list[tuple[Case, Sequence[Moment]]] = []
    wanted = sorted(incidents)
    for start in range(0, len(wanted), _PAGE):
        work.step(WRITING)
        cases = cases_of(reader, wanted[start : start + _PAGE]).values()
        page = [case for case in cases if _is_told(case)]
        moments = timelines(reader, page)
        told += [(case, moments[case.incident.id]) for case in page]
    told.sort(key=lambda each: ref_order(each[0].incident.ref))
    others = {id for _, moments in told for each in moments for id in each.others}
    return Gathered(
        told=told,
        names=reader.names(sorted(others)),
        zone=reader.organisation().zone,
        is_redacted=is_redacted,
        vocabulary=reader.vocabulary,
    )


def _is_told(case: Case) -> bool:
    return bool(case.entries or case.assessments or case.decisions or case.notices or case.evidence)


def said(found: Gathered, t: Translator) -> str:
    """How much the sheet shows, in a sentence for the cover."""
    number = found.moments
    return t.ngettext(*SAID, number).format(number=number_words(number))


def write(book: Book, sheet: Sheet, found: Gathered, places: Places) -> None:
    """Write the sheet."""
    t = book.front.t
    sheet.widths = list(_WIDTHS)
    sheet.begin([t.gettext(text) for text in HEADERS], [book.looks["quiet"]] * len(HEADERS))
    link, text = book.styles(text="link"), book.styles()
    sheet.columns = tuple(link if place in (0, 6) else text for place in range(len(HEADERS)))
    for case, moments in found.told:
        for moment in moments:
            if len(sheet.sums) == MOST_ROWS:
                break
            for column, id in ((0, case.incident.id), (6, moment.id)):
                if place := places.of(id):
                    sheet.raw.link(len(sheet.sums), column, place)
            sheet.row(_cells(found, case, moment, t))
    sheet.finish_table(repeated=2, printed=len(HEADERS))


def _cells(found: Gathered, case: Case, moment: Moment, t: Translator) -> tuple[Cell, ...]:
    is_redacted = found.is_redacted

    def own(text: str) -> Cell:
        return None if is_redacted else clipped(text) or None

    recorded = moment.recorded
    who = (recorded.actor.name or recorded.actor.account) if recorded else ""
    is_entry = moment.kind == "entry" and moment.what == "entry"
    return (
        case.incident.ref,
        local_cell(moment.at),
        str(moment.at),
        _what(found, moment, t),
        own("\n".join(timeline_words.below(moment, t))),
        own(moment.who),
        moment.ref,
        t.gettext(YES if moment.in_summary else NO) if is_entry else None,
        local_cell(Instant.at(recorded.at, found.zone)) if recorded else None,
        own(who),
        DRILL if case.incident.drill else None,
    )


def _plain(about: Mapping[str, str]) -> Mapping[str, str]:
    """Without whom a notice is for by name, and what a rule of the organisation's own is called."""
    return {key: text for key, text in about.items() if key not in _NAMING}


def _what(found: Gathered, moment: Moment, t: Translator) -> str:
    """The line of a moment; what somebody wrote and names are left out of a redacted one."""
    is_words = moment.what in _WRITTEN or (moment.what == "custody" and moment.field == "taken_in")
    if found.is_redacted and is_words:
        return t.gettext(LEFT_OUT)
    shown = replace(moment, about=_plain(moment.about)) if found.is_redacted else moment
    said = timeline_words.heading(shown, found.vocabulary, t, found.names)
    after = f" ({t.gettext(timeline_words.WITHDRAWN)})" if moment.is_withdrawn else ""
    return clipped(said + after)
