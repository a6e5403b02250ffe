"""`handover`: everything open that one person looks after goes to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from riskreg import handing_over
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.handing_over import Move
from riskreg.i18n import NN_
from riskreg.records import KINDS
from riskreg.records.jsons import Json
from riskreg.views import Register
from riskreg.wording import act_words

NONE: Final = N_("{ref} looks after nothing that is open.")
MOVED: Final = NN_("{number} record moves.", "{number} records move.")


def hand_over(session: Session) -> int:
    """`handover`: move what is open, or with `--dry-run` only say what would move."""
    args = session.args
    left_on = _day(args.left_on) if args.left_on else None
    with session.reading() if args.dry_run else session.writing() as register:
        giver, taker = register.find(args.giver), register.find(args.taker)
        moving = handing_over.moves(register, giver)
        wanted = handing_over.hand_over(register, giver, taker, left_on)
        seq = 0 if args.dry_run else register.apply(wanted, session.work).seq
        if args.json:
            print_json(_as_json(register, moving, giver, taker, seq))
        else:
            _tell(session, register, moving, giver, seq)
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Expected("usage", problem=f"--left-on {text}") from None


def _as_json(
    register: Register, moving: Sequence[Move], giver: int, taker: int, seq: int
) -> dict[str, Json]:
    names = register.names([giver, taker])
    return {
        "from": names[giver].ref,
        "to": names[taker].ref,
        "entry": seq or None,
        "moves": [
            {"kind": move.record.kind, "ref": move.record.ref, "field": move.field}
            for move in moving
        ],
    }


def _tell(
    session: Session, register: Register, moving: Sequence[Move], giver: int, seq: int
) -> None:
    t = session.t
    if moving:
        labels = (t.gettext(N_("Kind")), t.gettext(N_("Ref")), t.gettext(N_("Title")), "")
        print_table(labels, [_row(session, move) for move in moving])
        number = len({move.record.id for move in moving})
        say(t.ngettext(*MOVED, number).format(number=number))
    else:
        say(t.gettext(NONE).format(ref=register.names([giver])[giver].ref))
    if seq:
        say(act_words(register.entry(seq), t))


def _row(session: Session, move: Move) -> tuple[str, ...]:
    record, t = move.record, session.t
    kind = t.gettext(KINDS[record.kind].singular)
    return (kind, record.ref, record.title, t.label(record.kind, move.field))
