"""Waiting for what other threads do, so that Ctrl-C gets through on every system."""

from __future__ import annotations

from concurrent.futures import Future, wait
from typing import TypeVar

Result = TypeVar("Result")
_SLICE = (
    0.5  # seconds until an interruption is noticed where the system does not break a wait off: on Windows
)


def outcome(future: Future[Result]) -> Result:
    """Wait for what another thread or process does; gives its result, or raises what it raised."""
    while not future.done():
        wait([future], timeout=_SLICE)
    return future.result()
