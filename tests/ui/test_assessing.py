"""The guided assessment: nothing is answered by itself, nothing that was answered is lost, every version stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from riskreg.case_words import DRILL
from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.records import Assessment
from riskreg.records.values import Count
from riskreg.views import Register
from tests.ui.desk import add, prompts_of
from ui import steps
from ui.assessing.dialog import AssessDialog
from ui.assessing.versions import VersionsDialog
from ui.context import Context
from ui.incident.chips import PlainChip
from ui.steps import STEPS
from ui.widgets.text import Text
from ui.window import MainWindow


@pytest.fixture
def incident(context: Context) -> int:
    return add(
        context.register,
        "incident",
        {
            "title": "Payroll mail sent to a stranger",
            "aware_at": "2026-11-20T18:40",
            "people_live_in": ["hong_kong", "eu_eea"],
            "our_role": "controller",
            "data_types": ["health", "mpf_salary"],
            "people_count": "150",
        },
    )


def asked(qtbot: QtBot, context: Context, incident: int) -> AssessDialog:
    made = AssessDialog(context, incident)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: AssessDialog, key: str, value: object) -> None:
    """Press an answer as a person does."""
    dialog.go_to(key)
    box = next(page.boxes[key] for page in dialog.pages if key in page.boxes)
    next(row for row in box.options if row.option.value == value).mark.click()


def answer_severity(dialog: AssessDialog) -> None:
    for category in ("simple", "behavioural"):
        choose(dialog, f"context_{category}", "c0")
    choose(dialog, "context_financial", "c3")
    choose(dialog, "context_sensitive", "c0")
    choose(dialog, "ease", "maximum")
    choose(dialog, "confidentiality", "known_recipients")
    choose(dialog, "integrity", "not_affected")
    choose(dialog, "availability", "not_affected")
    choose(dialog, "is_malicious", False)


def texts(widget: QWidget) -> str:
    QCoreApplication.processEvents()
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


def test_assessing_when_opened_then_nothing_is_answered_and_data_only_suggests(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    dialog = asked(qtbot, context, incident)
    assert dialog.answers.values == {}
    data = next(page for page in dialog.pages if page.page.key == "data")
    suggested = [key for key, box in data.boxes.items() if box.question.is_suggested]
    assert suggested == ["context_financial", "context_sensitive"]
    assert not any(row.mark.isChecked() for box in data.boxes.values() for row in box.options)


def test_assessing_when_answers_are_missing_then_they_are_named_and_lead_back(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    dialog = asked(qtbot, context, incident)
    choose(dialog, "context_financial", "c4")
    dialog.show_page(len(dialog.pages))
    said = texts(dialog.outcome)
    assert "Not all is answered: it will be between Low and Very high." in said
    assert "Not answered yet" in said
    dialog.go_to("ease")
    page = dialog.pages[dialog.stack.currentIndex()]
    assert page.page.key == "identity"


def test_assessing_when_all_is_answered_then_band_advice_and_sum_are_shown(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    dialog = asked(qtbot, context, incident)
    answer_severity(dialog)
    choose(dialog, "harms", "financial_loss")
    choose(dialog, "sensitivity", "raises")
    dialog.show_page(len(dialog.pages))
    said = texts(dialog.outcome)
    assert "Significant consequences, overcome with serious difficulty." in said
    assert "Harm to the people: Likely." in said
    assert "3 × 1.00 + 0.25 = 3.25" not in said  # one click deeper
    outcomes = {each.rule.key: each.advice.outcome for each in dialog.outcome.advised}
    assert outcomes["hk_pcpd"] == "notify"
    assert outcomes["eu_authority"] == "notify"
    dialog.outcome._turn_method()
    assert "3 × 1.00 + 0.25 = 3.25" in texts(dialog.outcome)


def test_assessing_when_saved_then_it_is_one_step_and_the_incident_follows(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    register, dialog = context.register, asked(qtbot, context, incident)
    answer_severity(dialog)
    dialog.go_to("people_count")
    box = next(page.boxes["people_count"] for page in dialog.pages if "people_count" in page.boxes)
    assert box.known.text() == "From the incident: 150"
    box.known.click()
    dialog.show_page(len(dialog.pages))
    before = register.head().seq
    dialog.save()
    assert dialog.message.text()  # who made it is asked
    assert register.head().seq == before
    dialog.outcome.own["made_by"].set_value("K. Chan")
    dialog.save()
    assert register.head().seq == before + 1
    case = case_of(register, incident)
    assert case.assessment is not None
    assert case.assessment.made_by == "K. Chan"
    assert case.assessment.people_count == Count(150, "exact")
    assert case.assessment.harm_foreseen is None
    assert case.incident.severity == "high"
    assert case.incident.assessed_at is not None
    assert register.drafts() == []


def test_assessing_when_stopped_then_it_goes_on_where_it_stopped(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    first = asked(qtbot, context, incident)
    choose(first, "harms", None)
    choose(first, "ongoing", "raises")
    first.close_button.click()
    second = asked(qtbot, context, incident)
    assert second.answers.values["ongoing"] == "raises"
    assert second.answers.values["harm_foreseen"] is False
    assert "You stopped here" in second.message.text()
    second.message.buttons[0].click()
    assert second.answers.values == {}


def test_assessing_when_assessed_before_then_each_answer_is_offered_and_none_taken(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    first = asked(qtbot, context, incident)
    choose(first, "ongoing", "raises")
    choose(first, "harms", "financial_loss")
    first.outcome.own["made_by"].set_value("K. Chan")
    first.save()
    second = asked(qtbot, context, incident)
    assert second.answers.values == {}
    box = next(page.boxes["ongoing"] for page in second.pages if "ongoing" in page.boxes)
    assert box.before.text() == "As before: Raises the risk"
    box.before.click()
    assert second.answers.values == {"ongoing": "raises"}
    second.message.buttons[0].click()
    assert second.answers.values["harms"] == frozenset({"financial_loss"})
    choose(second, "ongoing", "lowers")
    second.outcome.own["made_by"].set_value("K. Chan")
    second.save()
    both = case_of(context.register, incident).assessments
    assert [each.ongoing for each in both] == ["raises", "lowers"]
    assert all(isinstance(each, Assessment) for each in both)
    compared = VersionsDialog(context, incident)
    qtbot.addWidget(compared)
    shown = [
        [compared.table.item(row, column).text() for column in range(3)]
        for row in range(compared.table.rowCount())
    ]
    assert ["Ongoing", "It makes harm likelier", "It makes harm less likely"] in [
        [label, then, later] for label, then, later in shown
    ] or any(label == "Ongoing" and then != later for label, then, later in shown)
    assert all(then != later for _label, then, later in shown)
    assert compared.table.item(0, 1).toolTip() == ""  # Qt would take typed words for markup
    compared.all.setChecked(True)
    assert compared.table.rowCount() > len(shown)


def test_assessing_when_asked_from_the_menu_of_an_incident_then_it_opens(
    window: MainWindow, clinic: Register
) -> None:
    window.open_record(clinic.find("I-2026-001"))
    offered = {action.text(): action for action in window.panel.head.findChildren(QAction)}
    offered["Assess how bad it could be…"].trigger()
    dialog = window.findChild(AssessDialog)
    assert dialog is not None
    dialog.close()
    assert prompts_of(window.context).asked == []


def test_assessing_when_one_before_is_held_and_noted_then_only_answers_are_taken_over(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    first = asked(qtbot, context, incident)
    choose(first, "ongoing", "raises")
    first.outcome.own["made_by"].set_value("K. Chan")
    first.save()
    made = case_of(context.register, incident).assessments[-1]
    marks = {"hold_reason": "A claim", "hold_by": "K. Chan", "notes": "By telephone"}
    change = edit(made, marks)
    assert change is not None
    context.change(ChangeSet(act="edit", changes=(change,)))
    second = asked(qtbot, context, incident)
    second.answers.take_all_before()
    assert second.answers.values == {"ongoing": "raises"}


def test_steps_when_the_incident_is_a_drill_then_every_dialog_says_so(
    qtbot: QtBot, context: Context
) -> None:
    given = {"title": "Ransomware", "drill": True, "people_live_in": ["hong_kong"]}
    drill = add(context.register, "incident", given)
    for step in STEPS:
        dialog = steps.dialog(step, context, drill, None)
        qtbot.addWidget(dialog)
        assert DRILL in [each.text() for each in dialog.findChildren(PlainChip)]
        dialog.close()


def figure_line(dialog: AssessDialog) -> QLineEdit:
    dialog.go_to("people_count")
    box = next(page.boxes["people_count"] for page in dialog.pages if "people_count" in page.boxes)
    assert box.figure is not None
    line = box.figure.controls()[0]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    return line


@pytest.mark.parametrize(
    ("text", "value"), [("1,200", Count(1200, "exact")), ("12 thousand", None), ("100-200", None)]
)
def test_assessing_when_a_figure_is_typed_then_no_letter_is_lost_on_the_way(
    qtbot: QtBot, context: Context, incident: int, text: str, value: Count | None
) -> None:
    dialog = asked(qtbot, context, incident)
    line = figure_line(dialog)
    line.clear()
    QTest.keyClicks(line, text)
    assert line.text() == text
    assert dialog.answers.values.get("people_count") == value


def test_assessing_when_a_figure_cannot_be_read_then_saving_goes_there(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    dialog = asked(qtbot, context, incident)
    line = figure_line(dialog)
    QTest.keyClicks(line, "twelve")
    dialog.show_page(len(dialog.pages))
    before = context.register.head()
    dialog.save()
    assert context.register.head() == before
    assert dialog.stack.currentIndex() < len(dialog.pages)
    assert line.text() == "twelve"


def test_versions_when_a_reason_has_angle_brackets_then_no_tip_reads_them_as_a_page(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    given = {"incident": context.register.record(incident).ref, "made_at": "2026-11-20T19:00"}
    for said in ("A <b>bold</b> claim", "A <i>calm</i> one"):
        add(context.register, "assessment", {**given, "title": "How bad", "reasoning": said})
    dialog = VersionsDialog(context, incident)
    qtbot.addWidget(dialog)
    cells = [
        dialog.table.item(row, column)
        for row in range(dialog.table.rowCount())
        for column in (1, 2)
    ]
    assert any(cell and "<b>" in cell.text() for cell in cells)
    assert not any(cell and cell.toolTip() for cell in cells)
