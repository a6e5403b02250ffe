"""Making a report: written beside its target, checked, then put in its place, so that a failure leaves what was there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from riskreg import clock
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from riskreg.reports import (
    action_coverage,
    asset_inventory,
    changes,
    incident_register,
    record,
    risk_register,
    summary,
)
from riskreg.reports.asked import Asked, Told
from riskreg.reports.layout import Rows
from riskreg.reports.page import Document, Front, Lacking, Printed, front_row
from riskreg.views import Head, Reader, Register
from riskreg.wording import REPORTS as TITLES
from riskreg.work import QUIET, Work

REPORTS: Final[Mapping[str, Callable[[Asked], Told]]] = {
    "summary": summary.tell,
    "risk-register": risk_register.tell,
    "action-coverage": action_coverage.tell,
    "incident-register": incident_register.tell,
    "asset-inventory": asset_inventory.tell,
    "record": record.tell,
    "changes": changes.tell,
}
"""Every report by its name; `riskreg.wording` says what each is called."""

COMPARING: Final = ("changes",)
"""Reports that compare two moments."""
ABOUT_ONE: Final = ("record",)
"""Reports that are about one record; most others can be narrowed to one."""

MADE: Final = N_("Made {made}. Last change of the register: {changed}.")
GATHERING: Final = N_("Reading the register")
_TRIES: Final = 3


class Made(NamedTuple):
    """A report that was made.

    Attributes:
        path: The file.
        pages: How many it has.
        fingerprint: Of the history it was made from.
        lacking: Characters that no font has; they are shown as boxes.
    """

    path: Path
    pages: int
    fingerprint: str
    lacking: int


class Span(NamedTuple):
    """Between which entries of the history a report compares.

    Attributes:
        since: The entry after which changes count; None for the beginning.
        until: The last one that counts; None for the newest.
    """

    since: int | None = None
    until: int | None = None


def span(register: Register, since: str, until: str) -> Span:
    """A span from what a person wrote: a day (its end), a time or an entry's number; "" leaves a side open.

    Raises:
        Expected: One of them is no moment of this history ("no_moment"), or the second is the earlier one ("moments_swapped").
    """
    found = Span(*(register.moment(text) if text.strip() else None for text in (since, until)))
    if found.since is not None and found.until is not None and found.since > found.until:
        raise Expected("moments_swapped")
    return found


def make(
    reader: Reader,
    name: str,
    target: Path,
    t: Translator,
    *,
    ref: str = "",
    between: Span = Span(),  # noqa: B008 (a value)
    by: str = "",
    work: Work = QUIET,
) -> Made:
    """Make a report as a PDF.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        name: A key of `REPORTS`.
        target: The file, ending in .pdf; what is there is replaced when the new one is whole.
        t: The language of the report.
        ref: The one record it shall be about; "" for all.
        between: What it compares, where it compares.
        by: Who makes it; "" where nobody said.
        work: Progress; may cancel.

    Raises:
        Expected: There is no such report ("no_report") or record ("no_record", "which_record"), it compares nothing ("no_span"), the name
            of the file does not fit ("not_a_pdf"), the file cannot be written ("cannot_write", "disk_full"), or the register changed all the time ("busy").
        Cancelled: The user stopped it.
    """
    if name not in REPORTS:
        raise Expected("no_report", report=name, known=", ".join(REPORTS))
    if between != Span() and name not in COMPARING:
        raise Expected("no_span")
    if target.suffix.lower() != ".pdf":
        raise Expected("not_a_pdf", path=target.name)
    front, told, head = _told(reader, name, t, ref, between, by, work)
    printed = _written(target, lambda file: _print(file, front, told, work))
    return Made(target, printed.pages, head.fingerprint, printed.lacking)


def make_for(
    register: Register,
    name: str,
    target: Path,
    t: Translator,
    *,
    ref: str = "",
    between: Span = Span(),  # noqa: B008 (a value)
    by: str = "",
    work: Work = QUIET,
) -> Made:
    """Make a report of the register as it stands, and note in its journal where the copy went; as `make` otherwise."""
    with register.reader() as reader:
        made = make(reader, name, target, t, ref=ref, between=between, by=by, work=work)
    note(register, name, target.name, made, ref)
    return made


def note(register: Register, name: str, where: str, made: Made, ref: str = "") -> None:
    """Note in the journal where a copy of a report went: the name of a file or of a printer."""
    facts = {"report": name, "file": where, "fingerprint": made.fingerprint}
    register.note("report", {**facts, "ref": ref} if ref else facts)


def copy(made: Made, target: Path) -> Made:
    """Put the very bytes of a report into another file, with the same care; raises as `make` does for the file."""
    if target.suffix.lower() != ".pdf":
        raise Expected("not_a_pdf", path=target.name)
    content = made.path.read_bytes()

    def write(file: BinaryIO) -> Printed:
        file.write(content)
        return Printed(made.pages, made.lacking)

    _written(target, write)
    return made._replace(path=target)


def _told(
    reader: Reader, name: str, t: Translator, ref: str, between: Span, by: str, work: Work
) -> tuple[Front, Told, Head]:
    """What the report says, all from one state: asked again where the register changed in between."""
    for _ in range(_TRIES):
        work.step(GATHERING)
        head, organisation, now = reader.head(), reader.organisation(), clock.now()
        told = REPORTS[name](Asked(reader, t, ref, now, organisation.zone, *between, by))
        if reader.head().seq == head.seq:
            made = t.gettext(MADE).format(
                made=moment_words(now, organisation.zone, t),
                changed=moment_words(head.at, organisation.zone, t),
            )
            front = Front(
                organisation=organisation.title,
                title=told.title or t.gettext(TITLES[name]),
                lines=tuple(filter(None, (told.view, made))),
                fingerprint=head.fingerprint,
                is_sample=reader.is_sample,
                made=now,
                t=t,
            )
            return front, told, head
    raise Expected("busy")


def _print(file: BinaryIO, front: Front, told: Told, work: Work) -> Printed:
    story = [Rows([front_row(front)]), *told.story, Lacking(front.t)]
    return Document(file, front, work).print(story)


def _written(target: Path, write: Callable[[BinaryIO], Printed]) -> Printed:
    """Write beside the target and replace it when the new file is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    try:
        try:
            with part.open("wb") as file:
                printed = write(file)
                file.flush()
                os.fsync(file.fileno())
            _check(part, printed)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _failure(target, error) from error
    return printed


def _check(part: Path, printed: Printed) -> None:
    """That the file begins and ends as a PDF does, with pages in it."""
    with part.open("rb") as file:
        start = file.read(5)
        file.seek(-32, os.SEEK_END)
        is_whole = start == b"%PDF-" and file.read().rstrip().endswith(b"%%EOF")
    if not is_whole or not printed.pages:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _failure(target: Path, error: OSError) -> Expected:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Expected("disk_full")
    return Expected("cannot_write", path=target.name, reason=error.strerror or "")
