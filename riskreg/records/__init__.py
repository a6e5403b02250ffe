"""What is kept.

Every kind of record, declared once. All other rooms derive from these declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskreg.records import fields
from riskreg.records.action import Action as Action
from riskreg.records.action import Step as Step
from riskreg.records.activity import Activity as Activity
from riskreg.records.assessment import Assessment as Assessment
from riskreg.records.asset import Asset as Asset
from riskreg.records.base import SYSTEM as SYSTEM
from riskreg.records.base import Record as Record
from riskreg.records.base import declared as declared
from riskreg.records.base import declared_links as declared_links
from riskreg.records.base import derived as derived
from riskreg.records.base import per_kind
from riskreg.records.base import stored as stored
from riskreg.records.base import values_of as values_of
from riskreg.records.decision import Decision as Decision
from riskreg.records.entry import Entry as Entry
from riskreg.records.evidence import Evidence as Evidence
from riskreg.records.fields import FieldKind
from riskreg.records.incident import Incident as Incident
from riskreg.records.mapping import ImportMapping as ImportMapping
from riskreg.records.measure import Measure as Measure
from riskreg.records.notice import Notice as Notice
from riskreg.records.organisation import Organisation as Organisation
from riskreg.records.own_rule import OwnRule as OwnRule
from riskreg.records.party import Party as Party
from riskreg.records.processing import Processing as Processing
from riskreg.records.profile import ReportProfile as ReportProfile
from riskreg.records.profile import Wanted as Wanted
from riskreg.records.profile import wanted_lines as wanted_lines
from riskreg.records.risk import Risk as Risk
from riskreg.records.scale import ScoringScale as ScoringScale
from riskreg.records.task import Task as Task
from riskreg.records.term import OwnTerm as OwnTerm
from riskreg.records.transfer import Transfer as Transfer
from riskreg.records.view import SavedView as SavedView

KINDS: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {
        kind.kind: kind
        for kind in (
            Organisation,
            Incident,
            Risk,
            Asset,
            Processing,
            Transfer,
            Measure,
            Task,
            Action,
            Step,
            Activity,
            Assessment,
            Decision,
            Notice,
            Entry,
            Evidence,
            Party,
            OwnRule,
            SavedView,
            ImportMapping,
            ReportProfile,
            ScoringScale,
            OwnTerm,
        )
    }
)
"""Every kind of record by its key, in the order in which people meet them."""

REGISTER_KINDS: Final = tuple(name for name, kind in KINDS.items() if not kind.auxiliary)
"""The kinds that make up the register: what lists, counts and whole exports are over."""

LISTED_KINDS: Final = tuple(name for name in REGISTER_KINDS if KINDS[name].numbering != "single")
"""The kinds of which there are several: what a list over everything shows, and what may have a next date."""

IMPORTED_KINDS: Final = tuple(name for name in LISTED_KINDS if KINDS[name].by_title)
"""What the rows of a file can become."""

NEW_KINDS: Final = tuple(name for name in IMPORTED_KINDS if KINDS[name].numbering != "catalogue")
"""The kinds of which a person makes new ones, and of which a title alone makes one."""


@per_kind
def mirrored(kind: type[Record]) -> Mapping[str, fields.Links]:
    """The links of other kinds that point here, as fields of this kind.

    `mirror` is set, `to` is the declaring kind, `back` its key.
    """
    found = {}
    for other in KINDS.values():
        for key, links in declared_links(other).items():
            if links.to == kind.kind:
                found[links.back] = fields.Links(
                    label=links.back_label, role=links.role, to=other.kind, back=key, back_label=links.label,
                    mirror=True, section=links.section,
                )  # fmt: skip
    return MappingProxyType(found)


@per_kind
def every_field(kind: type[Record]) -> Mapping[str, FieldKind]:
    """Declared fields and mirrored links: what `show`, `set`, a form and a sheet offer."""
    return MappingProxyType({**declared(kind), **mirrored(kind)})


@per_kind
def every_link(kind: type[Record]) -> Mapping[str, fields.Links]:
    """Declared and mirrored links by key."""
    return MappingProxyType({**declared_links(kind), **mirrored(kind)})


@per_kind
def columns(kind: type[Record]) -> Mapping[str, FieldKind]:
    """All that a view of this kind can show.

    Ref, its fields and mirrored links, and when it was recorded and changed.
    """
    return MappingProxyType({"ref": SYSTEM["ref"], **every_field(kind), **SYSTEM})
