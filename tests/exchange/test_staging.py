"""What a row does to the register, and that no cell is cut, guessed or dropped in silence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from riskreg import catalogue
from riskreg.exchange import importing, outgoing, parsing
from riskreg.exchange.headers import Target
from riskreg.exchange.importing import Report, import_file
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.parsing import Parser
from riskreg.i18n import translator
from riskreg.records import Record, values
from riskreg.records.values import Unfit
from riskreg.views import Register, View
from tests.builders import an_incident
from tests.exchange.files import archive, sheet_xml, text_row

T = translator("en")


def parser(decimal: str = ".") -> Parser:
    columns = ColumnMap(kind="incident", columns={}, decimal=decimal)
    return Parser(map=columns, vocabulary=catalogue.vocabulary(), zone="Asia/Hong_Kong")


def csv_file(folder: Path, *lines: str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def told(report: Report) -> tuple[int, int, int, int]:
    found = report.as_json(T)
    return found["new"], found["changed"], found["unchanged"], found["rejected"]


def reasons(report: Report) -> list[tuple[int, str]]:
    return [(each.row, importing.reason(each, T)) for each in report.staged.rejections]


def everything(register: Register, kind: str) -> list[Record]:
    return list(register.records(register.ids(View(kinds=(kind,)))).values())


@pytest.mark.parametrize("decimal", [".", ","])
def test_count_when_the_cell_is_a_number_with_decimals_then_it_is_refused(decimal: str) -> None:
    with pytest.raises(Unfit):
        parser(decimal).counted(Decimal("12.5"), None)


@pytest.mark.parametrize(
    ("decimal", "given", "number"),
    [(".", "1,500", 1500), (",", "1.234.567", 1234567), (".", "12.0", 12), (",", "12,00", 12)],
)
def test_count_when_thousands_are_grouped_then_it_is_read(
    decimal: str, given: str, number: int
) -> None:
    assert parser(decimal).counted(given, None) == values.Count(number)


@pytest.mark.parametrize(("decimal", "given"), [(".", "1,5"), (",", "1.5"), (".", "10,00,000")])
def test_count_when_the_groups_are_no_thousands_then_nothing_is_guessed(
    decimal: str, given: str
) -> None:
    with pytest.raises(Unfit):
        parser(decimal).counted(given, None)


def test_time_when_it_has_seconds_then_text_keeps_them() -> None:
    at = datetime(2026, 1, 1, 18, 40, 13)  # noqa: DTZ001 (a cell has no zone)
    assert parsing.text(at) == "2026-01-01 18:40:13"
    form = {Target("other_facts", name="Sent"): ("%Y-%m-%d %H:%M:%S",)}
    columns = ColumnMap(kind="incident", columns={}, formats=form)
    reads = Parser(map=columns, vocabulary=catalogue.vocabulary(), zone="UTC")
    assert reads.fact("Sent", "2026-01-01 10:00:30") == "2026-01-01T10:00:30"


def test_instant_when_it_is_midnight_to_the_minute_then_it_comes_back_to_the_minute() -> None:
    known = values.Instant.parse("2026-11-24T00:00[Asia/Hong_Kong]")
    assert parser().instant("aware_at", date(2026, 11, 24), str(known)) == known


def test_formula_when_its_value_is_an_empty_element_then_its_row_is_rejected(
    opened: Register, tmp_path: Path
) -> None:
    formula = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>One</t></is></c>'
        '<c r="B2"><f>A1</f><v></v></c></row>'
    )
    path = archive(tmp_path / "formula.xlsx", sheet_xml(text_row(1, "Title", "Notes"), formula))
    report = import_file(opened, path, kind="party", dry_run=True)
    assert told(report) == (0, 0, 0, 1)


def test_formula_when_it_gives_empty_text_then_the_cell_is_empty(
    opened: Register, tmp_path: Path
) -> None:
    formula = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>One</t></is></c>'
        '<c r="B2" t="str"><f>""</f><v></v></c></row>'
    )
    path = archive(tmp_path / "formula.xlsx", sheet_xml(text_row(1, "Title", "Notes"), formula))
    assert told(import_file(opened, path, kind="party", dry_run=True)) == (1, 0, 0, 0)


def test_row_when_it_has_no_key_then_the_same_file_again_changes_nothing(
    opened: Register, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "Title,Status,Owner,Site", "A,open,Jo,Kwun Tong", "A,open,Jo,Sha Tin", "B,open,,")  # fmt: skip
    assert told(import_file(opened, path, kind="risk")) == (3, 0, 0, 0)
    assert told(import_file(opened, path, kind="risk")) == (0, 0, 3, 0)
    more = csv_file(tmp_path, "Title,Status", "B,open", "B,open", name="more.csv")
    assert told(import_file(opened, more, kind="risk", dry_run=True)) == (1, 0, 1, 0)


def test_key_when_a_row_that_shares_it_is_rejected_then_the_other_is_too(
    opened: Register, tmp_path: Path
) -> None:
    path = csv_file(
        tmp_path, "Title,Status,Reference elsewhere", "A,nonsense,7", "B,open,7", "C,open,8"
    )
    report = import_file(opened, path, kind="risk")
    assert told(report) == (1, 0, 0, 2)
    assert reasons(report) == [
        (2, "“nonsense” is not in the list"),
        (3, "rows 2, 3 of this file have the same key"),
    ]


def test_owner_when_its_row_is_rejected_then_no_party_is_left_behind(
    opened: Register, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "Title,Owner", ",Nobody Else", "A,Jo", "B,jo ")
    assert told(import_file(opened, path, kind="risk")) == (2, 0, 0, 1)
    assert [party.title for party in everything(opened, "party")] == ["Jo"]


def test_csv_row_when_it_has_more_cells_than_headers_then_it_is_rejected(
    opened: Register, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "Title,Phone", "Chan, K.,2345 6789", "Lee,2345 0000,", "Ho")
    report = import_file(opened, path, kind="party")
    assert told(report) == (2, 0, 0, 1)
    assert reasons(report) == [
        (2, "the row has more cells than there are headings, so they may be out of place")
    ]


def test_workbook_when_names_and_times_are_odd_then_they_come_back_as_they_were(
    opened: Register, tmp_path: Path
) -> None:
    times = ("1890-05-03T10:00", "1890-05", "1900-01-15", "2026-11-24T00:00", "2026-10-25T18:40:13")
    for text in times:
        a_time = values.Instant.parse(text, "Asia/Hong_Kong")
        an_incident(opened, text, aware_at=a_time, other_facts=(("a  b\tc", " x_x0041_ "),))
    outgoing.export_register(opened, ["incident"], tmp_path / "out.xlsx", T)
    assert told(import_file(opened, tmp_path / "out.xlsx")) == (0, 0, len(times), 0)
