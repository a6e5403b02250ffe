"""One language-free form of every value: what goes out comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from riskreg.changes import Change
from riskreg.records import KINDS, stored, values
from riskreg.records.fields import Value
from riskreg.records.jsons import from_json, one_line, paragraphs, to_json
from riskreg.storage import journal
from tests import strategies
from tests.strategies import EVERY_KIND


@pytest.mark.parametrize("name", EVERY_KIND)
@given(data=st.data())
def test_value_when_written_as_json_and_read_then_it_is_the_same(
    name: str, data: st.DataObject
) -> None:
    kind = EVERY_KIND[name]
    value = data.draw(strategies.values_of(kind))
    text = json.dumps(to_json(kind, value))
    assert from_json(kind, json.loads(text)) == value


@given(data=st.data())
def test_payload_when_made_canonical_then_it_equals_rfc_8785(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(KINDS)))
    declared = stored(KINDS[name])
    keys = data.draw(st.lists(st.sampled_from(sorted(declared)), max_size=5, unique=True))
    after = {key: data.draw(strategies.values_of(declared[key])) for key in keys}
    row = journal.change_row(
        3,
        Change(id=7, kind=name, version=0, before=None, after=after),
        version=1,
        salts=bytes(journal.SALTS),
    )
    for payload in filter(None, (row.plain, row.personal)):
        assert rfc8785.dumps(json.loads(payload)) == payload.encode()


@pytest.mark.parametrize(
    ("name", "given_", "wanted"),
    [
        ("line", "  two\r\nlines ", "two lines"),
        ("line", 5, "5"),
        ("prose", "a\r\nb\rc", "a\nb\nc"),
        ("choice", " open ", "open"),
        ("choices", "health, contact,", frozenset({"health", "contact"})),
        ("choices", ["health", ""], frozenset({"health"})),
        ("tags", "外洩,mail", frozenset({"外洩", "mail"})),
        ("yes_no", "Yes", True),
        ("yes_no", "0", False),
        ("count", 150, values.Count(150, "exact")),
        ("score", "4", 4),
        ("duration", " 12 ", 12),
        ("links", [3, "4"], frozenset({3, 4})),
        ("facts", {"b": "2", "a": "1", "c": ""}, (("a", "1"), ("b", "2"))),
        ("facts", [["b", "2"], ["a", 1]], (("a", "1"), ("b", "2"))),
        ("line", None, ""),
        ("tags", "", frozenset()),
        ("facts", None, ()),
        ("day", None, None),
    ],
)
def test_value_when_read_leniently_then_it_has_its_stored_form(
    name: str, given_: Any, wanted: Value
) -> None:
    assert from_json(EVERY_KIND[name], given_) == wanted


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("line", ["a"]),
        ("line", True),
        ("line", 1.5),
        ("choices", {"a": 1}),
        ("yes_no", "maybe"),
        ("count", "many"),
        ("money", "much"),
        ("day", "2026-02-30"),
        ("day", "tomorrow"),
        ("day", 5),
        ("score", "4.0"),
        ("score", True),
        ("score", "²"),
        ("score", "-"),
        ("score", "--4"),
        ("links", ["R-0001"]),
        ("facts", "a=b"),
        ("facts", [["a"]]),
        ("instant", "2026-11-24"),
    ],
)
def test_value_when_it_is_none_of_its_kind_then_it_is_refused(name: str, given_: Any) -> None:
    with pytest.raises(values.Unfit):
        from_json(EVERY_KIND[name], given_)


@given(st.text())
def test_text_when_made_tidy_twice_then_nothing_more_happens(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text)) == paragraphs(text)
    assert "\r" not in paragraphs(text)
    assert not {"\r", "\n"} & {*one_line(text)}
