"""The check of translations sees what a reader would stumble over."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.architecture.translations import _forms, main, problems

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


def written(folder: Path, entry: str) -> Path:
    po = folder / "zh_Hant.po"
    po.write_text(HEADER + entry, encoding="utf-8")
    return po


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "Title"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Title"\nmsgstr "標題"\n', "uncertain"),
        ('msgid "{n} of {all}"\nmsgstr "{n} 項"\n', "leaves out"),
        ('msgid "{n} rows"\nmsgstr "{m} 行"\n', "does not offer"),
        ('msgid "{n} row"\nmsgid_plural "{n} rows"\nmsgstr[0] "一行"\n', "leaves out"),
    ],
)
def test_translation_when_something_is_wrong_then_text_and_problem_are_named(
    tmp_path: Path, entry: str, problem: str
) -> None:
    (found,) = problems(written(tmp_path, entry))
    assert problem in found
    assert found.startswith("zh_Hant.po:")
    assert main(tmp_path) == 1


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Title"\nmsgstr "標題"\n',
        'msgctxt "risk.title"\nmsgid "{a} of {b}"\nmsgstr "{b} 中的 {a}"\n',
        'msgid "One row"\nmsgid_plural "{n} rows"\nmsgstr[0] "{n} 行"\n',
        '#~ msgid "Gone"\n#~ msgstr ""\n',
    ],
)
def test_translation_when_it_is_whole_then_nothing_is_said(tmp_path: Path, entry: str) -> None:
    assert problems(written(tmp_path, entry)) == []
    assert main(tmp_path) == 0


ROOT = Path(__file__).resolve().parents[2]


def marked(code: Path) -> set[str]:
    """The texts that a file marks for translation, as Python reads it."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(code.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("N_", "NN_")
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_texts_when_marked_anywhere_then_all_were_collected() -> None:
    # the collector does not look inside f-strings
    po = ROOT / "resources" / "locale" / "zh_Hant.po"
    with po.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hant")
    known = {text for each in catalogue if each.id for text in _forms(each.id)}
    texts = {
        text: code.name
        for folder in ("riskreg", "ui")
        for code in (ROOT / folder).rglob("*.py")
        for text in marked(code)
    }
    assert len(texts) > 1000
    assert {text: where for text, where in texts.items() if text not in known} == {}


def test_texts_when_they_have_a_plural_then_none_is_asked_for_without_a_number() -> None:
    """Older Pythons (3.11.2) find no translation there, newer ones do: nobody would see it here."""
    with (ROOT / "resources" / "locale" / "zh_Hant.po").open("rb") as file:
        plural = {entry.id[0] for entry in read_po(file) if isinstance(entry.id, tuple)}
    folders = (ROOT / "riskreg", ROOT / "ui")
    single = {text for folder in folders for code in folder.rglob("*.py") for text in singles(code)}
    assert plural & single == set()


def singles(code: Path) -> set[str]:
    """The texts that a file asks for, or marks, as having one form."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(code.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in ("N_", "gettext")
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
