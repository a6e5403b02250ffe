"""The register of article 33(5): out and in without loss, every breach in it, and only what still holds."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from riskreg import breach_register
from riskreg.changes import ChangeSet, edit
from riskreg.errors import Expected
from riskreg.exchange import importing, mapping, outgoing
from riskreg.exchange.importing import Report
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import Assessment, Decision, Incident, Record
from riskreg.records.fields import Value
from riskreg.register import create
from riskreg.views import Register, View
from tests.e2e.program import Program
from tests.exchange.full_incident import a_full_incident, add

DATA = Path(__file__).parent / "data"
EN = translator("en")
HEADINGS = [column.heading for column in breach_register.COLUMNS]


def bring(register: Register, file: Path) -> Report:
    return importing.import_file(register, file)


def counts(report: Report) -> tuple[int, ...]:
    states = ("new", "changed", "unchanged", "rejected")
    return tuple(report.staged.count(each) for each in states)


def out(register: Register, target: Path, language: Any = "en") -> bytes:
    outgoing.export_breach_register(register, target, translator(language))
    return target.read_bytes()


def of(register: Register, kind: type[Record]) -> list[Any]:
    return list(
        register.records(register.ids(View(kinds=(kind.kind,), sort=(("ref", False),)))).values()
    )


def change(register: Register, record: Record, **values: Value) -> None:
    made = edit(record, values)
    assert made is not None
    register.apply(ChangeSet(act="edit", changes=(made,)))


@pytest.mark.parametrize("suffix", [".csv", ".json"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_twin_when_brought_in_then_it_goes_out_byte_for_byte(
    opened: Register, tmp_path: Path, suffix: str, language: str
) -> None:
    file = DATA / f"breach_register{suffix}"
    assert counts(bring(opened, file)) == (2, 0, 0, 0)
    assert out(opened, tmp_path / f"out{suffix}", language) == file.read_bytes()
    assert counts(bring(opened, file)) == (0, 0, 2, 0)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_example_of_the_edpb_when_brought_in_then_it_goes_out_byte_for_byte_in_both_forms(
    opened: Register, shared_data: Path, tmp_path: Path, suffix: str
) -> None:
    example = shared_data / "edpb" / f"breach-register.example{suffix}"
    assert counts(bring(opened, example)) == (2, 0, 0, 0)
    for form in (".csv", ".json"):
        other = example.with_suffix(form)
        assert out(opened, tmp_path / f"out{form}") == other.read_bytes()
    assert counts(bring(opened, example)) == (0, 0, 2, 0)


def test_line_when_read_then_our_fields_and_records_say_what_it_says(opened: Register) -> None:
    bring(opened, DATA / "breach_register.csv")
    first, second = of(opened, Incident)
    assert first.title == "Server encrypted by criminals; backups held"
    assert (str(first.occurred_from_at), str(first.occurred_to_at)) == (
        "2026-03-02[Asia/Hong_Kong]", "2026-03-05[Asia/Hong_Kong]",
    )  # fmt: skip
    assert (first.category, first.cause, first.nature) == (
        "ransomware", "external_malicious", {"availability"},
    )  # fmt: skip
    assert (str(first.people_count), str(first.records_count)) == ("~1500", "4200")
    assert first.severity == "medium"
    (assessment,) = of(opened, Assessment)
    assert (assessment.outcome, assessment.incident) == ("risk", {first.id})
    told = {each.rule_key: (each.answer, each.reason) for each in of(opened, Decision)}
    reason = "Letters wait for the list of addresses."
    assert told == {"eu_authority": ("yes", reason), "eu_people": ("not_yet", reason)}
    assert second.occurred_from_at is second.people_count is second.category is None
    assert second.narrative == '=Fax went astray, 「傳真」 with "quotes"'
    assert second.nature == {"confidentiality", "integrity"}


def test_field_when_it_changes_then_its_column_says_so_and_the_others_stay(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, DATA / "breach_register.json")
    first, _ = of(opened, Incident)
    change(opened, first, category="phishing_social_eng", trigger_reason="x")
    before = json.loads((DATA / "breach_register.json").read_text("utf-8"))
    after = json.loads(out(opened, tmp_path / "o.json"))
    differing = {key for key in before[0] if before[0][key] != after[0][key]}
    assert differing == {"incident_type"}
    assert after[0]["incident_type"] == "d) Phishing or social engineering"
    assert after[1] == before[1]


def test_title_when_a_person_gave_another_then_the_same_file_again_leaves_it(
    opened: Register,
) -> None:
    bring(opened, DATA / "breach_register.json")
    first, _ = of(opened, Incident)
    change(opened, first, title="The bad week in March")
    assert counts(bring(opened, DATA / "breach_register.json")) == (0, 0, 2, 0)
    assert of(opened, Incident)[0].title == "The bad week in March"


def test_decision_when_the_people_were_told_since_then_the_kept_words_are_gone(
    opened: Register, tmp_path: Path
) -> None:
    from riskreg.records.values import Instant

    bring(opened, DATA / "breach_register.json")
    first, _ = of(opened, Incident)
    add(
        opened, "notice", "Letters", incident=frozenset({first.id}), recipient="individuals", phase="first",
        rule_key="eu_people", sent_at=Instant.parse("2026-03-09[Asia/Hong_Kong]"),
    )  # fmt: skip
    told = json.loads(out(opened, tmp_path / "o.json"))[0]
    assert told["notified_individuals"] == "a) Yes"
    assert told["notified_authority"] == "Yes (Art. 33, portal)"


def test_incidents_when_they_are_no_breaches_then_they_are_not_in_it(
    opened: Register, tmp_path: Path
) -> None:
    add(opened, "incident", "Real", narrative="Lost")
    add(opened, "incident", "Practice", drill=True)
    add(opened, "incident", "Nearly", near_miss=True)
    add(opened, "incident", "Nothing", status="not_a_breach")
    told = json.loads(out(opened, tmp_path / "o.json"))
    assert [each["circumstances_cause"] for each in told] == ["Lost"]
    assert told[0]["reference"].startswith("I-2026-")


def test_incident_when_privileged_then_it_is_left_out_and_counted(
    opened: Register, tmp_path: Path
) -> None:
    add(opened, "incident", "Advice", is_privileged=True)
    made = outgoing.export_breach_register(opened, tmp_path / "o.csv", EN)
    assert (made.sheets, made.left_out) == ({"incident": 0}, 1)
    made = outgoing.export_breach_register(opened, tmp_path / "o.csv", EN, with_privileged=True)
    assert (made.sheets, made.left_out) == ({"incident": 1}, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_register_when_taken_over_by_another_then_it_says_the_same_there(
    opened: Register, tmp_path: Path, language: Any
) -> None:
    a_full_incident(opened)
    add(opened, "incident", "Bare")
    first = out(opened, tmp_path / "first.csv", language)
    other = create(
        tmp_path / "other.riskreg", name="Other", zone="Europe/Berlin", language=language
    )
    try:
        assert counts(bring(other, tmp_path / "first.csv"))[3] == 0
        assert out(other, tmp_path / "second.csv", language) == first
        ours, theirs = of(opened, Incident)[0], of(other, Incident)[0]
        for key in (
            "occurred_from_at",
            "occurred_to_at",
            "category",
            "cause",
            "nature",
            "people_count",
        ):
            assert theirs.get(key) == ours.get(key), key
    finally:
        other.close()


def test_own_register_when_written_then_each_column_says_what_the_record_says(
    opened: Register, tmp_path: Path
) -> None:
    a_full_incident(opened)
    (told,) = json.loads(out(opened, tmp_path / "o.json"))
    first, last = "2026-11-13T09:00+08:00", "2026-11-16T12:00+08:00"
    assert told["date_period"] == f"{first}[Asia/Hong_Kong] - {last}[Asia/Hong_Kong]"
    assert told["circumstances_cause"].endswith(" | cause: a) Internal, not malicious")
    assert told["nature_cia"] == "a) Confidentiality; b) Integrity; c) Availability"
    assert told["incident_type"] == "r) Sent to the wrong recipient"
    assert told["numbers"] == "~40 / 120"
    assert told["risk_outcome"] == "a) A high risk"
    assert told["methodology_enisa"].startswith("ENISA SE = ")
    assert (told["notified_authority"], told["notified_individuals"]) == ("Yes (Art. 33)", "a) Yes")
    assert told["measures"] == "The stranger deleted it.\nPasswords changed."


@pytest.mark.parametrize(
    ("told", "reason", "kept"),
    [
        ("Yes (Hong Kong, PDPO)", "Ours", [("yes", "hk_pdpo", "hk_pcpd")]),
        ("Yes (art. 33)", "", [("yes", "gdpr", "eu_authority")]),
        ("", "Only reasons", [(None, "gdpr", "eu_authority")]),
        ("Pending", "", []),
        ("", "", []),
    ],
)
def test_authority_when_told_under_some_law_then_the_decision_is_under_that_law(
    opened: Register,
    tmp_path: Path,
    told: str,
    reason: str,
    kept: list[tuple[str | None, str, str]],
) -> None:
    (line, _) = json.loads((DATA / "breach_register.json").read_text("utf-8"))
    line |= {"notified_authority": told, "reasoned_basis": reason, "notified_individuals": ""}
    (tmp_path / "one.json").write_bytes(json.dumps([line], ensure_ascii=False, indent=2).encode())
    assert counts(bring(opened, tmp_path / "one.json")) == (1, 0, 0, 0)
    found = [each for each in of(opened, Decision) if each.recipient == "authority"]
    assert [(each.answer, each.regime, each.rule_key) for each in found] == kept
    assert out(opened, tmp_path / "out.json") == (tmp_path / "one.json").read_bytes()


@pytest.mark.parametrize(
    "told",
    [{"circumstances_cause": ""}, {"date_period": "2026-06-16T09:00:00Z"}, {"numbers": "– / 5"}],
)
def test_odd_cell_when_brought_in_then_it_goes_out_as_it_came(
    opened: Register, tmp_path: Path, told: dict[str, str]
) -> None:
    (line, _) = json.loads((DATA / "breach_register.json").read_text("utf-8"))
    content = json.dumps([line | told], ensure_ascii=False, indent=2).encode()
    (tmp_path / "one.json").write_bytes(content)
    assert counts(bring(opened, tmp_path / "one.json")) == (1, 0, 0, 0)
    assert out(opened, tmp_path / "out.json") == content


def test_columns_when_in_another_order_then_they_are_found(
    opened: Register, tmp_path: Path
) -> None:
    text = (DATA / "breach_register.csv").read_text("utf-8-sig")
    rows = [list(reversed(row)) for row in csv.reader(io.StringIO(text))]
    file = tmp_path / "turned.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows(
            [[*row, "x" if at else "Extra"] for at, row in enumerate(rows)]
        )
    assert counts(bring(opened, file)) == (2, 0, 0, 0)
    first, _ = of(opened, Incident)
    assert first.external_ref == "R-7"
    assert dict(first.other_facts)["Extra"] == "x"


def test_mapping_when_kept_then_it_reads_the_same_file_again(opened: Register) -> None:
    source = importing.read(DATA / "breach_register.csv")
    ((_, found),) = importing.plan(source)
    assert mapping.loads(mapping.dumps(found), opened.vocabulary, "m.toml") == found
    suggested, guesses = importing.suggest(opened, source)
    assert suggested.columns == found.columns
    assert {each.sure for each in guesses.values()} == {"certain"}


def test_file_when_its_name_does_not_fit_then_nothing_is_written(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as refused:
        out(opened, tmp_path / "o.xlsx")
    assert refused.value.id == "not_a_breach_register"
    assert not list(tmp_path.glob("o.*"))


@pytest.mark.parametrize(
    ("content", "id"),
    [
        (b"{}", "import_other"), (b"[]", "import_other"), (b"[1]", "import_other"), (b"[{", "import_damaged"),
        (b"[" * 100_000, "import_damaged"), (b'[{"a": NaN}]', "import_damaged"),
    ],
)  # fmt: skip
def test_json_when_it_is_no_table_then_it_is_refused(
    opened: Register, tmp_path: Path, content: bytes, id: str
) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    with pytest.raises(Expected) as refused:
        importing.import_file(opened, file, kind="incident")
    assert refused.value.id == id


def test_json_when_it_is_another_table_then_its_keys_are_headings(
    opened: Register, tmp_path: Path
) -> None:
    file = tmp_path / "others.json"
    told = [{"title": "One", "people_count": 12}, {"title": "Two", "odd": [1, {"a": None}]}]
    file.write_text(json.dumps(told), encoding="utf-8")
    assert counts(importing.import_file(opened, file, kind="incident")) == (2, 0, 0, 0)
    first, second = of(opened, Incident)
    assert str(first.people_count) == "12"
    assert dict(second.other_facts) == {"odd": '[1, {"a": null}]'}


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_command_when_it_takes_the_register_over_then_both_ways_lose_nothing(
    tmp_path: Path, suffix: str
) -> None:
    program, register = Program(tmp_path / "home"), tmp_path / "r.riskreg"
    program.quickly("new", register, "--name", "Clinic")
    file = DATA / f"breach_register{suffix}"
    assert program.json("import", register, file)["new"] == 2
    told = program.json("export", register, tmp_path / f"o{suffix}", "--register-33-5")
    assert told["sheets"] == {"incident": 2}
    assert (tmp_path / f"o{suffix}").read_bytes() == file.read_bytes()
    assert any("register" in line for line in program.said("log", register).splitlines())
    assert (
        program("export", register, tmp_path / "o.csv", "--register-33-5", "--redacted").returncode
        == 2
    )


def test_workbook_when_a_cell_is_an_error_then_its_row_is_rejected_at_its_column(
    opened: Register, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    told = json.loads((DATA / "breach_register.json").read_text("utf-8"))
    sheet.append(["Extra", *HEADINGS])
    for place, each in enumerate(told):
        sheet.append([f"x{place}", *each.values()])
    sheet["C3"].value = "#N/A"
    sheet["C3"].data_type = "e"
    book.save(tmp_path / "register.xlsx")
    report = bring(opened, tmp_path / "register.xlsx")
    assert counts(report) == (1, 0, 0, 1)
    assert report.staged.rejections[0].column == "Date / period of incident"
    assert dict(of(opened, Incident)[0].other_facts)["Extra"] == "x0"


ODD = (
    "Yes", "No", "a) Yes", "Not yet", "a) A high risk", "c) y", "1", "~12,000", "~5 / 7", "? / tbd", "2026-01-02",
    "2026-01", "2026-01-02 - 2026-02-03", "2026-13-45", "ENISA SE = 3 (High)", "(Low)", "a) b; b) c", "z) odd",
    " | cause: d) q", "Text. | cause: Unknown", "=1+1", "-5", "新聞 ，。", "a\nb", "tbd", "None", "'x",
    "2026-06-16T09:00:00Z", "/ 5", "– / 5", "(", "((High))", "c) ", "y) Other", "12 / ", "Yes / no",
)  # fmt: skip


def test_lines_when_odd_words_stand_anywhere_then_none_is_rejected_and_none_is_lost(
    opened: Register, tmp_path: Path
) -> None:
    odd = random.Random(3)
    keys = [column.key for column in breach_register.COLUMNS]
    told = [{key: odd.choice([*ODD, *[""] * 10]) for key in keys} for _ in range(300)]
    for place, line in enumerate(told):
        line |= {"reference": f"R-{place}", "saved_at": "yesterday"}
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    (tmp_path / "odd.json").write_bytes(content)
    assert counts(bring(opened, tmp_path / "odd.json")) == (300, 0, 0, 0)
    found = {each["reference"]: each for each in json.loads(out(opened, tmp_path / "out.json"))}
    assert [each for each in told if found[each["reference"]] != each] == []
    assert counts(bring(opened, tmp_path / "out.json")) == (0, 0, 300, 0)


def test_people_when_decided_under_another_law_then_that_law_is_named(
    opened: Register, tmp_path: Path
) -> None:
    id = add(opened, "incident", "Mail sent astray")
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="hk_people", answer="no",
        regime="hk_pdpo", recipient="individuals", reason="Nobody is harmed", decided_by="K. Chan",
    )  # fmt: skip
    (told,) = json.loads(out(opened, tmp_path / "o.json"))
    assert told["notified_individuals"] == "No (Hong Kong, PDPO)"


def test_authority_when_decided_under_several_laws_then_the_european_first_notice_is_what_counts(
    opened: Register, tmp_path: Path
) -> None:
    """Neither the later no of the United Kingdom nor the one on further details is the answer."""
    id = add(opened, "incident", "Mail sent astray")
    for rule, regime, answer, reason in (
        ("eu_authority", "gdpr", "yes", "A risk is likely"),
        ("uk_authority", "uk_gdpr", "no", "Nobody lives there"),
        ("eu_details", "gdpr", "no", "All was said"),
    ):
        add(
            opened, "decision", rule, incident=frozenset({id}), rule_key=rule, answer=answer,
            regime=regime, recipient="authority", reason=reason, decided_by="K. Chan",
        )  # fmt: skip
    (told,) = json.loads(out(opened, tmp_path / "o.json"))
    assert told["notified_authority"] == "Yes, not sent yet"
    assert told["reasoned_basis"] == "A risk is likely"
