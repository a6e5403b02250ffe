"""The command line refuses in three sentences, never with a traceback, and changes nothing then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from riskreg import cli, log, register, settings
from riskreg.commands import every
from riskreg.commands.every import Command

ROOT = Path(__file__).resolve().parent.parent


class Window:
    """Notes what it was asked to open."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path | None, list[str]]] = []

    def __call__(self, path, argv) -> int:
        self.opened.append((path, list(argv)))
        return 0


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
    return tmp_path / "home"


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def run(capsys, window):
    def run(*argv: str) -> tuple[int, str, str]:
        status = cli.main([str(text) for text in argv], window)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def path(tmp_path) -> Path:
    made = register.create(tmp_path / "t.riskreg", name="Test")
    made.close()
    return tmp_path / "t.riskreg"


def assert_refused(answer, *words: str) -> None:
    status, out, err = answer
    assert status == 2
    assert out == ""
    lines = err.splitlines()
    assert len([line for line in lines if not line.startswith("  ")]) == 3, err
    assert all(line[-1] in ".。" for line in lines[:3])
    assert "Traceback" not in err
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["list", "x.riskreg", "risk", "--colour"],
        ["lst", "x.riskreg", "risk"],
        ["list", "x.riskreg", "risk", "--limit", "few"],
        ["list", "x.riskreg", "risk", "--lim", "1"],
        ["undo", "x.riskreg", "--count", "0"],
        ["set", "x.riskreg", "R-0001"],
        ["erase", "x.riskreg", "R-0001"],
        ["new", "x.riskreg"],
        ["list", "x.riskreg", "risk", "--lang", "fr"],
    ],
)
def test_command_when_it_cannot_be_read_is_refused(run, argv):
    assert_refused(run(*argv), "--help")


def test_command_when_the_path_begins_with_a_dash_is_refused(run, window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-x.riskreg").write_bytes(b"")
    assert_refused(run("-x.riskreg"), "dash")
    assert_refused(run("list", "--", "-x.riskreg", "risk"), "dash")
    assert window.opened == []


def test_window_when_no_command_is_given_opens_on_the_register_or_on_nothing(run, window, path):
    assert run()[0] == 0
    assert run(path)[0] == 0
    assert [opened for opened, _ in window.opened] == [None, path]
    assert window.opened[1][1][1:] == [str(path)]


def test_window_when_the_register_is_not_there_is_not_opened(run, window, tmp_path):
    assert_refused(run(tmp_path / "none.riskreg"), "none.riskreg")
    assert window.opened == []


def test_help_when_asked_for_names_every_command_and_is_no_failure(run):
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    assert all(f"\n    {name}" in out for name in every.COMMANDS)
    assert run("list", "--help")[0] == 0


def test_command_when_something_unexpected_happens_says_so_without_traceback_or_value(
    run, path, monkeypatch
):
    def broken(session):
        raise KeyError("陳大文 A123456(7)")

    monkeypatch.setattr(
        every,
        "COMMANDS",
        {"show": Command(broken, "", every.COMMANDS["show"].arguments)},
    )
    answer = run("show", path, "R-0001")
    assert_refused(answer, str(log.log_file()))
    logged = log.log_file().read_text(encoding="utf-8")
    assert "builtins.KeyError" in logged
    for text in (answer[2], logged):
        assert "A123456" not in text


def test_command_when_interrupted_says_so(run, path, monkeypatch):
    def interrupted(session):
        raise KeyboardInterrupt

    monkeypatch.setattr(
        every,
        "COMMANDS",
        {"show": Command(interrupted, "", every.COMMANDS["show"].arguments)},
    )
    status, _, err = run("show", path, "R-0001")
    assert status == 130
    assert len(err.splitlines()) == 3


def test_set_when_several_values_are_not_possible_names_each_and_changes_nothing(run, path):
    assert run("add", path, "risk", "title=R")[1] == "R-0001\n"
    before = path.read_bytes()
    answer = run("set", path, "R-0001", "status=opne", "residual_impact=9", "notes=new")
    assert_refused(answer, "opne", "1 to 5")
    assert path.read_bytes() == before
    assert_refused(run("set", path, "R-0001", "notes"), "notes")
    assert_refused(run("set", path, "R-0001", "notes=a", "notes=b"), "notes")


def test_list_when_sorted_downwards_takes_a_field_after_a_dash(run, path):
    for title, impact in (("b", 2), ("a", 2), ("c", 5)):
        run("add", path, "risk", f"title={title}", f"residual_impact={impact}")
    order = ["--sort", "-residual_impact", "title", "--columns", "title", "--json"]
    found = json.loads(run("list", path, "risk", *order)[1])
    assert [item["title"] for item in found] == ["c", "a", "b"]
    found = json.loads(run("list", path, "risk", "--sort=-title", "--limit", "1", "--json")[1])
    assert [item["title"] for item in found] == ["c"]


def test_list_when_limited_says_how_many_there_are(run, path):
    for title in "abc":
        run("add", path, "risk", f"title={title}")
    assert "1 of 3 records" in run("list", path, "risk", "--limit", "1")[1]
    assert run("list", path, "risk", "--limit", "0", "--json")[1] == "[]\n"


def test_list_when_a_language_is_chosen_is_in_it(run, path):
    settings.save(settings.Settings(language="zh_Hant"))
    chosen = run("list", path, "risk")[1]
    assert chosen == run("list", path, "risk", "--lang", "zh_Hant")[1]
    assert chosen != run("list", path, "risk", "--lang", "en")[1]
    assert run("list", path, "risk", "--lang=en")[1].startswith("Ref")


def test_command_when_the_preferences_are_damaged_says_so_once(run, path):
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{", encoding="utf-8")
    status, out, err = run("bin", path, "--json")
    assert (status, json.loads(out)) == (0, [])
    assert "settings.damaged.json" in err
    assert run("bin", path, "--json")[2] == ""


def test_undo_when_more_is_asked_than_there_is_takes_back_what_there_is_and_ends_with_1(run, path):
    run("add", path, "risk", "title=R")
    run("set", path, "R-0001", "notes=x")
    status, out, _ = run("undo", path, "--count", "9")
    assert status == 1
    assert len(out.splitlines()) == 3
    assert_refused(run("undo", path), "undo")
    assert_refused(run("show", path, "R-0001"), "R-0001")
    assert run("redo", path, "--count", "2")[0] == 0
    assert json.loads(run("show", path, "R-0001", "--json")[1])["notes"] == "x"


def test_fields_when_printed_as_json_tell_a_script_what_it_may_write(run):
    found = json.loads(run("fields", "risk", "--json")[1])
    by_name = {item["name"]: item for item in found["fields"]}
    assert by_name["title"] == {
        "name": "title", "type": "line", "label": "Title", "required": True, "choices": [],
    }  # fmt: skip
    assert by_name["status"]["choices"] == ["open", "treating", "accepted", "closed"]
    assert by_name["residual_level"]["type"] == "derived"
    assert "owner" not in by_name
    links = {item["name"]: item for item in found["links"]}
    assert links["assets"] == {
        "name": "assets", "role": "threatens", "to": "asset", "label": "Data threatened",
    }  # fmt: skip
    assert {"owner", "incidents", "actions"} <= links.keys()
    assert_refused(run("fields", "hazard"), "hazard", "incident")


def imported(*argv: str) -> set[str]:
    """The modules that a command loads, in a process of its own."""
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['main.py', *{list(argv)!r}]\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def test_list_when_run_loads_neither_window_nor_workbooks_nor_pages(path):
    loaded = imported("list", str(path), "risk", "--json")
    assert "riskreg.register" in loaded
    assert not loaded & {"PySide6", "ui", "openpyxl", "xlsxwriter", "python_calamine", "reportlab"}


def test_fields_when_run_loads_no_database():
    assert "sqlalchemy" not in imported("fields", "risk")


def test_main_when_lxml_is_installed_keeps_openpyxl_from_it():
    code = (
        "import os, runpy\n"
        "os.environ['OPENPYXL_LXML'] = 'True'\n"
        "runpy.run_path('main.py', run_name='riskreg_main')\n"
        "import openpyxl\n"
        "print(os.environ['OPENPYXL_LXML'], openpyxl.LXML)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "False"]
