"""A workbook that comes back unchanged changes nothing; one edited cell is one change. For every kind and language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from riskreg import register, sample
from riskreg.changes import ChangeSet, addition, edit
from riskreg.errors import Expected
from riskreg.exchange import headers, outgoing
from riskreg.exchange.headers import Target
from riskreg.exchange.importing import Report, import_file
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records import IMPORTED_KINDS, KINDS, REGISTER_KINDS, Record, fields, stored
from riskreg.records.fields import FieldKind, Value
from riskreg.views import Register, View, Where
from riskreg.work import QUIET
from tests import strategies
from tests.builders import a_risk, an_asset, change

EDITS: dict[str, tuple[str, Any]] = {
    "organisation": ("title", "Another name"),
    "incident": ("people_count", 4321),
    "risk": ("residual_likelihood", 2),
    "asset": ("retention", "Nine years"),
    "action": ("reason_if_not", "No such data is held"),
    "step": ("done_by", "K. Chan"),
    "processing": ("retention", "Nine years"),
    "transfer": ("city", "Foshan"),
    "measure": ("source", "Own idea"),
    "task": ("done_by", "K. Chan"),
    "activity": ("done_by", "The whole team"),
    "evidence": ("received_from", "The bank"),
    "party": ("phone", "+852 2345 6789"),
    "assessment": ("made_by", "Dr Y. Lam"),
    "decision": ("reason", "It never left the house"),
    "notice": ("receipt", "Noted on the telephone"),
    "entry": ("who", "The whole team"),
    "own_rule": ("clause", "Clause 12"),
}
"""For each kind one field and what a person types into its cell."""


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    os.environ["RISKREG_HOME"] = str(folder / "account")
    sample.make(folder / "sample.riskreg", 0, 1, QUIET)
    return folder / "sample.riskreg"


def exported(
    opened: Register, folder: Path, language: Language = "en", kinds: Sequence[str] = REGISTER_KINDS
) -> Path:
    path = folder / "out.xlsx"
    outgoing.export_register(opened, kinds, path, translator(language))
    return path


def tried(opened: Register, path: Path) -> tuple[Report, tuple[int, int, int, int]]:
    report = import_file(opened, path, dry_run=True)
    found = report.as_json(translator("en"))
    return report, (found["new"], found["changed"], found["unchanged"], found["rejected"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_when_it_comes_back_unchanged_then_nothing_changes(
    sample_path: Path, tmp_path: Path, language: Language
) -> None:
    opened = register.open(sample_path)
    try:
        report, (new, changed, unchanged, rejected) = tried(
            opened, exported(opened, tmp_path, language)
        )
        assert (new, changed, rejected) == (0, 0, 0)
        told = (Where("is_privileged", "!=", True),)
        views = [View(kinds=(kind,), where=told) for kind in REGISTER_KINDS]
        assert unchanged == sum(opened.count(view) for view in views)
        assert report.staged.changes.changes == ()
    finally:
        opened.close()


def typed_into(path: Path, kind: type[Record], key: str, value: object) -> None:
    """Open the workbook, type into the first record's cell and save it, as a person would."""
    t = translator("en")
    book = openpyxl.load_workbook(path)
    sheet = book[headers.sheet_name(kind, t)]
    wanted = headers.header(kind, Target(key), t)
    head = next(row for row in sheet.iter_rows() if wanted in [cell.value for cell in row])
    column = next(cell.column for cell in head if cell.value == wanted)
    sheet.cell(head[0].row + 1, column).value = value  # type: ignore[assignment]
    book.save(path)


@pytest.mark.parametrize("kind", REGISTER_KINDS)
def test_workbook_when_one_cell_is_edited_then_one_field_of_one_record_changes(
    sample_path: Path, tmp_path: Path, kind: str
) -> None:
    opened = register.open(sample_path)
    try:
        path = exported(opened, tmp_path)
        key, value = EDITS[kind]
        typed_into(path, KINDS[kind], key, value)
        report, (new, changed, _, rejected) = tried(opened, path)
        assert (new, changed, rejected) == (0, 1, 0)
        (found,) = report.staged.changes.changes
        assert found.kind == kind
        assert set(found.after or {}) == {key}
    finally:
        opened.close()


def test_workbook_when_the_record_changed_since_then_both_values_are_named(
    opened: Register, tmp_path: Path
) -> None:
    risk = a_risk(opened, "Mail goes astray", cause="Haste")
    path = exported(opened, tmp_path)
    change(opened, risk, cause="Old addresses")
    assert tried(opened, path)[1][1] == 0
    typed_into(path, KINDS["risk"], "cause", "Windows of envelopes")
    report, (_, changed, _, rejected) = tried(opened, path)
    assert (changed, rejected) == (0, 1)
    (rejection,) = report.staged.rejections
    assert rejection.column == "Cause"
    assert "Old addresses" in rejection.parameters.values()
    assert "Windows of envelopes" in rejection.parameters.values()


def test_workbook_when_a_mirrored_column_is_edited_then_the_cell_is_rejected(
    opened: Register, tmp_path: Path
) -> None:
    asset = an_asset(opened, "Payroll")
    a_risk(opened, "Mail goes astray", assets=frozenset({asset.id}))
    path = exported(opened, tmp_path)
    typed_into(path, KINDS["asset"], "risks", None)
    report, (_, changed, _, rejected) = tried(opened, path)
    assert (changed, rejected) == (0, 1)
    assert report.staged.rejections[0].column == "Risks"


EDITABLE = IMPORTED_KINDS


def _values(kind: str) -> st.SearchStrategy[dict[str, Value]]:
    def strategy(key: str, what: FieldKind) -> st.SearchStrategy[Value]:
        found = strategies.values_of(what)
        return found.filter(bool) if key == "title" else found

    return st.fixed_dictionaries(
        {
            key: strategy(key, what)
            for key, what in stored(KINDS[kind]).items()
            if not isinstance(what, fields.Links) and key != "other_facts"
        },
        optional={"other_facts": strategies.values_of(stored(KINDS[kind])["other_facts"])},
    )


def _free(row: dict[str, Value]) -> dict[str, Value]:
    """The values of a record that may leave the register and be undone: no legal hold, not privileged."""
    return row | {"hold_reason": "", "is_privileged": False}


@pytest.mark.parametrize("kind", EDITABLE)
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_record_when_it_holds_anything_then_it_comes_back_as_it_was(
    opened: Register, tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    rows = [_free(row) for row in data.draw(st.lists(_values(kind), min_size=1, max_size=3))]
    language = data.draw(st.sampled_from(LANGUAGES))
    if KINDS[kind].numbering == "catalogue":
        ids = list(opened.ids(View(kinds=(kind,))))[: len(rows)]
        made = [edit(opened.record(id), row) for id, row in zip(ids, rows, strict=True)]
    else:
        made = [addition(kind, row, -1 - place) for place, row in enumerate(rows)]
    opened.apply(ChangeSet(act="add", changes=tuple(filter(None, made))))
    try:
        report, _ = tried(opened, exported(opened, tmp_path, language, (kind,)))
    finally:
        if any(made):
            opened.undo()
    assert report.staged.changes.changes == ()
    assert report.staged.rejections == ()


def test_workbook_when_of_another_register_then_its_refs_change_nothing(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened, "Ours")
    other = register.create(tmp_path / "other.riskreg", name="Lantern School")
    try:
        a_risk(other, "Theirs")
        outgoing.export_register(other, (), tmp_path / "theirs.xlsx", translator("en"))
    finally:
        other.close()
    before = opened.head()
    with pytest.raises(Expected) as refused:
        import_file(opened, tmp_path / "theirs.xlsx")
    assert str(refused.value) == (
        "theirs.xlsx was made from another register, where the same refs are other records. Nothing was changed. "
        "Import it into the register it came from, or copy its cells, without Ref and Version, into a new workbook."
    )
    assert opened.head() == before
