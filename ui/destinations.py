"""Everything the palette can go to besides records: commands, pages, saved views, languages and looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from riskreg.errors import N_, Expected
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from riskreg.views import View
from ui.context import Context
from ui.dialogs.palette import Entry, command_entries
from ui.theme import LOOKS, WISHES, Wish
from ui.widgets.navigation import all_places

_MOST_VIEWS: Final = 200


def destinations(
    context: Context,
    go: Callable[[str], object],
    open_saved: Callable[[str, int], object],
    choose_language: Callable[[str], object],
    choose_look: Callable[[Wish], object],
) -> list[Entry]:
    """What there is to go to now.

    Args:
        context: What the window shares.
        go: Opens a page by its key.
        open_saved: Opens a saved view, given the list it belongs to and its record.
        choose_language: Makes the window speak a language, by its key.
        choose_look: Shows a theme, by its key.
    """
    return [
        *_pages(context, go),
        *_views(context, open_saved),
        *command_entries(context),
        *_settings(context, choose_language, choose_look),
    ]


def _pages(context: Context, go: Callable[[str], object]) -> list[Entry]:
    t = context.t
    sort = t.gettext(N_("Page"))
    return [
        Entry(
            words=t.gettext(place.label),
            sort=sort,
            icon=place.icon,
            run=partial(go, place.key),
            also=place.label,
        )
        for place in all_places()
    ]


def _views(context: Context, open_saved: Callable[[str, int], object]) -> list[Entry]:
    """The saved views of all lists; none while the file is busy."""
    asked = View(kinds=("view",), columns=("title", "shows"), sort=(("title", False),))
    try:
        rows = context.register.rows(asked, context.register.ids(asked)[:_MOST_VIEWS])
    except Expected:
        return []
    sort = context.t.gettext(N_("Saved view"))
    return [
        Entry(
            words=str(title),
            sort=sort,
            icon="layers",
            run=partial(open_saved, str(shows), row.id),
        )
        for row in rows
        for title, shows in [row.values]
    ]


def _settings(
    context: Context,
    choose_language: Callable[[str], object],
    choose_look: Callable[[Wish], object],
) -> list[Entry]:
    t = context.t
    sort = t.gettext(N_("Setting"))
    language, look = t.gettext(N_("Language: {name}")), t.gettext(N_("Look: {name}"))
    languages = [
        Entry(
            words=language.format(name=LANGUAGE_NAMES[each]),
            sort=sort,
            icon="languages",
            run=partial(choose_language, each),
        )
        for each in LANGUAGES
    ]
    looks = [
        Entry(
            words=look.format(name=t.gettext(LOOKS[each])),
            sort=sort,
            icon="moon",
            run=partial(choose_look, each),
        )
        for each in WISHES
    ]
    return [*languages, *looks]
