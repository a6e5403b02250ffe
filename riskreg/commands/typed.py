"""What can be typed: every command with its arguments, and how they are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn, TypeAlias

from riskreg.commands import asking, changing, checking, files, history
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.i18n import LANGUAGES, Translator

ABOUT: Final = N_("A register of risks and personal data breaches, in one file.")
WINDOW: Final = N_("Without a command the window opens: main.py [REGISTER]")

MOST_DAYS: Final = 366
"""Of a reminder."""

Argument: TypeAlias = tuple[str, Mapping[str, Any]]
"""The name of an argument and what argparse is told of it."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are ours."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        raise Expected("usage", problem=message)


def parser(t: Translator) -> argparse.ArgumentParser:
    """The parser of the whole command line, its help in the language of `t`."""
    whole = _Parser(
        prog="main.py",
        description=t.gettext(ABOUT),
        epilog=t.gettext(WINDOW),
        allow_abbrev=False,
    )
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        about = t.gettext(command.help)
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        for argument, told in (*command.arguments, LANG):
            one.add_argument(argument, **_translated(told, t))
        one.set_defaults(run=command.run)
    return whole


def _translated(told: Mapping[str, Any], t: Translator) -> dict[str, Any]:
    return {**told, "help": t.gettext(told["help"])} if "help" in told else dict(told)


def path(text: str) -> Path:
    """A file name; one that begins with a dash is more likely a mistyped option."""
    if text.startswith("-"):
        raise Expected("dash_path", path=text)
    if "\0" in text or not text:
        raise Expected("usage", problem=repr(text))
    return Path(text)


def with_sort_keys(argv: Sequence[str]) -> list[str]:
    """The arguments with `--sort -due_on` written so that argparse takes `-due_on` for a value."""
    found: list[str] = []
    is_sorting = False
    for text in argv:
        if text.startswith("--"):
            is_sorting = text == "--sort"
        found.append(f" {text}" if is_sorting and text[:1] == "-" != text[1:2] else text)
    return found


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _at_least_one(text: str) -> int:
    if (number := _whole(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is less than 1")
    return number


def _days(text: str) -> int:
    if (number := _whole(text)) > MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is more than {MOST_DAYS}")
    return number


def _argument(name: str, **told: Any) -> Argument:  # noqa: ANN401
    return name, told


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what does it, what it is for (a msgid), what it is given."""

    run: Callable[[Session], int]
    help: str
    arguments: tuple[Argument, ...]


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


REGISTER: Final = _argument("register", metavar="REGISTER", type=path)
PATH: Final = _argument("path", metavar="PATH", type=path)
KIND: Final = _argument("kind", metavar="KIND")
REF: Final = _argument("ref", metavar="REF")
REFS: Final = _argument("refs", nargs="+", metavar="REF")
OTHER: Final = _argument("other", metavar="REF")
ROLE: Final = _argument("role", metavar="ROLE")
VALUES: Final = _argument("values", nargs="+", metavar="field=value")
PARTIES: Final = _argument(
    "--create-parties",
    action="store_true",
    help=N_("make a party for a name that no party has"),
)
JSON: Final = _argument("--json", action="store_true", help=N_("print JSON, for scripts"))
KINDS: Final = _argument(
    "--kind",
    nargs="+",
    action="extend",
    metavar="KIND",
    default=[],
    help=N_("only records of these kinds"),
)
SEARCH: Final = _argument(
    "--search", metavar="WORDS", default="", help=N_("records in which all these words occur")
)
FILTER: Final = _argument(
    "--filter",
    nargs="+",
    action="extend",
    metavar='"FIELD OP VALUE"',
    default=[],
    help=N_("OP is = != < <= > >= contains in empty; several must all hold"),
)
AS_OF: Final = _argument(
    "--as-of",
    metavar="INSTANT",
    default="",
    help=N_("as it stood at the end of a day, at a time, or after an entry of the history"),
)
SORT: Final = _argument(
    "--sort",
    nargs="+",
    action="extend",
    metavar="FIELD",
    default=[],
    help=N_("a dash before the field sorts downwards"),
)
LIMIT: Final = _argument("--limit", metavar="N", type=_whole)
COUNT: Final = _argument("--count", metavar="N", type=_at_least_one, default=1)
LANG: Final = _argument("--lang", choices=LANGUAGES)

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "demo": Command(
            files.demo,
            N_("make a realistic register of a small Hong Kong organisation"),
            (
                PATH,
                _argument("--records", metavar="N", type=_whole, default=0),
                _argument("--seed", metavar="S", type=_whole, default=1),
            ),
        ),
        "new": Command(
            files.new,
            N_("make an empty register"),
            (
                PATH,
                _argument("--name", required=True),
                _argument("--zone", default="Asia/Hong_Kong"),
            ),
        ),
        "import": Command(
            _import,
            N_("bring in the records of a workbook or a CSV file"),
            (
                REGISTER,
                _argument("file", metavar="FILE", type=path),
                _argument("--kind", metavar="KIND", default=""),
                _argument("--sheet", metavar="SHEET", default=""),
                _argument("--map", metavar="FILE.toml", type=path),
                _argument("--key", metavar="FIELD[,FIELD]", default=""),
                _argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                _argument("--report", metavar="OUT.json", type=path),
                _argument(
                    "--errors",
                    metavar="OUT.xlsx",
                    type=path,
                    help=N_("write the rejected rows to a workbook, to correct and import again"),
                ),
                _argument(
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
            (REGISTER, KIND, _argument("out", metavar="OUT.xlsx", type=path)),
        ),
        "export": Command(
            files.export,
            N_("write a workbook for Excel, or a CSV file of one kind"),
            (
                REGISTER,
                _argument("out", metavar="OUT.xlsx|OUT.csv", type=path),
                KINDS,
                _argument(
                    "--ref",
                    metavar="REF",
                    default="",
                    help=N_("only this record and what it is tied to"),
                ),
                SEARCH,
                FILTER,
                _argument(
                    "--redacted",
                    action="store_true",
                    help=N_("leave out titles, free text and names"),
                ),
                _argument(
                    "--with-evidence",
                    metavar="FOLDER",
                    type=path,
                    help=N_("write the files of the evidence into a new folder too"),
                ),
                _argument(
                    "--changes-from",
                    metavar="DAY",
                    default="",
                    help=N_("a sheet of what was changed from this day on, such as 2026-01-01"),
                ),
                _argument(
                    "--changes-to",
                    metavar="DAY",
                    default="",
                    help=N_("the last day of that sheet; today where it is not said"),
                ),
                JSON,
            ),
        ),
        "report": Command(
            files.report,
            N_("write a report as PDF"),
            (
                REGISTER,
                _argument("name", metavar="NAME"),
                _argument("out", metavar="OUT.pdf", type=path),
                _argument(
                    "--ref",
                    metavar="REF",
                    default="",
                    help=N_("the one record it is about; `record` needs one"),
                ),
                _argument(
                    "--since",
                    metavar="MOMENT",
                    default="",
                    help=N_("compare with this day, time or entry of the history"),
                ),
                _argument(
                    "--until",
                    metavar="MOMENT",
                    default="",
                    help=N_("the last day, time or entry that counts"),
                ),
                JSON,
            ),
        ),
        "calendar": Command(
            files.calendar,
            N_("write what has a date as a calendar file"),
            (
                REGISTER,
                _argument("out", metavar="OUT.ics", type=path),
                _argument(
                    "--refs-only",
                    action="store_true",
                    help=N_("leave out titles, for a calendar that others see"),
                ),
                _argument(
                    "--remind",
                    metavar="DAYS",
                    type=_days,
                    help=N_("remind at nine in the morning this many days before"),
                ),
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
                _argument("--columns", metavar="a,b", default=""),
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
                _argument("giver", metavar="FROM"),
                _argument("taker", metavar="TO"),
                _argument(
                    "--left-on",
                    metavar="DAY",
                    default="",
                    help=N_("note the last day of the first, such as 2026-11-30"),
                ),
                _argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                JSON,
            ),
        ),
        "erase": Command(
            changing.erase,
            N_("remove the personal content of a record for good"),
            (REGISTER, REF, _argument("--reason", metavar="TEXT", required=True), JSON),
        ),
        "undo": Command(changing.undo, N_("take back the last change"), (REGISTER, COUNT)),
        "redo": Command(changing.redo, N_("bring back what was undone last"), (REGISTER, COUNT)),
        "log": Command(
            _log,
            N_("show the history"),
            (
                REGISTER,
                _argument("--ref", metavar="REF", default=""),
                _argument("--scores", action="store_true", help=N_("how the score of a risk went")),
                LIMIT,
                JSON,
            ),
        ),
        "verify": Command(
            history.verify,
            N_("check that the history is whole and agrees with the records"),
            (REGISTER, _argument("--fingerprint", metavar="F", default=""), JSON),
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
                _argument("does", choices=("add", "save", "verify"), metavar="add|save|verify"),
                _argument("given", nargs="*", metavar="REF FILE"),
                _argument("--title", metavar="TEXT", default="", help=N_("what it is called")),
                _argument(
                    "--force", action="store_true", help=N_("replace the file that is there")
                ),
                JSON,
            ),
        ),
        "logo": Command(
            _logo,
            N_("put a picture at the head of every report (set FILE), or take it away (remove)"),
            (
                REGISTER,
                _argument("does", choices=("set", "remove"), metavar="set|remove"),
                _argument("given", nargs="*", metavar="FILE"),
                JSON,
            ),
        ),
        "scale": Command(
            _scale,
            N_("show the scales of risk (list), or put one in force (use NAME|FILE.toml)"),
            (
                REGISTER,
                _argument("does", choices=("list", "use"), metavar="list|use"),
                _argument("given", nargs="*", metavar="NAME"),
                _argument(
                    "--keep-old",
                    action="store_true",
                    help=N_("let the scores there are stay scored by the scale before"),
                ),
                _argument(
                    "--step",
                    nargs="+",
                    action="extend",
                    metavar="AXIS.OLD=NEW",
                    default=[],
                    help=N_("what a score becomes that has no step, such as impact.5=3"),
                ),
                _argument("--dry-run", action="store_true", help=N_("only say what would happen")),
                JSON,
            ),
        ),
        "backup": Command(
            history.backup,
            N_("make a checked copy of the register"),
            (REGISTER, _argument("--to", metavar="DIR", type=path), JSON),
        ),
        "backups": Command(
            history.backups, N_("show the checked copies that are kept"), (REGISTER, JSON)
        ),
        "restore": Command(
            history.restore,
            N_("put a backup in the place of a register"),
            (_argument("backup", metavar="BACKUP", type=path), REGISTER, JSON),
        ),
        "health": Command(
            _health,
            N_("say how each register in a folder stands, without its content"),
            (_argument("folder", metavar="DIR", type=path), JSON),
        ),
        "fields": Command(asking.list_fields, N_("show what can be kept of a kind"), (KIND, JSON)),
    }
)
"""Every command by its name."""
