"""One byte form for a value, so that a digest means the same on every machine.

JSON with sorted keys, no blanks, UTF-8, no floats: two programs that follow this sentence give
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Give the canonical JSON bytes of a value made of dict, list, str, int, bool and None.

    Raises
    ------
    TypeError
        for a float: its text differs between languages.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest(value: Any) -> str:
    """Give the SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_floats(value: Any) -> None:
    """Look through everything, without recursion: a plan may hold millions of values."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        kind = type(one)
        if kind is str or kind is int:
            continue
        if isinstance(one, float):
            raise TypeError("a float has no canonical form; use an int, a string or a fraction")
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
