"""What has a date, whatever it is called elsewhere: reviews, tasks, filings, contracts, evidence that ends, drills, training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, cast

from riskreg import catalogue
from riskreg.case_words import DRILL
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import Translator
from riskreg.records import KINDS, LISTED_KINDS, Activity, Record, declared
from riskreg.rules import practice
from riskreg.rules.coming import AGAIN, REVIEWED, Date, Sort, dates, reason, sort
from riskreg.rules.meaning import meant
from riskreg.views import Reader, View, Where
from riskreg.work import QUIET, Work, uncollected

ONCE_MORE: Final = N_("Again")
REVIEW: Final = N_("Next review")
TREATMENT: Final = N_("Treatment due")
READING: Final = N_("Reading the register")

_DATED: Final = Where("due_at", "empty", False)
_CHUNK: Final = 500
"""Records in one question."""
_KEYS: Final = (
    "due_at", "title", "status", "owner", "action", "activity_type", "filing_due_on", "filed_on", "accepted_until_on",
    "contract_until_on", "valid_until_on", "evidence_until_on", "next_review_on", "due_on", "planned_on",
    "review_every_months", "repeat_every_months",
)  # fmt: skip
"""The fields that dates and their owners are read from, of the kinds that have them."""


class Item(NamedTuple):
    """Something that is to be done on a day.

    Attributes:
        day: When.
        sort: What sort of thing it is.
        what: What it is about, in words.
        kind: Of the record.
        id: Likewise.
        ref: Likewise.
        title: Likewise, in the language of the reader.
        owner: Who answers for it, by name; "" where nobody does.
        owners: The ids of those.
        is_ownable: Somebody should answer for a record of this kind.
        is_review: The record is looked at again.
        is_drill: It is only practised; its title says so.
    """

    day: date
    sort: Sort
    what: str
    kind: str
    id: int
    ref: str
    title: str
    owner: str
    owners: frozenset[int]
    is_ownable: bool
    is_review: bool
    is_drill: bool

    @property
    def is_planned(self) -> bool:
        """It belongs into the plan of the programme: no task, no treatment of a risk."""
        return self.sort not in ("task", "treatment")


def coming(
    reader: Reader, t: Translator, until: date | None = None, work: Work = QUIET
) -> list[Item]:
    """The next date of every record that has one, the earliest first.

    Args:
        reader: The register; only this thread may use it meanwhile.
        t: The language of the words.
        until: The last day that counts; None for all.
        work: Progress; may cancel.

    Raises:
        Cancelled: The person stopped it.
    """
    teller, records = _told(reader, t, until, work)
    return [
        teller.item(record, Date(cast("date", record.due_at), reason(teller.meant(record))))
        for record in records
    ]


def year(reader: Reader, t: Translator, today: date, until: date, work: Work = QUIET) -> list[Item]:
    """All dates from the past to `until`, the earliest first: also second dates of a record, and what comes again.

    Args:
        reader: The register; only this thread may use it meanwhile.
        t: The language of the words.
        today: The day where the organisation is.
        until: The last day that counts.
        work: Progress; may cancel.

    Raises:
        Cancelled: The person stopped it.
    """
    teller, records = _told(reader, t, until, work)
    found = [
        teller.item(record, each)
        for record in records
        for each in dates(teller.meant(record), until, today)
    ]
    return sorted(found, key=lambda item: (item.day, item.ref))


class _Teller:
    """Puts dates into words.

    Args:
        reader: Asked for names once, by `of`.
        t: The language.
        owners: Who answers for each record, by its id.
    """

    def __init__(self, reader: Reader, t: Translator, owners: Mapping[int, frozenset[int]]) -> None:
        drills = View(kinds=LISTED_KINDS, where=(Where(practice.COLUMN, "=", True), _DATED))
        self._drills = frozenset(reader.ids(drills))
        self._t = t
        self._vocabulary = reader.vocabulary
        self._types = reader.vocabulary.terms_of("activity_type")
        self._owners = owners
        self._names = _names(reader, owners)
        self._titles = _titles(t)

    def meant(self, record: Record) -> Record:
        """The record as rules read it; what is shown are its own words."""
        return meant(record, self._vocabulary)

    def item(self, record: Record, when: Date) -> Item:
        """A day of a record in words."""
        owners = self._owners[record.id]
        names = (self._names[id] for id in sorted(owners) if id in self._names)
        title, is_drill = self._titles.get(record.ref, record.title), record.id in self._drills
        return Item(
            day=when.day,
            sort=sort(self.meant(record), when.field),
            what=self._what(record, when.field),
            kind=record.kind,
            id=record.id,
            ref=record.ref,
            title=f"{DRILL} · {title}" if is_drill else title,
            owner=listed(names, self._t),
            owners=owners,
            is_ownable=record.kind == "step" or "owner" in declared(type(record)),
            is_review=when.field in REVIEWED and record.kind not in AGAIN,
            is_drill=is_drill,
        )

    def _what(self, record: Record, key: str) -> str:
        t = self._t
        if isinstance(record, Activity) and key in ("planned_on", "valid_until_on", ""):
            known = record.activity_type
            kind = self._types.label(known, t.language) if known else ""
            return kind or t.kind_name(record.kind, plural=False)
        if key == "due_on" and record.kind == "risk":
            return t.gettext(TREATMENT)
        if key == "due_on" and record.kind in ("task", "action", "step"):
            return t.kind_name(record.kind, plural=False)
        if key:
            return t.label(record.kind, key)
        return t.gettext(ONCE_MORE if record.kind in AGAIN else REVIEW)


def _told(
    reader: Reader, t: Translator, until: date | None, work: Work
) -> tuple[_Teller, list[Record]]:
    """The records with a next date, the earliest first, and what tells of them."""
    where = Where("due_at", "<=", until) if until else _DATED
    view = View(kinds=LISTED_KINDS, where=(where,), sort=(("due_at", False),))
    order = reader.ids(view)
    with uncollected():
        found = {record.id: record for record in _dated(reader, where, len(order), work)}
    records = [found[id] for id in order if id in found]
    return _Teller(reader, t, _owners(reader, records)), records


def _dated(reader: Reader, where: Where, total: int, work: Work) -> Iterator[Record]:
    """Records with a next date, as far as dates ask; by rows, which is quicker than record by record."""
    done = 0
    for name in LISTED_KINDS:
        kind = KINDS[name]
        keys = ("ref", *(key for key in _KEYS if key in declared(kind)))
        view = View(kinds=(name,), columns=keys, where=(where,))
        ids = reader.ids(view)
        for start in range(0, len(ids), _CHUNK):
            work.step(READING, done + start, total)
            for row in reader.rows(view, ids[start : start + _CHUNK]):
                values = dict(zip(keys, row.values, strict=True))
                yield kind(id=row.id, version=row.version, **cast("Any", values))
        done += len(ids)


def _owners(reader: Reader, records: Iterable[Record]) -> dict[int, frozenset[int]]:
    """Who answers for each record; for a step, who does for its policy action."""
    view = View(kinds=("action",), columns=("owner",))
    of_action = {
        row.id: cast("frozenset[int]", row.values[0]) for row in reader.rows(view, reader.ids(view))
    }
    found: dict[int, frozenset[int]] = {}
    for record in records:
        owners = cast("frozenset[int]", getattr(record, "owner", frozenset()))
        if record.kind == "step":
            actions = cast("frozenset[int]", record.get("action"))
            owners = frozenset(id for each in actions for id in of_action.get(each, ()))
        found[record.id] = owners
    return found


def _names(reader: Reader, owners: Mapping[int, frozenset[int]]) -> dict[int, str]:
    ids = sorted({id for some in owners.values() for id in some})
    found: dict[int, str] = {}
    for start in range(0, len(ids), _CHUNK):
        names = reader.names(ids[start : start + _CHUNK])
        found.update({id: name.title for id, name in names.items()})
    return found


def _titles(t: Translator) -> dict[str, str]:
    """The catalogue's text of policy actions and steps, by ref."""
    return {
        key: text.get(t.language)
        for action in catalogue.policy_actions()
        for key, text in (
            (action.key, action.title),
            *((step.key, step.text) for step in action.steps),
        )
    }
