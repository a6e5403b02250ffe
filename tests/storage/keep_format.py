"""Keep what a register of the newest format is made of, as its migrations make it, for the guard at the door.

    python -m tests.storage.keep_format

Run it once with each new step; a file of an older format stays as it is.
"""

from __future__ import annotations

import json
from pathlib import Path

from riskreg.storage import guard, migrate
from riskreg.storage.engine import FORMAT, memory

FOLDER = Path(migrate.__file__).with_name("migrations")


def kept() -> str:
    """The parts as a JSON array, one line each: type, name, table, SQL."""
    with memory().begin() as connection:
        migrate.upgrade(connection)
        parts = sorted(guard.schema_of(connection))
    lines = ",\n".join(json.dumps(list(part), ensure_ascii=False) for part in parts)
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    (FOLDER / f"format-{FORMAT}.json").write_text(kept(), encoding="utf-8")
