"""Making a report: written beside its target, checked, then put in its place, so that a failure leaves what was there."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

from riskreg import clock, logo, placing, privileged
from riskreg.dates import moment_words
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from riskreg.reports import (
    action_coverage,
    asset_inventory,
    breach_statistics,
    changes,
    checks,
    custody,
    decision,
    edpb_form,
    handover,
    incident,
    incident_register,
    measures,
    processing,
    programme,
    record,
    register_33_5,
    report_slip,
    response_card,
    risk_register,
    summary,
    todo,
    treatment_plan,
)
from riskreg.reports.asked import Asked, Told
from riskreg.reports.layout import Rows
from riskreg.reports.page import CONFIDENTIAL, Document, Front, Lacking, Printed, front_row
from riskreg.reports.rows import GATHERING
from riskreg.views import Head, Reader, Register
from riskreg.wording import REPORTS as TITLES
from riskreg.work import QUIET, Work


class Report(NamedTuple):
    """One of the reports.

    Attributes:
        tell: What it says.
        about: "all" for the whole register; "any" where it can be narrowed to one record; "one" where it is about one.
        compares: It compares two moments.
    """

    tell: Callable[[Asked], Told]
    about: Literal["all", "any", "one"] = "any"
    compares: bool = False


REPORTS: Final[Mapping[str, Report]] = {
    "summary": Report(summary.tell, "all"),
    "risk-register": Report(risk_register.tell),
    "measures": Report(measures.tell),
    "action-coverage": Report(action_coverage.tell),
    "treatment-plan": Report(treatment_plan.tell),
    "incident-register": Report(incident_register.tell),
    "register-33-5": Report(register_33_5.tell),
    "incident": Report(incident.tell, "one"),
    "edpb-form": Report(edpb_form.tell, "one"),
    "decision": Report(decision.tell),
    "custody": Report(custody.tell, "one"),
    "statistics": Report(breach_statistics.tell, "all", compares=True),
    "processing": Report(processing.tell),
    "asset-inventory": Report(asset_inventory.tell),
    "programme": Report(programme.tell, "all"),
    "checks": Report(checks.tell, "all"),
    "handover": Report(handover.tell),
    "to-do": Report(todo.tell),
    "response-card": Report(response_card.tell, "all"),
    "staff-report-slip": Report(report_slip.tell, "all"),
    "record": Report(record.tell, "one"),
    "changes": Report(changes.tell, "all", compares=True),
}
"""Every report by its name; `riskreg.wording` says what each is called."""

MADE: Final = N_("Made {made}. Last change of the register: {changed}.")
_TRIES: Final = 3


class Paper(NamedTuple):
    """A report as the bytes of a PDF, before anybody said where it goes: what is seen, saved and printed is the same.

    Attributes:
        name: A key of `REPORTS`.
        ref: The one record it is about; "" for all.
        content: The PDF.
        pages: How many it has.
        fingerprint: Of the history it was made from.
        lacking: Characters that no font has; they are shown as boxes.
        left_out: Legally privileged records that it does not tell of.
        privileged: How many the register has, where they were asked for; else 0.
    """

    name: str
    ref: str
    content: bytes
    pages: int
    fingerprint: str
    lacking: int
    left_out: int = 0
    privileged: int = 0


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


def draw(
    reader: Reader,
    name: str,
    t: Translator,
    *,
    ref: str = "",
    between: Span = Span(),  # noqa: B008 (a value)
    by: str = "",
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Paper:
    """Make a report in memory; arguments and failures as of `make`, but for those of the file."""
    if name not in REPORTS:
        raise Expected("no_report", report=name, known=", ".join(REPORTS))
    if between != Span() and not REPORTS[name].compares:
        raise Expected("no_span")
    shown = privileged.without(reader, t, is_asked=with_privileged)
    front, told, head = _told(shown, name, t, ref, between, by, work)
    file = io.BytesIO()
    printed = _print(file, front, told, work)
    return Paper(
        name=name,
        ref=ref,
        content=file.getvalue(),
        pages=printed.pages,
        fingerprint=head.fingerprint,
        lacking=printed.lacking,
        left_out=privileged.left_out(shown),
        privileged=len(privileged.privileged_ids(reader)) if with_privileged else 0,
    )


def save(paper: Paper, target: Path) -> None:
    """Put a report into a file, ending in .pdf; what is there is replaced when the new one is whole.

    Raises:
        Expected: The name of the file does not fit ("not_a_pdf"), or it cannot be written ("cannot_write", "no_room").
    """
    _named(target)
    placing.place(target, lambda file: _fill(file, paper), lambda file: _check(file, paper), QUIET)


def make(
    reader: Reader,
    name: str,
    target: Path,
    t: Translator,
    *,
    ref: str = "",
    between: Span = Span(),  # noqa: B008 (a value)
    by: str = "",
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Paper:
    """Make a report as a PDF.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        name: A key of `REPORTS`.
        target: The file, ending in .pdf; what is there is replaced when the new one is whole.
        t: The language of the report.
        ref: The one record it shall be about; "" for all.
        between: What it compares, where it compares.
        by: Who makes it; "" where nobody said.
        with_privileged: Legally privileged records are asked for by name.
        work: Progress; may cancel.

    Raises:
        Expected: There is no such report ("no_report") or record ("no_record", "which_record", "privileged"), it compares nothing ("no_span"), the name
            of the file does not fit ("not_a_pdf"), the file cannot be written ("cannot_write", "no_room"), or the register changed all
            the time ("busy").
        Cancelled: The user stopped it.
    """
    _named(target)
    paper = draw(
        reader, name, t, ref=ref, between=between, by=by, with_privileged=with_privileged, work=work
    )
    save(paper, target)
    return paper


def make_for(
    register: Register,
    name: str,
    target: Path,
    t: Translator,
    *,
    ref: str = "",
    between: Span = Span(),  # noqa: B008 (a value)
    by: str = "",
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Paper:
    """Make a report of the register as it stands, and note in its journal where the copy went; as `make` otherwise."""
    _named(target)
    with register.reader() as reader:
        paper = draw(
            reader,
            name,
            t,
            ref=ref,
            between=between,
            by=by,
            with_privileged=with_privileged,
            work=work,
        )
    save(paper, target)
    note(register, paper, target.name)
    return paper


def note(register: Register, paper: Paper, where: str) -> None:
    """Note in the journal where a copy of a report went: the name of a file or of a printer."""
    facts = {"report": paper.name, "file": where, "fingerprint": paper.fingerprint}
    facts |= {"ref": paper.ref} if paper.ref else {}
    facts |= {"privileged": str(paper.privileged)} if paper.privileged else {}
    register.note("report", facts)


def _named(target: Path) -> None:
    if target.suffix.lower() != ".pdf":
        raise Expected("not_a_pdf", path=target.name)


def _told(
    reader: Reader, name: str, t: Translator, ref: str, between: Span, by: str, work: Work
) -> tuple[Front, Told, Head]:
    """What the report says, all from one state: asked again where the register changed in between."""
    for _ in range(_TRIES):
        work.step(GATHERING)
        head, organisation, now = reader.head(), reader.organisation(), clock.now()
        told = REPORTS[name].tell(Asked(reader, t, ref, now, organisation.zone, *between, by, work))
        if reader.head().seq == head.seq:
            made = t.gettext(MADE).format(
                made=moment_words(now, organisation.zone, t),
                changed=moment_words(head.at, organisation.zone, t),
            )
            front = Front(
                organisation=organisation.title,
                title=told.title or t.gettext(TITLES[name]),
                lines=tuple(filter(None, (told.view, made))),
                mark=told.mark or t.gettext(CONFIDENTIAL),
                fingerprint=head.fingerprint,
                is_sample=reader.is_sample,
                is_drill=told.is_drill,
                made=now,
                t=t,
                logo=logo.found(reader),
                last=privileged.said_of(reader, t),
            )
            return front, told, head
    raise Expected("busy")


def _print(file: BinaryIO, front: Front, told: Told, work: Work) -> Printed:
    story = [Rows([front_row(front)]), *told.story, Lacking(front)]
    return Document(file, front, work).print(story)


def _fill(file: BinaryIO, paper: Paper) -> None:
    file.write(paper.content)


def _check(file: BinaryIO, paper: Paper) -> bool:
    """Whether the file holds what was made, and this begins and ends as a PDF does."""
    file.seek(0)
    content = file.read()
    is_whole = content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    return content == paper.content and is_whole and paper.pages > 0
