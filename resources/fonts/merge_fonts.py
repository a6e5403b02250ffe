"""Makes one TrueType family for Latin, Traditional Chinese as Hong Kong writes it, and Simplified.

Noto Sans HK covers HKSCS and Big5 but lacks 1,898 characters of GB2312; Noto Sans SC lacks 1,680
of HKSCS. The Hong Kong forms are kept and what only SC has is added. README.md beside this file
says how it is run, and why a family of our own is shipped at all.
"""

from __future__ import annotations

import argparse
import pathlib
import tempfile

from fontTools import subset
from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

LATIN_AND_SIGNS = [
    (0x20, 0x370), (0x2000, 0x2070), (0x20A0, 0x20D0), (0x2100, 0x2180), (0x2190, 0x2300),
    (0x2460, 0x2800), (0x3000, 0x3100), (0x3200, 0x3400), (0xFF00, 0xFFF0),
]  # fmt: skip
PROPORTIONAL = (0x2018, 0x2019, 0x201C, 0x201D, 0x2026)
"""Quotes and the ellipsis, which the makers draw as wide as a Chinese character: English needs them narrow and on the line."""
LAYOUT_TABLES = ["vhea", "vmtx", "VORG", "DSIG", "BASE", "GSUB", "GPOS", "GDEF", "STAT", "meta"]
LICENCE_NAMES = (0, 13, 14)  # copyright, licence and its address stay as the makers wrote them
EPOCH = 3_800_000_000  # a fixed moment in font time, so that the same input gives the same bytes


def encodable(codec: str, first: range, second: range) -> set[int]:
    """Code points that a two-byte encoding can write."""
    found: set[int] = set()
    for high in first:
        for low in second:
            try:
                found |= set(map(ord, bytes([high, low]).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """HKSCS, Big5, GB2312, GBK, Latin and signs."""
    chars = encodable("big5hkscs", range(0x87, 0xFF), range(0x40, 0xFF))
    chars |= encodable("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
    for start, end in LATIN_AND_SIGNS:
        chars |= set(range(start, end))
    return chars


def cut(origin: pathlib.Path, chars: set[int], target: pathlib.Path) -> None:
    """Write a copy of a font with these characters only and without layout tables."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.ignore_missing_unicodes = True
    options.recalc_timestamp = False
    options.drop_tables += [*LAYOUT_TABLES, "gasp"]
    font = subset.load_font(str(origin), options)
    narrow(font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=chars)
    cutter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]
    font.save(str(target))


def narrow(font: TTFont) -> None:
    """Let `PROPORTIONAL` lead to the makers' own proportional shapes (feature pwid), as far as the font has them."""
    table = font["GSUB"].table
    places = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for place in record.Feature.LookupListIndex
    }
    shapes: dict[str, str] = {}
    for place in sorted(places):
        for part in table.LookupList.Lookup[place].SubTable:
            shapes |= getattr(getattr(part, "ExtSubTable", part), "mapping", {})
    for names in font["cmap"].tables:
        for char in PROPORTIONAL:
            if getattr(names, "cmap", {}).get(char) in shapes:
                names.cmap[char] = shapes[names.cmap[char]]


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the font our own name; the licence reserves the makers' names."""
    font["name"].names = [name for name in font["name"].names if name.nameID in LICENCE_NAMES]
    names = {
        1: family,
        2: style,
        3: f"{family} {style} 1.0",
        4: f"{family} {style}",
        5: "Version 1.000",
        6: f"{family.replace(' ', '')}-{style}",
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def merge(
    hk: pathlib.Path, sc: pathlib.Path, family: str, style: str, target: pathlib.Path
) -> None:
    """Write one weight of the family: all of HK that is wanted, and what only SC has."""
    chars = wanted()
    with tempfile.TemporaryDirectory() as folder:
        first, second = pathlib.Path(folder, "hk.ttf"), pathlib.Path(folder, "sc.ttf")
        cut(hk, chars, first)
        cut(sc, chars - set(TTFont(str(hk), lazy=True).getBestCmap()), second)
        font = Merger(options=Options()).merge([str(first), str(second)])
    rename(font, family, style)
    font["head"].created = font["head"].modified = EPOCH
    font.recalcTimestamp = False
    font["post"].formatType = 3.0
    font.save(str(target))


def main() -> None:
    """Merge Regular and Bold and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hk", type=pathlib.Path, help="folder of Noto Sans HK")
    parser.add_argument("sc", type=pathlib.Path, help="folder of Noto Sans SC")
    parser.add_argument("out", type=pathlib.Path, help="folder for the merged fonts")
    parser.add_argument("--family", default="Register Sans")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for weight, style in (("400Regular", "Regular"), ("700Bold", "Bold")):
        hk, sc = (next(folder.rglob(f"*_{weight}.ttf")) for folder in (given.hk, given.sc))
        target = given.out / f"{given.family.replace(' ', '')}-{style}.ttf"
        merge(hk, sc, given.family, style, target)
        count = len(TTFont(str(target)).getBestCmap())
        print(f"{target.name}: {count} characters, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
