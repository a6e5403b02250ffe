"""What notices are written from: the register without what is privileged, unless all of the incident is."""

from __future__ import annotations

from riskreg.cases import Case
from riskreg.i18n import Language, translator
from riskreg.privileged import without
from riskreg.views import Reader
from ui.context import Context


def sources(context: Context, case: Case, language: Language) -> Reader:
    """The register as a notice of an incident may tell it, in the language of the notice."""
    is_asked = bool(case.incident.is_privileged)
    return without(context.register, translator(language), is_asked=is_asked)
