"""One editor for each kind of field: the one place where the window answers for every kind."""

from __future__ import annotations

from datetime import datetime
from typing import Final, assert_never

from riskreg.errors import N_
from riskreg.formats import format_value, parse_value
from riskreg.records import fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.scoring_words import steps_of
from riskreg.typed_dates import meanings
from ui.forms.chips import ChoicesEditor, TagsEditor
from ui.forms.choose import NOT_KNOWN, ChoiceEditor, ScoreEditor, YesNoEditor
from ui.forms.editor import Editor
from ui.forms.facts import FactsEditor
from ui.forms.kit import Kit
from ui.forms.shown import ShownValue
from ui.forms.text import LineEditor, ProseEditor
from ui.forms.ties import LinksEditor
from ui.forms.typed import Question, TypedEditor, Wording, no_question


def editor(kind: FieldKind, kit: Kit) -> Editor:
    """The editor of a field of this kind, still empty."""
    match kind:
        case fields.Line():
            return LineEditor(kit.t.gettext(NOT_KNOWN))
        case fields.Prose():
            return ProseEditor(placeholder=kit.t.gettext(N_("Nothing written yet")))
        case fields.Choice():
            return ChoiceEditor(kit, kind.terms)
        case fields.Choices():
            return ChoicesEditor(kit, kind.terms)
        case fields.YesNo():
            return YesNoEditor(kit)
        case fields.Count() | fields.Money() | fields.Day() | fields.Instant() | fields.Duration():
            return TypedEditor(kit, _wording(kind, kit))
        case fields.Score():
            return _score(kind, kit)
        case fields.Tags():
            return TagsEditor(kit)
        case fields.Facts():
            return FactsEditor(kit)
        case fields.Links():
            return LinksEditor(kit, kind)
        case fields.Derived():
            return ShownValue(kit, kind)
        case _:
            assert_never(kind)


def _score(kind: fields.Score, kit: Kit) -> Editor:
    scale = kit.vocabulary.scale
    match kind.axis:
        case "likelihood":
            return ScoreEditor(kit, scale.likelihood)
        case "impact":
            return ScoreEditor(kit, steps_of(scale, kind.dimension, kit.t))
        case "score":
            return ShownValue(kit, fields.Derived(label=kind.label, of=kind))


def _wording(
    kind: fields.Count | fields.Money | fields.Day | fields.Instant | fields.Duration, kit: Kit
) -> Wording:
    return Wording(
        read=lambda text: parse_value(kind, text, kit.t, kit.vocabulary, kit.zone),
        words=lambda value: format_value(kind, value, kit.t, kit.vocabulary),
        short=lambda value: short_text(value, kit.zone),
        example=kit.t.gettext(_EXAMPLES.get(type(kind), "")),
        question=(lambda text: _which(text, kit))
        if isinstance(kind, fields.Instant)
        else no_question,
    )


def _which(text: str, kit: Kit) -> Question | None:
    """Which moment is meant, where the clocks showed a local time twice or skipped it."""
    found = meanings(text, kit.t, kit.zone)
    if not found:
        return None
    is_twice = len({_wall(each) for each in found}) == 1
    asked = (
        N_("The clocks showed this time twice that day. Which one is meant?")
        if is_twice
        else N_("The clocks skipped this time that day. Which one is meant?")
    )
    return Question(kit.t.gettext(asked), found)


_EXAMPLES: Final[dict[type[FieldKind], str]] = {
    fields.Count: N_("For example 150, ~150, ? or tbd"),
    fields.Money: N_("For example HKD 18000.00"),
    fields.Day: N_("For example 2026-11-20, 20 Nov 2026 or today"),
    fields.Instant: N_("For example 14:30, yesterday 18:00 or 2026-11-20 18:40"),
}


def short_text(value: Value, zone: str) -> str:
    """A value as it is typed quickest; the zone is left out where it is the organisation's."""
    if not isinstance(value, values.Instant):
        return str(value)
    text = str(value).replace("T", " ", 1)
    moment, _, name = text.partition("[")
    is_usual = name == f"{zone}]" and len(values.local_readings(_wall(value), zone)) == 1
    return moment.removesuffix(value.local.isoformat()[-6:]) if is_usual else text


def _wall(value: values.Instant) -> datetime:
    return value.local.replace(tzinfo=None, fold=0)
