"""One catalogue for all rooms: found, compiled or not, in the right language, complete for every declaration."""

import gettext
import os
import re

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from riskreg import i18n
from riskreg.i18n import LANGUAGES, Translator, guess_language, translator
from riskreg.records import KINDS, Record, columns

HAN = re.compile(r"[\u4e00-\u9fff]")

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Save"
msgstr "{saved}"
"""


@pytest.fixture
def resources(tmp_path, monkeypatch):
    """A folder of resources of its own, in which nothing is compiled."""
    monkeypatch.setattr(i18n, "resources_folder", lambda: tmp_path)
    (tmp_path / "locale").mkdir()
    translator.cache_clear()
    yield tmp_path
    translator.cache_clear()


def a_translation(resources, text="儲存"):
    po = resources / "locale" / "zh_Hant.po"
    po.write_text(PO.replace("{saved}", text), encoding="utf-8")
    return po


def a_compiled(resources, po):
    mo = resources / "locale" / "zh_Hant" / "LC_MESSAGES" / "riskreg.mo"
    mo.parent.mkdir(parents=True)
    with po.open("rb") as source, mo.open("wb") as target:
        write_mo(target, read_po(source, locale="zh_Hant"))
    return mo


def test_translator_when_nothing_is_compiled_reads_the_po(resources):
    a_translation(resources)
    assert translator("zh_Hant").gettext("Save") == "儲存"


def test_translator_when_the_po_is_gone_reads_what_was_compiled(resources):
    po = a_translation(resources)
    a_compiled(resources, po)
    po.unlink()
    assert translator("zh_Hant").gettext("Save") == "儲存"


def test_translator_when_the_po_changed_since_it_was_compiled_reads_the_po(resources):
    mo = a_compiled(resources, a_translation(resources))
    os.utime(mo, (0, 0))
    a_translation(resources, "保存")
    assert translator("zh_Hant").gettext("Save") == "保存"


def test_translator_when_there_is_no_translation_at_all_stays_english(resources):
    assert translator("zh_Hant").gettext("Save") == "Save"


def test_gettext_of_an_empty_text_is_empty_and_not_the_catalogue_s_head():
    for language in LANGUAGES:
        assert translator(language).gettext("") == ""
        assert translator(language).section("") == ""


def test_pgettext_without_a_wording_for_the_context_gives_the_common_one():
    t = translator("zh_Hant")
    assert t.label("risk", "title") == "標題"
    assert t.label("organisation", "title") == "機構名稱"


def test_ngettext_in_english_follows_the_number_and_chinese_has_one_form():
    forms = ("{number} record", "{number} records")
    assert [translator("en").ngettext(*forms, number) for number in (0, 1, 2)] == [
        forms[1],
        forms[0],
        forms[1],
    ]
    assert {translator("zh_Hans").ngettext(*forms, number) for number in (0, 1, 2)} == {
        "{number} 条记录"
    }


def test_ngettext_of_forms_that_were_marked_one_by_one_is_translated(resources):
    a_translation(resources)
    assert translator("zh_Hant").ngettext("One", "Save", 2) == "儲存"


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_label_help_section_and_name_of_a_kind_is_translated(language, kind):
    t = translator(language)
    texts = [t.kind_name(kind), t.kind_name(KINDS[kind], plural=False)]
    for key, what in columns(KINDS[kind]).items():
        texts += [t.label(kind, key), t.help(kind, key), t.section(what.section)]
    assert [text for text in texts if text and not HAN.search(text)] == []


def test_label_of_records_of_several_kinds_has_what_every_kind_has():
    t = translator("en")
    assert [t.label("", key) for key in ("ref", "kind", "title", "due_at", "updated_at")] == [
        "Ref",
        "Kind",
        "Title",
        "Next date",
        "Last changed",
    ]
    assert t.label(Record, "ref") == "Ref"


def test_translators_of_one_language_are_equal_so_that_caches_can_be_keyed_by_them():
    one = Translator("en", gettext.NullTranslations())
    assert one == translator("en")
    assert hash(one) == hash(translator("en"))
    assert one != translator("zh_Hans")


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["zh_HK.UTF-8"], "zh_Hant"),
        (["zh-Hant-TW"], "zh_Hant"),
        (["yue-Hant-HK"], "zh_Hant"),
        (["zh_CN.UTF-8"], "zh_Hans"),
        (["zh-Hans-HK"], "zh_Hans"),
        (["zh"], "zh_Hans"),
        (["Chinese (Traditional)_Hong Kong SAR.950"], "zh_Hant"),
        (["Chinese (Simplified)_China.936"], "zh_Hans"),
        (["English_United States.1252"], "en"),
        (["en_HK"], "en"),
        (["de_DE", "zh_TW"], "zh_Hant"),
        (["de_DE"], "en"),
        (["C.UTF-8"], "en"),
    ],
)
def test_guess_language_from_what_a_system_calls_it(names, language):
    assert guess_language(names) == language


def test_guess_language_without_names_asks_the_environment(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_HK.UTF-8")
    assert guess_language() == "zh_Hant"
    monkeypatch.setenv("LANGUAGE", "en:zh_CN")
    assert guess_language() == "en"


@pytest.mark.parametrize("kind", KINDS)
def test_no_label_of_a_kind_names_two_fields_in_any_language(kind):
    """Columns of a spreadsheet are found by their labels, in whichever language it was written."""
    fields_called: dict[str, set[str]] = {}
    for t in map(translator, LANGUAGES):
        for key in columns(KINDS[kind]):
            fields_called.setdefault(t.label(kind, key).casefold(), set()).add(key)
    assert {label: keys for label, keys in fields_called.items() if len(keys) > 1} == {}
