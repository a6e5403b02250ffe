"""A draft that was found is offered in the panel; nothing is done with it unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.records import KINDS
from riskreg.records.jsons import Json
from riskreg.views import Draft
from ui.context import Context
from ui.forms.drafts import DraftKeeper, about, place
from ui.forms.message import MessageBar
from ui.forms.story import Wordsmith


class DraftOffer:
    """Says in the message bar that something was being written, and does as the person answers.

    Args:
        context: The register and its language.
        bar: Where it is said.
        drafts: Where drafts are found.
        put: Puts what was kept into the form.
    """

    def __init__(
        self,
        context: Context,
        bar: MessageBar,
        drafts: DraftKeeper,
        put: Callable[[Mapping[str, Json]], None],
    ) -> None:
        self._context = context
        self._bar = bar
        self._drafts = drafts
        self._put = put
        self.reopen: Callable[[str], object] | None = None
        """Opens a dialog of the record, given the part of its draft's key behind the ref."""

    def offer(self, key: str, smith: Wordsmith, unbin: Callable[[], object] | None = None) -> None:
        """Offer the draft of a record or kind, if there is one.

        Args:
            key: Its ref, or the kind of a new record.
            smith: Says when it was kept.
            unbin: Takes the record out of the bin first, where it is in there.
        """
        draft = self._drafts.find(key)
        if draft is None:
            self._offer_dialog(key, smith, unbin)
            return
        gettext = self._context.t.gettext
        said = [gettext(N_("You were writing this at {time}, and it was not saved."))]
        if unbin:
            said.append(gettext(N_("The record is in the bin now.")))
        others = self._others(key)
        if others:
            said.append(gettext(N_("Also not saved: {what}.")).format(what=others))
        go_on = (
            (gettext(N_("Take it out of the bin")), unbin)
            if unbin
            else (gettext(N_("Go on writing")), self.go_on)
        )
        self._bar.tell(
            " ".join(said).format(time=smith.when(draft.at)),
            go_on,
            (gettext(N_("Discard it")), self.decline),
        )

    def go_on(self) -> None:
        """Put it into the form."""
        self._bar.clear()
        if kept := self._drafts.take():
            self._put(kept)
        self._drafts.keep()

    def decline(self) -> None:
        """Forget it."""
        self._bar.clear()
        self._drafts.decline()

    def _offer_dialog(self, key: str, smith: Wordsmith, unbin: Callable[[], object] | None) -> None:
        """What was being written in a dialog of the record is offered there."""
        register = self._context.register
        drafts = [] if register.read_only or self.reopen is None else register.drafts()
        inside = (each for each in drafts if "/" in about(each) and place(each) == key)
        draft = next(inside, None)
        if draft is None or self.reopen is None:
            return
        gettext, reopen = self._context.t.gettext, self.reopen
        said = [gettext(N_("You were writing in a dialog at {time}, and it was not saved."))]
        part = about(draft).partition("/")[2]
        if unbin:
            said.append(gettext(N_("The record is in the bin now.")))
        go_on = (
            (gettext(N_("Take it out of the bin")), unbin)
            if unbin
            else (gettext(N_("Open it again")), lambda: self._reopen(reopen, part))
        )
        self._bar.tell(
            " ".join(said).format(time=smith.when(draft.at)),
            go_on,
            (gettext(N_("Discard it")), lambda: self._discard(draft)),
        )

    def _discard(self, draft: Draft) -> None:
        self._bar.clear()
        self._drafts.discard(draft)

    def _reopen(self, reopen: Callable[[str], object], part: str) -> None:
        self._bar.clear()
        reopen(part)

    def _others(self, key: str) -> str:
        """What else was being written: refs, and kinds of new records by their names."""
        t = self._context.t
        drafts = map(about, self._context.register.drafts())
        keys = dict.fromkeys(each for each in drafts if "/" not in each)  # those are of dialogs
        keys.pop(key, None)
        return listed([t.kind_name(key, plural=False) if key in KINDS else key for key in keys], t)
