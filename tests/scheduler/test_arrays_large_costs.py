"""Costs near the end of 64 bits: only their range within a row counts, and only totals that overflow are refused.

The oracle adds Python integers, which have no end.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.array_costs import smaller
from scheduler.arrays import Infeasible, assign, chances
from scheduler.solver.transport import Cut, Transport, least_cost
from tests.scheduler.test_arrays import every_count, problems

LAST = 2**63 - 1


def whole(cost, **changes):
    """Let everybody of a square want one unit, and each column take what it gets."""
    size = len(cost)
    given = {"demand": [1] * size, "low": [0] * size, "high": [size] * size} | changes
    return assign(cost, np.ones((size, size), bool), **given)


def total(cost, counts):
    return sum(int(one) * int(many) for one, many in zip(cost.flat, counts.flat, strict=True))


@pytest.mark.parametrize("each", [2**58 + 1, 2**60, 2**62 - 1, -(2**60), -(2**62)])
def test_equal_costs_may_be_as_large_as_their_total_allows(each):
    """Two units at 2^62 - 1 make 2^63 - 2, at -2^62 just -2^63: both fit into 64 bits."""
    assert whole(np.full((2, 2), each)).sum(axis=1).tolist() == [1, 1]


@pytest.mark.parametrize("each", [2**62, -(2**62) - 1])
def test_a_total_that_overflows_is_refused(each):
    with pytest.raises(ValueError, match=r"^cost: total cost may overflow 64 bits"):
        whole(np.full((2, 2), each))


def test_a_hundred_rows_of_equal_costs():
    """100 units at 2^56 make less than 2^63; 128 of them would be too many."""
    counts = assign(np.full((100, 20), 2**56), np.ones((100, 20), bool), [1] * 100, [5] * 20, [5] * 20)
    assert counts.sum(axis=0).tolist() == [5] * 20


@pytest.mark.parametrize("sign", [1, -1])
def test_small_differences_of_large_costs_decide(sign):
    """By hand: the first is 1 cheaper in the left column, the second 2 cheaper in the right one."""
    large = sign * 2**61
    cost = np.array([[large, large + 1], [large - 5, large - 7]])
    assert whole(cost).tolist() == [[1, 0], [0, 1]]


def test_a_common_divisor_is_taken_out():
    """Costs of 0, 1 and 3 steps of 2^60: both in the right column cost 1 step, apart from each other 0 or 4."""
    step = 2**60
    cost = np.array([[0, step], [3 * step, 0]])
    assert whole(cost).tolist() == [[1, 0], [0, 1]]
    assert whole(cost, low=[0, 2]).tolist() == [[0, 1], [0, 1]]


def test_what_a_column_costs_everybody_counts_for_nothing_where_its_load_is_exact():
    """The right column is 2^61 + 1 dearer, and one of two must go there: who finds it 1 dearer, not 2."""
    far = 2**61 + 1
    cost = np.array([[0, far + 1], [3, 3 + far]])
    assert whole(cost, low=[1, 1], high=[1, 1]).tolist() == [[1, 0], [0, 1]]


def test_costs_too_far_apart_for_exact_work_are_named():
    """No two are alike and nothing divides them: 2^61 and 1 lie too far apart, though the totals would fit."""
    with pytest.raises(ValueError, match=r"^cost: the values are too far apart"):
        whole(np.array([[0, 2**61], [1, 0]]))
    with pytest.raises(ValueError, match=r"^cost: the values are too far apart"):
        assign([[-(2**63), 0, LAST]], [[True] * 3], [1], [0] * 3, [1] * 3)


def test_the_ends_of_64_bits_in_one_row():
    """Two values lie one step of their own apart, however long it is."""
    assert assign([[-(2**63), LAST]], [[True, True]], [1], [0, 0], [1, 1]).tolist() == [[1, 0]]


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 5), (40, 7)])
def test_the_bound_that_the_description_tells(rows, columns):
    cost = np.zeros((rows, columns), np.int64)
    cost[0, 0], cost[1, 0] = 2**62 // (rows + columns + 4) - 1, 1
    told = np.ones(cost.shape, bool), [1] * rows, [0] * columns, [rows] * columns
    assert total(cost, assign(cost + 2**56, *told)) == 0
    cost[0, 0] *= 2
    with pytest.raises(ValueError, match=r"^cost:"):
        assign(cost, *told)


def test_the_total_is_what_limits_let_rows_cost_at_most():
    """Two units of a pair at most: 8.62 10^18 for eight of them is below 2^63, and so are two of 2^62 - 1; three are not."""
    dear = 1_080_000_000_000_000_000
    row = [dear, dear, dear, dear - 10**16, 0]
    everywhere = np.ones((1, 5), bool), [8], [0] * 5, [2] * 5
    assert assign([row], *everywhere, limit=2).sum() == 8
    top = [LAST // 2, 0, 0, 0, 0]  # two of them fit, eight would not
    assert assign([top], *everywhere, limit=2).tolist() == [[0, 2, 2, 2, 2]]
    with pytest.raises(ValueError, match=r"^cost: total"):
        assign([top], np.ones((1, 5), bool), [3], [0] * 5, [3] * 5, limit=3)


def test_costs_where_nothing_fits_mean_nothing():
    """A pair of limit 0 and a column that takes nothing cannot be used."""
    limit = np.array([[0, 1], [1, 1]])
    cost = np.array([[LAST, 4], [-LAST, 2]])
    assert whole(cost, high=[0, 2], limit=limit).tolist() == [[0, 1], [0, 1]]


def test_chances_of_large_costs():
    """Half of one person each at 2^62 and 2^62 + 2, not at 2^62 + 3: 2^62 + 1 is expected, below 2^63."""
    cost = np.array([[2**62, 2**62 + 3, 2**62 + 2]])
    numerators, denominator = chances(cost, np.ones((1, 3), bool), [1], [0] * 3, [1] * 3, Fraction(1, 2))
    assert (numerators.tolist(), denominator) == ([[1, 0, 1]], 2)
    with pytest.raises(ValueError, match=r"^cost: total"):
        chances(cost, np.ones((1, 3), bool), [2], [0] * 3, [2] * 3, Fraction(2, 3))


@st.composite
def large_problems(draw_from):
    """Problems small enough to enumerate whose costs are far from 0, in rows and columns, or in wide steps."""
    cost, allowed, demand, low, high, limit = draw_from(problems())
    step = draw_from(st.sampled_from([1, 3, 2**54]))
    far = st.sampled_from([0, 1, -1]).map(lambda sign: sign * 2**59)
    rows = [draw_from(far) for _ in demand]
    return cost * step + np.array(rows)[:, None], allowed, demand, low, high, limit


@settings(max_examples=200, deadline=None)
@given(large_problems())
def test_least_cost_of_large_costs_is_the_least_of_all(problem):
    cost, allowed, demand, low, high, limit = problem
    costs = [total(cost, counts) for counts in every_count(demand, low, high, allowed, limit)]
    if not costs:
        with pytest.raises(Infeasible):
            assign(cost, allowed, demand, low, high, limit)
        return
    counts = assign(cost, allowed, demand, low, high, limit)
    assert counts.sum(axis=1).tolist() == demand
    assert total(cost, counts) == min(costs)


@settings(max_examples=100, deadline=None)
@given(problems(), st.sampled_from([1, 2**20, 2**50]))
def test_costs_that_need_no_change_are_worked_as_they_are(problem, step):
    """Of several best counts the same ones come out as if no costs were ever made smaller."""
    cost, allowed, demand, low, high, limit = problem
    rows, columns = np.nonzero(allowed)
    arrays = (np.array(one, np.int64) for one in (demand, low, high))
    plain = np.where(np.array(demand)[:, None] > 0, cost * step, 0)[rows, columns]
    expected = least_cost(Transport(*arrays, rows, columns, np.full(len(rows), limit), plain))
    if not isinstance(expected, Cut):
        counts = assign(cost * step, allowed, demand, low, high, limit)
        assert counts[rows, columns].tolist() == expected.tolist()


@settings(max_examples=100, deadline=None)
@given(problems(), st.lists(st.booleans(), min_size=3, max_size=3))
def test_smaller_costs_differ_by_rows_and_exact_columns_alone(problem, exact):
    """Whatever counts meet the demands and the exact loads: twice as much more of the old is twice as much more of the new."""
    cost, allowed, demand, low, _, limit = problem
    exact = np.array(exact[: len(low)])
    left = smaller(cost, allowed, exact)
    assert (left >= 0).all()
    ways = list(
        every_count(
            demand, low, [load if one else 9 for load, one in zip(low, exact, strict=True)], allowed, limit
        )
    )
    by_old = sorted(ways, key=lambda counts: total(cost, counts))
    assert [total(left, one) for one in by_old] == sorted(total(left, one) for one in ways)
