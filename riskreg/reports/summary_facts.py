"""What the page of the month is made from: records and figures, all read before the page is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, cast

from riskreg import case_words, catalogue
from riskreg.cases import Case, cases_of
from riskreg.dates import day_words
from riskreg.formats import number_words
from riskreg.records import Action, Incident, Record, ReportProfile, Risk, Step, Wanted
from riskreg.records.terms import Vocabulary
from riskreg.records.values import zone_of
from riskreg.reports.asked import Asked
from riskreg.reports.history import entries_after
from riskreg.reports.rows import all_records, programme_title
from riskreg.rules import coverage, monthly, proposals, statistics
from riskreg.rules.compared import Net, net_changes
from riskreg.rules.meaning import meaning_of, meant
from riskreg.rules.next_step import undecided
from riskreg.rules.proposals import Proposal
from riskreg.views import Reader, View, Where
from riskreg.wording import level_words

SUMMARY: Final = "summary"
"""The report whose lines a profile keeps."""
PRESSING: Final = 2
"""Incidents that stand before what the DPO typed."""
SHOWN: Final = 4
"""Things overdue, and steps done, that the page has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Something that should have been done: what, since when, the kind and ref of its record."""

    ref: str
    title: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """All that the page says, in memory.

    Attributes:
        asked: What was asked for.
        month: The first day of the month.
        wanted: The decisions asked for, the most pressing first.
        figures: Of the incidents.
        incidents: The open ones, newest first, without near misses and drills.
        heat: Where the open risks sit.
        above: Risks above what is accepted, worst first.
        nets: What the month changed, by record.
        standings: How many policy actions stand so.
        before: How many of them were in place when the month began.
        late: What is overdue longest, oldest first.
        late_in_all: How much is overdue.
        done: The steps done last, newest first, with their day.
        deeds: How often each of `monthly.DEEDS` was done.
        owners: Who owns each risk, by the risk's id.
        clocks: What the clocks of the open incidents come to, by their ids.
        undecided: Notices about them on which nobody decided yet, or that are to be decided again now.
    """

    asked: Asked
    month: date
    wanted: Sequence[Wanted]
    figures: monthly.IncidentFigures
    incidents: Sequence[Incident]
    heat: statistics.HeatMap
    above: Sequence[Risk]
    nets: Mapping[int, Net]
    standings: Mapping[coverage.Standing, int]
    before: int
    late: Sequence[Late]
    late_in_all: int
    done: Sequence[tuple[str, date]]
    deeds: Mapping[str, int]
    owners: Mapping[int, str]
    clocks: Mapping[int, case_words.Told]
    undecided: int


def gather(asked: Asked) -> Month:
    """Read everything; the month is that of today, where the organisation is."""
    reader, today = asked.reader, asked.today
    vocabulary, month = reader.vocabulary, today.replace(day=1)
    incidents = cast("Sequence[Incident]", _all(asked, "incident", ("ref", True)))
    risks = cast("Sequence[Risk]", _above(asked))
    actions = cast("Sequence[Action]", _all(asked, "action", ("ref", False)))
    started = datetime(month.year, month.month, 1, tzinfo=zone_of(asked.zone))
    nets = net_changes(entries_after(reader, lambda entry: entry.at < started, work=asked.work))
    by_id = {net.id: net for net in nets}
    late = list(reader.ids(statistics.overdue(today)))
    found = proposals.proposals(
        [meant(each, vocabulary) for each in incidents],
        [meant(each, vocabulary) for each in risks],
        _ours(actions),
        today,
        _levels(reader),
    )
    shown = [each for each in incidents if _is_open(each, vocabulary)]
    cases = _cases(asked, shown)
    return Month(
        asked=asked,
        month=month,
        wanted=_wanted(asked, found, {each.id: each for each in (*incidents, *risks)}),
        figures=monthly.incident_figures(
            [meant(each, vocabulary) for each in incidents], today, asked.zone
        ),
        incidents=shown,
        heat=statistics.mapped(reader),
        above=risks,
        nets=by_id,
        standings=_standings(vocabulary, actions, {}),
        before=_standings(vocabulary, actions, by_id)["in_place"],
        late=_late(asked, late[:SHOWN]),
        late_in_all=len(late),
        done=_done(asked),
        deeds=monthly.deeds(nets, vocabulary),
        owners=_owners(reader, risks),
        clocks={case.incident.id: case_words.told(case, asked.now, asked.t) for case in cases},
        undecided=sum(_undecided(case, asked.now) for case in cases),
    )


def _cases(asked: Asked, incidents: Sequence[Incident]) -> list[Case]:
    """The cases of the open incidents in the built-in choices."""
    vocabulary = asked.reader.vocabulary
    found = cases_of(asked.reader, [each.id for each in incidents]).values()
    return [replace(case, incident=meant(case.incident, vocabulary)) for case in found]


def _undecided(case: Case, now: datetime) -> int:
    standing = case.whole.standing.values()
    again = [
        each
        for each in standing
        if each.answer == "not_yet" and each.decide_again_at and each.decide_again_at.utc <= now
    ]
    return len(undecided(case.board(now), case.whole.standing)) + len(again)


def profiles_of(reader: Reader) -> list[ReportProfile]:
    """The profiles of this report, the oldest first; mostly there is one."""
    view = View(kinds=(ReportProfile.kind,), where=(Where("report", "=", SUMMARY),))
    return [each for each in all_records(reader, view) if isinstance(each, ReportProfile)]


def _all(asked: Asked, kind: str, sort: tuple[str, bool]) -> list[Record]:
    return list(all_records(asked.reader, View(kinds=(kind,), sort=(sort,)), asked.work))


def _above(asked: Asked) -> list[Risk]:
    """The risks above what is accepted, worst first."""
    above = _levels(asked.reader)
    view = View(
        kinds=("risk",),
        where=(Where("residual_level", "in", tuple(sorted(above))),),
        sort=(("residual_score", True), ("residual_impact", True)),
    )
    risks = cast("Sequence[Risk]", list(all_records(asked.reader, view, asked.work)))
    vocabulary = asked.reader.vocabulary
    return [risk for risk in risks if proposals.is_above(meant(risk, vocabulary), above)]


def _levels(reader: Reader) -> frozenset[str]:
    """The levels above the organisation's appetite."""
    return proposals.levels_above(
        reader.organisation().appetite, reader.vocabulary.terms_of("level")
    )


def _is_open(incident: Incident, vocabulary: Vocabulary) -> bool:
    is_real = not incident.near_miss and not incident.drill
    terms = vocabulary.terms_of(statistics.STATUS_LISTS["incident"])
    return is_real and terms.is_open(incident.status)


# Decisions


def _wanted(asked: Asked, found: Sequence[Proposal], records: Mapping[int, Record]) -> list[Wanted]:
    """The newest incidents nobody decided come first, then what the DPO typed, then what else the rules find."""
    typed = [wanted for profile in profiles_of(asked.reader) for wanted in profile.wanted]
    pressing = [each for each in found if each.rule == "undecided"][:PRESSING]
    others = [each for each in found if each not in pressing]
    return [
        *(_proposed(asked, each, records) for each in pressing),
        *typed,
        *(_proposed(asked, each, records) for each in others),
    ]


def _proposed(asked: Asked, proposal: Proposal, records: Mapping[int, Record]) -> Wanted:
    t, wording = asked.t, proposals.RULES[proposal.rule]
    record = records.get(proposal.ids[0])
    told = {
        "number": number_words(len(proposal.ids)),
        "title": "",
        "ref": "",
        "level": "",
        "day": "",
    }
    if record is not None:
        told |= {"title": record.title, "ref": record.ref}
    if isinstance(record, Risk):
        level = level_words(record.residual_level, t, asked.reader.vocabulary)
        told |= {"level": level.lower() if t.language == "en" else level}
        told |= {"day": day_words(record.due_on, t) if record.due_on else ""}
    what, why, by = (
        t.gettext(text).format(**told) for text in (wording.title, wording.reason, wording.by)
    )
    return Wanted(what, why, by)


# Policy actions


def _ours(actions: Sequence[Action]) -> list[Action]:
    """Those that ask something of an organisation."""
    watched = {each.key for each in catalogue.policy_actions() if each.stance == "watch"}
    return [action for action in actions if action.ref not in watched]


def _standings(
    vocabulary: Vocabulary, actions: Sequence[Action], nets: Mapping[int, Net]
) -> Mapping[coverage.Standing, int]:
    """How the actions stand, or stood before these changes."""
    stances = {each.key: each.stance for each in catalogue.policy_actions()}
    found: dict[coverage.Standing, int] = dict.fromkeys(coverage.STANDINGS, 0)
    for action in actions:
        before = nets[action.id].before if action.id in nets else {}
        applies, status = (
            cast("str | None", before.get(key, getattr(action, key)))
            for key in ("applies", "status")
        )
        found[
            coverage.standing_of(
                stances.get(action.ref, ""),
                applies,
                meaning_of(vocabulary, "action_status", status),
            )
        ] += 1
    return found


def _done(asked: Asked) -> list[tuple[str, date]]:
    """The steps of policy actions that were done last, newest first."""
    done = asked.reader.vocabulary.terms_of("step_status").counting_as("done")
    view = View(
        kinds=("step",),
        where=(Where("status", "in", done), Where("done_on", "<=", asked.today)),
        sort=(("done_on", True),),
    )
    ids = list(asked.reader.ids(view))[:SHOWN]
    steps = cast("Mapping[int, Step]", asked.reader.records(ids))
    return [
        (programme_title(steps[id].ref, asked.t.language) or steps[id].title, day)
        for id in ids
        if id in steps and (day := steps[id].done_on) is not None
    ]


# What is late, and who owns


def _late(asked: Asked, ids: Sequence[int]) -> list[Late]:
    language, found = asked.t.language, []
    for row in asked.reader.rows(statistics.overdue(asked.today), ids):
        ref, title, day = row.values[:3]
        named = programme_title(str(ref), language) or str(title)
        found.append(Late(ref=str(ref), title=named, day=cast("date", day)))
    return found


def _owners(reader: Reader, risks: Sequence[Risk]) -> dict[int, str]:
    names = reader.names(sorted({id for risk in risks for id in risk.owner}))
    return {
        risk.id: ", ".join(names[id].title for id in sorted(risk.owner) if id in names)
        for risk in risks
    }
