"""The clocks of incidents as the checks ask for them: from the records that were read already, and the regimes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from riskreg import regimes_catalogue
from riskreg.cases import Case, concerning, placed, rule_of
from riskreg.records import (
    Assessment,
    Asset,
    Decision,
    Incident,
    Notice,
    Organisation,
    OwnRule,
    Record,
    Transfer,
)
from riskreg.rules.board import Row
from riskreg.rules.checks import Snapshot
from riskreg.rules.regimes import Rule

R = TypeVar("R", bound=Record)


def with_boards(snapshot: Snapshot, now: datetime) -> Snapshot:
    """The snapshot with the rules of notification, and with clocks as they stand at `now`, which has a zone."""
    records = snapshot.records.values()
    used = [each for each in records if isinstance(each, OwnRule) and each.in_use]
    read = [(each, rule) for each in used if (rule := rule_of(each)) is not None]
    unread = frozenset(each.id for each in used) - {each.id for each, _ in read}

    def boards(around: Snapshot, incident: Incident) -> Sequence[Row]:
        return _case(around, incident, read).board(now)

    return replace(
        snapshot, boards=boards, rules=regimes_catalogue.rules(), unread=frozenset(unread)
    )


def _case(around: Snapshot, incident: Incident, own: Iterable[tuple[OwnRule, Rule]]) -> Case:
    def tied(kind: type[R], when: str) -> tuple[R, ...]:
        found = {each.id: each for each in around.pointing(incident, kind, "incident")}
        return placed(kind, found, found, when)

    return Case(
        incident=incident,
        organisation=around.organisation or Organisation(zone=around.zone),
        assessments=tied(Assessment, "made_at"),
        decisions=tied(Decision, "decided_at"),
        notices=tied(Notice, "sent_at"),
        rules=(*regimes_catalogue.rules(), *concerning(own, incident)),
        mechanisms=_mechanisms(around, incident),
    )


def _mechanisms(around: Snapshot, incident: Incident) -> frozenset[str] | None:
    """As `Case.mechanisms`."""
    if not incident.assets:
        return None
    return frozenset(
        transfer.mechanism
        for asset in around.linked(incident.assets, Asset)
        for transfer in around.pointing(asset, Transfer, "assets")
        if transfer.mechanism
    )
