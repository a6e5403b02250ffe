"""Texts for people in their language: one gettext catalogue for window, workbook, PDF and command line.

English texts are the msgids; `resources/locale/LANG.po` holds the others. There is no current language: every caller hands a
`Translator` along, so that a report may be in Chinese while the window is in English.
"""

from __future__ import annotations

import gettext as gnu
import locale
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from riskreg.catalogue import resources_folder
from riskreg.errors import N_ as N_
from riskreg.records import KINDS, SYSTEM, Record, columns, declared
from riskreg.records.base import per_kind
from riskreg.records.fields import FieldKind

Language = Literal["en", "zh_Hant", "zh_Hans"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

LANGUAGE_NAMES: Final = {"en": "English", "zh_Hant": "繁體中文", "zh_Hans": "简体中文"}
"""Each language in its own words, which is how a person finds theirs."""

DOMAIN: Final = "riskreg"


def NP_(context: str, text: str) -> tuple[str, str]:  # noqa: N802
    """Mark a text for translation in a context, where it is declared."""
    return context, text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a text with a number for translation, where it is declared."""
    return one, many


IN_CONTEXT: Final = (
    NP_("organisation.title", "Title"),
    NP_("asset.title", "Title"),
    NP_("party.title", "Title"),
    NP_("incident.closed_at", "Closed"),
    NP_("incident.assessed_at", "Assessed"),
    NP_("processing.pia_status", "Assessed"),
    NP_("own_rule.amount", "Number"),
)
"""Labels that another language words differently for one kind. All others are translated once, for every kind."""

COMMON: Final[dict[str, str]] = {
    "kind": N_("Kind"),
    "version": N_("Version"),
    "id": N_("Number"),
}
"""Labels of what a table or sheet of records shows besides its fields."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Turns the program's English texts into one language; a text without a translation stays English.

    Two translators of one language are equal, so a cache may be keyed by translator.
    """

    language: Language
    _texts: gnu.NullTranslations = field(repr=False, compare=False)

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self._texts.gettext(text) if text else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The text that goes with this number, its `{placeholders}` not yet filled.

        Rooms that cannot import `NN_` mark both forms with `N_`, each on its own; those are found too.
        """
        found = self._texts.ngettext(one, many, number)
        return self.gettext(found) if found in (one, many) else found

    def pgettext(self, context: str, text: str) -> str:
        """The text as this context words it; without such a wording, as `gettext` gives it."""
        found = self._texts.pgettext(context, text) if text else ""
        return self.gettext(text) if found == text else found

    def label(self, kind: type[Record] | str, key: str) -> str:
        """What a column of `records.columns(kind)` is called; `kind` is empty where several kinds are shown together."""
        if key in COMMON and key not in _columns(_kind(kind)):
            return self.gettext(COMMON[key])
        return self.pgettext(_context(kind, key), _columns(_kind(kind))[key].label)

    def help(self, kind: type[Record] | str, key: str) -> str:
        """What stands beside a field; empty where nothing needs saying."""
        return self.pgettext(_context(kind, key), _columns(_kind(kind))[key].help)

    def section(self, text: str) -> str:
        """The name of a part of a form; empty for the first part."""
        return self.gettext(text)

    def kind_name(self, kind: type[Record] | str, plural: bool = True) -> str:
        """What a kind of record is called."""
        what = _kind(kind)
        return self.gettext(what.plural if plural else what.singular)


@cache
def translator(language: Language) -> Translator:
    """The translator of a language; the same one each time."""
    return Translator(language, _read(language))


def translators() -> Iterator[Translator]:
    """The translators of all languages: a cell may be written in any of them."""
    return map(translator, LANGUAGES)


def guess_language(names: Iterable[str] = ()) -> Language:
    """The language that fits this computer best.

    Args:
        names: What the window system says people prefer, best first; without any, the system's locale is asked.
    """
    for name in names or _system_names():
        if language := _language(name):
            return language
    return "en"


def _context(kind: type[Record] | str, key: str) -> str:
    return f"{kind if isinstance(kind, str) else getattr(kind, 'kind', '')}.{key}"


def _kind(kind: type[Record] | str) -> type[Record]:
    if isinstance(kind, str):
        return KINDS[kind] if kind else Record
    return kind


@per_kind
def _columns(kind: type[Record]) -> dict[str, FieldKind]:
    """What `columns` answers, also for records of several kinds."""
    return {**declared(kind), **SYSTEM} if kind is Record else dict(columns(kind))


def _read(language: Language) -> gnu.NullTranslations:
    folder = resources_folder() / "locale"
    source = folder / f"{language}.po"
    compiled = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if compiled.exists() and not _is_newer(source, compiled):
        with compiled.open("rb") as file:
            return gnu.GNUTranslations(file)
    return _compiled(source) if source.exists() else gnu.NullTranslations()


def _is_newer(source: Path, compiled: Path) -> bool:
    """Whether the texts changed since they were compiled, as while translating; a packed program has no source."""
    return source.exists() and source.stat().st_mtime > compiled.stat().st_mtime


def _compiled(source: Path) -> gnu.NullTranslations:
    """The translations of a .po that nobody has compiled yet, as in a fresh checkout."""
    memory = BytesIO()
    with source.open("rb") as file:
        write_mo(memory, read_po(file, locale=source.stem, domain=DOMAIN))
    memory.seek(0)
    return gnu.GNUTranslations(memory)


def _system_names() -> list[str]:
    """What the environment and the system's locale say, in the order in which gettext asks."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    names = os.environ.get("LANGUAGE", "").split(":") + named
    return [name for name in names if name] or [locale.getlocale()[0] or ""]


def _language(name: str) -> Language | None:
    """The language of a locale name such as `zh_HK.UTF-8`, `yue-Hant-HK` or Windows' `Chinese (Simplified)_China`."""
    words = set(name.lower().replace("-", "_").replace(".", "_").replace("@", "_").split("_"))
    if words & {"en", "english"} or any(word.startswith("english") for word in words):
        return "en"
    if not (words & {"zh", "yue", "cmn"} or any(word.startswith("chinese") for word in words)):
        return None
    simplified = words & {"hans", "cn", "sg", "chinese (simplified)"} or words == {"zh"}
    return "zh_Hans" if simplified and "hant" not in words else "zh_Hant"
