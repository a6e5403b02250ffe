"""What stands behind an incident and what follows from it, on paper: evidence, tasks, the risks it came from, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg import clock_words
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.past_scores import ScoreHistory
from riskreg.records import Evidence, Risk, Task
from riskreg.records.values import zone_of
from riskreg.reports.breach import Breach, checksum, moment, rule_title
from riskreg.reports.entries import note, said_under
from riskreg.reports.ink import ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import continued, label_of, told
from riskreg.reports.text import Piece, words
from riskreg.rules.assessed import severity_of
from riskreg.rules.corrected import is_finished
from riskreg.rules.meaning import meaning_of, meant
from riskreg.rules.next_step import undecided
from riskreg.rules.score_history import moves
from riskreg.rules.standing import went_out
from riskreg.score_words import point_words

EVIDENCE: Final = N_("Evidence")
FILES: Final = NN_("{number} file", "{number} files")
NO_EVIDENCE: Final = N_("No file is kept as evidence of it.")
TASKS: Final = N_("Tasks")
NO_TASKS: Final = N_("No task follows from it.")
RISKS: Final = N_("Risks that came true")
NO_RISKS: Final = N_("No risk is named that came true.")
SINCE: Final = N_("Scored again since")
NOT_AGAIN: Final = N_("It was not scored again since.")
MOVED: Final = N_("{day}: {was} → {now}")
OPEN: Final = N_("Open points")
POINTS: Final = NN_("{number} point", "{number} points")
NOTHING_OPEN: Final = N_("Nothing is open.")

_LEFT: Final = 84.0
_BODY: Final = WIDTH - _LEFT
_MOMENTS: Final = ("occurred_from_at", "discovered_at", "aware_at", "contained_at")


def evidence_rows(found: Breach) -> Rows:
    """Every file with its checksum."""
    t, files = found.speech.t, found.case.evidence
    if not files:
        return said_under(t.gettext(EVIDENCE), t.gettext(NO_EVIDENCE))
    count = t.ngettext(*FILES, len(files)).format(number=number_words(len(files)))
    rows = (_file(found, each, place > 0) for place, each in enumerate(files))
    return Rows(rows, heading=[section_row(t.gettext(EVIDENCE), count)], above=14)


def _file(found: Breach, file: Evidence, is_ruled: bool) -> Row:
    keys = ("file_name", "file_size", "sha256", "received_on", "received_from", "description")
    body = [piece for key in keys for piece in _line(found, file, key)]
    recorded = [
        each.recorded for each in found.moments if each.id == file.id and each.field == "taken_in"
    ]
    if recorded and recorded[0]:
        label = found.speech.t.gettext(N_("In the history"))
        body += told(label, found.recorded_words(file.id), _BODY, ink().muted)
    return _row(found, file.ref, file.title, body, is_ruled)


def task_rows(found: Breach) -> Rows:
    """Every task, with how it was done and who verified it."""
    t, tasks = found.speech.t, found.case.tasks
    if not tasks:
        return said_under(t.gettext(TASKS), t.gettext(NO_TASKS))
    rows = (_task(found, each, place > 0) for place, each in enumerate(tasks))
    return Rows(rows, heading=[section_row(t.gettext(TASKS))], above=14)


def _task(found: Breach, task: Task, is_ruled: bool) -> Row:
    keys = [
        "status",
        "owner",
        "target_at",
        "due_on",
        "description",
        "done_on",
        "done_by",
        "outcome",
    ]
    keys += ["verified_on", "verified_by", "verification_method", "verification_result"]
    body = [piece for key in keys for piece in _line(found, task, key)]
    return _row(found, task.ref, task.title, body, is_ruled)


def risk_rows(found: Breach) -> Rows:
    """The risks that came true, and how they were scored since."""
    t = found.speech.t
    if not found.risks:
        return said_under(t.gettext(RISKS), t.gettext(NO_RISKS))
    rows = (
        _risk(found, risk, scores, place > 0) for place, (risk, scores) in enumerate(found.risks)
    )
    return Rows(rows, heading=[section_row(t.gettext(RISKS))], above=14)


def _risk(found: Breach, risk: Risk, scores: ScoreHistory, is_ruled: bool) -> Row:
    speech = found.speech.scored_by(risk.scored_by)
    body: list[Piece] = []
    for key in ("residual_score", "residual_level", "treatment"):
        said = speech.value("risk", key, risk.get(key))
        body += told(label_of(speech.t, "risk", key), said, _BODY)
    since = list(_rescored(found, scores))
    label = speech.t.gettext(SINCE)
    body += told(label, "\n".join(since) or speech.t.gettext(NOT_AGAIN), _BODY)
    return _row(found, risk.ref, risk.title, body, is_ruled)


def _rescored(found: Breach, scores: ScoreHistory) -> Iterator[str]:
    """Each change of the residual score after the incident came to light."""
    speech, incident = found.speech, found.incident
    start = incident.aware_at or incident.discovered_at or incident.created_at
    for move in moves(scores.found):
        if move.was is None or move.now.stage != "residual":
            continue
        if start is None or move.now.at > start.utc:
            day = day_words(move.now.at.astimezone(zone_of(speech.zone)).date(), speech.t)
            was, now = (
                point_words(each, speech.t, speech.vocabulary) for each in (move.was, move.now)
            )
            yield speech.t.gettext(MOVED).format(day=day, was=was, now=now)


# What is open


def open_rows(found: Breach) -> Rows:
    """What is still to be decided, sent, done, verified or found out."""
    t, points = found.speech.t, list(open_points(found))
    if not points:
        return said_under(t.gettext(OPEN), t.gettext(NOTHING_OPEN))
    count = t.ngettext(*POINTS, len(points)).format(number=number_words(len(points)))
    rows = [Row(columns=(Column(0, note(text, WIDTH)),), above=1) for text in points]
    return Rows(rows, heading=[section_row(t.gettext(OPEN), count)], above=14)


def open_points(found: Breach) -> Iterator[str]:
    """Each in a line, the most pressing first."""
    yield from _undecided(found)
    yield from _unsent(found)
    yield from _unknown(found)
    yield from _undone(found)


def _undecided(found: Breach) -> Iterator[str]:
    t = found.speech.t
    for row in undecided(found.board, found.case.whole.standing):
        pattern = t.gettext(N_("No decision yet: {rule} ({clock})"))
        title = rule_title(row.rule, found.speech)
        yield pattern.format(rule=title, clock=clock_words.short(row.clock, t))
    for each in found.case.standing.values():
        if each.answer == "not_yet":
            pattern = t.gettext(N_("Decide again {moment}: {rule}"))
            at = moment(each.decide_again_at, found.speech)
            yield pattern.format(moment=at, rule=found.rule_words(each))


def _unsent(found: Breach) -> Iterator[str]:
    t, every = found.speech.t, found.case.whole.notices
    sent = {each.rule_key for each in every if went_out(each, found.now)}
    for key, each in found.case.standing.items():
        if each.answer == "yes" and key not in sent:
            yield t.gettext(N_("Decided, not sent: {rule}")).format(rule=found.rule_words(each))
    for notice in found.case.notices:
        if not went_out(notice, found.now):
            yield t.gettext(N_("Prepared, not sent: {ref} {title}")).format(
                ref=notice.ref, title=notice.title
            )
    for row in found.board:
        if row.clock.needs_reason:
            pattern = t.gettext(N_("Sent late without a reason: {rule}"))
            yield pattern.format(rule=rule_title(row.rule, found.speech))


def _unknown(found: Breach) -> Iterator[str]:
    t, incident, newest = found.speech.t, found.incident, found.case.assessment
    for key in _MOMENTS:
        if incident.get(key) is None:
            yield t.gettext(N_("Not known: {field}")).format(field=t.label("incident", key))
    if newest is None:
        yield t.gettext(N_("Not assessed"))
    elif severity_of(newest).missing:
        yield t.gettext(N_("Answers are missing for the sum of the assessment"))
    is_closed = meaning_of(found.speech.vocabulary, "incident_status", incident.status) == "closed"
    if is_closed and not incident.root_cause.strip():
        yield t.gettext(N_("Closed without a root cause"))
    if is_closed and incident.reviewed_on is None:
        yield t.gettext(N_("Closed without a review"))


def _undone(found: Breach) -> Iterator[str]:
    t = found.speech.t
    for task in (meant(each, found.speech.vocabulary) for each in found.case.tasks):
        named = {"ref": task.ref, "title": task.title}
        if is_finished(task):
            continue
        if task.status == "done":
            yield t.gettext(N_("To verify: {ref} {title}")).format(**named)
        else:
            yield t.gettext(N_("To do: {ref} {title}")).format(**named)


# Parts


def _line(found: Breach, record: Evidence | Task, key: str) -> tuple[Piece, ...]:
    said = found.say(record.kind, key, record.get(key))
    said = checksum(said) if key == "sha256" else said
    return told(label_of(found.speech.t, record.kind, key), said, _BODY)


def _row(found: Breach, ref: str, title: str, body: list[Piece], is_ruled: bool) -> Row:
    return Row(
        columns=(
            Column(0, words(ref, width=_LEFT - 6, bold=True)),
            Column(_LEFT, (*words(title, width=_BODY, bold=True, after=2), *body)),
        ),
        above=8 if is_ruled else 2,
        below=3,
        is_ruled=is_ruled,
        again=continued(ref, _LEFT, found.speech.t),
        bookmark=(1, f"{ref} {title}"[:120]),
    )
