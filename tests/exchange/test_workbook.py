"""A workbook holds every field as it is, runs nothing, names nobody, and never takes the place of a good file half made."""

from __future__ import annotations

import errno
import getpass
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from defusedxml import ElementTree
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from riskreg import clock, editing, register, sample
from riskreg.errors import Cancelled, Expected
from riskreg.exchange import headers, looks, outgoing, packing, workbook
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records import KINDS, REGISTER_KINDS
from riskreg.records.values import Count, Instant
from riskreg.views import Register, View, Where
from riskreg.work import CHECKING, WRITING
from tests.builders import a_risk, add, an_incident
from tests.conftest import NOW
from tests.exchange.odd import ODD

EN = translator("en")
PAPER = 785.0
"""Points across A4 without the edges."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register, whole, as a workbook."""
    folder = tmp_path_factory.mktemp("workbook")
    with pytest.MonkeyPatch.context() as patch, clock.fixed(NOW):
        patch.setenv("RISKREG_HOME", str(folder / "account"))
        sample.make(folder / "sample.riskreg")
        opened = register.open(folder / "sample.riskreg")
        outgoing.export_register(opened, (), folder / "sample.xlsx", EN)
        opened.close()
    return folder / "sample.xlsx"


def rows_of(path: Path, name: str) -> list[list[object]]:
    with python_calamine.load_workbook(str(path)) as book:
        return book.get_sheet_by_name(name).to_python()


def column(path: Path, name: str, header: str) -> list[object]:
    first, *rest = rows_of(path, name)
    return [row[first.index(header)] for row in rest]


def parts_of(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize("kind", REGISTER_KINDS)
def test_sample_when_exported_then_each_sheet_has_every_field_of_its_kind(
    made: Path, kind: str
) -> None:
    what = KINDS[kind]
    first, *rest = rows_of(made, headers.sheet_name(what, EN))
    found = [headers.target_of(what, str(header)) for header in first]
    expected = {
        headers.Target(key, part)
        for key, each in headers.known(what).items()
        for part in headers.parts(each)
    }
    assert expected <= set(found)
    assert found[0] == headers.Target("ref")
    assert found[-1] == headers.Target("version")
    assert rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_when_in_a_language_then_sheets_headers_and_titles_are_in_it(
    opened: Register, tmp_path: Path, language: Language
) -> None:
    t = translator(language)
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("action",), path, t)
    title = headers.header(KINDS["action"], headers.Target("title"), t)
    titles = column(path, headers.sheet_name(KINDS["action"], t), title)
    is_english = bool(re.match(r"[A-Za-z ]", str(titles[0])))
    assert is_english == (language == "en")


def test_text_when_odd_then_it_comes_back_byte_for_byte_and_runs_nothing(
    opened: Register, tmp_path: Path
) -> None:
    for number, text in enumerate(ODD):
        a_risk(opened, f"Risk {number}", notes=text, other_facts=(("odd", text),))
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("risk",), path, EN)
    assert column(path, "Risks", "Notes") == list(ODD)
    assert column(path, "Risks", "Other: odd") == list(ODD)
    for name, content in parts_of(path):
        assert b"<f>" not in content, name
        assert b"externalLink" not in content, name
        assert b"TargetMode" not in content, name


def test_facts_when_negative_numbers_then_all_survive(opened: Register, tmp_path: Path) -> None:
    numbers = ["-1", "-22", "-305.5", "-1,000", "-0"]
    for number in numbers:
        an_incident(opened, other_facts=(("Days", number),))
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("incident",), path, EN)
    assert column(path, "Incidents", "Other: Days") == numbers


def test_values_when_exported_then_dates_and_numbers_are_real(
    opened: Register, tmp_path: Path
) -> None:
    exact = "2026-11-24T18:40+08:00[Asia/Hong_Kong]"
    an_incident(
        opened,
        aware_at=Instant.parse(exact),
        discovered_at=Instant.parse("2026-11[Asia/Hong_Kong]"),
        closed_at=Instant.parse("1890-05-01[Asia/Hong_Kong]"),
        people_count=Count(150, "approximate"),
        near_miss=False,
    )
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("incident",), path, EN)
    row = dict(zip(*rows_of(path, "Incidents"), strict=True))
    assert row["Aware"] == datetime(2026, 11, 24, 18, 40)  # noqa: DTZ001 (a cell has no zone)
    assert row["Aware (exact)"] == exact
    assert row["Discovered"] == date(2026, 11, 1)
    assert row["Closed"] == "1890-05-01"
    assert (row["People affected"], row["People affected (precision)"]) == (150, "Approximate")
    assert row["Near miss"] == "No"
    assert row["Version"] == 1


def test_links_when_exported_then_they_are_refs_in_order_on_both_sides(
    opened: Register, tmp_path: Path
) -> None:
    assets = [add(opened, "asset", f"Asset {number}").id for number in range(12)]
    a_risk(opened, assets=frozenset(reversed(assets)), tags=frozenset({"b", "a"}))
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("risk", "asset"), path, EN)
    expected = ", ".join(f"A-{number:04}" for number in range(1, 13))
    assert column(path, "Risks", "Data threatened") == [expected]
    assert set(column(path, "Data we hold", "Risks")) == {"R-0001"}
    assert column(path, "Risks", "Tags") == ["a\nb"]


def test_cover_when_made_from_the_sample_then_it_says_whose_what_and_how_protected(
    made: Path,
) -> None:
    rows = rows_of(made, "Cover")
    told = {row[0]: row[1] for row in rows}
    assert rows[0][0] == "Personal data register"
    assert "SAMPLE 樣本" in told
    assert told["Made"] == "Fri 20 Nov 2026, 18:40 (Hong Kong)"
    assert re.fullmatch(r"\d+(-[0-9A-Z]{4}){5}", str(told["Check code"]))
    assert "does not show that the entries are true" in str(told["What the code shows"])
    assert told["Protection"] == "This file is not encrypted."
    risks = next(row for row in rows if row[0] == "Risks")
    assert risks[2] == "R-0001"
    assert risks[1] == risks[5] + risks[6]  # type: ignore[operator]


def test_cover_when_records_were_binned_and_withdrawn_then_it_accounts_for_every_number(
    opened: Register, tmp_path: Path
) -> None:
    for title, status in (("One", "open"), ("Two", "closed"), ("Three", "open"), ("Four", "open")):
        a_risk(opened, title, status=status)
    opened.undo()
    seq = opened.head().seq
    opened.apply(editing.to_bin(opened, [opened.find("R-0003")]))
    for at, (openings, binned) in ((None, (1, 1)), (seq, (2, 0))):
        path = tmp_path / f"{at}.xlsx"
        reader = opened.as_of(at) if at else opened
        workbook.export(reader, [View(kinds=("risk",))], path, EN)
        rows = rows_of(path, "Cover")
        heads = next(row for row in rows if row[0] == "Records")
        found = dict(zip(heads, next(row for row in rows if row[0] == "Risks"), strict=True))
        parts = [found[name] for name in ("Open", "Closed", "In bin", "Withdrawn")]
        assert parts == [openings, 1, binned, 1]
        assert found["Numbers given"] == sum(parts) == 4  # type: ignore[arg-type]


def test_cover_when_a_view_is_narrowed_then_it_says_how(opened: Register, tmp_path: Path) -> None:
    a_risk(opened, "Mail goes astray", status="open")
    a_risk(opened, "Theft of mail", status="closed")
    path = tmp_path / "x.xlsx"
    where = {"risk": [Where("status", "=", "open")]}
    made = outgoing.export_register(opened, ("risk",), path, EN, words="mail", where=where)
    told = {row[0]: row[1] for row in rows_of(path, "Cover")}
    assert made.sheets == {"risk": 1}
    assert told["Shows"] == "Risks; in which these words occur: mail; Status = Open"


def test_pages_when_made_from_the_sample_then_each_says_so(made: Path) -> None:
    pages = [xml.decode() for name, xml in parts_of(made) if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == len(REGISTER_KINDS) + len(
        (
            "cover",
            "heat map",
            "decisions",
            "timeline",
            "corrective",
            "by category",
            "links",
            "legend",
            "lists",
        )
    )
    for page in pages:
        assert "SAMPLE 樣本" in page
        assert 'orientation="landscape"' in page
        footer = re.search("<oddFooter>(.*?)</oddFooter>", page)
        assert footer
        assert re.match(r"&amp;L&amp;8 \d+-", footer[1]), "the size swallows the digits of the code"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_when_printed_then_nothing_is_smaller_than_people_can_read(
    opened: Register, tmp_path: Path, language: Language
) -> None:
    """Points of the body text, where a sheet is fitted to the paper as where its scale is fixed."""
    a_risk(opened, "Mail goes astray " * 8, cause="Haste. " * 80)
    an_incident(opened, "外洩 " * 40, narrative="信件誤投。" * 60)
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), path, translator(language))
    for sheet in openpyxl.load_workbook(path).worksheets:
        setup = sheet.sheet_properties.pageSetUpPr
        scale = (sheet.page_setup.scale or 100) / 100
        if setup and setup.fitToPage:
            scale = min(1, PAPER / points_across(sheet))
        assert scale * looks.BODY >= 7, sheet.title
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4, sheet.title


def test_text_when_longer_than_a_row_is_high_then_its_column_is_broader(
    opened: Register, tmp_path: Path
) -> None:
    """2,900 characters are read on paper whole: 28 lines of a page's breadth hold more."""
    long = "The letter went astray, and nobody asked. " * 70
    an_incident(opened, narrative=long)
    an_incident(opened, narrative="Short.")
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("incident",), path, EN)
    sheet = openpyxl.load_workbook(path)["Incidents"]
    names = [cell.value for cell in sheet[1]]
    letter = get_column_letter(names.index("What happened") + 1)
    wide = int(sheet.column_dimensions[letter].width)
    height = sheet.row_dimensions[2].height
    assert looks.lines_of(long, wide) * looks.LINE <= height <= 409
    assert sheet.row_dimensions[3].height < 40


def points_across(sheet: Worksheet) -> float:
    """Points of the columns that print."""
    area = str(sheet.print_area or sheet.dimensions).split("!")[-1].replace("$", "")
    _, _, last, _ = range_boundaries(area)
    wide = {
        column: 0 if each.hidden else each.width
        for each in sheet.column_dimensions.values()
        for column in range(each.min, each.max + 1)
    }
    return sum(5.25 * wide.get(column, 8.43) + 3.75 for column in range(1, int(last or 1) + 1))


@pytest.mark.parametrize("kind", ["incident", "risk", "asset", "action", "step", "party"])
def test_table_when_printed_then_each_page_repeats_headers_and_what_a_row_is(
    made: Path, kind: str
) -> None:
    sheet = openpyxl.load_workbook(made)[headers.sheet_name(KINDS[kind], EN)]
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "C2"
    if sheet.col_breaks.brk:
        assert sheet.print_title_cols == "$A:$B"


def test_links_when_exported_then_each_leads_to_a_record_or_to_its_rows_of_links(
    made: Path,
) -> None:
    """No link leads to nothing, none leaves the workbook."""
    book = openpyxl.load_workbook(made)
    risks = book["Risks"]
    names = [cell.value for cell in risks[1]]
    several = 0
    for row in risks.iter_rows(min_row=2):
        cell = row[names.index("Data threatened")]
        if not cell.value:
            continue
        assert cell.hyperlink
        assert cell.hyperlink.target is None
        name, area = cell.hyperlink.location.replace("'", "").split("!")
        if ", " in str(cell.value):
            several += 1
            found = [line[3].value for line in book[name][area]]
            assert name == "Links"
            assert found == str(cell.value).split(", ")
        else:
            assert (name, book[name][area].value) == ("Data we hold", cell.value)
    assert several


def test_drop_downs_when_exported_then_each_offers_the_words_that_an_import_knows(
    made: Path,
) -> None:
    book = openpyxl.load_workbook(made)
    lists = book["Lists"]
    for kind in REGISTER_KINDS:
        sheet = book[headers.sheet_name(KINDS[kind], EN)]
        for rule in sheet.data_validations.dataValidation:
            name, area = rule.formula1.replace("'", "").split("!")
            assert name == "Lists"
            words = [cell.value for (cell,) in lists[area.replace("$", "")]]
            assert words
            assert all(words), f"{kind}: an empty choice"
            (column,) = {range_boundaries(str(each))[0] for each in rule.sqref.ranges}
            used = {
                word
                for cells in sheet.iter_rows(min_row=2, min_col=column, max_col=column)
                for word in str(cells[0].value or "").split("\n")
                if word
            }
            assert used <= set(map(str, words)), sheet.cell(1, column).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_when_exported_then_each_has_shape_word_and_colour(
    opened: Register, tmp_path: Path, language: Language
) -> None:
    a_risk(opened)
    path = tmp_path / "x.xlsx"
    t = translator(language)
    outgoing.export_register(opened, ("risk",), path, t)
    sheet = openpyxl.load_workbook(path)[headers.sheet_name(KINDS["risk"], t)]
    terms = opened.vocabulary.terms_of("level")
    rules = [rule for each in sheet.conditional_formatting for rule in each.rules]
    for key in terms.keys:
        word = f'"{terms.label(key, language)}"'
        mine = [rule.dxf for rule in rules if rule.formula == [word]]
        assert mine, key
        for look in mine:
            assert look.numFmt.formatCode.startswith(f'"{looks.SHAPES[key][0]} "')
            assert look.font.color.rgb[2:].lower() == looks.ink(key).lstrip("#").lower()
            assert look.fill.bgColor.rgb[2:].lower() == looks.tint(key).lstrip("#").lower()


ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "mergeCells",
    "conditionalFormatting", "dataValidations", "hyperlinks", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks",
)  # fmt: skip
"""Of the elements of a sheet, as ECMA-376 part 1, 18.3.1.99 has them: where one is out of place, Excel offers to repair."""


def test_sheets_when_written_then_their_elements_stand_in_the_order_that_excel_asks_for(
    made: Path,
) -> None:
    for name, xml in parts_of(made):
        if name.startswith("xl/worksheets/sheet"):
            found = [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(xml)]
            places = [ORDER.index(tag) for tag in found]
            assert places == sorted(places), name


def test_properties_when_exported_then_they_mark_the_file_and_name_nobody(
    made: Path, opened: Register, tmp_path: Path
) -> None:
    properties = {name: xml.decode() for name, xml in parts_of(made) if name.startswith("docProps")}
    assert 'name="riskreg"' in properties["docProps/custom.xml"]
    assert "<dc:creator></dc:creator>" in properties["docProps/core.xml"]
    assert "2026-11-20T10:40:00Z" in properties["docProps/core.xml"]
    user = re.compile(rf"\b{re.escape(getpass.getuser())}\b")
    for name, xml in properties.items():
        assert not user.search(xml), name
        assert str(made.parent) not in xml, name


def test_workbook_when_made_twice_then_it_has_the_same_bytes(
    opened: Register, tmp_path: Path
) -> None:
    views = [View(kinds=("action",))]
    one, two = (tmp_path / name for name in ("1.xlsx", "2.xlsx"))
    for path in (one, two):
        workbook.export(opened, views, path, EN)
    assert one.read_bytes() == two.read_bytes()


def test_export_when_made_then_it_is_noted_and_nothing_lies_beside_it(
    opened: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    made = outgoing.export_register(opened, ("action",), folder / "x.xlsx", EN)
    entry = opened.log(limit=1)[0]
    assert entry.act == "export"
    assert dict(entry.facts) == {"file": "x.xlsx", "fingerprint": made.fingerprint, "rows": "18"}
    assert [path.name for path in folder.iterdir()] == ["x.xlsx"]


@pytest.mark.parametrize(
    ("number", "id"), [(errno.ENOSPC, "no_room"), (errno.EACCES, "cannot_write")]
)
def test_export_when_the_disk_fails_then_the_old_file_stays(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, id: str
) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "x.xlsx"
    path.write_bytes(b"the old one")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Expected) as failed:
        workbook.export(opened, [View(kinds=("action",))], path, EN)
    assert failed.value.id == id
    assert path.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".*.part"))


def test_export_when_it_reads_back_differently_then_the_old_file_stays(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that loses a character is found out."""
    escaped = packing.escaped

    def loses(text: str) -> str:
        return escaped(text.replace("astray", "astra"))

    a_risk(opened, "Mail goes astray")
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"the old one")
    monkeypatch.setattr(packing, "escaped", loses)
    with pytest.raises(Expected) as failed:
        workbook.export(opened, [View(kinds=("risk",))], path, EN)
    assert failed.value.id == "cannot_write"
    assert path.read_bytes() == b"the old one"


@pytest.mark.parametrize("stage", [WRITING, CHECKING])
def test_export_when_cancelled_then_the_old_file_stays(
    opened: Register, tmp_path: Path, stage: str
) -> None:
    class Impatient:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if doing == stage:
                raise Cancelled

    path = tmp_path / "x.xlsx"
    path.write_bytes(b"the old one")
    with pytest.raises(Cancelled):
        workbook.export(opened, [View(kinds=("step",))], path, EN, work=Impatient())
    assert path.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".*.part"))


def test_export_when_the_folder_is_missing_then_the_three_sentences(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as failed:
        workbook.export(opened, [], tmp_path / "nowhere" / "x.xlsx", EN)
    assert failed.value.id == "cannot_write"
    assert "x.xlsx" in str(failed.value)


def test_export_when_the_name_is_no_workbook_then_it_is_refused(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"a report")
    with pytest.raises(Expected) as failed:
        workbook.export(opened, [], path, EN)
    assert failed.value.id == "not_a_workbook"
    assert path.read_bytes() == b"a report"
