"""Commands about the history and its copies: log, verify, backup, backups, restore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from riskreg.asking import JsonWriter
from riskreg.commands.printing import print_json, print_json_lines, print_table, say
from riskreg.commands.session import Session
from riskreg.dates import moment_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.records import KINDS, SYSTEM, fields, stored
from riskreg.records.fields import Fields
from riskreg.records.jsons import Json
from riskreg.views import Actor, Backup, Entry, EntryChange, Finding, Reader, Verification
from riskreg.wording import act_words, finding_words, records_words

_PAGE: Final = 200

SOUND: Final = N_("The history of {entries} entries is whole, and {records} agree with it.")
NOT_SOUND: Final = N_("The history does not agree with what is stored:")
FINGERPRINT: Final = N_("Fingerprint: {fingerprint}")
PROVES: Final = N_(
    "It does not show that the entries were true. Compare the fingerprint with one that you kept on paper."
)
MADE: Final = N_("Backup made and checked: {path} ({records})")
NO_BACKUPS: Final = N_("There are no backups of this register yet.")
RESTORED: Final = N_("{path} is now the register of the backup {backup}.")
ASIDE: Final = N_("The file that was there is kept as {path}.")
WHEN: Final = N_("When")
WHO: Final = N_("Who")
WHAT: Final = N_("What")
FILE: Final = N_("File")
RECORDS: Final = N_("Records")
ENTRY: Final = N_("Entry")


def log(session: Session) -> int:
    """`log`: the entries of the journal, newest first."""
    args = session.args
    with session.reading() as reader:
        id = reader.find(args.ref) if args.ref else None
        entries = _entries(reader, id, args.limit)
        if args.json:
            print_json_lines(_entry_json(reader, entry, is_detailed=bool(id)) for entry in entries)
            return 0
        t, zone = session.t, reader.organisation().zone
        rows = (
            (
                str(entry.seq),
                moment_words(entry.at, zone, t),
                who_words(entry.actor),
                act_words(entry, t),
            )
            for entry in entries
        )
        print_table([t.gettext(label) for label in (ENTRY, WHEN, WHO, WHAT)], rows)
    return 0


def verify(session: Session) -> int:
    """`verify`: 0 where everything agrees, 1 where something was found."""
    with session.noting() as register:
        found = register.verify(session.args.fingerprint or "", session.work)
    if session.args.json:
        print_json(_verification_json(session, found))
    else:
        _print_verification(session, found)
    return 0 if found.ok else 1


def backup(session: Session) -> int:
    """`backup`: a verified copy, in the account's folder or in another one."""
    with session.noting() as register:
        made = register.backup(session.args.to, session.work)
    if session.args.json:
        print_json(_backup_json(made))
        return 0
    count = records_words(made.records, session.t)
    say(session.t.gettext(MADE).format(path=made.path, records=count))
    return 0


def backups(session: Session) -> int:
    """`backups`: the verified copies that are kept."""
    with session.reading() as reader:
        found, zone = reader.backups(), reader.organisation().zone
    if session.args.json:
        print_json([_backup_json(made) for made in found])
        return 0
    t = session.t
    if not found:
        say(t.gettext(NO_BACKUPS))
        return 0
    rows = [
        (moment_words(made.made_at, zone, t), str(made.seq), number_words(made.records), str(made.path))
        for made in found
    ]  # fmt: skip
    print_table([t.gettext(label) for label in (WHEN, ENTRY, RECORDS, FILE)], rows)
    return 0


def restore(session: Session) -> int:
    """`restore`: put a backup in the place of a register; what was there is moved aside."""
    from riskreg import register

    args = session.args
    aside = register.restore(args.backup, args.register, session.work)
    if args.json:
        print_json({"register": str(args.register), "aside": str(aside) if aside else None})
        return 0
    t = session.t
    say(t.gettext(RESTORED).format(path=args.register, backup=args.backup.name))
    if aside:
        say(t.gettext(ASIDE).format(path=aside))
    return 0


# Entries


def _entries(reader: Reader, id: int | None, limit: int | None) -> Iterator[Entry]:
    """Entries with their changes, newest first, a page at a time."""
    before, left = None, limit
    while left is None or left > 0:
        wanted = _PAGE if left is None else min(_PAGE, left)
        page = reader.log(id=id, before=before, limit=wanted, full=True)
        yield from page
        if len(page) < wanted:
            return
        before = page[-1].seq
        left = None if left is None else left - len(page)


def who_words(actor: Actor) -> str:
    """Who made an entry: the name given, and the account, which is not proof of a person."""
    return f"{actor.name} ({actor.account})" if actor.name else actor.account


def _entry_json(reader: Reader, entry: Entry, *, is_detailed: bool) -> dict[str, Json]:
    found: dict[str, Json] = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "account": entry.actor.account,
        "name": entry.actor.name,
        "act": entry.act,
        "facts": dict(entry.facts),
        "undoes": entry.undoes,
        "refs": [change.ref for change in entry.changes],
    }
    if is_detailed:
        found["changes"] = [_change_json(reader, change) for change in entry.changes]
    return found


def _change_json(reader: Reader, change: EntryChange) -> dict[str, Json]:
    return {
        "ref": change.ref,
        "version": change.version,
        "before": _side_json(reader, change.kind, change.before),
        "after": _side_json(reader, change.kind, change.after),
        "erased": change.is_erased,
    }


def _side_json(reader: Reader, kind: str, side: Fields | None) -> Json:
    if side is None:
        return None
    known = {**SYSTEM, **stored(KINDS[kind])}
    linked = {
        id
        for key, value in side.items()
        if isinstance(known.get(key), fields.Links) and isinstance(value, frozenset)
        for id in value
        if isinstance(id, int)
    }
    writer = JsonWriter(reader.names(linked), reader.organisation().zone)
    return {
        key: writer.value(key, known[key], value) for key, value in side.items() if key in known
    }


# Verification and backups


def _verification_json(session: Session, found: Verification) -> Mapping[str, Json]:
    return {
        "ok": found.ok,
        "entries": found.entries,
        "records": found.records,
        "fingerprint": found.fingerprint,
        "findings": [_finding_json(session, finding) for finding in found.findings],
        "remarks": [_finding_json(session, remark) for remark in found.remarks],
    }


def _finding_json(session: Session, finding: Finding) -> Mapping[str, Json]:
    return {
        "id": finding.id,
        "where": finding.where,
        "ref": finding.ref,
        "facts": dict(finding.facts),
        "text": finding_words(finding, session.t),
    }


def _print_verification(session: Session, found: Verification) -> None:
    t = session.t
    if found.ok:
        count = records_words(found.records, t)
        say(t.gettext(SOUND).format(entries=number_words(found.entries), records=count))
    else:
        say(t.gettext(NOT_SOUND))
        for finding in found.findings:
            say(f"  {finding_words(finding, t)}")
    for remark in found.remarks:
        say(f"  {finding_words(remark, t)}")
    say(t.gettext(FINGERPRINT).format(fingerprint=found.fingerprint))
    if found.ok:
        say(t.gettext(PROVES))


def _backup_json(made: Backup) -> Mapping[str, Json]:
    return {
        "path": str(made.path),
        "made_at": made.made_at.isoformat(),
        "seq": made.seq,
        "records": made.records,
        "size": made.size,
    }
