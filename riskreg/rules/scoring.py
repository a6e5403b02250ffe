"""How bad a risk is: likelihood and impact on the organisation's scale.

Method: the common matrix in the manner of ISO 31000 and ISO/IEC 27005, which define the process and
leave the matrix to the organisation. By default likelihood times impact, with the bands 1-4 low,
5-9 moderate, 10-14 high, 15-25 critical (domain.md 4.4). The scale is passed in, so other bands, or a
table in place of the product, are data (`scales`).
"""

from __future__ import annotations

from riskreg.records.terms import Scale


def score(likelihood: int | None, impact: int | None, scale: Scale) -> int | None:
    """The score on a scale; None while either is not known, or is no step of it."""
    if likelihood is None or impact is None:
        return None
    return scale.points(likelihood, impact)


def level(points: int | None, scale: Scale) -> str | None:
    """The level of a score (`very_low low moderate high critical`); None where there is no score."""
    band = scale.band(points)
    return band.level if band else None
