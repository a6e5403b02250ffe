"""`scale`: the scales there are, and which of them is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, cast

from riskreg import scale_change
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.i18n import NN_
from riskreg.records.jsons import Json
from riskreg.records.terms import Scale
from riskreg.rules import rescaling, scales
from riskreg.rules.rescaling import Axis, Effect, Mapped
from riskreg.scale_change import Wanted
from riskreg.views import Reader, View, Where

IN_FORCE: Final = N_("In force: {scale}.")
KEPT: Final = NN_(
    "{number} risk stays scored by the scale before.",
    "{number} risks stay scored by the scale before.",
)
MOVED: Final = NN_("{number} risk changes its level.", "{number} risks change their level.")
_STEP: Final = re.compile(r"(likelihood|impact)\.(\d)=(\d)")
_MOST: Final = 1_000_000
"""Bytes of a file that is read as a scale."""


def scale(session: Session) -> int:
    """`scale`: list, or use, as the word after the register says."""
    given: list[str] = session.args.given
    wanted = 1 if session.args.does == "use" else 0
    if len(given) != wanted:
        raise Expected("usage", problem=f"{session.args.does}: {len(given)}, not {wanted}")
    return _use(session, given[0]) if wanted else _list(session)


def _list(session: Session) -> int:
    with session.reading() as register:
        in_force = register.vocabulary.scale
        ids = {found.key: id for id, found in register.vocabulary.scales.items()}
        rows = [
            (each, each == in_force, _scored(register, ids.get(each.key)))
            for each in scale_change.offered(register)
        ]
    t = session.t
    if session.args.json:
        print_json([_as_json(each, is_on, number) for each, is_on, number in rows])
        return 0
    labels = (N_("Name"), N_("Title"), N_("Steps"), N_("In force"), N_("Risks scored by it"))
    print_table(
        [t.gettext(label) for label in labels],
        [
            [
                each.key,
                each.title.get(t.language),
                f"{len(each.likelihood)} × {len(each.impact)}",
                t.gettext(N_("Yes")) if is_on else "",
                str(number or ""),
            ]
            for each, is_on, number in rows
        ],
    )
    return 0


def _scored(reader: Reader, id: int | None) -> int:
    """How many risks name this scale."""
    where = Where("scored_by", "in", (id,))
    return 0 if id is None else reader.count(View(kinds=("risk",), where=(where,)))


def _as_json(found: Scale, is_in_force: bool, number: int) -> Json:
    return {
        "name": found.key,
        "title": found.title.en,
        "likelihood": len(found.likelihood),
        "impact": len(found.impact),
        "in_force": is_in_force,
        "scored_risks": number,
    }


def _use(session: Session, name: str) -> int:
    """Refused where scores would have no step, and nobody said which they become ("no_step")."""
    args, t = session.args, session.t
    with session.reading() if args.dry_run else session.writing() as register:
        wanted = Wanted(
            scale=_named(register, name),
            language=t.language,
            mapped=_mapped(args.step),
            keeps_old=args.keep_old,
        )
        risks = scale_change.risks_of(register)
        found = rescaling.effect(register.vocabulary.scale, wanted.scale, risks, wanted.mapped)
        if found.missing and not wanted.keeps_old:
            raise Expected("no_step", steps=_steps(found))
        kept = len(rescaling.keeping(risks, -1)) if wanted.keeps_old else 0
        moved = 0 if wanted.keeps_old else len({move.risk.id for move in found.moves})
        changes = scale_change.put_in_force(register, wanted)
        seq = 0 if args.dry_run else register.apply(changes, session.work).seq
    if args.json:
        print_json({"entry": seq or None, "kept": kept, "moved": moved})
    else:
        if not args.dry_run:
            say(t.gettext(IN_FORCE).format(scale=wanted.scale.title.get(t.language)))
        pattern, number = (KEPT, kept) if wanted.keeps_old else (MOVED, moved)
        say(t.ngettext(*pattern, number).format(number=number))
    return 0


def _named(reader: Reader, name: str) -> Scale:
    """The scale of this name or ref, or that a file describes; refused where there is none ("no_scale", "bad_scale")."""
    if name.casefold().endswith(".toml"):
        return _read(Path(name))
    known = {each.key.casefold(): each for each in scale_change.offered(reader)}
    if name.casefold() not in known:
        raise Expected("no_scale", name=name, known=", ".join(each.key for each in known.values()))
    return known[name.casefold()]


def _read(path: Path) -> Scale:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST).decode()
    except OSError:
        raise Expected("not_found", path=path.name) from None
    except UnicodeDecodeError:
        raise Expected("bad_scale", path=path.name, reason="UTF-8") from None
    try:
        return scales.parse(text, path.stem)
    except scales.NoScale as error:
        raise Expected("bad_scale", path=path.name, reason=str(error)) from None


def _mapped(given: Iterable[str]) -> Mapped:
    found: dict[tuple[Axis, int], int] = {}
    for text in given:
        step = _STEP.fullmatch(text)
        if step is None:
            raise Expected("usage", problem=f"--step {text}")
        found[cast("Axis", step[1]), int(step[2])] = int(step[3])
    return found


def _steps(found: Effect) -> str:
    return ", ".join(f"{each.axis} {each.value}" for each in found.missing)
