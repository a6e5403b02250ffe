"""The door: create, open, read, change, undo, verify, back up, restore, erase. Everything else goes through it.

Threads: reading as `StoredRegister` belongs to the thread that opened it; a job takes `reader()`. What
writes (`apply undo redo note erase backup close`) may be called from one other thread; calls wait
for each other.
"""

from __future__ import annotations

import contextlib
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from riskreg import catalogue, clock, planning, settings
from riskreg.changes import Change, Changed, ChangeSet, addition, inverse
from riskreg.errors import N_, Expected
from riskreg.records import values
from riskreg.records.fields import Fields, Value
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.rules import derive, own
from riskreg.storage import backup as copies
from riskreg.storage import examined, moving, whole
from riskreg.storage.engine import failures
from riskreg.storage.lock import EditorLock, account
from riskreg.storage.reader import StoredReader
from riskreg.storage.store import Store
from riskreg.views import Actor, Backup, Draft, Entry, Erased, Reader, Register, Verification
from riskreg.work import QUIET, Work, uncollected

SUFFIX: Final = ".riskreg"
IN_USE: Final = N_("someone else has it open")
NO_FOLDER: Final = N_("the folder or file cannot be written")
ASKED: Final = N_("it was opened for reading")


@cache
def _titles() -> Mapping[str, str]:
    """English titles of policy actions and steps by ref."""
    found: dict[str, str] = {}
    for action in catalogue.policy_actions():
        found[action.key] = action.title.en
        found |= {step.key: step.text.en for step in action.steps}
    return found


@cache
def _words() -> Mapping[str, str]:
    """All words of policy actions and steps by ref, in every language, for the search."""
    found: dict[str, str] = {}
    for action in catalogue.policy_actions():
        found[action.key] = " ".join(action.title)
        found |= {step.key: " ".join(step.text) for step in action.steps}
    return found


def _given(vocabulary: Vocabulary) -> derive.Given:
    return derive.Given(vocabulary=vocabulary, title_of=lambda ref: _titles().get(ref, ""))


def _catalogue_words(ref: str) -> str:
    return _words().get(ref, "")


def create(
    path: Path,
    *,
    name: str,
    zone: str = "Asia/Hong_Kong",
    language: str = "en",
    is_sample: bool = False,
) -> Register:
    """Make a new register with its organisation and every policy action and step, and open it.

    Raises:
        Expected: The file is there already ("exists"), the zone is unknown, the folder cannot be written.
    """
    path = path.absolute()
    if path.exists():
        raise Expected("exists", path=path.name)
    try:
        values.zone_of(zone)
    except values.Unfit:
        raise Expected("no_zone", zone=zone) from None
    organisation: Fields = {
        "title": name,
        "zone": zone,
        "language": language,
        "is_sample": is_sample or None,
    }
    changes = [addition("organisation", organisation, -1)]
    changes += [
        addition(kind, fields, -2 - place) for place, (kind, fields) in enumerate(_programme())
    ]
    vocabulary = catalogue.vocabulary()
    register = str(uuid.uuid4())
    facts = {"register": register, "rules": str(derive.VERSION)}
    moment = values.Instant.at(clock.now())
    whole.create(
        path,
        register,
        lambda store: store.write(
            ChangeSet(act="create", facts=facts, changes=tuple(changes)),
            moment,
            _actor(),
            _rules(vocabulary, moment),
        ),
        _catalogue_words,
    )
    try:
        return open(path)
    except BaseException:
        path.unlink(missing_ok=True)  # ours, made a moment ago, and of no use to anybody
        raise


def _programme() -> Iterator[tuple[str, dict[str, Value]]]:
    """Every policy action and step as the fields of a new record; a step points to its action by its new id."""
    place = -2
    for action in catalogue.policy_actions():
        own = place
        yield "action", {"ref": action.key, "status": "not_started"}
        for step in action.steps:
            yield "step", {"ref": step.key, "status": "open", "action": frozenset({own})}
        place -= 1 + len(action.steps)


def _rules(vocabulary: Vocabulary, at: values.Instant) -> planning.Rules:
    return planning.Rules(vocabulary=vocabulary, given=_given(vocabulary), at=at)


def _actor() -> Actor:
    return Actor(account(), settings.load().settings.working_as)


def open(path: Path, *, read_only: bool = False, wait_ms: int | None = None) -> Register:
    """Open a register; where it cannot be edited here and now it opens read-only and says why.

    Args:
        path: The file.
        read_only: Do not ask for the right to edit.
        wait_ms: How long a question on the opener's thread waits while a change is being committed,
            before it raises `Expected` ("busy"); a window passes what an eye does not notice.

    Raises:
        Expected: It is not there, not a register, newer, damaged, or held by someone ("in_use", unless `read_only`).
    """
    path = whole.resolved(path)
    lock = EditorLock(path)
    reason = ASKED if read_only else ""
    if not reason:
        reason = _why_not(path, lock)
    try:
        store = Store(path, is_writable=not reason, words=_catalogue_words, wait_ms=wait_ms)
    except BaseException:
        lock.let_go()
        raise
    return StoredRegister(store, lock, reason)


def _why_not(path: Path, lock: EditorLock) -> str:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return NO_FOLDER
    try:
        lock.take()
    except OSError:
        return NO_FOLDER
    return ""


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
            self._store.derive_again("rules", facts, moment, _actor(), _given(self._vocabulary))

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
                _actor(),
                _rules(self._vocabulary, moment),
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
            self._store.note(act, facts, values.Instant.at(clock.now()), _actor())

    def verify(self, fingerprint: str = "", work: Work = QUIET) -> Verification:
        """Check the chain, replay it and compare."""
        found = examined.verify(self._store, fingerprint, _given(self._vocabulary.base), work)
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
        return examined.as_of(self._store, seq, _given(shipped), shipped)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of its own for a job on another thread."""
        with self._store.another_reader() as engine:
            yield StoredReader(engine, self._vocabulary, self.path)

    def erase(self, id: int, reason: str, work: Work = QUIET) -> Erased:
        """Remove the personal payloads of a record everywhere in the file."""
        self._writable()
        with self._door:
            ref = self._store.ref(id)
            moment = values.Instant.at(clock.now())
            facts = {"refs": ref, "reason": reason}
            entries = self._store.erase(id, facts, moment, _actor(), _given(self._vocabulary), work)
            exports = tuple(
                entry for entry in self._store.log() if entry.act in ("export", "report")
            )
            return Erased(ref=ref, entries=entries, backups=tuple(self.backups()), exports=exports)

    def _backup_folder(self) -> Path:
        return settings.backup_folder() / self._store.register_id()

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


def restore(backup: Path, path: Path, work: Work = QUIET) -> Path | None:
    """Put a backup in a register's place; the present file is moved aside and its new name returned.

    The restored register's next entry names the fingerprint it left, so that verification can tell a
    restore from tampering.

    Raises:
        Expected: The backup is not whole, or the register is open somewhere.
    """
    backup, path = whole.resolved(backup), path.absolute()
    lock = EditorLock(path)
    with contextlib.ExitStack() as stack:
        if path.exists():
            with failures(path):
                lock.take()
            stack.callback(lock.let_go)
        moment = clock.now()
        left = whole.fingerprint_of(path) if path.exists() else ""
        aside = whole.put_in_place(backup, path, moment, work)
        facts = {"file": backup.name, "left": left}
        with contextlib.closing(Store(path, is_writable=True, words=_catalogue_words)) as store:
            store.note("restore", facts, values.Instant.at(moment), _actor())
    return aside


def move(path: Path, folder: Path, work: Work = QUIET) -> Path:
    """Put a register that is closed into another folder under its own name; answers where it is now.

    It is copied, the copy read back and compared, and only then removed where it was. Its backups stay
    where they are: they go by the register's id.

    Raises:
        Expected: It is open somewhere, the folder has a file of that name, the disk is full, the copy differs.
    """
    path = whole.resolved(path)
    target = folder.absolute() / path.name
    moving.move(path, target, work)
    return target
