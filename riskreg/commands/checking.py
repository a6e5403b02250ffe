"""The command that checks: what in the register cannot be right, and what an auditor would ask about."""

from __future__ import annotations

from typing import Final

from riskreg import clock
from riskreg.checking import Checked, as_json, checked, level, sentence, source
from riskreg.commands.printing import print_json_lines, print_table, say
from riskreg.commands.session import Session
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator

LEVEL: Final = N_("Level")
REF: Final = N_("Ref")
WRONG: Final = N_("What is wrong")
SOURCE: Final = N_("Source")
FINDINGS: Final = NN_("{number} finding", "{number} findings")
COMPLETE: Final = N_("{complete} of {records} records lack nothing ({percent} %).")
_MISSED: Final = N_("{field} ({kind}): missing in {number}. {reason}")
_MOST: Final = 5
"""Fields that are named as missing most."""


def check(session: Session) -> int:
    """`checks`: every finding; ends with 1 where there is any."""
    with session.reading() as reader:
        today = clock.today(reader.organisation().zone)
        found = checked(reader, today, session.work)
    vocabulary, t = found.snapshot.vocabulary, session.t
    if session.args.json:
        print_json_lines(as_json(finding, t, vocabulary) for finding in found.findings)
    else:
        _print_findings(found, t)
        _print_completeness(found, t)
    return 1 if found.findings else 0


def _print_findings(found: Checked, t: Translator) -> None:
    vocabulary = found.snapshot.vocabulary
    rows = (
        (level(each, t), each.ref, sentence(each, t, vocabulary), source(each, t))
        for each in found.findings
    )
    if found.findings:
        print_table([t.gettext(label) for label in (LEVEL, REF, WRONG, SOURCE)], rows)
        say()
    number = len(found.findings)
    say(t.ngettext(*FINDINGS, number).format(number=number_words(number)))


def _print_completeness(found: Checked, t: Translator) -> None:
    whole = found.completeness
    say(
        t.gettext(COMPLETE).format(
            complete=number_words(whole.complete),
            records=number_words(whole.records),
            percent=whole.percent,
        )
    )
    for each in whole.missing[:_MOST]:
        field, kind = t.label(each.kind, each.rule.field), t.kind_name(each.kind, plural=False)
        number, reason = number_words(each.number), t.gettext(each.rule.reason)
        words = t.gettext(_MISSED).format(field=field, kind=kind, number=number, reason=reason)
        say(f"  {words}")
