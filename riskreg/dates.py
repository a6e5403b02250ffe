"""Days and moments as people write them: the words of each language through Babel.

English follows Hong Kong's manner (day first), Chinese that of an office (2026年11月20日（五）18:40). A time zone is called by its
city; where two zones have one city, the second keeps its full name, so that what is shown can be read back.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton

from riskreg.errors import N_
from riskreg.i18n import Language, Translator, translators
from riskreg.records.values import Instant, Unfit

LOCALES: Final[dict[Language, str]] = {
    "en": "en_HK",
    "zh_Hant": "zh_Hant_HK",
    "zh_Hans": "zh_Hans_CN",
}
DAY: Final = N_("{day} {month} {year}")
MONTH: Final = N_("{month} {year}")
MOMENT: Final = N_("{weekday} {date}, {time} ({zone})")
WHOLE: Final = N_("{date} ({zone})")


@cache
def locale_of(language: Language) -> Locale:
    """Babel's locale for a language: which country's manner it follows."""
    return Locale.parse(LOCALES[language])


class _Style(NamedTuple):
    """The patterns and names of one language, fetched once: a workbook writes 100,000s of moments."""

    day: str
    month: str
    moment: str
    whole: str
    months: tuple[str, ...]
    """From 1; the first is empty."""
    weekdays: tuple[str, ...]
    """From Monday."""


@cache
def _style(t: Translator) -> _Style:
    locale = locale_of(t.language)
    width = "abbreviated" if t.language == "en" else "narrow"
    months = locale.months["format"]["abbreviated"]
    weekdays = locale.days["format"][width]
    return _Style(
        t.gettext(DAY),
        t.gettext(MONTH),
        t.gettext(MOMENT),
        t.gettext(WHOLE),
        ("", *(str(months[number]) for number in range(1, 13))),
        tuple(str(weekdays[number]) for number in range(7)),
    )


def day_words(day: date, t: Translator) -> str:
    """A calendar day: `20 Nov 2026`."""
    style = _style(t)
    return style.day.format(day=day.day, month=style.months[day.month], year=f"{day.year:04}")


def month_words(day: date, t: Translator) -> str:
    """The month of a day, in full: `November 2026`, 2026年11月."""
    return str(format_skeleton("yMMMM", day, locale=locale_of(t.language)))


def month_name(day: date, t: Translator, *, is_short: bool = False) -> str:
    """The month of a day without its year: `October`, 10月; short `Oct`."""
    width = "abbreviated" if is_short else "wide"
    return str(locale_of(t.language).months["stand-alone"][width][day.month])


def instant_words(value: Instant, t: Translator) -> str:
    """A moment as exactly as it is known: `Fri 20 Nov 2026, 18:40 (Hong Kong)`, `20 Nov 2026 (Hong Kong)`."""
    style = _style(t)
    local, name = _on_clocks(value)
    zone = zone_words(name, t)
    if value.precision == "month":
        month = style.month.format(month=style.months[local.month], year=f"{local.year:04}")
        return style.whole.format(date=month, zone=zone)
    if value.precision == "day":
        return style.whole.format(date=day_words(local, t), zone=zone)
    return style.moment.format(
        weekday=style.weekdays[local.weekday()],
        date=day_words(local, t),
        time=_time(local, value.precision == "second"),
        zone=zone,
    )


def _on_clocks(value: Instant) -> tuple[datetime, str]:
    """The moment on the clocks of its zone; in UTC where this computer does not know the zone."""
    try:
        return value.local, value.zone
    except Unfit:
        return value.utc, "UTC"


def moment_words(at: datetime, zone: str, t: Translator) -> str:
    """A moment of the journal, to the minute, on the clocks of a zone."""
    return instant_words(Instant(at.replace(second=0, microsecond=0), zone), t)


def here_words(value: Instant, zone: str, t: Translator) -> str:
    """A moment as lists say it, on the clocks of a zone that goes without saying: `20 Nov 2026 18:40`; no more than is known."""
    here, _ = _on_clocks(Instant(value.utc, zone, value.precision))
    if value.precision == "month":
        return month_words(here, t)
    day = day_words(here, t)
    return day if value.precision == "day" else f"{day} {_time(here, False)}"


def _time(local: datetime, seconds: bool) -> str:
    """The time of day, with its offset where the clocks showed it twice that day."""
    shown = f"{local.hour:02}:{local.minute:02}" + (f":{local.second:02}" if seconds else "")
    if local.replace(fold=1 - local.fold).utcoffset() == local.utcoffset():
        return shown
    return f"{shown} UTC{local.isoformat()[-6:]}"


# Zones


@lru_cache(maxsize=1024)
def zone_words(zone: str, t: Translator) -> str:
    """The city that stands for a zone: `Hong Kong`, 香港; the zone itself where another has that city."""
    name = _city(zone, t.language)
    return name if _cities(t.language).get(folded(name)) == zone else zone


def zone_named(text: str, t: Translator) -> str:
    """The zone of a city in any language (the translator's first), or of its own name; raises `Unfit`."""
    for each in (t, *translators()):
        if found := _cities(each.language).get(folded(text)):
            return found
    if key := _zone_keys().get(folded(text)):
        return key
    raise Unfit(N_("there is no time zone {zone}"), zone=text)


@cache
def _zone_keys() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones()}


@cache
def _cities(language: Language) -> dict[str, str]:
    """Zones by the name of their city. Of two with one name the zone that is called so wins, then the shorter one."""
    found: dict[str, str] = {}
    for zone in sorted(_known_zones(), key=lambda zone: (_is_renamed(zone), len(zone), zone)):
        found.setdefault(folded(_city(zone, language)), zone)
    return found


def _known_zones() -> set[str]:
    return {*get_global("zone_territories"), *get_global("zone_aliases").values(), "UTC"}


def _is_renamed(zone: str) -> bool:
    return _city(zone, "en") != _last_part(zone)


def _last_part(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _city(zone: str, language: Language) -> str:
    """Babel's name of a zone's city. It is filed under the zone's oldest name, so the other names are tried too."""
    zones = locale_of(language).time_zones
    for name in (zone, *_older_names().get(zone, ())):
        if city := zones.get(name, {}).get("city"):
            return str(city)
    return _last_part(zone)


@cache
def _older_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for older, zone in get_global("zone_aliases").items():
        found.setdefault(zone, []).append(older)
    return found


def folded(text: str) -> str:
    """A text without what typing makes different: width, case, spaces."""
    return " ".join(normalize("NFKC", text).casefold().split())
