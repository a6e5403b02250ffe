"""The translations: collected from the code with Babel, compiled, checked."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools import environment
from devtools.computer import Stopped, say

LOCALE = environment.ROOT / "resources" / "locale"
# The markers that riskreg/i18n.py and riskreg/messages/marked.py define, as Babel writes them.
KEYWORDS = ("N_", "NP_:1c,2", "NN_:1,2", "gettext", "ngettext:1,2", "pgettext:1c,2")


def compiled_path(po: Path) -> Path:
    """Where the compiled twin of LANG.po belongs."""
    return po.parent / po.stem / "LC_MESSAGES" / "riskreg.mo"


def is_stale(po: Path) -> bool:
    """Whether a translation has changed since it was compiled."""
    mo = compiled_path(po)
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _babel(*args: str, stderr: int | None = None) -> int:
    return environment.run("-m", "babel.messages.frontend", "--quiet", *args, stderr=stderr)


def _translations() -> list[Path]:
    return sorted(LOCALE.glob("*.po"))


def compile_all() -> None:
    """Compile each translation that changed.

    Raises:
        Stopped: a translation cannot be read.
    """
    for po in filter(is_stale, _translations()):
        if not _compile(po):
            raise Stopped(
                f"The translation {po.name} could not be compiled.",
                "No other file was changed.",
                "Correct the line named above, then run the same command again.",
            )


def _compile(po: Path) -> bool:
    """Compile a translation beside its place and put it there when it is whole: a program that starts meanwhile reads the old one or the new one."""
    mo = compiled_path(po)
    mo.parent.mkdir(parents=True, exist_ok=True)
    part = mo.with_name(f".{mo.name}.{os.getpid()}.part")
    try:
        if _babel("compile", "-i", str(po), "-o", str(part), "-l", po.stem):
            return False
        part.replace(mo)
    finally:
        part.unlink(missing_ok=True)
    return True


@contextlib.contextmanager
def _collected_texts() -> Iterator[str]:
    """A template with every text of the code, there as long as it is needed.

    Raises:
        Stopped: the code cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        template = str(Path(folder, "riskreg.pot"))
        markers = [word for keyword in KEYWORDS for word in ("-k", keyword)]
        layout = ["--no-default-keywords", "-k", "_", "--add-location=file", "--sort-by-file"]
        code = ["riskreg", "ui", "main.py"]
        if _babel("extract", *layout, *markers, "-o", template, *code):
            raise Stopped(
                "The texts of the code could not be collected.",
                "No translation was changed.",
                "Correct the file named above, then run the same command again.",
            )
        yield template


def _update(po: Path, template: str, *options: str) -> list[str]:
    """Babel's arguments that bring one .po in line with the template."""
    same = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
    return ["update", *same, "-i", template, "-o", str(po), "-l", po.stem, *options]


def update_all() -> int:
    """Bring each .po in line with the texts in the code; 0 when all went well."""
    with _collected_texts() as template:
        return max((_babel(*_update(po, template)) for po in _translations()), default=0)


def lagging() -> list[str]:
    """Names of the .po files that lack a text of the code or keep one that is gone."""
    with _collected_texts() as template:
        # Babel 2.18 says "out of date" with a traceback, so only its answer is heard.
        return [
            po.name
            for po in _translations()
            if _babel(*_update(po, template, "--check"), stderr=subprocess.DEVNULL)
        ]


def check() -> int:
    """Whether a translation lags behind the code or is wrong; 0 when all are right."""
    behind = lagging()
    if behind:
        say(f"Behind the code: {', '.join(behind)}. Run: python3 dev.py translations")
    return bool(behind) | environment.run("-m", "tests.architecture.translations", str(LOCALE))
