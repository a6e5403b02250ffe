"""A register of an older format is backed up and brought up to date when it is opened for editing, or stays as it was.

The next format does not exist yet; these tests bring one of their own: a step that adds a column and a table.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import Connection

from riskreg import register
from riskreg.errors import Expected
from riskreg.storage import engine, guard, migrate, verify
from tests.storage import keep_format
from tests.storage.test_format import told

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), nullable=False, primary_key=True))
    op.execute("ALTER TABLE later ADD COLUMN more VARCHAR")
    {last}
"""


@pytest.fixture
def next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that writes format 3; the folder of its steps."""
    folder = tmp_path / "steps"
    shutil.copytree(keep_format.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0003_later.py").write_text(STEP.format(last="pass"), encoding="utf-8")

    def config(connection: Connection) -> Config:
        made = Config()
        made.set_main_option("script_location", str(folder))
        made.attributes["connection"] = connection
        return made

    monkeypatch.setattr(migrate, "_config", config)
    for module in (engine, guard, migrate):
        monkeypatch.setattr(module, "FORMAT", 3)
    for module in (migrate, verify):
        monkeypatch.setattr(module, "HEAD", "0003")
    with engine.memory().begin() as connection:
        migrate.upgrade(connection)
        parts = guard.schema_of(connection)

    def expected(version: int) -> frozenset[tuple[str, str, str, str]]:
        kept = (keep_format.FOLDER / f"format-{min(version, 2)}.json").read_text(encoding="utf-8")
        return parts if version == 3 else frozenset(map(tuple, json.loads(kept)))

    monkeypatch.setattr(guard, "expected_schema", expected)
    monkeypatch.setattr(guard.check_parts, "__defaults__", (3,))
    return folder


def test_older_register_when_opened_then_it_is_backed_up_and_brought_up_to_date(
    first: Path, next_format: Path
) -> None:
    before = first.read_bytes()
    opened = register.open(first)
    last = next(entry for entry in opened.log() if entry.act == "migrate")
    assert (last.act, last.facts["found"], last.facts["format"]) == ("migrate", "1", "3")
    [backup] = [each for each in opened.backups() if each.path.name == last.facts["backup"]]
    assert opened.verify(fingerprint=told()["fingerprint"]).findings == ()
    opened.close()
    assert first.read_bytes()[60:64] == (3).to_bytes(4, "big")
    assert backup.path.read_bytes()[60:64] == (1).to_bytes(4, "big")
    assert backup.path.stat().st_size == len(before)
    again = register.open(first)
    assert sum(entry.act == "migrate" for entry in again.log()) == 1
    again.close()


def test_older_register_when_a_step_fails_then_it_is_as_it_was_and_the_message_names_the_backup(
    first: Path, next_format: Path
) -> None:
    broken = STEP.format(last='op.execute("INSERT INTO nowhere VALUES (1)")')
    (next_format / "versions" / "0003_later.py").write_text(broken, encoding="utf-8")
    before = first.read_bytes()
    with pytest.raises(Expected) as caught:
        register.open(first)
    assert caught.value.id == "not_upgraded"
    assert str(caught.value.parameters["backup"]).endswith(".riskreg")
    assert first.read_bytes() == before
    assert not first.with_name(first.name + "-journal").exists()


def test_older_register_when_opened_for_reading_then_it_is_left_alone_and_says_what_to_do(
    first: Path, next_format: Path
) -> None:
    before = first.read_bytes()
    with pytest.raises(Expected) as caught:
        register.open(first, read_only=True)
    assert caught.value.id == "older_register"
    assert first.read_bytes() == before


def test_older_register_when_it_holds_foreign_parts_then_it_is_not_brought_up_to_date(
    first: Path, next_format: Path
) -> None:
    found = engine.writer(first)
    with found.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER sneaky AFTER INSERT ON risk BEGIN SELECT 1; END")
    engine.raw(found).close()
    before = first.read_bytes()
    with pytest.raises(Expected) as caught:
        register.open(first)
    assert caught.value.id == "foreign_parts"
    assert first.read_bytes() == before


def test_backup_of_an_older_format_when_restored_then_it_is_brought_up_to_date(
    first: Path, next_format: Path, tmp_path: Path
) -> None:
    target = tmp_path / "restored.riskreg"
    register.restore(first, target)
    opened = register.open(target, read_only=True)
    assert {entry.act for entry in opened.log(limit=3)} == {"restore", "backup", "migrate"}
    opened.close()
