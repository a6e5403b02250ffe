"""The command about the organisation's logo: put a picture at the head of every report, or take it away."""

from __future__ import annotations

from typing import Final

from riskreg import logo as logos
from riskreg.asking import as_json
from riskreg.commands import arguments
from riskreg.commands.printing import print_json, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.evidence import name_shown
from riskreg.views import Register

TITLE: Final = N_("Logo")
SET: Final = N_("{file} is the logo now; it is kept as {ref}.")
SAME: Final = N_("{file} is the logo already.")
REMOVED: Final = N_("No report has a logo any more; its file stays as {ref}.")


def logo(session: Session) -> int:
    """`logo`: set or remove, as the word after the register says."""
    given: list[str] = session.args.given
    wanted = 1 if session.args.does == "set" else 0
    if len(given) != wanted:
        raise Expected("usage", problem=f"{session.args.does}: {len(given)}, not {wanted}")
    return _set(session, given[0]) if wanted else _remove(session)


def _set(session: Session, name: str) -> int:
    taken = logos.taken(arguments.path(name), session.work)
    with session.writing() as register:
        made = logos.placed(register, taken, session.t.gettext(TITLE))
        if made:
            register.apply(made, session.work)
        record = logos.kept(register)
        ref = record.ref if record else ""
        _say(session, register, SET if made else SAME, file=name_shown(taken.name), ref=ref)
    return 0


def _remove(session: Session) -> int:
    """Refused where there is none ("no_logo")."""
    with session.writing() as register:
        before = register.names(register.organisation().logo)
        made = logos.removed(register)
        if made is None:
            raise Expected("no_logo")
        register.apply(made, session.work)
        _say(session, register, REMOVED, ref=", ".join(name.ref for name in before.values()))
    return 0


def _say(session: Session, register: Register, said: str, **named: str) -> None:
    """A sentence; for scripts the organisation as it is now."""
    if session.args.json:
        print_json(as_json(register, register.organisation().id))
    else:
        say(session.t.gettext(said).format(**named))
