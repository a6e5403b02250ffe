"""The dossier of an incident: what happened and when, how bad it could be, what was decided and why, what was sent, what is open.

What stands in an authority's file about a breach, GDPR article 33(5) and the PCPD's step 5 (domain.md 5.1, 5.6).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from riskreg import clock_words
from riskreg.errors import N_
from riskreg.formats import count_words, number_words
from riskreg.reports.asked import Asked, Told
from riskreg.reports.breach import Breach, gather
from riskreg.reports.breach_after import evidence_rows, open_rows, risk_rows, task_rows
from riskreg.reports.breach_assessed import assessment_rows
from riskreg.reports.breach_course import clock_rows, timeline_rows
from riskreg.reports.breach_decided import decision_rows, notice_rows
from riskreg.reports.figures import number_strip
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.record import fact_rows
from riskreg.reports.text import words

VIEW: Final = N_("Dossier: everything that the register holds about this incident.")
BRIEF: Final = N_("In brief")
FACTS: Final = N_("What is known")
TIES: Final = N_("Who and what it concerns")
PEOPLE: Final = N_("People affected")
CONTAINED: Final = N_("From aware to contained")
DECISIONS: Final = N_("Decisions")
NOTICES: Final = N_("Notices sent")
UNKNOWN: Final = "–"

_TIES: Final = ("lead", "contact", "processors", "partners", "assets", "actions")
_LEFT: Final = 140.0


def tell(asked: Asked) -> Told:
    """The report; raises `Expected`: `ref` is empty ("which_record") or names no incident ("no_record")."""
    found = gather(asked)
    incident, t = found.incident, asked.t
    story = [
        _brief(found),
        fact_rows(incident, found.speech, t.gettext(FACTS), above=14),
        *_ties(found),
        timeline_rows(found),
        clock_rows(found),
        assessment_rows(found),
        decision_rows(found),
        notice_rows(found),
        evidence_rows(found),
        task_rows(found),
        risk_rows(found),
        open_rows(found),
    ]
    title = f"{incident.ref} {incident.title}"
    return Told(t.gettext(VIEW), story, title, is_drill=bool(incident.drill))


def _brief(found: Breach) -> Rows:
    t, incident, case = found.speech.t, found.incident, found.case
    severity = found.say("incident", "severity", incident.severity) or UNKNOWN
    people = count_words(incident.people_count, t) if incident.people_count else UNKNOWN
    sent = sum(each.sent_at is not None for each in case.notices)
    figures = [
        (severity, t.label("incident", "severity")),
        (people, t.gettext(PEOPLE)),
        (_contained(found), t.gettext(CONTAINED)),
        (number_words(len(case.decisions)), t.gettext(DECISIONS)),
        (number_words(sent), t.gettext(NOTICES)),
    ]
    row = Row(columns=(Column(0, number_strip(figures, WIDTH)),), above=2)
    return Rows([row], heading=[section_row(t.gettext(BRIEF))], above=4)


def _contained(found: Breach) -> str:
    incident = found.incident
    if incident.aware_at is None or incident.contained_at is None:
        return UNKNOWN
    taken = max(incident.contained_at.utc - incident.aware_at.utc, timedelta())
    return clock_words.span(taken, found.speech.t)


def _ties(found: Breach) -> list[Rows]:
    """Who and what it concerns, each by ref and title."""
    t, incident = found.speech.t, found.incident
    rows = [
        Row(
            columns=(
                Column(0, words(t.label("incident", key), width=_LEFT - 8, size=SMALL, colour=ink().muted)),
                Column(_LEFT, words(said, width=WIDTH - _LEFT, size=SMALL)),
            ),
            above=2,
        )
        for key in _TIES
        if (said := found.say("incident", key, incident.get(key)))
    ]  # fmt: skip
    return [Rows(rows, heading=[section_row(t.gettext(TIES))], above=14)] if rows else []
