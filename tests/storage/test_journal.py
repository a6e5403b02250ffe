"""The journal's format is fixed: vectors, a register made by an earlier program, and a verifier that is not ours."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import register
from riskreg.changes import ChangeSet, edit
from riskreg.errors import Expected
from riskreg.findings import FINDINGS
from riskreg.storage import engine, journal, migrate
from riskreg.storage.journal import ChangeRow, EntryRow, History, Step
from riskreg.views import Register, View
from tests.storage import standalone_verifier as stranger
from tests.storage.make_journal_fixture import FILE

DOCUMENT = Path(__file__).parents[2] / "docs" / "journal-format.md"

# worked out once by the rules of docs/journal-format.md; they never change
REGISTER = "00000000-0000-4000-8000-000000000001"
CHANGE = ChangeRow(
    seq=2, record=86, kind="party", version=1,
    plain='{"after":{"party_type":"person","ref":"P-0001"},"before":null}',
    personal='{"after":{"title":"K. Chan 陳 \\"x\\" \\n\\u0001"},"before":null}',
    plain_salt=bytes(range(16)), personal_salt=bytes(range(16, 32)),
    commitments=bytes.fromhex(
        "aaa58e30ee4ab5d295c5d9f3ac7e5213ad15ddef93c665050accfeea1105dafe"
        "a7cf3243a0720116ccddcc4b44b129f34ae08546dbd1fa899f283e33354b7c5f"
    ),
)  # fmt: skip
ENTRY = EntryRow(
    seq=2, at="2026-11-20T10:40:00Z", actor='["lee","S. Lee 李"]', act="add",
    facts='{"count":"1","refs":"P-0001"}', undoes=None, prev=bytes.fromhex("11" * 32),
    hash=bytes.fromhex("163c3774cc33979b1bd303fb3d9ce83ce395478cc4de13ca47874e5a138ab7b3"),
)  # fmt: skip
FINGERPRINT = "2-2RY3-EX6C-6EBS-P6YK-0FXK"


def test_commitments_when_computed_then_they_are_what_they_always_were() -> None:
    assert CHANGE.personal is not None
    assert CHANGE.personal_salt is not None
    assert journal.commitment(CHANGE.plain_salt, CHANGE.plain) == CHANGE.commitments[:32]
    assert journal.commitment(CHANGE.personal_salt, CHANGE.personal) == CHANGE.commitments[32:]


def test_hash_when_computed_then_it_is_what_it_always_was() -> None:
    assert journal.entry_hash(REGISTER, ENTRY, [CHANGE]) == ENTRY.hash
    assert journal.fingerprint(2, ENTRY.hash) == FINGERPRINT == stranger.fingerprint(2, ENTRY.hash)


@pytest.mark.parametrize(
    "typed",
    ["412-abcd-efgh-jkmn-pqrs-tvwx", " 412-ABCD EFGH JKMN PQRS TVWX ", "412-ABCDEFGHJKMNPQRSTVWX"],
)
def test_fingerprint_when_typed_by_a_person_then_it_is_understood(typed: str) -> None:
    assert journal.normal_fingerprint(typed) == "412-ABCD-EFGH-JKMN-PQRS-TVWX"
    assert journal.normal_fingerprint("7-OIL1") == "7-0111"


# a register that an earlier program made


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    return in_this_format(tmp_path / "earlier.riskreg")


def in_this_format(path: Path) -> Path:
    """The register in tables of today, its journal as it was: opening it for editing would add an entry."""
    found = engine.writer(Path(shutil.copyfile(FILE, path)))
    with found.begin() as connection:
        migrate.upgrade(connection)
    engine.raw(found).close()
    return path


def test_register_of_format_1_when_opened_then_it_verifies_by_both_verifiers(earlier: Path) -> None:
    newest, findings = stranger.verify(str(earlier))
    assert findings == []
    found = register.open(earlier, read_only=True)
    verified = found.verify()
    found.close()
    assert verified.findings == ()
    assert (verified.entries, verified.fingerprint) == (27, newest)


def test_register_of_format_1_when_read_then_its_acts_are_all_there(earlier: Path) -> None:
    found = register.open(earlier, read_only=True)
    acts = {entry.act for entry in found.log(full=True)}
    found.close()
    assert acts == {
        "create", "add", "edit", "import", "link", "unlink", "delete", "unbin", "undo", "redo", "erase",
        "restore", "migrate", "rules", "export", "report", "backup", "verify",
    }  # fmt: skip


def test_register_of_format_1_when_every_moment_is_asked_for_then_it_can_be_read(
    earlier: Path,
) -> None:
    found = register.open(earlier, read_only=True)
    seen = [len(found.as_of(seq).log()) for seq in range(1, 28)]
    found.close()
    assert seen == list(range(1, 28))


def test_register_of_format_1_when_changed_then_undone_then_it_verifies(earlier: Path) -> None:
    found = register.open(earlier)
    change = edit(found.record(found.find("P-0001")), {"title": "Somebody else"})
    assert change is not None
    found.apply(ChangeSet(act="edit", changes=(change,)))
    found.undo()
    assert found.record(found.find("P-0001")).title != "Somebody else"
    found.redo()
    assert found.verify().ok
    found.close()
    assert stranger.verify(str(earlier))[1] == []


def test_fingerprint_when_it_is_of_this_history_then_both_know_it(earlier: Path) -> None:
    found = register.open(earlier, read_only=True)
    old = _fingerprint(earlier, 18)
    assert found.verify(old).ok
    assert stranger.verify(str(earlier), old)[1] == []
    [finding] = found.verify("18-AAAA-AAAA-AAAA-AAAA-AAAA").findings
    assert finding.id == "fingerprint_unknown"
    assert stranger.verify(str(earlier), "18-AAAA-AAAA-AAAA-AAAA-AAAA")[1] != []
    left = next(entry for entry in found.log() if entry.act == "restore").facts["left"]
    assert [finding.id for finding in found.verify(left).findings] == ["left_at_restore"]
    found.close()


def _fingerprint(path: Path, seq: int) -> str:
    [row] = rows(path, "SELECT seq, hash FROM journal WHERE seq = ?", seq)
    return stranger.fingerprint(*row)


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    connection = driver.connect(str(path))
    try:
        return list(connection.execute(sql, values).fetchall())
    finally:
        connection.close()


TAMPERED = {
    "an act": "UPDATE journal SET act = 'edit' WHERE seq = 5",
    "a time": "UPDATE journal SET at = '2026-11-24T09:00:59Z' WHERE seq = 4",
    "an actor": "UPDATE journal SET actor = '[\"someone\",\"\"]' WHERE seq = 4",
    "a fact": "UPDATE journal SET facts = replace(facts, 'risks.csv', 'other.csv') WHERE seq = 5",
    "an undo": "UPDATE journal SET undoes = 13 WHERE seq = 15",
    "a previous hash": "UPDATE journal SET prev = zeroblob(32) WHERE seq = 7",
    "a hash": "UPDATE journal SET hash = zeroblob(32) WHERE seq = 7",
    "the register": "UPDATE journal SET facts = replace(facts, '-4', '-5') WHERE seq = 1",
    "an entry deleted": "DELETE FROM journal WHERE seq = 6",
    "a number": "UPDATE journal SET seq = 99 WHERE seq = 27",
    "an entry put in": "INSERT INTO journal SELECT 28, at, actor, act, facts, undoes, hash, hash FROM journal WHERE seq = 27",
    "entries swapped": "UPDATE journal SET seq = CASE seq WHEN 19 THEN 20 ELSE 19 END + 1000 WHERE seq IN (19, 20); UPDATE journal SET seq = seq - 1000 WHERE seq > 1000",
    "a plain payload": "UPDATE change SET plain = replace(plain, '~150', '~15') WHERE seq = 3",
    "white space in a payload": "UPDATE change SET plain = plain || ' ' WHERE seq = 3",
    "a personal payload": "UPDATE change SET personal = replace(personal, 'Payroll', 'Other') WHERE seq = 3",
    "a salt": "UPDATE change SET plain_salt = zeroblob(16) WHERE seq = 3",
    "a personal salt": "UPDATE change SET personal_salt = zeroblob(16) WHERE seq = 3",
    "a payload removed": "UPDATE change SET personal = NULL, personal_salt = NULL WHERE seq = 3",
    "a payload removed, its salt left": "UPDATE change SET personal = NULL WHERE seq = 3",
    "an erased payload put back": "UPDATE change SET personal = '{}', personal_salt = zeroblob(16) WHERE seq = 2",
    "a commitment": "UPDATE change SET commitments = zeroblob(64) WHERE seq = 3",
    "a commitment cut": "UPDATE change SET commitments = substr(commitments, 1, 32), personal = NULL, personal_salt = NULL WHERE seq = 3",
    "a version": "UPDATE change SET version = 7 WHERE seq = 6",
    "a kind": "UPDATE change SET kind = 'asset' WHERE seq = 6",
    "a change deleted": "DELETE FROM change WHERE seq = 6",
    "a change moved": "UPDATE change SET seq = 13 WHERE seq = 6",
    "a change of no entry": "INSERT INTO change SELECT 999, record, kind, version, plain, personal, plain_salt, personal_salt, commitments FROM change WHERE seq = 6",
    "a title": "UPDATE records SET title = 'Another' WHERE ref = 'R-0001'",
    "a ref": "UPDATE records SET ref = 'R-0009' WHERE ref = 'R-0001'",
    "a record's version": "UPDATE records SET version = version + 1 WHERE ref = 'R-0001'",
    "a creation moved": "UPDATE records SET created_at = '2020-01-01T00:00:00Z' WHERE ref = 'R-0001'",
    "a withdrawal": "UPDATE records SET withdrawn = 0 WHERE ref = 'R-0004'",
    "a text": "UPDATE risk SET cause = 'Another' WHERE cause <> ''",
    "a choice": "UPDATE action SET status = 'verified' WHERE status = 'planned'",
    "a count": "UPDATE asset SET people_count = 15",
    "a precision": "UPDATE asset SET people_count_precision = 'exact'",
    "a list": "UPDATE asset SET data_types = '[\"health\"]'",
    "facts": "UPDATE incident SET other_facts = '{}'",
    "a record": "DELETE FROM incident",
    "a link removed": "DELETE FROM links WHERE role = 'affects'",
    "a link added": "INSERT INTO links SELECT id, 'threatens', (SELECT id FROM asset) FROM records WHERE ref = 'R-0001'",
}  # fmt: skip
"""Ways to alter a register with another tool; both verifiers must find each."""

OURS_ALONE = {
    "a score": "UPDATE risk SET residual_score = 25 WHERE residual_score = 4",
    "an instant": "UPDATE incident SET aware_at = '2026-11-24T10:41:00Z'",
    "a next date": "UPDATE records SET due_at = '2020-01-01' WHERE ref = 'R-0001'",
    "a number": "UPDATE records SET number = 77 WHERE ref = 'R-0001'",
    "a title of an action": "UPDATE records SET title = 'Another' WHERE ref = 'C3'",
    "a word of the index": "DELETE FROM search WHERE rowid = (SELECT id FROM records WHERE ref = 'R-0001')",
    "a step of the migrations": "UPDATE alembic_version SET version_num = '0000'",
    "a storage class": "UPDATE risk SET residual_score = 4.5 WHERE residual_score = 4",
}  # fmt: skip
"""What is computed, which the stranger's verifier leaves out."""


def tamper(path: Path, sql: str) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys = 0")
    before = connection.total_changes
    for statement in sql.split("; "):
        connection.execute(statement)
    assert connection.total_changes > before, "nothing was altered, so that this test says nothing"
    connection.close()


def ours(path: Path) -> set[str]:
    """The findings of the product; a refusal counts as one."""
    try:
        found = register.open(path, read_only=True)
    except Expected as refused:
        return {refused.id}
    try:
        return {finding.id for finding in found.verify().findings}
    finally:
        found.close()


def theirs(path: Path) -> set[str]:
    try:
        return {str(finding[0]) for finding in stranger.verify(str(path))[1]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"unreadable"}


@pytest.mark.parametrize("what", TAMPERED)
def test_register_when_altered_with_another_tool_then_both_verifiers_name_it(
    earlier: Path, what: str
) -> None:
    tamper(earlier, TAMPERED[what])
    assert ours(earlier)
    assert theirs(earlier)
    in_the_chain = {
        "sequence_gap",
        "chain_broken",
        "hash_wrong",
        "payload_wrong",
        "payload_missing",
    }
    if theirs(earlier) & in_the_chain:
        assert ours(earlier) & in_the_chain == theirs(earlier) & in_the_chain


@pytest.mark.parametrize("what", OURS_ALONE)
def test_register_when_something_computed_is_altered_then_verify_names_it(
    earlier: Path, what: str
) -> None:
    tamper(earlier, OURS_ALONE[what])
    assert ours(earlier)


def test_register_when_its_newest_entries_are_cut_off_then_only_a_fingerprint_tells(
    earlier: Path,
) -> None:
    kept = _fingerprint(earlier, 27)
    tamper(earlier, "DELETE FROM journal WHERE seq > 26")
    assert ours(earlier) == set()  # said plainly in docs/journal-format.md
    found = register.open(earlier, read_only=True)
    assert [finding.id for finding in found.verify(kept).findings] == ["fingerprint_unknown"]
    found.close()


def test_tampered_register_when_read_then_no_question_ends_in_a_traceback(earlier: Path) -> None:
    for sql in [*TAMPERED.values(), *OURS_ALONE.values()][::4]:  # the others are alike
        copy = in_this_format(earlier.with_name("copy.riskreg"))
        tamper(copy, sql)
        asks_everything(copy)


def asks_everything(path: Path) -> None:
    """Put every question; each answers or raises `Expected`."""
    try:
        found = register.open(path, read_only=True)
    except Expected:
        return
    ids = range(1, 95)
    questions: tuple[Callable[[], object], ...] = (
        lambda: found.log(full=True), lambda: [found.log(id=id) for id in ids],
        lambda: found.as_of(20), lambda: found.entry(5), lambda: found.head(), lambda: found.records(ids),
        lambda: found.state(ids, dict.fromkeys(ids, 1)), lambda: found.organisation(),
        lambda: found.rows(View(kinds=("incident",), columns=("other_facts", "tags", "aware_at", "records_count")), ids),
        lambda: found.moment("2026-11-24"), lambda: found.verify(),
    )  # fmt: skip
    for question in questions:
        try:
            question()
        except Expected:
            continue
    found.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET plain = 'no json' WHERE seq = 4",
        "UPDATE change SET plain = '[]' WHERE seq = 4",
        'UPDATE change SET plain = \'{"after":5,"before":null}\' WHERE seq = 4',
        'UPDATE change SET plain = \'{"after":{"aware_at":"noon"},"before":null}\' WHERE seq = 4',
        'UPDATE change SET plain = \'{"after":{"colour":"red"},"before":null}\' WHERE seq = 4',
        "UPDATE change SET kind = 'robot' WHERE seq = 4",
        "UPDATE change SET plain = CAST(x'ff' AS TEXT) WHERE seq = 4",
        "UPDATE change SET commitments = 'text' WHERE seq = 4",
        "UPDATE journal SET facts = 'no json' WHERE seq = 4",
        "UPDATE journal SET facts = '[]' WHERE seq = 22",
        "UPDATE journal SET actor = '{}' WHERE seq = 4",
        "UPDATE journal SET actor = '[1,2,3]' WHERE seq = 4",
        "UPDATE journal SET at = 'noon' WHERE seq = 27",
        "UPDATE journal SET hash = 'text' WHERE seq = 27",
        "UPDATE journal SET facts = '{}' WHERE seq = 1",
        "UPDATE incident SET other_facts = 'x'",
        "UPDATE incident SET tags = '{}'",
        "UPDATE incident SET aware_at = 'noon'",
        "UPDATE incident SET aware_at_zone = 'Mars/Base'",
        "UPDATE records SET created_at = 'noon' WHERE ref = 'I-2026-001'",
        "UPDATE records SET due_at = 'noon' WHERE ref = 'I-2026-001'",
        "UPDATE records SET kind = 'robot' WHERE ref = 'I-2026-001'",
        "UPDATE records SET ref = 'nonsense' WHERE ref = 'I-2026-001'",
        "UPDATE organisation SET zone = 'Mars/Base'",
        "DELETE FROM records WHERE kind = 'organisation'",
    ],
)
def test_register_when_its_content_is_nonsense_then_verify_names_it_and_nothing_crashes(
    earlier: Path, sql: str
) -> None:
    tamper(earlier, sql)
    assert ours(earlier)
    asks_everything(earlier)


# what undo would take


def test_history_when_read_from_steps_then_it_is_what_happened() -> None:
    steps = [Step(1, "create", None, True), Step(2, "add", None, True), Step(3, "edit", None, True)]
    history = History(steps)
    assert (history.undoable, history.redoable) == (3, None)
    history.add(Step(4, "undo", 3, True))
    history.add(Step(5, "export", None, False))
    assert (history.undoable, history.redoable) == (2, 4)
    history.add(Step(6, "redo", 4, True))
    assert (history.undoable, history.redoable) == (6, None)
    history.add(Step(7, "undo", 6, True))
    history.add(Step(8, "undo", 2, True))
    assert (history.undoable, history.redoable) == (None, 8)
    history.add(Step(9, "add", None, True))
    assert (history.undoable, history.redoable) == (9, None)


@pytest.mark.parametrize("act", sorted(journal.BARRIERS))
def test_history_when_a_barrier_comes_then_nothing_before_it_is_undone(act: str) -> None:
    history = History(
        [Step(1, "add", None, True), Step(2, "add", None, True), Step(3, "undo", 2, True)]
    )
    history.add(Step(4, act, None, act == "erase"))
    assert (history.undoable, history.redoable) == (None, None)


# every bit


def test_chain_when_any_bit_of_a_short_history_is_turned_then_it_is_named(opened: Register) -> None:
    opened.note("export", {"file": "x.xlsx"})
    opened.note("report", {"file": "y.pdf"})
    path = opened.path
    opened.close()
    entries = [EntryRow(*row) for row in rows(path, "SELECT * FROM journal ORDER BY seq")]  # type: ignore[arg-type]
    changes: dict[int, list[ChangeRow]] = {}
    for row in rows(path, "SELECT * FROM change ORDER BY seq, record"):
        changes.setdefault(int(str(row[0])), []).append(ChangeRow(*row))  # type: ignore[arg-type]
    name = json.loads(entries[0].facts)["register"]
    assert list(journal.check_chain(name, entries, changes)) == []
    for place, entry in enumerate(entries[1:], 1):
        for field in ("at", "actor", "act", "facts", "prev", "hash"):
            value = getattr(entry, field)
            whole = bytearray(value if isinstance(value, bytes) else value.encode())
            for bit in range(len(whole) * 8):
                whole[bit // 8] ^= 1 << bit % 8
                turned = (
                    bytes(whole)
                    if isinstance(value, bytes)
                    else whole.decode(errors="surrogateescape")
                )
                whole[bit // 8] ^= 1 << bit % 8
                altered = [*entries]
                altered[place] = entry._replace(**{field: turned})
                assert list(journal.check_chain(name, altered, changes)), (field, bit)


# the document


def test_document_when_read_then_it_names_every_finding_that_verify_gives() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = text[text.index("## Findings") :]
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", listed, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(journal.__file__), *Path(journal.__file__).parent.glob("verify.py"), Path(journal.__file__).with_name("store.py"), Path(journal.__file__).with_name("blobs.py"))
    )  # fmt: skip
    given = {name for name in {*FINDINGS, "left_at_restore"} if f'"{name}"' in source}
    assert named == given


def test_document_when_read_then_its_barriers_and_acts_are_ours() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for act in journal.BARRIERS:
        assert f"`{act}`" in text or f" {act} " in text


def test_stranger_when_imported_then_it_knows_nothing_of_the_program() -> None:
    source = Path(stranger.__file__).read_text(encoding="utf-8")
    assert "riskreg." not in re.sub(r"\"\"\".*?\"\"\"", "", source, count=1, flags=re.DOTALL)
