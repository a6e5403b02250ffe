"""From an older file format to this one: Alembic's steps, all in one transaction with the format's number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from riskreg.storage.engine import APPLICATION_ID, FORMAT

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0002"
"""The newest step: what `alembic_version` holds in a register of format `FORMAT`."""


def _config(connection: Connection) -> Config:
    # loading Alembic costs a quarter of a second, which only a migration should pay
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%")
    )
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the file behind an open transaction up to a step, and note format and program in its header."""
    from alembic import command

    command.upgrade(_config(connection), to)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
