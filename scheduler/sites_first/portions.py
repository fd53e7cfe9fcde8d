"""What people who are alike but for their times have at each site, shared among those who have the same times.

Every group gets its part of each site in proportion, in portions of a person, rounded up or down, the small groups first: they
are nearest to what is exact, and the large ones even out what is left. What all have at a site stays what it is, and so do
those above the cap and by how much. This is the controlled rounding of a table whose rows are in proportion; as each row
keeps within what the rows after it can make good, it always comes out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.chances.sharing import Counts
from scheduler.numbers import Ints

FREE = -1
"""The cap of a column that has none."""


class Parts(NamedTuple):
    """Groups and the whole that each is a part of: how many people each has, and in what portions it is spread."""

    whole: Ints
    number: Ints
    people: Ints
    portion: Ints


class Columns(NamedTuple):
    """What each whole has, in columns such as sites: how many units, and how many a person may have (``FREE``: any)."""

    whole: Ints
    name: Ints
    units: Ints
    cap: Ints


def share_among_parts(parts: Parts, columns: Columns, denominator: int) -> Counts:
    """Give how many units each part has in each column.

    Parameters
    ----------
    parts, columns
        of each whole the units of all columns are ``denominator`` times the people of all parts.
    """
    wholes = int(parts.whole.max(initial=-1)) + 1
    rows = np.lexsort((parts.number, parts.people, parts.whole))
    counts = np.bincount(parts.whole, minlength=wholes)
    starts = np.cumsum(counts) - counts
    left = _Left(columns, np.bincount(parts.whole, parts.people, wholes).astype(np.int64), denominator)
    found = [Counts(*(np.zeros(0, np.int64) for _ in range(3)))]
    for turn in range(int(counts.max(initial=0))):
        active = np.flatnonzero(counts > turn)
        row = np.zeros(wholes, np.int64)
        row[active] = rows[starts[active] + turn]
        cells = np.flatnonzero((counts > turn)[columns.whole])
        of = row[columns.whole[cells]]
        given = left.take(cells, parts.people[of], parts.portion[of])
        some = given > 0
        found.append(Counts(parts.number[of[some]], columns.name[cells[some]], given[some]))
    return Counts(*(np.concatenate(column) for column in zip(*found, strict=True)))


class _Left:
    """What is left of each column, and of the people of each whole, for the parts that have not had their turn."""

    def __init__(self, columns: Columns, people: Ints, denominator: int) -> None:
        self._whole, self._name, self._cap = columns.whole, columns.name, columns.cap
        self._denominator = denominator
        self._units, self._people = columns.units.copy(), people
        # where all together are above the cap, nobody is below it: the excess is then no greater than it must be
        self._above = (columns.cap != FREE) & (columns.units > columns.cap * people[columns.whole])

    def take(self, cells: Ints, people: Ints, portion: Ints) -> Ints:
        """Give a part of each of these whole's columns what it gets; ``people`` and ``portion`` are those of the part."""
        whole, units = self._whole[cells], self._units[cells]
        rest = self._people[whole]
        exact = units * people  # in units times the people that are left
        least, most = self._bounds(cells, units, people, rest - people)
        given = np.maximum(exact // rest // portion * portion, least)
        order = np.lexsort((self._name[cells], given * rest - exact, whole))
        for room in (portion, most):
            open_ = np.minimum(room, most - given)[order]
            missing = people * self._denominator - _sums(whole, given)
            given[order] += np.clip(missing[order] - _before(whole[order], open_), 0, open_)
        self._units[cells] = units - given
        self._people[whole] = rest - people
        return np.asarray(given, np.int64)

    def _bounds(self, cells: Ints, units: Ints, people: Ints, rest: Ints) -> tuple[Ints, Ints]:
        """Give the least and the most that leave the ``rest`` of the people able to keep on their side of the cap."""
        cap, above = self._cap[cells], self._above[cells]
        own, others = cap * people, units - cap * rest
        below = ~above & (cap != FREE)
        least = np.where(above, own, np.where(below, np.maximum(others, 0), 0))
        most = np.where(above, others, np.where(below, np.minimum(units, own), units))
        return least, most


def _sums(whole: Ints, values: Ints) -> Ints:
    """Give each place the sum of all values of its whole."""
    sums: Ints = np.bincount(whole, values).astype(np.int64)
    return sums[whole]


def _before(whole: Ints, values: Ints) -> Ints:
    """Give the sum of the values before each place within its whole; the places stand by whole."""
    before = np.cumsum(values) - values
    first = np.concatenate([np.ones(min(len(whole), 1), bool), whole[1:] != whole[:-1]])
    return np.asarray(before - before[first][np.cumsum(first) - 1], np.int64)
