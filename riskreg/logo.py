"""The organisation's logo: a picture kept as evidence, which stands at the head of every report.

A picture (PNG or JPEG) is turned into one PNG no larger than paper needs, a drawing (SVG) by whoever can
draw it (`riskreg.drawer`). What cannot be shown is left out, and the report says so.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree
from PIL import Image, ImageOps

from riskreg import drawer
from riskreg.changes import ChangeSet, edit
from riskreg.errors import N_, Expected
from riskreg.evidence import Taken, attachment, evidence, held, take
from riskreg.records import Evidence
from riskreg.records.fields import Fields
from riskreg.views import Reader
from riskreg.work import QUIET, Work

MOST: Final = 2_000_000
"""Bytes of the file."""
LEAST_PIXELS: Final = 100
"""Of the longer side; a drawing has no pixels of its own and is sharp at any size."""
MOST_PIXELS: Final = 8_000
"""Of the longer side: a small file can hold a huge picture."""
DRAWN: Final = 400
"""Pixels of the height to which a drawing is drawn: two lines of a report at 700 dots an inch."""
WIDEST: Final = 8
"""How many times as wide as high a logo is kept sharp."""
ENDINGS: Final = ("png", "jpg", "jpeg", "svg")

MISSING: Final = N_("The logo is left out: the register does not hold its file.")
SPOILT: Final = N_("The logo is left out: its file does not match its recorded SHA-256.")
UNREADABLE: Final = N_("The logo is left out: its file cannot be shown.")

_ACTIVE: Final = frozenset({"script", "foreignobject", "iframe", "audio", "video", "handler"})
"""Elements that do something."""
_ELSEWHERE: Final = re.compile(r"""url\(\s*["']?(?!["']?\s*#)(?!["']?data:image/)|@import""", re.I)
"""What brings in another file from within a style."""
_NAMING: Final = ("href", "src")
_WITHIN: Final = ("#", "data:image/")
"""How the name of something within the drawing begins."""
_MOST_ELEMENTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo ready to be shown.

    Attributes:
        content: A PNG, never higher than `DRAWN`.
        width: Of the file, in pixels.
        height: Of the file, in pixels; only its proportion to the width counts on paper.
    """

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Logo:
    """What there is to show: the picture, or why there is none, a msgid; both empty where no logo was chosen."""

    picture: Picture | None = None
    trouble: str = ""


def taken(path: Path, work: Work = QUIET) -> Taken:
    """Read a file that shall be the logo, and make sure that it can be shown.

    Raises:
        Expected: As `riskreg.evidence.take`, or it is no picture of a known kind ("logo_type"), cannot be shown
            ("logo_unreadable"), is too large ("logo_large") or too small ("logo_small"), or holds what no picture needs ("logo_unsafe").
        Cancelled: The user stopped it.
    """
    if _ending(path.name) not in ENDINGS:
        raise Expected("logo_type", path=path.name)
    found = _light(path, work)
    picture = shown(found.name, found.content)
    if _ending(found.name) != "svg" and max(picture.width, picture.height) < LEAST_PIXELS:
        size = f"{picture.width} × {picture.height}"
        raise Expected("logo_small", path=found.name, size=size, least=LEAST_PIXELS)
    return found


def _light(path: Path, work: Work) -> Taken:
    try:
        return take(path, work, MOST)
    except Expected as refused:
        if refused.id == "evidence_too_large":
            raise Expected("logo_large", **refused.parameters) from None
        raise


def placed(
    reader: Reader, file: Taken, title: str, also: Fields = MappingProxyType({})
) -> ChangeSet | None:
    """The change set that keeps a file and makes it the logo; None where it is the logo already.

    The logo before it stays as an older version.

    Args:
        reader: The register.
        file: As `taken` gives it.
        title: What the first logo is called among the evidence; a later one takes the name over.
        also: Other fields that the organisation gets in the same step.
    """
    organisation, before = reader.organisation(), kept(reader)
    if before and before.sha256 == file.sha256:
        return None
    made = attachment(reader, file, before.id if before else None, title=title)
    link = edit(organisation, {**also, "logo": frozenset({-1})})
    facts = {**made.facts, "refs": organisation.ref}
    return replace(made, changes=(*made.changes, *((link,) if link else ())), facts=facts)


def removed(reader: Reader) -> ChangeSet | None:
    """The change set that takes the logo off the reports; None where there is none. The file stays among the evidence."""
    organisation = reader.organisation()
    link = edit(organisation, {"logo": frozenset()})
    facts = {"refs": organisation.ref}
    return ChangeSet(act="edit", changes=(link,), facts=facts) if link else None


def kept(reader: Reader) -> Evidence | None:
    """The piece of evidence that is the logo; None where none was chosen, or it lies in the bin."""
    for id in reader.organisation().logo:
        record = evidence(reader, id)
        return record if record.deleted_at is None else None
    return None


def found(reader: Reader) -> Logo:
    """The logo as it can be shown; never raises for want of it."""
    try:
        record = kept(reader)
        if record is None:
            return Logo()
        file = held(reader, record)
        if not file.is_whole:
            return Logo(trouble=SPOILT)
        return Logo(shown(record.file_name, file.content))
    except Expected as refused:
        return Logo(trouble=MISSING if refused.id == "no_content" else UNREADABLE)


def shown(name: str, content: bytes) -> Picture:
    """A file as a picture; raises `Expected` ("logo_type", "logo_unreadable", "logo_unsafe")."""
    if _ending(name) == "svg":
        return _drawn(name, content)
    if _ending(name) not in ENDINGS:
        raise Expected("logo_type", path=name)
    return _picture(name, content)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _picture(name: str, content: bytes) -> Picture:
    """A PNG or JPEG, turned as its camera says, and no larger than paper needs."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as file:
            width, height = file.size
            if max(width, height) > MOST_PIXELS or not min(width, height):
                raise Expected("logo_unreadable", path=name)
            image = ImageOps.exif_transpose(file).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Expected("logo_unreadable", path=name) from None
    size = image.size
    image.thumbnail((DRAWN * WIDEST, DRAWN), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), *size)


def _drawn(name: str, content: bytes) -> Picture:
    """An SVG as a picture, where somebody can draw it."""
    _refuse_active(name, content)
    try:
        png = drawer.draw(content, DRAWN)
    except (ValueError, ImportError):
        raise Expected("logo_unreadable", path=name) from None
    return _picture(name, png)


def _refuse_active(name: str, content: bytes) -> None:
    """A drawing holds shapes; what runs, or reads other files, is refused before anything draws it."""
    try:
        root = ElementTree.fromstring(content)
    except DefusedXmlException:
        raise Expected("logo_unsafe", path=name) from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Expected("logo_unreadable", path=name) from None
    if _local(root.tag) != "svg":
        raise Expected("logo_unreadable", path=name)
    for count, element in enumerate(root.iter()):
        if count > _MOST_ELEMENTS or _is_active(element):
            raise Expected("logo_unsafe", path=name)


def _is_active(element: Element) -> bool:
    """Whether an element runs something, or names what lies outside the drawing."""
    if _local(element.tag) in _ACTIVE or _ELSEWHERE.search(element.text or ""):
        return True
    is_link = _local(element.tag) == "a"
    return any(
        _local(key).startswith("on")
        or _ELSEWHERE.search(value)
        or (_local(key) in _NAMING and not is_link and not value.strip().startswith(_WITHIN))
        for key, value in element.attrib.items()
    )


def _local(name: object) -> str:
    """The name of an element or attribute without its namespace; a comment has none."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
