"""One byte form for a value, so that a digest means the same on every machine.

JSON with sorted keys, no blanks, UTF-8, no floats: two programs that follow this sentence give
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import orjson

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_PLAIN = {str, int, bool, type(None)}
_CONTAINERS = {dict, list}
_MANY = 1000  # members of a list that are turned into text at a time
_EXPONENT = re.compile(rb"e(?<=[0-9]e)[-+0-9]")  # the letter first: to search for a letter is fast


def canonical_bytes(value: Any) -> bytes:
    """Give the canonical JSON bytes of a value made of dict, list, str, int, bool and None.

    An iterator counts as the list of what it gives.

    Raises
    ------
    TypeError
        for a float: its text differs between languages.
    """
    return b"".join(_pieces(value))


def digest(value: Any) -> str:
    """Give the SHA-256 of the canonical bytes, in hex; they are never all in memory at once."""
    found = hashlib.sha256()
    for piece in _pieces(value):
        found.update(piece)
    return found.hexdigest()


def _pieces(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        yield b"{"
        for number, name in enumerate(sorted(value)):
            yield (b"," if number else b"") + _json(name) + b":"
            yield from _pieces(value[name])
        yield b"}"
    elif isinstance(value, list | tuple | Iterator):
        yield b"["
        members = iter(value)
        for number, first in enumerate(members):
            some = [first, *islice(members, _MANY - 1)]
            yield (b"," if number else b"") + _json(some)[1:-1]
        yield b"]"
    else:
        yield _json(value)


def _json(value: Any) -> bytes:
    try:
        written = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError:  # a number beyond 64 bits, which the standard library writes all the same
        _refuse_floats(value)
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    if _may_hold_a_float(written):
        _refuse_floats(value)
    return written


def _may_hold_a_float(written: bytes) -> bool:
    """Say whether JSON holds what every float is written with: a point, an exponent, or null for what is no number.

    Text may hold the same. Most does not, and to look through bytes takes a tenth of the time that values take.
    """
    return b"." in written or b"null" in written or _EXPONENT.search(written) is not None


def _refuse_floats(value: Any) -> None:
    """Look through everything, level by level and without recursion: a plan may hold millions of values."""
    level = [value]
    while level:
        kinds = set(map(type, level))
        if any(issubclass(kind, float) for kind in kinds):
            raise TypeError("a float has no canonical form; use an int, a string or a fraction")
        if kinds <= _PLAIN:
            return
        dicts: list[dict[Any, Any]] = [one for one in level if type(one) is dict]
        lists: list[Any] = [one for one in level if type(one) is list]
        others = kinds - _CONTAINERS - _PLAIN
        if others:  # tuples, and whatever is derived from one of these
            dicts += [one for one in level if type(one) in others and isinstance(one, dict)]
            lists += [one for one in level if type(one) in others and isinstance(one, list | tuple)]
        level = [*chain.from_iterable(map(dict.values, dicts)), *chain.from_iterable(lists)]
