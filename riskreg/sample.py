"""The sample register: two years of an invented clinic, to try the program on.

Its content is in `resources/sample/*.toml`; here it is only read and told through the door, act by
act, with the clock set to the days on which the clinic would have done it, so that the history is
worth looking at. Every name, number and address in it is invented.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from riskreg import clock, register
from riskreg.catalogue import resources_folder
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.editing import to_bin
from riskreg.records import KINDS, fields, stored
from riskreg.records.fields import Fields, Value
from riskreg.records.jsons import from_json
from riskreg.sample_answers import ANSWERS, answer, checked
from riskreg.sample_many import many_risks
from riskreg.views import Reader, Register, View
from riskreg.work import QUIET, SAVING, Work

NAME: Final = "Harbour Clinic Ltd 海港診所有限公司"
ZONE: Final = "Asia/Hong_Kong"
CHUNK: Final = 5_000
"""Generated records in one change set."""

_FILES: Final = (
    "parties", "assets", "risks", "incidents", "programme", "policy", "papers", "response",
)  # fmt: skip
"""In the order in which records of one moment get their refs."""

_CONTENT: Final = "content"
"""The key of the text of an invented file."""

_STAGES: Final = ("inherent", "residual", "target")

_Given: TypeAlias = Mapping[str, Any]
_Name: TypeAlias = tuple[str, str]
"""Kind and name within the sample; a policy action or step is named by its ref."""


class _Event(NamedTuple):
    """What is said of one record at one moment."""

    at: datetime
    act: str
    name: _Name
    given: _Given


def make(path: Path, records: int = 0, seed: int = 1, work: Work = QUIET) -> None:
    """Make the sample register in a new file.

    Args:
        path: The file.
        records: How many generated risks to add, for a big register.
        seed: The same seed gives the same generated risks.
        work: Progress and cancel; what was made until then is removed.

    Raises:
        Expected: The file is there already ("exists") or cannot be written; Cancelled.
    """
    events = sorted(_events(), key=lambda event: event.at)
    with clock.fixed(events[0].at):
        made = register.create(path, name=NAME, zone=ZONE, language="en", is_sample=True)
    try:
        _Telling(made, work).tell(events, records, seed)
    except BaseException:
        made.close()
        path.unlink(missing_ok=True)
        raise
    made.close(work)


class _Telling:
    """Applies the events in order and remembers which records they made."""

    def __init__(self, made: Register, work: Work) -> None:
        self._register = made
        self._work = work
        self._ids: dict[_Name, int] = {("action", ref): id for ref, id in _refs(made, "action")}
        self._ids["organisation", "us"] = made.organisation().id
        self._ids |= {("step", ref): id for ref, id in _refs(made, "step")}

    def tell(self, events: list[_Event], records: int, seed: int) -> None:
        """All events, the generated risks before the last, so that undo speaks of a single edit."""
        acts = [
            (at, act, list(those))
            for (at, act), those in groupby(events, key=lambda event: (event.at, event.act))
        ]
        for place, (at, act, those) in enumerate(acts):
            self._work.step(SAVING, place, len(acts))
            with clock.fixed(at):
                if place == len(acts) - 1:
                    self._tell_many(records, seed)
                self._tell_act(act, those)

    def _tell_act(self, act: str, events: list[_Event]) -> None:
        if act == "delete":
            self._register.apply(to_bin(self._register, [self._ids[e.name] for e in events]))
            return
        answers = [e for e in events if e.name not in self._ids and e.name[0] in ANSWERS]
        if rest := [event for event in events if event not in answers]:
            self._tell_records(act, rest)
        for event in answers:
            self._tell_answer(event)

    def _tell_answer(self, event: _Event) -> None:
        kind, _ = event.name
        told = answer(self._register, kind, self._values(kind, event.given))
        self._ids[event.name] = self._register.apply(told).new[-1]

    def _tell_records(self, act: str, events: list[_Event]) -> None:
        new = {
            event.name: -place
            for place, event in enumerate(events, start=1)
            if event.name not in self._ids
        }
        self._ids |= new
        changes = tuple(filter(None, [self._change(event) for event in events]))
        facts = {"refs": self._named(events)} if act == "edit" else {}
        files = {sha256_of(content): content for content in map(_content, events) if content}
        changed = self._register.apply(
            ChangeSet(act=act, changes=changes, facts=facts, files=files)
        )
        self._ids |= {name: changed.new[id] for name, id in new.items()}

    def _change(self, event: _Event) -> Change | None:
        kind, _ = event.name
        id = self._ids[event.name]
        given = self._values(kind, {**event.given, **_about_file(_content(event))})
        values = checked(kind, given)
        if id < 0:
            return addition(kind, values, id)
        return edit(self._register.record(id), values)

    def _named(self, events: list[_Event]) -> str:
        names = self._register.names(self._ids[event.name] for event in events)
        return " ".join(name.ref for name in names.values())

    def _values(self, kind: str, given: _Given) -> Fields:
        known = stored(KINDS[kind])
        return {key: self._value(known[key], value) for key, value in _spread(given)}

    def _value(self, what: fields.FieldKind, given: Any) -> Value:  # noqa: ANN401 (what TOML holds)
        if isinstance(what, fields.Links):
            names = [given] if isinstance(given, str) else given
            return frozenset(self._ids[what.to, name] for name in names)
        return from_json(what, given.isoformat() if isinstance(given, date) else given, ZONE)

    def _tell_many(self, records: int, seed: int) -> None:
        owners = self._linked("party")
        assets = self._linked("asset")
        phrases = _read("many")
        rng = Random(seed)  # noqa: S311 (text for a sample)
        for start in range(0, records, CHUNK):
            self._work.step(SAVING, start, records)
            many = many_risks(rng, phrases, owners, assets, min(CHUNK, records - start))
            changes = (addition("risk", values, -place) for place, values in enumerate(many, 1))
            self._register.apply(ChangeSet(act="demo", changes=tuple(changes)), self._work)

    def _linked(self, kind: str) -> tuple[frozenset[int], ...]:
        return tuple(frozenset({id}) for (of, _), id in self._ids.items() if of == kind)


def sha256_of(content: bytes) -> str:
    """By what evidence is known."""
    return hashlib.sha256(content).hexdigest()


def _content(event: _Event) -> bytes:
    """The bytes of a piece of evidence, which stand as text in the sample."""
    return str(event.given.get(_CONTENT, "")).encode("utf-8")


def _about_file(content: bytes) -> _Given:
    if not content:
        return {}
    return {
        "sha256": sha256_of(content),
        "file_size": str(len(content)),
    }


def _refs(reader: Reader, kind: str) -> list[tuple[str, int]]:
    view = View(kinds=(kind,), columns=("ref",))
    return [(str(row.values[0]), row.id) for row in reader.rows(view, reader.ids(view))]


def _spread(given: _Given) -> Iterator[tuple[str, Any]]:
    """Fields by key; a score `[likelihood, impact]` is two of them."""
    for key, value in given.items():
        if key == _CONTENT:
            continue
        if key in _STAGES:
            yield from zip((f"{key}_likelihood", f"{key}_impact"), value, strict=True)
        else:
            yield key, value


def _events() -> Iterator[_Event]:
    for file in _FILES:
        content = _read(file)
        for kind, entries in content.items():
            if kind in KINDS:
                for entry in entries:
                    yield from _told(kind, entry, content["at"])


def _told(kind: str, entry: _Given, at: datetime) -> Iterator[_Event]:
    """What is said of a record: first all of it, then what changed later."""
    name = (kind, entry.get("name") or entry["ref"])
    for item in ({"at": at, **entry}, *entry.get("then", ())):
        given = {key: value for key, value in item.items() if key not in _ABOUT}
        moment = item["at"].replace(tzinfo=ZoneInfo(ZONE))
        yield _Event(moment, item.get("act", "demo"), name, given)


_ABOUT: Final = frozenset({"name", "ref", "at", "act", "then"})
"""What an entry says about itself; the rest are fields."""


@cache
def _read(name: str) -> dict[str, Any]:
    path = resources_folder() / "sample" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
