"""The assessments of an incident on paper: every version with every answer, and the sum as ENISA's method has it (domain.md 4.1, 2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_
from riskreg.records import Assessment, stored
from riskreg.records.assessment import HARM, MORE, SEVERITY
from riskreg.records.fields import FieldKind
from riskreg.reports.breach import Breach
from riskreg.reports.entries import said_under
from riskreg.reports.figures import LEVELS, marked
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.rows import continued, label_of, told
from riskreg.reports.text import Piece, gap, words
from riskreg.rules.assessed import severity_of
from riskreg.rules.severity import Severity

ASSESSMENT: Final = N_("Assessment")
VERSIONS: Final = NN_("{number} version, the newest first", "{number} versions, the newest first")
NONE: Final = N_("Nobody has assessed it yet.")
SUM: Final = N_("Context × ease + circumstances")
NO_SUM: Final = NN_(
    "No sum yet: {number} answer is missing. It will be at least {least}.",
    "No sum yet: {number} answers are missing. It will be at least {least}.",
)
OVER_100: Final = N_("More than 100 people: a flag beside the sum, not part of it.")
UNINTELLIGIBLE: Final = N_("The data cannot be read by others: a flag beside the sum.")
NOT_ANSWERED: Final = N_("Not answered")
NO_HARM: Final = N_("none that anybody could name")

BAND_LEVELS: Final[Mapping[str | None, str]] = {
    "low": "low",
    "medium": "moderate",
    "high": "high",
    "very_high": "critical",
}
"""The level whose shape and colour a band of severity has."""
_FLAGS: Final = {"over_100_people": OVER_100, "unintelligible": UNINTELLIGIBLE}
_LEFT: Final = 84.0
_BODY: Final = WIDTH - _LEFT


def assessment_rows(found: Breach) -> Rows:
    """Every version, the newest first."""
    t, versions = found.speech.t, found.case.assessments[::-1]
    if not versions:
        return said_under(t.gettext(ASSESSMENT), found.none("assessments", NONE))
    number = len(versions)
    note = t.ngettext(*VERSIONS, number).format(number=number_words(number))
    rows_of = (_version(found, each, place > 0) for place, each in enumerate(versions))
    return Rows(rows_of, heading=[section_row(t.gettext(ASSESSMENT), note)], above=14)


def band_piece(found: Breach, band: str | None, width: float) -> tuple[Piece, ...]:
    """A band of severity with its shape and colour; "not answered" where there is none."""
    level = BAND_LEVELS.get(band)
    said = found.say("assessment", "severity_band", band) or found.speech.t.gettext(NOT_ANSWERED)
    return marked(
        LEVELS[level], ink().level(level), said, width=width, size=SMALL, bold=True,
        text=ink().level(level),
    )  # fmt: skip


def sum_words(severity: Severity, found: Breach) -> str:
    """The sum as it is written, or what is missing for one."""
    if severity.formula:
        return severity.formula
    t, number = found.speech.t, len(severity.missing)
    return t.ngettext(*NO_SUM, number).format(number=number_words(number), least=severity.at_least)


def _version(found: Breach, record: Assessment, is_ruled: bool) -> Row:
    severity = severity_of(record)
    left = (
        *words(record.ref, width=_LEFT - 6, bold=True, after=1),
        *band_piece(found, severity.band, _LEFT - 6),
    )
    return Row(
        columns=(Column(0, left), Column(_LEFT, tuple(_body(found, record, severity)))),
        above=10 if is_ruled else 2,
        below=4,
        is_ruled=is_ruled,
        again=continued(record.ref, _LEFT, found.speech.t),
        bookmark=(1, f"{record.ref} {record.title}"[:120]),
    )


def _body(found: Breach, record: Assessment, severity: Severity) -> Iterator[Piece]:
    t = found.speech.t
    for key in ("made_at", "made_by", "outcome", "reasoning"):
        said = found.say("assessment", key, record.get(key))
        yield from told(label_of(t, "assessment", key), said, _BODY)
    yield from told(recorded_label(found), found.recorded_words(record.id), _BODY, ink().muted)
    yield from _section(found, record, SEVERITY)
    yield from told(t.gettext(SUM), sum_words(severity, found), _BODY, bold=True)
    for flag in severity.flags:
        yield from told(" ", t.gettext(_FLAGS[flag]), _BODY)
    yield from _section(found, record, HARM)
    if any(record.get(key) is not None for key in _keys(MORE)):
        yield from _section(found, record, MORE)
    yield from told(label_of(t, "assessment", "notes"), record.notes, _BODY)


def recorded_label(found: Breach) -> str:
    """The label of what the journal says of a record."""
    return found.speech.t.gettext(N_("In the history"))


def _section(found: Breach, record: Assessment, name: str) -> Iterator[Piece]:
    """Every question of a section with its answer; those without one are named, so that nothing looks answered."""
    t, keys = found.speech.t, _keys(name)
    said = {key: found.say("assessment", key, record.get(key)) for key in keys}
    if record.harm_foreseen is False:
        said["harms"] = said.get("harms") or t.gettext(NO_HARM)
    yield gap(4)
    yield from words(t.section(name), width=_BODY, size=SMALL, bold=True, after=2)
    for key in keys:
        if said[key]:
            note = str(getattr(record, f"{key}_note", "") or "")
            text = "\n".join(filter(None, (said[key], note)))
            yield from told(label_of(t, "assessment", key), text, _BODY)
    silent = [label_of(t, "assessment", key) for key in keys if not said[key]]
    yield from told(t.gettext(NOT_ANSWERED), listed(silent, t, ";"), _BODY, ink().muted)


def _keys(name: str) -> Mapping[str, FieldKind]:
    return {
        key: what
        for key, what in stored(Assessment).items()
        if what.section == name and not key.endswith("_note")
    }
