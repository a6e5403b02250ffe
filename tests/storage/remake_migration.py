"""Make migration 0001 anew from the declarations.

    python -m tests.storage.remake_migration

Allowed only until the first release: afterwards a change of the tables is a migration of its own.
`test_migrate.py` says whether it is needed.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from riskreg.storage import migrate, schema
from riskreg.storage.engine import memory

FILE = Path(migrate.__file__).with_name("migrations") / "versions" / "0001_create_register.py"

FRAME = '''"""Create the register: records, one table a kind, links, journal, index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring an empty file to this step."""
{body}
    op.execute("CREATE INDEX ix_records_title ON records (kind, title COLLATE NOCASE)")
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
        'tokenize="unicode61 remove_diacritics 2")'
    )
'''


def text() -> str:
    """The migration as the declarations want it; the index by an expression and the search are Alembic's blind spots."""
    with memory().connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression")
        context = MigrationContext.configure(connection, opts={"target_metadata": schema.metadata})
        steps = produce_migrations(context, schema.metadata).upgrade_ops
        assert steps is not None
        code = render_python_code(steps)
    lines = [line for line in code.split("\n") if not line.strip().startswith("#")]
    body = "\n".join(lines)
    return FRAME.format(body=body if body.startswith("    ") else f"    {body}")


def formatted(source: str) -> str:
    """As `ruff format` leaves it."""
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", FILE.name, "-"],
        input=source, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout


if __name__ == "__main__":
    FILE.write_text(formatted(text()), encoding="utf-8")
