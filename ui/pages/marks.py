"""The counts beside the names of the pages, asked in one go."""

from __future__ import annotations

from datetime import date

from riskreg.formats import number_words
from riskreg.rules.statistics import open_records, overdue
from riskreg.views import Reader, View
from ui.pages.home_facts import actions, due_until, open_incidents
from ui.tables.listings import LISTINGS, WEEK
from ui.tables.presets import open_statuses
from ui.widgets.navigation import Mark


def marks(reader: Reader, today: date) -> dict[str, Mark]:
    """A number for each page that has one; tinted where it asks for something.

    Args:
        reader: The register.
        today: The day where the organisation is.
    """
    found = actions(reader)
    return {
        "incident": _urgent(reader.count(open_incidents(reader)), "high"),
        "risk": _plain(reader.count(open_records("risk", reader.vocabulary))),
        "asset": _plain(reader.count(View(kinds=("asset",)))),
        "todo": _todo(reader, today),
        "action": Mark(f"{found.begun}/{found.whole}" if found.whole else ""),
        **{
            kind: _plain(reader.count(open_records(kind, reader.vocabulary)))
            for kind in ("task", "measure", "activity", "processing", "transfer")
        },
        "evidence": _plain(reader.count(View(kinds=("evidence",)))),
        "party": _plain(reader.count(View(kinds=("party",)))),
        "step": _plain(reader.count(_open_steps(reader))),
        "bin": _plain(reader.count(LISTINGS["bin"].view())),
    }


def _open_steps(reader: Reader) -> View:
    return View(kinds=("step",), where=(open_statuses("step", reader.vocabulary),))


def _todo(reader: Reader, today: date) -> Mark:
    number = reader.count(due_until(today + WEEK))
    is_late = reader.count(overdue(today)) > 0
    return _urgent(number, "high" if is_late else "moderate")


def _plain(number: int) -> Mark:
    return Mark(number_words(number) if number else "")


def _urgent(number: int, level: str) -> Mark:
    return Mark(number_words(number), level) if number else Mark("")
