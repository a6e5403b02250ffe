"""Reports of real registers, read back from the page."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pypdfium2.raw as raw
import pytest

from riskreg import clock, reports
from riskreg.catalogue import notice, policy_actions
from riskreg.changes import ChangeSet, edit
from riskreg.errors import Cancelled, Expected
from riskreg.i18n import Language, translator
from riskreg.records import Risk, columns
from riskreg.reports import fonts, writing
from riskreg.reports.breaking import NOT_FIRST
from riskreg.views import Register, View
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.conftest import NOW
from tests.reports import pages

EN = translator("en")
NASTY = '</para><b>bold</b> & <img src="file:/etc/passwd"/> {0} %s <a href="http://x">&amp;'
SCRIPTS = "Lift 升𨋢裏嘅嘢咗啲衞𠝹𡃁𠜎 门窗数据记录册络"
NAMES = ("risk-register", "action-coverage", "incident-register", "asset-inventory", "changes")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_report_when_made_then_every_page_says_its_number_code_and_that_it_is_a_sample(
    sampled: Register, target: Path, name: str, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, name, target, t)
    found = pages.texts(target)
    assert len(found) == made.pages > 3
    assert made.fingerprint == sampled.head().fingerprint
    for number, text in enumerate(found, start=1):
        assert t.gettext("Page {page} of {pages}").format(page=number, pages=made.pages) in text
        assert made.fingerprint in text
        assert "SAMPLE 樣本" in text
        assert t.gettext("Confidential") in text
    assert made.lacking == 0


def test_report_when_the_register_is_no_sample_then_no_page_says_so(
    opened: Register, target: Path
) -> None:
    a_risk(opened)
    reports.make(opened, "risk-register", target, EN)
    assert "SAMPLE" not in "".join(pages.texts(target))


def test_report_when_made_then_it_says_when_in_the_zone_and_from_what(
    opened: Register, target: Path
) -> None:
    a_risk(opened)
    a_risk(opened)
    reports.make(opened, "risk-register", target, EN)
    text = pages.texts(target)[0]
    assert "Harbour Clinic Ltd 海港診所" in text
    assert "Made Fri 20 Nov 2026, 18:40 (Hong Kong)." in text
    assert "All 2 risks of the register" in text


def test_report_when_a_record_is_long_and_nasty_then_every_value_is_on_the_page_as_it_stands(
    opened: Register, target: Path
) -> None:
    owner = a_party(opened, "Ms <O'Neil> & Co")
    asset = an_asset(opened, f"Asset {NASTY}"[:200])
    long = "".join(f"{number}字{NASTY}。" for number in range(400))[:32_000]
    values = {
        "cause": long,
        "event": SCRIPTS,
        "consequence": "x" * 3_000,
        "notes": "第一段。\n\n第二段，" + "資料外洩（身份證號碼），" * 200,
        "treatment_text": NASTY,
        "external_ref": "<ref>&1",
        "tags": frozenset({"<tag>", "標籤"}),
        "other_facts": (("Facts & <figures>", "</para>"), ("名稱", "內容")),
    }
    record = a_risk(
        opened,
        f"Title {NASTY}",
        owner=frozenset({owner.id}),
        assets=frozenset({asset.id}),
        treatment="modify",
        status="treating",
        category="disclosure",
        due_on=date(2026, 12, 1),
        next_review_on=date(2026, 11, 1),
        **values,
    )
    an_incident(opened, "Incident & <one>", risks=frozenset({record.id}))
    made = reports.make(opened, "risk-register", target, EN)
    found = pages.body(target).replace("R-0001continued", "")
    who = pages.bare(
        f"{owner.title}due 1 Dec 2026"
    )  # stands beside the title, is read at the page's end
    assert found.count(who) == 1
    found = found.replace(who, "")
    texts = [record.title, record.ref, asset.ref, asset.title, "Incident & <one>"]
    texts += [str(values[key]) for key in ("cause", "event", "consequence", "notes")]
    texts += [NASTY, "<ref>&1", "<tag>", "標籤", "Facts & <figures>", "</para>", "名稱", "內容"]
    texts += ["Modify (reduce)", "Being treated", "Disclosure"]
    texts += ["overdue since 1 Nov 2026", "4 Likely", "High 12", "Score 12"]
    assert [text[:60] for text in texts if pages.bare(text) not in found] == []
    assert made.pages > 8
    assert made.lacking == 0
    assert sum("continued" in text for text in pages.texts(target)) == made.pages - 1


def test_report_when_read_line_by_line_then_no_chinese_line_starts_with_a_closing_mark(
    opened: Register, target: Path
) -> None:
    clauses = "個人資料，外洩；（身份證號碼）、「地址」：已通知。《條例》第 26 條！"
    for shift in range(40):
        a_risk(opened, "字" * shift + clauses * 3, cause="資" * shift + clauses * 12)
    reports.make(opened, "risk-register", target, translator("zh_Hant"))
    starts = {line[0] for line in pages.lines(target)}
    assert starts & NOT_FIRST == set()
    assert not any(line[-1] in "（「《" for line in pages.lines(target))


def test_report_when_a_character_is_in_no_font_then_it_is_a_box_is_counted_and_copies_as_itself(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Smile 😀 and سلام")
    made = reports.make(opened, "risk-register", target, EN)
    assert made.lacking == 5
    text = "".join(pages.texts(target))
    assert "😀" in text
    assert "5 characters on these pages are in no font" in text
    assert not fonts.has("😀")


def test_box_when_a_character_is_missing_then_something_is_seen(
    opened: Register, tmp_path: Path
) -> None:
    seen = {}
    for name, title in (("box", "😀😀😀😀"), ("blank", "    ")):
        record = a_risk(opened, f"A{title}B")
        reports.make(opened, "risk-register", tmp_path / f"{name}.pdf", EN, ref=record.ref)
        image = pages.picture(tmp_path / f"{name}.pdf").convert("L").crop((135, 110, 300, 160))
        seen[name] = sum(value < 128 for value in image.tobytes())
    assert seen["box"] > seen["blank"] + 20


def test_file_when_looked_into_then_it_names_title_language_and_bookmarks_but_no_person(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "risk-register", target, translator("zh_Hant"))
    with pages.opened(target) as document:
        about = document.get_metadata_dict()
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
        dests = [mark.get_dest().get_index() for mark in document.get_toc()]
    assert about["Title"].startswith("風險登記冊")
    assert about["Author"] == ""
    assert about["CreationDate"].startswith("D:20261120104000")
    risks = sampled.ids(View(kinds=("risk",)))
    assert len([mark for mark in marks if mark[0] == 1]) == len(risks)
    assert dests == sorted(dests)
    assert dests[-1] > 10
    content = target.read_bytes()
    assert b"zh-Hant-HK" in content
    assert str(Path.home()).encode() not in content
    assert str(target.parent).encode() not in content


def test_file_when_made_twice_then_it_is_the_same_byte_by_byte(
    sampled: Register, tmp_path: Path
) -> None:
    for name in NAMES:
        files = [tmp_path / f"{name}{n}.pdf" for n in (1, 2)]
        for file in files:
            reports.make(sampled, name, file, EN)
        assert files[0].read_bytes() == files[1].read_bytes()


def test_fonts_when_a_report_is_made_then_all_of_them_are_embedded(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "action-coverage", target, EN)
    with pages.opened(target) as document:
        flags = {
            raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item.raw))
            for page in document
            for item in page.get_objects()
            if item.type == raw.FPDF_PAGEOBJ_TEXT
        }
    assert flags == {1}


def test_risk_register_when_risks_differ_then_the_worst_is_first_and_the_closed_one_last(
    opened: Register, target: Path
) -> None:
    a_risk(opened, "Small one", 1, 1)
    a_risk(opened, "Over and done", 5, 5, status="closed")
    a_risk(opened, "Worst one", 5, 5)
    a_risk(opened, "Middle one", 3, 4)
    add(opened, "risk", "Unscored one")
    reports.make(opened, "risk-register", target, EN)
    text = pages.body(target)
    wanted = ["Worstone", "Middleone", "Smallone", "Unscoredone", "Overanddone"]
    assert sorted(wanted, key=text.index) == wanted
    assert "Notscored1" in text


def test_risk_register_when_there_is_no_risk_then_it_says_so(
    opened: Register, target: Path
) -> None:
    made = reports.make(opened, "risk-register", target, EN)
    assert made.pages == 1
    assert "There are no risks in the register yet." in pages.texts(target)[0]


def test_risk_register_when_printed_then_no_column_is_forgotten(
    sampled: Register, target: Path
) -> None:
    """Each label of a field that has no place of its own stands somewhere, so that a new field cannot be left out."""
    reports.make(sampled, "risk-register", target, EN)
    text = "".join(pages.texts(target))
    view_ids = [sampled.find("R-0001")]
    filled = sampled.record(view_ids[0])
    for key in ("cause", "event", "consequence", "treatment_text", "notes", "assets", "actions"):
        assert EN.label("risk", key) in text
    assert filled.title in text
    assert set(columns(Risk)) >= {"incidents", "actions"}


def test_one_record_when_asked_for_then_only_that_one_is_printed(
    sampled: Register, target: Path
) -> None:
    reports.make(sampled, "risk-register", target, EN, ref="r-0002")
    text = "".join(pages.texts(target))
    assert "Patient list visible on the booking page" in text
    assert "One record: R-0002." in text
    assert "Phishing opens a staff mailbox" not in text
    reports.make(sampled, "action-coverage", target, EN, ref="c3")
    assert "One record: C3." in pages.texts(target)[0]


@pytest.mark.parametrize(("name", "ref"), [("risk-register", "C3"), ("action-coverage", "R-0001")])
def test_one_record_when_it_is_of_another_kind_then_it_is_refused(
    sampled: Register, target: Path, name: str, ref: str
) -> None:
    with pytest.raises(Expected, match="There is no record") as failed:
        reports.make(sampled, name, target, EN, ref=ref)
    assert failed.value.id == "no_record"
    assert not target.exists()


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_action_coverage_when_printed_then_each_action_and_step_and_the_notice_are_there(
    sampled: Register, target: Path, language: Language
) -> None:
    reports.make(sampled, "action-coverage", target, translator(language))
    text = pages.body(target)
    wanted = [notice().get(language)]
    for action in policy_actions():
        wanted += [action.title.get(language), *(step.text.get(language) for step in action.steps)]
        if action.source_status != "found" and action.source_note:
            wanted.append(action.source_note.get(language))
    assert [each for each in wanted if pages.bare(each) not in text] == []


def test_action_coverage_when_an_action_is_late_then_it_says_since_when(
    opened: Register, target: Path
) -> None:
    action = opened.record(opened.find("C2"))
    change(opened, action, applies="yes", status="in_progress", due_on=date(2020, 1, 31))
    reports.make(opened, "action-coverage", target, EN)
    text = pages.body(target)
    assert "overduesince31Jan2020" in text
    assert "due31Jan2020" not in text.replace("overduesince31Jan2020", "")


def test_action_coverage_when_evidence_is_nasty_then_it_stands_there(
    opened: Register, target: Path
) -> None:
    step = opened.record(opened.find("C3.2"))
    action = opened.record(opened.find("C3"))
    change(opened, step, status="done", evidence_text=f"{NASTY} {SCRIPTS}", done_by="<b>")
    change(opened, action, notes="n" * 2_000, reason_if_not=NASTY, applies="partly")
    reports.make(opened, "action-coverage", target, EN)
    text = pages.body(target)
    assert pages.bare(f"{NASTY} {SCRIPTS}") in text
    assert "n" * 2_000 in text


def test_target_when_it_is_a_folder_then_it_is_refused_and_nothing_is_left(
    opened: Register, tmp_path: Path
) -> None:
    target = tmp_path / "folder.pdf"
    target.mkdir()
    with pytest.raises(Expected) as failed:
        reports.make(opened, "risk-register", target, EN)
    assert failed.value.id == "cannot_write"
    assert list(tmp_path.glob("*.part")) == []


def test_target_when_the_disk_is_full_then_the_old_file_stays(
    opened: Register, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(b"the one of last month")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Expected) as failed:
        reports.make(opened, "risk-register", target, EN)
    assert failed.value.id == "no_room"
    assert target.read_bytes() == b"the one of last month"
    assert list(target.parent.glob(".*.part")) == []


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() == 0 or os.name == "nt",
    reason="an administrator may write everywhere",
)
def test_target_when_the_folder_is_read_only_then_the_old_file_stays(
    opened: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    target = folder / "out.pdf"
    target.write_bytes(b"old")
    folder.chmod(0o500)
    try:
        with pytest.raises(Expected) as failed:
            reports.make(opened, "risk-register", target, EN)
    finally:
        folder.chmod(0o700)
    assert failed.value.id == "cannot_write"
    assert target.read_bytes() == b"old"


def test_target_when_the_folder_is_missing_then_it_is_refused(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as failed:
        reports.make(opened, "risk-register", tmp_path / "gone" / "x.pdf", EN)
    assert failed.value.id == "cannot_write"


def test_target_when_it_is_the_register_itself_then_it_is_refused(
    opened: Register, path: Path
) -> None:
    before = path.stat().st_size
    with pytest.raises(Expected) as failed:
        reports.make(opened, "risk-register", path, EN)
    assert failed.value.id == "not_a_pdf"
    assert path.stat().st_size == before


def test_name_when_it_is_unknown_then_the_names_are_listed(opened: Register, target: Path) -> None:
    with pytest.raises(
        Expected, match="summary, risk-register, measures, action-coverage"
    ) as failed:
        reports.make(opened, "weather", target, EN)
    assert failed.value.id == "no_report"


def test_cancel_when_asked_while_drawing_then_the_old_file_stays(
    sampled: Register, target: Path
) -> None:
    class Stop:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if done == 3:
                raise Cancelled

    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        reports.make(sampled, "risk-register", target, EN, work=Stop())
    assert target.read_bytes() == b"old"
    assert list(target.parent.glob(".*.part")) == []


def test_make_for_when_done_then_the_journal_notes_where_the_copy_went(
    opened: Register, target: Path
) -> None:
    record = a_risk(opened)
    before = opened.head()
    made = reports.make_for(opened, "risk-register", target, EN, ref=record.ref)
    entry = opened.log(limit=1)[0]
    assert (entry.act, entry.facts["report"], entry.facts["file"]) == (
        "report",
        "risk-register",
        "out.pdf",
    )
    assert entry.facts["fingerprint"] == made.fingerprint == before.fingerprint
    assert opened.verify(made.fingerprint).ok


def test_report_when_the_register_changes_while_it_is_read_then_it_is_read_again(
    opened: Register, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = a_risk(opened, "Oldwords")
    tell, calls = reports.REPORTS["risk-register"].tell, []

    def meddled(asked: writing.Asked) -> writing.Told:
        told = tell(asked)
        if not calls:
            made = edit(record, {"title": "Newwords"})
            assert made is not None
            opened.apply(ChangeSet(act="edit", changes=(made,)))
        calls.append(1)
        return told

    monkeypatch.setattr(writing, "REPORTS", {"risk-register": writing.Report(meddled)})
    made = reports.make(opened, "risk-register", target, EN)
    text = "".join(pages.texts(target))
    assert ("Newwords" in text, "Oldwords" in text, len(calls)) == (True, False, 2)
    assert made.fingerprint == opened.head().fingerprint


def test_as_of_when_an_older_state_is_printed_then_it_shows_that_state_and_its_code(
    opened: Register, target: Path
) -> None:
    record = a_risk(opened, "First words")
    then = opened.head()
    change(opened, record, title="Later words")
    made = reports.make(opened.as_of(then.seq), "risk-register", target, EN)
    text = "".join(pages.texts(target))
    assert "First words" in text
    assert made.fingerprint == then.fingerprint


def test_clock_when_it_differs_then_only_the_moment_differs(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    with clock.fixed(replace_day(21)):
        reports.make(opened, "risk-register", tmp_path / "b.pdf", EN)
    assert "Sat 21 Nov 2026" in pages.texts(tmp_path / "b.pdf")[0]


def replace_day(day: int):
    return NOW.replace(day=day)
