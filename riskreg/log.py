"""What the program did, for whoever has to mend it: codes, counts, ids and durations, never a value.

The log is a small rotating file in the account's data folder. A register's content, names of people
and files, and messages of exceptions (which may quote any of these) are never written. Where the
folder cannot be written there is no log, and the program goes on.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import re
import sys
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final

from riskreg import clock
from riskreg.errors import Expected
from riskreg.settings import data_folder

_SIZE: Final = 512 * 1024
"""Bytes of one file; two older ones are kept."""

_CODE: Final = re.compile(r"[^A-Za-z0-9_.:/<>-]+")
_FRAME: Final = re.compile(r'^  File "(.*)", line (\d+) in (.+)$', re.MULTILINE)
_ROOT: Final = Path(__file__).resolve().parent.parent


def log_file() -> Path:
    """The file that is written now."""
    return data_folder() / "logs" / "riskreg.log"


def event(code: str, **numbers: float) -> None:
    """Write one line: when, what, and its numbers.

    Args:
        code: What happened, as a fixed word such as `import.applied`; never built from content.
        numbers: Counts, ids, seconds.
    """
    parts = [f"{name}={number:g}" for name, number in numbers.items()]
    _write(" ".join([_plain(code), *parts]))


def failure(error: BaseException) -> None:
    """Write the type and stack of an exception, and those of what caused it, without its message.

    Of our own failures the id is written: it is a fixed word.
    """
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        _write(f"failure {_type_of(current)} at {_stack_of(current)}")
        current = current.__cause__ or current.__context__


def excepthook(
    kind: type[BaseException], error: BaseException, stack: TracebackType | None
) -> None:
    """Write an exception that nobody caught; a `sys.excepthook` for window and worker threads."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, stack)
        return
    failure(error.with_traceback(stack))


def catch_crashes() -> None:
    """Have the stack of a crash below Python kept, and write that of an earlier one to the log.

    At the crash itself nothing but raw text can be written, so that it waits in a file of its own for the
    next start. Whoever already listens, as `python -X faulthandler` does, is left alone.
    """
    path = log_file().with_name("crash.txt")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = path.open("a+", encoding="utf-8", errors="replace")
    except OSError:
        return
    file.seek(0)
    frames = _FRAME.findall(file.read())
    if frames:
        places = (f"{_place(name)}:{line}:{function}" for name, line, function in frames)
        _write(f"crash at {' < '.join(map(_plain, places))}")
    file.truncate(0)
    if faulthandler.is_enabled():
        file.close()
    else:
        faulthandler.enable(file)  # which keeps it open


def _type_of(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return _plain(f"{name}:{error.id}" if isinstance(error, Expected) else name)


def _stack_of(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"{_place(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames)
    return " > ".join(map(_plain, places)) or "-"


def _place(filename: str) -> str:
    """A source file by its path inside the program or a library, never by the folder a person chose."""
    parts = Path(filename).parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    path = Path(filename)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def _plain(code: str) -> str:
    return _CODE.sub("_", code)


def _write(text: str) -> None:
    _logger(log_file()).info("%s %s", f"{clock.now():%Y-%m-%dT%H:%M:%S}Z", text)


@cache
def _logger(path: Path) -> logging.Logger:
    logger = logging.Logger(f"riskreg.log:{path}", logging.INFO)
    logger.addHandler(_handler(path))
    return logger


class _File(logging.handlers.RotatingFileHandler):
    """A log that a full disk or a folder that went away silences, and nothing more."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Do nothing: the log is never a reason to disturb the user."""


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _File(path, maxBytes=_SIZE, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler
