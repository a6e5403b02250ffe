"""Files kept as evidence: how one comes in, under which name it may go out, and whether it is still what came in.

A file is read twice when it is taken in, and its content is held against its SHA-256 each time it is used.
Its own name is kept as text and is never the name of a file that this program makes: that is `safe_name`.
Rules of reliability.md, E3.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Literal, NamedTuple, TypeAlias

from riskreg import clock
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import Expected
from riskreg.placing import place
from riskreg.records import KINDS, Evidence, Record, declared_links, stored
from riskreg.records.fields import Value
from riskreg.records.values import Count
from riskreg.views import Name, Reader, Register, View
from riskreg.work import QUIET, READING, Work

MOST: Final = 50_000_000
"""Bytes of one file."""

MOST_NAME: Final = 200
"""Bytes of a name that this program gives, in UTF-8: systems take 255, and what is added needs some."""

OPENED: Final = frozenset(
    {"pdf", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "txt", "log", "md"}
    | {"csv", "docx", "xlsx", "pptx", "odt", "ods", "odp", "mp3", "m4a", "wav", "mp4", "mov"}
)
"""Endings of files that may be opened from here: the others can do something when they are opened."""


_STEP: Final = 1 << 20
_UNFIT: Final = re.compile('[<>:"|?*]')
_DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)", re.I
)
"""Names that Windows takes for devices, whatever follows the dot (Microsoft, Naming Files, Paths, and Namespaces)."""

SET_WHEN_TAKEN: Final = ("file_name", "file_size", "sha256")
"""Fields that say what the kept file is: nobody types over them."""

State: TypeAlias = Literal["whole", "differs", "missing", "elsewhere"]
"""Of the content of a piece of evidence; `elsewhere`: it was never here, a workbook brought the row."""


class Taken(NamedTuple):
    """A file as it was taken in."""

    name: str
    content: bytes
    sha256: str


class Held(NamedTuple):
    """Content as it is stored, and whether it still is what came in."""

    content: bytes
    is_whole: bool


class Saved(NamedTuple):
    """A file that was written, and whether its content still is what came in."""

    path: Path
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One piece of evidence that was held against its SHA-256."""

    ref: str
    title: str
    sha256: str
    size: int
    state: State


# Coming in


def take(path: Path, work: Work = QUIET, most: int = MOST) -> Taken:
    """Read a file for the register.

    Args:
        path: The file.
        work: Progress; may cancel.
        most: Bytes that it may have.

    Raises:
        Expected: It is not there, not an ordinary file, cannot be read, is too large, or was changed
            while it was read ("not_found", "evidence_not_a_file", "cannot_read", "evidence_too_large", "evidence_changed").
        Cancelled: The user stopped it.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Expected("evidence_not_a_file", path=path.name)
        content = _read(path, work, most)
        again = _digest(path, work)
    except FileNotFoundError:
        raise Expected("not_found", path=path.name) from None
    except OSError as error:
        raise Expected("cannot_read", path=path.name, reason=error.strerror or "") from None
    sha256 = sha256_of(content)
    if again != (sha256, len(content)):
        raise Expected("evidence_changed", path=path.name)
    return Taken(name_as_text(path.name), content, sha256)


def sha256_of(content: bytes) -> str:
    """By what content is known, in hex."""
    return hashlib.sha256(content).hexdigest()


def _read(path: Path, work: Work, most: int) -> bytes:
    """All of a file; the bytes are counted as they come, for a size can lie."""
    parts: list[bytes] = []
    read = 0
    with path.open("rb") as file:
        while part := file.read(_STEP):
            work.step(READING, read, most)
            parts.append(part)
            read += len(part)
            if read > most:
                size = max(read, path.stat().st_size)
                raise Expected("evidence_too_large", path=path.name, size=size, most=most)
    return b"".join(parts)


def _digest(path: Path, work: Work) -> tuple[str, int]:
    found, read = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(_STEP):
            work.step(READING, read)
            found.update(part)
            read += len(part)
    return found.hexdigest(), read


def attachment(
    reader: Reader, taken: Taken, to: int | None = None, *, title: str = ""
) -> ChangeSet:
    """The change set that keeps a file; the piece of evidence is -1 in it.

    Args:
        reader: Knows what it is attached to.
        taken: The file.
        to: The record it shows something of; None for a piece that stands alone. A piece of evidence gets
            a newer version, which takes over its title, type and ties.
        title: What it is called; its file's name where this is empty.

    Raises:
        Expected: The record is not there, or no file can be attached to its kind ("no_evidence_for").
    """
    record = None if to is None else reader.record(to)
    own: dict[str, Value] = {"received_on": clock.today(_zone(reader))}
    own |= _ties(record)
    named = title.strip() or str(own.get("title", "")) or taken.name
    own |= {
        "title": named,
        "file_name": taken.name,
        "file_size": Count(len(taken.content)),
        "sha256": taken.sha256,
    }
    facts = {"refs": record.ref} if record else {}
    return ChangeSet(
        act="attach",
        changes=(*_older(record), addition("evidence", {**own, "status": "current"})),
        facts={**facts, "size": str(len(taken.content))},
        files={taken.sha256: taken.content},
    )


def newer(reader: Reader, record: Evidence) -> tuple[int, Name] | None:
    """The newest version that takes the place of a piece of evidence, those in the bin left out; None where there is none."""
    found, seen = None, {record.id}
    id = record.id
    while True:
        names = reader.names(reader.links(id).get("replaced_by", frozenset()) - seen)
        there = [(each, name) for each, name in sorted(names.items()) if not name.is_deleted]
        if not there:
            return found
        found = there[-1]
        id = found[0]
        seen.add(id)


def _zone(reader: Reader) -> str:
    return reader.organisation().zone or "UTC"


def _ties(record: Record | None) -> dict[str, Value]:
    """What a new piece of evidence takes over from the record it is attached to: the link, or all of an older version.

    What shows something of a privileged record is privileged, and a newer version is held as the older one is.
    What shows something of a notice, a decision, an assessment or an entry belongs to their incident too.
    """
    if record is None:
        return {}
    if isinstance(record, Evidence):
        kept = {key: record.get(key) for key in stored(Evidence) if key in _TAKEN_OVER}
        return {**kept, "replaces": frozenset({record.id})}
    tied: dict[str, Value] = {
        link_to(record.kind): frozenset({record.id}),
        "is_privileged": record.is_privileged,
    }
    if "incident" in declared_links(type(record)) and record.get("incident"):
        tied[link_to("incident")] = record.get("incident")
    return tied


def _older(record: Record | None) -> Iterable[Change]:
    """The older version is replaced from now on, so that nothing is asked of it any more."""
    found = edit(record, {"status": "replaced"}) if isinstance(record, Evidence) else None
    return () if found is None else (found,)


_TAKEN_OVER: Final = frozenset(
    {"title", "evidence_type", "is_privileged", "hold_reason", "hold_by"}
    | {*(declared_links(Evidence).keys() - {"replaces"})}
)


def link_to(kind: str) -> str:
    """The field by which evidence shows something of a kind; raises `Expected` ("no_evidence_for")."""
    for key, what in declared_links(Evidence).items():
        if what.to == kind:
            return key
    raise Expected("no_evidence_for", kind=kind)


def can_hold(kind: str) -> bool:
    """Whether a file can be attached to records of a kind."""
    return kind == "evidence" or any(
        what.to == kind for what in declared_links(KINDS["evidence"]).values()
    )


# Names


def name_as_text(name: str) -> str:
    """The name of a file as the register keeps it: what no text can hold is replaced, nothing else."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff"
        else char
        for char in name
    ).strip()


def name_shown(name: str) -> str:
    """A name as it is read: what would turn or hide a part of it is named (`⟨202E⟩`)."""
    return "".join(
        f"⟨{ord(char):04X}⟩" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
        for char in name
    )


def safe_name(name: str) -> str:
    """A name under which a file may be saved on any system: one part, no device, nothing that turns or hides it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(
        char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    clean = _UNFIT.sub("_", clean).strip(" .") or "file"
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    return _cut(clean)


def _cut(name: str) -> str:
    ending = PurePosixPath(name).suffix
    if len(ending.encode()) > MOST_NAME // 4:
        ending = ""
    room = MOST_NAME - len(ending.encode())
    stem = name.removesuffix(ending).encode()[:room].decode(errors="ignore")
    return f"{stem.rstrip(' .') or 'file'}{ending}"


def may_be_opened(name: str) -> bool:
    """Whether a file with this name is of a type that does nothing by itself when it is opened."""
    return PurePosixPath(safe_name(name)).suffix.lower().removeprefix(".") in OPENED


# Going out


def held(reader: Reader, record: Evidence) -> Held:
    """The content of a piece of evidence, held against its SHA-256; raises `Expected` ("no_content")."""
    content = reader.content(record.sha256)
    return Held(content, sha256_of(content) == record.sha256)


def evidence(reader: Reader, id: int) -> Evidence:
    """A piece of evidence; raises `Expected` ("no_record", "not_evidence")."""
    record = reader.record(id)
    if not isinstance(record, Evidence):
        raise Expected("not_evidence", ref=record.ref)
    return record


def save(
    register: Register, id: int, target: Path, *, is_over: bool = False, work: Work = QUIET
) -> Saved:
    """Write the content of a piece of evidence to a file, and note in the journal that a copy left.

    What no longer matches is written too, for it may be all there is; `Saved.is_whole` says so.

    Args:
        register: The register.
        id: The piece of evidence.
        target: The file; in a folder, the safe form of its own name.
        is_over: Replace what is there.
        work: May cancel.

    Raises:
        Expected: There is no content, something is there already, or it cannot be written.
    """
    record = evidence(register, id)
    found = held(register, record)
    target = target / safe_name(record.file_name) if target.is_dir() else target
    if target.exists() and not is_over:
        raise Expected("exists", path=target.name)
    put(target, found.content, work)
    register.note("export", {"evidence": record.ref, "sha256": record.sha256})
    return Saved(target, found.is_whole)


def put(target: Path, content: bytes, work: Work = QUIET) -> None:
    """Write content to a file that takes its place when it reads back as it was written."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    def check(file: BinaryIO) -> bool:
        file.seek(0)
        return file.read() == content

    place(target, write, check, work)


# Whether it is whole


_SHOWN: Final = View(kinds=("evidence",), columns=("ref", "title", "sha256", "file_size"))


def examined(reader: Reader, work: Work = QUIET) -> Iterator[Examined]:
    """Every piece of evidence that names a file, with whether its content is whole; one in memory at a time."""
    known: dict[str, State] = {}
    came, erased = _told(reader)
    ids = reader.ids(_SHOWN)
    for done, row in enumerate(reader.rows(_SHOWN, ids)):
        work.step(READING, done, len(ids))
        ref, title, sha256, size = row.values
        name = str(sha256 or "")
        if not name or ref in erased:
            continue
        if name not in known:
            known[name] = _state(reader, name, came)
        number = (size.number if isinstance(size, Count) else None) or 0
        yield Examined(ref=str(ref), title=str(title), sha256=name, size=number, state=known[name])


def _told(reader: Reader) -> tuple[frozenset[str], frozenset[str]]:
    """What the history says: which content came in, and the refs of what was erased."""
    log = reader.log()
    came = (sha256 for entry in log for sha256 in entry.facts.get("content", "").split())
    erased = (entry.facts.get("refs", "") for entry in log if entry.act == "erase")
    return frozenset(came), frozenset(erased)


def _state(reader: Reader, sha256: str, came: frozenset[str]) -> State:
    try:
        content = reader.content(sha256)
    except Expected as refused:
        if refused.id != "no_content":
            raise
        return "missing" if sha256 in came else "elsewhere"
    return "whole" if sha256_of(content) == sha256 else "differs"
