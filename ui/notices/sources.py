"""What notices are written from: the register without what is privileged, unless all of the incident is; and when that changed."""

from __future__ import annotations

from typing import Final

from riskreg.cases import Case, case_of
from riskreg.changes import Changed
from riskreg.i18n import Language, translator
from riskreg.privileged import without
from riskreg.views import Reader
from ui.context import Context

_KINDS: Final = frozenset({"incident", "notice", "decision", "assessment", "organisation", "party"})
"""Kinds whose change is seen here at once."""
_SHARED: Final = frozenset({"organisation", "party"})
"""Those of them that are not part of one incident."""


def sources(context: Context, case: Case, language: Language) -> Reader:
    """The register as a notice of an incident may tell it, in the language of the notice."""
    is_asked = bool(case.incident.is_privileged)
    return without(context.register, translator(language), is_asked=is_asked)


def is_touched(register: Reader, case: Case, changed: Changed) -> bool:
    """Whether what changed can be seen among the notices: the incident, what belongs to it, or what all incidents share."""
    if not changed.kinds & _KINDS:
        return False
    if changed.kinds & _SHARED:
        return True
    found = case_of(register, case.incident.id)
    parts = (*found.notices, *found.decisions, *found.assessments)
    gone = (*case.notices, *case.decisions, *case.assessments)
    seen = {case.incident.id, *(each.id for each in (*parts, *gone))}
    return not seen.isdisjoint(changed.ids)
