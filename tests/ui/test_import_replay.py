"""What the dialog makes of a file, the command line makes of it with the dialog's mapping: the same register."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from riskreg import cli
from riskreg import register as door
from riskreg.records import REGISTER_KINDS, declared_links, values_of
from riskreg.records.values import Count
from riskreg.views import Reader, Register, View
from tests.exchange.files import workbook
from tests.ui.desk import a_context, prompts_of
from ui.dialogs.import_answers import AnswerModel
from ui.dialogs.importing import ImportDialog

DATA = Path(__file__).parents[1] / "exchange" / "data"
ANSWERS, RESULT = 2, 4
RISKS = """ref_id;assets;threats;name;description;existing_controls;current_impact;current_proba;current_risk;residual_impact;residual_proba;treatment;Owner;Due date
R.1;erp;;Ransomware;;Plan, Policy;Significant;Likely;Low;Critical;Very likely;open;K Chan;25/12/2026
R.2;;;Leak;;;Important;very likely;Medium;--;--;mitigate;W. Wong;24/12/2026
"""
ASSETS = "name,description,domain,type\nPayroll,who is paid,Global,PR\nClinic files,,Global,SP\n"


def a_copy(name: str) -> Callable[[Path], Path]:
    """One of our own small files, as it is."""

    def make(folder: Path) -> Path:
        return Path(shutil.copy(DATA / name, folder / name))

    return make


def a_text(name: str, text: str) -> Callable[[Path], Path]:
    """A CSV file."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def a_workbook(name: str, *rows: Sequence[object], sheet: str = "Sheet1") -> Callable[[Path], Path]:
    """A workbook."""
    return lambda folder: workbook(folder / name, *rows, sheet=sheet)


TWINS: Mapping[str, Callable[[Path], Path]] = {
    "registers/washington_ag.csv": a_copy("notices.csv"),
    "registers/hhs_open_us_dates.csv": a_copy("breaches_us.csv"),
    "registers/hhs_open_iso_dates.csv": a_copy("breaches_iso.csv"),
    "templates/RA_sample.csv": a_text("RA.csv", RISKS),
    "templates/assets_template.xlsx": a_workbook(
        "assets.xlsx",
        ["ref_id", "name", "description", "domain", "type", "asset_class"],
        ["X.01", "alpha", "a server", "Global", "PR", "assetClassServers"],
        ["A.005", "hypervisor", None, None, "SP", None],
    ),
    "templates/risk_assessment_template.xlsx": a_workbook(
        "risk assessment.xlsx",
        ["ref_id", "name", "inherent_proba", "inherent_impact", "inherent_level", "existing_controls",
         "current_proba", "current_impact", "residual_proba", "residual_impact", "treatment", "assets"],
        ["R01", "Fire", "vraisemblable", "mineur", None, "a\nb", "unlikely", "critique", None, None, "avoid", "erp\nfiles"],
        ["R02", "Theft", "certain", "important", None, None, "very likely", "significatif", None, None, None, None],
    ),
    "templates/sample_assets.csv": a_text("sample assets.csv", ASSETS),
    "templates/third_parties_template.xlsx": a_workbook(
        "third parties.xlsx",
        ["ref_id", "name", "description", "country", "parent_entity_ref_id"],
        ["ENT-001", "Harbour Hosting", "keeps our files", "HK", None],
        ["ENT-002", "Harbour Europe", None, "FR", "ENT-001"],
        sheet="Entities",
    ),
}  # fmt: skip
"""For each file that other people made a small one of our own with the same traps, which runs where theirs are not."""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A second new register, closed."""
    path = tmp_path / "other" / "other.riskreg"
    path.parent.mkdir()
    door.create(path, name="Other Ltd").close()
    return path


def all_values(reader: Reader) -> list[object]:
    """Everything that every record says, links by title, whatever its id."""
    found: list[object] = []
    for kind in REGISTER_KINDS:
        if kind in ("organisation", "action", "step"):
            continue
        records = reader.records(reader.ids(View(kinds=(kind,))))
        for record in records.values():
            told = dict(values_of(record))
            for key in declared_links(type(record)):
                names = reader.names(record.get(key))  # type: ignore[arg-type]
                told[key] = sorted(name.title for name in names.values())  # type: ignore[assignment]
            found.append(
                (record.ref, kind, sorted((key, repr(value)) for key, value in told.items()))
            )
    return sorted(found, key=repr)


def by_dialog(
    qtbot: QtBot,
    register: Register,
    file: Path,
    mapping: Path,
    said: Mapping[str, str] | None = None,
) -> ImportDialog:
    """Through every page to the end, taking what is suggested; the mapping is saved.

    What only a person knows is answered as `said` for the field, or left empty.
    """
    context = a_context(register)
    dialog = ImportDialog(context, file)
    qtbot.addWidget(dialog)
    while dialog.pages.currentIndex() < RESULT:
        assert dialog.next.isEnabled(), dialog.message.text() or dialog.columns.problem.text()
        if dialog.pages.currentIndex() == ANSWERS:
            answer(dialog.answers.table.questions, said or {})
        dialog.go_on()
    prompts_of(context).files.append(mapping)
    dialog.keep.click()
    return dialog


def answer(questions: AnswerModel, said: Mapping[str, str]) -> None:
    """Answer what has no proposal."""
    for row, question in enumerate(list(questions.given())):
        if questions.answer(row) is None:
            questions.setData(questions.index(row, 3), said.get(question.key, ""))


def replayed(path: Path, file: Path, mapping: Path) -> list[object]:
    """What the command line makes of the same file in another register."""
    argv = ["import", str(path), str(file), "--map", str(mapping)]
    status = cli.main(argv, lambda path, argv: 0)
    assert status in (0, 1)
    register = door.open(path, read_only=True)
    with contextlib.closing(register):
        return all_values(register)


@pytest.mark.parametrize("twin", list(TWINS))
def test_own_file_when_imported_in_the_dialog_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, tmp_path: Path, twin: str
) -> None:
    file, mapping = TWINS[twin](tmp_path), tmp_path / "map.toml"
    dialog = by_dialog(qtbot, opened, file, mapping)
    assert dialog.plan is not None
    assert dialog.plan.counts["new"] > 0
    assert dialog.plan.counts["rejected"] == 0
    assert replayed(other, file, mapping) == all_values(opened)


def test_columns_when_they_fill_a_notice_beside_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "incidents.csv", tmp_path / "map.toml"
    file.write_text(
        "Ref,Incident,Told,Way\nBR-1,Lost file,24/11/2026,Form\nBR-2,Lost bag,,\n", encoding="utf-8"
    )
    context = a_context(opened)
    dialog = ImportDialog(context, file)
    qtbot.addWidget(dialog)
    dialog.go_on()
    table = dialog.columns.table
    table.choose("Told", "notice.sent_at")
    table.choose("Way", "notice.channel")
    row = list(table.targets()).index("Told")
    words = {each.answer: each.words for each in table.columns.options(row)}
    assert words["notice.sent_at"] == "Notice: Sent at"
    while dialog.pages.currentIndex() < RESULT:
        assert dialog.next.isEnabled(), dialog.message.text() or dialog.columns.problem.text()
        if dialog.pages.currentIndex() == ANSWERS:
            answer(dialog.answers.table.questions, {"notice.channel": "online_form"})
        dialog.go_on()
    prompts_of(context).files.append(mapping)
    dialog.keep.click()
    (notice,) = opened.records(opened.ids(View(kinds=("notice",)))).values()
    assert str(notice.get("sent_at")) == "2026-11-24[Asia/Hong_Kong]"
    assert notice.get("channel") == "online_form"
    assert replayed(other, file, mapping) == all_values(opened)


@pytest.mark.parametrize("file", list(TWINS))
def test_real_file_when_imported_in_the_dialog_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, shared_data: Path, tmp_path: Path, file: str
) -> None:
    mapping = tmp_path / "map.toml"
    dialog = by_dialog(qtbot, opened, shared_data / file, mapping)
    assert dialog.plan is not None
    assert dialog.plan.counts["new"] > 0
    assert dialog.plan.counts["rejected"] == 0
    assert replayed(other, shared_data / file, mapping) == all_values(opened)


ODD = """Title;aware_at;Discovered;People affected;Odd
Fax;03/04/2026 10:00;1/2/26;1.000;a
Mail;05/06/2026 11:30;2/3/26;2.000;b
"""


def test_order_and_sign_when_a_person_says_them_then_the_command_line_reads_the_same(
    qtbot: QtBot, opened: Register, other: Path, tmp_path: Path
) -> None:
    file, mapping = a_text("incident log.csv", ODD)(tmp_path), tmp_path / "map.toml"
    said = {
        "aware_at": "month first",
        "discovered_at": "day first",
        "people_count": "decimal comma",
    }
    dialog = by_dialog(qtbot, opened, file, mapping, said)
    assert dialog.plan is not None
    assert dialog.plan.counts["new"] == 2
    (first, _) = opened.records(
        opened.ids(View(kinds=("incident",), sort=(("ref", False),)))
    ).values()
    assert str(first.get("aware_at")).startswith("2026-03-04T10:00")
    assert str(first.get("discovered_at")).startswith("2026-02-01")
    assert first.get("people_count") == Count(1000)
    assert replayed(other, file, mapping) == all_values(opened)


def test_every_file_when_imported_one_after_another_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, tmp_path: Path
) -> None:
    for twin, make in TWINS.items():
        mapping = tmp_path / f"{Path(twin).stem}.toml"
        file = make(tmp_path)
        by_dialog(qtbot, opened, file, mapping)
        assert replayed(other, file, mapping) == all_values(opened), twin
    assert len(opened.ids(View(kinds=("risk",)))) == 4
    assert len(opened.ids(View(kinds=("party",)))) == 4


def test_real_files_when_all_of_them_are_looked_for_then_each_has_a_twin(shared_data: Path) -> None:
    folders = (shared_data / "registers", shared_data / "templates")
    found = {f"{each.parent.name}/{each.name}" for folder in folders for each in folder.iterdir()}
    assert {name for name in found if not name.endswith(".txt")} == set(TWINS)
