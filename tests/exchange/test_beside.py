"""A column fills one record beside that of its row: made with it, found again by it, rejected with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from riskreg.changes import ChangeSet, edit
from riskreg.errors import Expected
from riskreg.exchange import answers, beside, importing, mapping
from riskreg.exchange.headers import Target
from riskreg.exchange.importing import Report
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import Decision, Incident, Notice, Record
from riskreg.views import Register, View
from tests.e2e.program import Program

HERE = Path(__file__).parent
MAP = HERE / "maps" / "washington_notices.toml"
HEAD = ["Id", "Name", "Aware", "Sent", "Channel", "Decided"]
TOLD = """
kind = "incident"
key = ["external_ref"]
new_only = ["notice:people.recipient", "title"]
[columns]
"Id" = "external_ref"
"Name" = "title"
"Aware" = "aware_at"
"Sent" = "notice:people.sent_at"
"Channel" = "notice:people.channel"
"Decided" = "decision.answer"
[values."notice:people.channel"]
"Post" = "letter"
[constants]
"notice:people.recipient" = "individuals"
"decision.rule_key" = "eu_people"
"""


def a_file(folder: Path, *rows: tuple[str, ...]) -> Path:
    made = folder / "breaches.csv"
    with made.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return made


def a_map(folder: Path, text: str = TOLD) -> Path:
    made = folder / "map.toml"
    made.write_text(text, encoding="utf-8")
    return made


def of(register: Register, kind: type[Record]) -> list[Record]:
    return list(register.records(register.ids(View(kinds=(kind.kind,)))).values())


def counts(report: Report) -> tuple[int, ...]:
    states = ("new", "changed", "unchanged", "rejected")
    return tuple(report.staged.count(each) for each in states)


def bring(register: Register, folder: Path, *rows: tuple[str, ...]) -> Report:
    return importing.import_file(register, a_file(folder, *rows), map=a_map(folder))


FIRST = ("BR-1", "Lost file", "2026-11-02T09:00", "2026-11-04T10:00", "Post", "yes")


def test_row_when_new_then_its_records_are_made_in_the_same_entry(
    opened: Register, tmp_path: Path
) -> None:
    report = bring(opened, tmp_path, FIRST)
    assert counts(report) == (1, 0, 0, 0)
    assert report.applied is not None
    entry = opened.entry(report.applied.seq)
    assert sorted(each.kind for each in entry.changes) == ["decision", "incident", "notice"]
    (incident,), (notice,), (decision,) = (
        of(opened, each) for each in (Incident, Notice, Decision)
    )
    assert isinstance(notice, Notice)
    assert isinstance(decision, Decision)
    assert notice.incident == decision.incident == {incident.id}
    assert (str(notice.sent_at), notice.channel, notice.recipient) == (
        "2026-11-04T10:00+08:00[Asia/Hong_Kong]", "letter", "individuals",
    )  # fmt: skip
    assert (decision.answer, decision.rule_key) == ("yes", "eu_people")
    assert notice.title == "Notice: Lost file"
    assert opened.verify().findings == ()


def test_file_when_it_comes_again_then_nothing_changes(opened: Register, tmp_path: Path) -> None:
    bring(opened, tmp_path, FIRST)
    before = opened.head().seq
    assert counts(bring(opened, tmp_path, FIRST)) == (0, 0, 1, 0)
    assert opened.head().seq == before


def test_file_when_it_says_otherwise_then_the_same_record_changes(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, tmp_path, FIRST)
    assert counts(bring(opened, tmp_path, (*FIRST[:5], "no"))) == (0, 1, 0, 0)
    (decision,) = of(opened, Decision)
    assert isinstance(decision, Decision)
    assert decision.answer == "no"


def test_notice_when_it_was_sent_then_another_day_rejects_the_row_with_the_reason(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, tmp_path, FIRST)
    changed = (*FIRST[:3], "2026-11-05T10:00", *FIRST[4:5], "no")
    report = bring(opened, tmp_path, changed)
    assert counts(report) == (0, 0, 0, 1)
    (each,) = report.staged.rejections
    assert each.column == "Sent"
    assert "stays as it was sent" in importing.reason(each, translator("en"))
    (decision,) = of(opened, Decision)
    assert isinstance(decision, Decision)
    assert decision.answer == "yes"


def test_cells_when_empty_then_no_record_is_made_and_none_is_emptied(
    opened: Register, tmp_path: Path
) -> None:
    assert counts(bring(opened, tmp_path, (*FIRST[:3], "", "", ""))) == (1, 0, 0, 0)
    assert of(opened, Notice) == of(opened, Decision) == []
    assert counts(bring(opened, tmp_path, FIRST)) == (0, 1, 0, 0)
    assert counts(bring(opened, tmp_path, (*FIRST[:3], "", "", ""))) == (0, 0, 1, 0)
    assert len(of(opened, Notice)) == 1


def test_cell_when_it_cannot_be_read_then_the_row_is_rejected_whole(
    opened: Register, tmp_path: Path
) -> None:
    report = bring(opened, tmp_path, (*FIRST[:5], "perhaps"))
    assert counts(report) == (0, 0, 0, 1)
    assert of(opened, Incident) == of(opened, Notice) == []
    assert report.staged.rejections[0].column == "Decided"


def test_import_when_undone_then_all_of_it_goes(opened: Register, tmp_path: Path) -> None:
    bring(opened, tmp_path, FIRST)
    opened.undo()
    assert of(opened, Incident) == of(opened, Notice) == of(opened, Decision) == []


def test_record_when_in_the_bin_then_its_row_makes_nothing_beside_it(
    opened: Register, tmp_path: Path
) -> None:
    text = TOLD.replace('"Id" = "external_ref"', '"Id" = "ref"').replace('"external_ref"', '"ref"')
    bring(opened, tmp_path, (*FIRST[:3], "", "", ""))
    (incident,) = of(opened, Incident)
    from riskreg.editing import to_bin

    opened.apply(to_bin(opened, [incident.id]))
    row = (incident.ref, *FIRST[1:])
    report = importing.import_file(opened, a_file(tmp_path, row), map=a_map(tmp_path, text))
    assert counts(report) == (0, 0, 0, 1)


def test_map_when_written_then_it_reads_as_the_same(opened: Register, tmp_path: Path) -> None:
    found = mapping.loads(TOLD, opened.vocabulary, "map.toml")
    assert mapping.loads(mapping.dumps(found), opened.vocabulary, "map.toml") == found
    assert found.columns["Sent"] == Target("sent_at", of="notice:people")


@pytest.mark.parametrize(
    "name",
    ["notice.incident", "notice.nothing", "notice.other_facts.X", "evidence.title", "risk.title"],
)
def test_map_when_it_names_what_no_row_can_fill_then_it_is_refused(
    opened: Register, name: str
) -> None:
    text = f'kind = "incident"\n[columns]\n"Name" = "title"\n"X" = "{name}"\n'
    with pytest.raises(Expected) as refused:
        mapping.loads(text, opened.vocabulary, "map.toml")
    assert refused.value.id == "map_wrong"


def test_key_when_it_is_a_field_beside_then_it_is_refused(opened: Register) -> None:
    with pytest.raises(Expected):
        mapping.loads('kind = "incident"\nkey = ["notice.receipt"]\n', opened.vocabulary, "m.toml")


def test_questions_when_words_are_unknown_then_they_are_asked_by_the_name_of_the_field(
    opened: Register, tmp_path: Path
) -> None:
    text = TOLD.partition("[values")[0]
    found = mapping.loads(text, opened.vocabulary, "m.toml")
    source = importing.read(a_file(tmp_path, (*FIRST[:3], "11/04/2026", "Post", "ja")))
    asked = answers.questions(opened, source.sheets[0], found)
    keys = {each.key for each in asked}
    assert keys == {"notice:people.sent_at", "notice:people.channel", "decision.answer"}
    given = {each: {"decision.answer": "yes", "notice:people.channel": "letter"}.get(each.key, "month first") for each in asked}  # fmt: skip
    options = next(each.options for each in asked if each.sort == "order")
    given = {each: options[0] if each.sort == "order" else answer for each, answer in given.items()}
    whole = answers.answered(found, source.sheets[0], given)
    again = mapping.loads(mapping.dumps(whole), opened.vocabulary, "m.toml")
    assert again == whole
    assert answers.questions(opened, source.sheets[0], again) == ()


def test_labels_when_shown_then_the_kind_stands_before_the_field_in_every_language() -> None:
    assert beside.labels(Incident, translator("en"))["notice.sent_at"] == "Notice: Sent at"
    assert (
        beside.label(Incident, "notice:people.sent_at", translator("en"))
        == "Notice (people): Sent at"
    )
    for language in LANGUAGES:
        assert set(beside.labels(Incident, translator(language))) >= {
            "decision.reason",
            "entry.who",
        }
    assert not any(
        key.startswith(("evidence.", "task.")) for key in beside.labels(Incident, translator("en"))
    )


def test_washington_when_imported_with_its_notices_then_each_row_has_one(
    opened: Register, shared_data: Path
) -> None:
    report = importing.import_file(opened, shared_data / "registers" / "washington_ag.csv", map=MAP)
    text = (shared_data / "registers" / "washington_ag.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    new, changed, unchanged, rejected = counts(report)
    assert new + rejected == len(rows)
    assert (changed, unchanged) == (0, 0)
    notices = {each.external_ref: each for each in of(opened, Notice)}
    sent = {row["Id"]: row["DateSubmitted"].partition(" ")[0] for row in rows}
    assert len(notices) == new
    for id, notice in notices.items():
        assert isinstance(notice, Notice)
        assert notice.sent_at is not None
        assert notice.sent_at.local.strftime("%m/%d/%Y") == sent[id]
    again = importing.import_file(opened, shared_data / "registers" / "washington_ag.csv", map=MAP)
    assert counts(again) == (0, 0, new, rejected)


def test_twin_of_washington_when_imported_by_command_then_the_notice_hangs_on_its_incident(
    tmp_path: Path,
) -> None:
    program = Program(tmp_path / "home")
    register = tmp_path / "r.riskreg"
    program.quickly("new", register, "--name", "Clinic")
    told = program.json("import", register, HERE / "data" / "notices.csv", "--map", MAP)
    assert (told["new"], told["rejected"]) == (2, 0)
    shown = program.state("list", register, "notice", "--columns", "ref,sent_at,incident")
    assert len(shown) == 2
    assert (
        program.json("import", register, HERE / "data" / "notices.csv", "--map", MAP)["unchanged"]
        == 2
    )


def test_record_when_its_title_was_given_by_a_person_then_it_is_kept(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, tmp_path, FIRST)
    (decision,) = of(opened, Decision)
    change = edit(decision, {"title": "Mine"})
    assert change is not None
    opened.apply(ChangeSet(act="edit", changes=(change,)))
    bring(opened, tmp_path, (*FIRST[:5], "no"))
    (decision,) = of(opened, Decision)
    assert decision.title == "Mine"
