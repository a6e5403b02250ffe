"""A calendar file says when things are due as RFC 5545 has it, and moves what an earlier one said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from riskreg import clock, register, sample
from riskreg.errors import Expected
from riskreg.exchange import calendar, outgoing
from riskreg.exchange.tables import programme_titles
from riskreg.i18n import LANGUAGES, translator
from riskreg.records.values import Instant
from riskreg.views import Register, View, Where
from riskreg.work import WRITING
from tests.builders import a_risk, an_asset, change
from tests.exchange.odd import ODD

EN = translator("en")
DAY = date(2026, 12, 1)
TODAY = date(2026, 11, 20)


def made(opened: Register, path: Path, **given) -> dict[str, Event]:
    """The events by the ref that their summary begins with, as another reader of calendars has them."""
    outgoing.export_calendar(opened, path, EN, **given)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    found = {str(event["SUMMARY"]).split(" ")[0]: event for event in events}
    assert len(found) == len(events)
    return found


def lines(path: Path) -> list[bytes]:
    """Whole lines, unfolded by hand."""
    content = path.read_bytes()
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert [line.decode("utf-8") for line in content.split(b"\r\n")]  # no character is cut in two
    return content.replace(b"\r\n ", b"").split(b"\r\n")[:-1]


def test_event_when_something_is_due_is_of_that_whole_day(opened, tmp_path):
    risk = a_risk(opened, "Mail goes astray", due_on=DAY)
    found = made(opened, tmp_path / "a.ics")
    event = found[risk.ref]
    assert event["SUMMARY"] == f"{risk.ref} Mail goes astray"
    assert event["DESCRIPTION"] == "Risk"
    assert event.decoded("DTSTART") == DAY
    assert event.decoded("DTEND") == DAY + timedelta(days=1)
    assert event.decoded("DTSTAMP") == clock.now().replace(microsecond=0)
    assert event["UID"] == f"{opened.register_id}-{risk.id}-due"
    assert (event["TRANSP"], event["CLASS"]) == ("TRANSPARENT", "PRIVATE")
    assert event.walk("VALARM") == []
    text = lines(tmp_path / "a.ics")
    assert b"DTSTART;VALUE=DATE:20261201" in text
    assert b"DTEND;VALUE=DATE:20261202" in text


def test_file_when_read_by_the_rules_has_each_property_once_and_what_must_be_there(
    opened, tmp_path
):
    for number in range(3):
        a_risk(opened, f"Risk {number}", due_on=DAY)
    made(opened, tmp_path / "a.ics", remind_days=1)
    text = lines(tmp_path / "a.ics")
    assert text[:2] == [b"BEGIN:VCALENDAR", b"VERSION:2.0"]
    assert [line for line in text if line.startswith(b"PRODID:")] == [
        b"PRODID:-//riskreg//riskreg//EN"
    ]
    assert text[-1] == b"END:VCALENDAR"
    uids = [line for line in text if line.startswith(b"UID:")]
    assert len(uids) == len(set(uids)) == 4  # the calendar has one too
    [whole] = Calendar.from_ical((tmp_path / "a.ics").read_bytes(), multiple=True)
    for event in whole.walk("VEVENT"):
        names = [name for name, _ in event.property_items(recursive=False, sorted=False)]
        inside = [name for name in names if name not in ("BEGIN", "END")]
        assert len(inside) == len(set(inside))
        assert {"UID", "DTSTAMP", "DTSTART"} <= set(inside)
        [alarm] = event.walk("VALARM")
        assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(alarm)
        assert event.errors == alarm.errors == []


@pytest.mark.parametrize("title", [*ODD, 'a;b,c\\d:e"f', "BEGIN:VEVENT", "外洩" * 100, "x" * 400])
def test_title_when_odd_comes_back_as_it_was(opened, tmp_path, title):
    title = " ".join(title.split())[:300]
    risk = a_risk(opened, title, due_on=DAY)
    event = made(opened, tmp_path / "a.ics")[risk.ref]
    assert str(event["SUMMARY"]) == f"{risk.ref} {opened.record(risk.id).title}"
    lines(tmp_path / "a.ics")


def test_file_when_made_again_has_the_same_uids_and_moves_what_changed(opened, tmp_path):
    risk, asset = a_risk(opened, due_on=DAY), an_asset(opened, next_review_on=DAY)
    before = made(opened, tmp_path / "a.ics")
    same = made(opened, tmp_path / "b.ics")
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    assert same.keys() == before.keys() == {risk.ref, asset.ref}
    change(opened, risk, title="Another title", due_on=DAY + timedelta(days=9))
    after = made(opened, tmp_path / "c.ics")
    assert {ref: event["UID"] for ref, event in after.items()} == {
        ref: event["UID"] for ref, event in before.items()
    }
    assert after[risk.ref].decoded("DTSTART") == DAY + timedelta(days=9)
    assert after[risk.ref]["SEQUENCE"] > before[risk.ref]["SEQUENCE"]


def test_calendar_when_made_holds_what_to_do_lists_and_no_more(opened, tmp_path):
    open_risk = a_risk(opened, due_on=DAY)
    a_risk(opened, "Closed", due_on=DAY, status="closed")
    a_risk(opened, "Undated")
    binned = a_risk(opened, "In the bin", due_on=DAY)
    change(opened, binned, deleted_at=Instant.at(clock.now()))
    assert list(made(opened, tmp_path / "a.ics")) == [open_risk.ref]


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_of_the_sample_has_every_dated_record_in_each_language(tmp_path, language):
    sample.make(tmp_path / "s.riskreg")
    opened = register.open(tmp_path / "s.riskreg")
    try:
        t = translator(language)
        exported = outgoing.export_calendar(opened, tmp_path / "s.ics", t)
        told = calendar.told_in((tmp_path / "s.ics").read_bytes())
        assert told is not None
        kinds = tuple(exported.sheets)
        view = View(kinds=kinds, where=(Where("due_at", "empty", False),))
        assert len(told) == sum(exported.sheets.values()) == opened.count(view) > 50
        assert [one.day for one in told] == sorted(one.day for one in told)
        said = {one.summary for one in told}
        titles = programme_titles(language)
        actions = titles.keys() & {one.split(" ")[0] for one in said}
        assert actions
        assert {f"{ref} {titles[ref]}" for ref in actions} <= said
    finally:
        opened.close()


def test_calendar_when_only_refs_may_leave_says_no_title_and_no_name(opened, tmp_path):
    risk = a_risk(opened, "Mail goes astray", due_on=DAY)
    event = made(opened, tmp_path / "a.ics", is_refs_only=True, remind_days=2)[risk.ref]
    assert (event["SUMMARY"], event["CLASS"]) == (risk.ref, "PUBLIC")
    content = (tmp_path / "a.ics").read_bytes().replace(b"\r\n ", b"")
    assert b"astray" not in content
    assert b"Harbour" not in content
    assert "海港".encode() not in content
    made(opened, tmp_path / "b.ics")
    assert "Harbour Clinic Ltd 海港診所".encode() in (tmp_path / "b.ics").read_bytes()


@pytest.mark.parametrize(("days", "trigger"), [(0, b"PT9H"), (1, b"-PT15H"), (7, b"-P6DT15H")])
def test_reminder_when_wanted_rings_at_nine_and_not_for_what_is_overdue(
    opened, tmp_path, days, trigger
):
    late = a_risk(opened, due_on=TODAY - timedelta(days=1))
    now = a_risk(opened, due_on=TODAY)
    found = made(opened, tmp_path / "a.ics", remind_days=days)
    assert found[late.ref].walk("VALARM") == []
    [alarm] = found[now.ref].walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", found[now.ref]["SUMMARY"])
    assert b"TRIGGER:" + trigger in lines(tmp_path / "a.ics")


def test_day_when_it_is_the_last_that_there_is_has_an_event(opened, tmp_path):
    risk = a_risk(opened, due_on=date.max)
    event = made(opened, tmp_path / "a.ics")[risk.ref]
    assert event.decoded("DTSTART") == date.max


def test_export_when_done_is_noted_with_where_it_went(opened, tmp_path):
    a_risk(opened, due_on=DAY)
    fingerprint = opened.head().fingerprint
    made(opened, tmp_path / "a.ics")
    [entry] = opened.log(limit=1)
    assert (entry.act, dict(entry.facts)) == (
        "export",
        {"file": "a.ics", "fingerprint": fingerprint, "rows": "1"},
    )


def test_export_when_it_cannot_be_made_leaves_the_file_and_notes_nothing(opened, tmp_path):
    target = tmp_path / "a.ics"
    target.write_bytes(b"mine")
    seq = opened.head().seq
    with pytest.raises(Expected) as refused:
        outgoing.export_calendar(opened, target, EN)
    assert refused.value.id == "calendar_empty"
    a_risk(opened, due_on=DAY)
    seq = opened.head().seq
    with pytest.raises(Expected) as refused:
        outgoing.export_calendar(opened, tmp_path / "a.txt", EN)
    assert refused.value.id == "not_a_calendar"
    with pytest.raises(Expected) as refused:
        outgoing.export_calendar(opened, tmp_path / "none" / "a.ics", EN)
    assert refused.value.id == "cannot_write"
    assert target.read_bytes() == b"mine"
    assert opened.head().seq == seq
    assert [path.name for path in tmp_path.glob("*.ics")] == ["a.ics"]


def test_export_when_the_disk_says_something_else_refuses_it(opened, tmp_path, monkeypatch):
    a_risk(opened, due_on=DAY)
    (tmp_path / "a.ics").write_bytes(b"mine")
    monkeypatch.setattr(calendar, "told_in", lambda content: [])
    with pytest.raises(Expected) as refused:
        outgoing.export_calendar(opened, tmp_path / "a.ics", EN)
    assert refused.value.id == "cannot_write"
    assert (tmp_path / "a.ics").read_bytes() == b"mine"


def test_export_when_the_register_changes_meanwhile_begins_anew(opened, tmp_path):
    a_risk(opened, due_on=DAY)

    class Changing:
        """Adds a risk at the first step of the writing."""

        done = False

        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if doing == WRITING and not self.done:
                self.done = True
                a_risk(opened, "Came in between", due_on=DAY)

    found = made(opened, tmp_path / "a.ics", work=Changing())
    assert len(found) == 2


def test_told_in_when_it_is_no_calendar_is_nothing():
    assert calendar.told_in(b"BEGIN:VCALENDAR\r\nX") is None
    assert (
        calendar.told_in(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        is None
    )
