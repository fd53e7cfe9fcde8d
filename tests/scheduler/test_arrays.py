"""The assignment core on plain arrays, against enumeration on small cases (contract section 6)."""

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.arrays import Infeasible, assign, chances, draw


def every_count(demand, low, high, allowed, limit):
    """Enumerate all whole counts that meet demands and loads."""
    rows, columns = allowed.shape
    per_row = [
        [
            row
            for row in itertools.product(range(limit + 1), repeat=columns)
            if sum(row) == demand[i] and all(allowed[i, j] or not row[j] for j in range(columns))
        ]
        for i in range(rows)
    ]
    for counts in itertools.product(*per_row):
        loads = [sum(row[j] for row in counts) for j in range(columns)]
        if all(low[j] <= loads[j] <= high[j] for j in range(columns)):
            yield np.array(counts)


@st.composite
def problems(draw_from):
    """Problems small enough to enumerate."""
    rows, columns = draw_from(st.integers(1, 3)), draw_from(st.integers(1, 3))
    numbers = st.integers(-5, 9)
    cost = np.array(
        draw_from(
            st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
        )
    )
    allowed = np.array(
        draw_from(
            st.lists(
                st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=rows, max_size=rows
            )
        ),
    )
    demand = draw_from(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))
    low = draw_from(st.lists(st.integers(0, 1), min_size=columns, max_size=columns))
    high = [least + draw_from(st.integers(0, 2)) for least in low]
    return cost, allowed, demand, low, high, draw_from(st.integers(1, 2))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_least_cost_is_the_least_of_all(problem):
    """The cost equals the least over every possible count; where there is none, the cut proves it."""
    cost, allowed, demand, low, high, limit = problem
    costs = [int((cost * counts).sum()) for counts in every_count(demand, low, high, allowed, limit)]
    if costs:
        counts = assign(cost, allowed, demand, low, high, limit)
        assert (counts.sum(axis=1) == demand).all()
        assert int((cost * counts).sum()) == min(costs)
        return
    with pytest.raises(Infeasible) as caught:
        assign(cost, allowed, demand, low, high, limit)
    assert caught.value.shortage == cut_shortage(caught.value, problem)


def cut_shortage(cut, problem):
    """Recompute from the cut alone what is missing."""
    _, allowed, demand, low, high, limit = problem
    inside = np.zeros(allowed.shape, bool)
    inside[np.ix_(cut.rows, cut.columns)] = True
    if cut.too_many:
        elsewhere = sum(
            limit for i in cut.rows for j in range(allowed.shape[1]) if allowed[i, j] and j not in cut.columns
        )
        return sum(demand[i] for i in cut.rows) - sum(high[j] for j in cut.columns) - elsewhere
    elsewhere = sum(
        limit for j in cut.columns for i in range(allowed.shape[0]) if allowed[i, j] and i not in cut.rows
    )
    return sum(low[j] for j in cut.columns) - sum(demand[i] for i in cut.rows) - elsewhere


def test_cap_spreads_one_person_over_three():
    """With a cap of 1/3 and three columns there is only one answer: a third each."""
    numerators, denominator = chances(
        np.zeros((1, 3), np.int64), np.ones((1, 3), bool), [1], [0] * 3, [1] * 3, Fraction(1, 3)
    )
    assert [Fraction(int(n), denominator) for n in numerators[0]] == [Fraction(1, 3)] * 3


def test_cap_prefers_the_cheap_column_up_to_the_cap():
    """Costs 0, 1 and 5 with a cap of 1/2: half and half on the two cheap ones."""
    numerators, denominator = chances(
        np.array([[0, 1, 5]]), np.ones((1, 3), bool), [1], [0] * 3, [1] * 3, Fraction(1, 2)
    )
    assert [Fraction(int(n), denominator) for n in numerators[0]] == [Fraction(1, 2), Fraction(1, 2), 0]


def test_a_cap_for_each_pair():
    """An array of caps: the first pair may have a quarter at most."""
    caps = np.array([[Fraction(1, 4), Fraction(1)]])
    numerators, denominator = chances(np.array([[0, 7]]), np.ones((1, 2), bool), [1], [0, 0], [1, 1], caps)
    assert [Fraction(int(n), denominator) for n in numerators[0]] == [Fraction(1, 4), Fraction(3, 4)]


def test_a_cap_too_tight_is_infeasible():
    """Two columns with a cap of 1/3 each cannot hold one person: a third is missing."""
    with pytest.raises(Infeasible) as caught:
        chances(np.zeros((1, 2), np.int64), np.ones((1, 2), bool), [1], [0, 0], [1, 1], Fraction(1, 3))
    assert caught.value.shortage == Fraction(1, 3)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_draw_keeps_floors_ceilings_and_sums(data):
    """Every cell, row sum and column sum is the floor or the ceiling of its expectation."""
    rows, columns = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    denominator = data.draw(st.integers(1, 12))
    numbers = st.lists(st.integers(0, 30), min_size=columns, max_size=columns)
    parts = np.array(data.draw(st.lists(numbers, min_size=rows, max_size=rows)))
    high = [-(-int(load) // denominator) for load in parts.sum(axis=0)]
    counts = draw(parts, denominator, [0] * columns, high, data.draw(st.binary(min_size=1, max_size=8)))
    for whole, expected in (
        (counts, parts),
        (counts.sum(axis=0), parts.sum(axis=0)),
        (counts.sum(axis=1), parts.sum(axis=1)),
    ):
        assert (whole * denominator > expected - denominator).all()
        assert (whole * denominator < expected + denominator).all()


def test_draw_expectation_over_many_seeds():
    """Two people over three columns, 2/3 each: each pair is hit in about a third of 3,000 draws."""
    parts = np.full((2, 3), 1)
    total = sum(draw(parts, 3, [0] * 3, [1] * 3, number.to_bytes(4, "big")) for number in range(3000))
    assert (abs(total - 1000) < 150).all()


def test_draw_is_the_same_everywhere():
    """The same seed gives the same counts, another seed others."""
    parts = np.full((4, 4), 1)
    one = draw(parts, 4, [0] * 4, [4] * 4, b"seed")
    assert (one == draw(parts, 4, [0] * 4, [4] * 4, b"seed")).all()
    assert any((one != draw(parts, 4, [0] * 4, [4] * 4, bytes([n]))).any() for n in range(9))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"cost": np.zeros((2, 2))}, "cost"),
        ({"cost": np.zeros(4, np.int64)}, "cost"),
        ({"cost": np.full((2, 2), 2**62)}, "cost"),
        ({"allowed": np.ones((2, 3), bool)}, "allowed"),
        ({"allowed": np.ones((2, 2), int)}, "allowed"),
        ({"demand": [1, -1]}, "demand"),
        ({"demand": [1]}, "demand"),
        ({"demand": [2**62, 2**62]}, "demand"),
        ({"low": [3, 0], "high": [2, 2]}, "low"),
        ({"low": [-1, 0]}, "low"),
        ({"high": [1]}, "high"),
        ({"cost": [[1, 2], [3]]}, "cost"),
        ({"allowed": [[True], []]}, "allowed"),
        ({"demand": [[1], 1]}, "demand"),
        ({"low": [[1], 1]}, "low"),
        ({"demand": np.ones(2, "m8[s]")}, "demand"),
        ({"cost": np.ones((2, 2), object)}, "cost"),
        ({"limit": [[1, 1], [1]]}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": [[1, 1]]}, "limit"),
    ],
)
def test_bad_arguments_are_named(changed, named):
    """A wrong shape, sign, order or size is a ValueError that begins with the argument's name."""
    good = {
        "cost": np.zeros((2, 2), np.int64),
        "allowed": np.ones((2, 2), bool),
        "demand": [1, 1],
        "low": [0, 0],
        "high": [2, 2],
        "limit": 1,
    }
    with pytest.raises(ValueError, match=f"^{named}:"):
        assign(**(good | changed))


@pytest.mark.parametrize("cap", ["1/0", Decimal("Infinity"), float("nan"), None, "half", [[1], []]])
def test_a_bad_cap_is_named(cap):
    """Whatever is no Fraction: division by zero and what has no end, too."""
    with pytest.raises(ValueError, match=r"^cap:"):
        chances([[0]], [[True]], [1], [0], [1], cap)


@pytest.mark.parametrize("denominator", [0, -1, True, 1.0, 2**62 + 1, 2**64, None])
def test_a_bad_denominator_is_named(denominator):
    with pytest.raises(ValueError, match=r"^denominator:"):
        draw([[1]], denominator, [0], [1], b"a")


def test_the_largest_denominator_and_one_of_numpy():
    assert draw([[2**62]], 2**62, [0], [1], b"a").tolist() == [[1]]
    assert draw([[4]], np.int64(2), [0], [2], b"a").tolist() == [[2]]


def test_no_rows_and_no_columns():
    """Nothing to assign is no error; a demand without columns is infeasible."""
    assert assign(np.zeros((0, 2), np.int64), np.zeros((0, 2), bool), [], [0, 0], [1, 1]).shape == (0, 2)
    assert assign(np.zeros((2, 0), np.int64), np.zeros((2, 0), bool), [0, 0], [], []).shape == (2, 0)
    nobody = np.zeros((0, 2), np.int64), np.zeros((0, 2), bool), [], [0, 0], [1, 1]
    assert chances(*nobody, Fraction(1, 2))[0].shape == (0, 2)
    nowhere = np.zeros((2, 0), np.int64), np.zeros((2, 0), bool), [0, 0], [], []
    assert chances(*nowhere, np.zeros((2, 0), object))[0].shape == (2, 0)
    with pytest.raises(Infeasible):
        assign(np.zeros((1, 0), np.int64), np.zeros((1, 0), bool), [1], [], [])


def test_costs_of_what_cannot_be_used_mean_nothing():
    """A forbidden pair is often written as a huge cost, and so is the row of somebody who wants nothing."""
    huge = 2**62
    cost, allowed = [[-huge, 1], [huge, huge]], [[False, True], [True, True]]
    assert assign(cost, allowed, [1, 0], [0, 0], [1, 1]).tolist() == [[0, 1], [0, 0]]


def test_lists_without_rows_need_no_kind():
    assert assign([[], []], [[], []], [0, 0], [], []).shape == (2, 0)


def test_caps_whose_rows_differ_in_shape_are_named():
    with pytest.raises(ValueError, match=r"^cap:"):
        chances(
            [[1, 1], [1, 1]],
            [[True, True], [True, True]],
            [1, 1],
            [0, 0],
            [2, 2],
            [np.zeros((2, 2)), np.zeros((2, 3))],
        )


def test_one_cap_for_all_is_that_cap_for_each():
    cost, allowed = np.arange(12).reshape(3, 4), np.ones((3, 4), np.bool_)
    loads = [1] * 3, [0] * 4, [1] * 4
    one = chances(cost, allowed, *loads, Fraction(1, 2))
    each = chances(cost, allowed, *loads, np.full((3, 4), Fraction(1, 2)))
    assert one[0].tolist() == each[0].tolist()
    assert one[1] == each[1] == 2


@pytest.mark.parametrize("limit", [10**18, 2**61, 2**63 - 1, 10])
def test_a_limit_that_stands_for_none_is_no_overflow(limit):
    """Ten people of one unit each and one column that takes anything: all go there, however large "no limit" is written."""
    counts = assign(np.zeros((10, 1), int), np.ones((10, 1), bool), np.ones(10, int), [0], [10**18], limit)
    assert counts.tolist() == [[1]] * 10


def test_large_demands_with_large_limits():
    counts = assign(np.zeros((4, 1), int), np.ones((4, 1), bool), [2**40] * 4, [0], [2**62], 2**62)
    assert counts.tolist() == [[2**40]] * 4


@pytest.mark.parametrize("cap", [Fraction(3, 7), Fraction(3, 10), Fraction(1)])
def test_the_shortage_of_chances_is_in_units_not_in_parts(cap):
    """Two want one each, the second column takes nothing: the first may give ``cap`` to each, but takes one."""
    with pytest.raises(Infeasible) as found:
        chances(np.zeros((2, 2), int), np.ones((2, 2), bool), [1, 1], [0, 0], [1, 0], cap)
    assert found.value.shortage == 2 - min(2 * cap, 1)
    assert str(found.value).endswith(f": {2 - min(2 * cap, 1)} short")


def test_caps_of_what_cannot_be_used_mean_nothing():
    caps = np.array([[Fraction(1, 2), Fraction(1, 3**39)], [Fraction(1), Fraction(1)]], object)
    allowed = np.array([[True, False], [True, True]])
    numerators, denominator = chances(np.zeros((2, 2), int), allowed, [0, 1], [0, 0], [1, 1], caps)
    assert (int(numerators.sum()), denominator) == (2, 2)


@pytest.mark.parametrize("cap", [True, "1/2", Decimal("0.5"), 0.5, np.array([[True]])])
def test_a_cap_is_a_fraction_or_a_whole_number(cap):
    with pytest.raises(ValueError, match=r"^cap:"):
        chances([[0]], [[True]], [1], [0], [1], cap)
    assert chances([[0]], [[True]], [1], [0], [1], 1)[0].tolist() == [[1]]
