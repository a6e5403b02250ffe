"""Closing dialogs that nobody sits before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from ui.prompts import Answer, WindowPrompts


@contextmanager
def given_up() -> Iterator[None]:
    """What a scene has typed is given up when its dialog closes: a question on the screen would wait for ever."""

    def ask(
        self: WindowPrompts, title: str, text: str, answers: Sequence[Answer], *, more: str = ""
    ) -> str:
        return next((each.key for each in answers if each.key == "discard"), "")

    with patch.object(WindowPrompts, "ask", ask):
        yield
