"""More flow in a network that has some: what is there moves where that makes room, and only there."""

import numpy as np

from scheduler.solver.augment import greatest, with_more

# 0 and 1 come to 2 and 3, which lead to the sink 4: 0 may go to both, 1 only to 2; each takes two
TAILS, HEADS = np.array([0, 0, 1, 2, 3]), np.array([2, 3, 2, 4, 4])
WIDTHS = np.array([9, 9, 9, 2, 2])


def given(*units):
    return np.array([*units, 0, 0, 0])


def test_who_is_there_makes_room():
    """Two of 0 are at 2; one of 1 can only come there: one of 0 goes to 3."""
    flow = np.array([2, 0, 0, 2, 0])
    assert with_more(TAILS, HEADS, WIDTHS, flow, given(0, 1), 4).tolist() == [1, 1, 1, 2, 1]


def test_who_is_in_nobodys_way_stays():
    """One of 0 is at 2, where there is room for one of 1."""
    flow = np.array([1, 0, 0, 1, 0])
    assert with_more(TAILS, HEADS, WIDTHS, flow, given(0, 1), 4).tolist() == [1, 0, 1, 2, 0]


def test_there_is_none_where_all_that_can_be_reached_is_full():
    """Two of 0 at 2 and two at 3: four are all that fit."""
    flow = np.array([2, 2, 0, 2, 2])
    assert with_more(TAILS, HEADS, WIDTHS, flow, given(0, 1), 4) is None


def test_as_much_as_can_be_comes_to_the_sink():
    """Three of 1 want the two places of 2; 0 has one at 3."""
    found = greatest(TAILS, HEADS, WIDTHS, given(1, 3), 4)
    assert (found.reached, found.flow.tolist()) == (3, [0, 1, 2, 2, 1])
