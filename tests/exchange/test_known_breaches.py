"""A register of article 33(5) that comes back to the register that wrote it: it finds its own, changes what differs, adds the rest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from riskreg import clock
from riskreg.exchange import importing
from riskreg.i18n import LANGUAGES
from riskreg.records import Assessment, Decision, Incident
from riskreg.records.values import Count
from riskreg.register import create
from riskreg.views import Register
from tests.e2e.program import Program
from tests.exchange.full_incident import a_full_incident, add, at
from tests.exchange.test_register_33_5 import DATA, bring, change, counts, of, out


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Register]:
    made = create(tmp_path / "other.riskreg", name="Other", zone="Europe/Berlin", language="en")
    yield made
    made.close()


def a_register(register: Register) -> None:
    """Four breaches made here: a full one with decisions, a bare one, two with what only one field says."""
    full = a_full_incident(register)
    incident = frozenset({full})
    add(
        register, "decision", "On the authority", incident=incident, regime="gdpr", recipient="authority",
        rule_key="eu_authority", answer="yes", reason="It is a risk.", decided_by="K. Chan",
        decided_at=at("2026-11-19T10:00"),
    )  # fmt: skip
    add(
        register, "decision", "On the people", incident=incident, regime="hk_pdpo", recipient="individuals",
        rule_key="hk_people", answer="yes", reason="They can act.", decided_by="K. Chan",
        decided_at=at("2026-11-19T10:05"),
    )  # fmt: skip
    add(register, "incident", "Bare")
    add(
        register, "incident", "=Odd", narrative="Text. | cause: odd\n-1", people_count=Count(None, "undeterminable"),
        records_count=Count(5), severity="low", occurred_from_at=at("2026-02"), containment="Shut.",
    )  # fmt: skip
    add(
        register,
        "incident",
        "Known elsewhere",
        external_ref="PCPD-77",
        data_types=frozenset({"contact"}),
    )


def edited(file: Path, row: int, **texts: str) -> Path:
    """The file with other texts in one of its lines, from 0."""
    told: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    told[row] |= texts
    file.write_bytes(json.dumps(told, ensure_ascii=False, indent=2).encode())
    return file


@pytest.mark.parametrize("suffix", [".csv", ".json"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_own_register_when_it_comes_back_then_nothing_changes(
    opened: Register, tmp_path: Path, suffix: str, language: Any
) -> None:
    a_register(opened)
    first = out(opened, tmp_path / f"own{suffix}", language)
    assert counts(bring(opened, tmp_path / f"own{suffix}")) == (0, 0, 4, 0)
    assert out(opened, tmp_path / f"again{suffix}", language) == first


def test_own_register_when_a_line_was_changed_then_that_record_changes_and_says_so_again(
    opened: Register, tmp_path: Path
) -> None:
    a_register(opened)
    out(opened, tmp_path / "own.json")
    file = edited(
        tmp_path / "own.json", 0, incident_type="b) Ransomware", numbers="~50 / 120",
        measures="The stranger deleted it.\nPasswords changed, training given.",
    )  # fmt: skip
    edited(file, 1, circumstances_cause="It was a laptop | cause: c) Malicious, from outside")
    report = bring(opened, file)
    assert counts(report) == (0, 2, 2, 0)
    assert {change.kind for change in report.staged.changes.changes} == {"incident"}
    full, bare, *_ = of(opened, Incident)
    assert (full.category, str(full.people_count)) == ("ransomware", "~50")
    assert (full.containment, full.remedy) == (
        "The stranger deleted it.", "Passwords changed, training given.",
    )  # fmt: skip
    assert (full.title, full.external_ref) == ("Payroll file mailed to a stranger", "")
    assert (bare.title, bare.narrative) == ("Bare", "It was a laptop")
    assert out(opened, tmp_path / "again.json") == file.read_bytes()
    assert counts(bring(opened, file)) == (0, 0, 4, 0)


def test_own_register_when_another_one_has_the_same_refs_then_its_breaches_are_added(
    opened: Register, other: Register, tmp_path: Path
) -> None:
    a_register(opened)
    with clock.fixed(clock.now() + timedelta(seconds=1)):
        add(other, "incident", "Theirs", narrative="Their first")
    out(other, tmp_path / "theirs.csv")
    before = of(opened, Incident)
    assert counts(bring(opened, tmp_path / "theirs.csv")) == (1, 0, 0, 0)
    assert of(opened, Incident)[:4] == before
    assert of(opened, Incident)[4].external_ref == before[0].ref == "I-2026-001"
    out(opened, tmp_path / "own.csv")  # two lines with one reference
    assert counts(bring(opened, tmp_path / "own.csv")) == (0, 0, 5, 0)
    assert counts(bring(opened, tmp_path / "theirs.csv")) == (0, 0, 1, 0)


def test_own_register_when_it_comes_back_from_another_then_it_is_known(
    opened: Register, other: Register, tmp_path: Path
) -> None:
    a_register(opened)
    out(opened, tmp_path / "own.json")
    bring(other, tmp_path / "own.json")
    with clock.fixed(clock.now() + timedelta(seconds=1)):
        add(other, "incident", "Theirs")
    change(other, of(other, Incident)[1], category="phishing_social_eng")
    out(other, tmp_path / "back.json")
    assert counts(bring(opened, tmp_path / "back.json")) == (1, 1, 3, 0)
    assert of(opened, Incident)[1].category == "phishing_social_eng"


def test_breach_from_elsewhere_when_it_was_changed_here_then_its_own_line_changes_nothing(
    opened: Register, tmp_path: Path
) -> None:
    bring(opened, DATA / "breach_register.json")
    change(opened, of(opened, Incident)[0], category="phishing_social_eng")
    first = out(opened, tmp_path / "own.json")
    assert counts(bring(opened, tmp_path / "own.json")) == (0, 0, 2, 0)
    assert out(opened, tmp_path / "again.json") == first
    assert counts(bring(opened, DATA / "breach_register.json")) == (0, 1, 1, 0)
    assert of(opened, Incident)[0].category == "ransomware"


def test_decision_when_it_says_when_it_was_made_then_a_line_does_not_change_it(
    opened: Register, tmp_path: Path
) -> None:
    a_register(opened)
    out(opened, tmp_path / "own.json")
    before = opened.head().fingerprint
    file = edited(tmp_path / "own.json", 0, reasoned_basis="Something else")
    report = importing.import_file(opened, file)
    assert counts(report) == (0, 0, 3, 1)
    (rejection,) = report.staged.rejections
    assert rejection.column == "Reasoned basis if not notified/communicated"
    assert "decide anew" in rejection.reason
    edited(file, 0, reasoned_basis="It is a risk.\nThey can act.", risk_outcome="b) A risk")
    assert counts(importing.import_file(opened, file)) == (0, 0, 3, 1)
    assert opened.head().fingerprint == before


def test_decision_when_it_says_not_when_then_the_line_changes_it_and_makes_no_second_one(
    opened: Register, tmp_path: Path
) -> None:
    id = add(opened, "incident", "Mail sent astray")
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="hk_people", answer="no",
        regime="hk_pdpo", recipient="individuals", reason="Nobody is harmed",
    )  # fmt: skip
    add(opened, "assessment", "a", incident=frozenset({id}), outcome="high_risk")
    out(opened, tmp_path / "own.json")
    told = json.loads((tmp_path / "own.json").read_text("utf-8"))[0]
    assert told["notified_individuals"] == "No (Hong Kong, PDPO)"
    file = edited(
        tmp_path / "own.json", 0, reasoned_basis="Nobody is harmed, says IT", risk_outcome="b) A risk"
    )  # fmt: skip
    assert counts(bring(opened, file)) == (0, 1, 0, 0)
    (decision,) = of(opened, Decision)
    assert (decision.reason, decision.regime, decision.rule_key, decision.title) == (
        "Nobody is harmed, says IT", "hk_pdpo", "hk_people", "d",
    )  # fmt: skip
    (assessment,) = of(opened, Assessment)
    assert assessment.outcome == "risk"
    assert counts(bring(opened, file)) == (0, 0, 1, 0)


def test_authority_when_the_line_names_another_law_then_it_is_another_decision(
    opened: Register, tmp_path: Path
) -> None:
    id = add(opened, "incident", "Mail sent astray")
    add(
        opened, "decision", "d", incident=frozenset({id}), rule_key="hk_pcpd", answer="yes",
        regime="hk_pdpo", recipient="authority", reason="Ours", decided_at=at("2026-11-19T10:05"),
    )  # fmt: skip
    out(opened, tmp_path / "own.json")
    file = edited(tmp_path / "own.json", 0, notified_authority="Yes (Art. 33)")
    assert counts(bring(opened, file)) == (0, 1, 0, 0)
    first, second = of(opened, Decision)
    assert (first.answer, first.regime, first.rule_key) == ("yes", "hk_pdpo", "hk_pcpd")
    assert (second.answer, second.regime, second.rule_key) == ("yes", "gdpr", "eu_authority")
    assert counts(bring(opened, file)) == (0, 0, 1, 0)


def test_line_when_it_stands_twice_then_both_are_rejected(opened: Register, tmp_path: Path) -> None:
    add(opened, "incident", "Bare")
    out(opened, tmp_path / "own.json")
    told = json.loads((tmp_path / "own.json").read_text("utf-8"))
    (tmp_path / "twice.json").write_text(json.dumps(told * 2), encoding="utf-8")
    report = bring(opened, tmp_path / "twice.json")
    assert counts(report) == (0, 0, 0, 2)
    assert len(of(opened, Incident)) == 1


def test_incident_when_it_is_in_the_bin_then_its_line_changes_nothing_and_a_changed_one_is_rejected(
    opened: Register, tmp_path: Path
) -> None:
    from riskreg import editing

    id = add(opened, "incident", "Bare")
    out(opened, tmp_path / "own.json")
    opened.apply(editing.to_bin(opened, [id]))
    assert counts(bring(opened, tmp_path / "own.json")) == (0, 0, 1, 0)
    file = edited(tmp_path / "own.json", 0, measures="Something")
    assert counts(bring(opened, file)) == (0, 0, 0, 1)


def test_columns_when_one_is_said_twice_then_each_keeps_its_own_text(
    opened: Register, tmp_path: Path
) -> None:
    add(opened, "incident", "Bare")
    out(opened, tmp_path / "own.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "own.csv").read_text("utf-8-sig"))))
    with (tmp_path / "more.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [*row, extra] for row, extra in zip(rows, ("Desk", "A"), strict=True)
        )
    assert counts(bring(opened, tmp_path / "more.csv")) == (0, 1, 0, 0)
    assert dict(of(opened, Incident)[0].other_facts) == {"Desk": "A"}


def test_command_when_the_register_comes_back_then_it_says_what_changed(tmp_path: Path) -> None:
    run, register = Program(tmp_path / "home"), tmp_path / "r.riskreg"
    run.quickly("new", register, "--name", "Clinic")
    for title in ("Fax", "Mail"):
        run.quickly("add", register, "incident", f"title={title}", "narrative=It went astray.")
    run.quickly("export", register, tmp_path / "own.csv", "--register-33-5")
    found = run.json("import", register, tmp_path / "own.csv")
    assert (found["new"], found["changed"], found["unchanged"]) == (0, 0, 2)
    words = (tmp_path / "own.csv").read_text("utf-8").replace("astray.", "to a stranger.", 1)
    (tmp_path / "own.csv").write_text(words, encoding="utf-8")
    found = run.json("import", register, tmp_path / "own.csv")
    assert (found["new"], found["changed"], found["unchanged"]) == (0, 1, 1)
    assert run.state("show", register, "I-2026-001")["narrative"] == "It went to a stranger."
