"""Pictures of what opens over the pages: palette, menus, choosers, settings, offers. Each is made as a person comes to it."""

# mypy: ignore-errors

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from riskreg import clock

DRAFTED = "R-0007"


def _tidy(window):
    """As the window was before the last picture."""
    register = window.context.register
    window.panel.discard()
    window.panel.close_record()
    window.notice.hide()
    register.drop_draft(DRAFTED)
    last = register.undoable()
    if last is not None and last.act == "import":
        register.undo()
        window.state.refresh()


def _modal(window, place: str, command: str):
    """What a command opens over a page."""
    from PySide6.QtWidgets import QApplication

    _tidy(window)
    window.go(place)
    window.context.actions[command].trigger()
    return QApplication.activeModalWidget()


def _palette(words: str, chinese: str = "") -> Callable:
    def shot(window):
        made = _modal(window, "home", "palette")
        made.line.setText(chinese if chinese and window.context.t.language != "en" else words)
        made._ask()
        return made

    return shot


def _over(place: str, command: str) -> Callable:
    return lambda window: _modal(window, place, command)


def _views(window):
    """The menu of the views of a list, one of them saved."""
    _tidy(window)
    page, register = window.go("risk"), window.context.register
    if not page.views.saved():
        changes = page.views._adding(register, "High, no owner", page.question())
        register.apply(changes)
    menu = page.views.menu(page.views.saved())
    menu.adjustSize()
    menu.popup(page.views.chip.mapToGlobal(page.views.chip.rect().bottomLeft()))
    return menu


def _settings(part: int) -> Callable:
    def shot(window):
        _tidy(window)
        from ui.dialogs.settings import SettingsDialog

        made = SettingsDialog(window.context, part=part)
        made.show()
        return made

    return shot


def _scale(begin: str) -> Callable:
    """The dialog of the scale; with a name, what that scale would change."""

    def shot(window):
        _tidy(window)
        from ui.dialogs.scale_dialog import ScaleDialog

        made = ScaleDialog(window.context)
        made.show()
        if begin:
            names = [made.start.itemText(row) for row in range(made.start.count())]
            made.start.setCurrentIndex(next(n for n, name in enumerate(names) if begin in name))
            made.look()
        return made

    return shot


def _scale_money(window):
    """The bands of money of a scale."""
    made = _scale("")(window)
    editor = made.editor.dimensions
    made.editor.tabs.setCurrentIndex(1)
    editor.chooser.setCurrentIndex(editor.chooser.findData("money"))
    for row, amount in enumerate(("10,000", "100,000", "500,000", "2,000,000")):
        editor.table.item(row, 2).setText(amount)
    return made


def _scale_kept(window):
    """Old scores keep the old scale."""
    made = _scale("3 × 3")(window)
    made.keeps.setChecked(True)
    return made


def _dimensions(title: str) -> Callable:
    """The scores of a risk, and what its impact falls on."""

    def shot(window):
        _tidy(window)
        (id,) = window.context.register.called("risk", [title])[title]
        window.go("risk")
        window.open_record(id)
        panel = window.panel
        panel.form.complete()
        for key in ("target_level", "impact_people"):
            panel.form.row(key)
        panel.form.go_to("impact_people")
        return window

    return shot


def _chosen(window):
    """Three risks are chosen: they can be edited together."""
    from PySide6.QtCore import QItemSelectionModel

    _tidy(window)
    page = window.go("risk")
    flags = QItemSelectionModel.SelectionFlag
    for row in range(3):
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)
    return window


def _draft(window):
    """What was being written before the program was cut off is offered."""
    _tidy(window)
    register, panel = window.context.register, window.panel
    window.go("risk")
    window.open_record(register.find(DRAFTED))
    line = panel.form.row("residual_likelihood").editor
    line.set_value(1 if line.value() != 1 else 2)
    line.changed.emit()
    written = panel._written()
    panel.discard()
    panel.close_record()
    register.keep_draft(*written)
    window.open_record(register.find(DRAFTED))
    return window


def _synced(window):
    """The notice of a register in a synchronised folder."""
    from ui.pages.start_form import SYNCED

    _tidy(window)
    window.go("home")
    t = window.context.t
    words = t.gettext(SYNCED).format(program="OneDrive")
    label = t.gettext("Move it to {folder}").format(folder="Registers")
    window.notice.say(words, label, lambda: None)
    return window


def _start(kind: str) -> Callable:
    def shot(window):
        from ui.pages.start import StartPage
        from ui.start_window import StartWindow

        context = window.context
        made = StartWindow(StartPage(context.t, context.theme, context.prompts, ()))
        if kind != "first":
            made.page.doors[1].click()
        if kind == "missing":
            made.page.form.make.click()
        if kind == "synced":
            folder = Path(os.environ["RISKREG_HOME"]) / "Dropbox"
            (folder / ".dropbox").mkdir(parents=True, exist_ok=True)
            made.page.form.path.setText(str(folder / "register.riskreg"))
        if kind == "busy":
            made.page.show_working(context.t.gettext("Making the register"))
        made.show()
        return made

    return shot


def _imported(window):
    """The import dialog after the import."""
    from tests.screens import _import

    _tidy(window)
    return _import(4)(window)


def _record_history(window):
    _tidy(window)
    window.go("risk")
    window.open_record(window.context.register.find("R-0007"))
    window.panel.show_history()
    return window


def _accepting(window):
    """A risk that is being accepted: who, until when and why are asked for at once."""
    _tidy(window)
    window.go("risk")
    window.open_record(window.context.register.find("R-0007"))
    box = window.panel.form.row("status").editor.box
    box.setCurrentIndex(box.findData("accepted"))
    box.activated.emit(box.currentIndex())
    return window


def _open_backup(window):
    """The backups of a register that cannot be opened; the newest is damaged too."""
    from dataclasses import replace

    from riskreg import rescue
    from riskreg.views import Backup
    from ui.dialogs.open_backup import OpenBackupDialog

    _tidy(window)
    context, name = window.context, window.context.register.organisation().title
    made = Backup(path=Path("a"), made_at=clock.now(), seq=900, records=265, size=611_000)
    offered = [
        rescue.Offered(replace(made, made_at=made.made_at - timedelta(days=age)), name, whole, True)
        for age, whole in ((1, True), (3, None), (8, None), (37, None), (0, False))
    ]
    dialog = OpenBackupDialog(context.t, context.theme, context.prompts, offered, window)
    dialog.show()
    return dialog


def _disk_full(window):
    """A new risk that could not be saved."""
    from riskreg.errors import Expected

    _tidy(window)
    window.go("risk")
    window.new_record("risk")
    window.panel.form.title_row.editor.controls()[0].setPlainText("A letter goes to an old address")
    window.panel._on_failed(Expected("disk_full"))
    return window


MORE: dict[str, Callable] = {
    "dialog-open-backup": _open_backup,
    "risks-record-disk-full": _disk_full,
    "risks-chosen": _chosen,
    "risks-columns": _over("risk", "columns"),
    "risks-views": _views,
    "risks-record-history": _record_history,
    "risks-draft": _draft,
    "palette": _palette(""),
    "palette-words": _palette("payroll", "外洩"),
    "palette-report": _palette("risk register report", "報告"),
    "keys": _over("home", "keys"),
    "dialog-compare-risks": _over("home", "compare_risks"),
    "dialog-suggestions": _over("home", "suggestions"),
    "risks-record-accepting": _accepting,
    "dialog-settings-organisation": _settings(1),
    "dialog-settings-backups": _settings(2),
    "dialog-settings-privacy": _settings(3),
    "dialog-settings-scale": _settings(4),
    "dialog-settings-choices": _settings(5),
    "dialog-settings-scale-change": _scale(""),
    "dialog-settings-scale-effect": _scale("3 × 3"),
    "dialog-settings-scale-money": _scale_money,
    "dialog-settings-scale-kept": _scale_kept,
    "panel-risk-dimensions": _dimensions("Ransomware on the clinic system"),
    "panel-risk-own-scale": _dimensions("Reminders by chat message reach the wrong phone"),
    "dialog-import-result": _imported,
    "start-first": _start("first"),
    "start-form-missing": _start("missing"),
    "start-form-synced": _start("synced"),
    "start-busy": _start("busy"),
    "home-synced": _synced,
}
"""Beside those of `tests.screens`, in the order in which they are made."""
