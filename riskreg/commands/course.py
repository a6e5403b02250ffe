"""`timeline`, what happened when; `playbook`, what to do now."""

from __future__ import annotations

from typing import Final

from riskreg import playbooks, starting_playbook, timeline_words
from riskreg.asking import as_json
from riskreg.commands.incidents import moment, name_of, say_drill, the_case
from riskreg.commands.printing import print_json, print_json_lines, print_table, say
from riskreg.commands.session import Session
from riskreg.dates import instant_words
from riskreg.errors import N_, Expected
from riskreg.i18n import NN_, Translator
from riskreg.playbooks import Playbook
from riskreg.records.check import shown
from riskreg.records.jsons import Json
from riskreg.records.values import Instant
from riskreg.timeline import Moment, add_entry, timeline

TAKEN_BACK: Final = N_("taken back")
PRIVILEGED: Final = N_("privileged")
STARTED: Final = NN_("{number} task was made: {playbook}.", "{number} tasks were made: {playbook}.")
ALL_THERE: Final = N_("All its tasks are there already: {playbook}.")


def course(session: Session) -> int:
    """`timeline`: all moments of an incident, the oldest first; `add` writes one down."""
    given: list[str] = session.args.given
    if not given:
        return _show(session)
    if given[0] != "add" or len(given) != 2:
        raise Expected("usage", problem=shown(" ".join(given)))
    return _add(session, given[1])


def _show(session: Session) -> int:
    args, t = session.args, session.t
    with session.reading() as register:
        case = the_case(register, args.ref)
        found = timeline(register, case)
        names = register.names({id for each in found for id in each.others})
        vocabulary = register.vocabulary
        if args.json:
            refs = {id: name.ref for id, name in names.items()}
            print_json_lines(_json(each, refs) for each in found)
            return 0
        say_drill(case)
        lines = []
        for each in found:
            marks = [PRIVILEGED] * each.is_privileged + [TAKEN_BACK] * each.is_withdrawn
            said = timeline_words.heading(each, vocabulary, t, names)
            more = (*timeline_words.below(each, t), *(f"({t.gettext(mark)})" for mark in marks))
            who = each.who or _recorder(each)
            lines.append((instant_words(each.at, t), " ".join((said, *more)), who))
        labels = (N_("When"), N_("What"), N_("Who"))
        print_table([t.gettext(label) for label in labels], lines)
    return 0


def _json(each: Moment, refs: dict[int, str]) -> dict[str, Json]:
    recorded = each.recorded
    return {
        "at": str(each.at),
        "what": each.what,
        "ref": each.ref,
        "text": each.text,
        "who": each.who,
        "result": each.result,
        "field": each.field,
        "old": _value(each.old),
        "new": _value(each.new),
        **each.about,
        "others": sorted(refs[id] for id in each.others if id in refs),
        "in_summary": each.in_summary,
        "privileged": each.is_privileged,
        "withdrawn": each.is_withdrawn,
        "recorded_at": recorded.at.isoformat() if recorded else None,
        "recorded_by": _recorder(each) or None,
        "entry": recorded.seq if recorded else None,
    }


def _recorder(each: Moment) -> str:
    """Who put it into the register."""
    return (each.recorded.actor.name or each.recorded.actor.account) if each.recorded else ""


def _value(value: object) -> Json:
    if isinstance(value, Instant):
        return str(value)
    return value if isinstance(value, str) else None


def _add(session: Session, text: str) -> int:
    args = session.args
    with session.writing() as register:
        case = the_case(register, args.ref)
        at = moment(args.at, register.organisation().zone)
        who, result = name_of(args.by), args.result
        wanted = add_entry(case, text, at, who, result, args.summary or None)
        id = register.apply(wanted, session.work).new[-1]
        if args.json:
            print_json(as_json(register, id))
        else:
            say_drill(case)
            say(register.names([id])[id].ref)
    return 0


def playbook(session: Session) -> int:
    """`playbook`: those that fit, or the tasks of one."""
    return _start(session) if session.args.key else _fitting(session)


def _fitting(session: Session) -> int:
    t = session.t
    with session.reading() as register:
        case = the_case(register, session.args.ref)
        started = starting_playbook.started(case)
        found = starting_playbook.fitting(case)
    if session.args.json:
        print_json([_playbook_json(each, started, t) for each in found])
        return 0
    say_drill(case)
    labels = (N_("Key"), N_("Playbook"), N_("Steps"), N_("First of all"))
    lines = (
        (each.key, each.title.get(t.language), str(len(each.steps)), _first(each, t))
        for each in found
    )
    print_table([t.gettext(label) for label in labels], lines)
    return 0


def _first(found: Playbook, t: Translator) -> str:
    return found.steps[0].text.get(t.language) if found.steps else ""


def _playbook_json(found: Playbook, started: frozenset[str], t: Translator) -> Json:
    return {
        "key": found.key,
        "title": found.title.get(t.language),
        "steps": [
            {
                "key": each.key,
                "phase": each.phase,
                "role": each.role,
                "minutes": each.minutes,
                "text": each.text.get(t.language),
                "evidence": each.wanted.text.get(t.language) if each.wanted else None,
                "started": each.key in started,
            }
            for each in found.steps
        ],
    }


def _start(session: Session) -> int:
    args, t = session.args, session.t
    known = playbooks.playbooks().playbooks
    if args.key not in known:
        raise Expected("no_playbook", key=shown(args.key), known=", ".join(known))
    chosen = known[args.key]
    with session.writing() as register:
        case = the_case(register, args.ref)
        wanted = starting_playbook.start(case, chosen, t.language)
        changed = register.apply(wanted, session.work)
        names = register.names(changed.new.values())
    refs = sorted(name.ref for name in names.values())
    if args.json:
        print_json(refs)
        return 0
    say_drill(case)
    title = chosen.title.get(t.language)
    if not refs:
        say(t.gettext(ALL_THERE).format(playbook=title))
        return 0
    say(t.ngettext(*STARTED, len(refs)).format(number=len(refs), playbook=title))
    return 0
