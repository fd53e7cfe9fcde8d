"""The assignment core for anyone: numpy arrays in and out, no files, no database (contract section 6).

Three functions: ``assign`` finds whole counts of least cost, ``chances`` expected counts of least
expected cost under a cap, ``draw`` turns expected counts into whole ones by a seed. All are exact and
deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scheduler.array_arguments import LARGEST, checked, checked_caps, checked_loads, integers
from scheduler.array_costs import check_total, smaller
from scheduler.numbers import Bools, Ints
from scheduler.rounding import Dice, round_flow
from scheduler.solver.transport import Cut, Transport, least_cost

_TAG = b"zhengkao/arrays/1"


class Infeasible(Exception):  # noqa: N818 - the name is the contract's
    """No counts meet demands and loads.

    Attributes
    ----------
    rows, columns
        a minimum cut, as indices. With ``too_many`` these rows demand more than these columns, and
        the pairs that lead elsewhere, can take; otherwise these columns' least loads are more than
        these rows, and the pairs that come from elsewhere, can give.
    shortage
        by how many: an int, of ``chances`` a ``Fraction``.
    """

    shortage: int | Fraction

    def __init__(self, cut: Cut, denominator: int | None = None) -> None:
        self.rows = [int(row) for row in cut.rows]
        self.columns = [int(column) for column in cut.columns]
        self.shortage = cut.shortage if denominator is None else Fraction(cut.shortage, denominator)
        self.too_many = cut.too_many
        told = (
            "demand more than they can get from" if cut.too_many else "can give less than the least loads of"
        )
        super().__init__(f"rows {self.rows} {told} columns {self.columns}: {self.shortage} short")


class _CutError(Exception):
    """No counts fit; ``cut`` tells why, in the units of what was solved."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut


def assign(
    cost: ArrayLike,
    allowed: ArrayLike,
    demand: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    limit: ArrayLike = 1,
) -> Ints:
    """Give whole counts of exactly least total cost.

    Parameters
    ----------
    cost
        int64 (rows, columns): cost of one unit of a pair. Only how far those of a row lie apart is limited: after the least
        usable cost of each row is taken from it, of what is left the least from each column whose ``low`` equals ``high``,
        and the greatest common divisor is divided out, all must be below 2^62 / (rows + columns + 4).
    allowed
        bool (rows, columns): which pairs may be used.
    demand
        int (rows): exactly so many units for each row.
    low, high
        int (columns): least and greatest load.
    limit
        int, or int (rows, columns): most units of one pair.

    Returns
    -------
    numpy.ndarray
        int64 (rows, columns).

    Raises
    ------
    Infeasible
        no counts fit; holds a minimum cut and the shortage.
    ValueError
        an argument has the wrong shape or type, is negative where it may not be, low is above high,
        a total could overflow (of costs: beyond 64 bits with a sign, of others: above 2^62), or costs lie too far apart;
        the text begins with the argument's name.
    """
    costs, pairs, demands, least, most = checked(cost, allowed, demand, low, high)
    limits = integers("limit", limit)
    limits = np.broadcast_to(limits, costs.shape) if limits.ndim == 0 else limits
    if limits.shape != costs.shape:
        raise ValueError(f"limit: has shape {limits.shape}, cost has {costs.shape}")
    if (limits < 0).any():
        raise ValueError("limit: is negative somewhere")
    check_total(costs, pairs, demands, np.minimum(limits, most))
    try:
        return _solve(costs, pairs, demands, least, most, limits)
    except _CutError as error:
        raise Infeasible(error.cut) from None


def chances(
    cost: ArrayLike,
    allowed: ArrayLike,
    demand: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    cap: Any,
) -> tuple[Ints, int]:
    """Give expected counts of least expected cost where no pair's expectation exceeds ``cap``.

    Parameters
    ----------
    cost, allowed, demand, low, high
        as for ``assign``.
    cap
        a ``Fraction``, or an array (rows, columns) of them.

    Returns
    -------
    tuple
        numerators, int64 (rows, columns), and one denominator: exact.

    Raises
    ------
    Infeasible, ValueError
        as ``assign``; ``cap`` negative, of the wrong shape, or no ``Fraction`` or whole number is a ``ValueError``.
    """
    costs, pairs, demands, least, most = checked(cost, allowed, demand, low, high)
    caps = checked_caps(cap, costs.shape)
    if len(caps) == costs.size:  # of what cannot be used the cap means nothing
        caps = [one if usable else Fraction(0) for one, usable in zip(caps, pairs.flat, strict=True)]
    denominator = lcm(*(one.denominator for one in set(caps)))
    if denominator * max(int(demands.sum()), int(most.sum()), 1) > LARGEST:
        raise ValueError(
            f"cap: its denominators need {denominator} parts of a unit, too many for these totals"
        )
    largest = int(demands.max(initial=0)) * denominator
    limits = np.array([min(int(one * denominator), largest) for one in caps], np.int64)
    limits = limits.reshape(costs.shape) if len(caps) == costs.size else np.broadcast_to(limits, costs.shape)
    parts = demands * denominator, least * denominator, most * denominator
    check_total(costs, pairs, parts[0], np.minimum(limits, parts[2]), denominator)
    try:
        return _solve(costs, pairs, *parts, limits), denominator
    except _CutError as error:
        raise Infeasible(error.cut, denominator) from None


def draw(numerators: ArrayLike, denominator: int, low: ArrayLike, high: ArrayLike, seed: bytes) -> Ints:
    """Give whole counts whose expectation over seeds is exactly numerators / denominator.

    Every count, every row sum and every column sum is the floor or the ceiling of its expectation, so
    column sums stay within ``low`` and ``high``. The sum of all is not held: only its expectation is exact. Where it has to
    be, let the sum of every row, or of every column, be whole.

    ``denominator`` is at most 2^62.

    Raises
    ------
    ValueError
        an argument has the wrong shape or type, a numerator is negative, or an expected load lies
        outside ``low`` and ``high``; the text begins with the argument's name.
    """
    parts = integers("numerators", numerators, dimensions=2)
    if not isinstance(denominator, int | np.integer) or isinstance(denominator, bool) or denominator < 1:
        raise ValueError("denominator: must be a whole number above 0")
    denominator = int(denominator)
    if denominator > LARGEST:
        raise ValueError("denominator: is above 2^62")
    if not isinstance(seed, bytes | bytearray):
        raise ValueError("seed: must be bytes")  # noqa: TRY004 - one error for every bad argument
    if (parts < 0).any():
        raise ValueError("numerators: is negative somewhere")
    least, most = checked_loads(low, high, parts.shape[1])
    loads = [sum(map(int, column)) for column in parts.T]
    for index, load in enumerate(loads):
        if not int(least[index]) * denominator <= load <= int(most[index]) * denominator:
            name = "low" if load < int(least[index]) * denominator else "high"
            raise ValueError(f"{name}: the expected load of column {index} is {Fraction(load, denominator)}")
    return _rounded(parts, loads, denominator, Dice(_TAG, bytes(seed)))


def _rounded(parts: Ints, loads: Sequence[int], denominator: int, dice: Dice) -> Ints:
    """Round cells, row sums and column sums as one flow around a hub; cells come first."""
    rows, columns = parts.shape
    hub = rows + columns
    where_row, where_column = np.nonzero(parts % denominator)
    tails = [*map(int, where_row), *[hub] * rows, *range(rows, hub)]
    heads = [*(rows + int(column) for column in where_column), *range(rows), *[hub] * columns]
    flows = [*map(int, parts[where_row, where_column]), *(sum(map(int, row)) for row in parts), *loads]
    whole = round_flow(tails, heads, flows, denominator, dice)
    counts = parts // denominator
    counts[where_row, where_column] = whole[: len(where_row)]
    return counts


def _solve(costs: Ints, pairs: Bools, demands: Ints, least: Ints, most: Ints, limits: Ints) -> Ints:
    rows, columns = (where.astype(np.int64) for where in np.nonzero(pairs))
    problem = Transport(demands, least, most, rows, columns, limits[rows, columns], costs[rows, columns])
    try:
        solved = least_cost(problem)
    except OverflowError:
        # only then: with other costs another one of several best counts may come out
        usable = pairs & (demands > 0)[:, None] & (limits > 0) & (most > 0)
        solved = _of_smaller_costs(problem, costs, usable)
    if isinstance(solved, Cut):
        raise _CutError(solved)
    counts = np.zeros(costs.shape, np.int64)
    counts[rows, columns] = solved
    return counts


def _of_smaller_costs(problem: Transport, costs: Ints, usable: Bools) -> Ints | Cut:
    try:
        left = smaller(costs, usable, problem.low == problem.high)
        return least_cost(replace(problem, pair_costs=left[problem.pair_rows, problem.pair_columns]))
    except OverflowError:
        raise ValueError(
            "cost: the values are too far apart for exact work on a problem of this size"
        ) from None
