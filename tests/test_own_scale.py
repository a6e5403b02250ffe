"""Choices and a scale of the organisation's own, through the door and in a real file."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine

from riskreg import catalogue, register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.editing import from_bin, to_bin
from riskreg.errors import Refused
from riskreg.exchange import workbook
from riskreg.i18n import translator
from riskreg.records.fields import Value
from riskreg.rules import scales
from riskreg.scale_change import Wanted, put_in_force
from riskreg.views import Register, View
from tests.builders import a_risk, add, change

THREE = """
method = "product"
likelihood = [{ label = "Seldom" }, { label = "Now and then" }, { label = "Often" }]
impact = [{ label = "Small" }, { label = "Middling" }, { label = "Large" }]
bands = [
  { level = "low", lowest = 1, highest = 2 },
  { level = "moderate", lowest = 3, highest = 4 },
  { level = "high", lowest = 5, highest = 9, label = "Red" },
]
"""


def a_scale(opened: Register, text: str = THREE, **values: Value) -> int:
    return add(opened, "scale", "Ours", text=text, is_default=True, **values).id


def level(opened: Register, id: int) -> tuple[Value, Value]:
    found = opened.record(id)
    return found.get("residual_score"), found.get("residual_level")


def test_scale_when_put_in_force_then_levels_follow_at_once_and_the_journal_keeps_the_numbers(
    opened: Register,
) -> None:
    small, large = a_risk(opened, likelihood=3, impact=2), a_risk(opened, likelihood=5, impact=1)
    assert level(opened, small.id) == (6, "moderate")
    a_scale(opened)
    assert opened.vocabulary.scale.title.en == "Ours"
    assert opened.vocabulary.terms_of("level").label("high", "en") == "Red"
    assert opened.vocabulary.terms_of("level").offered == ("low", "moderate", "high")
    assert level(opened, small.id) == (6, "high")
    assert level(opened, large.id) == (None, None), "5 is no step of it, and is not cut to 3"
    assert opened.record(large.id).get("residual_likelihood") == 5
    assert opened.record(small.id).version == small.version, "nobody edited the risk"
    assert (
        next(iter(opened.ids(View(kinds=("risk",), sort=(("residual_level", True),))))) == small.id
    )
    assert opened.verify().ok


def test_scale_when_opened_again_or_asked_of_the_past_then_the_one_of_that_moment_counts(
    opened: Register,
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    before = opened.head().seq
    a_scale(opened)
    path = opened.path
    assert level_at(opened, before, risk.id) == "moderate"
    assert level_at(opened, opened.head().seq, risk.id) == "high"
    opened.close()
    again = register.open(path)
    try:
        assert next(step.label.en for step in again.vocabulary.scale.impact) == "Small"
        assert again.verify().ok
        with again.reader() as reader:
            assert reader.vocabulary.scale.title.en == "Ours"
    finally:
        again.close()


def level_at(opened: Register, seq: int, id: int) -> Value:
    return opened.as_of(seq).record(id).get("residual_level")


def test_scale_when_undone_redone_and_binned_then_levels_come_and_go_with_it(
    opened: Register,
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    id = a_scale(opened)
    opened.undo()
    assert level(opened, risk.id) == (6, "moderate")
    assert opened.vocabulary.scale == catalogue.vocabulary().scale
    opened.redo()
    assert level(opened, risk.id) == (6, "high")
    change(opened, opened.record(id), is_default=False)
    assert level(opened, risk.id) == (6, "moderate")
    assert opened.verify().ok


def test_scale_when_scores_are_mapped_in_the_same_step_then_the_new_scale_judges_them(
    opened: Register,
) -> None:
    risk = a_risk(opened, likelihood=5, impact=1)
    mapped = edit(risk, {"residual_likelihood": 3})
    assert mapped is not None
    made = addition("scale", {"title": "Ours", "text": THREE, "is_default": True})
    opened.apply(ChangeSet(act="edit", changes=(made, mapped)))
    assert level(opened, risk.id) == (3, "moderate")
    with pytest.raises(Refused, match="1 to 3"):
        change(opened, opened.record(risk.id), residual_likelihood=4)
    assert opened.verify().ok


def test_table_of_levels_when_in_force_then_the_workbook_says_its_words_and_how_they_are_found(
    opened: Register, tmp_path: Path
) -> None:
    nist = next(scale for scale in catalogue.ready_scales() if scale.key == "nist_800_30")
    a_scale(opened, scales.dumps(nist))
    a_risk(opened, likelihood=5, impact=1)
    a_risk(opened, likelihood=5, impact=5)
    workbook.export(opened, [View(kinds=("risk",))], tmp_path / "out.xlsx", translator("en"))
    with python_calamine.load_workbook(str(tmp_path / "out.xlsx")) as book:
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    first, *rest = sheets["Risks"]
    assert [row[first.index("Residual level")] for row in rest] == ["Very low", "Very high"]
    told = [row[0] for row in sheets["Legend"]]
    assert told[told.index("Very high") :][:5] == [
        "Very high",
        "High",
        "Moderate",
        "Low",
        "Very low",
    ]
    assert "read from the table" in str(sheets["Legend"][told.index("Very high")][1])
    assert any(row[:3] == ["Very low", "1–1", 1] for row in sheets["Heat map"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("title = 'x'", "method"),
        ("method = [", "cannot be read"),
        (THREE.replace("lowest = 3", "lowest = 4"), "scores 3 to 3 have no level"),
        (THREE.replace("lowest = 3", "lowest = 2"), "scores 2 to 2 have several levels"),
        (THREE.replace('"Seldom"', '""'), "likelihood 1: label is missing"),
    ],
)
def test_scale_when_its_text_is_wrong_then_the_door_says_why(
    opened: Register, text: str, reason: str
) -> None:
    seq = opened.head().seq
    with pytest.raises(Refused, match=reason) as raised:
        a_scale(opened, text)
    assert {problem.field for problem in raised.value.problems} == {"text"}
    assert opened.head().seq == seq


def test_scale_when_another_is_in_force_then_the_second_is_refused(opened: Register) -> None:
    a_scale(opened)
    with pytest.raises(Refused, match="one scale is in force"):
        a_scale(opened, scales.dumps(catalogue.vocabulary().scale))


def test_choice_when_added_then_it_is_offered_and_open_as_what_it_counts_as(
    opened: Register,
) -> None:
    with pytest.raises(Refused, match="not in the list"):
        a_risk(opened, status="parked")
    add(opened, "terms", "Parked", list_name="risk_status", key="parked", same_as="closed",
        zh_hant="擱置")  # fmt: skip
    terms = opened.vocabulary.terms_of("risk_status")
    assert terms.find("擱置") == "parked"
    assert not terms.is_open("parked")
    assert terms.meaning("parked") == "closed"
    assert a_risk(opened, status="parked").get("status") == "parked"
    assert opened.verify().ok


def test_choice_when_renamed_or_retired_then_old_records_still_read(opened: Register) -> None:
    risk = a_risk(opened, status="treating")
    own = add(opened, "terms", "In hand", list_name="risk_status", key="treating", en="In hand")
    assert opened.vocabulary.terms_of("risk_status").label("treating", "en") == "In hand"
    assert opened.vocabulary.terms_of("risk_status").label("treating", "zh_Hant") == (
        catalogue.vocabulary().terms_of("risk_status").label("treating", "zh_Hant")
    )
    change(opened, own, is_retired=True)
    terms = opened.vocabulary.terms_of("risk_status")
    assert "treating" not in terms.offered
    assert terms.label("treating", "en") == "In hand"
    assert change(opened, risk, title="Another title").get("status") == "treating"
    with pytest.raises(Refused, match="not in the list"):
        a_risk(opened, status="treating")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"list_name": "nothing", "key": "x"}, "there is no list"),
        ({"list_name": "level", "key": "huge"}, "takes no more choices"),
        ({"list_name": "risk_category", "key": "Big One"}, "small letters"),
        ({"list_name": "risk_status", "key": "parked"}, "which status it counts as"),
        ({"list_name": "risk_status", "key": "parked", "same_as": "gone"}, "it is one of"),
        (
            {"list_name": "risk_status", "key": "parked", "same_as": "closed", "en": "Closed"},
            "another choice",
        ),
    ],
)
def test_choice_when_it_cannot_be_one_then_the_door_says_why(
    opened: Register, values: dict[str, Value], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        add(opened, "terms", "Something", **values)


def test_choice_when_its_key_would_change_then_it_stays(opened: Register) -> None:
    own = add(opened, "terms", "Flood", list_name="risk_category", key="flood")
    with pytest.raises(Refused, match="so it stays"):
        change(opened, own, key="fire")


def test_scale_in_force_when_erased_then_levels_follow_at_once_and_the_register_verifies(
    opened: Register,
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    scale = a_scale(opened)
    assert level(opened, risk.id) == (6, "high")
    opened.erase(scale, "asked by the person")
    assert level(opened, risk.id) == (6, "moderate")
    assert opened.vocabulary.scale == opened.vocabulary.base.scale
    assert opened.verify().findings == ()


@pytest.mark.parametrize("keeps_old", [True, False])
def test_risk_in_the_bin_when_another_scale_comes_into_force_then_it_returns_as_its_twin_outside(
    opened: Register, keeps_old: bool
) -> None:
    stays, binned = (a_risk(opened, likelihood=5, impact=3) for _ in range(2))
    opened.apply(to_bin(opened, [binned.id]))
    mapped = {} if keeps_old else {("likelihood", 5): 3}
    wanted = Wanted(scale=scales.parse(THREE, "three"), mapped=mapped, keeps_old=keeps_old, language="en")  # fmt: skip
    opened.apply(put_in_force(opened, wanted))
    opened.apply(from_bin(opened, [binned.id]))
    assert level(opened, binned.id) == level(opened, stays.id)
    assert level(opened, stays.id)[1] is not None
