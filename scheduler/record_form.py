"""Does the record of a first draw say all that it must, in the form that it must have, and nothing else. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.record import DRAW_FORMAT
from scheduler.reveal import moment

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(moment(value))
    except ValueError:
        return False


def _is_reveal(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"announcement_digest", "secret", "public_value"}


def _are_digests(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_digest, value.values()))


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


_NEEDED: Mapping[str, Callable[[object], bool]] = {
    "format": lambda value: value == DRAW_FORMAT,
    "plan_digest": _is_digest,
    "seed": _is_digest,
    "seed_origin": lambda value: isinstance(value, str),
    "drawn_at": _is_moment,
    "result_digest": _is_digest,
    "files": _are_digests,
    "placed": _is_count,
    "unplaced": _is_count,
    "digest": _is_digest,
}
_SOMETIMES: Mapping[str, Callable[[object], bool]] = {
    "reveal": _is_reveal,
    "documents": _are_digests,  # this and the next two are not in the first records
    "vacant": _is_count,
    "seating": lambda value: isinstance(value, dict),
}


def record_faults(record: Mapping[str, Any]) -> list[str]:
    """Name what the record of a first draw lacks, has in another form, or has beside what it may have."""
    needed = [name for name, good in _NEEDED.items() if not good(record.get(name))]
    later = [name for name, good in _SOMETIMES.items() if name in record and not good(record[name])]
    return needed + later + sorted(record.keys() - _NEEDED.keys() - _SOMETIMES.keys())
