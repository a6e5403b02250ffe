"""The command that brings a spreadsheet in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from riskreg.commands.printing import print_json, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.exchange import error_report, guess, importing, mapping, template
from riskreg.exchange.comparing import WHY_MOVED
from riskreg.exchange.staged import Rejection
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.moved_times import MANY as MANY_MOVED

WOULD: Final = N_(
    "Nothing has changed yet: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected."
)
DID: Final = N_(
    "Imported: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected."
)
WHOLE_ROW: Final = N_("{sheet}row {row}: {reason}")
ROW: Final = N_("{sheet}row {row}, column {column}: {reason} ({value})")
MANY: Final = NN_("{sheet}{number} row: {reason}", "{sheet}{number} rows: {reason}")
MANY_CELLS: Final = NN_(
    "{sheet}{number} row, column {column}: {reason}",
    "{sheet}{number} rows, column {column}: {reason}",
)
FEW: Final = N_("such as {rows}")
FEW_ROW: Final = N_("row {row}")
FEW_CELL: Final = N_("row {row} ({value})")
MORE: Final = NN_(
    "{sheet}{number} row more is rejected for such a reason",
    "{sheet}{number} rows more are rejected for such a reason",
)
ONCE: Final = N_("--reason TEXT says it once for all of them.")
EVERY: Final = N_("--json and --report OUT.json name every row.")
_SHOWN: Final = 5
"""Rejections of one sort that are told one by one."""

SURE: Final[dict[guess.Sure, str]] = {
    "certain": N_("certain"),
    "likely": N_("likely"),
    "perhaps": N_("perhaps"),
}


def suggest_map(session: Session) -> int:
    """`import --suggest-map`: the mapping that fits a file best, as TOML with the reasons at its head."""
    args, t = session.args, session.t
    with session.reading() as register:
        source = importing.read(args.file, session.work)
        map, guesses = importing.suggest(register, source, kind=args.kind, sheet=args.sheet)
    for line in guess.explained(guesses, SURE, t):
        say(f"# {line}")
    say()
    say(mapping.dumps(map).rstrip())
    return 0


def write_template(session: Session) -> int:
    """`template`: an empty sheet of a kind to fill in by hand."""
    args = session.args
    with session.reading() as register:
        made = template.write(register, args.kind, args.out, session.t, session.work)
    say(str(made))
    return 0


def import_file(session: Session) -> int:
    """`import`: the rows of a workbook or CSV file; exit 1 where any was rejected."""
    args = session.args
    if args.suggest_map:
        return suggest_map(session)
    opening = session.reading if args.dry_run else session.writing
    keys = [key for key in args.key.split(",") if key.strip()]
    if args.report:
        _write(args.report, {})  # a report that cannot be written stops the import, not its end
    with opening() as register:
        report = importing.import_file(
            register,
            args.file,
            kind=args.kind,
            sheet=args.sheet,
            map=args.map,
            key=keys,
            dry_run=args.dry_run,
            reason=args.reason,
            before=lambda found: _write_errors(session, found),
            work=session.work,
        )
    found = report.as_json(session.t)
    if args.report:
        _write(args.report, found)
    if args.json:
        print_json(found)
    else:
        _tell(report, found, session.t, is_dry=args.dry_run)
    return 1 if found["rejected"] else 0


def _write_errors(session: Session, found: importing.Report) -> None:
    """The rejected rows as a workbook, before anything is imported: what cannot be written stops it."""
    target = session.args.errors
    if target and found.staged.rejections:
        error_report.write(target, found.source, found.plan, found.staged, session.t, session.work)


def _write(path: Path, found: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Expected("cannot_write", path=path.name, reason=error.strerror or "") from None


def _tell(report: importing.Report, found: dict[str, Any], t: Translator, *, is_dry: bool) -> None:
    for note in report.staged.notes:
        say(importing.note_words(note, t))
    if moving := report.staged.moving:
        say(t.ngettext(*MANY_MOVED, moving).format(number=number_words(moving)))
    groups = _groups(report.staged.rejections)
    for group in groups:
        _tell_group(group, t)
    if any(group[0].reason == WHY_MOVED for group in groups):
        say(t.gettext(ONCE))
    if any(map(_is_many, groups)):
        say(t.gettext(EVERY))
    counts = {state: found[state] for state in ("new", "changed", "unchanged", "rejected")}
    say(t.gettext(WOULD if is_dry else DID).format(**counts))


def _groups(rejections: Iterable[Rejection]) -> list[list[Rejection]]:
    """Those of one sort together: of a sheet, a column and a reason, in the order in which they are met."""
    found: dict[tuple[str, str, str], list[Rejection]] = {}
    for each in rejections:
        found.setdefault((each.sheet, each.column, each.reason), []).append(each)
    return list(found.values())


def _is_many(group: Sequence[Rejection]) -> bool:
    return len(group) > _SHOWN


def _tell_group(group: Sequence[Rejection], t: Translator) -> None:
    """A few one by one, many together with some of them: a file that is mapped wrongly has one in each row."""
    sheet = f"{group[0].sheet}, " if group[0].sheet else ""
    reasons = {importing.reason(each, t) for each in group}
    if _is_many(group) and len(reasons) == 1:
        _tell_many(group, sheet, reasons.pop(), t)
        return
    for each in group[:_SHOWN]:
        told = {**importing.rejection_json(each, t), "sheet": sheet, "value": each.value or "-"}
        say(t.gettext(ROW if each.column else WHOLE_ROW).format(**told))
    if _is_many(group):
        number = len(group) - _SHOWN
        say(t.ngettext(*MORE, number).format(sheet=sheet, number=number_words(number)))


def _tell_many(group: Sequence[Rejection], sheet: str, reason: str, t: Translator) -> None:
    """Many with one reason: how many, why, and the first of them."""
    number, column = len(group), group[0].column
    pattern = t.ngettext(*(MANY_CELLS if column else MANY), number)
    named = {"sheet": sheet, "number": number_words(number), "column": column, "reason": reason}
    one = t.gettext(FEW_CELL if column else FEW_ROW)
    few = (one.format(row=each.row, value=each.value or "-") for each in group[:_SHOWN])
    say(f"{pattern.format(**named)}; {t.gettext(FEW).format(rows=listed(few, t))}")
