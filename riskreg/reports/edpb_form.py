"""The EDPB's common form on paper, field by field in our words, so that it can be read and copied (domain.md 5.2).

A draft in consultation: it says so, and that an authority may want its own form. What the record does not
know yet stands out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from riskreg import edpb
from riskreg.cases import case_of
from riskreg.edpb.form import Answer, Part, labels, parts
from riskreg.errors import N_, Expected
from riskreg.i18n import NN_, Translator
from riskreg.records import Incident
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.text import words
from riskreg.rules.standing import went_out

VIEW: Final = N_("{ref}: {filled} of the form's {all} fields.")
OPEN: Final = NN_("{number} of them is not known yet.", "{number} of them are not known yet.")
WHOLE: Final = N_("Nothing that the form requires is open.")
DRAFT: Final = N_(
    "Draft of the European Data Protection Board of 8 June 2026, in consultation: an authority may want its own form. Numbers are those of the draft, labels are ours."
)
WITH_REF: Final = N_("{title}: {ref}")
TITLE: Final = N_("EDPB common form")

_NUMBER: Final = 26.0
_LABEL: Final = 168.0
_VALUE: Final = _NUMBER + _LABEL


def tell(asked: Asked) -> Told:
    """The report; raises `Expected`: `ref` is empty ("which_record") or names no incident ("no_record")."""
    if not asked.ref:
        raise Expected("which_record")
    id = asked.reader.find(asked.ref)
    case = case_of(asked.reader, id) if _is_incident(asked, id) else None
    if case is None:
        raise Expected("no_record", ref=asked.ref)
    t = asked.t
    is_told = any(
        each.rule_key == "eu_authority" and went_out(each, asked.now) for each in case.whole.notices
    )
    phase = "further" if is_told else "first"
    given = edpb.answers(asked.reader, case, phase, t.language, asked.now)
    number = sum(each.is_open for each in given)
    ref = case.incident.ref
    view = t.gettext(VIEW).format(ref=ref, filled=len(given), all=edpb.COUNT)
    state = t.ngettext(*OPEN, number).format(number=number) if number else t.gettext(WHOLE)
    known = {each.number: each for each in given}
    story = [_draft(t), *(rows for part in parts() if (rows := _part(part, known, t)))]
    title = t.gettext(WITH_REF).format(title=t.gettext(TITLE), ref=ref)
    view = " ".join((view, state)) if t.language == "en" else view + state
    return Told(view, story, title, is_drill=bool(case.incident.drill))


def _is_incident(asked: Asked, id: int) -> bool:
    return isinstance(asked.reader.record(id), Incident)


def _draft(t: Translator) -> Rows:
    said = words(t.gettext(DRAFT), width=WIDTH, size=SMALL, colour=ink().muted)
    return Rows([Row(columns=(Column(0, said),), below=4)])


def _part(part: Part, known: Mapping[int, Answer], t: Translator) -> Rows | None:
    """The fields of a part that the record fills; None where it fills none."""
    given: Iterable[Answer] = [known[number] for number in part.numbers if number in known]
    rows = [_row(each, t, place > 0) for place, each in enumerate(given)]
    heading = [section_row(part.title.get(t.language))]
    return Rows(rows, heading=heading, above=12) if rows else None


def _row(answer: Answer, t: Translator, is_ruled: bool) -> Row:
    width = WIDTH - _VALUE
    label = labels()[answer.number].get(t.language)
    if answer.is_open:
        value = marked("ring", ink().high, answer.words, width=width, size=SMALL, text=ink().high)
    else:
        value = words(answer.words, width=width, size=SMALL)
    number = words(str(answer.number), width=_NUMBER - 6, size=SMALL, colour=ink().muted)
    name = words(label, width=_LABEL - 10, size=SMALL, colour=ink().muted)
    columns = (Column(0, number), Column(_NUMBER, name), Column(_VALUE, value))
    return Row(columns=columns, above=5 if is_ruled else 2, below=2, is_ruled=is_ruled)
