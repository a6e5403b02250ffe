"""A file that cannot be imported says what happened, what is safe and what to do, and changes nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from riskreg.errors import Expected
from riskreg.exchange import importing, preflight, reader
from riskreg.i18n import translator
from riskreg.views import Register, View
from tests.exchange.files import archive, sheet_xml, text_row, workbook


def refusal(register: Register, path: Path, **how: str) -> str:
    """The message of a refused import; the register must be as before."""
    before = register.head()
    with pytest.raises(Expected) as refused:
        importing.import_file(register, path, kind="risk", **how)  # type: ignore[arg-type]
    assert register.head() == before
    return str(refused.value)


def rejection(register: Register, path: Path, kind: str = "risk") -> tuple[int, str, str]:
    """Row, column and reason of the one rejected row; the register must hold no such record."""
    report = importing.import_file(register, path, kind=kind)
    (found,) = report.as_json(translator("en"))["rejections"]
    assert register.count(View(kinds=(kind,))) == report.staged.count("new")
    return found["row"], found["column"], found["reason"]


def test_pdf_when_named_xlsx_then_it_is_called_a_pdf(opened: Register, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"%PDF-1.7\n%binary")
    assert refusal(opened, path) == (
        "report.xlsx is not a workbook or CSV file; it looks like PDF. Nothing was changed. Choose a workbook (.xlsx) or a CSV file."
    )


def test_workbook_when_protected_then_it_says_how_to_save_it(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refusal(opened, path) == (
        "secret.xlsx is password-protected or in the old Excel format. Nothing was changed. "
        "Open it in Excel, save it as .xlsx without a password, and import that file."
    )


def test_zip_bomb_when_its_directory_says_so_then_nothing_is_unpacked(
    opened: Register, tmp_path: Path
) -> None:
    path = archive(tmp_path / "bomb.xlsx", sheet_xml(), {"xl/media/big.bin": bytes(50_000_000)})
    assert path.stat().st_size < 100_000
    assert refusal(opened, path) == (
        "bomb.xlsx is built as no spreadsheet program builds one and could do harm, so nothing in it was read. Nothing was changed. "
        "Ask whoever gave you the file; copy its cells into a new workbook and import that."
    )


def test_far_cell_when_read_then_it_is_refused_at_once(opened: Register, tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    path = archive(tmp_path / "far.xlsx", sheet_xml(text_row(1, "Title"), far))
    assert refusal(opened, path).startswith(
        "far.xlsx has more than 100000 rows in one sheet. Nothing was changed."
    )


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_entities_when_in_a_sheet_then_nothing_is_resolved(
    opened: Register, tmp_path: Path, before: str
) -> None:
    path = archive(
        tmp_path / "x.xlsx", sheet_xml(text_row(1, "Title"), text_row(2, "&amp;e;"), before=before)
    )
    assert "builds one and could do harm" in refusal(opened, path)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ({"xl/vbaProject.bin": b"x"}, "contains macros"),
        ({"../outside.xml": b"x"}, "builds one and could do harm"),
        (
            {f"xl/media/{number}.bin": b"x" for number in range(600)},
            "builds one and could do harm",
        ),
    ],
)
def test_archive_when_it_holds_what_no_register_needs_then_it_is_refused(
    opened: Register, tmp_path: Path, extra: dict[str, bytes], says: str
) -> None:
    assert says in refusal(
        opened, archive(tmp_path / "odd.xlsx", sheet_xml(text_row(1, "Title")), extra)
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archive_when_two_parts_have_one_name_then_it_is_refused(
    opened: Register, tmp_path: Path
) -> None:
    path = archive(tmp_path / "twice.xlsx", sheet_xml(text_row(1, "Title")))
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("xl/worksheets/sheet1.xml", sheet_xml(text_row(1, "Other")))
    assert "builds one and could do harm" in refusal(opened, path)


@pytest.mark.parametrize("share", range(1, 10))
def test_workbook_when_cut_off_then_it_is_called_damaged(
    opened: Register, tmp_path: Path, share: int
) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["Title"], ["Mail goes astray"]).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) * share // 10])
    assert refusal(opened, path) == (
        "cut.xlsx is damaged and cannot be read. Nothing was changed. Open it in Excel, save it again, and import that file."
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty (0 bytes)"), (b"\n\n", "has no rows to import"), (b"Title,Notes\n", "has no rows to import"),
     (b"<html><table>", "looks like HTML/XML"), (b"Title\n\0\0", "looks like binary"), (b'Title,Notes\n"open,x\n', "is damaged")],
)  # fmt: skip
def test_csv_when_it_holds_nothing_usable_then_it_says_so(
    opened: Register, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert says in refusal(opened, path)


def test_two_columns_when_of_one_name_then_neither_is_taken(
    opened: Register, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "two.xlsx", ["Title", "Notes", "Notes"], ["A", "b", "c"])
    assert refusal(opened, path) == (
        "Two columns of two.xlsx are called “Notes”, so it is not clear which one is meant. Nothing was changed. "
        "Give each column a name of its own and import the file again."
    )


def test_formula_when_never_calculated_then_its_row_is_rejected_by_cell(
    opened: Register, tmp_path: Path
) -> None:
    formula = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Mail</t></is></c><c r="B2"><f>1+1</f></c></row>'
    )
    path = archive(tmp_path / "formula.xlsx", sheet_xml(text_row(1, "Title", "Notes"), formula))
    assert rejection(opened, path) == (
        2,
        "Notes",
        "a formula that was never calculated; open the file in Excel and save it",
    )


def test_error_value_when_in_a_cell_then_its_row_is_rejected(
    opened: Register, tmp_path: Path
) -> None:
    error = '<row r="2"><c r="A2" t="inlineStr"><is><t>Mail</t></is></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    path = archive(tmp_path / "error.xlsx", sheet_xml(text_row(1, "Title", "Notes"), error))
    assert rejection(opened, path) == (2, "Notes", "an error value such as #N/A")


def test_long_text_when_it_fits_no_cell_then_it_is_rejected_and_never_cut(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "long.csv"
    path.write_text(
        f"Title,Notes\nFits,{'x' * 32_767}\nToo long,{'y' * 40_000}\n", encoding="utf-8"
    )
    assert rejection(opened, path) == (3, "Notes", "it has 40000 characters; one field holds 32767")
    (id,) = opened.ids(View(kinds=("risk",)))
    assert opened.record(id).notes == "x" * 32_767


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Status", "on fire", "“on fire” is not in the list"),
        ("Due", "2026-02-30", "there is no such day or time"),
        ("Due", "31/02/2026", "there is no such day or time"),
        ("Due", "03/04/2026", "a day is written 2026-11-24"),
        ("Residual impact", "9", "it is a step of the scale, 1 to 5"),
        ("Residual impact", "high", "a whole number is expected"),
        ("Notes", "bell \x07", "it holds a control character (U+0007) at position 6"),
    ],
)
def test_value_when_impossible_then_its_row_is_rejected_with_the_reason(
    opened: Register, tmp_path: Path, column: str, value: str, reason: str
) -> None:
    path = tmp_path / "risks.csv"
    path.write_text(f"Title,{column}\nMail goes astray,{value}\n", encoding="utf-8")
    assert rejection(opened, path) == (2, column, reason)


def test_required_when_empty_then_its_row_is_rejected(opened: Register, tmp_path: Path) -> None:
    path = tmp_path / "risks.csv"
    path.write_text("Title,Notes\n,without a title\n", encoding="utf-8")
    assert rejection(opened, path) == (2, "Title", "it is required")


def test_count_when_negative_then_it_is_rejected(opened: Register, tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("Title,People affected\nLeak,-3\n", encoding="utf-8")
    assert rejection(opened, path, "incident") == (
        2,
        "People affected",
        "a count is 150, ~150, ? or tbd",
    )


def test_parser_when_it_takes_too_long_then_it_is_killed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "slow.xlsx", ["Title"], ["x"])
    with pytest.raises(Expected) as refused:
        reader.read(path, limit_s=0)
    assert str(refused.value).startswith(
        "slow.xlsx took too long to read (0 seconds). Nothing was changed."
    )


def test_import_when_cancelled_while_reading_then_nothing_is_made(
    opened: Register, tmp_path: Path
) -> None:
    from riskreg.errors import Cancelled

    class Impatient:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            raise Cancelled

    path = workbook(tmp_path / "x.xlsx", ["Title"], ["x"])
    before = opened.head()
    with pytest.raises(Cancelled):
        importing.import_file(opened, path, kind="risk", work=Impatient())
    assert opened.head() == before


def test_file_when_too_large_then_it_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(preflight.MOST_BYTES + 1)
    with pytest.raises(Expected) as refused:
        preflight.check(path)
    assert str(refused.value).startswith(
        "huge.csv is too large (25 MB; up to 25 MB can be imported)."
    )
