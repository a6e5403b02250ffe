"""Why we told, or did not tell: one page an incident, for the file and for whoever asks years later (GDPR article 33(5), domain.md 5.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from riskreg import clock_words
from riskreg.errors import N_
from riskreg.formats import count_words, number_words, sentences
from riskreg.i18n import NN_
from riskreg.records import Decision
from riskreg.reports.asked import Asked, Told
from riskreg.reports.breach import (
    Breach,
    basis_words,
    decided,
    gather,
    gather_all,
    moment,
    rule_of,
    rule_title,
)
from riskreg.reports.breach_assessed import sum_words
from riskreg.reports.breach_decided import advice_lines, answer_pieces, decided_words
from riskreg.reports.entries import said_under
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row
from riskreg.reports.one_page import OnePage, cut
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import NAMED, told
from riskreg.reports.text import Piece, gap, words
from riskreg.rules.assessed import severity_of
from riskreg.rules.next_step import undecided

ONE: Final = N_("Why it was told or not told: {ref}.")
ALL: Final = NN_(
    "The {number} incident on which something was decided.",
    "All {number} incidents on which something was decided, the newest first, a page each.",
)
NONE: Final = N_("Nothing was decided on any incident yet.")
KNOWN: Final = N_("What was known")
DECIDED: Final = N_("What was decided, and why")
UNDECIDED: Final = N_("Not decided yet")
NOTHING: Final = N_("Nothing was decided yet.")
SENT: Final = N_("Sent")
NOT_SENT: Final = N_("Not sent")
FOOT: Final = N_(
    "Advice is the program's, the decision is a person's. The record holds every word; here texts may be cut."
)
SIGNED: Final = N_("Seen by, on:")

_LEFT: Final = 84.0
_BODY: Final = WIDTH - _LEFT
_CUTS: Final = (12, 6, 4, 3, 2, 1)
"""Lines of a reason, from the fullest version of the page to the shortest."""
_MOMENTS: Final = ("occurred_from_at", "discovered_at", "aware_at", "contained_at")


def tell(asked: Asked) -> Told:
    """The report of one incident, or of each on which something was decided; raises `Expected` ("no_record")."""
    t = asked.t
    if asked.ref:
        found = gather(asked)
        view = t.gettext(ONE).format(ref=found.incident.ref)
        return Told(view, [_page(found)], is_drill=bool(found.incident.drill))
    pages = [
        each for each in gather_all(asked, decided(asked)).values()
        if each.case.decisions and not each.incident.drill
    ]  # fmt: skip
    if not pages:
        return Told("", [said_under(t.gettext(DECIDED), t.gettext(NONE))])
    story: list[Flowable] = []
    for place, found in enumerate(pages):
        story += [PageBreak()] if place else []
        story.append(_page(found))
    number = len(pages)
    return Told(t.ngettext(*ALL, number).format(number=number_words(number)), story)


def _page(found: Breach) -> OnePage:
    return OnePage([_version(found, lines) for lines in _CUTS], _foot(found))


def _version(found: Breach, lines: int) -> Callable[[], Sequence[Row]]:
    return lambda: tuple(_rows(found, lines))


def _rows(found: Breach, lines: int) -> Iterator[Row]:
    t, incident = found.speech.t, found.incident
    title = words(f"{incident.ref} {incident.title}", width=WIDTH, bold=True)
    yield Row(
        columns=(Column(0, title),), below=2, bookmark=(0, f"{incident.ref} {incident.title}")
    )
    yield section_row(t.gettext(KNOWN))
    yield Row(columns=(Column(0, tuple(_known(found, lines))),), above=2, below=6)
    yield section_row(t.gettext(DECIDED))
    standing = list(found.case.standing.values())
    if not standing:
        said = found.none("decisions", NOTHING)
        yield Row(columns=(Column(0, words(said, width=WIDTH)),), above=2)
    for place, each in enumerate(standing):
        yield _decision(found, each, lines, is_ruled=place > 0)
    rest = undecided(found.board, found.case.whole.standing)
    if rest:
        yield Row(columns=section_row(t.gettext(UNDECIDED)).columns, above=8)
        for row in rest:
            said = f"{rule_title(row.rule, found.speech)} · {clock_words.short(row.clock, t)}"
            yield Row(columns=(Column(0, words(said, width=WIDTH, size=SMALL)),), above=1)


def _known(found: Breach, lines: int) -> Iterator[Piece]:
    t, incident = found.speech.t, found.incident
    if said := incident.narrative.strip():
        text = cut(said, width=WIDTH, size=SMALL, lines=min(lines, 4))
        yield from (*words(text, width=WIDTH, size=SMALL), gap(3))
    for key in _MOMENTS:
        at = moment(incident.get(key), found.speech)
        yield from told(t.label("incident", key), at or "–", WIDTH)
    people = count_words(incident.people_count, t) if incident.people_count else "–"
    yield from told(t.label("incident", "people_count"), people, WIDTH)
    places = found.say("incident", "people_live_in", incident.people_live_in)
    yield from told(t.label("incident", "people_live_in"), places, WIDTH)
    if newest := found.case.assessment:
        severity = severity_of(newest)
        band = found.say("assessment", "severity_band", severity.band)
        said = " · ".join(filter(None, (band, sum_words(severity, found), newest.ref)))
        yield from told(t.label("incident", "severity"), said, WIDTH)


def _decision(found: Breach, decision: Decision, lines: int, *, is_ruled: bool) -> Row:
    speech, t = found.speech, found.speech.t
    rule = rule_of(decision)
    head = found.rule_words(decision)
    basis = basis_words(rule, speech, decision.legal_basis) if rule else decision.legal_basis
    reason = cut(decision.reason, width=_BODY, size=SMALL, lines=lines)
    body = [
        *words(head, width=_BODY, size=SMALL, bold=True),
        *words(reason, width=_BODY, size=SMALL),
        *words(
            " · ".join(filter(None, _quiet(found, decision, basis))),
            width=_BODY, size=SMALL, colour=ink().muted,
        ),
    ]  # fmt: skip
    if lines > 1:
        advice, reasons = advice_lines(found, decision)
        why = sentences(t, *reasons.splitlines())
        told_so = t.gettext(NAMED).format(
            field=t.label("decision", "advice"), value=" – ".join(filter(None, (advice, why)))
        )
        text = cut(told_so, width=_BODY, size=SMALL, lines=min(lines, 3))
        body += words(text, width=_BODY, size=SMALL, colour=ink().muted)
    left = (
        *answer_pieces(found, decision, _LEFT - 6),
        *words(decision.ref, width=_LEFT - 6, size=SMALL, colour=ink().muted),
    )
    above = 6 if is_ruled else 2
    return Row(
        columns=(Column(0, left), Column(_LEFT, body)), above=above, below=2, is_ruled=is_ruled
    )


def _quiet(found: Breach, decision: Decision, basis: str) -> Iterator[str]:
    """By whom and when, how, on what basis, until when it is put off, and what was sent."""
    speech, t = found.speech, found.speech.t
    yield decided_words(found, decision)
    yield found.say("decision", "decided_how", decision.decided_how)
    yield basis
    yield found.say("decision", "exemption", decision.exemption)
    if again := moment(decision.decide_again_at, speech):
        label = t.label("decision", "decide_again_at")
        yield t.gettext(NAMED).format(field=label, value=again)
    sent = [
        each for each in found.case.notices if each.rule_key == decision.rule_key and each.sent_at
    ]
    for each in sent[:1]:
        said = t.gettext(NAMED).format(field=t.gettext(SENT), value=moment(each.sent_at, speech))
        yield f"{said} · {each.ref}"
    if decision.answer == "yes" and not sent:
        yield t.gettext(NOT_SENT)


def _foot(found: Breach) -> Row:
    t = found.speech.t
    note = words(t.gettext(FOOT), width=WIDTH * 0.62, size=SMALL, colour=ink().muted)
    sign = words(t.gettext(SIGNED), width=WIDTH * 0.34, size=SMALL, colour=ink().muted)
    return Row(
        columns=(Column(0, note), Column(WIDTH * 0.66, sign)), above=10, below=6, is_ruled=True
    )
