"""How often the interpreter looks for cycles among values: seldom, in runs over long lists."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_AFTER = 1_000_000  # new values


def seldom() -> None:
    """Look for cycles seldom: next to nothing of a list forms any, and among millions of values it takes long."""
    gc.set_threshold(_AFTER, 50, 1000)


@contextmanager
def never() -> Iterator[None]:
    """Look for no cycles for a while, and never again among what was made meanwhile: a plan is millions of values and no cycle."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
