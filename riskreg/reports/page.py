"""A4 pages: the grid, what stands above and below the text of each page, and the document that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final, NamedTuple, cast

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from riskreg.case_words import DRILL
from riskreg.errors import N_
from riskreg.i18n import NN_, Language, Translator
from riskreg.logo import Logo
from riskreg.reports import fonts
from riskreg.reports.emblem import emblem
from riskreg.reports.ink import BODY, LEADING, PAGE, SECTION, SMALL, ink
from riskreg.reports.layout import HAIR, Column, Row, ended
from riskreg.reports.one_page import cut
from riskreg.reports.text import Piece, Run, Sheet, gap, text_width, words
from riskreg.work import DRAWING, Work

rl_config.useA85 = 0  # pages as bytes, not as text: a seventh smaller and made faster

SIDE: Final = 51.0
"""Points of the left and right edge (18 mm)."""
WIDTH: Final = A4[0] - 2 * SIDE
"""Points of the text."""
TOP: Final = 50.0
TOP_LATER: Final = 74.0
FOOT: Final = 72.0
GUTTER: Final = 14.0
_OVER_LACKING: Final = 6.0
_UNDER_NAME: Final = 2.0
_BESIDE: Final = 11.0
"""Points between the logo and the name."""

SAMPLE: Final = "SAMPLE 樣本"
"""On every page made from the sample; in both languages, because whoever finds the page may read either."""

CONFIDENTIAL: Final = N_("Confidential")
PAGE_OF: Final = N_("Page {page} of {pages}")
PROOF: Final = N_(
    "The history up to this code can be checked against this page; it does not prove that entries are true."
)
CODE: Final = N_("Check code")
LACKING: Final = NN_(
    "{number} character on these pages is in no font of the program and is shown as a box.",
    "{number} characters on these pages are in no font of the program and are shown as boxes.",
)

_TAGS: Final[dict[Language, str]] = {"en": "en-HK", "zh_Hant": "zh-Hant-HK", "zh_Hans": "zh-Hans-CN"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a document says about itself.

    Attributes:
        organisation: Whose register it is.
        title: Of the report.
        lines: Below the title: when it was made, of what it was asked, one line each.
        mark: Stands in the corner of each page: who may read it.
        fingerprint: Of the history it was made from.
        is_sample: Made from the sample register.
        made: When, UTC.
        t: Its language.
        logo: Of the organisation; stands before its name.
        last: Stands after the last line: what was left out.
        is_drill: About a drill.
        is_letter: It goes to somebody outside: its pages bear no check code.
    """

    organisation: str
    title: str
    lines: tuple[str, ...]
    mark: str
    fingerprint: str
    is_sample: bool
    made: datetime
    t: Translator
    logo: Logo = Logo()  # noqa: RUF009 (a value)
    last: str = ""
    is_drill: bool = False
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of it: pages, and characters that no font has."""

    pages: int
    lacking: int


def front_row(front: Front) -> Row:
    """The head of the first page: organisation, title, when and what, over a line in the accent."""
    half, beside = WIDTH * 0.7, _beside(front)
    left = (
        *beside.pieces,
        *words(
            front.organisation,
            width=half,
            size=BODY,
            colour=ink().muted,
            indent=beside.indent,
            after=_UNDER_NAME,
        ),
        *words(front.title, width=WIDTH, size=PAGE, bold=True, indent=beside.indent, after=2),
        *beside.after,
        *(
            piece
            for line in front.lines
            for piece in words(line, width=WIDTH, size=SMALL, colour=ink().muted)
        ),
        gap(5),
        Piece(12, _accent_line),
    )
    right = words(front.mark, width=WIDTH - half, size=BODY, align="right", colour=ink().muted)
    return Row(columns=(Column(0, left), Column(half, right)))


class _Beside(NamedTuple):
    """The logo before name and title, how far it moves them to the right, and the space below it."""

    pieces: tuple[Piece, ...] = ()
    indent: float = 0
    after: tuple[Piece, ...] = ()


def _beside(front: Front) -> _Beside:
    if front.logo.picture is None:
        return _Beside()
    set_up = emblem(front.logo.picture, (BODY + PAGE) * LEADING + _UNDER_NAME)
    return _Beside((set_up.piece,), set_up.width + _BESIDE, (gap(3),))


def _accent_line(canvas: Sheet, x: float, y: float) -> None:
    canvas.setStrokeColor(ink().accent)
    canvas.setLineWidth(1.4)
    canvas.line(x, y, x + WIDTH, y)


def section_row(title: str, note: str = "") -> Row:
    """The heading of a section over a hair line, with a quiet note at the right."""
    return Row(columns=section_columns(title, note), bookmark=(0, title))


def section_columns(
    title: str, note: str = "", x: float = 0, width: float = WIDTH
) -> tuple[Column, ...]:
    """A heading of a part of the width: title over a hair line, and a quiet note at the right."""
    across = width - text_width(note, SMALL) - GUTTER if note else width
    left = (
        *words(title, width=across, size=SECTION, bold=True, colour=ink().accent, after=1),
        Piece(6, lambda canvas, at, y: _hair(canvas, at, y, width)),
    )
    lift = (SECTION - SMALL) * LEADING * 0.75
    right = (
        gap(lift),
        *words(note, width=width - across, size=SMALL, align="right", colour=ink().muted),
    )
    return (Column(x, left), Column(x + across, right)) if note else (Column(x, left),)


def head_row(*names: tuple[float, str]) -> Row:
    """The head of a table: what each column is called, and how far from the left it stands."""
    ends = [x for x, _ in names[1:]] + [WIDTH]
    columns = [
        Column(x, words(name, width=end - x - 6, size=SMALL, bold=True, colour=ink().muted))
        for (x, name), end in zip(names, ends, strict=True)
    ]
    return Row(columns=tuple(columns), above=2, below=4)


def _hair(canvas: Sheet, x: float, y: float, width: float = WIDTH) -> None:
    canvas.setStrokeColor(ink().line)
    canvas.setLineWidth(HAIR * 1.5)
    canvas.line(x, y, x + width, y)


class Document(BaseDocTemplate):
    """The pages of one report. The same input gives the same bytes.

    Args:
        file: Where it is written.
        front: What it says about itself.
        work: Told of each page; may cancel.
    """

    _doSave = 0  # noqa: N815 (reportlab's) the totals are known after the last page, and are drawn before saving

    def __init__(self, file: BinaryIO, front: Front, work: Work) -> None:
        fonts.font(False), fonts.font(True)
        super().__init__(
            file, pagesize=A4, invariant=1, title=f"{front.title} – {front.organisation}"[:250],
            author="", subject=front.fingerprint, creator="riskreg", lang=_TAGS[front.t.language],
            initialFontName=fonts.REGULAR,
        )  # fmt: skip
        self._front, self._work = front, work
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(TOP)], self._on_page, autoNextPageTemplate="later"),
                PageTemplate("later", [_frame(TOP_LATER)], self._on_later_page),
            ]
        )

    def print(self, story: Sequence[Flowable]) -> Printed:
        """Make the pages and write the file."""
        self.build(ended(story), canvasmaker=Sheet)
        canvas = cast("Sheet", self.canv)
        pages = self.page
        for page in range(1, pages + 1):
            canvas.beginForm(_total(page))
            self._page_of(canvas, page, pages)
            canvas.endForm()
        canvas.save()
        return Printed(pages, canvas.lacking)

    def beforeDocument(self) -> None:  # noqa: N802 (reportlab's)
        """Date the file with the moment of the report instead of the computer's clock."""
        stamp = self._front.made.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
        self.canv.setDateFormatter(lambda *_parts: stamp)
        self.canv.setViewerPreference("DisplayDocTitle", "true")

    def afterFlowable(self, _flowable: Flowable) -> None:  # noqa: N802 (reportlab's)
        """Say how far it is, and stop where that is asked: an exception of a page template would be made anew by reportlab."""
        self._work.step(DRAWING, self.page)

    def _on_page(self, canvas: Canvas, _document: object) -> None:
        stamps = ((DRILL, self._front.is_drill), (SAMPLE, self._front.is_sample))
        if said := " · ".join(stamp for stamp, is_so in stamps if is_so):
            _stamp(cast("Sheet", canvas), said)
        self._foot(cast("Sheet", canvas))

    def _on_later_page(self, canvas: Canvas, document: object) -> None:
        """A page after the first says what it belongs to."""
        self._on_page(canvas, document)
        self._running_head(cast("Sheet", canvas))

    def _running_head(self, canvas: Sheet) -> None:
        front, top = self._front, A4[1] - 44
        label = cut(front.mark, width=WIDTH / 3, size=SMALL)
        side = text_width(label, SMALL)
        head = [Run(front.title, ink().muted, True), Run(f"   {front.organisation}", ink().muted)]
        room = WIDTH - side - GUTTER
        if sum(text_width(run.text, SMALL, run.bold) for run in head) > room:
            head = [Run(cut(front.title, width=room, size=SMALL, bold=True), ink().muted, True)]
        words(*head, width=room, size=SMALL)[0].draw(canvas, SIDE, top)
        words(label, width=WIDTH, size=SMALL, align="right", colour=ink().muted)[0].draw(
            canvas, SIDE, top
        )
        _hair(canvas, SIDE, top - SMALL * LEADING - 4)

    def _foot(self, canvas: Sheet) -> None:
        t, front = self._front.t, self._front
        if front.is_letter:
            canvas.doForm(_total(canvas.getPageNumber()))
            return
        code = Run(f"{t.gettext(CODE)} {front.fingerprint}", ink().text, True)
        top = FOOT - 18
        _hair(canvas, SIDE, top + 4)
        room = WIDTH - text_width(t.gettext(PAGE_OF).format(page=9999, pages=9999), SMALL) - GUTTER
        for piece in (
            *words(code, width=room, size=SMALL),
            *words(t.gettext(PROOF), width=room, size=SMALL, colour=ink().muted),
        ):
            piece.draw(canvas, SIDE, top)
            top -= piece.height
        canvas.doForm(_total(canvas.getPageNumber()))

    def _page_of(self, canvas: Sheet, page: int, pages: int) -> None:
        text = self._front.t.gettext(PAGE_OF).format(page=page, pages=pages)
        piece = words(text, width=WIDTH, size=SMALL, align="right", colour=ink().muted)[0]
        piece.draw(canvas, SIDE, FOOT - 18)


def _total(page: int) -> str:
    return f"total{page}"


def _frame(top: float) -> Frame:
    height = A4[1] - top - FOOT
    return Frame(
        SIDE, FOOT, WIDTH, height,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _stamp(canvas: Sheet, said: str) -> None:
    """A frame in the upper edge of the page with the words in it."""
    size = BODY
    width = text_width(said, size, True)
    left, bottom = (A4[0] - width) / 2, A4[1] - 34
    canvas.setStrokeColor(ink().critical)
    canvas.setLineWidth(1)
    canvas.roundRect(left - 8, bottom - 4.5, width + 16, size * 1.6, 3, stroke=1, fill=0)
    word = words(said, width=width + 1, size=size, bold=True, colour=ink().critical)[0]
    word.draw(canvas, left, bottom + size * 0.97)


class Lacking(Flowable):
    """Says at the end what is not in it, where there is any: what was left out, characters, the logo.

    Args:
        front: Its language, the logo, what was left out.
    """

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._t = front.t
        self._trouble, self._last = front.logo.trouble, front.last

    def wrap(self, width: float, _space: float) -> tuple[float, float]:
        """The height of its lines; all pages before it are drawn by now."""
        number = cast("Sheet", self.canv).lacking
        boxes = self._t.ngettext(*LACKING, number).format(number=number) if number else ""
        text = "\n".join(filter(None, (self._last, boxes, self._t.gettext(self._trouble))))
        self._lines = words(text, width=width, size=SMALL, colour=ink().muted) if text else ()
        self.height = sum(line.height for line in self._lines) + (_OVER_LACKING if text else 0)
        return width, self.height

    def draw(self) -> None:
        """Draw the lines."""
        top = self.height - _OVER_LACKING
        for line in self._lines:
            line.draw(cast("Sheet", self.canv), 0, top)
            top -= line.height
