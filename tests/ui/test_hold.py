"""Legal hold and privilege: seen on the record, set with who and why, and a held record is not erased."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from riskreg.errors import Expected
from tests.ui.desk import add
from ui.context import Context
from ui.dialogs.hold import HoldDialog
from ui.forms.panel import RecordPanel


@pytest.fixture
def asset(context: Context) -> int:
    context.settings.change(working_as="K. Chan")
    return add(context.register, "asset", {"title": "Payroll"})


def asked(qtbot: QtBot, context: Context, id: int) -> HoldDialog:
    made = HoldDialog(context, id)
    qtbot.addWidget(made)
    made.show()
    return made


def test_hold_when_set_then_it_is_seen_on_the_record_and_it_is_not_erased(
    qtbot: QtBot, panel: RecordPanel, context: Context, asset: int
) -> None:
    register = context.register
    panel.show_record(asset)
    assert panel.head.held.isHidden()
    dialog = asked(qtbot, context, asset)
    dialog.is_held.click()
    dialog.reason.setText("A claim is before the court.")
    dialog.save()
    assert not panel.head.held.isHidden()
    assert panel.head.held.accessibleDescription() == "A claim is before the court."
    with pytest.raises(Expected, match=r"K\. Chan"):
        register.erase(asset, "Asked for")
    again = asked(qtbot, context, asset)
    again.is_held.click()
    again.save()
    assert panel.head.held.isHidden()
    register.erase(asset, "Asked for")


def test_hold_when_it_is_not_said_why_then_nothing_is_kept(
    qtbot: QtBot, context: Context, asset: int
) -> None:
    before = context.register.head()
    dialog = asked(qtbot, context, asset)
    dialog.is_held.click()
    dialog.save()
    assert "says who set it and why" in dialog.message.text()
    assert context.register.head() == before


def test_privilege_when_set_then_it_is_seen_and_its_mark_leads_to_the_dialog(
    qtbot: QtBot, panel: RecordPanel, context: Context, asset: int
) -> None:
    wanted: list[tuple[str, int]] = []
    context.events.step_wanted.connect(lambda step, id: wanted.append((step, id)))
    dialog = asked(qtbot, context, asset)
    dialog.is_privileged.click()
    dialog.save()
    panel.show_record(asset)
    assert not panel.head.privileged.isHidden()
    panel.head.privileged.click()
    assert wanted == [("hold", asset)]
