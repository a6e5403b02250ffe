"""The door: make a register, open one, restore and move one; what an open one does stands in `stored_register`."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from riskreg import catalogue, clock, settings
from riskreg.changes import ChangeSet, addition
from riskreg.errors import N_, Expected
from riskreg.given import actor, rules_at, words_of
from riskreg.records import values
from riskreg.records.fields import Fields, Value
from riskreg.rules import derive
from riskreg.storage import moving, whole
from riskreg.storage.engine import failures
from riskreg.storage.lock import EditorLock
from riskreg.storage.store import Store
from riskreg.stored_register import StoredRegister
from riskreg.views import Register
from riskreg.work import QUIET, Work

SUFFIX: Final = ".riskreg"
IN_USE: Final = N_("someone else has it open")
NO_FOLDER: Final = N_("the folder or file cannot be written")
ASKED: Final = N_("it was opened for reading")


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
            actor(),
            rules_at(vocabulary, moment),
        ),
        words_of,
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
        if not reason:
            whole.bring_up_to_date(path, settings.backups_of, clock.now(), actor(), QUIET)
        store = Store(path, is_writable=not reason, words=words_of, wait_ms=wait_ms)
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
        whole.bring_up_to_date(path, settings.backups_of, moment, actor(), work)
        facts = {"file": backup.name, "left": left}
        with contextlib.closing(Store(path, is_writable=True, words=words_of)) as store:
            store.note("restore", facts, values.Instant.at(moment), actor())
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
