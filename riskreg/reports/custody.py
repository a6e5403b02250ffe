"""The custody of a piece of evidence: every event from the day it was taken in, read from the history and nowhere else.

For whoever asks whether a file is what it was: its checksum then and now, who had it, and which copies left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from riskreg import evidence
from riskreg.custody import Event, custody
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Evidence
from riskreg.reports.asked import Asked, Told
from riskreg.reports.breach import who_words
from riskreg.reports.figures import marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.record import fact_rows
from riskreg.reports.rows import Speech
from riskreg.reports.tables import Cell, line, quiet
from riskreg.reports.text import Piece, words
from riskreg.timeline_words import event_words
from riskreg.views import Name

VIEW: Final = N_("Custody of this piece of evidence, as the history of the register has it.")
STATE: Final = N_("The file now")
WHOLE: Final = N_("The file in the register has the checksum it had when it was taken in.")
CHANGED: Final = N_(
    "The file in the register no longer has the checksum it had when it was taken in."
)
GONE: Final = N_("The register holds no file for it.")
FACTS: Final = N_("What is known")
TIES: Final = N_("What it shows")
VERSIONS: Final = N_("Versions")
EVENTS: Final = N_("Events")
NUMBER: Final = NN_("{number} event", "{number} events")
HEADS: Final = (N_("Entry"), N_("When"), N_("What"), N_("Who"))
SAME: Final = N_("All events are about the file with this checksum (SHA-256):")

_AT: Final = (0.0, 36.0, 196.0, 400.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    record: Evidence
    events: tuple[Event, ...]
    speech: Speech
    state: str
    chain: tuple[Evidence, ...]
    ties: tuple[Name, ...]


def tell(asked: Asked) -> Told:
    """The report; raises `Expected`: `ref` is empty ("which_record") or names no piece of evidence ("no_record")."""
    if not asked.ref:
        raise Expected("which_record")
    found, t = _gather(asked), asked.t
    story = [
        _state(found),
        fact_rows(found.record, found.speech, t.gettext(FACTS), above=14),
        *_ties(found),
        *_versions(found),
        _events(found),
    ]
    return Told(t.gettext(VIEW), story, f"{found.record.ref} {found.record.title}")


def _gather(asked: Asked) -> _Found:
    reader = asked.reader
    record = evidence.evidence(reader, reader.find(asked.ref))
    events = custody(reader, record.id)
    links = reader.links(record.id)
    shown = {
        id for key, ids in links.items() if key not in ("replaces", "replaced_by") for id in ids
    }
    names = reader.names(sorted(shown | {id for event in events for id in event.others}))
    return _Found(
        record=record,
        events=events,
        speech=Speech(t=asked.t, vocabulary=reader.vocabulary, names=names, zone=asked.zone),
        state=_now(asked, record),
        chain=tuple(_chain(asked, record)),
        ties=tuple(sorted(names[id] for id in shown if id in names)),
    )


def _now(asked: Asked, record: Evidence) -> str:
    """How the stored bytes compare with the checksum, a msgid."""
    try:
        return WHOLE if evidence.held(asked.reader, record).is_whole else CHANGED
    except Expected:
        return GONE


def _chain(asked: Asked, record: Evidence) -> Iterator[Evidence]:
    """Every version of the file, the oldest first; each was replaced by the next."""
    seen, wanted = {record.id: record}, [record.id]
    while wanted:
        links: Mapping[str, frozenset[int]] = asked.reader.links(wanted.pop())
        near = {*links.get("replaces", ()), *links.get("replaced_by", ())} - seen.keys()
        for id, each in asked.reader.records(near).items():
            if isinstance(each, Evidence):
                seen[id] = each
                wanted.append(id)
    yield from (seen[id] for id in sorted(seen))


def _state(found: _Found) -> Rows:
    t, is_whole = found.speech.t, found.state == WHOLE
    colour = ink().low if is_whole else ink().high
    said = marked(
        "ticked" if is_whole else "alert", colour, t.gettext(found.state),
        width=WIDTH, bold=True, text=colour, after=3,
    )  # fmt: skip
    body = (*said, *words(t.gettext(SAME), width=WIDTH, size=SMALL, colour=ink().muted))
    sum_of = words(found.record.sha256 or "–", width=WIDTH, size=SMALL)
    row = Row(columns=(Column(0, (*body, *sum_of)),), above=2)
    return Rows([row], heading=[section_row(t.gettext(STATE))], above=4)


def _ties(found: _Found) -> Iterator[Rows]:
    if found.ties:
        said = "\n".join(f"{name.ref} {name.title}" for name in found.ties)
        row = Row(columns=(Column(0, words(said, width=WIDTH, size=SMALL)),), above=2)
        yield Rows([row], heading=[section_row(found.speech.t.gettext(TIES))], above=14)


def _versions(found: _Found) -> Iterator[Rows]:
    if len(found.chain) < 2:
        return
    rows = [Row(columns=(Column(0, (*_version(found, each),)),), above=3) for each in found.chain]
    yield Rows(rows, heading=[section_row(found.speech.t.gettext(VERSIONS))], above=14)


def _version(found: _Found, each: Evidence) -> Iterator[Piece]:
    is_this = each.id == found.record.id
    yield from words(
        f"{each.ref} {each.file_name or each.title}", width=WIDTH, size=SMALL, bold=is_this
    )
    yield from words(each.sha256, width=WIDTH, size=SMALL, colour=ink().muted)


def _events(found: _Found) -> Rows:
    t, number = found.speech.t, len(found.events)
    note = t.ngettext(*NUMBER, number).format(number=number_words(number))
    heads = [(x, t.gettext(text)) for x, text in zip(_AT, HEADS, strict=True)]
    rows = (
        line(_AT, _cells(found, event), is_ruled=place > 0)
        for place, event in enumerate(found.events)
    )
    return Rows(
        rows, heading=[section_row(t.gettext(EVENTS), note)], head=[head_row(*heads)], above=14
    )


def _cells(found: _Found, event: Event) -> tuple[Cell, ...]:
    speech = found.speech
    said = event_words(event, found.record.ref, speech.vocabulary, speech.t, speech.names)
    if event.what in ("held", "erased", "released") and event.words:
        said = f"{said}\n{event.words}"
    is_other = bool(event.sha256) and event.sha256 != found.record.sha256
    return (
        number_words(event.seq),
        quiet(moment_words(event.at, speech.zone, speech.t)),
        f"{said}\n{event.sha256}" if is_other else said,
        "\n".join(filter(None, (who_words(event.actor), event.by))),
    )
