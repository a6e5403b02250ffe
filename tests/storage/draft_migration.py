"""Draft the next migration: what the tables of the declarations have that the newest step has not.

    python -m tests.storage.draft_migration > riskreg/storage/migrations/versions/NNNN_what_it_does.py

Format 1 is fixed: step 0001 stays as it is, and each change of the tables is a step of its own. Read what
is printed before it is kept: Alembic sees new tables and columns, not the meaning of what moves between
them; the index by an expression and the search are its blind spots.
"""

from __future__ import annotations

import warnings

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from riskreg.storage import migrate, schema
from riskreg.storage.engine import memory

FRAME = '''"""SAY WHAT IT DOES."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a file from step {newest} to this one."""
{body}
'''


def differences(connection: Connection) -> str:
    """The steps from the tables behind a connection to the declared ones, as Python; `pass` where there are none."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression")
        context = MigrationContext.configure(
            connection,
            opts={
                "target_metadata": schema.metadata,
                "compare_type": True,
                "include_name": lambda name, kind, _: not str(name).startswith("search"),
                "include_object": lambda item, name, *_: name != "ix_records_title",
            },
        )
        steps = produce_migrations(context, schema.metadata).upgrade_ops
        assert steps is not None
        code = render_python_code(steps)
    lines = [line for line in code.split("\n") if not line.strip().startswith("#")]
    body = "\n".join(lines)
    return body if body.startswith("    ") else f"    {body}"


def draft() -> str:
    """The next step as a file; empty where the newest one brings all that is declared."""
    with memory().begin() as connection:
        migrate.upgrade(connection)
        body = differences(connection)
    if body.strip() == "pass":
        return ""
    revision = f"{int(migrate.HEAD) + 1:04}"
    return FRAME.format(revision=revision, newest=migrate.HEAD, body=body)


if __name__ == "__main__":
    print(draft() or "# The newest step brings all that is declared.")
