"""A small generator of choices from SHA-256: the same choices on every machine and Python version."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Choices that depend on the tag alone; each part of the examples has a tag of its own.

    So a change in one part leaves the other parts' bytes as they are.
    """

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._count = 0

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to limit - 1."""
        self._count += 1
        block = hashlib.sha256(f"zhengkao-examples:{self._tag}:{self._count}".encode()).digest()
        return int.from_bytes(block[:8], "big") % limit

    def pick(self, options: Sequence[T]) -> T:
        """Give one of the options."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """Say yes in so many of a hundred cases."""
        return self.below(100) < percent

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Give a day from first to last; never 29 February, whose anniversaries are disputed."""
        day = first + dt.timedelta(days=self.below((last - first).days + 1))
        return day.replace(day=28) if (day.month, day.day) == (2, 29) else day

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """Give the options in another order."""
        rest = list(options)
        for index in range(len(rest) - 1, 0, -1):
            other = self.below(index + 1)
            rest[index], rest[other] = rest[other], rest[index]
        return rest
