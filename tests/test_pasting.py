"""Ranges to and from a spreadsheet: quoting as Excel does it, and cell by cell what a paste would do."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import editing
from riskreg.errors import Stale
from riskreg.i18n import translator
from riskreg.pasting import changes_of, from_text, reread, stage, to_html, to_text
from riskreg.views import Register, View

EN = translator("en")
KEYS = ("title", "status", "due_on", "owner")


def add(register: Register, kind: str, **given: object) -> int:
    return register.apply(editing.new_record(register, kind, given)).new[-1]


def test_text_when_cells_hold_tabs_breaks_and_quotes_then_it_is_quoted_as_excel_does() -> None:
    block = (("a", 'say "hi"', "two\nlines", '"first"', "tab\there"),)
    assert to_text(block) == 'a\tsay "hi"\t"two\nlines"\t"""first"""\t"tab\there"'


def test_text_when_python_reads_it_as_excels_dialect_then_it_finds_the_same_cells() -> None:
    block = (("a", "two\nlines", '"q"'), ("", "x", "y"))
    assert [tuple(row) for row in csv.reader(io.StringIO(to_text(block)), "excel-tab")] == list(
        block
    )


cell = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=12
).filter(lambda text: not text.startswith("'"))


@given(st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=4))
def test_text_when_read_back_then_every_cell_is_as_it_was(rows: list[list[str]]) -> None:
    block = tuple(map(tuple, rows))
    assert from_text(to_text(block) + "\r\n") == block


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_text_when_it_would_run_as_a_formula_then_it_goes_out_guarded_and_comes_in_as_text(
    text: str,
) -> None:
    assert to_text(((text,),)).startswith("'")
    assert from_text(to_text(((text,),))) == ((text,),)
    assert "mso-number-format" in to_html(((text,),))
    assert from_text(text) == ((text,),)


def test_html_when_text_looks_like_markup_then_it_is_escaped() -> None:
    assert "&lt;b&gt;" in to_html((("<b>",),))


def test_text_when_numbers_are_negative_then_they_stay_numbers() -> None:
    assert to_text((("-5", "+1,200", "-3%"),)) == "-5\t+1,200\t-3%"


def test_stage_when_pasted_then_only_what_differs_is_told_and_bad_cells_keep_their_text(
    opened: Register,
) -> None:
    add(opened, "party", title="K. Chan")
    ids = [add(opened, "risk", title=title, status="open") for title in "ab"]
    block = from_text("a\tBeing treated\t20 Nov 2026\tK. Chan\nb2\topne\tsomeday\tNobody")
    staged = stage(opened, EN, "risk", KEYS, ids, block)
    bad = [(each.key, each.text) for each in staged.cells if each.is_bad]
    assert bad == [("status", "opne"), ("due_on", "someday"), ("owner", "Nobody")]
    assert staged.same == 1
    opened.apply(changes_of(opened, staged, [each for each in staged.cells if not each.is_bad]))
    first, second = (opened.record(id) for id in ids)
    assert (first.status, str(first.due_on), first.title) == ("treating", "2026-11-20", "a")
    assert (second.title, second.status) == ("b2", "open")
    assert opened.links(ids[0])["owner"] == {opened.find("P-0001")}
    opened.undo()
    assert opened.record(ids[1]).title == "b"


def test_stage_when_a_bad_cell_is_corrected_then_it_can_be_applied(opened: Register) -> None:
    id = add(opened, "risk", title="a", status="open")
    staged = stage(opened, EN, "risk", ("status",), [id], (("opne",),))
    mended = reread(opened, EN, "risk", staged.cells[0], "accepted")
    assert mended is not None
    opened.apply(changes_of(opened, staged, [mended]))
    assert opened.record(id).status == "accepted"
    assert reread(opened, EN, "risk", staged.cells[0], "open") is None


def test_stage_when_there_are_more_rows_than_records_then_the_rest_would_be_new(
    opened: Register,
) -> None:
    id = add(opened, "risk", title="a", status="open")
    staged = stage(
        opened,
        EN,
        "risk",
        ("title", "status"),
        [id],
        from_text("a\tOpen\nb\tOpen\nc\tBeing treated"),
    )
    assert staged.new == 2
    changed = opened.apply(changes_of(opened, staged, staged.cells))
    assert [opened.record(changed.new[new]).title for new in (-1, -2)] == ["b", "c"]
    opened.undo()
    assert len(opened.ids(View(kinds=("risk",)))) == 1


def test_stage_when_the_first_row_names_the_columns_then_it_is_no_record(opened: Register) -> None:
    id = add(opened, "risk", title="a", status="open")
    staged = stage(opened, EN, "risk", ("title", "status"), [id], from_text("Title\tStatus\nz\t"))
    assert [(each.key, each.text) for each in staged.cells] == [("title", "z"), ("status", "")]


def test_stage_when_a_column_is_worked_out_then_the_paste_says_so(opened: Register) -> None:
    id = add(opened, "risk", title="a", status="open")
    staged = stage(opened, EN, "risk", ("ref", "title"), [id], (("R-0001", "b"),))
    assert [each.key for each in staged.cells] == ["title"]
    staged = stage(opened, EN, "risk", ("ref", "title"), [id], (("R-0002", "b"),))
    assert staged.cells[0].reason == "this column is filled in by the program"


def test_stage_when_a_record_changed_since_then_nothing_is_applied(opened: Register) -> None:
    id = add(opened, "risk", title="a", status="open")
    staged = stage(opened, EN, "risk", ("title",), [id], (("b",),))
    opened.apply(editing.set_fields(opened, id, {"title": "elsewhere"}))
    with pytest.raises(Stale):
        opened.apply(changes_of(opened, staged, staged.cells))
    assert opened.record(id).title == "elsewhere"
