"""The sheets that hold no records: what they say is what the register says, and an import leaves them aside."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from riskreg import clock, editing, register, sample
from riskreg.errors import Expected
from riskreg.exchange import actions_sheet, changed, corrective, headers, outgoing
from riskreg.exchange.changed import Period
from riskreg.exchange.importing import import_file
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records.fields import Value
from riskreg.records.values import Count
from riskreg.views import Register, Where
from tests.builders import a_party, a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.test_own_scale import THREE

EN = translator("en")
TODAY = date(2026, 11, 20)
YEAR = Period(date(2025, 11, 21), TODAY)


def written(opened: Register, path: Path, *kinds: str, **asked: object) -> Path:
    """A workbook with the changes of a year."""
    told = {"changes": YEAR, **asked}
    outgoing.export_register(opened, kinds, path, EN, **told)  # type: ignore[arg-type]
    return path


def lines(path: Path, sheet: str = "Changes") -> list[dict[str, object]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    heads = [str(cell) for cell in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def told(path: Path, name: str) -> str:
    cover = openpyxl.load_workbook(path)["Cover"]
    return next(str(row[1]) for row in cover.iter_rows(values_only=True) if row[0] == name)


# Changes


def test_changes_when_a_field_was_edited_then_who_when_and_both_values_are_there(
    opened: Register, tmp_path: Path
) -> None:
    risk = a_risk(opened)
    with clock.fixed(NOW + timedelta(minutes=5)):
        change(opened, risk, residual_likelihood=2)
    newest, *older = lines(written(opened, tmp_path / "x.xlsx", "risk"))
    assert (newest["Ref"], newest["Field"]) == ("R-0001", "Residual likelihood")
    assert (newest["Before"], newest["Now"]) == ("4 Likely", "2 Unlikely")
    assert newest["When"] == datetime(2026, 11, 20, 18, 45)  # noqa: DTZ001 (a cell has no zone)
    assert newest["What was done"] == "Edit of R-0001"
    assert newest["Who"]
    assert [(line["Ref"], line["Field"], line["Now"]) for line in older] == [
        ("R-0001", None, "New")
    ]


def test_changes_when_the_scale_is_another_now_then_old_scores_keep_the_words_of_their_time(
    opened: Register, tmp_path: Path
) -> None:
    risk = change(opened, a_risk(opened, likelihood=3, impact=2), residual_likelihood=2)
    add(opened, "scale", "Ours", text=THREE, is_default=True)
    change(opened, risk, residual_likelihood=1)
    found = [
        (line["Before"], line["Now"])
        for line in lines(written(opened, tmp_path / "x.xlsx", "risk"))
        if line["Field"] == "Residual likelihood"
    ]
    assert found == [("2 Now and then", "1 Seldom"), ("3 Possible", "2 Unlikely")]


def test_changes_when_outside_the_period_then_they_are_not_there_even_if_the_clock_went_back(
    opened: Register, tmp_path: Path
) -> None:
    risk = a_risk(opened, status="open")
    days = (TODAY, TODAY - timedelta(days=400), TODAY + timedelta(days=1), TODAY)
    for number, day in enumerate(days):
        hour = datetime(day.year, day.month, day.day, 4, tzinfo=NOW.tzinfo)
        with clock.fixed(hour):
            risk = change(opened, risk, notes=f"Note {number}")
    found = [
        line["Now"]
        for line in lines(written(opened, tmp_path / "x.xlsx", "risk"))
        if line["Field"] == "Notes"
    ]
    assert found == ["Note 3", "Note 0"]


def test_changes_when_days_end_in_hong_kong_then_its_midnight_counts(
    opened: Register, tmp_path: Path
) -> None:
    late = datetime(2026, 11, 20, 16, 30, tzinfo=NOW.tzinfo)  # 00:30 of the 21st there
    with clock.fixed(late):
        a_risk(opened)
    assert lines(written(opened, tmp_path / "x.xlsx", "risk")) == []
    period = Period(date(2026, 11, 21), date(2026, 11, 21))
    [line] = lines(written(opened, tmp_path / "y.xlsx", "risk", changes=period))
    assert line["Now"] == "New"


def test_changes_when_binned_returned_and_withdrawn_then_it_is_said_in_words(
    opened: Register, tmp_path: Path
) -> None:
    risk = a_risk(opened)
    opened.apply(editing.to_bin(opened, [risk.id]))
    opened.undo()
    a_risk(opened, "A second one")
    opened.undo()
    found = [
        (line["Ref"], line["Title"], line["Now"])
        for line in lines(written(opened, tmp_path / "x.xlsx", "risk"))
    ]
    assert found == [
        ("R-0002", None, "Taken back"),
        ("R-0002", None, "New"),
        ("R-0001", "Mail goes astray", "Back from the bin"),
        ("R-0001", "Mail goes astray", "Moved to the bin"),
        ("R-0001", "Mail goes astray", "New"),
    ]


def test_changes_when_content_was_erased_then_it_is_said_and_nothing_of_it_comes_back(
    opened: Register, tmp_path: Path
) -> None:
    risk = a_risk(opened, "Wilhelmina's letter", notes="Wilhelmina lives in Mui Wo")
    risk = change(opened, risk, notes="Wilhelmina moved", residual_likelihood=1)
    opened.erase(risk.id, "she asked for it")
    path = written(opened, tmp_path / "x.xlsx")
    found = [line for line in lines(path) if line["Ref"] == "R-0001"]
    assert [line["Now"] for line in found] == [
        "Personal content was erased.",
        "1 Rare",
        "Personal content was erased.",
        "New",
        "Personal content was erased.",
    ]
    assert all("ilhelmina" not in str(line.values()) for line in lines(path))


def test_changes_when_what_was_undone_is_erased_then_it_is_not_new_again(
    opened: Register, tmp_path: Path
) -> None:
    id = an_incident(opened).id
    add(opened, "entry", "Rang Wilhelmina", incident=frozenset({id}))
    opened.undo()
    opened.erase(id, "she asked for it", with_parts=True)
    path = written(opened, tmp_path / "x.xlsx")
    found = [line["Now"] for line in lines(path) if line["Ref"] == "E-0001"]
    gone = "Personal content was erased."
    assert found == [gone, "Taken back", gone, "New", gone]


def test_changes_when_links_change_then_both_ends_are_named(
    opened: Register, tmp_path: Path
) -> None:
    chan, wong = a_party(opened, "K. Chan"), a_party(opened, "S. Wong")
    risk = a_risk(opened, owner=frozenset({chan.id}))
    change(opened, risk, owner=frozenset({wong.id}))
    [line] = [
        line
        for line in lines(written(opened, tmp_path / "x.xlsx", "risk"))
        if line["Field"] == "Owner"
    ]
    assert (line["Before"], line["Now"]) == ("P-0001 K. Chan", "P-0002 S. Wong")


def test_changes_when_redacted_then_no_name_title_or_free_text_is_in_them(
    opened: Register, tmp_path: Path
) -> None:
    chan = a_party(opened, "Wilhelmina")
    risk = a_risk(opened, "Wilhelmina's letter")
    change(opened, risk, notes="Wilhelmina", residual_likelihood=1, owner=frozenset({chan.id}))
    path = written(opened, tmp_path / "x.xlsx", is_redacted=True)
    found = {line["Field"]: line["Now"] for line in lines(path) if line["Ref"] == "R-0001"}
    assert found == {
        "Notes": "(left out)", "Residual likelihood": "1 Rare", "Owner": "P-0001", None: "New",
    }  # fmt: skip
    assert {line["Who"] for line in lines(path)} == {None}
    assert "ilhelmina" not in str([list(line.values()) for line in lines(path)])


def test_changes_when_the_workbook_holds_some_records_then_theirs_alone_are_in_it(
    opened: Register, tmp_path: Path
) -> None:
    for title, status in (("One", "open"), ("Two", "closed")):
        change(opened, a_risk(opened, title, status=status), notes=title)
    an_incident(opened)
    where = {"risk": (Where("status", "=", "closed"),)}
    found = lines(written(opened, tmp_path / "x.xlsx", "risk", where=where))
    assert {line["Ref"] for line in found} == {"R-0002"}
    everything = lines(written(opened, tmp_path / "y.xlsx"))
    assert {"R-0001", "R-0002", "I-2026-001", "ORG"} <= {line["Ref"] for line in everything}


def test_changes_when_a_text_is_longer_than_a_cell_then_it_ends_with_a_sign(
    opened: Register, tmp_path: Path
) -> None:
    facts = tuple((f"Name {number}", "好" * 30_000) for number in range(2))
    change(opened, a_risk(opened), other_facts=facts, notes="=1+1")
    found = {
        line["Field"]: str(line["Now"])
        for line in lines(written(opened, tmp_path / "x.xlsx", "risk"))
    }
    assert len(found["Other facts"]) == 32_767
    assert found["Other facts"].endswith("…")
    assert found["Notes"] == "=1+1"


def test_period_when_it_ends_before_it_begins_then_it_is_refused() -> None:
    with pytest.raises(Expected, match="after the second"):
        Period(TODAY, TODAY - timedelta(days=1)).checked()


def test_cover_when_there_are_changes_then_it_says_how_many_of_which_days(
    opened: Register, tmp_path: Path
) -> None:
    change(opened, a_risk(opened), notes="New", residual_likelihood=1)
    path = written(opened, tmp_path / "x.xlsx", "risk")
    assert told(path, "Changes") == (
        "From 21 Nov 2025 to 20 Nov 2026, newest first: 3 lines of 2 entries of the history."
    )
    outgoing.export_register(opened, ("risk",), path, EN)
    assert "Changes" not in openpyxl.load_workbook(path).sheetnames


# Corrective actions and policy actions


def test_corrective_when_done_then_it_says_that_nobody_verified_it(
    opened: Register, tmp_path: Path
) -> None:
    chan = a_party(opened)
    known: dict[str, Value] = {"task_type": "corrective"}
    verified: dict[str, Value] = {
        "status": "verified", "verified_by": frozenset({chan.id}), "verified_on": TODAY,
        "verification_method": "Looked at ten letters", "verification_result": "effective",
    }  # fmt: skip
    add(opened, "task", "Done", status="done", done_on=TODAY, done_by="S. Wong", **known)
    add(opened, "task", "Verified", **verified, **known)
    add(opened, "task", "Only said so", status="verified", **known)
    add(opened, "task", "Failed", **{**verified, **known, "verification_result": "not_effective"})
    add(opened, "task", "Late", status="to_do", due_on=TODAY - timedelta(days=1), **known)
    add(opened, "task", "Routine", status="done", task_type="routine")
    path = written(opened, tmp_path / "x.xlsx", "task")
    found = lines(path, "Corrective actions")
    assert {line["Title"]: line["Standing"] for line in found} == {
        "Done": "Done, not verified",
        "Verified": "Verified",
        "Only said so": "Verified, not said how",
        "Failed": "Did not work",
        "Late": "Overdue",
    }
    row = found[1]
    assert (row["Verified by"], row["Result of verification"]) == ("K. Chan", "It worked")
    assert row["How it was verified"] == "Looked at ten letters"
    assert told(path, "Corrective actions").startswith("Overdue: 1; Done, not verified: 1; ")


def test_corrective_when_there_is_none_then_there_is_no_sheet(
    opened: Register, tmp_path: Path
) -> None:
    add(opened, "task", "Routine", task_type="routine")
    names = openpyxl.load_workbook(written(opened, tmp_path / "x.xlsx", "task")).sheetnames
    assert "Corrective actions" not in names


def test_actions_when_exported_then_each_stands_under_its_category_with_what_is_missing(
    opened: Register, tmp_path: Path
) -> None:
    chan = a_party(opened)
    action, step = (opened.record(opened.find(ref)) for ref in ("B1", "B1.1"))
    change(opened, action, status="in_place", applies="yes", owner=frozenset({chan.id}))
    change(opened, step, status="done", evidence_text="Folder 3")
    add(
        opened, "evidence", "Minutes", file_name="a.pdf", file_size=Count(1),
        actions=frozenset({action.id}),
    )  # fmt: skip
    path = written(opened, tmp_path / "x.xlsx", "action")
    found = lines(path, "Policy actions by category")
    assert [line["Category"] for line in found if line["Ref"] is None] == list("ABCDE")
    assert len([line for line in found if line["Ref"]]) == 18
    [row] = [line for line in found if line["Ref"] == "B1"]
    assert (row["Standing"], row["Owner"], row["Steps done"]) == ("In place", "K. Chan", 1)
    assert row["Evidence"] == "F-0001\nin words on 1 step"
    missing = str(row["What is missing"]).split("\n")
    assert missing[0] == "Called in place with steps still open"
    assert len([line for line in missing if line.startswith("To do: B1.")]) == row["Steps"] - 1  # type: ignore[operator]
    [watched] = [line for line in found if line["Ref"] == "A1"]
    assert (watched["Standing"], watched["What is missing"]) == ("Context only", None)
    assert told(path, "Policy actions by category").startswith("In place: 1; Not started: ")


# Coming back


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_when_imported_again_then_the_other_sheets_change_nothing(
    tmp_path: Path, language: Language
) -> None:
    sample.make(tmp_path / "sample.riskreg")
    opened = register.open(tmp_path / "sample.riskreg")
    path = tmp_path / "x.xlsx"
    t = translator(language)
    outgoing.export_register(opened, (), path, t, changes=Period(date(2025, 1, 1), TODAY))
    for name in (changed.NAME, actions_sheet.NAME, corrective.NAME):
        assert t.gettext(name) in openpyxl.load_workbook(path).sheetnames
    report = import_file(opened, path, dry_run=True)
    opened.close()
    states = {row.state for row in report.staged.rows}
    assert states == {"unchanged"}
    assert {headers.kind_of_sheet(row.sheet) for row in report.staged.rows} >= {"risk", "task"}
    assert report.staged.changes.changes == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [changed.NAME, actions_sheet.NAME, corrective.NAME])
def test_sheet_when_it_holds_no_records_then_no_kind_is_called_like_it(
    name: str, language: Language
) -> None:
    said = translator(language).gettext(name)
    assert headers.kind_of_sheet(said) is None
    assert len(said) <= 31
