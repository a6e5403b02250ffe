"""Valid records in a word each, so that a test says only what it is about."""

from __future__ import annotations

from riskreg.changes import ChangeSet, addition, edit
from riskreg.records import Record
from riskreg.records.fields import Value
from riskreg.views import Register


def add(register: Register, kind: str, title: str = "A title", **values: Value) -> Record:
    """A new record, as it is stored."""
    changed = register.apply(
        ChangeSet(act="add", changes=(addition(kind, {"title": title, **values}),))
    )
    return register.record(changed.new[-1])


def a_risk(
    register: Register,
    title: str = "Mail goes astray",
    likelihood: int = 4,
    impact: int = 3,
    **values: Value,
) -> Record:
    return add(
        register, "risk", title, residual_likelihood=likelihood, residual_impact=impact, **values
    )


def an_asset(register: Register, title: str = "Payroll", **values: Value) -> Record:
    return add(register, "asset", title, **values)


def an_incident(
    register: Register, title: str = "Payroll file mailed to a former employee", **values: Value
) -> Record:
    return add(register, "incident", title, **values)


def a_party(register: Register, title: str = "K. Chan", **values: Value) -> Record:
    return add(register, "party", title, **values)


def change(register: Register, record: Record, **values: Value) -> Record:
    """The record with other values, as it is stored."""
    made = edit(record, values)
    if made is not None:
        register.apply(ChangeSet(act="edit", changes=(made,)))
    return register.record(record.id)
