"""What tests of clocks start from: rules of the catalogue by key, instants by their text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from riskreg import regimes_catalogue
from riskreg.records.values import Instant
from riskreg.rules.deadlines import Moments, due_at
from riskreg.rules.regimes import Rule

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def the_rule(key: str) -> Rule:
    return next(rule for rule in regimes_catalogue.rules() if rule.key == key)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def aware(text: str) -> Moments:
    return Moments(aware=Instant.parse(text))


def sent(key: str, moments: Moments, at: Instant) -> Moments:
    return replace(moments, notices={**moments.notices, key: at})


def local_due(key: str, trigger: str, zone: str = "") -> str:
    start = Instant.parse(trigger)
    due = due_at(the_rule(key), start)
    assert due is not None
    return Instant(due, zone or start.zone, "second").local.isoformat()
