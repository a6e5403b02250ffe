"""The breaches of a year, or since a moment, in figures, with the PCPD's own figures of a year beside them (domain.md 2.2).

Near misses, drills and what was no breach are counted apart, and only there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg import clock_words
from riskreg.breach_figures import BreachFigures, Year, breach_figures
from riskreg.cases import cases_of
from riskreg.dates import day_words, month_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.values import zone_of
from riskreg.reports.asked import Asked, Told
from riskreg.reports.bars import bar_rows
from riskreg.reports.changes import moment_of
from riskreg.reports.figures import number_strip
from riskreg.reports.history import entries_after
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import CHUNK, GATHERING
from riskreg.reports.tables import table
from riskreg.reports.text import gap, words
from riskreg.rules.breach_statistics import Figures, Happened, Outcome, Span, figures, grouped
from riskreg.rules.compared import Net, net_changes
from riskreg.rules.counting import is_breach
from riskreg.rules.meaning import meant
from riskreg.views import Reader, View

VIEW: Final = N_("Incidents that came to light from {first} to {last}.")
FIGURES: Final = N_("In figures")
APART: Final = N_(
    "Near misses, drills and what was no breach are in no other figure of this report."
)
MONTHS: Final = N_("By month")
GROUPS: Final = N_("By the PCPD's groups")
KINDS: Final = N_("By kind of incident")
CAUSES: Final = N_("By cause")
TIMES: Final = N_("How long it took")
DEADLINES: Final = N_("Deadlines")
NO_DEADLINES: Final = N_("No notice of these breaches had a deadline in hours or days.")
PCPD: Final = N_("The PCPD's own figures")
OF_HONG_KONG: Final = N_("notified to it, all of Hong Kong")
HACKING: Final = N_("the PCPD in {year}: hacking {number} of {all}")
SINCE: Final = N_("Since entry {entry}")
NOT_SAID: Final = N_("not said")
UNVERIFIED: Final = N_("Unverified")
NONE: Final = N_("None")
OF_ALL: Final = N_("{number} of {all}")
BEFORE: Final = NN_(
    "In {year} there was {number} breach.", "In {year} there were {number} breaches."
)
PEOPLE_UNKNOWN: Final = NN_(
    "{number} breach does not say how many people.",
    "{number} breaches do not say how many people.",
)
OUTCOMES: Final[Mapping[Outcome, str]] = {
    "met": N_("In time"),
    "late": N_("Late"),
    "missed": N_("Missed"),
    "running": N_("Still running"),
    "waived": N_("Decided: none"),
}

_KINDS: Final = ("incident", "assessment", "decision", "notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    asked: Asked
    now: Figures
    before: Figures
    known: BreachFigures
    nets: Sequence[Net]


def tell(asked: Asked) -> Told:
    """The report of the calendar year, or of the days since `asked.since`; its pages never name a person."""
    found, t = _gather(asked), asked.t
    first, last = (day_words(day, t) for day in (found.now.first, found.now.last))
    story = [
        _overview(found),
        *([_since(found)] if asked.since is not None else []),
        bar_rows(t.gettext(MONTHS), [(month_words(month, t), number) for month, number in found.now.months.items()]),
        _by_group(found),
        _by_choice(found, KINDS, "category", found.now.categories),
        _by_choice(found, CAUSES, "cause", found.now.causes),
        _times(found),
        _deadlines(found),
        _pcpd(found),
    ]  # fmt: skip
    return Told(t.gettext(VIEW).format(first=first, last=last), story)


def _gather(asked: Asked) -> _Found:
    first, last = _period(asked)
    happened = list(_happened(asked))
    since = asked.since
    year = first.year - 1
    nets: Sequence[Net] = ()
    if since is not None:
        entries = entries_after(
            asked.reader, lambda entry: entry.seq <= since, asked.until, asked.work
        )
        breaches = {each.incident.id for each in happened if is_breach(each.incident)}
        nets = _of(
            breaches, asked.reader, [net for net in net_changes(entries) if net.kind in _KINDS]
        )
    return _Found(
        asked=asked,
        now=figures(happened, first, last, asked.zone),
        before=figures(happened, date(year, 1, 1), date(year, 12, 31), asked.zone),
        known=breach_figures(),
        nets=nets,
    )


def _of(incidents: Collection[int], reader: Reader, nets: Sequence[Net]) -> Sequence[Net]:
    """What happened to these incidents and to what belongs to one of them; what is gone belongs to none."""
    links = reader.links_of([net.id for net in nets if net.kind != "incident"])
    belonging = {
        id for id, by in links.items() if not by.get("incident", frozenset()).isdisjoint(incidents)
    }
    return [net for net in nets if net.id in belonging or net.id in incidents]


def _period(asked: Asked) -> tuple[date, date]:
    """The calendar year up to today, or the days between two moments of the history."""
    zone = zone_of(asked.zone)
    last = asked.today
    if asked.until is not None:
        last = moment_of(asked.reader, asked.until).astimezone(zone).date()
    first = last.replace(month=1, day=1)
    if asked.since is not None:
        first = moment_of(asked.reader, asked.since).astimezone(zone).date()
    return first, last


def _happened(asked: Asked) -> Iterator[Happened]:
    reader = asked.reader
    ids = reader.ids(View(kinds=("incident",)))
    for start in range(0, len(ids), CHUNK):
        asked.work.step(GATHERING, start, len(ids))
        for case in cases_of(reader, ids[start : start + CHUNK]).values():
            yield Happened(
                incident=meant(case.incident, reader.vocabulary),
                decisions=case.decisions,
                notices=case.notices,
                board=() if case.incident.drill else case.board(asked.now),
                now=asked.now,
            )


# Sections


def _overview(found: _Found) -> Rows:
    t, now = found.asked.t, found.now
    told = (
        (now.sorts["breach"], N_("Breaches")),
        (now.people, N_("People affected")),
        (now.authority, N_("Authority told")),
        (now.individuals, N_("People told")),
        (now.sorts["near_miss"], N_("Near misses")),
        (now.sorts["not_a_breach"], N_("Not a breach")),
        (now.sorts["drill"], N_("Drills")),
    )
    strip = number_strip([(number_words(number), t.gettext(name)) for number, name in told], WIDTH)
    notes = [t.gettext(APART)]
    if found.asked.since is None:
        said = t.ngettext(*BEFORE, found.before.breaches)
        number = number_words(found.before.breaches)
        notes.append(said.format(number=number, year=str(found.before.first.year)))
    if now.people_unknown:
        said = t.ngettext(*PEOPLE_UNKNOWN, now.people_unknown)
        notes.insert(0, said.format(number=number_words(now.people_unknown)))
    below = [
        piece
        for note in notes
        for piece in words(note, width=WIDTH, size=SMALL, colour=ink().muted)
    ]
    row = Row(columns=(Column(0, (*strip, gap(4), *below)),), above=2)
    return Rows([row], heading=[section_row(t.gettext(FIGURES))], above=4)


def _since(found: _Found) -> Rows:
    """What was recorded and done after the moment that the figures begin with."""
    t = found.asked.t
    new = {kind: sum(net.kind == kind and net.is_new for net in found.nets) for kind in _KINDS}
    sent = sum(net.kind == "notice" and bool(net.after.get("sent_at")) for net in found.nets)
    statuses = found.asked.reader.vocabulary.terms_of("incident_status")
    closed = sum(
        net.kind == "incident" and statuses.meaning(str(net.after.get("status"))) == "closed"
        for net in found.nets
    )
    told = (
        (new["incident"], N_("Incidents recorded")),
        (closed, N_("Incidents closed")),
        (new["assessment"], N_("Assessments")),
        (new["decision"], N_("Decisions")),
        (sent, N_("Notices sent")),
    )
    strip = number_strip([(number_words(number), t.gettext(name)) for number, name in told], WIDTH)
    title = t.gettext(SINCE).format(entry=number_words(found.asked.since or 0))
    return Rows([Row(columns=(Column(0, strip),), above=2)], heading=[section_row(title)], above=14)


def _by_group(found: _Found) -> Rows:
    t, known = found.asked.t, found.known
    counts = grouped(found.now.categories, known.group_of)
    lines = [(group.text.get(t.language), counts.get(group.key, 0)) for group in known.groups]
    if counts.get(None):
        lines.append((t.gettext(NOT_SAID), counts[None]))
    newest = known.years[-1]
    note = t.gettext(HACKING).format(
        year=newest.year, number=newest.hacking, all=newest.notifications
    )
    return bar_rows(t.gettext(GROUPS), lines, note if newest.hacking else "")


def _by_choice(found: _Found, title: str, key: str, counts: Mapping[str | None, int]) -> Rows:
    t = found.asked.t
    terms = found.asked.reader.vocabulary.terms_of(f"incident_{key}")
    order = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    lines = [
        (terms.label(choice, t.language) if choice else t.gettext(NOT_SAID), number)
        for choice, number in order
    ]
    return bar_rows(t.gettext(title), lines or [(t.gettext(NONE), 0)])


def _times(found: _Found) -> Rows:
    t = found.asked.t
    heads = (
        (0.0, t.gettext(N_("From aware to"))),
        (170.0, t.gettext(N_("Middle value"))),
        (270.0, t.gettext(N_("Longest"))),
        (360.0, t.gettext(N_("Known of"))),
    )
    rows = [
        (t.gettext(name), *_spans(found, span))
        for name, span in (
            (N_("Contained"), found.now.contained),
            (N_("First decision"), found.now.decided),
        )
    ]
    return table(t.gettext(TIMES), heads, rows)


def _spans(found: _Found, span: Span) -> tuple[str, str, str]:
    t = found.asked.t
    middle = clock_words.span(span.median, t) if span.median is not None else "–"
    longest = clock_words.span(span.longest, t) if span.longest is not None else "–"
    of_all = t.gettext(OF_ALL).format(
        number=number_words(span.number), all=number_words(found.now.breaches)
    )
    return middle, longest, of_all


def _deadlines(found: _Found) -> Rows:
    t, told = found.asked.t, found.now.deadlines
    if not sum(told.values()):
        row = Row(columns=(Column(0, words(t.gettext(NO_DEADLINES), width=WIDTH)),), above=2)
        return Rows([row], heading=[section_row(t.gettext(DEADLINES))], above=16)
    return bar_rows(
        t.gettext(DEADLINES), [(t.gettext(OUTCOMES[key]), number) for key, number in told.items()]
    )


def _pcpd(found: _Found) -> Rows:
    """Years of the PCPD, each with its source; what a source does not say is a dash."""
    t = found.asked.t
    heads = (
        (0.0, t.gettext(N_("Year"))),
        (40.0, t.gettext(N_("Notified"))),
        (92.0, t.gettext(N_("Public"))),
        (140.0, t.gettext(N_("Private"))),
        (188.0, t.gettext(N_("Hacking"))),
        (244.0, t.gettext(N_("Schools, non-profit"))),
        (320.0, t.gettext(N_("Source"))),
    )
    rows = [_year(found, each) for each in reversed(found.known.years)]
    return table(t.gettext(PCPD), heads, rows, note=t.gettext(OF_HONG_KONG))


def _year(found: _Found, year: Year) -> tuple[str, ...]:
    t = found.asked.t
    source = year.source.title
    if not year.is_verified:
        source = f"{source} · {t.gettext(UNVERIFIED)}"
    return (
        str(year.year),
        number_words(year.notifications),
        *(_known(number) for number in (year.public, year.private)),
        _part(year.hacking, year.notifications),
        _part(year.schools, year.notifications),
        source,
    )


def _known(number: int | None) -> str:
    return "–" if number is None else number_words(number)


def _part(number: int | None, of: int) -> str:
    return "–" if number is None else f"{number_words(number)} ({round(100 * number / of)} %)"
