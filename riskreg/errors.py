"""Every expected failure.

An id, its parameters, and three sentences that say what happened, what is safe and what to do.

An expected failure is one that the environment or the user can cause (a full disk, a stale form, a
damaged file). A bug is any
other exception. The sentences are msgids of the catalogue: `riskreg.i18n` translates them, the
window and the command line show them.
Parameters are names of files, counts, refs and field keys, never the content of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


class Message(NamedTuple):
    """What is shown for a failure: three sentences."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


_UNCHANGED: Final = N_("Nothing was changed.")

SENTENCES: Final[Mapping[str, Message]] = {
    # the door
    "refused": Message(
        N_("Not saved: {count} value(s) are not possible ({first})."),
        N_("The register is unchanged and your text is still here."),
        N_("Correct what is marked and save again."),
    ),
    "stale": Message(
        N_("{ref} was changed by someone else since you opened it ({fields})."),
        N_("Their version is saved and yours is still here."),
        N_("Compare the two values, keep the right one and save again."),
    ),
    "cancelled": Message(N_("Cancelled."), _UNCHANGED, N_("Start again when you are ready.")),
    "read_only": Message(
        N_("The register is open read-only ({reason})."),
        _UNCHANGED,
        N_("Close the other program or copy the register to a folder you can write to, then open it again."),
    ),
    "nothing_to_undo": Message(
        N_("There is nothing to undo."),
        _UNCHANGED,
        N_("Erasing, restoring and upgrading cannot be undone; open a backup to see an earlier state."),
    ),
    "nothing_to_redo": Message(
        N_("There is nothing to redo."), _UNCHANGED, N_("Redo is possible only right after an undo.")
    ),
    "no_record": Message(
        N_("There is no record {ref}."), _UNCHANGED, N_("Check the reference in the list and try again.")
    ),
    "no_kind": Message(
        N_("There is no kind of record called {kind}."), _UNCHANGED, N_("Use one of: {known}.")
    ),
    "no_field": Message(
        N_("{kind} has no field called {field}."), _UNCHANGED, N_("Use one of: {known}.")
    ),
    "no_role": Message(
        N_("{kind} has no link called {role} to {to}."), _UNCHANGED, N_("Use one of: {known}.")
    ),
    "handover_who": Message(
        N_("{ref} is no person or organisation."),
        _UNCHANGED,
        N_("Name two records of people, such as P-0001 and P-0002."),
    ),
    "handover_same": Message(
        N_("Nothing can be handed over from {ref} to {ref}."), _UNCHANGED, N_("Name another successor.")
    ),
    "handover_gone": Message(
        N_("{ref} is in the bin and cannot take over."),
        _UNCHANGED,
        N_("Take the record out of the bin first, or name another successor."),
    ),
    "bad_value": Message(
        N_("{field} cannot be “{value}”: {reason}."),
        _UNCHANGED,
        N_("Correct the value and try again."),
    ),
    "bad_filter": Message(
        N_("The filter “{filter}” cannot be read."),
        _UNCHANGED,
        N_("Write a field, an operator (= != < <= > >= contains in empty) and a value."),
    ),
    "no_moment": Message(
        N_("“{moment}” is not a moment in this history."),
        _UNCHANGED,
        N_("Write a day such as 2026-03-31, a time such as 2026-03-31T17:00, or the number of an entry."),
    ),
    # the file
    "not_found": Message(
        N_("There is no file {path}."), N_("Nothing was created."), N_("Check the name and the folder.")
    ),
    "exists": Message(
        N_("{path} exists already."), N_("It was not touched."), N_("Choose another name.")
    ),
    "not_a_file": Message(
        N_("{path} is not an ordinary file."), _UNCHANGED, N_("Choose a register file ending in .riskreg.")
    ),
    "empty_file": Message(
        N_("{path} is empty (0 bytes); a sync tool or a full disk can cause this."),
        _UNCHANGED,
        N_("Restore the newest backup into a new file."),
    ),
    "not_a_register": Message(
        N_("{path} is not a register ({looks_like})."),
        N_("It was not opened and not changed."),
        N_("Choose a file that this program made, or import this one into a register."),
    ),
    "newer_register": Message(
        N_("{path} was made by a newer version of this program (format {found}, this program reads up to {known})."),
        N_("It was not opened and not changed."),
        N_("Install the newer version and open it there."),
    ),
    "damaged": Message(
        N_("{path} is damaged ({detail})."),
        N_("It was not changed."),
        N_("Keep the damaged file, and restore the newest backup into a new file."),
    ),
    "foreign_parts": Message(
        N_("{path} contains parts that this program did not create ({parts})."),
        N_("It was not opened and not changed."),
        N_("Ask whoever gave you the file, or restore a backup."),
    ),
    "in_use": Message(
        N_("The register is open by {name} on {computer} since {since}."),
        _UNCHANGED,
        N_("Close it there first, or open it read-only here."),
    ),
    "busy": Message(
        N_("Another program keeps the register file busy."),
        N_("Nothing was lost and your text is still here."),
        N_("Wait a moment, close other programs that use the file, and try again."),
    ),
    "moved": Message(
        N_("The register file was moved, replaced or deleted by another program."),
        N_("Your last change was not saved; everything before it is in the moved file."),
        N_("Save a copy elsewhere, then look for the file where it was moved."),
    ),
    "disk_full": Message(
        N_("Not saved: the disk is full."),
        N_("The register is unchanged and your text is still here."),
        N_("Free some space on the disk and save again."),
    ),
    "no_room": Message(
        N_("There is no room on the disk for {path}."),
        N_("The register is unchanged, and what was in that place before is still there."),
        N_("Free some space or choose another disk, and try again."),
    ),
    "cannot_write": Message(
        N_("{path} cannot be written ({reason})."),
        N_("What was there before is unchanged."),
        N_("Choose another folder, or close the program that uses the file, and try again."),
    ),
    "cannot_read": Message(
        N_("{path} cannot be read ({reason})."),
        _UNCHANGED,
        N_("Check that the disk is connected and that you may read the file, then try again."),
    ),
    "bad_backup": Message(
        N_("The backup could not be verified ({detail})."),
        N_("The register is unchanged and the older backups are kept."),
        N_("Check the register's history, then make a backup on another disk."),
    ),
    "no_zone": Message(
        N_("The time zone {zone} is not known on this computer."),
        _UNCHANGED,
        N_("Choose a zone such as Asia/Hong_Kong."),
    ),
    # files in and out
    "not_a_workbook": Message(
        N_("A workbook is an Excel file, and the name {path} does not end in .xlsx."),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .xlsx."),
    ),
    "not_a_csv": Message(
        N_("The name {path} does not end in .csv."),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .csv."),
    ),
    "not_a_calendar": Message(
        N_("A calendar file ends in .ics, and the name {path} does not."),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .ics."),
    ),
    "calendar_empty": Message(
        N_("Nothing in this register has a date yet."),
        N_("No calendar was written, and a file of that name is as it was."),
        N_("Give something a due or review date, then try again."),
    ),
    "csv_one_kind": Message(
        N_("A CSV file holds records of one kind only."),
        N_("Nothing was written and {path} is as it was."),
        N_("Choose one kind, or give a name that ends in .xlsx for a workbook with all of them."),
    ),
    "workbook_full": Message(
        N_("The sheet “{sheet}” has more than a sheet of a workbook can hold."),
        N_("Nothing was written and the file is as it was."),
        N_("Export fewer records at a time: search or filter first."),
    ),
    "import_empty": Message(
        N_("{path} is empty (0 bytes)."), _UNCHANGED, N_("Save it again from Excel and import that file.")
    ),
    "import_too_large": Message(
        N_("{path} is too large ({size} MB; up to {most} MB can be imported)."),
        _UNCHANGED,
        N_("Split it into smaller files and import one after the other."),
    ),
    "import_not_a_file": Message(
        N_("{path} is not an ordinary file."), _UNCHANGED, N_("Choose a workbook (.xlsx) or a CSV file.")
    ),
    "import_locked": Message(
        N_("{path} cannot be read; Excel or another program may have it open."),
        _UNCHANGED,
        N_("Close it in Excel and try again, or ask whoever keeps it whether you may read it."),
    ),
    "import_protected": Message(
        N_("{path} is password-protected or in the old Excel format."),
        _UNCHANGED,
        N_("Open it in Excel, save it as .xlsx without a password, and import that file."),
    ),
    "import_other": Message(
        N_("{path} is not a workbook or CSV file; it looks like {looks_like}."),
        _UNCHANGED,
        N_("Choose a workbook (.xlsx) or a CSV file."),
    ),
    "import_other_workbook": Message(
        N_("{path} is {looks_like}, which this program does not read."),
        _UNCHANGED,
        N_("Open it in the program that made it, save it as .xlsx, and import that file."),
    ),
    "import_other_encoding": Message(
        N_("{path} is not written in {encoding}."),
        _UNCHANGED,
        N_("Choose another encoding, or let the program find it."),
    ),
    "import_damaged": Message(
        N_("{path} is damaged and cannot be read."),
        _UNCHANGED,
        N_("Open it in Excel, save it again, and import that file."),
    ),
    "import_macros": Message(
        N_("{path} contains macros, so nothing in it was read."),
        _UNCHANGED,
        N_("Save it in Excel as .xlsx without macros, and import that file."),
    ),
    "import_unsafe": Message(
        N_("{path} is built as no spreadsheet program builds one and could do harm, so nothing in it was read."),
        _UNCHANGED,
        N_("Ask whoever gave you the file; copy its cells into a new workbook and import that."),
    ),
    "import_slow": Message(
        N_("{path} took too long to read ({seconds} seconds)."),
        _UNCHANGED,
        N_("Copy the cells you need into a new workbook and import that."),
    ),
    "import_too_many_rows": Message(
        N_("{path} has more than {most} rows in one sheet."),
        _UNCHANGED,
        N_("Split it into smaller files and import one after the other."),
    ),
    "import_too_many_columns": Message(
        N_("{path} has more than {most} columns in one sheet."),
        _UNCHANGED,
        N_("Take out the columns that are not needed and import it again."),
    ),
    "import_no_rows": Message(
        N_("{path} has no rows to import."),
        _UNCHANGED,
        N_("Check that the sheet has a row of headers and rows under it."),
    ),
    "import_no_sheet": Message(
        N_("{path} has no sheet called “{sheet}”."), _UNCHANGED, N_("Use one of: {known}.")
    ),
    "import_which_kind": Message(
        N_("It is not clear what the rows of {path} are."),
        _UNCHANGED,
        N_("Say which kind of record they are: {known}."),
    ),
    "import_other_register": Message(
        N_("{path} was made from another register, where the same refs are other records."),
        _UNCHANGED,
        N_("Import it into the register it came from, or copy its cells, without Ref and Version, into a new workbook."),
    ),
    "import_two_columns": Message(
        N_("Two columns of {path} are called “{header}”, so it is not clear which one is meant."),
        _UNCHANGED,
        N_("Give each column a name of its own and import the file again."),
    ),
    "map_unreadable": Message(
        N_("The mapping {path} cannot be read ({reason})."),
        _UNCHANGED,
        N_("Correct the mapping file and import again."),
    ),
    "map_wrong": Message(
        N_("The mapping {path} is wrong at {where}: {reason}."),
        _UNCHANGED,
        N_("Correct the mapping file and import again."),
    ),
    # evidence
    "folder_not_empty": Message(
        N_("The folder {path} is not empty."),
        N_("Nothing was written, and what is in it is as it was."),
        N_("Name a new or empty folder."),
    ),
    "evidence_not_a_file": Message(
        N_("{path} is not an ordinary file."),
        N_("Nothing was kept."),
        N_("Choose a file; put what is in a folder into one zip file first."),
    ),
    "evidence_too_large": Message(
        N_("{path} is too large to keep here ({size} bytes; up to {most} bytes are kept)."),
        N_("Nothing was kept, and the file is as it was."),
        N_("Make it smaller, or note in the register where the file is kept."),
    ),
    "evidence_changed": Message(
        N_("{path} was changed while it was read."),
        N_("Nothing was kept, and the file is as it was."),
        N_("Close the program that writes it, and attach it again."),
    ),
    "no_evidence_for": Message(
        N_("No file can be attached to a record of the kind {kind}."),
        _UNCHANGED,
        N_("Attach it to the risk, incident, action or other record that it shows something of."),
    ),
    "not_evidence": Message(
        N_("{ref} is not a piece of evidence, so there is no file."),
        _UNCHANGED,
        N_("Name the piece of evidence by its reference, such as F-0001."),
    ),
    "no_content": Message(
        N_("The register holds no file for this piece of evidence."),
        _UNCHANGED,
        N_("It was erased, or came from a workbook, which holds no files. Look for it where it came from."),
    ),
    "only_saved": Message(
        N_("A file of this type can do something on this computer when it is opened."),
        N_("It was not opened."),
        N_("Save it as a file, and open it only if you trust whoever it came from."),
    ),
    # the logo
    "logo_type": Message(
        N_("{path} is not a PNG, JPEG or SVG picture."),
        N_("The logo is as it was."),
        N_("Save the logo as a PNG or SVG file and choose that one."),
    ),
    "logo_unreadable": Message(
        N_("{path} cannot be shown as a picture."),
        N_("The logo is as it was."),
        N_("Open it in a drawing program, save it as a PNG file and choose that one."),
    ),
    "logo_small": Message(
        N_("{path} is too small for paper ({size} pixels; the longer side needs {least})."),
        N_("The logo is as it was."),
        N_("Ask whoever made the logo for a larger picture, or for an SVG file."),
    ),
    "logo_large": Message(
        N_("{path} is too large for a logo ({size} bytes; up to {most} bytes are taken)."),
        N_("The logo is as it was."),
        N_("Save it smaller, 1,000 pixels wide or less, and choose that file."),
    ),
    "logo_unsafe": Message(
        N_("{path} holds more than a drawing, such as a script or a link to another file."),
        N_("It was not drawn, and the logo is as it was."),
        N_("Save the logo as a PNG file and choose that one."),
    ),
    "no_logo": Message(
        N_("The organisation has no logo."), _UNCHANGED, N_("Choose one first.")
    ),
    # reports
    "no_report": Message(
        N_("There is no report called {report}."), N_("Nothing was written."), N_("Use one of: {known}.")
    ),
    "which_record": Message(
        N_("This report is about one record, and none is named."),
        N_("Nothing was written."),
        N_("Name the record by its reference, such as R-0012."),
    ),
    "no_span": Message(
        N_("This report shows the register as it stands and compares no two moments."),
        N_("Nothing was written."),
        N_("Leave the moments out, or ask for the report of changes."),
    ),
    "moments_swapped": Message(
        N_("The first moment comes after the second, so that nothing lies between them."),
        N_("Nothing was written."),
        N_("Give the earlier moment first."),
    ),
    "cannot_print": Message(
        N_("The printer {printer} did not take the pages."),
        N_("The register is unchanged, and the report can still be saved."),
        N_("Look after the printer and print again, or save the report as a PDF."),
    ),
    "not_a_pdf": Message(
        N_("A report is a PDF, and the name {path} does not end in .pdf."),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .pdf."),
    ),
    # the command line, and what it shares with the window
    "usage": Message(
        N_("The command cannot be read ({problem})."),
        _UNCHANGED,
        N_("Type --help after the command to see how it is written."),
    ),
    "not_a_risk": Message(
        N_("Scores are those of a risk, and {ref} is none."),
        _UNCHANGED,
        N_("Name a risk by its reference, such as R-0012."),
    ),
    "dash_path": Message(
        N_("A file name may not begin with a dash ({path})."),
        N_("Nothing was opened and nothing was changed."),
        N_("Write ./ before the name, or give the file another one."),
    ),
    "cannot_add": Message(
        N_("A record of the kind {kind} cannot be added."),
        _UNCHANGED,
        N_("Every register has all of them from the start; change the ones that are there."),
    ),
    "cannot_delete": Message(
        N_("{ref} cannot be put in the bin."),
        _UNCHANGED,
        N_("Every register keeps its organisation, policy actions and steps; change its fields instead."),
    ),
    "unexpected": Message(
        N_("The program met something it did not expect and stopped."),
        N_("What was saved before is kept, and nothing is half saved."),
        N_("Run it again; if it stops again, report it together with the file {log}, which holds no content of your register."),
    ),
    "stopped": Message(
        N_("Stopped as you asked."),
        N_("What was saved before is kept, and nothing is half saved."),
        N_("Run the same command again to go on."),
    ),
}  # fmt: skip


class Expected(Exception):
    """An expected failure. Subclasses carry more than text; most are raised as they are.

    Args:
        id: A key of `SENTENCES`.
        parameters: What the sentences name in braces.
    """

    def __init__(self, id: str, **parameters: str | int) -> None:
        super().__init__(id)
        self.id = id
        self.parameters = parameters

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences in the language of `translate`."""
        parts = SENTENCES[self.id]
        return Message(
            *(translate(part).format(**self.parameters) if part else "" for part in parts)
        )

    def __str__(self) -> str:
        return str(self.message())


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One value of one record that cannot be kept.

    `reason` is a msgid, `parameters` what it names. `ref` is empty for a record that is not there
    yet.
    """

    kind: str
    field: str
    reason: str
    ref: str = ""
    id: int = 0
    parameters: Mapping[str, str | int] | None = None

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The reason in the language of `translate`."""
        return translate(self.reason).format(**(self.parameters or {}))


class Refused(Expected):
    """A change set was refused; `problems` holds every problem of every record in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__("refused", count=len(problems), first=f"{first.field}: {first.text()}")
        self.problems = problems

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences, the first problem in the language of `translate`."""
        first = self.problems[0]
        self.parameters["first"] = f"{first.field}: {first.text(translate)}"
        return super().message(translate)


class BadValue(Expected):
    """A text that is no value of its field.

    Args:
        field: The key of the field.
        value: The text, cut to what a message can hold.
        reason: A msgid, `parameters` what it names.
    """

    def __init__(self, field: str, value: str, reason: str, **parameters: str | int) -> None:
        super().__init__("bad_value", field=field, value=value, reason=reason.format(**parameters))
        self._reason = reason
        self._named = parameters

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences, the reason in the language of `translate` too."""
        self.parameters["reason"] = translate(self._reason).format(**self._named)
        return super().message(translate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One field that two people changed.

    As it was when the editor read it, as it is, as the editor wants it (Python values).
    """

    field: str
    was: object
    now: object
    wanted: object


class Stale(Expected):
    """A record changed after the editor read it; `conflicts` holds the fields with both values."""

    def __init__(self, id: int, ref: str, conflicts: tuple[Conflict, ...]) -> None:
        names = ", ".join(conflict.field for conflict in conflicts)
        super().__init__("stale", ref=ref, fields=names or "-")
        self.record = id
        self.conflicts = conflicts


class Cancelled(Expected):
    """The user cancelled long work; the transaction it was in is rolled back."""

    def __init__(self) -> None:
        super().__init__("cancelled")
