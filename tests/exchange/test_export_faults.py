"""What may go wrong with a file that leaves the register: F1 to F12 of the fault table, with the words people read.

F7 and F8 are of PDF files (tests/reports); F6 is measured by tests/perf/files.py.
"""

from __future__ import annotations

import errno
import getpass
import os
import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

import riskreg
from riskreg import register, sample
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.exchange import csv_file, outgoing, readback, sheets
from riskreg.exchange.guard import SIGNS
from riskreg.exchange.importing import import_file
from riskreg.i18n import translator
from riskreg.records import KINDS, REGISTER_KINDS, fields, stored
from riskreg.records.values import Instant
from riskreg.views import Register, View, Where
from riskreg.work import QUIET
from tests.builders import a_party, a_risk, add, an_incident
from tests.exchange.odd import ODD
from tests.faults import disk, kill_export

EN = translator("en")
RUN = tuple(f"{sign}1+1" for sign in SIGNS)
BOTH = pytest.mark.parametrize("suffix", [".xlsx", ".csv"])


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every part of a workbook, or the one text of a CSV file."""
    if path.suffix == ".csv":
        yield path.name, path.read_text(encoding="utf-8-sig")
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


def export(opened: Register, path: Path, kind: str = "risk") -> outgoing.Exported:
    return outgoing.export_register(opened, (kind,), path, EN)


# F1: what a spreadsheet would run


@pytest.mark.parametrize("text", RUN)
def test_cell_when_it_begins_like_a_formula_then_it_is_text_with_a_quote_prefix(
    tmp_path: Path, text: str
) -> None:
    """On the level of the sheet, because the door takes a tab and a carriage return off the ends of a text."""
    path = tmp_path / "x.xlsx"
    front = sheets.Front(
        register="", organisation="", fingerprint="", is_sample=False, made=datetime.now(UTC), t=EN
    )  # fmt: skip
    with path.open("w+b") as file:
        with sheets.whole(file, front) as book:
            book.add("Sheet").row((text,))
        assert readback.check(file, book.sheets, QUIET)
    cell = openpyxl.load_workbook(path)["Sheet"]["A1"]
    assert unescape(str(cell.value)) == text
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert all("<f>" not in xml for _, xml in parts_of(path))


def test_text_when_it_holds_nul_then_the_door_refuses_it(opened: Register) -> None:
    with pytest.raises(Expected) as refused:
        a_risk(opened, "Risk", notes="\0=1")
    assert refused.value.id == "refused"


# F3: addresses are no links


@pytest.mark.parametrize("text", ["http://example.org", "\\\\server\\x", "mailto:a@example.org"])
def test_text_when_it_is_an_address_then_nothing_leads_out_of_the_workbook(
    opened: Register, tmp_path: Path, text: str
) -> None:
    a_risk(opened, text, notes=text)
    path = tmp_path / "x.xlsx"
    export(opened, path)
    for name, xml in parts_of(path):
        assert "TargetMode" not in xml, name
        assert "relationships/hyperlink" not in xml, name
        assert not re.search(r"<hyperlink [^>]*r:id", xml), name


# F4: long texts


def test_text_when_longer_than_a_cell_then_the_door_refuses_it_and_the_longest_goes_out_whole(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as refused:
        a_risk(opened, "Too long", notes="x" * 40_000)
    assert "32,767" in str(refused.value) or "32767" in str(refused.value)
    longest = "x" * 32_767
    a_risk(opened, "Long", notes=longest)
    for path in (tmp_path / "x.xlsx", tmp_path / "x.csv"):
        export(opened, path)
        assert any(longest in text for _, text in parts_of(path))


def test_links_when_more_than_a_cell_holds_then_the_sheet_of_links_has_each(
    opened: Register, tmp_path: Path
) -> None:
    many = 5_500
    made = tuple(addition("asset", {"title": f"Asset {n}"}, -1 - n) for n in range(many))
    opened.apply(ChangeSet(act="import", changes=made))
    ids = frozenset(opened.ids(View(kinds=("asset",))))
    a_risk(opened, "Everything", assets=ids)
    path = tmp_path / "x.xlsx"
    export(opened, path)
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book["Risks"].iter_rows(values_only=True)
    cell = dict(zip(next(rows), next(rows), strict=True))["Data threatened"]
    assert str(cell).endswith(", …")
    assert len(str(cell)) <= 32_767
    links = [row[3] for row in book["Links"].iter_rows(min_row=2, values_only=True)]
    assert len(links) == len(set(links)) == many


# F5: where it cannot be written


@BOTH
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (
            errno.EACCES,
            "x{suffix} cannot be written (Permission denied). What was there before is unchanged. "
            "Choose another folder, or close the program that uses the file, and try again.",
        ),
        (
            errno.EROFS,
            "x{suffix} cannot be written (Read-only file system). What was there before is unchanged. "
            "Choose another folder, or close the program that uses the file, and try again.",
        ),
    ],
)
def test_target_when_another_program_holds_it_then_the_old_file_stays(
    opened: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
    suffix: str,
) -> None:
    """As Excel does it on Windows: the file cannot even be opened for writing."""
    path = tmp_path / f"x{suffix}"
    path.write_bytes(b"the old one")
    real = Path.open

    def held(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if self == path and mode != "rb":
            raise OSError(number, os.strerror(number))
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(Expected) as failed:
        export(opened, path)
    monkeypatch.undo()
    assert str(failed.value) == said.format(suffix=suffix)
    assert path.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".x*"))


@BOTH
def test_target_when_the_disk_gets_full_then_the_old_file_stays(
    opened: Register, tmp_path: Path, suffix: str
) -> None:
    opened.apply(disk.many_risks(2_000))
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        with disk.small_disk(folder, 64) as small:
            path = small / f"x{suffix}"
            path.write_bytes(b"the old one")
            with pytest.raises(Expected) as failed:
                export(opened, path)
            assert str(failed.value) == (
                f"There is no room on the disk for x{suffix}. The register is unchanged, and what was in that "
                "place before is still there. Free some space or choose another disk, and try again."
            )
            assert path.read_bytes() == b"the old one"
            assert [each.name for each in small.iterdir()] == [path.name]
    except PermissionError:
        pytest.skip("only root can mount a small disk")


@BOTH
def test_export_when_killed_then_the_old_file_is_whole_and_nothing_confuses(
    tmp_path: Path, suffix: str
) -> None:
    assert kill_export.run(tmp_path, times=4, seed=7, suffix=suffix).total() == 4


@pytest.mark.long
@pytest.mark.timeout(3600)
@BOTH
def test_export_when_killed_a_hundred_times_then_the_old_file_is_whole(
    tmp_path: Path, suffix: str
) -> None:
    assert kill_export.run(tmp_path, times=100, seed=1, suffix=suffix).total() == 100


# F9: times


def test_times_when_exported_then_zone_and_precision_stand_beside_the_real_date(
    opened: Register, tmp_path: Path
) -> None:
    exact = [
        "2026-10-25T01:30+01:00[Europe/London]",
        "2026-10-25T01:30+00:00[Europe/London]",
        "2026-11-24T18:40+08:00[Asia/Hong_Kong]",
        "2026-11[Asia/Hong_Kong]",
    ]
    for text in exact:
        an_incident(opened, aware_at=Instant.parse(text))
    path = tmp_path / "x.xlsx"
    export(opened, path, "incident")
    sheet = openpyxl.load_workbook(path)["Incidents"]
    names = [cell.value for cell in sheet[1]]
    column = names.index("Aware (exact)") + 1
    assert [sheet.cell(row, column).value for row in range(2, 6)] == exact
    local = [sheet.cell(row, names.index("Aware") + 1) for row in range(2, 6)]
    assert all(cell.is_date for cell in local)
    assert local[0].value == local[1].value  # the hour that comes twice: only the exact text knows
    assert local[2].number_format == "yyyy-mm-dd hh:mm"


# F10: redacted


def private_texts(opened: Register) -> set[str]:
    """Every title, free text and name in a register, but what the catalogue says."""
    found: set[str] = set()
    for kind in REGISTER_KINDS:
        if kind == "organisation":
            continue  # whose register it is stands on the cover
        declared = stored(KINDS[kind])
        is_catalogue = KINDS[kind].numbering == "catalogue"
        for id in opened.ids(View(kinds=(kind,))):
            record = opened.record(id)
            for key, what in declared.items():
                value = record.get(key)
                if what.plain or not value or (is_catalogue and key == "title"):
                    continue
                if isinstance(what, fields.Line | fields.Prose):
                    found.update(line for line in str(value).split("\n") if len(line) > 3)
                if isinstance(what, fields.Facts):
                    found.update(text for pair in value for text in pair)  # type: ignore[union-attr]
    return found


@BOTH
@pytest.mark.parametrize("kind", ["incident", "risk", "asset", "party", "step"])
def test_export_when_redacted_then_no_name_and_no_text_is_anywhere_in_the_file(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    sample.make(tmp_path / "sample.riskreg")
    opened = register.open(tmp_path / "sample.riskreg")
    try:
        an_incident(opened, other_facts=(("Nurse Wilhelmina", "Room 7734"),))
        texts = private_texts(opened)
        assert len(texts) > 200
        path = tmp_path / f"x{suffix}"
        kinds = () if suffix == ".xlsx" else (kind,)
        outgoing.export_register(opened, kinds, path, EN, is_redacted=True)
    finally:
        opened.close()
    known = _our_own_words(tmp_path)
    for name, content in parts_of(path):
        plain = content.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        hits = {text for text in texts if text in plain and text not in known}
        assert not hits, name


def _our_own_words(folder: Path) -> str:
    """All that a workbook says without any record of people's: headings, choices, the legend."""
    register.create(folder / "empty.riskreg", name="Harbour Clinic Ltd 海港診所有限公司").close()
    opened = register.open(folder / "empty.riskreg")
    try:
        outgoing.export_register(opened, (), folder / "empty.xlsx", EN)
    finally:
        opened.close()
    return "\n".join(content for _, content in parts_of(folder / "empty.xlsx"))


def test_cover_when_redacted_then_it_does_not_say_what_was_searched_for(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened, "Wilhelmina's letter", status="open")
    path = tmp_path / "x.xlsx"
    where = {"risk": [Where("title", "contains", "Wilhelmina")]}
    outgoing.export_register(
        opened, ("risk",), path, EN, words="Wilhelmina", where=where, is_redacted=True
    )
    assert all("Wilhelmina" not in xml for _, xml in parts_of(path))
    told = {row[0]: row[1] for row in openpyxl.load_workbook(path)["Cover"].values}
    assert told["Shows"] == (
        "Risks; some of them, chosen by words or conditions\nTitles, free text and names are left out."
    )


def test_workbook_when_redacted_and_imported_then_nothing_is_cleared(
    opened: Register, tmp_path: Path
) -> None:
    """What was left out is not emptied by an import."""
    person = a_party(opened)
    add(opened, "risk", "Mail goes astray", cause="Haste", owner=frozenset({person.id}))
    path = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), path, EN, is_redacted=True)
    report = import_file(opened, path, dry_run=True)
    assert report.staged.rejections == ()
    assert report.staged.changes.changes == ()


# F11: what a report carries


def test_cover_when_made_then_fingerprint_and_counts_are_those_of_verify(
    opened: Register, tmp_path: Path
) -> None:
    for number in range(3):
        a_risk(opened, f"Risk {number}")
    head = opened.head().fingerprint
    path = tmp_path / "x.xlsx"
    made = outgoing.export_register(opened, (), path, EN)
    verified = opened.verify(made.fingerprint)
    assert verified.ok
    assert made.fingerprint == head
    rows = list(openpyxl.load_workbook(path)["Cover"].values)
    told = {row[0]: row[1] for row in rows}
    assert told["Check code"] == head
    assert str(told["Program"]).endswith(riskreg.__version__)
    project = Path(riskreg.__file__).parents[1] / "pyproject.toml"
    assert tomllib.loads(project.read_text())["project"]["version"] == riskreg.__version__
    assert told["Risks"] == opened.count(View(kinds=("risk",))) == 3


# F12: who made it


def test_file_when_made_then_it_names_no_account_and_no_folder(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    for path in (tmp_path / "x.xlsx", tmp_path / "x.csv"):
        export(opened, path)
        user = re.compile(rf"\b{re.escape(getpass.getuser())}\b")
        for name, content in parts_of(path):
            assert not user.search(content), name
            assert str(tmp_path) not in content, name


def test_texts_when_odd_then_the_workbook_reads_back_with_no_difference(
    opened: Register, tmp_path: Path
) -> None:
    for number, text in enumerate(ODD):
        a_risk(opened, f"Risk {number}", notes=text, tags=frozenset({f"t{number}"}))
    path = tmp_path / "x.xlsx"
    export(opened, path)
    report = import_file(opened, path, dry_run=True)
    assert report.staged.rejections == ()
    assert report.staged.changes.changes == ()


def test_file_when_it_loses_something_then_people_are_told_before(opened: Register) -> None:
    assert len(csv_file.TOLD) == 3
    assert all(EN.gettext(text).endswith(".") for text in csv_file.TOLD)
