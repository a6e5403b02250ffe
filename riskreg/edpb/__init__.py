"""The EDPB's common form for notifying a breach, filled from one incident (domain.md 5.2).

The form is a draft in consultation (June 2026): nothing says that an authority takes it as it is. It is kept
as values here; `exchange.edpb_form` writes it as JSON, `reports.edpb_form` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from riskreg.cases import Case
from riskreg.edpb import breach, parties, people
from riskreg.edpb.form import Answer, Asked, Given, Sheet
from riskreg.i18n import Language, translator
from riskreg.records import Party
from riskreg.views import Reader

COUNT: Final = 100
"""Fields that the form asks; the others of its numbers are headings."""


def answers(
    reader: Reader, case: Case, phase: str, language: Language, now: datetime
) -> tuple[Answer, ...]:
    """The fields of the form that can be filled, and every field that it requires, in its order.

    Args:
        reader: The register, for the parties that are named and the lists of choices.
        case: The incident with all that was said of it.
        phase: A key of `notice_phase`.
        language: Of the texts.
        now: With a zone; more than 72 hours after awareness a first notification says why it is late.
    """
    ours, incident = case.organisation, case.incident
    named = incident.processors | incident.partners | incident.lead | incident.contact
    found = reader.records(sorted(named | ours.officer | ours.representative))
    sheet = Sheet(
        Asked(
            case=case,
            vocabulary=reader.vocabulary,
            parties={id: each for id, each in found.items() if isinstance(each, Party)},
            phase=phase,
            t=translator(language),
            now=now,
        )
    )
    for part in (parties, breach, people):
        part.fill(sheet)
    is_whole = not any(each.is_open for each in sheet.answers.values())
    sheet.own(4, "c" if phase == "withdrawn" else "a" if is_whole else "b")
    return tuple(sheet.answers[number] for number in sorted(sheet.answers))


def as_json(given: tuple[Answer, ...]) -> Mapping[str, Given]:
    """The form as its JSON has it, by `field_3` to `field_126`."""
    return {f"field_{each.number}": each.value for each in given}
