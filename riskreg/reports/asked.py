"""What a report is given, and what it gives back; each report is one function between the two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from reportlab.platypus import Flowable

from riskreg.i18n import Translator
from riskreg.views import Reader


class Asked(NamedTuple):
    """A wish for a report.

    Attributes:
        reader: The register; asked before the function returns, never later.
        t: The language of the report.
        ref: The one record it is about; "" for all.
        now: When it is made, UTC.
        zone: The organisation's.
    """

    reader: Reader
    t: Translator
    ref: str
    now: datetime
    zone: str


class Told(NamedTuple):
    """What a report says: from which view (one sentence), and the flowables of its pages."""

    view: str
    story: Sequence[Flowable]
