"""The command line: the same calls that the window makes, for scripts and for people at a terminal.

A command ends with 0 where all is well, 1 where something was found or rejected, 2 where it was
refused; then three sentences on the error channel say what happened, what is safe and what to do.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from riskreg import clock, log, settings
from riskreg.commands import arguments, every, typed
from riskreg.commands.printing import harmless
from riskreg.commands.session import Session
from riskreg.errors import N_, BadValue, Expected, Message, Refused
from riskreg.i18n import LANGUAGES, Language, Translator, guess_language, translator
from riskreg.records import values
from riskreg.wording import message, problem_words

OpenWindow: TypeAlias = Callable[[Path | None, Sequence[str]], int]
Command: TypeAlias = Callable[[Session], int]

INTERRUPTED: Final = 130
"""What a shell expects of a program that was stopped with Ctrl-C."""

UNCHANGED: Final = N_("Nothing was changed.")
CORRECT: Final = N_("Correct what is named and run the command again.")
SET_ASIDE: Final = N_(
    "The preferences of this computer could not be read; they are kept as {path}, and the usual ones are used."
)


def main(argv: Sequence[str], open_window: OpenWindow) -> int:
    """Run one command, or open the window, and return the exit status; never raises."""
    _see_to_streams()
    _speak_utf8()
    t = _translator(argv)
    elapsed = clock.stopwatch()
    try:
        _see_to_zones()
        status = _run(argv, t, open_window)
        sys.stdout.flush()
    except BrokenPipeError:
        return _drop_output()
    except KeyboardInterrupt:
        _complain(Expected("stopped"), t)
        return INTERRUPTED
    except Exception as error:
        _complain(_expected(error), t)
        return 2
    log.event("command.done", status=status, seconds=round(elapsed(), 3))
    return status


def _run(argv: Sequence[str], t: Translator, open_window: OpenWindow) -> int:
    if argv and (argv[0] in (*every.COMMANDS, "-h", "--help") or len(argv) > 1):
        return _run_command(argv, t)
    path = arguments.path(argv[0]) if argv else None
    if path is not None and not path.exists():
        raise Expected("not_found", path=path.name)
    return open_window(path, [sys.argv[0], *argv])


def _run_command(argv: Sequence[str], t: Translator) -> int:
    try:
        args = typed.parser(t).parse_args(typed.with_sort_keys(argv))
    except SystemExit as ended:  # --help
        return int(ended.code or 0)
    command: Command = args.run
    return command(Session(args, t))


# Words and failures


def _see_to_zones() -> None:
    """Time zones come with the program; where they went missing nothing may be opened."""
    try:
        values.zone_of("Asia/Hong_Kong")
    except values.Unfit:
        raise Expected("no_zones") from None


def _see_to_streams() -> None:
    """A frozen program without a console has none on Windows; what it prints then goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _speak_utf8() -> None:
    """Print UTF-8 on every system; a name that is not text comes out escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _translator(argv: Sequence[str]) -> Translator:
    """In the language of `--lang`, of the preferences, or of the system."""
    loaded = settings.load()
    found = loaded.settings.language or guess_language()
    for place, text in enumerate(argv):
        given = text.removeprefix("--lang=") if text.startswith("--lang=") else ""
        if text == "--lang" and place + 1 < len(argv):
            given = argv[place + 1]
        found = given if given in LANGUAGES else found
    t = translator(_language(found))
    if loaded.set_aside:
        print(t.gettext(SET_ASIDE).format(path=loaded.set_aside), file=sys.stderr)
    return t


def _language(name: str) -> Language:
    return next((language for language in LANGUAGES if language == name), "en")


def _expected(error: Exception) -> Expected:
    """The failure as one of ours; anything else is a fault of the program, and logged."""
    if isinstance(error, Expected):
        log.event(f"refused.{error.id}")
        return error
    log.failure(error)
    if isinstance(error, OSError) and error.filename is not None:
        if error.errno == errno.ENOSPC:
            return Expected("disk_full")
        name = Path(os.fsdecode(error.filename)).name
        return Expected("cannot_write", path=name, reason=error.strerror or "")
    return Expected("unexpected", log=str(log.log_file()))


def _complain(error: Expected, t: Translator) -> None:
    """Print the three sentences, each on a line, and every further problem of a refused change."""
    said: Message = error.message(t.gettext) if isinstance(error, BadValue) else message(error, t)
    more = []
    if isinstance(error, Refused):
        said = Message(said.what, t.gettext(UNCHANGED), t.gettext(CORRECT))
        more = [f"  {problem_words(problem, t)}" for problem in error.problems]
    lines = [part for part in said if part] + (more if len(more) > 1 else [])
    with suppress(OSError):  # nobody listens
        print(harmless("\n".join(lines)), file=sys.stderr, flush=True)


def _drop_output() -> int:
    """Whoever read our output has gone, such as `head`: that is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
