"""What is printed lines up in a terminal and cannot steer it."""

from __future__ import annotations

import json

import pytest

from riskreg.commands import printing


def test_print_table_when_cells_are_chinese_aligns_by_the_columns_they_take(capsys):
    printing.print_table(("Ref", "Title"), [("R-0001", "外洩"), ("R-0002", "leak")], width=0)
    assert capsys.readouterr().out == ("Ref     Title\n------  -----\nR-0001  外洩\nR-0002  leak\n")


def test_print_table_when_the_terminal_is_narrow_cuts_the_widest_column_and_keeps_the_rest(capsys):
    rows = [("R-0001", "a long title that does not fit at all", "Open")]
    printing.print_table(("Ref", "Title", "Status"), rows, width=40)
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith("R-0001  a long title")
    assert "…" in line
    assert line.endswith("Open")
    assert printing.width_of(line) <= 40


def test_print_table_when_a_cell_has_lines_prints_one(capsys):
    printing.print_table(("Notes",), [("one\ntwo\t three",)], width=0)
    assert capsys.readouterr().out.splitlines()[-1] == "one two three"


def test_print_table_when_there_are_no_rows_prints_the_labels(capsys):
    printing.print_table(("Ref", "Title"), [], width=0)
    assert capsys.readouterr().out.startswith("Ref  Title\n")


@pytest.mark.parametrize("text", ["\x1b[2Jgone", "\x9b31m", "a\x00b", "\x07", "\x7f"])
def test_harmless_when_text_would_steer_the_terminal_shows_dots(text):
    shown = printing.harmless(text)
    assert "·" in shown
    assert all(char.isprintable() for char in shown)


def test_harmless_when_text_is_of_any_script_keeps_it():
    text = "外洩 𨋢 é\nline two – “quoted”"
    assert printing.harmless(text) == text


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("資料外洩", 6, "資料…"), ("資料", 3, "資…")],
)
def test_cut_when_too_long_never_exceeds_the_width(text, width, shown):
    assert printing.cut(text, width) == shown
    assert printing.width_of(shown) <= width


@pytest.mark.parametrize("items", [[], [{"a": 1}], [{"a": "外"}, {"a": None}]])
def test_print_json_lines_when_items_come_one_by_one_is_one_array(capsys, items):
    printing.print_json_lines(iter(items))
    out = capsys.readouterr().out
    assert json.loads(out) == items
    assert "\\u" not in out
