"""What is typed into a dialog and not saved, kept as the form keeps it, and offered when the dialog is opened again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from riskreg.records.jsons import Json
from ui.dialogs.sheet import Sheet
from ui.forms.draft_offer import DraftOffer
from ui.forms.drafts import DraftKeeper
from ui.forms.story import Wordsmith


class Drafting:
    """The draft of one dialog; made once it shows what it begins with.

    Args:
        sheet: The dialog; what was kept is offered in its message.
        key: `REF/part` or `REF/part/which`, REF being that of the incident.
        gather: What stands in it, by names of its own; what differs from the beginning is kept.
        put: Puts back what was kept, some of the same names.
    """

    def __init__(
        self,
        sheet: Sheet,
        key: str,
        gather: Callable[[], Mapping[str, Json]],
        put: Callable[[Mapping[str, Json]], None],
    ) -> None:
        context = sheet.context
        self._key, self._gather = key, gather
        self._begun_with = dict(gather())
        self.keeper = DraftKeeper(context, self._written, sheet)
        self.offer = DraftOffer(context, sheet.message, self.keeper, put)
        register = context.register
        zone = register.organisation().zone
        self.offer.offer(key, Wordsmith(context.t, register.vocabulary, zone))

    def end(self, *, is_saved: bool) -> None:
        """What was typed is saved, or not wanted; an older draft that nobody decided about goes only with what is saved."""
        if is_saved:
            self.keeper.settle()
        else:
            self.keeper.forget()
        self.keeper.stop()

    def _written(self) -> tuple[str, Mapping[str, Json]] | None:
        found = self._gather()
        begun = self._begun_with
        typed = {name: each for name, each in found.items() if each != begun.get(name)}
        return (self._key, typed) if typed else None
