"""One record on paper: all that is known of it, everything tied to it, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from riskreg import past_scores
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.i18n import NN_
from riskreg.past_scores import ScoreHistory
from riskreg.records import Record, columns, fields
from riskreg.records.fields import Value
from riskreg.reports.asked import Asked, Told
from riskreg.reports.history import ERASED, differences, linked_in
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import Speech, continued, label_of, programme_title, told
from riskreg.reports.scores import score_rows
from riskreg.reports.text import Piece, Run, words
from riskreg.rules.past_scales import Sides
from riskreg.views import Entry, EntryChange, Name
from riskreg.wording import act_words

VIEW: Final = N_("{kind}, with everything tied to it and its history.")
FACTS: Final = N_("Record")
HISTORY: Final = N_("History")
ENTRIES: Final = NN_("{number} entry", "{number} entries")
BY: Final = N_("{who} ({account}: account of the computer, not verified)")
BY_ACCOUNT: Final = N_("{account} (account of the computer, not verified)")

_LEFT: Final = 84.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dossier:
    """All that the pages say, in memory."""

    record: Record
    ties: Mapping[str, frozenset[int]]
    others: Mapping[int, Record]
    entries: list[Entry]
    names: Mapping[int, Name]
    speech: Speech
    sides: Mapping[int, Sides]
    scores: ScoreHistory | None


def tell(asked: Asked) -> Told:
    """The report; raises `Expected`: `ref` is empty ("which_record") or names none ("no_record")."""
    if not asked.ref:
        raise Expected("which_record")
    found = _gather(asked)
    record, t = found.record, asked.t
    title = f"{record.ref} {programme_title(record.ref, t.language) or record.title}"
    view = t.gettext(VIEW).format(kind=t.kind_name(record.kind, plural=False))
    speech = found.speech.scored_by(record.get("scored_by") if record.kind == "risk" else None)
    story = [
        fact_rows(record, speech, t.gettext(FACTS)),
        *_scores(found, asked),
        *_ties(found),
        _history(found),
    ]
    return Told(view, story, title, is_drill=bool(getattr(record, "drill", None)))


def _scores(found: _Dossier, asked: Asked) -> Iterator[Rows]:
    if found.scores is not None:
        yield from score_rows(found.speech, found.scores, asked.now)


def _gather(asked: Asked) -> _Dossier:
    reader = asked.reader
    record = reader.record(reader.find(asked.ref))
    ties = reader.links(record.id)
    others = reader.records(sorted({id for ids in ties.values() for id in ids}))
    entries = reader.log(id=record.id)
    sides = [
        (change.kind, side)
        for entry in entries
        for change in entry.changes
        for side in (change.before, change.after)
    ]
    sides += [(each.kind, {key: each.get(key) for key in _short(each)}) for each in others.values()]
    names = reader.names(sorted({*others, *linked_in(sides)}))
    speech = Speech(t=asked.t, vocabulary=reader.vocabulary, names=names, zone=asked.zone)
    is_risk = record.kind == "risk"
    return _Dossier(
        record=record,
        ties=ties,
        others=others,
        entries=entries,
        names=names,
        speech=speech,
        sides=past_scores.sides(reader, record, entries),
        scores=past_scores.score_history(reader, record.id, asked.now) if is_risk else None,
    )


def _short(record: Record) -> list[str]:
    """The fields that stand in a list of records of its kind."""
    return [key for key, what in columns(type(record)).items() if what.short and key != "title"]


# The record


def fact_rows(record: Record, speech: Speech, title: str, above: float = 4) -> Rows:
    """Every field of a record that is filled, but for its links, under the name of its section; `title` stands over all."""
    t = speech.t
    sections: dict[str, list[Piece]] = {}
    for key, what in columns(type(record)).items():
        if key not in ("ref", "title") and not isinstance(what, fields.Links):
            said = speech.value(record.kind, key, _value(record, key))
            pieces = told(label_of(t, record.kind, key), said, WIDTH - _LEFT)
            sections.setdefault(what.section, []).extend(pieces)
    rows = [
        Row(
            columns=(
                Column(0, words(t.section(name), width=_LEFT - 8, size=SMALL, bold=True)),
                Column(_LEFT, pieces),
            ),
            above=8 if place else 2,
            below=2,
            is_ruled=place > 0,
            again=continued(record.ref, _LEFT, t),
        )
        for place, (name, pieces) in enumerate(
            (name, pieces) for name, pieces in sections.items() if pieces
        )
    ]
    return Rows(rows, heading=[section_row(title)], above=above)


def _value(record: Record, key: str) -> Value:
    return cast("Value", getattr(record, key))


# Ties


def _ties(found: _Dossier) -> Iterator[Rows]:
    """The records of each tie under its name, with what lists show of them."""
    t = found.speech.t
    for key, ids in found.ties.items():
        others = sorted(
            (found.others[id] for id in ids if id in found.others), key=lambda other: other.ref
        )
        if others:
            rows = (_tie(found, other, place > 0) for place, other in enumerate(others))
            heading = section_row(t.label(found.record.kind, key))
            yield Rows(rows, heading=[heading], above=14)


def _tie(found: _Dossier, other: Record, is_ruled: bool) -> Row:
    t, width = found.speech.t, WIDTH - _LEFT
    title = programme_title(other.ref, t.language) or other.title
    speech = found.speech.scored_by(other.get("scored_by") if other.kind == "risk" else None)
    body = [
        piece
        for key in _short(other)
        for piece in told(
            label_of(t, other.kind, key),
            speech.value(other.kind, key, _value(other, key)),
            width,
        )
    ]
    return Row(
        columns=(
            Column(0, words(other.ref, width=_LEFT - 6, bold=True)),
            Column(_LEFT, (*words(title, width=width, bold=True, after=2), *body)),
        ),
        above=8 if is_ruled else 2,
        below=2,
        is_ruled=is_ruled,
        again=continued(other.ref, _LEFT, t),
        bookmark=(1, f"{other.ref} {title}"[:120]),
    )


# History


def _history(found: _Dossier) -> Rows:
    t, number = found.speech.t, len(found.entries)
    note = t.ngettext(*ENTRIES, number).format(number=number)
    rows = (_entry(found, entry, place > 0) for place, entry in enumerate(found.entries))
    return Rows(rows, heading=[section_row(t.gettext(HISTORY), note)], above=14)


def _entry(found: _Dossier, entry: Entry, is_ruled: bool) -> Row:
    speech, width = found.speech, WIDTH - _LEFT
    gettext = speech.t.gettext
    known = BY if entry.actor.name else BY_ACCOUNT
    who = gettext(known).format(who=entry.actor.name, account=entry.actor.account)
    when = f"{moment_words(entry.at, speech.zone, speech.t)} · {who}"
    body = [piece for change in entry.changes for piece in _change(found, entry.seq, change, width)]
    return Row(
        columns=(
            Column(0, words(Run(str(entry.seq), ink().muted), width=_LEFT - 6)),
            Column(
                _LEFT,
                (
                    *words(act_words(entry, speech.t), width=width, bold=True),
                    *words(when, width=width, size=SMALL, colour=ink().muted, after=2),
                    *body,
                ),
            ),
        ),
        above=8 if is_ruled else 2,
        below=2,
        is_ruled=is_ruled,
        again=continued(str(entry.seq), _LEFT, speech.t),
    )


def _change(found: _Dossier, seq: int, change: EntryChange, width: float) -> Iterator[Piece]:
    speech, sides = found.speech, found.sides.get(seq)
    if change.is_erased:
        yield from words(speech.t.gettext(ERASED), width=width, size=SMALL, colour=ink().muted)
    before, after = change.before or {}, change.after or {}
    yield from differences(speech, change.kind, before, after, width, sides)
