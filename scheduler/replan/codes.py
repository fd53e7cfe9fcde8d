"""From a substitute code to the seed of a change, as bytes; docs/draw-specification.md, section "Changes".

Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from scheduler.commitment import code_bytes, commitment

_TRIAL, _SEED, _LEAVE = b"zhengkao/trial-substitute/1", b"zhengkao/replan/1", b"zhengkao/leave/1"


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


def leave_key(code: str, parent: str, changes: str) -> bytes:
    """Give the key of the tickets by which people leave what has become too small."""
    return _hash(_LEAVE, code, parent, changes)


def leave_ticket(key: bytes, trainee_id: str) -> bytes:
    """Give the ticket of somebody who sits where there may be too little room."""
    return hashlib.sha256(_LEAVE + b"\x00" + key + b"\x00" + trainee_id.encode("utf-8")).digest()


def _hash(tag: bytes, *parts: str) -> bytes:
    return hashlib.sha256(tag + b"\x00" + b"".join(bytes.fromhex(one) for one in parts)).digest()
