"""Section E of the fault table (reliability.md, E1-E54): every case that a spreadsheet can bring, with the exact words it is met with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from riskreg import clock
from riskreg.errors import Cancelled, Expected
from riskreg.exchange import answers, importing, reader
from riskreg.i18n import translator
from riskreg.records import values_of
from riskreg.records.values import Count, Instant
from riskreg.views import Register, View
from tests.exchange import case_files as files
from tests.exchange.case_files import Make, cell_row, cells, cut, parts, rows, text_file, with_sheet
from tests.exchange.files import sheet_xml, text_row

SAFE: Final = "Nothing was changed."
UNSAFE: Final = (
    "{file} is built as no spreadsheet program builds one and could do harm, so nothing in it was read. "
    f"{SAFE} Ask whoever gave you the file; copy its cells into a new workbook and import that."
)
DAMAGED: Final = f"{{file}} is damaged and cannot be read. {SAFE} Open it in Excel, save it again, and import that file."
OLD: Final = (
    f"{{file}} is password-protected or in the old Excel format. {SAFE} "
    "Open it in Excel, save it as .xlsx without a password, and import that file."
)
NO_ROWS: Final = f"{{file}} has no rows to import. {SAFE} Check that the sheet has a row of headers and rows under it."
OTHER: Final = f"{{file}} is not a workbook or CSV file; it looks like {{what}}. {SAFE} Choose a workbook (.xlsx) or a CSV file."
OTHER_BOOK: Final = (
    f"{{file}} is {{what}}, which this program does not read. {SAFE} "
    "Open it in the program that made it, save it as .xlsx, and import that file."
)
ROWS: Final = f"{{file}} has more than 100000 rows in one sheet. {SAFE} Split it into smaller files and import one after the other."
NO_DAY: Final = "a day is written 2026-11-24"
NO_COUNT: Final = "a count is 150, ~150, ? or tbd"
MS: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OUTSIDE: Final = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS: Final = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


class Refused(NamedTuple):
    """A file that is not read at all."""

    number: str
    make: Make
    says: str
    file: str = "book.xlsx"
    what: str = ""
    most_s: float = 20


REFUSED: Final = (
    Refused("E1", text_file("rows.csv", "Title\n" + "x\n" * 101_001), ROWS, "rows.csv", most_s=5),
    Refused("E2", parts(extra={"xl/media/big.bin": bytes(50_000_000)}), UNSAFE, most_s=0.5),
    Refused("E3", files.lying_size, DAMAGED),
    Refused("E4", files.overlapping, UNSAFE),
    Refused("E5", parts(extra={f"xl/media/{at}.bin": b"x" for at in range(600)}), UNSAFE),
    Refused("E6", parts(extra={"../outside.xml": b"x"}), UNSAFE),
    Refused("E6", parts(extra={"/etc/outside.xml": b"x"}), UNSAFE),
    Refused("E7", files.doubled_sheet, UNSAFE),
    Refused(
        "E8", parts(sheet_xml(text_row(1, "Title"), text_row(2, "&e;"), before=OUTSIDE)), UNSAFE
    ),
    Refused("E8", parts(extra={"docProps/custom.xml": f"{OUTSIDE}<x>&e;</x>".encode()}), UNSAFE),
    Refused(
        "E8",
        parts(
            sheet_xml(text_row(1, "Title"), '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'),
            {
                "xl/sharedStrings.xml": f'{OUTSIDE}<sst xmlns="{MS}"><si><t>&e;</t></si></sst>'.encode()
            },
        ),
        DAMAGED,
    ),
    Refused(
        "E9",
        parts(sheet_xml(text_row(1, "Title"), text_row(2, "&b;"), before=LAUGHS)),
        UNSAFE,
        most_s=3,
    ),
    Refused(
        "E10",
        parts(extra={"xl/vbaProject.bin": b"x"}, name="book.xlsm"),
        f"{{file}} contains macros, so nothing in it was read. {SAFE} "
        "Save it in Excel as .xlsx without macros, and import that file.",
        "book.xlsm",
    ),
    Refused("E11", text_file("book.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), OLD),
    Refused(
        "E12",
        text_file("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        OLD,
        "book.xls",
    ),
    Refused(
        "E12",
        parts(extra={"xl/workbook.bin": b"x"}, name="book.xlsb"),
        OTHER_BOOK,
        "book.xlsb",
        "Excel Binary (.xlsb)",
    ),
    Refused(
        "E12",
        parts(extra={"content.xml": b"x", "META-INF/manifest.xml": b"x"}, name="book.ods"),
        OTHER_BOOK,
        "book.ods",
        "OpenDocument (.ods)",
    ),
    Refused(
        "E14",
        text_file("book.xls", "<html><table><tr><td>Title</td></tr></table></html>"),
        OTHER,
        "book.xls",
        "HTML/XML",
    ),
    *(Refused("E15", cut(tenths), DAMAGED) for tenths in range(1, 10)),
    Refused(
        "E16",
        text_file("rows.csv", b""),
        f"{{file}} is empty (0 bytes). {SAFE} Save it again from Excel and import that file.",
        "rows.csv",
    ),
    Refused("E16", cells(), NO_ROWS),
    Refused("E16", rows("Title,Notes"), NO_ROWS, "rows.csv"),
    Refused(
        "E17",
        parts(
            sheet_xml(
                text_row(1, "Title"),
                '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
            )
        ),
        ROWS,
        most_s=2,
    ),
    Refused(
        "E17",
        parts(sheet_xml(text_row(1, "Title"), '<row r="2"><c r="XFD2"><v>1</v></c></row>')),
        f"{{file}} has more than 300 columns in one sheet. {SAFE} "
        "Take out the columns that are not needed and import it again.",
        most_s=2,
    ),
    Refused(
        "E19",
        cells(["Title", "Notes", "Notes"], ["A", "b", "c"]),
        f"Two columns of {{file}} are called “Notes”, so it is not clear which one is meant. {SAFE} "
        "Give each column a name of its own and import the file again.",
    ),
    Refused("E37", text_file("rows.csv", b"Title\nA\0B\n"), OTHER, "rows.csv", "binary"),
    Refused("E50", rows("Title,Notes", 'A,"open'), DAMAGED, "rows.csv"),
)


class Told(NamedTuple):
    """A file that is read.

    Attributes:
        notes: Words that are said of it, among others.
        rejected: Row, column and reason of each rejection, in their order.
        kept: What each new record says in a field, by title.
    """

    number: str
    make: Make
    notes: tuple[str, ...] = ()
    rejected: tuple[tuple[int, str, str], ...] = ()
    kept: Mapping[str, Mapping[str, object]] = {}
    kind: str = "risk"


MAIL: Final[Mapping[str, Mapping[str, object]]] = {"Mail goes astray": {"notes": "x"}}
LONG: Final = "x" * 32_767

TOLD: Final = (
    Told("E13", text_file("book.xlsx", "Title,Notes\nMail goes astray,x\n"), ("Read as UTF-8, cells separated by “,”.",), kept=MAIL),
    Told("E18", parts(files.PLAIN.replace("<sheetData>", '<dimension ref="A1"/><sheetData>')), kept=MAIL),
    Told("E20", rows("Notes,標題,Colour", "x,Mail goes astray,red"), ("Kept as other facts: Colour.",), kept=MAIL),
    Told("E20", rows("Titel,Notes", "Mail,x"), ("Kept as other facts: Titel.",), ((2, "", "“Title” is required, and no column of this file fills it"),)),
    Told("E21", cells(["Risk register of 2026"], [], ["Title", "Notes"], ["Mail goes astray", "x"]),
         ("The headings are in row 3.", "Not read, above the headings: Risk register of 2026."), kept=MAIL),
    Told("E22", with_sheet(lambda book, page: page.merge_range("B2:B3", "x")),
         ("Merged cells count for their first cell only: B2:B3.",), kept=MAIL),
    Told("E23", with_sheet(lambda book, page: (page.set_row(1, None, None, {"hidden": 1}), page.set_column(1, 1, None, None, {"hidden": 1}))),
         ("Hidden rows are included: 1.", "Hidden columns are included: B."), kept=MAIL),
    Told("E23", with_sheet(lambda book, page: (book.add_worksheet("Other").activate(), page.hide())), ("The sheet is hidden.",), kept=MAIL),
    Told("E23", with_sheet(lambda book, page: book.add_worksheet("Old ones").write_row(0, 0, ["Title"]) or book.worksheets()[1].write_row(1, 0, ["Flood"]) or book.worksheets()[1].hide()),
         ("Sheets that are not imported: Old ones.",), kept=MAIL),
    Told("E23", with_sheet(lambda book, page: page.autofilter("A1:B3")), ("Not read: filters (rows they hide are read).",), kept=MAIL),
    Told("E24", with_sheet(lambda book, page: page.write_formula(1, 1, '="x"', None, "x")),
         ("Of cells with formulas the calculated values are used: 1.",), kept=MAIL),
    Told("E25", cell_row('<c r="A2" t="inlineStr"><is><t>Mail</t></is></c><c r="B2"><f>1+1</f></c>', "Title", "Notes"),
         ("Cells that cannot be used (1): B2.",),
         ((2, "Notes", "a formula that was never calculated; open the file in Excel and save it"),)),
    Told("E26", cell_row('<c r="A2" t="inlineStr"><is><t>Mail</t></is></c><c r="B2" t="e"><v>#REF!</v></c>', "Title", "Notes"),
         ("Cells that cannot be used (1): B2.",), ((2, "Notes", "an error value such as #N/A"),)),
    Told("E28", cells(["Title", "Due"], ["A", (date(2026, 3, 4), "yyyy-mm-dd")], ["B", "2026-03-05"], ["C", "06/03/2026"]),
         rejected=((4, "Due", NO_DAY),), kept={"A": {"due_on": date(2026, 3, 4)}, "B": {"due_on": date(2026, 3, 5)}}),
    Told("E29", cells(["Title", "Due"], ["A", (date(2026, 3, 4), "yyyy-mm-dd")], date_1904=True), kept={"A": {"due_on": date(2026, 3, 4)}}),
    Told("E30", cells(["Title", "Due"], *([f"n{at}", (at, "yyyy-mm-dd")] for at in (0, 1, 59, 60, 61, -1, 2_958_466))),
         ("Cells that cannot be used (2): B5, B7.",),
         ((2, "Due", NO_DAY), (5, "Due", "a number that is no day, such as Excel's 29 February 1900"),
          (7, "Due", "a number that is no day, such as Excel's 29 February 1900"), (8, "Due", NO_DAY)),
         {"n1": {"due_on": date(1900, 1, 1)}, "n59": {"due_on": date(1900, 2, 28)}, "n61": {"due_on": date(1900, 3, 1)}}),
    Told("E31", cells(["Title", "Due"], ["A", (0.5, "hh:mm")], ["B", "24:00"], ["C", "1899-12-30"]),
         rejected=((2, "Due", NO_DAY), (3, "Due", NO_DAY), (4, "Due", "a spreadsheet shows this day where there is only a time"))),
    Told("E32", rows("Title,aware_at", "A,2026-03-04 10:00"), ("Times that name no zone are read as those of Asia/Hong_Kong.",),
         kept={"A": {"aware_at": Instant.parse("2026-03-04T10:00", "Asia/Hong_Kong")}}, kind="incident"),
    Told("E33", rows("Title,People affected", 'A,"1.234,56"', 'B,"1,234.56"', "C,1.000", 'D,"1,234"'),
         rejected=((2, "People affected", NO_COUNT), (3, "People affected", NO_COUNT), (4, "People affected", NO_COUNT)),
         kept={"D": {"people_count": Count(1234)}}, kind="incident"),
    Told("E34", rows("Title,Reference elsewhere", "A,00123", "B,1234567890123456789", "C,1E5", "D,TRUE"),
         kept={"A": {"external_ref": "00123"}, "B": {"external_ref": "1234567890123456789"}, "C": {"external_ref": "1E5"},
               "D": {"external_ref": "TRUE"}}, kind="incident"),
    Told("E34", cells(["Title", "Reference elsewhere"], ["A", 1234567890123456789], ["B", True], ["C", "007"]),
         ("Numbers of more than 15 digits, which Excel does not keep; compare them with the original: B2.",),
         kept={"B": {"external_ref": "TRUE"}, "C": {"external_ref": "007"}}, kind="incident"),
    Told("E35", rows("Title,Notes", "A,+852 5555 1234", "B,=1+1", "C,@name", "D,-5 apples"),
         kept={"A": {"notes": "+852 5555 1234"}, "B": {"notes": "=1+1"}, "C": {"notes": "@name"}, "D": {"notes": "-5 apples"}}),
    Told("E36", cells(["Title", "Notes"], ["e\u0301 😀 外洩", "\u202eabc"], ["\u00e9", "x\u200by \ufeffz"]),
         kept={"e\u0301 😀 外洩": {"notes": "\u202eabc"}, "\u00e9": {"notes": "x\u200by \ufeffz"}}),
    Told("E37", parts(sheet_xml(text_row(1, "Title", "Notes"), text_row(2, "A", "_x0007_ bell"))),
         rejected=((2, "Notes", "it holds a control character (U+0007) at position 1"),)),
    Told("E37", parts(sheet_xml(text_row(1, "Title", "Notes"), text_row(2, "A", "_xD800_ half"))), kept={"A": {"notes": "_xD800_ half"}}),
    Told("E38", rows("Title,Notes", f"Fits,{LONG}", f"Long,{'y' * 40_000}"),
         rejected=((3, "Notes", "it has 40000 characters; one field holds 32767"),), kept={"Fits": {"notes": LONG}}),
    Told("E39", rows("Title,Notes", 'A,"one\r\ntwo\rthree\n=1\tx"'), kept={"A": {"notes": "one\ntwo\nthree\n=1\tx"}}),
    Told("E40", rows("Title,Notes", "A,   ", "\u00a0B\u00a0,\u00a0"), kept={"A": {"notes": ""}, "B": {"notes": ""}}),
    Told("E41", rows("Title,Treatment", "A,AVOID", "B,迴避", "C,规避", "D,Hoch"), rejected=((5, "Treatment", "“Hoch” is not in the list"),),
         kept={title: {"treatment": "avoid"} for title in "ABC"}),
    Told("E42", rows("Title,People affected", "A,-3", "B,1e309", "C,99999999999999999999"),
         rejected=((2, "People affected", NO_COUNT), (3, "People affected", NO_COUNT),
                   (4, "People affected", "a count is a whole number from 0")), kind="incident"),
    Told("E43", rows("Title,aware_at,occurred_from_at,occurred_to_at", "A,2026-03-01,2026-03-05,2026-03-04", "B,2026-03-05,2026-03-05,"),
         ("Times that run backwards, such as an end before its start, are kept as they are: rows 2.",),
         kept={"A": {"aware_at": Instant.parse("2026-03-01", "Asia/Hong_Kong")}, "B": {}}, kind="incident"),
    Told("E50", rows("Title;Notes", "A;b,c"), ("Read as UTF-8, cells separated by “;”.",), kept={"A": {"notes": "b,c"}}),
    Told("E50", rows("Title\tNotes", "A\tb"), ("Read as UTF-8, cells separated by “Tab”.",), kept={"A": {"notes": "b"}}),
    Told("E50", text_file("rows.csv", "Title,Notes\nA,b\n".encode("utf-8-sig")), ("Read as UTF-8, cells separated by “,”.",), kept={"A": {"notes": "b"}}),
    Told("E50", text_file("rows.csv", "Title,Notes\nA,外洩\n".encode("utf-16")),
         ("Read as UTF-16 (little-endian), cells separated by “,”.",), kept={"A": {"notes": "外洩"}}),
    Told("E50", text_file("rows.csv", "Title,Notes\nCafé,b\n".encode("cp1252")), ("Read as Windows-1252, cells separated by “,”.",), kept={"Café": {"notes": "b"}}),
    Told("E50", rows("Title,Notes", 'A,"two\nlines"'), kept={"A": {"notes": "two\nlines"}}),
    Told("E52", files.strict, kept=MAIL),
    Told("E52", files.by_openpyxl, kept=MAIL),
    Told("E53", with_sheet(files.with_everything),
         ("Not read: pictures and drawings.", "Not read: comments.", "Not read: the looks of tables.", "Not read: drop-down lists and limits of cells.",
          "Not read: conditional formats.", "Not read: the protection of sheets."), kept=MAIL),
)  # fmt: skip


def _id(case: Refused | Told) -> str:
    return case.number


@pytest.mark.parametrize("case", REFUSED, ids=_id)
def test_file_when_it_cannot_be_read_then_these_words_say_so_and_nothing_changes(
    opened: Register, tmp_path: Path, case: Refused
) -> None:
    path, before = case.make(tmp_path), opened.head()
    since = clock.stopwatch()
    with pytest.raises(Expected) as refused:
        importing.import_file(opened, path, kind="risk")
    assert since() < case.most_s
    assert str(refused.value) == case.says.format(file=case.file, what=case.what)
    assert opened.head() == before


@pytest.mark.parametrize("case", TOLD, ids=_id)
def test_file_when_it_is_read_then_what_is_odd_is_told_and_nothing_is_lost(
    opened: Register, tmp_path: Path, case: Told
) -> None:
    report = importing.import_file(opened, case.make(tmp_path), kind=case.kind)
    t = translator("en")
    told = report.as_json(t)
    found = tuple((each["row"], each["column"], each["reason"]) for each in told["rejections"])
    assert found == case.rejected
    notes = [importing.note_words(note, t) for note in report.staged.notes]
    assert set(case.notes) <= set(notes), notes
    records = opened.records(opened.ids(View(kinds=(case.kind,)))).values()
    kept = {record.title: record for record in records}
    for title, said in case.kept.items():
        assert {key: kept[title].get(key) for key in said} == said
    assert told["new"] == len(kept)


# Cases that take more than one step


def test_e27_when_dates_are_written_in_six_ways_then_only_the_order_is_asked_once(
    opened: Register, tmp_path: Path
) -> None:
    given = ("2026-03-04", "04/03/2026", "03/04/2026", "4.3.26", "4 March 2026", "20260304")
    path = rows("Title,Due", *(f"r{at},{text}" for at, text in enumerate(given)))(tmp_path)
    source = importing.read(path)
    map = importing.plan(source, kind="risk")[0][1]
    (question,) = answers.questions(opened, source.sheets[0], map)
    assert (question.sort, question.key, question.proposed) == ("order", "due_on", None)
    assert question.options[:2] == ("day first", "month first")
    for answer, day in (("day first", date(2026, 3, 4)), ("month first", date(2026, 4, 3))):
        answered = answers.answered(map, source.sheets[0], {question: answer})
        plans = importing.plan(source, map=answered)
        staged = importing.stage(opened, source, plans)
        due = {
            row.title: (row.change.after or {}).get("due_on") for row in staged.rows if row.change
        }
        assert due["r1"] == day
        assert due["r0"] == due["r4"] == due["r5"] == date(2026, 3, 4)


def test_e33_when_a_number_reads_two_ways_then_it_is_asked_once_and_read_as_answered(
    opened: Register, tmp_path: Path
) -> None:
    path = rows("Title,People affected", "A,1.000", "B,2.000")(tmp_path)
    source = importing.read(path)
    map = importing.plan(source, kind="incident")[0][1]
    (question,) = answers.questions(opened, source.sheets[0], map)
    assert (question.key, question.text, question.rows) == ("people_count", "1.000", 2)
    assert (question.options, question.proposed) == (("decimal point", "decimal comma"), None)
    for answer, count in (("decimal point", 1), ("decimal comma", 1000)):
        plans = importing.plan(
            source, map=answers.answered(map, source.sheets[0], {question: answer})
        )
        first = importing.stage(opened, source, plans).rows[0].change
        assert first is not None
        assert (first.after or {})["people_count"] == Count(count)


def test_e33_when_only_a_comma_fits_then_it_is_proposed_and_shown(
    opened: Register, tmp_path: Path
) -> None:
    source = importing.read(rows("Title;People affected", "A;1.234", "B;5.000,0")(tmp_path))
    map = importing.plan(source, kind="incident")[0][1]
    (question,) = answers.questions(opened, source.sheets[0], map)
    assert question.proposed == "decimal comma"
    assert question.why == answers.ONLY_SO


def test_e44_when_the_same_file_comes_again_then_the_day_of_the_first_time_is_told(
    opened: Register, tmp_path: Path
) -> None:
    path = rows("Title,Notes", "Mail goes astray,x")(tmp_path)
    importing.import_file(opened, path, kind="risk")
    again = importing.import_file(opened, path, kind="risk")
    assert (again.staged.count("new"), again.staged.count("unchanged")) == (0, 1)
    said = importing.note_words(again.staged.notes[0], translator("en"))
    day = opened.log()[-1].at.date()
    assert re.fullmatch(r"This very file was imported before, first on \d{4}-\d\d-\d\d\.", said), (
        day
    )
    opened.undo()
    fresh = importing.import_file(opened, path, kind="risk")
    assert not any("imported before" in note.text for note in fresh.staged.notes)


def test_e45_when_a_reference_comes_with_other_content_then_it_is_a_change_with_history(
    opened: Register, tmp_path: Path
) -> None:
    importing.import_file(
        opened, rows("Title,Reference elsewhere,Notes", "A,X1,old")(tmp_path), kind="risk"
    )
    report = importing.import_file(
        opened, rows("Title,Reference elsewhere,Notes", "A,X1,new")(tmp_path), kind="risk"
    )
    assert report.staged.count("changed") == 1
    (id,) = opened.ids(View(kinds=("risk",)))
    assert opened.record(id).notes == "new"
    (latest, *_) = opened.log(id=id)
    assert (latest.changes[0].before or {})["notes"] == "old"


def test_e46_when_an_import_is_undone_then_every_record_is_as_before(
    opened: Register, tmp_path: Path
) -> None:
    importing.import_file(
        opened, rows("Title,Reference elsewhere,Notes", "A,X1,old")(tmp_path), kind="risk"
    )
    before = dump(opened)
    importing.import_file(
        opened,
        rows("Title,Reference elsewhere,Notes,Owner", "A,X1,new,K Chan", "B,X2,more,")(tmp_path),
        kind="risk",
    )
    assert dump(opened) != before
    opened.undo()
    assert dump(opened) == before


def dump(register: Register) -> list[object]:
    """All that every record says."""
    view = View(kinds=("risk", "party"), columns=("ref",))
    found = register.records(register.ids(view)).values()
    return [
        (each.ref, sorted((key, repr(value)) for key, value in values_of(each).items()))
        for each in found
    ]


class Stops:
    """Cancels at a step."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Stop when it is time."""
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("at", [0, 1, 5, 20, 30])
def test_e47_when_cancelled_at_any_step_then_nothing_is_imported(
    opened: Register, tmp_path: Path, at: int
) -> None:
    path = rows("Title", *(f"Risk {number}" for number in range(3_000)))(tmp_path)
    before = opened.head()
    with pytest.raises(Cancelled):
        importing.import_file(opened, path, kind="risk", work=Stops(at))
    assert opened.head() == before
    assert opened.count(View(kinds=("risk",))) == 0


def test_e48_when_the_parser_is_killed_then_nothing_is_imported_and_the_next_file_is_read(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rows("Title", "Risk")(tmp_path)
    monkeypatch.setattr("riskreg.exchange.worker.run", _dies)
    with pytest.raises(Expected) as refused:
        importing.import_file(opened, path, kind="risk")
    assert str(refused.value) == DAMAGED.format(file="rows.csv")
    monkeypatch.undo()
    assert importing.import_file(opened, path, kind="risk").staged.count("new") == 1


def _dies(*_: object) -> None:
    """Stands for a parser that was killed half-way: it sends part of a file and is gone."""
    import os

    os.kill(os.getpid(), 9)


def test_e51_when_another_program_has_the_file_then_it_says_to_close_it(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cells(["Title"], ["A"])(tmp_path)

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(Expected) as refused:
        importing.import_file(opened, path, kind="risk")
    assert str(refused.value) == (
        "book.xlsx cannot be read; Excel or another program may have it open. Nothing was changed. "
        "Close it in Excel and try again, or ask whoever keeps it whether you may read it."
    )


def test_e51_when_the_limit_of_time_is_reached_then_the_parser_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(Expected, match="took too long to read"):
        reader.read(rows("Title", "A")(tmp_path), limit_s=0)


ELSEWHERE: Final[Mapping[str, str]] = {
    "E49": "tests/faults/test_fuzz.py: 2,000 fuzzed files, 10,000 by `python -m tests.faults.fuzz`",
    "E54": "tests/exchange/test_round_trip.py and test_resaved.py: exported and imported, 0 changes",
}
"""Cases that have a test file of their own."""


def test_cases_when_counted_then_every_number_from_1_to_54_has_its_test() -> None:
    named: dict[str, Callable[..., None]] = {
        key.split("_")[1].upper(): call
        for key, call in globals().items()
        if key.startswith("test_e")
    }
    covered = {case.number for case in (*REFUSED, *TOLD)} | named.keys() | ELSEWHERE.keys()
    assert {f"E{number}" for number in range(1, 55)} == covered
    for where in ELSEWHERE.values():
        assert (Path(__file__).parents[2] / where.split(":")[0].split(" ")[0]).exists()
