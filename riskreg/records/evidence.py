"""Evidence.

A file that shows something: kept inside the register, one stored copy for the same content, known
by the SHA-256 of its bytes when it was taken in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, count, day, line, links, prose

FILE = N_("The file")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """One file and what it shows. What stands under "The file" is set when it is taken in."""

    kind: ClassVar[str] = "evidence"
    prefix: ClassVar[str] = "F"
    icon: ClassVar[str] = "paperclip"
    by_title: ClassVar[bool] = False
    singular: ClassVar[str] = N_("Piece of evidence")
    plural: ClassVar[str] = N_("Evidence")

    evidence_type: str | None = choice(N_("Type"), "evidence_type", short=True)
    status: str | None = choice(N_("Status"), "evidence_status", short=True)
    description: str = prose(N_("Description"), short=True)
    received_on: date | None = day(N_("Received on"), short=True)
    received_from: str = line(N_("Received from"), short=True)
    valid_until_on: date | None = day(
        N_("Good until"), short=True, help=N_("When something newer is needed.")
    )
    file_name: str = line(N_("File name"), section=FILE)
    file_size: values.Count | None = count(N_("Size in bytes"), section=FILE)
    sha256: str = line(N_("Checksum (SHA-256)"), section=FILE, plain=True)
    replaces: frozenset[int] = links(
        N_("Newer version of"),
        "replaces",
        "evidence",
        "replaced_by",
        N_("Replaced by"),
        one=True,
        section=FILE,
    )
    incidents: frozenset[int] = links(
        N_("Incidents"),
        "shows_incident",
        "incident",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    risks: frozenset[int] = links(
        N_("Risks"), "shows_risk", "risk", "evidence_files", N_("Evidence files"), section=TIES
    )
    assets: frozenset[int] = links(
        N_("Data we hold"),
        "shows_asset",
        "asset",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    measures: frozenset[int] = links(
        N_("Measures"),
        "shows_measure",
        "measure",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    tasks: frozenset[int] = links(
        N_("Tasks"), "shows_task", "task", "evidence_files", N_("Evidence files"), section=TIES
    )
    processing: frozenset[int] = links(
        N_("Processing"),
        "shows_processing",
        "processing",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    transfers: frozenset[int] = links(
        N_("Transfers"),
        "shows_transfer",
        "transfer",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    actions: frozenset[int] = links(
        N_("Policy actions"),
        "shows_action",
        "action",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    steps: frozenset[int] = links(
        N_("Steps"), "shows_step", "step", "evidence_files", N_("Evidence files"), section=TIES
    )
    activities: frozenset[int] = links(
        N_("Activities"),
        "shows_activity",
        "activity",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    parties: frozenset[int] = links(
        N_("People and organisations"),
        "shows_party",
        "party",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    assessments: frozenset[int] = links(
        N_("Assessments"),
        "shows_assessment",
        "assessment",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    decisions: frozenset[int] = links(
        N_("Decisions"),
        "shows_decision",
        "decision",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    notices: frozenset[int] = links(
        N_("Notices"),
        "shows_notice",
        "notice",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
    entries: frozenset[int] = links(
        N_("Timeline"),
        "shows_entry",
        "entry",
        "evidence_files",
        N_("Evidence files"),
        section=TIES,
    )
