"""The clocks of the incidents that a list shows: read beside the window for the rows that are seen, told anew each minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

from riskreg import clock
from riskreg.case_words import Told, told
from riskreg.cases import Case, cases_of
from riskreg.errors import Expected
from riskreg.i18n import Translator
from riskreg.rules.meaning import meant
from riskreg.views import Reader, View
from ui.context import Context
from ui.incident.loaded import KINDS
from ui.tables.urgency import KEY as KEY

_MOST: Final = 1_000
"""Incidents whose cases are kept to be told anew."""
_AGAIN_MS: Final = 150


class ClockColumn(QObject):
    """What the clock of each incident says.

    Args:
        context: What the window shares.
        repaint: Paint the rows anew: more is known now, or a minute has passed.
        is_seen: Whether a minute matters; what is hidden is asked anew when it is shown.
    """

    def __init__(
        self,
        context: Context,
        repaint: Callable[[], object],
        is_seen: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._repaint, self._is_seen = context, repaint, is_seen
        self._cases: dict[int, Case] = {}
        self._told: dict[int, Told] = {}
        self._asked: dict[int, None] = {}
        self._dropped: set[int] = set()
        self._again: list[int] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer)
        self._round = 0
        context.events.minute.connect(self._on_minute)

    def wanted_by(self, view: View) -> bool:
        """Whether a list shows clocks."""
        return view.kinds == ("incident",) and KEY in view.columns

    def near(self, view: View) -> frozenset[str]:
        """The kinds whose change may change a clock that a list shows."""
        return KINDS if self.wanted_by(view) else frozenset()

    def forget(self) -> None:
        """The register may say something else now."""
        self._round += 1
        self._cases.clear()
        self._told.clear()
        self._asked.clear()
        self._dropped.clear()
        self._again.clear()

    def told(self, id: int) -> Told | None:
        """What the clock of an incident says; None while it is not known. One that was dropped is asked for again."""
        if id in self._dropped:
            self._dropped.discard(id)
            self._again.append(id)
            self._timer.start()
        return self._told.get(id)

    def want(self, ids: Sequence[int]) -> None:
        """Read the clocks of these rows, unless they were asked for."""
        new = [id for id in ids if id not in self._asked]
        if not new:
            return
        self._asked.update(dict.fromkeys(new))
        self._dropped.difference_update(new)
        self._drop_oldest()
        of, t = self._round, self._context.t
        self._context.ask(
            lambda reader: _read(reader, new, t),
            lambda found: self._on_read(of, found),
            lambda error: self._on_failed(of, new, error),
        )

    def _drop_oldest(self) -> None:
        while len(self._asked) > _MOST:
            old = next(iter(self._asked))
            del self._asked[old]
            self._cases.pop(old, None)
            self._told.pop(old, None)
            self._dropped.add(old)

    def _on_timer(self) -> None:
        ids = list(self._again)
        self._again.clear()
        self.want(ids)

    def _on_read(self, of: int, found: _Found) -> None:
        if of == self._round:
            kept = self._asked.keys() & found.cases.keys()
            self._cases.update({id: found.cases[id] for id in kept})
            self._told.update({id: found.told[id] for id in kept})
            self._repaint()

    def _on_failed(self, of: int, ids: list[int], error: Expected) -> None:
        """A file that is busy is asked again; of anything else the list itself will tell."""
        if of == self._round and error.id == "busy":
            for id in ids:
                self._asked.pop(id, None)
            QTimer.singleShot(_AGAIN_MS, self, lambda: self.want(ids))

    def _on_minute(self) -> None:
        """Word anew what is known, beside the window; nothing is read for it."""
        if not self._cases or not self._is_seen():
            return
        of, t, cases = self._round, self._context.t, dict(self._cases)
        self._context.jobs.read(
            lambda work: _worded(cases, t), done=lambda found: self._on_read(of, found)
        )


class _Found(NamedTuple):
    """Cases in the built-in choices, and what their clocks say, by incident."""

    cases: Mapping[int, Case]
    told: Mapping[int, Told]


def _read(reader: Reader, ids: list[int], t: Translator) -> _Found:
    found, lists = cases_of(reader, ids), reader.vocabulary
    return _worded(
        {id: replace(case, incident=meant(case.incident, lists)) for id, case in found.items()}, t
    )


def _worded(cases: Mapping[int, Case], t: Translator) -> _Found:
    now = clock.now()
    return _Found(cases, {id: told(case, now, t) for id, case in cases.items()})
