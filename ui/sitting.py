"""What a person chooses for this sitting: the name in the history, the look, the language."""

from __future__ import annotations

from collections.abc import Callable

from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from ui.context import Context
from ui.prompts import Answer
from ui.theme import Wish


class Sitting:
    """The commands that choose; what is chosen is kept on this computer.

    Args:
        context: What the window shares.
        show_name: Show who is working.
        speak: Speak another language.
    """

    def __init__(
        self, context: Context, show_name: Callable[[str], None], speak: Callable[[str], None]
    ) -> None:
        self._context = context
        self._show_name = show_name
        self._speak = speak

    def ask_name(self) -> None:
        """Ask who is working."""
        t, settings = self._context.t, self._context.settings
        name = self._context.prompts.line(
            t.gettext(N_("Who is working?")),
            t.gettext(N_("The name stands in the history beside each change. It is not checked.")),
            settings.value.working_as,
        )
        if name is not None:
            settings.change(working_as=name)
            self._show_name(name)

    def turn_theme(self) -> None:
        """From light to dark, and back."""
        self.choose_look("light" if self._context.theme.name == "dark" else "dark")

    def choose_look(self, wish: Wish) -> None:
        """Take a look."""
        self._context.settings.change(theme=wish)
        self._context.theme.choose(wish)

    def ask_language(self) -> None:
        """Ask in which language the window shall speak."""
        t = self._context.t
        answers = [
            Answer(language, LANGUAGE_NAMES[language])
            for language in LANGUAGES
            if language != t.language
        ]
        text = t.gettext(N_("In which language shall the window speak?"))
        if chosen := self._context.prompts.ask(t.gettext(N_("Language")), text, answers):
            self.choose_language(chosen)

    def choose_language(self, language: str) -> None:
        """Take a language."""
        self._context.settings.change(language=language)
        self._speak(language)
