"""The command about files kept as evidence: take one in, write one out, hold all against their SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg import evidence as files
from riskreg.asking import as_json
from riskreg.commands import arguments
from riskreg.commands.printing import print_json, print_json_lines, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.evidence import Examined, State, name_shown
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.jsons import Json

REF: Final = N_("Ref")
FILE: Final = N_("Title")
SIZE: Final = N_("Size in bytes")
STATE: Final = N_("File")
KEPT: Final = N_("{ref} is kept: {size} bytes, SHA-256 {sha256}")
SAVED: Final = N_("{path}: matches its recorded SHA-256.")
SPOILT: Final = N_("{path}: does not match its recorded SHA-256; it was saved all the same.")
COUNTED: Final = NN_("{number} file was checked.", "{number} files were checked.")

STATES: Final[Mapping[State, str]] = {
    "whole": N_("matches its SHA-256"),
    "differs": N_("does not match its recorded SHA-256"),
    "missing": N_("missing"),
    "elsewhere": N_("was never in this register"),
}


def evidence(session: Session) -> int:
    """`evidence`: add, save or verify, as the word after the register says."""
    does = {"add": _add, "save": _save, "verify": _verify}[session.args.does]
    return does(session)


def _given(session: Session, number: int) -> list[str]:
    """What stands after the word; raises `Expected` ("usage") where it is more or less than is wanted."""
    given: list[str] = session.args.given
    if len(given) != number:
        raise Expected("usage", problem=f"{session.args.does}: {len(given)}, not {number}")
    return given


def _add(session: Session) -> int:
    ref, name = _given(session, 2)
    taken = files.take(arguments.path(name), session.work)
    with session.writing() as register:
        wanted = files.attachment(register, taken, register.find(ref), title=session.args.title)
        changed = register.apply(wanted, session.work)
        id = changed.new[-1]
        if session.args.json:
            print_json(as_json(register, id))
            return 0
        made = register.names([id])[id].ref
    size = number_words(len(taken.content))
    say(session.t.gettext(KEPT).format(ref=made, size=size, sha256=taken.sha256))
    return 0


def _save(session: Session) -> int:
    ref, name = _given(session, 2)
    with session.noting() as register:
        saved = files.save(
            register,
            register.find(ref),
            arguments.path(name),
            is_over=session.args.force,
            work=session.work,
        )
    if session.args.json:
        print_json({"path": str(saved.path), "matches": saved.is_whole})
    else:
        said = SAVED if saved.is_whole else SPOILT
        say(session.t.gettext(said).format(path=saved.path))
    return 0 if saved.is_whole else 1


def _verify(session: Session) -> int:
    """Ends with 1 where a file is missing or differs."""
    _given(session, 0)
    with session.reading() as register:
        found = list(files.examined(register, session.work))
    if session.args.json:
        print_json_lines(_json(each) for each in found)
    else:
        _print(session, found)
    return 1 if any(each.state in ("missing", "differs") for each in found) else 0


def _print(session: Session, found: list[Examined]) -> None:
    t = session.t
    rows = (
        (each.ref, name_shown(each.title), number_words(each.size), t.gettext(STATES[each.state]))
        for each in found
    )
    if found:
        print_table([t.gettext(label) for label in (REF, FILE, SIZE, STATE)], rows)
        say()
    say(t.ngettext(*COUNTED, len(found)).format(number=number_words(len(found))))


def _json(each: Examined) -> dict[str, Json]:
    return {
        "ref": each.ref,
        "title": each.title,
        "sha256": each.sha256,
        "size": each.size,
        "state": each.state,
    }
