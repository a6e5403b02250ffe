"""Says which texts a translation lacks, and which lost or gained a place to fill in.

python -m tests.architecture.translations FOLDER_WITH_PO_FILES
"""

from __future__ import annotations

import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Message


def problems(po: Path) -> list[str]:
    """What a translator still has to do in one file, one line each."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.stem, abort_invalid=True)
    return [
        f"{po.name}:{message.lineno}: {problem}: {_forms(message.id)[0]!r}"
        for message in catalogue
        if message.id and (problem := _problem(message))
    ]


def _problem(message: Message) -> str | None:
    if message.fuzzy:
        return "marked as uncertain"
    if not all(_forms(message.string)):
        return "not translated"
    asked = set().union(*map(_places, _forms(message.id)))
    if any(not _places(text) <= asked for text in _forms(message.string)):
        return "fills in something that the text does not offer"
    if _places(_forms(message.id)[-1]) - _places(_forms(message.string)[-1]):
        return "leaves out something that is filled in"
    return None


def _forms(texts: str | tuple[str, ...] | list[str]) -> list[str]:
    """Singular and plurals, or the only form."""
    return [texts] if isinstance(texts, str) else list(texts)


def _places(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"(a brace that stands alone)"}


def main(folder: Path) -> int:
    """Print all problems; 1 when there are any."""
    found = [problem for po in sorted(folder.glob("*.po")) for problem in problems(po)]
    print("\n".join(found) or "Every text is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
