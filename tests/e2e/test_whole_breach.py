"""A whole breach at the command line: payroll mailed to a wrong list, discovered on a Friday at 18:40 in Hong Kong.

A processor is involved; the people live in Hong Kong, the EU, Singapore and on the Mainland. From the one line
that makes it safe to the dossier that holds all of it, read back from its PDF.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pypdfium2
import pytest

from tests.e2e.program import Program

REF = "I-2026-001"
REASON = "Ask PayMail first whether the list was opened"
GDPR = ("--regime", "gdpr", "--recipient", "authority")
ANSWERS = (
    "context_simple=c1", "context_behavioural=c0", "context_financial=c3", "context_sensitive=c0",
    "ease=maximum", "confidentiality=known_recipients", "integrity=not_affected",
    "availability=not_affected", "is_malicious=no", "people_count=131", "is_unintelligible=no",
    "harms=financial_loss,identity_theft", "sensitivity=raises", "amount=raises",
    "sensitivity_note=Salaries and bank accounts", "is_internal_only=no",
    "reasoning=131 colleagues; the recipients are known to us", "outcome=high_risk",
)  # fmt: skip
TOLD = (
    ("hk_pdpo", "authority", "online_form", "pcpd.pdf"),
    ("hk_pdpo", "individuals", "email", "letter.docx"),
    ("gdpr", "authority", "online_form", "eu.json"),
    ("gdpr", "individuals", "email", "letter-eu.docx"),
    ("sg_pdpa", "authority", "online_form", "sg.docx"),
    ("sg_pdpa", "individuals", "email", "letter-sg.pdf"),
    ("cn_pipl", "authority", "letter", "cn.docx"),
    ("cn_pipl", "individuals", "email", "letter-cn.docx"),
)


class Play:
    """Runs commands on one register at the moments that are told."""

    def __init__(self, run: Program, folder: Path) -> None:
        self.run, self.folder = run, folder
        self.register = folder / "clinic.riskreg"

    def at(self, moment: str) -> None:
        self.run.now = f"{moment}:00+08:00"

    def do(self, command: str, *given: object) -> str:
        return self.run.quickly(command, self.register, *given).strip()

    def ask(self, command: str, *given: object):
        return self.run.state(command, self.register, *given)

    def states(self) -> dict[str, str]:
        return {row["rule"]: row["state"] for row in self.ask("clocks", REF)}


@pytest.fixture
def play(run, tmp_path) -> Play:
    """The register of a small employer, as it stood before."""
    made = Play(run, tmp_path)
    made.at("2026-11-02T09:00")
    made.do("new", "--name", "Harbour Clinic")
    made.do(
        "set", "ORG", "offers_to=eu_eea,singapore,mainland_china", "ci_operator=no",
        "phone=+852 2345 6789", "email=dpo@harbour.example", "address=1 Pier Road, Hong Kong",
    )  # fmt: skip
    made.do("add", "party", "title=K. Chan", "email=k.chan@harbour.example")
    made.do("add", "party", "title=PayMail Ltd")
    made.do("add", "asset", "title=Payroll")
    made.do(
        "add", "risk", "title=Mail to a wrong address", "residual_likelihood=2",
        "residual_impact=3", "assets=A-0001", "owner=P-0001",
    )  # fmt: skip
    return made


def friday(play: Play) -> None:
    """One line and it is safe; contain it; when, where, who; how bad; "wait", says the director."""
    play.at("2026-11-20T18:41")
    assert play.do("add", "incident", "title=Payroll mailed to a wrong list") == REF
    play.at("2026-11-20T18:46")
    play.do("set", REF, "discovered_at=2026-11-20T18:40", "aware_at=2026-11-20T18:40")
    assert play.ask("playbook", REF)[0]["steps"][0]["phase"] == "contain"
    play.do("playbook", REF, "misdirected")
    first, *_ = play.ask("list", "task", "--sort", "ref")
    play.do("timeline", REF, "add", "Asked PayMail to stop the run", "--by", "K. Chan", "--summary")
    play.do(
        "set", REF, "status=containing", "contained_at=2026-11-20T19:02",
        "containment=PayMail stopped the run and recalled the mail", "processors=P-0002",
        "processor_aware_at=2026-11-20T18:10", "processor_informed_at=2026-11-20T18:40",
        "our_role=controller", "people_live_in=hong_kong,eu_eea,singapore,mainland_china",
        "people_count=~130", "assets=A-0001", "category=sent_by_mistake",
        "data_types=mpf_salary,contact", "subject_categories=employees", "contact=P-0001",
        "narrative=PayMail sent the November payroll to the list of a former client.",
    )  # fmt: skip
    play.do("set", first["ref"], "status=done", "done_on=2026-11-20")
    before = play.states()
    assert before["eu_authority"] == "running"
    assert before["hk_pcpd"] == "counting_up"
    assert before["sg_authority"] == "waiting"
    assert not any(key.startswith("ci_") for key in before)
    play.at("2026-11-20T19:12")
    assert play.ask("assess", REF, "context_financial=c3", "--by", "K. Chan")["score"] is None
    found = play.ask("assess", REF, *ANSWERS, "--by", "K. Chan")
    assert (found["score"], found["band"], found["flags"]) == (3.25, "high", ["over_100_people"])
    play.at("2026-11-20T19:24")
    for regime in ("gdpr", "hk_pdpo"):
        play.do(
            "decide", REF, "--regime", regime, "--notify", "not_yet", "--reason", REASON,
            "--by", "Director Lam", "--how", "telephone", "--at", "2026-11-20T19:20",
            "--again", "2026-11-23T10:00",
        )  # fmt: skip


def monday(play: Play) -> None:
    """The reasons are still there; it is decided, told and proved in time."""
    play.at("2026-11-23T10:00")
    waiting = play.ask("list", "decision", "--filter", "answer = not_yet")
    assert {each["reason"] for each in waiting} == {REASON}
    assert play.states()["eu_authority"] == "due_soon"
    for regime, who, _, _ in TOLD:
        play.do(
            "decide", REF, "--regime", regime, "--recipient", who, "--notify", "yes",
            "--reason", f"The mail was opened; {regime} expects it", "--by", "Director Lam",
            "--how", "meeting", "--at", "2026-11-23T10:05",
        )  # fmt: skip
    assert play.ask("show", REF)["notifiable_at"].startswith("2026-11-23T10:05")
    play.at("2026-11-23T11:30")
    play.do(
        "set", REF, "self_help=Watch your bank account", "consequences=disclosed_beyond",
        "effects=Salaries are known to 40 people", "remedy=Recipients confirmed deletion",
        "discovery_channel=processor", "discovered_by=PayMail support", "impacts=financial_loss",
        "impact_severity=moderate", "records_count=131", "location=Mail system of PayMail",
        "cause=internal_nonmalicious", "nature=confidentiality", "subject_categories=employees",
    )  # fmt: skip
    for regime, who, channel, name in TOLD:
        made = play.ask(
            "notice", REF, "--regime", regime, "--recipient", who, play.folder / name,
            "--sent", "2026-11-23T11:25", "--channel", channel, "--by", "K. Chan",
            "--approved-by", "Director Lam",
        )  # fmt: skip
        assert (play.folder / name).stat().st_size > 500
        kept = play.ask("show", made["notice"])
        assert hashlib.sha256(kept["text"].encode()).hexdigest() == made["text_sha256"]
    play.do(
        "set", "N-0001", "receipt=PCPD 2026/4711", "reply=Received", "replied_at=2026-11-23T15:00"
    )
    mail = play.folder / "mail.eml"
    mail.write_bytes(b"From: PayMail\nSubject: payroll run stopped\n")
    play.do("evidence", "add", REF, mail, "--title", "Mail of PayMail")
    proof = play.folder / "receipt.txt"
    proof.write_text("PCPD 2026/4711", encoding="utf-8")
    play.do("evidence", "add", "N-0001", proof, "--title", "Receipt of the PCPD")
    assert "Why a time was changed" in play.run.refused(
        "set", play.register, REF, "discovered_at=2026-11-20T18:35"
    )
    play.do(
        "set", REF, "discovered_at=2026-11-20T18:35", "trigger_reason=PayMail's ticket is of 18:35"
    )
    assert play.states()["sg_assess"] == "met"
    told = play.states()
    assert {told[key] for key in ("eu_authority", "hk_pcpd", "hk_people", "sg_authority")} == {
        "met"
    }


def afterwards(play: Play) -> None:
    """Review, the risk that foretold it, a corrective task that is verified, closed."""
    play.at("2026-12-07T10:00")
    play.do(
        "set", REF, "root_cause=One list for two clients", "lessons=Lists carry the client's name",
        "prevention=change_of_process", "prevention_words=One mailbox a client",
        "reviewed_on=2026-12-07", "risks=R-0001", "status=recovering",
    )  # fmt: skip
    play.do(
        "set", "R-0001", "residual_likelihood=4", "last_review_on=2026-12-07",
        "notes=It came true in I-2026-001",
    )  # fmt: skip
    task = play.do(
        "add", "task", "title=Separate the lists of PayMail", "task_type=corrective",
        f"incidents={REF}", "risks=R-0001", "owner=P-0001", "due_on=2026-12-18",
    )  # fmt: skip
    play.at("2026-12-18T16:00")
    play.do(
        "set", task, "status=verified", "done_on=2026-12-15", "verified_on=2026-12-18",
        "verified_by=P-0001", "verification_method=Sent a test run to both lists",
        "verification_result=effective",
    )  # fmt: skip
    for each in play.ask("list", "task", "--filter", "status = to_do"):
        play.do("set", each["ref"], "status=done", "done_on=2026-12-18")
    play.do("set", REF, "status=closed", "closed_at=2026-12-18T16:00")
    assert play.ask("clocks") == []
    assert play.ask("log", "--ref", "R-0001", "--scores")


def test_breach_when_played_from_the_first_line_to_its_end_then_the_dossier_holds_all_of_it(play):
    friday(play)
    monday(play)
    afterwards(play)
    dossier = play.folder / "dossier.pdf"
    play.do("report", "incident", dossier, "--ref", REF)
    text = _text(dossier)
    wanted = [
        "Payroll mailed to a wrong list", "PayMail stopped the run", "18:40", REASON,
        "Director Lam", "By telephone", "The mail was opened; gdpr expects it",
        "Salaries and bank accounts", "3.25", "Asked PayMail to stop the run",
        "PCPD 2026/4711", "Mail of PayMail", "PayMail's ticket is of 18:35",
        "One list for two clients", "Lists carry the client's name",
        "Separate the lists of PayMail", "Mail to a wrong address",
    ]  # fmt: skip
    wanted += [each["ref"] for each in play.ask("list", "notice")]
    wanted += [each["ref"] for each in play.ask("list", "decision")]
    missing = [each for each in wanted if _flat(each) not in text]
    assert missing == []
    for each in play.ask("list", "evidence"):
        assert each["sha256"][:16] in text, each["title"]
    assert play.run("verify", play.register).returncode == 0


def _text(path: Path) -> str:
    """All words of a PDF without the white space between them: lines break anywhere."""
    document = pypdfium2.PdfDocument(path)
    return _flat("".join(page.get_textpage().get_text_range() for page in document))


def _flat(text: str) -> str:
    return re.sub(r"\s+|[\u00ad\ufffe\u2019']", "", text)
