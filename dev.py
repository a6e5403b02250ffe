"""Sets up, runs, tests and checks the register with nothing but Python.

    python3 dev.py run [ARGS]          open the sample register, or hand ARGS to main.py
    python3 dev.py test [PYTEST ARGS]  run the tests
    python3 dev.py check               format, lint, types, import contracts, translations
    python3 dev.py translations        collect texts into resources/locale/*.po and compile them
    python3 dev.py build [FOLDER]      freeze the program into FOLDER/dist, or ./dist, and try it
    python3 dev.py setup               only set up
    python3 dev.py clean               remove what this script made, but never ./sample

Standard library only, Python 3.11 or newer, on Linux, Windows and macOS. Everything it installs
from the package index goes into .venv beside it; on Linux it asks the system for Qt's libraries.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from devtools import computer, environment, translations
from devtools.computer import Stopped, say

SAMPLE = environment.ROOT / "sample" / "Sample register.riskreg"
REPORTS = {"risk-register": "Risk register.pdf", "action-coverage": "Action coverage.pdf"}
OLDEST_PYTHON = (3, 11)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"

BUILD_TOOLS = ("ldd", "objcopy", "objdump", "strip")
MADE_HERE = (
    ".venv", ".build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
    ".hypothesis", "build", "dist",
)  # fmt: skip


# The system


def _missing_venv_package() -> list[str]:
    """Debian ships Python without the part that fills a virtual environment."""
    if Path(environment.python()).exists() or importlib.util.find_spec("ensurepip") is not None:
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def ensure_system(screen: bool) -> None:
    """See to the system packages on Linux, all of them at once.

    Raises:
        Stopped: some are missing and cannot be installed from here.
    """
    if not sys.platform.startswith("linux"):
        return
    present = computer.present_libraries()
    missing = (
        []
        if present is None
        else computer.missing_packages(computer.needed_libraries(screen), present)
    )
    missing += _missing_venv_package()
    if missing:
        computer.install_packages(missing)


# Commands


def _main_program(*args: str, stdout: int | None = None) -> int:
    """Run the program in the folder the person is in, so that their file names hold."""
    command = [environment.python(), str(environment.ROOT / "main.py"), *args]
    return subprocess.run(command, stdout=stdout, check=False).returncode


def _make(what: str, *args: str) -> None:
    """Have the program make something; what it says on success is said here instead.

    Raises:
        Stopped: it said no; its reason stands above.
    """
    if _main_program(*args, stdout=subprocess.DEVNULL):
        raise Stopped(
            f"{what} could not be made.",
            f"What was in {SAMPLE.parent} before is still there.",
            "Read the program's own message above, then run the same command again.",
        )


def make_sample() -> None:
    """Make the sample register unless there is one; a half-made one never gets its name."""
    if SAMPLE.exists():
        return
    SAMPLE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SAMPLE.parent, prefix="making-") as folder:
        unfinished = Path(folder, SAMPLE.name)
        _make("The sample register", "demo", str(unfinished))
        unfinished.rename(SAMPLE)


def _make_papers() -> None:
    """Make the sample's workbook and reports anew, for a computer without a screen."""
    say("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    say("Instead of the window, this makes what the window would export:")
    workbook = SAMPLE.with_suffix(".xlsx")
    workbook.unlink(missing_ok=True)
    _make("The workbook", "export", str(SAMPLE), str(workbook))
    for report, name in REPORTS.items():
        page = SAMPLE.with_name(name)
        page.unlink(missing_ok=True)
        _make(f"The report {report}", "report", str(SAMPLE), report, str(page))
    for made in (SAMPLE, workbook, *(SAMPLE.with_name(name) for name in REPORTS.values())):
        say(f"  {made}")


def set_up(screen: bool) -> None:
    """Everything that running or testing needs.

    Raises:
        Stopped: something is missing that cannot be made from here.
    """
    ensure_system(screen)
    environment.ensure_environment()
    translations.compile_all()


def command_setup(args: Sequence[str]) -> int:
    """Set up and do nothing else."""
    set_up(computer.has_screen(sys.platform, os.environ))
    say("Ready: python3 dev.py run")
    return 0


def command_run(args: Sequence[str]) -> int:
    """Open the sample register, or hand the arguments to the program."""
    screen = computer.has_screen(sys.platform, os.environ)
    set_up(screen)
    if args:
        return _main_program(*args)
    make_sample()
    if screen:
        return _main_program(str(SAMPLE))
    _make_papers()
    return 0


def command_test(args: Sequence[str]) -> int:
    """Run the tests on every core, their windows drawn but not shown."""
    set_up(screen=False)
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return environment.run("-m", "pytest", "-n", "auto", *args, env=offscreen)


def command_check(args: Sequence[str]) -> int:
    """Run all checks that read the code without running it, then say which failed."""
    set_up(screen=False)
    tools: dict[str, Callable[[], int]] = {
        "format": lambda: environment.run("-m", "ruff", "format", "--check", "."),
        "lint": lambda: environment.run("-m", "ruff", "check", "."),
        "types": lambda: environment.run("-m", "mypy"),
        "import contracts": lambda: environment.run("-c", LINT_IMPORTS),
        "translations": translations.check,
    }
    failed = []
    for name, run in tools.items():
        say(f"== {name}")
        if run():
            failed.append(name)
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def command_translations(args: Sequence[str]) -> int:
    """Collect the texts of the code, update each .po and compile it."""
    set_up(screen=False)
    failed = translations.update_all()
    translations.compile_all()
    return 1 if failed else 0


def command_build(args: Sequence[str]) -> int:
    """Freeze the program for systems like this one, with the screen's libraries, and try it."""
    ensure_system(screen=True)
    if sys.platform.startswith("linux") and not all(map(shutil.which, BUILD_TOOLS)):
        computer.install_packages(["binutils"])
    command = [sys.executable, str(environment.ROOT / "packaging" / "freeze.py"), *args]
    return subprocess.run(command, check=False).returncode


def command_clean(args: Sequence[str]) -> int:
    """Remove what this script and its tools made; the sample register stays."""
    compiled = (path for path in translations.LOCALE.glob("*/LC_MESSAGES") if path.is_dir())
    for folder in (
        *(environment.ROOT / name for name in MADE_HERE),
        *(path.parent for path in compiled),
    ):
        shutil.rmtree(folder, ignore_errors=True)
    say(
        "Removed environments, caches, builds and compiled translations. ./sample was left as it is."
    )
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": command_run,
    "test": command_test,
    "check": command_check,
    "translations": command_translations,
    "build": command_build,
    "setup": command_setup,
    "clean": command_clean,
}


def main(argv: Sequence[str]) -> int:
    """Run one command; 2 and three sentences when it cannot be done."""
    if sys.version_info < OLDEST_PYTHON:
        say("This Python is too old.\nNothing was changed.\nUse Python 3.11 or newer.")
        return 2
    if not argv or argv[0] not in COMMANDS:
        say((__doc__ or "").strip())
        return 0 if argv[:1] in (["-h"], ["--help"], ["help"]) else 2
    try:
        return COMMANDS[argv[0]](argv[1:])
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
    except OSError as error:
        print(
            f"A file or folder could not be used: {error}.\n"
            "Nothing outside this project was changed.\n"
            "See that the folder may be written and has room, then run the same command again.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("Stopped as asked.\nWhat was done is kept.\nRun it again to go on.", file=sys.stderr)
        return 130
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
