"""The tables in a file are the declared ones, and a step that fails leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from riskreg import register
from riskreg.errors import Expected
from riskreg.records import KINDS, declared_links
from riskreg.storage import engine, guard, migrate, schema
from riskreg.storage.engine import raw
from riskreg.views import Register
from tests.storage import draft_migration, keep_format


def an_empty_file(path: Path) -> Path:
    path.touch()
    return path


def parts(connection: Connection) -> set[tuple[str, str, str, str]]:
    return set(guard.schema_of(connection))


def test_schema_when_made_by_the_steps_then_it_is_the_expected_one(tmp_path: Path) -> None:
    found = engine.writer(an_empty_file(tmp_path / "x.riskreg"))
    with found.begin() as connection:
        migrate.upgrade(connection)
        assert parts(connection) == guard.expected_schema(engine.FORMAT)
    raw(found).close()


def test_schema_when_compared_with_the_declarations_then_nothing_differs(opened: Register) -> None:
    found = engine.reader(opened.path)
    with found.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: not str(name).startswith("search"),
            },
        )
        differences = compare_metadata(context, schema.metadata)
    raw(found).close()
    # an index by an expression cannot be compared by Alembic; the guard compares its text
    assert [step for step in differences if "ix_records_title" not in str(step)] == []


def test_steps_when_listed_then_the_newest_is_the_one_the_program_knows() -> None:
    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    assert scripts.get_current_head() == migrate.HEAD
    assert scripts.get_bases() == ["0001"]


def test_declarations_when_held_against_the_newest_step_then_no_step_is_missing() -> None:
    assert draft_migration.draft() == ""


def test_parts_of_this_format_when_made_by_the_steps_then_they_are_those_that_are_kept() -> None:
    kept = keep_format.FOLDER / f"format-{engine.FORMAT}.json"
    assert keep_format.kept() == kept.read_text(encoding="utf-8")


def test_file_when_migrated_then_its_header_names_program_and_format(opened: Register) -> None:
    header = opened.path.read_bytes()[:100]
    opened.close()
    assert header[68:72] == b"RREG"
    assert int.from_bytes(header[60:64], "big") == engine.FORMAT


@pytest.mark.parametrize("after", [1, 3, 8, 15])
def test_migration_when_it_fails_midway_then_nothing_of_it_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    from alembic.operations import Operations

    path = an_empty_file(tmp_path / "x.riskreg")
    really, made = Operations.create_table, []

    def create_table(self: Operations, *arguments: object, **named: object) -> object:
        made.append(arguments[0])
        if len(made) > min(after, 10):
            raise driver.OperationalError("no more")
        return really(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_table", create_table)
    found = engine.writer(path)
    with pytest.raises(driver.OperationalError, match="no more"), found.begin() as connection:
        migrate.upgrade(connection)
    with found.connect() as connection:
        assert parts(connection) == set()
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == 0
    raw(found).close()


def test_register_when_making_it_fails_midway_then_no_file_is_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise Expected("disk_full")

    monkeypatch.setattr(migrate, "upgrade", fail)
    with pytest.raises(Expected):
        register.create(path, name="X")
    assert list(path.parent.iterdir()) == []


# the document


DOCUMENT = Path(__file__).parents[2] / "docs" / "file-format.md"


def test_document_when_read_then_it_names_every_table_and_column_of_records() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for table in (*schema.metadata.tables, "search", "alembic_version"):
        assert (
            f"`{table}`" in text
            or f" {table} " in text
            or f"`{table} " in text
            or f" {table}`" in text
        )
    for column in schema.records.columns:
        assert f"`{column.name}`" in text


def test_document_when_read_then_its_roles_are_the_declared_ones() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = {
        tuple(cell.strip(" `") for cell in line.replace(" (one)", "").strip("|").split("|"))
        for line in text[text.index("## Roles") : text.index("## Scales")].splitlines()
        if line.startswith("| ") and not line.startswith("| Declared")
    }
    declared = {
        (name, key, link.role, link.to, link.back)
        for name, kind in KINDS.items()
        for key, link in declared_links(kind).items()
    }
    assert listed == declared
