"""Assignment and transport instances whose least cost is known beforehand, up to 800 by 800.

Why: the public instances (assign100 to assign800 of the OR-Library, which are assignment problems of this
size) cannot be enumerated. Here the optimum is planted by duality instead: for any ``u`` and ``v``,
``cost = u[i] + v[j] + slack`` with slack >= 0 makes ``sum(u) + sum(v)`` a lower bound for every
assignment, and a hidden one whose slack is 0 reaches it. Linear duality is the whole proof.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.arrays import assign, chances


def planted(size, seed, span=100):
    """Give costs, the hidden permutation and the least cost."""
    dice = np.random.default_rng(seed)
    u, v = dice.integers(-span, span, size), dice.integers(-span, span, size)
    hidden = dice.permutation(size)
    slack = dice.integers(0, span, (size, size))
    slack[np.arange(size), hidden] = 0
    return u[:, None] + v + slack, hidden, int(u.sum() + v.sum())


def total(cost, counts):
    return int((cost * counts).sum())


def square(cost, allowed=None, limit=1):
    size = len(cost)
    allowed = np.ones(cost.shape, bool) if allowed is None else allowed
    ones = np.ones(size, np.int64)
    return assign(cost, allowed, ones, ones, ones, limit)


@pytest.mark.parametrize("size", [100, 200, 300, 400, 500, 600, 700, 800])
def test_dense_assignment(size):
    cost, _, least = planted(size, seed=size)
    counts = square(cost)
    assert (counts.sum(axis=0) == 1).all()
    assert (counts.sum(axis=1) == 1).all()
    assert total(cost, counts) == least


def test_the_only_optimum_is_found_itself():
    # why: with a slack of at least 1 elsewhere any other assignment costs at least 2 more
    cost, hidden, least = planted(300, seed=5)
    apart = np.ones(cost.shape, np.int64)
    apart[np.arange(300), hidden] = 0
    counts = square(cost + apart)
    assert (counts.argmax(axis=1) == hidden).all()
    assert total(cost, counts) == least


def test_sparse_assignment_where_only_few_pairs_are_allowed():
    size = 800
    cost, hidden, least = planted(size, seed=11)
    allowed = np.random.default_rng(12).random((size, size)) < 0.01
    allowed[np.arange(size), hidden] = True
    counts = square(cost, allowed)
    assert not counts[~allowed].any()
    assert total(cost, counts) == least


def test_costs_near_the_limit_of_exact_work():
    # why: floats have 53 bits; costs of 45 bits, times 100, would lose their last digits
    cost, _, least = planted(100, seed=3, span=2**45)
    assert total(cost, square(cost)) == least


def test_machine_scheduling_as_an_assignment():
    """Minimise the sum of completion times on one machine: shortest first is known to be optimal (Smith 1956)."""
    times = np.random.default_rng(9).integers(1, 1000, 150)
    cost = np.outer(times, np.arange(150, 0, -1))  # a job in place p delays itself and all that follow
    best = int((np.sort(times) * np.arange(150, 0, -1)).sum())
    assert total(cost, square(cost)) == best


def transport(rows, columns, seed):
    """Give a transport problem with loads and limits, a hidden plan, and prices that prove it is the cheapest.

    Prices and plan fit as complementary slackness demands: a pair without flow is dear, one at its limit
    cheap, others cost just their two prices; only columns at their least load have a price above 0, only
    those at their greatest load one below.
    """
    dice = np.random.default_rng(seed)
    shape = rows, columns
    limit = dice.integers(1, 5, shape)
    hidden = np.where(dice.random(shape) < 0.7, 0, dice.integers(0, limit + 1))
    slack = dice.integers(0, 50, shape)
    reduced = np.select([hidden == 0, hidden == limit], [slack, -slack], 0)
    load, state = hidden.sum(axis=0), dice.integers(0, 3, columns)  # at its least, at its greatest, between
    low = np.where(state == 0, load, np.maximum(load - dice.integers(0, 4, columns), 0))
    high = np.where(state == 1, load, load + dice.integers(0, 4, columns))
    u, price = dice.integers(-30, 30, rows), dice.integers(0, 30, columns)
    v = np.select([state == 0, state == 1], [price, -price], 0)
    return u[:, None] + v + reduced, hidden, low, high, limit, u, v


def dual_value(cost, demand, low, high, limit, u, v):
    """Give what no plan can cost less than, by prices u of rows and v of columns, whatever they are."""
    pairs = (np.minimum(cost - u[:, None] - v, 0) * limit).sum()
    columns = (np.maximum(v, 0) * low + np.minimum(v, 0) * high).sum()
    return int((u * demand).sum() + columns + pairs)


@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 25), columns=st.integers(1, 25), seed=st.integers(0, 2**32))
def test_transport_with_loads_and_limits(rows, columns, seed):
    check_transport(rows, columns, seed)


def test_large_transport():
    check_transport(800, 120, seed=4)


def check_transport(rows, columns, seed):
    cost, hidden, low, high, limit, u, v = transport(rows, columns, seed)
    demand = hidden.sum(axis=1)
    least = dual_value(cost, demand, low, high, limit, u, v)
    assert total(cost, hidden) == least  # the hidden plan is the cheapest: the bound is reached
    counts = assign(cost, np.ones(cost.shape, bool), demand, low, high, limit)
    assert (counts.sum(axis=1) == demand).all()
    assert (low <= counts.sum(axis=0)).all()
    assert (counts.sum(axis=0) <= high).all()
    assert ((counts >= 0) & (counts <= limit)).all()
    assert total(cost, counts) == least


@pytest.mark.parametrize(("size", "ways"), [(60, 2), (60, 3), (300, 4)])
def test_chances_under_a_cap(size, ways):
    """Hidden chances of 1/ways on disjoint permutations, all at the cap: full pairs cheap, empty ones dear."""
    dice = np.random.default_rng(size + ways)
    u, v, slack = (
        dice.integers(-50, 50, size),
        dice.integers(-50, 50, size),
        dice.integers(1, 50, (size, size)),
    )
    order, used = dice.permutation(size), np.zeros((size, size), bool)
    for way in range(ways):
        used[np.arange(size), np.roll(order, way)] = True
    cost = u[:, None] + v + np.where(used, -slack, slack)
    ones = np.ones(size, np.int64)
    numerators, denominator = chances(cost, np.ones(cost.shape, bool), ones, ones, ones, Fraction(1, ways))
    # why they themselves and not only their cost: with a slack of at least 1 everywhere there is no other optimum
    assert (numerators * ways == used * denominator).all()
