"""Every command: what does it, what it is for, what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskreg.commands import asking, changing, checking, files, history
from riskreg.commands.arguments import (
    AS_OF,
    COUNT,
    FILTER,
    JSON,
    KIND,
    KINDS,
    LIMIT,
    OTHER,
    PARTIES,
    PATH,
    REF,
    REFS,
    REGISTER,
    ROLE,
    SEARCH,
    SORT,
    VALUES,
    WITH_PRIVILEGED,
    argument,
    days,
    path,
    whole,
)
from riskreg.commands.every_incident import INCIDENT_COMMANDS, Command
from riskreg.commands.session import Session
from riskreg.errors import N_


def _import(session: Session) -> int:
    from riskreg.commands.importing import import_file  # only this command reads spreadsheets

    return import_file(session)


def _health(session: Session) -> int:
    from riskreg.commands.health import health

    return health(session)


def _evidence(session: Session) -> int:
    from riskreg.commands.evidence import evidence

    return evidence(session)


def _hand_over(session: Session) -> int:
    from riskreg.commands.handing_over import hand_over

    return hand_over(session)


def _logo(session: Session) -> int:
    from riskreg.commands.logo import logo  # only this command reads pictures

    return logo(session)


def _log(session: Session) -> int:
    if session.args.scores:
        from riskreg.commands.scores import scores

        return scores(session)
    return history.log(session)


def _scale(session: Session) -> int:
    from riskreg.commands.scale import scale

    return scale(session)


def _template(session: Session) -> int:
    from riskreg.commands.importing import write_template

    return write_template(session)


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "demo": Command(
            files.demo,
            N_("make a realistic register of a small Hong Kong organisation"),
            (
                PATH,
                argument("--records", metavar="N", type=whole, default=0),
                argument("--seed", metavar="S", type=whole, default=1),
            ),
        ),
        "new": Command(
            files.new,
            N_("make an empty register"),
            (
                PATH,
                argument("--name", required=True),
                argument("--zone", default="Asia/Hong_Kong"),
            ),
        ),
        "import": Command(
            _import,
            N_("bring in the records of a workbook, a CSV file or a register of breaches"),
            (
                REGISTER,
                argument("file", metavar="FILE", type=path),
                argument("--kind", metavar="KIND", default=""),
                argument("--sheet", metavar="SHEET", default=""),
                argument("--map", metavar="FILE.toml", type=path),
                argument("--key", metavar="FIELD[,FIELD]", default=""),
                argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                argument("--reason", metavar="TEXT", default="", help=N_("why known times change")),
                argument("--report", metavar="OUT.json", type=path),
                argument(
                    "--errors",
                    metavar="OUT.xlsx",
                    type=path,
                    help=N_("write the rejected rows to a workbook, to correct and import again"),
                ),
                argument(
                    "--suggest-map",
                    action="store_true",
                    help=N_("print the mapping that fits the file best, and change nothing"),
                ),
                JSON,
            ),
        ),
        "template": Command(
            _template,
            N_("write an empty sheet of a kind to fill in by hand"),
            (REGISTER, KIND, argument("out", metavar="OUT.xlsx", type=path)),
        ),
        "export": Command(
            files.export,
            N_("write a workbook for Excel, or a CSV file of one kind"),
            (
                REGISTER,
                argument("out", metavar="OUT.xlsx|OUT.csv", type=path),
                KINDS,
                argument(
                    "--ref",
                    metavar="REF",
                    default="",
                    help=N_("only this record and what it is tied to"),
                ),
                argument(
                    "--for-authority",
                    action="store_true",
                    help=N_(
                        "of the incident that --ref names only its decisions, notices, timeline and evidence"
                    ),
                ),
                SEARCH,
                FILTER,
                argument(
                    "--register-33-5",
                    action="store_true",
                    help=N_(
                        "the register of breaches of GDPR article 33(5), as OUT.csv or OUT.json"
                    ),
                ),
                argument(
                    "--redacted",
                    action="store_true",
                    help=N_("leave out titles, free text and names"),
                ),
                argument(
                    "--with-evidence",
                    metavar="FOLDER",
                    type=path,
                    help=N_("write the files of the evidence into a new folder too"),
                ),
                argument(
                    "--changes-from",
                    metavar="DAY",
                    default="",
                    help=N_("a sheet of what was changed from this day on, such as 2026-01-01"),
                ),
                argument(
                    "--changes-to",
                    metavar="DAY",
                    default="",
                    help=N_("the last day of that sheet; today where it is not said"),
                ),
                WITH_PRIVILEGED,
                JSON,
            ),
        ),
        "report": Command(
            files.report,
            N_("write a report as PDF"),
            (
                REGISTER,
                argument("name", metavar="NAME"),
                argument("out", metavar="OUT.pdf", type=path),
                argument(
                    "--ref",
                    metavar="REF",
                    default="",
                    help=N_("the one record it is about; `record` needs one"),
                ),
                argument(
                    "--since",
                    metavar="MOMENT",
                    default="",
                    help=N_("compare with this day, time or entry of the history"),
                ),
                argument(
                    "--until",
                    metavar="MOMENT",
                    default="",
                    help=N_("the last day, time or entry that counts"),
                ),
                WITH_PRIVILEGED,
                JSON,
            ),
        ),
        "calendar": Command(
            files.calendar,
            N_("write what has a date as a calendar file"),
            (
                REGISTER,
                argument("out", metavar="OUT.ics", type=path),
                argument(
                    "--refs-only",
                    action="store_true",
                    help=N_("leave out titles, for a calendar that others see"),
                ),
                argument(
                    "--remind",
                    metavar="DAYS",
                    type=days,
                    help=N_("remind at nine in the morning this many days before"),
                ),
                WITH_PRIVILEGED,
                JSON,
            ),
        ),
        "list": Command(
            asking.list_records,
            N_("show the records of a kind"),
            (
                REGISTER,
                KIND,
                SEARCH,
                FILTER,
                SORT,
                argument("--columns", metavar="a,b", default=""),
                LIMIT,
                AS_OF,
                JSON,
            ),
        ),
        "show": Command(asking.show, N_("show one record"), (REGISTER, REF, AS_OF, JSON)),
        "set": Command(
            changing.set_fields,
            N_("change fields of a record"),
            (REGISTER, REF, VALUES, PARTIES, JSON),
        ),
        "add": Command(changing.add, N_("add a record"), (REGISTER, KIND, VALUES, PARTIES, JSON)),
        "link": Command(changing.link, N_("link two records"), (REGISTER, REF, ROLE, OTHER)),
        "unlink": Command(changing.unlink, N_("take a link away"), (REGISTER, REF, ROLE, OTHER)),
        "delete": Command(changing.delete, N_("put records in the bin"), (REGISTER, REFS)),
        "bin": Command(asking.list_bin, N_("show what is in the bin"), (REGISTER, JSON)),
        "unbin": Command(changing.unbin, N_("take records out of the bin"), (REGISTER, REFS)),
        "handover": Command(
            _hand_over,
            N_("move everything open that one person looks after to another"),
            (
                REGISTER,
                argument("giver", metavar="FROM"),
                argument("taker", metavar="TO"),
                argument(
                    "--left-on",
                    metavar="DAY",
                    default="",
                    help=N_("note the last day of the first, such as 2026-11-30"),
                ),
                argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                JSON,
            ),
        ),
        "erase": Command(
            changing.erase,
            N_("remove the personal content of a record for good"),
            (
                REGISTER,
                REF,
                argument("--reason", metavar="TEXT", required=True),
                argument(
                    "--with-parts",
                    action="store_true",
                    help=N_("also of what belongs to an incident"),
                ),
                JSON,
            ),
        ),
        "undo": Command(changing.undo, N_("take back the last change"), (REGISTER, COUNT)),
        "redo": Command(changing.redo, N_("bring back what was undone last"), (REGISTER, COUNT)),
        "log": Command(
            _log,
            N_("show the history"),
            (
                REGISTER,
                argument("--ref", metavar="REF", default=""),
                argument("--scores", action="store_true", help=N_("how the score of a risk went")),
                LIMIT,
                JSON,
            ),
        ),
        "verify": Command(
            history.verify,
            N_("check that the history is whole and agrees with the records"),
            (REGISTER, argument("--fingerprint", metavar="F", default=""), JSON),
        ),
        "checks": Command(
            checking.check,
            N_("say what in the register cannot be right, or lacks something"),
            (REGISTER, JSON),
        ),
        "evidence": Command(
            _evidence,
            N_(
                "keep files as evidence (add REF FILE), write one out (save REF OUT), check all (verify)"
            ),
            (
                REGISTER,
                argument("does", choices=("add", "save", "verify"), metavar="add|save|verify"),
                argument("given", nargs="*", metavar="REF FILE"),
                argument("--title", metavar="TEXT", default="", help=N_("what it is called")),
                argument("--force", action="store_true", help=N_("replace the file that is there")),
                JSON,
            ),
        ),
        "logo": Command(
            _logo,
            N_("put a picture at the head of every report (set FILE), or take it away (remove)"),
            (
                REGISTER,
                argument("does", choices=("set", "remove"), metavar="set|remove"),
                argument("given", nargs="*", metavar="FILE"),
                JSON,
            ),
        ),
        "scale": Command(
            _scale,
            N_("show the scales of risk (list), or put one in force (use NAME|FILE.toml)"),
            (
                REGISTER,
                argument("does", choices=("list", "use"), metavar="list|use"),
                argument("given", nargs="*", metavar="NAME"),
                argument(
                    "--keep-old",
                    action="store_true",
                    help=N_("let the scores there are stay scored by the scale before"),
                ),
                argument(
                    "--step",
                    nargs="+",
                    action="extend",
                    metavar="AXIS.OLD=NEW",
                    default=[],
                    help=N_("what a score becomes that has no step, such as impact.5=3"),
                ),
                argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                JSON,
            ),
        ),
        "backup": Command(
            history.backup,
            N_("make a checked copy of the register"),
            (REGISTER, argument("--to", metavar="DIR", type=path), JSON),
        ),
        "backups": Command(
            history.backups, N_("show the checked copies that are kept"), (REGISTER, JSON)
        ),
        "restore": Command(
            history.restore,
            N_("put a backup in the place of a register"),
            (argument("backup", metavar="BACKUP", type=path), REGISTER, JSON),
        ),
        "health": Command(
            _health,
            N_("say how each register in a folder stands, without its content"),
            (argument("folder", metavar="DIR", type=path), JSON),
        ),
        "fields": Command(asking.list_fields, N_("show what can be kept of a kind"), (KIND, JSON)),
        **INCIDENT_COMMANDS,
    }
)
"""Every command by its name."""
