"""The check of translations sees what a reader would stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.translations import main, problems

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
