"""Real breach registers come in whole: every row is new, changed, unchanged or rejected with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg.exchange import importing
from riskreg.exchange.importing import Report
from riskreg.i18n import translator
from riskreg.records import Incident
from riskreg.views import Register, View

HERE = Path(__file__).parent
MAPS = HERE / "maps"
DATA = HERE / "data"


def bring(register: Register, file: Path, map: str, *, dry_run: bool = False) -> Report:
    return importing.import_file(register, file, map=MAPS / map, dry_run=dry_run)


def counts(report: Report) -> tuple[int, int, int, int]:
    new, changed, unchanged, rejected = (
        report.staged.count(state) for state in ("new", "changed", "unchanged", "rejected")
    )
    return new, changed, unchanged, rejected


def reasons(report: Report) -> list[str]:
    return [each["reason"] for each in report.as_json(translator("en"))["rejections"]]


def incidents(register: Register) -> list[Incident]:
    found = register.records(register.ids(View(kinds=("incident",))))
    return [record for record in found.values() if isinstance(record, Incident)]


def test_notices_when_imported_then_days_counts_and_other_columns_are_kept(
    opened: Register,
) -> None:
    assert counts(bring(opened, DATA / "notices.csv", "washington_ag.toml")) == (2, 0, 0, 0)
    first, second = incidents(opened)
    assert str(first.aware_at) == "2025-07-16[America/Los_Angeles]"
    assert (first.category, first.cause, str(first.people_count)) == (
        "phishing_social_eng",
        "external_malicious",
        "804",
    )
    assert dict(first.other_facts) == {
        "DaysToContainBreach": "-5", "IndustryType": "Health", "WashingtoniansAffectedRange": "500-999", "submitted": "2025-09-14",
    }  # fmt: skip
    assert second.title == "Café Ümlaut 外洩"
    assert second.aware_at is None
    assert dict(second.other_facts)["WashingtoniansAffectedRange"] == "10,000-49,999"


def test_notices_when_imported_twice_then_nothing_changes_and_no_entry_is_made(
    opened: Register,
) -> None:
    bring(opened, DATA / "notices.csv", "washington_ag.toml")
    before = opened.undoable()
    assert counts(bring(opened, DATA / "notices.csv", "washington_ag.toml")) == (0, 0, 2, 0)
    assert opened.undoable() == before


def test_import_when_undone_then_the_register_is_as_before(opened: Register) -> None:
    bring(opened, DATA / "notices.csv", "washington_ag.toml")
    opened.undo()
    assert incidents(opened) == []
    assert opened.verify().ok
    opened.redo()
    assert len(incidents(opened)) == 2


def test_import_when_dry_then_counts_are_the_same_and_nothing_is_made(opened: Register) -> None:
    dry = bring(opened, DATA / "notices.csv", "washington_ag.toml", dry_run=True)
    assert incidents(opened) == []
    assert counts(dry) == counts(bring(opened, DATA / "notices.csv", "washington_ag.toml"))


def test_next_export_when_dates_are_iso_then_it_updates_by_title_and_day(opened: Register) -> None:
    first = bring(opened, DATA / "breaches_us.csv", "hhs_us_dates.toml")
    assert counts(first) == (2, 0, 0, 2)
    assert reasons(first) == ["rows 4, 5 of this file have the same key"] * 2
    second = bring(opened, DATA / "breaches_iso.csv", "hhs_iso_dates.toml")
    assert counts(second) == (1, 2, 0, 2)
    lantern = next(
        incident for incident in incidents(opened) if incident.title == "Lantern Dental, Inc."
    )
    assert str(lantern.people_count) == "1250"
    assert dict(lantern.other_facts)["submitted"] == "2026-03-14"
    assert dict(lantern.other_facts)["Year"] == "2026"
    eye = next(incident for incident in incidents(opened) if incident.title == "Harbour Eye Centre")
    assert eye.narrative == "Taken from a taxi."


def test_row_when_it_fits_several_records_then_it_is_rejected_by_name(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, DATA / "breaches_us.csv", "hhs_us_dates.toml")
    twice = tmp_path / "same.csv"
    for notes in "xy":
        twice.write_text(f"Title,Notes\nLantern Dental,{notes}\n", encoding="utf-8")
        importing.import_file(opened, twice, kind="incident")
    again = importing.import_file(opened, twice, kind="incident", key=["title"])
    assert counts(again) == (0, 0, 0, 1)
    assert reasons(again) == ["several records fit: I-2026-003, I-2026-004"]


@pytest.mark.parametrize(
    ("file", "map", "rows"),
    [("washington_ag.csv", "washington_ag.toml", 823), ("hhs_open_us_dates.csv", "hhs_us_dates.toml", 852),
     ("hhs_open_iso_dates.csv", "hhs_iso_dates.toml", 853)],
)  # fmt: skip
def test_real_register_when_imported_then_rows_are_records_and_rejections(
    opened: Register, shared_data: Path, file: str, map: str, rows: int
) -> None:
    report = bring(opened, shared_data / "registers" / file, map)
    new, changed, unchanged, rejected = counts(report)
    assert new + rejected == rows
    assert (changed, unchanged) == (0, 0)
    assert len(incidents(opened)) == new
    assert len(report.staged.rejections) == rejected
    assert all(reasons(report))
    assert opened.verify().ok


def test_real_washington_register_when_imported_then_days_and_negative_numbers_survive(
    opened: Register, shared_data: Path
) -> None:
    bring(opened, shared_data / "registers" / "washington_ag.csv", "washington_ag.toml")
    found = incidents(opened)
    aware = [incident.aware_at for incident in found if incident.aware_at]
    assert len(aware) == 823 - 24
    assert {instant.precision for instant in aware} == {"day"}
    negative = [
        value for incident in found for _, value in incident.other_facts if value.startswith("-")
    ]
    assert len(negative) == 5


def test_real_export_when_the_next_comes_then_it_updates_and_names_what_is_ambiguous(
    opened: Register, shared_data: Path
) -> None:
    folder = shared_data / "registers"
    first = bring(opened, folder / "hhs_open_us_dates.csv", "hhs_us_dates.toml")
    second = bring(opened, folder / "hhs_open_iso_dates.csv", "hhs_iso_dates.toml")
    new, changed, unchanged, rejected = counts(second)
    assert changed + unchanged > 700, "the second export must update the first, not double it"
    assert new + changed + unchanged + rejected == 853
    assert len(incidents(opened)) == first.staged.count("new") + new
    assert 0 < rejected < 10
    assert all(
        "same key" in reason or "several records fit" in reason for reason in reasons(second)
    )
    assert counts(bring(opened, folder / "hhs_open_iso_dates.csv", "hhs_iso_dates.toml"))[:2] == (
        0,
        0,
    )
