"""Strange sheets are understood by their headings and values, and what is proposed can be read, written and replayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg.catalogue import vocabulary
from riskreg.exchange import answers, guess, importing, mapping, meaning, staging
from riskreg.exchange.answers import CREATE, Question
from riskreg.exchange.headers import Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.reader import Sheet, SourceRow
from riskreg.records import KINDS, every_field, values
from riskreg.views import Register, View
from tests.ui.desk import add


def a_sheet(headers: str, *rows: str, name: str = "") -> Sheet:
    made = [
        SourceRow(number, tuple(cell or None for cell in row.split("|")))
        for number, row in enumerate(rows, 2)
    ]
    return Sheet(name=name, headers=tuple(headers.split("|")), rows=made)


def guessed(kind: str, headers: str, *rows: str) -> dict[str, str]:
    found = guess.columns(a_sheet(headers, *rows), kind, vocabulary())
    return {header: str(each.target) if each.target else "" for header, each in found.items()}


def test_columns_when_named_in_three_languages_then_each_is_its_field() -> None:
    found = guessed("risk", "Risk Name|可能性|影响程度|負責人", "Fire|3|4|K. Chan")
    assert list(found.values()) == ["title", "residual_likelihood", "residual_impact", "owner"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Date of incident", "occurred_from_at"), ("DateAware", "aware_at"), ("date_of_discovery", "discovered_at"),
     ("得悉日期", "aware_at"), ("Type of Breach", "category"), ("narative", "narrative"), ("Individuals Affected", "people_count")],
)  # fmt: skip
def test_column_when_called_otherwise_then_it_is_recognised(heading: str, field: str) -> None:
    value = {"category": "Theft", "people_count": "12"}.get(field, "2026-11-02")
    assert guessed("incident", heading, value)[heading] == field


def test_columns_when_two_fit_one_field_then_only_the_surer_has_it() -> None:
    found = guessed("incident", "Name|Title", "a|b")
    assert found == {"Name": "", "Title": "title"}


def test_column_when_its_values_cannot_be_of_the_field_then_it_is_not_taken() -> None:
    assert guessed("incident", "Title|Incident date", "a|soon", "b|later")["Incident date"] == ""


def test_columns_when_only_values_tell_then_they_are_a_perhaps() -> None:
    sheet = a_sheet("Title|Choice|L|I", "a|Avoid|1|5", "b|Share|2|4", "c|Avoid|3|3")
    found = guess.columns(sheet, "risk", vocabulary())
    assert {str(each.target) for each in found.values()} == {
        "title", "treatment", "residual_likelihood", "residual_impact",
    }  # fmt: skip
    assert {found[header].sure for header in ("Choice", "L", "I")} == {"perhaps"}


def test_refs_when_of_another_program_then_they_are_a_reference_elsewhere() -> None:
    assert guessed("risk", "Ref|Title", "X.01|a")["Ref"] == "external_ref"
    assert guessed("risk", "Ref|Title", "R-0001|a")["Ref"] == "ref"


@pytest.mark.parametrize(
    ("field", "word", "means"),
    [("treatment", "Mitigate", "modify"), ("residual_impact", "important", 4), ("residual_impact", "--", ""),
     ("residual_likelihood", "Likely", 4), ("treatment", "Avoyd", "avoid"), ("treatment", "purple", None)],
)  # fmt: skip
def test_word_when_no_list_knows_it_then_the_nearest_is_proposed(
    field: str, word: str, means: object
) -> None:
    assert meaning.meant(every_field(KINDS["risk"])[field], word, vocabulary())[0] == means


def test_mapping_when_written_and_read_then_it_is_the_same() -> None:
    map = ColumnMap(
        kind="incident",
        columns={"N.\"a'm e\"": Target("title"), "日期": Target("aware_at"), "x": Target("other_facts", name="a.b")},
        sheet="Sheet 1", header_row=3, encoding="big5hkscs", delimiter=";", key=(Target("external_ref"),),
        zone="Asia/Tokyo", unmapped="drop", left_out=frozenset({"secret"}),
        formats={Target("aware_at"): ("%d/%m/%Y", "%Y-%m-%d")}, precision={"aware_at": "day"},
        meanings={"category": {"Loss": "device_lost_stolen", "-": ""}, "near_miss": {"ja": True}, "assets": {"erp": "ERP"}},
        split={"data_types": ","}, references={"assets": "create"},
        constants={"status": "closed", "people_live_in": frozenset({"usa"}), "people_count": values.Count.of(3, "approximate")},
        decimal=",",
    )  # fmt: skip
    assert mapping.loads(mapping.dumps(map), vocabulary(), "x") == map


def test_mapping_when_a_word_means_no_number_then_it_is_refused_by_place() -> None:
    text = 'kind = "risk"\n[columns]\n[values.residual_impact]\nbad = "four"\n'
    with pytest.raises(importing.Expected) as refused:
        mapping.loads(text, vocabulary(), "map.toml")
    assert refused.value.id == "map_wrong"
    assert refused.value.parameters["where"] == "values.residual_impact.bad"


def test_questions_when_words_names_and_dates_are_open_then_each_is_asked_once(
    opened: Register,
) -> None:
    add(opened, "party", {"title": "K. Chan"})
    sheet = a_sheet(
        "Title|Treatment|Owner|Due|Data threatened",
        "a|Mitigate|K Chan|03/04/2026|Payroll",
        "b|Mitigate|W. Wong|05/06/2026|Payroll",
    )
    map, _ = guess.map_of(sheet, "risk", opened.vocabulary)
    found = answers.questions(opened, sheet, map)
    told = {(each.key, each.text): (each.rows, each.proposed) for each in found}
    assert told[("treatment", "Mitigate")] == (2, "modify")
    assert told[("owner", "K Chan")] == (1, "K. Chan")
    assert told[("owner", "W. Wong")] == (1, CREATE)
    assert told[("assets", "Payroll")] == (2, CREATE)
    (order,) = [each for each in found if each.sort == "order"]
    assert (order.key, order.proposed, order.options) == (
        "due_on", None, ("day first", "month first"),
    )  # fmt: skip


def test_answers_when_given_then_the_rows_go_in_as_answered(
    opened: Register, tmp_path: Path
) -> None:
    add(opened, "party", {"title": "K. Chan"})
    path = tmp_path / "risks.csv"
    path.write_text(
        "Title,Treatment,Owner,Due,Impact\na,Mitigate,K Chan,03/04/2026,important\nb,?,W. Wong,05/06/2026,--\n",
        encoding="utf-8",
    )
    source = importing.read(path)
    sheet = source.sheets[0]
    map, _ = guess.map_of(sheet, "risk", opened.vocabulary)
    given: dict[Question, answers.Answer] = {
        each: "month first" if each.sort == "order" else each.proposed
        for each in answers.questions(opened, sheet, map)
    }
    whole = answers.answered(map, sheet, given)
    opened.apply(staging.stage(opened, source, [(sheet, whole)]).changes)
    first, second = sorted(
        opened.records(opened.ids(View(kinds=("risk",)))).values(), key=lambda each: each.title
    )
    assert (str(first.get("due_on")), first.get("residual_impact")) == ("2026-03-04", 4)
    assert (first.get("treatment"), second.get("treatment")) == ("modify", None)
    assert second.get("residual_impact") is None
    assert len(opened.ids(View(kinds=("party",)))) == 2


def test_name_when_unanswered_then_the_row_is_rejected_with_the_name(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "risks.csv"
    path.write_text("Title,Data threatened\na,Payroll\n", encoding="utf-8")
    source = importing.read(path)
    sheet = source.sheets[0]
    map, _ = guess.map_of(sheet, "risk", opened.vocabulary)
    (question,) = answers.questions(opened, sheet, map)
    whole = answers.answered(map, sheet, {question: None})
    staged = staging.stage(opened, source, [(sheet, whole)])
    assert [(each.column, each.value) for each in staged.rejections] == [
        ("Data threatened", "Payroll")
    ]


def test_kind_when_file_or_columns_say_it_then_it_is_known() -> None:
    words = vocabulary()
    incident = a_sheet("Name|Type of breach|Individuals affected", "a|Theft|3")
    assert guess.kind_of(incident, words) == "incident"
    assert (
        guess.kind_of(a_sheet("name|description|type", "a|b|c"), words, "sample_assets") == "asset"
    )
    assert guess.kind_of(a_sheet("name|x", "a|b", name="供應商"), words) == "party"


@pytest.mark.parametrize(
    ("file", "kind", "new"),
    [("registers/washington_ag.csv", "incident", 500), ("registers/hhs_open_us_dates.csv", "incident", 852),
     ("registers/hhs_open_iso_dates.csv", "incident", 853), ("templates/RA_sample.csv", "risk", 2), ("templates/assets_template.xlsx", "asset", 4),
     ("templates/risk_assessment_template.xlsx", "risk", 4), ("templates/sample_assets.csv", "asset", 2), ("templates/third_parties_template.xlsx", "party", 3)],
)  # fmt: skip
def test_real_file_when_guessed_then_its_rows_go_in(
    opened: Register, shared_data: Path, file: str, kind: str, new: int
) -> None:
    source = importing.read(shared_data / file)
    map, _ = importing.suggest(opened, source)
    staged = staging.stage(opened, source, importing.plan(source, map=map))
    assert map.kind == kind
    assert staged.count("new") >= new
