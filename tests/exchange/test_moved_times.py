"""Rows that change a known time from which clocks run: one reason for all of them, kept with each; none without."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from riskreg.exchange import importing, outgoing
from riskreg.exchange.importing import Report
from riskreg.i18n import translator
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.builders import an_incident
from tests.e2e.program import Program

AWARE = Instant.parse("2026-11-20T18:40", "Asia/Hong_Kong")
EARLIER = Instant.parse("2026-11-20T12:00", "Asia/Hong_Kong")
LOG = "The log of the server was an hour off"


def a_file(folder: Path, *rows: str) -> Path:
    made = folder / "times.csv"
    made.write_text("\n".join(("ref,aware_at,trigger_reason", *rows)) + "\n", encoding="utf-8")
    return made


def counts(report: Report) -> tuple[int, ...]:
    states = ("new", "changed", "unchanged", "rejected")
    return tuple(report.staged.count(each) for each in states)


def told(register: Register, record: Incident) -> tuple[object, object]:
    found = register.record(record.id)
    return found.get("aware_at"), found.get("trigger_reason")


def test_rows_when_a_reason_is_given_once_then_it_is_kept_with_each_that_says_none(
    opened: Register, tmp_path: Path
) -> None:
    first, second, third, new = (
        an_incident(opened, title=f"No. {at}", aware_at=at or None)
        for at in (AWARE, AWARE, AWARE, "")
    )
    file = a_file(
        tmp_path,
        f"{first.ref},2026-11-20T12:00,",
        f"{second.ref},2026-11-20T12:00,Its own words",
        f"{third.ref},2026-11-20T18:40,",
        f"{new.ref},2026-11-20T12:00,",
    )
    report = importing.import_file(opened, file, kind="incident", reason=f" {LOG}\n")
    assert counts(report) == (0, 3, 1, 0)
    assert report.staged.moving == 1
    assert told(opened, first) == (EARLIER, LOG)
    assert told(opened, second) == (EARLIER, "Its own words")
    assert told(opened, third) == (AWARE, "")
    assert told(opened, new) == (EARLIER, "")
    opened.undo()
    assert told(opened, first) == (AWARE, "")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_rows_when_no_reason_is_given_then_they_are_rejected_with_the_way_out(
    opened: Register, tmp_path: Path, reason: str
) -> None:
    record = an_incident(opened, aware_at=AWARE)
    file = a_file(tmp_path, f"{record.ref},2026-11-20T12:00,")
    report = importing.import_file(opened, file, kind="incident", reason=reason)
    assert counts(report) == (0, 0, 0, 1)
    assert report.staged.moving == 1
    (rejection,) = report.staged.rejections
    assert rejection.column == "aware_at"
    said = importing.reason(rejection, translator("en"))
    assert "once for all rows" in said
    assert "“Why a time was changed”" in said
    assert told(opened, record) == (AWARE, "")


def test_reason_when_it_is_that_of_an_earlier_change_then_it_says_the_new_time_too(
    opened: Register, tmp_path: Path
) -> None:
    record = an_incident(opened, aware_at=AWARE, trigger_reason=LOG)
    file = a_file(tmp_path, f"{record.ref},2026-11-20T12:00,{LOG}")
    assert counts(importing.import_file(opened, file, kind="incident")) == (0, 0, 0, 1)
    report = importing.import_file(opened, file, kind="incident", reason=LOG)
    assert counts(report) == (0, 1, 0, 0)
    assert told(opened, record) == (EARLIER, f"{LOG}\n{EARLIER}")


def test_reason_when_it_is_too_long_then_the_row_is_rejected_and_says_so(
    opened: Register, tmp_path: Path
) -> None:
    record = an_incident(opened, aware_at=AWARE)
    file = a_file(tmp_path, f"{record.ref},2026-11-20T12:00,")
    report = importing.import_file(opened, file, kind="incident", reason="x" * 200_001)
    assert counts(report) == (0, 0, 0, 1)
    assert told(opened, record) == (AWARE, "")


def test_own_workbook_when_a_time_and_an_emptied_time_change_then_the_reason_goes_to_both(
    opened: Register, tmp_path: Path
) -> None:
    moved = an_incident(opened, title="Moved", aware_at=AWARE, trigger_reason="Said before")
    cleared = an_incident(opened, title="Cleared", aware_at=AWARE)
    an_incident(opened, title="Same", aware_at=AWARE)
    file = tmp_path / "all.xlsx"
    outgoing.export_register(opened, ["incident"], file, translator("en"))
    book = openpyxl.load_workbook(file)
    sheet = book["Incidents"]
    heads = [str(cell.value) for cell in sheet[1]]
    for row, value in ((2, EARLIER), (3, None)):
        for column, head in enumerate(heads, 1):
            if head.startswith("Aware"):
                is_exact = "exact" in head
                naive = value and value.local.replace(tzinfo=None)
                sheet.cell(row, column).value = value and (str(value) if is_exact else naive)
    book.save(file)
    assert counts(importing.import_file(opened, file, dry_run=True)) == (0, 0, 1, 2)
    assert counts(importing.import_file(opened, file, reason=LOG)) == (0, 2, 1, 0)
    assert told(opened, moved) == (EARLIER, LOG)
    assert told(opened, cleared) == (None, LOG)


def test_command_when_it_gives_the_reason_then_the_history_holds_old_new_and_why(
    tmp_path: Path,
) -> None:
    run, register = Program(tmp_path / "home"), tmp_path / "clinic.riskreg"
    run.quickly("new", register, "--name", "Clinic")
    for title in ("Fax", "Mail"):
        run.quickly("add", register, "incident", f"title={title}", "aware_at=2026-11-20T18:40")
    file = a_file(tmp_path, "I-2026-001,2026-11-20T12:00,", "I-2026-002,2026-11-20T13:00,")
    before = run.state("show", register, "I-2026-001")
    said = run.said("import", register, file, "--kind", "incident", status=1)
    assert "Times that clocks run from change in 2 incidents." in said
    assert "--reason TEXT says it once for all of them." in said
    assert run.state("show", register, "I-2026-001") == before
    command = ["import", register, file, "--kind", "incident", "--reason", LOG]
    assert "0 new, 2 changed, 0 unchanged, 0 rejected" in run.said(*command, "--dry-run")
    assert run.state("show", register, "I-2026-001") == before
    assert run.json(*command)["changed"] == 2
    for ref, at in (("I-2026-001", "12:00"), ("I-2026-002", "13:00")):
        entry = run.state("log", register, "--ref", ref)[0]
        (change,) = entry["changes"]
        assert entry["act"] == "import"
        assert change["before"] == {
            "aware_at": "2026-11-20T18:40+08:00[Asia/Hong_Kong]", "trigger_reason": "",
        }  # fmt: skip
        assert change["after"] == {
            "aware_at": f"2026-11-20T{at}+08:00[Asia/Hong_Kong]", "trigger_reason": LOG,
        }  # fmt: skip
