"""Check a register's history without the program: docs/journal-format.md in one file.

    python standalone_verifier.py clinic.riskreg [FINGERPRINT]

Checks the chain, the commitments and erasures, replays the journal and compares versions, fields and links
with the tables. It leaves out what is computed (scores, levels, dates, titles of policy actions) and the
search index. Needs `sqlcipher3`, or any other driver of SQLite in its place.
"""  # fmt: skip

import hashlib
import json
import sys
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROLES = {
    "risk.owner": "owner", "asset.owner": "owner", "action.owner": "owner", "risk.assets": "threatens",
    "incident.assets": "affects", "incident.risks": "materialises", "incident.actions": "shows_gap",
    "evidence.incidents": "shows_incident", "action.risks": "lowers", "action.assets": "protects", "step.action": "step_of",
}  # fmt: skip


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha(*parts):
    whole = b"".join(
        part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass") for part in parts
    )
    return hashlib.sha256(whole).digest()


def fingerprint(seq, digest):
    letters = "".join(
        ALPHABET[int.from_bytes(digest, "big") >> shift & 31] for shift in range(251, 151, -5)
    )
    return "-".join([str(seq), *(letters[at : at + 4] for at in range(0, 20, 4))])


def chain(entries, changes):
    register = json.loads(entries[0]["facts"])["register"]
    before, number = bytes(32), 1
    for entry in entries:
        rows = [row for row in changes if row["seq"] == entry["seq"]]
        listed = [
            [row["record"], row["kind"], row["version"], row["commitments"].hex()] for row in rows
        ]
        parts = [1, register, entry["seq"], entry["prev"].hex(), entry["at"], entry["actor"], entry["act"],
                 entry["facts"], entry["undoes"], listed]  # fmt: skip
        if entry["seq"] != number:
            yield "sequence_gap", entry["seq"]
        if entry["prev"] != before:
            yield "chain_broken", entry["seq"]
        if sha(canonical(parts)) != entry["hash"]:
            yield "hash_wrong", entry["seq"]
        before, number = entry["hash"], entry["seq"] + 1


def payloads(entries, changes):
    known = {entry["seq"]: entry["act"] for entry in entries}
    erased = {row["record"]: row["seq"] for row in changes if known.get(row["seq"]) == "erase"}
    for row in changes:
        where, found = f"{row['seq']}/{row['record']}", sha(row["plain_salt"], row["plain"])
        if row["personal"] is not None and row["personal_salt"] is not None:
            found += sha(row["personal_salt"], row["personal"])
        elif row["personal"] != row["personal_salt"]:
            yield "payload_wrong", where
        elif len(row["commitments"]) == 64:
            if erased.get(row["record"], 0) < row["seq"]:
                yield "payload_missing", where
            found += row["commitments"][32:]
        if found != row["commitments"]:
            yield "payload_wrong", where
        if row["seq"] not in known:
            yield "row_extra", where


def replay(entries, changes):
    at, records = {entry["seq"]: entry["at"] for entry in entries}, {}
    for row in changes:
        plain, personal = (
            json.loads(row["plain"]),
            json.loads(row["personal"] or '{"before":{},"after":{}}'),
        )
        before, after = (
            None if plain[side] is None else {**plain[side], **(personal[side] or {})}
            for side in ("before", "after")
        )
        record = records.setdefault(row["record"], {"kind": row["kind"], "version": 0, "created_at": at[row["seq"]],
                                                    "withdrawn": 1, "fields": {}})  # fmt: skip
        follows = row["version"] == record["version"] + 1 and row["kind"] == record["kind"]
        if not follows or (before is None) != bool(record["withdrawn"]):
            yield "replay_differs", f"{row['seq']}/{row['record']}"
        record |= {
            "version": row["version"],
            "updated_at": at[row["seq"]],
            "withdrawn": int(after is None),
        }
        record["fields"] = (
            {"ref": record["fields"].get("ref")} if after is None else record["fields"] | after
        )
    return records


def columns(record, key, names):
    """What the columns of a field hold (docs/file-format.md); None for the key of links."""
    value = record["fields"].get(key)
    if f"{key}_zone" in names:
        return None  # the stored UTC moment needs a table of zones, which this check leaves out
    if f"{key}_precision" in names:
        number = None if value in (None, "?", "tbd") else int(value.strip("~"))
        words = {None: None, "?": "undeterminable", "tbd": "to_be_determined"}
        return {
            key: number,
            f"{key}_precision": words.get(
                value, "approximate" if str(value)[0] == "~" else "exact"
            ),
        }
    if key in ("tags", "data_types", "subject_categories", "people_live_in"):
        return {key: canonical(value or [])}
    if key == "other_facts":
        return {key: canonical(dict(value or []))}
    return {key: int(value) if isinstance(value, bool) else value}


def tables(db, records):
    links = set()
    for id, record in records.items():
        row = db.execute("SELECT * FROM records WHERE id = ?", (id,)).fetchone()
        own = db.execute(f'SELECT * FROM "{record["kind"]}" WHERE id = ?', (id,)).fetchone()
        ref = record["fields"].get("ref")
        if row is None or (own is None) != bool(record["withdrawn"]):
            yield "row_missing", ref
            continue
        wanted = {
            key: record[key] for key in ("kind", "version", "created_at", "updated_at", "withdrawn")
        } | {"ref": ref}
        if record["kind"] not in ("action", "step"):
            wanted["title"] = record["fields"].get("title") or ""
        for key in record["fields"].keys() if own is not None else ():
            names = own.keys()
            if f"{record['kind']}.{key}" in ROLES:
                links |= {
                    (id, ROLES[f"{record['kind']}.{key}"], target)
                    for target in record["fields"][key]
                }
            elif key in names:
                wanted |= columns(record, key, names) or {}
        stored = {**(dict(own) if own is not None else {}), **dict(row)}
        for key in wanted:
            if stored[key] != wanted[key]:
                yield "replay_differs", f"{ref}: {key}"
    for (id,) in db.execute("SELECT id FROM records").fetchall():
        if id not in records:
            yield "row_extra", f"records {id}"
    found = set(map(tuple, db.execute("SELECT source, role, target FROM links").fetchall()))
    yield from (("link_missing", link) for link in links - found)
    yield from (("link_extra", link) for link in found - links)


def verify(path, asked=""):
    """The fingerprint of the newest entry and all findings."""
    db = sqlite.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite.Row
    entries = db.execute("SELECT * FROM journal ORDER BY seq").fetchall()
    changes = db.execute("SELECT * FROM change ORDER BY seq, record").fetchall()
    found = [*chain(entries, changes), *payloads(entries, changes)]
    if not found:
        replayed = replay(entries, changes)
        try:
            while True:
                found.append(next(replayed))
        except StopIteration as end:
            found += tables(db, end.value)
    db.close()
    known = [fingerprint(entry["seq"], entry["hash"]) for entry in entries]
    if asked and asked not in known:
        found.append(("fingerprint_unknown", asked))
    return known[-1], found


if __name__ == "__main__":
    newest, findings = verify(*sys.argv[1:3])
    print(newest, *findings, sep="\n")
    sys.exit(1 if findings else 0)
