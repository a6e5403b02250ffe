"""Make the Word templates of notices and letters beside this file: `python resources/notices/make_templates.py [FOLDER]`.

One for each kind and language. What stands in double braces is filled by `riskreg.exchange.word`; README.md
lists the names. The fonts are those of Word; Chinese has its own and each run says so.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from riskreg.exchange.word import packed

ACCENT, MUTED, ALARM = RGBColor(0x0F, 0x6E, 0x6E), RGBColor(0x5B, 0x66, 0x75), RGBColor(0xB4, 0x23, 0x18)  # fmt: skip
LATIN = "Calibri"
LABEL_WIDTH, TEXT_WIDTH = Cm(4.6), Cm(12.4)


class Tongue(NamedTuple):
    """The East-Asian font of a language, what Word calls the languages of its text, and its colon."""

    font: str
    latin: str
    eastern: str
    colon: str


TONGUES = {
    "en": Tongue("Microsoft JhengHei", "en-GB", "zh-HK", ": "),
    "zh_Hant": Tongue("Microsoft JhengHei", "en-GB", "zh-HK", "："),
    "zh_Hans": Tongue("Microsoft YaHei", "en-GB", "zh-CN", "："),
}


class Maker:
    """A template that is being made."""

    def __init__(self, language: str) -> None:
        self.tongue, self.is_chinese = TONGUES[language], language != "en"
        self.file: Document = docx.Document()
        for paragraph in self.file.paragraphs:
            paragraph._element.getparent().remove(paragraph._element)
        for key, each in list(self.file.part.package.rels.items()):
            if each.reltype.endswith("/thumbnail"):
                del self.file.part.package.rels[key]  # a preview of an empty page
        self._set_page()
        self._set_fonts()
        self._head_and_foot()

    def line(
        self,
        text: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        colour: RGBColor | None = None,
        before: float = 0,
        after: float = 0,
        joined: bool = False,
    ) -> Paragraph:
        """A paragraph of one run."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.keep_with_next = joined
        self.run(paragraph, text, size=size, bold=bold, colour=colour)
        return paragraph

    def run(
        self,
        paragraph: Paragraph,
        text: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        colour: RGBColor | None = None,
    ) -> None:
        """Text of one look, with the hint which font its ambiguous marks belong to."""
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        if colour is not None:
            run.font.color.rgb = colour
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        if self.is_chinese:
            fonts.set(qn("w:hint"), "eastAsia")

    def code(self, text: str) -> None:
        """A line of the template that leaves nothing behind."""
        self.line("{%p " + text + " %}")

    def table(self, rows: str, label: str, said: str, lack: str = "") -> None:
        """A table of two columns with a row for each of `rows`."""
        table = self.file.add_table(rows=3, cols=2)
        table.autofit = False
        table._tbl.tblPr.find(qn("w:tblW")).addnext(_rules())
        table.columns[0].width, table.columns[1].width = LABEL_WIDTH, TEXT_WIDTH
        begin, middle, end = table.rows
        self._cell(begin.cells[0], "{%tr for " + rows + " %}")
        self._cell(middle.cells[0], label, colour=MUTED, size=9)
        self._cell(middle.cells[1], said)
        if lack:
            paragraph = middle.cells[1].paragraphs[0]
            self.run(paragraph, "{% if row.lack %}{% if row.text %}\n{% endif %}", size=9)
            self.run(paragraph, lack, bold=True, colour=ALARM)
            self.run(paragraph, "{% endif %}", size=9)
        self._cell(end.cells[0], "{%tr endfor %}")
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = LABEL_WIDTH, TEXT_WIDTH
            self._whole(row)

    def save(self) -> bytes:
        """The file, without a name or a date of whoever made it."""
        memory = BytesIO()
        self.file.save(memory)
        return packed(memory.getvalue())

    def _cell(self, cell: _Cell, text: str, *, size: float = 10.5, colour: RGBColor | None = None) -> None:  # fmt: skip
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.paragraph_format.space_after = Pt(3)
        self.run(paragraph, text, size=size, colour=colour)

    def _whole(self, row: _Row) -> None:
        """No page ends within a row, where that can be."""
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _set_page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)

    def _set_fonts(self) -> None:
        style = self.file.styles["Normal"]
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(name), LATIN)
        fonts.set(qn("w:eastAsia"), self.tongue.font)
        said = OxmlElement("w:lang")
        said.set(qn("w:val"), self.tongue.latin)
        said.set(qn("w:eastAsia"), self.tongue.eastern)
        properties.append(said)
        style.paragraph_format.space_after = Pt(0)

    def _head_and_foot(self) -> None:
        section = self.file.sections[0]
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.run(head, "{{ drill }}", size=12, bold=True, colour=ALARM)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot._element.append(field)


def _rules() -> BaseOxmlElement:
    """Hair lines between the rows of a table and below the last one."""
    borders = OxmlElement("w:tblBorders")
    for name in ("bottom", "insideH"):
        edge = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D5DAE1")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    return borders


def notice(language: str) -> bytes:
    """A notice to an authority or another party, a message, a script: facts, then the items in tables."""
    made = Maker(language)
    made.line("{{ organisation }}", colour=MUTED)
    made.line("{{ title }}", size=18, bold=True, after=8)
    made.code("if facts")
    made.table("row in facts", "{{ row.label }}", "{{ row.text }}")
    made.code("endif")
    made.code("for text in remarks")
    made.line("{{ text }}", size=9, bold=True, colour=ALARM, before=6)
    made.code("endfor")
    made.code("for text in before")
    made.line("{{ text }}", before=8)
    made.code("endfor")
    made.code("for part in parts")
    made.code("if part.title")
    made.line("{{ part.title }}", size=13, bold=True, colour=ACCENT, before=16, after=2, joined=True)  # fmt: skip
    made.code("endif")
    made.table("row in part.rows", "{{ row.label }}", "{{ row.text }}", "{{ row.lack }}")
    made.code("endfor")
    made.code("for text in after")
    made.line("{{ text }}", before=10)
    made.code("endfor")
    made.line("", size=4)  # Word wants a paragraph after the last table
    return made.save()


def letter(language: str) -> bytes:
    """A letter to the people affected."""
    made = Maker(language)
    made.line("{{ organisation }}", size=16, bold=True)
    made.code("for text in sender")
    made.line("{{ text }}", size=9, colour=MUTED)
    made.code("endfor")
    made.code("for row in facts")
    made.line("{{ row.label }}" + made.tongue.colon + "{{ row.text }}", before=4)
    made.code("endfor")
    made.line("{{ dear }}", before=16, after=8)
    made.line("{{ title }}", size=13, bold=True, after=4, joined=True)
    made.code("for text in before")
    made.line("{{ text }}", before=4)
    made.code("endfor")
    made.code("for part in parts")
    made.code("for row in part.rows")
    made.line("{{ row.label }}", bold=True, before=9, joined=True)
    made.code("if row.text")
    made.line("{{ row.text }}")
    made.code("endif")
    made.code("if row.lack")
    made.line("[{{ row.lack }}]", bold=True, colour=ALARM)
    made.code("endif")
    made.code("endfor")
    made.code("endfor")
    made.code("for text in after")
    made.line("{{ text }}", before=12)
    made.code("endfor")
    return made.save()


def main(folder: Path) -> None:
    """Write all templates into a folder."""
    for language in TONGUES:
        (folder / f"notice.{language}.docx").write_bytes(notice(language))
        (folder / f"letter.{language}.docx").write_bytes(letter(language))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
