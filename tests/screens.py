"""Pictures of every page and dialog, to be looked at: `python -m tests.screens OUT`.

Made from the sample register with a still clock, in light and dark, in three languages, at 1280x800 and at 200 %; what matters most also in
high contrast. Beside the single pictures stands one sheet a page with its looks; the pages of the reports are in `paper`. What cannot be
drawn is named at the end, and the answer is then 1. With `--only WORD` only the pages whose name holds the word are drawn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.screens_dialogs import DIALOGS
from tests.screens_more import MORE
from tests.screens_pages import EMPTY, PAGES
from tests.screens_steps import STEPS

NOW: Final = "2026-11-20T18:41:00+08:00"
DOCS: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE: Final = (1280, 800)
SCALES: Final = ("1", "2")
THEMES: Final = ("light", "dark")
LANGUAGES: Final = ("en", "zh_Hant", "zh_Hans")
LOOKS: Final = tuple((theme, language) for theme in THEMES for language in LANGUAGES)
CONTRAST: Final = (
    "home", "incidents", "incidents-record", "risks-record", "todo", "policy", "start", "palette",
    "dialog-settings", "dialog-import-preview", "scene-panel-unread",
)  # fmt: skip
"""What is drawn in high contrast too, in English."""


def main() -> int:
    """Draw all pictures, each scale in a process of its own: Qt reads it once."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="draw only pages whose name holds this")
    parser.add_argument("--scale", choices=SCALES, help="draw only at this scale")
    parser.add_argument("--docs", action="store_true", help="renew the picture of the README")
    args = parser.parse_args()
    DOCS.mkdir(exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for scale in [args.scale] if args.scale else SCALES:
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": scale,
                "RISKREG_NOW": NOW,
                "RISKREG_HOME": folder,
            }
            command = [sys.executable, "-c", "from tests.screens import draw; draw()"]
            given = {
                "SCREENS_OUT": str(args.out.absolute()),
                "SCREENS_ONLY": args.only,
                "SCREENS_SCALE": scale,
            }
            done = subprocess.run(command, env={**environment, **given}, check=False)
            if done.returncode:
                failed = done.returncode
    if args.docs:
        shutil.copy(args.out / "1" / "light-en" / "home.png", DOCS / "home.png")
    return failed


def draw() -> None:
    """Draw the pictures of one scale; what is asked stands in the environment."""
    out, only, scale = (os.environ[f"SCREENS_{name}"] for name in ("OUT", "ONLY", "SCALE"))
    Studio(Path(out), only, scale).draw_all()


@dataclass(frozen=True)
class Studio:
    """Where pictures go and which are wanted."""

    out: Path
    only: str
    scale: str
    missing: list[str] = field(default_factory=list)
    """What could not be drawn, and why."""

    def draw_all(self) -> None:
        from PySide6.QtWidgets import QApplication

        from riskreg import clock, drawer, register, sample
        from ui.drawing import png_of
        from ui.theme import Theme

        drawer.draw_with(png_of)
        app = QApplication([])
        home = Path(os.environ["RISKREG_HOME"])
        with clock.fixed(datetime.fromisoformat(NOW)):
            full, bare = home / "register.riskreg", home / "new.riskreg"
            if not full.exists():
                sample.make(full)
                register.create(bare, name="Harbour Clinic Ltd").close()
            looks = home / "looks"
            looks.mkdir(exist_ok=True)
            for theme_name, language in (*LOOKS, ("contrast", "en")):
                theme = Theme(theme_name)  # type: ignore[arg-type]
                theme.apply(app)
                for source, shots in ((full, FULL), (bare, BARE)):
                    # of its own: what one look imports or saves is not there for the next
                    own = Path(shutil.copy(source, looks / source.name))
                    with Desk(own, language, theme).window() as window:
                        self._draw(shots, window, f"{theme_name}-{language}")
            if self.scale == "1":
                self._draw_paper(full)
        if self.scale == "1":
            self._make_sheets()
        for each in self.missing:
            print(f"not drawn: {each}", file=sys.stderr)
        os._exit(1 if self.missing else 0)

    def _draw_paper(self, source: Path) -> None:
        """The pages of the reports, which no window shows in this size."""
        from riskreg import register
        from tests.screens_paper import draw_pages

        opened = register.open(source, read_only=True)
        try:
            draw_pages(opened, self.out / "paper", self.only)
        finally:
            opened.close()

    def _draw(self, shots: dict[str, Shot], window: object, look: str) -> None:
        for name, shot in shots.items():
            if self.only not in name or (look.startswith("contrast") and name not in CONTRAST):
                continue
            try:
                self._save(shot, window, self.out / self.scale / look / f"{name}.png")
            except Exception as error:  # the others are drawn all the same
                self.missing.append(f"{look} {name}: {type(error).__name__}: {error}")

    def _save(self, shot: Shot, window: object, path: Path) -> None:
        from tests.ui.unasked import given_up
        from ui.turns import Turns

        widget = shot(window)
        for _ in range(4):
            _settle()
            for turns in (*window.findChildren(Turns), *widget.findChildren(Turns)):
                turns.finish()
        path.parent.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(path))
        if widget is not window:
            with given_up():
                widget.close()
            if widget.isWindow() and not widget.inherits("QMenu"):  # a menu belongs to its bar
                widget.deleteLater()
            _settle()

    def _make_sheets(self) -> None:
        """The looks of a page on one sheet, a line for each theme, so that they can be compared."""
        from PySide6.QtCore import QSize, Qt
        from PySide6.QtGui import QImage, QPainter

        wide = len(LANGUAGES)
        looks = [f"{theme}-{language}" for theme, language in LOOKS]
        names = {each.name for look in looks for each in (self.out / "1" / look).glob("*.png")}
        for name in sorted(names):
            pictures = [QImage(str(self.out / "1" / look / name)) for look in looks]
            width = max(picture.width() for picture in pictures)
            height = max(picture.height() for picture in pictures)
            size = QSize(width * wide, height * len(THEMES))
            sheet = QImage(size, QImage.Format.Format_RGB32)
            sheet.fill(Qt.GlobalColor.gray)
            painter = QPainter(sheet)
            for place, picture in enumerate(pictures):
                painter.drawImage(place % wide * width, place // wide * height, picture)
            painter.end()
            (self.out / "sheets").mkdir(exist_ok=True)
            sheet.save(str(self.out / "sheets" / name))


@dataclass(frozen=True)
class Desk:
    """A register, a language and a look, from which windows are made."""

    source: Path
    language: str
    theme: object

    @contextmanager
    def window(self) -> Iterator[object]:
        from riskreg import register
        from riskreg.i18n import translator
        from riskreg.settings import Settings
        from ui import qt_words
        from ui.actions import Actions
        from ui.context import Context
        from ui.jobs import InStep, Jobs
        from ui.prompts import WindowPrompts
        from ui.settings import Preferences
        from ui.window import MainWindow

        t = translator(self.language)  # type: ignore[arg-type]
        qt_words.speak(t.language)
        opened = register.open(self.source)
        context = Context(
            register=opened,
            t=t,
            theme=self.theme,  # type: ignore[arg-type]
            jobs=Jobs(InStep()),
            prompts=WindowPrompts(t),
            actions=Actions(t, self.theme),  # type: ignore[arg-type]
            settings=Preferences(Settings(working_as="K. Chan"), lambda _: None),
        )
        made = MainWindow(context)
        made.resize(*SIZE)
        made.show()
        try:
            yield made
        finally:
            made._is_finished = True
            for part in (made.turns, made.panel, made.state):
                part.stop()  # the register goes before the window does
            made.close()
            opened.close()
            made.deleteLater()
            _settle()


def _settle() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Shot = Callable[[object], "object"]  # type: ignore[misc]


def _page(key: str) -> Shot:
    def shot(window):
        window.panel.discard()
        window.panel.close_record()
        window.go(key)
        return window

    return shot


def _record(ref: str) -> Shot:
    def shot(window):
        window.panel.discard()
        window.go("home")
        window.open_record(window.context.register.find(ref))
        return window

    return shot


def _new(kind: str) -> Shot:
    def shot(window):
        window.panel.discard()
        window.go(kind)
        window.new_record(kind)
        return window

    return shot


def _filter(window):
    _page("risk")(window)
    page = window.page("risk")
    page.bar.start()
    page.bar.field.setCurrentIndex(page.bar.field.findData("residual_level"))
    return window


def _filtered(window):
    from riskreg.views import Where

    page = window.page("risk")
    page.bar.leave()
    page.chips.put(Where("residual_level", "in", ("high", "critical")))
    page.chips.put(Where("owner", "empty", False))
    return window


def _deleted(window):
    _page("asset")(window)
    page = window.page("asset")
    page.table.select(page.model.id_at(2))
    prompts = window.context.prompts
    prompts.ask = lambda *_asked, **_more: "bin"  # what depends on it is asked first
    try:
        page.delete()
    finally:
        del prompts.ask
    return window


def _undone(window):
    window.context.actions["undo"].trigger()
    window.page("asset").undo_bar.hide()
    return _page("bin")(window)


def _steps(window):
    _page("action")(window)
    window.page("action").rows["A2"].turn.click()
    return window


def _by_risks(window):
    _page("action")(window)
    window.page("action").by_risks.click()
    return window


def _planned(window):
    page = _page("plan")(window).page("plan")
    page.table.opened.emit(page.model.item_at(3).id)
    return window


def _search(window):
    _page("home")(window)
    window.search("外洩" if window.context.t.language != "en" else "payroll")
    return window


def _checked(window):
    _page("check")(window)
    window.page("check").check()
    return window


def _menu(name: str) -> Shot:
    def shot(window):
        for action in window.menuBar().actions():
            if action.menu() and action.text() == window.context.t.gettext(name):
                action.menu().adjustSize()
                action.menu().popup(window.mapToGlobal(window.rect().topLeft()))
                return action.menu()
        return window

    return shot


def _start(is_form: bool) -> Shot:
    def shot(window):
        from ui.pages.start import StartPage
        from ui.start_window import StartWindow

        context = window.context
        recent = (Path("/Users/kchan/Documents/clinic.riskreg"),)
        made = StartWindow(StartPage(context.t, context.theme, context.prompts, recent))
        if is_form:
            made.page.doors[1].click()
        made.show()
        return made

    return shot


def _dialog(module: str, name: str, *given: object) -> Shot:
    def shot(window):
        import importlib

        made = getattr(importlib.import_module(f"ui.dialogs.{module}"), name)(
            window.context, *given
        )
        made.show()
        return made

    return shot


def _report(name: str, *given: str) -> Shot:
    def shot(window):
        from ui.dialogs.report import ReportDialog

        made = ReportDialog(window.context, name, *given)
        made.where.setText(f"/home/kchan/Documents/{name}-2026-11-20.pdf")
        made.show()
        return made

    return shot


def _paper(window):
    from riskreg import reports
    from riskreg.reports.sheets import Sheets
    from ui.dialogs.paper import PaperDialog

    paper = reports.draw(window.context.register, "summary", window.context.t, by="K. Chan")
    made = PaperDialog(window.context, paper, Path("summary-2026-11-20.pdf"), Sheets(paper.content))
    made.show()
    return made


def _export_csv(window):
    from riskreg.views import View
    from ui.dialogs.export import ExportDialog

    made = ExportDialog(window.context, View(kinds=("risk",), words="mail"))
    made.format.setCurrentIndex(1)
    made.show()
    return made


def _export_authority(window):
    """An incident is open, and an authority asks for it alone."""
    from riskreg.views import View
    from ui.dialogs.export import ExportDialog

    made = ExportDialog(window.context, View(kinds=("incident",)), ref="I-2026-014")
    made.for_authority.setChecked(True)
    made.show()
    return made


def _export_breaches(window):
    from ui.dialogs.export import ExportDialog

    made = ExportDialog(window.context)
    made.format.setCurrentIndex(made.format.findData("breaches.csv"))
    made.show()
    return made


def _export_files(window):
    """Two days are named and the files of the evidence go along."""
    from ui.dialogs.export import ExportDialog
    from ui.dialogs.export_changes import DAYS

    made = ExportDialog(window.context, ref="I-2026-014")
    made.changes.period.setCurrentIndex(made.changes.period.findData(DAYS))
    made.files.setChecked(True)
    made.show()
    return made


def _export_made(window):
    from ui.dialogs.export import ExportDialog

    made = ExportDialog(window.context)
    made.where.setText(str(Path(tempfile.mkdtemp()) / "register-2026-11-20.xlsx"))
    made.show()
    made.make()
    made.where.setText("/home/kchan/Documents/register-2026-11-20.xlsx")
    return made


IMPORTED_NAME: Final = "Risk register 風險登記冊.csv"
IMPORTED: Final = """Ref no.,Risk Name,可能性,Impact,Treatment,Owner,Due date,Business unit
R.1,Payroll file sent to the wrong bank,Likely,important,Mitigate,K Chan,03/04/2026,Finance
R.2,Laptop with patient records left in a taxi,3,4,Avoyd,W. Wong,05/06/2026,Clinic
R.3,Former staff still in the mail group,very high,--,purple,K Chan,07/08/2026,IT
R.4,,2,2,Share,K Chan,09/10/2026,IT
R.6,Payroll file sent to wrong person,5,4,Modify (reduce),K. Chan,13/12/2026,HR
R.5,Backup tape cannot be read,2,high,Share,K Chan,soon,IT
"""


def _answer(made):
    """Day and month of the dates that can be read either way."""
    questions = made.answers.table.questions
    for row, question in enumerate(questions.given()):
        if question.sort == "order":
            questions.setData(questions.index(row, 3), "day first")


def _import(steps: int) -> Shot:
    """The import dialog after so many times Next."""

    def shot(window):
        from ui.dialogs.importing import ImportDialog

        file = Path(os.environ["RISKREG_HOME"]) / IMPORTED_NAME
        file.write_text(IMPORTED, encoding="utf-8")
        register = window.context.register
        while (last := register.undoable()) and last.facts.get("file") == file.name:
            register.undo()  # an earlier picture took it in
        made = ImportDialog(window.context, file)
        made.file.how.setCurrentIndex(made.file.how.count() - 2)  # as if it came for the first time
        made.show()
        for step in range(steps):
            if step == 2:
                _answer(made)
            made.go_on()
        return made

    return shot


BESIDE: Final = """Ref,Incident,Became aware,Told the authority,Way,Their number
BR-1,Payroll file mailed to a stranger,02/11/2026 09:00,24/11/2026 10:00,Form,DB-2026-77
BR-2,Laptop left in a taxi,13/10/2026 18:40,,,
"""

BREACHES: Final = Path(__file__).parent / "exchange" / "data" / "breach_register.csv"


def _import_breaches(window):
    from ui.dialogs.importing import ImportDialog

    made = ImportDialog(window.context, BREACHES)
    made.show()
    for _ in range(2):
        made.go_on()
    return made


def _import_beside(steps: int) -> Shot:
    """The import dialog where columns fill a notice beside each incident."""

    def shot(window):
        from ui.dialogs.importing import ImportDialog

        file = Path(os.environ["RISKREG_HOME"]) / "incidents.csv"
        file.write_text(BESIDE, encoding="utf-8")
        made = ImportDialog(window.context, file)
        made.file.how.setCurrentIndex(made.file.how.count() - 2)
        made.show()
        made.go_on()
        told = (("Told the authority", "sent_at"), ("Way", "channel"), ("Their number", "receipt"))
        for header, key in told:
            made.columns.table.choose(header, f"notice.{key}")
        for step in range(1, steps):
            if step == 2:
                _answer(made)
            made.go_on()
        return made

    return shot


SCENES = (
    "panel-history",
    "panel-new-party",
    "panel-unread",
    "panel-both-values",
    "panel-missing",
    "dialog-paste",
    "dialog-bulk-edit",
    "page-history",
    "page-check-findings",
)
"""Those of `tests.ui.scenes` that no page above shows."""


def _scene(name: str) -> Shot:
    def shot(window):
        from tests.ui.scenes import SCENES

        made = SCENES[name](window.context)
        made.show()
        return made

    return shot


NEWER = {
    "task": "T-0002",
    "measure": "M-0001",
    "activity": "AC-0003",
    "processing": "PR-0001",
    "transfer": "TR-0001",
    "evidence": "F-0002",
    "assessment": "AS-0012",
    "decision": "D-0044",
    "notice": "N-0017",
    "entry": "E-0017",
    "own_rule": "OR-0001",
}
"""A record of each kind under More, to be looked at beside its list."""

FULL: dict[str, Shot] = {
    "home": _page("home"),
    "incidents": _page("incident"),
    "incidents-record": _record("I-2026-014"),
    "incidents-new": _new("incident"),
    "risks": _page("risk"),
    "risks-filter": _filter,
    "risks-filtered": _filtered,
    "risks-record": _record("R-0007"),
    "risks-new": _new("risk"),
    "assets": _page("asset"),
    "assets-record": _record("A-0003"),
    "assets-deleted": _deleted,
    "bin": _undone,
    "todo": _page("todo"),
    "policy": _page("action"),
    "policy-steps": _steps,
    "policy-record": _record("C2"),
    "policy-risks": _by_risks,
    "plan": _page("plan"),
    "plan-record": _planned,
    "reports": _page("report"),
    **{
        name: shot
        for kind, ref in NEWER.items()
        for name, shot in ((kind, _page(kind)), (f"{kind}-record", _record(ref)))
    },
    "people": _page("party"),
    "people-record": _record("P-0001"),
    "steps": _page("step"),
    "history": _page("history"),
    "checks": _page("checks"),
    "check": _page("check"),
    "check-answer": _checked,
    "search": _search,
    "menu-file": _menu("&File"),
    "menu-edit": _menu("&Edit"),
    "start": _start(False),
    "start-form": _start(True),
    "dialog-settings": _dialog("settings", "SettingsDialog"),
    "dialog-backup": _dialog("backup", "BackupDialog"),
    "dialog-report": _report("risk-register"),
    "dialog-report-record": _report("record", "I-2026-014"),
    "dialog-report-changes": _report("changes"),
    "dialog-paper": _paper,
    "dialog-decisions": _dialog("decisions", "DecisionsDialog"),
    "dialog-export": _dialog("export", "ExportDialog"),
    "dialog-export-csv": _export_csv,
    "dialog-export-authority": _export_authority,
    "dialog-export-breaches": _export_breaches,
    "dialog-export-files": _export_files,
    "dialog-export-made": _export_made,
    "dialog-import": _dialog("importing", "ImportDialog"),
    "dialog-import-file": _import(0),
    "dialog-import-columns": _import(1),
    "dialog-import-words": _import(2),
    "dialog-import-preview": _import(3),
    "dialog-import-breaches": _import_breaches,
    "dialog-import-beside": _import_beside(1),
    "dialog-import-beside-words": _import_beside(2),
    **{f"scene-{name}": _scene(name) for name in SCENES},
    **MORE,
    **DIALOGS,
    **STEPS,
    **PAGES,
}
"""Pages and dialogs on the sample register, by name, in the order in which they are made."""

BARE: dict[str, Shot] = {
    "empty-home": _page("home"),
    "empty-incidents": _page("incident"),
    "empty-risks": _page("risk"),
    "empty-todo": _page("todo"),
    "empty-bin": _page("bin"),
    "empty-policy": _page("action"),
    "empty-plan": _page("plan"),
    "empty-search": _page("search"),
    **EMPTY,
}
"""Pages on a new register."""


if __name__ == "__main__":
    sys.exit(main())
