"""The one family of fonts that a page is set in, and how wide its characters are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
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
    path = str(resources_folder() / "fonts" / _FILES[name])
    loaded = ttfonts.TTFont(name, path, asciiReadable=True)
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
    if text.isascii() or _codes(is_bold).issuperset(map(ord, text)):
        return 0
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


class Advances(dict[str, float]):
    """How far each character of a weight advances at size 1, looked up in the font when it is met first."""

    def __init__(self, is_bold: bool) -> None:
        super().__init__()
        self._face = font(is_bold).face

    def __missing__(self, char: str) -> float:
        """Ask the font."""
        advance: float = self._face.charWidths.get(ord(char), self._face.defaultWidth)
        self[char] = advance / 1000
        return advance / 1000


@cache
def advances(is_bold: bool) -> Advances:
    """The advances of a weight."""
    return Advances(is_bold)


_ESCAPES: Final = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    ord("("): "\\(",
    ord(")"): "\\)",
    ord("\\"): "\\\\",
}
"""How a byte stands in a string of a page (ISO 32000-1, 7.3.4.2)."""


def shown(text: str, is_bold: bool, document: object) -> Iterator[tuple[str, str]]:
    """A text in the parts that one subset of the weight holds: the name of the subset in a document, and its codes.

    The first subset holds ASCII at its own codes, so most text needs no look at each character.
    """
    face = font(is_bold)
    if text.isascii() and text.isprintable() and document in face.state:
        parts = [(0, text)]
    else:
        found = face.splitString(text, document)
        parts = [(subset, codes.decode("latin-1")) for subset, codes in found]
    for subset, codes in parts:
        yield face.getSubsetInternalName(subset, document), codes.translate(_ESCAPES)
