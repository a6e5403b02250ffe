"""`demo`, then every command on what it made, as a script would call them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from riskreg import reports
from riskreg.commands import every
from tests.e2e.program import digest

FINGERPRINT = re.compile(r"\d+(-[0-9A-HJKMNP-TV-Z]{4}){5}")


def test_demo_when_run_makes_a_sample_with_every_kind_and_keeps_an_existing_file(run, sample):
    [organisation] = run.state("list", sample, "organisation")
    assert organisation["is_sample"] is True
    for kind in ("asset", "risk", "incident", "party"):
        assert len(run.state("list", sample, kind, "--columns", "ref")) > 5
    assert len(run.state("list", sample, "action", "--columns", "ref")) == 18
    assert len(run.state("list", sample, "step", "--columns", "ref")) >= 18
    before = digest(sample)
    assert "exists" in run.refused("demo", sample)
    assert digest(sample) == before


def test_demo_when_a_number_is_given_adds_that_many_risks_and_the_seed_decides_them(run, tmp_path):
    found = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.riskreg"
        run.said("demo", path, "--records", 200, "--seed", 7)
        found.append(run.state("list", path, "risk", "--columns", "ref,title,residual_score"))
    assert len(found[0]) >= 200
    assert found[0] == found[1]


def test_new_when_run_makes_a_register_with_the_18_actions_and_their_steps(run, tmp_path):
    path = tmp_path / "new.riskreg"
    run.said("new", path, "--name", "海港診所")
    assert [item["title"] for item in run.state("list", path, "organisation")] == ["海港診所"]
    assert len(run.state("list", path, "action")) == 18
    assert run.state("list", path, "risk") == []
    run.refused("new", path, "--name", "again")


def test_list_when_asked_answers_the_same_question_in_text_and_json(run, sample):
    question = ["list", sample, "risk", "--filter", "residual_level in high,critical"]
    question += ["--sort", "-residual_score", "title", "--limit", 4]
    found = run.json(*question)
    scores = [item["residual_score"] for item in found]
    assert scores == sorted(scores, reverse=True)
    assert {item["residual_level"] for item in found} <= {"high", "critical"}
    text = run.said(*question)
    assert [line.split()[0] for line in text.splitlines()[2:6]] == [item["ref"] for item in found]
    words = found[0]["title"].split()[0]
    assert found[0]["ref"] in run.said("list", sample, "risk", "--search", words)
    run.refused("list", sample, "risk", "--filter", "residual_level = awful")
    run.refused("list", sample, "risk", "--columns", "ref,colour")
    run.refused("list", sample, "hazard")


def test_show_when_printed_as_json_is_what_set_reads_back(run, sample):
    ref = run.state("list", sample, "risk", "--limit", 1)[0]["ref"]
    found = run.json("show", sample, ref)
    about = {"kind", "ref", "version", "created_at", "updated_at", "deleted_at"}
    given = [
        f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in found.items()
        if key not in about and value is not None
    ]
    assert run.json("set", sample, ref, *given) == found
    assert found["title"] in run.said("show", sample, ref.lower())
    run.refused("show", sample, "R-9999")


def test_add_and_set_when_run_are_one_entry_each_and_undo_and_redo_take_them_back(run, sample):
    owner = run.state("list", sample, "party", "--limit", 1)[0]
    values = ["title=Lost ledger 遺失", "status=open", f"owner={owner['title']}"]
    ref = run.said(
        "add", sample, "risk", *values, "residual_likelihood=4", "residual_impact=4"
    ).strip()
    found = run.state("show", sample, ref)
    assert (found["residual_score"], found["owner"]) == (16, [owner["ref"]])
    assert ref in run.state("show", sample, owner["ref"])["owned_risks"]
    assert ref in run.said("set", sample, ref, "status=treating", "due_on=2027-01-31", "tags=a,b")
    changed = run.state("show", sample, ref)
    assert changed["version"] == found["version"] + 1
    assert (changed["status"], changed["due_on"], changed["tags"]) == (
        "treating",
        "2027-01-31",
        ["a", "b"],
    )
    run.said("undo", sample)
    assert run.state("show", sample, ref)["status"] == "open"
    run.said("redo", sample)
    assert run.state("show", sample, ref)["status"] == "treating"
    run.said("undo", sample, "--count", 2)
    run.quickly("show", sample, ref, status=2)
    before = digest(sample)
    run.refused("set", sample, "R-0001", "status=opne")
    run.quickly("add", sample, "action", "title=x", status=2)
    assert digest(sample) == before


def test_link_and_unlink_when_run_show_on_both_sides(run, sample):
    asset = run.quickly("add", sample, "asset", "title=Ledger").strip()
    risk = run.quickly("add", sample, "risk", "title=Loss").strip()
    run.said("link", sample, risk, "threatens", asset)
    assert run.state("show", sample, asset)["risks"] == [risk]
    run.said("link", sample, "C1", "lowers", risk)
    assert run.state("show", sample, risk)["actions"] == ["C1"]
    run.said("unlink", sample, asset, "threatens", risk)
    assert run.state("show", sample, risk)["assets"] == []
    assert "threatens" in run.refused("link", sample, risk, "haunts", asset)


def test_delete_when_run_puts_in_the_bin_and_unbin_brings_back(run, sample):
    refs = [item["ref"] for item in run.state("list", sample, "incident", "--limit", 2)]
    run.said("delete", sample, *refs)
    assert set(refs) <= {item["ref"] for item in run.json("bin", sample)}
    assert refs[0] in run.said("bin", sample)
    listed = {item["ref"] for item in run.state("list", sample, "incident")}
    assert not listed & set(refs)
    run.said("unbin", sample, *refs)
    assert set(refs) <= {item["ref"] for item in run.state("list", sample, "incident")}
    run.refused("delete", sample, "C1")


def test_erase_when_run_takes_the_words_out_of_the_file_and_the_history_stays_whole(run, sample):
    secret = "Zzyzxqq Wobbleton"
    ref = run.quickly("add", sample, "party", f"title={secret}", "phone=+852 2345 6789").strip()
    assert secret.encode() in sample.read_bytes()
    kept = run.json("backup", sample, "--to", sample.parent / "stick")
    assert Path(kept["path"]).exists()
    found = run.json("erase", sample, ref, "--reason", "asked by the person")
    assert (found["ref"], found["entries"] > 0) == (ref, True)
    assert found["backups"], "the account's own backups must be named"
    assert secret.encode() not in sample.read_bytes()
    assert run.state("verify", sample)["ok"] is True


def test_erase_when_a_part_was_undone_takes_it_along(run, sample):
    secret = "Zzyzxqq Wobbleton"
    ref = run.quickly("add", sample, "incident", "title=Lost phone").strip()
    part = run.quickly("add", sample, "entry", f"title=Rang {secret}", f"incident={ref}").strip()
    run.quickly("undo", sample)
    assert secret.encode() in sample.read_bytes()
    found = run.json("erase", sample, ref, "--reason", "asked", "--with-parts")
    assert (found["parts"], found["left"]) == ([part], [])
    assert secret.encode() not in sample.read_bytes()
    assert run.state("verify", sample)["ok"] is True


def test_log_when_asked_tells_who_did_what_to_which_record(run, sample):
    ref = run.quickly("add", sample, "risk", "title=R").strip()
    run.quickly("set", sample, ref, "notes=x")
    entries = run.json("log", sample, "--ref", ref)
    assert [(entry["act"], entry["refs"]) for entry in entries] == [("edit", [ref]), ("add", [ref])]
    assert {"seq", "at", "account", "name", "act", "facts", "undoes", "refs"} <= entries[0].keys()
    assert entries[0]["changes"][0]["after"] == {"notes": "x"}
    whole = run.state("log", sample)
    seqs = [entry["seq"] for entry in whole]
    assert seqs == list(range(seqs[0], 0, -1))
    assert ref in run.said("log", sample, "--ref", ref)


def test_as_of_when_a_moment_is_given_shows_the_register_as_it_stood(run, sample):
    ref = run.quickly("add", sample, "risk", "title=before").strip()
    seq = run.state("log", sample, "--ref", ref)[0]["seq"]
    run.quickly("set", sample, ref, "title=after")
    assert run.state("show", sample, ref, "--as-of", seq)["title"] == "before"
    listed = run.state("list", sample, "risk", "--as-of", seq, "--columns", "ref,title")
    assert {"ref": ref, "title": "before"} in listed
    assert ref not in run.said("list", sample, "risk", "--as-of", "2025-12-31")
    run.refused("list", sample, "risk", "--as-of", "yesterday")


def test_verify_when_run_is_green_and_knows_old_fingerprints_only(run, sample):
    found = run.json("verify", sample)
    assert (found["ok"], found["findings"]) == (True, [])
    assert FINGERPRINT.fullmatch(found["fingerprint"])
    run.quickly("add", sample, "risk", "title=R")
    assert run.json("verify", sample, "--fingerprint", found["fingerprint"])["ok"] is True
    wrong = found["fingerprint"][:-4] + ("0000" if found["fingerprint"][-4:] != "0000" else "1111")
    unknown = run.json("verify", sample, "--fingerprint", wrong, status=1)
    assert [finding["id"] for finding in unknown["findings"]] == ["fingerprint_unknown"]


def test_checks_when_run_ends_with_1_where_anything_was_found(run, sample):
    found = run.json("checks", sample, status=1)
    assert {item["level"] for item in found} <= {"error", "warning", "hint"}
    assert found[0]["ref"] in run.said("checks", sample, status=1)
    run.refused("checks", sample.with_name("none.riskreg"))


def test_backup_when_restored_brings_back_what_was_and_keeps_what_is(run, sample, tmp_path):
    ref = run.quickly("add", sample, "risk", "title=kept").strip()
    made = run.json("backup", sample, "--to", tmp_path / "stick")
    assert Path(made["path"]).parent == tmp_path / "stick"
    run.quickly("set", sample, ref, "title=lost")
    newest = run.json("backups", sample)[0]
    assert Path(newest["path"]).is_relative_to(run.home)
    assert newest["path"] in run.said("backups", sample)
    answer = run.json("restore", made["path"], sample)
    assert run.state("show", sample, ref)["title"] == "kept"
    assert run.state("show", answer["aside"], ref)["title"] == "lost"
    assert run.state("verify", sample)["ok"] is True
    before = digest(sample)
    (tmp_path / "torn.riskreg").write_bytes(Path(made["path"]).read_bytes()[:9_000])
    run.refused("restore", tmp_path / "torn.riskreg", sample)
    assert digest(sample) == before


def test_import_when_a_row_is_rejected_says_why_and_brings_the_rest_as_one_change(
    run, sample, tmp_path
):
    file, told = tmp_path / "in.csv", tmp_path / "told.json"
    file.write_text("Title,Status\nLost phone 遺失,reported\nLate mail,opne\n", encoding="utf-8")
    command = ["import", sample, file, "--kind", "incident", "--key", "title"]
    before = digest(sample)
    dry = run.json(*command, "--dry-run", "--report", told, status=1)
    assert digest(sample) == before
    assert json.loads(told.read_text(encoding="utf-8")) == dry
    assert [dry[key] for key in ("new", "changed", "unchanged", "rejected")] == [1, 0, 0, 1]
    [rejection] = dry["rejections"]
    assert rejection.keys() == {"sheet", "row", "column", "value", "reason"}
    assert (rejection["row"], rejection["column"], rejection["value"]) == (3, "Status", "opne")
    run.refused(*command, "--report", tmp_path / "none" / "told.json")
    assert digest(sample) == before
    assert "opne" in run.said("import", *command[1:], status=1)
    again = json.loads(run.quickly(*command, "--json", status=1))
    assert [again[key] for key in ("new", "changed", "unchanged")] == [0, 0, 1]
    [entry] = [entry for entry in run.state("log", sample) if entry["act"] == "import"]
    assert entry["facts"]["file"] == "in.csv"
    run.quickly("undo", sample)
    assert (
        run.state(
            "list", sample, "incident", "--search", "遺失", "--filter", "title contains phone"
        )
        == []
    )


def test_import_when_rows_are_rejected_hands_them_back_to_be_corrected(run, sample, tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "errors.xlsx"
    file.write_text("Title,Status\nLost phone,reported\nLate mail,opne\n", encoding="utf-8")
    command = ["import", sample, file, "--kind", "incident", "--key", "title"]
    before = run.state("list", sample, "incident")
    run.refused(*command, "--errors", tmp_path / "none" / "errors.xlsx")
    assert run.state("list", sample, "incident") == before
    run.json(*command, "--errors", out, status=1)
    again = run.json("import", sample, out, "--kind", "incident", status=1)
    assert [again[key] for key in ("new", "rejected")] == [0, 1]


def test_mapping_when_suggested_is_taken_by_the_next_import(run, sample, tmp_path):
    file, map = tmp_path / "incidents.csv", tmp_path / "map.toml"
    file.write_text("Name,Date of incident\nLost phone 遺失,25/12/2025\n", encoding="utf-8")
    said = run.said("import", sample, file, "--suggest-map")
    assert 'Name = "title"' in said
    map.write_text(said, encoding="utf-8")
    assert run.json("import", sample, file, "--map", map)["new"] == 1


def test_template_when_empty_has_nothing_to_import(run, sample, tmp_path):
    out = tmp_path / "risks.xlsx"
    run.said("template", sample, "risk", out)
    run.refused("import", sample, out)
    run.refused("template", sample, "step", tmp_path / "steps.xlsx")


def test_export_when_imported_unchanged_changes_nothing(run, sample, tmp_path):
    out = tmp_path / "out.xlsx"
    made = run.json("export", sample, out)
    assert FINGERPRINT.fullmatch(made["fingerprint"])
    assert sum(made["sheets"].values()) > 100
    found = run.json("import", sample, out)
    assert [found[key] for key in ("new", "changed", "rejected")] == [0, 0, 0]
    assert found["unchanged"] == sum(made["sheets"].values())
    part = ["--kind", "risk", "asset", "--filter", "status in open,in_use", "--lang", "zh_Hant"]
    run.refused("export", sample, tmp_path / "part.xlsx", *part)  # no asset can be "open"
    few = run.json(
        "export", sample, tmp_path / "few.xlsx", "--kind", "risk", "--filter", "status = open"
    )
    assert list(few["sheets"]) == ["risk"]
    assert 0 < few["sheets"]["risk"] < made["sheets"]["risk"]
    assert [entry["act"] for entry in run.state("log", sample, "--limit", 1)] == ["export"]


def test_report_when_run_writes_a_pdf_and_notes_where_it_went(run, sample, tmp_path):
    out = tmp_path / "risks.pdf"
    made = run.json("report", sample, "risk-register", out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert made["pages"] > 1
    coverage = run.said(
        "report", sample, "action-coverage", tmp_path / "c.pdf", "--lang", "zh_Hant"
    )
    assert FINGERPRINT.search(coverage)
    noted = [entry["facts"] for entry in run.state("log", sample) if entry["act"] == "report"]
    assert [facts["file"] for facts in noted] == ["c.pdf", "risks.pdf"]
    assert noted[1]["fingerprint"] == made["fingerprint"]
    before = out.read_bytes()
    assert "risk-register" in run.refused("report", sample, "weather", out)
    run.refused("report", sample, "risk-register", tmp_path / "none" / "x.pdf")
    assert out.read_bytes() == before


def test_report_when_each_name_is_asked_for_it_writes_that_report(run, sample, tmp_path):
    [file] = run.state("list", sample, "evidence", "--limit", 1, "--columns", "ref")
    for name, report in reports.REPORTS.items():
        ref = file["ref"] if name == "custody" else "i-2026-014"
        given = ["--ref", ref] if report.about == "one" else []
        given += ["--since", "2026-10-31", "--until", "2026-11-19"] if name == "changes" else []
        made = run.state("report", sample, name, tmp_path / f"{name}.pdf", *given)
        assert made["pages"] >= 1
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    out = tmp_path / "none.pdf"
    assert "none is named" in run.refused("report", sample, "record", out)
    assert "compares no two moments" in run.refused(
        "report", sample, "summary", out, "--since", "3"
    )
    swapped = run.refused("report", sample, "changes", out, "--since", "9", "--until", "3")
    assert "comes after the second" in swapped
    assert not out.exists()


def test_calendar_when_run_notes_where_it_went(run, sample, tmp_path):
    out = tmp_path / "todo.ics"
    made = run.json("calendar", sample, out)
    assert out.read_bytes().count(b"BEGIN:VEVENT") == made["events"] > 50
    [entry] = [entry for entry in run.state("log", sample) if entry["act"] == "export"]
    assert entry["facts"]["file"] == "todo.ics"


def test_scale_when_one_is_put_in_force_then_the_list_says_so(run, sample):
    made = run.json("scale", sample, "use", "simple_3x3", "--keep-old")
    assert made["entry"] > 0
    in_force = [each for each in run.json("scale", sample, "list") if each["in_force"]]
    assert len(in_force) == 1
    risk = run.state("show", sample, "R-0001")
    assert risk["scored_by"] == ["SC-0003"]


def test_handover_when_run_is_one_entry(run, sample):
    taker = run.state("list", sample, "party", "--columns", "ref")[1]["ref"]
    done = run.json("handover", sample, "P-0001", taker)
    [entry] = [entry for entry in run.state("log", sample) if entry["act"] == "hand_over"]
    assert entry["seq"] == done["entry"]
    assert len(done["moves"]) > 5


def test_health_when_asked_of_a_folder_tells_of_the_register_in_it(run, sample):
    [found] = run.json("health", sample.parent)
    assert (found["file"], found["well"]) == (sample.name, True)
    assert sample.name in run.said("health", sample.parent, "--lang", "zh_Hant")


def test_fields_when_asked_needs_no_register_and_names_what_add_takes(run, sample):
    known = run.json("fields", "incident")
    required = [item["name"] for item in known["fields"] if item["required"]]
    assert required == ["title"]
    [choices] = [item["choices"] for item in known["fields"] if item["name"] == "category"]
    assert len(choices) == 25
    roles = {item["role"] for item in known["links"]}
    assert roles >= {"affects", "materialises", "shows_gap", "follows", "shows_incident"}
    assert roles >= {"happened_at", "assesses", "decides", "tells_of", "happened_in"}
    run.said("add", sample, "incident", "title=x", f"category={choices[0]}")
    assert "aware_at" in run.said("fields", "incident", "--lang", "zh_Hant")


def test_list_when_its_reader_goes_away_ends_quietly(run, sample):
    with subprocess.Popen(
        run.command("list", sample, "step", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=run.environment(),
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(1)
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait(30) == 0


def test_evidence_when_checked_all_of_the_sample_match(run, sample):
    assert run.json("evidence", sample, "verify")


def test_logo_when_taken_away_then_set_it_is_the_one_of_the_reports(run, sample, tmp_path):
    picture = tmp_path / "logo.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    assert run.json("logo", sample, "remove")["logo"] == []
    [ref] = run.json("logo", sample, "set", picture)["logo"]
    assert run.json("show", sample, ref)["file_name"] == "logo.svg"


def test_every_command_when_added_is_run_here():
    files = Path(__file__).parent.glob("test_*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    missing = [name for name in every.COMMANDS if not re.search(rf'\("{name}"', text)]
    assert missing == []


def test_erase_when_an_incident_has_parts_names_them_and_takes_them_along_where_asked(run, sample):
    secret = "Zzyzxqq Wobbleton"
    ref = run.quickly("add", sample, "incident", f"title={secret}").strip()
    part = run.quickly("add", sample, "entry", f"title=Rang {secret}", f"incident={ref}").strip()
    told = run.quickly("erase", sample, ref, "--reason", "asked")
    assert part in told
    assert "--with-parts" in told
    told = run.quickly("erase", sample, ref, "--reason", "asked", "--with-parts")
    assert f"That of what belongs to it was removed too: {part}." in told
    assert "keep their words" not in told
    assert secret.encode() not in sample.read_bytes()
