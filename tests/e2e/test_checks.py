"""`checks` on real registers, as a script calls it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from riskreg import clock
from riskreg.rules.checks import CHECKS

KEYS = {"check", "level", "ref", "kind", "field", "sentence", "source", "repairable"}


@pytest.fixture
def clean(run, tmp_path):
    """A new register in which nothing is wrong, with a person who answers for things."""
    path = tmp_path / "clean.riskreg"
    run.quickly("new", path, "--name", "海港診所")
    run.quickly("add", path, "party", "title=K. Chan", "party_type=person", "phone=+852 2345 6789")
    return path


def of(found, ref):
    return {item["check"] for item in found if item["ref"] == ref}


def test_checks_when_nothing_is_wrong_then_it_ends_with_0_and_an_empty_array(run, clean):
    assert run.json("checks", clean) == []
    said = run.said("checks", clean)
    assert "0 findings" in said
    assert "lack nothing" in said


def test_checks_when_something_is_wrong_then_json_says_what_where_and_by_which_rule(run, clean):
    run.quickly(
        "add", clean, "risk", "title=Mail goes astray", "owner=K. Chan", "status=treating",
        "residual_likelihood=4", "residual_impact=4", "inherent_likelihood=3", "inherent_impact=3",
        "treatment=modify", "due_on=2020-01-01",
    )  # fmt: skip
    found = run.json("checks", clean, status=1)
    assert all(item.keys() == KEYS for item in found)
    assert of(found, "R-0001") == {"residual_above_inherent", "treatment_without_words", "overdue"}
    [item] = [item for item in found if item["check"] == "residual_above_inherent"]
    assert item == {
        "check": "residual_above_inherent",
        "level": "warning",
        "ref": "R-0001",
        "kind": "risk",
        "field": "residual_likelihood",
        "sentence": "The residual score 16 is above the inherent score 9.",
        "source": "ISO 31000:2018, 6.4 (risk assessment)",
        "repairable": False,
    }


def test_checks_when_printed_then_each_finding_has_its_level_ref_sentence_and_source(run, clean):
    run.quickly("add", clean, "asset", "title=Files", "status=disposed")
    lines = run.said("checks", clean, status=1).splitlines()
    assert lines[0].split("  ")[0] == "Level"
    [line] = [line for line in lines if "A-0001" in line]
    assert line.startswith("Warning")
    assert "but not since when" in line
    assert "ISO 31000:2018, 6.7" in line
    assert "1 finding" in lines


def test_checks_when_an_identity_card_number_is_typed_then_it_is_kept_warned_of_and_not_repeated(
    run, clean
):
    run.quickly("add", clean, "party", "title=M. Ho", "email=h@h.hk", "notes=ID A123456（3）")
    found = run.json("checks", clean, status=1)
    [item] = [item for item in found if item["ref"] == "P-0002"]
    assert (item["check"], item["level"], item["field"]) == ("hkid_in_text", "warning", "notes")
    assert "123456" not in json.dumps(found)
    assert "A123456" in run.state("show", clean, "P-0002")["notes"]


def test_checks_when_a_risk_came_true_then_only_scoring_it_anew_settles_it(run, clean):
    def is_found():
        return "came_true_not_rescored" in of(json.loads(run.quickly(*checks, status=1)), "R-0001")

    checks = ("checks", clean, "--json")
    scores = ("residual_likelihood=2", "residual_impact=2")
    run.quickly("add", clean, "risk", "title=R", "owner=K. Chan", *scores)
    with clock.fixed(datetime(2026, 12, 11, tzinfo=UTC)):
        case = ("title=I", "status=recovering", "risks=R-0001", "discovered_at=2026-12-10")
        run.quickly("add", clean, "incident", *case)
        assert is_found()
        run.quickly("set", clean, "R-0001", "notes=We talked about it.")
        assert is_found()
        run.quickly("set", clean, "R-0001", "residual_likelihood=3")
        run.quickly("set", clean, "R-0001", "notes=We talked about it again.")
        assert not is_found()
    with clock.fixed(datetime(2026, 12, 13, tzinfo=UTC)):
        run.quickly("set", clean, "I-2026-001", "discovered_at=2026-12-12", "trigger_reason=A slip")
        assert is_found()
        run.quickly("set", clean, "R-0001", "notes=Again and again.")
        assert is_found()


def test_checks_when_the_language_is_chinese_then_keys_stay_and_words_do_not_break(run, sample):
    for language in ("zh_Hant", "zh_Hans"):
        found = run.json("checks", sample, "--lang", language, status=1)
        assert {item["check"] for item in found} <= CHECKS.keys()
        assert not any("{" in item["sentence"] for item in found)


def test_checks_when_a_record_is_put_in_the_bin_then_nothing_is_said_of_it(run, clean):
    run.quickly("add", clean, "asset", "title=Files", "status=disposed")
    run.quickly("add", clean, "risk", "title=Loss", "assets=A-0001", "owner=K. Chan")
    run.quickly("delete", clean, "A-0001")
    found = run.json("checks", clean, status=1)
    assert of(found, "A-0001") == set()
    [item] = [item for item in found if item["check"] == "link_into_the_bin"]
    assert (item["ref"], item["field"], item["repairable"]) == ("R-0001", "assets", True)
    assert "A-0001" in item["sentence"]
