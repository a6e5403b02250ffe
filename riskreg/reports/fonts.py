"""The one family of fonts that a page is set in, and how wide its characters are."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from reportlab.pdfbase import pdfmetrics, ttfonts

from riskreg.catalogue import resources_folder

REGULAR: Final = "RegisterSans"
BOLD: Final = "RegisterSans-Bold"
_FILES: Final = {REGULAR: "RegisterSans-Regular.ttf", BOLD: "RegisterSans-Bold.ttf"}


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """What reportlab's own function writes, with characters beyond U+FFFF as UTF-16BE.

    reportlab 5.1.0 writes U+282E2 (𨋢) as `<282E2>`, which readers take for U+282E and a half, so that copied text is wrong. A code
    of a CMap is UTF-16BE (ISO 32000-1, 9.10.3). Can go when reportlab writes surrogate pairs itself.
    """
    cmap = _reportlabs_own(fontname, subset)
    for code in subset:
        if code > 0xFFFF:
            pair = chr(code).encode("utf-16-be").hex().upper()
            cmap = cmap.replace(f"> <{code:04X}>", f"> <{pair}>")
    return cmap


_reportlabs_own = ttfonts.makeToUnicodeCMap
ttfonts.makeToUnicodeCMap = _to_unicode


@cache
def font(is_bold: bool) -> ttfonts.TTFont:
    """A weight, embedded in every page that uses it."""
    name = BOLD if is_bold else REGULAR
    loaded = ttfonts.TTFont(name, str(resources_folder() / "fonts" / _FILES[name]))
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _codes(is_bold: bool) -> frozenset[int]:
    return frozenset(font(is_bold).face.charToGlyph)


def has(char: str) -> bool:
    """Whether the family has this character."""
    return ord(char) in _codes(False)


def boxed(text: str, is_bold: bool) -> int:
    """How many characters of a text the weight lacks; from now on they are drawn as a box and copied as themselves.

    reportlab 5.1.0 writes code 0 for such a character, so that it is lost to whoever copies or searches the text. Given the glyph of
    the box, it keeps its code.
    """
    lacking = [ord(char) for char in text if ord(char) not in _codes(is_bold)]
    for code in lacking:
        font(is_bold).face.charToGlyph.setdefault(code, 0)
    return len(lacking)


@cache
def is_drawn(char: str) -> bool:
    """Whether a character leaves a mark or a space on paper: joiners, direction marks and variation selectors do not."""
    return unicodedata.category(char) not in ("Cc", "Cf") and not (
        "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    )


@cache
def width(char: str, is_bold: bool) -> float:
    """How far a character advances at size 1."""
    face = font(is_bold).face
    advance: float = face.charWidths.get(ord(char), face.defaultWidth)
    return advance / 1000
