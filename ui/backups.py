"""How old the newest checked backup is, and how many stay, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from riskreg import clock
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.i18n import NN_, Translator
from riskreg.records.values import zone_of
from riskreg.settings import Keeping
from riskreg.views import Backup

OLD_DAYS: Final = 14
_OLD: Final = NN_(
    "Newest checked backup: {number} day old", "Newest checked backup: {number} days old"
)


def backup_words(backups: Sequence[Backup], zone: str, t: Translator) -> tuple[str, str]:
    """The words, and the tone they deserve.

    Args:
        backups: The newest first.
        zone: Where the organisation is.
        t: The language.
    """
    if not backups:
        return t.gettext(N_("No backup yet")), "moderate"
    made = backups[0].made_at.astimezone(zone_of(zone))
    days = (clock.today(zone) - made.date()).days
    if days > OLD_DAYS:
        return t.ngettext(*_OLD, days).format(number=days), "moderate"
    if days <= 0:
        return t.gettext(N_("Checked backup today {time}")).format(time=f"{made:%H:%M}"), "muted"
    return t.gettext(N_("Checked backup {day}")).format(day=day_words(made.date(), t)), "muted"


def keeping_words(keeping: Keeping, t: Translator) -> str:
    """How many backups stay: `one a day for 7 days, one a week for 5 weeks, one a month for 12 months`."""
    return t.gettext(
        N_(
            "one a day for {days} days, one a week for {weeks} weeks, one a month for {months} months"
        )
    ).format(days=keeping.days, weeks=keeping.weeks, months=keeping.months)
