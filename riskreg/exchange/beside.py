"""Records that a row makes beside its own: `notice.sent_at` is a field of one notice of the incident in the row.

`notice` names the one record of that kind; `notice:people` is a second one, told apart by a name. Each points to
the record of its row by a link that is called as the row's kind and takes one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.exchange.headers import FACTS, Target
from riskreg.i18n import Translator
from riskreg.records import KINDS, Record, declared_links, every_field, stored
from riskreg.records.fields import FieldKind

_SLOT: Final = re.compile(r"[a-z_]+(:[a-z0-9_]+)?")
_LABEL: Final = N_("{label}: {text}")


@cache
def kinds(kind: str) -> tuple[str, ...]:
    """The kinds of which a row of this kind can have one: each is of the row's record alone."""
    return tuple(
        name
        for name, other in KINDS.items()
        if (link := declared_links(other).get(kind)) and link.one and link.to == kind
    )


def kind_of(slot: str) -> type[Record]:
    """The kind of the records in a slot: `notice` and `notice:people` are notices."""
    return KINDS[slot.partition(":")[0]]


class Named(NamedTuple):
    """What the name of a field in a mapping stands for.

    Attributes:
        of: The slot; "" for the row's own record.
        kind: Whose field it is.
        key: The field, and what follows it.
    """

    of: str
    kind: type[Record]
    key: str

    @property
    def what(self) -> FieldKind | None:
        """The field; None where there is none."""
        return every_field(self.kind).get(self.key)


def named(kind: type[Record], name: str) -> Named:
    """Take a name apart: `notice.sent_at` of an incident is the field `sent_at` of a notice."""
    slot, _, rest = name.partition(".")
    is_beside = bool(rest) and slot not in every_field(kind) and _SLOT.fullmatch(slot) is not None
    if is_beside and slot.partition(":")[0] in kinds(kind.kind):
        return Named(slot, kind_of(slot), rest)
    return Named("", kind, name)


def what(kind: type[Record], target: Target) -> FieldKind | None:
    """The field of a target; None where there is none."""
    return every_field(kind_of(target.of) if target.of else kind).get(target.key)


def target_of(kind: type[Record], name: str) -> Target:
    """The target of a field that is known to be one, by its name in a mapping."""
    found = named(kind, name)
    return Target(found.key, of=found.of)


def can_hold(found: Named, parent: str) -> bool:
    """Whether a column may fill this field of a record beside a row's own; what ties the two is set by the row."""
    kept = stored(found.kind).get(found.key)
    return kept is not None and found.key not in (parent, FACTS) and not kept.retired


def labels(kind: type[Record], t: Translator) -> Mapping[str, str]:
    """What columns can become beside the row's own fields, by name: `Notice: Sent at`."""
    return {
        f"{name}.{key}": label(kind, f"{name}.{key}", t)
        for name in kinds(kind.kind)
        for key in stored(KINDS[name])
        if can_hold(Named(name, KINDS[name], key), kind.kind)
    }


def label(kind: type[Record], name: str, t: Translator) -> str:
    """What a field is called by its name in a mapping: a record beside the row's own is named first."""
    found = named(kind, name)
    if not found.of:
        return t.label(kind, found.key)
    of, _, called = found.of.partition(":")
    whose = t.kind_name(of, plural=False) + (f" ({called})" if called else "")
    return t.gettext(_LABEL).format(label=whose, text=t.label(found.kind, found.key))
