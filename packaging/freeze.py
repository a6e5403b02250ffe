"""Freezes the program into one folder and tries it: what `python3 dev.py build [FOLDER]` does.

    python3 packaging/freeze.py [FOLDER]    the program goes to FOLDER/dist; FOLDER is the project's own by default

Standard library only. PyInstaller and what the program runs on are installed into .build/venv, with the hashes of
requirements/run.txt and build.txt, so that nothing of the tests' environment can slip into what is shipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from devtools import environment, translations  # noqa: E402
from devtools.computer import Stopped, say  # noqa: E402

OWN = ROOT / ".build"
VENV = OWN / "venv"
STAMP = VENV / "requirements.sha256"
LOCKS = (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "build.txt")


def program_in(dist: Path, platform: str) -> Path:
    """Where the frozen program lies that prints what it does."""
    if platform == "win32":
        return dist / "riskreg" / "riskreg-cli.exe"
    if platform == "darwin":
        return dist / "Riskreg.app" / "Contents" / "MacOS" / "riskreg"
    return dist / "riskreg" / "riskreg"


def wanted_stamp() -> str:
    """What the environment has to be made from."""
    return environment.lock_stamp(
        b"".join(lock.read_bytes() for lock in LOCKS), sys.version_info[:2]
    )


def _run(*args: str) -> int:
    """Run the environment's Python in the project folder and return how it ended."""
    command = [str(environment.python_in(VENV, sys.platform)), *args]
    caches = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(OWN / "cache")}
    return subprocess.run(command, cwd=ROOT, env=caches, check=False).returncode


def ensure_environment() -> None:
    """See that .build/venv holds exactly the locked requirements.

    Raises:
        Stopped: it could not be made or filled.
    """
    wanted = wanted_stamp()
    if environment.is_current(STAMP, wanted):
        return
    say("Installing what freezes the program into .build/venv (about 200 MB the first time)")
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    locks = [word for lock in LOCKS for word in ("-r", str(lock))]
    options = ("--quiet", "--disable-pip-version-check", "--no-input", "--only-binary=:all:")
    made = subprocess.run(make, check=False).returncode == 0
    if not made or _run("-m", "pip", "install", *options, "--require-hashes", *locks):
        raise Stopped(
            "The environment for building could not be made.",
            "Only the folder .build was touched.",
            "Read what stands above, check the connection to the package index, and try again.",
        )
    STAMP.write_text(wanted, encoding="ascii")


def compile_translations() -> None:
    """Compile each translation that changed; only the compiled ones are shipped.

    Raises:
        Stopped: a translation cannot be read.
    """
    for po in filter(translations.is_stale, sorted(translations.LOCALE.glob("*.po"))):
        mo = translations.compiled_path(po)
        mo.parent.mkdir(parents=True, exist_ok=True)
        told = ("-i", str(po), "-o", str(mo), "-l", po.stem)
        if _run("-m", "babel.messages.frontend", "--quiet", "compile", *told):
            raise Stopped(
                f"The translation {po.name} could not be compiled.",
                "Nothing was built.",
                "Correct the line named above, then run the same command again.",
            )


def freeze(folder: Path) -> Path:
    """Have PyInstaller follow build.spec, and return the program.

    Raises:
        Stopped: it could not.
    """
    say("Freezing the program (about half a minute)")
    dist = folder / "dist"
    places = ("--distpath", str(dist), "--workpath", str(folder / "build"))
    spec = str(ROOT / "build.spec")
    if _run("-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, spec):
        raise Stopped(
            "The program could not be frozen.",
            "The source was not changed; what lies in dist and build may be incomplete.",
            "Read what PyInstaller says above, then run the same command again.",
        )
    return program_in(dist, sys.platform)


def try_out(program: Path) -> None:
    """Have the frozen program test itself; it tells its size, its time to start and each step.

    Raises:
        Stopped: a step failed.
    """
    if subprocess.run([str(program), "--self-test"], check=False).returncode:
        raise Stopped(
            "The frozen program failed its self-test.",
            "The source was not changed; do not hand out what lies in dist.",
            "Correct the step that is named above, then run the same command again.",
        )


def main(argv: Sequence[str]) -> int:
    """Build and try; 2 and three sentences when it cannot be done."""
    folder = Path(argv[0]).absolute() if argv else ROOT
    try:
        ensure_environment()
        compile_translations()
        program = freeze(folder)
        try_out(program)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    say(f"Built: {program}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
