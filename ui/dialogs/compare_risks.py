"""Where the open risks sat at the end of last month and where they sit now, side by side, and which of them moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_
from riskreg.records.terms import Scale, Vocabulary
from riskreg.rules.moved import Pair, Way, way
from riskreg.rules.statistics import HEAT_KEYS, mapped_risks
from riskreg.views import Reader, Register
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.pages.home_facts import risks_in
from ui.widgets.heat_map import HeatMap
from ui.widgets.rows import Row, RowText
from ui.widgets.text import Text

COMPARING: Final = N_("Reading the history")
_LEAD: Final = N_("As the history tells it. Nothing is changed by looking.")
_NOW: Final = N_("Now")
_SAME: Final = N_("No risk moved since then.")
_SAID: Final[Mapping[Way, tuple[str, str]]] = {
    "rose": NN_("{number} risk rose", "{number} risks rose"),
    "fell": NN_("{number} risk fell", "{number} risks fell"),
    "new": NN_("{number} risk is new", "{number} risks are new"),
    "over": NN_("{number} risk is no longer open", "{number} risks are no longer open"),
}
_LOOKS: Final[Mapping[Way, tuple[str, str]]] = {
    "rose": ("arrow-up", "high"),
    "fell": ("arrow-down", "low"),
    "new": ("plus", "muted"),
    "over": ("check", "muted"),
}
_MOST: Final = 8
_MORE: Final = NN_("and {number} more", "and {number} more")
_WIDE: Final = 900
_TALL: Final = 250


class Moved(NamedTuple):
    """A risk that is not where it was: how it moved, and its levels then and now; "" where it was not open or had none."""

    id: int
    ref: str
    title: str
    way: Way
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What is compared.

    Attributes:
        heat: The open risks at that time, by residual likelihood and impact.
        now: The same as they are.
        vocabulary: The scale of that time.
        moved: Risks whose score changed, the highest first.
    """

    heat: Mapping[tuple[int, int], int]
    now: Mapping[tuple[int, int], int]
    vocabulary: Vocabulary
    moved: tuple[Moved, ...]


class _Scored(NamedTuple):
    ref: str
    title: str
    score: int
    level: str
    pair: Pair


def compared(register: Register, day: date) -> Then:
    """Hold the open risks of now against those at the end of a day; on the thread of a job.

    Raises:
        Expected: The history holds nothing of that day ("no_moment").
    """
    past = register.as_of(register.moment(day.isoformat()))
    with register.reader() as reader:
        return Then(
            heat=_heat(past),
            now=_heat(reader),
            vocabulary=past.vocabulary,
            moved=_moved(
                _scored(past), _scored(reader), past.vocabulary.scale, reader.vocabulary.scale
            ),
        )


def _heat(reader: Reader) -> Mapping[tuple[int, int], int]:
    found = reader.tally(mapped_risks(reader.vocabulary), HEAT_KEYS)
    return {
        (likely, bad): number
        for (likely, bad), number in found.items()
        if isinstance(likely, int) and isinstance(bad, int)
    }


def _scored(reader: Reader) -> dict[int, _Scored]:
    """The risks of the map, by id."""
    columns = ("ref", "title", "residual_score", "residual_level", *HEAT_KEYS)
    view = replace(mapped_risks(reader.vocabulary), columns=columns)
    return {
        row.id: _Scored(
            str(ref), str(title), cast("int | None", score) or 0, str(level or ""),
            Pair(*cast("list[int | None]", pair)),
        )
        for row in reader.rows(view, reader.ids(view))
        for ref, title, score, level, *pair in [row.values]
    }  # fmt: skip


def _moved(
    then: Mapping[int, _Scored], now: Mapping[int, _Scored], old: Scale, scale: Scale
) -> tuple[Moved, ...]:
    found: list[tuple[int, Moved]] = []
    for id in {**now, **then}:
        before, after = then.get(id), now.get(id)
        how = way(before and before.pair, after and after.pair, old, scale)
        named = after or before
        if how is not None and named is not None:
            moved = Moved(
                id, named.ref, named.title, how,
                before.level if before else "", after.level if after else "",
            )  # fmt: skip
            found.append((named.score, moved))
    return tuple(moved for _, moved in sorted(found, key=lambda pair: (-pair[0], pair[1].ref)))


class CompareRisksDialog(Sheet):
    """Two heat maps and the risks that moved; a click on one opens it.

    Args:
        context: What the window shares.
        day: With whose end the present is compared.
    """

    def __init__(self, context: Context, day: date, parent: QWidget | None = None) -> None:
        t = context.t
        self._when = day_words(day, t)
        title = t.gettext(N_("Open risks, {day} and now")).format(day=self._when)
        super().__init__(context, title, t.gettext(_LEAD), parent, _WIDE)
        self.close_button.setText(t.gettext("Close"))
        self.maps: list[HeatMap] = []
        self.rows: list[Row] = []
        self._past: Mapping[tuple[int, int], int] = {}
        self.told = Text("", "strong", wraps=True)
        self._maps = QHBoxLayout()
        self._maps.setSpacing(context.theme.space("xl"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._maps, 1)
        self.body.addWidget(self.told)
        self.body.addLayout(self._lines)
        register = context.register
        self.progress.follow(
            context.jobs.read(
                lambda _work: compared(register, day),
                doing=COMPARING,
                done=self._show,
                failed=self.fail,
            )
        )

    def _show(self, found: Then) -> None:
        now, self._past = self.context.register.vocabulary, found.heat
        for name, vocabulary, heat in (
            (self._when, found.vocabulary, found.heat),
            (self.context.t.gettext(_NOW), now, found.now),
        ):
            self._add_map(name, vocabulary, heat)
        self.told.setText(self._said(found.moved))
        for each in found.moved[:_MOST]:
            self._add_row(each)
        if (more := len(found.moved) - _MOST) > 0:
            self._say_more(more)

    def _add_map(
        self, name: str, vocabulary: Vocabulary, heat: Mapping[tuple[int, int], int]
    ) -> None:
        column = QVBoxLayout()
        column.setSpacing(self.context.theme.space("s"))
        column.addWidget(Text(name, "small", "muted"))
        made = HeatMap(self.context.theme, vocabulary, self.context.t.language, heat)
        made.setMinimumHeight(_TALL)
        made.setAccessibleName(name)
        made.setEnabled(heat is not self._past)  # what was then cannot be listed now
        made.chosen.connect(self._list)
        self.maps.append(made)
        column.addWidget(made, 1)
        self._maps.addLayout(column, 1)

    def _said(self, moved: tuple[Moved, ...]) -> str:
        """How many moved which way, in one sentence."""
        t, numbers = self.context.t, Counter(each.way for each in moved)
        parts = [
            t.ngettext(*_SAID[way], numbers[way]).format(number=number_words(numbers[way]))
            for way in _SAID
            if numbers[way]
        ]
        return listed(parts, t) if parts else t.gettext(_SAME)

    def _add_row(self, each: Moved) -> None:
        icon, tone = _LOOKS[each.way]
        terms = self.context.register.vocabulary.terms_of("level")
        levels = [
            terms.label(key, self.context.t.language) for key in (each.before, each.after) if key
        ]
        row = Row(
            self.context.theme,
            RowText(icon=icon, tone=tone, lead=each.ref, text=each.title, end=" → ".join(levels)),
        )
        row.clicked.connect(lambda _checked=False: self._open(each.id))
        self.rows.append(row)
        self._lines.addWidget(row)

    def _say_more(self, number: int) -> None:
        said = self.context.t.ngettext(*_MORE, number).format(number=number_words(number))
        self._lines.addWidget(Text(said, "small", "muted"))

    def _list(self, likelihood: int, impact: int) -> None:
        """The open risks in a cell of now."""
        self.close()
        self.context.events.open_view.emit(risks_in(self.context.register, likelihood, impact))

    def _open(self, id: int) -> None:
        self.close()
        self.context.events.open_record.emit(id)
