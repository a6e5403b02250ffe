"""A whole breach as one would find it on Monday evening: a payroll file mailed to a stranger, told of, decided on, half told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from riskreg import clock, deciding, evidence, notices, timeline
from riskreg.cases import Case, case_of
from riskreg.changes import ChangeSet
from riskreg.i18n import translator
from riskreg.records import Notice
from riskreg.records.values import Count, Instant
from riskreg.rules.regimes import Rule
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.conftest import NOW

EN = translator("en")
SENT_TEXT = (
    "Dear Sir or Madam,\n\nOn Friday a payroll file was mailed to a stranger. 薪酬檔案誤寄。"
)

AFTERWARDS = datetime(2026, 11, 24, tzinfo=UTC)
"""When all of it has happened."""


def at(text: str) -> Instant:
    return Instant.parse(text, "Asia/Hong_Kong")


@dataclass
class Breach:
    """What was made, by ref."""

    incident: int
    ref: str
    file: str


def a_breach(register: Register, folder: Path, *, drill: bool = False) -> Breach:
    """Everything a dossier can hold; the clock stands still at Monday 18:40."""
    risk = a_risk(register, "A file goes to a wrong address")
    officer, processor = a_party(register, "K. Chan 陳"), a_party(register, "Payroll House Ltd")
    incident = an_incident(
        register, "Payroll file mailed to a stranger 薪酬檔案誤寄",
        discovered_at=at("2026-11-20T18:40"), aware_at=at("2026-11-20T19:00"),
        contained_at=at("2026-11-20T21:30"), occurred_from_at=at("2026-11-20T17:05"),
        narrative="A clerk took the first address the mail program offered.", drill=drill,
        category="sent_by_mistake", cause="internal_nonmalicious",
        people_count=Count(214), people_live_in=frozenset({"hong_kong", "eu_eea", "singapore"}),
        our_role="controller", risks=frozenset({risk.id}), lead=frozenset({officer.id}),
        processors=frozenset({processor.id}), assets=frozenset({an_asset(register).id}),
    )  # fmt: skip
    id = incident.id
    say(register, timeline.add_entry(_case(register, id), "Rang the recipient, who deleted it", at("2026-11-20T20:10"), "K. Chan", "Deleted, she says"))  # fmt: skip
    answers = {
        "context_simple": "c1", "context_behavioural": "c0", "context_financial": "c3",
        "context_sensitive": "c0", "ease": "maximum", "confidentiality": "known_recipients",
        "integrity": "not_affected", "availability": "not_affected", "is_malicious": False,
        "people_count": Count(214), "harms": frozenset({"financial_loss"}),
        "sensitivity": "raises", "sensitivity_note": "Salaries and bank accounts",
        "reasoning": "One known recipient, deleted the same evening.",
    }  # fmt: skip
    with clock.fixed(AFTERWARDS):
        assessed = deciding.assess(
            _case(register, id), answers, at=at("2026-11-20T22:00"), by="K. Chan", t=EN
        )
    say(register, assessed)
    _decide(register, id, "eu_authority", "not_yet", "Wait for the processor's logs.", again=at("2026-11-23T10:00"))  # fmt: skip
    _decide(register, id, "hk_pcpd", "yes", "Salaries of all staff; the PCPD recommends it.")
    _decide(register, id, "eu_people", "no", "The recipient deleted it and said so in writing.")
    _tell(register, id, "hk_pcpd")
    change(register, risk, residual_likelihood=2)
    file = folder / "mail.eml"
    file.write_bytes(b"From: clerk\n")
    say(register, evidence.attachment(register, evidence.take(file), id))
    add(
        register, "task", "Switch off address completion", task_type="corrective", status="done",
        done_on=NOW.date(), done_by="IT", incidents=frozenset({id}),
    )  # fmt: skip
    add(register, "task", "Train the clerks", status="to_do", incidents=frozenset({id}))
    return Breach(id, incident.ref, "F-0001")


def later(register: Register, id: int) -> None:
    """Monday: the answer that was put off is given."""
    _decide(
        register,
        id,
        "eu_authority",
        "yes",
        "The logs show an unknown reader.",
        when="2026-11-23T10:05",
    )


def rule_of(case: Case, key: str) -> Rule:
    return next(row.rule for row in case.board(NOW) if row.rule.key == key)


def say(register: Register, made: ChangeSet) -> int:
    found = register.apply(made)
    return found.new.get(-1, 0)


def _case(register: Register, id: int) -> Case:
    return case_of(register, id)


def _decide(
    register: Register, id: int, key: str, answer: deciding.Answer, reason: str,
    *, again: Instant | None = None, when: str = "2026-11-20T19:20",
) -> None:  # fmt: skip
    case = _case(register, id)
    say(
        register,
        deciding.decide(
            case, rule_of(case, key), answer, reason=reason, decided_by="The director",
            decided_at=at(when), how="telephone", again=again, now=max(clock.now(), at(when).utc), t=EN,
        ),
    )  # fmt: skip


def _tell(register: Register, id: int, key: str) -> None:
    case = _case(register, id)
    when = Instant.at(NOW + timedelta(hours=4), "Asia/Hong_Kong")
    made = notices.prepare(case, rule_of(case, key), "first", "en", "K. Chan", when)
    notice = register.record(say(register, made))
    assert isinstance(notice, Notice)
    say(register, notices.approve(notice, "The director", when))
    notice = register.record(notice.id)
    assert isinstance(notice, Notice)
    with clock.fixed(AFTERWARDS):
        sent = notices.send(notice, SENT_TEXT, when, "K. Chan", "email")
    say(register, sent)
