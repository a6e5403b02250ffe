"""How bad a risk is: likelihood times impact on the organisation's scale.

Method: the common 5x5 matrix in the manner of ISO 31000 and ISO/IEC 27005, which define the process
and leave the matrix to the organisation. Default bands: 1-4 low, 5-9 moderate, 10-14 high, 15-25
critical (domain.md 4.4); the scale is passed in, so other bands are data.
"""

from __future__ import annotations

from riskreg.records.terms import Scale


def score(likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact; None while either is not known."""
    return None if likelihood is None or impact is None else likelihood * impact


def level(points: int | None, scale: Scale) -> str | None:
    """The level of a score (`low moderate high critical`); None where there is no score."""
    if points is None:
        return None
    return next((band.level for band in scale.bands if band.lowest <= points <= band.highest), None)
