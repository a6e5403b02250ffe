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


def _versions(window):
    """Two assessments of one incident, the second milder."""
    from riskreg.cases import case_of
    from riskreg.deciding import assess
    from riskreg.records.values import Instant
    from ui.assessing.versions import VersionsDialog

    _tidy(window)
    context, id = window.context, _incident(window)
    given = {**_ALL, "harms": frozenset(_ALL["harms"]), "harm_foreseen": True}
    if not case_of(context.register, id).assessments:
        for hour, changed in ((9, {}), (15, {"ongoing": "lowers", "context_financial": "c2"})):
            at = Instant.parse(f"2026-11-20T{hour:02}:00", "Asia/Hong_Kong")
            case = case_of(context.register, id)
            changes = assess(case, {**given, **changed}, at=at, by="K. Chan", t=context.t)
            context.register.apply(changes)
    made = VersionsDialog(context, id)
    made.show()
    return made


def _playbook(window):
    """What would be done, before it becomes tasks."""
    from ui.playbooks.dialog import PlaybookDialog

    _tidy(window)
    made = PlaybookDialog(window.context, window.context.register.find("I-2026-004"))
    made.show()
    return made


def _checklist(window):
    """The tasks of a playbook that was started, some of them done."""
    from riskreg.cases import case_of
    from riskreg.starting_playbook import fitting, start
    from ui.playbooks.checklist import Checklist

    _tidy(window)
    context, register = window.context, window.context.register
    id = register.find("I-2026-004")
    case = case_of(register, id)
    register.apply(start(case, fitting(case)[0], context.t.language))
    made = Checklist(context)
    for task in case_of(register, id).tasks[:3]:
        made.turn(task, True)
    made.show_case(case_of(register, id))
    made.resize(372, 720)
    made.show()
    return made


def _breach(window):
    """A mail that went astray and concerns people in Hong Kong and elsewhere."""
    return window.context.register.find("I-2026-014")


def _notices(rule: str) -> Callable:
    """The notice of one rule of a breach."""

    def shot(window):
        from ui.notices.dialog import NoticesDialog

        _tidy(window)
        made = NoticesDialog(window.context, _breach(window), rule=rule)
        language = getattr(made.pane, "language", None)
        if language is not None:
            language.setCurrentIndex(language.findData(window.context.t.language))
        made.show()
        return made

    return shot


def _sending(window):
    """What is asked when a notice went out, late."""
    from riskreg.records.values import Instant
    from ui.notices.sending import SendDialog

    made = _notices("eu_authority")(window)
    if made._line().notice is None:
        made.prepare()
    asked = SendDialog(made.context, made.kit, made.incident, made._line(), made.pane.written())
    asked.fields["sent_at"].set_value(Instant.parse("2026-11-24T09:00", "Asia/Hong_Kong"))
    asked.show_late()
    made.close()
    asked.show()
    return asked


def _sent(window):
    """What was sent, and what came back."""
    from riskreg import notices
    from riskreg.records.values import Instant

    made = _notices("hk_pcpd")(window)
    register = window.context.register
    if made._line().notice is None:
        made.prepare()
    line = made._line()
    if line.notice.sent_at is None:
        at = Instant.parse("2026-11-20T18:40", "Asia/Hong_Kong")
        text = made.pane.written().text
        register.apply(notices.send(line.notice, text, at, "K. Chan", "online_form"))
        made.show_lines("hk_pcpd")
    return made


def _many(is_prepared: bool) -> Callable:
    """A breach of which it was decided that all are told: before and after their notices are prepared at once."""

    def shot(window):
        from datetime import UTC

        from riskreg import clock, deciding, notices
        from riskreg.cases import case_of
        from riskreg.records.values import Instant

        register, now = window.context.register, clock.now().replace(microsecond=0)
        made = _notices("hk_pcpd")(window)
        at = Instant(now.astimezone(UTC).replace(second=0), "Asia/Hong_Kong")
        said = {"reason": "A real risk", "decided_by": "K. Chan", "decided_at": at, "now": now}
        case = case_of(register, made.incident)
        begun = {each.rule_key for each in case.notices} | {
            each.key for each in notices.awaited(case, now)
        }
        open_rules = [each.rule for each in made.lines if each.rule and each.rule.key not in begun]
        for rule in open_rules:
            case = case_of(register, made.incident)
            register.apply(deciding.decide(case, rule, "yes", t=window.context.t, **said))
        made.show_lines("hk_pcpd")
        if is_prepared:
            made.prepare_all()
        return made

    return shot


def _rules(part: int, regime: int = 0) -> Callable:
    def shot(window):
        from ui.regimes.dialog import RulesDialog

        _tidy(window)
        made = RulesDialog(window.context, part=part)
        made.rules.list.setCurrentRow(regime)
        made.show()
        return made

    return shot


def _own_rule(window):
    from ui.regimes.own_dialog import OwnRuleDialog

    rules = _rules(2)(window)
    made = OwnRuleDialog(window.context, rules.kit)
    rules.close()
    made.fields["title"].set_value("Harbour Insurance: 24 hours")
    made.show()
    return made


def _hold(window):
    """A legal hold that is being set."""
    from ui.dialogs.hold import HoldDialog

    _tidy(window)
    made = HoldDialog(window.context, window.context.register.find("I-2026-014"))
    made.is_held.click()
    made.reason.setText(
        "A claim is announced" if window.context.t.language == "en" else "有人擬提出申索"
    )
    made.show()
    return made


def _held(window):
    """A record that is held and privileged."""
    from riskreg.changes import ChangeSet, edit

    _tidy(window)
    register = window.context.register
    id = register.find("I-2026-014")
    reason = "A claim is announced" if window.context.t.language == "en" else "有人擬提出申索"
    marks = {"hold_reason": reason, "hold_by": "K. Chan", "is_privileged": True}
    change = edit(register.record(id), marks)
    if change:
        register.apply(ChangeSet(act="edit", changes=(change,)))
    window.go("incident")
    window.open_record(id)
    return window


def _review(ref: str) -> Callable:
    def shot(window):
        from ui.closing.dialog import ReviewDialog

        _tidy(window)
        made = ReviewDialog(window.context, window.context.register.find(ref))
        made.is_saved = True
        made.show()
        return made

    return shot


def _review_risks(window):
    """The lower half: measures, risks scored again, gaps."""
    from PySide6.QtWidgets import QScrollArea

    made = _review("I-2026-014")(window)
    made.measures.lines[0][0].setText("Switch off address completion for payroll")
    for row in made.risks[:1]:
        row.take_proposal()
    area = made.findChild(QScrollArea)
    area.verticalScrollBar().setValue(100_000)
    made.resize(760, 1500)
    return made


STEPS: dict[str, Callable] = {
    "step-assess-harm": _assess(0),
    "step-assess-factors": _assess(1, _SOME),
    "step-assess-data": _assess(2, _SOME),
    "step-assess-identity": _assess(3, _SOME),
    "step-assess-happened": _assess(4, _SOME),
    "step-assess-missing": _assess(-1, _SOME),
    "step-assess-versions": _versions,
    "step-playbook": _playbook,
    "step-checklist": _checklist,
    "step-notice-authority": _notices("eu_authority"),
    "step-notice-people": _notices("eu_people"),
    "step-notice-pcpd": _notices("hk_pcpd"),
    "step-notice-sending": _sending,
    "step-notice-sent": _sent,
    "step-rules-about": _rules(0),
    "step-rules-hong-kong": _rules(1),
    "step-rules-own": _rules(2),
    "step-rules-add": _own_rule,
    "step-hold": _hold,
    "step-held": _held,
    "step-review": _review("I-2026-014"),
    "step-review-risks": _review_risks,
    "step-assess-result": _assess(-1, _ALL),
    "step-notices-awaited": _many(False),
    "step-notices-prepared": _many(True),
}
