"""The menus of the window, made from the one table of commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from ui.actions import MENUS
from ui.context import Context


def build(bar: QMenuBar, context: Context, choose_language: Callable[[str], object]) -> None:
    """Fill a menu bar.

    Args:
        bar: The bar.
        context: The commands and their words.
        choose_language: Makes the window speak a language, given its key.
    """
    for menu, label in MENUS.items():
        made = bar.addMenu(context.t.gettext(label))
        for command, action in context.actions:
            if command.menu != menu:
                continue
            if command.begins:
                made.addSeparator()
            if command.key == "language":  # here all of them can be seen, so nothing is asked
                made.addMenu(_languages(bar, context, choose_language))
            else:
                made.addAction(action)


def _languages(bar: QMenuBar, context: Context, choose: Callable[[str], object]) -> QMenu:
    menu = QMenu(context.t.gettext(N_("Language")), bar)
    menu.setIcon(context.actions["language"].icon())
    group = QActionGroup(menu)
    for language in LANGUAGES:
        action = group.addAction(LANGUAGE_NAMES[language])
        action.setCheckable(True)
        action.setChecked(language == context.t.language)
        action.triggered.connect(lambda _checked=False, language=language: choose(language))
        menu.addAction(action)
    return menu
