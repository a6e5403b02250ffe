"""What is said of every expected failure: three sentences by its id.

The sentences are msgids of the catalogue: `riskreg.i18n` translates them, the window and the command
line show them. What stands in braces are names of files, counts, refs and field keys, never the
content of a record, but for who set a legal hold and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from riskreg.messages.asked import ASKED
from riskreg.messages.breach import BREACH
from riskreg.messages.files import FILES
from riskreg.messages.marked import Message
from riskreg.messages.notices import NOTICES
from riskreg.messages.register import REGISTER

SENTENCES: Final[Mapping[str, Message]] = {**REGISTER, **FILES, **ASKED, **BREACH, **NOTICES}
