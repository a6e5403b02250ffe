"""What leaves the register as a table: a workbook, or a CSV file, as the name of the file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from riskreg.exchange import csv_file, workbook
from riskreg.exchange.workbook import Exported
from riskreg.i18n import Translator
from riskreg.views import Register, Where
from riskreg.work import QUIET, Work


def export_register(
    register: Register,
    kinds: Sequence[str],
    target: Path,
    t: Translator,
    *,
    words: str = "",
    where: Mapping[str, Sequence[Where]] | None = None,
    is_redacted: bool = False,
    work: Work = QUIET,
) -> Exported:
    """Write a file of the register as it stands, and note in its journal where the copy went.

    Args:
        register: The register.
        kinds: What to write; empty for every kind, which only a workbook holds.
        target: The file, ending in .xlsx or .csv.
        t: The language of headers and choices.
        words: Only records in which all of these occur.
        where: Conditions on the records of a kind.
        is_redacted: Leave out titles, free text and names.
        work: Progress; may cancel.

    Raises:
        Expected: As `workbook.export_register` and `csv_file.export_register`.
        Cancelled: The user stopped it.
    """
    is_csv = target.suffix.lower() == ".csv"
    make = csv_file.export_register if is_csv else workbook.export_register
    return make(
        register, kinds, target, t, words=words, where=where, is_redacted=is_redacted, work=work
    )
