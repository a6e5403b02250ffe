"""What stands in one editor as a draft keeps it: its value, and text that is no value yet."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from riskreg.records.fields import FieldKind
from riskreg.records.jsons import Json, from_json, to_json
from riskreg.records.values import Unfit
from ui.forms.editor import Editor


def kept_of(editor: Editor, what: FieldKind) -> dict[str, Json]:
    """For a draft: `typed`, and `value` where what was typed is one."""
    kept: dict[str, Json] = {"typed": editor.typed()}
    with suppress(Unfit):
        kept["value"] = to_json(what, editor.value())
    return kept


def put_back(editor: Editor, what: FieldKind, kept: Mapping[str, Json], zone: str) -> None:
    """Put it back; `zone` is the organisation's."""
    if "value" in kept:
        editor.set_value(from_json(what, kept["value"], zone))
    if kept.get("typed"):
        editor.type(kept["typed"])
