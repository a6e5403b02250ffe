"""The guides say what runs: every command in them is run in its order, every name of the window is one."""

from __future__ import annotations

import io
import os
import re
import shlex
import textwrap
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from riskreg import cli, clock
from riskreg.commands import every
from riskreg.records import REGISTER_KINDS
from riskreg.reports import REPORTS
from tests.conftest import NOW
from tests.e2e.program import ROOT, Program
from ui.actions import COMMANDS

DOCS = ROOT / "docs"
GUIDES = [DOCS / f"guide-{reader}.md" for reader in ("auditor", "breach", "dpo", "it")]
BLOCK = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READ_AT = {"guide-breach": datetime(2026, 11, 23, 4, tzinfo=UTC)}
"""When what a guide tells of has happened, where it tells when it did."""
ENDS = re.compile(r"  # ends with (\d)$")
EXAMPLE = "412-ABCD-EFGH-JKMN-PQRS-TVWX"
CODE = re.compile(r"\b\d+(?:-[0-9A-HJKMNP-TV-Z]{4}){5}\b")


@dataclass(frozen=True)
class Told:
    """A command of a guide, with what the guide says of it."""

    line: str
    prints: tuple[str, ...]

    @property
    def status(self) -> int:
        found = ENDS.search(self.line)
        return int(found[1]) if found else 0

    @property
    def words(self) -> list[str]:
        return shlex.split(ENDS.sub("", self.line))


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    for match in BLOCK.finditer(text):
        yield match[1], match[2], match[3]


def told(block: str) -> Iterator[Told]:
    for part in block.split("$ ")[1:]:
        line, *prints = part.rstrip("\n").split("\n")
        yield Told(line, tuple(prints))


def run_here(words: list[str], status: int) -> str:
    """What a command says on both channels; in this process, for there are many of them (tests/e2e starts each once)."""
    heard = io.StringIO()
    with redirect_stdout(heard), redirect_stderr(heard):
        ended = cli.main(words, lambda path, argv: 1)
    assert ended == status, (words, heard.getvalue())
    return heard.getvalue()


class Reader:
    """Does what a guide says, in a folder of its own, and knows the code and the backup it speaks of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = self.backup = ""

    def obey(self, command: Told) -> None:
        assert command.words[:2] == ["python", "main.py"], command.line
        words = [self.meant(word) for word in command.words[2:]]
        target = None
        if ">" in words:
            words, target = words[: words.index(">")], words[words.index(">") + 1]
        said = run_here(words, command.status)
        if target:
            (self.folder / target).write_text(said, encoding="utf-8")
        self.compare(command, said)
        self.remember(words[0], said)

    def meant(self, word: str) -> str:
        """What the reader puts in the place of an example."""
        return word.replace(EXAMPLE, self.code or EXAMPLE).replace("BACKUP", self.backup)

    def compare(self, command: Told, said: str) -> None:
        """Each line of the guide stands in what was printed, in this order, whatever the widths of columns."""
        lines = (" ".join(line.split()) for line in said.splitlines())
        for wanted in command.prints:
            pattern = re.escape(" ".join(wanted.split())).replace("…", ".*")
            assert any(re.search(pattern, line) for line in lines), (command.line, wanted, said)

    def remember(self, command: str, said: str) -> None:
        if command in ("report", "export") and (found := CODE.search(said)):
            self.code = found[0]
        if command == "backups" and (found := re.search(r"\S+\.riskreg", said)):
            self.backup = found[0]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide_when_followed_to_the_letter_does_what_it_says(guide, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
    reader = Reader(tmp_path)
    count = 0
    now = READ_AT.get(guide.stem, NOW)
    for kind, name, text in blocks(guide.read_text(encoding="utf-8")):
        if kind == "console":
            for command in told(text):
                with clock.fixed(now):
                    reader.obey(command)
                count += 1
        else:
            assert kind in ("csv", "json", "text"), "only commands and files stand in blocks"
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert count > 10


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide_when_it_names_a_button_or_a_page_then_the_program_has_it(guide):
    text = BLOCK.sub("", guide.read_text(encoding="utf-8"))
    named = re.findall(r"(?<![*\w])\*([^*]+)\*(?![*\w])", text)
    source = "".join(
        path.read_text(encoding="utf-8")
        for room in ("ui", "riskreg")
        for path in (ROOT / room).rglob("*.py")
    )
    names = {" ".join(name.split()) for name in named}
    assert [name for name in sorted(names) if f'"{name}"' not in source] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide_when_it_names_a_key_a_command_or_a_file_then_it_is_there(guide):
    text = guide.read_text(encoding="utf-8")
    keys = {command.keys for command in COMMANDS if isinstance(command.keys, str)}
    known = {*keys, "Ctrl+Z", "Ctrl+P", "Ctrl+A"}
    assert set(re.findall(r"Ctrl\+(?:Shift\+)?\w", text)) <= known
    assert [
        link for link in re.findall(r"\]\(([^)#]+)\)", text) if not (DOCS / link).exists()
    ] == []


def test_workbook_when_a_cell_was_altered_is_what_the_auditor_sees(tmp_path, monkeypatch):
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path / "home"))
    register, sent = str(tmp_path / "given.riskreg"), str(tmp_path / "sent.xlsx")
    run_here(["demo", register], 0)
    run_here(["export", register, sent, "--kind", "risk"], 0)
    book = openpyxl.load_workbook(sent)
    [cell] = [cell for row in book["Risks"] for cell in row if cell.value == "R-0001"]
    cell.offset(column=1).value = "Nothing to see here"
    book.save(sent)
    assert ": 0 new, 1 changed, " in run_here(["import", register, sent, "--dry-run"], 0)


def test_guide_for_it_names_every_key_of_health_and_no_other(tmp_path):
    program = Program(tmp_path / "home")
    program.said("new", tmp_path / "new.riskreg", "--name", "Clinic")
    [found] = program.json("health", tmp_path)
    table = (DOCS / "guide-it.md").read_text(encoding="utf-8").split("| Key | Says |")[1]
    rows = [line.split("|")[1] for line in table.split("\n\n")[0].splitlines() if line[:3] == "| `"]
    assert sorted(re.findall(r"`(\w+)`", "".join(rows))) == sorted(found)


def test_guide_for_it_names_the_folders_that_the_program_uses(tmp_path, monkeypatch):
    text = (DOCS / "guide-it.md").read_text(encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in list(os.environ):
        if name.startswith("XDG_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("RISKREG_HOME")
    for system in (Unix("riskreg", appauthor=False), MacOS("riskreg", appauthor=False)):
        config = system.user_config_dir.replace(str(tmp_path), "~")
        data = system.user_data_dir.replace(str(tmp_path), "~")
        for place in (f"{config}/settings.json", f"{data}/backups/ID/", f"{data}/logs/riskreg.log"):
            assert f"`{place}`" in text
    home = tmp_path / "home"
    program = Program(home)
    program.said("demo", tmp_path / "a.riskreg")
    [made] = program.json("backups", tmp_path / "a.riskreg")
    [found] = program.json("health", tmp_path)
    assert Path(made["path"]).parent == home / "data" / "backups" / found["register"]
    assert (home / "data" / "logs" / "riskreg.log").is_file()


def test_user_guide_names_every_command_kind_and_report():
    text = (DOCS / "user-guide.md").read_text(encoding="utf-8")
    commands = text.split("## The command line")[1].split("```")[1]
    named = set(re.findall(r"[a-z]+", commands))
    assert [name for name in every.COMMANDS if name not in named] == []
    assert [name for name in (*REGISTER_KINDS, *REPORTS) if f"`{name}`" not in text] == []
    narrowed = [name for name, report in REPORTS.items() if report.about == "all"]
    sentence = text.split("All but ")[1].split("with `--ref`")[0]
    assert set(narrowed) <= set(re.findall(r"`([a-z-]+)`", sentence))


def test_every_command_of_a_guide_is_a_line_that_a_shell_reads():
    for guide in GUIDES:
        for kind, _, text in blocks(guide.read_text(encoding="utf-8")):
            if kind == "console":
                assert text.startswith("$ "), textwrap.shorten(text, 60)
