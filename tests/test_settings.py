"""Preferences survive a restart, another version and damage."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from riskreg import settings
from riskreg.errors import Expected
from riskreg.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path))
    return tmp_path


def write(text: str) -> Path:
    path = settings.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_when_nothing_was_saved_are_the_defaults():
    assert settings.load() == (Settings(), None)


def test_settings_when_saved_come_back_equal():
    saved = Settings(
        language="zh_Hant",
        theme="dark",
        working_as="陳大文",
        backup_folder="/media/盤",
        keep_recent=True,
        recent=("/a/一.riskreg", "/b.riskreg"),
        window="AdnQywAD",
        column_widths={"risk": {"title": 300, "status": 90}},
    )
    settings.save(saved)
    assert settings.load().settings == saved


def test_settings_when_a_newer_version_wrote_more_keep_it():
    write('{"theme": "dark", "tiles": {"home": [1, 2]}}')
    settings.save(settings.load().settings)
    kept = json.loads(settings.settings_file().read_text(encoding="utf-8"))
    assert kept["tiles"] == {"home": [1, 2]}
    assert kept["theme"] == "dark"


@pytest.mark.parametrize("text", ["", "{", "\x00\x00", "[]", '"dark"', "[" * 100_000])
def test_settings_when_the_file_is_damaged_are_set_aside_and_told(text):
    path = write(text)
    loaded = settings.load()
    assert loaded.settings == Settings()
    assert loaded.set_aside is not None
    assert loaded.set_aside.read_text(encoding="utf-8") == text
    assert not path.exists()
    assert settings.load().set_aside is None


def test_settings_when_the_file_is_not_utf8_are_set_aside():
    path = write("")
    path.write_bytes(b'{"working_as": "\xff\xfe"}')
    assert settings.load().set_aside is not None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "purple"),
        ("theme", 3),
        ("language", "fr"),
        ("working_as", None),
        ("keep_recent", "yes"),
        ("recent", "a"),
        ("recent", [1]),
        ("column_widths", {"risk": {"title": "wide"}}),
        ("column_widths", {"risk": 5}),
        ("column_widths", []),
    ],
)
def test_settings_when_a_value_is_of_the_wrong_kind_use_the_default_and_keep_the_rest(key, value):
    write(json.dumps({key: value, "window": "here"}))
    loaded = settings.load()
    assert loaded.set_aside is None
    assert loaded.settings == Settings(window="here")


def test_recent_when_registers_are_opened_keep_the_newest_five_once(tmp_path):
    found = Settings()
    for name in "abcdefc":
        found = found.opened(tmp_path / name)
    assert [Path(name).name for name in found.recent] == ["c", "f", "e", "d", "b"]


def test_recent_when_switched_off_forgets_all(tmp_path):
    found = Settings(recent=("/old",), keep_recent=False).opened(tmp_path / "a")
    assert found.recent == ()


def test_save_when_the_folder_cannot_be_made_says_so(home):
    (home / "config").write_text("in the way")
    with pytest.raises(Expected, match="cannot be written") as caught:
        settings.save(Settings())
    assert caught.value.id == "cannot_write"


def test_save_when_it_replaces_leaves_no_other_file_and_only_the_account_reads_it():
    settings.save(Settings(theme="dark"))
    settings.save(Settings(theme="light"))
    path = settings.settings_file()
    assert [other.name for other in path.parent.iterdir()] == ["settings.json"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_folders_when_no_home_is_given_are_the_systems(monkeypatch):
    monkeypatch.delenv("RISKREG_HOME")
    assert settings.config_folder().name == "riskreg"
    assert settings.data_folder().is_absolute()


def test_backup_folder_when_one_is_chosen_is_that_one(tmp_path):
    assert settings.backup_folder() == settings.data_folder() / "backups"
    settings.save(Settings(backup_folder=str(tmp_path / "stick")))
    assert settings.backup_folder() == tmp_path / "stick"
