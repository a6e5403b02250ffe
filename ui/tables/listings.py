"""The lists a person can open: which records, which columns, in which order, and the usual ways to narrow each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from riskreg.errors import N_
from riskreg.records import LISTED_KINDS
from riskreg.views import View, Where

WEEK: Final = timedelta(days=7)
_ACROSS: Final = ("ref", "title", "due_at", "updated_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list.

    Attributes:
        key: How the window calls it.
        label: Its name, a msgid.
        icon: A name of `resources/icons`.
        kinds: Which kinds it holds.
        columns: What is shown.
        sort: In which order at first.
        where: What always holds.
        bin: It shows the bin.
        needs_words: It shows nothing before something is searched.
        counted: "7 incidents shown of 214": one and many, msgids with {shown} and {of}.
        empty: What belongs here, a msgid.
        command: The command that makes a new one; none where empty.
        command_label: What its button says, a msgid.
        by_day: Its rows stand in groups by their next date, where that is what sorts them.
    """

    key: str
    label: str
    icon: str
    kinds: tuple[str, ...]
    columns: tuple[str, ...] = _ACROSS
    sort: tuple[tuple[str, bool], ...] = ()
    where: tuple[Where, ...] = ()
    bin: bool = False
    needs_words: bool = False
    counted: tuple[str, str] = (
        N_("{shown} record shown of {of}"),
        N_("{shown} records shown of {of}"),
    )
    empty: str = ""
    command: str = ""
    command_label: str = ""
    by_day: bool = False

    def view(self) -> View:
        """The question it starts with."""
        return View(
            kinds=self.kinds, columns=self.columns, where=self.where, sort=self.sort, bin=self.bin
        )


LISTINGS: Final[Mapping[str, Listing]] = MappingProxyType(
    {
        each.key: each
        for each in (
            Listing(
                key="incident",
                label=N_("Incidents"),
                icon="siren",
                kinds=("incident",),
                columns=("ref", "title", "severity", "aware_at", "status", "category", "people_count"),
                sort=(("ref", True),),
                counted=(N_("{shown} incident shown of {of}"), N_("{shown} incidents shown of {of}")),
                empty=N_(
                    "No incidents yet. Record near misses too, such as a letter stopped before posting."
                ),
                command="new_incident",
                command_label=N_("New incident"),
            ),
            Listing(
                key="risk",
                label=N_("Risks"),
                icon="shield-alert",
                kinds=("risk",),
                columns=("ref", "title", "residual_level", "residual_score", "status", "owner", "due_at"),
                sort=(("residual_score", True),),
                counted=(N_("{shown} risk shown of {of}"), N_("{shown} risks shown of {of}")),
                empty=N_(
                    "No risks yet. Start with what would hurt people most: a lost laptop, a wrong address, a stolen password."
                ),
                command="new_risk",
                command_label=N_("New risk"),
            ),
            Listing(
                key="asset",
                label=N_("Data we hold"),
                icon="database",
                kinds=("asset",),
                columns=("ref", "title", "category", "owner", "retention", "data_types", "status"),
                sort=(("ref", False),),
                counted=(N_("{shown} data asset shown of {of}"), N_("{shown} data assets shown of {of}")),
                empty=N_(
                    "Nothing recorded yet. List each body of personal data: staff files, customer records, CCTV, the mailbox."
                ),
                command="new_asset",
                command_label=N_("New data asset"),
            ),
            Listing(
                key="todo",
                label=N_("To do"),
                icon="list-checks",
                kinds=LISTED_KINDS,
                columns=("ref", "title", "due_at"),
                sort=(("due_at", False),),
                where=(Where("due_at", "empty", False),),
                by_day=True,
                counted=(N_("{shown} thing to do"), N_("{shown} things to do")),
                empty=N_("Nothing has a date yet. Give risks, data and policy actions a review date; they appear here."),
            ),
            Listing(
                key="task",
                label=N_("Tasks"),
                icon="square-check",
                kinds=("task",),
                columns=("ref", "title", "task_type", "status", "owner", "due_on", "verified_on"),
                sort=(("due_on", False),),
                counted=(N_("{shown} task shown of {of}"), N_("{shown} tasks shown of {of}")),
                empty=N_("No tasks yet. Write down what somebody has to do by a day, and who checks that it worked."),
                command="new_task",
                command_label=N_("New task"),
            ),
            Listing(
                key="measure",
                label=N_("Measures"),
                icon="lock",
                kinds=("measure",),
                columns=("ref", "title", "area", "status", "effectiveness", "owner", "due_at"),
                sort=(("ref", False),),
                counted=(N_("{shown} measure shown of {of}"), N_("{shown} measures shown of {of}")),
                empty=N_("No measures yet. Write down what keeps the data safe: locked cabinets, two-step sign-in, backups, training."),
                command="new_measure",
                command_label=N_("New measure"),
            ),
            Listing(
                key="activity",
                label=N_("Activities"),
                icon="calendar-check",
                kinds=("activity",),
                columns=("ref", "title", "activity_type", "status", "planned_on", "done_on", "owner"),
                sort=(("planned_on", True),),
                counted=(N_("{shown} activity shown of {of}"), N_("{shown} activities shown of {of}")),
                empty=N_("No activities yet. Plan the training, the drill and the reviews of the year, and note each when it is done."),
                command="new_activity",
                command_label=N_("New activity"),
            ),
            Listing(
                key="processing",
                label=N_("Processing activities"),
                icon="workflow",
                kinds=("processing",),
                columns=("ref", "title", "our_role", "basis", "data_types", "owner", "status"),
                sort=(("ref", False),),
                counted=(
                    N_("{shown} processing activity shown of {of}"),
                    N_("{shown} processing activities shown of {of}"),
                ),
                empty=N_("Nothing recorded yet. Write one row for each purpose: payroll, appointments, newsletters."),
                command="new_processing",
                command_label=N_("New processing activity"),
            ),
            Listing(
                key="transfer",
                label=N_("Transfers"),
                icon="arrow-left-right",
                kinds=("transfer",),
                columns=("ref", "title", "direction", "mechanism", "recipient", "filing_due_on", "status"),
                sort=(("ref", False),),
                counted=(N_("{shown} transfer shown of {of}"), N_("{shown} transfers shown of {of}")),
                empty=N_("No transfers yet. Write down each flow of personal data out of Hong Kong or into it."),
                command="new_transfer",
                command_label=N_("New transfer"),
            ),
            Listing(
                key="evidence",
                label=N_("Evidence"),
                icon="paperclip",
                kinds=("evidence",),
                columns=("ref", "title", "evidence_type", "status", "received_on", "valid_until_on"),
                sort=(("ref", True),),
                counted=(
                    N_("{shown} piece of evidence shown of {of}"),
                    N_("{shown} pieces of evidence shown of {of}"),
                ),
                empty=N_("No files yet. What you attach to a record is kept inside the register and listed here."),
            ),
            Listing(
                key="decision",
                label=N_("Decisions"),
                icon="gavel",
                kinds=("decision",),
                columns=("ref", "title", "incident", "answer", "decided_by", "decided_at", "decide_again_at"),
                sort=(("ref", True),),
                counted=(N_("{shown} decision shown of {of}"), N_("{shown} decisions shown of {of}")),
                empty=N_("No decisions yet. They are made on the page of an incident, rule by rule."),
            ),
            Listing(
                key="notice",
                label=N_("Notices"),
                icon="send",
                kinds=("notice",),
                columns=("ref", "title", "incident", "regime", "recipient", "sent_at", "due_at"),
                sort=(("ref", True),),
                counted=(N_("{shown} notice shown of {of}"), N_("{shown} notices shown of {of}")),
                empty=N_("No notices yet. They are prepared on the page of an incident."),
            ),
            Listing(
                key="assessment",
                label=N_("Assessments"),
                icon="scale",
                kinds=("assessment",),
                columns=("ref", "title", "incident", "made_by", "made_at"),
                sort=(("ref", True),),
                counted=(N_("{shown} assessment shown of {of}"), N_("{shown} assessments shown of {of}")),
                empty=N_("No assessments yet. They are made on the page of an incident."),
            ),
            Listing(
                key="entry",
                label=N_("Timeline entries"),
                icon="list-plus",
                kinds=("entry",),
                columns=("ref", "title", "incident", "happened_at", "who"),
                sort=(("happened_at", True),),
                counted=(N_("{shown} timeline entry shown of {of}"), N_("{shown} timeline entries shown of {of}")),
                empty=N_("No timeline entries yet. Say on the page of an incident what just happened."),
            ),
            Listing(
                key="own_rule",
                label=N_("Own rules"),
                icon="timer",
                kinds=("own_rule",),
                columns=("ref", "title", "party", "recipient", "amount", "unit", "in_use"),
                sort=(("ref", False),),
                counted=(N_("{shown} own rule shown of {of}"), N_("{shown} own rules shown of {of}")),
                empty=N_("No own rules yet. Add the hours of a contract, an insurer or a target of your own."),
            ),
            Listing(
                key="party",
                label=N_("People and organisations"),
                icon="users",
                kinds=("party",),
                columns=("ref", "title", "party_type", "email", "phone", "phone_24h"),
                sort=(("title", False),),
                counted=(N_("{shown} person or organisation shown of {of}"), N_("{shown} people and organisations shown of {of}")),
                empty=N_("Nobody yet. Add whom you would call at night: the processor, the insurer, the police."),
                command="new_party",
                command_label=N_("New person or organisation"),
            ),
            Listing(
                key="step",
                label=N_("Steps of policy actions"),
                icon="list-checks",
                kinds=("step",),
                columns=("ref", "title", "status", "done_on", "done_by"),
                sort=(("ref", False),),
                counted=(N_("{shown} step shown of {of}"), N_("{shown} steps shown of {of}")),
            ),
            Listing(
                key="bin",
                label=N_("Bin"),
                icon="trash-2",
                kinds=LISTED_KINDS,
                columns=("ref", "title", "updated_at"),
                sort=(("updated_at", True),),
                bin=True,
                counted=(N_("{shown} record in the bin"), N_("{shown} records in the bin")),
                empty=N_("The bin is empty. What you delete stays here until you put it back."),
            ),
            Listing(
                key="search",
                label=N_("Search everything"),
                icon="search",
                kinds=LISTED_KINDS,
                sort=(("updated_at", True),),
                needs_words=True,
                empty=N_("Type a word, a name or a ref. Two Chinese characters are enough."),
            ),
        )
    }
)  # fmt: skip
"""Every list by its key."""
