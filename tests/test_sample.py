"""The sample register: sound, whole, the same each time, and free of anything that could be real."""

import hashlib
import re
from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from riskreg import deciding, register, sample
from riskreg.cases import case_of
from riskreg.catalogue import policy_actions, resources_folder, vocabulary
from riskreg.errors import Cancelled, Expected
from riskreg.records import KINDS, REGISTER_KINDS, check, declared_links, fields, stored
from riskreg.rules import rule_text
from riskreg.views import View

PICTURE_DAY = date(2026, 11, 20)
HELD = ("is_privileged", "hold_reason", "hold_by")
HEAT_MAP = {
    5: (0, 0, 1, 0, 0),
    4: (0, 2, 3, 1, 0),
    3: (1, 4, 6, 2, 1),
    2: (2, 5, 4, 2, 0),
    1: (3, 2, 1, 1, 0),
}
"""Residual likelihood: number of risks for impact 1 to 5, as on the picture of Home."""


@pytest.fixture(scope="module", autouse=True)
def _own_home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKREG_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """The sample, open for reading: no test changes it."""
    path = tmp_path_factory.mktemp("sample") / "clinic.riskreg"
    sample.make(path)
    opened = register.open(path, read_only=True)
    yield opened
    opened.close()


def records_of(reader, kind, *, bin=False):
    return list(reader.records(reader.ids(View(kinds=(kind,), bin=bin))).values())


def everything(reader):
    return [record for kind in KINDS for record in records_of(reader, kind)]


def told(reader):
    """What the register says, record by record, without what differs each time it is made."""
    return [
        (record.ref, record.created_at, {key: record.get(key) for key in stored(type(record))})
        for record in everything(reader)
    ]


def made(path, **how):
    sample.make(path, **how)
    opened = register.open(path, read_only=True)
    try:
        return told(opened)
    finally:
        opened.close()


def test_sample_is_verified_finds_nothing(clinic):
    assert clinic.verify().findings == ()


def test_sample_says_that_it_is_one(clinic):
    organisation = clinic.organisation()
    assert organisation.is_sample
    assert clinic.is_sample
    assert (organisation.title, organisation.zone) == (
        "Harbour Clinic Ltd 海港診所有限公司",
        "Asia/Hong_Kong",
    )


def test_sample_holds_nothing_that_the_door_would_refuse(clinic):
    found = [
        problem
        for record in everything(clinic)
        for problem in check.problems(record, stored(type(record)), vocabulary())
    ]
    assert found == []


@pytest.mark.parametrize("kind", REGISTER_KINDS)
def test_sample_has_every_kind_with_every_field_used(clinic, kind):
    records = records_of(clinic, kind)
    unused = {
        key
        for key, what in stored(KINDS[kind]).items()
        if all(record.get(key) == fields.empty(what) for record in records)
    }
    # what people rarely fill in may be empty for a whole kind, but for no other reason
    assert unused <= {"external_ref", "other_facts", "tags", "notes", *HELD}


def test_sample_holds_back_what_is_privileged_and_what_must_be_kept(clinic):
    of_kind = {
        key: {record.kind for record in everything(clinic) if record.get(key)} for key in HELD
    }
    assert of_kind["is_privileged"] == {"entry", "evidence"}
    assert of_kind["hold_reason"] == of_kind["hold_by"] == {"entry", "evidence", "incident"}


def test_sample_has_a_link_of_every_role(clinic):
    for kind, what in KINDS.items():
        for key in declared_links(what):
            assert any(record.get(key) for record in records_of(clinic, kind)), (kind, key)


def test_sample_uses_every_list_of_choices(clinic):
    used = {}
    for record in [*everything(clinic), *records_of(clinic, "risk", bin=True)]:
        for key, what in stored(type(record)).items():
            if isinstance(what, fields.Choice | fields.Choices) and (value := record.get(key)):
                used.setdefault(what.terms, set()).update(
                    [value] if isinstance(value, str) else value
                )
    for name in ("asset_category", "asset_status", "storage_medium", "risk_category", "risk_status",
                 "risk_treatment", "incident_status", "party_type", "action_applies", "step_status",
                 "discovery_channel", "incident_cause"):  # fmt: skip
        missing = set(vocabulary().terms_of(name).keys) - used[name]
        assert len(missing) <= 3, (name, missing)
    assert used["incident_status"] == set(vocabulary().terms_of("incident_status").keys)
    assert len(used["incident_category"]) > 12
    assert len(used["data_type"]) > 20


def test_sample_has_counts_and_moments_of_every_precision(clinic):
    incidents = records_of(clinic, "incident")
    counts = {record.people_count.precision for record in incidents if record.people_count}
    moments = {record.occurred_from_at.precision for record in incidents}
    assert counts == {"exact", "approximate", "undeterminable", "to_be_determined"}
    assert moments == {"month", "day", "minute", "second"}


def test_sample_is_in_the_midst_of_its_newest_breaches(clinic):
    now = datetime(2026, 11, 20, 18, 41, tzinfo=ZoneInfo("Asia/Hong_Kong"))
    found = {
        ref: {row.rule.key: row.clock.state for row in case_of(clinic, clinic.find(ref)).board(now)}
        for ref in ("I-2026-013", "I-2026-014")
    }
    assert found["I-2026-013"]["eu_authority"] == found["I-2026-014"]["eu_authority"] == "running"
    assert found["I-2026-013"]["own.OR-0001"] == "met"
    assert found["I-2026-014"]["hk_pcpd"] == found["I-2026-014"]["cn_authority"] == "counting_up"
    mail = case_of(clinic, clinic.find("I-2026-014"))
    assert str(mail.standing["hk_pcpd"].decide_again_at) == "2026-11-23T10:00+08:00[Asia/Hong_Kong]"
    assert [each.outcome for each in mail.assessments] == ["more_needed", "risk"]
    assert {row.rule.regime for row in mail.board(now)} >= {"hk_pdpo", "gdpr", "sg_pdpa", "cn_pipl"}


def test_sample_decisions_and_notices_are_whole(clinic):
    for decision in records_of(clinic, "decision"):
        assert deciding.kept(decision), decision.ref
        assert rule_text.loads(decision.rule_text).key == decision.rule_key
        assert all((decision.reason, decision.decided_by, decision.decided_at)), decision.ref
    for notice in records_of(clinic, "notice"):
        sent = hashlib.sha256(notice.text.encode()).hexdigest() if notice.sent_at else ""
        assert notice.text_sha256 == sent, notice.ref


def test_sample_has_the_incidents_of_the_pictures(clinic):
    incidents = {record.ref: record for record in records_of(clinic, "incident")}
    assert incidents["I-2026-014"].title == "Payroll file mailed to a former employee"
    assert incidents["I-2026-013"].title == "Patient list visible on booking page"
    assert incidents["I-2026-009"].status == "assessing"
    linked = [
        clinic.names(links) for links in (incidents["I-2026-014"].assets,
                                          incidents["I-2026-014"].risks,
                                          incidents["I-2026-014"].actions)
    ]  # fmt: skip
    assert [name.ref for names in linked for name in names.values()] == ["A-0012", "R-0007", "B4"]
    assert sum(bool(record.drill) for record in incidents.values()) == 1
    assert sum(bool(record.near_miss) for record in incidents.values()) >= 3


def test_sample_has_the_heat_map_of_the_pictures(clinic):
    cells = Counter(
        (record.residual_likelihood, record.residual_impact)
        for record in records_of(clinic, "risk")
        if not record.scored_by
    )
    assert {
        likelihood: tuple(cells[likelihood, impact] for impact in range(1, 6))
        for likelihood in HEAT_MAP
    } == HEAT_MAP


def test_sample_scores_never_rise_from_inherent_to_residual_to_target(clinic):
    for record in records_of(clinic, "risk"):
        assert record.inherent_score >= record.residual_score >= record.target_score, record.ref


def test_sample_has_a_few_dates_overdue_and_a_few_this_week(clinic):
    late = [r.ref for r in everything(clinic) if r.due_at and r.due_at < PICTURE_DAY]
    week = [
        r.ref for r in everything(clinic) if r.due_at and 0 <= (r.due_at - PICTURE_DAY).days <= 7
    ]
    assert 3 <= len(late) <= 9
    of_incidents = [ref for ref in week if ref[:2] in ("D-", "N-")]
    assert sorted({*week} - {*of_incidents}) == ["A-0011", "C2", "E1", "T-0013"]
    assert len(of_incidents) == 8


def test_sample_has_the_policy_actions_as_on_the_pictures(clinic):
    stance = {action.key: action.stance for action in policy_actions()}
    applying = [
        record
        for record in records_of(clinic, "action")
        if stance[record.ref] != "watch" and record.applies != "no"
    ]
    found = Counter(record.status for record in applying)
    assert found["in_place"] + found["verified"] == 8
    assert found["in_progress"] == 3
    assert found["not_started"] == 4
    assert len(applying) == 15


def test_sample_steps_done_have_day_name_and_evidence(clinic):
    done = [record for record in records_of(clinic, "step") if record.status == "done"]
    assert len(done) > 30
    for record in done:
        assert record.done_on, record.ref
        assert record.done_by, record.ref
        assert record.evidence_text, record.ref
        assert record.done_on <= record.updated_at.local.date(), record.ref


def test_sample_history_runs_through_two_years_in_order(clinic):
    moments = [entry.at for entry in reversed(clinic.log()) if entry.act in ("create", "demo")]
    assert moments == sorted(moments)
    assert len({(moment.year, moment.month) for moment in moments}) > 12
    assert moments[0].date() == date(2025, 1, 6)


def test_sample_history_read_in_full_names_every_change(clinic):
    entries = clinic.log(full=True)
    assert all(len(entry.changes) == entry.count for entry in entries)
    assert sum(entry.count for entry in entries) > 250


def test_sample_texts_name_only_records_that_are_there(clinic):
    refs = {record.ref for record in [*everything(clinic), *records_of(clinic, "risk", bin=True)]}
    for record in everything(clinic):
        texts = " ".join(str(record.get(key)) for key in stored(type(record)))
        assert set(re.findall(r"\b(?:R|A|P)-\d{4}\b|\bI-\d{4}-\d{3}\b", texts)) <= refs, record.ref


def test_sample_files_hold_no_number_that_could_be_real():
    for path in sorted((resources_folder() / "sample").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"\b[A-Z]{1,2}\d{6}\s*\(?[0-9A]\)?", text) == [], path.name
        phones = re.findall(r"(?<![\d-])[2-9]\d{3}[ -]?\d{4}(?!\d)", text)
        assert [phone for phone in phones if not phone.endswith(" 0000")] == [], path.name
        addresses = re.findall(r"[\w.]+@([\w.-]+)", text)
        assert all(address.endswith(".example") for address in addresses), path.name


def test_sample_last_change_is_the_score_of_one_risk_and_undo_takes_it_back(tmp_path):
    path = tmp_path / "clinic.riskreg"
    sample.make(path, records=5)
    opened = register.open(path)
    try:
        last = opened.undoable()
        assert (last.act, last.facts["refs"], last.count) == ("edit", "R-0012", 1)
        risk = opened.find("R-0012")
        before = opened.record(risk).residual_score
        opened.undo()
        assert opened.record(risk).residual_score > before
    finally:
        opened.close()


def test_sample_made_again_with_one_seed_is_the_same(tmp_path):
    first, again, other = (
        made(tmp_path / f"{name}.riskreg", records=60, seed=seed)
        for name, seed in (("first", 7), ("again", 7), ("other", 8))
    )
    assert first == again
    assert first != other


def test_sample_large_goes_in_chunks_and_stays_sound(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "CHUNK", 40)
    path = tmp_path / "big.riskreg"
    sample.make(path, records=110)
    opened = register.open(path, read_only=True)
    try:
        risks = records_of(opened, "risk")
        assert len(risks) == 42 + 110
        assert len({record.title for record in risks}) > 120
        assert opened.verify().findings == ()
        assert any(record.owner and record.assets for record in risks[-110:])
        assert all(
            record.inherent_score >= record.residual_score >= record.target_score
            for record in risks
        )
    finally:
        opened.close()


def test_sample_where_a_file_is_there_leaves_it_alone(tmp_path):
    path = tmp_path / "mine.riskreg"
    path.write_bytes(b"mine")
    with pytest.raises(Expected) as caught:
        sample.make(path)
    assert caught.value.id == "exists"
    assert path.read_bytes() == b"mine"


def test_sample_cancelled_half_way_leaves_no_file(tmp_path):
    class Stopped:
        steps = 0

        def step(self, doing, done=0, total=0):
            self.steps += 1
            if self.steps > 20:
                raise Cancelled

    path = tmp_path / "clinic.riskreg"
    with pytest.raises(Cancelled):
        sample.make(path, work=Stopped())
    assert not path.exists()
