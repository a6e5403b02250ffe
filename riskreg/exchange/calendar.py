"""What has a date as a calendar file (RFC 5545), for Outlook, Google Calendar and the calendars of telephones.

Each record of "To do" is an event of a whole day: Outlook shows no VTODO. An event keeps its UID for ever, so that a
file that is imported again moves what is there instead of doubling it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from icalendar import CLASS, TRANSP, Alarm, Calendar, Event, vText

from riskreg import clock, placing, privileged
from riskreg.case_words import DRILL
from riskreg.errors import N_, Expected
from riskreg.exchange.tables import PAGE, programme_titles
from riskreg.exchange.workbook import TRIES, Exported, Moved
from riskreg.i18n import Translator
from riskreg.records import KINDS, Organisation
from riskreg.rules import practice, statistics
from riskreg.views import Head, Reader, Row, View, Where
from riskreg.work import QUIET, WRITING, Work

SUFFIX: Final = ".ics"
TO_DO: Final = N_("To do")
CALENDAR_OF: Final = N_("To do: {organisation}")
_PRODUCT: Final = "-//riskreg//riskreg//EN"
_MORNING: Final = timedelta(hours=9)
"""The time of day of a reminder: midnight, when a whole day begins, wakes people up."""


class Told(NamedTuple):
    """What a calendar says of a record, and what is read back."""

    uid: str
    summary: str
    day: date


def export(
    reader: Reader,
    target: Path,
    t: Translator,
    *,
    is_refs_only: bool = False,
    remind_days: int | None = None,
    work: Work = QUIET,
) -> Exported:
    """Write a calendar file of everything in the register that has a next date.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        target: The file, ending in .ics; what is there is replaced when the new one is whole.
        t: The language of kinds and of the titles of policy actions.
        is_refs_only: Leave out titles and the organisation's name, for calendars that others see.
        remind_days: Remind at nine in the morning this many days before, of what is not yet overdue; None for
            no reminder.
        work: Progress; may cancel.

    Raises:
        Expected: The name does not fit ("not_a_calendar"), nothing has a date ("calendar_empty"), the file cannot
            be written ("cannot_write", "no_room"), or the register changed all the time ("busy").
        Cancelled: The user stopped it.
    """
    if target.suffix.lower() != SUFFIX:
        raise Expected("not_a_calendar", path=target.name)
    for _ in range(TRIES):
        written = _Written(reader, t, is_refs_only, remind_days, work)
        try:
            placing.place(target, written.write, written.check, work)
        except Moved:
            continue
        left = privileged.left_out(reader)
        return Exported(target, written.counts, written.fingerprint, left)
    raise Expected("busy")


@dataclass(slots=True)
class _Written:
    """One file of what the register says at one moment: written, then compared."""

    reader: Reader
    t: Translator
    is_refs_only: bool
    remind_days: int | None
    work: Work
    counts: dict[str, int] = field(default_factory=dict)
    _told: list[Told] = field(default_factory=list)
    _head: Head = field(init=False)
    _id: str = field(init=False)
    _organisation: Organisation = field(init=False)

    def __post_init__(self) -> None:
        self._head = self.reader.head()  # first: what changes after it begins anew
        self._id, self._organisation = self.reader.register_id, self.reader.organisation()

    @property
    def fingerprint(self) -> str:
        """Of the history it was made from."""
        return self._head.fingerprint

    def write(self, file: BinaryIO) -> None:
        """Write all of it."""
        calendar = self._empty()
        for row in self._rows():
            told = self._of(row)
            self._told.append(told)
            self.counts[row.kind] = self.counts.get(row.kind, 0) + 1
            calendar.add_component(self._event(row, told))
        if not self._told:
            raise Expected("calendar_empty")
        if self.reader.head().seq != self._head.seq:
            raise Moved
        file.write(calendar.to_ical())

    def check(self, file: BinaryIO) -> bool:
        """Whether it says what was written, as it is read from the disk."""
        file.seek(0)
        return told_in(file.read()) == self._told

    def _rows(self) -> Iterator[Row]:
        """The records that have a date, the earliest first: those that "To do" lists."""
        view = View(
            kinds=statistics.overdue(self._today()).kinds,
            columns=("ref", "title", "due_at", practice.COLUMN),
            where=(Where("due_at", "empty", False),),
            sort=(("due_at", False),),
        )
        ids = self.reader.ids(view)
        for start in range(0, len(ids), PAGE):
            self.work.step(WRITING, start, len(ids))
            yield from self.reader.rows(view, ids[start : start + PAGE])

    def _empty(self) -> Calendar:
        """A calendar without events; text is given as vText, for of a name the library escapes nothing else."""
        of = self.t.gettext(CALENDAR_OF).format(organisation=self._organisation.title)
        name = vText(self.t.gettext(TO_DO) if self.is_refs_only else of)
        calendar = Calendar.new(
            prodid=_PRODUCT,
            calscale="GREGORIAN",
            method="PUBLISH",
            uid=f"{self._id}-todo",
        )
        calendar.add("NAME", name)
        calendar.add("X-WR-CALNAME", name)
        return calendar

    def _of(self, row: Row) -> Told:
        ref, title, day, is_drill = cast("tuple[str, str, date, bool | None]", row.values)
        title = programme_titles(self.t.language).get(ref, title)
        summary = ref if self.is_refs_only else f"{ref} {title}"
        if is_drill:
            summary = f"{DRILL} {summary}"
        return Told(f"{self._id}-{row.id}-due", summary, day)

    def _event(self, row: Row, told: Told) -> Event:
        kind = self.t.kind_name(KINDS[row.kind], plural=False)
        event = Event.new(
            uid=told.uid,
            stamp=clock.now().astimezone(UTC).replace(microsecond=0),
            start=told.day,
            end=None if told.day == date.max else told.day + timedelta(days=1),
            summary=told.summary,
            description=kind,
            sequence=row.version,
            transparency=TRANSP.TRANSPARENT,
            classification=CLASS.PUBLIC if self.is_refs_only else CLASS.PRIVATE,
        )
        if self.remind_days is not None and told.day >= self._today():
            event.add_component(_alarm(told, self.remind_days))
        return event

    def _today(self) -> date:
        """The day where the organisation is: what is overdue would ring the moment it is imported."""
        return clock.today(self._organisation.zone)


def _alarm(told: Told, days: int) -> Alarm:
    alarm = Alarm.new(description=told.summary)
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", _MORNING - timedelta(days=days))
    return alarm


def told_in(content: bytes) -> list[Told] | None:
    """What the events of a calendar file say, in their order; None where it cannot be read."""
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
        return [
            Told(str(event["UID"]), str(event["SUMMARY"]), event.decoded("DTSTART"))
            for event in events
        ]
    except (ValueError, KeyError):
        return None
