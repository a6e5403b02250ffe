"""The EDPB's common form as JSON, by the schema of domain.md 5.2 (source S76): one key a field, `field_3` to `field_126`.

The schema gives a date as the format of field 95, whose question asks for words; words stand there.
"""

from __future__ import annotations

from datetime import datetime

from riskreg import edpb
from riskreg.cases import Case
from riskreg.edpb.form import Given
from riskreg.i18n import Language
from riskreg.views import Reader


def edpb_form(
    reader: Reader, case: Case, phase: str, language: Language, now: datetime
) -> dict[str, Given]:
    """The form of one incident; arguments as of `edpb.answers`."""
    return dict(edpb.as_json(edpb.answers(reader, case, phase, language, now)))
