"""How often the interpreter looks for cycles among values: seldom, in runs over long lists."""

from __future__ import annotations

import gc

_AFTER = 1_000_000  # new values


def seldom() -> None:
    """Look for cycles seldom: next to nothing of a list forms any, and among millions of values it takes long."""
    gc.set_threshold(_AFTER, 50, 1000)
