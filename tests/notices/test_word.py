"""Notices as Word files: the words are kept letter by letter, and nothing in a record is code."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskreg import notices
from riskreg.errors import Expected
from riskreg.exchange import word
from riskreg.i18n import LANGUAGES, Language
from riskreg.notices import PaperKind
from tests.notices.cases_told import full_case, opened_in, rule

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "notices"

NASTY = "\n".join(
    [
        "{{ 7*7 }} {% for x in y %} {%p if z %} {# c #} {_{ 8*8 }_} {_% if %_}",
        "<w:t>bold</w:t> </w:t></w:r></w:p> & &amp; &#123; \"quoted\" 'single'",
        "a\tb  two spaces 海港診所、𨋢 “quoted” 100 %",
    ]
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    made = opened_in(tmp_path_factory.mktemp("word"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(store):
    return full_case(store)


@pytest.fixture(scope="module")
def full_letter(store, full):
    return notices.paper(full, rule("hk_people"), "letter", "en", store)


def said(content: bytes) -> str:
    """All texts of a Word file: paragraphs and tables in their order."""
    found = docx.Document(BytesIO(content))
    lines: list[str] = []
    for block in found.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [cell.text for row in block.rows for cell in row.cells]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def head(content: bytes) -> str:
    return docx.Document(BytesIO(content)).sections[0].header.paragraphs[0].text


def written(store, case, key: str, kind: PaperKind = "notice", language: Language = "en"):
    return notices.paper(case, rule(key), kind, language, store)


def test_document_when_a_record_holds_code_then_it_stays_text(store) -> None:
    case = full_case(store, narrative=NASTY, containment="{{ organisation }}")
    for key, kind in (("hk_people", "letter"), ("eu_authority", "notice"), ("hk_pcpd", "notice")):
        text = said(word.document(written(store, case, key, kind)))
        assert NASTY in text
        assert "{{ organisation }}" in text
        assert "49" not in text
        assert "64" not in re.sub(r"2345 \d+", "", text)


def test_document_when_a_text_holds_what_xml_cannot_then_it_is_left_out(store, full) -> None:
    made = written(store, full, "eu_authority")
    odd = replace(made, before=("one\x0btwo\x07three\ufffefour",))
    assert "onetwothreefour" in said(word.document(odd))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["letter", "message", "script"])
def test_document_when_for_people_then_every_word_of_it_reads_back(
    store, full, kind: PaperKind, language: Language
) -> None:
    made = written(store, full, "hk_people", kind, language)
    text = said(word.document(made))
    for part in (*made.before, *made.after, *(each.heading for each in made.blocks)):
        assert part in text
    for each in made.blocks:
        assert each.text in text
    assert made.title in text
    assert made.sender[0] in text


def test_document_when_made_twice_then_the_bytes_are_the_same_and_tell_nobody(store, full) -> None:
    made = written(store, full, "hk_people", "letter")
    first, second = word.document(made), word.document(made)
    assert first == second
    properties = docx.Document(BytesIO(first)).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    with zipfile.ZipFile(BytesIO(first)) as file:
        about = file.read("docProps/core.xml") + file.read("docProps/app.xml")
    assert b"python-docx" not in about
    assert b"2013" not in about


@pytest.mark.parametrize(("language", "font"), [("zh_Hant", "Microsoft JhengHei"), ("zh_Hans", "Microsoft YaHei")])  # fmt: skip
def test_document_when_chinese_then_it_names_the_font_and_hints_at_it(
    store, full, language: Language, font: str
) -> None:
    content = word.document(written(store, full, "hk_people", "letter", language))
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert f'w:eastAsia="{font}"' in file.read("word/styles.xml").decode()
        assert 'w:hint="eastAsia"' in file.read("word/document.xml").decode()


def test_document_when_a_drill_then_the_head_of_each_page_says_so(store, full) -> None:
    drill, real = full_case(store, drill=True), full
    for kind in ("letter", "message", "script"):
        assert head(word.document(written(store, drill, "hk_people", kind))) == "DRILL 演練"
        assert head(word.document(written(store, real, "hk_people", kind))) == ""


def test_document_when_the_organisation_has_a_template_then_it_is_used(
    store, full, tmp_path
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    template = docx.Document(str(RESOURCES / "letter.en.docx"))
    template.add_paragraph("Our own last line for {{ organisation }}")
    template.save(str(own / "letter.docx"))
    made = written(store, full, "hk_people", "letter")
    assert "Our own last line for Harbour Clinic 海港診所" in said(word.document(made, own))
    assert "Our own" not in said(word.document(made))
    shutil.copy(RESOURCES / "letter.en.docx", own / "letter.en.docx")
    assert "Our own" not in said(word.document(made, own))


@pytest.mark.parametrize("code", ["{{ nothing_such }}", "{% for %}", "{{ ''.__class__.__mro__ }}"])
def test_document_when_an_own_template_is_wrong_then_it_is_told(
    store, full, tmp_path, code: str
) -> None:
    template = docx.Document(str(RESOURCES / "letter.en.docx"))
    template.add_paragraph(code)
    template.save(str(tmp_path / "letter.docx"))
    with pytest.raises(Expected) as raised:
        word.document(written(store, full, "hk_people", "letter"), tmp_path)
    assert raised.value.id == "template_wrong"
    assert raised.value.parameters["path"] == "letter.docx"


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_document_when_an_own_template_is_damaged_then_it_is_told(
    store, full, tmp_path, content: bytes
) -> None:
    (tmp_path / "letter.docx").write_bytes(content)
    with pytest.raises(Expected) as raised:
        word.document(written(store, full, "hk_people", "letter"), tmp_path)
    assert raised.value.id == "template_damaged"


def test_templates_when_made_again_then_they_are_those_that_ship(tmp_path: Path) -> None:
    import runpy

    recipe = runpy.run_path(str(RESOURCES / "make_templates.py"))
    recipe["main"](tmp_path)
    made = sorted(tmp_path.glob("*.docx"))
    assert len(made) == 6
    for each in made:
        assert each.read_bytes() == (RESOURCES / each.name).read_bytes(), each.name


@pytest.mark.parametrize("kind", ["letter", "message", "script", "notice"])
def test_document_when_made_then_no_table_is_empty_and_the_last_thing_is_a_paragraph(
    store, full, kind: PaperKind
) -> None:
    key = "hk_pcpd" if kind == "notice" else "hk_people"
    made = docx.Document(BytesIO(word.document(written(store, full, key, kind))))
    assert all(len(table.rows) for table in made.tables)
    blocks = list(made.iter_inner_content())
    assert isinstance(blocks[-1], docx.text.paragraph.Paragraph)
    kinds = [isinstance(each, docx.table.Table) for each in blocks]
    assert (True, True) not in set(pairwise(kinds))


ODD: Final = st.text(
    st.one_of(
        st.sampled_from("{}%_#<>&;'\"\\ \n\t\r\a\f\x0b\u2028\ufeff\ufffe𨋢海"),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD, min_size=1, max_size=6))
def test_document_when_texts_are_odd_then_each_reads_back_as_it_is(full_letter, texts) -> None:
    content = word.document(replace(full_letter, before=("Dear", *texts), after=()))
    found = [each.text for each in docx.Document(BytesIO(content)).paragraphs]
    for text in texts:
        kept = _allowed(text.replace("\r\n", "\n").replace("\r", "\n"))
        assert kept in found


def _allowed(text: str) -> str:
    """What XML 1.0 can hold (section 2.2)."""
    return "".join(
        char for char in text
        if char in "\t\n" or "\x20" <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
    )  # fmt: skip


def test_pages_when_a_text_is_as_long_as_can_be_then_all_of_it_is_printed(
    store, tmp_path: Path
) -> None:
    import pypdfium2

    from riskreg.notice_files import write_notice

    long = "\n".join(f"Line {number} of what happened, told in full." for number in range(700))
    case, target = full_case(store, narrative=long), tmp_path / "long.pdf"
    for key in ("hk_people", "eu_authority", "hk_pcpd"):
        write_notice(store, case.incident.id, rule(key), target, "en")
        with pypdfium2.PdfDocument(target) as pdf:
            text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert all(f"Line {number} of" in text for number in range(700)), key
