"""An incident with all that was said of it, read from a real register."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from riskreg import cases, clock, notices, regimes_catalogue, register
from riskreg.breach_register import Said
from riskreg.changes import ChangeSet, addition, edit
from riskreg.errors import Expected
from riskreg.i18n import translator
from riskreg.records.fields import Value
from riskreg.records.values import Count, Instant
from riskreg.rules import rule_text
from riskreg.rules.regimes import Rule
from riskreg.views import Register

NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")


@pytest.fixture
def opened(tmp_path: Path):
    made = register.create(tmp_path / "clinic.riskreg", name="Clinic")
    yield made
    made.close()


def add(store: Register, kind: str, **fields: Value) -> int:
    return store.apply(ChangeSet(act="add", changes=(addition(kind, fields),))).new[-1]


def incident(store: Register, **fields: Value) -> int:
    return add(
        store,
        "incident",
        title="Payroll mail",
        aware_at=AWARE,
        our_role="controller",
        people_live_in=frozenset({"hong_kong", "eu_eea"}),
        **fields,
    )


def rule(key: str):
    return next(each for each in regimes_catalogue.rules() if each.key == key)


def states(case: cases.Case) -> dict[str, str]:
    return {row.rule.key: row.clock.state for row in case.board(NOW)}


def test_board_when_aware_two_days_ago_then_hong_kong_counts_up_and_the_eu_runs(opened) -> None:
    ours = opened.organisation()
    assert ours.zone == "Asia/Hong_Kong"
    found = states(cases.case_of(opened, incident(opened)))
    assert found["hk_pcpd"] == "counting_up"
    assert found["eu_authority"] in ("running", "due_soon")


def test_said_when_somebody_decided_then_the_last_one_made_stands(opened) -> None:
    id = incident(opened)
    kept = rule_text.dumps(rule("eu_authority"))
    about = {
        "incident": frozenset({id}),
        "rule_key": "eu_authority",
        "rule_text": kept,
        "regime": "gdpr",
    }
    later = Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]")
    add(
        opened,
        "decision",
        title="b",
        answer="no",
        reason="Tiny",
        decided_by="K. Chan",
        decided_at=later,
        **about,
    )
    add(
        opened,
        "decision",
        title="a",
        answer="not_yet",
        reason="Wait",
        decided_by="Boss",
        decided_at=AWARE,
        **about,
    )
    case = cases.case_of(opened, id)
    assert [each.title for each in case.decisions] == ["a", "b"]
    assert states(case)["eu_authority"] == "waived"


def test_moments_when_a_notice_was_sent_then_its_clock_is_met(opened) -> None:
    id = incident(opened)
    add(
        opened, "notice", title="n", incident=frozenset({id}), rule_key="eu_authority", phase="first",
        sent_at=Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]"),
    )  # fmt: skip
    assert states(cases.case_of(opened, id))["eu_authority"] == "met"


def test_advice_when_no_notice_was_made_that_it_would_follow_then_none_is_said_to_be(
    opened,
) -> None:
    """Also by the version of a rule that somebody decided by, which named no such notice."""
    id = incident(opened)
    form, report = rule("ci_form"), rule("ci_report")
    assert (form.version, report.version, report.threshold.key) == (1, 1, "by_notice_made")
    for each in (form, report):
        found = cases.case_of(opened, id).advice(each)
        assert found.outcome == "consider"
        assert [one.key for one in found.reasons] == ["follows_no_notice"]
    add(
        opened, "notice", title="n", incident=frozenset({id}), rule_key="ci_other", phase="first",
        sent_at=Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]"),
    )  # fmt: skip
    for each in (form, report):
        with clock.fixed(NOW):
            found = cases.case_of(opened, id).advice(each)
        assert found.outcome == "notify"
        assert [one.key for one in found.reasons] == ["follows_notice"]


@pytest.mark.parametrize("key", ["ci_report", "cn_measures_summary"])
def test_advice_when_a_report_is_of_grave_incidents_only_then_of_others_it_is_not_advised(
    opened, key
) -> None:
    """Domain.md 2.7 and 3.1: an incident by Cap. 653, a relatively large one on the Mainland."""
    newest = max((each for each in regimes_catalogue.rules() if each.key == key), key=_version)
    found = cases.case_of(opened, incident(opened)).advice(newest)
    assert found.outcome == "cannot_say"
    assert "follows_notice" not in {each.key for each in found.reasons}


def _version(each: Rule) -> int:
    return each.version


def test_told_when_a_notice_is_said_to_go_out_later_then_it_is_not_told_anywhere(opened) -> None:
    """33(5), the phase of the next notice, the form of the EDPB and advice say as the clock does."""
    id = incident(opened)
    later = Instant.parse("2026-12-05T09:00[Asia/Hong_Kong]")
    add(
        opened, "notice", title="n", incident=frozenset({id}), rule_key="eu_authority", phase="first",
        regime="gdpr", recipient="authority", sent_at=later,
    )  # fmt: skip
    case = cases.case_of(opened, id)

    def told() -> tuple[object, ...]:
        return (
            Said(case, opened.vocabulary, translator("en")).answer("authority"),
            notices.phase_of(case, rule("eu_authority")),
            case.advice(rule("eu_details")).outcome,
        )

    with clock.fixed(NOW):
        assert told() == ("", "first", "consider")
    with clock.fixed(later.utc):
        assert told() == ("yes", "further", "notify")


def test_moments_when_a_closed_incident_was_opened_again_then_what_closing_starts_waits(
    opened,
) -> None:
    """The record still says when it was closed; the own status counts as the built-in one."""
    long_ago = Instant.parse("2026-10-01T09:00[Asia/Hong_Kong]")
    add(
        opened, "terms", title="Done", list_name="incident_status", key="done", same_as="closed",
    )  # fmt: skip
    change = edit(opened.organisation(), {"established_in": frozenset({"mainland_china"})})
    assert change is not None
    opened.apply(ChangeSet(act="edit", changes=(change,)))
    found = {
        status: states(cases.case_of(opened, incident(opened, status=status, closed_at=long_ago)))[
            "cn_measures_summary"
        ]
        for status in ("closed", "done", "assessing", None)
    }
    assert found == {"closed": "missed", "done": "missed", "assessing": "waiting", None: "missed"}


def test_moments_when_the_processor_told_us_then_its_own_clock_is_met(opened) -> None:
    add(
        opened, "own_rule", title="Payroll tells us", pattern="contract_processor", in_use=True,
        amount=Count(24), unit="hours", trigger="processor_aware",
    )  # fmt: skip
    knew = Instant.parse("2026-11-20T09:00[Asia/Hong_Kong]")
    told = Instant.parse("2026-11-20T12:00[Asia/Hong_Kong]")
    silent = cases.case_of(opened, incident(opened, processor_aware_at=knew))
    said = cases.case_of(
        opened, incident(opened, processor_aware_at=knew, processor_informed_at=told)
    )
    assert (states(silent)["own.OR-0001"], states(said)["own.OR-0001"]) == ("missed", "met")


def test_own_rule_when_its_party_is_concerned_then_it_stands_on_the_board(opened) -> None:
    customer = add(opened, "party", title="Big customer")
    add(
        opened, "own_rule", title="Tell Big customer", pattern="contract_customer", in_use=True,
        party=frozenset({customer}), amount=Count(24), unit="hours", trigger="aware",
    )  # fmt: skip
    without, concerned = incident(opened), incident(opened, partners=frozenset({customer}))
    found = cases.cases_of(opened, [without, concerned])
    assert not any(key.startswith("own.") for key in states(found[without]))
    assert states(found[concerned])["own.OR-0001"] == "missed"


def test_case_when_its_decision_is_in_the_bin_then_it_does_not_count(opened) -> None:
    from riskreg.editing import to_bin

    id = incident(opened)
    made = add(
        opened,
        "decision",
        title="d",
        incident=frozenset({id}),
        rule_key="eu_authority",
        answer="no",
    )
    opened.apply(to_bin(opened, [made]))
    assert cases.case_of(opened, id).decisions == ()


def test_moments_when_it_was_decided_whether_to_tell_then_the_time_to_assess_is_kept(
    opened,
) -> None:
    made = add(
        opened, "incident", title="Payroll mail", discovered_at=AWARE, aware_at=AWARE,
        our_role="controller", people_live_in=frozenset({"singapore"}),
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "running"
    later = Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]")
    add(
        opened, "decision", title="d", incident=frozenset({made}), regime="sg_pdpa",
        rule_key="sg_authority", answer="not_yet", decided_at=AWARE,
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "running"
    add(
        opened, "decision", title="d", incident=frozenset({made}), regime="sg_pdpa",
        rule_key="sg_authority", answer="yes", decided_at=later,
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "met"


def test_moments_when_an_answer_has_no_day_or_is_of_the_assessment_itself_then_another_keeps_the_time(
    opened,
) -> None:
    made = add(
        opened, "incident", title="Payroll mail", discovered_at=AWARE, our_role="controller",
        people_live_in=frozenset({"singapore"}),
    )  # fmt: skip
    said: dict[str, Value] = {
        "title": "d",
        "incident": frozenset({made}),
        "regime": "sg_pdpa",
    }
    add(
        opened, "decision", rule_key="sg_assess", recipient="ourselves", answer="yes",
        decided_at=AWARE, **said,
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "running"
    add(opened, "decision", rule_key="sg_people", recipient="individuals", answer="no", **said)
    assert states(cases.case_of(opened, made))["sg_assess"] == "running"
    add(
        opened, "decision", rule_key="sg_authority", recipient="authority", answer="no",
        decided_at=Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]"), **said,
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "met"


def test_moments_when_it_was_found_notifiable_then_the_time_to_assess_is_kept(opened) -> None:
    """Also where the finding was typed or imported, and nobody decided here."""
    made = add(
        opened, "incident", title="Payroll mail", discovered_at=AWARE, our_role="controller",
        notifiable_at=Instant.parse("2026-11-21T10:00[Asia/Hong_Kong]"),
        people_live_in=frozenset({"singapore"}),
    )  # fmt: skip
    assert states(cases.case_of(opened, made))["sg_assess"] == "met"


def test_decision_without_a_moment_when_another_was_made_then_it_does_not_stand(opened) -> None:
    """As those of an imported register of breaches, which say no time."""
    id = incident(opened)
    about: dict[str, Value] = {"incident": frozenset({id}), "rule_key": "eu_people"}
    add(opened, "decision", title="now", answer="yes", decided_at=AWARE, **about)
    add(opened, "decision", title="imported", answer="not_yet", **about)
    assert cases.case_of(opened, id).standing["eu_people"].title == "now"


def test_decision_of_a_day_when_another_is_of_an_hour_of_it_then_that_of_the_day_stands(
    opened,
) -> None:
    id = incident(opened)
    about: dict[str, Value] = {"incident": frozenset({id}), "rule_key": "eu_people"}
    day = Instant.parse("2026-11-20[Asia/Hong_Kong]")
    add(opened, "decision", title="hour", answer="yes", decided_at=AWARE, **about)
    add(opened, "decision", title="day", answer="no", decided_at=day, **about)
    assert cases.case_of(opened, id).standing["eu_people"].title == "day"


def test_board_when_own_choices_count_as_built_in_ones_then_rules_are_asked_by_those(
    opened,
) -> None:
    """A role and a place the organisation named itself; several choices are as good as one."""
    own = {"en": "Own", "zh_hant": "自訂", "zh_hans": "自定"}
    for name, key, same in (
        ("processing_role", "run_for_group", "processor"),
        ("country_or_place", "shenzhen", "mainland_china"),
    ):
        add(opened, "terms", title=own["en"] + key, list_name=name, key=key, same_as=same)
    id = add(
        opened, "incident", title="Leak", aware_at=AWARE, our_role="run_for_group",
        people_live_in=frozenset({"shenzhen"}),
    )  # fmt: skip
    found = states(cases.case_of(opened, id))
    assert {"contract_customer", "cn_authority"} <= found.keys()


def test_case_when_it_is_no_incident_then_said_so(opened) -> None:
    with pytest.raises(Expected) as caught:
        cases.case_of(opened, add(opened, "party", title="K. Chan"))
    assert caught.value.id == "no_record"


def test_links_of_when_several_are_asked_then_they_are_those_of_each(opened) -> None:
    party = add(opened, "party", title="Vendor")
    ids = [incident(opened, processors=frozenset({party})), incident(opened), party]
    assert opened.links_of([*ids, 999]) == {id: opened.links(id) for id in ids}


@pytest.mark.parametrize("found", [{"near_miss": True}, {"status": "not_a_breach"}])
def test_board_when_it_is_no_breach_then_nothing_is_missed_but_what_was_decided_stays(
    opened, found
) -> None:
    id = add(
        opened, "incident", title="Nearly", aware_at=Instant.parse("2026-11-01T09:00[Asia/Hong_Kong]"), our_role="controller",
        people_live_in=frozenset({"hong_kong", "eu_eea"}), **found,
    )  # fmt: skip
    assert set(states(cases.case_of(opened, id)).values()) == {"not_applicable"}
    add(
        opened, "decision", title="d", incident=frozenset({id}), regime="gdpr", answer="yes",
        rule_key="eu_authority", decided_at=AWARE,
    )  # fmt: skip
    after = states(cases.case_of(opened, id))
    assert (after.pop("eu_authority"), set(after.values())) == ("missed", {"not_applicable"})
    add(
        opened, "decision", title="d", incident=frozenset({id}), regime="hk_pdpo", answer="no",
        rule_key="hk_pcpd", reason="Nothing left the house", decided_by="Boss", decided_at=AWARE,
    )  # fmt: skip
    assert states(cases.case_of(opened, id))["hk_pcpd"] == "waived"
