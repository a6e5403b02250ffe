"""Commands that change records: add, set, link, unlink, delete, unbin, erase, undo, redo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from riskreg import editing
from riskreg.asking import as_json
from riskreg.changes import Changed, ChangeSet
from riskreg.commands.printing import print_json, say
from riskreg.commands.session import Session
from riskreg.erasing import SHARED
from riskreg.errors import N_, Expected
from riskreg.formats import listed
from riskreg.i18n import NN_
from riskreg.views import Erased, Register
from riskreg.wording import act_words, redo_words, undo_words

UNCHANGED: Final = N_("There was nothing to change.")
NO_MORE: Final = N_("There was nothing further.")
ERASED: Final = NN_(
    "The personal content of {ref} was removed from the register and from {number} entry.",
    "The personal content of {ref} was removed from the register and from {number} entries.",
)
WITH_PARTS: Final = N_("That of what belongs to it was removed too: {refs}.")
PARTS_LEFT: Final = N_(
    "What belongs to it still has its words: {refs}. Erase it again with --with-parts to remove those too."
)
BEYOND: Final = N_("It may still be in these copies, which this program cannot reach:")
NO_COPIES: Final = N_("No backups or exports are known that may still hold it.")


def add(session: Session) -> int:
    """`add`: a new record; prints its ref."""
    args = session.args
    with session.writing() as register:
        given = pairs(args.values)
        made = editing.new_record(register, args.kind, given, create_parties=args.create_parties)
        changed = register.apply(made, session.work)
        record = changed.new[-1]
        if args.json:
            print_json(as_json(register, record))
        else:
            say(register.names([record])[record].ref)
    return 0


def set_fields(session: Session) -> int:
    """`set`: other values in some fields of a record."""
    args = session.args
    with session.writing() as register:
        id = register.find(args.ref)
        given = pairs(args.values)
        wanted = editing.set_fields(register, id, given, create_parties=args.create_parties)
        changed = register.apply(wanted, session.work)
        if args.json:
            print_json(as_json(register, id))
        else:
            _tell(session, register, changed)
    return 0


def link(session: Session) -> int:
    """`link`: join two records."""
    args = session.args
    return _apply(session, lambda register: editing.link(register, args.ref, args.role, args.other))


def unlink(session: Session) -> int:
    """`unlink`: part two records."""
    args = session.args
    return _apply(
        session, lambda register: editing.unlink(register, args.ref, args.role, args.other)
    )


def delete(session: Session) -> int:
    """`delete`: put records in the bin."""
    refs: Sequence[str] = session.args.refs
    return _apply(
        session, lambda register: editing.to_bin(register, [register.find(ref) for ref in refs])
    )


def unbin(session: Session) -> int:
    """`unbin`: take records out of the bin."""
    refs: Sequence[str] = session.args.refs
    return _apply(
        session, lambda register: editing.from_bin(register, [register.find(ref) for ref in refs])
    )


def undo(session: Session) -> int:
    """`undo`: take back the newest changes."""

    def step(register: Register) -> str | None:
        entry = register.undoable()
        register.undo(session.work)
        return undo_words(entry, session.t) if entry else None

    return _repeated(session, lambda register: register.undoable() is None, step)


def redo(session: Session) -> int:
    """`redo`: bring back what was undone."""

    def step(register: Register) -> str | None:
        entry = register.redoable()
        register.redo(session.work)
        return redo_words(entry, session.t) if entry else None

    return _repeated(session, lambda register: register.redoable() is None, step)


def erase(session: Session) -> int:
    """`erase`: remove a person's content for good; says what it cannot reach."""
    with session.writing() as register:
        id = register.find(session.args.ref)
        args = session.args
        erased = register.erase(id, args.reason, session.work, with_parts=args.with_parts)
    if session.args.json:
        print_json(_erased_json(erased))
        return 0
    t = session.t
    say(t.ngettext(*ERASED, erased.entries).format(ref=erased.ref, number=erased.entries))
    if erased.parts:
        say(t.gettext(WITH_PARTS).format(refs=listed(erased.parts, t)))
    if erased.left:
        said = SHARED if args.with_parts else PARTS_LEFT
        say(t.gettext(said).format(refs=listed(erased.left, t)))
    if not erased.backups and not erased.exports:
        say(t.gettext(NO_COPIES))
        return 0
    say(t.gettext(BEYOND))
    for backup in erased.backups:
        say(f"  {backup.path}")
    for entry in erased.exports:
        say(f"  {act_words(entry, t)}")
    return 0


def pairs(texts: Sequence[str]) -> Mapping[str, str]:
    """The values of `field=value ...`; raises `Expected` ("usage")."""
    found: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or key in found:
            raise Expected("usage", problem=f"field=value: {key}")
        found[key] = value
    return found


def _apply(session: Session, edit: Callable[[Register], ChangeSet]) -> int:
    with session.writing() as register:
        changed = register.apply(edit(register), session.work)
        _tell(session, register, changed)
    return 0


def _tell(session: Session, register: Register, changed: Changed) -> None:
    """Say what was done in the words of the history."""
    if changed.seq:
        say(act_words(register.entry(changed.seq), session.t))
    else:
        say(session.t.gettext(UNCHANGED))


def _repeated(
    session: Session, is_over: Callable[[Register], bool], step: Callable[[Register], str | None]
) -> int:
    """Undo or redo so many times; 1 where the history ended before, 2 where nothing was done."""
    with session.writing() as register:
        for done in range(session.args.count):
            if done and is_over(register):
                say(session.t.gettext(NO_MORE))
                return 1
            if words := step(register):
                say(words)
    return 0


def _erased_json(erased: Erased) -> dict[str, object]:
    return {
        "ref": erased.ref,
        "entries": erased.entries,
        "parts": list(erased.parts),
        "left": list(erased.left),
        "backups": [str(backup.path) for backup in erased.backups],
        "exports": [
            {
                "seq": entry.seq,
                "at": entry.at.isoformat(),
                "act": entry.act,
                "facts": dict(entry.facts),
            }
            for entry in erased.exports
        ],
    }
