"""What a report is given, and what it gives back; each report is one function between the two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from reportlab.platypus import Flowable

from riskreg.i18n import Translator
from riskreg.records.values import zone_of
from riskreg.views import Reader
from riskreg.work import QUIET, Work


class Asked(NamedTuple):
    """A wish for a report.

    Attributes:
        reader: The register; asked before the function returns, never later.
        t: The language of the report.
        ref: The one record it is about; "" for all.
        now: When it is made, UTC.
        zone: The organisation's.
        since: The entry of the history after which changes count; None where nothing is compared.
        until: The last entry that counts; None for the newest.
        by: Who makes it, as the journal would name them; "" where nobody said.
        work: Told of what is read; may cancel.
    """

    reader: Reader
    t: Translator
    ref: str
    now: datetime
    zone: str
    since: int | None = None
    until: int | None = None
    by: str = ""
    work: Work = QUIET

    @property
    def today(self) -> date:
        """The day where the organisation is."""
        return self.now.astimezone(zone_of(self.zone)).date()


class Told(NamedTuple):
    """What a report says: from which view (one sentence), the flowables of its pages, and its title where that is not its name."""

    view: str
    story: Sequence[Flowable]
    title: str = ""
