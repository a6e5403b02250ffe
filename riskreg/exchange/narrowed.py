"""Which records an export holds, in a sentence for its cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from riskreg.errors import N_, Expected
from riskreg.formats import format_value, listed
from riskreg.i18n import Translator
from riskreg.records import KINDS, REGISTER_KINDS, columns, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.views import Reader, View, Where

EVERYTHING: Final = N_("All records that are not in the bin")
WORDS: Final = N_("in which these words occur: {words}")
CONTAINS: Final = N_("{field} contains “{value}”")
IS_EMPTY: Final = N_("{field} is empty")
IS_NOT_EMPTY: Final = N_("{field} is not empty")

AUTHORITY: Final = ("incident", "decision", "notice", "entry", "evidence")
"""What an authority is given of one incident."""
FOR_AUTHORITY: Final = N_(
    "For an authority: incident {ref} only, with its decisions, notices, timeline and list of evidence"
)
_OWN: Final = ("decisions", "notices", "entries")

_SIGNS: Final = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def around(reader: Reader, ref: str) -> Mapping[str, tuple[Where, ...]]:
    """Conditions for one record and all that it is tied to, outside the bin, by kind in the order of kinds.

    Raises:
        Expected: There is no such record ("not_found").
    """
    id = reader.find(ref)
    ids = {id, *(other for those in reader.links(id).values() for other in those)}
    refs: dict[str, list[str]] = {}
    for name in reader.names(ids).values():
        refs.setdefault(name.kind, []).append(name.ref)
    return {
        kind: (Where("ref", "in", tuple(sorted(refs[kind]))),)
        for kind in REGISTER_KINDS
        if kind in refs
    }


def for_authority(reader: Reader, ref: str) -> Mapping[str, tuple[Where, ...]]:
    """Conditions for one incident with its decisions, notices, timeline and evidence, and nothing else; as `around`.

    The evidence is that of the incident and of what was decided, sent and written down about it.

    Raises:
        Expected: There is no such incident ("not_found", "no_record").
    """
    id = reader.find(ref)
    record = reader.record(id)
    if record.kind != "incident":
        raise Expected("no_record", ref=ref)
    links = reader.links(id)
    own = {each for key in _OWN for each in links.get(key, ())}
    files = {file for each in (id, *own) for file in _files(reader, each)}
    refs: dict[str, list[str]] = {}
    for name in reader.names({id, *own, *files}).values():
        refs.setdefault(name.kind, []).append(name.ref)
    return {kind: (Where("ref", "in", tuple(sorted(refs.get(kind, ())))),) for kind in AUTHORITY}


def _files(reader: Reader, id: int) -> frozenset[int]:
    """The evidence of a record; of one that is left out none is told."""
    try:
        return reader.links(id).get("evidence_files", frozenset())
    except Expected:
        return frozenset()


def shown(reader: Reader, views: Sequence[View], t: Translator) -> str:
    """Which records these views ask for, in a sentence."""
    kinds = [view.kinds[0] for view in views]
    is_whole = set(REGISTER_KINDS) <= set(kinds)
    parts = [t.gettext(EVERYTHING) if is_whole else listed(map(t.kind_name, kinds), t)]
    parts += {t.gettext(WORDS).format(words=view.words): 0 for view in views if view.words}
    for view in views:
        parts += [_condition(reader, view.kinds[0], each, t) for each in view.where]
    return listed(dict.fromkeys(parts), t, ";")


def _condition(reader: Reader, kind: str, where: Where, t: Translator) -> str:
    field = t.label(kind, where.field)
    if where.op == "empty":
        return t.gettext(IS_EMPTY if where.value else IS_NOT_EMPTY).format(field=field)
    what = columns(KINDS[kind])[where.field]
    asked = where.value if where.op == "in" else (where.value,)
    value = listed(
        (_asked(reader, what, cast("Value", one), t) for one in cast("tuple[object, ...]", asked)),
        t,
    )
    if where.op == "contains":
        return t.gettext(CONTAINS).format(field=field, value=value)
    return f"{field} {_SIGNS.get(where.op, '=')} {value}"


def _asked(reader: Reader, what: FieldKind, value: Value, t: Translator) -> str:
    """A value of a condition; one member of a list stands there without the list."""
    if isinstance(what, fields.Links):
        ids = frozenset({value}) if isinstance(value, int) else cast("frozenset[int]", value)
        return format_value(what, ids, t, reader.vocabulary, reader.names(ids))
    if isinstance(what, fields.Choices | fields.Tags) and isinstance(value, str):
        value = frozenset({value})
    if isinstance(what, fields.Facts):
        return str(value)
    return format_value(what, value, t, reader.vocabulary, zone=reader.organisation().zone)
