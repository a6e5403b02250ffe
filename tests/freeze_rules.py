"""What the published rules of notification say, as digests: a published version never changes.

    python -m tests.freeze_rules

adds the versions that are new to `tests/rules/published_rules.json` and refuses to touch the others. A rule
that has to say something else becomes a new version. Only its last day may still be set, and its Chinese put
better.
"""  # fmt: skip

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from riskreg import regimes_catalogue
from riskreg.records.terms import Text
from riskreg.rules import rule_text
from riskreg.rules.regimes import Named, Rule

FILE: Final = Path(__file__).parent / "rules" / "published_rules.json"


def digest(rule: Rule) -> str:
    """SHA-256 of all that binds: everything but the last day and the words in Chinese."""
    said: dict[str, Any] = {each.name: _english(getattr(rule, each.name)) for each in fields(Rule)}
    return hashlib.sha256(
        rule_text.dumps(replace(rule, **{**said, "in_force_to": None})).encode()
    ).hexdigest()


def _english(value: object) -> object:
    match value:
        case Text():
            return Text(en=value.en)
        case Named():
            return Named(key=value.key, text=Text(en=value.text.en))
        case tuple() if value and isinstance(value[0], Named):
            return tuple(_english(each) for each in value)
        case _:
            return value


def name(rule: Rule) -> str:
    return f"{rule.key} {rule.version}"


def published() -> dict[str, str]:
    """The digests that were kept, by key and version."""
    return dict(json.loads(FILE.read_text("utf-8")))


def differing(rules: Iterable[Rule], kept: Mapping[str, str]) -> list[str]:
    """The versions that were published and say something else now, or are gone."""
    now = {name(rule): digest(rule) for rule in rules}
    return [each for each, was in kept.items() if now.get(each) != was]


def main() -> int:
    rules = regimes_catalogue.rules()
    kept = published() if FILE.exists() else {}
    if wrong := differing(rules, kept):
        print("Published and changed, make each a new version:", ", ".join(wrong))
        return 1
    found = {**kept, **{name(rule): digest(rule) for rule in rules}}
    FILE.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", "utf-8")
    print(f"{len(found) - len(kept)} new, {len(found)} in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
