"""Notices and letters as Word files, which people edit before they send them.

The shape is a template (`resources/notices`), which an organisation can replace; the words are values. What a
record says is never read as template code: it is filled in once, as text. A template is run in a sandbox.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError
from markupsafe import Markup, escape

from riskreg.case_words import DRILL
from riskreg.catalogue import resources_folder
from riskreg.errors import Expected
from riskreg.notices import Block, Written

FOLDER: Final = "templates"
"""Of an organisation's own templates: beside the register."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The day of every part of the file: nothing tells when or where it was made."""
_NAMED: Final = re.compile(
    rb"<(dc:creator|cp:lastModifiedBy|Company|Manager|dcterms:created|dcterms:modified|cp:lastPrinted|cp:revision|TotalTime|Template|dc:description)\b[^>]*?(/>|>.*?</\1>)",
    re.DOTALL,
)
"""Properties that tell who made a file, when and from what."""
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_CODE: Final = str.maketrans({"{": "&#123;", "}": "&#125;", "%": "&#37;", "#": "&#35;"})


def templates_beside(register: Path) -> Path:
    """Where an organisation puts templates of its own: a folder beside the register."""
    return register.parent / FOLDER


def document(written: Written, own: Path | None = None) -> bytes:
    """A paper as a Word file; the same words and template give the same bytes.

    Args:
        written: What it says.
        own: A folder of templates that go before those of the program; None for none.

    Raises:
        Expected: A template of the organisation cannot be read ("template_damaged"), or asks for something a
            notice does not have ("template_wrong").
    """
    path = template_for(written, own)
    try:
        made = DocxTemplate(path)
        made.render(_context(written), _sandbox())
        memory = BytesIO()
        made.save(memory)
    except TemplateError as error:
        raise Expected(
            "template_wrong", path=path.name, detail=" ".join(str(error).split())[:120]
        ) from error
    except (OpcError, LxmlError, zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise Expected("template_damaged", path=path.name) from error
    return packed(memory.getvalue())


def template_for(written: Written, own: Path | None = None) -> Path:
    """The template of a paper: of the organisation for this language, for every language, else the program's."""
    kind = "letter" if written.kind == "letter" else "notice"
    language = written.prepared.language
    if own is not None:
        for name in (f"{kind}.{language}.docx", f"{kind}.docx"):
            if (own / name).is_file():
                return own / name
    return resources_folder() / "notices" / f"{kind}.{language}.docx"


def packed(content: bytes) -> bytes:
    """The same Word file without the names and dates of whoever made it: the same parts give the same bytes."""
    memory = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as found, zipfile.ZipFile(memory, "w") as made:
        for name in found.namelist():
            part = found.read(name)
            if name in ("docProps/core.xml", "docProps/app.xml"):
                part = _NAMED.sub(b"", part)
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            made.writestr(info, part)
    return memory.getvalue()


def _sandbox() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _context(written: Written) -> Mapping[str, Any]:
    """What a template can name; `resources/notices/README.md` lists it."""
    is_letter = written.kind == "letter"
    organisation, *sender = written.sender or ("",)
    dear, before = "", written.before
    if is_letter:
        dear, *others = written.before
        before = tuple(others)
    return {
        "organisation": _text(organisation),
        "sender": _texts(sender),
        "title": _text(written.title),
        "facts": [{"label": _text(label), "text": _text(said)} for label, said in written.facts],
        "remarks": _texts(written.remarks),
        "dear": _text(dear),
        "before": _texts(before),
        "parts": list(_parts(written.blocks)),
        "after": _texts(written.after),
        "drill": DRILL if written.is_drill else "",
        "reference": _text(written.prepared.ref),
        "addressee": _text(written.prepared.addressee),
        "language": written.prepared.language,
    }


def _parts(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for part, found in groupby(blocks, key=lambda block: block.part):
        rows = [
            {"label": _text(each.heading), "text": _text(each.text), "lack": _text(each.lack)}
            for each in found
        ]
        yield {"title": _text(part), "rows": rows}


def _texts(said: Sequence[str]) -> list[Markup]:
    return [_text(each) for each in said]


def _text(said: str) -> Markup:
    """Words that a template takes as they are: nothing in them is markup, code or a mark of docxtpl's own.

    docxtpl 0.20.2 turns `{_{` into braces after it has filled a template; braces as references stay what they are.
    """
    kept = _NO_XML.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(str(escape(kept)).replace("&#", "\0").translate(_CODE).replace("\0", "&#"))  # noqa: S704 (escaped here)
