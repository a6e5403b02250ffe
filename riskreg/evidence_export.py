"""Files of evidence beside an export: each held against its SHA-256 as it leaves, with a list that other programs can check.

The list, `SHA256SUMS`, is what `sha256sum --check` reads: the recorded checksums, so that a file that no
longer matches fails there as it does here.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from riskreg import evidence, privileged
from riskreg.errors import Expected
from riskreg.evidence import put, safe_name
from riskreg.i18n import translator
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


class Sized(NamedTuple):
    """How many files would go out, and their bytes, as the register was told when they came in."""

    files: int
    size: int


def sized(reader: Reader, words: str = "", where: Sequence[Where] = ()) -> Sized:
    """What an export of these would write; `words` and `where` as in `View`, `reader` as `privileged.without` gives it."""
    kept = Where("sha256", "empty", False)
    view = View(kinds=("evidence",), words=words, where=(*where, kept))
    files = size = 0
    for (value,), number in reader.tally(view, ("file_size",)).items():
        files += number
        size += value * number if isinstance(value, int) else 0
    return Sized(files, size)


def folder_for(folder: Path) -> None:
    """Refuse a folder that is not new or empty ("exists", "folder_not_empty", "cannot_write")."""
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise Expected("exists", path=folder.name)
        if any(folder.iterdir()):
            raise Expected("folder_not_empty", path=folder.name)
    except OSError as error:
        raise failure(folder, error) from error


@contextmanager
def beside(
    register: Register,
    folder: Path,
    *,
    words: str = "",
    where: Sequence[Where] = (),
    with_privileged: bool = False,
    work: Work = QUIET,
) -> Iterator[list[Left]]:
    """Write the file of each piece of evidence that answers; they are in their folder when the block ends well.

    Until then they wait in a hidden folder beside it, so that neither a cancelled nor a failed export leaves
    half of them. The journal notes how many left.

    Args:
        register: The register.
        folder: Where to; new or empty.
        words: As in `View`.
        where: As in `View`.
        with_privileged: Legally privileged ones are asked for by name.
        work: Progress; may cancel.

    Raises:
        Expected: The folder is not empty, or cannot be written.
        Cancelled: The user stopped it.
    """
    folder_for(folder)
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)  # of an export that was killed
        view = View(kinds=("evidence",), words=words, where=tuple(where))
        with register.reader() as inside:
            reader = privileged.without(inside, translator("en"), is_asked=with_privileged)
            left = _saved(reader, part, folder, view, work)
        yield left
        _give_name(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    refs = [each.ref for each in left if each.path is not None]
    facts = {"file": folder.name, "rows": str(len(refs)), "evidence": " ".join(refs)}
    register.note("export", facts)


def _saved(
    reader: Reader,
    part: Path,
    folder: Path,
    view: View,
    work: Work,
) -> list[Left]:
    """Write them into `part`, each as it will be called in `folder`."""
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise failure(folder, error) from error
    found, ids = [], reader.ids(view)
    for done, id in enumerate(ids):
        work.step(WRITING, done, len(ids))
        found.append(_save(reader, evidence.evidence(reader, id), part, folder))
    put(part / SUMS, "".join(sum for _, sum in found if sum).encode(), work)
    return [left for left, _ in found]


def _save(reader: Reader, record: Evidence, part: Path, folder: Path) -> tuple[Left, str]:
    try:
        held = evidence.held(reader, record)
    except Expected as refused:
        if refused.id != "no_content":
            raise
        return Left(record.ref, None, is_whole=False), ""
    name = f"{record.ref} {safe_name(record.file_name)}"
    put(part / name, held.content)
    return Left(record.ref, folder / name, held.is_whole), f"{record.sha256}  {name}\n"


def _give_name(part: Path, folder: Path) -> None:
    """Put the whole folder in its place, where nothing or an empty folder is."""
    try:
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise failure(folder, error) from error
