"""What is announced is what is drawn, exactly: all ways of the dice are tried and their chances added up.

Why not by many seeds: a bias of one in a thousand would hide in any number of draws that a test can afford.
"""

from collections import defaultdict
from fractions import Fraction
from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler import arrays
from scheduler.draw import whole_counts
from tests.scheduler.builders import at, planned, problem, site, trainee
from tests.scheduler.throws import every_outcome

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def means(outcomes):
    """Add up outcomes (flat numbers) by their chances."""
    total, found = Fraction(0), defaultdict(Fraction)
    for numbers, chance in outcomes:
        total += chance
        for place, number in enumerate(numbers):
            found[place] += chance * number
    assert total == 1
    return [found[place] for place in range(len(found))]


def drawn_with(dice, parts, denominator, high):
    """Draw as a caller does, with these dice in place of the seed's."""
    with patch.object(arrays, "Dice", lambda tag, seed: dice):
        return arrays.draw(parts, denominator, [0] * len(high), high, b"any")


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_arrays_draw_what_their_chances_say(data):
    rows, columns = data.draw(st.integers(1, 3)), data.draw(st.integers(2, 3))
    costs = st.lists(st.integers(0, 3), min_size=columns, max_size=columns)
    cost = np.array(data.draw(st.lists(costs, min_size=rows, max_size=rows)))
    cap = Fraction(1, data.draw(st.integers(1, columns)))
    high = [rows] * columns
    demand = np.ones(rows, np.int64)
    parts, denominator = arrays.chances(cost, np.ones(cost.shape, bool), demand, [0] * columns, high, cap)
    expected = [Fraction(int(part), denominator) for part in parts.ravel()]
    assert max(expected) <= cap

    def work(dice):
        counts = drawn_with(dice, parts, denominator, high)
        assert (counts.sum(axis=1) == 1).all()
        return counts.ravel().tolist()

    assert means(every_outcome(work)) == expected


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=1, max_size=3),
    denominator=st.integers(1, 4),
)
def test_any_expectations_are_kept_also_where_sums_are_not_whole(parts, denominator):
    parts = np.array(parts)
    high = [-(-int(load) // denominator) for load in parts.sum(axis=0)]
    found = means(every_outcome(lambda dice: drawn_with(dice, parts, denominator, high).ravel().tolist()))
    assert found == [Fraction(int(part), denominator) for part in parts.ravel()]


@settings(max_examples=25, deadline=None)
@given(seats=st.lists(st.integers(1, 2), min_size=2, max_size=4), people=st.integers(1, 5))
def test_a_plan_is_drawn_with_the_chances_it_states(seats, people):
    """For every group and session of a plan, also where some have no place."""
    institutions = [f"I{number % 2 + 1}" for number in range(people)]
    sites = [site(f"S{number}", "I1" if number == 0 else "I3") for number in range(len(seats))]
    trainees = [trainee(f"T{number}", whose) for number, whose in enumerate(institutions)]
    plan = planned(
        problem(trainees, sites, seats={at(f"S{number}"): count for number, count in enumerate(seats)})
    )
    cells = [
        Fraction(cell["count"], plan["denominator"]) for group in plan["groups"] for cell in group["cells"]
    ]
    assume(cells)
    outcomes = every_outcome(lambda dice: [one for row in whole_counts(plan, dice) for one in row])
    assert means(outcomes) == cells
    for group in plan["groups"]:
        for cell in group["cells"]:
            size = len(group["trainees"]) * plan["denominator"]
            assert Fraction(cell["chance"]) == Fraction(cell["count"], size)
