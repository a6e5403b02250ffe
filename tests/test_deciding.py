"""Assessments and decisions in a real register: what they keep, and what they refuse."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from riskreg import cases, clock, deciding, register
from riskreg.editing import from_bin, to_bin
from riskreg.errors import Expected
from riskreg.i18n import translator
from riskreg.records import Decision
from riskreg.records.values import Count, Instant
from riskreg.rules import rule_text
from tests.builders import an_incident, change

T = translator("en")
NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
DECIDED = Instant.parse("2026-11-20T19:20[Asia/Hong_Kong]")
MONDAY = Instant.parse("2026-11-23T10:00[Asia/Hong_Kong]")
ANSWERS = {
    "context_simple": "c1",
    "context_behavioural": "c0",
    "context_financial": "c3",
    "context_sensitive": "c0",
    "ease": "maximum",
    "confidentiality": "known_recipients",
    "integrity": "not_affected",
    "availability": "not_affected",
    "is_malicious": False,
    "people_count": Count(31),
    "is_unintelligible": False,
}


@pytest.fixture(autouse=True)
def afterwards(still_clock):
    """All of it is told afterwards: what is decided has a moment that has come."""
    with clock.fixed(datetime(2026, 12, 31, tzinfo=UTC)):
        yield


@pytest.fixture
def opened(tmp_path: Path):
    made = register.create(tmp_path / "clinic.riskreg", name="Clinic")
    yield made
    made.close()


@pytest.fixture
def incident(opened) -> int:
    places = frozenset({"hong_kong", "eu_eea", "singapore"})
    return an_incident(opened, aware_at=AWARE, our_role="controller", people_live_in=places).id


def rule(case: cases.Case, key: str):
    return next(row.rule for row in case.board(NOW) if row.rule.key == key)


def decide(opened, id: int, key: str, answer="not_yet", **said) -> Decision:
    case = cases.case_of(opened, id)
    about = {
        "reason": "Wait for the mail provider",
        "decided_by": "Director",
        "decided_at": DECIDED,
        "again": MONDAY,
    }
    when = max(NOW, (about | said)["decided_at"].utc)
    made = deciding.decide(case, rule(case, key), answer, now=when, t=T, **about | said)
    found = opened.record(opened.apply(made).new[-1])
    assert isinstance(found, Decision)
    return found


def test_assess_when_all_is_answered_then_the_incident_follows_in_the_same_entry(
    opened, incident
) -> None:
    case = cases.case_of(opened, incident)
    changed = opened.apply(deciding.assess(case, ANSWERS, at=DECIDED, by="K. Chan", t=T))
    found = cases.case_of(opened, incident)
    assert changed.ids == {incident, changed.new[-1]}
    assert found.incident.severity == "high"
    assert found.incident.assessed_at == DECIDED
    assert found.assessment is not None
    assert (found.assessment.severity_score, found.assessment.made_by) == ("3.25", "K. Chan")
    assert found.assessment.title == f"Assessment of {found.incident.ref}"


def test_assess_when_answers_are_missing_then_no_severity_is_made_up(opened, incident) -> None:
    case = cases.case_of(opened, incident)
    opened.apply(deciding.assess(case, {"ease": "maximum"}, at=DECIDED, by="K. Chan", t=T))
    assert cases.case_of(opened, incident).incident.severity is None


def test_assess_when_it_was_assessed_before_then_both_stay_and_the_first_moment_too(
    opened, incident
) -> None:
    for at in (DECIDED, MONDAY):
        case = cases.case_of(opened, incident)
        opened.apply(deciding.assess(case, ANSWERS, at=at, by="K. Chan", t=T))
    found = cases.case_of(opened, incident)
    assert [each.made_at for each in found.assessments] == [DECIDED, MONDAY]
    assert found.incident.assessed_at == DECIDED


def test_assess_when_nobody_is_named_then_it_is_refused(opened, incident) -> None:
    case = cases.case_of(opened, incident)
    with pytest.raises(Expected, match="nobody is named"):
        deciding.assess(case, ANSWERS, at=DECIDED, by=" ", t=T)


def test_decide_when_not_yet_then_rule_deadline_and_advice_are_kept_whole(opened, incident) -> None:
    case = cases.case_of(opened, incident)
    opened.apply(deciding.assess(case, ANSWERS, at=DECIDED, by="K. Chan", t=T))
    found = decide(opened, incident, "eu_authority", how="telephone")
    case = cases.case_of(opened, incident)
    assert rule_text.loads(found.rule_text) == rule(case, "eu_authority")
    assert found.rule_due_at is not None
    assert found.rule_due_at.utc == datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
    assert (found.answer, found.decide_again_at, found.decided_how) == (
        "not_yet",
        MONDAY,
        "telephone",
    )
    assert (found.regime, found.recipient) == ("gdpr", "authority")
    assert case.assessment is not None
    assert found.assessment == {case.assessment.id}


def test_kept_when_a_decision_was_made_then_advice_and_facts_are_read_back(
    opened, incident
) -> None:
    case = cases.case_of(opened, incident)
    opened.apply(deciding.assess(case, ANSWERS, at=DECIDED, by="K. Chan", t=T))
    found = deciding.kept(decide(opened, incident, "eu_people"))
    case = cases.case_of(opened, incident)
    assert found is not None
    assert found.advice == case.advice(rule(case, "eu_people"))
    row = next(row for row in case.board(NOW) if row.rule.key == "eu_people")
    assert found.verdict == row.verdict
    assert deciding.kept(Decision(title="by hand")) is None


def test_decide_when_a_later_version_of_the_law_comes_then_the_board_stays_with_what_was_kept(
    opened, incident
) -> None:
    decide(opened, incident, "hk_pcpd")
    change(opened, opened.record(incident), people_live_in=frozenset({"unknown"}))
    assert "hk_pcpd" in {row.rule.key for row in cases.case_of(opened, incident).board(NOW)}


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ({"reason": " "}, "decided_why"),
        ({"decided_by": ""}, "decided_by_whom"),
        ({"again": None}, "decided_again_when"),
        ({"again": DECIDED}, "decided_again_when"),
    ],
)
def test_decide_when_half_is_missing_then_it_is_refused(opened, incident, said, id) -> None:
    with pytest.raises(Expected) as refused:
        decide(opened, incident, "eu_authority", **said)
    assert refused.value.id == id


def test_decide_when_singapore_is_to_be_told_then_its_days_run_from_that_finding(
    opened, incident
) -> None:
    before = {row.rule.key: row.clock.state for row in cases.case_of(opened, incident).board(NOW)}
    assert before["sg_authority"] == "waiting"
    decide(opened, incident, "sg_authority", "yes")
    found = cases.case_of(opened, incident)
    assert found.incident.notifiable_at == DECIDED
    assert {row.rule.key: row.clock.state for row in found.board(NOW)}["sg_authority"] == "running"


def test_decide_when_the_answer_is_yes_then_no_time_to_decide_again_stays(opened, incident) -> None:
    assert decide(opened, incident, "eu_authority", "yes").decide_again_at is None


def test_decide_when_it_is_decided_again_then_the_not_yet_before_asks_for_nothing_more(
    opened, incident
) -> None:
    first = decide(opened, incident, "eu_authority")
    other = decide(opened, incident, "hk_pcpd")
    assert str(opened.record(first.id).due_at) == "2026-11-23"
    decide(opened, incident, "eu_authority", "yes", again=None)
    before = opened.record(first.id)
    assert (before.due_at, before.decided_again_at) == (None, DECIDED)
    assert (before.answer, before.decide_again_at) == ("not_yet", MONDAY)
    assert opened.record(other.id).due_at is not None


def test_decide_when_an_older_decision_is_typed_later_then_the_newer_one_still_waits(
    opened, incident
) -> None:
    waits = decide(opened, incident, "eu_authority")
    before = Instant.parse("2026-11-20T19:00[Asia/Hong_Kong]")
    decide(opened, incident, "eu_authority", "no", decided_at=before)
    kept = opened.record(waits.id)
    assert (kept.decided_again_at, kept.due_at is None) == (None, False)
    assert cases.case_of(opened, incident).standing["eu_authority"].id == waits.id


def test_assess_when_an_older_one_is_typed_later_then_the_newest_still_counts(
    opened, incident
) -> None:
    mild = ANSWERS | {"context_financial": "c0", "ease": "negligible"}
    for at, answers in ((MONDAY, ANSWERS), (DECIDED, mild)):
        case = cases.case_of(opened, incident)
        opened.apply(deciding.assess(case, answers, at=at, by="K. Chan", t=T))
    assert cases.case_of(opened, incident).incident.severity == "high"


def test_assess_when_the_newest_has_no_score_then_that_of_the_older_one_does_not_stay(
    opened, incident
) -> None:
    for at, answers in ((DECIDED, ANSWERS), (MONDAY, {"ease": "maximum"})):
        case = cases.case_of(opened, incident)
        opened.apply(deciding.assess(case, answers, at=at, by="K. Chan", t=T))
    assert cases.case_of(opened, incident).incident.severity is None


def test_decide_when_a_yes_is_the_finding_then_its_deadline_is_kept_and_a_no_takes_both_back(
    opened, incident
) -> None:
    found = decide(opened, incident, "sg_authority", "yes", again=None)
    assert found.rule_due_at is not None
    assert found.rule_due_at.utc == datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
    assert cases.case_of(opened, incident).incident.notifiable_at == DECIDED
    decide(opened, incident, "sg_authority", "not_applicable", again=None, decided_at=MONDAY)
    after = cases.case_of(opened, incident).incident
    assert (after.notifiable_at, after.trigger_reason) == (None, "Wait for the mail provider")


def test_decide_when_it_does_not_apply_then_the_assessment_with_a_time_limit_is_done(
    opened, incident
) -> None:
    change(opened, opened.record(incident), discovered_at=AWARE)
    for key in ("sg_authority", "sg_people"):
        decide(opened, incident, key, "not_applicable", again=None)
    later = datetime(2027, 2, 1, tzinfo=UTC)
    board = {row.rule.key: row.clock.state for row in cases.case_of(opened, incident).board(later)}
    assert board["sg_assess"] == "met"


def test_decide_when_no_then_the_law_that_asks_for_it_is_not_given_as_its_ground(
    opened, incident
) -> None:
    assert decide(opened, incident, "eu_people", "no", again=None).legal_basis == ""
    assert decide(opened, incident, "eu_authority", "yes", again=None).legal_basis != ""


def test_not_yet_when_the_decision_after_it_goes_into_the_bin_then_it_waits_again(
    opened, incident
) -> None:
    """Else it stands and nobody is reminded."""
    waiting = decide(opened, incident, "eu_people")
    after = decide(opened, incident, "eu_people", "no", again=None, decided_at=MONDAY)
    assert opened.record(waiting.id).due_at is None
    opened.apply(to_bin(opened, [after.id]))
    assert opened.record(waiting.id).due_at == MONDAY.local.date()


def test_decide_when_one_yes_is_taken_back_and_another_stands_then_the_finding_stays(
    opened, incident
) -> None:
    """Who need not tell the people (section 26D(5)) still has three days to tell the authority."""
    for key in ("sg_authority", "sg_people"):
        decide(opened, incident, key, "yes", again=None)
    later = Instant.parse("2026-11-20T20:00[Asia/Hong_Kong]")
    decide(opened, incident, "sg_people", "no", again=None, decided_at=later)
    case = cases.case_of(opened, incident)
    assert case.incident.notifiable_at == DECIDED
    board = {row.rule.key: row.clock.state for row in case.board(NOW)}
    assert (board["sg_authority"], board["sg_people"]) == ("running", "waived")
    decide(opened, incident, "sg_authority", "not_applicable", again=None, decided_at=MONDAY)
    assert cases.case_of(opened, incident).incident.notifiable_at is None


@pytest.mark.parametrize("ahead", ["2026-11-21T19:20", "2062-11-20T19:20", "2026-12"])
def test_moment_when_it_has_not_come_yet_then_nobody_has_decided_or_assessed_at_it(
    opened, incident, ahead: str
) -> None:
    """A "no" of the year 2062 would stand over every later answer until then."""
    at = Instant.parse(f"{ahead}[Asia/Hong_Kong]" if "T" in ahead else ahead, "Asia/Hong_Kong")
    case = cases.case_of(opened, incident)
    for act in (
        lambda: deciding.assess(case, ANSWERS, at=at, by="K. Chan", t=T),
        lambda: deciding.decide(
            case, rule(case, "eu_authority"), "no", reason="r", decided_by="d", decided_at=at,
            now=NOW, t=T,
        ),
    ):  # fmt: skip
        with pytest.raises(Expected) as refused, clock.fixed(NOW):
            act()
        assert refused.value.id == "not_come_yet"


def test_severity_when_an_assessment_goes_into_the_bin_and_comes_back_then_it_follows(
    opened, incident
) -> None:
    def severity() -> str | None:
        return cases.case_of(opened, incident).incident.severity

    made = []
    for answers in (ANSWERS | {"context_financial": "c1"}, ANSWERS | {"context_financial": "c4"}):
        case = cases.case_of(opened, incident)
        wanted = deciding.assess(case, answers, at=DECIDED, by="K. Chan", t=T)
        made.append(opened.apply(wanted).new[-1])
    assert severity() == "very_high"
    opened.apply(to_bin(opened, made[1:]))
    assert severity() == "low"
    opened.apply(to_bin(opened, made[:1]))
    assert severity() is None
    opened.apply(from_bin(opened, made))
    assert severity() == "very_high"
    change(opened, opened.record(incident), severity="medium")
    opened.apply(to_bin(opened, made))
    assert severity() == "medium"
    opened.apply(to_bin(opened, [incident]))
    opened.undo()
    assert opened.verify().ok


def test_incident_when_it_goes_into_the_bin_with_its_parts_then_that_is_one_step(
    opened, incident
) -> None:
    case = cases.case_of(opened, incident)
    made = opened.apply(deciding.assess(case, ANSWERS, at=DECIDED, by="K. Chan", t=T)).new[-1]
    opened.apply(to_bin(opened, [incident, made]))
    assert opened.record(incident).deleted_at is not None
    assert opened.record(made).deleted_at is not None


def at(day: int, hour: int = 10) -> Instant:
    return Instant.parse(f"2026-11-{day}T{hour}:00[Asia/Hong_Kong]")


def found_notifiable(opened, id: int) -> Instant | None:
    return cases.case_of(opened, id).incident.notifiable_at


@pytest.mark.parametrize("answer", ["no", "not_applicable"])
def test_decide_when_a_no_is_typed_later_than_the_yes_that_stands_then_the_finding_stays(
    opened, incident, answer
) -> None:
    decide(opened, incident, "sg_authority", "yes", again=None, decided_at=at(22))
    decide(opened, incident, "sg_authority", answer, again=None, decided_at=at(21))
    assert found_notifiable(opened, incident) == at(22)


def test_decide_when_a_yes_is_typed_later_than_the_no_that_stands_then_it_is_no_finding(
    opened, incident
) -> None:
    decide(opened, incident, "sg_authority", "no", again=None, decided_at=at(22))
    made = decide(opened, incident, "sg_authority", "yes", again=None, decided_at=at(21))
    assert (found_notifiable(opened, incident), made.rule_due_at) == (None, None)


def test_finding_when_its_yes_goes_into_the_bin_and_comes_back_then_it_goes_and_comes_too(
    opened, incident
) -> None:
    yes = decide(opened, incident, "sg_authority", "yes", again=None, decided_at=at(21))
    for _ in range(2):
        opened.apply(to_bin(opened, [yes.id]))
        case = cases.case_of(opened, incident)
        later = datetime(2027, 2, 1, tzinfo=UTC)
        states = {row.rule.key: row.clock.state for row in case.board(later)}
        assert (case.incident.notifiable_at, states["sg_authority"]) == (None, "waiting")
        assert yes.ref in case.incident.trigger_reason
        opened.apply(from_bin(opened, [yes.id]))
        assert found_notifiable(opened, incident) == at(21)
    assert opened.verify().ok


def test_finding_when_another_yes_stays_then_it_stays_until_that_one_goes_too(
    opened, incident
) -> None:
    both = [
        decide(opened, incident, key, "yes", again=None).id for key in ("sg_authority", "sg_people")
    ]
    opened.apply(to_bin(opened, both[:1]))
    assert found_notifiable(opened, incident) == DECIDED
    opened.apply(to_bin(opened, both[1:]))
    assert found_notifiable(opened, incident) is None


def test_finding_when_the_no_that_took_it_back_goes_into_the_bin_then_it_is_there_again(
    opened, incident
) -> None:
    decide(opened, incident, "sg_authority", "yes", again=None, decided_at=at(21))
    no = decide(opened, incident, "sg_authority", "no", again=None, decided_at=at(22))
    opened.apply(to_bin(opened, [no.id]))
    assert found_notifiable(opened, incident) == at(21)
    opened.apply(from_bin(opened, [no.id]))
    assert found_notifiable(opened, incident) is None


def test_finding_when_somebody_else_made_it_then_a_decision_in_the_bin_leaves_it(
    opened, incident
) -> None:
    change(opened, opened.record(incident), notifiable_at=at(20))
    yes = decide(opened, incident, "sg_authority", "yes", again=None, decided_at=at(21))
    opened.apply(to_bin(opened, [yes.id]))
    assert found_notifiable(opened, incident) == at(20)


def test_incident_when_it_comes_back_with_its_parts_then_that_is_one_step(opened, incident) -> None:
    case = cases.case_of(opened, incident)
    made = opened.apply(deciding.assess(case, ANSWERS, at=DECIDED, by="K. Chan", t=T)).new[-1]
    yes = decide(opened, incident, "sg_authority", "yes", again=None)
    for parts in ([yes.id, made], [incident]):
        opened.apply(to_bin(opened, parts))
    assert opened.record(incident).get("severity") is None
    opened.apply(from_bin(opened, [incident, yes.id, made]))
    back = cases.case_of(opened, incident).incident
    assert (back.severity, back.notifiable_at, back.deleted_at) == ("high", DECIDED, None)
    opened.apply(to_bin(opened, [incident, yes.id, made]))
    opened.undo()
    assert found_notifiable(opened, incident) == DECIDED
    assert opened.verify().ok


def test_decide_when_it_is_taken_back_again_for_the_same_reason_then_it_is_not_refused(
    opened, incident
) -> None:
    for day, answer in ((21, "yes"), (22, "no"), (23, "yes"), (24, "no"), (25, "yes"), (26, "no")):
        decide(
            opened, incident, "sg_authority", answer, again=None, decided_at=at(day), reason="Same"
        )
        assert (found_notifiable(opened, incident) is None) == (answer == "no")
        reason = cases.case_of(opened, incident).incident.trigger_reason
        assert reason.startswith("Same") == (day > 21)
        assert "None" not in reason
