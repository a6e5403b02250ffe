"""`health`: how each register in a folder stands, without a word of what is in it.

Whoever looks after the computers of several organisations may know that a register is whole, saved and tended, and
nothing of what it says: no title, no name, not even the organisation's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from riskreg import clock, log, register
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records.jsons import Json
from riskreg.rules import due, statistics
from riskreg.rules.practice import FOR_REAL
from riskreg.storage.lock import EditorLock
from riskreg.views import Backup, Reader, Register, Where
from riskreg.wording import message
from riskreg.work import Work

_PAGE: Final = 200
"""Entries that are read at a time on the way back to the last change."""

_UNKNOWN: Final = (
    "register",
    "bytes",
    "changed_at",
    "changed_days",
    "entries",
    "findings",
    "backups",
    "backup_at",
    "backup_days",
    "backup_bytes",
    "backup_ok",
    "overdue",
    "due_7",
    "due_30",
    "open_by",
    "error",
    "error_text",
)
"""What is said of a file besides its name; null where it could not be asked."""

COLUMNS: Final = {
    "file": N_("File"),
    "state": N_("State"),
    "changed_days": N_("Days since the last change"),
    "backups": N_("Backups"),
    "backup_days": N_("Days since the last backup"),
    "overdue": N_("Overdue"),
    "due_7": N_("Within 7 days"),
    "due_30": N_("Within 30 days"),
    "open_by": N_("Open by"),
    "kilobytes": N_("Kilobytes"),
}
WELL: Final = N_("well")
BACKUP_BAD: Final = N_("the newest backup is not whole")
FOUND: Final = NN_("{number} finding; run verify", "{number} findings; run verify")
HELD: Final = N_("{name} on {computer}")
NONE_HERE: Final = N_("There is no register in this folder.")


def health(session: Session) -> int:
    """`health`: 0 where every register is well, 1 where one cannot be read, has findings or a bad backup."""
    folder: Path = session.args.folder
    found = [_asked(path, session) for path in _registers(folder)]
    session.progress.end()
    if session.args.json:
        print_json(found)
    elif not found:
        say(session.t.gettext(NONE_HERE))
    else:
        rows = [_row(one, session.t) for one in found]
        print_table([session.t.gettext(label) for label in COLUMNS.values()], rows)
    return 0 if all(one["well"] for one in found) else 1


def _registers(folder: Path) -> list[Path]:
    """The registers that lie in a folder itself, by name; raises `Expected` ("not_found", "cannot_read")."""
    if not folder.exists():
        raise Expected("not_found", path=folder.name)
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise Expected("cannot_read", path=folder.name, reason=error.strerror or "") from None
    return [
        path
        for path in files
        if path.suffix.lower() == register.SUFFIX and not path.name.startswith(".")
    ]


def _asked(path: Path, session: Session) -> dict[str, Json]:
    """What is known of one file; a file that cannot be asked never keeps the others from being asked."""
    found: dict[str, Json] = {"file": path.name, "well": False, **dict.fromkeys(_UNKNOWN)}
    try:
        found |= _facts(path, session.work)
    except Exception as error:
        if not isinstance(error, Expected):
            log.failure(error)
            error = Expected("unexpected", log=str(log.log_file()))
        return {**found, "error": error.id, "error_text": message(error, session.t).what}
    return {**found, "well": not found["findings"] and found["backup_ok"] is not False}


def _facts(path: Path, work: Work) -> dict[str, Json]:
    opened = register.open(path, read_only=True)
    try:
        verified = opened.verify(work=work)
        backups = opened.backups()
        return {
            "register": opened.register_id,
            "bytes": path.stat().st_size,
            **_age("changed", _last_change(opened)),
            "entries": verified.entries,
            "findings": len(verified.findings),
            "backups": len(backups),
            **_age("backup", backups[0].made_at if backups else None),
            "backup_bytes": sum(backup.size for backup in backups),
            "backup_ok": _is_whole(backups[0], opened, work) if backups else None,
            **_due(opened),
            "open_by": _holder(path),
        }
    finally:
        opened.close()


def _last_change(opened: Register) -> datetime | None:
    """When records changed last: exports, reports, backups and verifications are notes and change none."""
    before: int | None = None
    while page := opened.log(before=before, limit=_PAGE):
        for entry in page:
            if entry.count:
                return entry.at
        before = page[-1].seq
    return None


def _age(name: str, moment: datetime | None) -> dict[str, Json]:
    """A moment, and how many whole days ago it was."""
    at = None if moment is None else moment.isoformat()
    days = None if moment is None else (clock.now() - moment).days
    return {f"{name}_at": at, f"{name}_days": days}


def _is_whole(backup: Backup, of: Register, work: Work) -> bool:
    """Whether a backup can still be opened, is of this register and agrees with its own history."""
    try:
        opened = register.open(backup.path, read_only=True)
    except Expected:
        return False
    try:
        return opened.register_id == of.register_id and opened.verify(work=work).ok
    finally:
        opened.close()


def _due(reader: Reader) -> dict[str, Json]:
    """How much is late, and how much comes in the next days, today included: what "To do" lists in earnest."""
    today = clock.today(reader.organisation().zone)
    late = statistics.overdue(today)
    found: dict[str, Json] = {"overdue": reader.count(late)}
    for days in (due.WEEK_DAYS, due.MONTH_DAYS):
        last = today + timedelta(days=days)
        ahead = (Where("due_at", ">=", today), Where("due_at", "<=", last), FOR_REAL)
        found[f"due_{days}"] = reader.count(replace(late, where=ahead))
    return found


def _holder(path: Path) -> Mapping[str, Json] | None:
    """Who has the register open for changes.

    A crash leaves the holder's name behind and not the lock; so the lock is tried where a name stands.
    """
    lock = EditorLock(path)
    known = lock.holder()
    if known["since"] == "?":
        return None
    try:
        lock.take()
    except (Expected, OSError):
        return known
    lock.let_go()
    return None


# Text


def _row(one: Mapping[str, Json], t: Translator) -> list[str]:
    size = one["bytes"]
    told: dict[str, Json] = {
        **one,
        "state": _state(one, t),
        "open_by": _held_words(one["open_by"], t),
        "kilobytes": -(-size // 1024) if isinstance(size, int) else None,
    }
    return [_words(told[key]) for key in COLUMNS]


def _words(value: Json) -> str:
    if value is None:
        return ""
    return number_words(value) if isinstance(value, int) else str(value)


def _state(one: Mapping[str, Json], t: Translator) -> str:
    if one["error_text"]:
        return str(one["error_text"])
    if isinstance(number := one["findings"], int) and number:
        return t.ngettext(*FOUND, number).format(number=number)
    return t.gettext(WELL if one["well"] else BACKUP_BAD)


def _held_words(holder: Json, t: Translator) -> str:
    return t.gettext(HELD).format(**holder) if isinstance(holder, dict) else ""
