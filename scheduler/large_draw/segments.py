"""Ranks and neighbours within the parts of a long array: everything about all sessions, or all rooms, at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.large_draw.ordering import distinct, order_by
from scheduler.numbers import Ints


class Ranks(NamedTuple):
    """The rank of each row's value within its part, and how many values that part has."""

    rank: Ints
    values: Ints

    def spread(self) -> Ints:
        """Give the spread ranks of docs/draw-specification.md: with three values or more the second is put last."""
        moved = np.where(self.rank == 1, self.values - 1, self.rank - 1)
        return np.where((self.values < 3) | (self.rank == 0), self.rank, moved)


def ranked(part: Ints, values: Ints) -> Ranks:
    """Rank values by how often their part has them, most first, and then by who comes first.

    Rows stand by part and, within a part, in the order that says who comes first.
    """
    first, counts, number = distinct(part, values - values.min(initial=0))
    of = part[first]
    order = order_by(of, counts.max(initial=0) - counts, first)
    sizes = np.bincount(of, minlength=int(part.max(initial=-1)) + 1)
    starts = np.cumsum(sizes) - sizes
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - starts[of[order]]
    return Ranks(rank[number], sizes[part])


def of_first(part: Ints, values: Ints, told: Ints) -> Ints:
    """Give each row what is ``told`` of the first row of its part with the same value."""
    first, _, number = distinct(part, values - values.min(initial=0))
    return np.asarray(told[first][number])


class Grid:
    """The seats of all rooms, one room after the other, each row by row.

    Parameters
    ----------
    sizes, columns
        of each room: people who sit in it, and seats in a row.
    """

    def __init__(self, sizes: Ints, columns: Ints) -> None:
        self.rooms = len(sizes)
        self.room = np.repeat(np.arange(len(sizes)), sizes)
        self.seat = np.arange(len(self.room)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wide, size = columns[self.room], sizes[self.room]
        beside = (self.seat + 1 < size) & ((self.seat + 1) % wide != 0)
        behind = self.seat + wide < size
        rows = np.arange(len(self.room))
        self._first = np.concatenate([rows[beside], rows[behind]])
        self._second = np.concatenate([rows[beside] + 1, rows[behind] + wide[behind]])

    def alike(self, values: Ints) -> Ints:
        """Give each room's pairs of neighbours with equal values; one value a seat."""
        equal = values[self._first] == values[self._second]
        return np.bincount(self.room[self._first[equal]], minlength=self.rooms)
