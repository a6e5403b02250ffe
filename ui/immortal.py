"""A workaround that keeps the program alive under Python 3.10 and 3.11.

PySide6 6.12.0 is built as if `None`, `True` and `False` were immortal, as they are from Python 3.12 on (PEP 683): every `Signal.emit`
takes one reference of `True` too many and every call that returns nothing one of `None`. Older Pythons count these references, and
abort the process ("bool_dealloc: deallocating True or False") after some ten thousand. Measured: 500 emits, 500 references lost.

It can go when Python 3.12 is the oldest that is supported, or when a PySide6 is locked in which `tests/ui/test_immortal.py` passes
without it.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PLENTY: Final = 1 << 40
"""References that no session uses up."""


def keep_constants_alive() -> None:
    """Give the constants so many references that they are as good as immortal; does nothing where they are."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in (None, True, False):
        if sys.getrefcount(constant) < _PLENTY:
            # the count is the first word of every object of CPython 3.10 and 3.11
            ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY
