"""Everything that has a date, by how pressing it is, with who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from riskreg.coming import Item, coming
from riskreg.dates import day_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Party
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import said_alone
from riskreg.reports.layout import Rows
from riskreg.reports.tables import Cell, late, quiet, table
from riskreg.reports.text import Run
from riskreg.rules.due import spans

ALL: Final = NN_(
    "{number} thing with a date, the most pressing first.",
    "{number} things with a date, the most pressing first.",
)
OF_ONE: Final = NN_(
    "{number} thing with a date that {who} answers for.",
    "{number} things with a date that {who} answers for, the most pressing first.",
)
NONE: Final = N_("Nothing in the register has a date.")
NONE_OF_ONE: Final = N_("Nothing that {who} answers for has a date.")
THINGS: Final = NN_("{number} thing", "{number} things")
NO_OWNER: Final = N_("no owner")
HEADS: Final = (
    (0.0, N_("Day")),
    (80.0, N_("What")),
    (172.0, N_("Ref")),
    (228.0, N_("Title")),
    (424.0, N_("Owner")),
)


def tell(asked: Asked) -> Told:
    """The report; `ref` narrows it to what one party owns: raises `Expected` ("no_record") where it names none."""
    t = asked.t
    items = coming(asked.reader, t, work=asked.work)
    number, party = len(items), None
    if asked.ref:
        party = asked.reader.record(asked.reader.find(asked.ref))
        if not isinstance(party, Party):
            raise Expected("no_record", ref=asked.ref)
        items = [item for item in items if party.id in item.owners]
        number = len(items)
    if not items:
        said = t.gettext(NONE_OF_ONE if party else NONE)
        return Told("", [said_alone(said.format(who=party.title if party else ""))])
    view = t.ngettext(*(OF_ONE if party else ALL), number)
    view = view.format(number=number_words(number), who=party.title if party else "")
    return Told(view, list(_parts(asked, items)))


def _parts(asked: Asked, items: Sequence[Item]) -> Iterator[Rows]:
    t, after = asked.t, None
    heads = [(x, t.gettext(name)) for x, name in HEADS]
    for span in spans(asked.today):
        those = [
            item
            for item in items
            if (after is None or item.day > after)
            and (span.until is None or item.day <= span.until)
        ]
        after = span.until
        if those:
            number = len(those)
            note = t.ngettext(*THINGS, number).format(number=number_words(number))
            rows = [cells(asked, item) for item in those]
            yield table(t.gettext(span.label), heads, rows, note)


def cells(asked: Asked, item: Item) -> Sequence[Cell]:
    """A row of the table: day, what, ref, title, owner."""
    t, day = asked.t, day_words(item.day, asked.t)
    return (
        late(day) if item.day < asked.today and not item.is_drill else Run(day, bold=True),
        quiet(item.what),
        item.ref,
        item.title,
        item.owner or (late(t.gettext(NO_OWNER)) if item.is_ownable else quiet("–")),
    )
