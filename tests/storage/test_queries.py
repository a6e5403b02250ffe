"""Every kind of field by every operator and in every order, against plain Python over the same records."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from riskreg import catalogue, register
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.records import KINDS, Record, columns, every_field, fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.views import Op, Register, View, Where
from tests.builders import a_party, a_risk, an_asset, an_incident

VOCABULARY = catalogue.vocabulary()


def moment(*parts: int, zone: str = "Asia/Hong_Kong") -> values.Instant:
    return values.Instant(datetime(*parts, tzinfo=UTC), zone)  # type: ignore[misc,arg-type]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Records of every shape: empty, alike, of both scripts, with all kinds of field."""
    folder = tmp_path_factory.mktemp("queries")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RISKREG_HOME", str(folder))
        found = register.create(Path(folder) / "clinic.riskreg", name="Harbour Clinic Ltd")
        fill(found)
        yield found
        found.close()


def fill(found: Register) -> None:
    people = [a_party(found, name).id for name in ("Émile Chan", "b. wong", "陳大文")]
    assets = [
        an_asset(found, title, owner=frozenset({owner}))
        for title, owner in (("Payroll", people[1]), ("billing", people[0]))
    ]
    an_asset(found, "Nobody's")
    risks = [
        a_risk(found, "Mail", 4, 3, status="open", assets=frozenset({assets[0].id}), owner=frozenset({people[2]}), due_on=date(2026, 12, 1)),
        a_risk(found, "mail 2", 1, 1, status="closed", assets=frozenset({asset.id for asset in assets}), due_on=date(2026, 11, 1)),
        a_risk(found, "Zebra", 5, 5, cause="ÉCLAIR 外洩", tags=frozenset({"外洩", "mail"}), other_facts=(("Case", "Ä1"),)),
    ]  # fmt: skip
    found.apply(ChangeSet(act="add", changes=(addition("risk", {"title": "unscored", "tags": frozenset({"mailing", 'a","b'})}),)))  # fmt: skip
    sets = (frozenset({"health"}), frozenset({"health", "contact"}), frozenset[str](), frozenset({"contact"}))  # fmt: skip
    counts = (values.Count(150, "exact"), values.Count(150, "approximate"), values.Count(None, "undeterminable"), None)  # fmt: skip
    instants = (moment(2026, 11, 20, 10), moment(2026, 11, 20, 9, zone="Europe/London"), moment(2025, 1, 1), None)  # fmt: skip
    for number, (types, count, aware) in enumerate(zip(sets, counts, instants, strict=True)):
        an_incident(
            found, f"Incident {number}", data_types=types, people_count=count, aware_at=aware,
            near_miss=(True, False, None, True)[number], risks=frozenset({risks[number % 3].id}),
            external_ref=("", "B-1", "b-1", "ß")[number],
        )  # fmt: skip
    action = found.record(found.find("C3"))
    from tests.builders import change

    change(found, action, review_every_months=6, status="planned", applies="yes")


def value_of(found: Register, record: Record, key: str) -> Value:
    if key in ("ref",) or key not in every_field(KINDS[record.kind]):
        return record.get(key)
    what = every_field(KINDS[record.kind])[key]
    if isinstance(what, fields.Links):
        return found.links(record.id)[key]
    return record.get(key)


def comparable(kind: FieldKind, value: Value) -> Any:
    """What a value is compared by; None for an empty one."""
    match kind:
        case fields.Count():
            return value.number if isinstance(value, values.Count) else None
        case fields.Instant():
            return value.utc if isinstance(value, values.Instant) else None
        case fields.Choice():
            return None if value is None else VOCABULARY.terms_of(kind.terms).order(str(value))
        case fields.Derived():
            return comparable(kind.of, value)
        case _:
            return None if value in ("", None) else value


ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def holds(kind: FieldKind, value: Value, op: Op, wanted: Any) -> bool:
    """The meaning of `Where`, said once more in plain Python."""
    kind = kind.of if isinstance(kind, fields.Derived) else kind
    if op == "empty":
        return (value == fields.empty(kind)) is bool(wanted)
    if isinstance(kind, fields.Choices | fields.Tags | fields.Links):
        return holds_list(value, op, wanted)
    if op == "contains":
        words = (
            " ".join(f"{name} {fact}" for name, fact in value)
            if isinstance(value, tuple)
            else value
        )  # type: ignore[misc]
        return str(wanted).casefold() in str(words).casefold()
    if op == "in":
        return any(holds(kind, value, "=", one) for one in wanted)
    if op in ("=", "!="):
        same = value == wanted
        if isinstance(kind, fields.Count | fields.Instant):
            mine, other = comparable(kind, value), comparable(kind, wanted)
            same = mine == other if other is not None else value == wanted
        return same if op == "=" else not same
    mine, other = comparable(kind, value), comparable(kind, wanted)
    return mine is not None and other is not None and ORDERED[op](mine, other)


def holds_list(value: Any, op: Op, wanted: Any) -> bool:
    if op in ("=", "!="):
        return (value == wanted) is (op == "=")
    members = wanted if isinstance(wanted, frozenset | tuple) else {wanted}
    return bool(value & frozenset(members))


TEXT: tuple[tuple[Op, Any], ...] = (
    ("=", "B-1"), ("!=", "B-1"), ("contains", "b-"), ("contains", "ß"), ("in", ("B-1", "ß")), ("empty", True),
    ("empty", False), ("<", "b"), ("<=", "B-1"), (">", "B-1"), (">=", "b-1"),
)  # fmt: skip
COUNTS: tuple[tuple[Op, Any], ...] = (
    ("=", values.Count(150, "exact")), ("!=", values.Count(150, "exact")), ("=", values.Count(None, "undeterminable")),
    ("!=", values.Count(None, "undeterminable")), ("<", values.Count(151, "exact")), (">=", values.Count(150, "exact")),
    (">", values.Count(150, "exact")), ("in", (values.Count(150, "exact"),)), ("empty", True), ("empty", False),
)  # fmt: skip
CASES: list[tuple[str, str, Op, Any]] = [
    *(("incident", "external_ref", op, wanted) for op, wanted in TEXT),
    ("risk", "cause", "contains", "éclair"),
    ("risk", "cause", "contains", "外洩"),
    ("risk", "cause", "empty", True),
    ("risk", "title", "contains", "MAIL"),
    *(("incident", "people_count", op, wanted) for op, wanted in COUNTS),
    *(("incident", "aware_at", op, moment(2026, 11, 20, 9)) for op in ("=", "!=", "<", "<=", ">", ">=")),
    ("incident", "aware_at", "empty", True),
    ("incident", "aware_at", "in", (moment(2025, 1, 1), moment(2026, 11, 20, 10))),
    *(("incident", "near_miss", op, wanted) for op, wanted in (("=", True), ("=", False), ("!=", True), ("empty", True), ("empty", False))),
    *(("incident", "data_types", op, frozenset({"health"})) for op in ("=", "!=", "contains", "in")),
    ("incident", "data_types", "contains", "contact"),
    ("incident", "data_types", "in", ("contact", "health")),
    ("incident", "data_types", "=", frozenset()),
    ("incident", "data_types", "empty", True),
    ("incident", "data_types", "empty", False),
    ("risk", "tags", "contains", "mail"),
    ("risk", "tags", "contains", "b"),
    ("risk", "tags", "contains", 'a","b'),
    ("risk", "tags", "in", ("mailing", "外洩")),
    ("risk", "tags", "=", frozenset({"外洩", "mail"})),
    ("risk", "other_facts", "contains", "ä1"),
    ("risk", "other_facts", "=", (("Case", "Ä1"),)),
    ("risk", "other_facts", "empty", True),
    *(("risk", "status", op, "treating") for op in ("=", "!=", "<", "<=", ">", ">=")),
    ("risk", "status", "in", ("open", "closed")),
    ("risk", "status", "empty", True),
    *(("risk", "residual_level", op, "moderate") for op in ("=", "!=", "<", "<=", ">", ">=")),
    *(("risk", "residual_score", op, 12) for op in ("=", "!=", "<", "<=", ">", ">=")),
    *(("risk", "residual_impact", op, 3) for op in ("=", "!=", "<", "<=", ">", ">=")),
    ("risk", "residual_impact", "in", (1, 5)),
    ("risk", "residual_score", "empty", True),
    *(("risk", "due_on", op, date(2026, 12, 1)) for op in ("=", "!=", "<", "<=", ">", ">=")),
    ("risk", "due_on", "empty", False),
    ("risk", "due_at", "<", date(2026, 12, 1)),
    *(("action", "review_every_months", op, 6) for op in ("=", "!=", "<", "<=", ">", ">=", "in") if op != "in"),
    *(("risk", "owner", op, wanted) for op, wanted in (("empty", True), ("empty", False))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "op", "wanted"), CASES)
def test_filter_when_asked_then_exactly_the_records_that_hold_it(
    filled: Register, kind: str, key: str, op: Op, wanted: Any
) -> None:
    everything = filled.records(filled.ids(View(kinds=(kind,))))
    what = columns(KINDS[kind])[key]
    expected = {
        id
        for id, record in everything.items()
        if holds(what, value_of(filled, record, key), op, wanted)
    }
    view = View(kinds=(kind,), where=(Where(key, op, wanted),))
    assert set(filled.ids(view)) == expected
    assert filled.count(view) == len(expected)


LINKED = (
    ("risk", "assets"), ("risk", "owner"), ("asset", "risks"), ("asset", "owner"), ("party", "owned_assets"),
    ("party", "owned_risks"), ("risk", "incidents"), ("action", "steps"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), LINKED)
@pytest.mark.parametrize("op", ["=", "!=", "contains", "in", "empty"])
def test_filter_when_it_is_on_links_then_either_side_answers(
    filled: Register, kind: str, key: str, op: Op
) -> None:
    everything = filled.records(filled.ids(View(kinds=(kind,))))
    what = columns(KINDS[kind])[key]
    linked = {id: filled.links(id)[key] for id in everything}
    asked: set[Any] = {True, False} if op == "empty" else {frozenset(), *linked.values()}
    if op in ("contains", "in"):
        asked = {frozenset({one}) for links in linked.values() for one in links}
    for wanted in asked:
        expected = {id for id in everything if holds(what, linked[id], op, wanted)}
        view = View(kinds=(kind,), where=(Where(key, op, wanted),))
        assert set(filled.ids(view)) == expected, wanted


def sorts(kind: str) -> list[str]:
    return [key for key, what in columns(KINDS[kind]).items() if not isinstance(what, fields.Facts)]


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key) for kind in ("risk", "incident", "asset") for key in sorts(kind)]
)
@pytest.mark.parametrize("is_descending", [False, True])
def test_sort_when_asked_then_in_order_with_the_empty_ones_last(
    filled: Register, kind: str, key: str, is_descending: bool
) -> None:
    found = list(filled.ids(View(kinds=(kind,), sort=((key, is_descending),))))
    everything = filled.records(filled.ids(View(kinds=(kind,))))
    assert sorted(found) == sorted(everything)
    what = columns(KINDS[kind])[key]
    keys = [sort_key(filled, what, value_of(filled, everything[id], key)) for id in found]
    filled_in = [one for one in keys if one is not None]
    assert keys == filled_in + [None] * (len(keys) - len(filled_in))
    assert filled_in == sorted(filled_in, reverse=is_descending)


def sort_key(found: Register, what: FieldKind, value: Value) -> Any:
    match what:
        case fields.Links():
            titles = [folded(name.title) for name in found.names(value).values()]  # type: ignore[arg-type]
            return min(titles, default=None)
        case fields.Line() | fields.Prose():
            return folded(str(value)) if value else None
        case fields.Choices() | fields.Tags():
            import json

            return json.dumps(sorted(value), ensure_ascii=False) if value else None  # type: ignore[arg-type]
        case fields.YesNo():
            return value
        case _:
            return comparable(what, value)


def folded(text: str) -> str:
    """As SQLite folds: ASCII letters alone."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def test_sort_when_values_are_alike_then_by_number_of_ref(filled: Register) -> None:
    found = filled.ids(View(kinds=("risk",), sort=(("treatment", True),)))
    assert [filled.record(id).ref for id in found] == ["R-0001", "R-0002", "R-0003", "R-0004"]


def test_sort_when_by_ref_then_by_number_and_not_by_letters(opened: Register) -> None:
    changes = tuple(addition("incident", {"title": f"{n}"}, -1 - n) for n in range(1_001))
    opened.apply(ChangeSet(act="import", changes=changes))
    found = opened.ids(View(kinds=("incident",), sort=(("ref", True),)))
    assert [opened.record(id).ref for id in found[:3]] == [
        "I-2026-1001",
        "I-2026-1000",
        "I-2026-999",
    ]
    steps = opened.ids(View(kinds=("step",)))
    assert [opened.record(id).ref for id in steps[:4]] == ["A1.1", "A1.2", "A2.1", "A2.2"]


def test_view_when_it_is_of_several_kinds_then_common_columns(filled: Register) -> None:
    view = View(
        kinds=("risk", "asset"),
        columns=("ref", "title", "due_at", "updated_at"),
        sort=(("due_at", False),),
    )
    ids = filled.ids(view)
    rows = filled.rows(view, ids)
    assert [row.id for row in rows] == list(ids)
    assert [row.values[0] for row in rows[:2]] == ["R-0001", "A-0001"] or rows[0].values[
        2
    ] is not None
    days = [row.values[2] for row in rows if row.values[2] is not None]
    assert days == sorted(days)  # type: ignore[type-var]
    with pytest.raises(Expected, match="has no field called"):
        filled.ids(View(kinds=("risk", "asset"), where=(Where("cause", "=", "x"),)))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_when_every_column_is_asked_for_then_they_are_the_records(
    filled: Register, kind: str
) -> None:
    keys = tuple(columns(KINDS[kind]))
    view = View(kinds=(kind,), columns=keys)
    ids = filled.ids(view)
    for row in filled.rows(view, ids):
        record = filled.record(row.id)
        assert (row.kind, row.version) == (kind, record.version)
        for key, value in zip(keys, row.values, strict=True):
            if key in ("created_at", "updated_at", "deleted_at") and isinstance(
                value, values.Instant
            ):
                instant = record.get(key)
                assert isinstance(instant, values.Instant)
                assert (value.utc, value.zone) == (instant.utc, "Asia/Hong_Kong")
            else:
                assert value == value_of(filled, record, key), key


def test_rows_when_some_ids_are_gone_then_they_have_none_and_the_order_stays(
    filled: Register,
) -> None:
    ids = list(filled.ids(View(kinds=("risk",))))
    asked = [ids[2], 99_999, ids[0]]
    assert [row.id for row in filled.rows(View(kinds=("risk",)), asked)] == [ids[2], ids[0]]
    assert filled.rows(View(kinds=("risk",)), []) == []


def test_tally_when_counted_then_by_combination(filled: Register) -> None:
    found = filled.tally(View(kinds=("risk",)), ("status", "residual_level"))
    assert found == {
        ("open", "high"): 1,
        ("closed", "low"): 1,
        (None, "critical"): 1,
        (None, None): 1,
    }
    assert filled.tally(View(kinds=("incident",)), ("near_miss",)) == {
        (True,): 2,
        (False,): 1,
        (None,): 1,
    }
    assert filled.tally(View(kinds=("risk",)), ("due_on",))[(date(2026, 12, 1),)] == 1


@pytest.mark.parametrize(
    ("view", "id"),
    [
        (View(kinds=("robot",)), "no_kind"),
        (View(kinds=("risk",), where=(Where("colour", "=", "red"),)), "no_field"),
        (View(kinds=("risk",), sort=(("colour", True),)), "no_field"),
        (View(kinds=("risk",), where=(Where("tags", "<", frozenset({"a"})),)), "bad_filter"),
        (View(kinds=("risk",), where=(Where("assets", ">", frozenset({1})),)), "bad_filter"),
        (View(kinds=("risk",), where=(Where("other_facts", "<", "a"),)), "bad_filter"),
        (View(kinds=("risk",), where=(Where("title", "like", "a"),)), "bad_filter"),  # type: ignore[arg-type]
    ],
)
def test_view_when_it_cannot_be_asked_then_it_says_why(
    filled: Register, view: View, id: str
) -> None:
    with pytest.raises(Expected) as raised:
        filled.ids(view)
    assert raised.value.id == id


def test_links_when_asked_in_a_row_then_the_bin_is_counted_in(opened: Register) -> None:
    from tests.builders import change
    from tests.conftest import NOW

    asset = an_asset(opened)
    risk = a_risk(opened, assets=frozenset({asset.id}))
    change(opened, asset, deleted_at=values.Instant.at(NOW))
    assert opened.links(risk.id)["assets"] == {asset.id}
    assert opened.names([asset.id])[asset.id].is_deleted
