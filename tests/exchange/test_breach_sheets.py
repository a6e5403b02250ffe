"""The sheets of decisions and notices and of the timeline, and what an authority is given of one incident."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from riskreg import clock
from riskreg.case_words import DRILL
from riskreg.errors import Expected
from riskreg.exchange import outgoing
from riskreg.exchange.importing import import_file
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records.values import Count, Instant
from riskreg.views import Register
from tests.builders import a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.reports.a_breach import Breach, a_breach, later

EN = translator("en")
LATER = Instant.parse("2026-11-21T10:00", "Asia/Hong_Kong")


@pytest.fixture
def breach(opened: Register, tmp_path: Path) -> Breach:
    return a_breach(opened, tmp_path)


def lines(path: Path, sheet: str) -> list[dict[str, object]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    heads = [str(cell) for cell in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def everything(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return " ".join(str(cell) for cell in cells if cell is not None)


def told(path: Path) -> dict[object, object]:
    cover = openpyxl.load_workbook(path)["Cover"]
    return {row[0]: row[1] for row in cover.iter_rows(values_only=True)}


def test_decisions_when_some_were_carried_out_then_a_line_has_both_and_the_time_between(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN)
    found = lines(out, "Decisions and notices")
    pcpd = next(line for line in found if line["Decision"] == "Yes")
    assert pcpd["Incident"] == breach.ref
    assert (
        pcpd["To whom"] == "Office of the Privacy Commissioner for Personal Data, Hong Kong (PCPD)"
    )
    assert (pcpd["Basis"], pcpd["Advice"]) == ("Recommended", "Notify")
    assert pcpd["Reason"] == "Salaries of all staff; the PCPD recommends it."
    assert (pcpd["Decided by"], pcpd["How"]) == ("The director", "By telephone")
    assert pcpd["Decided at"] == datetime(2026, 11, 20, 19, 20)  # noqa: DTZ001 (a cell has no zone)
    assert pcpd["Recorded"] == datetime(2026, 11, 20, 18, 40)  # noqa: DTZ001
    assert pcpd["Sent"] == datetime(2026, 11, 20, 22, 40)  # noqa: DTZ001
    assert (pcpd["Notice"], pcpd["Phase"], pcpd["Elapsed"]) == ("N-0001", "First notice", "3 h")
    gdpr = next(line for line in found if line["Decision"] == "Not yet")
    assert (gdpr["Basis"], gdpr["Sent"], gdpr["Notice"]) == ("Law", None, None)
    assert len(found) == 3
    assert told(out)["Decisions and notices"] == "3 decisions, 1 notice sent."


def test_decisions_when_a_notice_was_late_then_the_line_says_so_with_the_reason(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    with clock.fixed(NOW + timedelta(days=4)):
        later(opened, breach.incident)
        add(
            opened, "notice", "Told late", incident=frozenset({breach.incident}), regime="gdpr",
            rule_key="eu_authority", recipient="authority", phase="first",
            sent_at=Instant.parse("2026-11-24T19:00", "Asia/Hong_Kong"), late_reason="Logs came late",
        )  # fmt: skip
        out = tmp_path / "x.xlsx"
        outgoing.export_register(opened, (), out, EN)
    line = next(each for each in lines(out, "Decisions and notices") if each["Notice"] == "N-0002")
    assert line["Elapsed"] == "4 d, late"
    assert line["Due"] == datetime(2026, 11, 23, 19, 0)  # noqa: DTZ001
    assert line["Why it was late"] == "Logs came late"
    assert line["Basis"] == "Law"


def test_timeline_when_exported_then_every_moment_has_a_line_in_its_order(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    an_incident(opened, "Nothing is told of this one")
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN)
    found = lines(out, "Timeline")
    assert {line["Incident"] for line in found} == {breach.ref}
    entry = next(line for line in found if line["What"] == "Rang the recipient, who deleted it")
    assert (entry["Who"], entry["Ref"]) == ("K. Chan", "E-0001")
    assert entry["Reason or result"] == "Result: Deleted, she says"
    assert entry["When"] == datetime(2026, 11, 20, 20, 10)  # noqa: DTZ001
    assert entry["Exact time"] == "2026-11-20T20:10+08:00[Asia/Hong_Kong]"
    whats = [str(line["What"]) for line in found]
    wanted = ["Happened, from", "Discovered", "Aware", "Decided on EU and EEA, GDPR (Authority): Not yet", "Contained", "Sent: First notice – Hong Kong, PDPO (Authority)"]  # fmt: skip
    assert [whats.index(each) for each in wanted] == sorted(map(whats.index, wanted))
    assert told(out)["Timeline"] == f"{len(found)} moments"


def test_timeline_when_an_entry_was_taken_back_then_it_stays_and_says_so(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    add(opened, "entry", "Typed by mistake", incident=frozenset({breach.incident}))
    opened.undo()
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN)
    whats = [str(line["What"]) for line in lines(out, "Timeline")]
    assert "Typed by mistake (taken back later)" in whats
    assert "Taken back: E-0002" in whats


def test_sheets_when_redacted_then_they_have_no_names_or_free_text(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN, is_redacted=True)
    text = everything(out)
    for said in (
        "Salaries",
        "The director",
        "K. Chan",
        "Rang the recipient",
        "mail.eml",
        "Payroll",
    ):
        assert said not in text
    assert lines(out, "Decisions and notices")[0]["Decision"] == "Not yet"
    assert len(lines(out, "Timeline")) > 10


def test_timeline_when_redacted_then_nobody_is_named_whom_a_notice_or_an_own_rule_is_for(
    opened: Register, tmp_path: Path
) -> None:
    incident = an_incident(opened)
    own = add(
        opened, "own_rule", "Tell Whistledown Ltd", pattern="contract_customer", in_use=True,
        recipient="other", amount=Count(48), unit="hours",
    )  # fmt: skip
    add(
        opened, "decision", answer="yes", decided_at=LATER, regime="gdpr",
        recipient="other", rule_key=f"own.{own.ref}",
        incident=frozenset({incident.id}),
    )  # fmt: skip
    add(
        opened, "notice", sent_at=LATER, addressee="Featherstonehaugh", phase="first",
        regime="gdpr", recipient="other", incident=frozenset({incident.id}),
    )  # fmt: skip
    names, out = ("Whistledown", "Featherstonehaugh"), tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN)
    assert all(name in str(lines(out, "Timeline")) for name in names)
    outgoing.export_register(opened, (), tmp_path / "less.xlsx", EN, is_redacted=True)
    assert not any(name in everything(tmp_path / "less.xlsx") for name in names)


def test_sheets_when_it_is_a_drill_then_each_line_says_so(opened: Register, tmp_path: Path) -> None:
    a_breach(opened, tmp_path, drill=True)
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, EN)
    assert all(DRILL in str(line["Title"]) for line in lines(out, "Decisions and notices"))
    assert {line["Drill"] for line in lines(out, "Timeline")} == {DRILL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_when_it_comes_back_unchanged_then_nothing_changes_in_any_kind(
    opened: Register, breach: Breach, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, (), out, translator(language))
    before = opened.head()
    report = import_file(opened, out)
    assert report.staged.count("changed") == report.staged.count("new") == 0
    assert report.staged.rejections == ()
    assert opened.head() == before


def test_workbook_when_a_sent_text_was_changed_in_it_then_the_notice_stays_as_it_was(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    outgoing.export_register(opened, ("notice",), out, EN)
    book = openpyxl.load_workbook(out)
    sheet = book["Notices"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Text as sent")
    sheet.cell(2, column).value = "Something else"
    book.save(out)
    before = opened.record(opened.find("N-0001"))
    report = import_file(opened, out)
    assert [each["column"] for each in report.as_json(EN)["rejections"]] == ["Text as sent"]
    after = opened.record(before.id)
    assert after.get("text") == before.get("text")


# For an authority


def test_authority_when_one_incident_is_given_then_its_decisions_notices_timeline_and_evidence_are_all(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    other = an_incident(opened, "Another matter")
    file = opened.record(opened.find(breach.file))
    change(opened, file, incidents=frozenset({breach.incident, other.id}))
    add(opened, "entry", "Of the other", incident=frozenset({other.id}))
    out = tmp_path / "x.xlsx"
    made = outgoing.export_register(opened, (), out, EN, for_authority=breach.ref)
    assert dict(made.sheets) == {
        "incident": 1,
        "decision": 3,
        "notice": 1,
        "entry": 1,
        "evidence": 1,
    }
    book = openpyxl.load_workbook(out)
    assert {"Decisions and notices", "Timeline"} <= set(book.sheetnames)
    assert not {"Risks", "Tasks", "Heat map", "Data we hold", "Corrective actions"} & set(
        book.sheetnames
    )
    text = everything(out)
    for said in ("A file goes to a wrong address", "Switch off address completion", "Another matter", "Of the other", "Payroll House"):  # fmt: skip
        assert said not in text
    assert "Risks that came true" not in [cell.value for cell in book["Incidents"][1]]
    cover = told(out)
    assert str(cover["Shows"]).startswith(f"For an authority: incident {breach.ref} only")
    counted = next(
        row for row in book["Cover"].iter_rows(values_only=True) if row[0] == "Incidents"
    )
    assert counted[1:] == (1, *[None] * 8)


def test_authority_when_evidence_shows_only_a_notice_then_it_is_in_the_list(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    file = opened.record(opened.find(breach.file))
    notice = opened.find("N-0001")
    change(opened, file, incidents=frozenset(), notices=frozenset({notice}))
    out = tmp_path / "x.xlsx"
    made = outgoing.export_register(opened, (), out, EN, for_authority=breach.ref)
    assert made.sheets["evidence"] == 1


def test_authority_when_something_is_privileged_then_it_is_left_out_there_too(
    opened: Register, breach: Breach, tmp_path: Path
) -> None:
    change(opened, opened.record(opened.find("D-0003")), is_privileged=True)
    out = tmp_path / "x.xlsx"
    made = outgoing.export_register(opened, (), out, EN, for_authority=breach.ref)
    assert made.sheets["decision"] == 2
    assert made.left_out == 1
    assert "said so in writing" not in everything(out)


@pytest.mark.parametrize(("ref", "name", "id"), [("R-0001", "x.xlsx", "no_record"), ("I-2026-001", "x.csv", "not_a_workbook")])  # fmt: skip
def test_authority_when_it_cannot_be_then_it_is_refused(
    opened: Register, tmp_path: Path, ref: str, name: str, id: str
) -> None:
    a_risk(opened)
    an_incident(opened)
    with pytest.raises(Expected) as refused:
        outgoing.export_register(opened, (), tmp_path / name, EN, for_authority=ref)
    assert refused.value.id == id
