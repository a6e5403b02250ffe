"""Whether a finished workbook says what was handed to its writer, as another library reads it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, Final, Protocol, TypeVar

import python_calamine

from riskreg.exchange.packing import as_read
from riskreg.work import CHECKING, Work

_T = TypeVar("_T")
_POLL_S: Final = 0.05
_STEP: Final = 500


class Summed(Protocol):
    """A sheet that was written."""

    @property
    def name(self) -> str:
        """As on its tab."""

    @property
    def sums(self) -> Sequence[int]:
        """One number for each of its rows."""


def summed(cells: Iterable[object]) -> int:
    """One number for what a row says; empty cells at its end do not count."""
    found = list(cells)
    while found and found[-1] == "":
        found.pop()
    return hash(tuple(found))


def check(file: BinaryIO, sheets: Iterable[Summed], work: Work) -> bool:
    """Whether a reader finds in each cell what was handed to the writer.

    The file is read as a whole first, so that nothing holds it when the user cancels meanwhile; the reader
    is then left to the call that is under way, which may not be disturbed.
    """
    file.seek(0)
    content = io.BytesIO(file.read())
    book = _patiently(lambda: python_calamine.load_workbook(content), work)
    is_same = all(_is_same(book, sheet, work) for sheet in sheets)
    book.close()
    return is_same


def _is_same(book: python_calamine.CalamineWorkbook, sheet: Summed, work: Work) -> bool:
    found = _patiently(lambda: book.get_sheet_by_name(sheet.name), work)
    number, total = 0, len(sheet.sums)
    for number, row in enumerate(found.iter_rows(), start=1):
        if number > total or summed(map(as_read, row)) != sheet.sums[number - 1]:
            return False
        if number % _STEP == 0:
            work.step(CHECKING, number, total)
    return number == total


def _patiently(ask: Callable[[], _T], work: Work) -> _T:
    """What a call answers that cannot be stopped: on a thread of its own, left behind where the user cancels."""
    answers: SimpleQueue[_T | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except BaseException as error:
            answers.put(error)

    Thread(target=run, daemon=True).start()
    while True:
        work.step(CHECKING)
        try:
            found = answers.get(timeout=_POLL_S)
        except Empty:
            continue
        if isinstance(found, BaseException):
            raise found
        return found
