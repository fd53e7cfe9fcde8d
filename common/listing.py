"""The first few of many, as a sentence names them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice


def first_few(names: Collection[str], most: int, unit: str = "") -> str:
    """Name the first ones; where there are more, say so and, with a ``unit``, how many there are in all."""
    told = "、".join(islice(names, most))
    if len(names) <= most:
        return told
    return f"{told} 等 {len(names)} {unit}" if unit else f"{told} 等"
