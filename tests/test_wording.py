"""Sentences about entries, findings and failures: no key shows through, nothing is left unfilled."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from riskreg import errors, wording
from riskreg.catalogue import vocabulary
from riskreg.errors import Conflict, Expected, Problem, Refused, Stale
from riskreg.findings import FINDINGS
from riskreg.i18n import LANGUAGES, translator
from riskreg.records.values import Count, Unfit
from riskreg.views import Actor, Entry, EntryChange, Finding

ENGLISH, HONG_KONG, MAINLAND = map(translator, LANGUAGES)


def an_entry(act="edit", touched=(), count=0, **facts):
    changes = tuple(
        EntryChange(id=place, ref=ref, kind="risk", version=2, before={}, after={})
        for place, ref in enumerate(touched, start=1)
    )
    return Entry(
        seq=12,
        at=datetime(2026, 11, 24, 16, 30, tzinfo=UTC),
        actor=Actor("dpo"),
        act=act,
        facts=facts,
        changes=changes,
        count=count or len(changes),
    )


@pytest.mark.parametrize(
    ("entry", "english", "hong_kong"),
    [
        (an_entry("edit", touched=["R-0012"]), "Edit of R-0012", "修改 R-0012"),
        (an_entry("edit", count=2, refs="R-0012"), "Edit of R-0012", "修改 R-0012"),
        (an_entry("delete", touched=["R-0001", "R-0002"]),
         "Move of R-0001, R-0002 to the bin", "將 R-0001、R-0002 移至回收筒"),
        (an_entry("edit", count=1500, touched=["R-0001"]),
         "Edit of 1,500 records", "修改 1,500 項記錄"),
        (an_entry("undo", count=7, of="11", of_act="edit"),
         "Undo: edit of 7 records", "復原：修改 7 項記錄"),
        (an_entry("demo", touched=["R-0001"]), "Sample content: R-0001", "樣本內容：R-0001"),
        (an_entry("link", count=1, refs="R-0001 A-0002"),
         "Link between R-0001, A-0002", "關聯 R-0001、A-0002"),
        (an_entry("import", count=801, file="x.csv", sha256="ab", new="798", changed="3"),
         "Import of x.csv (798 new, 3 changed)", "匯入 x.csv（新增 798 項，更改 3 項）"),
        (an_entry("import", file="x.csv"), "Import of x.csv", "匯入 x.csv"),
        (an_entry("undo", touched=["R-0012"], of="11", of_act="edit"),
         "Undo: edit of R-0012", "復原：修改 R-0012"),
        (an_entry("redo", of="11"), "Redo of entry 11", "重做日誌第 11 項"),
        (an_entry("export", file="o.xlsx", rows="2140"),
         "Export of 2,140 records to o.xlsx", "匯出 2,140 項記錄至 o.xlsx"),
        (an_entry("report", file="r.pdf", report="risk-register"),
         "Report Risk register to r.pdf", "將報告「風險登記冊」存至 r.pdf"),
        (an_entry("restore", file="b.riskreg", left="412-ABCD"),
         "Restore from b.riskreg (the history left was 412-ABCD)",
         "從 b.riskreg 還原（還原前的歷史記錄核對碼為 412-ABCD）"),
        (an_entry("restore", file="b.riskreg", left=""),
         "Restore from b.riskreg", "從 b.riskreg 還原"),
        (an_entry("an_act_of_a_newer_program"), *["an_act_of_a_newer_program"] * 2),
    ],
)  # fmt: skip
def test_act_words_of_an_entry_say_what_was_done_to_what(entry, english, hong_kong):
    assert wording.act_words(entry, ENGLISH) == english
    assert wording.act_words(entry, HONG_KONG) == hong_kong


def code():
    root = Path(wording.__file__).parent
    sources = [*root.rglob("*.py"), *root.parent.joinpath("ui").rglob("*.py")]
    return "\n".join(source.read_text(encoding="utf-8") for source in sources)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"refs": "R-0001 R-0002", "field": "risk.status"}, "Change of Status in R-0001, R-0002"),
        ({"refs": "R-0001", "field": "risk.gone"}, "Change of R-0001 together"),
        ({"refs": "R-1 R-2 R-3 R-4", "field": "asset.owner"}, "Change of Owner in 4 records"),
    ],
)
def test_act_words_of_many_records_name_the_field_by_its_label(facts, words):
    assert wording.act_words(an_entry("edit_many", **facts), ENGLISH) == words
    undone = an_entry("undo", of="3", of_act="edit_many", **facts)
    assert wording.act_words(undone, ENGLISH) == f"Undo: {words[0].lower()}{words[1:]}"


def test_every_act_and_finding_that_the_code_writes_has_words():
    """An entry for which nobody found words would show its key in the history."""
    acts = set(re.findall(r'(?:\bact=|\bnote\(\s*)"(\w+)"', code()))
    findings = set(re.findall(r'Finding\(\s*id="(\w+)"', code()))
    assert {"edit", "import", "backup"} <= acts
    assert acts - wording.ACTS.keys() == set()
    assert findings - FINDINGS.keys() == set()


def test_undo_words_of_an_entry_read_as_one_phrase():
    entry = an_entry("edit", touched=["R-0012"])
    assert wording.undo_words(entry, ENGLISH) == "Undo: edit of R-0012"
    assert wording.redo_words(entry, MAINLAND) == "重做：修改 R-0012"


@pytest.mark.parametrize("t", [ENGLISH, HONG_KONG, MAINLAND])
@pytest.mark.parametrize("act", wording.ACTS)
def test_act_words_of_an_entry_without_facts_leave_nothing_unfilled(act, t):
    words = wording.act_words(an_entry(act), t)
    assert words
    assert words != act
    assert "{" not in words


@pytest.mark.parametrize("t", [ENGLISH, HONG_KONG, MAINLAND])
@pytest.mark.parametrize("id", FINDINGS)
def test_finding_words_with_and_without_a_place_are_sentences(id, t):
    for finding in (Finding(id=id), Finding(id=id, where="12", ref="R-0012")):
        words = wording.finding_words(finding, t)
        assert words.endswith("." if t is ENGLISH else "。")
        assert "{" not in words


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(id="replay_differs", where="risk: residual_score, title", ref="R-0007"),
         "Residual score, Title of R-0007 is not what the history says."),
        (Finding(id="replay_differs", where="records: title", ref="R-0007"),
         "Title of R-0007 is not what the history says."),
        (Finding(id="payload_wrong", where="12/345"),
         "What entry 12 says about #345 was changed after it was written."),
        (Finding(id="database_wrong", facts={"detail": "page 7 is never used"}),
         "The database reports damage: page 7 is never used."),
        (Finding(id="link_extra", where="threatens A-0003", ref="R-0007"),
         "A link of R-0007 is in the register, but not in the history (threatens A-0003)."),
        (Finding(id="something_newer", where="12", ref="R-0007"), "something_newer R-0007 12"),
    ],
)  # fmt: skip
def test_finding_words_name_fields_by_their_labels(finding, words):
    assert wording.finding_words(finding, ENGLISH) == words


def filled(id):
    """A failure with every parameter that its sentences name."""
    names = {
        name
        for part in errors.SENTENCES[id]
        for _, name, _, _ in Formatter().parse(part)
        if name is not None
    }
    return Expected(id, **dict.fromkeys(names, "x"))


@pytest.mark.parametrize("t", [ENGLISH, HONG_KONG, MAINLAND])
@pytest.mark.parametrize("id", errors.SENTENCES)
def test_message_of_every_failure_has_three_sentences_in_every_language(id, t):
    said = wording.message(filled(id), t)
    end = "." if t is ENGLISH else "。"
    assert [part[-1:] for part in said] == [end] * 3
    assert t is ENGLISH or said != wording.message(filled(id), ENGLISH)


def test_message_of_a_refusal_names_the_field_by_its_label():
    problem = Problem(
        kind="risk",
        field="residual_likelihood",
        reason="it is a step of the scale, {lowest} to {highest}",
        parameters={"lowest": 1, "highest": 5},
    )
    assert wording.problem_words(problem, ENGLISH) == (
        "Residual likelihood: it is a step of the scale, 1 to 5"
    )
    said = wording.message(Refused((problem,)), HONG_KONG)
    assert said.what == "未能儲存：有 1 個值不可接受（剩餘可能性：須為評分級數 1 至 5）。"


def test_message_of_a_conflict_names_the_fields_by_their_labels():
    conflicts = (
        Conflict(field="title", was="a", now="b", wanted="c"),
        Conflict(field="due_on", was=None, now=None, wanted=None),
    )
    said = wording.message(Stale(7, "R-0007", conflicts), HONG_KONG)
    assert "標題、期限" in said.what


def test_message_whose_reason_is_a_text_of_the_program_translates_it():
    said = wording.message(Expected("read_only", reason="it was opened for reading"), HONG_KONG)
    assert "以唯讀方式開啟" in said.what
    assert "opened" not in said.what


@pytest.mark.parametrize("t", [HONG_KONG, MAINLAND])
@pytest.mark.parametrize("reason", wording.DETAILS)
def test_message_with_a_reason_of_the_system_is_wholly_translated(reason, t):
    said = wording.message(Expected("cannot_read", path="登記冊", reason=reason), t)
    assert reason not in said.what


def test_unfit_words_are_in_the_language_asked_for():
    with pytest.raises(Unfit) as refused:
        Count.parse("many")
    assert wording.unfit_words(refused.value, HONG_KONG) == "數目請寫成 150、~150、? 或 tbd"


@pytest.mark.parametrize(
    ("ref", "kind"),
    [("R-0012", "risk"), ("I-2026-001", "incident"), ("C3", "action"), ("C3.2", "step"),
     ("ORG", "organisation"), ("PR-0001", "processing"), ("QR-0001", ""), ("", "")],
)  # fmt: skip
def test_kind_of_ref_tells_the_kind_by_its_prefix(ref, kind):
    assert wording.kind_of_ref(ref) == kind


def test_level_words_of_a_risk_without_scores_say_so():
    assert wording.level_words(None, HONG_KONG, vocabulary()) == "未評分"
    assert wording.level_words("critical", ENGLISH, vocabulary()) == "Critical"
