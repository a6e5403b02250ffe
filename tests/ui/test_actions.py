"""The one table of commands: complete, without clashes, and off where nothing may be changed."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from riskreg.catalogue import resources_folder
from riskreg.i18n import translator
from riskreg.views import Register
from tests.ui.desk import a_context
from ui.actions import COMMANDS, MENUS, Actions
from ui.theme import Theme
from ui.window import MainWindow


def test_commands_when_listed_then_keys_are_unique() -> None:
    assert max(Counter(command.key for command in COMMANDS).values()) == 1
    keys = [QKeySequence(command.keys).toString() for command in COMMANDS if command.keys]
    assert [key for key, number in Counter(keys).items() if key and number > 1] == []


def test_commands_when_listed_then_each_has_a_menu_and_an_icon_that_exist() -> None:
    for command in COMMANDS:
        assert command.menu in MENUS
        if command.icon:
            assert (resources_folder() / "icons" / f"{command.icon}.svg").exists(), command.key


def test_actions_when_made_in_chinese_then_they_speak_it(qapp: QApplication) -> None:
    actions = Actions(translator("zh_Hant"), Theme("light"))
    assert all(not action.text().isascii() for _, action in actions)


def test_action_when_reworded_with_an_ampersand_then_it_is_shown_and_no_key_is_made(
    qapp: QApplication,
) -> None:
    actions = Actions(translator("en"), Theme("light"))
    actions.reword("undo", "Undo: import of R&D.xlsx")
    assert actions["undo"].text() == "Undo: import of R&&D.xlsx"


def test_actions_when_writing_is_not_allowed_then_only_what_reads_is_on(qapp: QApplication) -> None:
    actions = Actions(translator("en"), Theme("light"))
    actions.allow_writing(False)
    assert {command.key for command, action in actions if action.isEnabled()} == {
        command.key for command in COMMANDS if not command.writes
    }


def test_window_when_made_then_every_command_stands_in_a_menu_and_is_carried_out(
    window: MainWindow,
) -> None:
    actions = window.context.actions
    menus = [menu.menu().actions() for menu in window.menuBar().actions()]
    shown = {action for menu in menus for action in menu}
    missing = [command.key for command, action in actions if action not in shown]
    assert missing == ["language"]  # in its place stands the menu of the languages
    for menu in menus:
        words = [action.text() for action in menu if action.text()]
        assert len(words) == len(set(words)), "one word leads to two places"
    assert actions.idle == frozenset()


def test_context_when_made_twice_then_nothing_is_shared(opened: Register) -> None:
    assert a_context(opened).events is not a_context(opened).events
