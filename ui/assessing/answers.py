"""What was answered so far, what is offered as it was before, and both as a draft keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from riskreg.cases import Case
from riskreg.records import Assessment, fields, stored
from riskreg.records.fields import Fields, Value
from riskreg.records.jsons import Json, from_json, to_json
from ui.assessing.asked import HARMS, asked_fields, is_answered

NOT_OFFERED = frozenset({"made_at", "made_by", "outcome", "reasoning"})
"""Fields that each assessment says anew, whatever the one before it said."""


class Answers(QObject):
    """The answers by field; what is not answered is absent.

    Args:
        case: Of the incident: the newest assessment says what was answered before.
    """

    changed = Signal(str)
    """This field has another answer now, or none."""

    def __init__(self, case: Case, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, Value] = {}
        self.before = _before(case.assessment)
        self.known = _known(case)

    def put(self, key: str, value: Value) -> None:
        """Answer; an empty value takes the answer back."""
        if value == self.values.get(key, fields.empty(stored(Assessment)[key])):
            return
        if value in (None, "", frozenset()):
            self.values.pop(key, None)
        else:
            self.values[key] = value
        self.changed.emit(key)

    def answer_harms(self, harms: frozenset[str], is_none_foreseen: bool) -> None:
        """Which kinds of harm can be foreseen, or that none can; neither is no answer."""
        self.put("harm_foreseen", False if is_none_foreseen else True if harms else None)
        self.put(HARMS, frozenset() if is_none_foreseen else harms)

    def take_before(self, key: str) -> None:
        """Answer one question as before, with its note."""
        taken = [key, f"{key}_note"] if key != HARMS else [HARMS, "harm_foreseen"]
        for each in taken:
            if each in self.before:
                self.put(each, self.before[each])

    def take_all_before(self) -> None:
        """Answer what is still open as before."""
        taken = set(self.before) - set(self.values)
        if is_answered(HARMS, self.values):
            taken -= {HARMS, "harm_foreseen"}
        for key in taken:
            self.put(key, self.before[key])

    def clear(self) -> None:
        """Begin again."""
        for key in list(self.values):
            self.put(key, fields.empty(stored(Assessment)[key]))

    def offers_before(self, key: str) -> bool:
        """Whether a question was answered before and is open now."""
        return is_answered(key, self.before) and not is_answered(key, self.values)

    def written(self) -> dict[str, Json]:
        """For a draft."""
        kinds = stored(Assessment)
        return {key: to_json(kinds[key], value) for key, value in self.values.items()}

    def write(self, kept: Mapping[str, Json], zone: str) -> None:
        """Put a draft back."""
        kinds = stored(Assessment)
        for key, value in kept.items():
            if key in kinds:
                self.put(key, from_json(kinds[key], value, zone))


def _before(newest: Assessment | None) -> Fields:
    if newest is None:
        return {}
    found = {key: newest.get(key) for key in asked_fields() if key not in NOT_OFFERED}
    return {key: value for key, value in found.items() if value not in (None, "", frozenset())}


def _known(case: Case) -> Fields:
    """What the incident itself says, to be taken over by a click."""
    people = case.incident.people_count
    return {"people_count": people} if people else {}
