"""What the timeline and the custody of evidence are called, in every language, from a real register."""

from __future__ import annotations

from typing import get_args

import pytest

from riskreg import timeline_words
from riskreg.cases import case_of
from riskreg.custody import What, custody
from riskreg.editing import to_bin
from riskreg.evidence import Taken, attachment, sha256_of
from riskreg.i18n import translator
from riskreg.records.values import Instant
from riskreg.timeline import What as Told
from riskreg.timeline import timeline
from riskreg.views import Register
from tests.builders import add, an_incident, change

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")


@pytest.fixture
def incident(opened: Register) -> int:
    """An incident of which everything was said once."""
    id = an_incident(opened, aware_at=AWARE).id
    about = {"incident": frozenset({id}), "regime": "gdpr", "recipient": "authority"}
    add(opened, "entry", "Mail recalled", result="Seven of twelve", **about_incident(id))
    add(opened, "assessment", "First", made_at=AWARE, outcome="more_needed", **about_incident(id))
    add(
        opened, "decision", "Tell", answer="not_yet", reason="Wait for IT", decided_by="Director",
        decided_at=AWARE, **about,
    )  # fmt: skip
    add(
        opened, "notice", "n", phase="first", sent_at=AWARE, replied_at=AWARE, reply="Noted", **about
    )  # fmt: skip
    change(
        opened, opened.record(id), trigger_reason="IT rang before that",
        aware_at=Instant.parse("2026-11-20T17:10[Asia/Hong_Kong]"),
    )  # fmt: skip
    opened.apply(attachment(opened, Taken("mail.eml", b"x", sha256_of(b"x")), id))
    gone = add(opened, "entry", "A slip", **about_incident(id))
    opened.apply(to_bin(opened, [gone.id]))
    change(opened, opened.record(id), hold_reason="Claim", hold_by="Counsel")
    return id


def about_incident(id: int) -> dict[str, frozenset[int]]:
    return {"incident": frozenset({id})}


def lines(store: Register, id: int, language: str = "en") -> list[str]:
    t, found = translator(language), timeline(store, case_of(store, id))
    names = store.names({other for each in found for other in each.others})
    words = [timeline_words.heading(each, store.vocabulary, t, names) for each in found]
    return words + [line for each in found for line in timeline_words.below(each, t)]


def test_heading_when_in_english_then_each_says_what_happened(
    opened: Register, incident: int
) -> None:
    found = lines(opened, incident)
    for line in (
        "Mail recalled",
        "Result: Seven of twelve",
        "Decided on EU and EEA, GDPR (Authority): Not yet",
        "Reason: Wait for IT",
        "Assessed: More must be known; no score yet",
        "Sent: First notice – EU and EEA, GDPR (Authority)",
        "Noted",
        "Time changed: Aware, from Fri 20 Nov 2026, 18:40 (Hong Kong) to "
        "Fri 20 Nov 2026, 17:10 (Hong Kong)",
        "Legal hold set on I-2026-001",
        "F-0001 taken in: mail.eml",
        "F-0001 linked to I-2026-001",
        "Taken back: E-0002",
    ):
        assert line in found


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_heading_when_in_any_language_then_no_brace_and_no_key_is_left(
    opened: Register, incident: int, language: str
) -> None:
    for line in lines(opened, incident, language):
        assert line
        assert "{" not in line
        assert "_" not in line


def test_words_when_a_sort_of_moment_or_event_is_added_then_it_has_words() -> None:
    own = {"entry", "reached", "custody"}
    assert set(timeline_words._HEADINGS) == set(get_args(Told)) - own
    assert set(timeline_words._CUSTODY) == set(get_args(What))


def test_recorded_when_the_history_knows_then_who_and_when_are_said(
    opened: Register, incident: int
) -> None:
    found = timeline(opened, case_of(opened, incident))[-1]
    words = timeline_words.recorded_words(found, "Asia/Hong_Kong", translator("en"))
    assert words.startswith("Recorded Fri 20 Nov 2026, 18:40")


def test_event_words_when_told_for_the_report_then_as_on_the_timeline(
    opened: Register, incident: int
) -> None:
    piece = opened.find("F-0001")
    t = translator("en")
    found = [
        timeline_words.event_words(each, "F-0001", opened.vocabulary, t)
        for each in custody(opened, piece)
    ]
    assert found[0] == "F-0001 taken in: mail.eml"
