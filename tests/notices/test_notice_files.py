"""Notices as files: written, noted in the history, read back; and what is privileged stays inside."""

from __future__ import annotations

from pathlib import Path

import docx
import pypdfium2
import pytest

from riskreg import notices, reports
from riskreg.cases import case_of
from riskreg.errors import Expected
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.notice_files import write_notice
from riskreg.wording import act_words
from tests.notices.cases_told import add, empty_case, full_case, opened_in, rule


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    made = opened_in(tmp_path_factory.mktemp("files"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(store):
    return full_case(store)


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def bare(text: str) -> str:
    """Without white space: where lines break is not what is asked."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("key", "language"),
    [
        ("hk_pcpd", "en"), ("hk_pcpd", "zh_Hant"), ("hk_people", "en"), ("hk_people", "zh_Hans"),
        ("eu_authority", "en"), ("sg_authority", "zh_Hant"), ("cn_authority", "zh_Hans"),
        ("ci_serious", "en"), ("contract_customer", "en"), ("eu_people", "en"),
    ],
)  # fmt: skip
def test_pdf_when_all_is_known_then_every_word_reads_back(
    store, full, tmp_path: Path, key: str, language: Language
) -> None:
    case, target = full, tmp_path / "notice.pdf"
    made = write_notice(store, case.incident.id, rule(key), target, language)
    text = bare("".join(pages_of(target)))
    assert made.prepared.language == language
    written = notices.paper(case_of(store, case.incident.id), rule(key), "notice", language, store)
    for block in written.blocks:
        assert bare(block.heading) in text
        for line in block.text.splitlines():
            assert bare(line) in text


def test_pdf_when_a_drill_then_every_page_says_so(store, tmp_path: Path) -> None:
    case, target = full_case(store, drill=True), tmp_path / "letter.pdf"
    write_notice(store, case.incident.id, rule("hk_people"), target, "en")
    found = pages_of(target)
    assert len(found) > 1
    assert all("DRILL 演練" in page for page in found)


def test_pdf_when_only_the_title_is_known_then_it_says_what_is_not(store, tmp_path: Path) -> None:
    made = write_notice(store, empty_case(store).incident.id, rule("hk_people"), tmp_path / "a.pdf", "en")  # fmt: skip
    assert "Not known yet" in "".join(pages_of(tmp_path / "a.pdf"))
    assert "what_happened" in {each.key for each in made.missing}


def test_file_when_written_then_the_history_notes_where_it_went(store, tmp_path: Path) -> None:
    case = full_case(store)
    for name in ("letter.pdf", "letter.docx"):
        write_notice(store, case.incident.id, rule("hk_people"), tmp_path / name, "en")
    noted = [act_words(each, translator("en")) for each in store.log(limit=2)]
    assert noted == ["Export to letter.docx", "Report Notice to letter.pdf"]
    assert [each.facts["ref"] for each in store.log(limit=2)] == [case.incident.ref] * 2


@pytest.mark.parametrize("kind", ["letter", "message", "script"])
def test_word_when_for_people_then_it_opens(store, full, tmp_path: Path, kind) -> None:
    case, target = full, tmp_path / "out.docx"
    write_notice(store, case.incident.id, rule("hk_people"), target, "zh_Hant", kind=kind)
    assert docx.Document(str(target)).paragraphs


def test_word_when_a_template_lies_beside_the_register_then_it_is_used(tmp_path: Path) -> None:
    store = opened_in(tmp_path)
    folder = tmp_path / "templates"
    folder.mkdir()
    template = docx.Document()
    template.add_paragraph("{{ organisation }} / {{ title }} / {{ reference }}")
    template.save(str(folder / "notice.docx"))
    case = full_case(store)
    write_notice(store, case.incident.id, rule("eu_authority"), tmp_path / "n.docx", "en")
    (line,) = docx.Document(str(tmp_path / "n.docx")).paragraphs
    assert line.text == f"Harbour Clinic 海港診所 / Notice to the authority / {case.incident.ref}"
    store.close()


@pytest.mark.parametrize(("key", "name", "kind", "id"), [
    ("eu_authority", "n.txt", "notice", "not_a_notice_file"),
    ("eu_authority", "n.pdf", "letter", "notice_not_for_people"),
    ("eu_authority", "n.docx", "message", "notice_not_for_people"),
])  # fmt: skip
def test_file_when_it_cannot_be_then_nothing_is_written(
    store, full, tmp_path: Path, key: str, name: str, kind, id: str
) -> None:
    case = full
    with pytest.raises(Expected) as raised:
        write_notice(store, case.incident.id, rule(key), tmp_path / name, "en", kind=kind)
    assert raised.value.id == id
    assert not (tmp_path / name).exists()


def test_file_when_the_incident_is_privileged_then_only_who_asks_by_name_gets_it(
    store, tmp_path: Path
) -> None:
    case, target = full_case(store, is_privileged=True), tmp_path / "n.pdf"
    with pytest.raises(Expected) as raised:
        write_notice(store, case.incident.id, rule("eu_authority"), target, "en")
    assert raised.value.id == "privileged"
    write_notice(store, case.incident.id, rule("eu_authority"), target, "en", with_privileged=True)
    assert target.exists()


def test_file_when_an_entry_is_privileged_then_it_is_left_out_and_counted(store, tmp_path: Path) -> None:  # fmt: skip
    from tests.notices.cases_told import at

    case, target = full_case(store), tmp_path / "n.pdf"
    add(
        store, "entry", title="Counsel says", happened_at=at("2026-11-21T09:30"), in_summary=True,
        is_privileged=True, incident=frozenset({case.incident.id}),
    )  # fmt: skip
    made = write_notice(store, case.incident.id, rule("sg_authority"), target, "en")
    assert "Counsel says" not in "".join(pages_of(target))
    assert made.left_out == 1


def test_message_when_the_name_is_long_then_it_stays_within_300_and_names_no_data(
    tmp_path: Path,
) -> None:
    from riskreg import register

    for place, name in enumerate(("Clinic", "Very long name " * 12, "極" * 299)):
        store = register.create(tmp_path / f"r{place}.riskreg", name=name)
        case = full_case(store, drill=True)
        for language in LANGUAGES:
            text = notices.paper(case, rule("hk_people"), "message", language, store).text
            assert len(text) <= notices.MESSAGE_LIMIT
            assert text.startswith("DRILL 演練")
            assert "HKID" not in text
            assert "salar" not in text.lower()
            assert "Payroll" not in text
        store.close()


def test_paper_when_drawn_twice_then_the_bytes_are_the_same(store) -> None:
    from riskreg import clock
    from riskreg.reports import notice as pages

    written = notices.paper(full_case(store), rule("hk_people"), "letter", "en", store)
    drawn = [pages.draw(store, written, translator("en"), now=clock.now()) for _ in range(2)]
    assert drawn[0].content == drawn[1].content
    assert isinstance(drawn[0], reports.Paper)


def test_form_when_the_law_is_that_of_the_united_kingdom_then_there_is_none(
    store, full, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as raised:
        write_notice(store, full.incident.id, rule("uk_authority"), tmp_path / "a.json", "en")
    assert raised.value.id == "not_a_form"
