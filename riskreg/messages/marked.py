"""What a message is made of."""

from __future__ import annotations

from typing import Final, NamedTuple


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


class Message(NamedTuple):
    """What is shown for a failure: three sentences."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


UNCHANGED: Final = N_("Nothing was changed.")
