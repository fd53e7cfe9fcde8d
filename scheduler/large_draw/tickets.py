"""The tickets of a large plan: a hash for each person, which Python makes one by one; another process does it meanwhile.

docs/draw-specification.md, sections 6 and 9, says what a ticket is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext

import numpy as np
import orjson

from scheduler.numbers import Ints
from scheduler.other_process import OtherProcess
from scheduler.tickets import begun

MANY = 200_000
"""People from whom on another process is worth its start."""


@contextmanager
def ranked_meanwhile(
    names: Sequence[str], tags: Sequence[bytes], key: bytes, many: int = MANY
) -> Iterator[Future[list[Ints]]]:
    """Start to rank people by their tickets; gives what will be everybody's rank for each tag.

    Parameters
    ----------
    names
        the ids of the people.
    tags, key
        what a ticket is made of beside the id: its kinds, and what plan and seed gave.
    many
        people from whom on another process does it.
    """
    with ThreadPoolExecutor(1) as waiting, _helper(len(names) >= many) as helper:
        if helper is None:
            yield waiting.submit(ranks, names, tags, key)
        else:
            yield waiting.submit(helper.do, _ranks_of_text, orjson.dumps(names), tags, key)


def _helper(wanted: bool) -> OtherProcess | nullcontext[None]:
    if not wanted or (os.cpu_count() or 1) < 2:
        return nullcontext()
    try:
        return OtherProcess(__name__)
    except OSError:  # as where memory is short
        return nullcontext()


def _ranks_of_text(names: bytes, tags: Sequence[bytes], key: bytes) -> list[Ints]:
    """Rank people whose names come as one text: to hand over very many one by one takes longer than half of the hashes."""
    return ranks(orjson.loads(names), tags, key)


def ranks(names: Sequence[str], tags: Sequence[bytes], key: bytes) -> list[Ints]:
    """Give everybody's rank by the ticket of each tag, equal tickets by name: 0 is the lowest of all."""
    texts = [name.encode("utf-8") for name in names]
    return [_ranks(texts, begun(tag, key)) for tag in tags]


def _ranks(names: Sequence[bytes], prefix: hashlib._Hash) -> Ints:
    digests = bytearray()
    for name in names:
        ticket = prefix.copy()
        ticket.update(name)
        digests += ticket.digest()
    words = np.frombuffer(digests, ">u8")[::4].astype(np.uint64)
    order = np.argsort(words)
    first = words[order]
    if (first[1:] == first[:-1]).any():  # the whole ticket decides, and then the name
        digest = bytes(digests)
        order = np.array(
            sorted(range(len(names)), key=lambda one: (digest[32 * one : 32 * one + 32], names[one])),
            np.int64,
        )
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order))
    return found
