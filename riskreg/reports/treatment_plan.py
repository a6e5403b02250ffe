"""The plan for the risks that are above what the organisation accepts: what is done about each, by whom, by when, at what cost; to be signed.

What a plan holds is that of ISO/IEC 27001, 6.1.3 e and ISO 31000, 6.5.3; that an owner approves it, of 6.1.3 f (domain 4.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from riskreg.errors import N_
from riskreg.formats import listed, money_words, number_words
from riskreg.i18n import NN_
from riskreg.records import Task
from riskreg.records.fields import Value
from riskreg.records.values import Money
from riskreg.reports.asked import Asked, Told
from riskreg.reports.entries import BODY_WIDTH, MIDDLE, entry, is_over, note, said_alone
from riskreg.reports.figures import LEVELS, STEPS, marked, number_strip
from riskreg.reports.forms import signatures
from riskreg.reports.gathered import Gathered, gather
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import LABEL, labelled, told
from riskreg.reports.text import Piece, gap, together, words
from riskreg.rules.meaning import meaning_of
from riskreg.rules.proposals import levels_above
from riskreg.wording import level_words

ALL: Final = NN_(
    "The {number} open risk above what we accept ({level}).",
    "The {number} open risks above what we accept ({level}), worst first.",
)
ONE: Final = N_("One record: {ref}.")
NONE: Final = N_("No risk is above what we accept ({level}); there is nothing to plan.")
FIGURES: Final = N_("In figures")
ABOVE: Final = N_("Risks above what we accept")
UNDECIDED: Final = N_("Without treatment")
TASKS: Final = N_("Tasks open")
LATE: Final = N_("Tasks overdue")
COST: Final = N_("Cost, as far as known")
TO_TREAT: Final = N_("To be treated")
ACCEPTED: Final = N_("Above it, but accepted")
RISKS: Final = NN_("{number} risk", "{number} risks")
NO_TREATMENT: Final = N_("No treatment is chosen")
NO_TASK: Final = N_("No task says who does what by when")
NO_TARGET: Final = N_("No target is set")
ACCEPTANCE_OVER: Final = N_("The acceptance ended on {day}")
TARGET: Final = N_("Target")
BY: Final = N_("by {day}")
DUE: Final = N_("due {day}")
OVERDUE: Final = N_("overdue since {day}")
DONE: Final = N_("done {day}")
VERIFIED: Final = N_("verified {day}")
VERIFIED_BY: Final = N_("verified {day} by {who}")
UNVERIFIED: Final = N_("not verified")
NO_OWNER: Final = N_("no owner")
SIGNED: Final = N_("The treatments above shall be carried out; the risk that remains is accepted.")
SIGNERS: Final = (N_("Prepared by"), N_("Approved by"))

DEFAULT: Final = "moderate"
"""The highest level that is accepted where the organisation set none (domain 4.4)."""
_BELOW: Final = ("treatment", "treatment_option", "treatment_text", "controls", "measures")
_ACCEPTANCE: Final = ("accepted_by", "accepted_on", "accepted_until_on", "acceptance_reason")
_OVER: Final = ("done", "verified", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """All that the pages say: the risks, the tasks by id, and the tasks' people."""

    found: Gathered
    tasks: Mapping[int, Task]
    people: Mapping[int, str]
    limit: str

    def status(self, task: Task) -> str | None:
        """The built-in status that a task's counts as."""
        return meaning_of(self.found.speech.vocabulary, "task_status", task.status)

    def is_over(self, task: Task) -> bool:
        """Whether nothing is left to do."""
        return self.status(task) in _OVER

    def tasks_of(self, risk: Mapping[str, Value]) -> Sequence[Task]:
        """The tasks that treat a risk, the open ones first, then by day."""
        ids = cast("frozenset[int]", risk["tasks"])
        those = [self.tasks[id] for id in ids if id in self.tasks]
        return sorted(
            those, key=lambda task: (self.is_over(task), str(task.due_on or "9"), task.ref)
        )


def tell(asked: Asked) -> Told:
    """The report; raises `Expected` ("no_record") where `ref` names no risk."""
    plan, t = _gather(asked), asked.t
    if asked.ref:
        one = Rows([_row(plan, risk) for risk in plan.found.records])
        title = t.gettext(ONE).format(ref=plan.found.records[0]["ref"])
        return Told(title, [one, signatures(SIGNERS, t, SIGNED)])
    limit = level_words(plan.limit, t, asked.reader.vocabulary)
    to_treat, accepted = _parts(plan)
    number = len(to_treat) + len(accepted)
    if not number:
        return Told("", [said_alone(t.gettext(NONE).format(level=limit))])
    view = t.ngettext(*ALL, number).format(number=number_words(number), level=limit)
    groups = [*_group(plan, TO_TREAT, to_treat), *_group(plan, ACCEPTED, accepted)]
    return Told(view, [_overview(plan, to_treat), *groups, signatures(SIGNERS, t, SIGNED)])


def _gather(asked: Asked) -> _Plan:
    found = gather(asked, "risk", (("residual_score", True), ("inherent_score", True)))
    ids = {id for risk in found.records for id in cast("frozenset[int]", risk["tasks"])}
    tasks = {
        id: task
        for id, task in asked.reader.records(sorted(ids)).items()
        if isinstance(task, Task) and task.deleted_at is None
    }
    people = sorted({id for task in tasks.values() for id in task.owner | task.verified_by})
    return _Plan(
        found=found,
        tasks=tasks,
        people={id: name.title for id, name in asked.reader.names(people).items()},
        limit=asked.reader.organisation().appetite or DEFAULT,
    )


def _parts(plan: _Plan) -> tuple[list[Mapping[str, Value]], list[Mapping[str, Value]]]:
    """The open risks above the limit: those to be treated, those accepted."""
    above = levels_above(plan.limit, plan.found.speech.vocabulary.terms_of("level"))
    those = [
        risk
        for risk in plan.found.records
        if risk["residual_level"] in above and plan.found.is_open(risk)
    ]
    return (
        [risk for risk in those if plan.found.meant(risk, "status") != "accepted"],
        [risk for risk in those if plan.found.meant(risk, "status") == "accepted"],
    )


# Overview


def _overview(plan: _Plan, risks: Sequence[Mapping[str, Value]]) -> Rows:
    t, today = plan.found.speech.t, plan.found.today
    tasks = {task.id: task for risk in risks for task in plan.tasks_of(risk)}
    open_tasks = [task for task in tasks.values() if not plan.is_over(task)]
    late = [task for task in open_tasks if task.due_on and task.due_on < today]
    figures = (
        (ABOVE, len(risks)),
        (UNDECIDED, sum(risk["treatment"] is None for risk in risks)),
        (TASKS, len(open_tasks)),
        (LATE, len(late)),
    )
    strip = number_strip([(number_words(n), t.gettext(name)) for name, n in figures], WIDTH)
    cost = told(t.gettext(COST), _cost(plan, risks), WIDTH)
    row = Row(columns=(Column(0, (*strip, *((gap(5), *cost) if cost else ()))),), above=2)
    return Rows([row], heading=[section_row(t.gettext(FIGURES))], above=4)


def _cost(plan: _Plan, risks: Sequence[Mapping[str, Value]]) -> str:
    """What the treatments cost together, each currency by itself."""
    sums: dict[str, int] = {}
    for risk in risks:
        cost = risk["treatment_cost"]
        if isinstance(cost, Money):
            sums[cost.currency] = sums.get(cost.currency, 0) + cost.minor
    totals = (money_words(Money(minor, currency)) for currency, minor in sorted(sums.items()))
    return listed(totals, plan.found.speech.t, ";")


# Risks


def _group(plan: _Plan, title: str, risks: Sequence[Mapping[str, Value]]) -> Iterator[Rows]:
    if risks:
        t, number = plan.found.speech.t, len(risks)
        count = t.ngettext(*RISKS, number).format(number=number_words(number))
        rows = (_row(plan, risk, place > 0) for place, risk in enumerate(risks))
        yield Rows(rows, heading=[section_row(t.gettext(title), count)], above=16)


def _row(plan: _Plan, risk: Mapping[str, Value], is_ruled: bool = False) -> Row:
    state = _level(plan, risk, "residual", MIDDLE - 6)
    return entry(plan.found, risk, state, _body(plan, risk), "due_on", is_ruled)


def _level(plan: _Plan, risk: Mapping[str, Value], stage: str, width: float) -> tuple[Piece, ...]:
    """A level by its mark, with its score."""
    speech, level = plan.found.speech, cast("str | None", risk[f"{stage}_level"])
    score, colour = risk[f"{stage}_score"], ink().level(level)
    name = level_words(level, speech.t, speech.vocabulary)
    said = name if score is None else f"{name} {score}"
    return marked(LEVELS.get(level, "ring"), colour, said, width=width, size=SMALL, bold=True,
                  text=colour)  # fmt: skip


def _body(plan: _Plan, risk: Mapping[str, Value]) -> Iterator[Piece]:
    found = plan.found
    for text in _amiss(plan, risk):
        yield from note(text)
    yield from labelled(found.speech.t.gettext(TARGET), _target(plan, risk))
    yield gap(2)
    for key in (*_BELOW, "treatment_cost"):
        yield from told(found.label(key), found.say(risk, key), BODY_WIDTH)
    if plan.found.meant(risk, "status") == "accepted":
        for key in _ACCEPTANCE:
            yield from told(found.label(key), found.say(risk, key), BODY_WIDTH)
    lines = [piece for task in plan.tasks_of(risk) for piece in _task(plan, task)]
    if lines:
        yield from labelled(found.label("tasks"), lines)


def _target(plan: _Plan, risk: Mapping[str, Value]) -> tuple[Piece, ...]:
    t, width = plan.found.speech.t, BODY_WIDTH - LABEL
    if risk["target_level"] is None:
        return words(t.gettext(NO_TARGET), width=width, size=SMALL, colour=ink().high)
    level = _level(plan, risk, "target", width)
    day = plan.found.say(risk, "target_on")
    when = t.gettext(BY).format(day=day) if day else ""
    return (*level, *words(when, width=width, size=SMALL, colour=ink().muted)) if when else level


def _amiss(plan: _Plan, risk: Mapping[str, Value]) -> Iterator[str]:
    t, found = plan.found.speech.t, plan.found
    if risk["treatment"] is None:
        yield t.gettext(NO_TREATMENT)
    if plan.found.meant(risk, "status") != "accepted" and not plan.tasks_of(risk):
        yield t.gettext(NO_TASK)
    if plan.found.meant(risk, "status") == "accepted" and is_over(found, risk, "accepted_until_on"):
        yield t.gettext(ACCEPTANCE_OVER).format(day=found.say(risk, "accepted_until_on"))


def _task(plan: _Plan, task: Task) -> tuple[Piece, ...]:
    """A task: a box, ticked where it is done; below, who, by when, done and verified."""
    t, width = plan.found.speech.t, BODY_WIDTH - LABEL
    status = plan.status(task)
    is_done = status in ("done", "verified")
    shape = "dash" if status == "cancelled" else STEPS["done" if is_done else "open"]
    title = f"{task.ref}  {task.title}"
    is_late = not plan.is_over(task) and task.due_on is not None and task.due_on < plan.found.today
    return together(
        (
            *marked(shape, ink().low if is_done else ink().muted, title, width=width, size=SMALL),
            *words(
                listed(_facts(plan, task, is_late), t), width=width, size=SMALL,
                colour=ink().high if is_late else ink().muted, indent=SMALL * 1.45,
            ),
            gap(2),
        )
    )  # fmt: skip


def _facts(plan: _Plan, task: Task, is_late: bool) -> Iterator[str]:
    speech, t = plan.found.speech, plan.found.speech.t
    yield listed((plan.people.get(id, "") for id in task.owner), t) or t.gettext(NO_OWNER)
    if task.due_on and not plan.is_over(task):
        day = speech.value("task", "due_on", task.due_on)
        yield t.gettext(OVERDUE if is_late else DUE).format(day=day)
    if task.done_on:
        yield t.gettext(DONE).format(day=speech.value("task", "done_on", task.done_on))
    if task.verified_on:
        who = listed((plan.people.get(id, "") for id in task.verified_by), t)
        day = speech.value("task", "verified_on", task.verified_on)
        yield t.gettext(VERIFIED_BY if who else VERIFIED).format(day=day, who=who)
    elif plan.status(task) == "done":
        yield t.gettext(UNVERIFIED)
    if result := speech.value("task", "verification_result", task.verification_result):
        yield result
