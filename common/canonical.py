"""One byte form for a value, so that a digest means the same on every machine.

JSON with sorted keys, no blanks, UTF-8, no floats: two programs that follow this sentence give
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import orjson

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_PLAIN = {str, int, bool, type(None)}
_CONTAINERS = {dict, list}
_MANY = 1000  # members of a list that are turned into text at a time


def canonical_bytes(value: Any) -> bytes:
    """Give the canonical JSON bytes of a value made of dict, list, str, int, bool and None.

    An iterator counts as the list of what it gives.

    Raises
    ------
    TypeError
        for a float: its text differs between languages.
    """
    return "".join(_pieces(value)).encode("utf-8")


def digest(value: Any) -> str:
    """Give the SHA-256 of the canonical bytes, in hex; they are never all in memory at once."""
    found = hashlib.sha256()
    for piece in _pieces(value):
        found.update(piece.encode("utf-8"))
    return found.hexdigest()


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        yield "{"
        for number, name in enumerate(sorted(value)):
            yield f"{',' if number else ''}{_text(name)}:"
            yield from _pieces(value[name])
        yield "}"
    elif isinstance(value, list | tuple | Iterator):
        yield "["
        members = iter(value)
        for number, first in enumerate(members):
            some = [first, *islice(members, _MANY - 1)]
            yield f"{',' if number else ''}{_text(some)[1:-1]}"
        yield "]"
    else:
        yield _text(value)


def _text(value: Any) -> str:
    _refuse_floats(value)
    try:
        return orjson.dumps(value, option=_OPTIONS).decode("utf-8")
    except orjson.JSONEncodeError:  # a number beyond 64 bits, which the standard library writes all the same
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
