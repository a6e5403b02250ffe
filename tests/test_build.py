"""What freezes the program: its decisions, and at full length the frozen program itself."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

import dev
from tests.e2e.program import ROOT, Program

SCRIPT = ROOT / "packaging" / "freeze.py"


@pytest.fixture
def freeze(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, its environment and locks in a folder of its own."""
    monkeypatch.syspath_prepend(str(ROOT))  # and taken back: the script puts it there too
    spec = util.spec_from_file_location("freeze", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    made = util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.OWN = tmp_path / ".build"
    made.VENV = made.OWN / "venv"
    made.STAMP = made.VENV / "requirements.sha256"
    made.LOCKS = (tmp_path / "run.txt", tmp_path / "build.txt")
    for lock in made.LOCKS:
        lock.write_text(f"{lock.stem}==1\n")
    made.VENV.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("platform", "program"),
    [
        ("linux", "dist/riskreg/riskreg"),
        ("win32", "dist/riskreg/riskreg-cli.exe"),
        ("darwin", "dist/Riskreg.app/Contents/MacOS/riskreg"),
    ],
)
def test_program_when_built_on_each_system_then_it_is_the_one_that_prints(
    freeze: ModuleType, platform: str, program: str
) -> None:
    assert freeze.program_in(Path("dist"), platform) == Path(program)


@pytest.mark.parametrize("place", [0, 1])
def test_environment_when_either_lock_changes_then_it_is_filled_anew_with_hashes(
    freeze: ModuleType, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(freeze, "_run", lambda *args: bool(ran.append(args)))
    monkeypatch.setattr(freeze.subprocess, "run", lambda command, **_: done(0))
    freeze.ensure_environment()
    freeze.ensure_environment()
    assert len(ran) == 1
    assert {"--require-hashes", *map(str, freeze.LOCKS)} <= set(ran[0])
    freeze.LOCKS[place].write_text("other==2\n")
    freeze.ensure_environment()
    assert len(ran) == 2


def test_environment_when_installing_fails_then_it_says_so_and_is_not_stamped(
    freeze: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freeze, "_run", lambda *args: 1)
    monkeypatch.setattr(freeze.subprocess, "run", lambda command, **_: done(0))
    with pytest.raises(dev.Stopped, match="could not be made"):
        freeze.ensure_environment()
    assert not freeze.STAMP.exists()


def test_build_when_the_self_test_fails_then_it_ends_with_2_and_names_nothing_as_built(
    freeze: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("ensure_environment", "compile_translations"):
        monkeypatch.setattr(freeze, name, lambda: None)
    monkeypatch.setattr(freeze, "freeze", lambda folder: Path("program"))
    monkeypatch.setattr(freeze.subprocess, "run", lambda command, **_: done(1))
    assert freeze.main([]) == 2
    said = capfd.readouterr()
    assert "failed its self-test" in said.err
    assert "Built" not in said.out


def done(status: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], status)


# The packages of other systems, which no test here can build


def test_workflow_when_it_calls_an_action_then_by_the_hash_of_a_commit() -> None:
    workflow = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    called = re.findall(r"uses: (\S+)", workflow)
    assert len(called) == 6
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in called)
    assert "NOT RUN WHERE IT WAS WRITTEN" in workflow


def test_setup_when_on_windows_then_no_administrator_is_asked_and_what_it_names_is_built() -> None:
    setup = (ROOT / "packaging" / "riskreg.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest\n" in setup
    assert set(re.findall(r"Root: (\w+)", setup)) == {"HKCU"}
    assert set(re.findall(r"^DefaultDirName=\{(\w+)\}", setup, re.MULTILINE)) == {"localappdata"}
    built = re.findall(r'program\("([\w-]+)"', (ROOT / "build.spec").read_text(encoding="utf-8"))
    assert built == ["riskreg", "riskreg-cli"]
    assert set(re.findall(r"\{app\}\\(\w+)\.exe", setup)) <= set(built)


# The frozen program


class Frozen(Program):
    """The frozen program in the place of the source."""

    def command(self, *argv: object) -> list[str]:
        return [*self.before, *map(str, argv)]


@pytest.mark.long
@pytest.mark.timeout(900)
def test_frozen_when_built_then_it_passes_its_self_test_and_works_without_the_source(
    tmp_path: Path,
) -> None:
    built = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "build", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert "The self-test passed" in built.stdout
    program = built.stdout.splitlines()[-1].removeprefix("Built: ")
    check_content(Path(program).parent)
    run = Frozen(tmp_path / "home", before=(program,))
    register, book = tmp_path / "t.riskreg", tmp_path / "t.xlsx"
    run.said("demo", register)
    run.said("export", register, book, "--lang", "zh_Hant")
    asked = ("import", register, book, "--dry-run")
    assert run.json(*asked) == Program(tmp_path / "home").json(*asked)
    assert run("verify", register).returncode == 0
    assert run.refused("report", register, "no-such", tmp_path / "t.pdf")


def check_content(folder: Path) -> None:
    """No second SQLite, nothing that speaks to the internet, and every compiled translation."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = " ".join(path.name for path in files)
    for unwanted in ("Qt6Network", "Qt6Sql", "_ssl.", "libsqlite3"):
        assert unwanted not in names
    languages = {path.parent.parent.name for path in files if path.name == "riskreg.mo"}
    assert languages == {"zh_Hant", "zh_Hans"}
    assert not [path for path in files if path.suffix == ".po"]
    assert sum(path.lstat().st_size for path in files if not path.is_symlink()) < 230_000_000
