"""`regimes`: the rules of notification there are, and those of the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskreg import clock_words, regimes_catalogue, rule_words
from riskreg.asking import as_json
from riskreg.cases import own_rules
from riskreg.commands.clocks import UNVERIFIED
from riskreg.commands.printing import print_json, print_table, say
from riskreg.commands.session import Session
from riskreg.editing import new_record
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from riskreg.records.check import shown
from riskreg.records.jsons import Json
from riskreg.rules.regimes import Rule


def regimes(session: Session) -> int:
    """`regimes`: the rules that ship, in a register its own too; `add` makes one of them."""
    args = session.args
    if args.register is None:
        return _tell_rules((), session)
    if args.does == "add":
        return _add(session)
    if args.does:
        raise Expected("usage", problem=shown(args.does))
    with session.reading() as register:
        own = tuple(rule for _, rule in own_rules(register))
    return _tell_rules(own, session)


def _tell_rules(own: Iterable[Rule], session: Session) -> int:
    """Those of the catalogue, as JSON in every version, and then the organisation's own."""
    args, t = session.args, session.t
    if args.json:
        print_json([_rule_json(rule, t) for rule in (*regimes_catalogue.rules(), *own)])
        return 0
    rules = (*regimes_catalogue.newest(), *own)
    labels = (N_("Key"), N_("Rule"), N_("Basis"), N_("Limit"), N_("Legal reference"))
    print_table([t.gettext(label) for label in labels], _rule_lines(rules, t))
    say()
    say(f"* {t.gettext(UNVERIFIED)}")
    return 0


def _rule_lines(rules: Iterable[Rule], t: Translator) -> Iterator[tuple[str, ...]]:
    for rule in rules:
        yield (
            rule.key,
            rule_words.title(rule, t) + (" *" if rule.verified == "unverified" else ""),
            t.gettext(clock_words.BASES[rule.basis]),
            clock_words.limit(rule, t),
            rule_words.reference(rule, t),
        )


def _rule_json(rule: Rule, t: Translator) -> Json:
    words = {
        "title": rule.title,
        "applies": rule.applies_words,
        "addressee": rule.addressee,
        "threshold": rule.threshold.text,
        "note": rule.note,
    }
    kept = ("version", "basis", "trigger", "recipient", "amount", "unit", "calendar", "zone")
    more = ("phase", "legal_ref", "verified")
    days = {"in_force_from": rule.in_force_from, "in_force_to": rule.in_force_to}
    return {
        "key": rule.key,
        "regime": rule.regime,
        **{name: text.get(t.language) if text else None for name, text in words.items()},
        **{name: getattr(rule, name) for name in (*kept, *more)},
        "contents": [each.text.get(t.language) for each in rule.contents],
        "sources": list(rule.sources),
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def _add(session: Session) -> int:
    """A rule of the organisation's own, from a pattern of the catalogue."""
    args = session.args
    if not session.args.pattern:
        raise Expected("usage", problem="add PATTERN")
    known = {rule.key: rule for rule in regimes_catalogue.newest()}
    pattern = known.get(args.pattern)
    if pattern is None:
        raise Expected("no_rule", code=shown(args.pattern), known=", ".join(known))
    with session.writing() as register:
        made = new_record(register, "own_rule", _given(session, pattern))
        record = register.apply(made, session.work).new[-1]
        if args.json:
            print_json(as_json(register, record))
        else:
            say(register.names([record])[record].ref)
    return 0


def _given(session: Session, pattern: Rule) -> dict[str, Json]:
    args, t = session.args, session.t
    limits = {"hours": args.hours, "calendar_days": args.days, "working_days": args.working_days}
    said = {unit: number for unit, number in limits.items() if number}
    if len(said) > 1:
        raise Expected("usage", problem="--hours, --days, --working-days")
    unit, amount = next(iter(said.items()), (pattern.unit, pattern.amount))
    return {
        "title": args.title or pattern.title.get(t.language),
        "pattern": pattern.key,
        "in_use": "yes",
        "unit": unit,
        "amount": str(amount) if amount else "",
        "trigger": pattern.trigger,
        "recipient": pattern.recipient,
        **({"party": args.party} if args.party else {}),
        **({"clause": args.clause} if args.clause else {}),
    }
