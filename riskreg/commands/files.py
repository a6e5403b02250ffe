"""Commands that make a register or bring files in and out: demo, new."""

from __future__ import annotations

from riskreg.commands.printing import say
from riskreg.commands.session import Session


def demo(session: Session) -> int:
    """`demo`: a realistic register of a small Hong Kong organisation, marked as a sample."""
    from riskreg import sample

    args = session.args
    sample.make(args.path, args.records, args.seed, session.work)
    session.progress.end()
    say(str(args.path))
    return 0


def new(session: Session) -> int:
    """`new`: an empty register with every policy action in it."""
    from riskreg import register

    args = session.args
    language = args.lang or session.t.language
    made = register.create(args.path, name=args.name, zone=args.zone, language=language)
    made.close(session.work)
    say(str(args.path))
    return 0
