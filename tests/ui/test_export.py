"""The export dialog: what it makes, what it says before and after, and how it stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.changes import ChangeSet, addition
from riskreg.views import Register, View, Where
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.export import ExportDialog
from ui.jobs import Jobs, Threads


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def shown(qtbot: QtBot, dialog: ExportDialog) -> ExportDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, ending: str) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(ending))


def test_format_when_csv_is_chosen_then_what_it_loses_is_said_and_one_kind_is_asked(
    qtbot: QtBot, context: Context
) -> None:
    dialog = shown(qtbot, ExportDialog(context))
    assert not dialog.loses.isVisible()
    assert dialog.kinds["risk"].isVisible()
    assert dialog.where.text().endswith(".xlsx")
    choose(dialog, ".csv")
    assert "no drop-downs" in dialog.loses.text()
    assert dialog.loses.isVisible()
    assert not dialog.kinds["risk"].isVisible()
    assert dialog.kind.isVisible()
    assert dialog.where.text().endswith("register-2026-11-20.csv")
    choose(dialog, ".xlsx")
    assert dialog.where.text().endswith("register-2026-11-20.xlsx")


def test_export_when_csv_then_the_kind_that_was_chosen_is_written(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "risk", {"title": "=1+1"})
    dialog = shown(qtbot, ExportDialog(context))
    choose(dialog, ".csv")
    dialog.kind.setCurrentIndex(dialog.kind.findData("risk"))
    dialog.where.setText(str(tmp_path / "risks"))
    dialog.make()
    assert "R-0001,'=1+1," in (tmp_path / "risks.csv").read_text(encoding="utf-8-sig")
    assert dialog.message.text() == (
        "1 record exported and read back without differences. This file is not encrypted."
    )
    assert [button.text() for button in dialog.message.buttons] == ["Open the folder"]


def test_list_when_it_is_narrowed_then_it_is_what_is_offered_first(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    for title, status in (("apple", "open"), ("pear", "closed")):
        add(opened, "risk", {"title": title, "status": status})
    whole = shown(qtbot, ExportDialog(context, View(kinds=("risk",))))
    assert not whole.list_only.isChecked()
    narrowed = View(kinds=("risk",), where=(Where("status", "=", "closed"),))
    dialog = shown(qtbot, ExportDialog(context, narrowed))
    assert dialog.list_only.text() == "Only the list on the screen: Risks, 1 record"
    assert dialog.list_only.isChecked()
    for ending in (".csv", ".xlsx"):
        choose(dialog, ending)
        dialog.where.setText(str(tmp_path / f"list{ending}"))
        dialog.make()
        assert dialog.message.text().startswith("1 record exported")
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert "pear" in text
    assert "apple" not in text


def test_list_when_it_is_sorted_then_the_file_has_that_order(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    for title in ("fig", "apple", "pear"):
        add(opened, "risk", {"title": title})
    dialog = shown(qtbot, ExportDialog(context, View(kinds=("risk",), sort=(("title", True),))))
    dialog.list_only.setChecked(True)
    found = {}
    for ending in (".csv", ".xlsx"):
        choose(dialog, ending)
        dialog.where.setText(str(tmp_path / f"list{ending}"))
        dialog.make()
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    found["csv"] = sorted(("fig", "apple", "pear"), key=text.index)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["Risks"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    found["xlsx"] = [cell for cell in cells if cell in ("fig", "apple", "pear")]
    assert found == {kind: ["pear", "fig", "apple"] for kind in ("csv", "xlsx")}


def test_export_when_redacted_then_titles_are_not_in_the_file(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "risk", {"title": "Wilhelmina's letter"})
    dialog = shown(qtbot, ExportDialog(context))
    choose(dialog, ".csv")
    dialog.kind.setCurrentIndex(dialog.kind.findData("risk"))
    dialog.redacted.setChecked(True)
    dialog.where.setText(str(tmp_path / "risks.csv"))
    dialog.make()
    text = (tmp_path / "risks.csv").read_text(encoding="utf-8-sig")
    assert "R-0001" in text
    assert "Wilhelmina" not in text


@pytest.fixture
def threaded(opened: Register, qtbot: QtBot) -> Iterator[Context]:
    """A window's context with threads beside it and a register that takes a while to write."""
    changes = tuple(
        addition("risk", {"title": f"Risk {n}", "cause": "A letter went astray. " * 20}, -1 - n)
        for n in range(6_000)
    )
    opened.apply(ChangeSet(act="import", changes=changes))
    jobs = Jobs(Threads())
    yield a_context(opened, jobs=jobs)
    jobs.close()


@pytest.mark.parametrize(
    ("ending", "stage"),
    [(".xlsx", "Writing the file"), (".xlsx", "Checking"), (".csv", "Writing the file")],
)
def test_export_when_cancelled_then_it_stops_within_300_ms_and_the_old_file_stays(
    qtbot: QtBot, threaded: Context, tmp_path: Path, ending: str, stage: str
) -> None:
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"the old one")
    prompts_of(threaded).answers.append("replace")
    dialog = shown(qtbot, ExportDialog(threaded))
    choose(dialog, ending)
    dialog.kind.setCurrentIndex(dialog.kind.findData("risk"))
    dialog.where.setText(str(path))
    words, bar = dialog.progress.words, dialog.progress.bar
    is_begun = stage == "Checking"  # what writes is said to write from the first
    begun: list[Callable[[], float]] = []

    def cancel() -> bool:
        if not begun and words.text().startswith(stage) and (is_begun or bar.value() > 0):
            begun.append(clock.stopwatch())
            dialog.progress.cancel.click()
        return bool(begun)

    bar.valueChanged.connect(cancel)  # looking now and then may miss a stage that is short
    for _ in range(5):  # a stage can pass between two looks at the progress
        dialog.make()
        qtbot.waitUntil(lambda: cancel() or not dialog.progress.isVisible(), timeout=20_000)
        if begun:
            break
        path.write_bytes(b"the old one")
        prompts_of(threaded).answers.append("replace")
    since = begun[0]
    assert words.text() == "Stopping…"
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=20_000)
    taken = since()
    assert dialog.message.text() == "Cancelled."
    assert path.read_bytes() == b"the old one"
    assert sorted(each.name for each in tmp_path.iterdir() if "out" in each.name) == [path.name]
    assert dialog.start.isEnabled()
    assert taken < 0.3
