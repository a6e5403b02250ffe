"""What is legally privileged leaves by no way out unless it is asked for by name, and each way says how much stayed."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from riskreg import evidence, evidence_export, privileged, reports
from riskreg.commands import every
from riskreg.errors import Expected
from riskreg.exchange import outgoing
from riskreg.exchange.changed import Period
from riskreg.exchange.importing import import_file
from riskreg.exchange.narrowed import around
from riskreg.i18n import translator
from riskreg.records import LISTED_KINDS
from riskreg.records.values import Instant
from riskreg.views import Register, View, Where
from tests.builders import a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.reports import pages

EN = translator("en")
SECRET = "Counselsays"
AT = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
PERIOD = Period(NOW.date().replace(day=1), NOW.date().replace(day=30))


@pytest.fixture
def advised(opened: Register) -> Register:
    """Two incidents, one privileged with all that belongs to it, and a privileged note in the other."""
    risk = a_risk(opened, "Mail goes astray")
    plain = an_incident(opened, "Mail to a wrong person", risks=frozenset({risk.id}))
    hidden = an_incident(
        opened, f"{SECRET} we are liable", narrative=SECRET, is_privileged=True,
        risks=frozenset({risk.id}), aware_at=AT,
    )  # fmt: skip
    about = {"incident": frozenset({hidden.id})}
    add(opened, "entry", f"{SECRET} call", happened_at=AT, **about)
    add(opened, "decision", f"{SECRET} decision", reason=SECRET, decided_at=AT, **about)
    add(opened, "entry", "The mail was called back", incident=frozenset({plain.id}))
    add(
        opened, "entry", f"{SECRET} note", incident=frozenset({plain.id}), is_privileged=True,
        result=SECRET,
    )  # fmt: skip
    add(
        opened, "task", f"{SECRET} task", is_privileged=True, due_on=NOW.date(),
        incidents=frozenset({plain.id}),
    )  # fmt: skip
    both = frozenset({plain.id, hidden.id})
    add(opened, "task", "Ring the recipient", due_on=NOW.date(), incidents=both)
    return opened


def text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = (
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        return pages.bare(" ".join(str(cell) for cell in cells if cell is not None))
    if path.suffix == ".pdf":
        return pages.bare("".join(pages.texts(path)))
    return pages.bare(path.read_text("utf-8").replace("\n ", ""))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"


def _about(name: str) -> str:
    """The incident that is not privileged, for a report about one record."""
    return "I-2026-001" if reports.REPORTS[name].about == "one" else ""


@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_when_records_are_privileged_then_it_leaves_them_out_and_says_how_many(
    advised: Register, target: Path, name: str
) -> None:
    ref = add(advised, "evidence", "A log").ref if name == "custody" else _about(name)
    made = reports.make(advised, name, target, EN, ref=ref)
    said = text_of(target)
    assert SECRET not in said
    if made.left_out:
        assert pages.bare(privileged.left_out_words(made.left_out, EN)) in said


@pytest.mark.parametrize("name", ["incident-register", "to-do", "changes"])
def test_report_when_privileged_records_are_asked_for_by_name_then_they_are_in_it(
    advised: Register, target: Path, name: str
) -> None:
    made = reports.make(advised, name, target, EN, with_privileged=True)
    assert SECRET in text_of(target)
    assert made.left_out == 0
    assert pages.bare(privileged.INCLUDED) in text_of(target)
    assert reports.make(advised, name, target, EN).left_out or name == "changes"


def test_report_when_it_is_about_a_privileged_record_then_it_is_refused(
    advised: Register, target: Path
) -> None:
    with pytest.raises(Expected) as refused:
        reports.make(advised, "record", target, EN, ref="I-2026-002")
    assert refused.value.id == "privileged"
    assert not target.exists()
    reports.make(advised, "record", target, EN, ref="I-2026-002", with_privileged=True)
    assert SECRET in text_of(target)


def test_record_when_something_privileged_is_tied_to_it_then_it_is_named_by_its_ref_alone(
    advised: Register, target: Path
) -> None:
    made = reports.make(advised, "record", target, EN, ref="R-0001")
    assert made.left_out == 1
    text = text_of(target)
    assert "I-2026-001" in text
    assert SECRET not in text


def test_workbook_when_records_are_privileged_then_rows_links_and_changes_are_without_them(
    advised: Register, tmp_path: Path
) -> None:
    out = tmp_path / "all.xlsx"
    made = outgoing.export_register(advised, (), out, EN, changes=PERIOD)
    text = text_of(out)
    assert SECRET not in text
    assert pages.bare("I-2026-002") in text
    assert "Privilegedrecord" in text
    assert made.left_out == 5
    assert made.sheets["incident"] == 1
    assert pages.bare("5 legally privileged records were left out.") in text
    counted = {
        row[0]: row for row in openpyxl.load_workbook(out)["Cover"].iter_rows(values_only=True)
    }
    assert counted["Incidents"][1:5] == (1, "I-2026-001", "I-2026-002", 2)  # numbers have no gap


def test_workbook_when_it_comes_back_then_nothing_changes_and_no_link_is_lost(
    advised: Register, tmp_path: Path
) -> None:
    out = tmp_path / "all.xlsx"
    outgoing.export_register(advised, (), out, EN)
    before = advised.head()
    found = import_file(advised, out)
    assert found.staged.count("changed") == found.staged.count("new") == 0
    assert advised.head() == before


def test_workbook_when_privileged_records_are_asked_for_then_all_is_there(
    advised: Register, tmp_path: Path
) -> None:
    out = tmp_path / "all.xlsx"
    made = outgoing.export_register(advised, (), out, EN, with_privileged=True)
    assert made.left_out == 0
    assert made.sheets["incident"] == 2
    assert pages.bare(privileged.INCLUDED) in text_of(out)


@pytest.mark.parametrize("kind", ["incident", "entry", "task", "decision"])
def test_csv_when_records_are_privileged_then_they_are_left_out(
    advised: Register, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "some.csv"
    made = outgoing.export_register(advised, (kind,), out, EN)
    assert SECRET not in text_of(out)
    assert made.left_out == {"entry": 2}.get(kind, 1)
    outgoing.export_register(advised, (kind,), out, EN, with_privileged=True)
    assert SECRET in text_of(out)


def test_calendar_when_a_task_is_privileged_then_it_has_no_event(
    advised: Register, tmp_path: Path
) -> None:
    out = tmp_path / "todo.ics"
    made = outgoing.export_calendar(advised, out, EN)
    assert SECRET not in text_of(out)
    assert made.left_out == 1
    outgoing.export_calendar(advised, out, EN, with_privileged=True)
    assert SECRET in text_of(out)


def test_evidence_when_a_piece_is_privileged_then_its_file_stays(
    opened: Register, tmp_path: Path
) -> None:
    for name in ("opinion.txt", "log.txt"):
        file = tmp_path / name
        file.write_text(name)
        opened.apply(evidence.attachment(opened, evidence.take(file)))
    opinion = opened.record(opened.find("F-0001"))
    change(opened, opinion, is_privileged=True)
    with evidence_export.beside(opened, tmp_path / "files") as left:
        assert [each.ref for each in left] == ["F-0002"]
    assert evidence_export.sized(privileged.without(opened, EN)).files == 1


def test_around_when_the_record_is_privileged_then_it_is_refused(advised: Register) -> None:
    with pytest.raises(Expected) as refused:
        around(privileged.without(advised, EN), "I-2026-002")
    assert refused.value.parameters["ref"] == "I-2026-002"
    assert "incident" in around(privileged.without(advised, EN, is_asked=True), "I-2026-002")


def test_without_when_asked_in_any_way_then_answers_agree_with_the_rows(advised: Register) -> None:
    reader = privileged.without(advised, EN)
    for kind in LISTED_KINDS:
        view = View(kinds=(kind,), columns=("ref", "title"))
        ids = reader.ids(view)
        assert reader.count(view) == len(ids) == sum(reader.tally(view, ("ref",)).values())
        assert SECRET not in json.dumps(
            [row.values for row in reader.rows(view, advised.ids(view))]
        )
    assert not reader.called("task", [f"{SECRET} task"])
    assert reader.called("task", ["Ring the recipient"])
    hidden = privileged.privileged_ids(advised)
    assert len(hidden) == 5
    for id in hidden:
        assert reader.log(id=id) == []
        with pytest.raises(Expected):
            reader.record(id)
    assert SECRET not in str(reader.log(full=True))
    assert len(reader.log()) == len(advised.log())
    assert reader.count(View(kinds=("task",), where=(Where("title", "contains", SECRET),))) == 0


def test_without_when_nothing_is_privileged_then_the_register_itself_answers(
    opened: Register,
) -> None:
    an_incident(opened)
    assert privileged.without(opened, EN) is opened
    assert privileged.said_of(opened, EN) == ""


@pytest.mark.parametrize("name", ["export", "report", "calendar"])
def test_commands_when_they_write_a_file_then_privileged_records_have_a_word_of_their_own(
    name: str,
) -> None:
    flags = [given[0] for given in every.COMMANDS[name].arguments]
    assert "--with-privileged" in flags
