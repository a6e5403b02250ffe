"""A CSV file holds every field of one kind, runs nothing in a spreadsheet, and comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from riskreg import register, sample
from riskreg.errors import Cancelled, Expected
from riskreg.exchange import csv_file, guard, outgoing
from riskreg.exchange.importing import import_file
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records import REGISTER_KINDS
from riskreg.records.values import Count, Instant
from riskreg.views import Register, View, Where
from riskreg.work import CHECKING, WRITING
from tests.builders import a_risk, an_asset, an_incident
from tests.exchange.odd import ODD

EN = translator("en")
RUN = (
    "=1+1",
    "+852 2345 6789",
    "-5",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋8",
    "－5",
    "＠x",
    "−5",
)


def rows_of(path: Path) -> list[list[str]]:
    """The cells as another program sees them, guards and all."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def column(path: Path, header: str) -> list[str]:
    first, *rest = rows_of(path)
    return [row[first.index(header)] for row in rest]


@pytest.mark.parametrize("text", RUN)
def test_text_when_a_spreadsheet_would_run_it_then_an_apostrophe_stands_before_it(
    text: str,
) -> None:
    assert guard.guarded(text) == f"'{text}"
    assert guard.unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", [*RUN, *ODD, *(f"'{text}" for text in RUN), "''=", "'", "", "a=b"])
def test_text_when_guarded_and_unguarded_then_it_is_what_it_was(text: str) -> None:
    assert guard.unguarded(guard.guarded(text)) == text
    assert not guard.guarded(text).startswith(tuple(guard.SIGNS))


def test_text_when_odd_then_the_file_comes_back_with_no_difference(
    opened: Register, tmp_path: Path
) -> None:
    for number, text in enumerate(ODD):
        a_risk(opened, f"Risk {number}", notes=text, other_facts=(("odd", text),))
    path = tmp_path / "risks.csv"
    outgoing.export_register(opened, ("risk",), path, EN)
    assert column(path, "Notes") == [guard.guarded(text) for text in ODD]
    for row in rows_of(path):
        assert not any(cell.startswith(tuple(guard.SIGNS)) for cell in row)
    report = import_file(opened, path, kind="risk", dry_run=True)
    assert report.staged.rejections == ()
    assert report.staged.changes.changes == ()
    assert report.staged.count("unchanged") == len(ODD)


def test_file_when_written_then_it_is_as_rfc_4180_and_excel_ask(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened, 'Says "no", or\n外洩', notes="a\nb", tags=frozenset({"x", "y"}))
    path = tmp_path / "risks.csv"
    outgoing.export_register(opened, ("risk",), path, EN)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfRef,Title,")
    assert content.endswith(b"\r\n")
    assert '"Says ""no"", or 外洩"'.encode() in content
    assert b'"a\nb"' in content
    assert b'"x\ny"' in content


def test_values_when_written_then_times_are_iso_with_their_zone(
    opened: Register, tmp_path: Path
) -> None:
    exact = "2026-11-24T18:40+08:00[Asia/Hong_Kong]"
    one, two = an_asset(opened, "Payroll"), an_asset(opened, "Mailbox")
    an_incident(
        opened,
        aware_at=Instant.parse(exact),
        discovered_at=Instant.parse("2026-11[Asia/Hong_Kong]"),
        people_count=Count(150, "approximate"),
        assets=frozenset({one.id, two.id}),
    )
    path = tmp_path / "incidents.csv"
    outgoing.export_register(opened, ("incident",), path, EN)
    row = dict(zip(*rows_of(path), strict=True))
    assert (row["Aware"], row["Aware (exact)"]) == ("2026-11-24 18:40:00", exact)
    assert row["Discovered (exact)"] == "2026-11[Asia/Hong_Kong]"
    assert (row["People affected"], row["People affected (precision)"]) == ("150", "Approximate")
    assert row["Data affected"] == "A-0001; A-0002"


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKREG_HOME", str(folder / "account"))
        sample.make(folder / "sample.riskreg")
    return folder / "sample.riskreg"


@pytest.mark.parametrize("kind", REGISTER_KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_file_when_it_comes_back_unchanged_then_nothing_changes(
    sample_path: Path, tmp_path: Path, kind: str, language: Language
) -> None:
    found = register.open(sample_path, read_only=True)
    try:
        path = tmp_path / f"{kind}.csv"
        outgoing.export_register(found, (kind,), path, translator(language))
        report = import_file(found, path, kind=kind, dry_run=True)
        assert report.staged.rejections == ()
        assert report.staged.changes.changes == ()
        told = View(kinds=(kind,), where=(Where("is_privileged", "!=", True),))
        assert report.staged.count("unchanged") == found.count(told)
    finally:
        found.close()


def test_export_when_narrowed_then_only_those_are_in_it_and_it_is_noted(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened, "Mail goes astray", status="open")
    a_risk(opened, "Theft of mail", status="closed")
    path = tmp_path / "x.CSV"
    where = {"risk": [Where("status", "=", "open")]}
    made = outgoing.export_register(opened, ("risk",), path, EN, words="mail", where=where)
    assert made.sheets == {"risk": 1}
    assert column(path, "Title") == ["Mail goes astray"]
    entry = opened.log(limit=1)[0]
    assert entry.act == "export"
    assert dict(entry.facts) == {"file": "x.CSV", "fingerprint": made.fingerprint, "rows": "1"}


@pytest.mark.parametrize("kinds", [(), ("risk", "asset")])
def test_export_when_not_of_one_kind_then_it_is_refused(
    opened: Register, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"the old one")
    with pytest.raises(Expected) as failed:
        outgoing.export_register(opened, kinds, path, EN)
    assert str(failed.value) == (
        "A CSV file holds records of one kind only. Nothing was written and x.csv is as it was. "
        "Choose one kind, or give a name that ends in .xlsx for a workbook with all of them."
    )
    assert path.read_bytes() == b"the old one"


def test_export_when_the_name_is_no_csv_file_then_it_is_refused(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as failed:
        csv_file.export(opened, View(kinds=("risk",)), tmp_path / "x.txt", EN)
    assert str(failed.value) == (
        "The name x.txt does not end in .csv. Nothing was written and the file is as it was. "
        "Give a name that ends in .csv."
    )


def test_export_when_it_reads_back_differently_then_the_old_file_stays(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guard that is forgotten on the way in is found out."""
    a_risk(opened, "-5 apples")
    path = tmp_path / "x.csv"
    path.write_bytes(b"the old one")
    monkeypatch.setattr(csv_file, "unguarded", lambda cell: cell)
    with pytest.raises(Expected) as failed:
        outgoing.export_register(opened, ("risk",), path, EN)
    assert str(failed.value).startswith(
        "x.csv cannot be written (it does not read back as it was written)."
    )
    assert path.read_bytes() == b"the old one"


@pytest.mark.parametrize("stage", [WRITING, CHECKING])
def test_export_when_cancelled_then_the_old_file_stays(
    opened: Register, tmp_path: Path, stage: str
) -> None:
    class Impatient:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if doing == stage:
                raise Cancelled

    for number in range(260):
        a_risk(opened, f"Risk {number}")
    path = tmp_path / "x.csv"
    path.write_bytes(b"the old one")
    with pytest.raises(Cancelled):
        outgoing.export_register(opened, ("risk",), path, EN, work=Impatient())
    assert path.read_bytes() == b"the old one"
    assert [each.name for each in tmp_path.iterdir() if "x.csv" in each.name] == ["x.csv"]
