"""A paper as values: what stands on it, whatever file it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from riskreg.case_words import DRILL
from riskreg.i18n import translator
from riskreg.notices.prepared import PaperKind, Prepared
from riskreg.notices.saying import NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One item on paper.

    Attributes:
        heading: What it is about.
        text: What is said; "" where nothing is known.
        lack: Says what is not known yet; "" where all is.
        part: The heading over it and those that follow with the same one; "" for none.
    """

    heading: str
    text: str
    lack: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A paper, ready to be printed or written as Word.

    Attributes:
        kind: What it is.
        prepared: What it was made from.
        title: Its heading.
        facts: Label and value above the text: to whom, from whom, reference, day.
        before: Paragraphs before the items.
        blocks: The items.
        after: Paragraphs after them.
        sender: Name, address, telephone and email of the organisation, those that are known.
        is_drill: Every page says so.
        remarks: What whoever uses the paper has to know; never on what is sent as it is.
    """

    kind: PaperKind
    prepared: Prepared
    title: str
    facts: tuple[tuple[str, str], ...]
    before: tuple[str, ...]
    blocks: tuple[Block, ...]
    after: tuple[str, ...]
    sender: tuple[str, ...]
    is_drill: bool
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text: what is copied, and kept as sent where nobody changes it."""
        if self.kind == "message":
            return "\n".join(self.before)
        fact = translator(self.prepared.language).gettext(NAMED)
        lines = [DRILL] if self.is_drill else []
        lines += [*self.sender, "", self.title]
        lines += [fact.format(field=label, value=said) for label, said in self.facts]
        lines += [line for each in self.before for line in ("", each)]
        part = ""
        for block in self.blocks:
            if block.part != part:
                part = block.part
                lines += ["", part]
            lines += ["", *filter(None, (block.heading, block.text, block.lack))]
        lines += [line for each in self.after for line in ("", each)]
        return "\n".join(lines)
