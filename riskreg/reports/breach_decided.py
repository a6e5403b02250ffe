"""Decisions and notices of an incident on paper: what was advised, what a person decided and why, what was sent, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Decision, Notice
from riskreg.reports.breach import Breach, basis_words, checksum, moment, rule_of
from riskreg.reports.breach_assessed import recorded_label
from riskreg.reports.entries import said_under
from riskreg.reports.figures import Shape, marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import continued, label_of, told
from riskreg.reports.text import Piece, gap, words

DECISIONS: Final = N_("Decisions")
MADE: Final = NN_("{number} decision", "{number} decisions")
NONE_MADE: Final = N_("Nothing was decided yet.")
REPLACED: Final = N_("A later decision stands in its place.")
NOTICES: Final = N_("Notices")
SENT: Final = NN_("{number} of {all} sent", "{number} of {all} sent")
NO_NOTICES: Final = N_("No notice was prepared.")
NOT_SENT: Final = N_("Not sent")
BY_AT: Final = N_("{who}, {moment}")
TEXT: Final = N_("Text as it was sent:")
WHY: Final = N_("Reasons of the advice")

_LEFT: Final = 84.0
_BODY: Final = WIDTH - _LEFT
_SHAPES: Final[dict[str | None, Shape]] = {"yes": "full", "no": "dash", "not_yet": "half"}


def decision_rows(found: Breach) -> Rows:
    """Every decision in the order in which they were made."""
    t, made = found.speech.t, found.case.decisions
    if not made:
        return said_under(t.gettext(DECISIONS), found.none("decisions", NONE_MADE))
    note = t.ngettext(*MADE, len(made)).format(number=number_words(len(made)))
    rows = (_decision(found, each, place > 0) for place, each in enumerate(made))
    return Rows(rows, heading=[section_row(t.gettext(DECISIONS), note)], above=14)


def answer_pieces(found: Breach, decision: Decision, width: float) -> tuple[Piece, ...]:
    """What was decided, behind a mark."""
    is_open = decision.answer == "not_yet"
    colour = ink().moderate if is_open else ink().text
    said = found.say("decision", "answer", decision.answer)
    shape = _SHAPES.get(decision.answer, "ring")
    return marked(shape, colour, said, width=width, size=SMALL, bold=True, text=colour)


def advice_lines(found: Breach, decision: Decision) -> tuple[str, str]:
    """What was advised when it was decided, and why; both "" where nothing was kept."""
    said = found.say("decision", "advice", decision.advice)
    return said, found.say("decision", "advice_reasons", decision.advice_reasons)


def decided_words(found: Breach, decision: Decision) -> str:
    """Who decided, and when: `K. Chan, Fri 20 Nov 2026, 19:20 (Hong Kong)`."""
    return _by(found, decision.decided_by, decision.decided_at)


def _decision(found: Breach, decision: Decision, is_ruled: bool) -> Row:
    left = (
        *words(decision.ref, width=_LEFT - 6, bold=True, after=1),
        *answer_pieces(found, decision, _LEFT - 6),
    )
    title = found.rule_words(decision)
    return Row(
        columns=(Column(0, left), Column(_LEFT, tuple(_decided(found, decision, title)))),
        above=10 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(decision.ref, _LEFT, found.speech.t),
        bookmark=(1, f"{decision.ref} {title}"[:120]),
    )


def _decided(found: Breach, decision: Decision, title: str) -> Iterator[Piece]:
    speech = found.speech
    t, rule = speech.t, rule_of(decision)
    stands = found.case.standing.get(decision.rule_key)
    yield from words(title, width=_BODY, bold=True, after=2)
    if decision.rule_key and stands is not decision:
        yield from words(t.gettext(REPLACED), width=_BODY, size=SMALL, colour=ink().muted, after=2)
    advice, why = advice_lines(found, decision)
    yield from told(_label(found, "reason"), decision.reason, _BODY)
    yield from told(_label(found, "decided_by"), decided_words(found, decision), _BODY)
    how = found.say("decision", "decided_how", decision.decided_how)
    yield from told(_label(found, "decided_how"), how, _BODY)
    yield from told(recorded_label(found), found.recorded_words(decision.id), _BODY, ink().muted)
    for key in ("decide_again_at", "exemption", "rule_due_at"):
        yield from told(_label(found, key), found.say("decision", key, decision.get(key)), _BODY)
    basis = basis_words(rule, speech, decision.legal_basis) if rule else decision.legal_basis
    yield from told(_label(found, "legal_basis"), basis, _BODY)
    yield from told(_label(found, "advice"), advice, _BODY)
    yield from told(t.gettext(WHY), why, _BODY, ink().muted)
    yield from told(_label(found, "assessment"), speech.links(decision.assessment), _BODY)
    yield from told(_label(found, "notes"), decision.notes, _BODY)


def _label(found: Breach, key: str, kind: str = "decision") -> str:
    return label_of(found.speech.t, kind, key)


# Notices


def notice_rows(found: Breach) -> Rows:
    """Every notice with its text as sent."""
    t, notices = found.speech.t, found.case.notices
    if not notices:
        return said_under(t.gettext(NOTICES), found.none("notices", NO_NOTICES))
    sent = sum(each.sent_at is not None for each in notices)
    note = t.ngettext(*SENT, sent).format(number=number_words(sent), all=number_words(len(notices)))
    rows = (_notice(found, each, place > 0) for place, each in enumerate(notices))
    return Rows(rows, heading=[section_row(t.gettext(NOTICES), note)], above=14)


def _notice(found: Breach, notice: Notice, is_ruled: bool) -> Row:
    phase = found.say("notice", "phase", notice.phase)
    left = (
        *words(notice.ref, width=_LEFT - 6, bold=True, after=1),
        *words(phase, width=_LEFT - 6, size=SMALL, colour=ink().muted),
    )
    return Row(
        columns=(Column(0, left), Column(_LEFT, tuple(_told_of(found, notice)))),
        above=10 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(notice.ref, _LEFT, found.speech.t),
        bookmark=(1, f"{notice.ref} {notice.title}"[:120]),
    )


def _told_of(found: Breach, notice: Notice) -> Iterator[Piece]:
    t = found.speech.t
    yield from words(notice.title, width=_BODY, bold=True, after=2)
    for key in ("regime", "recipient", "addressee", "to_party", "channel", "text_language"):
        yield from _line(found, notice, key)
    for label, who, at in (
        (N_("Prepared"), notice.prepared_by, notice.prepared_at),
        (N_("Approved"), notice.approved_by, notice.approved_at),
        (N_("Sent"), notice.sent_by, notice.sent_at),
    ):
        yield from told(t.gettext(label), _by(found, who, at), _BODY)
    if notice.sent_at is None:
        yield from told(t.gettext(N_("Sent")), t.gettext(NOT_SENT), _BODY, ink().high, bold=True)
    yield from told(recorded_label(found), found.recorded_words(notice.id), _BODY, ink().muted)
    for key in (
        "planned_at", "people_told", "not_told_reason", "late_reason", "receipt", "reply",
        "replied_at", "next_due_at", "text_sha256",
    ):  # fmt: skip
        yield from _line(found, notice, key)
    if notice.text.strip():
        yield gap(3)
        yield from words(t.gettext(TEXT), width=_BODY, size=SMALL, colour=ink().muted)
        first, *rest = words(notice.text, width=_BODY, size=SMALL, indent=8)
        yield from (first._replace(joined=True), *rest)


def _line(found: Breach, notice: Notice, key: str) -> Iterator[Piece]:
    said = found.say("notice", key, notice.get(key))
    said = checksum(said) if key == "text_sha256" else said
    yield from told(_label(found, key, "notice"), said, _BODY)


def _by(found: Breach, who: str, at: object) -> str:
    when = moment(at, found.speech)
    if who and when:
        return found.speech.t.gettext(BY_AT).format(who=who, moment=when)
    return who or when
