"""Commands that make a register or write what others read: demo, new, export, report, calendar."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from riskreg import clock, evidence_export, privileged
from riskreg.asking import kind_of, where_of
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import KINDS, REGISTER_KINDS
from riskreg.records.jsons import Json
from riskreg.views import Register, Where

if TYPE_CHECKING:
    from riskreg.exchange.changed import Period
    from riskreg.exchange.workbook import Exported
    from riskreg.reports import Paper

PAGES: Final = NN_("{path}: {number} page.", "{path}: {number} pages.")
RECORDS: Final = N_("Records")
UNPROTECTED: Final = N_("This file is not encrypted.")
FINGERPRINT: Final = N_("Fingerprint: {fingerprint}")
EVENTS: Final = NN_("{path}: {number} event.", "{path}: {number} events.")
BREACHES: Final = NN_("{path}: {number} breach.", "{path}: {number} breaches.")
TITLES: Final = N_("Titles of records are in it; --refs-only leaves them out.")
DIFFERS: Final = N_("{path}: does not match its recorded SHA-256; it was saved all the same.")
FILES: Final = NN_(
    "{number} file of evidence was written.", "{number} files of evidence were written."
)
LACKING: Final = NN_(
    "{number} character is in no font and is shown as a box.",
    "{number} characters are in no font and are shown as boxes.",
)


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


def export(session: Session) -> int:
    """`export`: a workbook with one sheet a kind, or a CSV file of one kind, noted in the journal."""
    from riskreg.exchange import csv_file, narrowed, outgoing

    args, t = session.args, session.t
    if args.register_33_5:
        return _breach_register(session)
    kinds = [kind_of(name).kind for name in args.kind] or list(REGISTER_KINDS)
    _refuse_mixed(args)
    _refuse_files(args.with_evidence, kinds, is_redacted=args.redacted)
    with session.noting() as register:
        where: Mapping[str, Sequence[Where]]
        if args.ref:
            shown = privileged.without(register, t, is_asked=args.with_privileged)
            narrow = narrowed.for_authority if args.for_authority else narrowed.around
            where = narrow(shown, args.ref)
            kinds = list(where)
        else:
            asked = args.filter
            where = {kind: [where_of(register, kind, text) for text in asked] for kind in kinds}
        changes = _period(session, register.organisation().zone)
        with _files(session, register, where) as left:
            made = outgoing.export_register(
                register,
                kinds,
                args.out,
                t,
                words=args.search,
                where=where,
                changes=changes,
                is_redacted=args.redacted,
                with_privileged=args.with_privileged,
                for_authority=args.ref if args.for_authority else "",
                work=session.work,
            )
    are_whole = all(each.is_whole for each in left if each.path)
    if args.json:
        told = {"files": [_left_json(each) for each in left]} if args.with_evidence else {}
        print_json({"sheets": made.sheets, **_made_json(made), **told})
        return 0 if are_whole else 1
    names = {kind: t.kind_name(KINDS[kind]) for kind in made.sheets}
    lines = [(names[kind], number_words(number)) for kind, number in made.sheets.items()]
    print_table((t.label("", "kind"), t.gettext(RECORDS)), lines)
    say()
    say(str(made.path))
    say(t.gettext(FINGERPRINT).format(fingerprint=made.fingerprint))
    say(t.gettext(UNPROTECTED))
    _tell_left_out(made, t)
    if made.path.suffix.lower() == ".csv":
        say("\n".join(map(t.gettext, csv_file.TOLD)))
    _tell_left(left, t)
    return 0 if are_whole else 1


def _breach_register(session: Session) -> int:
    """`export --register-33-5`: every breach, in columns of its own; nothing narrows it."""
    from riskreg.exchange import outgoing

    args, t = session.args, session.t
    narrowing = {
        "--kind": args.kind,
        "--ref": args.ref,
        "--search": args.search,
        "--filter": args.filter,
        "--redacted": args.redacted,
        "--with-evidence": args.with_evidence,
        "--changes-from": args.changes_from,
    }
    if named := [option for option, given in narrowing.items() if given]:
        raise Expected("usage", problem=f"--register-33-5, {named[0]}")
    with session.noting() as register:
        made = outgoing.export_breach_register(
            register, args.out, t, with_privileged=args.with_privileged, work=session.work
        )
    if args.json:
        print_json({"sheets": made.sheets, **_made_json(made)})
        return 0
    number = sum(made.sheets.values())
    say(t.ngettext(*BREACHES, number).format(path=made.path, number=number_words(number)))
    say(t.gettext(FINGERPRINT).format(fingerprint=made.fingerprint))
    say(t.gettext(UNPROTECTED))
    _tell_left_out(made, t)
    return 0


def _refuse_mixed(args: argparse.Namespace) -> None:
    """Options of which one says what the other says already, or that need each other."""
    if args.ref and (args.kind or args.filter):
        raise Expected("usage", problem="--ref, " + ("--kind" if args.kind else "--filter"))
    if args.for_authority and not args.ref:
        raise Expected("usage", problem="--for-authority, --ref")


def _files(
    session: Session, register: Register, where: Mapping[str, Sequence[Where]]
) -> AbstractContextManager[list[evidence_export.Left]]:
    """The files of the evidence that is exported; none where nobody asked for them."""
    args = session.args
    if not args.with_evidence or "evidence" not in where:
        return nullcontext([])
    return evidence_export.beside(
        register,
        args.with_evidence,
        words=args.search,
        where=where["evidence"],
        with_privileged=args.with_privileged,
        work=session.work,
    )


def _period(session: Session, zone: str) -> Period | None:
    """Whose changes are wanted; None where nobody asked."""
    from riskreg.exchange.changed import Period

    args = session.args
    first, last = args.changes_from.strip(), args.changes_to.strip()
    if not first:
        if last:
            raise Expected("usage", problem="--changes-to, --changes-from")
        return None
    if args.out.suffix.casefold() == ".csv":
        raise Expected("usage", problem="--changes-from, .csv")
    until = _day("--changes-to", last) if last else clock.today(zone)
    return Period(_day("--changes-from", first), until).checked()


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Expected("usage", problem=f"{option} {text}") from None


def _refuse_files(folder: Path | None, kinds: Sequence[str], *, is_redacted: bool) -> None:
    """Files go out only beside the rows that name them, and never where names are left out."""
    if folder is None:
        return
    if is_redacted or "evidence" not in kinds:
        other = "--redacted" if is_redacted else "--kind"
        raise Expected("usage", problem=f"--with-evidence, {other}")
    evidence_export.folder_for(folder)


def _tell_left(left: Sequence[evidence_export.Left], t: Translator) -> None:
    for each in left:
        if each.path and not each.is_whole:
            say(t.gettext(DIFFERS).format(path=each.path))
    if written := sum(each.path is not None for each in left):
        say(t.ngettext(*FILES, written).format(number=number_words(written)))


def _left_json(each: evidence_export.Left) -> dict[str, Json]:
    return {
        "ref": each.ref,
        "path": str(each.path) if each.path else None,
        "matches": each.is_whole if each.path else None,
    }


def calendar(session: Session) -> int:
    """`calendar`: what has a date as a calendar file, noted in the journal."""
    from riskreg.exchange import outgoing

    args, t = session.args, session.t
    with session.noting() as register:
        made = outgoing.export_calendar(
            register,
            args.out,
            t,
            is_refs_only=args.refs_only,
            remind_days=args.remind,
            with_privileged=args.with_privileged,
            work=session.work,
        )
    number = sum(made.sheets.values())
    if args.json:
        print_json({"events": number, "kinds": made.sheets, **_made_json(made)})
        return 0
    say(t.ngettext(*EVENTS, number).format(path=made.path, number=number_words(number)))
    if not args.refs_only:
        say(t.gettext(TITLES))
    _tell_left_out(made, t)
    return 0


def report(session: Session) -> int:
    """`report`: a report as PDF, noted in the journal."""
    from riskreg import reports, settings

    args, t = session.args, session.t
    with session.noting() as register:
        between = reports.span(register, args.since, args.until)
        made = reports.make_for(
            register,
            args.name,
            args.out,
            t,
            ref=args.ref,
            between=between,
            by=settings.load().settings.working_as,
            with_privileged=args.with_privileged,
            work=session.work,
        )
    if args.json:
        facts = {"pages": made.pages, "lacking": made.lacking, **_made_json(made)}
        print_json({"path": str(args.out), **facts})
        return 0
    say(t.ngettext(*PAGES, made.pages).format(path=args.out, number=made.pages))
    if made.lacking:
        say(t.ngettext(*LACKING, made.lacking).format(number=made.lacking))
    say(t.gettext(FINGERPRINT).format(fingerprint=made.fingerprint))
    _tell_left_out(made, t)
    return 0


def _made_json(made: Exported | Paper) -> dict[str, Json]:
    """What a script is told of every file that leaves."""
    return {"fingerprint": made.fingerprint, "privileged_left_out": made.left_out}


def _tell_left_out(made: Exported | Paper, t: Translator) -> None:
    if said := privileged.left_out_words(made.left_out, t):
        say(said)
