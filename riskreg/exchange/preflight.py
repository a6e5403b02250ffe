"""Before a file is parsed: is it what its name says, and safe to open? Nothing of its content is read here.

Limits of an archive are checked in its directory, before anything is unpacked: a workbook of 616 kB can
ask for 2 GB of memory (reliability.md, finding 9 and section E2).
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from riskreg.errors import N_, Expected
from riskreg.exchange import encodings
from riskreg.plain_files import status

MOST_BYTES: Final = 25_000_000
MOST_ENTRIES: Final = 500
MOST_UNPACKED: Final = 200_000_000
MOST_RATIO: Final = 100
"""How many times larger an entry over a megabyte may become."""

_IGNORED: Final = {
    "xl/externalLinks/": N_("links to other workbooks"),
    "xl/connections.xml": N_("connections to databases"),
    "xl/embeddings/": N_("embedded files"),
    "xl/drawings/": N_("pictures and drawings"),
    "xl/charts/": N_("charts"),
    "xl/comments": N_("comments"),
    "xl/threadedComments/": N_("comments"),
    "xl/pivotTables/": N_("pivot tables"),
    "xl/tables/": N_("the looks of tables"),
}


class Checked(NamedTuple):
    """A file that may be parsed.

    Attributes:
        path: The file.
        form: What it is.
        sha256: Of its bytes, in hex.
        ignored: Msgids of parts that will not be read.
    """

    path: Path
    form: str
    sha256: str
    ignored: tuple[str, ...] = ()


def check(path: Path) -> Checked:
    """Refuse what is no workbook or CSV file, or not safe to open; raises `Expected` with the reason."""
    size = status(path, "import_not_a_file").st_size
    if size == 0:
        raise Expected("import_empty", path=path.name)
    if size > MOST_BYTES:
        raise Expected(
            "import_too_large", path=path.name, size=size // 1_000_000, most=MOST_BYTES // 1_000_000
        )
    try:
        content = path.read_bytes()
    except PermissionError:
        raise Expected("import_locked", path=path.name) from None
    except OSError as error:
        raise Expected("cannot_read", path=path.name, reason=error.strerror or "") from None
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK\x03\x04"):
        return Checked(path, "xlsx", digest, _archive(path))
    _refuse_other(path, content[:512])
    return Checked(path, "csv", digest)


def _refuse_other(path: Path, head: bytes) -> None:
    """What is neither a zip archive nor text."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Expected("import_protected", path=path.name)
    for start, name in (
        (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"{\\rtf", "RTF"), (b"SQLite format 3", "SQLite"),
    ):  # fmt: skip
        if head.startswith(start):
            raise Expected("import_other", path=path.name, looks_like=name)
    lowered = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise Expected("import_other", path=path.name, looks_like="HTML/XML")
    if not encodings.may_be_text(head):
        raise Expected("import_other", path=path.name, looks_like="binary")


def _archive(path: Path) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        EOFError,
        UnicodeDecodeError,
    ):
        raise Expected("import_damaged", path=path.name) from None
    _check_entries(path, entries)
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Expected("import_macros", path=path.name)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        raise Expected("import_other_workbook", path=path.name, looks_like="OpenDocument (.ods)")
    if "[Content_Types].xml" not in names or not any(
        name.startswith("xl/workbook.") for name in names
    ):
        raise Expected("import_other", path=path.name, looks_like="zip")
    if "xl/workbook.bin" in names:
        raise Expected("import_other_workbook", path=path.name, looks_like="Excel Binary (.xlsb)")
    found = (
        what for start, what in _IGNORED.items() if any(name.startswith(start) for name in names)
    )
    return tuple(dict.fromkeys(found))


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise Expected("import_unsafe", path=path.name)
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if (
            entry.flag_bits & 0x1
            or entry.filename.startswith(("/", "\\"))
            or ".." in parts
            or ":" in entry.filename
        ):
            raise Expected("import_unsafe", path=path.name)
        if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(
            entry.compress_size, 1
        ):
            raise Expected("import_unsafe", path=path.name)
    if _overlap(entries) or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Expected("import_unsafe", path=path.name)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Two entries claim the same bytes, as in a bomb whose directory is larger than its content."""
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            return True
        ends = entry.header_offset + entry.compress_size
    return False
