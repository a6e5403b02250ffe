"""The sheet of corrective actions: what was to be corrected, whether it is done, and who verified it, how and with what result.

Done is not verified (domain 5.6): each row says in words which of both it is. An import leaves the sheet aside:
the records are on the sheet of tasks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from riskreg.errors import N_
from riskreg.exchange.cells import day_cell, ref_order
from riskreg.exchange.looks import colours, ink
from riskreg.exchange.packing import Cell
from riskreg.exchange.sheets import Book, Sheet, always
from riskreg.exchange.tables import PAGE
from riskreg.exchange.ties import Places
from riskreg.formats import listed, number_words
from riskreg.i18n import Translator
from riskreg.records import Task
from riskreg.records.terms import Vocabulary
from riskreg.rules.corrected import CORRECTED, Corrected, corrected
from riskreg.rules.meaning import meant
from riskreg.views import Reader, View, Where
from riskreg.work import WRITING, Work

NAME: Final = N_("Corrective actions")
HEADERS: Final = (
    N_("Ref"), N_("Title"), N_("Standing"), N_("Owner"), N_("Due"), N_("Done on"), N_("Done by"),
    N_("Verified on"), N_("Verified by"), N_("How it was verified"), N_("Result of verification"), N_("Follows"),
)  # fmt: skip
STANDING: Final = N_("{standing}: {number}")

_WIDTHS: Final = (10, 40, 24, 22, 12, 12, 20, 12, 22, 40, 20, 22)
_SHAPES: Final[Mapping[Corrected, tuple[str, str]]] = {
    "open": ("○", "muted"),
    "overdue": ("▲", "high"),
    "done": ("◐", "moderate"),
    "unexplained": ("◐", "moderate"),
    "failed": ("▲", "high"),
    "verified": ("●", "low"),
    "cancelled": ("–", "muted"),
}
"""The shape and colour of each standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sheet says, in memory.

    Attributes:
        tasks: The corrective tasks of the workbook, by ref.
        names: What people and organisations are called; their refs where names are left out.
        refs: The refs of what the tasks follow from.
        today: The day where the organisation is.
        is_redacted: Titles, free text and names are left out.
        vocabulary: What the organisation's own choices count as.
    """

    tasks: Sequence[Task]
    names: Mapping[int, str]
    refs: Mapping[int, str]
    today: date
    is_redacted: bool
    vocabulary: Vocabulary

    def standing(self, task: Task) -> Corrected:
        """How far a task is."""
        return corrected(meant(task, self.vocabulary), self.today)


def gather(
    reader: Reader, ids: Container[int], today: date, is_redacted: bool, work: Work
) -> Gathered:
    """Ask the register for the corrective ones among the tasks of the workbook."""
    vocabulary = reader.vocabulary
    wanted = vocabulary.terms_of("task_type").counting_as("corrective")
    view = View(kinds=("task",), where=(Where("task_type", "in", wanted),))
    known = [id for id in reader.ids(view) if id in ids]
    tasks: list[Task] = []
    for start in range(0, len(known), PAGE):
        work.step(WRITING)
        tasks += cast("Iterable[Task]", reader.records(known[start : start + PAGE]).values())
    tasks.sort(key=lambda task: ref_order(task.ref))
    people = {id for task in tasks for id in (*task.owner, *task.verified_by)}
    causes = {id for task in tasks for id in _causes(task)}
    names = {
        id: name.ref if is_redacted else name.title for id, name in reader.names(people).items()
    }
    refs = {id: name.ref for id, name in reader.names(causes).items() if not name.is_deleted}
    return Gathered(
        tasks=tasks, names=names, refs=refs, today=today, is_redacted=is_redacted,
        vocabulary=vocabulary,
    )  # fmt: skip


def _causes(task: Task) -> frozenset[int]:
    return task.incidents | task.risks | task.actions


def said(found: Gathered, t: Translator) -> str:
    """How many stand so, in a sentence for the cover."""
    counts = Counter(found.standing(task) for task in found.tasks)
    pattern = t.gettext(STANDING)
    parts = (
        pattern.format(standing=t.gettext(words), number=number_words(counts[key]))
        for key, words in CORRECTED.items()
        if counts[key]
    )
    return listed(parts, t, ";")


def write(
    book: Book, sheet: Sheet, found: Gathered, places: Places, vocabulary: Vocabulary
) -> None:
    """Write the sheet."""
    gettext = book.front.t.gettext
    sheet.widths = list(_WIDTHS)
    sheet.begin([gettext(text) for text in HEADERS], [book.looks["quiet"]] * len(HEADERS))
    link, text = book.styles(text="link"), book.styles()
    marks = {key: always(_mark(book, *_SHAPES[key])) for key in CORRECTED}
    for task in found.tasks:
        if place := places.of(task.id):
            sheet.raw.link(len(sheet.sums), 0, place)
        mark = marks[found.standing(task)]
        sheet.columns = (link, text, mark, *[text] * (len(HEADERS) - 3))
        sheet.row(_cells(found, task, book.front.t, vocabulary))
    sheet.finish_table(repeated=2, printed=len(HEADERS))


def _mark(book: Book, shape: str, colour: str) -> Any:  # noqa: ANN401
    """The look of a standing: a shape before its word."""
    return book.look(
        bottom=1, bottom_color=colours()["line"], text_wrap=True, font_color=ink(colour),
        num_format=f'"{shape} "@',
    )  # fmt: skip


def _cells(found: Gathered, task: Task, t: Translator, vocabulary: Vocabulary) -> tuple[Cell, ...]:
    def own(text: str) -> Cell:
        return None if found.is_redacted else text or None

    def named(ids: Iterable[int]) -> Cell:
        return listed((found.names.get(id, "") for id in sorted(ids)), t) or None

    results = vocabulary.terms_of("verification_result")
    result = task.verification_result
    refs = sorted((found.refs[id] for id in _causes(task) if id in found.refs), key=ref_order)
    return (
        task.ref,
        own(task.title),
        t.gettext(CORRECTED[found.standing(task)]),
        named(task.owner),
        day_cell(task.due_on),
        day_cell(task.done_on),
        own(task.done_by),
        day_cell(task.verified_on),
        named(task.verified_by),
        own(task.verification_method),
        results.label(result, t.language) if result else None,
        ", ".join(refs) or None,
    )
