"""What holds for every report: its file, its headings, what is nasty, what is long, what is not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.changes import ChangeSet, addition
from riskreg.i18n import Language, translator
from riskreg.records import KINDS, REGISTER_KINDS, fields, stored
from riskreg.records.fields import Value
from riskreg.reports.breaking import NOT_FIRST
from riskreg.views import Register
from riskreg.wording import REPORTS as TITLES
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.reports import pages

EN = translator("en")
ABOUT_ONE = {
    "record": "R-0001",
    "incident": "I-2026-001",
    "edpb-form": "I-2026-001",
    "custody": "",
}
BLANK = ("response-card", "staff-report-slip", "decision", "custody", "statistics")
"""Reports that say nothing of the records that most tests here make."""
PARTIAL = {
    "treatment-plan": ("title", "treatment_text", "controls"),
    "to-do": ("title",),
    "handover": ("title",),
    "programme": ("title",),
    "register-33-5": ("title", "narrative", "effects", "containment", "remedy", "data_words"),
    "edpb-form": ("narrative", "systems", "weakness", "data_words", "containment", "remedy"),
}
"""Fields of a record that a report shows, where it does not show them all."""
LANGUAGES: tuple[Language, ...] = ("en", "zh_Hant", "zh_Hans")
TAGS = {"en": b"en-HK", "zh_Hant": b"zh-Hant-HK", "zh_Hans": b"zh-Hans-CN"}
NASTY = '</para><b>bold</b> & <img src="file:/etc/passwd"/> {0} %s &amp;'
FOOT = 72.0


def make(register: Register, name: str, target: Path, language: Language = "en") -> reports.Paper:
    """The report, the one of a record about the incident of the pictures or the newest of its kind."""
    ref = ""
    if name == "custody":
        ref = "F-0001" if register.is_sample else _a_file(register)
    elif reports.REPORTS[name].about == "one":
        ref = "I-2026-013" if register.is_sample else ABOUT_ONE[name]
    return reports.make(register, name, target, translator(language), ref=ref)


def _a_file(register: Register) -> str:
    """A piece of evidence without its file, as one that was erased."""
    return add(register, "evidence", "A file").ref


def test_reports_when_listed_then_each_has_a_name_for_people() -> None:
    assert list(reports.REPORTS) == list(TITLES)
    assert {"summary", "record", "changes", "incident-register", "asset-inventory"} <= set(TITLES)


@pytest.mark.parametrize("name", reports.REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_file_when_made_then_it_says_title_language_code_and_no_person_or_path(
    sampled: Register, target: Path, name: str, language: Language
) -> None:
    made = make(sampled, name, target, language)
    with pages.opened(target) as document:
        about = document.get_metadata_dict()
        marks = list(document.get_toc())
        assert len(document) == made.pages
    assert about["Title"].endswith(" – Harbour Clinic Ltd 海港診所有限公司")
    assert about["Author"] == ""
    assert about["Subject"] == made.fingerprint == sampled.verify().fingerprint
    assert marks
    content = target.read_bytes()
    assert b"/Lang (" + TAGS[language] in content.replace(b"/Lang(", b"/Lang (")
    assert str(Path.home()).encode() not in content
    assert str(target.parent).encode() not in content
    for text in pages.texts(target):
        assert made.fingerprint in text


@pytest.mark.parametrize("name", reports.REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_heading_when_it_stands_near_the_end_of_a_page_then_something_stands_below_it(
    sampled: Register, target: Path, name: str, language: Language
) -> None:
    make(sampled, name, target, language)
    alone, seen = [], 0
    with pages.opened(target) as document:
        for mark in document.get_toc():
            where = mark.get_dest()
            if where is None or mark.level > 0:
                continue
            seen += 1
            top = where.get_view()[1][1]
            page = document[where.get_index()]
            below = page.get_textpage().get_text_bounded(0, FOOT, page.get_width(), top - 26)
            if not below.strip():
                alone.append(mark.get_title())
    assert seen >= 2 or name in ABOUT_ONE or name in BLANK
    assert alone == []


@pytest.mark.parametrize("name", [name for name in reports.REPORTS if name not in ABOUT_ONE])
def test_report_when_the_register_is_empty_then_it_is_still_a_report(
    opened: Register, target: Path, name: str
) -> None:
    made = make(opened, name, target)
    assert 1 <= made.pages <= 9
    assert made.fingerprint in pages.texts(target)[0]


def nasty_values(kind: str) -> dict[str, Value]:
    """Markup in every field that takes free text."""
    found: dict[str, Value] = {}
    for key, what in stored(KINDS[kind]).items():
        if isinstance(what, fields.Line | fields.Prose):
            found[key] = f"{key} {NASTY}"
        elif isinstance(what, fields.Tags):
            found[key] = frozenset({"<b>", "&amp;"})
        elif isinstance(what, fields.Facts):
            found[key] = (("<i>", "</para>"),)
    return found


@contextmanager
def opened_files() -> Iterator[list[str]]:
    """The names of the files that are opened meanwhile, as the interpreter reports them."""
    seen: list[str] = []
    is_on = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and is_on[0] and event == "open" and arguments:
            seen.append(str(arguments[0]))

    sys.addaudithook(hook)
    yield seen
    is_on[0] = False


@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_when_every_field_holds_markup_then_it_is_text_and_no_file_is_opened(
    opened: Register, target: Path, name: str
) -> None:
    made = {}
    for kind in REGISTER_KINDS:
        values = nasty_values(kind)
        if kind in ("action", "step"):
            old = opened.record(opened.find("C3" if kind == "action" else "C3.2"))
            made[kind] = change(opened, old, **values)
        elif kind != "organisation":
            made[kind] = add(opened, kind, **values)
    change(opened, made["risk"], residual_likelihood=5, residual_impact=5, due_on=date(2026, 12, 1),
           assets=frozenset({made["asset"].id}))  # fmt: skip
    change(opened, made["activity"], planned_on=date(2026, 12, 1))
    with opened_files() as seen:
        make(opened, name, target)
    assert [path for path in seen if "passwd" in path] == []
    text = pages.body(target)
    kind = {"summary": "incident", "action-coverage": "action", "asset-inventory": "asset",
            "incident-register": "incident", "incident": "incident", "measures": "measure",
            "processing": "processing", "register-33-5": "incident", "edpb-form": "incident"}.get(name, "risk")  # fmt: skip
    if name in BLANK:
        return
    if name in ("summary", "checks"):
        assert "title</para><b>bold</b>" in text
        return
    abreast = ("storage_location", "system", "retention")  # cells are read line by line
    given = nasty_values(kind).items()
    shown = PARTIAL.get(name, [key for key, _ in given if key not in abreast])
    wanted = [str(value) for key, value in given if isinstance(value, str) and key in shown]
    assert wanted
    assert [each for each in wanted if pages.bare(each) not in text] == []
    assert "<b>" in text
    assert "</para>" in text


@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_when_words_are_longer_than_a_line_then_nothing_sticks_out_or_is_lost(
    opened: Register, target: Path, name: str
) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    owner = a_party(opened, word[:190])
    asset = an_asset(opened, word, description=word * 3, system=word, owner=frozenset({owner.id}))
    risk = a_risk(opened, word, 5, 5, cause=word * 3, assets=frozenset({asset.id}),
                  due_on=date(2026, 12, 1))  # fmt: skip
    an_incident(opened, word, narrative=word * 3, risks=frozenset({risk.id}))
    for kind in ("measure", "task", "processing", "transfer"):
        add(opened, kind, word, owner=frozenset({owner.id}))
    add(opened, "activity", word, owner=frozenset({owner.id}), planned_on=date(2026, 12, 1))
    make(opened, name, target)
    with pages.opened(target) as document:
        for page in document:
            width, _ = page.get_size()
            for item in page.get_objects():
                left, _, right, _ = item.get_bounds()
                assert left > 40 or right - left < 1
                assert right < width - 45
    if name not in ("summary", "action-coverage", *BLANK):
        assert word in pages.body(target)


@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_when_it_is_chinese_then_no_line_starts_with_a_closing_mark(
    opened: Register, target: Path, name: str
) -> None:
    clauses = "個人資料，外洩；（身份證號碼）、「地址」：已通知。《條例》第 26 條！"
    for shift in range(12):
        title, text = ("字" * shift + clauses * number for number in (2, 6))
        asset = an_asset(opened, title, description=text, retention=title)
        risk = a_risk(opened, title, 5, 5, cause=text, assets=frozenset({asset.id}))
        an_incident(opened, title, narrative=text, risks=frozenset({risk.id}))
        add(opened, "measure", title, description=text, evidence_text=title)
        add(opened, "processing", title, purposes=text, retention=title)
        add(opened, "task", title, risks=frozenset({risk.id}), due_on=date(2026, 12, 1))
        add(opened, "activity", title, planned_on=date(2026, 12, 1))
    make(opened, name, target, "zh_Hant")
    starts = {line[0] for line in pages.lines(target)}
    assert starts & NOT_FIRST <= {"–", "…"}
    assert not any(line[-1] in "（「《" for line in pages.lines(target))


@pytest.mark.parametrize("name", ["incident-register", "changes", "record"])
def test_report_when_there_are_hundreds_of_rows_then_none_is_lost_between_pages(
    opened: Register, target: Path, name: str
) -> None:
    risk = a_risk(opened, "All of them")
    ties = frozenset({risk.id} if name == "record" else ())
    changes = [
        addition(
            "incident",
            {
                "title": f"Case {number:03} of the year",
                "narrative": "What happened. " * (number % 9),
                "risks": ties,
            },
            -1 - number,
        )
        for number in range(300)
    ]
    opened.apply(ChangeSet(act="import", changes=tuple(changes)))
    made = make(opened, name, target)
    text = pages.body(target)
    assert made.pages > 10
    assert [n for n in range(300) if f"Case{n:03}oftheyear" not in text] == []
    assert [n for n in range(300) if text.count(f"I-2026-{n + 1:03}") < 1] == []
