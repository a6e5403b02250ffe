"""What verification finds wrong in a register, in sentences: by the key of a finding, from the most telling to the plainest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.i18n import N_

FINDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "chain_broken": (
        N_("Entry {where} does not follow from the entry before it."),
        N_("The chain of entries is broken."),
    ),
    "hash_wrong": (
        N_("Entry {where} was changed after it was written: its hash does not fit."),
        N_("An entry was changed after it was written."),
    ),
    "payload_wrong": (
        N_("What entry {where} says about {ref} was changed after it was written."),
        N_("The content of entry {where} was changed after it was written."),
        N_("The content of an entry was changed after it was written."),
    ),
    "payload_missing": (
        N_("What entry {where} says about {ref} is gone, and no erasure explains it."),
        N_("Content of entry {where} is gone, and no erasure explains it."),
        N_("Content of an entry is gone, and no erasure explains it."),
    ),
    "sequence_gap": (
        N_("Entries are missing before number {where}."),
        N_("Entries are missing from the history."),
    ),
    "register_wrong": (
        N_("Entry {where} belongs to another register."),
        N_("The history belongs to another register."),
    ),
    "replay_differs": (
        N_("{where} of {ref} is not what the history says."),
        N_("{ref} is not what the history says."),
        N_("{where} is not what the history says."),
        N_("A record is not what the history says."),
    ),
    "row_missing": (
        N_("{ref} is in the history, but the record is missing."),
        N_("{where} is in the history, but missing from the register."),
        N_("A record of the history is missing from the register."),
    ),
    "draft_wrong": (
        N_("A draft of what somebody was typing was changed outside the program."),
    ),
    "row_extra": (
        N_("{ref} is in the register, but not in the history."),
        N_("{where} is in the register, but not in the history."),
        N_("A record is in the register, but not in the history."),
    ),
    "link_missing": (
        N_("A link of {ref} is in the history, but missing from the register ({where})."),
        N_("A link is in the history, but missing from the register ({where})."),
        N_("A link of the history is missing from the register."),
    ),
    "link_extra": (
        N_("A link of {ref} is in the register, but not in the history ({where})."),
        N_("A link is in the register, but not in the history ({where})."),
        N_("A link is in the register, but not in the history."),
    ),
    "derived_wrong": (
        N_("{where} of {ref} is not what the rules work out."),
        N_("{where} is not what the rules work out."),
        N_("A score or date is not what the rules work out."),
    ),
    "file_missing": (
        N_("The file of {ref} is missing from the register."),
        N_("A file kept as evidence is missing from the register."),
    ),
    "file_differs": (
        N_("The file of {ref} does not match its recorded SHA-256."),
        N_("A file kept as evidence does not match its recorded SHA-256."),
    ),
    "index_wrong": (
        N_("The search index does not fit {ref}; searching may miss it."),
        N_("The search index does not fit the records; searching may miss some."),
    ),
    "database_wrong": (
        N_("The database reports damage: {detail}."),
        N_("The database reports damage ({where})."),
        N_("The database reports damage."),
    ),
    "fingerprint_unknown": (
        N_("The fingerprint {fingerprint} is not in this history: entries were removed or rewritten, or it is of another register."),
        N_("The fingerprint is not in this history: entries were removed or rewritten, or it is of another register."),
    ),
    "left_at_restore": (
        N_("The fingerprint {fingerprint} is of the history that was left when entry {where} restored a backup."),
        N_("The fingerprint is of a history that was left when a backup was restored."),
    ),
    "unreadable": (
        N_("A part of the history cannot be read ({where})."),
        N_("A part of the history cannot be read."),
    ),
    "clock_backwards": (
        N_("Entry {where} is dated before the entry it follows: the computer's clock was set back."),
        N_("An entry is dated before the entry it follows: the computer's clock was set back."),
    ),
}  # fmt: skip
