"""How what is typed is read: the parser of every command."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from riskreg.commands import every
from riskreg.commands.arguments import LANG
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator

ABOUT: Final = N_("A register of risks and personal data breaches, in one file.")
WINDOW: Final = N_("Without a command the window opens: main.py [REGISTER]")


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
    for name, command in every.COMMANDS.items():
        about = t.gettext(command.help)
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        for typed, told in (*command.arguments, LANG):
            one.add_argument(typed, **_translated(told, t))
        one.set_defaults(run=command.run)
    return whole


def _translated(told: Mapping[str, Any], t: Translator) -> dict[str, Any]:
    return {**told, "help": t.gettext(told["help"])} if "help" in told else dict(told)


def with_sort_keys(argv: Sequence[str]) -> list[str]:
    """The arguments with `--sort -due_on` written so that argparse takes `-due_on` for a value."""
    found: list[str] = []
    is_sorting = False
    for text in argv:
        if text.startswith("--"):
            is_sorting = text == "--sort"
        found.append(f" {text}" if is_sorting and text[:1] == "-" != text[1:2] else text)
    return found
