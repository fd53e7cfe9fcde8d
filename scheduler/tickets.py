"""Tickets: hashes that nobody knows before the seed, by which the draw puts people and posts in order.

Standard library only; docs/draw-specification.md says for each kind what is hashed.
"""

from __future__ import annotations

import hashlib

SEAT_TAG = b"zhengkao/seat/1"
"""The kind of ticket by which people take seats and places, in a draw as in a change of it."""


def ticket(tag: bytes, key: bytes, text: str) -> bytes:
    """Give the ticket of one kind that somebody or something has, by the key of a draw."""
    one = begun(tag, key)
    one.update(text.encode("utf-8"))
    return one.digest()


def begun(tag: bytes, key: bytes) -> hashlib._Hash:
    """Give the part that all tickets of one kind share; where there are very many, each goes on from a copy."""
    return hashlib.sha256(tag + b"\x00" + key + b"\x00")
