"""Someone else changed the record that is being typed in: who, when, and both values side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.errors import N_, Message
from riskreg.formats import listed
from riskreg.views import Entry
from ui.context import Context
from ui.forms.form import Form
from ui.forms.message import MessageBar
from ui.forms.story import Wordsmith

_SAFE: Final = N_("Nothing is lost: both values stand side by side ({fields}).")
_DO: Final = N_("Choose field by field, or for all at once, and save.")


class Meanwhile:
    """Says in the message bar that both values stand in the form, until one is chosen everywhere.

    Args:
        context: The language.
        bar: Where it is said.
    """

    def __init__(self, context: Context, bar: MessageBar) -> None:
        self._context = context
        self._bar = bar
        self._is_said = False

    def by(self, changed: Mapping[str, Entry], smith: Wordsmith) -> dict[str, str]:
        """Who saved each field and when, as the head of their value."""
        said = self._context.t.gettext(N_("Saved by {who}, {when}"))
        return {
            key: said.format(who=smith.who(entry.actor), when=smith.near(entry.at))
            for key, entry in changed.items()
        }

    def say(self, form: Form, changed: Mapping[str, Entry], smith: Wordsmith) -> None:
        """Say so where it is so, and offer to choose for all fields at once.

        Args:
            form: In which the values stand.
            changed: Who changed which field since it was filled.
            smith: Finds the words.
        """
        keys = form.conflicts()
        if not keys:
            return
        t = self._context.t
        entry = next((changed[key] for key in keys if key in changed), None)
        what = t.gettext(N_("This record was changed while you were typing."))
        if entry:
            who = t.gettext(N_("{who} changed this record at {when}, while you were typing."))
            what = who.format(who=smith.who(entry.actor), when=smith.when(entry.at))
        fields = listed([t.label(form.kind, key) for key in keys], t)
        self._bar.warn(
            Message(what, t.gettext(_SAFE).format(fields=fields), t.gettext(_DO)),
            (t.gettext(N_("Keep all mine")), lambda: form.decide_all(is_mine=True)),
            (t.gettext(N_("Use all theirs")), lambda: form.decide_all(is_mine=False)),
        )
        self._is_said = True

    def settle(self, form: Form) -> None:
        """Say nothing any more once one value is chosen everywhere."""
        if self._is_said and not form.conflicts():
            self._is_said = False
            self._bar.clear()
