"""What is done with a record as a whole: into the bin, out of it, and erasing its text for good."""

from __future__ import annotations

from riskreg.changes import Changed
from riskreg.editing import from_bin as taken_out
from riskreg.editing import to_bin as put_in
from riskreg.errors import N_, Expected
from riskreg.records import Record
from riskreg.views import Erased
from riskreg.wording import act_words
from riskreg.work import CLEANING
from ui.context import Context
from ui.prompts import Answer


def to_bin(context: Context, record: Record) -> None:
    """Put a record in the bin; it can be taken out again."""
    try:
        context.change(put_in(context.register, [record.id]))
    except Expected as error:
        context.show(error)


def from_bin(context: Context, record: Record) -> None:
    """Take a record out of the bin."""
    context.change(taken_out(context.register, [record.id]))


def erase(context: Context, record: Record) -> None:
    """Erase the text of a record for good, after a reason and a warning that says what it does."""
    gettext = context.t.gettext
    title = gettext(N_("Erase the text of {ref}")).format(ref=record.ref)
    reason = context.prompts.line(title, gettext(N_("Why? The reason stays in the history.")))
    if not reason:
        return
    answer = context.prompts.ask(
        title,
        gettext(
            N_("The title, texts, names and tags of {ref} are removed from the register, its history and its search, for good.")
        ).format(ref=record.ref),
        (Answer("erase", gettext(N_("Erase for good"))),),
        more=gettext(
            N_("This cannot be undone. Dates, choices, counts and links stay, and the history still adds up. Copies in backups, exports and on the disk itself may remain; you will be told which.")
        ),
    )  # fmt: skip
    if answer != "erase":
        return
    context.jobs.write(
        lambda work: context.register.erase(record.id, reason, work),
        doing=CLEANING,
        done=lambda erased: _tell(context, record, erased),
        failed=context.show,
    )


def _tell(context: Context, record: Record, erased: Erased) -> None:
    kind, seq = frozenset({record.kind}), context.register.head().seq
    context.events.changed.emit(Changed(seq=seq, ids=frozenset({record.id}), kinds=kind))
    t = context.t
    copies = [backup.path.name for backup in erased.backups]
    copies += [act_words(entry, t) for entry in erased.exports]
    done = t.gettext(N_("The text of {ref} is gone from this register.")).format(ref=erased.ref)
    left = t.gettext(N_("These copies may still hold it; delete them yourself:"))
    more = "\n".join((left, *copies)) if copies else ""
    context.prompts.tell(t.gettext(N_("Erased")), done, more=more)
