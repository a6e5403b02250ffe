"""What depends on records: whoever names them, once, but for what is in the bin or goes along."""

from __future__ import annotations

from riskreg import editing
from riskreg.dependants import counted, dependants
from riskreg.records import Record
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, an_incident


def only(*records: Record) -> frozenset[int]:
    return frozenset(record.id for record in records)


def named(register: Register, *records: Record) -> list[tuple[str, str]]:
    found = dependants(register, [record.id for record in records])
    return [(register.record(each.id).ref, each.field) for each in found]


def test_dependants_when_others_name_it_then_each_is_told_once_with_its_link(
    opened: Register,
) -> None:
    chan, asset = a_party(opened, "K. Chan"), an_asset(opened)
    second = an_asset(opened, "Files", owner=only(chan), custodian=only(chan))
    risk = a_risk(opened, assets=only(asset, second), owner=only(chan))
    incident = an_incident(opened, assets=only(asset))
    task = add(opened, "task", "Lock", owner=only(chan), risks=only(risk))
    assert named(opened, asset) == [(incident.ref, "assets"), (risk.ref, "assets")]
    assert named(opened, chan) == [(risk.ref, "owner"), (second.ref, "owner"), (task.ref, "owner")]
    assert named(opened, task) == []
    assert counted(dependants(opened, [chan.id, asset.id])) == {
        "incident": 1, "risk": 1, "asset": 1, "task": 1,
    }  # fmt: skip


def test_dependants_when_they_go_along_or_are_in_the_bin_then_they_are_not_told(
    opened: Register,
) -> None:
    asset = an_asset(opened)
    one, other = a_risk(opened, assets=only(asset)), a_risk(opened, assets=only(asset))
    opened.apply(editing.to_bin(opened, [one.id]))
    assert named(opened, asset) == [(other.ref, "assets")]
    assert named(opened, asset, other) == []
