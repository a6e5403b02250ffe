"""Pictures of pages in states that a click alone does not show: nothing found, a new record of each kind, a small window."""

# mypy: ignore-errors

from __future__ import annotations

from collections.abc import Callable

from tests.screens_more import _tidy

SMALL = (1024, 680)
NEW_KINDS = ("asset", "task", "measure", "activity", "processing", "transfer")


def _new(kind: str) -> Callable:
    """The form of a new record, all its sections folded out as they are at first."""

    def shot(window):
        _tidy(window)
        window.go(kind)
        window.new_record(kind)
        return window

    return shot


def _page(key: str) -> Callable:
    def shot(window):
        _tidy(window)
        window.go(key)
        return window

    return shot


def _nothing_found(key: str) -> Callable:
    """A list in which nothing fits what was typed."""

    def shot(window):
        _tidy(window)
        page = window.go(key)
        page.search.setText("qqq")
        page._ask()
        return window

    return shot


def _searched_in_vain(window):
    _tidy(window)
    window.search("qqq")
    return window


def _step(window):
    """A step of a policy action beside the list of steps."""
    _tidy(window)
    window.go("step")
    window.open_record(window.context.register.find("A2.1"))
    return window


def _history_of(window):
    """The history of one record, its newest entry unfolded."""
    _tidy(window)
    page = window.go("history")
    page.show_record("R-0002")
    page.rows[0].unfold()
    return window


def _checks_narrowed(words: str) -> Callable:
    def shot(window):
        _tidy(window)
        page = window.go("checks")
        page.turns.finish()
        page.filter.words.setText(words)
        page.filter.changed.emit()
        return window

    return shot


def _check_failed(window):
    """A fingerprint that is not of this history."""
    _tidy(window)
    page = window.go("check")
    page.code.setText("1-0000-0000-0000-0000-0000")
    page.check()
    return window


def _small(then: Callable) -> Callable:
    """In a small window."""

    def shot(window):
        then(window)
        window.resize(*SMALL)
        return window

    return shot


def _usual(then: Callable) -> Callable:
    """In the usual size again."""

    def shot(window):
        from tests.screens import SIZE

        window.resize(*SIZE)
        return then(window)

    return shot


def _incident(window):
    _tidy(window)
    window.go("incident")
    window.open_record(window.context.register.find("I-2026-014"))
    return window


def _part(key: str) -> Callable:
    """A tab of the page of an incident."""

    def shot(window):
        _incident(window)
        window.panel.turn_to(key)
        return window

    return shot


def _deciding(window):
    """A decision being put off."""
    from ui.dialogs.decide import DecideDialog

    _incident(window)
    part = window.panel.case
    part.decide(next(row.rule for row in part.loaded.rows() if row.rule.key == "hk_pcpd"))
    made = window.findChildren(DecideDialog)[-1]
    made.answers["not_yet"].setChecked(True)
    return made


PAGES: dict[str, Callable] = {
    **{f"incident-{key}": _part(key) for key in ("decision", "timeline", "evidence", "links")},
    "incident-decide": _deciding,
    **{f"{kind}-new": _new(kind) for kind in NEW_KINDS},
    "steps-record": _step,
    "risks-nothing-found": _nothing_found("risk"),
    "search-nothing-found": _searched_in_vain,
    "history-record": _history_of,
    "checks-narrowed": _checks_narrowed("mailbox"),
    "checks-nothing-found": _checks_narrowed("qqq"),
    "check-failed": _check_failed,
    "small-home": _small(_page("home")),
    "small-incidents-record": _small(_incident),
    "small-plan": _small(_page("plan")),
    "small-checks": _small(_checks_narrowed("")),
    "usual-home": _usual(_page("home")),
}
"""On the sample register."""

EMPTY: dict[str, Callable] = {
    "empty-" + key: _page(key)
    for key in (
        "asset", "task", "measure", "activity", "processing", "transfer", "evidence", "party",
        "checks", "history", "check",
    )
}  # fmt: skip
"""On a new register."""
