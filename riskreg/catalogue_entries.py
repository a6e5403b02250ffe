"""A file of the catalogue as it is read: every table knows where it stands, so that a complaint names both.

The files are part of the program, so damage to them is a `ValueError` for who builds it, not a failure
that the user can mend.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from riskreg.records.terms import Text

LANGUAGES: Final = ("en", "zh_Hant", "zh_Hans")
T = TypeVar("T")


def read(path: Path, name: str) -> Entry:
    """Return the content of a file.

    Args:
        path: The file.
        name: What complaints call it.

    Raises:
        ValueError: It is no TOML.
    """
    try:
        return Entry(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}: {error}") from error


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file and where it stands, so that every complaint names both."""

    where: str
    values: dict[str, Any]

    def fail(self, why: str) -> NoReturn:
        """Refuse the file for what is wrong here."""
        raise ValueError(f"{self.where}: {why}")

    def get(self, key: str, kind: type[T]) -> T:
        """Return the value of `key`, which must be a `kind`."""
        value = self.values.get(key)
        if not isinstance(value, kind):
            self.fail(f"{key} is missing or is no {kind.__name__}")
        return value

    def inner(self, key: str) -> Entry:
        """Return the table under `key`."""
        return Entry(f"{self.where}: {key}", self.get(key, dict))

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the tables of the list under `key`, each named by its own key or number."""
        found = []
        for place, values in enumerate(self.get(key, list), start=1):
            name = values.get("key") or values.get("value") or values.get("level") or place
            found.append(Entry(f"{self.where}: {key} {name}", values))
        return tuple(found)

    def text(self) -> Text:
        """Return this table's text, which must be there in every language."""
        texts = {language: self.get(language, str).strip() for language in LANGUAGES}
        if missing := [language for language, text in texts.items() if not text]:
            self.fail(f"{missing[0]} is empty")
        return Text(**texts)

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        """Return the value of `key`, which must be one of `allowed`."""
        value = self.get(key, str)
        return value if value in allowed else self.fail(f"{key} {value!r} is not known")

    def maybe_text(self, key: str) -> Text | None:
        """Return the text under `key`, or None where there is none."""
        return self.inner(key).text() if key in self.values else None

    def only(self, *keys: str) -> Entry:
        """Return this table, which must have no other keys: a slip of the hand is not passed over."""
        if unknown := sorted(self.values.keys() - set(keys)):
            self.fail(f"{unknown[0]} is not known")
        return self

    def keyed(self, section: str) -> Iterator[tuple[str, Entry]]:
        """Yield the tables of the list under `section` with their keys, each of which stands once."""
        seen: set[str] = set()
        for entry in self.entries(section):
            key = entry.get("key", str)
            if key in seen:
                entry.fail("its key stands twice")
            seen.add(key)
            yield key, entry

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list of keys under `key`, each of which stands once."""
        found = self.get(key, list)
        if not all(isinstance(each, str) for each in found) or len(set(found)) < len(found):
            self.fail(f"{key} is no list of distinct keys")
        return tuple(found)
