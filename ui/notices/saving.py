"""A paper of a notice as a file: PDF, or Word to be edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from riskreg import clock, reports
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator, translator
from riskreg.notices import Written
from riskreg.reports import notice as paper
from riskreg.work import DRAWING, Work
from ui.context import Context
from ui.jobs import Job


class Wish(NamedTuple):
    """What shall be written where."""

    written: Written
    path: Path


def patterns(suffix: str, t: Translator) -> str:
    """What the dialog of the system shows."""
    label = N_("Word documents") if suffix == ".docx" else N_("PDF files")
    return f"{t.gettext(label)} (*{suffix})"


def save(
    context: Context, wish: Wish, done: Callable[[str], object], failed: Callable[[Expected], None]
) -> Job:
    """Write it on the writer's thread, and note in the history where the copy went; `done` is given a sentence."""
    register, t = context.register, context.t

    def write(work: Work) -> str:
        with register.reader() as reader:
            language = translator(wish.written.prepared.language)
            made = paper.draw(reader, wish.written, language, now=clock.now(), work=work)
        reports.save(made, wish.path)
        reports.note(register, made, wish.path.name)
        return t.gettext(N_("Saved as {file}.")).format(file=wish.path.name)

    return context.jobs.write(write, doing=DRAWING, done=done, failed=failed)
