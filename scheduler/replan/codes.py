"""From a substitute code to the seed of a change, as bytes; docs/draw-specification.md, section "Changes".

Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from common.canonical import digest
from scheduler.seed.commitment import code_bytes, commitment
from scheduler.tickets import ticket

_TRIAL, _SEED, _LEAVE = b"zhengkao/trial-substitute/1", b"zhengkao/replan/1", b"zhengkao/leave/1"
_ANNOUNCED_SEED, _ANNOUNCED_LEAVE = b"zhengkao/replan/2", b"zhengkao/leave/2"


def trial_code(seed: str, number: int) -> str:
    """Give the code of the k-th change of a draw that was not announced: anybody can work it out."""
    data = _TRIAL + b"\x00" + bytes.fromhex(seed) + number.to_bytes(8, "big")
    return hashlib.sha256(data).hexdigest()


def is_committed(announcement: Mapping[str, Any], number: int, code: object) -> bool:
    """Say whether a code is the k-th substitute of an announcement."""
    listed = announcement["substitute_commitments"]
    try:
        return number <= len(listed) and commitment(number, code_bytes(code)) == listed[number - 1]
    except ValueError:
        return False


def change_seed(code: str, parent: str, plan: str, changes: str) -> str:
    """Give the seed, in hex, from the code and three digests: parent record, new plan, table of changes."""
    return _hash(_SEED, code, parent, plan, changes).hex()


def announced_seed(code: str, announcement: Mapping[str, Any], value: str) -> str:
    """Give the seed, in hex, of a change that was announced: of its code, what was announced, and the public value.

    The announcement's digest is worked out here, never read, so that a changed announcement is another seed.
    """
    fixed = [announcement[name] for name in ("parent", "plan_digest", "changes_digest")]
    rest = {name: told for name, told in announcement.items() if name != "digest"}
    return _hash(_ANNOUNCED_SEED, code, *fixed, digest(rest), last=value.encode("utf-8")).hex()


def leave_key(code: str, parent: str, changes: str) -> bytes:
    """Give the key of the tickets by which people leave what has become too small, in a change drawn at once."""
    return _hash(_LEAVE, code, parent, changes)


def announced_leave_key(code: str, seed: str) -> bytes:
    """Give the same of a change that is announced: from its code and the seed of the draw that it changes.

    Neither the table nor the record of that draw counts: who tries other words, or draws a second later, finds the same order.
    """
    return _hash(_ANNOUNCED_LEAVE, code, seed)


def leave_ticket(key: bytes, trainee_id: str) -> bytes:
    """Give the ticket of somebody who sits where there may be too little room."""
    return ticket(_LEAVE, key, trainee_id)


def _hash(tag: bytes, *parts: str, last: bytes = b"") -> bytes:
    return hashlib.sha256(tag + b"\x00" + b"".join(bytes.fromhex(one) for one in parts) + last).digest()
