"""Who sits beside whom: pairs of neighbours in a room that have something in common, counted.

Seats are numbered row by row. Neighbours are left and right in one row, and front and behind in one
column. Whole numbers, standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import eq
from typing import NamedTuple


class Alike(NamedTuple):
    """Pairs of neighbours of one institution, of one class, with one item; compared in this order."""

    institution: int
    same_class: int
    item: int

    def plus(self, other: Alike) -> Alike:
        """Give the sum with another room's."""
        return Alike(*map(sum, zip(self, other, strict=True)))


NONE_ALIKE = Alike(0, 0, 0)


def alike_pairs(values: Sequence[object], columns: int) -> int:
    """Count the pairs of neighbours with equal values, of seats 1, 2 … in rows of ``columns``."""
    beside = sum(map(eq, values, values[1:]))
    over_the_row_end = sum(map(eq, values[columns - 1 :: columns], values[columns::columns]))
    behind = sum(map(eq, values, values[columns:]))
    return int(beside - over_the_row_end + behind)
