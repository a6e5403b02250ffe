"""Rows without a key: the record that says all that such a row says, so that the same file again makes no second one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from riskreg.exchange.headers import FACTS
from riskreg.exchange.new_names import folded_title
from riskreg.records import Record
from riskreg.records.fields import Value


class Alike:
    """Records that are called as rows without a key; each stands for one row.

    Args:
        records: Those of the register.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._called: dict[str, list[Record]] = {}
        for record in records:
            self._called.setdefault(folded_title(record.title), []).append(record)

    def take(self, said: Mapping[str, Value]) -> Record | None:
        """The record that says all of this, which no other row then means; None where there is none."""
        wanted = dict(said)
        facts = dict(wanted.pop(FACTS, ()))  # type: ignore[arg-type]
        records = self._called.get(folded_title(str(wanted.get("title") or "")), [])
        for record in records:
            is_same = all(record.get(key) == value for key, value in wanted.items())
            if is_same and facts.items() <= dict(record.other_facts).items():
                records.remove(record)
                return record
        return None
