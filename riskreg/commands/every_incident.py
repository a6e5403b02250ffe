"""The commands about an incident: what each is for and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from riskreg.commands.arguments import (
    JSON,
    REF,
    REGISTER,
    VALUES,
    WITH_PRIVILEGED,
    Argument,
    argument,
    path,
    whole,
)
from riskreg.commands.session import Session
from riskreg.errors import N_


class Command(NamedTuple):
    """One command: what does it, what it is for (a msgid), what it is given."""

    run: Callable[[Session], int]
    help: str
    arguments: tuple[Argument, ...]


ANSWERS: Final = ("yes", "no", "not_yet", "not_applicable")
CHANNELS: Final = (
    "online_form",
    "email",
    "letter",
    "telephone",
    "message",
    "in_person",
    "fax",
    "public_notice",
    "other",
)
_INCIDENT: Final = argument("ref", metavar="REF", nargs="?", default="")
_AT: Final = argument(
    "--at",
    metavar="INSTANT",
    default="",
    help=N_("when it was, such as 2026-11-20T18:40; now where it is not said"),
)
_BY: Final = argument(
    "--by", metavar="NAME", default="", help=N_("who it was; else who works at this computer")
)
_REGIME: Final = argument(
    "--regime",
    metavar="CODE",
    required=True,
    help=N_("a law, recommendation or contract, or one of its rules, as regimes lists them"),
)
_RECIPIENT: Final = argument(
    "--recipient",
    metavar="WHO",
    default="",
    choices=("", "authority", "individuals", "other", "ourselves"),
    help=N_("authority, individuals, other; the authority where it is not said"),
)


def _clocks(session: Session) -> int:
    from riskreg.commands.clocks import clocks

    return clocks(session)


def _regimes(session: Session) -> int:
    from riskreg.commands.regimes import regimes

    return regimes(session)


def _assess(session: Session) -> int:
    from riskreg.commands.deciding import assess

    return assess(session)


def _decide(session: Session) -> int:
    from riskreg.commands.deciding import decide

    return decide(session)


def _notice(session: Session) -> int:
    from riskreg.commands.telling import notice

    return notice(session)


def _timeline(session: Session) -> int:
    from riskreg.commands.course import course

    return course(session)


def _playbook(session: Session) -> int:
    from riskreg.commands.course import playbook

    return playbook(session)


INCIDENT_COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "clocks": Command(
            _clocks,
            N_("show which notices are due and when: of one incident, or of all that are open"),
            (
                REGISTER,
                _INCIDENT,
                argument(
                    "--at",
                    metavar="INSTANT",
                    default="",
                    help=N_("as they stand at this moment; now where it is not said"),
                ),
                JSON,
            ),
        ),
        "assess": Command(
            _assess,
            N_("say how bad an incident could be for the people"),
            (REGISTER, REF, VALUES, _AT, _BY, JSON),
        ),
        "decide": Command(
            _decide,
            N_("decide whether a notice is made, with the reason"),
            (
                REGISTER,
                REF,
                _REGIME,
                _RECIPIENT,
                argument("--notify", required=True, choices=ANSWERS, metavar="|".join(ANSWERS)),
                argument("--reason", metavar="TEXT", required=True),
                _BY,
                _AT,
                argument(
                    "--again",
                    metavar="INSTANT",
                    default="",
                    help=N_("when “not yet” is decided again"),
                ),
                argument(
                    "--how",
                    choices=("in_person", "telephone", "mail", "message", "meeting"),
                    help=N_("how the decision reached you"),
                ),
                argument(
                    "--exemption",
                    metavar="KEY",
                    help=N_("why the law asks for none, such as protected"),
                ),
                argument("--basis", metavar="TEXT", default="", help=N_("article or section")),
                JSON,
            ),
        ),
        "notice": Command(
            _notice,
            N_("write the paper that tells somebody, and say what is still missing in it"),
            (
                REGISTER,
                REF,
                _REGIME,
                _RECIPIENT,
                argument("out", metavar="OUT.pdf|OUT.docx|OUT.json", type=path),
                argument(
                    "--paper",
                    choices=("notice", "letter", "message", "script"),
                    default="notice",
                    help=N_(
                        "for the people affected: a letter, a short message, a telephone script"
                    ),
                ),
                argument(
                    "--sent",
                    metavar="INSTANT",
                    default="",
                    help=N_("keep the notice as sent at this moment, with its text"),
                ),
                argument("--channel", choices=CHANNELS, help=N_("how it was sent")),
                _BY,
                argument("--approved-by", metavar="NAME", default=""),
                argument(
                    "--people", metavar="N", default="", help=N_("how many people it reached")
                ),
                argument("--late-reason", metavar="TEXT", default="", help=N_("why it was late")),
                WITH_PRIVILEGED,
                JSON,
            ),
        ),
        "timeline": Command(
            _timeline,
            N_("show what happened when, or write it down (add TEXT)"),
            (
                REGISTER,
                REF,
                argument("given", nargs="*", metavar="add TEXT"),
                _AT,
                _BY,
                argument("--result", metavar="TEXT", default="", help=N_("what came of it")),
                argument(
                    "--summary",
                    action="store_true",
                    help=N_("it belongs into a summary for others"),
                ),
                JSON,
            ),
        ),
        "playbook": Command(
            _playbook,
            N_("show the playbooks that fit an incident, or make the tasks of one"),
            (REGISTER, REF, argument("key", metavar="KEY", nargs="?", default=""), JSON),
        ),
        "regimes": Command(
            _regimes,
            N_("show the rules of notification, or make one of your own (add PATTERN)"),
            (
                argument("register", metavar="REGISTER", type=path, nargs="?"),
                argument("does", metavar="add", nargs="?", default=""),
                argument("pattern", metavar="PATTERN", nargs="?", default=""),
                argument("--title", metavar="TEXT", default="", help=N_("what it is called")),
                argument(
                    "--party",
                    metavar="REF",
                    default="",
                    help=N_("whom to tell; it counts where they are concerned"),
                ),
                argument("--hours", metavar="N", type=whole),
                argument("--days", metavar="N", type=whole),
                argument("--working-days", metavar="N", type=whole),
                argument("--clause", metavar="TEXT", default="", help=N_("where it says so")),
                JSON,
            ),
        ),
    }
)
"""By their names."""
