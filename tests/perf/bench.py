"""How fast it is with 100,000 risks, each figure beside the same done through the bare driver in the same run.

    python -m tests.perf.bench [--records 100000] [--import 20000] [--keep FOLDER]

The floor of a read is the same question in SQL through `sqlcipher3` alone. A write has two floors:
"rows ready" is the same rows, journal rows and index entries, made beforehand, in one transaction on a
copy of the file; "rows made" adds what no writer is spared, through `csv`, `json`, `hashlib` and
`unicodedata` alone (docs/decisions/0007). Each figure is the median of several runs, the two sides by turns. Aims: reading within 2x, writing
within 1.5x.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from riskreg import register, sample
from riskreg.changes import ChangeSet, addition
from riskreg.exchange import importing
from riskreg.records import Risk, columns, values_of
from riskreg.records.fields import Links
from riskreg.views import Register, View

PAGE = 50
HAN = re.compile("[\u3400-\u9fff]+")
COLUMNS = (
    "ref",
    "title",
    "residual_level",
    "owner",
    "status",
    "due_on",
    "residual_score",
    "category",
)
SORTED_ALIKE = (
    "title",
    "status",
    "residual_level",
    "residual_score",
    "due_on",
    "category",
    "updated_at",
)


def measured(times: int, *sides: Callable[[], Any]) -> list[float]:
    """Median seconds of each side, the sides run by turns."""
    taken: list[list[float]] = [[] for _ in sides]
    for _ in range(times):
        for place, side in enumerate(sides):
            start = time.perf_counter()
            side()
            taken[place].append(time.perf_counter() - start)
    return [statistics.median(found) for found in taken]


def say(what: str, ours: float, floor: float, aim: float) -> bool:
    """Print one line; whether the aim is met."""
    ratio = ours / floor
    print(
        f"{what:<34} {ours * 1000:>10.1f} ms {floor * 1000:>10.1f} ms {ratio:>7.2f}x   aim {aim}x  {'ok' if ratio <= aim else 'missed'}"
    )
    return ratio <= aim


def bare(path: Path) -> Any:
    return driver.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)


LIVE = "r.kind = 'risk' AND r.withdrawn = 0 AND r.deleted_at IS NULL"


def reading(path: Path) -> bool:
    """Open, sort, search, scroll."""
    store = register.open(path, read_only=True)
    connection = bare(path)
    view = View(kinds=("risk",), columns=COLUMNS)
    fine = say(
        "open to first page", *measured(5, lambda: _open(path, view), lambda: _bare_open(path)), 2
    )
    for key in columns(Risk):
        fine &= say(
            f"sort by {key}",
            *measured(
                3,
                lambda key=key: store.ids(View(kinds=("risk",), sort=((key, False),))),
                _bare_sort(connection, key),
            ),
            2,
        )
    for words, query in (("backup", '"backup"*'), ("外洩", '"外 洩"*')):
        fine &= say(
            f"search {words}",
            *measured(
                5,
                lambda words=words: store.ids(View(kinds=("risk",), words=words)),
                _bare_search(connection, query),
            ),
            2,
        )
    ids = store.ids(view)
    middle = ids[len(ids) // 2 : len(ids) // 2 + PAGE]
    fine &= say(
        "scroll a page of 50",
        *measured(20, lambda: store.rows(view, middle), _bare_page(connection, list(middle))),
        2,
    )
    connection.close()
    store.close()
    return fine


def _open(path: Path, view: View) -> None:
    store = register.open(path, read_only=True)
    ids = store.ids(view)
    store.rows(view, ids[:PAGE])
    store.close()


def _bare_open(path: Path) -> None:
    connection = bare(path)
    ids = [
        row[0]
        for row in connection.execute(
            f"SELECT r.id FROM records r WHERE {LIVE} ORDER BY r.number"
        ).fetchall()
    ]
    _page(connection, ids[:PAGE])
    connection.close()


def _page(connection: Any, ids: list[int]) -> None:
    chosen = ",".join(map(str, ids))
    connection.execute(
        "SELECT r.id, r.ref, r.title, k.residual_level, k.status, k.due_on, k.residual_score, k.category "
        f"FROM records r JOIN risk k ON k.id = r.id WHERE r.id IN ({chosen})"
    ).fetchall()
    connection.execute(
        f"SELECT source, role, target FROM links WHERE source IN ({chosen})"
    ).fetchall()
    connection.execute(
        f"SELECT target, role, source FROM links WHERE target IN ({chosen})"
    ).fetchall()


def _bare_page(connection: Any, ids: list[int]) -> Callable[[], None]:
    return lambda: _page(connection, ids)


def _bare_sort(connection: Any, key: str) -> Callable[[], Any]:
    what = columns(Risk)[key]
    head = ("ref", "title", "due_at", "created_at", "updated_at", "deleted_at")
    if isinstance(what, Links):
        near, far = ("target", "source") if what.mirror else ("source", "target")
        order = (
            f"(SELECT min(o.title) FROM links l JOIN records o ON o.id = l.{far} "
            f"WHERE l.{near} = r.id AND l.role = '{what.role}' AND o.kind = '{what.to}')"
        )
    else:
        order = "r.number" if key == "ref" else f"r.{key}" if key in head else f"k.{key}"
    source = "records r" if order.startswith("r.") else "records r JOIN risk k ON k.id = r.id"
    question = f"SELECT r.id FROM {source} WHERE {LIVE} ORDER BY {order}, r.number"
    return lambda: connection.execute(question).fetchall()


def _bare_search(connection: Any, query: str) -> Callable[[], Any]:
    question = f"SELECT r.id FROM records r WHERE {LIVE} AND r.id IN (SELECT rowid FROM search WHERE search MATCH ?) ORDER BY r.number"
    return lambda: connection.execute(question, (query,)).fetchall()


def writing(path: Path, records: int) -> bool:
    """Apply one change set of new risks, and the same rows through the bare driver."""
    store = register.open(path)
    copies = [store.record(id) for id in store.ids(View(kinds=("risk",)))[:records]]
    ours, ready, made = [], [], []
    for turn in range(3):
        changes = tuple(
            addition("risk", {**values_of(record), "title": f"{record.title} {turn}"}, -1 - number)
            for number, record in enumerate(copies)
        )
        twin = path.with_name("twin.riskreg")
        shutil.copyfile(path, twin)  # nothing has it open for writing just now
        start = time.perf_counter()
        seq = store.apply(ChangeSet(act="import", changes=changes)).seq
        ours.append(time.perf_counter() - start)
        floor = Floor(path, twin, seq)
        made.append(floor.make() + floor.write())
        ready.append(made[-1] - floor.making)
    store.close()
    return _say_both(f"apply {len(copies):,} new risks", ours, ready, made)


def importing_a_file(path: Path, records: int) -> bool:
    """A CSV file from reading to commit, and its rows through the bare driver: what the user waits for."""
    store = register.open(path)
    source = path.with_name("risks.csv")
    _write_csv(source, [store.record(id) for id in store.ids(View(kinds=("risk",)))[:records]])
    twin = path.with_name("twin.riskreg")
    shutil.copyfile(path, twin)
    start = time.perf_counter()
    report = importing.import_file(store, source, kind="risk")
    ours = time.perf_counter() - start
    assert report.staged.count("new") == records, report.staged.rejections[:3]
    assert report.applied is not None
    store.close()
    floor = Floor(path, twin, report.applied.seq)
    reading = _bare_read(source)
    made = reading + floor.make() + floor.write()
    return _say_both(f"import a CSV of {records:,}", [ours], [made - floor.making], [made])


def _say_both(what: str, ours: list[float], ready: list[float], made: list[float]) -> bool:
    """One line beside the rows ready to be written, one beside the same rows made by bare libraries."""
    middle = statistics.median
    fine = say(f"{what}, rows ready", middle(ours), middle(ready), 1.5)
    return say(f"{what}, rows made", middle(ours), middle(made), 1.5) and fine


def _bare_read(source: Path) -> float:
    start = time.perf_counter()
    with source.open(encoding="utf-8", newline="") as file:
        list(csv.reader(file))
    return time.perf_counter() - start


def _write_csv(target: Path, records: list[Any]) -> None:
    names = ("title", "cause", "event", "consequence", "notes", "category", "status", "treatment", "due_on",
             "residual_likelihood", "residual_impact")  # fmt: skip
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "external_ref"])
        for number, record in enumerate(records):
            writer.writerow([*(getattr(record, name) for name in names), f"X-{number}"])


class Floor:
    """The rows of one entry through bare libraries, into a copy of the file that lacks them.

    `make` is what no writer is spared: JSON of each change, its two digests, the words of the index.
    `write` is one transaction. Both answer seconds.
    """

    def __init__(self, path: Path, twin: Path, seq: int) -> None:
        self.making = 0.0
        source = bare(path)
        ids = "SELECT record FROM change WHERE seq = ?"
        asked = {
            "records": f"SELECT * FROM records WHERE id IN ({ids})",
            "risk": f"SELECT * FROM risk WHERE id IN ({ids})",
            "links": f"SELECT * FROM links WHERE source IN ({ids})",
            "journal": "SELECT * FROM journal WHERE seq = ?",
            "change": "SELECT * FROM change WHERE seq = ?",
        }
        self._rows = {
            table: source.execute(question, (seq,)).fetchall() for table, question in asked.items()
        }
        source.close()
        self._payloads = [
            (json.loads(plain), json.loads(personal or "null"))
            for *_, plain, personal, _, _, _ in self._rows["change"]
        ]
        self._twin = twin
        self._words, self._texts = _index_rows(path, [row[0] for row in self._rows["records"]])

    def make(self) -> float:
        """The same texts and digests again, from the values."""
        start = time.perf_counter()
        for payloads in self._payloads:
            for payload in filter(None, payloads):
                text = json.dumps(
                    payload, sort_keys=True, ensure_ascii=False, separators=(",", ":")
                )
                hashlib.sha256(os.urandom(16) + text.encode()).digest()
        for text in self._texts:
            HAN.sub(lambda run: " ".join(run[0]), unicodedata.normalize("NFKC", text))
        self.making = time.perf_counter() - start
        return self.making

    def write(self) -> float:
        """All rows in one transaction, with the settings of the program."""
        target = driver.connect(str(self._twin), isolation_level=None)
        for pragma in (
            "journal_mode = delete",
            "synchronous = 3",
            "secure_delete = 1",
            "temp_store = 2",
            "cache_spill = 0",
            "cache_size = -65536",
        ):
            target.execute(f"PRAGMA {pragma}").fetchall()
        start = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for table, found in self._rows.items():
            if found:
                target.executemany(
                    f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found
                )
        target.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", self._words)
        target.execute("COMMIT")
        taken = time.perf_counter() - start
        target.close()
        return taken


def _index_rows(path: Path, ids: list[int]) -> tuple[list[tuple[int, str]], list[str]]:
    """Rows of the index, and the texts they are made from."""
    from riskreg.given import words_of
    from riskreg.storage import search

    reading: Register = register.open(path, read_only=True)
    records = reading.records(ids).values()
    words = [(record.id, search.words_of(record, words_of)) for record in records]
    texts = ["\n".join(search._texts(record, words_of)) for record in records]
    reading.close()
    return words, texts


def as_the_program() -> None:
    """Let the process that parses a file start as the program's own does: from main.py, not from this module and all it imports."""
    import main as program

    sys.modules["__main__"].__spec__ = program.__spec__


def main() -> int:
    as_the_program()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--import", dest="imported", type=int, default=20_000)
    parser.add_argument(
        "--keep", type=Path, help="a folder in which the big register is kept for the next run"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["RISKREG_HOME"] = scratch
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        whole = folder / f"risks-{given.records}.riskreg"
        if not whole.exists():
            sample.make(whole, records=given.records)
        path = Path(scratch) / "bench.riskreg"
        shutil.copyfile(whole, path)
        print(
            f"{given.records:,} risks, {path.stat().st_size / 1e6:.0f} MB; the program, the bare driver, the ratio"
        )
        fine = reading(path)
        fine &= writing(path, given.imported)
        fine &= importing_a_file(path, given.imported)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
