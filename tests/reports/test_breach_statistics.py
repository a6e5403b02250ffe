"""Breaches in figures, and the custody of a file, on paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from riskreg import clock, evidence, reports
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.builders import add, an_incident, change
from tests.conftest import NOW
from tests.reports import pages
from tests.reports.a_breach import a_breach, say

EN = translator("en")


def test_statistics_when_a_breach_was_played_then_its_figures_are_there_and_its_names_are_not(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    a_breach(opened, tmp_path)
    a_breach(opened, tmp_path, drill=True)
    an_incident(opened, "Caught in time", near_miss=True)
    reports.make(opened, "statistics", target, EN)
    text = pages.body(target)
    for said in (
        "November 2026 1", "Contained 2 h 2 h 1 of 1", "First decision 20 min 20 min 1 of 1",
        "Internal, not malicious 1", "Sent to the wrong recipient 1", "2025 246 79 167 81 (33 %)",
        "the PCPD in 2025: hacking 81 of 246", "In 2025 there were 0 breaches.",
    ):  # fmt: skip
        assert pages.bare(said) in text, said
    assert "Payroll" not in text
    assert "214" in text


def test_statistics_when_since_a_moment_then_only_later_incidents_count_and_what_was_done_is_told(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    an_incident(opened, discovered_at=Instant.parse("2026-11-02T09:00", "Asia/Hong_Kong"))
    seq = opened.head().seq
    with clock.fixed(NOW + timedelta(days=3)):
        a_breach(opened, tmp_path)
        between = reports.span(opened, str(seq), "")
        reports.make(opened, "statistics", target, EN, between=between)
    text = pages.body(target)
    assert pages.bare("Incidents that came to light from 20 Nov 2026 to 23 Nov 2026.") in text
    assert pages.bare(f"Since entry {seq}") in text
    assert "In2025" not in text
    strip = text.split(f"Sinceentry{seq}")[1].split("Bymonth")[0]
    assert strip.startswith("10131")  # recorded, closed, assessed, decided, sent


def test_statistics_when_since_a_moment_then_only_breaches_count_and_an_own_end_is_an_end(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    """What was done for a drill or a near miss is in no figure but theirs."""
    add(
        opened, "terms", title="Put away", list_name="incident_status", key="away", same_as="closed"
    )
    seq = opened.head().seq
    with clock.fixed(NOW + timedelta(days=3)):
        a_breach(opened, tmp_path, drill=True)
        an_incident(opened, "Caught in time", near_miss=True, status="closed")
        change(opened, an_incident(opened), status="away")
        between = reports.span(opened, str(seq), "")
        reports.make(opened, "statistics", target, EN, between=between)
    strip = pages.body(target).split(f"Sinceentry{seq}")[1].split("Bymonth")[0]
    assert strip.startswith("11000")  # recorded, closed, assessed, decided, sent


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_statistics_when_of_the_sample_then_it_is_short_in_each_language(
    sampled: Register, target: Path, language: Language
) -> None:
    made = reports.make(sampled, "statistics", target, translator(language))
    assert made.pages <= 3
    assert made.lacking == 0


# Custody


def test_custody_when_a_file_was_taken_in_linked_saved_and_held_then_each_event_stands_there(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    file = evidence.evidence(opened, opened.find(breach.file))
    evidence.save(opened, file.id, tmp_path / "copy.eml")
    change(opened, file, hold_reason="Court case 12", hold_by="Counsel")
    reports.make(opened, "custody", target, EN, ref=breach.file)
    text = pages.body(target)
    for said in (
        "F-0001 taken in: mail.eml", f"F-0001 linked to {breach.ref}", "a copy left the register",
        "Legal hold set on F-0001", "Court case 12", "Counsel", file.sha256,
        "The file in the register has the checksum it had when it was taken in.",
    ):  # fmt: skip
        assert pages.bare(said) in text, said


def test_custody_when_a_newer_version_came_then_both_stand_with_their_checksums(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    breach = a_breach(opened, tmp_path)
    old = evidence.evidence(opened, opened.find(breach.file))
    newer = tmp_path / "mail-2.eml"
    newer.write_bytes(b"From: the clerk\n")
    say(opened, evidence.attachment(opened, evidence.take(newer), old.id))
    reports.make(opened, "custody", target, EN, ref="F-0002")
    text = pages.body(target)
    assert old.sha256 in text
    assert evidence.sha256_of(b"From: the clerk\n") in text
    reports.make(opened, "custody", target, EN, ref="F-0001")
    assert pages.bare("F-0001 replaced by F-0002") in pages.body(target)


@pytest.mark.parametrize(("ref", "id"), [("", "which_record"), ("I-2026-001", "not_evidence")])
def test_custody_when_no_evidence_is_named_then_it_is_refused(
    opened: Register, target: Path, ref: str, id: str
) -> None:
    an_incident(opened)
    with pytest.raises(Expected) as refused:
        reports.make(opened, "custody", target, EN, ref=ref)
    assert refused.value.id == id
