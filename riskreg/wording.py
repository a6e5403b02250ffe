"""Sentences about what happened: entries of the journal, findings of a check, failures, values that cannot be kept.

The journal and the errors hold keys with parameters, because one register is read in three languages; the words stand here. Each
key has its patterns from the most telling to the plainest: the first one whose facts are all there is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Final

from riskreg.errors import SENTENCES, Expected, Message, Problem, Refused, Stale
from riskreg.findings import FINDINGS
from riskreg.formats import listed, number_words
from riskreg.i18n import N_, NN_, Translator
from riskreg.records import KINDS, columns, every_field
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Unfit
from riskreg.views import Entry, Finding

RECORDS: Final = NN_("{number} record", "{number} records")
SHOWN_REFS: Final = 3
"""How many refs are named before they are counted."""

ACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "create": (N_("Register created"),),
    "demo": (N_("Sample content: {what}"), N_("Sample register made")),
    "start": (N_("{records} suggested records added"), N_("Suggested records added")),
    "add": (N_("Addition of {what}"), N_("Addition")),
    "edit": (N_("Edit of {what}"), N_("Edit")),
    "edit_many": (
        N_("Change of {field} in {what}"),
        N_("Change of {what} together"),
        N_("Change of many records together"),
    ),
    "paste": (N_("Paste into {what}"), N_("Paste")),
    "take_back": (N_("Earlier values of {what} brought back"), N_("Earlier values brought back")),
    "attach": (N_("File attached: {what}"), N_("File attached")),
    "assess": (N_("Assessment of {what}"), N_("Assessment")),
    "decide": (N_("Decision on {what}"), N_("Decision")),
    "close_incident": (N_("Review of {what}"), N_("Review of an incident")),
    "start_playbook": (N_("Playbook started: {playbook}"), N_("Playbook started")),
    "delete": (N_("Move of {what} to the bin"), N_("Move to the bin")),
    "unbin": (N_("Return of {what} from the bin"), N_("Return from the bin")),
    "link": (N_("Link between {what}"), N_("Link")),
    "prepare_notice": (N_("Notice prepared: {what}"), N_("Notice prepared")),
    "approve_notice": (N_("Notice approved: {what}"), N_("Notice approved")),
    "send_notice": (N_("Notice sent: {what}"), N_("Notice sent")),
    "follow_notice": (N_("What came back to the notice {what}"), N_("What came back to a notice")),
    "hand_over": (
        N_("Handover from {giver} to {taker}"),
        N_("Handover: {what}"),
        N_("Handover"),
    ),
    "unlink": (N_("Removal of the link between {what}"), N_("Removal of a link")),
    "import": (
        N_("Import of {file} ({new} new, {changed} changed)"),
        N_("Import of {file}"),
        N_("Import"),
    ),
    "undo": (N_("Undo: {act}"), N_("Undo of entry {of}"), N_("Undo")),
    "redo": (N_("Redo: {act}"), N_("Redo of entry {of}"), N_("Redo")),
    "erase": (N_("Erasure of personal content in {what}"), N_("Erasure of personal content")),
    "restore": (
        N_("Restore from {file} (the history left was {left})"),
        N_("Restore from {file}"),
        N_("Restore from a backup"),
    ),
    "migrate": (
        N_("Upgrade of the file from format {found} to {format}"),
        N_("Upgrade of the file's format"),
    ),
    "rules": (
        N_("Scores and dates worked out anew by rules {rules}"),
        N_("Scores and dates worked out anew"),
    ),
    "export": (
        N_(
            "Export of {records} to {file}; legally privileged records were asked for ({privileged} in the register)"
        ),
        N_("Export of {records} to {file}"),
        N_("Copy of {evidence} saved as a file"),
        N_("Export to {file}"),
        N_("Export"),
    ),
    "report": (
        N_(
            "Report {report} to {file}; legally privileged records were asked for ({privileged} in the register)"
        ),
        N_("Report {report} to {file}"),
        N_("Report to {file}"),
        N_("Report"),
    ),
    "backup": (N_("Backup to {file}"), N_("Backup")),
    "verify": (N_("Check of the history, findings: {findings}"), N_("Check of the history")),
}

REPORTS: Final[Mapping[str, str]] = {
    "summary": N_("Summary of the month"),
    "risk-register": N_("Risk register"),
    "measures": N_("Security measures"),
    "action-coverage": N_("Coverage of the policy actions"),
    "treatment-plan": N_("Risk treatment plan"),
    "incident-register": N_("Incident register"),
    "register-33-5": N_("Register of breaches"),
    "incident": N_("Dossier of an incident"),
    "edpb-form": N_("EDPB common form"),
    "decision": N_("Why we told or did not tell"),
    "custody": N_("Custody of evidence"),
    "statistics": N_("Breaches in figures"),
    "processing": N_("Record of processing activities"),
    "asset-inventory": N_("Data inventory"),
    "programme": N_("Programme and plan of the year"),
    "checks": N_("Checks"),
    "handover": N_("Handover"),
    "to-do": N_("To do"),
    "response-card": N_("When data go astray"),
    "staff-report-slip": N_("Report of an incident"),
    "record": N_("One record"),
    "changes": N_("Changes"),
}
"""What the reports are called."""

PAPERS: Final[Mapping[str, str]] = {**REPORTS, "notice": N_("Notice")}
"""What every paper is called that leaves as a PDF: the reports, and the notices of an incident."""

UNDO: Final = N_("Undo: {act}")
REDO: Final = N_("Redo: {act}")
PROBLEM: Final = N_("{field}: {reason}")
NO_LEVEL: Final = N_("Not scored")

DETAILS: Final = (
    # what storage and exchange find a file to be
    N_("it is cut off"),
    N_("a workbook or zip archive"),
    N_("a PDF"),
    N_("an old Office file"),
    N_("a picture"),
    N_("a database of another program"),
    N_("encrypted, or of another program"),
    N_("text"),
    N_("binary"),
    # what the operating system and the database say
    N_("read-only"),
    N_("the folder is read-only or the file is gone"),
    N_("Permission denied"),
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("File name too long"),
)
"""Reasons that come as they are from the rooms below and from the system; `message` translates them."""

_MSGIDS: Final = frozenset({"reason", "detail", "looks_like"})
"""Parameters of failures that are texts of the program, not names."""

_NUMBERS: Final = frozenset({"new", "changed", "findings", "of"})
"""Facts of entries that are numbers."""


def act_words(entry: Entry, t: Translator) -> str:
    """What an entry did: `Edit of R-0012`, `Import of x.csv (798 new, 3 changed)`. An act of a newer program is shown by its key."""
    return _act(entry.act, _facts(entry, t), t)


def undo_words(entry: Entry, t: Translator) -> str:
    """What undoing this entry would be called: `Undo: edit of R-0012`."""
    return t.gettext(UNDO).format(act=_in_sentence(act_words(entry, t), t))


def redo_words(entry: Entry, t: Translator) -> str:
    """What bringing this entry's effect back would be called: `Redo: edit of R-0012`."""
    return t.gettext(REDO).format(act=_in_sentence(act_words(entry, t), t))


def finding_words(finding: Finding, t: Translator) -> str:
    """A sentence for one thing that verification found; one of a newer program is shown by its key and place."""
    patterns = FINDINGS.get(finding.id)
    where, ref = _place(finding, t)
    if patterns is None:
        return " ".join(part for part in (finding.id, ref, where) if part)
    return _told(patterns, {**finding.facts, "where": where, "ref": ref}, t)


def message(error: Expected, t: Translator) -> Message:
    """The three sentences of a failure, with the names that people know instead of keys."""
    told = _parameters(error, t)
    what, safe, do = (
        t.gettext(part).format(**told) if part else "" for part in SENTENCES[error.id]
    )
    return Message(what, safe, do)


def problem_words(problem: Problem, t: Translator) -> str:
    """Why a value cannot be kept: `Residual likelihood: it is a step of the scale, 1 to 5`."""
    label = _label(problem.kind, problem.field, t)
    return t.gettext(PROBLEM).format(field=label, reason=problem.text(t.gettext))


def unfit_words(unfit: Unfit, t: Translator) -> str:
    """Why a text is no value of its field."""
    return t.gettext(unfit.reason).format(**unfit.parameters)


def level_words(level: str | None, t: Translator, vocabulary: Vocabulary) -> str:
    """A level of risk; a risk that was not scored says so."""
    if level is None:
        return t.gettext(NO_LEVEL)
    return vocabulary.terms_of("level").label(level, t.language)


def records_words(number: int, t: Translator) -> str:
    """So many records: `1 record`, `1,500 records`."""
    return t.ngettext(*RECORDS, number).format(number=number_words(number))


def _act(act: str, facts: Mapping[str, str], t: Translator) -> str:
    patterns = ACTS.get(act)
    return act if patterns is None else _told(patterns, facts, t)


def _told(patterns: tuple[str, ...], facts: Mapping[str, str], t: Translator) -> str:
    """The first pattern whose facts are all there; the last one asks for none."""
    for pattern in patterns:
        if all(facts.get(name) for _, name, _, _ in Formatter().parse(pattern) if name):
            return t.gettext(pattern).format(**facts)
    return t.gettext(patterns[-1])


def _facts(entry: Entry, t: Translator) -> dict[str, str]:
    """The facts of an entry, numbers grouped, and what it was about: `what`, `records`, `act` (of an undo), `report`."""
    facts = {
        key: _grouped(value) if key in _NUMBERS else value for key, value in entry.facts.items()
    }
    if rows := _number(entry.facts.get("rows", "")):
        facts["records"] = records_words(rows, t)
    if report := entry.facts.get("report"):
        facts["report"] = t.gettext(PAPERS.get(report, report))
    facts["what"] = _what(entry, t)
    facts["field"] = _field(entry.facts.get("field", ""), t)
    if of_act := entry.facts.get("of_act"):
        facts["act"] = _in_sentence(_act(of_act, facts, t), t)
    return facts


def _field(text: str, t: Translator) -> str:
    """The label of a field given as `risk.status`; "" where it is not known here."""
    kind, _, key = text.partition(".")
    return t.label(kind, key) if kind in KINDS and key in every_field(KINDS[kind]) else ""


def _number(text: str) -> int:
    """The number that a fact gives; 0 where it gives none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _grouped(text: str) -> str:
    return number_words(_number(text)) if _number(text) else text


def _what(entry: Entry, t: Translator) -> str:
    """The records an entry was about: a few by ref, many by number. What it says itself goes before what it touched besides."""
    given = entry.facts.get("refs") or entry.facts.get("ref") or ""
    refs = [ref for ref in re.split(r"[,\s]+", given) if ref]
    number = len(refs)
    if not refs:
        refs = [change.ref for change in entry.changes if change.ref]
        number = max(len(refs), entry.count, _number(entry.facts.get("count", "")))
    if number > len(refs) or number > SHOWN_REFS:
        return records_words(number, t)
    return listed(refs, t)


def _in_sentence(words: str, t: Translator) -> str:
    """Words as they stand after a colon: English without its capital."""
    return words[:1].lower() + words[1:] if t.language == "en" else words


def _place(finding: Finding, t: Translator) -> tuple[str, str]:
    """Where it was found, and in which record: `12/345` is what entry 12 says about record 345, `risk: title, status` two fields."""
    if found := re.fullmatch(r"(\d+)/(\d+)", finding.where):
        return found[1], finding.ref or f"#{found[2]}"
    table, _, keys = finding.where.rpartition(": ")
    kind = table if table in KINDS else kind_of_ref(finding.ref)
    if not kind:
        return finding.where, finding.ref
    return listed((_label(kind, key, t) for key in keys.split(", ")), t), finding.ref


def kind_of_ref(ref: str) -> str:
    """The kind of record that a ref such as `R-0012`, `C3` or `C3.2` names; empty where it names none."""
    if re.fullmatch(r"[A-Z]\d+(\.\d+)?", ref):
        return "step" if "." in ref else "action"
    prefix = ref.split("-", 1)[0]
    return next((key for key, kind in KINDS.items() if kind.prefix and kind.prefix == prefix), "")


def _label(kind: str, key: str, t: Translator) -> str:
    """What a field is called; a key that is none of the kind's is shown as it is."""
    return t.label(kind, key) if kind in KINDS and key in columns(KINDS[kind]) else key


def _parameters(error: Expected, t: Translator) -> dict[str, str | int]:
    told = {
        name: t.gettext(value) if name in _MSGIDS and isinstance(value, str) else value
        for name, value in error.parameters.items()
    }
    kind = str(told.get("kind", ""))
    if kind in KINDS:
        told["kind"] = t.kind_name(kind, plural=False)
    if "field" in told:
        told["field"] = _label(kind, str(told["field"]), t)
    if isinstance(error, Refused):
        told["first"] = problem_words(error.problems[0], t)
    if isinstance(error, Stale) and error.conflicts:
        fields = (conflict.field for conflict in error.conflicts)
        told["fields"] = listed(
            (_label(kind_of_ref(str(error.parameters["ref"])), key, t) for key in fields), t
        )
    return told
