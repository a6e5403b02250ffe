"""A scale: the steps of likelihood and impact, how they make a score, and the bands of levels.

Kept as the one text that `rules.scales` reads, so that a scale is changed as a whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import prose, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringScale(Record):
    """One way of scoring risks."""

    kind: ClassVar[str] = "scale"
    prefix: ClassVar[str] = "SC"
    auxiliary: ClassVar[bool] = True
    icon: ClassVar[str] = "ruler"
    singular: ClassVar[str] = N_("Scale")
    plural: ClassVar[str] = N_("Scales")

    is_default: bool | None = yes_no(
        N_("In force"), short=True, help=N_("New scores are given by it.")
    )
    text: str = prose(N_("Steps and bands"), help=N_("In TOML, as the catalogue writes it."))
