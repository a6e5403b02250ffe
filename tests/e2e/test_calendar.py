"""`calendar`: a file for a calendar, made by the program itself and read as a calendar reads it."""

from __future__ import annotations

from icalendar import Calendar


def events(path):
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_calendar_when_run_holds_what_is_due_in_the_language_asked(run, sample, tmp_path):
    out = tmp_path / "todo.ics"
    made = run.json("calendar", sample, out)
    assert made["events"] == sum(made["kinds"].values()) == len(events(out)) > 50
    assert run.state("verify", sample, "--fingerprint", made["fingerprint"])["ok"] is True
    risks = run.state("list", sample, "risk", "--filter", "due_at empty no")
    days = {event["SUMMARY"]: event.decoded("DTSTART").isoformat() for event in events(out)}
    assert {days[f"{risk['ref']} {risk['title']}"] for risk in risks} == {
        risk["due_at"] for risk in risks
    }
    assert made["kinds"]["risk"] == len(risks)
    said = run.said("calendar", sample, out, "--lang", "zh_Hant")
    assert str(out) in said
    assert "風險" in {event["DESCRIPTION"] for event in events(out)}


def test_calendar_when_made_again_replaces_the_file_and_keeps_the_uids(run, sample, tmp_path):
    out = tmp_path / "todo.ics"
    run.said("calendar", sample, out)
    before = {event["UID"] for event in events(out)}
    run.said("calendar", sample, out, "--remind", 3)
    assert {event["UID"] for event in events(out)} == before
    assert b"TRIGGER:-P2DT15H" in out.read_bytes()
    noted = [entry for entry in run.state("log", sample) if entry["act"] == "export"]
    assert [entry["facts"]["file"] for entry in noted] == ["todo.ics", "todo.ics"]


def test_calendar_when_others_see_it_says_refs_only(run, sample, tmp_path):
    out = tmp_path / "todo.ics"
    whole = run.said("calendar", sample, out)
    assert "--refs-only" in whole
    said = run.said("calendar", sample, out, "--refs-only")
    assert "--refs-only" not in said
    assert all(" " not in event["SUMMARY"] for event in events(out))
    [organisation] = run.state("list", sample, "organisation")
    content = out.read_bytes().replace(b"\r\n ", b"").decode("utf-8")
    assert organisation["title"] not in content


def test_calendar_when_it_cannot_be_made_is_refused_and_leaves_what_was_there(
    run, sample, tmp_path
):
    empty, out = tmp_path / "empty.riskreg", tmp_path / "todo.ics"
    run.quickly("new", empty, "--name", "Nobody")
    out.write_bytes(b"mine")
    assert "no calendar" in run.refused("calendar", empty, out).lower()
    assert ".ics" in run.refused("calendar", sample, tmp_path / "todo.txt")
    run.refused("calendar", sample, tmp_path / "none" / "todo.ics")
    for days in ("-1", "367", "soon"):
        run.refused("calendar", sample, out, "--remind", days)
    assert out.read_bytes() == b"mine"
