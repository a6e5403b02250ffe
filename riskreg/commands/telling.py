"""`notice`: the paper that tells somebody of an incident; with `--sent` also the notice as it was sent."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

from riskreg import clock, notice_files, notices, privileged
from riskreg.commands.incidents import moment, name_of, rule_of, say_drill, the_case
from riskreg.commands.printing import print_json, say
from riskreg.commands.session import Session
from riskreg.errors import N_, Expected
from riskreg.i18n import Language
from riskreg.notice_files import NoticeFile
from riskreg.notices import PaperKind
from riskreg.records import Notice
from riskreg.records.jsons import Json
from riskreg.records.values import Count, Instant, Unfit
from riskreg.rules.regimes import Rule
from riskreg.views import Register

MISSING: Final = N_("{item}: {missing}")
KEPT: Final = N_("{ref} keeps the text as it was sent, SHA-256 {sha256}")


class _Sent(NamedTuple):
    """What was said of sending it."""

    at: Instant
    by: str
    channel: str


def notice(session: Session) -> int:
    """`notice`: write the paper of one rule, and say what is still missing in it."""
    args, t = session.args, session.t
    language = cast("Language | None", args.lang)
    kind = cast("PaperKind", args.paper)
    with session.writing() if args.sent else session.noting() as register:
        case = the_case(register, args.ref)
        rule = rule_of(case, args.regime, args.recipient, clock.now())
        sent = _sent(session, register.organisation().zone)
        people = _people(args.people)
        made = notice_files.write_notice(
            register,
            case.incident.id,
            rule,
            args.out,
            language,
            kind=kind,
            late_reason=args.late_reason,
            sent_at=sent.at if sent else None,
            with_privileged=args.with_privileged,
            work=session.work,
        )
        kept = _keep(session, register, rule, made, sent, people) if sent else None
    if args.json:
        print_json(_json(made, kept))
        return 0
    say_drill(case)
    say(str(made.path))
    for each in made.missing:
        lack = notices.lack_words(each, t)
        say(t.gettext(MISSING).format(item=each.label, missing=lack))
    for note in made.prepared.notes:
        say(note)
    if said := privileged.left_out_words(made.left_out, t):
        say(said)
    if kept:
        say(t.gettext(KEPT).format(ref=kept.ref, sha256=kept.text_sha256))
    return 0


def _sent(session: Session, zone: str) -> _Sent | None:
    args = session.args
    if not args.sent:
        if args.channel or args.approved_by or args.people or args.late_reason:
            raise Expected("usage", problem="--sent")
        return None
    if not args.channel:
        raise Expected("usage", problem="--sent, --channel")
    if not (by := name_of(args.by)):
        raise Expected("notice_by_nobody")  # before anything is written
    at = moment(args.sent, zone, "--sent")
    clock.refuse_ahead(at)  # likewise
    return _Sent(at, by, args.channel)


def _people(text: str) -> Count | None:
    try:
        return Count.parse(text) if text else None
    except Unfit as unfit:
        raise Expected("usage", problem=f"--people {text}: {unfit}") from None


def _keep(
    session: Session,
    register: Register,
    rule: Rule,
    made: NoticeFile,
    sent: _Sent,
    people: Count | None,
) -> Notice:
    """The notice as a record: prepared, approved where somebody did, and sent with the words of the paper."""
    args = session.args
    case = the_case(register, args.ref)
    now = Instant.at(clock.now(), sent.at.zone)
    before = now if now.utc <= sent.at.utc else sent.at
    prepared = notices.prepare(
        case,
        rule,
        notices.phase_of(case, rule),
        made.prepared.language,
        sent.by,
        before,
        fields={"addressee": made.prepared.addressee},
    )
    wanted = notices.send_at_once(
        prepared,
        made.text,
        sent.at,
        sent.by,
        sent.channel,
        approved_by=args.approved_by,
        people_told=people,
        late_reason=args.late_reason,
        others=case.notices,
    )
    found = register.record(register.apply(wanted, session.work).new[-1])
    assert isinstance(found, Notice)
    return found


def _json(made: NoticeFile, kept: Notice | None) -> Json:
    return {
        "path": str(made.path),
        "rule": made.prepared.rule.key,
        "language": made.prepared.language,
        "missing": [
            {
                "key": each.key,
                "label": each.label,
                "lacks": list(each.lacks),
                "fields": list(each.sources),
            }
            for each in made.missing
        ],
        "privileged_left_out": made.left_out,
        "notice": kept.ref if kept else None,
        "text_sha256": kept.text_sha256 if kept else None,
    }
