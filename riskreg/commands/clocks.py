"""`clocks`: what runs for an incident, or for all that are open, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from riskreg import clock_words, rule_words
from riskreg.cases import Case, cases_of
from riskreg.commands.incidents import moment, say_drill, the_case
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Incident
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.records.values import zone_of
from riskreg.rules.board import Row
from riskreg.rules.meaning import meant
from riskreg.rules.next_step import is_followed, stage_of
from riskreg.rules.regimes import Rule
from riskreg.views import Reader, View

NONE_RUNS: Final = N_("No clock runs.")
UNVERIFIED: Final = N_("Unverified: from background knowledge, compare it with the law before you rely on it.")  # fmt: skip
MAY_APPLY: Final = N_("These may apply too, once their question is answered:")


def clocks(session: Session) -> int:
    """`clocks`: all clocks of one incident, or of every open one that is no drill, the most urgent first."""
    args, t = session.args, session.t
    with session.reading() as register:
        zone = register.organisation().zone
        now = moment(args.at, zone).utc
        found = [the_case(register, args.ref)] if args.ref else _open_cases(register)
        told = register.vocabulary
        rows = [(case, row) for case in found for row in _rows(case, now, told, bool(args.ref))]
        rows.sort(key=lambda each: _urgency(each[1]))
        if args.json:
            print_json([_row_json(case, row, told, t) for case, row in rows])
            return 0
        _print(found, rows, register, zone, t)
    return 0


def _open_cases(reader: Reader) -> list[Case]:
    """Every incident somebody still works on; drills are none, nor near misses of which nobody is told."""
    vocabulary = reader.vocabulary
    records = reader.records(reader.ids(View(kinds=("incident",))))
    real = {
        id: meant(each, vocabulary)
        for id, each in records.items()
        if isinstance(each, Incident) and not each.drill
    }
    maybe = [id for id, each in real.items() if stage_of(each) != "over"]
    return [
        case
        for id, case in cases_of(reader, maybe).items()
        if stage_of(real[id]) == "open" or is_followed(real[id], case.whole.standing)
    ]


def _rows(case: Case, now: datetime, vocabulary: Vocabulary, is_asked_for: bool) -> Iterator[Row]:
    """Its clocks; among those of others, of what is no breach only what somebody decided on."""
    is_breach = stage_of(meant(case.incident, vocabulary)) != "no_breach"
    for row in case.board(now):
        if is_asked_for or is_breach or row.clock.state != "not_applicable":
            yield row


def _urgency(row: Row) -> tuple[int, float]:
    """Open clocks with a deadline, open ones that count up, those that wait, the rest; each by its moment."""
    clock = row.clock
    if not clock.is_open or clock.trigger is None:
        return (2 if clock.state == "waiting" else 3, 0.0)
    return (0 if clock.due_at else 1, (clock.due_at or clock.trigger.utc).timestamp())


def _print(
    found: Sequence[Case],
    rows: Sequence[tuple[Case, Row]],
    reader: Reader,
    zone: str,
    t: Translator,
) -> None:
    """Those that apply with what was said of them, then those that may, with what is asked."""
    for case in found:
        say_drill(case)
    if not rows:
        say(t.gettext(NONE_RUNS))
        return
    sure = [each for each in rows if each[1].verdict.applies != "ask"]
    asked = [each for each in rows if each[1].verdict.applies == "ask"]
    if sure:
        labels = (N_("Ref"), N_("Rule"), N_("To whom"), N_("How it stands"), N_("Due"))
        lines = (_line(case, row, zone, reader.vocabulary, t) for case, row in sure)
        print_table([t.gettext(label) for label in labels], lines)
    if asked:
        if sure:
            say()
        say(t.gettext(MAY_APPLY))
        labels = (N_("Ref"), N_("Rule"), N_("How it stands"), N_("Due"), N_("Why"))
        print_table([t.gettext(label) for label in labels], _asked(asked, zone, reader, t))
    _print_notes([row for _, row in rows], t)


def _asked(
    rows: Sequence[tuple[Case, Row]], zone: str, reader: Reader, t: Translator
) -> Iterator[tuple[str, ...]]:
    for case, row in rows:
        ref, rule, _, stands, due = _line(case, row, zone, reader.vocabulary, t)
        open_ = [each for each in row.verdict.reasons if each.holds is None]
        why = (rule_words.condition(each, reader.vocabulary, t) for each in open_)
        yield ref, rule, stands, due, " ".join(why)


def _print_notes(rows: Sequence[Row], t: Translator) -> None:
    notes = [t.gettext(clock_words.NOTES[note]) for row in rows for note in row.clock.notes]
    if any(row.rule.verified == "unverified" for row in rows):
        notes.append(f"* {t.gettext(UNVERIFIED)}")
    if notes:
        say()
    for note in dict.fromkeys(notes):
        say(note)


def _line(
    case: Case, row: Row, zone: str, vocabulary: Vocabulary, t: Translator
) -> tuple[str, ...]:
    rule, clock = row.rule, row.clock
    mark = " *" if rule.verified == "unverified" else ""
    stands = clock_words.short(clock, t)
    if said := _said(case, row):
        stands = f"{stands}: {said}"
    return (
        case.incident.ref,
        rule_words.title(rule, t) + mark,
        recipient_words(rule, vocabulary, t),
        stands,
        clock_words.due_words(clock.due_at, zone, t) if clock.due_at else "",
    )


def recipient_words(rule: Rule, vocabulary: Vocabulary, t: Translator) -> str:
    """Who is told: by name where there is one."""
    if rule.addressee:
        return rule.addressee.get(t.language)
    return vocabulary.terms_of("notice_recipient").label(rule.recipient, t.language)


def _said(case: Case, row: Row) -> str:
    """Why nobody is told, or why it was late."""
    said = case.said.get(row.rule.key)
    if row.clock.state == "waived" and said and said.waived:
        return said.waived.reason
    return said.late_reason if row.clock.state == "met_late" and said else ""


def _reason(case: Case, row: Row, vocabulary: Vocabulary, t: Translator) -> str:
    """What somebody said of it; else from which facts it applies."""
    return _said(case, row) or " ".join(rule_words.because(row.verdict, vocabulary, t))


def _row_json(case: Case, row: Row, vocabulary: Vocabulary, t: Translator) -> Json:
    clock, rule = row.clock, row.rule
    trigger = clock.trigger
    return {
        "ref": case.incident.ref,
        "regime": rule.regime,
        "rule": rule.key,
        "recipient": rule.recipient,
        "trigger": rule.trigger,
        "trigger_at": trigger.local.isoformat() if trigger else None,
        "due_at": _iso(clock.due_at, rule.zone),
        "state": clock.state,
        "reason": _reason(case, row, vocabulary, t),
        "applies": row.verdict.applies,
        "verified": rule.verified,
        "drill": bool(case.incident.drill),
    }


def _iso(at: datetime | None, zone: str) -> str | None:
    """A deadline on the clocks of its regulator, with the offset."""
    return at.astimezone(zone_of(zone)).isoformat() if at else None
