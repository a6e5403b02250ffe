"""The steps taken with an incident, each in a dialog of its own that is loaded when it is wanted."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from PySide6.QtWidgets import QDialog, QWidget

from riskreg.errors import N_
from ui.context import Context

Step: TypeAlias = Literal["assess", "versions", "playbook", "notices", "review", "hold"]

STEPS: Final[dict[Step, str]] = {
    "playbook": N_("Start a playbook…"),
    "assess": N_("Assess how bad it could be…"),
    "versions": N_("Compare the assessments…"),
    "notices": N_("Notices…"),
    "review": N_("Look back and close…"),
}
"""What those of an incident are called where they are offered, in the order in which they come."""


HOLD: Final = N_("Legal hold and privilege…")
"""The step that is taken with a record of any kind."""


def dialog(step: Step, context: Context, incident: int, parent: QWidget | None) -> QDialog:
    """The dialog of a step with one incident; that of a hold is about a record of any kind."""
    match step:
        case "assess":
            from ui.assessing.dialog import AssessDialog

            return AssessDialog(context, incident, parent)
        case "versions":
            from ui.assessing.versions import VersionsDialog

            return VersionsDialog(context, incident, parent)
        case "playbook":
            from ui.playbooks.dialog import PlaybookDialog

            return PlaybookDialog(context, incident, parent)
        case "notices":
            from ui.notices.dialog import NoticesDialog

            return NoticesDialog(context, incident, parent)
        case "hold":
            from ui.dialogs.hold import HoldDialog

            return HoldDialog(context, incident, parent)
        case "review":
            from ui.closing.dialog import ReviewDialog

            return ReviewDialog(context, incident, parent)
