"""What leaves the register: a workbook or a CSV file, as the name of the file says, a calendar, a notice as Word, a form as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from riskreg import placing, privileged
from riskreg.edpb.form import Given
from riskreg.errors import N_, Expected
from riskreg.exchange import csv_file, narrowed, register_33_5, workbook
from riskreg.exchange.changed import Period
from riskreg.exchange.workbook import Exported
from riskreg.i18n import Translator
from riskreg.notices import Written
from riskreg.records import REGISTER_KINDS
from riskreg.views import Reader, Register, View, Where
from riskreg.work import QUIET, Work

CHOSEN: Final = N_("some of them, chosen by words or conditions")


def export_register(
    register: Register,
    kinds: Sequence[str],
    target: Path,
    t: Translator,
    *,
    words: str = "",
    where: Mapping[str, Sequence[Where]] | None = None,
    sort: Mapping[str, Sequence[tuple[str, bool]]] | None = None,
    changes: Period | None = None,
    is_redacted: bool = False,
    with_privileged: bool = False,
    for_authority: str = "",
    work: Work = QUIET,
) -> Exported:
    """Write a file of the register as it stands, and note in its journal where the copy went.

    Args:
        register: The register.
        kinds: What to write; empty for every kind, which only a workbook holds.
        target: The file, ending in .xlsx or .csv.
        t: The language of headers and choices.
        words: Only records in which all of these occur.
        where: Conditions on the records of a kind.
        sort: The order of the records of a kind, as in `View`; by ref where it is not said.
        changes: Whose changes get a sheet of a workbook; None for none.
        is_redacted: Leave out titles, free text and names.
        with_privileged: Legally privileged records are asked for by name.
        for_authority: The ref of an incident: it alone, with its decisions, notices, timeline and evidence, as a
            workbook; `kinds`, `words` and `where` are not asked then.
        work: Progress; may cancel.

    Raises:
        Expected: As `workbook.export` and `csv_file.export`; or there is not one kind for a CSV file ("csv_one_kind").
        Cancelled: The user stopped it.
    """
    is_csv = target.suffix.lower() == ".csv"
    chosen = list(dict.fromkeys(kinds))
    if is_csv and for_authority:
        raise Expected("not_a_workbook", path=target.name)
    if is_csv and len(chosen) != 1:
        raise Expected("csv_one_kind", path=target.name)
    conditions, order = where or {}, sort or {}
    views = [
        View(
            kinds=(kind,),
            words=words,
            where=tuple(conditions.get(kind, ())),
            sort=tuple(order.get(kind, ())),
        )
        for kind in chosen or REGISTER_KINDS
    ]
    with register.reader() as inside:
        reader = privileged.without(inside, t, is_asked=with_privileged)
        if for_authority:
            scope = narrowed.for_authority(reader, for_authority)
            views = [View(kinds=(kind,), where=where) for kind, where in scope.items()]
        if is_csv:
            made = csv_file.export(reader, views[0], target, t, is_redacted=is_redacted, work=work)
        else:
            shows = _sentence(reader, views, t, is_redacted)
            if for_authority:
                shows = t.gettext(narrowed.FOR_AUTHORITY).format(ref=for_authority.upper())
            made = workbook.export(
                reader,
                views,
                target,
                t,
                shows=shows,
                changes=changes,
                is_redacted=is_redacted,
                is_closed=bool(for_authority),
                work=work,
            )
    _note(register, made, with_privileged)
    return made


def export_calendar(
    register: Register,
    target: Path,
    t: Translator,
    *,
    is_refs_only: bool = False,
    remind_days: int | None = None,
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Exported:
    """Write a calendar file of what has a date, and note in the journal where the copy went; as `calendar.export`."""
    from riskreg.exchange import calendar  # only this file needs icalendar

    with register.reader() as inside:
        reader = privileged.without(inside, t, is_asked=with_privileged)
        made = calendar.export(
            reader, target, t, is_refs_only=is_refs_only, remind_days=remind_days, work=work
        )
    _note(register, made, with_privileged)
    return made


def export_breach_register(
    register: Register,
    target: Path,
    t: Translator,
    *,
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Exported:
    """Write the register of article 33(5), and note in the journal where the copy went; as `register_33_5.export`."""
    with register.reader() as inside:
        reader = privileged.without(inside, t, is_asked=with_privileged)
        made = register_33_5.export(reader, target, t, work)
    _note(register, made, with_privileged)
    return made


def export_word(
    register: Register, written: Written, target: Path, *, fingerprint: str, work: Work = QUIET
) -> None:
    """Write a notice as a Word file, by the organisation's own template where it has one, and note where the copy went.

    Args:
        register: The register; `templates` beside it holds templates of the organisation.
        written: What the notice says.
        target: The file, ending in .docx.
        fingerprint: Of the history it was made from.
        work: May cancel until the file is in its place.

    Raises:
        Expected: As `word.document`; or the file cannot be written ("cannot_write", "no_room").
        Cancelled: The user stopped it.
    """
    from riskreg.exchange import word  # only this file needs python-docx and docxtpl

    content = word.document(written, word.templates_beside(register.path))
    _place(register, content, target, fingerprint, written.prepared.ref, work)


def export_form(
    register: Register,
    form: Mapping[str, Given],
    target: Path,
    *,
    ref: str,
    fingerprint: str,
    work: Work = QUIET,
) -> str:
    """Write the EDPB's common form of an incident as JSON, and note where the copy went; what was written.

    Args:
        register: The register.
        form: As `edpb_form.edpb_form` fills it.
        target: The file, ending in .json.
        ref: Of the incident.
        fingerprint: Of the history it was made from.
        work: May cancel until the file is in its place.

    Raises:
        Expected: The file cannot be written ("cannot_write", "no_room").
        Cancelled: The user stopped it.
    """
    text = json.dumps(form, ensure_ascii=False, indent=2) + "\n"
    _place(register, text.encode(), target, fingerprint, ref, work)
    return text


def _place(
    register: Register, content: bytes, target: Path, fingerprint: str, ref: str, work: Work
) -> None:
    placing.place(
        target,
        lambda file: _fill(file, content),
        lambda file: _is_whole(file, content),
        work,
    )
    register.note("export", {"file": target.name, "fingerprint": fingerprint, "ref": ref})


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _is_whole(file: BinaryIO, content: bytes) -> bool:
    file.seek(0)
    return file.read() == content


def _note(register: Register, made: Exported, with_privileged: bool) -> None:
    """Note where a copy went; that privileged records were asked for is told, for that is asked about later."""
    rows = str(sum(made.sheets.values()))
    facts = {"file": made.path.name, "fingerprint": made.fingerprint, "rows": rows}
    number = len(privileged.privileged_ids(register)) if with_privileged else 0
    register.note("export", {**facts, "privileged": str(number)} if number else facts)


def _sentence(reader: Reader, views: Sequence[View], t: Translator, is_redacted: bool) -> str:
    """Which records these are; what a redacted file was searched for may itself be a name."""
    if not is_redacted:
        return narrowed.shown(reader, views, t)
    told = narrowed.shown(reader, [replace(view, words="", where=()) for view in views], t)
    is_narrowed = any(view.words or view.where for view in views)
    return f"{told}; {t.gettext(CHOSEN)}" if is_narrowed else told
