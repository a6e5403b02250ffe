"""An open register: reading, changing, undoing, verifying, backing up, erasing; `riskreg.register` opens one.

Threads: reading as `StoredRegister` belongs to the thread that opened it; a job takes `reader()`. What
writes (`apply undo redo note erase backup close`) may be called from one other thread; calls wait
for each other.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from riskreg import catalogue, clock, erasing, settings
from riskreg.changes import Change, Changed, ChangeSet, inverse
from riskreg.errors import Expected
from riskreg.given import actor, given_by, rules_at
from riskreg.records import values
from riskreg.records.jsons import Json
from riskreg.rules import derive, own
from riskreg.storage import backup as copies
from riskreg.storage import examined
from riskreg.storage.lock import EditorLock
from riskreg.storage.reader import StoredReader
from riskreg.storage.store import Store
from riskreg.views import Backup, Draft, Entry, Erased, Reader, Verification
from riskreg.work import QUIET, Work, uncollected


class StoredRegister(StoredReader):
    """A register in a file. `open` and `create` make it."""

    def __init__(self, store: Store, lock: EditorLock, reason: str) -> None:
        super().__init__(store.reading, catalogue.vocabulary(), store.path)
        self._store = store
        self._lock = lock
        self._reason = reason
        self._door = threading.RLock()
        self._is_open = True
        self.read_vocabulary()
        if not reason:
            self._follow_rules()

    def _follow_rules(self) -> None:
        """Compute derived fields anew where an older version of the rules did."""
        if self._store.rules_version() < derive.VERSION:
            facts = {"rules": str(derive.VERSION)}
            moment = values.Instant.at(clock.now())
            self._store.derive_again("rules", facts, moment, actor(), given_by(self._vocabulary))

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def read_only(self) -> str:
        """Why nothing can be changed; empty where it can."""
        return self._reason

    def _writable(self) -> None:
        if self._reason:
            raise Expected("read_only", reason=self._reason)

    def apply(self, changes: ChangeSet, work: Work = QUIET) -> Changed:
        """Make all changes and their journal entry, or nothing."""
        self._writable()
        with self._door, uncollected():
            moment = values.Instant.at(clock.now())
            changed = self._store.write(
                changes,
                moment,
                actor(),
                rules_at(self._vocabulary, moment),
                work,
                self._year(moment),
            )
            if changed.kinds & own.KINDS:
                self._vocabulary = self._store.vocabulary(self._vocabulary.base)
            return changed

    def _year(self, moment: values.Instant) -> int:
        """The year of a moment in the organisation's zone: the one in new refs."""
        zone = self._store.organisation_zone()
        return moment.utc.astimezone(values.zone_of(zone)).year

    def keep_draft(self, key: str, content: Mapping[str, Json]) -> None:
        """Keep what somebody is typing."""
        self._writable()
        with self._door:
            self._store.keep_draft(key, values.Instant.at(clock.now()), content)

    def drafts(self) -> list[Draft]:
        """What was being typed when it was kept, newest first."""
        return self._store.drafts()

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        self._writable()
        with self._door:
            self._store.drop_draft(key)

    def undoable(self) -> Entry | None:
        """The entry that undo would take back."""
        seq = None if self._reason else self._store.history.undoable
        return None if seq is None else self.log(before=seq + 1, limit=1)[0]

    def redoable(self) -> Entry | None:
        """The entry whose effect redo would bring back."""
        seq = None if self._reason else self._store.history.redoable
        if seq is None:
            return None
        undo = self.log(before=seq + 1, limit=1)[0]
        return self.log(before=(undo.undoes or 0) + 1, limit=1)[0]

    def undo(self, work: Work = QUIET) -> Changed:
        """Take back the newest change that is not undone."""
        return self._take_back("undo", lambda: self._store.history.undoable, work)

    def redo(self, work: Work = QUIET) -> Changed:
        """Bring back what was undone last."""
        return self._take_back("redo", lambda: self._store.history.redoable, work)

    def _take_back(self, act: str, which: Callable[[], int | None], work: Work) -> Changed:
        self._writable()
        with self._door:
            seq = which()
            if seq is None:
                raise Expected(f"nothing_to_{act}")
            entry = self._store.entry(seq, work)
            versions = self._store.versions([change.id for change in entry.changes])
            changes = tuple(
                inverse(
                    Change(
                        id=item.id, kind=item.kind, version=0, before=item.before, after=item.after
                    ),
                    versions[item.id],
                )
                for item in entry.changes
            )
            facts = {**_of(entry), "of": str(seq)}
            return self.apply(ChangeSet(act=act, facts=facts, changes=changes, undoes=seq), work)

    def note(self, act: str, facts: Mapping[str, str]) -> None:
        """Note an export, a report, a backup; nothing where the register is read-only."""
        if self._reason:
            return
        with self._door:
            self._store.note(act, facts, values.Instant.at(clock.now()), actor())

    def verify(self, fingerprint: str = "", work: Work = QUIET) -> Verification:
        """Check the chain, replay it and compare."""
        found = examined.verify(self._store, fingerprint, given_by(self._vocabulary.base), work)
        self.note(
            "verify", {"fingerprint": found.fingerprint, "findings": str(len(found.findings))}
        )
        return found

    def moment(self, text: str) -> int:
        """The number of the last entry at a moment."""
        asked = text.strip()
        if asked.isdecimal() and len(asked) < 16:
            return self._store.entry_upto(seq=int(asked), text=asked)
        try:
            instant = values.Instant.parse(asked, self.zone)
        except values.Unfit:
            raise Expected("no_moment", moment=asked) from None
        return self._store.entry_upto(at=_end(instant), text=asked)

    def as_of(self, seq: int) -> Reader:
        """The register as it stood after an entry, in memory."""
        shipped = self._vocabulary.base
        return examined.as_of(self._store, seq, given_by(shipped), shipped)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of its own for a job on another thread."""
        with self._store.another_reader() as engine:
            yield StoredReader(engine, self._vocabulary, self.path)

    def erase(
        self, id: int, reason: str, work: Work = QUIET, *, with_parts: bool = False
    ) -> Erased:
        """Remove the personal payloads of a record everywhere in the file, and of its parts where it is asked."""
        self._writable()
        with self._door:
            found = erasing.parts(self, id)
            going = [each for each in found if with_parts and not each.is_shared]
            refs = {**{each.id: each.ref for each in going}, id: self._store.ref(id)}
            facts = {each: {"refs": ref, "reason": reason} for each, ref in refs.items()}
            moment, given = values.Instant.at(clock.now()), given_by(self._vocabulary)
            entries = self._store.erase([*refs], facts, moment, actor(), given, work)
            self._vocabulary = self._store.vocabulary(self._vocabulary.base)
            exports = tuple(
                entry for entry in self._store.log() if entry.act in ("export", "report")
            )
            return Erased(
                ref=refs[id],
                entries=entries,
                backups=tuple(self.backups()),
                exports=exports,
                parts=tuple(each.ref for each in going),
                left=tuple(each.ref for each in found if each.is_shared == with_parts),
            )

    def _backup_folder(self) -> Path:
        return settings.backups_of(self._store.register_id())

    def backup(self, folder: Path | None = None, work: Work = QUIET) -> Backup:
        """Make a verified copy."""
        with self._door:
            made = examined.backup(
                self._store,
                folder or self._backup_folder(),
                clock.now(),
                work,
                None if folder else settings.backups_kept(),
            )
            facts = {"file": made.path.name, "entry": str(made.seq), "records": str(made.records)}
            try:
                self.note("backup", facts)
            except Expected as refused:
                if refused.id not in _CANNOT_NOTE:  # else the copy is what saves the register
                    raise
            return made

    def backups(self) -> list[Backup]:
        """The verified copies in the account's backup folder, newest first."""
        return copies.found(self._backup_folder())

    def close(self, work: Work = QUIET) -> None:
        """Back up when something changed, and let go of the file; closing again does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            is_wanted = not self._reason and settings.load().settings.backup_on_close
            if is_wanted and self._is_newer_than_backups():
                with contextlib.suppress(Expected):
                    # closing must never fail for want of a backup; its age stands in the status bar
                    self.backup(work=work)
        finally:
            self._store.close()
            self._lock.let_go()

    def _is_newer_than_backups(self) -> bool:
        """Backups made before an older state was restored are of another line of the history."""
        restored = self._store.restored_at()
        known = (made.seq for made in self.backups() if restored is None or made.made_at > restored)
        return self._store.last_change() > max(known, default=1)


_CANNOT_NOTE: Final = ("moved", "disk_full", "cannot_write")
"""Why a copy that was made may not be noted: nothing can be written into the register itself any more."""
_TOLD: Final = ("refs", "file", "count", "field")
"""Facts of an entry that its undo tells too."""


def _of(entry: Entry) -> dict[str, str]:
    """What an undo says of the entry it takes back."""
    act = entry.facts.get("of_act", entry.act)
    return {
        **{key: value for key, value in entry.facts.items() if key in _TOLD},
        "of_act": act,
    }


def _end(instant: values.Instant) -> datetime:
    """The last second of a day or month, the moment itself otherwise."""
    if instant.precision not in ("day", "month"):
        return instant.utc
    local = instant.local
    days = 1 if instant.precision == "day" else 31
    later = (local + timedelta(days=days)).date()
    if instant.precision == "month":
        later = later.replace(day=1)
    return values.start_of_day(later, instant.zone) - timedelta(seconds=1)
