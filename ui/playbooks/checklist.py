"""The tasks of an incident as a checklist: when each should be done, a tick that does it, who did it when."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.cases import Case
from riskreg.changes import ChangeSet, edit
from riskreg.dates import day_words, here_words
from riskreg.errors import N_, Expected
from riskreg.playbooks import playbooks
from riskreg.records import Task
from riskreg.records.fields import Value
from ui.context import Context
from ui.widgets import buttons
from ui.widgets.text import Text

DONE: Final = ("done", "verified")
_LATE: Final = N_("should have been done {time}")
_BY: Final = N_("by {time}")
_DONE_BY: Final = N_("done {day} by {who}")
_DONE_ON: Final = N_("done {day}")


class Checklist(QWidget):
    """The tasks, those of a playbook first, by their target.

    Args:
        context: What the window shares.
    """

    playbook_wanted = Signal()
    """Start a playbook."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[int, QCheckBox] = {}
        self._kept: dict[int, bool] = {}
        gettext = context.t.gettext
        self._list = QVBoxLayout()
        self._list.setSpacing(context.theme.space("s"))
        self._count = Text("", "small", "muted")
        self.start = buttons.button(
            context.theme,
            gettext(N_("Start a playbook…")),
            "list-checks",
            self.playbook_wanted.emit,
        )
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(self.start)
        self._notice = Text(
            playbooks().notice.get(context.t.language), "small", "muted", wraps=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(context.theme.space("s"))
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addWidget(self._notice)

    def show_case(self, case: Case) -> None:
        """Show the tasks of an incident."""
        self._clear()
        tasks = sorted(case.tasks, key=_order)
        for task in tasks:
            self._list.addWidget(self._row(task))
        done = sum(task.status in DONE for task in tasks)
        said = self._context.t.gettext(N_("{done} of {total} done"))
        self._count.setText(said.format(done=done, total=len(tasks)) if tasks else "")
        self._notice.setVisible(any(task.playbook_step for task in tasks))
        self.start.setEnabled(not self._context.register.read_only)

    def turn(self, task: Task, is_done: bool) -> None:
        """Done now, by whoever works here; or not done after all."""
        values: dict[str, Value] = {"status": "to_do", "done_on": None, "done_by": ""}
        if is_done:
            zone = self._context.register.organisation().zone
            who = self._context.settings.value.working_as
            values = {"status": "done", "done_on": clock.today(zone), "done_by": who}
        changed = edit(self._context.register.record(task.id), values)
        if changed:
            facts = {"refs": task.ref}
            changes = ChangeSet(act="edit", changes=(changed,), facts=facts)
            self._context.change(changes, failed=self._on_failed)

    def _on_failed(self, error: Expected) -> None:
        """Nothing was saved: each tick says again what is kept."""
        for id, box in self.rows.items():
            box.setChecked(self._kept[id])
        self._context.show_unsaved(error)

    def _row(self, task: Task) -> QWidget:
        theme, t = self._context.theme, self._context.t
        box = QCheckBox()
        box.setChecked(task.status in DONE)
        box.setAccessibleName(task.title)
        box.setEnabled(not self._context.register.read_only and task.status != "verified")
        box.clicked.connect(lambda _checked=False: self.turn(task, box.isChecked()))
        self.rows[task.id], self._kept[task.id] = box, box.isChecked()
        words = QVBoxLayout()
        words.setSpacing(0)
        is_done = task.status in DONE
        words.addWidget(Text(task.title, "body", "muted" if is_done else "text", wraps=True))
        said, tone = self._when(task)
        role = task.description.partition("\n")[0] if task.playbook_step else ""
        words.addWidget(Text(" • ".join(filter(None, (role, said))), "small", tone, wraps=True))
        open_ = buttons.link(
            theme, task.ref, partial(self._context.events.open_record.emit, task.id)
        )
        open_.setAccessibleName(t.gettext(N_("Open {ref}")).format(ref=task.ref))
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(open_, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _when(self, task: Task) -> tuple[str, str]:
        """When it was done or should be, and how that is coloured."""
        t = self._context.t
        if task.status in DONE and task.done_on:
            pattern = _DONE_BY if task.done_by else _DONE_ON
            day = day_words(task.done_on, t)
            return t.gettext(pattern).format(day=day, who=task.done_by), "low"
        if task.target_at is not None:
            is_late = task.target_at.utc < clock.now() and task.status not in DONE
            said = t.gettext(_LATE if is_late else _BY)
            when = here_words(task.target_at, self._context.register.organisation().zone, t)
            return said.format(time=when), "high" if is_late else "muted"
        return (day_words(task.due_on, t), "muted") if task.due_on else ("", "muted")

    def _clear(self) -> None:
        self.rows.clear()
        self._kept.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _order(task: Task) -> tuple[bool, str, int]:
    """By the target, those without one after the others, then as they were made."""
    when = task.target_at.utc.isoformat() if task.target_at else str(task.due_on or "9")
    return (not when, when, task.id)
