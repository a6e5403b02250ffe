"""What a file is, before anybody reads it: there, reachable, and an ordinary file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from riskreg.errors import Expected


def status(path: Path, otherwise: str) -> os.stat_result:
    """What the system knows of a file, links followed.

    Args:
        path: The file.
        otherwise: The id of the failure where it is a folder, a pipe, a device.

    Raises:
        Expected: It is not there ("not_found"), cannot be looked at ("cannot_read"), or is no ordinary file (`otherwise`).
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise Expected("not_found", path=path.name) from None
    except OSError as error:
        raise Expected("cannot_read", path=path.name, reason=error.strerror or "") from None
    if not stat.S_ISREG(found.st_mode):
        raise Expected(otherwise, path=path.name)
    return found
