"""What this computer has and lacks: a screen, and the system packages that Qt needs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence

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


class Stopped(Exception):
    """Something expected went wrong; said in three sentences."""

    def __init__(self, happened: str, safe: str, do: str) -> None:
        super().__init__(f"{happened}\n{safe}\n{do}")


def say(text: str) -> None:
    """Tell the person at the terminal, before any child process speaks."""
    print(text, flush=True)


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


def present_libraries() -> set[str] | None:
    """The libraries that are there; None: this system cannot say, so let Qt try."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/sbin", "/usr/sbin"])
    ldconfig = shutil.which("ldconfig", path=places)
    if ldconfig is None:
        return None
    told = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False)
    return libraries_in(told.stdout) or None


def may_install() -> bool:
    """Whether apt-get is there and may be used without asking anybody."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_command(packages: Sequence[str]) -> list[str]:
    """The one command that installs these packages on Debian and its kin."""
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def install_packages(packages: Sequence[str]) -> None:
    """Install system packages as root, or name the command for somebody who may.

    Raises:
        Stopped: not root, no apt-get, or apt-get failed.
    """
    command = apt_command(packages)
    remedy = f"Run this and try again: sudo {shlex.join(command)}"
    if not may_install():
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
