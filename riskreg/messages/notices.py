"""Failures around a notice: who is told what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.marked import N_, UNCHANGED, Message

NOTICES: Final[Mapping[str, Message]] = {
    "notice_by_nobody": Message(
        N_("Nobody is named who prepares, approves or sends the notice."),
        UNCHANGED,
        N_("Give the name of the person, then try again."),
    ),
    "notice_when_and_how": Message(
        N_("It is not said when the notice went out, or how."),
        UNCHANGED,
        N_("Give the time and the channel, then try again."),
    ),
    "notice_late_why": Message(
        N_("The notice went out after its deadline, and no reason is given."),
        UNCHANGED,
        N_("Say in a sentence why it was late."),
    ),
    "notice_empty": Message(
        N_("The notice {ref} has no text that could be kept as sent."),
        UNCHANGED,
        N_("Put in the text as it went out, then try again."),
    ),
    "notice_sent": Message(
        N_("The notice {ref} was sent; what was sent stays as it was sent."),
        UNCHANGED,
        N_("Prepare a further notice that corrects or withdraws it."),
    ),
    "notice_unsent": Message(
        N_("The notice {ref} was not sent yet, so nothing can have come back."),
        UNCHANGED,
        N_("Note first when and how it was sent."),
    ),
    "notice_unchanged": Message(
        N_("Nothing new was said of the notice {ref}."),
        UNCHANGED,
        N_("Put in what is to be added, then try again."),
    ),
    "notice_to_ourselves": Message(
        N_("The rule {rule} is about what is to reach us, or be done by us: nobody is told by it."),
        N_("Nothing was written and the file is as it was."),
        N_("Choose a rule by which somebody else is told."),
    ),
    "notice_not_for_people": Message(
        N_(
            "A letter, a message or a script is for the people affected, and the rule {rule} is not."
        ),
        N_("Nothing was written and the file is as it was."),
        N_("Ask for the notice itself, or choose a rule for the people affected."),
    ),
    "not_a_notice_file": Message(
        N_(
            "A notice is a PDF, a Word file or a form as JSON, and the name {path} says none of them."
        ),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .pdf, .docx or .json."),
    ),
    "not_a_form": Message(
        N_(
            "The form that can be written as JSON is for a GDPR authority, and the rule {rule} is not."
        ),
        N_("Nothing was written and the file is as it was."),
        N_("Give a name that ends in .pdf or .docx, or name the rule for the authority."),
    ),
    "template_damaged": Message(
        N_("The template {path} cannot be read as a Word file (.docx)."),
        N_("No notice was written; the register and the template are as they were."),
        N_(
            "Save the template in Word again, or take it out of its folder to use the program’s own."
        ),
    ),
    "template_wrong": Message(
        N_("The template {path} asks for something a notice does not have: {detail}."),
        N_("No notice was written; the register and the template are as they were."),
        N_("Correct the template in Word, or take it out of its folder to use the program’s own."),
    ),
}
