"""The EDPB's common form from real records: valid by its authors' schema, and never a guess."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from riskreg import edpb
from riskreg.case_words import DRILL
from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.edpb.form import labels, parts
from riskreg.exchange.edpb_form import edpb_form
from riskreg.i18n import LANGUAGES
from riskreg.records import Incident, Notice, declared, fields
from riskreg.views import Register
from tests.exchange.full_incident import a_full_incident, add, at

NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
DATA = Path(__file__).parent / "data"
SCHEMA: dict[str, Any] = json.loads((DATA / "edpb_form.schema.json").read_text(encoding="utf-8"))
FORMATS = FormatChecker()


@FORMATS.checks("date-time", ValueError)
def _is_moment(text: object) -> bool:
    return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None


def problems(form: object, schema: dict[str, Any], **how: Any) -> list[str]:
    found = Draft202012Validator(schema, **how).iter_errors(form)
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]


def form(register: Register, id: int, phase: str = "first", language: Any = "en") -> dict[str, Any]:
    return dict(edpb_form(register, case_of(register, id), phase, language, NOW))


def opens(register: Register, id: int) -> set[int]:
    found = edpb.answers(register, case_of(register, id), "first", "en", NOW)
    return {each.number for each in found if each.is_open}


@pytest.mark.parametrize("phase", ["first", "further", "final", "withdrawn"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_form_when_all_or_nothing_is_known_then_it_is_valid(
    opened: Register, phase: str, language: str
) -> None:
    full, bare = a_full_incident(opened), add(opened, "incident", "Something happened")
    for id in (full, bare):
        assert problems(form(opened, id, phase, language), SCHEMA) == []


def test_form_when_it_is_full_then_even_its_formats_hold(opened: Register) -> None:
    assert problems(form(opened, a_full_incident(opened)), SCHEMA, format_checker=FORMATS) == []


@pytest.mark.parametrize("phase", ["first", "further", "withdrawn"])
def test_form_when_checked_by_its_authors_schema_then_it_is_valid(
    opened: Register, shared_data: Path, phase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = json.loads(
        (shared_data / "edpb" / "breach-notification.schema.json").read_text("utf-8")
    )
    full, bare = a_full_incident(opened), add(opened, "incident", "Something happened")
    found = form(opened, full, phase), form(opened, bare, phase)
    assert [problems(each, schema) for each in found] == [[], []]
    with_formats = problems(found[0], schema, format_checker=FORMATS)
    assert [each.partition(":")[0] for each in with_formats] == ["field_95"]  # words, not a day
    with capsys.disabled():
        total = len(schema["properties"])
        print(f"\n{phase}: {len(found[0])} of {total} fields of a full record, {len(found[1])} of a bare one")  # fmt: skip
    assert schema["required"] == SCHEMA["required"]
    assert set(schema["properties"]) == set(SCHEMA["properties"])


def test_form_when_all_is_known_then_each_field_says_what_the_record_says(opened: Register) -> None:
    found = form(opened, a_full_incident(opened))
    assert found["field_3"] == "a"
    assert found["field_12"] == "Harbour Clinic Ltd 海港診所"
    assert found["field_21"] == "May Lam"
    assert found["field_23"] == "a"
    assert (found["field_33"], found["field_34"]) == ("c", "K. Chan")
    assert (found["field_38"], found["field_40"]) == ("a", "Pay Ltd")
    assert (found["field_44"], found["field_46"]) == ("b", "2026-11-13T09:00:00+08:00")
    assert found["field_48"] == "2026-11-16T18:40:00+08:00"
    assert found["field_49"] == "The weekend"
    assert (found["field_50"], found["field_52"]) == ("b", "2026-11-16")
    assert "Called the stranger" in found["field_53"]
    assert (found["field_55"], found["field_56"], found["field_57"]) == ("a", "b", "c")
    assert (found["field_58"], found["field_59"]) == ("a", "a")
    assert (found["field_60"], found["field_61"]) == ("r", "a")
    assert (found["field_65"], found["field_70"]) == ("b", "b")
    assert "Minors" in found["field_66"]
    assert "HKID number" in found["field_71"]
    assert (found["field_67"], found["field_68"]) == ("b", 40)
    assert (found["field_72"], found["field_73"]) == ("a", 120)
    assert (found["field_75"], found["field_94"]) == ("c", "c")
    assert (found["field_79"], found["field_81"], found["field_83"]) == ("b", "c", "a")
    assert (found["field_85"], found["field_87"], found["field_89"]) == ("e", "b", "a")
    assert (found["field_97"], found["field_98"], found["field_102"]) == ("a", "2026-11-18", "b")
    assert (found["field_103"], found["field_104"]) == ("Two have moved.\nPeople told: 38", "a")
    assert found["field_106"] == "Dear colleague"
    assert (found["field_109"], found["field_110"]) == ("a", "a")
    assert "PCPD (HK-5)" in found["field_111"]
    assert (found["field_113"], found["field_120"]) == ("b", "a")
    assert (found["field_121"], found["field_122"]) == ("Germany: 10; France: 2", 12)


def test_form_when_all_is_known_then_it_is_complete(opened: Register) -> None:
    id = a_full_incident(opened)
    assert opens(opened, id) == set()
    assert form(opened, id)["field_4"] == "a"


def test_form_when_nothing_is_known_then_it_is_incomplete_and_guesses_nothing(
    opened: Register,
) -> None:
    id = add(opened, "incident", "Something happened")
    found = form(opened, id)
    assert found["field_4"] == "b"
    assert (found["field_44"], found["field_48"]) == ("e", "Not known yet")
    assert (found["field_60"], found["field_61"], found["field_70"]) == ("x", "e", "t")
    assert (found["field_67"], found["field_72"], found["field_73"]) == ("d", "d", 0)
    assert (found["field_85"], found["field_87"], found["field_97"]) == ("o", "d", "c")
    assert "confidentiality stands in for it" in found["field_62"]
    assert {48, 55, 60, 61, 62, 73, 89, 97} <= opens(opened, id)
    assert "field_49" not in found  # nobody knows whether it is late


@pytest.mark.parametrize(
    ("answer", "exemption", "letters"),
    [("no", "protected", ("e", "a")), ("no", None, ("d", None)), ("not_yet", None, ("c", None))],
)
def test_form_when_the_people_are_not_told_then_it_says_why(
    opened: Register, answer: str, exemption: str | None, letters: tuple[str, str | None]
) -> None:
    id = add(opened, "incident", "Lost laptop")
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="eu_people", recipient="individuals",
        answer=answer, exemption=exemption, reason="Encrypted", decided_by="Boss", decided_at=at("2026-11-17"),
    )  # fmt: skip
    found = form(opened, id)
    assert (found["field_97"], found.get("field_100")) == letters


@pytest.mark.parametrize(
    ("role", "names"), [("controller", "Pay Ltd"), ("joint_controller", "Pay Ltd; School")]
)
def test_form_when_partners_are_concerned_then_only_those_who_take_part_are_named(
    opened: Register, role: str, names: str
) -> None:
    id = a_full_incident(opened)
    school = add(opened, "party", "School", party_type="customer")
    insurer = add(opened, "party", "Cover Ltd", party_type="insurer")
    changed = edit(opened.record(id), {"partners": frozenset({school, insurer}), "our_role": role})
    assert changed is not None
    opened.apply(ChangeSet(act="edit", changes=(changed,)))
    assert form(opened, id)["field_40"] == names


def test_form_when_it_follows_then_it_names_the_receipt_and_is_never_late(opened: Register) -> None:
    found = form(opened, a_full_incident(opened), "further")
    assert (found["field_3"], found["field_6"]) == ("b", "EU-77")
    assert "field_49" not in found


def test_form_when_chinese_is_asked_for_then_choices_are_chinese(opened: Register) -> None:
    found = form(opened, a_full_incident(opened), language="zh_Hant")
    assert "香港身份證號碼" in found["field_71"] or "身份證" in found["field_71"]
    assert found["field_121"].startswith("德國：10")


def test_parts_when_looked_at_then_each_answer_has_a_label_in_every_language(
    opened: Register,
) -> None:
    numbers = {number for part in parts() for number in part.numbers}
    assert numbers == set(labels())
    found = edpb.answers(opened, case_of(opened, a_full_incident(opened)), "first", "en", NOW)
    assert {each.number for each in found} <= numbers
    assert all(text for label in labels().values() for text in label)


def test_letters_when_compared_with_our_lists_then_every_choice_has_one(opened: Register) -> None:
    from riskreg.edpb.form import letters

    same = ("incident_category", "incident_cause", "subject_category", "data_type", "breach_nature",
            "breach_impact", "impact_severity", "risk_outcome", "data_protection", "discovery_channel",
            "organisation_size", "notice_channel")  # fmt: skip
    for name in same:
        assert set(letters(name)) == set(opened.vocabulary.base.terms_of(name).keys), name
    named = {what.terms for kind in (Incident, Notice) for what in declared(kind).values()
             if isinstance(what, fields.Choice | fields.Choices)}  # fmt: skip
    assert {"incident_category", "notice_channel"} <= named


def test_people_when_only_decided_under_another_law_then_the_form_leaves_it_open(
    opened: Register,
) -> None:
    id = add(opened, "incident", "Mail sent astray")
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="hk_people", answer="no",
        regime="hk_pdpo", recipient="individuals", reason="Nobody is harmed", decided_by="K. Chan",
    )  # fmt: skip
    found = form(opened, id)
    assert 97 in opens(opened, id)
    assert "Nobody is harmed" not in str(found)


@pytest.mark.parametrize(
    ("lines", "total", "is_open"),
    [
        ("Germany: 1.200\nFrance: 5", 1205, False),
        ("Germany: 1 200\nHong Kong: 9\n法國：3 人", 1203, False),
        ("Germany: 12.5", None, True),
        ("Germany 1200\nFrance: 5", None, True),
        ("Germany: between 10 and 20", None, True),
        ("Germany: 12\nmore to come", 12, False),
    ],
)
def test_countries_when_a_number_cannot_be_read_then_no_sum_of_the_others_stands_for_all(
    opened: Register, lines: str, total: int | None, is_open: bool
) -> None:
    places = frozenset({"eu_eea", "hong_kong"})
    id = add(opened, "incident", "Mail", people_by_place=lines, people_live_in=places)
    found = form(opened, id)
    assert found.get("field_122") == total
    assert (121 in opens(opened, id)) is is_open
    assert lines.partition("\n")[0].partition(" ")[0].strip(":") in found["field_121"]


def test_form_when_of_a_drill_then_it_says_so_in_what_leaves(opened: Register) -> None:
    """A form as JSON has no page to print the word on."""
    id = add(opened, "incident", "Mail", drill=True, narrative="A clerk mailed it")
    found = form(opened, id)
    assert found["field_7"].startswith(DRILL)
    assert found["field_62"].startswith(DRILL)
    assert "A clerk mailed it" in found["field_62"]
    real = add(opened, "incident", "Mail", narrative="A clerk mailed it")
    assert DRILL not in str(form(opened, real))


def test_people_when_told_under_another_law_alone_then_the_form_does_not_say_they_were(
    opened: Register,
) -> None:
    """A letter to those in Hong Kong says nothing of those in the Union."""
    id = add(opened, "incident", "Mail sent astray")
    add(
        opened, "notice", "n", incident=frozenset({id}), rule_key="hk_people", phase="first",
        regime="hk_pdpo", recipient="individuals", sent_at=at("2026-11-20T19:00"),
    )  # fmt: skip
    assert form(opened, id)["field_97"] == "c"
    add(
        opened, "notice", "n", incident=frozenset({id}), rule_key="eu_people", phase="first",
        regime="gdpr", recipient="individuals", sent_at=at("2026-11-21T19:00"),
    )  # fmt: skip
    assert form(opened, id)["field_97"] == "a"
