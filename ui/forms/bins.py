"""What is done with a record as a whole: into the bin, out of it, and erasing its text for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from riskreg import erasing
from riskreg.changes import Changed, ChangeSet
from riskreg.dependants import counted, dependants
from riskreg.editing import from_bin as taken_out
from riskreg.editing import to_bin as put_in
from riskreg.errors import N_
from riskreg.formats import link_name, listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import Record
from riskreg.views import Erased, Reader
from riskreg.wording import act_words
from riskreg.work import CLEANING
from ui.context import Context
from ui.prompts import Answer
from ui.titles import named

MORE: Final = NN_("and {number} more", "and {number} more")

_TOLD: Final = 12
"""Records that depend on others and are named; the rest is counted."""

_TITLE: Final = N_("Erase the text of {ref}")
_COUNTED: Final = N_("{field}: {value}")
_TIED: Final = N_("{name} ({field})")


class Leaving(NamedTuple):
    """What goes into the bin: the change set, and what depends on it, in words: kinds counted, records named."""

    changes: ChangeSet
    counted: str
    named: str


def leaving(reader: Reader, ids: Sequence[int], t: Translator) -> Leaving:
    """What putting records in the bin would do; raises `Expected` as `editing.to_bin`."""
    found = dependants(reader, ids)
    kinds = (
        t.gettext(_COUNTED).format(field=t.kind_name(kind), value=number)
        for kind, number in counted(found).items()
    )
    names = named(reader.names(each.id for each in found[:_TOLD]), t.language)
    lines = [
        t.gettext(_TIED).format(
            name=link_name(names[each.id], t), field=t.label(each.kind, each.field)
        )
        for each in found[:_TOLD]
    ]
    if more := len(found) - len(lines):
        lines.append(t.ngettext(*MORE, more).format(number=number_words(more)))
    return Leaving(put_in(reader, ids), listed(kinds, t), "\n".join(lines))


def to_bin(
    context: Context, ids: Sequence[int], then: Callable[[Changed], object] | None = None
) -> None:
    """Put records in the bin, once the person knows what depends on them; they can be taken out again."""

    def answered(asked: Leaving) -> None:
        if asked.changes.changes and _may_leave(context, asked):
            context.change(asked.changes, then)

    context.ask(lambda reader: leaving(reader, ids, context.t), answered)


def _may_leave(context: Context, asked: Leaving) -> bool:
    """Whether the person wants it in spite of what depends on it; not asked where nothing does."""
    if not asked.counted:
        return True
    gettext = context.t.gettext
    text = gettext(N_("Other records are tied to it: {what}. They keep the link to what is in the bin."))  # fmt: skip
    answers = (Answer("bin", gettext(N_("Move to the bin"))),)
    title = gettext(N_("What depends on it"))
    return bool(
        context.prompts.ask(title, text.format(what=asked.counted), answers, more=asked.named)
    )


def from_bin(context: Context, record: Record) -> None:
    """Take a record out of the bin."""
    context.change(taken_out(context.register, [record.id]))


def erase(context: Context, record: Record) -> None:
    """Erase the text of a record for good, after a reason and a warning that says what it does."""
    gettext = context.t.gettext
    title = gettext(_TITLE).format(ref=record.ref)
    reason = context.prompts.line(title, gettext(N_("Why? The reason stays in the history.")))
    if not reason:
        return
    context.ask(
        lambda reader: erasing.parts(reader, record.id),
        lambda parts: _erase(context, record, reason, parts),
    )


def _erase(context: Context, record: Record, reason: str, parts: Sequence[erasing.Part]) -> None:
    """Erase after the warning, alone or with its parts."""
    gettext = context.t.gettext
    going = [each for each in parts if not each.is_shared]
    alone = Answer("erase", gettext(N_("Erase it alone") if going else N_("Erase for good")))
    answer = context.prompts.ask(
        gettext(_TITLE).format(ref=record.ref),
        gettext(
            N_("The title, texts, names and tags of {ref} are removed from the register, its history and its search, for good.")
        ).format(ref=record.ref),
        (Answer("all", gettext(N_("Erase it with what belongs to it"))), alone) if going else (alone,),
        more=_before(going, context.t),
    )  # fmt: skip
    if not answer:
        return
    reached = {record.id: record.kind}
    if answer == "all":
        reached |= {each.id: each.kind for each in going}
    context.jobs.write(
        lambda work: context.register.erase(record.id, reason, work, with_parts=answer == "all"),
        doing=CLEANING,
        done=lambda erased: _tell(context, reached, erased, is_whole=answer == "all"),
        failed=context.show,
    )


def _before(parts: Sequence[erasing.Part], t: Translator) -> str:
    """What is to be known before a text is erased; which parts have their own."""
    said = t.gettext(
        N_("This cannot be undone. Dates, choices, counts and links stay, and the history still adds up. Copies in backups, exports and on the disk itself may remain; you will be told which.")
    )  # fmt: skip
    if not parts:
        return said
    own = t.gettext(N_("What belongs to it has words of its own, also what was sent: {refs}."))
    return "\n\n".join((own.format(refs=_refs([each.ref for each in parts], t)), said))


def _refs(refs: Sequence[str], t: Translator) -> str:
    """Refs in a line, the rest counted."""
    named = list(refs[:_TOLD])
    if more := len(refs) - len(named):
        named.append(t.ngettext(*MORE, more).format(number=number_words(more)))
    return listed(named, t)


def _tell(context: Context, reached: Mapping[int, str], erased: Erased, *, is_whole: bool) -> None:
    ids, kinds = reached.keys(), reached.values()
    seq = context.register.head().seq
    context.events.changed.emit(Changed(seq=seq, ids=frozenset(ids), kinds=frozenset(kinds)))
    t = context.t
    copies = [backup.path.name for backup in erased.backups]
    copies += [act_words(entry, t) for entry in erased.exports]
    done = t.gettext(N_("The text of {ref} is gone from this register.")).format(ref=erased.ref)
    if erased.parts:
        with_it = t.gettext(N_("So is that of what belongs to it: {refs}."))
        done += " " + with_it.format(refs=_refs(erased.parts, t))
    if erased.left:
        kept = erasing.SHARED if is_whole else N_("What belongs to it still has its words: {refs}.")
        done += " " + t.gettext(kept).format(refs=_refs(erased.left, t))
    left = t.gettext(N_("These copies may still hold it; delete them yourself:"))
    more = "\n".join((left, *copies)) if copies else ""
    context.prompts.tell(t.gettext(N_("Erased")), done, more=more)
