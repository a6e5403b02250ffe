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

import contextlib
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "test.txt"
STAMP = VENV / "requirements.sha256"
LOCALE = ROOT / "resources" / "locale"
SAMPLE = ROOT / "sample" / "Sample register.riskreg"
REPORTS = {"risk-register": "Risk register.pdf", "action-coverage": "Action coverage.pdf"}
OLDEST_PYTHON = (3, 11)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"

# What Qt 6 loads that its wheel does not bring: the library's file name, and Debian's package.
DRAWING_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2",
}
BUILD_TOOLS = ("ldd", "objcopy", "objdump", "strip")
# The markers that riskreg/i18n.py and riskreg/records/fields.py define, as Babel writes them.
KEYWORDS = ("N_", "NP_:1c,2", "NN_:1,2", "gettext", "ngettext:1,2", "pgettext:1c,2")
MADE_HERE = (
    ".venv", ".build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
    ".hypothesis", "build", "dist",
)  # fmt: skip


class Stopped(Exception):
    """Something expected went wrong; said in three sentences."""

    def __init__(self, happened: str, safe: str, do: str) -> None:
        super().__init__(f"{happened}\n{safe}\n{do}")


# What this computer is


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown; only Linux is ever without a screen."""
    if not platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def libraries_in(listing: str) -> set[str]:
    """File names of the libraries in what `ldconfig -p` prints."""
    lines = (line.split() for line in listing.splitlines() if "=>" in line)
    return {words[0] for words in lines}


def missing_packages(needed: Mapping[str, str], present: Iterable[str]) -> list[str]:
    """Debian's packages for the libraries that are not there, in the order they are needed."""
    found = set(present)
    return [package for library, package in needed.items() if library not in found]


def needed_libraries(screen: bool) -> dict[str, str]:
    """Library and package, for drawing alone or for a window on a screen."""
    return DRAWING_LIBRARIES | SCREEN_LIBRARIES if screen else dict(DRAWING_LIBRARIES)


def _present_libraries() -> set[str] | None:
    """None: this system cannot say, so let Qt try."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/sbin", "/usr/sbin"])
    ldconfig = shutil.which("ldconfig", path=places)
    if ldconfig is None:
        return None
    told = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False)
    return libraries_in(told.stdout) or None


def _may_install() -> bool:
    """Whether apt-get is there and may be used without asking anybody."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_command(packages: Sequence[str]) -> list[str]:
    """The one command that installs these packages on Debian and its kin."""
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def _install_packages(packages: Sequence[str]) -> None:
    """Install system packages as root, or name the command for somebody who may.

    Raises:
        Stopped: not root, no apt-get, or apt-get failed.
    """
    command = apt_command(packages)
    remedy = f"Run this and try again: sudo {shlex.join(command)}"
    if not _may_install():
        if shutil.which("apt-get") is None:
            remedy = f"Install what your system calls these, and try again: {' '.join(packages)}"
        raise Stopped("Some system packages are missing.", "Nothing was changed.", remedy)
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    if subprocess.run([*command, "-qq"], env=quiet, check=False).returncode:
        raise Stopped(
            "The system packages could not be installed.",
            "The project folder was not changed.",
            "Read what apt-get says above, then run the same command again.",
        )


def _missing_venv_package() -> list[str]:
    """Debian ships Python without the part that fills a virtual environment."""
    if Path(_python()).exists() or importlib.util.find_spec("ensurepip") is not None:
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def ensure_system(screen: bool) -> None:
    """See to the system packages on Linux, all of them at once.

    Raises:
        Stopped: some are missing and cannot be installed from here.
    """
    if not sys.platform.startswith("linux"):
        return
    present = _present_libraries()
    missing = [] if present is None else missing_packages(needed_libraries(screen), present)
    missing += _missing_venv_package()
    if missing:
        _install_packages(missing)


# The environment


def python_in(venv: Path, platform: str) -> Path:
    """Where a virtual environment keeps its Python."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def lock_stamp(lock: bytes, version: tuple[int, int]) -> str:
    """What an environment was made from: the lock's hash and Python's minor version."""
    return f"{hashlib.sha256(lock).hexdigest()} {version[0]}.{version[1]}"


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the environment was completely made from what is wanted."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, UnicodeDecodeError):
        return False


def _python() -> str:
    return str(python_in(VENV, sys.platform))


def _run(*args: str, env: Mapping[str, str] | None = None, stderr: int | None = None) -> int:
    """Run the environment's Python in the project folder and return how it ended."""
    command = [_python(), *args]
    return subprocess.run(command, cwd=ROOT, env=env, stderr=stderr, check=False).returncode


def _has_pip(wanted: str) -> bool:
    """Whether .venv has a Python of the wanted version that can install."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        told = subprocess.run([_python(), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return told.returncode == 0 and told.stdout.strip() == wanted.split()[1]


def _make_venv() -> None:
    """Make .venv anew.

    Raises:
        Stopped: Python could not.
    """
    say("Making the virtual environment in .venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode:
        raise Stopped(
            "The virtual environment could not be made.",
            "Only the folder .venv was touched.",
            "Read what Python says above, free the folder .venv, and run the same command again.",
        )


def ensure_environment() -> None:
    """See that .venv holds exactly the locked requirements.

    Raises:
        Stopped: it could not be made or filled.
    """
    wanted = lock_stamp(LOCK.read_bytes(), sys.version_info[:2])
    if is_current(STAMP, wanted) and Path(_python()).exists():
        return
    if not _has_pip(wanted):
        _make_venv()
    say("Installing the locked requirements into .venv (about 200 MB the first time)")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if _run(*install, "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)):
        raise Stopped(
            "The requirements could not be installed.",
            "Only the folder .venv was touched.",
            "Check the connection to the package index, then run the same command again.",
        )
    STAMP.write_text(wanted, encoding="ascii")


# Translations


def compiled_path(po: Path) -> Path:
    """Where the compiled twin of LANG.po belongs."""
    return po.parent / po.stem / "LC_MESSAGES" / "riskreg.mo"


def is_stale(po: Path) -> bool:
    """Whether a translation has changed since it was compiled."""
    mo = compiled_path(po)
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _babel(*args: str, stderr: int | None = None) -> int:
    return _run("-m", "babel.messages.frontend", "--quiet", *args, stderr=stderr)


def _translations() -> list[Path]:
    return sorted(LOCALE.glob("*.po"))


def compile_translations() -> None:
    """Compile each translation that changed.

    Raises:
        Stopped: a translation cannot be read.
    """
    for po in filter(is_stale, _translations()):
        if not _compile(po):
            raise Stopped(
                f"The translation {po.name} could not be compiled.",
                "No other file was changed.",
                "Correct the line named above, then run the same command again.",
            )


def _compile(po: Path) -> bool:
    """Compile a translation beside its place and put it there when it is whole: a program that starts meanwhile reads the old one or the new one."""
    mo = compiled_path(po)
    mo.parent.mkdir(parents=True, exist_ok=True)
    part = mo.with_name(f".{mo.name}.{os.getpid()}.part")
    try:
        if _babel("compile", "-i", str(po), "-o", str(part), "-l", po.stem):
            return False
        part.replace(mo)
    finally:
        part.unlink(missing_ok=True)
    return True


@contextlib.contextmanager
def _collected_texts() -> Iterator[str]:
    """A template with every text of the code, there as long as it is needed.

    Raises:
        Stopped: the code cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        template = str(Path(folder, "riskreg.pot"))
        markers = [word for keyword in KEYWORDS for word in ("-k", keyword)]
        layout = ["--no-default-keywords", "-k", "_", "--add-location=file", "--sort-by-file"]
        code = ["riskreg", "ui", "main.py"]
        if _babel("extract", *layout, *markers, "-o", template, *code):
            raise Stopped(
                "The texts of the code could not be collected.",
                "No translation was changed.",
                "Correct the file named above, then run the same command again.",
            )
        yield template


def _update(po: Path, template: str, *options: str) -> list[str]:
    """Babel's arguments that bring one .po in line with the template."""
    same = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
    return ["update", *same, "-i", template, "-o", str(po), "-l", po.stem, *options]


def _update_translations() -> int:
    """Bring each .po in line with the texts in the code; 0 when all went well."""
    with _collected_texts() as template:
        return max((_babel(*_update(po, template)) for po in _translations()), default=0)


def _lagging_translations() -> list[str]:
    """Names of the .po files that lack a text of the code or keep one that is gone."""
    with _collected_texts() as template:
        # Babel 2.18 says "out of date" with a traceback, so only its answer is heard.
        return [
            po.name
            for po in _translations()
            if _babel(*_update(po, template, "--check"), stderr=subprocess.DEVNULL)
        ]


def _check_translations() -> int:
    lagging = _lagging_translations()
    if lagging:
        say(f"Behind the code: {', '.join(lagging)}. Run: python3 dev.py translations")
    return bool(lagging) | _run("-m", "tests.architecture.translations", str(LOCALE))


# Commands


def say(text: str) -> None:
    """Tell the person at the terminal, before any child process speaks."""
    print(text, flush=True)


def _main_program(*args: str, stdout: int | None = None) -> int:
    """Run the program in the folder the person is in, so that their file names hold."""
    command = [_python(), str(ROOT / "main.py"), *args]
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
    ensure_environment()
    compile_translations()


def command_setup(args: Sequence[str]) -> int:
    """Set up and do nothing else."""
    set_up(has_screen(sys.platform, os.environ))
    say("Ready: python3 dev.py run")
    return 0


def command_run(args: Sequence[str]) -> int:
    """Open the sample register, or hand the arguments to the program."""
    screen = has_screen(sys.platform, os.environ)
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
    return _run("-m", "pytest", "-n", "auto", *args, env=offscreen)


def command_check(args: Sequence[str]) -> int:
    """Run all checks that read the code without running it, then say which failed."""
    set_up(screen=False)
    tools: dict[str, Callable[[], int]] = {
        "format": lambda: _run("-m", "ruff", "format", "--check", "."),
        "lint": lambda: _run("-m", "ruff", "check", "."),
        "types": lambda: _run("-m", "mypy"),
        "import contracts": lambda: _run("-c", LINT_IMPORTS),
        "translations": _check_translations,
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
    failed = _update_translations()
    compile_translations()
    return 1 if failed else 0


def command_build(args: Sequence[str]) -> int:
    """Freeze the program for systems like this one, with the screen's libraries, and try it."""
    ensure_system(screen=True)
    if sys.platform.startswith("linux") and not all(map(shutil.which, BUILD_TOOLS)):
        _install_packages(["binutils"])
    command = [sys.executable, str(ROOT / "packaging" / "freeze.py"), *args]
    return subprocess.run(command, check=False).returncode


def command_clean(args: Sequence[str]) -> int:
    """Remove what this script and its tools made; the sample register stays."""
    compiled = (path for path in LOCALE.glob("*/LC_MESSAGES") if path.is_dir())
    for folder in (*(ROOT / name for name in MADE_HERE), *(path.parent for path in compiled)):
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
