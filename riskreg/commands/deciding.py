"""`assess`, how bad it could be for the people; `decide`, whether a notice is made."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from riskreg import deciding, rule_words
from riskreg.asking import as_json
from riskreg.cases import Case, case_of
from riskreg.commands.changing import pairs
from riskreg.commands.incidents import (
    maybe_moment,
    moment,
    name_of,
    rule_of,
    say_drill,
    the_case,
)
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.dates import instant_words
from riskreg.editing import new_record
from riskreg.errors import N_, Expected
from riskreg.formats import listed
from riskreg.i18n import Translator
from riskreg.records import Assessment, Decision, Record, declared, fields
from riskreg.records.fields import Value
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.rules.assessed import severity_of
from riskreg.rules.severity import Severity
from riskreg.views import Reader

SCORED: Final = N_("{ref}: severity {score}, {band} ({formula})")
UNSCORED: Final = N_("{ref}: no score yet, at least {band}; still to answer: {missing}")
FLAGGED: Final[Mapping[str, str]] = {
    "over_100_people": N_("More than 100 people."),
    "unintelligible": N_("The data cannot be read."),
}
DECIDED: Final = N_("{ref}: {rule}: {answer}")
ADVISED: Final = N_("Advice: {outcome}")
AGAIN: Final = N_("To be decided again: {moment}")
_ABOUT: Final = ("incident", "made_at", "made_by")
"""What the command knows itself, or is told by its options."""


def assess(session: Session) -> int:
    """`assess`: one more assessment; what is left out was not answered."""
    args, t = session.args, session.t
    with session.writing() as register:
        case = the_case(register, args.ref)
        values = _answers(register, pairs(args.values))
        at = moment(args.at, register.organisation().zone)
        wanted = deciding.assess(case, values, at=at, by=name_of(args.by), t=t)
        id = register.apply(wanted, session.work).new[-1]
        made = register.record(id)
        assert isinstance(made, Assessment)
        found = severity_of(made)
        if args.json:
            print_json(_assessed_json(register, id, found))
            return 0
        say_drill(case)
        _tell_severity(made.ref, found, register.vocabulary, t)
        _tell_advice(case_of(register, case.incident.id), t)
    return 0


def decide(session: Session) -> int:
    """`decide`: one decision on one rule, with its reason and who made it."""
    args, t = session.args, session.t
    if args.again and args.notify != "not_yet":
        raise Expected("usage", problem=f"--again, --notify {args.notify}")
    with session.writing() as register:
        zone = register.organisation().zone
        case = the_case(register, args.ref)
        at = moment(args.at, zone)
        now = moment("", zone).utc
        rule = rule_of(case, args.regime, args.recipient, now)
        wanted = deciding.decide(
            case,
            rule,
            args.notify,
            reason=args.reason,
            decided_by=name_of(args.by),
            decided_at=at,
            how=args.how,
            again=maybe_moment(args.again, zone, "--again"),
            exemption=args.exemption,
            legal_basis=args.basis,
            now=now,
            t=t,
        )
        id = register.apply(wanted, session.work).new[-1]
        made = register.record(id)
        assert isinstance(made, Decision)
        if args.json:
            print_json(as_json(register, id))
        else:
            say_drill(case)
            _tell_decision(made, rule_words.title(rule, t), register.vocabulary, t)
    return 0


def _answers(reader: Reader, given: Mapping[str, str]) -> dict[str, Value]:
    """The answers that were typed, by field; raises as `editing.new_record` does."""
    made = new_record(reader, "assessment", given)
    own = next(each for each in made.changes if each.kind == "assessment")
    return {key: value for key, value in (own.after or {}).items() if key not in _ABOUT}


# What is told


def _assessed_json(reader: Reader, id: int, found: Severity) -> Json:
    told = as_json(reader, id)
    return {
        "ref": told["ref"],
        "incident": told["incident"],
        "made_at": told["made_at"],
        "made_by": told["made_by"],
        "inputs": {key: told[key] for key in told if _is_input(key)},
        "dpc": found.dpc,
        "ei": _number(found.ei),
        "cb": _number(found.cb),
        "score": _number(found.score),
        "band": found.band,
        "flags": list(found.flags),
        "missing": list(found.missing),
        "at_least": _number(found.at_least),
        "at_most": _number(found.at_most),
    }


def _is_input(key: str) -> bool:
    """What somebody answered, every question whether it was answered or not."""
    what = declared(Assessment).get(key)
    if what is None or key in (*_ABOUT, *declared(Record)):
        return False
    return not isinstance(what, fields.Derived)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _tell_severity(ref: str, found: Severity, vocabulary: Vocabulary, t: Translator) -> None:
    bands = vocabulary.terms_of("severity_band")
    if found.score is None:
        questions = rule_words.questions([f"severity.{key}" for key in found.missing], t)
        least = bands.label(found.least_band, t.language)
        missing = listed(questions, t, ";")
        say(t.gettext(UNSCORED).format(ref=ref, band=least, missing=missing))
    else:
        band = bands.label(found.band or "", t.language)
        say(t.gettext(SCORED).format(ref=ref, score=found.score, band=band, formula=found.formula))
    for flag in found.flags:
        say(t.gettext(FLAGGED[flag]))


def _tell_advice(case: Case, t: Translator) -> None:
    """What is advised for each rule that is on the board, and that it is no decision."""
    rows = case.board(moment("", case.organisation.zone).utc)
    rows = tuple(row for row in rows if row.rule.recipient != "ourselves")
    if not rows:
        return
    say()
    lines = (
        (
            rule_words.title(row.rule, t),
            rule_words.outcome(advice := case.advice(row.rule), t),
            " ".join(rule_words.reasons(advice, t)),
        )
        for row in rows
    )
    labels = (N_("Rule"), N_("Advice"), N_("Reasons"))
    print_table([t.gettext(label) for label in labels], lines)
    say()
    say(rule_words.no_decision(t))


def _tell_decision(made: Decision, rule: str, vocabulary: Vocabulary, t: Translator) -> None:
    answer = vocabulary.terms_of("decision_answer").label(made.answer or "", t.language)
    say(t.gettext(DECIDED).format(ref=made.ref, rule=rule, answer=answer))
    outcome = vocabulary.terms_of("advice_outcome").label(made.advice or "", t.language)
    say(t.gettext(ADVISED).format(outcome=outcome))
    if made.decide_again_at:
        say(t.gettext(AGAIN).format(moment=instant_words(made.decide_again_at, t)))
