"""Does the record of a draw say all that it must, in the form that it must have. Standard library only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.record import DRAW_FORMAT

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and isinstance(dt.datetime.fromisoformat(value), dt.datetime)
    except ValueError:
        return False


def _are_digests(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_digest, value.values()))


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


_NEEDED: Mapping[str, Callable[[object], bool]] = {
    "format": lambda value: value == DRAW_FORMAT,
    "plan_digest": _is_digest,
    "seed_origin": lambda value: isinstance(value, str) and bool(value.strip()),
    "drawn_at": _is_moment,
    "result_digest": _is_digest,
    "files": _are_digests,
    "placed": _is_count,
    "unplaced": _is_count,
}
_LATER: Mapping[str, Callable[[object], bool]] = {"documents": _are_digests}  # not in the first records


def record_faults(record: Mapping[str, Any]) -> list[str]:
    """Name what the record of a first draw lacks or has in another form; the seed is looked at by itself."""
    needed = [name for name, good in _NEEDED.items() if not good(record.get(name))]
    return needed + [name for name, good in _LATER.items() if name in record and not good(record[name])]
