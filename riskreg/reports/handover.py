"""What somebody who takes over has to know: what is open, what was promised, whom to call, where the evidence is; signed by both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Final, cast

from riskreg.catalogue import policy_actions
from riskreg.coming import Item, coming
from riskreg.dates import day_words
from riskreg.errors import N_, Expected
from riskreg.formats import format_value, listed, number_words
from riskreg.handing_over import moves
from riskreg.i18n import NN_
from riskreg.records import Evidence, Measure, Organisation, Party, Record, Step, declared
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import said_alone
from riskreg.reports.forms import signatures
from riskreg.reports.layout import Rows
from riskreg.reports.rows import all_records, named, programme_title
from riskreg.reports.tables import Cell, late, quiet, table
from riskreg.reports.text import Run
from riskreg.reports.todo import HEADS, cells
from riskreg.rules.meaning import meaning_of
from riskreg.rules.statistics import IN_FORCE, STATUS_LISTS, open_records
from riskreg.views import View

ALL: Final = N_("Everything open in the register, and what comes in the next ninety days.")
OF_ONE: Final = N_(
    "Everything open that {who} looks after, and what comes in the next ninety days."
)
OPEN: Final = N_("Open: {kind}")
PROMISED: Final = N_("Promised, with a date")
CALL: Final = N_("Whom to call")
EVIDENCE: Final = N_("Where the evidence is")
NOTHING: Final = N_("Nothing is open, and nothing has a date.")
RECORDS: Final = NN_("{number} record", "{number} records")
NO_NUMBER: Final = N_("no number")
SIGNED: Final = N_(
    "What is open and promised above was talked through and handed over, with keys, passwords and papers."
)
SIGNERS: Final = (N_("Handed over by"), N_("Taken over by"))
REF: Final = N_("Ref")
TITLE: Final = N_("Title")
STATUS: Final = N_("Status")
DAY: Final = N_("Next date")
WHO: Final = N_("Who")
NUMBER: Final = N_("Phone and email")
CONTRACT: Final = N_("Contract")
WHERE: Final = N_("What it is, and where")
UNTIL: Final = N_("Good until")
TELL_US: Final = N_("must tell us within {hours}")
UNTIL_DAY: Final = N_("until {day}")

_DAYS: Final = timedelta(days=90)
_OUTSIDE: Final = ("team", "processor", "insurer", "police", "regulator", "customer", "other")
_DONE: Final = ("in_place", "verified", "not_applicable")


def tell(asked: Asked) -> Told:
    """The report; `ref` narrows it to what one party looks after: raises `Expected` ("no_record") where it names none."""
    t, party = asked.t, _party(asked)
    records = _open(asked, party)
    until = asked.today + _DAYS
    found = coming(asked.reader, t, until, asked.work)
    items = [item for item in found if _is_theirs(item, party)]
    story = [*_open_parts(asked, records), *_promised(asked, items)]
    story = story or [said_alone(t.gettext(NOTHING))]
    story += [*_called(asked), *_evidence(asked), signatures(SIGNERS, t, SIGNED)]
    view = t.gettext(OF_ONE if party else ALL).format(who=party.title if party else "")
    return Told(view, story)


def _party(asked: Asked) -> Party | None:
    if not asked.ref:
        return None
    found = asked.reader.record(asked.reader.find(asked.ref))
    if not isinstance(found, Party):
        raise Expected("no_record", ref=asked.ref)
    return found


def _is_theirs(item: Item, party: Party | None) -> bool:
    return party is None or party.id in item.owners


# What is open

_LASTING: Final = ("asset", "evidence")
"""Kinds that are open as long as they are held, without anything to do."""


def _open(asked: Asked, party: Party | None) -> Sequence[Record]:
    """The open records, of one party or of all, by kind."""
    if party:
        found = {move.record.id: move.record for move in moves(asked.reader, party.id)}
        return [each for each in found.values() if _is_listed(asked, each)]
    vocabulary = asked.reader.vocabulary
    views = [open_records(kind, vocabulary) for kind in STATUS_LISTS if kind not in _LASTING]
    views.append(View(kinds=("action",)))
    found_all = (each for view in views for each in all_records(asked.reader, view, asked.work))
    return [each for each in found_all if _is_listed(asked, each)]


def _is_listed(asked: Asked, record: Record) -> bool:
    """Whether something is still to be done: of a policy action also whether it applies."""
    if isinstance(record, Organisation):
        return False
    if record.kind in IN_FORCE:
        status = cast("str | None", record.get("status"))
        meaning = meaning_of(asked.reader.vocabulary, STATUS_LISTS[record.kind], status)
        return meaning not in IN_FORCE[record.kind]
    if record.kind == "action":
        is_for_us = record.get("applies") != "no" and record.ref not in _context()
        status = cast("str | None", record.get("status"))
        meaning = meaning_of(asked.reader.vocabulary, "action_status", status)
        return is_for_us and meaning not in _DONE
    return True


@cache
def _context() -> frozenset[str]:
    """Policy actions that ask nothing of an organisation."""
    return frozenset(each.key for each in policy_actions() if each.stance == "watch")


def _open_parts(asked: Asked, records: Sequence[Record]) -> Iterator[Rows]:
    t = asked.t
    heads = [(0.0, t.gettext(REF)), (62.0, t.gettext(TITLE)), (304.0, t.gettext(STATUS)),
             (408.0, t.gettext(DAY))]  # fmt: skip
    for kind, group in groupby(records, key=lambda record: record.kind):
        those = list(group)
        title = t.gettext(OPEN).format(kind=t.kind_name(kind))
        yield table(title, heads, _open_rows(asked, those), _count(asked, those))


def _count(asked: Asked, records: Sequence[object]) -> str:
    number = len(records)
    return asked.t.ngettext(*RECORDS, number).format(number=number_words(number))


def _open_rows(asked: Asked, records: Iterable[Record]) -> Iterator[Sequence[Cell]]:
    for record in records:
        title = programme_title(record.ref, asked.t.language) or record.title
        yield (Run(record.ref, bold=True), title, quiet(_status(asked, record)),
               _day(asked, record.due_at))  # fmt: skip


def _status(asked: Asked, record: Record) -> str:
    what = declared(type(record)).get("status")
    value = record.get("status")
    return format_value(what, value, asked.t, asked.reader.vocabulary) if what else ""


def _day(asked: Asked, day: date | None) -> Cell:
    if day is None:
        return quiet("–")
    said = day_words(day, asked.t)
    return late(said) if day < asked.today else said


def _promised(asked: Asked, items: Sequence[Item]) -> Iterator[Rows]:
    if items:
        heads = [(x, asked.t.gettext(name)) for x, name in HEADS]
        rows = [cells(asked, item) for item in items]
        yield table(asked.t.gettext(PROMISED), heads, rows, _count(asked, items))


# Whom to call, where the evidence is


def _called(asked: Asked) -> Iterator[Rows]:
    """Parties outside and the team, in the order of their sorts; those who left are not called."""
    t, view = asked.t, View(kinds=("party",), sort=(("party_type", False), ("title", False)))
    parties = [
        each
        for each in all_records(asked.reader, view, asked.work)
        if isinstance(each, Party) and each.party_type in _OUTSIDE and not _is_gone(each, asked)
    ]
    if parties:
        heads = [(0.0, t.gettext(WHO)), (186.0, t.gettext(NUMBER)), (376.0, t.gettext(CONTRACT))]
        rows = [_party_cells(asked, each) for each in parties]
        yield table(t.gettext(CALL), heads, rows)


def _is_gone(party: Party, asked: Asked) -> bool:
    return party.until_on is not None and party.until_on < asked.today


def _party_cells(asked: Asked, party: Party) -> Sequence[Cell]:
    t, terms = asked.t, asked.reader.vocabulary.terms_of("party_type")
    sort = terms.label(party.party_type or "", t.language)
    night = named(t.label("party", "phone_24h"), party.phone_24h, t)
    ways = [night if party.phone_24h else "", party.phone, party.email]
    until, contract = party.contract_until_on, [party.contract_ref, party.policy_number]
    if until:
        contract.append(t.gettext(UNTIL_DAY).format(day=day_words(until, t)))
    if party.notice_hours:
        what = declared(Party)["notice_hours"]
        hours = format_value(what, party.notice_hours, t, asked.reader.vocabulary)
        contract.append(t.gettext(TELL_US).format(hours=hours))
    return (
        (Run(f"{party.title}\n", bold=True), quiet(listed((party.ref, sort), t))),
        "\n".join(filter(None, ways)) or late(t.gettext(NO_NUMBER)),
        "\n".join(filter(None, contract)),
    )


def _evidence(asked: Asked) -> Iterator[Rows]:
    """Files in the register, and what measures and steps say of evidence that lies elsewhere."""
    t = asked.t
    found = all_records(asked.reader, View(kinds=("evidence",)), asked.work)
    kept = [*found, *_said_elsewhere(asked)]
    if kept:
        heads = [(0.0, t.gettext(REF)), (62.0, t.gettext(TITLE)), (238.0, t.gettext(WHERE)),
                 (408.0, t.gettext(UNTIL))]  # fmt: skip
        rows = [_evidence_cells(asked, record) for record in kept]
        yield table(t.gettext(EVIDENCE), heads, rows, _count(asked, kept))


def _said_elsewhere(asked: Asked) -> Iterator[Record]:
    for kind in ("measure", "step"):
        for record in all_records(asked.reader, View(kinds=(kind,)), asked.work):
            if isinstance(record, Measure | Step) and record.evidence_text.strip():
                yield record


def _evidence_cells(asked: Asked, record: Record) -> Sequence[Cell]:
    is_file = isinstance(record, Evidence)
    until = record.get("valid_until_on" if is_file else "evidence_until_on")
    text = record.get("file_name") if is_file else record.get("evidence_text")
    title = programme_title(record.ref, asked.t.language) or record.title
    day = _day(asked, until if isinstance(until, date) else None)
    return Run(record.ref, bold=True), title, str(text), day
