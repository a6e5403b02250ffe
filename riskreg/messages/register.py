"""Failures of the door and of the register's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

REGISTER: Final[Mapping[str, Message]] = {
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
    "cancelled": Message(N_("Cancelled."), UNCHANGED, N_("Start again when you are ready.")),
    "read_only": Message(
        N_("The register is open read-only ({reason})."),
        UNCHANGED,
        N_("Close the other program or copy the register to a folder you can write to, then open it again."),
    ),
    "nothing_to_undo": Message(
        N_("There is nothing to undo."),
        UNCHANGED,
        N_("Erasing, restoring and upgrading cannot be undone; open a backup to see an earlier state."),
    ),
    "nothing_to_redo": Message(
        N_("There is nothing to redo."), UNCHANGED, N_("Redo is possible only right after an undo.")
    ),
    "no_record": Message(
        N_("There is no record {ref}."), UNCHANGED, N_("Check the reference in the list and try again.")
    ),
    "no_kind": Message(
        N_("There is no kind of record called {kind}."), UNCHANGED, N_("Use one of: {known}.")
    ),
    "no_field": Message(
        N_("{kind} has no field called {field}."), UNCHANGED, N_("Use one of: {known}.")
    ),
    "no_role": Message(
        N_("{kind} has no link called {role} to {to}."), UNCHANGED, N_("Use one of: {known}.")
    ),
    "handover_who": Message(
        N_("{ref} is no person or organisation."),
        UNCHANGED,
        N_("Name two records of people, such as P-0001 and P-0002."),
    ),
    "handover_same": Message(
        N_("Nothing can be handed over from {ref} to {ref}."), UNCHANGED, N_("Name another successor.")
    ),
    "handover_gone": Message(
        N_("{ref} is in the bin and cannot take over."),
        UNCHANGED,
        N_("Take the record out of the bin first, or name another successor."),
    ),
    "bad_value": Message(
        N_("{field} cannot be “{value}”: {reason}."),
        UNCHANGED,
        N_("Correct the value and try again."),
    ),
    "bad_filter": Message(
        N_("The filter “{filter}” cannot be read."),
        UNCHANGED,
        N_("Write a field, an operator (= != < <= > >= contains in empty) and a value."),
    ),
    "no_moment": Message(
        N_("“{moment}” is not a moment in this history."),
        UNCHANGED,
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
        N_("{path} is not an ordinary file."), UNCHANGED, N_("Choose a register file ending in .riskreg.")
    ),
    "empty_file": Message(
        N_("{path} is empty (0 bytes); a sync tool or a full disk can cause this."),
        UNCHANGED,
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
    "older_register": Message(
        N_("{path} was made by an older version of this program (format {found}, this one writes {known})."),
        UNCHANGED,
        N_("Open it once for editing: it is backed up and brought up to date, and can be read then."),
    ),
    "not_upgraded": Message(
        N_("{path} could not be brought up to date ({detail})."),
        N_("It is as it was, and the backup {backup} was made before."),
        N_("Go on with the version of the program that you had, and tell whoever looks after it."),
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
        UNCHANGED,
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
        UNCHANGED,
        N_("Check that the disk is connected and that you may read the file, then try again."),
    ),
    "bad_backup": Message(
        N_("The backup could not be verified ({detail})."),
        N_("The register is unchanged and the older backups are kept."),
        N_("Check the register's history, then make a backup on another disk."),
    ),
    "no_zones": Message(
        N_("The table of the world's time zones is missing on this computer."),
        N_("Nothing was opened: without it every deadline could be wrong."),
        N_("Install the program anew, or the Python package tzdata."),
    ),
    "no_zone": Message(
        N_("The time zone {zone} is not known on this computer."),
        UNCHANGED,
        N_("Choose a zone such as Asia/Hong_Kong."),
    ),
}  # fmt: skip
