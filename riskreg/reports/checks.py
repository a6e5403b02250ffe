"""What the checks find, for whoever puts it right: by how grave it is, then by kind of record, each with the rule it follows from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from riskreg.checking import Checked, checked, sentence, source
from riskreg.errors import N_
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_, Translator
from riskreg.reports.asked import Asked, Told
from riskreg.reports.figures import number_strip
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.rows import continued, programme_title
from riskreg.reports.text import Piece, gap, words
from riskreg.rules.checks import CHECKS, LEVELS, Finding, Level
from riskreg.rules.checks.whole import Missing

HELD: Final = N_("Every record was held against {number} checks.")
NOTHING: Final = N_("Nothing was found.")
FOUND: Final = NN_("{number} thing was found.", "{number} things were found, the gravest first.")
NAMES: Final[Mapping[Level, str]] = {
    "error": N_("Errors"),
    "warning": N_("Warnings"),
    "hint": N_("Hints"),
}
MEANINGS: Final[Mapping[Level, str]] = {
    "error": N_("cannot be right, or must be settled first"),
    "warning": N_("an auditor would ask"),
    "hint": N_("worth a look"),
}
COMPLETE: Final = N_("of the records lack nothing")
PERCENT: Final = N_("{number} %")
OF_KIND: Final = N_("{kind} ({number})")
REF: Final = N_("Ref")
WRONG: Final = N_("What is wrong")
SOURCE: Final = N_("Source")
MISSING: Final = N_("What is missing most")

_REF: Final = 84.0
_SOURCE: Final = 346.0
_HEADS: Final = (N_("Field"), N_("Kind"), N_("Records"), N_("Why it matters"))
_PLACES: Final = (0.0, 110.0, 210.0, 264.0)
_MOST: Final = 12
"""Fields that are told as missing most."""


def tell(asked: Asked) -> Told:
    """The report, always of the whole register."""
    found = checked(asked.reader, asked.today, asked.work)
    t, number = asked.t, len(found.findings)
    held = t.gettext(HELD).format(number=number_words(len(CHECKS)))
    story = [_figures(found, t), *_parts(found, t), *_missing(found.completeness.missing, t)]
    if not number:
        return Told(sentences(t, held, t.gettext(NOTHING)), story)
    view = t.ngettext(*FOUND, number).format(number=number_words(number))
    return Told(sentences(t, held, view), story)


def _figures(found: Checked, t: Translator) -> Rows:
    numbers = [
        (number_words(len(list(_of(found.findings, level)))), t.gettext(NAMES[level]))
        for level in LEVELS
    ]
    share = t.gettext(PERCENT).format(number=found.completeness.percent)
    figures = number_strip([*numbers, (share, t.gettext(COMPLETE))], WIDTH)
    return Rows([Row(columns=(Column(0, figures),), above=2)])


def _of(findings: Sequence[Finding], level: Level) -> Iterator[Finding]:
    return (finding for finding in findings if finding.check.level == level)


def _parts(found: Checked, t: Translator) -> Iterator[Rows]:
    """The findings of each level, and in it of each kind."""
    for level in LEVELS:
        heading = [section_row(t.gettext(NAMES[level]), t.gettext(MEANINGS[level]))]
        for kind, findings in groupby(_of(found.findings, level), lambda each: each.kind):
            of = list(findings)
            heading.append(_kind_row(kind, len(of), t))
            rows = list(_rows(of, found, t))
            yield Rows(rows, heading=heading, head=[_head(t)], above=14)
            heading = []


def _kind_row(kind: str, number: int, t: Translator) -> Row:
    name = t.gettext(OF_KIND).format(kind=t.kind_name(kind), number=number_words(number))
    return Row(columns=(Column(0, words(name, width=WIDTH, bold=True)),), above=4)


def _head(t: Translator) -> Row:
    names = ((0.0, REF), (_REF, WRONG), (_SOURCE, SOURCE))
    return head_row(*((x, t.gettext(name)) for x, name in names))


def _rows(findings: Iterable[Finding], found: Checked, t: Translator) -> Iterator[Row]:
    """A row for each finding; those of one record stand together under its title."""
    before = 0
    for place, finding in enumerate(findings):
        wrong = sentence(finding, t, found.snapshot.vocabulary)
        if finding.id == before:
            yield _row((), (), words(wrong, width=_SOURCE - _REF - 10, size=SMALL), finding, t)
            continue
        before = finding.id
        title = programme_title(finding.ref, t.language) or finding.title
        head = words(title, width=_SOURCE - _REF - 10, bold=True, after=1)
        ref = words(finding.ref, width=_REF - 6, bold=True)
        row = _row(ref, head, words(wrong, width=_SOURCE - _REF - 10, size=SMALL), finding, t)
        mark = (1, f"{finding.ref} {title}"[:120])
        yield replace(row, above=8 if place else 2, is_ruled=place > 0, bookmark=mark)


def _row(
    ref: Sequence[Piece],
    title: Sequence[Piece],
    wrong: Sequence[Piece],
    finding: Finding,
    t: Translator,
) -> Row:
    """One finding: what is wrong beside the rule that it follows from."""
    rule = words(source(finding, t), width=WIDTH - _SOURCE, size=SMALL, colour=ink().muted)
    below_title = [gap(sum(piece.height for piece in title))] if title else []
    return Row(
        columns=(
            Column(0, ref),
            Column(_REF, (*title, *wrong)),
            Column(_SOURCE, (*below_title, *rule)),
        ),
        below=3,
        again=continued(finding.ref, _REF, t),
    )


# Completeness


def _missing(missing: Sequence[Missing], t: Translator) -> Iterator[Rows]:
    if not missing:
        return
    head = head_row(*((x, t.gettext(name)) for x, name in zip(_PLACES, _HEADS, strict=True)))
    rows = [_missing_row(each, t, place > 0) for place, each in enumerate(missing[:_MOST])]
    yield Rows(rows, heading=[section_row(t.gettext(MISSING))], head=[head], above=14)


def _missing_row(each: Missing, t: Translator, is_ruled: bool) -> Row:
    texts = (
        t.label(each.kind, each.rule.field),
        t.kind_name(each.kind, plural=False),
        number_words(each.number),
        t.gettext(each.rule.reason),
    )
    ends = (*_PLACES[1:], WIDTH)
    columns = (
        Column(x, words(text, width=end - x - 8, size=SMALL))
        for x, end, text in zip(_PLACES, ends, texts, strict=True)
    )
    return Row(columns=tuple(columns), above=6 if is_ruled else 2, below=1, is_ruled=is_ruled)
