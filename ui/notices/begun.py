"""What was entered of what came back and is not kept yet, as a draft keeps it: by the ref of the notice, then by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from riskreg.records import Notice, stored
from riskreg.records.jsons import Json, from_json, to_json
from ui.notices.sent_pane import Begun

DRAFT = "{ref}/notices"
"""The key of the draft, `ref` being that of the incident."""


def written(begun: Mapping[int, Begun], notices: Iterable[Notice]) -> dict[str, Json]:
    """For a draft."""
    kinds, refs = stored(Notice), {each.id: each.ref for each in notices}
    return {
        refs[id]: {key: [to_json(kinds[key], value), typed] for key, (value, typed) in each.items()}
        for id, each in begun.items()
        if id in refs
    }


def read(kept: Mapping[str, Json], notices: Iterable[Notice], zone: str) -> dict[int, Begun]:
    """Put a draft back: what is of notices that are still there; `zone` is the organisation's."""
    kinds = stored(Notice)
    return {
        each.id: {
            key: (from_json(kinds[key], value, zone), typed)
            for key, (value, typed) in kept[each.ref].items()
        }
        for each in notices
        if each.ref in kept
    }
