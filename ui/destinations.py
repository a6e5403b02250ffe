"""Everything the palette can go to besides records: commands, pages, reports, saved views, settings, languages and looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from riskreg.errors import N_, Expected
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from riskreg.views import View
from riskreg.wording import REPORTS
from ui.context import Context
from ui.dialogs.palette import Entry, command_entries, keys_of, plain_words
from ui.dialogs.settings import PARTS
from ui.pages.reports import OFFERS
from ui.theme import LOOKS, WISHES, Wish
from ui.widgets.navigation import all_places

_MOST_VIEWS: Final = 200
_OPENS_PAGE: Final = {"history": "history", "check": "verify", "report": "report"}
"""Pages and the commands that do no more than open them."""
_REPORT: Final = N_("Report: {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What the window does to get there.

    Attributes:
        go: Opens a page by its key.
        open_saved: Opens a saved view, given the list it belongs to and its record.
        report: Opens the dialog of a report by its key.
        settings: Opens the settings at one of their parts.
        choose_language: Makes the window speak a language, by its key.
        choose_look: Shows a theme, by its key.
    """

    go: Callable[[str], object]
    open_saved: Callable[[str, int], object]
    report: Callable[[str], object]
    settings: Callable[[int], object]
    choose_language: Callable[[str], object]
    choose_look: Callable[[Wish], object]


def destinations(context: Context, ways: Ways) -> list[Entry]:
    """What there is to go to now, each once: a page stands for the command that only opens it."""
    return [
        *_pages(context, ways.go),
        *_views(context, ways.open_saved),
        *_reports(context, ways.report),
        *command_entries(context, _OPENS_PAGE.values()),
        *_parts(context, ways.settings),
        *_settings(context, ways.choose_language, ways.choose_look),
    ]


def _reports(context: Context, report: Callable[[str], object]) -> list[Entry]:
    """Each report, found by its name and by what the command line calls it."""
    t = context.t
    return [
        Entry(
            words=t.gettext(_REPORT).format(name=t.gettext(REPORTS[offer.key])),
            sort=t.gettext(N_("Report")),
            icon=offer.icon,
            run=partial(report, offer.key),
            also=f"{REPORTS[offer.key]} {offer.key.replace('-', ' ')}",
        )
        for offer in OFFERS
    ]


def _parts(context: Context, settings: Callable[[int], object]) -> list[Entry]:
    """The parts of the settings."""
    t = context.t
    said = t.gettext(N_("Settings: {part}"))
    return [
        Entry(
            words=said.format(part=t.gettext(part)),
            sort=t.gettext(N_("Setting")),
            icon="settings",
            run=partial(settings, place),
            also=part,
        )
        for place, part in enumerate(PARTS)
    ]


def _pages(context: Context, go: Callable[[str], object]) -> list[Entry]:
    t = context.t
    sort = t.gettext(N_("Page"))
    commands = {command.key: action for command, action in context.actions}
    found = []
    for place in all_places():
        action = commands.get(_OPENS_PAGE.get(place.key, ""))
        entry = Entry(
            words=t.gettext(place.label),
            sort=sort,
            icon=place.icon,
            run=partial(go, place.key),
            keys=keys_of(action) if action else "",
            also=f"{place.label} {plain_words(action) if action else ''}",
        )
        found.append(entry)
    return found


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
