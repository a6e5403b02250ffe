"""What a file says of itself without being opened: read as it lies there, and never changed, not even mended."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from riskreg.storage.engine import uri

_REGISTER: Final = re.compile(rb'"register":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
"""As the first entry of every journal holds it; in a text of a record the quotes would be escaped."""
_STEP: Final = 1 << 20
_OVERLAP: Final = 64
"""Bytes read again, so that no id is missed between two steps."""


def register_id(path: Path) -> str:
    """Which register a file is, found among its bytes however damaged it is; "" where that cannot be told."""
    found: set[bytes] = set()
    with suppress(OSError), path.open("rb") as file:
        rest = b""
        while part := file.read(_STEP):
            found.update(_REGISTER.findall(rest + part))
            rest = part[-_OVERLAP:]
    return found.pop().decode() if len(found) == 1 else ""


def organisation(path: Path) -> str:
    """Whose register a file is; "" where it cannot be read. It must not be open here."""
    with suppress(driver.Error, UnicodeDecodeError, OSError):
        connection = driver.connect(f"{uri(path, 'ro')}&immutable=1", uri=True)
        try:
            asked = "SELECT title FROM records WHERE kind = 'organisation' LIMIT 1"
            row = connection.execute(asked).fetchone()
        finally:
            connection.close()
        return str(row[0]) if row else ""
    return ""
