"""A desk for tests of forms, dialogs and pages: a real register in a folder of its own, jobs in step, and someone who answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit

from riskreg import register as door
from riskreg.editing import new_record
from riskreg.errors import Message
from riskreg.i18n import Language, translator
from riskreg.settings import Settings
from riskreg.views import Register
from ui.actions import Actions
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.jobs import InStep, Jobs, Lane
from ui.prompts import Answer
from ui.settings import Preferences
from ui.theme import Theme, Wish


@dataclass
class FakePrompts:
    """Answers as it was told to and remembers what was asked."""

    answers: list[str] = field(default_factory=list)
    lines: list[str | None] = field(default_factory=list)
    files: list[Path | None] = field(default_factory=list)
    printers: list[QPrinter | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    errors: list[Message] = field(default_factory=list)
    offered: list[list[str]] = field(default_factory=list)
    """The keys of the answers that came with each error."""

    def ask(self, title: str, text: str, answers: Sequence[Answer], *, more: str = "") -> str:
        self.asked.append(" ".join((title, text, more)))
        return self.answers.pop(0)

    def tell(self, title: str, text: str, *, more: str = "") -> None:
        self.told.append(" ".join((title, text, more)))

    def error(self, message: Message, answers: Sequence[Answer] = ()) -> str:
        self.errors.append(message)
        self.offered.append([answer.key for answer in answers])
        return self.answers.pop(0) if answers and self.answers else ""

    def line(self, title: str, label: str, value: str = "") -> str | None:
        self.asked.append(" ".join((title, label)))
        return self.lines.pop(0)

    def open_file(self, title: str, patterns: str, folder: Path | None = None) -> Path | None:
        return self.files.pop(0)

    def save_file(self, title: str, patterns: str, suggestion: Path) -> Path | None:
        return self.files.pop(0)

    def folder(self, title: str, folder: Path | None = None) -> Path | None:
        return self.files.pop(0)

    def printer(self, title: str, pages: int) -> QPrinter | None:
        self.asked.append(f"{title} {pages}")
        return self.printers.pop(0)


class Held:
    """Runs nothing until it is told to: what is pressed meanwhile is pressed while a job is under way."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def start(self, lane: Lane, task: Callable[[], None]) -> None:
        self.tasks.append(task)

    def run(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()

    def close(self) -> None:
        self.run()


def a_register(folder: Path, name: str = "Harbour Clinic Ltd") -> Register:
    """An empty register of its own."""
    return door.create(folder / "register.riskreg", name=name)


def a_context(
    register: Register, language: Language = "en", wish: Wish = "light", jobs: Jobs | None = None
) -> Context:
    """What the window hands to its widgets, with `FakePrompts`."""
    t, theme = translator(language), Theme(wish)
    return Context(
        register=register,
        t=t,
        theme=theme,
        jobs=jobs or Jobs(InStep()),
        prompts=FakePrompts(),
        actions=Actions(t, theme),
        settings=Preferences(Settings(), lambda settings: None),
    )


def prompts_of(context: Context) -> FakePrompts:
    """The one who answers."""
    assert isinstance(context.prompts, FakePrompts)
    return context.prompts


def add(register: Register, kind: str, given: Mapping[str, object]) -> int:
    """A record with these values, as the command line would give them; its id."""
    changed = register.apply(new_record(register, kind, given, create_parties=True))
    return changed.new[-1]


def line_of(panel: RecordPanel, key: str) -> QLineEdit:
    """The line in which a field of the panel is typed."""
    control = panel.form.row(key).editor.controls()[0]
    assert isinstance(control, QLineEdit)
    return control
