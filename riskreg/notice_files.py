"""A notice, a letter, a message or a script as a file: made from the incident as it stands, and noted in the history.

As a PDF through `reports`, as Word through `exchange`; neither knows the other.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from riskreg import clock, notices, privileged, reports
from riskreg.cases import Case, case_of
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.notices import Item, PaperKind, Prepared, Written
from riskreg.records.values import Instant
from riskreg.reports import notice as pages
from riskreg.rules.regimes import Rule
from riskreg.views import Reader, Register
from riskreg.work import QUIET, Work

FORM: Final = frozenset({("gdpr", "authority")})
"""Regimes and recipients for whose notices the EDPB's common form can be written: it asks by the law of the EU."""


class NoticeFile(NamedTuple):
    """A file that was made.

    Attributes:
        path: The file.
        prepared: What it was made from: its items, its notes, whom it tells.
        missing: The items of which something is not known yet.
        left_out: Legally privileged records that were not read for it.
        text: What it says as plain text: what is kept where it is sent as it is.
    """

    path: Path
    prepared: Prepared
    missing: tuple[Item, ...]
    left_out: int
    text: str


def write_notice(
    register: Register,
    id: int,
    rule: Rule,
    target: Path,
    language: Language | None = None,
    *,
    kind: PaperKind = "notice",
    phase: str = "",
    late_reason: str = "",
    sent_at: Instant | None = None,
    with_privileged: bool = False,
    work: Work = QUIET,
) -> NoticeFile:
    """Write a paper of an incident.

    Args:
        register: The register; the history notes where the copy went.
        id: Of the incident.
        rule: What asks for the notice.
        target: The file, ending in .pdf or .docx, or in .json for the EDPB's common form; what is there is replaced when the new one is whole.
        language: Of the notice; None for the organisation's.
        kind: A notice (to people: a letter), or for people a letter, message or script.
        phase: A key of `notice_phase`; "" for the next one of the rule.
        late_reason: Why it is late, where no notice keeps it yet.
        sent_at: When it went out, where it has: by then it is judged whether it was late; None for now.
        with_privileged: Legally privileged records were asked for by name.
        work: Progress; may cancel.

    Raises:
        Expected: The name of the file does not fit ("not_a_notice_file", "not_a_form"), the paper is not for people
            ("notice_not_for_people"), the incident is privileged ("privileged"), a template of the
            organisation cannot be used ("template_damaged", "template_wrong"), or the file cannot be
            written ("cannot_write", "no_room").
        Cancelled: The user stopped it.
    """
    suffix = target.suffix.lower()
    if suffix not in (".pdf", ".docx", ".json"):
        raise Expected("not_a_notice_file", path=target.name)
    if suffix == ".json" and (rule.regime, rule.recipient) not in FORM:
        raise Expected("not_a_form", rule=rule.key)
    with register.reader() as inside:
        t = translator(language or notices.language_of(case_of(inside, id)))
        shown = privileged.without(inside, t, is_asked=with_privileged)
        case = told_case(shown, id)
        now = clock.now()
        told_at = sent_at.utc if sent_at else now
        written = notices.paper(
            case, rule, kind, t.language, shown, now=told_at, phase=phase, late_reason=late_reason
        )
        text = written.text
        if suffix == ".json":
            text = _write_form(
                register,
                shown,
                case,
                phase or notices.phase_of(case, rule),
                target,
                t.language,
                told_at,
                work,
            )
        elif suffix == ".pdf":
            paper = pages.draw(shown, written, t, now=now, work=work)
            reports.save(paper, target)
            reports.note(register, paper, target.name)
        else:
            _write_word(register, shown, written, target, work)
        left = privileged.left_out(shown)
    lacking = notices.missing(written.prepared)
    return NoticeFile(target, written.prepared, lacking, left, text)


def _write_form(
    register: Register,
    reader: Reader,
    case: Case,
    phase: str,
    target: Path,
    language: Language,
    now: datetime,
    work: Work,
) -> str:
    """The EDPB's common form; the text that was written."""
    from riskreg.exchange import edpb_form, outgoing

    form = edpb_form.edpb_form(reader, case, phase, language, now)
    fingerprint = reader.head().fingerprint
    return outgoing.export_form(
        register, form, target, ref=case.incident.ref, fingerprint=fingerprint, work=work
    )


def told_case(reader: Reader, id: int) -> Case:
    """The case of an incident; raises `Expected` where it is privileged and was not asked for by name ("privileged")."""
    reader.record(id)
    return case_of(reader, id)


def _write_word(
    register: Register, reader: Reader, written: Written, target: Path, work: Work
) -> None:
    from riskreg.exchange import outgoing  # only this file needs Word's libraries

    outgoing.export_word(
        register, written, target, fingerprint=reader.head().fingerprint, work=work
    )
