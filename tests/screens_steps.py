"""Pictures of the steps taken with an incident: assessment, notices, playbooks, review. Each is made as a person comes to it."""

# mypy: ignore-errors

from __future__ import annotations

from collections.abc import Callable

from tests.screens_more import _tidy

BREACH = "I-2026-001"


def _incident(window):
    return window.context.register.find(BREACH)


def _assess(place: int, answers: dict | None = None) -> Callable:
    """A page of the assessment, with some answers."""

    def shot(window):
        from ui.assessing.dialog import AssessDialog

        _tidy(window)
        made = AssessDialog(window.context, _incident(window))
        for key, value in (answers or {}).items():
            if key == "harms":
                made.answers.answer_harms(frozenset(value), is_none_foreseen=False)
            else:
                made.answers.put(key, value)
        made.show()
        made.show_page(place if place >= 0 else len(made.pages))
        made.is_saved = True  # no draft for the next picture
        return made

    return shot


_SOME = {
    "harms": ("financial_loss", "identity_theft"),
    "sensitivity": "raises",
    "ongoing": "lowers",
    "context_simple": "c2",
    "context_financial": "c3",
    "ease": "maximum",
}
_ALL = {
    **_SOME,
    "context_behavioural": "c0",
    "context_sensitive": "c0",
    "confidentiality": "known_recipients",
    "integrity": "not_affected",
    "availability": "not_affected",
    "is_malicious": False,
}

STEPS: dict[str, Callable] = {
    "step-assess-harm": _assess(0),
    "step-assess-factors": _assess(1, _SOME),
    "step-assess-data": _assess(2, _SOME),
    "step-assess-identity": _assess(3, _SOME),
    "step-assess-happened": _assess(4, _SOME),
    "step-assess-missing": _assess(-1, _SOME),
    "step-assess-result": _assess(-1, _ALL),
}
