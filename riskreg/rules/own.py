"""What an organisation made its own: choices it added, renamed or retired, and the scale in force.

They are records like others (`scale`, `terms`); here they are laid over the lists that ship. A record
that cannot be read is passed over, so that nothing an older program wrote keeps a register shut; the
door refuses such a record when it is written (`problems`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from riskreg.errors import N_
from riskreg.records import OwnTerm, Record, ScoringScale
from riskreg.records.terms import Scale, Term, Terms, Text, Vocabulary
from riskreg.rules.harm import FACTORS
from riskreg.rules.scales import NoScale, Reason, parse

KINDS: Final = frozenset({"scale", "terms"})
"""The kinds of record that say what choices and which scale there are."""
CLOSED: Final = frozenset(
    {
        "action_applies",
        "advice_outcome",
        "availability_loss",
        "breach_nature",
        "confidentiality_loss",
        "context_behavioural",
        "context_financial",
        "context_sensitive",
        "context_simple",
        "count_precision",
        "decision_answer",
        "ease_of_identification",
        "harm_type",
        "integrity_loss",
        "language",
        "level",
        "notice_phase",
        "notice_recipient",
        "regime",
        "risk_outcome",
        "rule_trigger",
        "rule_unit",
        "severity_band",
        "source_status",
        "stance",
        *(f"factor_{each}" for each in FACTORS),
    }
)
"""Lists whose choices the program itself must know: they can be renamed, none can be added."""
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


def overlaid(shipped: Vocabulary, records: Iterable[Record]) -> Vocabulary:
    """The choices and the scale in force in a register.

    Args:
        shipped: What ships with the program.
        records: The register's, of whatever kinds; those in the bin do not count.
    """
    here = sorted((each for each in records if each.deleted_at is None), key=lambda each: each.id)
    scale = scale_in_force(shipped.scale, here)
    scales = {
        record.id: found
        for record in here
        if isinstance(record, ScoringScale) and (found := scale_of(record)) is not None
    }
    lists = {**shipped.terms}
    if "level" in lists:
        lists["level"] = levels_of(lists["level"], scale)
    for record in here:
        if isinstance(record, OwnTerm) and record.list_name in lists:
            lists[record.list_name] = _with(lists[record.list_name], record)
    return Vocabulary(terms=lists, scale=scale, scales=scales, shipped=shipped)


def scale_of(record: ScoringScale) -> Scale | None:
    """The scale that a record describes, known by its ref and title; None where it cannot be read."""
    try:
        found = parse(record.text, record.ref)
    except NoScale:
        return None
    return replace(found, key=record.ref, title=Text(en=record.title))


def scale_in_force(shipped: Scale, records: Iterable[Record]) -> Scale:
    """The scale that is in force; of several, which only an undo can leave, the one made last."""
    ordered = sorted(_in_force(records), key=lambda each: -each.id)
    return next((found for record in ordered if (found := scale_of(record))), shipped)


def _in_force(records: Iterable[Record]) -> Iterator[ScoringScale]:
    for record in records:
        if isinstance(record, ScoringScale) and record.is_default and record.deleted_at is None:
            yield record


def several_in_force(records: Iterable[Record]) -> tuple[ScoringScale, ...]:
    """The scales that are in force beside each other; none where at most one is."""
    found = tuple(_in_force(records))
    return found if len(found) > 1 else ()


def levels_of(levels: Terms, scale: Scale) -> Terms:
    """The list of levels as a scale has it: its own words, and only its levels on offer."""
    bands = {band.level: band for band in scale.bands}
    found: list[Term] = []
    for term in levels.terms:
        band = bands.get(term.key)
        label = band.label if band and band.label else term.label
        found.append(replace(term, label=label, is_retired=band is None))
    try:
        return Terms(name=levels.name, terms=tuple(found))
    except ValueError:  # two levels of one name: those of the program tell them apart
        kept = (replace(term, is_retired=term.key not in bands) for term in levels.terms)
        return Terms(name=levels.name, terms=tuple(kept))


def _with(terms: Terms, record: OwnTerm) -> Terms:
    """A list with one record laid over it; as it was where two choices would have the same words."""
    known = terms.term(record.key)
    if known is not None:
        label = Text(
            en=record.en or known.label.en,
            zh_Hant=record.zh_hant or known.label.zh_Hant,
            zh_Hans=record.zh_hans or known.label.zh_Hans,
        )
        is_retired = known.is_retired if record.is_retired is None else record.is_retired
        changed = replace(known, label=label, is_retired=is_retired)
        rows = tuple(changed if term.key == known.key else term for term in terms.terms)
    else:
        rows = (*terms.terms, _added(terms, record))
    try:
        return Terms(name=terms.name, terms=rows)
    except ValueError:
        return terms


def _added(terms: Terms, record: OwnTerm) -> Term:
    """A choice that does not ship; it is open or closed as the one whose meaning it shares."""
    model = terms.term(record.same_as)
    label = Text(en=record.en or record.title, zh_Hant=record.zh_hant, zh_Hans=record.zh_hans)
    return Term(
        key=record.key,
        label=label,
        open=model.open if model else None,
        same_as=record.same_as if model else "",
        is_retired=bool(record.is_retired),
    )


def problems(
    record: Record, changed: Iterable[str], was: Record | None, vocabulary: Vocabulary
) -> Iterator[tuple[str, Reason]]:
    """Why a scale or a choice cannot be kept: the field and the reason.

    Args:
        record: As it will be.
        changed: The fields that change; an old error never stops another edit.
        was: As it is; None for a new one.
        vocabulary: As it will be.
    """
    fields = frozenset(changed)
    if isinstance(record, ScoringScale) and (was is None or fields & {"text", "is_default"}):
        yield from _scale_problems(record)
    if isinstance(record, OwnTerm):
        yield from _term_problems(record, was, vocabulary)


def _scale_problems(record: ScoringScale) -> Iterator[tuple[str, Reason]]:
    try:
        parse(record.text, record.ref)
    except NoScale as error:
        for reason in error.reasons:
            yield "text", reason


def _term_problems(
    record: OwnTerm, was: Record | None, vocabulary: Vocabulary
) -> Iterator[tuple[str, Reason]]:
    lists = vocabulary.base.terms
    if record.list_name not in lists:
        yield "list_name", Reason(N_("there is no list “{name}”"), {"name": record.list_name})
        return
    shipped = lists[record.list_name]
    if isinstance(was, OwnTerm) and (was.list_name, was.key) != (record.list_name, record.key):
        yield "key", Reason(N_("records keep it, so it stays as it is"))
    if shipped.term(record.key) is None:
        yield from _added_problems(record, shipped)
    elif record.same_as not in ("", record.key):
        yield "same_as", Reason(N_("a built-in choice counts as itself"))
    yield from _taken(record, vocabulary.terms_of(record.list_name), shipped)


def _added_problems(record: OwnTerm, shipped: Terms) -> Iterator[tuple[str, Reason]]:
    if shipped.name in CLOSED:
        yield "key", Reason(N_("this list takes no more choices; those it has can be renamed"))
    elif not _KEY.fullmatch(record.key):
        yield "key", Reason(N_("it is written with small letters, digits and underscores"))
    is_status = any(term.open is not None for term in shipped.terms)
    known: Mapping[str, str | int] = {"known": ", ".join(shipped.keys)}
    if record.same_as and shipped.term(record.same_as) is None:
        yield "same_as", Reason(N_("it is one of {known}"), known)
    elif is_status and not record.same_as:
        yield "same_as", Reason(N_("say which status it counts as: {known}"), known)


_LABELS: Final = ("en", "zh_hant", "zh_hans")


def _taken(record: OwnTerm, terms: Terms, shipped: Terms) -> Iterator[tuple[str, Reason]]:
    """Labels that another choice of the list has: nobody could tell the two apart."""
    is_named = bool(record.en) or shipped.term(record.key) is not None
    for key in _LABELS if is_named else ("title", *_LABELS[1:]):
        label = str(record.get(key) or "")
        other = terms.find(label) if label else None
        if other not in (None, record.key):
            yield key, Reason(N_("“{label}” is another choice of this list"), {"label": label})
