"""The costs that ``scheduler.arrays`` is given: whether totals fit into 64 bits, and smaller costs with the same best counts.

Each row's demand is met exactly, so what is taken from all costs of a row changes every total by the same: only the
range of costs decides which counts are best, not their magnitude.
"""

from __future__ import annotations

import numpy as np

from scheduler.numbers import Bools, Ints

_BITS = np.iinfo(np.int64)


def check_total(costs: Ints, usable: Bools, demands: Ints, room: Ints, parts: int = 1) -> None:
    """Check that no counts can have a total cost beyond 64 bits.

    Parameters
    ----------
    demands, room
        what rows demand and each pair can carry, in units of which ``parts`` make one.

    Raises
    ------
    ValueError
        some might; the text begins with the argument's name.
    """
    greatest = max(abs(int(costs.max(initial=0))), abs(int(costs.min(initial=0))))
    if sum(map(int, demands)) * greatest <= _BITS.max * parts:
        return  # as nearly always: nothing needs to be sorted
    least = most = 0
    for row in np.flatnonzero(demands):
        where = np.flatnonzero(usable[row])
        order = where[np.argsort(costs[row, where])]
        least += _filled(costs[row, order], room[row, order], int(demands[row]))
        most += _filled(costs[row, order[::-1]], room[row, order[::-1]], int(demands[row]))
    if least < _BITS.min * parts or most > _BITS.max * parts:
        raise ValueError("cost: total cost may overflow 64 bits")


def _filled(costs: Ints, room: Ints, demand: int) -> int:
    """Give the cost of a row that fills its pairs one after the other."""
    total = 0
    for cost, fits in zip(map(int, costs), map(int, room), strict=True):
        units = min(demand, fits)
        total, demand = total + cost * units, demand - units
        if not demand:
            break
    return total


def smaller(costs: Ints, usable: Bools, exact: Bools) -> Ints:
    """Give costs by which the same counts are best, as near to 0 as rows, columns and a common divisor allow.

    Parameters
    ----------
    exact
        columns whose load is given exactly, so that what is taken from all of their costs changes every total by the same.

    Raises
    ------
    OverflowError
        the range of what is left is beyond 64 bits.
    """
    lowest = costs.min(axis=1, where=usable, initial=_BITS.max)
    # differences of 64 bits with a sign fit into 64 bits without one
    above = costs.astype(np.uint64) - lowest.astype(np.uint64)[:, None]
    spare = above.min(axis=0, where=usable, initial=np.iinfo(np.uint64).max)
    above = np.where(usable, above - np.where(exact, spare, np.uint64(0)), np.uint64(0))
    above //= max(np.gcd.reduce(above, axis=None), np.uint64(1))
    if int(above.max(initial=0)) > _BITS.max:
        raise OverflowError("the range of costs is beyond 64 bits")
    return above.astype(np.int64)
