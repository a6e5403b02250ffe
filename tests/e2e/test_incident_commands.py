"""The commands about an incident, as a script calls them: clocks, assessments, decisions, the timeline, rules."""

from __future__ import annotations

import hashlib
import json

import pytest

NOW = "2026-11-20T18:45:00+08:00"
REF = "I-2026-001"
ANSWERS = (
    "context_simple=c1", "context_behavioural=c0", "context_financial=c3", "context_sensitive=c0",
    "ease=maximum", "confidentiality=known_recipients", "integrity=not_affected",
    "availability=not_affected", "is_malicious=no", "people_count=130", "is_unintelligible=no",
)  # fmt: skip


@pytest.fixture
def register(run, tmp_path):
    run.now = NOW
    path = tmp_path / "clinic.riskreg"
    run.quickly("new", path, "--name", "Harbour Clinic")
    run.quickly("set", path, "ORG", "offers_to=eu_eea,singapore", "ci_operator=no")
    run.quickly(
        "add", path, "incident", "title=Payroll mailed to the wrong list",
        "aware_at=2026-11-20T18:40", "our_role=controller",
        "people_live_in=hong_kong,eu_eea,singapore",
    )  # fmt: skip
    return path


def clocks(run, register, *more) -> dict[str, dict]:
    return {row["rule"]: row for row in run.state("clocks", register, REF, *more)}


def test_clocks_when_asked_at_a_moment_then_each_rule_says_how_it_stands_then(run, register):
    found = clocks(run, register)
    assert list(found["eu_authority"])[:9] == [
        "ref", "regime", "rule", "recipient", "trigger", "trigger_at", "due_at", "state", "reason",
    ]  # fmt: skip
    assert found["eu_authority"] | {"reason": ""} == {
        "ref": REF,
        "regime": "gdpr",
        "rule": "eu_authority",
        "recipient": "authority",
        "trigger": "aware",
        "trigger_at": "2026-11-20T18:40:00+08:00",
        "due_at": "2026-11-23T11:40:00+01:00",
        "state": "running",
        "reason": "",
        "applies": "yes",
        "verified": "law",
        "drill": False,
    }
    assert "EU or EEA" in found["eu_authority"]["reason"]
    assert found["hk_pcpd"]["due_at"] is None
    assert found["hk_pcpd"]["state"] == "counting_up"
    at_the_end = clocks(run, register, "--at", "2026-11-23T18:40")
    assert at_the_end["eu_authority"]["state"] == "due_soon"
    a_second_later = clocks(run, register, "--at", "2026-11-23T18:40:01")
    assert a_second_later["eu_authority"]["state"] == "missed"


def test_acts_when_their_moment_has_not_come_yet_then_refused_and_nothing_is_written(
    run, register, tmp_path
):
    """What was sent cannot be taken back: a wrong year would stay for ever."""
    paper, by = tmp_path / "paper.pdf", ("--by", "K. Chan")
    before = run.quickly("log", register)
    for given in (
        ("notice", register, REF, "--regime", "gdpr", paper, "--sent", "2062-11-20T19:00",
         "--channel", "email", *by),
        ("decide", register, REF, "--regime", "gdpr", "--notify", "no", "--reason", "r",
         "--at", "2062-11-20", *by),
        ("assess", register, REF, "ease=maximum", "--at", "2026-12", *by),
    ):  # fmt: skip
        assert "has not come yet" in run.refused(*given)
    assert not paper.exists()
    assert run.quickly("log", register) == before


def test_decide_when_a_time_to_decide_again_is_given_with_a_final_answer_then_it_is_asked_which(
    run, register
):
    """Else the reminder would be dropped without a word."""
    said = run.refused(
        "decide", register, REF, "--regime", "gdpr", "--notify", "yes", "--reason", "r", "--by", "K",
        "--again", "2026-11-23T10:00",
    )  # fmt: skip
    assert "--again" in said


def test_notice_when_nobody_else_is_told_by_the_rule_then_there_is_none_and_its_clock_runs_on(
    run, register, tmp_path
):
    """An assessment is not met by a paper that says it was sent."""
    run.quickly("set", register, REF, "discovered_at=2026-11-20T18:40")
    paper = tmp_path / "paper.docx"
    run.refused(
        "notice", register, REF, "--regime", "sg_assess", paper, "--sent", "2026-11-20T18:44",
        "--channel", "email", "--by", "K. Chan",
    )  # fmt: skip
    assert not paper.exists()
    assert clocks(run, register)["sg_assess"]["state"] == "running"
    assert "PATTERN" in run.refused("regimes", register, "add")


def test_clocks_when_an_incident_was_opened_again_then_its_clocks_are_back(run, register):
    """Though it still says when it was closed; a check asks which of the two is so."""
    run.quickly("set", register, REF, "status=closed", "closed_at=2026-11-20T18:44")
    assert run.state("clocks", register) == []
    run.quickly("set", register, REF, "status=assessing")
    assert {row["rule"] for row in run.state("clocks", register)} >= {"eu_authority", "hk_pcpd"}


def test_clocks_when_somebody_is_told_of_a_near_miss_all_the_same_then_its_clock_is_listed(
    run, register
):
    run.quickly(
        "decide", register, REF, "--regime", "eu_authority", "--notify", "yes", "--reason", "To be sure",
        "--by", "K. Chan",
    )  # fmt: skip
    run.quickly("set", register, REF, "near_miss=yes")
    found = run.state("clocks", register)
    assert [(row["rule"], row["state"]) for row in found] == [("eu_authority", "running")]


def test_clocks_when_printed_for_people_then_the_most_urgent_stands_first(run, register):
    lines = run.said("clocks", register).splitlines()
    assert "Notice to the authority" in lines[2]
    assert "due in 71 h" in lines[2]
    assert "Mon 23 Nov 2026, 18:40 (Hong Kong)" in lines[2]
    assert any("PCPD" in line and "5 min since aware" in line for line in lines)


def test_clocks_when_no_incident_is_named_then_drills_closed_and_near_misses_stay_out(
    run, register
):
    for given in ("drill=yes", "near_miss=yes", "status=closed", "status=not_a_breach"):
        run.quickly(
            "add", register, "incident", "title=Other", "aware_at=2026-11-20T18:40", given,
            "people_live_in=eu_eea",
        )  # fmt: skip
    assert {row["ref"] for row in run.state("clocks", register)} == {REF}
    drill = run.quickly("clocks", register, "I-2026-002")
    assert drill.startswith("DRILL 演練\n")
    for given in (("playbook",), ("playbook", "phishing"), ("timeline",)):
        command, *more = given
        said = run.quickly(command, register, "I-2026-002", *more)
        assert said.startswith("DRILL 演練\n")
    assert "DRILL 演練" in run.quickly(
        "assess", register, "I-2026-002", *ANSWERS, "--by", "K. Chan"
    )


def test_assess_when_all_is_answered_then_inputs_sum_and_band_are_printed(run, register):
    found = run.json("assess", register, REF, *ANSWERS, "--by", "K. Chan")
    assert (found["dpc"], found["ei"], found["cb"], found["score"]) == (3, 1.0, 0.25, 3.25)
    assert (found["band"], found["flags"], found["missing"]) == ("high", ["over_100_people"], [])
    assert found["inputs"]["people_count"] == "130"
    assert found["inputs"]["sensitivity"] is None
    assert run.state("show", register, REF)["severity"] == "high"


def test_assess_when_answers_are_missing_then_there_is_no_score_and_each_is_named(run, register):
    said = run.quickly("assess", register, REF, "context_financial=c3", "--by", "K. Chan")
    assert "no score yet" in said
    assert "How easily can people be identified" in said
    assert "Advice, not a decision" in said
    assert "nobody is named" in run.refused("assess", register, REF, "ease=maximum")
    assert "not in the list" in run.refused("assess", register, REF, "ease=huge", "--by", "K")


def test_decide_when_not_yet_then_reason_name_and_way_are_kept_and_the_clock_runs_on(run, register):
    found = run.state(
        "decide", register, REF, "--regime", "gdpr", "--notify", "not_yet", "--reason",
        "Ask the mail provider first", "--by", "Director", "--how", "telephone",
        "--at", "2026-11-20T19:20", "--again", "2026-11-23T10:00",
    )  # fmt: skip
    assert (found["regime"], found["recipient"], found["answer"]) == (
        "gdpr",
        "authority",
        "not_yet",
    )
    assert found["decided_by"] == "Director"
    assert found["decide_again_at"] == "2026-11-23T10:00+08:00[Asia/Hong_Kong]"
    assert found["created_at"] != found["decided_at"]
    assert clocks(run, register)["eu_authority"]["state"] == "running"
    assert "Decision on I-2026-001" in run.quickly("log", register)


def test_decide_when_no_then_the_clock_stands_with_the_reason(run, register):
    run.quickly(
        "decide", register, REF, "--regime", "gdpr", "--recipient", "individuals",
        "--notify", "no", "--reason", "Encrypted", "--by", "Director", "--exemption", "protected",
    )  # fmt: skip
    found = clocks(run, register)["eu_people"]
    assert (found["state"], found["reason"]) == ("waived", "Encrypted")


def test_decide_when_half_is_said_then_it_is_refused(run, register):
    given = ("decide", register, REF, "--notify", "not_yet", "--reason", "Wait", "--by", "Boss")
    assert "no later time is given" in run.refused(*given, "--regime", "gdpr")
    assert "Use one of: gdpr" in run.refused(*given, "--regime", "moon", "--again", "2027-01-01")
    assert "--reason" in run.refused(*given[:5], "--regime", "gdpr")
    run.quickly("add", register, "risk", "title=R")
    other = ("decide", register, "R-0001", *given[3:], "--regime", "gdpr")
    assert "R-0001 is no incident" in run.refused(*other)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (
            "2026-11-01T01:30[America/New_York]",
            ("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"),
        ),
        ("2026-03-29T01:30[Europe/London]", ("2026-03-29T00:59+00:00", "2026-03-29T02:00+01:00")),
        ("2026-11-20T25:00", ("no such day or time",)),
        ("2026-11-20T18:40[Mars/Olympus]", ("Mars/Olympus",)),
        ("2016-12-31T23:59:60", ("no such day or time",)),
    ],
)
def test_moment_when_it_is_not_one_moment_then_what_it_can_mean_is_told(run, register, at, told):
    said = run.refused("timeline", register, REF, "add", "x", "--at", at)
    assert all(each in said for each in told), said


def test_moment_when_it_names_no_zone_then_the_organisation_s_counts(run, register):
    found = run.state("timeline", register, REF, "add", "Call", "--at", "2026-11-20T19:20")
    assert found["happened_at"] == "2026-11-20T19:20+08:00[Asia/Hong_Kong]"


def test_timeline_when_a_time_was_changed_then_old_value_and_reason_stay_in_sight(run, register):
    assert "Why a time was changed" in run.refused(
        "set", register, REF, "aware_at=2026-11-20T12:00"
    )
    run.quickly(
        "set", register, REF, "aware_at=2026-11-20T12:00", "trigger_reason=The log shows it"
    )
    run.quickly(
        "timeline", register, REF, "add", "Director says wait", "--at", "2026-11-20T19:20",
        "--by", "K. Chan", "--result", "Decide on Monday", "--summary",
    )  # fmt: skip
    found = run.state("timeline", register, REF)
    [changed] = [each for each in found if each["what"] == "changed"]
    assert changed["old"] == "2026-11-20T18:40+08:00[Asia/Hong_Kong]"
    assert changed["text"] == "The log shows it"
    [entry] = [each for each in found if each["what"] == "entry"]
    assert (entry["who"], entry["result"]) == ("K. Chan", "Decide on Monday")
    said = run.quickly("timeline", register, REF)
    assert "Director says wait" in said
    run.quickly("undo", register)
    assert "taken back" in run.quickly("timeline", register, REF)
    run.refused("timeline", register, REF, "drop", "it")


def test_playbook_when_started_then_its_steps_are_tasks_and_a_second_time_none_is_made(
    run, register
):
    fitting = run.state("playbook", register, REF)
    assert fitting[0]["steps"][0]["phase"] == "contain"
    made = run.state("playbook", register, REF, "misdirected")
    assert len(made) > 5
    assert "there already" in run.quickly("playbook", register, REF, "misdirected")
    assert "Use one of: ransomware" in run.refused("playbook", register, REF, "fire")


def test_regimes_when_one_of_our_own_is_added_then_its_clock_runs_for_whom_it_concerns(
    run, register
):
    every = run.state("regimes")
    assert next(each for each in every if each["key"] == "hk_pcpd")["basis"] == "recommended"
    assert any(each["verified"] == "unverified" for each in every)
    assert "*" in run.quickly("regimes")
    party = run.quickly("add", register, "party", "title=Big customer").strip()
    ref = run.quickly(
        "regimes", register, "add", "contract_customer", "--title", "Tell Big customer",
        "--party", party, "--hours", "24", "--clause", "12.3",
    ).strip()  # fmt: skip
    assert ref == "OR-0001"
    assert "own.OR-0001" not in clocks(run, register)
    run.quickly("set", register, REF, f"partners={party}")
    found = clocks(run, register)["own.OR-0001"]
    assert found["due_at"] == "2026-11-21T18:40:00+08:00"
    assert found["verified"] == "own"
    own = run.state("regimes", register)[-1]
    assert (own["title"], own["amount"], own["legal_ref"]) == ("Tell Big customer", 24, "12.3")
    assert "no rule" in run.refused("regimes", register, "add", "moon").lower()
    run.refused("regimes", register, "drop")


def test_notice_when_written_then_what_is_missing_is_told_and_the_history_knows_of_it(
    run, register, tmp_path
):
    found = run.state("notice", register, REF, "--regime", "hk_pdpo", tmp_path / "pcpd.pdf")
    assert (tmp_path / "pcpd.pdf").read_bytes().startswith(b"%PDF")
    assert (found["rule"], found["notice"]) == ("hk_pcpd", None)
    assert any(each["lacks"] for each in found["missing"])
    said = run.quickly("notice", register, REF, "--regime", "sg_pdpa", tmp_path / "sg.docx")
    assert "Not known yet" in said
    assert "pcpd.pdf" in run.quickly("log", register)
    form = tmp_path / "eu.json"
    run.quickly("notice", register, REF, "--regime", "gdpr", form)
    assert json.loads(form.read_text(encoding="utf-8"))["field_7"] == REF
    assert run.state("list", register, "notice") == []
    refused = run.refused("notice", register, REF, "--regime", "hk_pdpo", tmp_path / "x.json")
    assert "GDPR authority" in refused
    assert ".docx or .json" in run.refused(
        "notice", register, REF, "--regime", "gdpr", tmp_path / "x.txt"
    )


def test_notice_when_it_was_sent_earlier_then_it_is_judged_by_that_moment(run, register, tmp_path):
    run.now = "2026-11-30T09:00:00+08:00"
    found = run.state(
        "notice", register, REF, "--regime", "gdpr", tmp_path / "eu.pdf", "--sent",
        "2026-11-22T18:44", "--channel", "email", "--by", "K. Chan",
    )  # fmt: skip
    assert "It is not late." in run.state("show", register, found["notice"])["text"]


def test_notice_when_sent_then_text_and_hash_are_kept_and_nothing_takes_it_back(
    run, register, tmp_path
):
    found = run.state(
        "notice", register, REF, "--regime", "hk_pdpo", "--recipient", "individuals",
        tmp_path / "letter.docx", "--lang", "zh_Hant", "--sent", "2026-11-20T18:44",
        "--channel", "email", "--by", "K. Chan", "--approved-by", "Director", "--people", "~130",
    )  # fmt: skip
    kept = run.state("show", register, found["notice"])
    assert "Notice sent" in run.quickly("log", register)
    assert "Notice prepared" not in run.quickly("log", register)
    assert hashlib.sha256(kept["text"].encode()).hexdigest() == kept["text_sha256"]
    assert "日期" in kept["text"]
    assert (kept["approved_by"], kept["sent_by"], kept["people_told"]) == (
        "Director",
        "K. Chan",
        "~130",
    )
    assert clocks(run, register)["hk_people"]["state"] == "met"
    assert "stays as it was sent" in run.refused("undo", register)
    assert "stays as it was sent" in run.refused("set", register, "N-0001", "text=Other")
    assert "follows it" in run.refused("delete", register, "N-0001")
    run.quickly("set", register, "N-0001", "receipt=PCPD-2026-77")
    run.quickly("undo", register)
    assert run.state("show", register, "N-0001")["receipt"] == ""
    unnamed = ("--sent", "2026-11-20", "--channel", "email")
    said = run.refused("notice", register, REF, "--regime", "gdpr", tmp_path / "x.pdf", *unnamed)
    assert "Nobody is named" in said
    assert not (tmp_path / "x.pdf").exists()
    assert "--channel" in run.refused(
        "notice", register, REF, "--regime", "gdpr", tmp_path / "x.pdf", "--sent", "2026-11-20"
    )
