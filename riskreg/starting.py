"""What a new register may begin with: records suggested by the sector, the size and three answers.

Data, not rules: the rows stand in `resources/catalogue/starter.toml`. Nothing is added that a
person did not choose, and nothing twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from riskreg.catalogue import resources_folder
from riskreg.changes import ChangeSet, addition, edit
from riskreg.fuzzy import Alike
from riskreg.records import KINDS, Organisation, fields, stored
from riskreg.records.fields import Fields, Value
from riskreg.records.jsons import from_json
from riskreg.rules.due import add_months
from riskreg.views import Reader, View

ACT: Final = "start"
KINDS_SUGGESTED: Final = ("asset", "processing", "risk", "measure", "activity")
"""In the order in which a person would go through them."""

NO_ANSWERS: Final[Fields] = {}
ANSWERS: Final = ("has_providers", "sends_abroad", "holds_sensitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One record that is suggested.

    Attributes:
        kind: Its kind.
        key: What it is called here, distinct within its kind.
        title: Its title by language.
        given: Its fields, as JSON writes them.
        in_months: Planned so many months after the start; None where it has no day.
        sectors: Keys of the list `sector` for which it is suggested; empty for all.
        staff_from: The size from which it is suggested.
        needs: Answers of the organisation that must be yes.
    """

    kind: str
    key: str
    title: Mapping[str, str]
    given: Mapping[str, Any]
    in_months: int | None
    sectors: frozenset[str]
    staff_from: int
    needs: frozenset[str]

    def fits(self, organisation: Organisation) -> bool:
        """Whether it is suggested to this organisation; what was not answered counts as no."""
        staff = organisation.staff_count
        return (
            (not self.sectors or (organisation.sector or "other") in self.sectors)
            and (staff.number if staff and staff.number else 0) >= self.staff_from
            and all(organisation.get(answer) is True for answer in self.needs)
        )


@cache
def catalogue() -> tuple[Suggestion, ...]:
    """Every suggestion, by kind, in the order of the file."""
    path = resources_folder() / "catalogue" / "starter.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        _suggestion(kind, entry) for kind in KINDS_SUGGESTED for entry in content.get(kind, ())
    )


def _suggestion(kind: str, entry: Mapping[str, Any]) -> Suggestion:
    when = entry.get("when", {})
    given = dict(entry.get("fields", {}))
    return Suggestion(
        kind=kind,
        key=entry["key"],
        title=entry["title"],
        in_months=given.pop("in_months", None),
        given=given,
        sectors=frozenset(when.get("sectors", ())),
        staff_from=when.get("staff_from", 0),
        needs=frozenset(answer for answer in ANSWERS if when.get(answer)),
    )


def suggested(reader: Reader, organisation: Organisation | None = None) -> tuple[Suggestion, ...]:
    """What is suggested to an organisation and is not in the register yet.

    A record counts as there when one of its kind has that title in any language, in the bin or not.

    Args:
        reader: The register.
        organisation: Its organisation as it would be with other answers; as it is where None.
    """
    organisation = organisation or reader.organisation()
    known = {kind: _titles(reader, kind) for kind in KINDS_SUGGESTED}
    return tuple(
        each
        for each in catalogue()
        if each.fits(organisation) and known[each.kind].isdisjoint(each.title.values())
    )


def alike(reader: Reader) -> dict[tuple[str, str], str]:
    """Which suggestions are there already in other words: by kind and key the ref and title of the record that says so."""
    known = {kind: _alike(reader, kind) for kind in KINDS_SUGGESTED}
    found = {
        (each.kind, each.key): known[each.kind].find(each.title.values()) for each in catalogue()
    }
    return {key: name for key, name in found.items() if name}


def _alike(reader: Reader, kind: str) -> Alike[str]:
    view = View(kinds=(kind,), columns=("ref", "title"))
    rows = (map(str, row.values) for row in reader.rows(view, reader.ids(view)))
    return Alike((f"{ref} {title}", title) for ref, title in rows)


def _titles(reader: Reader, kind: str) -> frozenset[str]:
    views = [View(kinds=(kind,), columns=("title",), bin=is_bin) for is_bin in (False, True)]
    return frozenset(
        str(row.values[0]) for view in views for row in reader.rows(view, reader.ids(view))
    )


def additions(
    reader: Reader,
    chosen: Iterable[Suggestion],
    language: str,
    today: date,
    answers: Fields = NO_ANSWERS,
) -> ChangeSet:
    """The change set that adds what was chosen, each with its title in one language, and keeps the answers.

    Args:
        reader: The register.
        chosen: What to add.
        language: The key of a language.
        today: From which the months until an activity count.
        answers: Fields of the organisation.
    """
    refs = _refs(reader)
    added = [
        addition(each.kind, _values(each, language, today, refs), -place)
        for place, each in enumerate(chosen, start=1)
    ]
    answered = edit(reader.organisation(), answers)
    return ChangeSet(
        act=ACT,
        changes=(*added, *([answered] if answered else ())),
        facts={"records": str(len(added))},
    )


def _values(each: Suggestion, language: str, today: date, refs: Mapping[str, int]) -> Fields:
    known = stored(KINDS[each.kind])
    found: dict[str, Value] = {
        key: frozenset(refs[ref] for ref in value)
        if isinstance(what := known[key], fields.Links)
        else from_json(what, value, "")
        for key, value in each.given.items()
    }
    if each.in_months is not None:
        found["planned_on"] = add_months(today, each.in_months)
    return {**found, "title": each.title[language]}


def _refs(reader: Reader) -> Mapping[str, int]:
    view = View(kinds=("action",), columns=("ref",))
    return {str(row.values[0]): row.id for row in reader.rows(view, reader.ids(view))}
