"""What a report is given, and what it gives back; each report is one function between the two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from reportlab.platypus import Flowable

from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Organisation, Party
from riskreg.records.values import zone_of
from riskreg.views import Reader
from riskreg.work import QUIET, Work

BETWEEN: Final = " · "
"""Between facts that have commas of their own."""
FOR_ALL: Final = N_("For everybody to read.")
SIGNED_BY: Final = N_("The signed copy is with {who}.")
SIGNED: Final = N_("The signed copy is with the data protection officer.")


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
    """What a report says.

    Attributes:
        view: From which view, one sentence.
        story: The flowables of its pages.
        title: Where that is not its name.
        mark: Stands in the corner of each page; "" for "Confidential".
        is_drill: It is about a drill: each page says so.
    """

    view: str
    story: Sequence[Flowable]
    title: str = ""
    mark: str = ""
    is_drill: bool = False


def reached(organisation: Organisation) -> str:
    """Where the organisation is, and on a line of its own how it is reached; empty where nothing is known."""
    numbers = BETWEEN.join(filter(None, (organisation.phone, organisation.email)))
    return "\n".join(filter(None, (organisation.address, numbers)))


def on_the_wall(asked: Asked) -> str:
    """The mark of a page that hangs where everybody reads it: not confidential, but signed for somewhere."""
    t = asked.t
    officers = asked.reader.records(asked.reader.organisation().officer).values()
    officer = next((each for each in officers if isinstance(each, Party)), None)
    signed = t.gettext(SIGNED_BY).format(who=officer.title) if officer else t.gettext(SIGNED)
    return f"{t.gettext(FOR_ALL)}\n{signed}"
