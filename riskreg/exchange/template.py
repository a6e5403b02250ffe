"""An empty sheet to fill in by hand: the fields of a kind as columns, drop-downs, help as notes, an example that is not imported.

Its tab is called after the kind and its headings after the fields, so that it is imported without a mapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO, Final

from riskreg import clock, placing
from riskreg.errors import N_, Expected
from riskreg.exchange import headers, marks, sheets
from riskreg.exchange import lists as lists_sheet
from riskreg.exchange.cells import Cell
from riskreg.exchange.headers import Part, Target
from riskreg.exchange.lists import Lists
from riskreg.formats import NO
from riskreg.i18n import Translator
from riskreg.records import KINDS, Record, every_field, fields
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Vocabulary
from riskreg.views import Reader
from riskreg.work import QUIET, Work

HINTS: Final = {
    "ref": N_(
        "Leave it empty for a new record. The row that says “{example}” here is not imported."
    ),
    "required": N_("Every record needs it."),
    "day": N_("A date, such as 2026-11-20."),
    "instant": N_("A date, or a date and time such as 2026-11-20 18:40."),
    "several": N_("Several may be given, one on each line (Alt+Enter)."),
    "links": N_("The name or ref of a record of the register; several on lines of their own."),
    "count": N_("A number; ~40 is about 40."),
}
TITLES: Final = {
    "incident": N_("Letter posted to the wrong address"),
    "risk": N_("A list of patients is mailed to the wrong person"),
    "asset": N_("Personnel files"),
    "party": N_("Payroll bureau"),
}
_SOME: Final = N_("An example")
_NOTE: Final = {"x_scale": 2, "y_scale": 1.2}


def write(reader: Reader, kind: str, target: Path, t: Translator, work: Work = QUIET) -> Path:
    """Write the template of a kind.

    Raises:
        Expected: There is no such kind, its records cannot be added, or the file cannot be written.
    """
    if kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(KINDS))
    if KINDS[kind].numbering in ("catalogue", "single") or KINDS[kind].auxiliary:
        raise Expected("cannot_add", kind=kind)
    if target.suffix.lower() != ".xlsx":
        raise Expected("not_a_workbook", path=target.name)
    front = sheets.Front(
        register="", organisation=reader.organisation().title, fingerprint="",
        is_sample=False, made=clock.now(), t=t,
    )  # fmt: skip

    def fill(file: BinaryIO) -> None:
        with sheets.whole(file, front, work) as book:
            _Template(book, KINDS[kind], reader.vocabulary).write()

    placing.place(target, fill, lambda file: True, work)
    return target


def columns(kind: type[Record]) -> list[tuple[Target, FieldKind]]:
    """The columns of a template: what a person may fill in."""
    found: list[tuple[Target, FieldKind]] = [(Target("ref"), headers.known(kind)["ref"])]
    for key, what in every_field(kind).items():
        is_shown = isinstance(what, fields.Links) and what.mirror
        if isinstance(what, fields.Derived | fields.Facts) or is_shown or what.retired:
            continue
        shown: Sequence[Part] = [part for part in headers.parts(what) if part != "exact"]
        found += [(Target(key, part), what) for part in shown]
    return found


class _Template:
    def __init__(self, book: sheets.Book, kind: type[Record], vocabulary: Vocabulary) -> None:
        self._book, self._kind, self._vocabulary = book, kind, vocabulary
        self._t = book.front.t
        self._columns = columns(kind)
        self._sheet = book.add(headers.sheet_name(kind, self._t))
        self._lists = Lists(book, book.add(self._t.gettext(lists_sheet.NAME)), vocabulary)

    def write(self) -> None:
        looks = self._book.looks
        for place, (target, what) in enumerate(self._columns):  # notes go before their row
            if note := self._note(target, what):
                self._sheet.raw.write_comment(0, place, note, _NOTE)
        heads = [headers.header(self._kind, target, self._t) for target, _ in self._columns]
        self._sheet.row(heads, [looks["header"]] * len(heads))
        example = [self._example(target, what) for target, what in self._columns]
        self._sheet.row(example)
        for place, (target, what) in enumerate(self._columns):
            self._lists.offer(self._sheet, place, self._kind, target, what)
        self._sheet.finish_table(repeated=2, printed=len(heads))
        self._lists.write()

    def _note(self, target: Target, what: FieldKind) -> str:
        """Help as the form gives it, what has to be known of the cell, and whether it may stay empty."""
        gettext = self._t.gettext
        said = [self._t.help(self._kind, target.key) if target.key != "ref" else ""]
        hint = self._hint(target, what)
        said.append(gettext(HINTS[hint]).format(example=gettext(marks.EXAMPLE)) if hint else "")
        said.append(gettext(HINTS["required"]) if what.required else "")
        return "\n".join(filter(None, said))

    def _hint(self, target: Target, what: FieldKind) -> str:
        match what:
            case fields.Line() if target.key == "ref":
                return "ref"
            case fields.Day():
                return "day"
            case fields.Instant():
                return "instant"
            case fields.Choices() | fields.Tags():
                return "several"
            case fields.Links():
                return "links"
            case fields.Count() if target.part == "value":
                return "count"
        return ""

    def _example(self, target: Target, what: FieldKind) -> Cell:
        gettext, language = self._t.gettext, self._t.language
        match what:
            case fields.Line() if target.key == "ref":
                return gettext(marks.EXAMPLE)
            case fields.Line() if target.key == "title":
                return gettext(TITLES.get(self._kind.kind, _SOME))
            case fields.Choice():
                terms = self._vocabulary.terms_of(what.terms)
                return terms.label(terms.offered[0], language)
            case fields.Choices():
                terms = self._vocabulary.terms_of(what.terms)
                return "\n".join(terms.label(key, language) for key in terms.offered[:2])
            case fields.Count():
                terms = self._vocabulary.terms_of("count_precision")
                return 12 if target.part == "value" else terms.label("exact", language)
            case fields.Score():
                return 3
            case fields.Duration():
                return 12
            case fields.YesNo():
                return gettext(NO)
            case fields.Day():
                return self._today()
            case fields.Instant():
                return datetime.combine(self._today(), time(9, 30))
            case _:
                return None

    def _today(self) -> date:
        return clock.now().date()
