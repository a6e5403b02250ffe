"""Failures of files that go in and out, and of files kept as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

FILES: Final[Mapping[str, Message]] = {
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
    "not_a_breach_register": Message(
        N_("A register of breaches ends in .csv or .json, and the name {path} does not."),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .csv or .json."),
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
        N_("{path} is empty (0 bytes)."), UNCHANGED, N_("Save it again from Excel and import that file.")
    ),
    "import_too_large": Message(
        N_("{path} is too large ({size} MB; up to {most} MB can be imported)."),
        UNCHANGED,
        N_("Split it into smaller files and import one after the other."),
    ),
    "import_not_a_file": Message(
        N_("{path} is not an ordinary file."), UNCHANGED, N_("Choose a workbook (.xlsx) or a CSV file.")
    ),
    "import_locked": Message(
        N_("{path} cannot be read; Excel or another program may have it open."),
        UNCHANGED,
        N_("Close it in Excel and try again, or ask whoever keeps it whether you may read it."),
    ),
    "import_protected": Message(
        N_("{path} is password-protected or in the old Excel format."),
        UNCHANGED,
        N_("Open it in Excel, save it as .xlsx without a password, and import that file."),
    ),
    "import_other": Message(
        N_("{path} is not a workbook or CSV file; it looks like {looks_like}."),
        UNCHANGED,
        N_("Choose a workbook (.xlsx) or a CSV file."),
    ),
    "import_other_workbook": Message(
        N_("{path} is {looks_like}, which this program does not read."),
        UNCHANGED,
        N_("Open it in the program that made it, save it as .xlsx, and import that file."),
    ),
    "import_other_encoding": Message(
        N_("{path} is not written in {encoding}."),
        UNCHANGED,
        N_("Choose another encoding, or let the program find it."),
    ),
    "import_damaged": Message(
        N_("{path} is damaged and cannot be read."),
        UNCHANGED,
        N_("Open it in Excel, save it again, and import that file."),
    ),
    "import_macros": Message(
        N_("{path} contains macros, so nothing in it was read."),
        UNCHANGED,
        N_("Save it in Excel as .xlsx without macros, and import that file."),
    ),
    "import_unsafe": Message(
        N_("{path} is built as no spreadsheet program builds one and could do harm, so nothing in it was read."),
        UNCHANGED,
        N_("Ask whoever gave you the file; copy its cells into a new workbook and import that."),
    ),
    "import_slow": Message(
        N_("{path} took too long to read ({seconds} seconds)."),
        UNCHANGED,
        N_("Copy the cells you need into a new workbook and import that."),
    ),
    "import_too_many_rows": Message(
        N_("{path} has more than {most} rows in one sheet."),
        UNCHANGED,
        N_("Split it into smaller files and import one after the other."),
    ),
    "import_too_many_columns": Message(
        N_("{path} has more than {most} columns in one sheet."),
        UNCHANGED,
        N_("Take out the columns that are not needed and import it again."),
    ),
    "import_no_rows": Message(
        N_("{path} has no rows to import."),
        UNCHANGED,
        N_("Check that the sheet has a row of headers and rows under it."),
    ),
    "import_no_sheet": Message(
        N_("{path} has no sheet called “{sheet}”."), UNCHANGED, N_("Use one of: {known}.")
    ),
    "import_which_kind": Message(
        N_("It is not clear what the rows of {path} are."),
        UNCHANGED,
        N_("Say which kind of record they are: {known}."),
    ),
    "import_other_register": Message(
        N_("{path} was made from another register, where the same refs are other records."),
        UNCHANGED,
        N_("Import it into the register it came from, or copy its cells, without Ref and Version, into a new workbook."),
    ),
    "import_two_columns": Message(
        N_("Two columns of {path} are called “{header}”, so it is not clear which one is meant."),
        UNCHANGED,
        N_("Give each column a name of its own and import the file again."),
    ),
    "map_unreadable": Message(
        N_("The mapping {path} cannot be read ({reason})."),
        UNCHANGED,
        N_("Correct the mapping file and import again."),
    ),
    "map_wrong": Message(
        N_("The mapping {path} is wrong at {where}: {reason}."),
        UNCHANGED,
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
        UNCHANGED,
        N_("Attach it to the risk, incident, action or other record that it shows something of."),
    ),
    "not_evidence": Message(
        N_("{ref} is not a piece of evidence, so there is no file."),
        UNCHANGED,
        N_("Name the piece of evidence by its reference, such as F-0001."),
    ),
    "no_content": Message(
        N_("The register holds no file for this piece of evidence."),
        UNCHANGED,
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
        N_("The organisation has no logo."), UNCHANGED, N_("Choose one first.")
    ),
}  # fmt: skip
