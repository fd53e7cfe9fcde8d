"""What the replica saw, for those who judge a client's manners: gaps, overlaps, refusals.

No name and no number is ever written: a number appears as a keyed hash, and a path only if it is
one of the site's own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Visit:
    """One query as it arrived.

    ``nth`` counts from 1; ``gap`` is the seconds since the query before arrived (None for the
    first); ``concurrent`` counts the queries under way, this one included.
    """

    nth: int
    gap: float | None
    concurrent: int


class Audit:
    """Counts queries and, where a path is given, writes one line of JSON per request.

    Parameters
    ----------
    path
        the log, appended to; None counts only.
    key
        key of the hash that stands for an identity number.
    clock
        seconds, as ``time.time``.
    """

    def __init__(self, path: Path | None, key: bytes, clock: Callable[[], float]) -> None:
        self._path, self._key, self._clock = path, key, clock
        self._lock = threading.Lock()
        self._queries = 0
        self._concurrent = 0
        self._last: float | None = None

    @property
    def queries(self) -> int:
        """How many queries have arrived."""
        return self._queries

    def arrive(self) -> Visit:
        """Count a query in."""
        with self._lock:
            now = self._clock()
            gap = None if self._last is None else round(now - self._last, 3)
            self._last = now
            self._queries += 1
            self._concurrent += 1
            return Visit(self._queries, gap, self._concurrent)

    def leave(self) -> None:
        """Count a query out, once its answer is delivered or given up."""
        with self._lock:
            self._concurrent -= 1

    def write(self, path: str, event: str, **details: Any) -> None:
        """Append one line; it is on disk when this returns."""
        if self._path is None:
            return
        with self._lock, self._path.open("a", encoding="utf-8") as log:  # closing flushes
            moment = dt.datetime.fromtimestamp(self._clock(), dt.UTC).isoformat(timespec="milliseconds")
            line = {"time": moment, "path": path, "event": event, **details}
            log.write(json.dumps(line, ensure_ascii=False) + "\n")

    def hashed(self, number: str) -> str:
        """Give what stands for a number in the log: the same for the same number and key."""
        return hmac.new(self._key, f"audit {number}".encode(), hashlib.sha256).hexdigest()[:32]
