"""Every expected failure: an id, its parameters, and the three sentences of `riskreg.messages` for it.

An expected failure is one that the environment or the user can cause (a full disk, a stale form, a
damaged file). A bug is any other exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from riskreg.messages import SENTENCES as SENTENCES
from riskreg.messages.marked import N_ as N_
from riskreg.messages.marked import Message as Message


class Expected(Exception):
    """An expected failure. Subclasses carry more than text; most are raised as they are.

    Args:
        id: A key of `SENTENCES`.
        parameters: What the sentences name in braces.
    """

    def __init__(self, id: str, **parameters: str | int) -> None:
        super().__init__(id)
        self.id = id
        self.parameters = parameters

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences in the language of `translate`."""
        parts = SENTENCES[self.id]
        return Message(
            *(translate(part).format(**self.parameters) if part else "" for part in parts)
        )

    def __str__(self) -> str:
        return str(self.message())


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One value of one record that cannot be kept.

    `reason` is a msgid, `parameters` what it names. `ref` is empty for a record that is not there
    yet.
    """

    kind: str
    field: str
    reason: str
    ref: str = ""
    id: int = 0
    parameters: Mapping[str, str | int] | None = None

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The reason in the language of `translate`."""
        return translate(self.reason).format(**(self.parameters or {}))


class Refused(Expected):
    """A change set was refused; `problems` holds every problem of every record in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__("refused", count=len(problems), first=f"{first.field}: {first.text()}")
        self.problems = problems

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences, the first problem in the language of `translate`."""
        first = self.problems[0]
        self.parameters["first"] = f"{first.field}: {first.text(translate)}"
        return super().message(translate)


class BadValue(Expected):
    """A text that is no value of its field.

    Args:
        field: The key of the field.
        value: The text, cut to what a message can hold.
        reason: A msgid, `parameters` what it names.
    """

    def __init__(self, field: str, value: str, reason: str, **parameters: str | int) -> None:
        super().__init__("bad_value", field=field, value=value, reason=reason.format(**parameters))
        self._reason = reason
        self._named = parameters

    def message(self, translate: Callable[[str], str] = str) -> Message:
        """The three sentences, the reason in the language of `translate` too."""
        self.parameters["reason"] = translate(self._reason).format(**self._named)
        return super().message(translate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One field that two people changed.

    As it was when the editor read it, as it is, as the editor wants it (Python values).
    """

    field: str
    was: object
    now: object
    wanted: object


class Stale(Expected):
    """A record changed after the editor read it; `conflicts` holds the fields with both values."""

    def __init__(self, id: int, ref: str, conflicts: tuple[Conflict, ...]) -> None:
        names = ", ".join(conflict.field for conflict in conflicts)
        super().__init__("stale", ref=ref, fields=names or "-")
        self.record = id
        self.conflicts = conflicts


class Cancelled(Expected):
    """The user cancelled long work; the transaction it was in is rolled back."""

    def __init__(self) -> None:
        super().__init__("cancelled")
