"""Import files that were damaged at random: each ends with a message or a whole import, never with a traceback, a hang or half of it.

Small workbooks and CSV files are the seeds. A damaged one has other bytes, is cut, has other XML in a sound
archive, or lacks a part. The parser runs in one process of its own, as in the program, which is started again
when a file ends it.

    python -m tests.faults.fuzz --files 10000 --seed 1
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, NamedTuple

from riskreg import clock, register
from riskreg.errors import Expected
from riskreg.exchange import importing, marks, preflight, reader, worker
from riskreg.exchange.reader import Source
from riskreg.exchange.staging import stage
from riskreg.views import Register, View
from riskreg.work import QUIET
from tests.exchange import case_files as files

HANG_S: Final = 5
_KINDS: Final = ("risk", "incident")
_NUMBERS: Final = (b"0", b"-1", b"1e309", b"99999999999", b"1048576", b"60", b"4294967296", b"NaN")
_TAGS: Final = (b"c", b"row", b"v", b"f", b"is", b"t", b"sheetData", b"mergeCell", b"si", b"xf")
_TEXTS: Final = (
    b"&e;",
    b"\0",
    b"<!DOCTYPE x>",
    b"\xff\xfe",
    b"_x0000_",
    "外洩\u202e".encode(),
    b"<![CDATA[",
    b"</c>",
)
_TARGETS: Final = (b"A1", b"XFD1048576", b"ZZZ9999999", b"a0", b"")


class Seed(NamedTuple):
    """A sound file: its ending and bytes."""

    suffix: str
    content: bytes


@dataclass
class Outcome:
    """What became of the files.

    Attributes:
        messages: How often each message was given; "" for a file that was read.
        failures: What must not be, each with the number of its file.
        slowest_s: Of one file, from disk to the comparison with the register.
        imported: Files whose rows went in and were counted.
        started: How many parsers it took.
    """

    messages: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    imported: int = 0
    started: int = 0


class Parsing:
    """One process that parses file after file; it is started again when a file has ended it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._ours: Connection | None = None
        self.started = 0

    def source(self, path: Path) -> Source:
        """What the program would read; raises `Expected`."""
        checked = preflight.check(path)
        ours = self._listening()
        ours.send((str(path), checked.form))
        try:
            raw = reader.received(ours, checked, QUIET, HANG_S)
        except EOFError:
            self.close()
            raise Expected("import_damaged", path=path.name) from None
        except Expected as error:
            if error.id == "import_slow":
                self.close()
            raise
        found = marks.without(reader.assembled(checked, raw))
        if not any(sheet.rows for sheet in found.sheets):
            raise Expected("import_no_rows", path=path.name)
        return found

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._ours is not None:
            self._process.kill()
            self._process.join()
            self._ours.close()
        self._process = self._ours = None

    def _listening(self) -> Connection:
        if self._ours is None:
            context = multiprocessing.get_context("spawn")
            self._ours, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            self.started += 1
            theirs.close()
        return self._ours


def serve(connection: Connection) -> None:
    """Parse each file that is asked for; the target of the process."""
    worker.confine()
    while True:
        try:
            path, form = connection.recv()
        except EOFError:
            return
        worker.parse(path, form, connection)


def seeds(folder: Path) -> list[Seed]:
    """Small sound files of every make."""
    rows = (
        ["Title", "Notes", "Due", "Residual impact"],
        ["Mail 外洩", "a\nb", (date(2026, 3, 4), "yyyy-mm-dd"), 3],
    )
    made: tuple[files.Make, ...] = (
        files.cells(*map(list, rows), ["Fire", "x", 46000.5, 2.0]),
        files.cells(*map(list, rows), date_1904=True),
        files.with_sheet(files.with_everything),
        files.with_sheet(lambda book, page: page.write_formula(1, 1, "=1+1", None, "2")),
        files.parts(),
        files.strict,
        files.by_openpyxl,
        files.rows("Title,Notes,Due", 'Mail,"a, b",2026-03-04', "Fire;x,y,03/04/2026"),
        files.text_file("rows.csv", "Title;Notes\nCafé;外洩\n".encode("utf-16")),
        files.text_file("rows.csv", "標題,備註\n外洩,病人名單\n".encode("big5")),
    )
    found = []
    for number, make in enumerate(made):
        room = folder / f"seed{number}"
        room.mkdir()
        path = make(room)
        found.append(Seed(path.suffix, path.read_bytes()))
    return found


# How files are damaged


def damaged(seed: Seed, chance: random.Random) -> bytes:
    """A seed with something wrong."""
    if seed.suffix == ".csv":
        return _bytes(seed.content, chance)
    ways = ((_bytes, 2), (_cut, 1), (_part, 1), (_xml, 6))
    way: Callable[[bytes, random.Random], bytes] = chance.choices(
        [way for way, _ in ways], [often for _, often in ways]
    )[0]
    return way(seed.content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        made[chance.randrange(len(made))] = chance.choice(
            (0, 9, 10, 34, 44, 255, chance.randrange(256))
        )
    return bytes(made)


def _cut(content: bytes, chance: random.Random) -> bytes:
    """A piece is gone, or stands there twice."""
    first, second = sorted(chance.sample(range(len(content)), 2))
    return (
        content[:first] + content[second:]
        if chance.random() < 0.7
        else content[:second] + content[first:]
    )


def _opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _closed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def _part(content: bytes, chance: random.Random) -> bytes:
    """A part is missing, empty, or called otherwise."""
    parts = _opened(content)
    name = chance.choice(list(parts))
    old = parts.pop(name)
    match chance.randrange(3):
        case 0:
            parts[name] = b""
        case 1:
            parts[
                chance.choice(
                    ("../x", "/x", "xl/vbaProject.bin", "x" * 300, "xl/worksheets/sheet9.xml")
                )
            ] = old
    return _closed(parts)


def _xml(content: bytes, chance: random.Random) -> bytes:
    """The XML of a part is another; the archive is sound."""
    parts = _opened(content)
    names = [
        name
        for name in parts
        if "sheet" in name or "workbook" in name or "haredStr" in name or "styles" in name
    ]
    name = chance.choice(names)
    for _ in range(chance.choice((1, 1, 2, 3))):
        parts[name] = _turned(parts[name], chance)
    return _closed(parts)


def _turned(xml: bytes, chance: random.Random) -> bytes:
    match chance.randrange(6):
        case 0:
            return _replaced(rb"\d+", xml, chance.choice(_NUMBERS), chance)
        case 1:
            return _replaced(rb"[A-Z]{1,3}\d+", xml, chance.choice(_TARGETS), chance)
        case 2:
            tag = chance.choice(_TAGS)
            return _replaced(rb"</?" + tag + rb"\b[^>]*>", xml, b"", chance)
        case 3:
            return _replaced(
                rb't="\w+"',
                xml,
                chance.choice((b't="s"', b't="e"', b't="b"', b't="d"', b't="?"', b"")),
                chance,
            )
        case 4:
            at = chance.randrange(len(xml) + 1)
            return xml[:at] + chance.choice(_TEXTS) + xml[at:]
        case _:
            return _replaced(
                rb"<(c|row|si|xf)\b.*?</\1>", xml, rb"\g<0>" * chance.choice((2, 50)), chance
            )


def _replaced(pattern: bytes, xml: bytes, other: bytes, chance: random.Random) -> bytes:
    """One of the places where a pattern fits, replaced."""
    found = list(re.finditer(pattern, xml, re.DOTALL))
    if not found:
        return xml
    match = chance.choice(found)
    return xml[: match.start()] + match.expand(other) + xml[match.end() :]


# What becomes of them


def run(folder: Path, count: int, seed: int) -> Outcome:
    """Import so many damaged files, one after the other, into one register that is put back after each."""
    chance, outcome, parsing = random.Random(seed), Outcome(), Parsing()
    store = register.create(folder / "fuzz.riskreg", name="Harbour Clinic Ltd")
    known = seeds(folder)
    try:
        for number in range(count):
            sound = chance.choice(known)
            path = folder / f"damaged{sound.suffix}"
            path.write_bytes(damaged(sound, chance))
            _try(store, parsing, path, chance.choice(_KINDS), number, outcome)
    finally:
        outcome.started = parsing.started
        parsing.close()
        store.close()
    return outcome


def _try(
    store: Register, parsing: Parsing, path: Path, kind: str, number: int, outcome: Outcome
) -> None:
    before, since = store.head(), clock.stopwatch()
    try:
        _import(store, parsing.source(path), kind, number, outcome)
        outcome.messages[""] += 1
    except Expected as error:
        outcome.messages[error.id] += 1
        is_whole = str(error).count(". ") >= 2 and "in ." not in str(error)
        if not is_whole or error.id == "import_slow":
            outcome.failures.append(f"file {number}: {error}")
        if store.head() != before:
            outcome.failures.append(f"file {number}: refused, and yet the register changed")
    except Exception:
        outcome.failures.append(f"file {number}: {traceback.format_exc()}")
    outcome.slowest_s = max(outcome.slowest_s, since())
    if since() > HANG_S:
        outcome.failures.append(f"file {number}: took {since():.1f} s")


def _import(store: Register, source: Source, kind: str, number: int, outcome: Outcome) -> None:
    """Compare and, of every tenth file, let the rows in, count them and take them back."""
    staged = stage(store, source, importing.plan(source, kind=kind))
    rows = sum(staged.count(state) for state in ("new", "changed", "unchanged", "rejected"))
    if rows != len(staged.rows):
        outcome.failures.append(f"file {number}: {len(staged.rows)} rows, {rows} told")
    if number % 10 == 0 and staged.changes.changes:
        before = store.count(View(kinds=(kind,)))
        store.apply(staged.changes)
        if store.count(View(kinds=(kind,))) != before + staged.count("new"):
            outcome.failures.append(f"file {number}: not all of its rows went in")
        store.undo()
        if store.count(View(kinds=(kind,))) != before:
            outcome.failures.append(f"file {number}: not all of its rows were taken back")
        outcome.imported += 1


def main(argv: list[str] | None = None) -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args(argv)
    since = clock.stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKREG_HOME"] = folder
        outcome = run(Path(folder), args.files, args.seed)
    print(
        f"{args.files} files, seed {args.seed}: {since():.1f} s, the slowest {outcome.slowest_s:.2f} s"
    )
    for id, often in outcome.messages.most_common():
        print(f"{often:6} {id or 'read'}")
    print(
        f"{outcome.imported:6} imported whole and taken back; {outcome.started} parsers were started"
    )
    print(*outcome.failures, sep="\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
