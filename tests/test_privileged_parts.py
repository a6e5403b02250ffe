"""What is made in a privileged incident stays inside with it, undone or not; and clocks say what is so without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import closing, deciding, evidence, evidence_export, notices, privileged, reports
from riskreg.cases import Case, case_of
from riskreg.changes import ChangeSet
from riskreg.notices.saying import teller
from riskreg.notices.sentences import telling_people
from riskreg.records import Record, Risk
from riskreg.records.fields import Fields
from riskreg.records.values import Instant
from riskreg.rules.regimes import Rule
from riskreg.views import Register, View
from tests.builders import a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.reports import pages
from tests.test_privileged import AT, EN, SECRET, text_of


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"


def _rule(case: Case, key: str) -> Rule:
    return next(row.rule for row in case.board(NOW) if row.rule.key == key)


def _apply(register: Register, changes: ChangeSet) -> int:
    return register.apply(changes).new[-1]


@pytest.fixture
def counsel(opened: Register) -> int:
    """A privileged incident, of which the Hong Kong rules say something."""
    places = frozenset({"hong_kong"})
    return an_incident(
        opened, is_privileged=True, aware_at=AT, our_role="controller", people_live_in=places,
    ).id  # fmt: skip


def _said(opened: Register, id: int) -> list[int]:
    """An assessment, a decision and a notice of it, each with the secret in it."""
    case = case_of(opened, id)
    rule = _rule(case, "hk_pcpd")
    sets = (
        deciding.assess(case, {"reasoning": SECRET}, at=AT, by="K. Chan", t=EN),
        deciding.decide(
            case, rule, "no", reason=SECRET, decided_by="K. Chan", decided_at=AT, now=NOW, t=EN
        ),
        notices.prepare(case, rule, "first", "en", "K. Chan", AT, fields={"addressee": SECRET}),
    )
    return [_apply(opened, each) for each in sets]


def test_parts_when_the_incident_is_privileged_then_so_are_they(
    opened: Register, counsel: int
) -> None:
    made = _said(opened, counsel)
    assert all(opened.record(id).is_privileged for id in made)
    plain = an_incident(opened, aware_at=AT, our_role="controller").id
    assert not any(opened.record(id).is_privileged for id in _said(opened, plain))


def test_changes_when_a_privileged_decision_was_undone_then_its_words_are_not_in_them(
    opened: Register, counsel: int, target: Path
) -> None:
    decision = opened.record(_said(opened, counsel)[1])
    change(opened, decision, reason=f"{SECRET} again")
    while opened.head().seq and any(each.id == decision.id for each in _there(opened, "decision")):
        opened.undo()
    reports.make(opened, "changes", target, EN)
    assert SECRET not in text_of(target)
    assert SECRET not in str(privileged.without(opened, EN).log(full=True))


def test_changes_when_a_part_without_a_mark_was_undone_then_its_words_are_not_in_them(
    opened: Register, counsel: int
) -> None:
    part = add(opened, "decision", SECRET, reason=SECRET, incident=frozenset({counsel}))
    change(opened, part, reason=f"{SECRET} again")
    opened.undo()
    opened.undo()
    assert SECRET not in str(privileged.without(opened, EN).log(full=True))


def test_changes_when_all_that_was_privileged_was_undone_then_its_words_are_not_in_them(
    opened: Register,
) -> None:
    incident = an_incident(opened, SECRET, is_privileged=True)
    change(opened, incident, narrative=SECRET)
    add(opened, "entry", SECRET, incident=frozenset({incident.id}))
    for _ in range(3):
        opened.undo()
    assert not privileged.privileged_ids(opened)
    assert SECRET in str(opened.log(full=True))
    assert SECRET not in str(privileged.without(opened, EN).log(full=True))


def _there(register: Register, kind: str) -> list[Record]:
    return list(register.records(register.ids(View(kinds=(kind,)))).values())


def test_risk_when_a_privileged_review_scores_it_again_then_it_names_the_incident_alone(
    opened: Register, counsel: int
) -> None:
    risk = opened.record(a_risk(opened).id)
    assert isinstance(risk, Risk)
    again = [closing.Rescored(risk, 5, None, SECRET)]
    opened.apply(closing.close(case_of(opened, counsel), {}, rescored=again, at=AT))
    assert opened.record(risk.id).notes == f"2026-11-20, {opened.record(counsel).ref}"
    assert opened.record(counsel).notes == f"2026-11-20, {risk.ref}: {SECRET}"
    assert SECRET not in str(privileged.without(opened, EN).log(full=True))


def test_task_when_its_incident_is_marked_later_then_it_stays_inside_unless_it_is_of_another_too(
    opened: Register,
) -> None:
    incident, other = an_incident(opened), an_incident(opened)
    alone = add(opened, "task", SECRET, incidents=frozenset({incident.id}))
    both = add(opened, "task", "Ring him", incidents=frozenset({incident.id, other.id}))
    add(opened, "task", f"{SECRET} undone", incidents=frozenset({incident.id}))
    opened.undo()
    change(opened, opened.record(incident.id), is_privileged=True)
    shown = privileged.without(opened, EN)
    assert set(shown.ids(View(kinds=("task",)))) == {both.id}
    assert alone.id in privileged.privileged_ids(opened)
    assert SECRET not in str(shown.log(full=True))


@pytest.mark.parametrize("kind", ["incident", "decision", "entry", "task"])
def test_evidence_when_attached_to_what_is_privileged_then_it_stays_inside(
    opened: Register, tmp_path: Path, kind: str
) -> None:
    to = add(opened, kind, is_privileged=True).id
    first = _attached(opened, tmp_path / f"{SECRET}.txt", to)
    assert opened.record(first).is_privileged
    with evidence_export.beside(opened, tmp_path / "files") as left:
        assert not left


def test_evidence_when_a_newer_version_comes_then_mark_and_hold_stay(
    opened: Register, tmp_path: Path
) -> None:
    marks: Fields = {"is_privileged": True, "hold_reason": "A claim", "hold_by": "K. Chan"}
    first = opened.record(_attached(opened, tmp_path / "a.txt", None))
    change(opened, first, **marks)
    newer = opened.record(_attached(opened, tmp_path / "b.txt", first.id))
    assert {key: newer.get(key) for key in marks} == marks


def test_evidence_when_what_it_shows_is_marked_later_then_it_stays_inside_too(
    opened: Register, tmp_path: Path
) -> None:
    incident = an_incident(opened)
    part = add(opened, "decision", incident=frozenset({incident.id}))
    files = [_attached(opened, tmp_path / f"{id}.txt", id) for id in (incident.id, part.id)]
    assert not privileged.privileged_ids(opened)
    change(opened, incident, is_privileged=True)
    assert privileged.privileged_ids(opened) == {incident.id, part.id, *files}


def test_evidence_when_its_attaching_was_undone_then_its_name_is_not_told(
    opened: Register, tmp_path: Path
) -> None:
    incident = an_incident(opened)
    _attached(opened, tmp_path / f"{SECRET}.txt", incident.id)
    opened.undo()
    change(opened, incident, is_privileged=True)
    assert SECRET not in str(privileged.without(opened, EN).log(full=True))


def _attached(register: Register, file: Path, to: int | None) -> int:
    file.write_text(file.name)
    return _apply(register, evidence.attachment(register, evidence.take(file), to))


# What clocks say where what settled them is privileged


@pytest.fixture
def settled(opened: Register) -> int:
    """An incident of March with a privileged no for Hong Kong, and a privileged notice under European law."""
    march = Instant.parse("2026-03-02T10:00[Asia/Hong_Kong]")
    id = an_incident(
        opened, aware_at=march, our_role="controller",
        people_live_in=frozenset({"hong_kong", "eu_eea"}),
    ).id  # fmt: skip
    case = case_of(opened, id)
    no = deciding.decide(
        case, _rule(case, "hk_pcpd"), "no", reason=SECRET, decided_by="K. Chan", decided_at=march,
        now=NOW, t=EN,
    )  # fmt: skip
    first = notices.prepare(
        case,
        _rule(case, "eu_authority"),
        "first",
        "en",
        "K. Chan",
        march,
        fields={"sent_at": march},
    )
    for each in (no, first):
        change(opened, opened.record(_apply(opened, each)), is_privileged=True)
    return id


def test_board_when_what_settled_a_clock_is_privileged_then_it_is_not_called_missed(
    opened: Register, settled: int
) -> None:
    outside = case_of(privileged.without(opened, EN), settled)
    assert (outside.decisions, outside.notices) == ((), ())
    states = {row.rule.key: row.clock.state for row in outside.board(NOW)}
    assert states == {row.rule.key: row.clock.state for row in case_of(opened, settled).board(NOW)}
    assert (states["hk_pcpd"], states["eu_authority"]) == ("waived", "met")


def test_standing_when_a_privileged_decision_came_after_another_then_the_older_one_is_not_told_for_it(
    opened: Register, settled: int
) -> None:
    """A paper for an authority must not say "yes" where counsel's "no" stands."""
    case = case_of(opened, settled)
    before, after = (Instant.parse(f"2026-03-0{day}T10:00[Asia/Hong_Kong]") for day in (3, 4))
    said = [
        deciding.decide(
            case, _rule(case, "eu_people"), answer, reason=reason, decided_by="K. Chan",
            decided_at=at, now=NOW, t=EN,
        )
        for answer, reason, at in (("yes", "We tell them", before), ("no", SECRET, after))
    ]  # fmt: skip
    first, second = (_apply(opened, each) for each in said)
    change(opened, opened.record(second), is_privileged=True)
    shown = privileged.without(opened, EN)
    outside = case_of(shown, settled)
    assert [each.id for each in outside.decisions] == [first]
    assert "eu_people" not in outside.standing
    rule = _rule(case, "eu_authority")
    assert "told" not in telling_people(teller(outside, rule, EN, shown, NOW))


def test_phase_when_the_first_notice_is_privileged_then_the_next_one_is_a_further_one(
    opened: Register, settled: int
) -> None:
    case = case_of(privileged.without(opened, EN), settled)
    assert notices.phase_of(case, _rule(case, "eu_authority")) == "further"


@pytest.mark.parametrize("name", ["incident", "decision"])
def test_report_when_what_settled_a_clock_is_privileged_then_it_says_nothing_that_is_not_so(
    opened: Register, settled: int, target: Path, name: str
) -> None:
    reports.make(opened, name, target, EN, ref=opened.record(settled).ref)
    said = text_of(target)
    assert SECRET not in said
    untrue = (
        "GDPR: Notice to the authority: late by",
        "PCPD: Notice to the PCPD (recommended) · 263 d since aware",
        "Nothing was decided yet",
        "No notice was prepared",
    )
    assert not [each for each in untrue if pages.bare(each) in said]
    assert pages.bare(privileged.PRIVILEGED) in said
