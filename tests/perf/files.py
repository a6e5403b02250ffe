"""How fast files go out and come in, each figure beside the bare libraries doing the same in the same run.

    python -m tests.perf.files [--records 20000] [--turns 3] [--big 50000] [--profile]

Out: a workbook of so many risks, read from the register, written, read back and compared, beside XlsxWriter alone
(constant memory) writing the same cells of the same sheets with as many formats. In: a workbook of so many new
risks in 25 columns, from the file to the commit, beside calamine reading it, the JSON, digests and words that no
writer is spared, and the same rows through the bare driver (as in tests.perf.bench). The two sides by turns, the
median of each; aim 1.5. Besides: the longest time in which nobody could have cancelled (aim 0.3 s), and with
`--big` the seconds and the memory of a large export (aim 20 s, 300 MB).
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from riskreg import register, sample
from riskreg.exchange import csv_file, importing, workbook
from riskreg.i18n import translator
from riskreg.records import Risk
from riskreg.records.fields import Links
from riskreg.views import Register, View
from tests.perf.bench import Floor, as_the_program, say

EN = translator("en")
RISKS = View(kinds=("risk",))
WIDE = 25
ROOT = Path(__file__).resolve().parents[2]


class Watch:
    """Work that remembers the longest time between two chances to cancel."""

    def __init__(self) -> None:
        self.longest, self.where, self._last = 0.0, "", time.perf_counter()

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.where = now - self._last, f"before {doing} {done}"
        self._last = now


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def worked() -> float:
    """Seconds that processors worked for this process and its children, whatever else the machine does."""
    return sum(os.times()[:4])


class Side:
    """One of two that are measured by turns: seconds that pass and seconds of work."""

    def __init__(self) -> None:
        self.passed: list[float] = []
        self.worked: list[float] = []

    def run(self, call: Callable[[], object]) -> None:
        before = worked()
        self.passed.append(timed(call))
        self.worked.append(worked() - before)


def compare(what: str, ours: Side, bare: Side) -> bool:
    """Two lines: by the clock, and by the work of the processors, which a busy machine changes less."""
    middle = statistics.median
    fine = say(what, middle(ours.passed), middle(bare.passed), 1.5)
    return say("  of the processors", middle(ours.worked), middle(bare.worked), 1.5) or fine


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    """Every cell of a workbook by sheet."""
    with python_calamine.load_workbook(str(path)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def bare_workbook(target: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """XlsxWriter alone: the same cells."""
    book = xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )  # fmt: skip
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    text = book.add_format({"text_wrap": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, text)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write_number(number, column, cell)
    book.close()


def out(store: Register, folder: Path, turns: int) -> bool:
    """A workbook, and a CSV file for comparison."""
    ours, bare, watch = folder / "ours.xlsx", folder / "bare.xlsx", Watch()
    workbook.export(store, [RISKS], ours, EN)
    sheets = sheets_of(ours)
    cells = sum(sum(cell != "" for cell in row) for rows in sheets.values() for row in rows)
    wide = len(sheets["Risks"][0])
    mine, theirs = Side(), Side()
    for _ in range(turns):
        watch = Watch()
        mine.run(lambda w=watch: workbook.export(store, [RISKS], ours, EN, work=w))
        theirs.run(lambda: bare_workbook(bare, sheets))
    fine = compare(f"workbook {len(sheets['Risks']) - 1:,} x {wide}", mine, theirs)
    print(f"  {cells:,} cells; {ours.stat().st_size / 1e6:.1f} MB, bare {bare.stat().st_size / 1e6:.1f} MB; longest "
          f"without a chance to cancel {watch.longest * 1000:.0f} ms ({watch.where})")  # fmt: skip
    text = folder / "ours.csv"
    ours_csv = [timed(lambda: csv_file.export(store, RISKS, text, EN)) for _ in range(turns)]
    bare_csv = [
        timed(lambda: _bare_csv(folder / "bare.csv", sheets["Risks"])) for _ in range(turns)
    ]
    print(f"  CSV {statistics.median(ours_csv) * 1000:.0f} ms; bare csv.writer of the same cells "
          f"{statistics.median(bare_csv) * 1000:.0f} ms")  # fmt: skip
    return fine and watch.longest <= 0.3


def _bare_csv(target: Path, rows: list[list[Any]]) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def new_rows(path: Path, target: Path) -> None:
    """A workbook of new risks: 25 columns of the exported one, without refs, links and versions."""
    heads, *rows = sheets_of(path)["Risks"]
    left_out = {"Ref", "Version", "Recorded", "Last changed", EN.label("risk", "ref")}
    left_out |= {EN.label("risk", key) for key, what in _links()} | {EN.gettext("Version")}
    kept = [
        place for place, head in enumerate(heads) if head not in left_out and "(exact)" not in head
    ]
    kept = kept[:WIDE]
    title = heads.index("Title")
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False}) as book:  # fmt: skip
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Risks")
        sheet.write_row(0, 0, [heads[place] for place in kept])
        for number, row in enumerate(rows, 1):
            row[title] = f"{row[title]} {number}"
            for column, place in enumerate(kept):
                cell = row[place]
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell != "":
                    sheet.write(number, column, cell)


def _links() -> list[tuple[str, Links]]:
    from riskreg.records import columns

    return [(key, what) for key, what in columns(Risk).items() if isinstance(what, Links)]


def into(whole: Path, folder: Path, turns: int, source: Path) -> bool:
    """A workbook from the file to the commit, into a copy of the register each time."""
    mine, theirs, watch = Side(), Side(), Watch()
    for turn in range(turns):
        path, twin = folder / f"in-{turn}.riskreg", folder / "twin.riskreg"
        shutil.copyfile(whole, path)
        shutil.copyfile(whole, twin)
        store, watch, reports = register.open(path), Watch(), []
        mine.run(
            lambda s=store, w=watch, r=reports: r.append(
                importing.import_file(s, source, kind="risk", work=w)
            )
        )
        report = reports[0]
        assert report.applied is not None, report.staged.rejections[:3]
        assert report.staged.count("rejected") == 0, report.staged.rejections[:3]
        seq = report.applied.seq
        store.close()
        floor = Floor(path, twin, seq)
        theirs.run(lambda f=floor: (sheets_of(source), f.make(), f.write()))
        path.unlink()
    fine = compare(f"import {len(report.staged.rows):,} x {WIDE}", mine, theirs)
    print(f"  longest without a chance to cancel {watch.longest * 1000:.0f} ms ({watch.where})")
    return fine


def big(folder: Path, records: int) -> bool:
    """Seconds and memory of a large export, in a process of its own."""
    path = folder / "big.riskreg"
    sample.make(path, records=records)
    code = "from tests.perf.files import big_child; import sys; big_child(sys.argv[1], sys.argv[2])"
    run = subprocess.run(
        [sys.executable, "-c", code, str(path), str(folder / "big.xlsx")],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    seconds, megabytes = map(float, run.stdout.split())
    print(f"workbook of {records:,} risks: {seconds:.1f} s, {megabytes:.0f} MB at most (aim 20 s, 300 MB)")  # fmt: skip
    return seconds < 20 and megabytes < 300


def big_child(path: str, target: str) -> None:
    store = register.open(Path(path), read_only=True)
    taken = timed(lambda: workbook.export(store, [RISKS], Path(target), EN))
    store.close()
    status = Path("/proc/self/status").read_text()  # ru_maxrss would count the parent's memory too
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(taken, int(peak.split()[1]) / 1000)


def profiled(call: Callable[[], object]) -> None:
    """The dearest calls of one run."""
    profile = cProfile.Profile()
    profile.runcall(call)
    pstats.Stats(profile).sort_stats("tottime").print_stats(22)


def main() -> int:
    as_the_program()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--big", type=int, default=0)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["RISKREG_HOME"] = scratch
        folder = Path(scratch)
        whole = folder / "whole.riskreg"
        sample.make(whole, records=given.records)
        print(f"{given.records:,} risks; the program, the bare libraries, the ratio")
        store = register.open(whole, read_only=True)
        fine = out(store, folder, given.turns)
        if given.profile:
            profiled(lambda: workbook.export(store, [RISKS], folder / "profiled.xlsx", EN))
        store.close()
        source = folder / "new.xlsx"
        new_rows(folder / "ours.xlsx", source)
        fine &= into(whole, folder, given.turns, source)
        if given.profile:
            shutil.copyfile(whole, folder / "profiled.riskreg")
            store = register.open(folder / "profiled.riskreg")
            profiled(lambda: importing.import_file(store, source, kind="risk"))
            store.close()
        if given.big:
            fine &= big(folder, given.big)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
