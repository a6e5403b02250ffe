"""Files of evidence beside an export: each held against its SHA-256 as it leaves, with a list that other programs can check.

The list, `SHA256SUMS`, is what `sha256sum --check` reads: the recorded checksums, so that a file that no
longer matches fails there as it does here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from riskreg import evidence
from riskreg.errors import Expected
from riskreg.evidence import put, safe_name
from riskreg.placing import failure
from riskreg.records import Evidence
from riskreg.views import Reader, Register, View, Where
from riskreg.work import QUIET, WRITING, Work

SUMS: Final = "SHA256SUMS"


class Left(NamedTuple):
    """One piece of evidence of an export.

    `path` is None where the register holds no file for it.
    """

    ref: str
    path: Path | None
    is_whole: bool


def folder_for(folder: Path) -> None:
    """Make the folder, which must be new or empty; raises `Expected` ("exists", "cannot_write")."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except FileExistsError:
        raise Expected("exists", path=folder.name) from None
    except OSError as error:
        raise failure(folder, error) from error
    if not is_empty:
        raise Expected("folder_not_empty", path=folder.name)


def save_files(
    register: Register,
    folder: Path,
    *,
    words: str = "",
    where: Sequence[Where] = (),
    work: Work = QUIET,
) -> list[Left]:
    """Write the file of each piece of evidence that answers, and note in the journal how many left.

    Args:
        register: The register.
        folder: Where to; new or empty.
        words: As in `View`.
        where: As in `View`.
        work: Progress; may cancel, which leaves what is written already.

    Raises:
        Expected: The folder is not empty, or cannot be written.
        Cancelled: The user stopped it.
    """
    folder_for(folder)
    view = View(kinds=("evidence",), words=words, where=tuple(where))
    with register.reader() as reader:
        ids = reader.ids(view)
        found = []
        for done, id in enumerate(ids):
            work.step(WRITING, done, len(ids))
            found.append(_save(reader, evidence.evidence(reader, id), folder))
    sums = [sum for _, sum in found if sum]
    put(folder / SUMS, "".join(sums).encode(), work)
    register.note("export", {"file": folder.name, "rows": str(len(sums))})
    return [left for left, _ in found]


def _save(reader: Reader, record: Evidence, folder: Path) -> tuple[Left, str]:
    try:
        held = evidence.held(reader, record)
    except Expected as refused:
        if refused.id != "no_content":
            raise
        return Left(record.ref, None, is_whole=False), ""
    path = folder / f"{record.ref} {safe_name(record.file_name)}"
    put(path, held.content)
    return Left(record.ref, path, held.is_whole), f"{record.sha256}  {path.name}\n"
