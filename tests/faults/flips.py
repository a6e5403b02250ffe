"""Flip random bits of a register and see whether every one that changes content is named.

Content is every row outside the search tables, read through the bare driver. What a flip can do: change
nothing that is read (free space, caches of the format), change content, or make the file unreadable.

    python -m tests.faults.flips --flips 500 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.records import values

HIDDEN = (
    "search",
    "search_data",
    "search_idx",
    "search_docsize",
    "search_config",
    "search_content",
)


def build(path: Path, records: int = 120) -> None:
    """A register densely filled with records of several kinds, links and a history of edits."""
    store = register.create(path, name="Harbour Clinic Ltd")
    party = store.apply(
        ChangeSet(act="add", changes=(addition("party", {"title": "K. Chan"}),))
    ).new[-1]
    asset = store.apply(
        ChangeSet(act="add", changes=(addition("asset", {"title": "Payroll"}),))
    ).new[-1]
    texts = ("Mail goes astray", "病人名單外洩", "Laptop lost in a taxi", "Supplier loses data")
    changes = tuple(
        addition(
            "risk",
            {
                "title": f"{texts[number % 4]} {number}",
                "cause": f"{texts[number % 3]}; " * 12,
                "residual_likelihood": number % 5 + 1,
                "residual_impact": number % 4 + 1,
                "owner": frozenset({party}),
                "assets": frozenset({asset}),
                "other_facts": (("Row", str(number)),),
                "tags": frozenset({"mail", "外洩"}),
            },
            -1 - number,
        )
        for number in range(records)
    )
    store.apply(ChangeSet(act="import", changes=changes))
    instants = {
        "aware_at": values.Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]"),
        "people_count": values.Count(150, "approximate"),
    }
    store.apply(
        ChangeSet(
            act="add", changes=(addition("incident", {"title": "Payroll mailed", **instants}),)
        )
    )
    store.undo()
    store.redo()
    store.close()


def content(path: Path) -> dict[str, list[tuple[Any, ...]]] | None:
    """Every row of every table that is no part of the search, with rowids; None where it cannot be read."""
    connection = driver.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
        ]
        return {
            name: [
                (*map(type, row), *row)
                for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()
            ]
            for name in sorted(names)
            if name not in HIDDEN
        }
    except (driver.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def verdict(path: Path) -> str:
    """`refused`, `named` or `passed`: what the program says of a file."""
    try:
        store = register.open(path, read_only=True)
    except Expected:
        return "refused"
    try:
        return "passed" if store.verify().ok else "named"
    except Expected:
        return "refused"
    finally:
        store.close()


def flip(source: bytes, target: Path, bit: int) -> None:
    """Write the file with one bit turned."""
    changed = bytearray(source)
    changed[bit // 8] ^= 1 << bit % 8
    target.write_bytes(changed)


def run(folder: Path, flips: int, seed: int) -> tuple[Counter[str], list[int]]:
    """Flip so many bits, one at a time; the counts, and the bits that were missed."""
    path = folder / "whole.riskreg"
    build(path)
    source, before = path.read_bytes(), content(path)
    assert verdict(path) == "passed", "the register is not whole to begin with"
    counts: Counter[str] = Counter()
    missed = []
    target = folder / "flipped.riskreg"
    for bit in random.Random(seed).sample(range(len(source) * 8), flips):
        flip(source, target, bit)
        is_changed, says = content(target) != before, verdict(target)
        counts["flips"] += 1
        counts["content"] += is_changed
        counts[says] += 1
        if is_changed:
            counts[f"content {says}"] += 1
            if says == "passed":
                missed.append(bit)
    return counts, missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        counts, missed = run(Path(folder), given.flips, given.seed)
    print(
        f"flips {counts['flips']}, content flips {counts['content']}, of them named {counts['content named']}, "
        f"refused {counts['content refused']}, missed {len(missed)}"
    )
    print(
        f"without a change of content: named {counts['named'] - counts['content named']}, refused "
        f"{counts['refused'] - counts['content refused']}, passed {counts['passed'] - counts['content passed']}"
    )
    print("missed bits:", missed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
