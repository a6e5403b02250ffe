"""An incident with all that was said of it: what assessments, decisions, notices and clocks are about.

Read from the register in a few questions, whatever the number of incidents asked for; the rules that look at
it (`rules/board`, `rules/advice`) know nothing of the register.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeVar

from riskreg import clock, privileged, regimes_catalogue
from riskreg.errors import Expected
from riskreg.records import (
    Assessment,
    Decision,
    Entry,
    Evidence,
    Incident,
    Notice,
    Organisation,
    OwnRule,
    Record,
    Task,
    Transfer,
)
from riskreg.records.values import Instant
from riskreg.rules import rule_text
from riskreg.rules.advice import Advice, advise
from riskreg.rules.assessed import claims_of
from riskreg.rules.board import Row, Said, board
from riskreg.rules.deadlines import Moments, Waiver
from riskreg.rules.meaning import meant
from riskreg.rules.next_step import is_over, stage_of
from riskreg.rules.own_rules import is_own, own_rule
from riskreg.rules.regimes import Facts, Rule
from riskreg.rules.standing import in_order
from riskreg.views import Reader, View

R = TypeVar("R", bound=Record)

HOME: Final = {
    "Asia/Hong_Kong": "hong_kong",
    "Asia/Shanghai": "mainland_china",
    "Asia/Macau": "macau",
}
"""Where an organisation that has not said where it is established is taken to be, by its time zone."""


_DECIDING: Final = ("assessments", "decisions", "notices")
"""The links of an incident to what was made of it and settles its clocks."""


class Meant(NamedTuple):
    """An incident and its organisation in the built-in choices that their own count as: what rules are asked by."""

    incident: Incident
    organisation: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One incident and what points to it; what is in the bin is left out.

    Attributes:
        incident: The record.
        organisation: Whose register it is.
        assessments: The oldest first; the last one counts.
        decisions: In the order in which they were made, the last one of a rule stands.
        notices: In the order they were sent, those not sent yet at the end.
        entries: Own entries of the timeline, by their moment.
        tasks: By their ref.
        evidence: By their ref.
        rules: Those of the catalogue in every version, and the organisation's own that may concern it.
        meant: The incident and the organisation as rules are asked by them; None where they are so already.
        mechanisms: Contracts that carry its data abroad, keys of `transfer_mechanism`; None where no
            data is tied to it.
        inside: The case in full, where this one was read without what is privileged; None where nothing is
            left out. Clocks look at it, so that none says a thing that is not so; its words stay inside.
    """

    incident: Incident
    organisation: Organisation
    assessments: tuple[Assessment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notices: tuple[Notice, ...] = ()
    entries: tuple[Entry, ...] = ()
    tasks: tuple[Task, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[Rule, ...] = ()
    mechanisms: frozenset[str] | None = None
    meant: Meant | None = None
    inside: Case | None = None

    @property
    def whole(self) -> Case:
        """In full: for times, counts and whether something was done, never for words that leave."""
        return self.inside or self

    @property
    def assessment(self) -> Assessment | None:
        """The one that counts."""
        return self.assessments[-1] if self.assessments else None

    @property
    def standing(self) -> Mapping[str, Decision]:
        """The decision that stands for each rule, by the key of the rule; none where one that is left out stands."""
        found = {each.rule_key: each for each in self.decisions if each.rule_key}
        if self.inside is None:
            return found
        stands = {each.id for each in self.inside.standing.values()}
        return {key: each for key, each in found.items() if each.id in stands}

    def facts(self, on: date) -> Facts:
        """What decides which rules apply."""
        incident, ours = self.meant or Meant(self.incident, self.organisation)
        home = HOME.get(ours.zone)
        return Facts(
            people_live_in=incident.people_live_in,
            role=incident.our_role,
            established_in=ours.established_in or frozenset({home} if home else ()),
            offers_to=_offers(ours),
            sector=ours.sector,
            ci_operator=ours.ci_operator,
            mechanisms=self.mechanisms,
            switched_on=ours.switched_rules | {each.key for each in self.rules if is_own(each)},
            on=on,
        )

    @property
    def moments(self) -> Moments:
        """The instants from which clocks run, and when the first notice of each rule was sent.

        An assessment with a time limit is done once it is decided whether anybody is told under that law, or,
        where that law counts from the finding that it is notifiable, once that was found; a processor's duty
        to tell us, once it did. An incident that was opened again is not closed, though it says when it was.
        """
        sent: dict[str, Instant] = {}
        for each in self.whole.notices:
            if each.sent_at and each.rule_key and each.phase != "withdrawn":
                sent.setdefault(each.rule_key, each.sent_at)
        for rule in self.rules:
            if rule.phase == "assessment" and (found := self._decided(rule.regime)):
                sent.setdefault(rule.key, found)
            told_us = self.incident.processor_informed_at
            if told_us and rule.trigger == "processor_aware" and rule.recipient == "ourselves":
                sent.setdefault(rule.key, told_us)
        moments = Moments.of(self.incident, sent)
        return moments if is_over((self.meant or self).incident) else replace(moments, closed=None)

    def _decided(self, regime: str) -> Instant | None:
        """When it was first decided, one way or the other, whether to tell others under a regime, or found that one has to."""
        final = ("yes", "no", "not_applicable")
        made = (each for each in self.whole.decisions if each.answer in final)
        told = (each for each in made if each.regime == regime and each.recipient != "ourselves")
        dated = (each.decided_at for each in told if each.decided_at)
        found = [next(dated, None)]
        if any(each.regime == regime and each.trigger == "notifiable" for each in self.rules):
            found.append(self.incident.notifiable_at)
        return min(filter(None, found), key=lambda each: each.utc, default=None)

    @property
    def said(self) -> Mapping[str, Said]:
        """What people said of each rule, by its key."""
        late = {each.rule_key: each.late_reason for each in self.notices if each.late_reason}
        keys = {**dict.fromkeys(self.standing), **dict.fromkeys(late)}
        return {key: _said(self.standing.get(key), late.get(key, "")) for key in keys}

    def board(self, now: datetime) -> tuple[Row, ...]:
        """All its clocks at a moment, the most urgent first; `now` has a zone."""
        said, incident = self.whole.said, (self.meant or self).incident
        facts, stage = self.facts(self.day(now)), stage_of(incident)
        return board(self.rules, facts, self.moments, now, said, stage=stage)

    def advice(self, rule: Rule) -> Advice:
        """What the newest assessment advises for one rule."""
        return advise(
            rule.threshold.key,
            claims_of(self.assessment),
            to_people=rule.recipient == "individuals",
            is_begun=self._is_begun(rule),
        )

    def _is_begun(self, rule: Rule) -> bool:
        """Whether a notice was sent that one by this rule follows; of one that names none, any of its regime."""
        sent = self.moments.until(clock.now()).notices
        alike = (each.key for each in self.rules if each.regime == rule.regime)
        return any(key in sent for key in rule.after or alike if key != rule.key)

    def day(self, now: datetime) -> date:
        """The day whose rules count: of awareness, else of discovery, else of its record, else today."""
        known = self.incident.aware_at or self.incident.discovered_at or self.incident.created_at
        zone = self.organisation.zone
        moment = known.utc if known else now
        return Instant.at(moment, zone).local.date()


def case_of(reader: Reader, id: int) -> Case:
    """The case of one incident.

    Raises:
        Expected: It is gone ("no_record"), left out ("privileged"), or no incident ("no_record").
    """
    if found := cases_of(reader, [id]).get(id):
        return found
    raise Expected("no_record", ref=reader.record(id).ref)


def cases_of(reader: Reader, ids: Collection[int]) -> dict[int, Case]:
    """The cases of several incidents, by their ids."""
    incidents = {id: each for id, each in reader.records(ids).items() if isinstance(each, Incident)}
    links = reader.links_of(incidents)
    wanted = {
        each
        for by in links.values()
        for key in (
            "assessments",
            "decisions",
            "notices",
            "entries",
            "tasks",
            "evidence_files",
            "assets",
        )
        for each in by.get(key, ())
    }
    found = reader.records(wanted) if wanted else {}
    organisation, lists = reader.organisation(), reader.vocabulary
    own = tuple(own_rules(reader))
    mechanisms = _mechanisms(
        reader, {asset for by in links.values() for asset in by.get("assets", ())}
    )
    inside = _inside(reader, links)
    return {
        id: Case(
            incident=incident,
            organisation=organisation,
            assessments=placed(Assessment, found, links[id].get("assessments", ()), "made_at"),
            decisions=placed(Decision, found, links[id].get("decisions", ()), "decided_at"),
            notices=placed(Notice, found, links[id].get("notices", ()), "sent_at"),
            entries=placed(Entry, found, links[id].get("entries", ()), "happened_at"),
            tasks=placed(Task, found, links[id].get("tasks", ())),
            evidence=placed(Evidence, found, links[id].get("evidence_files", ())),
            rules=(*regimes_catalogue.rules(), *concerning(own, incident)),
            mechanisms=_carried(mechanisms, incident),
            meant=Meant(meant(incident, lists), meant(organisation, lists)),
            inside=inside.get(id),
        )
        for id, incident in incidents.items()
    }


def _inside(reader: Reader, links: Mapping[int, Mapping[str, frozenset[int]]]) -> dict[int, Case]:
    """The cases in full, of those incidents of which the reader leaves something out that settles something."""
    hidden = privileged.hidden_of(reader)
    parts = {id: (by.get(key, frozenset()) for key in _DECIDING) for id, by in links.items()}
    touched = [id for id, each in parts.items() if not hidden.isdisjoint(frozenset().union(*each))]
    return cases_of(privileged.whole(reader), touched) if touched else {}


def own_rules(reader: Reader) -> Iterator[tuple[OwnRule, Rule]]:
    """The organisation's rules that are in use and can be read, with the records they come from."""
    for record in reader.records(reader.ids(View(kinds=("own_rule",)))).values():
        assert isinstance(record, OwnRule)
        if record.in_use and (rule := rule_of(record)) is not None:
            yield record, rule


def rule_of(record: OwnRule) -> Rule | None:
    """The rule that a record says; None where its pattern is not known or its parts disagree."""
    pattern = next(
        (each for each in regimes_catalogue.newest() if each.key == record.pattern), None
    )
    if pattern is None:
        return None
    said: dict[str, Any] = {
        "applies": [{"switched": True}],  # it is on, and concerns whom it concerns
        "title": record.title,
        "recipient": record.recipient,
        "trigger": record.trigger,
        "amount": record.amount.number if record.amount else None,
        "unit": record.unit,
        "legal_ref": record.clause or None,
        "note": record.wording or None,
    }
    changes = {key: value for key, value in said.items() if value is not None}
    try:
        return own_rule(pattern, record.ref or "new", changes, max(record.version, 1))
    except rule_text.NoRule:
        return None


def _offers(ours: Organisation) -> frozenset[str] | None:
    if ours.offers_to:
        return ours.offers_to
    return frozenset() if ours.serves_elsewhere is False else None


def _said(decision: Decision | None, late_reason: str) -> Said:
    if decision is None:
        return Said(late_reason=late_reason)
    waived = None
    if decision.answer == "no" and decision.reason.strip() and decision.decided_by.strip():
        waived = Waiver(reason=decision.reason, by=decision.decided_by)
    return Said(
        applies={"yes": True, "not_applicable": False}.get(decision.answer or ""),
        made_by=_kept(decision),
        late_reason=late_reason,
        waived=waived,
    )


def _kept(decision: Decision) -> Rule | None:
    try:
        return rule_text.loads(decision.rule_text) if decision.rule_text else None
    except rule_text.NoRule:
        return None


def concerning(own: Iterable[tuple[OwnRule, Rule]], incident: Incident) -> Iterator[Rule]:
    """The own rules that may concern an incident: those for whom it concerns, and those for nobody by name."""
    concerned = incident.partners | incident.processors
    for record, rule in own:
        if not record.party or record.party & concerned:
            yield rule


def _mechanisms(reader: Reader, assets: set[int]) -> Mapping[int, frozenset[str]]:
    """By asset the contracts under which it is sent abroad."""
    links = reader.links_of(assets) if assets else {}
    by_asset = {asset: by.get("transfers", frozenset[int]()) for asset, by in links.items()}
    transfers = reader.records({each for ids in by_asset.values() for each in ids})
    return {
        asset: frozenset(
            each.mechanism
            for id in ids
            if isinstance(each := transfers.get(id), Transfer) and each.mechanism
        )
        for asset, ids in by_asset.items()
    }


def _carried(mechanisms: Mapping[int, frozenset[str]], incident: Incident) -> frozenset[str] | None:
    if not incident.assets:
        return None
    return frozenset[str]().union(*(mechanisms.get(each, frozenset()) for each in incident.assets))


def placed(
    kind: type[R],
    found: Mapping[int, Record],
    ids: Iterable[int],
    when: str = "",
) -> tuple[R, ...]:
    """Those of a kind that are not in the bin, in the order of `standing.in_order`."""
    here = (found[id] for id in ids if id in found)
    return in_order((each for each in here if isinstance(each, kind) and not each.deleted_at), when)
