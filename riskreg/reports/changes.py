"""What changed between two moments: every record that is not as it was, each field before and after (peers: the printable delta)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.past_scores import sides_between
from riskreg.records import REGISTER_KINDS
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import number_strip
from riskreg.reports.history import differences, entries_after, linked_in
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import CHUNK, Speech, continued, programme_title
from riskreg.reports.text import Piece, words
from riskreg.rules.compared import Net, net_changes
from riskreg.rules.past_scales import Sides
from riskreg.views import Entry, Name, Reader

BETWEEN: Final = N_("From {start} (entry {since}) to {end} (entry {until}).")
FROM_START: Final = N_("From the beginning to {end} (entry {until}).")
NONE: Final = N_("Nothing changed between these moments.")
FIGURES: Final = N_("In figures")
NEW: Final = N_("New")
CHANGED: Final = N_("Changed")
BINNED: Final = N_("Moved to the bin")
RETURNED: Final = N_("Back from the bin")
WITHDRAWN: Final = N_("Taken back")
ENTRIES: Final = N_("Entries of the history")
RECORDS: Final = NN_("{number} record", "{number} records")

_MIDDLE: Final = 84.0
_FIRST: Final = {"action": "not_started", "step": "open"}
"""The status with which policy actions and their steps come into a register."""
_GIVEN: Final = frozenset({"ref", "status", "action"})
"""What they have besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delta:
    speech: Speech
    names: dict[int, Name]
    nets: Sequence[Net]
    entries: Sequence[Entry]
    sides: Mapping[int, Sides]


def tell(asked: Asked) -> Told:
    """The report; `asked.since` None compares with the empty register."""
    since, t = asked.since or 0, asked.t
    entries = entries_after(asked.reader, lambda entry: entry.seq <= since, asked.until, asked.work)
    delta = _delta(asked, entries)
    view = _between(asked, since, entries)
    if not delta.nets:
        return Told(view, [Rows([Row(columns=(Column(0, words(t.gettext(NONE), width=WIDTH)),))])])
    return Told(view, [_overview(delta), *_groups(delta)])


def _between(asked: Asked, since: int, entries: Sequence[Entry]) -> str:
    """Which moments are compared, each by its time and the number of its entry."""
    reader, t = asked.reader, asked.t
    until = entries[-1].seq if entries else (asked.until or since or reader.head().seq)
    end = entries[-1].at if entries else moment_of(reader, until)
    told = {"until": number_words(until), "end": moment_words(end, asked.zone, t)}
    if not since:
        return t.gettext(FROM_START).format(**told)
    start = moment_words(moment_of(reader, since), asked.zone, t)
    return t.gettext(BETWEEN).format(since=number_words(since), start=start, **told)


def moment_of(reader: Reader, seq: int) -> datetime:
    """When an entry was made; raises `Expected` ("no_moment")."""
    found = reader.log(before=seq + 1, limit=1)
    if not found or found[0].seq != seq:
        raise Expected("no_moment", moment=seq)
    return found[0].at


def _delta(asked: Asked, entries: Sequence[Entry]) -> _Delta:
    found = (net for net in net_changes(entries) if net.kind in REGISTER_KINDS)
    nets = [net for net in found if not _is_given(net)]
    sides = [(net.kind, side) for net in nets for side in (net.before, net.after)]
    ids = sorted(linked_in(sides) | {net.id for net in nets})
    names: dict[int, Name] = {}
    for start in range(0, len(ids), CHUNK):
        names.update(asked.reader.names(ids[start : start + CHUNK]))
    vocabulary = asked.reader.vocabulary
    speech = Speech(t=asked.t, vocabulary=vocabulary, names=names, zone=asked.zone)
    return _Delta(speech=speech, names=names, nets=nets, entries=entries, sides=_sides(asked, nets))


def _sides(asked: Asked, nets: Sequence[Net]) -> Mapping[int, Sides]:
    """What the scores of risks are shown with, before and after."""
    until = asked.reader.head().seq if asked.until is None else asked.until
    return sides_between(asked.reader, nets, asked.since or 0, until)


def _is_given(net: Net) -> bool:
    """Whether it is a policy action or step as the register came with it, to which nobody did anything yet."""
    if not net.is_new or net.kind not in _FIRST:
        return False
    return net.after.get("status") == _FIRST[net.kind] and net.after.keys() <= _GIVEN


def state_of(net: Net) -> str:
    """What became of a record, as a msgid."""
    if net.is_gone:
        return WITHDRAWN
    if net.is_binned:
        return BINNED
    if net.is_new:
        return NEW
    return RETURNED if net.before.get("deleted_at") is not None else CHANGED


def _overview(delta: _Delta) -> Rows:
    gettext = delta.speech.t.gettext
    found = Counter(state_of(net) for net in delta.nets)
    figures = [
        (number_words(found[name]), gettext(name))
        for name in (NEW, CHANGED, BINNED, RETURNED, WITHDRAWN)
        if found[name] or name in (NEW, CHANGED, BINNED)
    ]
    figures.append((number_words(len(delta.entries)), gettext(ENTRIES)))
    row = Row(columns=(Column(0, number_strip(figures, WIDTH)),), above=2)
    return Rows([row], heading=[section_row(gettext(FIGURES))], above=4)


def _groups(delta: _Delta) -> Iterator[Rows]:
    t = delta.speech.t
    for kind in REGISTER_KINDS:
        nets = sorted((net for net in delta.nets if net.kind == kind), key=lambda net: net.id)
        if nets:
            number = len(nets)
            note = t.ngettext(*RECORDS, number).format(number=number_words(number))
            rows = (_row(delta, net, place > 0) for place, net in enumerate(nets))
            yield Rows(rows, heading=[section_row(t.kind_name(kind), note)], above=16)


def _row(delta: _Delta, net: Net, is_ruled: bool) -> Row:
    title = _title(delta, net)
    width = WIDTH - _MIDDLE
    return Row(
        columns=(
            Column(0, _state(delta, net)),
            Column(_MIDDLE, (*words(title, width=width, bold=True, after=2), *_body(delta, net))),
        ),
        above=10 if is_ruled else 2,
        below=3,
        is_ruled=is_ruled,
        again=continued(net.ref, _MIDDLE, delta.speech.t),
        bookmark=(1, f"{net.ref} {title}"[:120]),
    )


def _title(delta: _Delta, net: Net) -> str:
    named = delta.names.get(net.id)
    stored = named.title if named else str(net.before.get("title") or net.after.get("title") or "")
    return programme_title(net.ref, delta.speech.t.language) or stored


def _state(delta: _Delta, net: Net) -> Iterator[Piece]:
    yield from words(net.ref, width=_MIDDLE - 6, bold=True)
    said = delta.speech.t.gettext(state_of(net))
    yield from words(said, width=_MIDDLE - 6, size=SMALL, colour=ink().muted)


def _body(delta: _Delta, net: Net) -> Iterator[Piece]:
    sides, width = delta.sides.get(net.id), WIDTH - _MIDDLE
    yield from differences(delta.speech, net.kind, net.before, net.after, width, sides)
