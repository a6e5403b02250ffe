"""A notice, a letter, a message or a script on paper: what `riskreg.notices` says, set on pages.

What is not known yet stands in a colour and behind a mark, so that nobody sends it unread.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from reportlab.platypus import Flowable

from riskreg import logo
from riskreg.dates import moment_words
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.notices import Block, Written
from riskreg.reports.entries import note
from riskreg.reports.figures import marked
from riskreg.reports.ink import BODY, LEADING, PAGE, SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import (
    CONFIDENTIAL,
    WIDTH,
    Document,
    Front,
    Lacking,
    front_row,
    section_row,
)
from riskreg.reports.rows import LABEL, labelled, named
from riskreg.reports.text import Piece, gap, together, words
from riskreg.reports.writing import MADE, Paper
from riskreg.views import Reader
from riskreg.work import QUIET, Work

NAME: Final = "notice"
"""What the history calls such a paper."""
CHARACTERS: Final = N_("{number} characters")
_LABEL: Final = 150.0
_LETTER_WIDTH: Final = WIDTH * 0.92


def draw(
    reader: Reader, written: Written, t: Translator, *, now: datetime, work: Work = QUIET
) -> Paper:
    """The paper as a PDF in memory.

    Args:
        reader: The register, of which the head of the page says how it stood.
        written: What it says.
        t: Its language.
        now: The moment it is made, UTC.
        work: Told of each page; may cancel.
    """
    file = io.BytesIO()
    front = _front(reader, written, t, now)
    story: list[Flowable] = [_head(front, written), *_story(written, t)]
    if not front.is_letter:
        story.append(Lacking(front))
    printed = Document(file, front, work).print(story)
    return Paper(
        name=NAME,
        ref=written.prepared.ref,
        content=file.getvalue(),
        pages=printed.pages,
        fingerprint=reader.head().fingerprint,
        lacking=printed.lacking,
    )


def _front(reader: Reader, written: Written, t: Translator, now: datetime) -> Front:
    head, ours = reader.head(), reader.organisation()
    made = t.gettext(MADE).format(
        made=moment_words(now, ours.zone, t), changed=moment_words(head.at, ours.zone, t)
    )
    is_letter = written.kind == "letter"
    return Front(
        organisation=ours.title,
        title=written.title,
        lines=() if is_letter else (made,),
        mark="" if is_letter else t.gettext(CONFIDENTIAL),
        fingerprint=head.fingerprint,
        is_sample=reader.is_sample,
        made=now,
        t=t,
        logo=logo.found(reader),
        is_drill=written.is_drill,
        is_letter=is_letter,
    )


def _head(front: Front, written: Written) -> Rows:
    """The head of the first page; of a letter that of the house."""
    if not front.is_letter:
        return Rows([front_row(front)])
    name, *others = written.sender or ("",)
    house = replace(front, organisation="", title=name, lines=tuple(others))
    return Rows([front_row(house)])


def _story(written: Written, t: Translator) -> Iterator[Rows]:
    if written.kind == "letter":
        yield from _letter(written, t)
    elif written.kind == "message":
        yield _message(written, t)
    else:
        yield from _notice(written)


def _notice(written: Written) -> Iterator[Rows]:
    """Facts, what to know, then the items under the headings of their parts."""
    above = [Row(columns=(Column(0, _facts(written)),), above=2)]
    above += [Row(columns=(Column(0, note(each, WIDTH)),), above=5) for each in written.remarks]
    above += [_paragraph(each, above=8) for each in written.before]
    yield Rows(above)
    for part, blocks in _parts(written.blocks):
        heading = [section_row(part)] if part else []
        rows = [_item(each, place > 0 or not part) for place, each in enumerate(blocks)]
        yield Rows(rows, heading=heading, above=14)


def _facts(written: Written) -> tuple[Piece, ...]:
    """To whom, from whom, reference and day."""
    pieces: list[Piece] = []
    for label, said in written.facts:
        pieces += together((*labelled(label, words(said, width=WIDTH - LABEL, size=SMALL)), gap(2)))
    return tuple(pieces)


def _item(block: Block, is_ruled: bool) -> Row:
    """The label at the left, the answer beside it."""
    room = WIDTH - _LABEL
    name = words(block.heading, width=_LABEL - 12, size=SMALL, colour=ink().muted)
    label = (gap((BODY - SMALL) * LEADING * 0.75 if block.text else 0), *name)
    answer = (
        (*words(block.text, width=room), *_lack(block, room)) if block.text else _lack(block, room)
    )
    return Row(
        columns=(Column(0, label), Column(_LABEL, answer)),
        above=8 if is_ruled else 3,
        below=3,
        is_ruled=is_ruled,
    )


def _lack(block: Block, width: float) -> tuple[Piece, ...]:
    if not block.lack:
        return ()
    return marked(
        "alert", ink().high, block.lack, width=width, size=SMALL, text=ink().high, bold=True
    )


def _letter(written: Written, t: Translator) -> Iterator[Rows]:
    """A letter: day and reference, salutation, what it is about, the items as headed paragraphs, the end."""
    (_, day), (label, ref) = written.facts
    dear, *opening = written.before
    rows = [
        _paragraph(day, above=16),
        _paragraph(named(label, ref, t)),
        _paragraph(dear, above=16),
        Row(
            columns=(Column(0, words(written.title, width=WIDTH, size=PAGE * 0.8, bold=True)),),
            above=12,
        ),
        *(_paragraph(each, above=8) for each in opening),
    ]
    for block in written.blocks:
        rows.append(_headed(block))
    rows += [_paragraph(each, above=14) for each in written.after]
    yield Rows(rows)


def _headed(block: Block) -> Row:
    head = words(block.heading, width=_LETTER_WIDTH, bold=True, after=1)
    text = words(block.text, width=_LETTER_WIDTH) if block.text else ()
    return Row(
        columns=(Column(0, together((*head, *text, *_lack(block, _LETTER_WIDTH)))),), above=9
    )


def _paragraph(text: str, above: float = 0) -> Row:
    return Row(columns=(Column(0, words(text, width=_LETTER_WIDTH)),), above=above)


def _message(written: Written, t: Translator) -> Rows:
    """The message in a frame of its own, and how long it is."""
    (text,) = written.before
    count = t.gettext(CHARACTERS).format(number=len(text))
    pieces = (
        *words(text, width=WIDTH * 0.7, size=BODY * 1.15),
        gap(BODY * LEADING * 0.4),
        *words(count, width=WIDTH * 0.7, size=SMALL, colour=ink().muted),
    )
    return Rows([Row(columns=(Column(0, pieces),), above=12)])


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Blocks that follow each other under one heading."""
    found: list[Block] = []
    for block in blocks:
        if found and found[-1].part != block.part:
            yield found[0].part, found
            found = []
        found.append(block)
    if found:
        yield found[0].part, found
