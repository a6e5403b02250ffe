"""Changes in words: each field as it was and as it is, and the entries of the history between two moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from riskreg.errors import N_
from riskreg.records import KINDS, columns, fields
from riskreg.records.fields import Fields
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.rows import GATHERING, LABEL, Speech, label_of, told
from riskreg.reports.text import Piece, Run, gap, text_width, together, words
from riskreg.rules.past_scales import Sides
from riskreg.views import Entry, Reader
from riskreg.work import QUIET, Work

ARROW: Final = " → "
WAS: Final = N_("Before:")
IS: Final = N_("Now:")
ERASED: Final = N_("Personal content was erased.")
EMPTY: Final = N_("empty")
_CHUNK: Final = 50
_MANY: Final = 1_000
"""Changes that are asked for at once."""


def entries_after(
    reader: Reader,
    is_before: Callable[[Entry], bool],
    until: int | None = None,
    work: Work = QUIET,
) -> list[Entry]:
    """Entries with their changes, oldest first: those up to `until` (None: all) and after the newest that is before."""
    found: list[Entry] = []
    before = None if until is None else until + 1
    while batch := reader.log(before=before, limit=_CHUNK):
        work.step(GATHERING)
        wanted = list(takewhile(lambda entry: not is_before(entry), batch))
        found += _with_changes(reader, wanted, before, work)
        if len(wanted) < len(batch):
            break
        before = batch[-1].seq
    return found[::-1]


def _with_changes(
    reader: Reader, entries: Sequence[Entry], before: int | None, work: Work
) -> list[Entry]:
    """The same entries with what they changed; a large one, such as an import, is asked for alone, so that it can be stopped."""
    if sum(entry.count for entry in entries) <= _MANY:
        return reader.log(before=before, limit=len(entries), full=True) if entries else []
    return [reader.entry(entry.seq, work) for entry in entries]


def linked_in(sides: Iterable[tuple[str, Fields | None]]) -> set[int]:
    """The records that values of these kinds name in their links."""
    found: set[int] = set()
    for kind, values in sides:
        known = columns(KINDS[kind])
        for key, value in (values or {}).items():
            if isinstance(known.get(key), fields.Links) and isinstance(value, frozenset):
                found |= {id for id in value if isinstance(id, int)}
    return found


def differences(
    speech: Speech,
    kind: str,
    before: Fields,
    after: Fields,
    width: float,
    sides: Sides | None = None,
) -> Iterator[Piece]:
    """Each field that differs, in the order of the declaration: as it was and as it is.

    Of a new record the ref, and the title that it still has, are left out: they stand over it. Scores
    are worded as the scales of `sides` have them; None for the one in force.
    """
    of_side = [replace(speech, vocabulary=each) for each in sides] if sides else [speech, speech]
    known = columns(KINDS[kind])
    over = () if before else ("ref", "title")
    for key in (key for key in known if (key in before or key in after) and key not in over):
        label = label_of(speech.t, kind, key)
        was, now = (
            smith.value(kind, key, side[key]) if key in side else ""
            for smith, side in zip(of_side, (before, after), strict=True)
        )
        if was and now:
            yield from _both(speech, label, was, now, width)
        elif was or now:
            empty = speech.t.gettext(EMPTY)
            yield from _pair(label, was or (empty if before else ""), now or empty, width)


def _pair(label: str, was: str, now: str, width: float) -> tuple[Piece, ...]:
    return told(label, f"{was}{ARROW}{now}" if was else now, width)


def _both(speech: Speech, label: str, was: str, now: str, width: float) -> Iterator[Piece]:
    """Side by side where both fit in one line, else one below the other, so that neither runs into the other when copied."""
    line = f"{was}{ARROW}{now}"
    if "\n" not in line and text_width(line, SMALL) <= width - LABEL:
        yield from told(label, line, width)
        return
    gettext = speech.t.gettext
    yield from told(label, f"{gettext(WAS)} {was}", width, ink().muted)
    inner = words(Run(f"{gettext(IS)} "), now, width=width, size=SMALL, indent=LABEL)
    yield from together((*inner, gap(2)))
