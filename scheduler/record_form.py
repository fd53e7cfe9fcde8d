"""Does the record of a draw say all that it must, in the form that it must have, and nothing else. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.record import DRAW_FORMAT
from scheduler.seed.public_terms import moment

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(moment(value))
    except ValueError:
        return False


def _are_digests(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_digest, value.values()))


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _are(*names: str) -> Callable[[object], bool]:
    """Give what says whether a value has just these keys."""
    return lambda value: isinstance(value, dict) and value.keys() == set(names)


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)


Form = Mapping[str, Callable[[object], bool]]

_ALWAYS: Form = {
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
_SOMETIMES: Form = {
    "reveal": _are("announcement_digest", "secret", "public_value"),
    "documents": _are_digests,  # this and the next two are not in the first records
    "vacant": _is_count,
    "seating": _is_dict,
}
_OF_A_CHANGE: Form = {
    **_ALWAYS,
    "change_number": _is_count,
    "parent": _is_digest,
    "changes_digest": _is_digest,
    "code": _is_digest,
    "committed": lambda value: isinstance(value, bool),
    "plan_file": _is_digest,
    "chain_files": _are_digests,
    "documents": _are_digests,
    "vacant": _is_count,
    "seating": _is_dict,
}
_OF_AN_ANNOUNCED_CHANGE: Form = {"reveal": _are("announcement_digest", "public_value")}


def record_faults(record: Mapping[str, Any]) -> list[str]:
    """Name what the record of a first draw lacks, has in another form, or has beside what it may have."""
    return _faults(record, _ALWAYS, _SOMETIMES)


def change_record_faults(record: Mapping[str, Any]) -> list[str]:
    """Name what the record of a change lacks, has in another form, or has beside what it may have."""
    return _faults(record, _OF_A_CHANGE, _OF_AN_ANNOUNCED_CHANGE)


def _faults(record: Mapping[str, Any], needed: Form, others: Form) -> list[str]:
    wrong = [name for name, good in needed.items() if not good(record.get(name))]
    wrong += [name for name, good in others.items() if name in record and not good(record[name])]
    return wrong + sorted(record.keys() - needed.keys() - others.keys())
