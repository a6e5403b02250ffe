"""Pictures of dialogs, questions and menus that no page shows by itself. Each is made as a person comes to it."""

# mypy: ignore-errors

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.screens_more import _modal, _over, _scale, _settings, _tidy

TIMES_HEAD = "Ref,Aware"
"""The headings of a file that changes known times."""
WHY_TIMES = "The clock of the mail server was an hour off"
"""What a person types where times of an import are asked about."""


@contextmanager
def _shown():
    """Questions and messages are shown and not waited for; yields the last one in a list."""
    from ui.question import Question

    found = []

    def show(self):
        found[:] = [self]
        self.show()
        return 0

    with patch.object(Question, "exec", show):
        yield found


def _asked(do: Callable) -> Callable:
    """What the window asks when it is told to do something."""

    def shot(window):
        _tidy(window)
        with _shown() as found:
            do(window)
        return found[0]

    return shot


def _bin(window):
    page = window.go("asset")
    page.table.select(window.context.register.find("A-0001"))
    page.delete()


def _erase_line(window):
    from ui.forms import bins

    register = window.context.register
    bins.erase(window.context, register.record(register.find("R-0007")))


def _erase(window):
    from ui.forms import bins

    register = window.context.register
    with patch.object(window.context.prompts, "line", lambda *_asked: "Asked for by the person"):
        bins.erase(window.context, register.record(register.find("R-0007")))


def _replace(window):
    from ui.dialogs.calendar import CalendarDialog

    made = CalendarDialog(window.context)
    there = Path(os.environ["RISKREG_HOME"]) / "to-do-2026-11-20.ics"
    there.touch()
    made.where.setText(str(there))
    made.make()


def _copied(window):
    from types import SimpleNamespace

    window.ways._on_copied(SimpleNamespace(path=Path("register-copy.riskreg")))


def _calendar_made(window):
    made = _modal(window, "home", "calendar")
    made.where.setText(str(Path(os.environ["RISKREG_HOME"]) / "calendar.ics"))
    made._agreed = made.path()
    made.make()
    made.where.setText("/home/kchan/Documents/to-do-2026-11-20.ics")
    return made


def _failed(window):
    """A file that cannot be written there."""
    made = _modal(window, "home", "calendar")
    made.where.setText("/proc/nowhere/to-do-2026-11-20.ics")
    made.make()
    return made


def _working(window):
    """An export under way."""
    from riskreg.work import WRITING
    from ui.dialogs.export import ExportDialog
    from ui.jobs import Job

    _tidy(window)
    made = ExportDialog(window.context)
    job = Job("write", WRITING)
    made.progress.follow(job)
    made.progress._show(WRITING, 120, 242)
    made.start.setEnabled(False)
    made.show()
    return made


def _hand_over(is_left: bool) -> Callable:
    def shot(window):
        made = _modal(window, "home", "hand_over")
        find = window.context.register.find
        made.choose(find("P-0001"), find("P-0004"))
        made.left.setChecked(is_left)
        return made

    return shot


def _menu_of(name: str) -> Callable:
    def shot(window):
        from tests.screens import _menu

        _tidy(window)
        return _menu(name)(window)

    return shot


def _record_menu(window):
    """The menu of a record."""
    _tidy(window)
    window.go("risk")
    window.open_record(window.context.register.find("R-0007"))
    menu = window.panel.head._menu
    menu.aboutToShow.emit()
    menu.adjustSize()
    menu.popup(window.mapToGlobal(window.rect().center()))
    return menu


def _line_menu(window):
    """What the right button opens in a line."""
    _tidy(window)
    window.go("risk")
    menu = window.page("risk").search.createStandardContextMenu()
    menu.adjustSize()
    menu.popup(window.mapToGlobal(window.rect().center()))
    return menu


def _error(id: str, *ways: str, **facts: str) -> Callable:
    """The three sentences of a failure, with ways out."""

    def ask(window):
        from riskreg.errors import Expected
        from riskreg.wording import message
        from ui.ways import answers

        t = window.context.t
        window.context.prompts.error(message(Expected(id, **facts), t), answers(ways, t))

    return ask


def _unsaved(window):
    window.go("risk")
    window.new_record("risk")
    window.panel.form.title_row.editor.controls()[0].setPlainText("A letter goes astray")
    window.panel.close_record()


def _save_view(window):
    window.go("risk").views.save_as()


def _bare_scale(window):
    """A scale of seven steps that is no scale yet."""
    made = _scale("")(window)
    for count in made.editor.counts:
        count.setValue(7)
    made.look()
    return made


def _no_name(window):
    """An organisation without a name cannot be saved."""
    made = _settings(1)(window)
    made.organisation.title.setText("")
    made.save()
    return made


def _import_times(reason: str):
    """The preview of a file that changes known times, with a reason or without one."""

    def shot(window):
        from ui.dialogs.importing import ImportDialog

        rows = ("I-2026-001,2026-11-02 09:00", "I-2026-002,2026-10-13 18:40", "I-2026-003,")
        file = Path(os.environ["RISKREG_HOME"]) / "times.csv"
        file.write_text("\n".join((TIMES_HEAD, *rows)) + "\n", encoding="utf-8")
        made = ImportDialog(window.context, file)
        made.file.how.setCurrentIndex(made.file.how.count() - 2)
        made.show()
        while made.pages.currentIndex() < 3:
            made.go_on()
        if reason:
            made.preview.reason.line.setText(reason)
            made.go_on()
        return made

    return shot


DIALOGS: dict[str, Callable] = {
    "dialog-calendar": _over("home", "calendar"),
    "dialog-calendar-made": _calendar_made,
    "dialog-calendar-failed": _failed,
    "dialog-progress": _working,
    "dialog-import-times": _import_times(""),
    "dialog-import-times-why": _import_times(WHY_TIMES),
    "dialog-hand-over": _over("home", "hand_over"),
    "dialog-hand-over-preview": _hand_over(True),
    "dialog-scale-no-words": _bare_scale,
    "dialog-settings-no-name": _no_name,
    "box-error": _asked(_error("disk_full")),
    "box-error-ways": _asked(_error("disk_full", "move", "copy", "folder")),
    "box-not-saved": _asked(_unsaved),
    "message-damaged": _asked(
        _error("damaged", "backup", "folder", path="harbour.riskreg", detail="it is cut off")
    ),
    "box-depends": _asked(_bin),
    "box-erase-why": _asked(_erase_line),
    "box-erase": _asked(_erase),
    "box-replace": _asked(_replace),
    "box-copied": _asked(_copied),
    "box-save-view": _asked(_save_view),
    "menu-new": _menu_of("&New"),
    "menu-view": _menu_of("&View"),
    "menu-history": _menu_of("H&istory"),
    "menu-help": _menu_of("&Help"),
    "menu-record": _record_menu,
    "menu-line": _line_menu,
}
"""Beside those of `tests.screens`, in the order in which they are made."""
