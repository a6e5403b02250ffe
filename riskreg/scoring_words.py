"""Words about scores: the bands of money, and what a step means for one of the things an impact falls on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records.terms import Scale, Step, Text
from riskreg.rules import dimensions

OTHERWISE: Final = NN_(
    "{number} open risk is scored by another scale.",
    "{number} open risks are scored by another scale.",
)
"""What is said beneath a heat map of the risks that have no place on it."""


def otherwise_words(number: int, t: Translator) -> str:
    """How many open risks have no place on the heat map, as another scale scores them; "" for none."""
    return t.ngettext(*OTHERWISE, number).format(number=number_words(number)) if number else ""


def band_words(scale: Scale, step: int, t: Translator) -> str:
    """The band of money of a step: `HKD 10,000 to 100,000`; "" where the scale has none."""
    found, money = dimensions.amounts(scale, step), scale.dimension("money")
    if found is None or money is None:
        return ""
    if found.above is None:
        pattern = N_("up to {currency} {high}")
    elif found.up_to is None:
        pattern = N_("above {currency} {low}")
    else:
        pattern = N_("{currency} {low} to {high}")
    low, high = number_words(found.above or 0), number_words(found.up_to or 0)
    return t.gettext(pattern).format(currency=money.currency, low=low, high=high)


def steps_of(scale: Scale, dimension: str, t: Translator) -> tuple[Step, ...]:
    """The steps of impact with what each means for a dimension, of money its band before it."""
    found = dimensions.steps(scale, dimension)
    if dimension != "money":
        return found
    return tuple(replace(step, anchor=Text(en=_of_money(scale, step, t))) for step in found)


def _of_money(scale: Scale, step: Step, t: Translator) -> str:
    band, anchor = band_words(scale, step.value, t), step.anchor.get(t.language)
    if not (band and anchor):
        return band or anchor
    return t.gettext(N_("{band}; {text}")).format(band=band, text=anchor)
