"""Arguments that several commands take, and how what is typed for them is read."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from riskreg.errors import N_, Expected
from riskreg.i18n import LANGUAGES

MOST_DAYS: Final = 366
"""Of a reminder."""

Argument: TypeAlias = tuple[str, Mapping[str, Any]]
"""The name of an argument and what argparse is told of it."""


def path(text: str) -> Path:
    """A file name; one that begins with a dash is more likely a mistyped option."""
    if text.startswith("-"):
        raise Expected("dash_path", path=text)
    if "\0" in text or not text:
        raise Expected("usage", problem=repr(text))
    return Path(text)


def whole(text: str) -> int:
    """A whole number of up to nine digits."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def at_least_one(text: str) -> int:
    """A whole number from 1."""
    if (number := whole(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is less than 1")
    return number


def days(text: str) -> int:
    """Days before a date, up to a year."""
    if (number := whole(text)) > MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is more than {MOST_DAYS}")
    return number


def argument(name: str, **told: Any) -> Argument:  # noqa: ANN401
    """An argument as a command lists it."""
    return name, told


REGISTER: Final = argument("register", metavar="REGISTER", type=path)
PATH: Final = argument("path", metavar="PATH", type=path)
KIND: Final = argument("kind", metavar="KIND")
REF: Final = argument("ref", metavar="REF")
REFS: Final = argument("refs", nargs="+", metavar="REF")
OTHER: Final = argument("other", metavar="REF")
ROLE: Final = argument("role", metavar="ROLE")
VALUES: Final = argument("values", nargs="+", metavar="field=value")
PARTIES: Final = argument(
    "--create-parties",
    action="store_true",
    help=N_("make a party for a name that no party has"),
)
JSON: Final = argument("--json", action="store_true", help=N_("print JSON, for scripts"))
KINDS: Final = argument(
    "--kind",
    nargs="+",
    action="extend",
    metavar="KIND",
    default=[],
    help=N_("only records of these kinds"),
)
SEARCH: Final = argument(
    "--search", metavar="WORDS", default="", help=N_("records in which all these words occur")
)
FILTER: Final = argument(
    "--filter",
    nargs="+",
    action="extend",
    metavar='"FIELD OP VALUE"',
    default=[],
    help=N_("OP is = != < <= > >= contains in empty; several must all hold"),
)
AS_OF: Final = argument(
    "--as-of",
    metavar="INSTANT",
    default="",
    help=N_("as it stood at the end of a day, at a time, or after an entry of the history"),
)
SORT: Final = argument(
    "--sort",
    nargs="+",
    action="extend",
    metavar="FIELD",
    default=[],
    help=N_("a dash before the field sorts downwards"),
)
LIMIT: Final = argument("--limit", metavar="N", type=whole)
COUNT: Final = argument("--count", metavar="N", type=at_least_one, default=1)
LANG: Final = argument("--lang", choices=LANGUAGES)
WITH_PRIVILEGED: Final = argument(
    "--with-privileged",
    action="store_true",
    help=N_("also legally privileged records, which otherwise stay inside"),
)
