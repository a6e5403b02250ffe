"""The number beside the name of the checks: asked quietly, once the register has been left alone for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from riskreg import clock
from riskreg.checking import checked
from riskreg.errors import Expected
from riskreg.formats import number_words
from riskreg.records import REGISTER_KINDS
from riskreg.views import Reader, View
from ui.context import Context
from ui.jobs import Job
from ui.widgets.navigation import Mark

_QUIET_MS: Final = 2_000
_MOST_RECORDS: Final = 3_000
"""Records up to which all checks take about a second; of more the page of the checks is asked."""


class ChecksMark(QObject):
    """Asks every check after the register was opened or changed, and shows how much they found.

    Args:
        context: What the window shares.
        show: Shows the number.
        parent: With which it goes.
    """

    def __init__(self, context: Context, show: Callable[[Mark], object], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._show = show
        self._job: Job | None = None
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(_QUIET_MS)
        self.pause.timeout.connect(self._ask)

    def renew(self, _changed: object = None) -> None:
        """Ask once nothing has changed for a while."""
        if self._job:
            self._job.drop()
        self.pause.start()

    def stop(self) -> None:
        """Ask no more."""
        self.pause.stop()
        if self._job:
            self._job.drop()

    def _ask(self) -> None:
        self._job = self._context.ask(_mark, self._show, _say_nothing)


def _mark(reader: Reader) -> Mark:
    if sum(reader.count(View(kinds=(kind,))) for kind in REGISTER_KINDS) > _MOST_RECORDS:
        return Mark("")
    findings = checked(reader, clock.today(reader.organisation().zone)).findings
    has_errors = any(finding.check.level == "error" for finding in findings)
    number = number_words(len(findings)) if findings else ""
    return Mark(number, "high" if has_errors else "plain")


def _say_nothing(_error: Expected) -> None:
    """The number stays as it was: the page says what went wrong, where it is asked."""
