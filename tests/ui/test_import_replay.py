"""What the dialog makes of a file, the command line makes of it with the dialog's mapping: the same register."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from riskreg import cli
from riskreg import register as door
from riskreg.records import REGISTER_KINDS, declared_links, values_of
from riskreg.views import Reader, Register, View
from tests.ui.desk import a_context, prompts_of
from ui.dialogs.importing import ImportDialog

DATA = Path(__file__).parents[1] / "exchange" / "data"
REAL = (
    "registers/washington_ag.csv", "registers/hhs_open_us_dates.csv", "registers/hhs_open_iso_dates.csv",
    "templates/RA_sample.csv", "templates/assets_template.xlsx", "templates/risk_assessment_template.xlsx",
    "templates/sample_assets.csv", "templates/third_parties_template.xlsx",
)  # fmt: skip
RISKS = """ref_id;name;current_proba;current_impact;residual_proba;residual_impact;treatment;assets;Owner;Due date
R.1;Ransomware;Likely;Significant;--;--;mitigate;erp;K Chan;25/12/2026
R.2;Leak;very likely;Important;Unlikely;Critical;accept;erp;W. Wong;24/12/2026
"""


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


def by_dialog(qtbot: QtBot, register: Register, file: Path, mapping: Path) -> ImportDialog:
    """Through every page, taking what is suggested, to the end; the mapping is saved."""
    context = a_context(register)
    dialog = ImportDialog(context, file)
    qtbot.addWidget(dialog)
    while dialog.pages.currentIndex() < 4:
        assert dialog.next.isEnabled(), dialog.message.text() or dialog.columns.problem.text()
        dialog.go_on()
    prompts_of(context).files.append(mapping)
    dialog.keep.click()
    return dialog


def replayed(path: Path, file: Path, mapping: Path) -> list[object]:
    """What the command line makes of the same file in another register."""
    argv = ["import", str(path), str(file), "--map", str(mapping)]
    status = cli.main(argv, lambda path, argv: 0)
    assert status in (0, 1)
    register = door.open(path, read_only=True)
    with contextlib.closing(register):
        return all_values(register)


def test_own_files_when_imported_in_the_dialog_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, tmp_path: Path
) -> None:
    risks = tmp_path / "risk assessment.csv"
    risks.write_text(RISKS, encoding="utf-8")
    for file in (risks, DATA / "notices.csv", DATA / "breaches_us.csv"):
        mapping = tmp_path / f"{file.stem}.toml"
        by_dialog(qtbot, opened, file, mapping)
        assert replayed(other, file, mapping) == all_values(opened)
    assert len(opened.ids(View(kinds=("risk",)))) == 2
    assert len(opened.ids(View(kinds=("asset",)))) == 1


@pytest.mark.parametrize("file", REAL)
def test_real_file_when_imported_in_the_dialog_then_the_command_line_gives_the_same(
    qtbot: QtBot, opened: Register, other: Path, shared_data: Path, tmp_path: Path, file: str
) -> None:
    mapping = tmp_path / "map.toml"
    dialog = by_dialog(qtbot, opened, shared_data / file, mapping)
    assert dialog.plan is not None
    assert dialog.plan.counts["new"] > 0
    assert replayed(other, shared_data / file, mapping) == all_values(opened)
