"""`health`: a folder of registers, asked by the program itself."""

from __future__ import annotations

import json
import os

import pytest

from riskreg import register
from tests.e2e.program import digest

NOW = "2026-11-20T18:40+08:00"


@pytest.fixture
def on_friday(run):
    """The program on a day of the sample's life."""
    run.before = ("env", f"RISKREG_NOW={NOW}")
    return run


def titles(run, path):
    """Everything in a register that is called something."""
    kinds = ("organisation", "risk", "incident", "asset", "party")
    found = {item["title"] for kind in kinds for item in run.state("list", path, kind)}
    assert len(found) > 20
    return found


def test_health_when_all_are_well_says_so_without_content_and_changes_nothing(run, sample):
    folder = sample.parent
    before = digest(sample), sorted(folder.iterdir())
    [one] = run.json("health", folder)
    assert (digest(sample), sorted(set(folder.iterdir()) - {run.home})) == before
    assert (one["file"], one["well"], one["error"]) == ("sample.riskreg", True, None)
    assert (one["findings"], one["open_by"]) == (0, None)
    assert one["entries"] == run.state("verify", sample)["entries"]
    assert one["bytes"] == sample.stat().st_size
    said = run.said("health", folder, "--json") + run.said("health", folder)
    assert [title for title in titles(run, sample) if title in said] == []


def test_health_when_something_is_due_counts_what_to_do_lists(on_friday, tmp_path):
    path = tmp_path / "new.riskreg"
    on_friday.said("new", path, "--name", "Clinic")
    for day in ("11-19", "11-20", "11-27", "11-28", "12-20", "12-21"):
        on_friday.quickly("add", path, "risk", "title=x", f"due_on=2026-{day}")
    on_friday.quickly("add", path, "risk", "title=x", "due_on=2026-11-01", "status=closed")
    [one] = on_friday.json("health", tmp_path)
    assert (one["overdue"], one["due_7"], one["due_30"]) == (1, 2, 4)


def test_health_when_exports_and_checks_came_after_still_counts_from_the_last_change(
    run, sample, tmp_path
):
    run.quickly("add", sample, "risk", "title=x")
    [before] = run.state("health", sample.parent)
    run.quickly("export", sample, tmp_path / "out.csv", "--kind", "risk")
    run.quickly("backup", sample)
    run.before = ("env", "RISKREG_NOW=2026-12-01T18:40+08:00")
    run.said("verify", sample)
    [one] = run.json("health", sample.parent)
    assert one["entries"] == before["entries"] + 3
    assert (one["changed_at"], one["changed_days"]) == (before["changed_at"], 11)
    assert one["changed_at"] == run.state("log", sample, "--limit", 5)[3]["at"]


def test_health_when_one_cannot_be_opened_tells_why_and_of_the_others(run, sample):
    sample.with_name("text.riskreg").write_text("not a register")
    sample.with_name("cut.riskreg").write_bytes(sample.read_bytes()[:50_000])
    sample.with_name("folder.riskreg").mkdir()
    sample.with_name("zero.RISKREG").touch()
    (sample.parent / "letter.txt").write_text("not asked")
    found = {one["file"]: one for one in run.json("health", sample.parent, status=1)}
    assert found.keys() == {
        "cut.riskreg", "folder.riskreg", "sample.riskreg", "text.riskreg", "zero.RISKREG",
    }  # fmt: skip
    errors = {name: one["error"] for name, one in found.items()}
    assert errors.pop("sample.riskreg") is None
    assert errors == {
        "cut.riskreg": "damaged",
        "folder.riskreg": "not_a_file",
        "text.riskreg": "not_a_register",
        "zero.RISKREG": "empty_file",
    }
    assert [name for name, one in found.items() if one["well"]] == ["sample.riskreg"]
    assert found["text.riskreg"]["overdue"] is None
    said = run.said("health", sample.parent, status=1)
    assert all(one["error_text"] in said for one in found.values() if one["error"])
    assert "well" in said


def test_health_when_the_program_itself_fails_on_one_asks_the_others(run, sample, monkeypatch):
    sample.with_name("other.riskreg").write_bytes(sample.read_bytes())
    opening = register.open

    def failing(path, **given):
        if path.name == "other.riskreg":
            raise RuntimeError("a fault")
        return opening(path, **given)

    monkeypatch.setattr(register, "open", failing)
    found = json.loads(run.quickly("health", sample.parent, "--json", status=1))
    assert [(one["file"], one["error"]) for one in found] == [
        ("other.riskreg", "unexpected"),
        ("sample.riskreg", None),
    ]


def test_health_when_history_was_rewritten_counts_the_findings(run, sample):
    data = sample.read_bytes()
    title = next(iter(sorted(titles(run, sample), key=len, reverse=True))).encode()
    assert title in data
    sample.write_bytes(data.replace(title, b"X" * len(title)))
    [one] = run.json("health", sample.parent, status=1)
    assert (one["well"], one["error"]) == (False, None)
    assert one["findings"] > 0
    assert "run verify" in run.said("health", sample.parent, status=1)


def test_health_when_the_newest_backup_was_damaged_is_not_well(run, sample):
    run.quickly("add", sample, "risk", "title=x")
    made = run.state("backup", sample)
    [one] = run.json("health", sample.parent)
    assert one["backups"] == len(run.state("backups", sample))
    assert (one["backup_ok"], one["backup_at"]) == (True, made["made_at"])
    assert one["backup_bytes"] >= made["size"]
    os.truncate(made["path"], 50_000)
    [one] = run.json("health", sample.parent, status=1)
    assert (one["backup_ok"], one["findings"], one["error"]) == (False, 0, None)
    assert "backup is not whole" in run.said("health", sample.parent, status=1)


def test_health_when_there_is_no_backup_says_none(run, sample):
    [one] = run.json("health", sample.parent)
    assert (one["backups"], one["backup_at"], one["backup_ok"]) == (0, None, None)


def test_health_when_somebody_has_it_open_names_who_and_a_crash_does_not(run, sample):
    holder = sample.with_name(".sample.riskreg.holder")
    opened = register.open(sample)
    left = holder.read_bytes()
    try:
        [one] = run.json("health", sample.parent)
        assert one["well"]
        assert one["open_by"].keys() == {"name", "computer", "since"}
        assert one["open_by"]["computer"] in run.said("health", sample.parent)
        opened.note("export", {"file": "still.csv"})
    finally:
        opened.close()
    holder.write_bytes(left)  # what a killed program leaves
    assert run.json("health", sample.parent)[0]["open_by"] is None


def test_health_when_the_folder_is_empty_or_missing_says_so(run, tmp_path):
    (tmp_path / "none").mkdir()
    assert run.json("health", tmp_path / "none") == []
    assert "no register" in run.said("health", tmp_path / "none")
    assert "missing" in run.refused("health", tmp_path / "missing")
    (tmp_path / "file.txt").touch()
    assert "file.txt" in run.refused("health", tmp_path / "file.txt")
