"""The custody of one piece of evidence, read without the program: docs/journal-format.md and file-format.md in one file.

    python standalone_custody.py clinic.riskreg F-0001

Prints every entry of the history about it, and whether the bytes that are stored still have the checksum with
which they were taken in. Check the history itself first (`standalone_verifier.py`).
"""  # fmt: skip

import hashlib
import json
import sys
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite


def custody(path, ref):
    """The entries about a piece as (number, moment, act, checksum), and the state of its bytes."""
    db = sqlite.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    (record,) = db.execute("SELECT id FROM records WHERE ref = ?", (ref,)).fetchone()
    asked = (
        "SELECT journal.seq, journal.at, journal.act, change.plain FROM change "
        "JOIN journal ON journal.seq = change.seq WHERE change.record = ? ORDER BY journal.seq"
    )
    told, sha256 = [], ""
    for seq, at, act, plain in db.execute(asked, (record,)).fetchall():
        after = json.loads(plain)["after"] or {}
        sha256 = after.get("sha256") or sha256
        told.append((seq, at, act, sha256))
    for seq, at, act, facts in db.execute("SELECT seq, at, act, facts FROM journal").fetchall():
        if act == "export" and ref in json.loads(facts).get("evidence", "").split():
            told.append((seq, at, act, sha256))
    kept = db.execute("SELECT content FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    db.close()
    if kept is None:
        state = "missing" if sha256 else "no file"
    else:
        state = "whole" if hashlib.sha256(kept[0]).hexdigest() == sha256 else "differs"
    return sorted(told), state


if __name__ == "__main__":
    entries, found = custody(*sys.argv[1:3])
    print(*entries, found, sep="\n")
    sys.exit(0 if found in ("whole", "no file") else 1)
