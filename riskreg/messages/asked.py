"""Failures of reports and of what is asked on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

ASKED: Final[Mapping[str, Message]] = {
    # reports
    "no_report": Message(
        N_("There is no report called {report}."), N_("Nothing was written."), N_("Use one of: {known}.")
    ),
    "which_record": Message(
        N_("This report is about one record, and none is named."),
        N_("Nothing was written."),
        N_("Name the record by its reference, such as R-0012."),
    ),
    "privileged": Message(
        N_("The record {ref} is legally privileged and leaves the register only when that is asked for by name."),
        N_("Nothing was written and the register is unchanged."),
        N_("If it may leave, ask again with its privileged records (--with-privileged)."),
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
        UNCHANGED,
        N_("Type --help after the command to see how it is written."),
    ),
    "not_a_risk": Message(
        N_("Scores are those of a risk, and {ref} is none."),
        UNCHANGED,
        N_("Name a risk by its reference, such as R-0012."),
    ),
    "no_scale": Message(
        N_("There is no scale called {name}."),
        UNCHANGED,
        N_("Use one of {known}, or a file that ends in .toml."),
    ),
    "bad_scale": Message(
        N_("The file {path} describes no scale ({reason})."),
        UNCHANGED,
        N_("Correct the file and run the command again; docs/file-format.md shows how a scale is written."),
    ),
    "no_step": Message(
        N_("Some scores have no step on this scale: {steps}."),
        UNCHANGED,
        N_("Keep them by the old scale with --keep-old, or say what each becomes, such as --step impact.5=3."),
    ),
    "dash_path": Message(
        N_("A file name may not begin with a dash ({path})."),
        N_("Nothing was opened and nothing was changed."),
        N_("Write ./ before the name, or give the file another one."),
    ),
    "cannot_add": Message(
        N_("A record of the kind {kind} cannot be added."),
        UNCHANGED,
        N_("Every register has all of them from the start; change the ones that are there."),
    ),
    "cannot_delete": Message(
        N_("{ref} cannot be put in the bin."),
        UNCHANGED,
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
