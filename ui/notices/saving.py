"""A paper of a notice as a file: PDF, Word to be edited, or the EDPB's common form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from riskreg.errors import N_, Expected
from riskreg.formats import sentences
from riskreg.i18n import Language, Translator
from riskreg.notice_files import write_notice
from riskreg.notices import PaperKind
from riskreg.privileged import left_out_words
from riskreg.records import Incident
from riskreg.rules.regimes import Rule
from riskreg.work import DRAWING, Work
from ui.context import Context
from ui.jobs import Job
from ui.prompts import Answer

_FILES: Final = {
    ".pdf": N_("PDF files"),
    ".docx": N_("Word documents"),
    ".json": N_("Forms as JSON"),
}


class Wish(NamedTuple):
    """What shall be written where.

    Attributes:
        incident: Its id.
        rule: What asks for it.
        kind: Which paper.
        language: In which it is written.
        path: The file; its ending says whether it is a PDF, Word or the common form.
        with_privileged: What is privileged was asked for by name.
    """

    incident: int
    rule: Rule
    kind: PaperKind
    language: Language
    path: Path
    with_privileged: bool = False


def patterns(suffix: str, t: Translator) -> str:
    """What the dialog of the system shows."""
    return f"{t.gettext(_FILES[suffix])} (*{suffix})"


class Paper(NamedTuple):
    """A paper that is shown.

    Attributes:
        rule: What asks for it.
        kind: Which.
        language: In which it is written.
        name: What it is called, translated.
    """

    rule: Rule
    kind: PaperKind
    language: Language
    name: str


def wished(context: Context, incident: Incident, paper: Paper, suffix: str) -> Wish | None:
    """Ask where a paper goes, and whether it may where it is privileged; None where it stays."""
    t, prompts = context.t, context.prompts
    suggestion = Path.home() / f"{incident.ref}-{paper.name}{suffix}"
    path = prompts.save_file(t.gettext(N_("Save the notice")), patterns(suffix, t), suggestion)
    if path is None or not _may_leave(context, incident):
        return None
    path = path if path.suffix.lower() == suffix else Path(f"{path}{suffix}")
    privileged = bool(incident.is_privileged)
    return Wish(incident.id, paper.rule, paper.kind, paper.language, path, privileged)


def _may_leave(context: Context, incident: Incident) -> bool:
    """What is privileged leaves only when it is asked for by name."""
    if not incident.is_privileged:
        return True
    gettext = context.t.gettext
    answer = context.prompts.ask(
        gettext(N_("Save the notice")),
        gettext(N_("This incident is marked as legally privileged. Shall it leave the register?")),
        (Answer("leave", gettext(N_("Save it nevertheless"))),),
    )
    return answer == "leave"


def save(
    context: Context, wish: Wish, done: Callable[[str], object], failed: Callable[[Expected], None]
) -> Job:
    """Write it on the writer's thread, and note in the history where the copy went; `done` is given a sentence."""
    register, t = context.register, context.t

    def write(work: Work) -> str:
        made = write_notice(
            register,
            wish.incident,
            wish.rule,
            wish.path,
            wish.language,
            kind=wish.kind,
            with_privileged=wish.with_privileged,
            work=work,
        )
        said = t.gettext(N_("Saved as {file}.")).format(file=wish.path.name)
        return sentences(t, said, left_out_words(made.left_out, t))

    return context.jobs.write(write, doing=DRAWING, done=done, failed=failed)
